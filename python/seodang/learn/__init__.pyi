"""Classical machine learning: scikit-learn's modules and names, computed in Rust.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn import base as base
from seodang.learn import ensemble as ensemble
from seodang.learn import exceptions as exceptions
from seodang.learn import impute as impute
from seodang.learn import linear_model as linear_model
from seodang.learn import metrics as metrics
from seodang.learn import naive_bayes as naive_bayes
from seodang.learn import neighbors as neighbors
from seodang.learn import svm as svm
from seodang.learn import neural_network as neural_network
from seodang.learn import preprocessing as preprocessing
from seodang.learn import utils as utils
from seodang.learn._files import load as load
from seodang.learn._files import save as save
from seodang.learn.base import clone as clone
