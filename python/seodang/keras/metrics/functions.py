"""Metrics as functions of labels and predictions: the value for each sample."""

from __future__ import annotations

import functools

from ... import _native as native
from .. import _symbolic
from ..losses import functions as losses


def binary_accuracy(y_true, y_pred, threshold: float = 0.5):
    """The share of predictions on the right side of a threshold, for each sample."""
    y_pred = native.convert(y_pred)
    y_true = native.cast(native.convert(y_true), y_pred.dtype)
    right = native.cast(native.greater(y_pred, threshold), y_pred.dtype)
    return native.reduce_mean(native.cast(native.equal(right, y_true), y_pred.dtype), -1)


def categorical_accuracy(y_true, y_pred):
    """1 where the largest output is that of the right class."""
    y_pred = native.convert(y_pred)
    same = native.equal(native.argmax(y_true, -1), native.argmax(y_pred, -1))
    return native.cast(same, y_pred.dtype)


def sparse_categorical_accuracy(y_true, y_pred):
    """1 where the largest output is that of the class whose number is the label."""
    y_pred, y_true = native.convert(y_pred), native.convert(y_true)
    if y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1:
        y_true = native.squeeze(y_true, -1)
    best = native.argmax(y_pred, -1)
    return native.cast(native.equal(native.cast(y_true, "int64"), best), y_pred.dtype)


def top_k_categorical_accuracy(y_true, y_pred, k: int = 5):
    """1 where the right class is among the k largest outputs."""
    return sparse_top_k_categorical_accuracy(native.argmax(y_true, -1), y_pred, k)


def sparse_top_k_categorical_accuracy(y_true, y_pred, k: int = 5):
    """1 where the class whose number is the label is among the k largest outputs."""
    y_pred = native.convert(y_pred)
    label = native.reshape(native.cast(native.convert(y_true), "int32"), [-1, 1])
    flat = native.reshape(y_pred, [-1, y_pred.shape[-1]])
    best = native.top_k(flat, min(k, flat.shape[-1]))[1]
    hit = native.reduce_any(native.equal(native.cast(best, "int32"), label), -1)
    return native.cast(native.reshape(hit, list(y_pred.shape[:-1])), y_pred.dtype)


def accuracy(y_true, y_pred):
    """1 where label and prediction are equal."""
    y_pred = native.convert(y_pred)
    y_true = native.cast(native.convert(y_true), y_pred.dtype)
    return native.cast(native.equal(y_true, y_pred), "float32")


def _lifted(function):
    """The function, which makes a layer when it is called on values of a model that is being described."""

    @functools.wraps(function)
    def lifted(*args, **kwargs):
        if _symbolic.has_symbolic((args, kwargs)):
            return _symbolic.call(function, args, kwargs, f"tf.keras.metrics.{function.__name__}")
        return function(*args, **kwargs)

    return lifted


_OWN = {
    f.__name__: _lifted(f)
    for f in (binary_accuracy, categorical_accuracy, sparse_categorical_accuracy,
              top_k_categorical_accuracy, sparse_top_k_categorical_accuracy, accuracy)
}


def find(name: str):
    """The function of a name, or None."""
    return _OWN.get(name) or losses.find(name)


def names() -> list[str]:
    """Every function's name."""
    return sorted(_OWN)
