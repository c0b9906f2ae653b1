"""Trees of samples: `KDTree` and `BallTree`."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np

from ... import _native
from .._radius import _rows
from ..metrics._distance_metric import DistanceMetric, metric_of
from ..utils.validation import check_array, check_sample_weight

_NODE = np.dtype(
    [("idx_start", np.intp), ("idx_end", np.intp), ("is_leaf", np.intp), ("radius", np.float64)]
)


class _Tree:
    """What both trees can."""

    valid_metrics: ClassVar[list[str]]
    _form: ClassVar[str]

    def __init__(
        self, X: Any, leaf_size: int = 40, metric: Any = "minkowski", sample_weight: Any = None,
        **kwargs: Any,
    ) -> None:
        self._data = check_array(X, dtype=np.float64, order="C")
        if leaf_size < 1:
            raise ValueError("leaf_size must be greater than or equal to 1")
        name, arguments = metric_of(metric, kwargs)
        if name not in self.valid_metrics or self._form == "kd_tree" and "w" in arguments:
            raise ValueError(f"metric {name} is not valid for {type(self).__name__}")
        self._leaf_size, self._metric, self._arguments = int(leaf_size), name, arguments
        self._weights = None
        if sample_weight is not None:
            self._weights = np.asarray(check_sample_weight(sample_weight, self._data))
        self._tree = _native.SampleTree(
            self._form, self._data, self._leaf_size, name, arguments
        )

    @property
    def data(self) -> np.ndarray:
        """The samples."""
        return self._data

    @property
    def sample_weight(self) -> np.ndarray | None:
        """How much each sample counts in `kernel_density`."""
        return self._weights

    @property
    def sum_weight(self) -> float:
        """The sum of the weights; the number of samples if there are none."""
        return float(len(self._data) if self._weights is None else self._weights.sum())

    @property
    def idx_array(self) -> np.ndarray:
        """The numbers of the samples, leaf by leaf."""
        return self._tree.parts()[0][0]

    @property
    def node_data(self) -> np.ndarray:
        """Each node: where its samples begin and end in `idx_array`, whether it is a leaf, its radius."""
        return self.get_arrays()[2]

    @property
    def node_bounds(self) -> np.ndarray:
        """The bounds of each node: the least and the greatest of each feature, or the middle."""
        return self.get_arrays()[3]

    def get_arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The parts of the tree: `data`, `idx_array`, `node_data`, `node_bounds`."""
        (order, starts, ends), bounds = self._tree.parts()
        nodes = np.empty(len(starts), dtype=_NODE)
        nodes["idx_start"], nodes["idx_end"] = starts, ends
        nodes["is_leaf"] = np.arange(len(starts)) >= len(starts) // 2
        d = self._data.shape[1]
        if self._form == "ball_tree":
            nodes["radius"] = bounds[:, d]
            return self._data, order, nodes, bounds[None, :, :d].copy()
        low, high = bounds[:, :d], bounds[:, d:]
        middle = DistanceMetric.get_metric(self._metric, **self._arguments)
        nodes["radius"] = [
            middle.pairwise([a], [b])[0, 0] / 2 for a, b in zip(low, high, strict=True)
        ]
        return self._data, order, nodes, np.stack([low, high])

    def _queries(self, X: Any) -> tuple[np.ndarray, tuple[int, ...]]:
        """Queries as rows, and the shape that they came in."""
        X = np.asarray(X, dtype=np.float64)
        if X.ndim == 0 or X.shape[-1] != self._data.shape[1]:
            raise ValueError("query data dimension must match training data dimension")
        flat = np.ascontiguousarray(X.reshape(-1, X.shape[-1]))
        if not np.isfinite(flat).all():
            raise ValueError("Input X contains NaN or infinity.")
        return flat, X.shape[:-1]

    def query(
        self, X: Any, k: int = 1, return_distance: bool = True, dualtree: bool = False,
        breadth_first: bool = False, sort_results: bool = True,
    ) -> Any:
        """The `k` nearest samples.

        Parameters
        ----------
        X : array-like of shape (n_queries, n_features)
        k : how many
        return_distance : whether the distances are wanted too
        dualtree, breadth_first : accepted for compatibility: how the tree is walked changes no answer
        sort_results : accepted for compatibility: the nearest always come first

        Returns
        -------
        ndarrays of shape (n_queries, k): distances (if wanted), numbers of samples

        Raises
        ------
        ValueError
            For more neighbors than there are samples, or other features.
        """
        flat, shape = self._queries(X)
        if k > len(self._data):
            raise ValueError("k must be less than or equal to the number of training points")
        if k < 1:
            raise ValueError(f"k must be greater than 0, got {k}")
        distances, indices = (a.reshape(*shape, k) for a in self._tree.query(flat, int(k)))
        return (distances, indices) if return_distance else indices

    def query_radius(
        self, X: Any, r: Any, return_distance: bool = False, count_only: bool = False,
        sort_results: bool = False,
    ) -> Any:
        """The samples within a radius.

        Parameters
        ----------
        X : array-like of shape (n_queries, n_features)
        r : how near, one number or one for each query
        return_distance : whether the distances are wanted too
        count_only : whether only their numbers are wanted
        sort_results : whether the nearest come first

        Returns
        -------
        arrays of shape (n_queries,): counts; or arrays of numbers of samples, and of distances (if wanted)

        Raises
        ------
        ValueError
            For wishes that contradict each other, other features, or a radius for other queries.
        """
        if count_only and return_distance:
            raise ValueError("count_only and return_distance cannot both be true")
        if sort_results and not return_distance:
            raise ValueError("return_distance must be True if sort_results is True")
        flat, shape = self._queries(X)
        try:
            radii = np.broadcast_to(np.asarray(r, dtype=np.float64), shape)
        except ValueError:
            raise ValueError("r must be broadcastable to X.shape") from None
        radii = np.ascontiguousarray(radii.ravel())
        if count_only:
            return self._tree.counts(flat, radii).reshape(shape)
        distances, indices, ends = self._tree.within(flat, radii, bool(sort_results))
        found = _rows(indices, ends).reshape(shape)
        return (found, _rows(distances, ends).reshape(shape)) if return_distance else found

    def kernel_density(
        self, X: Any, h: float, kernel: str = "gaussian", atol: float = 0, rtol: float = 1e-8,
        breadth_first: bool = True, return_log: bool = False,
    ) -> np.ndarray:
        """The sum of a kernel over all samples. Source: Gray and Moore 2000.

        Parameters
        ----------
        X : array-like of shape (n_queries, n_features)
        h : the kernel's width
        kernel : "gaussian", "tophat", "epanechnikov", "exponential", "linear" or "cosine"
        atol, rtol : what the sum may be wrong by, and which share of it
        breadth_first : accepted for compatibility: how the tree is walked changes no answer
        return_log : whether to give logarithms

        Returns
        -------
        ndarray of shape (n_queries,)

        Raises
        ------
        ValueError
            For another kernel, or other features.
        """
        flat, shape = self._queries(X)
        norm = _kernel_norm(h, self._data.shape[1], kernel)
        scale = math.exp(-norm) if norm < 700 else 0.0
        sums = self._weighted(flat, kernel, h) if self._weights is not None else (
            self._tree.density(flat, kernel, float(h), float(atol) * scale, float(rtol))
        )
        with np.errstate(divide="ignore"):
            logs = np.log(sums) + norm
        return (logs if return_log else np.exp(logs)).reshape(shape)

    def _weighted(self, flat: np.ndarray, kernel: str, h: float) -> np.ndarray:
        """Sums over samples that count differently: over all, some queries at a time."""
        sums = np.zeros(len(flat))
        metric = DistanceMetric.get_metric(self._metric, **self._arguments)
        rows = max(1, (1 << 22) // len(self._data))
        for start in range(0, len(flat), rows):
            x = metric.pairwise(flat[start : start + rows], self._data) / h
            sums[start : start + rows] = _KERNELS[kernel](x) @ self._weights
        return sums

    def two_point_correlation(self, X: Any, r: Any, dualtree: bool = False) -> np.ndarray:
        """How many pairs of a query and a sample are within each radius.

        Parameters
        ----------
        X : array-like of shape (n_queries, n_features)
        r : array-like of radii
        dualtree : accepted for compatibility: how the tree is walked changes no answer

        Returns
        -------
        ndarray of the shape of r
        """
        flat, _ = self._queries(X)
        radii = np.asarray(r, dtype=np.float64)
        one = [self._tree.counts(flat, np.full(len(flat), radius)).sum() for radius in radii.ravel()]
        return np.asarray(one, dtype=np.int64).reshape(radii.shape)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_tree"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._tree = _native.SampleTree(
            self._form, self._data, self._leaf_size, self._metric, self._arguments
        )


_BOXES = [
    "euclidean", "l2", "minkowski", "p", "manhattan", "cityblock", "l1", "chebyshev", "infinity",
]


class KDTree(_Tree):
    """A tree of boxes, for exact searches among few features. Source: Bentley 1975.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
    leaf_size : from how many to twice how many samples a leaf has
    metric : a name of `valid_metrics`, or a `DistanceMetric`
    sample_weight : array-like of shape (n_samples,), how much each counts in `kernel_density`
    **kwargs : the metric's arguments

    Raises
    ------
    ValueError
        For samples that are not finite, and a metric that there is not.
    """

    valid_metrics = list(_BOXES)
    _form = "kd_tree"


class BallTree(_Tree):
    """A tree of balls, for exact searches by any metric. Source: Omohundro 1989.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
    leaf_size : from how many to twice how many samples a leaf has
    metric : a name of `valid_metrics`, a function of two samples, or a `DistanceMetric`
    sample_weight : array-like of shape (n_samples,), how much each counts in `kernel_density`
    **kwargs : the metric's arguments

    Raises
    ------
    ValueError
        For samples that are not finite, and a metric that there is not.
    """

    valid_metrics = [  # noqa: RUF012
        *_BOXES, "seuclidean", "mahalanobis", "hamming", "canberra", "braycurtis", "jaccard", "dice",
        "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath", "haversine", "pyfunc",
    ]
    _form = "ball_tree"


def _inside(x: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.where(x < 1, values, 0.0)


_KERNELS = {
    "gaussian": lambda x: np.exp(-0.5 * x * x),
    "tophat": lambda x: _inside(x, np.ones_like(x)),
    "epanechnikov": lambda x: _inside(x, 1 - x * x),
    "exponential": lambda x: np.exp(-x),
    "linear": lambda x: _inside(x, 1 - x),
    "cosine": lambda x: _inside(x, np.cos(0.5 * np.pi * x)),
}


def _kernel_norm(h: float, d: int, kernel: str) -> float:
    """The logarithm of what a kernel of width h is to be multiplied by, that its integral is 1."""
    # Of the ball of radius 1, and of the sphere around it.
    ball = 0.5 * d * math.log(math.pi) - math.lgamma(0.5 * d + 1)
    sphere = math.log(d) + ball
    if kernel == "gaussian":
        whole = 0.5 * d * math.log(2 * math.pi)
    elif kernel == "tophat":
        whole = ball
    elif kernel == "epanechnikov":
        whole = ball + math.log(2 / (d + 2))
    elif kernel == "exponential":
        whole = sphere + math.lgamma(d)
    elif kernel == "linear":
        whole = ball - math.log(d + 1)
    elif kernel == "cosine":
        # The integral of x^(d - 1) cos(pi x / 2) from 0 to 1, by parts.
        part, total = 2 / math.pi, 0.0
        for i in range(1, d + 1, 2):
            total += part
            part *= -(d - i) * (d - i - 1) * (2 / math.pi) ** 2
        whole = math.log(total) + sphere
    else:
        raise ValueError(f"kernel = {kernel!r} not recognized")
    return -whole - d * math.log(h)
