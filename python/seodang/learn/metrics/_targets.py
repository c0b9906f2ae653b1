"""What metrics share: targets that fit together, weights, averages."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._sparse import is_sparse
from ..utils.multiclass import type_of_target, unique_labels
from ..utils.validation import (
    _num_samples,
    check_array,
    check_consistent_length,
    column_or_1d,
)


def weights_of(sample_weight: Any, X: Any) -> np.ndarray | None:
    """The weights of samples in their own type; a number is for all.

    Raises
    ------
    ValueError
        For another shape, what is not finite, or nothing but zeros.
    """
    if sample_weight is None:
        return None
    n = _num_samples(X)
    if np.isscalar(sample_weight):
        weights = np.full(n, sample_weight)
    else:
        weights = check_array(
            sample_weight, dtype=None, ensure_2d=False, allow_nd=True, input_name="sample_weight"
        )
        if weights.dtype == object:
            weights = weights.astype(np.float64)
    if weights.ndim != 1:
        raise ValueError(
            f"Sample weights must be 1D array or scalar, got {weights.ndim}D array. Expected either "
            f"a scalar value or a 1D array of length {n}."
        )
    if weights.shape != (n,):
        raise ValueError(f"sample_weight.shape == {weights.shape}, expected {(n,)}!")
    if not weights.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weights


def targets(
    y_true: Any, y_pred: Any, sample_weight: Any = None
) -> tuple[str, np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]:
    """The kind of two targets of classifiers, their labels, themselves as arrays, the weights.

    A table of labels becomes one of truth values.

    Raises
    ------
    ValueError, TypeError
        If they do not fit together, or are no classes.
    """
    check_consistent_length(y_true, y_pred, sample_weight)
    kinds = [type_of_target(y, name) for y, name in ((y_true, "y_true"), (y_pred, "y_pred"))]
    if _num_samples(y_true) < 1:
        raise ValueError(
            "Found empty input array (e.g., `y_true` or `y_pred`) while a minimum of 1 sample is "
            "required."
        )
    weights = weights_of(sample_weight, y_true)
    if set(kinds) == {"binary", "multiclass"}:
        kind = "multiclass"
    elif kinds[0] == kinds[1]:
        kind = kinds[0]
    else:
        raise ValueError(
            f"Classification metrics can't handle a mix of {kinds[0]} and {kinds[1]} targets"
        )
    if kind not in ("binary", "multiclass", "multilabel-indicator"):
        raise ValueError(f"{kind} is not supported")
    if kind == "multilabel-indicator":
        labels = unique_labels(y_true, y_pred, ys_types={kind})
        true, guess = (
            (y.toarray() if is_sparse(y) else np.asarray(y)) != 0 for y in (y_true, y_pred)
        )
        return kind, labels, true, guess, weights
    if is_sparse(y_true) or is_sparse(y_pred):
        raise TypeError("Sparse input is only supported when targets are of multilabel type")
    true = column_or_1d(y_true, input_name="y_true")
    guess = column_or_1d(y_pred, input_name="y_pred")
    labels = unique_labels(true, guess, ys_types={kind})
    if len(labels) > 2:
        kind = "multiclass"
    return kind, labels, true, guess, weights


def average(values: np.ndarray, weights: Any = None, *, normalize: bool = True) -> float:
    """The mean of values with weights, or their sum."""
    if normalize:
        return float(np.average(values, weights=weights))
    return float(np.sum(values) if weights is None else np.dot(values, weights))


def average_of_known(values: np.ndarray, weights: Any = None) -> float:
    """The mean with weights of the values that are no NaN; of weights all zero it is the plain one."""
    known = ~np.isnan(values)
    if not known.any():
        return float("nan")
    values = values[known]
    weights = None if weights is None else np.asarray(weights)[known]
    if weights is not None and np.sum(weights) == 0:
        weights = None
    return float(np.average(values, weights=weights))


def positive_label(pos_label: Any, y_true: np.ndarray) -> Any:
    """The positive class: 1 unless said, if the classes are 0 and 1 or -1 and 1.

    Raises
    ------
    ValueError
        If they are others and none is said.
    """
    if pos_label is not None:
        return pos_label
    classes = np.unique(y_true)
    usual = ([0, 1], [-1, 1], [0], [-1], [1])
    if classes.dtype.kind in "OUS" or classes.tolist() not in usual:
        shown = ", ".join(repr(c) for c in classes.tolist())
        raise ValueError(
            f"y_true takes value in {{{shown}}} and pos_label is not specified: either make y_true "
            "take value in {0, 1} or {-1, 1} or pass pos_label explicitly."
        )
    return 1


def codes(labels: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The place of each value among sorted labels, all of which it must be one of."""
    whole = labels.dtype.kind in "iu" and y.dtype.kind in "iu"
    if whole and len(labels) and int(labels[-1]) - int(labels[0]) == len(labels) - 1:
        # One after the other, the labels are numbers of places.
        return y.astype(np.intp) - int(labels[0])
    return np.searchsorted(labels, y)


def one_hot(classes: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A column of zeros and ones for each of sorted classes."""
    return (np.asarray(y)[:, None] == classes[None, :]).astype(np.int64)
