"""Checks of single things: a number, a square matrix, a cache, an estimator's `fit`."""

from __future__ import annotations

import inspect
import numbers
import warnings
from typing import Any

import numpy as np

from .._sparse import is_sparse
from .validation import _check_finite, check_array

_ENDS = ("left", "right", "both", "neither")


def _named(kind: type) -> str:
    plain = {numbers.Real: "float", numbers.Integral: "int"}.get(kind)
    if plain or kind.__module__ == "builtins":
        return plain or kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def check_scalar(
    x: Any,
    name: str,
    target_type: Any,
    *,
    min_val: Any = None,
    max_val: Any = None,
    include_boundaries: str = "both",
) -> Any:
    """`x`, if it is of a type and between two values.

    Parameters
    ----------
    x : what to check
    name : what messages call it
    target_type : the type, or types
    min_val, max_val : the least and the greatest; None is no bound
    include_boundaries : which of the two are allowed: "left", "right", "both" or "neither"

    Raises
    ------
    TypeError, ValueError
        If it is not.
    """
    if not isinstance(x, target_type):
        if isinstance(target_type, tuple):
            shown = "{" + ", ".join(map(_named, target_type)) + "}"
        else:
            shown = _named(target_type)
        raise TypeError(f"{name} must be an instance of {shown}, not {type(x).__qualname__}.")
    if include_boundaries not in _ENDS:
        raise ValueError(
            f"Unknown value for `include_boundaries`: {include_boundaries!r}. Possible values are: "
            f"{_ENDS}."
        )
    for end, bound, argument in (("right", max_val, "max_val"), ("left", min_val, "min_val")):
        if bound is None and include_boundaries == end:
            raise ValueError(
                f"`include_boundaries`='{end}' without specifying explicitly `{argument}` is "
                "inconsistent."
            )
    low, high = (include_boundaries in (end, "both") for end in ("left", "right"))
    if min_val is not None and (x < min_val if low else x <= min_val):
        raise ValueError(f"{name} == {x}, must be {'>=' if low else '>'} {min_val}.")
    if max_val is not None and (x > max_val if high else x >= max_val):
        raise ValueError(f"{name} == {x}, must be {'<=' if high else '<'} {max_val}.")
    return x


def check_symmetric(
    array: Any, *, tol: float = 1e-10, raise_warning: bool = True, raise_exception: bool = False
) -> Any:
    """A square matrix that is symmetric; one that is not is averaged with its transpose.

    Parameters
    ----------
    array : ndarray or sparse matrix
    tol : how much two entries may differ
    raise_warning, raise_exception : what happens if they differ more

    Raises
    ------
    ValueError
        If it is not square, or not symmetric with `raise_exception`.
    """
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"array must be 2-dimensional and square. shape = {array.shape}")
    if is_sparse(array):
        symmetric = bool(np.all(np.abs((array - array.T).tocsr().data) < tol))
    else:
        symmetric = np.allclose(array, array.T, atol=tol)
    if symmetric:
        return array
    if raise_exception:
        raise ValueError("Array must be symmetric")
    if raise_warning:
        warnings.warn(
            "Array is not symmetric, and will be converted to symmetric by average with its "
            "transpose.",
            stacklevel=2,
        )
    half = 0.5 * (array + array.T)
    return half.asformat(array.format) if is_sparse(array) else half


def as_float_array(X: Any, *, copy: bool = True, ensure_all_finite: bool | str = True) -> Any:
    """`X` as floats: single precision where that holds every value.

    Parameters
    ----------
    X : array-like or sparse matrix
    copy : whether floats are copied
    ensure_all_finite : whether lists may hold what is not finite
    """
    if not isinstance(X, np.ndarray) and not is_sparse(X):
        return check_array(
            X, accept_sparse=["csr", "csc", "coo"], dtype=np.float64, copy=copy,
            ensure_all_finite=ensure_all_finite, ensure_2d=False,
        )
    if X.dtype in (np.float32, np.float64):
        if not copy:
            return X
        fortran = isinstance(X, np.ndarray) and X.flags["F_CONTIGUOUS"]
        return X.copy("F" if fortran else "C") if isinstance(X, np.ndarray) else X.copy()
    small = X.dtype.kind in "uib" and X.dtype.itemsize <= 4
    return X.astype(np.float32 if small else np.float64)


def assert_all_finite(
    X: Any, *, allow_nan: bool = False, estimator_name: str | None = None, input_name: str = ""
) -> None:
    """Refuses NaN and infinities.

    Parameters
    ----------
    X : ndarray or sparse matrix
    allow_nan : whether NaN is allowed
    estimator_name, input_name : for messages

    Raises
    ------
    ValueError
        If there are any.
    """
    values = X.data if is_sparse(X) else np.asarray(X)
    _check_finite(values, allow_nan, estimator_name, input_name)


def check_non_negative(X: Any, whom: str) -> None:
    """Refuses negative values.

    Parameters
    ----------
    X : ndarray or sparse matrix
    whom : who is given it, for messages

    Raises
    ------
    ValueError
        If there are any.
    """
    values = X.tocsr().data if is_sparse(X) else np.asarray(X)
    if values.size and values.min() < 0:
        raise ValueError(f"Negative values in data passed to {whom}.")


def has_fit_parameter(estimator: Any, parameter: str) -> bool:
    """Whether an estimator's `fit` takes an argument of a name."""
    return hasattr(estimator, "fit") and parameter in inspect.signature(estimator.fit).parameters


def check_memory(memory: Any) -> Any:
    """The cache that someone means: None, a folder (joblib keeps it), or what has `cache`.

    Raises
    ------
    ValueError
        For what is no cache.
    """
    if memory is None or isinstance(memory, str):
        from joblib import Memory

        return Memory(location=memory, verbose=0)
    if not hasattr(memory, "cache"):
        raise ValueError(
            "'memory' should be None, a string or have the same interface as joblib.Memory. Got "
            f"memory='{memory}' instead."
        )
    return memory
