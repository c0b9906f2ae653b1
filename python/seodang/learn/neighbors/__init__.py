"""Nearest neighbors."""

from seodang._missing import missing

from . import _generated
from ._generated import *  # noqa: F403
from ._graph import kneighbors_graph as kneighbors_graph
from ._graph import radius_neighbors_graph as radius_neighbors_graph
from ._trees import BallTree as BallTree
from ._trees import KDTree as KDTree

_HOMES = {
    name: f"{__name__}._transformers:{name}"
    for name in ("KNeighborsTransformer", "RadiusNeighborsTransformer", "sort_graph_by_row_values")
}

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
# Those that take sparse samples too.
VALID_METRICS_SPARSE = {
    "ball_tree": [],
    "kd_tree": [],
    "brute": {"cityblock", "cosine", "euclidean", "l1", "l2", "manhattan", "precomputed"},
}

__all__ = [
    *_HOMES, *_generated.NAMES, "BallTree", "KDTree", "VALID_METRICS", "VALID_METRICS_SPARSE",
    "kneighbors_graph", "radius_neighbors_graph",
]

__getattr__ = missing(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
