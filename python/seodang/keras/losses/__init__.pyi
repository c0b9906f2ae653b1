"""`keras.losses`: how far predictions are from labels.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.keras.losses._generated import BinaryCrossentropy as BinaryCrossentropy
from seodang.keras.losses._generated import BinaryFocalCrossentropy as BinaryFocalCrossentropy
from seodang.keras.losses._generated import CategoricalCrossentropy as CategoricalCrossentropy
from seodang.keras.losses._generated import CategoricalFocalCrossentropy as CategoricalFocalCrossentropy
from seodang.keras.losses._generated import CategoricalGeneralizedCrossEntropy as CategoricalGeneralizedCrossEntropy
from seodang.keras.losses._generated import CategoricalHinge as CategoricalHinge
from seodang.keras.losses._generated import CosineSimilarity as CosineSimilarity
from seodang.keras.losses._generated import Dice as Dice
from seodang.keras.losses._generated import Hinge as Hinge
from seodang.keras.losses._generated import Huber as Huber
from seodang.keras.losses._generated import KLDivergence as KLDivergence
from seodang.keras.losses._generated import LogCosh as LogCosh
from seodang.keras.losses._generated import MeanAbsoluteError as MeanAbsoluteError
from seodang.keras.losses._generated import MeanAbsolutePercentageError as MeanAbsolutePercentageError
from seodang.keras.losses._generated import MeanSquaredError as MeanSquaredError
from seodang.keras.losses._generated import MeanSquaredLogarithmicError as MeanSquaredLogarithmicError
from seodang.keras.losses._generated import Poisson as Poisson
from seodang.keras.losses._generated import SparseCategoricalCrossentropy as SparseCategoricalCrossentropy
from seodang.keras.losses._generated import SquaredHinge as SquaredHinge
from seodang.keras.losses._generated import Tversky as Tversky
from seodang.keras.losses.base import Loss as Loss
from seodang.keras.losses.base import LossFunctionWrapper as LossFunctionWrapper
from seodang.keras.losses.base import Reduction as Reduction

def BCE(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryCrossentropy`."""

def KLD(y_true, y_pred):
    """The loss of each sample; see `KLDivergence`."""

def MAE(y_true, y_pred):
    """The loss of each sample; see `MeanAbsoluteError`."""

def MAPE(y_true, y_pred):
    """The loss of each sample; see `MeanAbsolutePercentageError`."""

def MSE(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredError`."""

def MSLE(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredLogarithmicError`."""

def bce(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryCrossentropy`."""

def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryCrossentropy`."""

def binary_focal_crossentropy(y_true, y_pred, apply_class_balancing=False, alpha: Any = 0.25, gamma: Any = 2.0, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryFocalCrossentropy`."""

def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `CategoricalCrossentropy`."""

def categorical_focal_crossentropy(y_true, y_pred, alpha: Any = 0.25, gamma: Any = 2.0, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `CategoricalFocalCrossentropy`."""

def categorical_hinge(y_true, y_pred):
    """The loss of each sample; see `CategoricalHinge`."""

def cosine_similarity(y_true, y_pred, axis: Any = -1):
    """The loss of each sample; see `CosineSimilarity`."""

def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The loss of a configuration."""

def dice(y_true, y_pred, axis=None):
    """The loss of each sample; see `Dice`."""

def get(identifier):
    """The loss of a name, a configuration, a class or a function; None stays None.

    Names of functions ("mse") give the function. Raises ValueError for an unknown name.
    """

def hinge(y_true, y_pred):
    """The loss of each sample; see `Hinge`."""

def huber(y_true, y_pred, delta: Any = 1.0):
    """The loss of each sample; see `Huber`."""

def huber_loss(y_true, y_pred, delta: Any = 1.0):
    """The loss of each sample; see `Huber`."""

def kl_divergence(y_true, y_pred):
    """The loss of each sample; see `KLDivergence`."""

def kld(y_true, y_pred):
    """The loss of each sample; see `KLDivergence`."""

def kullback_leibler_divergence(y_true, y_pred):
    """The loss of each sample; see `KLDivergence`."""

def log_cosh(y_true, y_pred):
    """The loss of each sample; see `LogCosh`."""

def logcosh(y_true, y_pred):
    """The loss of each sample; see `LogCosh`."""

def mae(y_true, y_pred):
    """The loss of each sample; see `MeanAbsoluteError`."""

def mape(y_true, y_pred):
    """The loss of each sample; see `MeanAbsolutePercentageError`."""

def mean_absolute_error(y_true, y_pred):
    """The loss of each sample; see `MeanAbsoluteError`."""

def mean_absolute_percentage_error(y_true, y_pred):
    """The loss of each sample; see `MeanAbsolutePercentageError`."""

def mean_squared_error(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredError`."""

def mean_squared_logarithmic_error(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredLogarithmicError`."""

def mse(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredError`."""

def msle(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredLogarithmicError`."""

def poisson(y_true, y_pred):
    """The loss of each sample; see `Poisson`."""

def serialize(loss, use_legacy_format: bool = False):
    """The configuration of a loss."""

def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, axis: Any = -1, ignore_class=None):
    """The loss of each sample; see `SparseCategoricalCrossentropy`."""

def squared_hinge(y_true, y_pred):
    """The loss of each sample; see `SquaredHinge`."""

def tversky(y_true, y_pred, alpha: Any = 0.5, beta: Any = 0.5, axis=None):
    """The loss of each sample; see `Tversky`."""
