"""Data sets to learn with, and made ones.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn.datasets._clusters import make_blobs as make_blobs
from seodang.learn.datasets._clusters import make_circles as make_circles
from seodang.learn.datasets._clusters import make_classification as make_classification
from seodang.learn.datasets._clusters import make_gaussian_quantiles as make_gaussian_quantiles
from seodang.learn.datasets._clusters import make_hastie_10_2 as make_hastie_10_2
from seodang.learn.datasets._clusters import make_moons as make_moons
from seodang.learn.datasets._clusters import make_multilabel_classification as make_multilabel_classification
from seodang.learn.datasets._fetched import fetch_20newsgroups as fetch_20newsgroups
from seodang.learn.datasets._fetched import fetch_california_housing as fetch_california_housing
from seodang.learn.datasets._fetched import fetch_openml as fetch_openml
from seodang.learn.datasets._folders import load_files as load_files
from seodang.learn.datasets._functions import make_biclusters as make_biclusters
from seodang.learn.datasets._functions import make_checkerboard as make_checkerboard
from seodang.learn.datasets._functions import make_friedman1 as make_friedman1
from seodang.learn.datasets._functions import make_friedman2 as make_friedman2
from seodang.learn.datasets._functions import make_friedman3 as make_friedman3
from seodang.learn.datasets._functions import make_low_rank_matrix as make_low_rank_matrix
from seodang.learn.datasets._functions import make_regression as make_regression
from seodang.learn.datasets._functions import make_s_curve as make_s_curve
from seodang.learn.datasets._functions import make_sparse_coded_signal as make_sparse_coded_signal
from seodang.learn.datasets._functions import make_sparse_spd_matrix as make_sparse_spd_matrix
from seodang.learn.datasets._functions import make_sparse_uncorrelated as make_sparse_uncorrelated
from seodang.learn.datasets._functions import make_spd_matrix as make_spd_matrix
from seodang.learn.datasets._functions import make_swiss_roll as make_swiss_roll
from seodang.learn.datasets._places import clear_data_home as clear_data_home
from seodang.learn.datasets._places import get_data_home as get_data_home
from seodang.learn.datasets._svmlight import dump_svmlight_file as dump_svmlight_file
from seodang.learn.datasets._svmlight import load_svmlight_file as load_svmlight_file
from seodang.learn.datasets._svmlight import load_svmlight_files as load_svmlight_files
from seodang.learn.datasets._tables import load_breast_cancer as load_breast_cancer
from seodang.learn.datasets._tables import load_diabetes as load_diabetes
from seodang.learn.datasets._tables import load_digits as load_digits
from seodang.learn.datasets._tables import load_iris as load_iris
from seodang.learn.datasets._tables import load_linnerud as load_linnerud
from seodang.learn.datasets._tables import load_sample_image as load_sample_image
from seodang.learn.datasets._tables import load_sample_images as load_sample_images
from seodang.learn.datasets._tables import load_wine as load_wine
