"""`seodang.keras`: Keras, over Rust records and one Rust engine.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang._native import Variable as Variable
from seodang.keras import activations as activations
from seodang.keras import applications as applications
from seodang.keras import backend as backend
from seodang.keras import callbacks as callbacks
from seodang.keras import constraints as constraints
from seodang.keras import datasets as datasets
from seodang.keras import initializers as initializers
from seodang.keras import layers as layers
from seodang.keras import losses as losses
from seodang.keras import metrics as metrics
from seodang.keras import mixed_precision as mixed_precision
from seodang.keras import models as models
from seodang.keras import ops as ops
from seodang.keras import optimizers as optimizers
from seodang.keras import preprocessing as preprocessing
from seodang.keras import regularizers as regularizers
from seodang.keras import saving as saving
from seodang.keras import utils as utils
from seodang.keras._config import DTypePolicy as DTypePolicy
from seodang.keras._symbolic import KerasTensor as KerasTensor
from seodang.keras.initializers.base import Initializer as Initializer
from seodang.keras.layers.base import Layer as Layer
from seodang.keras.layers.input_layer import Input as Input
from seodang.keras.layers.input_layer import InputLayer as InputLayer
from seodang.keras.layers.input_spec import InputSpec as InputSpec
from seodang.keras.losses.base import Loss as Loss
from seodang.keras.metrics.base import Metric as Metric
from seodang.keras.models.functional import Functional as Functional
from seodang.keras.models.model import Model as Model
from seodang.keras.models.sequential import Sequential as Sequential
from seodang.keras.optimizers.base import Optimizer as Optimizer
from seodang.keras.regularizers.base import Regularizer as Regularizer

__version__: str

def version() -> str:
    """The version of Keras whose behaviour this is."""
