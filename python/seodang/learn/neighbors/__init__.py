"""Nearest neighbors."""

from seodang._missing import missing

from . import _generated
from ._generated import *  # noqa: F403
from ._graph import kneighbors_graph as kneighbors_graph
from ._graph import radius_neighbors_graph as radius_neighbors_graph
from ._trees import BallTree as BallTree
from ._trees import KDTree as KDTree
from ._transformers import KNeighborsTransformer as KNeighborsTransformer
from ._transformers import RadiusNeighborsTransformer as RadiusNeighborsTransformer
from ._transformers import sort_graph_by_row_values as sort_graph_by_row_values

# The metrics that each way to search has, by its name.
VALID_METRICS = {
    "ball_tree": list(BallTree.valid_metrics),
    "kd_tree": list(KDTree.valid_metrics),
    "brute": [
        "braycurtis", "canberra", "chebyshev", "cityblock", "correlation", "cosine", "dice",
        "euclidean", "hamming", "haversine", "jaccard", "l1", "l2", "mahalanobis", "manhattan",
        "minkowski", "nan_euclidean", "precomputed", "rogerstanimoto", "russellrao", "seuclidean",
        "sokalsneath", "sqeuclidean", "yule",
    ],
}
# The metrics of sparse samples.
VALID_METRICS_SPARSE = {
    "ball_tree": [],
    "kd_tree": [],
    "brute": {"cityblock", "cosine", "euclidean", "l1", "l2", "manhattan", "precomputed"},
}

__all__ = [
    *_generated.NAMES, "BallTree", "KDTree", "KNeighborsTransformer", "RadiusNeighborsTransformer",
    "VALID_METRICS", "VALID_METRICS_SPARSE", "kneighbors_graph", "radius_neighbors_graph",
    "sort_graph_by_row_values",
]

__getattr__ = missing(__name__)
