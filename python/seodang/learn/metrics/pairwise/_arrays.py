"""Two sets of samples: what they may be, their products and their lengths."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

from ..._sparse import is_sparse
from ...utils._parameters import ARRAY, SPARSE, Hidden, Span
from ...utils.validation import check_array

_DENSE = {"X": ARRAY, "Y": (ARRAY, None)}
_BOTH = {"X": (ARRAY, SPARSE), "Y": (ARRAY, SPARSE, None)}
_PAIRED = {"X": (ARRAY, SPARSE), "Y": (ARRAY, SPARSE)}
_GAMMA = {"gamma": (Span(Real, 0, None), None, Hidden(np.ndarray))}
_COEF0 = {"coef0": Span(Real, None, None, "neither")}
_N_JOBS = {"n_jobs": (Integral, None)}


def _float(X: Any, Y: Any) -> Any:
    """Single precision if all of it is; else double."""
    types = [np.asarray(x).dtype if not is_sparse(x) else x.dtype for x in (X, Y) if x is not None]
    floats = [t for t in types if t.kind == "f"]
    return np.result_type(*floats) if len(floats) == len(types) else np.dtype(np.float64)


def check_pairwise_arrays(
    X: Any,
    Y: Any,
    *,
    precomputed: bool = False,
    dtype: Any = "infer_float",
    accept_sparse: Any = "csr",
    ensure_all_finite: bool | str = True,
    ensure_2d: bool = True,
    copy: bool = False,
) -> tuple[Any, Any]:
    """Two sets of samples, checked, of the same features.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices; None for Y is X
    precomputed : whether X holds distances to Y
    dtype : the type to have; "infer_float" is single or double precision
    accept_sparse, ensure_all_finite, ensure_2d, copy : as in `check_array`

    Raises
    ------
    ValueError
        For different numbers of features.
    """
    same = Y is X or Y is None
    if isinstance(dtype, str) and dtype == "infer_float":
        dtype = _float(X, Y)
    options = {
        "accept_sparse": accept_sparse, "dtype": dtype, "copy": copy, "ensure_2d": ensure_2d,
        "ensure_all_finite": ensure_all_finite, "estimator": "check_pairwise_arrays",
    }
    X = check_array(X, **options)
    Y = X if same else check_array(Y, **options)
    if precomputed:
        if X.shape[1] != Y.shape[0]:
            raise ValueError(
                "Precomputed metric requires shape (n_queries, n_indexed). Got "
                f"({X.shape[0]}, {X.shape[1]}) for {Y.shape[0]} indexed."
            )
    elif ensure_2d and X.shape[1] != Y.shape[1]:
        raise ValueError(
            "Incompatible dimension for X and Y matrices: X.shape[1] == "
            f"{X.shape[1]} while Y.shape[1] == {Y.shape[1]}"
        )
    return X, Y


def check_paired_arrays(X: Any, Y: Any) -> tuple[Any, Any]:
    """Two sets of samples of the same shape.

    Raises
    ------
    ValueError
        For different shapes.
    """
    X, Y = check_pairwise_arrays(X, Y)
    if X.shape != Y.shape:
        raise ValueError(
            f"X and Y should be of same shape. They were respectively {X.shape!r} and {Y.shape!r} "
            "long."
        )
    return X, Y


def _product(X: Any, Y: Any, dense: bool = True) -> Any:
    out = X @ Y.T
    return out.toarray() if dense and is_sparse(out) else out


def _squares(X: Any) -> np.ndarray:
    """The squared length of each row, in double precision."""
    if is_sparse(X):
        return np.asarray(X.astype(np.float64).multiply(X).sum(axis=1)).ravel()
    return np.einsum("ij,ij->i", X, X, dtype=np.float64)


def _normalized(X: Any) -> Any:
    """Rows of length 1; rows of zeros stay."""
    lengths = np.sqrt(_squares(X)).astype(X.dtype)
    lengths[lengths == 0] = 1
    if is_sparse(X):
        out = X.copy()
        out.data = out.data / np.repeat(lengths, np.diff(out.indptr))
        return out
    return X / lengths[:, None]
