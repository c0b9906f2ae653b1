"""Distances that have a function of their own."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from .... import _native
from ..._record import _for_rust
from ...utils._parameters import ARRAY, BOOLEAN, checked
from ...utils.validation import check_array
from ._arrays import (
    _BOTH,
    _DENSE,
    _normalized,
    _product,
    _squares,
    check_pairwise_arrays,
)


def _measured(metric: str, X: Any, Y: Any, n_jobs: int | None = None, **arguments: Any) -> np.ndarray:
    """The distances by a metric of Rust's; None and negative numbers of jobs are all threads."""
    jobs = 0 if n_jobs is None or n_jobs < 0 else n_jobs
    return _native.learn_distances(metric, arguments, _for_rust(X), _for_rust(Y), jobs=jobs)


def _lengths(given: Any, name: str, X: Any) -> np.ndarray | None:
    if given is None:
        return None
    norms = check_array(given, ensure_2d=False)
    n = X.shape[0]
    if norms.shape not in ((n,), (n, 1), (1, n)):
        raise ValueError(
            f"Incompatible dimensions for {name} of shape {X.shape} and {name}_norm_squared of shape "
            f"{norms.shape}."
        )
    # Single precision would lose what the difference is about.
    return None if norms.dtype == np.float32 else norms.ravel()


@checked(
    **_BOTH, Y_norm_squared=(ARRAY, None), squared=BOOLEAN, X_norm_squared=(ARRAY, None)
)
def euclidean_distances(
    X: Any,
    Y: Any = None,
    *,
    Y_norm_squared: Any = None,
    squared: bool = False,
    X_norm_squared: Any = None,
) -> np.ndarray:
    """The distances of all pairs of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    Y_norm_squared, X_norm_squared : the squared lengths, where they are known
    squared : whether to give squares

    Returns
    -------
    ndarray of shape (n_x, n_y)
    """
    X, Y = check_pairwise_arrays(X, Y)
    given = _lengths(X_norm_squared, "X", X), _lengths(Y_norm_squared, "Y", Y)
    same = X is Y
    first = _squares(X) if given[0] is None else given[0]
    second = first if same else _squares(Y) if given[1] is None else given[1]
    single = X.dtype == np.float32
    if single:
        X, Y = X.astype(np.float64), Y.astype(np.float64)
    out = _product(X, Y)
    out *= -2
    out += first[:, None]
    out += second[None, :]
    np.maximum(out, 0, out=out)
    if same:
        np.fill_diagonal(out, 0)
    if not squared:
        np.sqrt(out, out=out)
    return out.astype(np.float32) if single else out


@checked(**_DENSE, squared=BOOLEAN, copy=BOOLEAN)
def nan_euclidean_distances(
    X: Any,
    Y: Any = None,
    *,
    squared: bool = False,
    missing_values: Any = np.nan,
    copy: bool = True,
) -> np.ndarray:
    """Euclidean distances over the features that both samples have, scaled up to all. Source: Dixon 1979.

    Parameters
    ----------
    X : array-like of shape (n_x, n_features)
    Y : array-like of shape (n_y, n_features); None is X
    squared : whether to give squares
    missing_values : what stands for a missing value
    copy : whether the arrays are left as they are

    Returns
    -------
    ndarray of shape (n_x, n_y); NaN where two samples have no feature in common
    """
    by_nan = isinstance(missing_values, Real) and np.isnan(missing_values)
    X, Y = check_pairwise_arrays(
        X, Y, accept_sparse=False, ensure_all_finite="allow-nan" if by_nan else True, copy=copy
    )
    same = X is Y

    def known(values):
        return ~(np.isnan(values) if by_nan else values == missing_values)

    has_x = known(X)
    has_y = has_x if same else known(Y)
    X[~has_x] = 0
    Y[~has_y] = 0
    out = euclidean_distances(X, Y, squared=True)
    out -= (X * X) @ (~has_y).T.astype(X.dtype)
    out -= (~has_x).astype(X.dtype) @ (Y * Y).T
    np.maximum(out, 0, out=out)
    if same:
        np.fill_diagonal(out, 0)
    common = has_x.astype(np.int64) @ has_y.T.astype(np.int64)
    out[common == 0] = np.nan
    out /= np.maximum(common, 1)
    out *= X.shape[1]
    return out if squared else np.sqrt(out, out=out)


@checked(**_BOTH)
def manhattan_distances(X: Any, Y: Any = None) -> np.ndarray:
    """The sums of absolute differences of all pairs of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X

    Returns
    -------
    ndarray of shape (n_x, n_y)
    """
    X, Y = check_pairwise_arrays(X, Y)
    return _measured("manhattan", X, Y)


@checked(**_BOTH)
def haversine_distances(X: Any, Y: Any = None) -> np.ndarray:
    """The angles between points on a sphere, in radians.

    Parameters
    ----------
    X : array-like of shape (n_x, 2), latitude and longitude in radians
    Y : array-like of shape (n_y, 2); None is X

    Returns
    -------
    ndarray of shape (n_x, n_y)

    Raises
    ------
    ValueError
        For other than two features.
    """
    X = check_array(X, dtype=np.float64)
    Y = None if Y is None or Y is X else check_array(Y, dtype=np.float64)
    if any(values is not None and values.shape[1] != 2 for values in (X, Y)):
        raise ValueError("Haversine distance only valid in 2 dimensions")
    X, Y = check_pairwise_arrays(X, Y, accept_sparse=False, dtype=np.float64)
    return _measured("haversine", X, Y)


@checked(**_BOTH, dense_output=BOOLEAN)
def cosine_similarity(X: Any, Y: Any = None, dense_output: bool = True) -> Any:
    """The cosines of the angles between samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    dense_output : whether the result is an array also where both are sparse

    Returns
    -------
    ndarray or sparse matrix of shape (n_x, n_y)
    """
    X, Y = check_pairwise_arrays(X, Y)
    first = _normalized(X)
    return _product(first, first if X is Y else _normalized(Y), dense_output)


@checked(**_BOTH)
def cosine_distances(X: Any, Y: Any = None) -> np.ndarray:
    """One less the cosines of the angles between samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X

    Returns
    -------
    ndarray of shape (n_x, n_y), from 0 to 2
    """
    out = np.clip(1 - cosine_similarity(X, Y), 0, 2)
    if X is Y or Y is None:
        np.fill_diagonal(out, 0)
    return out


PAIRWISE_DISTANCE_FUNCTIONS = {
    "cityblock": manhattan_distances,
    "cosine": cosine_distances,
    "euclidean": euclidean_distances,
    "haversine": haversine_distances,
    "l2": euclidean_distances,
    "l1": manhattan_distances,
    "manhattan": manhattan_distances,
    "precomputed": None,
    "nan_euclidean": nan_euclidean_distances,
}


def distance_metrics() -> dict[str, Any]:
    """The metrics that have a function of their own, by name."""
    return PAIRWISE_DISTANCE_FUNCTIONS
