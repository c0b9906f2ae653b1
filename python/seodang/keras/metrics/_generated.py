"""Metrics, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordMean, RecordMetric


class AUC(RecordMetric):
    """The area under the ROC or the precision-recall curve, from counts at fixed thresholds.
    Source: Davis and Goadrich 2006 for PR's interpolation; Keras 3, `keras.metrics.AUC`.

    Args:
        num_thresholds: How many thresholds there are, the ones beyond 0 and 1 included.
        curve: Which curve.
        summation_method: How the area between two thresholds is taken.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        thresholds: The thresholds between 0 and 1; evenly spread if absent.
        multi_label: Whether the area is that of each label, averaged.
        num_labels: The number of labels, if each has its area.
        label_weights: The weight of each label.
        from_logits: Whether the predictions are logits, not probabilities.
    """

    _record = "AUC"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_thresholds",
        "curve",
        "summation_method",
        "thresholds",
        "multi_label",
        "num_labels",
        "label_weights",
        "from_logits",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "num_thresholds": 200,
        "curve": "ROC",
        "summation_method": "interpolation",
        "name": None,
        "dtype": None,
        "thresholds": None,
        "multi_label": False,
        "num_labels": None,
        "label_weights": None,
        "from_logits": False,
    }

    def __init__(
        self,
        num_thresholds: int = 200,
        curve: Any = "ROC",
        summation_method: Any = "interpolation",
        name: str | None = None,
        dtype: Any = None,
        thresholds: Any = None,
        multi_label: bool = False,
        num_labels: int | None = None,
        label_weights: Any = None,
        from_logits: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_thresholds": num_thresholds,
                "curve": curve,
                "summation_method": summation_method,
                "name": name,
                "dtype": dtype,
                "thresholds": thresholds,
                "multi_label": multi_label,
                "num_labels": num_labels,
                "label_weights": label_weights,
                "from_logits": from_logits,
            },
            kwargs,
        )


class Accuracy(RecordMetric):
    """How many predictions equal their labels. Source: Keras 3, `keras.metrics.Accuracy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Accuracy"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class BinaryAccuracy(RecordMetric):
    """How many predictions are on the same side of the threshold as their labels of 0 and 1 are
    said to be. Source: Keras 3, `keras.metrics.BinaryAccuracy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        threshold: Predictions above it count as 1.
    """

    _record = "BinaryAccuracy"
    _fields: ClassVar[tuple[str, ...]] = (
        "threshold",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "threshold": 0.5,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        threshold: float = 0.5,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "threshold": threshold,
            },
            kwargs,
        )


class BinaryCrossentropy(RecordMetric):
    """The mean of [`losses::BinaryCrossentropy`]. Source: Keras 3,
    `keras.metrics.BinaryCrossentropy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        from_logits: Whether the predictions are logits, not probabilities.
        label_smoothing: Draws the labels this far towards 1/2.
    """

    _record = "BinaryCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "from_logits",
        "label_smoothing",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "from_logits": False,
        "label_smoothing": 0.0,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "from_logits": from_logits,
                "label_smoothing": label_smoothing,
            },
            kwargs,
        )


BCE = BinaryCrossentropy


class BinaryIoU(RecordMetric):
    """[`IoU`] of two classes, where predictions not below a threshold are of class 1. Source:
    Keras 3, `keras.metrics.BinaryIoU`.

    Args:
        target_class_ids: The classes whose mean is taken.
        threshold: Predictions not below it are of class 1.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "BinaryIoU"
    _fields: ClassVar[tuple[str, ...]] = (
        "target_class_ids",
        "threshold",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "target_class_ids": (0, 1),
        "threshold": 0.5,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        target_class_ids: Any = (0, 1),
        threshold: float = 0.5,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "target_class_ids": target_class_ids,
                "threshold": threshold,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class CategoricalAccuracy(RecordMetric):
    """How often the largest prediction is the largest label. Source: Keras 3,
    `keras.metrics.CategoricalAccuracy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "CategoricalAccuracy"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class CategoricalCrossentropy(RecordMetric):
    """The mean of [`losses::CategoricalCrossentropy`]. Source: Keras 3,
    `keras.metrics.CategoricalCrossentropy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        from_logits: Whether the predictions are logits, not probabilities.
        label_smoothing: Draws the labels this far towards even ones.
        axis: The axis of the classes.
    """

    _record = "CategoricalCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "from_logits",
        "label_smoothing",
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "from_logits": False,
        "label_smoothing": 0.0,
        "axis": -1,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "from_logits": from_logits,
                "label_smoothing": label_smoothing,
                "axis": axis,
            },
            kwargs,
        )


class CategoricalHinge(RecordMetric):
    """The mean of [`losses::CategoricalHinge`]. Source: Keras 3,
    `keras.metrics.CategoricalHinge`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "CategoricalHinge"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class ConcordanceCorrelation(RecordMetric):
    """The mean over samples of the concordance correlation along an axis: Pearson's, less for
    different means and variances. Source: Lin 1989; Keras 3,
    `keras.metrics.ConcordanceCorrelation`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        axis: The axis along which labels and predictions vary.
    """

    _record = "ConcordanceCorrelation"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "axis": -1,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "axis": axis,
            },
            kwargs,
        )


class CosineSimilarity(RecordMetric):
    """The mean cosine of the angle between labels and predictions: 1 where they point the same
    way. Source: Keras 3, `keras.metrics.CosineSimilarity`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        axis: The axis of the vectors.
    """

    _record = "CosineSimilarity"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "axis": -1,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "axis": axis,
            },
            kwargs,
        )


class F1Score(RecordMetric):
    """The harmonic mean of precision and recall, for labels with one number for each class.
    Source: Keras 3, `keras.metrics.F1Score`.

    Args:
        average: How the scores of the classes become one; they stay as they are if absent.
        threshold: Predictions above it count as positive; if absent, the largest one of each
        sample does.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "F1Score"
    _fields: ClassVar[tuple[str, ...]] = (
        "average",
        "threshold",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "average": None,
        "threshold": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        average: Any = None,
        threshold: float | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "average": average,
                "threshold": threshold,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class FBetaScore(RecordMetric):
    """The harmonic mean of precision and recall, where recall counts `beta` times as much, for
    labels with one number for each class. Source: Keras 3, `keras.metrics.FBetaScore`.

    Args:
        average: How the scores of the classes become one; they stay as they are if absent.
        beta: How much recall counts beside precision.
        threshold: Predictions above it count as positive; if absent, the largest one of each
        sample does.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "FBetaScore"
    _fields: ClassVar[tuple[str, ...]] = (
        "average",
        "beta",
        "threshold",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "average": None,
        "beta": 1.0,
        "threshold": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        average: Any = None,
        beta: float = 1.0,
        threshold: float | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "average": average,
                "beta": beta,
                "threshold": threshold,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class FalseNegatives(RecordMetric):
    """How many negative predictions are wrong. Source: Keras 3, `keras.metrics.FalseNegatives`.

    Args:
        thresholds: Predictions above it count as positive; 1/2 if absent.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "FalseNegatives"
    _fields: ClassVar[tuple[str, ...]] = (
        "thresholds",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "thresholds": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        thresholds: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "thresholds": thresholds,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class FalsePositives(RecordMetric):
    """How many positive predictions are wrong. Source: Keras 3, `keras.metrics.FalsePositives`.

    Args:
        thresholds: Predictions above it count as positive; 1/2 if absent.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "FalsePositives"
    _fields: ClassVar[tuple[str, ...]] = (
        "thresholds",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "thresholds": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        thresholds: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "thresholds": thresholds,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class Hinge(RecordMetric):
    """The mean of [`losses::Hinge`]. Source: Keras 3, `keras.metrics.Hinge`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Hinge"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class IoU(RecordMetric):
    """What labels and predictions have in common, divided by what either has, averaged over the
    target classes. Source: Keras 3, `keras.metrics.IoU`.

    Args:
        num_classes: The number of classes.
        target_class_ids: The classes whose mean is taken.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        ignore_class: A label that does not count.
        sparse_y_true: Whether labels are class numbers, not one number for each class.
        sparse_y_pred: Whether predictions are class numbers, not one number for each class.
        axis: The axis of the classes.
    """

    _record = "IoU"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_classes",
        "target_class_ids",
        "ignore_class",
        "sparse_y_true",
        "sparse_y_pred",
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "ignore_class": None,
        "sparse_y_true": True,
        "sparse_y_pred": True,
        "axis": -1,
    }

    def __init__(
        self,
        num_classes: int,
        target_class_ids: Any,
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_true: bool = True,
        sparse_y_pred: bool = True,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_classes": num_classes,
                "target_class_ids": target_class_ids,
                "name": name,
                "dtype": dtype,
                "ignore_class": ignore_class,
                "sparse_y_true": sparse_y_true,
                "sparse_y_pred": sparse_y_pred,
                "axis": axis,
            },
            kwargs,
        )


class KLDivergence(RecordMetric):
    """The mean of [`losses::KLDivergence`]. Source: Keras 3, `keras.metrics.KLDivergence`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "KLDivergence"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


KLD = KLDivergence


class LogCoshError(RecordMetric):
    """The mean of [`losses::LogCosh`]. Source: Keras 3, `keras.metrics.LogCoshError`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "LogCoshError"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


LogCosh = LogCoshError


class Mean(RecordMean):
    """The weighted mean of the predictions themselves, whatever the labels. Source: Keras 3,
    `keras.metrics.Mean`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Mean"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class MeanAbsoluteError(RecordMetric):
    """The mean of `|y_true - y_pred|`. Source: Keras 3, `keras.metrics.MeanAbsoluteError`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "MeanAbsoluteError"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


MAE = MeanAbsoluteError


class MeanAbsolutePercentageError(RecordMetric):
    """The mean of [`losses::MeanAbsolutePercentageError`]. Source: Keras 3,
    `keras.metrics.MeanAbsolutePercentageError`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "MeanAbsolutePercentageError"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


MAPE = MeanAbsolutePercentageError


class MeanIoU(RecordMetric):
    """[`IoU`] averaged over all classes. Source: Keras 3, `keras.metrics.MeanIoU`.

    Args:
        num_classes: The number of classes.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        ignore_class: A label that does not count.
        sparse_y_true: Whether labels are class numbers, not one number for each class.
        sparse_y_pred: Whether predictions are class numbers, not one number for each class.
        axis: The axis of the classes.
    """

    _record = "MeanIoU"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_classes",
        "ignore_class",
        "sparse_y_true",
        "sparse_y_pred",
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "ignore_class": None,
        "sparse_y_true": True,
        "sparse_y_pred": True,
        "axis": -1,
    }

    def __init__(
        self,
        num_classes: int,
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_true: bool = True,
        sparse_y_pred: bool = True,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_classes": num_classes,
                "name": name,
                "dtype": dtype,
                "ignore_class": ignore_class,
                "sparse_y_true": sparse_y_true,
                "sparse_y_pred": sparse_y_pred,
                "axis": axis,
            },
            kwargs,
        )


class MeanSquaredError(RecordMetric):
    """The mean of `(y_true - y_pred)^2`. Source: Keras 3, `keras.metrics.MeanSquaredError`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "MeanSquaredError"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


MSE = MeanSquaredError


class MeanSquaredLogarithmicError(RecordMetric):
    """The mean of [`losses::MeanSquaredLogarithmicError`]. Source: Keras 3,
    `keras.metrics.MeanSquaredLogarithmicError`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "MeanSquaredLogarithmicError"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


MSLE = MeanSquaredLogarithmicError


class OneHotIoU(RecordMetric):
    """[`IoU`] for labels with one number for each class. Source: Keras 3,
    `keras.metrics.OneHotIoU`.

    Args:
        num_classes: The number of classes.
        target_class_ids: The classes whose mean is taken.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        ignore_class: A label that does not count.
        sparse_y_pred: Whether predictions are class numbers, not one number for each class.
        axis: The axis of the classes.
    """

    _record = "OneHotIoU"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_classes",
        "target_class_ids",
        "ignore_class",
        "sparse_y_pred",
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "ignore_class": None,
        "sparse_y_pred": False,
        "axis": -1,
    }

    def __init__(
        self,
        num_classes: int,
        target_class_ids: Any,
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_pred: bool = False,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_classes": num_classes,
                "target_class_ids": target_class_ids,
                "name": name,
                "dtype": dtype,
                "ignore_class": ignore_class,
                "sparse_y_pred": sparse_y_pred,
                "axis": axis,
            },
            kwargs,
        )


class OneHotMeanIoU(RecordMetric):
    """[`MeanIoU`] for labels with one number for each class. Source: Keras 3,
    `keras.metrics.OneHotMeanIoU`.

    Args:
        num_classes: The number of classes.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        ignore_class: A label that does not count.
        sparse_y_pred: Whether predictions are class numbers, not one number for each class.
        axis: The axis of the classes.
    """

    _record = "OneHotMeanIoU"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_classes",
        "ignore_class",
        "sparse_y_pred",
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "ignore_class": None,
        "sparse_y_pred": False,
        "axis": -1,
    }

    def __init__(
        self,
        num_classes: int,
        name: str | None = None,
        dtype: Any = None,
        ignore_class: int | None = None,
        sparse_y_pred: bool = False,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_classes": num_classes,
                "name": name,
                "dtype": dtype,
                "ignore_class": ignore_class,
                "sparse_y_pred": sparse_y_pred,
                "axis": axis,
            },
            kwargs,
        )


class PearsonCorrelation(RecordMetric):
    """The mean over samples of Pearson's correlation along an axis: -1 to 1. Source: Keras 3,
    `keras.metrics.PearsonCorrelation`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        axis: The axis along which labels and predictions vary.
    """

    _record = "PearsonCorrelation"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "axis": -1,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "axis": axis,
            },
            kwargs,
        )


class Poisson(RecordMetric):
    """The mean of [`losses::Poisson`]. Source: Keras 3, `keras.metrics.Poisson`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Poisson"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class Precision(RecordMetric):
    """How many of the positive predictions are right: `tp / (tp + fp)`. Source: Keras 3,
    `keras.metrics.Precision`.

    Args:
        thresholds: Predictions above it count as positive; 1/2 if absent.
        top_k: Only the k largest predictions of each sample can be positive.
        class_id: Only this class counts.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Precision"
    _fields: ClassVar[tuple[str, ...]] = (
        "thresholds",
        "top_k",
        "class_id",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "thresholds": None,
        "top_k": None,
        "class_id": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        thresholds: Any = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "thresholds": thresholds,
                "top_k": top_k,
                "class_id": class_id,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class PrecisionAtRecall(RecordMetric):
    """The largest precision while the recall is the given one at least. Source: Keras 3,
    `keras.metrics.PrecisionAtRecall`.

    Args:
        recall: What the other rate must be at least: 0 to 1.
        num_thresholds: How many thresholds are tried.
        class_id: Only this class counts.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "PrecisionAtRecall"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_thresholds",
        "class_id",
        "recall",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "num_thresholds": 200,
        "class_id": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        recall: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "recall": recall,
                "num_thresholds": num_thresholds,
                "class_id": class_id,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class R2Score(RecordMetric):
    """The part of the labels' variance that the predictions explain: 1 minus the ratio of squared
    errors to squared distances from the mean. Source: Keras 3, `keras.metrics.R2Score`.

    Args:
        class_aggregation: How the scores of several outputs become one; they stay as they are if
        absent.
        num_regressors: The number of independent variables, for the adjusted score.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "R2Score"
    _fields: ClassVar[tuple[str, ...]] = (
        "class_aggregation",
        "num_regressors",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "class_aggregation": "uniform_average",
        "num_regressors": 0,
        "name": None,
        "dtype": None,
    }
    _nullable: ClassVar[tuple[str, ...]] = (
        "class_aggregation",
    )

    def __init__(
        self,
        class_aggregation: Any = "uniform_average",
        num_regressors: int = 0,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "class_aggregation": class_aggregation,
                "num_regressors": num_regressors,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class Recall(RecordMetric):
    """How many of the positive labels are found: `tp / (tp + fn)`. Source: Keras 3,
    `keras.metrics.Recall`.

    Args:
        thresholds: Predictions above it count as positive; 1/2 if absent.
        top_k: Only the k largest predictions of each sample can be positive.
        class_id: Only this class counts.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Recall"
    _fields: ClassVar[tuple[str, ...]] = (
        "thresholds",
        "top_k",
        "class_id",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "thresholds": None,
        "top_k": None,
        "class_id": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        thresholds: Any = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "thresholds": thresholds,
                "top_k": top_k,
                "class_id": class_id,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class RecallAtPrecision(RecordMetric):
    """The largest recall while the precision is the given one at least. Source: Keras 3,
    `keras.metrics.RecallAtPrecision`.

    Args:
        precision: What the other rate must be at least: 0 to 1.
        num_thresholds: How many thresholds are tried.
        class_id: Only this class counts.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "RecallAtPrecision"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_thresholds",
        "class_id",
        "precision",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "num_thresholds": 200,
        "class_id": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        precision: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "precision": precision,
                "num_thresholds": num_thresholds,
                "class_id": class_id,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class RootMeanSquaredError(RecordMetric):
    """`sqrt(mean((y_true - y_pred)^2))` over all elements. Source: Keras 3,
    `keras.metrics.RootMeanSquaredError`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "RootMeanSquaredError"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class SensitivityAtSpecificity(RecordMetric):
    """The largest part of the positive labels found while the given part of the negative ones is.
    Source: Keras 3, `keras.metrics.SensitivityAtSpecificity`.

    Args:
        specificity: What the other rate must be at least: 0 to 1.
        num_thresholds: How many thresholds are tried.
        class_id: Only this class counts.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "SensitivityAtSpecificity"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_thresholds",
        "class_id",
        "specificity",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "num_thresholds": 200,
        "class_id": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        specificity: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "specificity": specificity,
                "num_thresholds": num_thresholds,
                "class_id": class_id,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class SparseCategoricalAccuracy(RecordMetric):
    """How often the largest prediction is that of the class the label names. Source: Keras 3,
    `keras.metrics.SparseCategoricalAccuracy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "SparseCategoricalAccuracy"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class SparseCategoricalCrossentropy(RecordMetric):
    """The mean of [`losses::SparseCategoricalCrossentropy`]. Source: Keras 3,
    `keras.metrics.SparseCategoricalCrossentropy`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        from_logits: Whether the predictions are logits, not probabilities.
        ignore_class: A label that does not count.
        axis: The axis of the classes: as in Keras, only the last one works.
    """

    _record = "SparseCategoricalCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "from_logits",
        "ignore_class",
        "axis",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
        "from_logits": False,
        "ignore_class": None,
        "axis": -1,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        from_logits: bool = False,
        ignore_class: int | None = None,
        axis: int = -1,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
                "from_logits": from_logits,
                "ignore_class": ignore_class,
                "axis": axis,
            },
            kwargs,
        )


class SparseTopKCategoricalAccuracy(RecordMetric):
    """How often the class that the label names is among the `k` largest predictions. Source:
    Keras 3, `keras.metrics.SparseTopKCategoricalAccuracy`.

    Args:
        k: How many predictions count.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
        from_sorted_ids: Whether the predictions are class numbers, the likeliest first.
    """

    _record = "SparseTopKCategoricalAccuracy"
    _fields: ClassVar[tuple[str, ...]] = (
        "k",
        "from_sorted_ids",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "k": 5,
        "name": None,
        "dtype": None,
        "from_sorted_ids": None,
    }

    def __init__(
        self,
        k: int = 5,
        name: str | None = None,
        dtype: Any = None,
        from_sorted_ids: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "k": k,
                "name": name,
                "dtype": dtype,
                "from_sorted_ids": from_sorted_ids,
            },
            kwargs,
        )


class SpecificityAtSensitivity(RecordMetric):
    """The largest part of the negative labels found while the given part of the positive ones is.
    Source: Keras 3, `keras.metrics.SpecificityAtSensitivity`.

    Args:
        sensitivity: What the other rate must be at least: 0 to 1.
        num_thresholds: How many thresholds are tried.
        class_id: Only this class counts.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "SpecificityAtSensitivity"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_thresholds",
        "class_id",
        "sensitivity",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "num_thresholds": 200,
        "class_id": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        sensitivity: float,
        num_thresholds: int = 200,
        class_id: int | None = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "sensitivity": sensitivity,
                "num_thresholds": num_thresholds,
                "class_id": class_id,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class SquaredHinge(RecordMetric):
    """The mean of [`losses::SquaredHinge`]. Source: Keras 3, `keras.metrics.SquaredHinge`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "SquaredHinge"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class Sum(RecordMean):
    """The weighted sum of the predictions themselves, whatever the labels. Source: Keras 3,
    `keras.metrics.Sum`.

    Args:
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "Sum"
    _fields: ClassVar[tuple[str, ...]] = (
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class TopKCategoricalAccuracy(RecordMetric):
    """How often the largest label is among the `k` largest predictions. Source: Keras 3,
    `keras.metrics.TopKCategoricalAccuracy`.

    Args:
        k: How many predictions count.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "TopKCategoricalAccuracy"
    _fields: ClassVar[tuple[str, ...]] = (
        "k",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "k": 5,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        k: int = 5,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "k": k,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class TrueNegatives(RecordMetric):
    """How many negative predictions are right. Source: Keras 3, `keras.metrics.TrueNegatives`.

    Args:
        thresholds: Predictions above it count as positive; 1/2 if absent.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "TrueNegatives"
    _fields: ClassVar[tuple[str, ...]] = (
        "thresholds",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "thresholds": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        thresholds: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "thresholds": thresholds,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


class TruePositives(RecordMetric):
    """How many positive predictions are right. Source: Keras 3, `keras.metrics.TruePositives`.

    Args:
        thresholds: Predictions above it count as positive; 1/2 if absent.
        name: The metric's name; made of the class name if absent.
        dtype: The element type that the metric counts in.
    """

    _record = "TruePositives"
    _fields: ClassVar[tuple[str, ...]] = (
        "thresholds",
        "name",
        "dtype",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "thresholds": None,
        "name": None,
        "dtype": None,
    }

    def __init__(
        self,
        thresholds: Any = None,
        name: str | None = None,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "thresholds": thresholds,
                "name": name,
                "dtype": dtype,
            },
            kwargs,
        )


NAMES = (
    "AUC",
    "Accuracy",
    "BCE",
    "BinaryAccuracy",
    "BinaryCrossentropy",
    "BinaryIoU",
    "CategoricalAccuracy",
    "CategoricalCrossentropy",
    "CategoricalHinge",
    "ConcordanceCorrelation",
    "CosineSimilarity",
    "F1Score",
    "FBetaScore",
    "FalseNegatives",
    "FalsePositives",
    "Hinge",
    "IoU",
    "KLD",
    "KLDivergence",
    "LogCosh",
    "LogCoshError",
    "MAE",
    "MAPE",
    "MSE",
    "MSLE",
    "Mean",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanIoU",
    "MeanSquaredError",
    "MeanSquaredLogarithmicError",
    "OneHotIoU",
    "OneHotMeanIoU",
    "PearsonCorrelation",
    "Poisson",
    "Precision",
    "PrecisionAtRecall",
    "R2Score",
    "Recall",
    "RecallAtPrecision",
    "RootMeanSquaredError",
    "SensitivityAtSpecificity",
    "SparseCategoricalAccuracy",
    "SparseCategoricalCrossentropy",
    "SparseTopKCategoricalAccuracy",
    "SpecificityAtSensitivity",
    "SquaredHinge",
    "Sum",
    "TopKCategoricalAccuracy",
    "TrueNegatives",
    "TruePositives",
)
