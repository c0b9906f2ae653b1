"""Losses as functions of labels and predictions: the loss of each sample."""

from __future__ import annotations

import inspect

from ... import _native as native
from .. import _symbolic

_CLASSES = {
    "mean_squared_error": "MeanSquaredError",
    "mean_absolute_error": "MeanAbsoluteError",
    "mean_absolute_percentage_error": "MeanAbsolutePercentageError",
    "mean_squared_logarithmic_error": "MeanSquaredLogarithmicError",
    "binary_crossentropy": "BinaryCrossentropy",
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
    "binary_focal_crossentropy": "BinaryFocalCrossentropy",
    "categorical_focal_crossentropy": "CategoricalFocalCrossentropy",
    "hinge": "Hinge",
    "squared_hinge": "SquaredHinge",
    "categorical_hinge": "CategoricalHinge",
    "huber": "Huber",
    "log_cosh": "LogCosh",
    "kl_divergence": "KLDivergence",
    "poisson": "Poisson",
    "cosine_similarity": "CosineSimilarity",
    "dice": "Dice",
    "tversky": "Tversky",
}
_ALIASES = {
    "mse": "mean_squared_error", "MSE": "mean_squared_error",
    "mae": "mean_absolute_error", "MAE": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error", "MAPE": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error", "MSLE": "mean_squared_logarithmic_error",
    "kld": "kl_divergence", "KLD": "kl_divergence", "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh", "bce": "binary_crossentropy", "BCE": "binary_crossentropy",
    "huber_loss": "huber",
}
_made: dict[str, object] = {}


def find(name: str):
    """The function of a name, or None."""
    name = _ALIASES.get(name, name)
    cls = _CLASSES.get(name)
    if cls is None:
        return None
    if name not in _made:
        try:
            native.family_find("losses", cls)
        except ValueError:
            return None
        _made[name] = _function(name, cls)
    return _made[name]


def names() -> list[str]:
    """Every function's name."""
    return sorted({*_CLASSES, *_ALIASES})


def _function(name: str, cls: str):
    from . import _generated

    kind = getattr(_generated, cls)
    options = [
        p for n, p in inspect.signature(kind.__init__).parameters.items()
        if n not in ("self", "name", "reduction", "kwargs")
    ]
    handles: dict = {}

    sparse = name == "sparse_categorical_crossentropy"
    if sparse:
        # The class numbers say nothing of where the classes stand in y_pred.
        axis = inspect.Parameter("axis", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=-1)
        options.insert(1, axis)

    def function(y_true, y_pred, *args, **kwargs):
        for p, value in zip(options, args):
            kwargs[p.name] = value
        if _symbolic.has_symbolic((y_true, y_pred)):
            return _symbolic.call(function, (y_true, y_pred), kwargs, f"tf.keras.losses.{name}")
        if sparse:
            y_pred = _classes_last(y_pred, kwargs.pop("axis", -1))
        key = tuple(sorted(kwargs.items()))
        handle = handles.get(key)
        if handle is None:
            handle = handles[key] = kind(**kwargs)._handle
        loss = handle.unreduced(y_true, y_pred)
        # The record of the similarity is a loss: smaller is better, as in the function.
        return loss

    function.__name__ = function.__qualname__ = name
    function.__module__ = "keras.losses"
    function.__doc__ = f"The loss of each sample; see `{cls}`."
    first = [
        inspect.Parameter(n, inspect.Parameter.POSITIONAL_OR_KEYWORD) for n in ("y_true", "y_pred")
    ]
    plain = [p.replace(annotation=inspect.Parameter.empty,
                       kind=inspect.Parameter.POSITIONAL_OR_KEYWORD) for p in options]
    function.__signature__ = inspect.Signature([*first, *plain])
    return function


def _classes_last(y_pred, axis: int):
    y_pred = native.convert(y_pred)
    axis %= y_pred.ndim
    if axis == y_pred.ndim - 1:
        return y_pred
    order = [i for i in range(y_pred.ndim) if i != axis]
    return native.transpose(y_pred, [*order, axis])
