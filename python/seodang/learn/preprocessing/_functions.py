"""The transformers as functions: fitted to what they transform."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _sparse
from ..utils.validation import _FLOATS, check_array
from . import _generated as classes


def _along(estimator: Any, X: Any, axis: int, **check: Any) -> Any:
    """`X` transformed by its columns (`axis` 0) or its rows (1); one dimension is one column."""
    if axis not in (0, 1):
        raise ValueError(
            f"The 'axis' parameter must be an int among {{0, 1}}. Got {axis!r} instead."
        )
    X = check_array(
        X, dtype=_FLOATS, ensure_2d=False, estimator=type(estimator).__name__, input_name="X",
        ensure_all_finite="allow-nan", **check,
    )
    flat = X.ndim == 1
    if flat:
        X = X.reshape(-1, 1)
    out = estimator.fit_transform(X) if axis == 0 else estimator.fit_transform(X.T).T
    return out.ravel() if flat else out


def scale(X: Any, *, axis: int = 0, with_mean: bool = True, with_std: bool = True, copy: bool = True):
    """`StandardScaler` fitted to `X` and applied to it, by columns (`axis` 0) or rows (1)."""
    estimator = classes.StandardScaler(with_mean=with_mean, with_std=with_std)
    if _sparse.is_sparse(X) and axis != 0:
        raise ValueError(f"Can only scale sparse matrix on axis=0,  got axis={axis}")
    return _along(estimator, X, axis, accept_sparse="csr")


def minmax_scale(
    X: Any, feature_range: tuple[float, float] = (0, 1), *, axis: int = 0, copy: bool = True
) -> np.ndarray:
    """`MinMaxScaler` fitted to `X` and applied to it, by columns (`axis` 0) or rows (1)."""
    return _along(classes.MinMaxScaler(feature_range), X, axis)


def maxabs_scale(X: Any, *, axis: int = 0, copy: bool = True) -> Any:
    """`MaxAbsScaler` fitted to `X` and applied to it, by columns (`axis` 0) or rows (1)."""
    return _along(classes.MaxAbsScaler(), X, axis, accept_sparse="csr")


def robust_scale(
    X: Any,
    *,
    axis: int = 0,
    with_centering: bool = True,
    with_scaling: bool = True,
    quantile_range: tuple[float, float] = (25.0, 75.0),
    copy: bool = True,
    unit_variance: bool = False,
) -> Any:
    """`RobustScaler` fitted to `X` and applied to it, by columns (`axis` 0) or rows (1)."""
    estimator = classes.RobustScaler(
        with_centering=with_centering,
        with_scaling=with_scaling,
        quantile_range=quantile_range,
        unit_variance=unit_variance,
    )
    return _along(estimator, X, axis, accept_sparse="csr")


def quantile_transform(
    X: Any,
    *,
    axis: int = 0,
    n_quantiles: int = 1000,
    output_distribution: str = "uniform",
    ignore_implicit_zeros: bool = False,
    subsample: int | None = 100_000,
    random_state: Any = None,
    copy: bool = True,
) -> Any:
    """`QuantileTransformer` fitted to `X` and applied to it, by columns (`axis` 0) or rows (1)."""
    estimator = classes.QuantileTransformer(
        n_quantiles=n_quantiles,
        output_distribution=output_distribution,
        ignore_implicit_zeros=ignore_implicit_zeros,
        subsample=subsample,
        random_state=random_state,
    )
    return _along(estimator, X, axis, accept_sparse="csr")


def power_transform(
    X: Any, method: str = "yeo-johnson", *, standardize: bool = True, copy: bool = True
) -> np.ndarray:
    """`PowerTransformer` fitted to `X` and applied to it."""
    return classes.PowerTransformer(method, standardize=standardize).fit_transform(X)


def binarize(X: Any, *, threshold: float = 0.0, copy: bool = True) -> Any:
    """1 where `X` is above a threshold, 0 elsewhere."""
    return classes.Binarizer(threshold=threshold).fit_transform(X)


def normalize(
    X: Any, norm: str = "l2", *, axis: int = 1, copy: bool = True, return_norm: bool = False
) -> Any:
    """`X` with each row (`axis` 1) or column (0) divided by its norm.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    norm : "l1", "l2" or "max"
    axis : 1 for rows, 0 for columns
    copy : accepted for compatibility: `X` is never changed
    return_norm : whether the norms are wanted too

    Raises
    ------
    NotImplementedError
        For the norms "l1" and "l2" of sparse rows.
    """
    if axis not in (0, 1):
        raise ValueError(f"'{axis}' is not a supported axis")
    X = check_array(
        X, accept_sparse="csr" if axis == 1 else "csc", dtype=_FLOATS,
        estimator="the normalize function", input_name="X",
    )
    rows = X if axis == 1 else X.T
    if return_norm and norm != "max" and _sparse.is_sparse(X):
        raise NotImplementedError(
            "return_norm=True is not implemented for sparse matrices with norm 'l1' or norm 'l2'"
        )
    out = classes.Normalizer(norm).fit_transform(rows)
    out = out if axis == 1 else out.T
    if not return_norm:
        return out
    if _sparse.is_sparse(rows):
        norms = abs(rows).max(axis=1).toarray().ravel()
    else:
        order = {"l1": 1, "l2": 2, "max": np.inf}[norm]
        norms = np.linalg.norm(rows, ord=order, axis=1)
    norms[norms == 0] = 1
    return out, norms


def add_dummy_feature(X: Any, value: float = 1.0) -> Any:
    """`X` with one more column before the others, all of one value."""
    X = check_array(X, accept_sparse=["csc", "csr", "coo"], dtype=_FLOATS, input_name="X")
    column = np.full((X.shape[0], 1), value, dtype=X.dtype)
    if _sparse.is_sparse(X):
        from scipy import sparse

        return sparse.hstack([column, X], format=X.format)
    return np.hstack([column, X])
