"""Classical machine learning: scikit-learn's modules and names, computed in Rust.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.learn import base as base
from seodang.learn import calibration as calibration
from seodang.learn import compose as compose
from seodang.learn import datasets as datasets
from seodang.learn import dummy as dummy
from seodang.learn import ensemble as ensemble
from seodang.learn import exceptions as exceptions
from seodang.learn import experimental as experimental
from seodang.learn import feature_extraction as feature_extraction
from seodang.learn import feature_selection as feature_selection
from seodang.learn import frozen as frozen
from seodang.learn import impute as impute
from seodang.learn import inspection as inspection
from seodang.learn import isotonic as isotonic
from seodang.learn import linear_model as linear_model
from seodang.learn import metrics as metrics
from seodang.learn import model_selection as model_selection
from seodang.learn import multiclass as multiclass
from seodang.learn import multioutput as multioutput
from seodang.learn import naive_bayes as naive_bayes
from seodang.learn import neighbors as neighbors
from seodang.learn import neural_network as neural_network
from seodang.learn import pipeline as pipeline
from seodang.learn import preprocessing as preprocessing
from seodang.learn import svm as svm
from seodang.learn import tree as tree
from seodang.learn import utils as utils
from seodang.learn._config import config_context as config_context
from seodang.learn._config import get_config as get_config
from seodang.learn._config import set_config as set_config
from seodang.learn._files import load as load
from seodang.learn._files import save as save
from seodang.learn.base import clone as clone

__version__: str
