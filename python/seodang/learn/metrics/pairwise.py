"""Distances and kernels between samples."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from numbers import Integral, Real
from typing import Any

import numpy as np

from .._config import get_config
from .._sparse import is_sparse
from ..exceptions import DataConversionWarning, warn
from ..utils._parameters import (
    ARRAY,
    BOOLEAN,
    CALLABLE,
    SPARSE,
    Choice,
    Hidden,
    Span,
    Words,
    checked,
)
from ..utils.validation import _num_samples, check_array

__all__ = [
    "additive_chi2_kernel",
    "check_paired_arrays",
    "check_pairwise_arrays",
    "chi2_kernel",
    "cosine_distances",
    "cosine_similarity",
    "distance_metrics",
    "euclidean_distances",
    "haversine_distances",
    "kernel_metrics",
    "laplacian_kernel",
    "linear_kernel",
    "manhattan_distances",
    "nan_euclidean_distances",
    "paired_cosine_distances",
    "paired_distances",
    "paired_euclidean_distances",
    "paired_manhattan_distances",
    "pairwise_distances",
    "pairwise_distances_argmin",
    "pairwise_distances_argmin_min",
    "pairwise_distances_chunked",
    "pairwise_kernels",
    "polynomial_kernel",
    "rbf_kernel",
    "sigmoid_kernel",
]

_DENSE = {"X": ARRAY, "Y": (ARRAY, None)}
_BOTH = {"X": (ARRAY, SPARSE), "Y": (ARRAY, SPARSE, None)}
_PAIRED = {"X": (ARRAY, SPARSE), "Y": (ARRAY, SPARSE)}
_GAMMA = {"gamma": (Span(Real, 0, None), None, Hidden(np.ndarray))}
_COEF0 = {"coef0": Span(Real, None, None, "neither")}

# How many numbers a block of differences may have: what the caches hold.
_BLOCK = 1 << 18


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


def _in_blocks(X: np.ndarray, Y: np.ndarray, distance: Callable) -> np.ndarray:
    """`distance(x[:, None], y[None])` for so many rows of X at a time as the caches hold."""
    out = np.empty((len(X), len(Y)))
    rows = max(1, _BLOCK // max(1, Y.size))
    for start in range(0, len(X), rows):
        part = slice(start, start + rows)
        out[part] = distance(X[part, None], Y[None])
    return out


def _gathered(X: np.ndarray, Y: np.ndarray, gather: np.ufunc) -> np.ndarray:
    """What `gather` (add, maximum) makes of absolute differences, feature by feature.

    So many rows of X at a time that what is gathered stays in the fastest cache.
    """
    out = np.zeros((len(X), len(Y)))
    columns = np.ascontiguousarray(Y.T)
    rows = max(1, (_BLOCK >> 4) // max(1, len(Y)))
    for start in range(0, len(X), rows):
        part = out[start : start + rows]
        apart = np.empty_like(part)
        for x, y in zip(X[start : start + rows].T, columns, strict=True):
            np.subtract(x[:, None], y, out=apart)
            np.abs(apart, out=apart)
            gather(part, apart, out=part)
    return out


def _dense(X: Any) -> np.ndarray:
    return X.toarray() if is_sparse(X) else X


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
    return _gathered(_dense(X).astype(np.float64), _dense(Y).astype(np.float64), np.add)


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
    half = np.sin((X[:, None] - Y[None]) / 2) ** 2
    along = np.cos(X[:, None, 0]) * np.cos(Y[None, :, 0])
    return 2 * np.arcsin(np.sqrt(half[..., 0] + along * half[..., 1]))


def _normalized(X: Any) -> Any:
    """Rows of length 1; rows of zeros stay."""
    lengths = np.sqrt(_squares(X)).astype(X.dtype)
    lengths[lengths == 0] = 1
    if is_sparse(X):
        out = X.copy()
        out.data = out.data / np.repeat(lengths, np.diff(out.indptr))
        return out
    return X / lengths[:, None]


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


@checked(**_PAIRED)
def paired_euclidean_distances(X: Any, Y: Any) -> np.ndarray:
    """The distance of each sample of X to the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices of shape (n_samples, n_features)
    """
    X, Y = check_paired_arrays(X, Y)
    apart = X - Y
    return np.sqrt(_squares(apart)).astype(apart.dtype)


@checked(**_PAIRED)
def paired_manhattan_distances(X: Any, Y: Any) -> np.ndarray:
    """The sum of absolute differences of each sample of X to the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices of shape (n_samples, n_features)
    """
    X, Y = check_paired_arrays(X, Y)
    return np.asarray(np.abs(X - Y).sum(axis=-1)).ravel()


@checked(**_PAIRED)
def paired_cosine_distances(X: Any, Y: Any) -> np.ndarray:
    """One less the cosine of each sample of X and the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices of shape (n_samples, n_features)
    """
    X, Y = check_paired_arrays(X, Y)
    return 0.5 * _squares(_normalized(X) - _normalized(Y)).astype(X.dtype)


PAIRED_DISTANCES = {
    "cosine": paired_cosine_distances,
    "euclidean": paired_euclidean_distances,
    "l2": paired_euclidean_distances,
    "l1": paired_manhattan_distances,
    "manhattan": paired_manhattan_distances,
    "cityblock": paired_manhattan_distances,
}


@checked(X=ARRAY, Y=ARRAY, metric=(Words(*PAIRED_DISTANCES), CALLABLE))
def paired_distances(X: Any, Y: Any, *, metric: Any = "euclidean", **kwds: Any) -> np.ndarray:
    """The distance of each sample of X to the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes of shape (n_samples, n_features)
    metric : "euclidean", "manhattan", "cosine", or a function of two samples
    **kwds : not used, as in scikit-learn
    """
    if isinstance(metric, str):
        return PAIRED_DISTANCES[metric](X, Y)
    X, Y = check_paired_arrays(X, Y)
    return np.asarray([metric(x, y) for x, y in zip(X, Y, strict=True)], dtype=np.float64)


@checked(**_BOTH, dense_output=BOOLEAN)
def linear_kernel(X: Any, Y: Any = None, dense_output: bool = True) -> Any:
    """The products of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    dense_output : whether the result is an array also where both are sparse
    """
    return _product(*check_pairwise_arrays(X, Y), dense_output)


def _scaled(X: Any, gamma: Any) -> Any:
    return 1.0 / X.shape[1] if gamma is None else gamma


@checked(**_BOTH, **_GAMMA, **_COEF0, degree=Span(Real, 1, None))
def polynomial_kernel(
    X: Any, Y: Any = None, degree: float = 3, gamma: Any = None, coef0: float = 1
) -> np.ndarray:
    """(gamma <x, y> + coef0) ** degree.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    degree, coef0 : the parameters
    gamma : the parameter; None is 1 / n_features
    """
    X, Y = check_pairwise_arrays(X, Y)
    out = _product(X, Y)
    out *= _scaled(X, gamma)
    out += coef0
    out **= degree
    return out


@checked(**_BOTH, **_GAMMA, **_COEF0)
def sigmoid_kernel(X: Any, Y: Any = None, gamma: Any = None, coef0: float = 1) -> np.ndarray:
    """tanh(gamma <x, y> + coef0).

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    gamma : the parameter; None is 1 / n_features
    coef0 : the parameter
    """
    X, Y = check_pairwise_arrays(X, Y)
    out = _product(X, Y)
    out *= _scaled(X, gamma)
    out += coef0
    return np.tanh(out, out=out)


@checked(**_BOTH, **_GAMMA)
def rbf_kernel(X: Any, Y: Any = None, gamma: Any = None) -> np.ndarray:
    """exp(-gamma |x - y|²).

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    gamma : the parameter; None is 1 / n_features
    """
    X, Y = check_pairwise_arrays(X, Y)
    out = euclidean_distances(X, Y, squared=True)
    out *= -_scaled(X, gamma)
    return np.exp(out, out=out)


@checked(**_BOTH, gamma=(Span(Real, 0, None, "neither"), Hidden(np.ndarray), None))
def laplacian_kernel(X: Any, Y: Any = None, gamma: Any = None) -> np.ndarray:
    """exp(-gamma |x - y|₁).

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    gamma : the parameter; None is 1 / n_features
    """
    X, Y = check_pairwise_arrays(X, Y)
    return np.exp(-_scaled(X, gamma) * manhattan_distances(X, Y))


@checked(**_DENSE)
def additive_chi2_kernel(X: Any, Y: Any = None) -> np.ndarray:
    """Minus the sums of (x - y)² / (x + y). Source: Zhang, Marszalek, Lazebnik and Schmid 2007.

    Parameters
    ----------
    X : array-like of shape (n_x, n_features), not negative
    Y : array-like of shape (n_y, n_features), not negative; None is X
    """
    X, Y = check_pairwise_arrays(X, Y, accept_sparse=False)
    for name, values in (("X", X), ("Y", Y)):
        if (values < 0).any():
            raise ValueError(f"{name} contains negative values.")

    def apart(x, y):
        over, under = (x - y) ** 2, x + y
        return -np.divide(over, under, out=np.zeros_like(over), where=under != 0).sum(axis=2)

    return _in_blocks(X, Y, apart).astype(X.dtype)


@checked(**_DENSE, gamma=(Span(Real, 0, None, "neither"), Hidden(np.ndarray)))
def chi2_kernel(X: Any, Y: Any = None, gamma: Any = 1.0) -> np.ndarray:
    """exp of gamma times `additive_chi2_kernel`.

    Parameters
    ----------
    X : array-like of shape (n_x, n_features), not negative
    Y : array-like of shape (n_y, n_features), not negative; None is X
    gamma : the parameter
    """
    out = additive_chi2_kernel(X, Y)
    out *= gamma
    return np.exp(out, out=out)


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


def _safe(over: Any, under: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return over / under


def _counts(x: Any, y: Any) -> tuple[Any, Any, Any]:
    """Of truth values: both true, only the first, only the second."""
    return (x & y).sum(axis=2), (x & ~y).sum(axis=2), (~x & y).sum(axis=2)


def _canberra(x: Any, y: Any) -> Any:
    over, under = np.abs(x - y), np.abs(x) + np.abs(y)
    return np.divide(over, under, out=np.zeros_like(over), where=under != 0).sum(axis=2)


def _correlation(x: Any, y: Any) -> Any:
    x, y = x - x.mean(axis=2, keepdims=True), y - y.mean(axis=2, keepdims=True)
    return 1 - _safe((x * y).sum(axis=2), np.sqrt((x * x).sum(axis=2) * (y * y).sum(axis=2)))


def _dice(x: Any, y: Any) -> Any:
    both, first, second = _counts(x, y)
    return _safe(first + second, 2 * both + first + second)


def _jaccard(x: Any, y: Any) -> Any:
    both, first, second = _counts(x, y)
    either = both + first + second
    return np.where(either == 0, 0.0, _safe(first + second, either))


def _sokal_sneath(x: Any, y: Any) -> Any:
    both, first, second = _counts(x, y)
    return _safe(2 * (first + second), both + 2 * (first + second))


def _rogers_tanimoto(x: Any, y: Any) -> Any:
    differ = (x != y).sum(axis=2)
    return 2 * differ / (x.shape[2] + differ)


def _yule(x: Any, y: Any) -> Any:
    both, first, second = _counts(x, y)
    neither = x.shape[2] - both - first - second
    mixed = first * second
    return np.where(mixed == 0, 0.0, _safe(2 * mixed, both * neither + mixed))


def _minkowski(x: Any, y: Any, p: float = 2, w: Any = 1) -> Any:
    if np.isinf(p):
        return (np.abs(x - y) * (np.asarray(w) != 0)).max(axis=2)
    return (w * np.abs(x - y) ** p).sum(axis=2) ** (1 / p)


def _mahalanobis(x: Any, y: Any, VI: Any) -> Any:
    apart = x - y
    return np.sqrt(((apart @ np.asarray(VI)) * apart).sum(axis=2))


# The other metrics: what each makes of differences of `x[:, None]` and `y[None]`.
_OTHERS: dict[str, Callable] = {
    "braycurtis": lambda x, y: _safe(np.abs(x - y).sum(axis=2), np.abs(x + y).sum(axis=2)),
    "canberra": _canberra,
    "correlation": _correlation,
    "dice": _dice,
    "hamming": lambda x, y: (x != y).mean(axis=2),
    "jaccard": _jaccard,
    "mahalanobis": _mahalanobis,
    "minkowski": _minkowski,
    "rogerstanimoto": _rogers_tanimoto,
    "russellrao": lambda x, y: 1 - (x & y).mean(axis=2),
    "seuclidean": lambda x, y, V: np.sqrt(((x - y) ** 2 / np.asarray(V)).sum(axis=2)),
    "sokalsneath": _sokal_sneath,
    "sqeuclidean": lambda x, y: ((x - y) ** 2).sum(axis=2),
    "yule": _yule,
}
PAIRWISE_BOOLEAN_FUNCTIONS = [
    "dice", "jaccard", "rogerstanimoto", "russellrao", "sokalsneath", "yule",
]
VALID_METRICS = [
    "euclidean", "l2", "l1", "manhattan", "cityblock", "cosine", "chebyshev", *_OTHERS,
    "nan_euclidean", "haversine",
]


def distance_metrics() -> dict[str, Callable | None]:
    """The metrics that have a function of their own, by name."""
    return PAIRWISE_DISTANCE_FUNCTIONS


def _parameters_of(X: Any, Y: Any, metric: Any, given: dict[str, Any]) -> dict[str, Any]:
    """What two metrics learn from the samples unless it is given."""
    learned = {"seuclidean": "V", "mahalanobis": "VI"}.get(metric) if isinstance(metric, str) else None
    if learned is None or learned in given:
        return {}
    if X is not Y:
        raise ValueError(
            f"The '{learned}' parameter is required for the {metric} metric when Y is passed."
        )
    if learned == "V":
        return {"V": np.var(X, axis=0, ddof=1)}
    return {"VI": np.linalg.inv(np.cov(X.T)).T}


def _by_calling(
    X: Any, Y: Any, metric: Callable, ensure_all_finite: bool | str = True, **kwds: Any
) -> np.ndarray:
    dtype = _float(X, Y)
    X, Y = check_pairwise_arrays(
        X, Y, dtype=None, ensure_all_finite=ensure_all_finite, ensure_2d=False
    )

    def row(array, i):
        return array[[i], :] if is_sparse(array) else array[i]

    out = np.zeros((X.shape[0], Y.shape[0]), dtype=dtype)
    if X is Y:
        for i, j in itertools.combinations_with_replacement(range(X.shape[0]), 2):
            out[i, j] = out[j, i] = metric(row(X, i), row(X, j), **kwds)
    else:
        for i, j in itertools.product(range(X.shape[0]), range(Y.shape[0])):
            out[i, j] = metric(row(X, i), row(Y, j), **kwds)
    return out


_N_JOBS = {"n_jobs": (Integral, None)}


@checked(
    **_BOTH, **_N_JOBS, metric=(Words(*VALID_METRICS, "precomputed"), CALLABLE),
    ensure_all_finite=(BOOLEAN, Words("allow-nan")),
)
def pairwise_distances(
    X: Any,
    Y: Any = None,
    metric: Any = "euclidean",
    *,
    n_jobs: int | None = None,
    ensure_all_finite: bool | str = True,
    **kwds: Any,
) -> np.ndarray:
    """The distances of all pairs of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features), or distances for "precomputed"
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    metric : the name of a metric, a function of two samples, or "precomputed"
    n_jobs : accepted; the products run on all threads anyway
    ensure_all_finite : whether to refuse NaN and infinities; "allow-nan" only infinities
    **kwds : more arguments of the metric

    Returns
    -------
    ndarray of shape (n_x, n_y)

    Raises
    ------
    ValueError, TypeError
        For another metric, or sparse samples where the metric takes none.
    """
    if metric == "precomputed":
        X, _ = check_pairwise_arrays(X, Y, precomputed=True, ensure_all_finite=ensure_all_finite)
        if (X.data if is_sparse(X) else X).min(initial=0) < 0:
            raise ValueError(
                "Negative values in data passed to `pairwise_distances`. Precomputed distance  need "
                "to have non-negative values.."
            )
        return X
    if callable(metric):
        return _by_calling(X, Y, metric, ensure_all_finite, **kwds)
    if metric in PAIRWISE_DISTANCE_FUNCTIONS:
        return PAIRWISE_DISTANCE_FUNCTIONS[metric](X, Y, **kwds)
    if is_sparse(X) or is_sparse(Y):
        raise TypeError("scipy distance metrics do not support sparse matrices.")
    dtype: Any = "infer_float"
    if metric in PAIRWISE_BOOLEAN_FUNCTIONS:
        dtype = bool
        if any(y is not None and np.asarray(y).dtype != bool for y in (X, Y)):
            warn(
                f"Data was converted to boolean for metric {metric}",
                DataConversionWarning,
                stacklevel=3,
            )
    X, Y = check_pairwise_arrays(X, Y, dtype=dtype, ensure_all_finite=ensure_all_finite)
    kwds.update(_parameters_of(X, Y, metric, kwds))
    same = X is Y
    if dtype is not bool:
        X, Y = X.astype(np.float64), Y.astype(np.float64)
    if metric == "chebyshev":
        if kwds:
            raise TypeError(f"the metric chebyshev takes no {', '.join(kwds)}")
        out = _gathered(X, Y, np.maximum)
    else:
        out = _in_blocks(X, Y, partial(_OTHERS[metric], **kwds))
    if same:
        np.fill_diagonal(out, 0)
    return out


@checked(
    **_BOTH, **_N_JOBS, reduce_func=(CALLABLE, None),
    metric=(Words(*VALID_METRICS, "precomputed"), CALLABLE),
    working_memory=(Span(Real, 0, None), None),
)
def _checked_chunks(
    X: Any, Y: Any, reduce_func: Any, metric: Any, n_jobs: Any, working_memory: Any
) -> None:
    """The checks of `pairwise_distances_chunked`, which as a generator would make them too late."""


def pairwise_distances_chunked(
    X: Any,
    Y: Any = None,
    *,
    reduce_func: Callable | None = None,
    metric: Any = "euclidean",
    n_jobs: int | None = None,
    working_memory: float | None = None,
    **kwds: Any,
) -> Iterator[Any]:
    """The distances of all pairs of samples, some rows at a time.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features), or distances for "precomputed"
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    reduce_func : what to make of rows of distances and the number of the first
    metric : the name of a metric, a function of two samples, or "precomputed"
    n_jobs : accepted; the products run on all threads anyway
    working_memory : how much memory the rows may take, in MiB; None is that of `set_config`
    **kwds : more arguments of the metric
    """
    _checked_chunks(X, Y, reduce_func, metric, n_jobs, working_memory)
    return _chunks(X, Y, reduce_func, metric, working_memory, kwds)


def _chunks(
    X: Any, Y: Any, reduce_func: Any, metric: Any, working_memory: Any, kwds: dict[str, Any]
) -> Iterator[Any]:
    n, same = _num_samples(X), Y is None or Y is X
    rows = n
    if metric != "precomputed":
        Y = X if Y is None else Y
        memory = get_config()["working_memory"] if working_memory is None else working_memory
        rows = max(1, min(n, int(memory * 2**20 // (8 * _num_samples(Y)))))
    kwds.update(_parameters_of(X, Y, metric, kwds))
    for start in range(0, n, rows):
        whole = rows == n
        part = X if whole else X[start : start + rows]
        out = pairwise_distances(part, Y, metric=metric, **kwds)
        plain = isinstance(metric, str) and metric in ("euclidean", "l2")
        if same and plain:
            out.flat[start :: n + 1] = 0
        if reduce_func is not None:
            length = out.shape[0]
            out = reduce_func(out, start)
            _check_reduced(out, length)
        yield out


def _check_reduced(out: Any, length: int) -> None:
    if out is None:
        return
    several = isinstance(out, tuple)
    parts = out if several else (out,)
    if any(isinstance(r, tuple) or not hasattr(r, "__iter__") for r in parts):
        raise TypeError(
            f"reduce_func returned {out!r}. Expected sequence(s) of length {length}."
        )
    lengths = tuple(_num_samples(r) for r in parts)
    if set(lengths) != {length}:
        raise ValueError(
            f"reduce_func returned object of length {lengths if several else lengths[0]}. Expected "
            f"same length as input: {length}."
        )


_NEAREST = {
    **_PAIRED, "axis": Choice(0, 1), "metric": (Words(*VALID_METRICS), CALLABLE),
    "metric_kwargs": (dict, None),
}


@checked(**_NEAREST)
def pairwise_distances_argmin_min(
    X: Any,
    Y: Any,
    *,
    axis: int = 1,
    metric: Any = "euclidean",
    metric_kwargs: dict[str, Any] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """For each sample of X the nearest of Y, and how far it is.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features)
    axis : 0 asks for the nearest of X for each of Y
    metric : the name of a metric, or a function of two samples
    metric_kwargs : more arguments of the metric

    Returns
    -------
    two ndarrays of shape (n_x,): numbers of samples, distances
    """
    finite = "allow-nan" if metric == "nan_euclidean" else True
    X, Y = check_pairwise_arrays(X, Y, ensure_all_finite=finite)
    if axis == 0:
        X, Y = Y, X

    def nearest(distances, _):
        places = distances.argmin(axis=1)
        return places, distances[np.arange(len(places)), places]

    found = pairwise_distances_chunked(
        X, Y, reduce_func=nearest, metric=metric, **(metric_kwargs or {})
    )
    indices, distances = zip(*found, strict=True)
    return np.concatenate(indices), np.concatenate(distances)


@checked(**_NEAREST)
def pairwise_distances_argmin(
    X: Any,
    Y: Any,
    *,
    axis: int = 1,
    metric: Any = "euclidean",
    metric_kwargs: dict[str, Any] | None = None,
) -> np.ndarray:
    """For each sample of X the nearest of Y.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features)
    axis : 0 asks for the nearest of X for each of Y
    metric : the name of a metric, or a function of two samples
    metric_kwargs : more arguments of the metric

    Returns
    -------
    ndarray of shape (n_x,), numbers of samples
    """
    return pairwise_distances_argmin_min(
        X, Y, axis=axis, metric=metric, metric_kwargs=metric_kwargs
    )[0]


PAIRWISE_KERNEL_FUNCTIONS = {
    "additive_chi2": additive_chi2_kernel,
    "chi2": chi2_kernel,
    "linear": linear_kernel,
    "polynomial": polynomial_kernel,
    "poly": polynomial_kernel,
    "rbf": rbf_kernel,
    "laplacian": laplacian_kernel,
    "sigmoid": sigmoid_kernel,
    "cosine": cosine_similarity,
}
KERNEL_PARAMS = {
    "additive_chi2": (),
    "chi2": frozenset(["gamma"]),
    "cosine": (),
    "linear": (),
    "poly": frozenset(["gamma", "degree", "coef0"]),
    "polynomial": frozenset(["gamma", "degree", "coef0"]),
    "rbf": frozenset(["gamma"]),
    "laplacian": frozenset(["gamma"]),
    "sigmoid": frozenset(["gamma", "coef0"]),
}


def kernel_metrics() -> dict[str, Callable]:
    """The kernels by name."""
    return PAIRWISE_KERNEL_FUNCTIONS


@checked(
    **_BOTH, **_N_JOBS, filter_params=BOOLEAN,
    metric=(Words(*PAIRWISE_KERNEL_FUNCTIONS, "precomputed"), CALLABLE),
)
def pairwise_kernels(
    X: Any,
    Y: Any = None,
    metric: Any = "linear",
    *,
    filter_params: bool = False,
    n_jobs: int | None = None,
    **kwds: Any,
) -> np.ndarray:
    """A kernel of all pairs of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features), or kernels for "precomputed"
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    metric : the name of a kernel, a function of two samples, or "precomputed"
    filter_params : whether arguments that the kernel does not take are left out
    n_jobs : accepted; the products run on all threads anyway
    **kwds : more arguments of the kernel

    Returns
    -------
    ndarray of shape (n_x, n_y)
    """
    if metric == "precomputed":
        return check_pairwise_arrays(X, Y, precomputed=True)[0]
    if callable(metric):
        return _by_calling(X, Y, metric, **kwds)
    if filter_params:
        kwds = {name: value for name, value in kwds.items() if name in KERNEL_PARAMS[metric]}
    return PAIRWISE_KERNEL_FUNCTIONS[metric](X, Y, **kwds)
