"""What kind of thing a target is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ... import _native
from .._sparse import is_sparse
from .validation import _check_finite, _frame_values, _is_pandas

__all__ = [
    "check_classification_targets",
    "class_distribution",
    "is_multilabel",
    "type_of_target",
    "unique_labels",
]


def _as_array(y: Any) -> Any:
    """`y` as an array; rows of different lengths as objects."""
    if is_sparse(y):
        return y
    try:
        values = np.asarray(y)
    except ValueError:
        values = np.empty(len(y), dtype=object)
        values[:] = list(y)
    if values.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{values}\n")
    if _is_pandas(y, "DataFrame") or _is_pandas(y, "Series"):
        values = _frame_values(y)
    return values


def different(values: np.ndarray) -> np.ndarray:
    """The different values, sorted: `numpy.unique`, quicker for whole numbers that lie close together."""
    found = _native.learn_numbered(values.ravel()) if values.dtype.kind in "iu" else None
    return np.unique(values) if found is None else found[0]


def numbered(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different labels of one dimension, sorted, and each one's number among them."""
    found = _native.learn_numbered(labels) if labels.dtype.kind in "iu" else None
    if found is not None:
        return found
    classes, codes = np.unique(labels, return_inverse=True)
    return classes, codes.ravel()


def _whole(values: np.ndarray) -> bool:
    return values.dtype.kind == "f" and bool(np.all(values.astype(np.int64) == values))


def _indicates(y: Any) -> bool:
    """Whether an array is a table of labels: several columns of at most two whole values."""
    if getattr(y, "ndim", 0) != 2 or y.shape[1] < 2:
        return False
    labels = different(y.data if is_sparse(y) else y)
    whole = labels.dtype.kind in "biu"
    with np.errstate(invalid="ignore"):
        if is_sparse(y):
            few = labels.size <= 1 or (labels.size == 2 and 0 in labels)
            return labels.size == 0 or (few and (whole or _whole(labels)))
        return len(labels) < 3 and (whole or _whole(labels))


def is_multilabel(y: Any) -> bool:
    """Whether `y` is a table with a column of zeros and ones for each of several labels."""
    if not (hasattr(y, "__array__") or isinstance(y, Sequence) or is_sparse(y)):
        return False
    return _indicates(_as_array(y))


def type_of_target(y: Any, input_name: str = "", raise_unknown: bool = False) -> str:
    """"binary", "multiclass", "continuous", their "-multioutput" forms, "multilabel-indicator", "unknown".

    Parameters
    ----------
    y : array-like
    input_name : what messages call it
    raise_unknown : whether to raise instead of saying "unknown"

    Raises
    ------
    ValueError
        If `y` is no array, or holds NaN.
    """
    sequence = isinstance(y, Sequence) or is_sparse(y) or hasattr(y, "__array__")
    if not sequence or isinstance(y, str):
        raise ValueError(f"Expected array-like (array or non-string sequence), got {y!r}")
    y = _as_array(y)
    found = _kind(y, input_name)
    if found == "unknown" and raise_unknown:
        raise ValueError(f"Unknown label type for {input_name or 'data'}: {y!r}")
    return found


def _kind(y: Any, input_name: str) -> str:
    if _indicates(y):
        return "multilabel-indicator"
    if not is_sparse(y) and y.ndim and len(y):
        first = y[0]
        if isinstance(first, bytes):
            raise TypeError(
                "Support for labels represented as bytes is not supported. Convert the labels to a "
                "string or integer format."
            )
        listed = isinstance(first, Sequence) and not isinstance(first, str)
        if listed and not hasattr(first, "__array__"):
            raise ValueError(
                "You appear to be using a legacy multi-label data representation. Sequence of "
                "sequences are no longer supported; use a binary array or sparse matrix instead - "
                "the MultiLabelBinarizer transformer can convert to this format."
            )
    if y.ndim not in (1, 2):
        return "unknown"
    if not min(y.shape):
        return "binary" if y.ndim == 1 else "unknown"
    if not is_sparse(y) and y.dtype == object and not isinstance(y.flat[0], str):
        return "unknown"
    several = y.ndim == 2 and y.shape[1] > 1
    suffix = "-multioutput" if several else ""
    values = y.data if is_sparse(y) else y
    if values.dtype.kind == "f":
        with np.errstate(invalid="ignore"):
            whole = values.astype(np.int64) == values
        if not whole.all():
            _check_finite(values, False, None, input_name)
            return "continuous" + suffix
    if is_sparse(y):
        # scikit-learn looks at what the first row stores.
        several = several and y.tocsr()[[0]].nnz > 1
    return "multiclass" + suffix if several or len(different(values)) > 2 else "binary"


def check_classification_targets(y: Any) -> None:
    """Refuses what is no target of a classifier, such as continuous values.

    Raises
    ------
    ValueError
        If it is none.
    """
    found = type_of_target(y, input_name="y")
    if found.startswith("continuous") or found == "unknown":
        raise ValueError(
            f"Unknown label type: {found}. Maybe you are trying to fit a classifier, which expects "
            "discrete classes on a regression target with continuous values."
        )


def unique_labels(*ys: Any, ys_types: set[str] | None = None) -> np.ndarray:
    """The labels in any of some targets, sorted; of tables of labels the numbers of the columns.

    Parameters
    ----------
    *ys : array-likes
    ys_types : what `type_of_target` says of them, where that is known

    Raises
    ------
    ValueError
        If none is given, or kinds of targets, or numbers and words, are mixed.
    """
    if not ys:
        raise ValueError("No argument has been passed.")
    types = {type_of_target(y) for y in ys} if ys_types is None else set(ys_types)
    if types == {"binary", "multiclass"}:
        types = {"multiclass"}
    if len(types) > 1:
        raise ValueError(f"Mix type of y not allowed, got types {types}")
    (found,) = types
    if found == "multilabel-indicator":
        widths = {_as_array(y).shape[1] for y in ys}
        if len(widths) > 1:
            raise ValueError(
                "Multi-label binary indicator input with different numbers of labels"
            )
        return np.arange(widths.pop())
    if found not in ("binary", "multiclass"):
        raise ValueError(f"Unknown label type: {ys!r}")
    arrays = [different(np.asarray(y)) for y in ys]
    labels = {label for array in arrays for label in array}
    if len({isinstance(label, str) for label in labels}) > 1:
        shown = " and ".join(str(array) for array in arrays)
        raise ValueError(f"Mix of label input types (string and number); Got {shown}.")
    return np.asarray(sorted(labels))


def class_distribution(
    y: Any, sample_weight: Any = None
) -> tuple[list[np.ndarray], list[int], list[np.ndarray]]:
    """The classes of each output, how many they are, and their shares.

    Parameters
    ----------
    y : ndarray or sparse matrix of shape (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    table = y.toarray() if is_sparse(y) else y
    classes, shares = [], []
    for column in table.T:
        found, codes = np.unique(column, return_inverse=True)
        counts = np.bincount(codes, weights=sample_weight)
        classes.append(found)
        shares.append(counts / counts.sum())
    return classes, [len(c) for c in classes], shares
