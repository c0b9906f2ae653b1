"""Graphs of neighbors as features, for what takes distances."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from .._mixins import ClassNamePrefixFeaturesOutMixin
from .._output import TransformerMixin
from ..exceptions import EfficiencyWarning, kind
from ..utils._parameters import Words, check_parameter
from ..utils.validation import check_is_fitted
from ._generated import NearestNeighbors

__all__ = ["KNeighborsTransformer", "RadiusNeighborsTransformer", "sort_graph_by_row_values"]


class _Absent:
    """A method of `NearestNeighbors` that a transformer lacks."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        raise AttributeError(f"{owner.__name__!r} object has no attribute {self.name!r}")


class _GraphTransformer(ClassNamePrefixFeaturesOutMixin, TransformerMixin, NearestNeighbors):
    """A search for neighbors whose graph is what it transforms to."""

    # The graph is sparse, which no frame is.
    _makes_frames = False

    def __init__(
        self, *, mode: str, algorithm: str, leaf_size: int, metric: Any, p: float,
        metric_params: dict[str, Any] | None, n_jobs: int | None,
    ) -> None:
        self.mode = mode
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.metric = metric
        self.p = p
        self.metric_params = metric_params
        self.n_jobs = n_jobs

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        # What the search itself has no use for is not told to it; what it has besides is at its default.
        parameters, seed = super()._parameters()
        del parameters["mode"]
        return {**NearestNeighbors().get_params(), **parameters}, seed

    def fit(self, X: Any, y: Any = None):
        """Learns from samples.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features), or of distances of all pairs for
            the metric "precomputed"
        y : ignored

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        check_parameter(type(self).__name__, "mode", self.mode, Words("distance", "connectivity"))
        super().fit(X)
        self._n_features_out = self.n_samples_fit_
        return self

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """The graph of the samples themselves, each of which is its own neighbor.

        Parameters
        ----------
        X : as in `fit`
        y : ignored

        Returns
        -------
        sparse matrix of shape (n_samples, n_samples)
        """
        return self.fit(X).transform(X)


class KNeighborsTransformer(_GraphTransformer):
    """The nearest neighbors of each sample as a sparse matrix.

    Parameters
    ----------
    mode : "distance" gives distances, "connectivity" ones
    n_neighbors : how many; with distances it is one more, since a sample is its own neighbor
    algorithm, leaf_size, metric, p, metric_params, n_jobs : as in `NearestNeighbors`

    Attributes
    ----------
    n_samples_fit_ : how many samples there are
    effective_metric_, effective_metric_params_ : how distances are measured
    """

    radius_neighbors = _Absent()
    radius_neighbors_graph = _Absent()

    def __init__(
        self,
        *,
        mode: str = "distance",
        n_neighbors: int = 5,
        algorithm: str = "auto",
        leaf_size: int = 30,
        metric: Any = "minkowski",
        p: float = 2,
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            mode=mode, algorithm=algorithm, leaf_size=leaf_size, metric=metric, p=p,
            metric_params=metric_params, n_jobs=n_jobs,
        )
        self.n_neighbors = n_neighbors

    def transform(self, X: Any) -> Any:
        """The neighbors among the samples of `fit`, nearest first.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features)

        Returns
        -------
        sparse matrix of shape (n_queries, n_samples_fit)
        """
        check_is_fitted(self)
        more = int(self.mode == "distance")
        return self.kneighbors_graph(X, n_neighbors=self.n_neighbors + more, mode=self.mode)


class RadiusNeighborsTransformer(_GraphTransformer):
    """The neighbors of each sample within a radius as a sparse matrix.

    Parameters
    ----------
    mode : "distance" gives distances, "connectivity" ones
    radius : how near
    algorithm, leaf_size, metric, p, metric_params, n_jobs : as in `NearestNeighbors`

    Attributes
    ----------
    n_samples_fit_ : how many samples there are
    effective_metric_, effective_metric_params_ : how distances are measured
    """

    kneighbors = _Absent()
    kneighbors_graph = _Absent()

    def __init__(
        self,
        *,
        mode: str = "distance",
        radius: float = 1.0,
        algorithm: str = "auto",
        leaf_size: int = 30,
        metric: Any = "minkowski",
        p: float = 2,
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            mode=mode, algorithm=algorithm, leaf_size=leaf_size, metric=metric, p=p,
            metric_params=metric_params, n_jobs=n_jobs,
        )
        self.radius = radius

    def transform(self, X: Any) -> Any:
        """The neighbors among the samples of `fit`, nearest first.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features)

        Returns
        -------
        sparse matrix of shape (n_queries, n_samples_fit)
        """
        check_is_fitted(self)
        return self.radius_neighbors_graph(X, mode=self.mode, sort_results=True)


def sort_graph_by_row_values(graph: Any, copy: bool = False, warn_when_not_sorted: bool = True) -> Any:
    """A graph of distances with each row's entries in rising order.

    Parameters
    ----------
    graph : sparse matrix of shape (n_samples, n_samples)
    copy : whether it must stay as it is; what is no CSR matrix is always another one
    warn_when_not_sorted : whether to warn that there was something to do

    Raises
    ------
    TypeError
        For a format in which explicit zeros are lost.
    ValueError
        For another format than CSR without `copy`.
    """
    row = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr)) if graph.format == "csr" else None
    if row is not None and not np.any((np.diff(graph.data) < 0) & (np.diff(row) == 0)):
        return graph
    if warn_when_not_sorted:
        warnings.warn(
            "Precomputed sparse input was not sorted by row values. Use the function "
            "sklearn.neighbors.sort_graph_by_row_values to sort the input by row values, with "
            "warn_when_not_sorted=False to remove this warning.",
            kind(EfficiencyWarning),
            stacklevel=2,
        )
    if graph.format not in ("csr", "csc", "coo", "lil"):
        raise TypeError(
            f"Sparse matrix in {graph.format!r} format is not supported due to its handling of explicit "
            "zeros"
        )
    if graph.format != "csr":
        if not copy:
            raise ValueError(
                "The input graph is not in CSR format. Use copy=True to allow the conversion to CSR "
                "format."
            )
        graph = graph.tocsr()
        row = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))
    elif copy:
        graph = graph.copy()
    # Equal distances stay in their order.
    order = np.lexsort((graph.data, row))
    graph.data, graph.indices = graph.data[order], graph.indices[order]
    return graph
