"""Transformers of samples into graphs of their neighbors."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._methods import Neighbors
from .._radius import RadiusNeighbors
from .._record import RecordEstimator, Unlabelled
from ..base import ClassNamePrefixFeaturesOutMixin, TransformerMixin
from ..exceptions import EfficiencyWarning, warn
from ..utils._parameters import BOOLEAN, SPARSE, InvalidParameterError, checked
from ._generated import NearestNeighbors


class _Graphs(ClassNamePrefixFeaturesOutMixin, TransformerMixin, Unlabelled, RecordEstimator):
    """What both transformers can: they learn as `NearestNeighbors` does."""

    _flags = NearestNeighbors._flags

    @classmethod
    def _record(cls) -> str:
        return "NearestNeighbors"

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = []
        return tags

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        parameters, seed = super()._parameters()
        mode = parameters.pop("mode")
        if mode not in ("distance", "connectivity"):
            raise InvalidParameterError(
                f"The 'mode' parameter of {type(self).__name__} must be a str among {{'distance', "
                f"'connectivity'}}. Got {mode!r} instead."
            )
        return parameters, seed

    @property
    def _n_features_out(self) -> int:
        return self.n_samples_fit_

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Learns from samples, and gives the graph of their neighbors.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : ignored

        Returns
        -------
        sparse matrix of shape (n_samples, n_samples)
        """
        return self.fit(X).transform(X)


class KNeighborsTransformer(Neighbors, _Graphs):
    """Turns samples into the graph of their k nearest among the samples of `fit`.

    Parameters
    ----------
    mode : "distance" gives distances, and one neighbor more as each sample is its own; "connectivity" ones
    n_neighbors : how many neighbors
    algorithm : "auto", "ball_tree", "kd_tree" or "brute"; all find the same ones
    leaf_size : from how many to twice how many samples a tree's leaf has
    metric, p, metric_params : how distances are measured
    n_jobs : accepted for compatibility: the number of threads is the process's
    """

    def __init__(
        self, *, mode: str = "distance", n_neighbors: int = 5, algorithm: str = "auto",
        leaf_size: int = 30, metric: Any = "minkowski", p: float = 2,
        metric_params: dict[str, Any] | None = None, n_jobs: int | None = None,
    ) -> None:
        self.mode = mode
        self.n_neighbors = n_neighbors
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.metric = metric
        self.p = p
        self.metric_params = metric_params
        self.n_jobs = n_jobs

    def transform(self, X: Any) -> Any:
        """The graph of the nearest neighbors.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features)

        Returns
        -------
        sparse matrix of shape (n_queries, n_samples_fit)
        """
        more = self.mode == "distance"
        return self.kneighbors_graph(X, mode=self.mode, n_neighbors=self.n_neighbors + more)


class RadiusNeighborsTransformer(RadiusNeighbors, _Graphs):
    """Turns samples into the graph of the samples of `fit` within a radius.

    Parameters
    ----------
    mode : "distance" gives distances, "connectivity" ones
    radius : how near a neighbor must be
    algorithm : "auto", "ball_tree", "kd_tree" or "brute"; all find the same ones
    leaf_size : from how many to twice how many samples a tree's leaf has
    metric, p, metric_params : how distances are measured
    n_jobs : accepted for compatibility: the number of threads is the process's
    """

    def __init__(
        self, *, mode: str = "distance", radius: float = 1.0, algorithm: str = "auto",
        leaf_size: int = 30, metric: Any = "minkowski", p: float = 2,
        metric_params: dict[str, Any] | None = None, n_jobs: int | None = None,
    ) -> None:
        self.mode = mode
        self.radius = radius
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.metric = metric
        self.p = p
        self.metric_params = metric_params
        self.n_jobs = n_jobs

    def transform(self, X: Any) -> Any:
        """The graph of the neighbors within the radius, the nearest first in each row.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features)

        Returns
        -------
        sparse matrix of shape (n_queries, n_samples_fit)
        """
        return self.radius_neighbors_graph(X, mode=self.mode, sort_results=True)


@checked(graph=SPARSE, copy=BOOLEAN, warn_when_not_sorted=BOOLEAN)
def sort_graph_by_row_values(
    graph: Any, copy: bool = False, warn_when_not_sorted: bool = True
) -> Any:
    """A graph whose rows have the nearest neighbors first.

    Parameters
    ----------
    graph : sparse matrix of shape (n_samples, n_samples), of distances
    copy : whether to leave the graph as it is
    warn_when_not_sorted : whether to warn of a graph that is not sorted yet

    Returns
    -------
    sparse matrix of shape (n_samples, n_samples), by compressed rows

    Raises
    ------
    TypeError
        For a form that loses zeros.
    ValueError
        For another form than compressed rows that is not to be copied.
    """
    if graph.format == "csr":
        row = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))
        falls = np.diff(graph.data) < 0
        if not (falls & (np.diff(row) == 0)).any():
            return graph
    if warn_when_not_sorted:
        warn(
            "Precomputed sparse input was not sorted by row values. Use the function "
            "sklearn.neighbors.sort_graph_by_row_values to sort the input by row values, with "
            "warn_when_not_sorted=False to remove this warning.",
            EfficiencyWarning,
            stacklevel=3,
        )
    if graph.format not in ("csr", "csc", "coo", "lil"):
        raise TypeError(
            f"Sparse matrix in {graph.format!r} format is not supported due to its handling of "
            "explicit zeros"
        )
    if graph.format != "csr":
        if not copy:
            raise ValueError(
                "The input graph is not in CSR format. Use copy=True to allow the conversion to CSR "
                "format."
            )
        graph = graph.asformat("csr")
    elif copy:
        graph = graph.copy()
    row = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))
    order = np.lexsort((graph.data, row))
    graph.data, graph.indices = graph.data[order], graph.indices[order]
    return graph
