"""Where values are missing."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np

from ..preprocessing._categories import is_missing
from ..utils.validation import validate_data

FLOATS = [np.float64, np.float32]


def is_nan(value: Any) -> bool:
    """Whether a parameter means NaN: NaN itself, or pandas's NA."""
    return value is not None and is_missing(value)


def mask_of(X: np.ndarray, missing: Any) -> np.ndarray:
    """Where `X` is missing."""
    if is_nan(missing):
        if X.dtype.kind == "f":
            return np.isnan(X)
        if X.dtype.kind != "O":
            return np.zeros(X.shape, dtype=bool)
        flat = (v is not None and is_missing(v) for v in X.ravel().tolist())
        return np.fromiter(flat, dtype=bool, count=X.size).reshape(X.shape)
    if X.dtype.kind == "O":
        flat = (v is None if missing is None else v == missing for v in X.ravel().tolist())
        return np.fromiter(flat, dtype=bool, count=X.size).reshape(X.shape)
    if missing is None:
        return np.zeros(X.shape, dtype=bool)
    return X == missing


def checked(estimator: Any, X: Any, *, reset: bool, words: bool, sparse: Any = False) -> Any:
    """`X` as an array of numbers, or with `words` of objects.

    Raises
    ------
    ValueError
        For what cannot be one, and for NaN unless that is what is missing.
    """
    missing = estimator.missing_values
    finite: Any = "allow-nan" if is_nan(missing) or missing is None else True
    if words:
        dtype: Any = None if not isinstance(X, list) else object
    else:
        dtype = FLOATS
    try:
        X = validate_data(
            estimator, X, reset=reset, accept_sparse=sparse, dtype=dtype, ensure_all_finite=finite
        )
    except ValueError as error:
        if "could not convert" in str(error) and hasattr(estimator, "strategy"):
            raise ValueError(
                f"Cannot use {estimator.strategy} strategy with non-numeric data:\n{error}"
            ) from None
        raise
    if X.dtype.kind in "US":
        X = X.astype(object)
    if X.dtype.kind not in "iufOb":
        raise ValueError(
            f"{type(estimator).__name__} does not support data with dtype {X.dtype}. Please provide "
            "either a numeric array (with a floating point or integer dtype) or categorical data "
            "represented either as an array with integer dtype or an array of string values with an "
            "object dtype."
        )
    if X.dtype.kind in "iufb" and not (
        missing is None or is_nan(missing) or isinstance(missing, numbers.Real)
    ):
        raise ValueError(
            "'X' and 'missing_values' types are expected to be both numerical. Got X.dtype="
            f"{X.dtype} and  type(missing_values)={type(missing)}."
        )
    return X
