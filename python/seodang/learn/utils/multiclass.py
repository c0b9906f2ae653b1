"""What kind of thing a target is."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._sparse import is_sparse

__all__ = ["check_classification_targets", "type_of_target", "unique_labels"]


def type_of_target(y: Any, input_name: str = "") -> str:
    """"binary", "multiclass", "continuous", their "-multioutput" forms, "multilabel-indicator", "unknown".

    Parameters
    ----------
    y : array-like
    input_name : what messages call it

    Raises
    ------
    ValueError
        If `y` is no array, or holds NaN.
    """
    if not (hasattr(y, "__array__") or is_sparse(y) or isinstance(y, (list, tuple))):
        raise ValueError(
            f"Expected array-like (array or non-string sequence), got {y!r}"
        )
    if is_sparse(y):
        return "multilabel-indicator" if np.unique(y.data).size <= 2 else "multiclass-multioutput"
    try:
        y = np.asarray(y)
    except ValueError:
        return "unknown"
    if y.ndim not in (1, 2) or (y.ndim == 2 and y.shape[1] == 0):
        return "unknown"
    if y.dtype == object and y.size and not isinstance(y.flat[0], str):
        return "unknown"
    several = y.ndim == 2 and y.shape[1] > 1
    if several and y.dtype.kind in "biuf":
        labels = np.unique(y)
        if len(labels) < 3 and (y.dtype.kind in "biu" or np.all(labels == labels.astype(int))):
            return "multilabel-indicator"
    suffix = "-multioutput" if several else ""
    if y.dtype.kind == "f":
        name = f"Input {input_name}" if input_name else "Input"
        if np.isnan(y).any():
            raise ValueError(f"{name} contains NaN.")
        if np.isinf(y).any():
            raise ValueError(
                f"{name} contains infinity or a value too large for {y.dtype!r}."
            )
        if np.any(y != y.astype(int)):
            return "continuous" + suffix
    return "multiclass" + suffix if several or len(np.unique(y)) > 2 else "binary"


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


def unique_labels(*ys: Any) -> np.ndarray:
    """The labels in any of some targets, sorted.

    Raises
    ------
    ValueError
        If none is given, or numbers and words are mixed.
    """
    if not ys:
        raise ValueError("No argument has been passed.")
    arrays = [np.asarray(y) for y in ys]
    if len({a.dtype.kind in "USO" for a in arrays}) > 1:
        raise ValueError("Mix of label input types (string and number)")
    return np.unique(np.concatenate([np.unique(a) for a in arrays]))
