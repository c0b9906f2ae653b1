"""Estimators of `neighbors`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from .._methods import Decisions, Neighbors, Probabilities, RadiusMeans, RadiusNeighbors, RadiusVotes
from .._record import Plain, RecordClassifier, RecordEstimator, RecordRegressor, Unlabelled


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
        From how many to twice how many samples a tree's leaf has.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric : Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock",
    "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis",
    "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao",
    "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] |
    Callable[..., Any], default='minkowski'
        How distances are measured.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of
        'mahalanobis'.
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
        metric: Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis", "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] | Callable[..., Any] = "minkowski",
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
        From how many to twice how many samples a tree's leaf has.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric : Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock",
    "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis",
    "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao",
    "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] |
    Callable[..., Any], default='minkowski'
        How distances are measured.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of
        'mahalanobis'.
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
        metric: Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis", "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] | Callable[..., Any] = "minkowski",
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


class NearestCentroid(Probabilities, Decisions, Plain, RecordClassifier):
    """Classifies by the nearest centroid; with a threshold, by shrunken centroids, which leave
    features out that do not tell. Source: Tibshirani, Hastie, Narasimhan and Chu 2002.

    Parameters
    ----------
    metric : Literal["manhattan", "euclidean"], default='euclidean'
        How distances are measured.
    shrink_threshold : float | None, default=None
        By how much centroids are drawn to that of all samples.
    priors : Literal["empirical", "uniform"] | Sequence[float], default='uniform'
        How likely each class is before a sample is seen.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": False,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        metric: Literal["manhattan", "euclidean"] = "euclidean",
        shrink_threshold: float | None = None,
        priors: Literal["empirical", "uniform"] | Sequence[float] = "uniform",
    ) -> None:
        self.metric = metric
        self.shrink_threshold = shrink_threshold
        self.priors = priors


class NearestNeighbors(Neighbors, RadiusNeighbors, Unlabelled, RecordEstimator):
    """Finds the nearest samples.

    Parameters
    ----------
    n_neighbors : int, default=5
        How many neighbors are found.
    radius : float, default=1.0
        How near a neighbor must be.
    algorithm : Literal["auto", "ball_tree", "kd_tree", "brute"], default='auto'
        How the neighbors are searched for; all ways find the same ones.
    leaf_size : int, default=30
        From how many to twice how many samples a tree's leaf has.
    metric : Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock",
    "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis",
    "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao",
    "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] |
    Callable[..., Any], default='minkowski'
        How distances are measured.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of
        'mahalanobis'.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        n_neighbors: int = 5,
        *,
        radius: float = 1.0,
        algorithm: Literal["auto", "ball_tree", "kd_tree", "brute"] = "auto",
        leaf_size: int = 30,
        metric: Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis", "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] | Callable[..., Any] = "minkowski",
        p: float = 2,
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.radius = radius
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.metric = metric
        self.p = p
        self.metric_params = metric_params
        self.n_jobs = n_jobs


class RadiusNeighborsClassifier(RadiusVotes, RadiusNeighbors, Plain, RecordClassifier):
    """Classifies by a vote of the training samples within a radius. Source: Bentley 1975.

    Parameters
    ----------
    radius : float, default=1.0
        How near a neighbor must be.
    weights : Literal["uniform", "distance"] | Callable[..., Any] | None, default='uniform'
        How much each neighbor counts.
    algorithm : Literal["auto", "ball_tree", "kd_tree", "brute"], default='auto'
        How the neighbors are searched for; all ways find the same ones.
    leaf_size : int, default=30
        From how many to twice how many samples a tree's leaf has.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric : Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock",
    "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis",
    "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao",
    "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] |
    Callable[..., Any], default='minkowski'
        How distances are measured.
    outlier_label : Any, default=None
        The class of samples without neighbors: a label, one for each output, 'most_frequent', or
        None, with which they are refused.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of
        'mahalanobis'.
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
        radius: float = 1.0,
        *,
        weights: Literal["uniform", "distance"] | Callable[..., Any] | None = "uniform",
        algorithm: Literal["auto", "ball_tree", "kd_tree", "brute"] = "auto",
        leaf_size: int = 30,
        p: float = 2,
        metric: Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis", "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] | Callable[..., Any] = "minkowski",
        outlier_label: Any = None,
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.radius = radius
        self.weights = weights
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.metric = metric
        self.outlier_label = outlier_label
        self.metric_params = metric_params
        self.n_jobs = n_jobs


class RadiusNeighborsRegressor(RadiusMeans, RadiusNeighbors, Plain, RecordRegressor):
    """Predicts the mean of the training samples within a radius; NaN where there is none.

    Parameters
    ----------
    radius : float, default=1.0
        How near a neighbor must be.
    weights : Literal["uniform", "distance"] | Callable[..., Any] | None, default='uniform'
        How much each neighbor counts.
    algorithm : Literal["auto", "ball_tree", "kd_tree", "brute"], default='auto'
        How the neighbors are searched for; all ways find the same ones.
    leaf_size : int, default=30
        From how many to twice how many samples a tree's leaf has.
    p : float, default=2
        The power of the Minkowski metric: 1 is Manhattan, 2 Euclidean.
    metric : Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock",
    "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis",
    "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao",
    "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] |
    Callable[..., Any], default='minkowski'
        How distances are measured.
    metric_params : dict[str, Any] | None, default=None
        More arguments of the metric: `w` of 'minkowski', `V` of 'seuclidean', `VI` of
        'mahalanobis'.
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
        radius: float = 1.0,
        *,
        weights: Literal["uniform", "distance"] | Callable[..., Any] | None = "uniform",
        algorithm: Literal["auto", "ball_tree", "kd_tree", "brute"] = "auto",
        leaf_size: int = 30,
        p: float = 2,
        metric: Literal["minkowski", "p", "euclidean", "l2", "manhattan", "l1", "cityblock", "chebyshev", "infinity", "cosine", "correlation", "sqeuclidean", "seuclidean", "mahalanobis", "hamming", "canberra", "braycurtis", "jaccard", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "yule", "haversine", "nan_euclidean", "pyfunc", "precomputed"] | Callable[..., Any] = "minkowski",
        metric_params: dict[str, Any] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.radius = radius
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
    "NearestCentroid",
    "NearestNeighbors",
    "RadiusNeighborsClassifier",
    "RadiusNeighborsRegressor",
)
