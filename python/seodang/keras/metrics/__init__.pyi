"""`keras.metrics`: quantities that are measured over batches.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.keras.metrics._generated import AUC as AUC
from seodang.keras.metrics._generated import Accuracy as Accuracy
from seodang.keras.metrics._generated import BinaryAccuracy as BinaryAccuracy
from seodang.keras.metrics._generated import BinaryCrossentropy as BinaryCrossentropy
from seodang.keras.metrics._generated import BinaryIoU as BinaryIoU
from seodang.keras.metrics._generated import CategoricalAccuracy as CategoricalAccuracy
from seodang.keras.metrics._generated import CategoricalCrossentropy as CategoricalCrossentropy
from seodang.keras.metrics._generated import CategoricalHinge as CategoricalHinge
from seodang.keras.metrics._generated import ConcordanceCorrelation as ConcordanceCorrelation
from seodang.keras.metrics._generated import CosineSimilarity as CosineSimilarity
from seodang.keras.metrics._generated import F1Score as F1Score
from seodang.keras.metrics._generated import FBetaScore as FBetaScore
from seodang.keras.metrics._generated import FalseNegatives as FalseNegatives
from seodang.keras.metrics._generated import FalsePositives as FalsePositives
from seodang.keras.metrics._generated import Hinge as Hinge
from seodang.keras.metrics._generated import IoU as IoU
from seodang.keras.metrics._generated import KLDivergence as KLDivergence
from seodang.keras.metrics._generated import LogCoshError as LogCoshError
from seodang.keras.metrics._generated import LogCoshError as _LogCoshError
from seodang.keras.metrics._generated import Mean as Mean
from seodang.keras.metrics._generated import MeanAbsoluteError as MeanAbsoluteError
from seodang.keras.metrics._generated import MeanAbsolutePercentageError as MeanAbsolutePercentageError
from seodang.keras.metrics._generated import MeanIoU as MeanIoU
from seodang.keras.metrics._generated import MeanSquaredError as MeanSquaredError
from seodang.keras.metrics._generated import MeanSquaredLogarithmicError as MeanSquaredLogarithmicError
from seodang.keras.metrics._generated import OneHotIoU as OneHotIoU
from seodang.keras.metrics._generated import OneHotMeanIoU as OneHotMeanIoU
from seodang.keras.metrics._generated import PearsonCorrelation as PearsonCorrelation
from seodang.keras.metrics._generated import Poisson as Poisson
from seodang.keras.metrics._generated import Precision as Precision
from seodang.keras.metrics._generated import PrecisionAtRecall as PrecisionAtRecall
from seodang.keras.metrics._generated import R2Score as R2Score
from seodang.keras.metrics._generated import Recall as Recall
from seodang.keras.metrics._generated import RecallAtPrecision as RecallAtPrecision
from seodang.keras.metrics._generated import RootMeanSquaredError as RootMeanSquaredError
from seodang.keras.metrics._generated import SensitivityAtSpecificity as SensitivityAtSpecificity
from seodang.keras.metrics._generated import SparseCategoricalAccuracy as SparseCategoricalAccuracy
from seodang.keras.metrics._generated import SparseCategoricalCrossentropy as SparseCategoricalCrossentropy
from seodang.keras.metrics._generated import SparseTopKCategoricalAccuracy as SparseTopKCategoricalAccuracy
from seodang.keras.metrics._generated import SpecificityAtSensitivity as SpecificityAtSensitivity
from seodang.keras.metrics._generated import SquaredHinge as SquaredHinge
from seodang.keras.metrics._generated import Sum as Sum
from seodang.keras.metrics._generated import TopKCategoricalAccuracy as TopKCategoricalAccuracy
from seodang.keras.metrics._generated import TrueNegatives as TrueNegatives
from seodang.keras.metrics._generated import TruePositives as TruePositives
from seodang.keras.metrics.base import MeanMetricWrapper as MeanMetricWrapper
from seodang.keras.metrics.base import MeanTensor as MeanTensor
from seodang.keras.metrics.base import Metric as Metric

def BCE(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryCrossentropy`."""

def KLD(y_true, y_pred):
    """The loss of each sample; see `KLDivergence`."""

LogCosh = _LogCoshError

def MAE(y_true, y_pred):
    """The loss of each sample; see `MeanAbsoluteError`."""

def MAPE(y_true, y_pred):
    """The loss of each sample; see `MeanAbsolutePercentageError`."""

def MSE(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredError`."""

def MSLE(y_true, y_pred):
    """The loss of each sample; see `MeanSquaredLogarithmicError`."""

def accuracy(y_true, y_pred):
    """1 where label and prediction are equal."""

def bce(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryCrossentropy`."""

def binary_accuracy(y_true, y_pred, threshold: float = 0.5):
    """The share of predictions on the right side of a threshold, for each sample."""

def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryCrossentropy`."""

def binary_focal_crossentropy(y_true, y_pred, apply_class_balancing=False, alpha: Any = 0.25, gamma: Any = 2.0, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `BinaryFocalCrossentropy`."""

def categorical_accuracy(y_true, y_pred):
    """1 where the largest output is that of the right class."""

def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `CategoricalCrossentropy`."""

def categorical_focal_crossentropy(y_true, y_pred, alpha: Any = 0.25, gamma: Any = 2.0, from_logits=False, label_smoothing: Any = 0.0, axis: Any = -1):
    """The loss of each sample; see `CategoricalFocalCrossentropy`."""

def categorical_hinge(y_true, y_pred):
    """The loss of each sample; see `CategoricalHinge`."""

def cosine_similarity(y_true, y_pred, axis: Any = -1):
    """The loss of each sample; see `CosineSimilarity`."""

def deserialize(config, custom_objects: dict | None = None):
    """The metric of a configuration."""

def dice(y_true, y_pred, axis=None):
    """The loss of each sample; see `Dice`."""

def get(identifier):
    """The metric of a name, a configuration, a class or a function; None stays None."""

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

def serialize(metric):
    """The configuration of a metric."""

def sparse_categorical_accuracy(y_true, y_pred):
    """1 where the largest output is that of the class whose number is the label."""

def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, axis: Any = -1, ignore_class=None):
    """The loss of each sample; see `SparseCategoricalCrossentropy`."""

def sparse_top_k_categorical_accuracy(y_true, y_pred, k: int = 5):
    """1 where the class whose number is the label is among the k largest outputs."""

def squared_hinge(y_true, y_pred):
    """The loss of each sample; see `SquaredHinge`."""

def top_k_categorical_accuracy(y_true, y_pred, k: int = 5):
    """1 where the right class is among the k largest outputs."""

def tversky(y_true, y_pred, alpha: Any = 0.5, beta: Any = 0.5, axis=None):
    """The loss of each sample; see `Tversky`."""
