"""Losses, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordLoss


class BinaryCrossentropy(RecordLoss):
    """`-mean(y * log(p) + (1 - y) * log(1 - p))` over the last axis, for labels of 0 and 1.

    Probabilities are clipped to 1e-7 from 0 and 1. With `from_logits` the predictions are `log(p
    / (1 - p))`, which is exact. Source: Keras 3, `keras.losses.BinaryCrossentropy`.

    Args:
        from_logits: Whether the predictions are logits, not probabilities.
        label_smoothing: Draws the labels this far towards 1/2.
        axis: The axis of the mean.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "BinaryCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "from_logits",
        "label_smoothing",
        "axis",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "from_logits": False,
        "label_smoothing": 0.0,
        "axis": -1,
        "reduction": "sum_over_batch_size",
        "name": "binary_crossentropy",
    }

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = "sum_over_batch_size",
        name: str = "binary_crossentropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "from_logits": from_logits,
                "label_smoothing": label_smoothing,
                "axis": axis,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


BCE = BinaryCrossentropy


class BinaryFocalCrossentropy(RecordLoss):
    """Binary cross-entropy times `(1 - p)^gamma`, where p is the probability of the right class.
    Source: Lin et al. 2018; Keras 3, `keras.losses.BinaryFocalCrossentropy`.

    Args:
        apply_class_balancing: Whether class 1 counts `alpha` and class 0 `1 - alpha`.
        alpha: The weight of class 1.
        gamma: How much less easy samples count.
        from_logits: Whether the predictions are logits, not probabilities.
        label_smoothing: Draws the labels this far towards 1/2.
        axis: The axis of the mean.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "BinaryFocalCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "from_logits",
        "label_smoothing",
        "axis",
        "apply_class_balancing",
        "alpha",
        "gamma",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "apply_class_balancing": False,
        "alpha": 0.25,
        "gamma": 2.0,
        "from_logits": False,
        "label_smoothing": 0.0,
        "axis": -1,
        "reduction": "sum_over_batch_size",
        "name": "binary_focal_crossentropy",
    }

    def __init__(
        self,
        apply_class_balancing: bool = False,
        alpha: float = 0.25,
        gamma: float = 2.0,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = "sum_over_batch_size",
        name: str = "binary_focal_crossentropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "apply_class_balancing": apply_class_balancing,
                "alpha": alpha,
                "gamma": gamma,
                "from_logits": from_logits,
                "label_smoothing": label_smoothing,
                "axis": axis,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class CategoricalCrossentropy(RecordLoss):
    """`-sum(y * log(p))` over the classes, for labels with one number for each class.

    Probabilities are made to sum to 1 and clipped to 1e-7 from 0 and 1; with `from_logits` the
    predictions go through log softmax, which is exact. Source: Keras 3,
    `keras.losses.CategoricalCrossentropy`.

    Args:
        from_logits: Whether the predictions are logits, not probabilities.
        label_smoothing: Draws the labels this far towards even ones.
        axis: The axis of the classes.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "CategoricalCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "from_logits",
        "label_smoothing",
        "axis",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "from_logits": False,
        "label_smoothing": 0.0,
        "axis": -1,
        "reduction": "sum_over_batch_size",
        "name": "categorical_crossentropy",
    }

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = "sum_over_batch_size",
        name: str = "categorical_crossentropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "from_logits": from_logits,
                "label_smoothing": label_smoothing,
                "axis": axis,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class CategoricalFocalCrossentropy(RecordLoss):
    """Categorical cross-entropy times `alpha * (1 - p)^gamma`, class by class. Source: Lin et al.
    2018; Keras 3, `keras.losses.CategoricalFocalCrossentropy`.

    Args:
        alpha: The weight of the classes.
        gamma: How much less easy samples count.
        from_logits: Whether the predictions are logits, not probabilities.
        label_smoothing: Draws the labels this far towards even ones.
        axis: The axis of the classes.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "CategoricalFocalCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "from_logits",
        "label_smoothing",
        "axis",
        "alpha",
        "gamma",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "alpha": 0.25,
        "gamma": 2.0,
        "from_logits": False,
        "label_smoothing": 0.0,
        "axis": -1,
        "reduction": "sum_over_batch_size",
        "name": "categorical_focal_crossentropy",
    }

    def __init__(
        self,
        alpha: Any = 0.25,
        gamma: float = 2.0,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        axis: int = -1,
        reduction: Any = "sum_over_batch_size",
        name: str = "categorical_focal_crossentropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "alpha": alpha,
                "gamma": gamma,
                "from_logits": from_logits,
                "label_smoothing": label_smoothing,
                "axis": axis,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class CategoricalGeneralizedCrossEntropy(RecordLoss):
    """`(1 - p^q) / q` for labels that are class numbers, where p is the probability of the right
    class: between cross-entropy (small q) and mean absolute error (1), it bears wrong labels.
    Source: Zhang and Sabuncu 2018; Keras 3,
    `keras.losses.CategoricalGeneralizedCrossEntropy`.

    Args:
        q: Between 0 and 1.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "CategoricalGeneralizedCrossEntropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "q",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "q": 0.5,
        "reduction": "sum_over_batch_size",
        "name": "categorical_generalized_cross_entropy",
    }

    def __init__(
        self,
        q: float = 0.5,
        reduction: Any = "sum_over_batch_size",
        name: str = "categorical_generalized_cross_entropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "q": q,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class CategoricalHinge(RecordLoss):
    """`max(wrong - right + 1, 0)` for labels with one number for each class: the prediction of
    the right class, and the largest of the others. Source: Keras 3,
    `keras.losses.CategoricalHinge`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "CategoricalHinge"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "categorical_hinge",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "categorical_hinge",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class CosineSimilarity(RecordLoss):
    """The cosine of the angle between labels and predictions, negated: -1 where they point the
    same way. Source: Keras 3, `keras.losses.CosineSimilarity`.

    Args:
        axis: The axis of the vectors.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "CosineSimilarity"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "axis",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
        "reduction": "sum_over_batch_size",
        "name": "cosine_similarity",
    }

    def __init__(
        self,
        axis: int = -1,
        reduction: Any = "sum_over_batch_size",
        name: str = "cosine_similarity",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "axis": axis,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class Dice(RecordLoss):
    """`1 - 2 * sum(y_true * y_pred) / (sum(y_true) + sum(y_pred) + 1e-7)`. Source: Milletari et
    al. 2016; Keras 3, `keras.losses.Dice`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
        axis: The axes that are summed: all if absent.
    """

    _record = "Dice"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "axis",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "dice",
        "axis": None,
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "dice",
        axis: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
                "axis": axis,
            },
            kwargs,
        )


class Hinge(RecordLoss):
    """`mean(max(1 - y_true * y_pred, 0))` over the last axis, for labels of -1 and 1; labels of 0
    and 1 are taken as -1 and 1. Source: Keras 3, `keras.losses.Hinge`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "Hinge"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "hinge",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "hinge",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class Huber(RecordLoss):
    """The mean over the last axis of `e^2 / 2` where `|e| <= delta` and `delta * |e| - delta^2 /
    2` elsewhere, for `e = y_pred - y_true`. Source: Huber 1964; Keras 3,
    `keras.losses.Huber`.

    Args:
        delta: Where the parabola becomes a line.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "Huber"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "delta",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "delta": 1.0,
        "reduction": "sum_over_batch_size",
        "name": "huber_loss",
    }

    def __init__(
        self,
        delta: float = 1.0,
        reduction: Any = "sum_over_batch_size",
        name: str = "huber_loss",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "delta": delta,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class KLDivergence(RecordLoss):
    """`sum(y_true * log(y_true / y_pred))` over the last axis, for two distributions, whose
    probabilities are taken as 1e-7 at least. Source: Kullback and Leibler 1951; Keras 3,
    `keras.losses.KLDivergence`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "KLDivergence"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "kl_divergence",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "kl_divergence",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


KLD = KLDivergence


class LogCosh(RecordLoss):
    """`mean(log(cosh(y_pred - y_true)))` over the last axis: about `e^2 / 2` for small errors and
    `|e| - log(2)` for large ones. Source: Keras 3, `keras.losses.LogCosh`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "LogCosh"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "log_cosh",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "log_cosh",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class MeanAbsoluteError(RecordLoss):
    """`mean(|y_true - y_pred|)` over the last axis. Source: Keras 3,
    `keras.losses.MeanAbsoluteError`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "MeanAbsoluteError"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "mean_absolute_error",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "mean_absolute_error",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


MAE = MeanAbsoluteError


class MeanAbsolutePercentageError(RecordLoss):
    """`100 * mean(|y_true - y_pred| / max(|y_true|, 1e-7))` over the last axis. Source: Keras 3,
    `keras.losses.MeanAbsolutePercentageError`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "MeanAbsolutePercentageError"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "mean_absolute_percentage_error",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "mean_absolute_percentage_error",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


MAPE = MeanAbsolutePercentageError


class MeanSquaredError(RecordLoss):
    """`mean((y_true - y_pred)^2)` over the last axis. Source: Keras 3,
    `keras.losses.MeanSquaredError`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "MeanSquaredError"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "mean_squared_error",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "mean_squared_error",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


MSE = MeanSquaredError


class MeanSquaredLogarithmicError(RecordLoss):
    """`mean((log(y_true + 1) - log(y_pred + 1))^2)` over the last axis, what is below 1e-7 taken
    as 1e-7. Source: Keras 3, `keras.losses.MeanSquaredLogarithmicError`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "MeanSquaredLogarithmicError"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "mean_squared_logarithmic_error",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "mean_squared_logarithmic_error",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


MSLE = MeanSquaredLogarithmicError


class Poisson(RecordLoss):
    """`mean(y_pred - y_true * log(y_pred + 1e-7))` over the last axis, for counts. Source: Keras
    3, `keras.losses.Poisson`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "Poisson"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "poisson",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "poisson",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class SparseCategoricalCrossentropy(RecordLoss):
    """`-log(p[y])` for labels that are class numbers.

    Labels `(batch, ...)` or `(batch, ..., 1)`, predictions `(batch, ..., classes)`. Probabilities
    and logits are treated as by [`CategoricalCrossentropy`](super::CategoricalCrossentropy).
    Source: Keras 3, `keras.losses.SparseCategoricalCrossentropy`.

    Args:
        from_logits: Whether the predictions are logits, not probabilities.
        ignore_class: A label that does not count.
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "SparseCategoricalCrossentropy"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "from_logits",
        "ignore_class",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "from_logits": False,
        "ignore_class": None,
        "reduction": "sum_over_batch_size",
        "name": "sparse_categorical_crossentropy",
    }

    def __init__(
        self,
        from_logits: bool = False,
        ignore_class: int | None = None,
        reduction: Any = "sum_over_batch_size",
        name: str = "sparse_categorical_crossentropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "from_logits": from_logits,
                "ignore_class": ignore_class,
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class SquaredHinge(RecordLoss):
    """`mean(max(1 - y_true * y_pred, 0)^2)` over the last axis, for labels of -1 and 1; labels of
    0 and 1 are taken as -1 and 1. Source: Keras 3, `keras.losses.SquaredHinge`.

    Args:
        reduction: How the losses of a batch become one.
        name: The loss's name.
    """

    _record = "SquaredHinge"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "reduction": "sum_over_batch_size",
        "name": "squared_hinge",
    }

    def __init__(
        self,
        reduction: Any = "sum_over_batch_size",
        name: str = "squared_hinge",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "reduction": reduction,
                "name": name,
            },
            kwargs,
        )


class Tversky(RecordLoss):
    """`1 - both / (both + alpha * missed + beta * wrong + 1e-7)`: the sums of what labels and
    predictions both hold, of what only the labels hold and of what only the predictions hold.
    Source: Salehi et al. 2017; Keras 3, `keras.losses.Tversky`.

    Args:
        alpha: The weight of what predictions miss.
        beta: The weight of what predictions wrongly hold.
        reduction: How the losses of a batch become one.
        name: The loss's name.
        axis: The axes that are summed: all if absent.
    """

    _record = "Tversky"
    _fields: ClassVar[tuple[str, ...]] = (
        "reduction",
        "alpha",
        "beta",
        "axis",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "alpha": 0.5,
        "beta": 0.5,
        "reduction": "sum_over_batch_size",
        "name": "tversky",
        "axis": None,
    }

    def __init__(
        self,
        alpha: float = 0.5,
        beta: float = 0.5,
        reduction: Any = "sum_over_batch_size",
        name: str = "tversky",
        axis: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "alpha": alpha,
                "beta": beta,
                "reduction": reduction,
                "name": name,
                "axis": axis,
            },
            kwargs,
        )


NAMES = (
    "BCE",
    "BinaryCrossentropy",
    "BinaryFocalCrossentropy",
    "CategoricalCrossentropy",
    "CategoricalFocalCrossentropy",
    "CategoricalGeneralizedCrossEntropy",
    "CategoricalHinge",
    "CosineSimilarity",
    "Dice",
    "Hinge",
    "Huber",
    "KLD",
    "KLDivergence",
    "LogCosh",
    "MAE",
    "MAPE",
    "MSE",
    "MSLE",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanSquaredError",
    "MeanSquaredLogarithmicError",
    "Poisson",
    "SparseCategoricalCrossentropy",
    "SquaredHinge",
    "Tversky",
)
