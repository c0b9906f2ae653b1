"""Graphs of neighbors."""

from __future__ import annotations

from typing import Any

from ._generated import NearestNeighbors


def _asked(X: Any, include_self: Any, mode: str) -> Any:
    """The queries: X itself, or none, which leaves each sample out of its own."""
    if include_self == "auto":
        include_self = mode == "connectivity"
    return X if include_self else None


def kneighbors_graph(
    X: Any, n_neighbors: int, *, mode: str = "connectivity", metric: Any = "minkowski", p: float = 2,
    metric_params: dict | None = None, include_self: Any = False, n_jobs: int | None = None,
) -> Any:
    """The nearest neighbors of each sample as a sparse matrix.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or a `NearestNeighbors` that was fitted to it
    n_neighbors : how many
    mode : "connectivity" gives ones, "distance" distances
    metric, p, metric_params : how distances are measured
    include_self : whether a sample is its own first neighbor; "auto" is yes for "connectivity"
    n_jobs : accepted for compatibility

    Returns
    -------
    sparse matrix of shape (n_samples, n_samples)
    """
    if not hasattr(X, "kneighbors_graph"):
        estimator = NearestNeighbors(
            n_neighbors=n_neighbors, metric=metric, p=p, metric_params=metric_params, n_jobs=n_jobs
        ).fit(X)
        return estimator.kneighbors_graph(_asked(X, include_self, mode), n_neighbors, mode)
    return X.kneighbors_graph(None, n_neighbors, mode)


def radius_neighbors_graph(
    X: Any, radius: float, *, mode: str = "connectivity", metric: Any = "minkowski", p: float = 2,
    metric_params: dict | None = None, include_self: Any = False, n_jobs: int | None = None,
) -> Any:
    """The neighbors of each sample within a radius as a sparse matrix.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or a `NearestNeighbors` that was fitted to it
    radius : how near
    mode : "connectivity" gives ones, "distance" distances
    metric, p, metric_params : how distances are measured
    include_self : whether a sample is its own neighbor; "auto" is yes for "connectivity"
    n_jobs : accepted for compatibility

    Returns
    -------
    sparse matrix of shape (n_samples, n_samples)
    """
    if not hasattr(X, "radius_neighbors_graph"):
        estimator = NearestNeighbors(
            radius=radius, metric=metric, p=p, metric_params=metric_params, n_jobs=n_jobs
        ).fit(X)
        return estimator.radius_neighbors_graph(_asked(X, include_self, mode), radius, mode)
    return X.radius_neighbors_graph(None, radius, mode)
