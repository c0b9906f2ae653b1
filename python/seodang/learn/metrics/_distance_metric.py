"""`DistanceMetric`: metrics as objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ... import _native
from .._record import _for_rust
from ..utils.validation import check_array

# Which arguments each metric takes.
_TAKES: dict[str, tuple[str, ...]] = {
    "euclidean": (), "l2": (), "manhattan": (), "cityblock": (), "l1": (), "chebyshev": (),
    "infinity": (), "minkowski": ("p", "w"), "p": ("p", "w"), "seuclidean": ("V",),
    "mahalanobis": ("V", "VI"), "hamming": (), "canberra": (), "braycurtis": (), "jaccard": (),
    "dice": (), "rogerstanimoto": (), "russellrao": (), "sokalmichener": (), "sokalsneath": (),
    "haversine": (), "pyfunc": ("func",),
}


class DistanceMetric:
    """A metric between samples; `get_metric` makes one."""

    _metric: str
    _dtype: np.dtype
    _arguments: dict[str, Any]

    @classmethod
    def get_metric(cls, metric: Any, dtype: Any = np.float64, **kwargs: Any) -> DistanceMetric:
        """The metric of a name.

        Parameters
        ----------
        metric : the name, a function of two samples, or a metric, which comes back
        dtype : the type of the samples, float64 or float32
        **kwargs : the metric's arguments: `p` and `w` of "minkowski", `V` of "seuclidean", `V` or `VI` of
            "mahalanobis", `func` of "pyfunc"

        Raises
        ------
        ValueError
            For a name that there is not, and arguments that cannot be.
        """
        if isinstance(metric, DistanceMetric):
            return metric
        if np.dtype(dtype) not in (np.float64, np.float32):
            raise ValueError(
                f"Unexpected dtype {dtype} provided. Please select a dtype from {{numpy.float64, "
                "numpy.float32}"
            )
        if callable(metric):
            return _made("pyfunc", dtype, {"func": _with(metric, kwargs)})
        if metric not in _TAKES:
            raise ValueError(f"Unrecognized metric {metric!r}")
        return _made(metric, dtype, kwargs)

    def pairwise(self, X: Any, Y: Any = None) -> np.ndarray:
        """The distances of all pairs.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_x, n_features)
        Y : array-like or sparse matrix of shape (n_y, n_features); None is X

        Returns
        -------
        ndarray of shape (n_x, n_y)
        """
        options = {"accept_sparse": "csr", "dtype": self._dtype}
        X = check_array(X, **options)
        Y = X if Y is None else check_array(Y, **options)
        return _native.learn_distances(
            self._metric, self._arguments, _for_rust(X), _for_rust(Y), sizes=True
        )

    def dist_to_rdist(self, dist: Any) -> Any:
        """What orders pairs as these distances do, and costs less.

        Parameters
        ----------
        dist : distances
        """
        dist = np.asarray(dist, dtype=np.float64)
        power = self._power()
        return np.sin(dist / 2) ** 2 if self._metric == "haversine" else dist**power

    def rdist_to_dist(self, rdist: Any) -> Any:
        """The distances of what `dist_to_rdist` gives.

        Parameters
        ----------
        rdist : what orders pairs
        """
        rdist = np.asarray(rdist, dtype=np.float64)
        if self._metric == "haversine":
            return 2 * np.arcsin(np.sqrt(rdist))
        return rdist ** (1 / self._power())

    def _power(self) -> float:
        if self._metric in ("minkowski", "p"):
            p = self._arguments.get("p", 2)
            return 1 if np.isinf(p) else p
        return 2 if self._metric in ("euclidean", "l2", "seuclidean", "mahalanobis") else 1

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self._metric, self._dtype, self._arguments)


def _made(metric: str, dtype: Any, arguments: dict[str, Any]) -> DistanceMetric:
    found = DistanceMetric()
    found._metric, found._dtype = metric, np.dtype(dtype)
    found._arguments = _arguments(metric, arguments)
    return found


def _with(function: Callable, kwargs: dict[str, Any]) -> Callable:
    return (lambda x, y: function(x, y, **kwargs)) if kwargs else function


def _arguments(metric: str, given: dict[str, Any]) -> dict[str, Any]:
    """A metric's arguments, checked, as Rust takes them."""
    strange = set(given) - set(_TAKES[metric])
    if strange:
        raise TypeError(f"the metric {metric!r} takes no {', '.join(sorted(strange))}")
    given = {name: value for name, value in given.items() if value is not None}
    p = given.get("p", 2)
    if p <= 0:
        raise ValueError("p must be greater than 0")
    if "w" in given:
        given["w"] = check_array(given["w"], ensure_2d=False, input_name="w", dtype=np.float64)
        if (given["w"] < 0).any():
            raise ValueError("w cannot contain negative weights")
    if metric == "seuclidean" and "V" not in given:
        raise TypeError("the metric 'seuclidean' needs V")
    if metric == "pyfunc" and not callable(given.get("func")):
        raise TypeError("the metric 'pyfunc' needs func, a function of two samples")
    if metric == "mahalanobis":
        if not given:
            raise ValueError("Must provide either V or VI for Mahalanobis distance")
        name, matrix = next(iter({"VI": given["VI"]}.items() if "VI" in given else given.items()))
        matrix = check_array(matrix, dtype=np.float64, input_name=name)
        if matrix.shape[0] != matrix.shape[1]:
            raise ValueError(f"{name} must be square")
        return {"VI": np.ascontiguousarray(matrix if name == "VI" else np.linalg.inv(matrix))}
    if "V" in given:
        given["V"] = check_array(given["V"], ensure_2d=False, input_name="V", dtype=np.float64)
    return given


def metric_of(metric: Any, kwargs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The name and the arguments of a metric for a tree.

    Raises
    ------
    ValueError
        As `DistanceMetric.get_metric`.
    """
    found = DistanceMetric.get_metric(metric, **kwargs)
    return found._metric, found._arguments


