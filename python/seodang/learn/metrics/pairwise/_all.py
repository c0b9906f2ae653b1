"""Distances of all pairs of samples by any metric."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from numbers import Real
from typing import Any

import numpy as np

from ..._config import get_config
from ..._sparse import is_sparse
from ...exceptions import DataConversionWarning, warn
from ...utils._parameters import (
    BOOLEAN,
    CALLABLE,
    Choice,
    Span,
    Words,
    checked,
)
from ...utils.validation import _num_samples
from ._arrays import _BOTH, _N_JOBS, _PAIRED, _float, _squares, check_pairwise_arrays
from ._distances import PAIRWISE_DISTANCE_FUNCTIONS, _measured

# What is measured by Rust, and the arguments that it takes.
_MEASURED: dict[str, tuple[str, ...]] = {
    "braycurtis": (), "canberra": (), "chebyshev": (), "dice": (), "hamming": (), "jaccard": (),
    "mahalanobis": ("VI",), "minkowski": ("p", "w"), "rogerstanimoto": (), "russellrao": (),
    "seuclidean": ("V",), "sokalsneath": (), "sqeuclidean": (), "yule": (),
}
# What has no value between two samples of zeros.
_SHARES = ("braycurtis", "dice", "sokalsneath")
PAIRWISE_BOOLEAN_FUNCTIONS = [
    "dice", "jaccard", "rogerstanimoto", "russellrao", "sokalsneath", "yule",
]
VALID_METRICS = [
    "euclidean", "l2", "l1", "manhattan", "cityblock", "cosine", "correlation", *_MEASURED,
    "nan_euclidean", "haversine",
]


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
    n_jobs : how many threads may measure; None is all
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
    out = _other(X, Y, metric, n_jobs, kwds)
    if X is Y:
        np.fill_diagonal(out, 0)
    return out


def _other(X: Any, Y: Any, metric: str, n_jobs: int | None, kwds: dict[str, Any]) -> np.ndarray:
    """Distances by a metric that has no function of its own."""
    strange = set(kwds) - set(_MEASURED.get(metric, ()))
    if strange:
        raise TypeError(f"the metric {metric} takes no {', '.join(sorted(strange))}")
    X, Y = X.astype(np.float64, copy=False), Y.astype(np.float64, copy=False)
    if metric == "correlation":
        first, second = (Z - Z.mean(axis=1, keepdims=True) for Z in (X, Y))
        with np.errstate(divide="ignore", invalid="ignore"):
            first /= np.sqrt(_squares(first))[:, None]
            second /= np.sqrt(_squares(second))[:, None]
        out = first @ second.T
        return np.subtract(1, out, out=out)
    out = _measured(metric, X, Y, n_jobs, **kwds)
    if metric in _SHARES:
        out[np.ix_(~X.any(axis=1), ~Y.any(axis=1))] = np.nan
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
    n_jobs : how many threads may measure; None is all
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
