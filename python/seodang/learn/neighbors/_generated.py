"""Estimators of `neighbors`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from .._methods import Neighbors, Probabilities
from .._record import Plain, RecordClassifier, RecordRegressor


class KNeighborsClassifier(Probabilities, Neighbors, Plain, RecordClassifier):
    """Classifies by a vote of the k nearest training samples. Source: Cover and Hart 1967.

    Parameters
    ----------
    n_neighbors : int, default=5
        How many neighbors vote.
    weights : Literal["uniform", "distance"] | Callable[..., Any] | None, default='uniform'
        How much each neighbor counts.
    algorithm : Literal["auto", "ball_tree", "kd_tree", "brute"], default='auto'
        How the neighbors are searched for; all ways find the same ones.
    leaf_size : int, default=30
        Accepted for compatibility: the search uses no tree.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric : Literal["minkowski", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev",
    "cosine"], default='minkowski'
        How distances are measured.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric; none of these metrics takes any.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": True,
        "weights": False,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        n_neighbors: int = 5,
        *,
        weights: Literal["uniform", "distance"] | Callable[..., Any] | None = "uniform",
        algorithm: Literal["auto", "ball_tree", "kd_tree", "brute"] = "auto",
        leaf_size: int = 30,
        p: float = 2,
        metric: Literal["minkowski", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "cosine"] = "minkowski",
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.weights = weights
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.metric = metric
        self.metric_params = metric_params
        self.n_jobs = n_jobs


class KNeighborsRegressor(Neighbors, Plain, RecordRegressor):
    """Predicts the mean of the k nearest training samples. Source: Cover and Hart 1967.

    Parameters
    ----------
    n_neighbors : int, default=5
        How many neighbors count.
    weights : Literal["uniform", "distance"] | Callable[..., Any] | None, default='uniform'
        How much each neighbor counts.
    algorithm : Literal["auto", "ball_tree", "kd_tree", "brute"], default='auto'
        How the neighbors are searched for; all ways find the same ones.
    leaf_size : int, default=30
        Accepted for compatibility: the search uses no tree.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric : Literal["minkowski", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev",
    "cosine"], default='minkowski'
        How distances are measured.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric; none of these metrics takes any.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": True,
        "weights": False,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        n_neighbors: int = 5,
        *,
        weights: Literal["uniform", "distance"] | Callable[..., Any] | None = "uniform",
        algorithm: Literal["auto", "ball_tree", "kd_tree", "brute"] = "auto",
        leaf_size: int = 30,
        p: float = 2,
        metric: Literal["minkowski", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "cosine"] = "minkowski",
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.weights = weights
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.metric = metric
        self.metric_params = metric_params
        self.n_jobs = n_jobs


NAMES = (
    "KNeighborsClassifier",
    "KNeighborsRegressor",
)
