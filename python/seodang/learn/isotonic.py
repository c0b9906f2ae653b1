"""Functions that only rise, or only fall."""

from __future__ import annotations

import math
import numbers
import warnings
from typing import Any, ClassVar

import numpy as np

from ._meta import Checked
from .base import RegressorMixin, TransformerMixin
from .utils._parameters import BOOLEAN, Span, Words
from .utils.validation import (
    _FLOATS,
    check_array,
    check_consistent_length,
    check_is_fitted,
    check_sample_weight,
    column_or_1d,
)

__all__ = ["IsotonicRegression", "check_increasing", "isotonic_regression"]


def _ranks(x: np.ndarray) -> np.ndarray:
    """Ranks; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[inverse]


def check_increasing(x: Any, y: Any) -> bool:
    """Whether `y` rather rises than falls with `x`: the sign of Spearman's correlation.

    Warns if the interval of the correlation, by Fisher's transform, has 0 in it.

    Parameters
    ----------
    x, y : array-likes of shape (n_samples,)
    """
    x, y = column_or_1d(x), column_or_1d(y)
    a, b = _ranks(x), _ranks(y)
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt((a @ a) * (b @ b))
    correlation = float(a @ b / scale) if scale > 0 else math.nan
    if abs(correlation) < 1.0 and len(x) > 3:
        middle, error = math.atanh(correlation), 1 / math.sqrt(len(x) - 3)
        low, high = math.tanh(middle - 1.96 * error), math.tanh(middle + 1.96 * error)
        if np.sign(low) != np.sign(high):
            warnings.warn(
                "Confidence interval of the Spearman correlation coefficient spans zero. "
                "Determination of ``increasing`` may be suspect.",
                stacklevel=2,
            )
    return bool(correlation >= 0)


def isotonic_regression(
    y: Any, *, sample_weight: Any = None, y_min: Any = None, y_max: Any = None, increasing: bool = True
) -> np.ndarray:
    """The rising (or falling) values with the least weighted squared distance: neighbours out of order
    are pooled. Source: Barlow and others 1972; Best and Chakravarti 1990.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), how much each counts
    y_min, y_max : bounds of the values
    increasing : whether they rise

    Returns
    -------
    ndarray of shape (n_samples,)
    """
    y = check_array(y, ensure_2d=False, input_name="y", dtype=_FLOATS)
    out = np.array(y[:: 1 if increasing else -1], dtype=y.dtype)
    weights = check_sample_weight(sample_weight, y)
    weights = np.ones(len(y)) if weights is None else weights
    values, lengths = _pooled(out, weights[:: 1 if increasing else -1])
    out = np.repeat(values.astype(y.dtype), lengths)
    if y_min is not None or y_max is not None:
        out = np.clip(out, -np.inf if y_min is None else y_min, np.inf if y_max is None else y_max)
    return out[:: 1 if increasing else -1]


# Then few blocks are left, unless someone tries to make it slow.
_PASSES = 50


def _pooled(y: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values that rise, and how many samples have each."""
    values, masses = y.astype(np.float64), weights.astype(np.float64)
    lengths = np.ones(len(values), dtype=np.int64)
    for _ in range(_PASSES):
        starts = np.flatnonzero(np.concatenate([[True], values[1:] > values[:-1]]))
        if len(starts) == len(values):
            return values, lengths
        # What falls all along ends in one block, so that whole runs are pooled at once.
        sums = np.add.reduceat(values * masses, starts)
        lengths = np.add.reduceat(lengths, starts)
        total = np.add.reduceat(masses, starts)
        values = np.divide(sums, total, out=values[starts], where=total > 0)
        masses = total
    blocks: list[tuple[float, float, int]] = []
    for value, mass, length in zip(values.tolist(), masses.tolist(), lengths.tolist(), strict=True):
        while blocks and blocks[-1][0] >= value:
            before, weight, count = blocks.pop()
            total_mass = weight + mass
            value = (before * weight + value * mass) / total_mass if total_mass else value
            mass, length = total_mass, length + count
        blocks.append((value, mass, length))
    return np.array([b[0] for b in blocks]), np.array([b[2] for b in blocks])


def _distinct(X: np.ndarray, y: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """Sorted X without repetitions, the means of their y, and the sums of their weights."""
    # Values closer to the first of their group than the type tells apart are one.
    tiny = np.finfo(X.dtype).resolution
    steps = np.diff(X)
    new = np.concatenate([[True], steps >= tiny])
    if ((steps > 0) & (steps < tiny)).any():
        first = X[0]
        for i, value in enumerate(X.tolist()):
            new[i] = i == 0 or value - first >= tiny
            first = value if new[i] else first
    group = np.cumsum(new) - 1
    masses = np.bincount(group, weights)
    return X[new], np.bincount(group, weights * y) / masses, masses


class IsotonicRegression(RegressorMixin, TransformerMixin, Checked):
    """The rising (or falling) function of one feature with the least squares, linear between samples.

    Parameters
    ----------
    y_min, y_max : bounds of the values
    increasing : whether it rises; "auto" asks `check_increasing`
    out_of_bounds : what is said outside of the samples of `fit`: "nan", "clip" (the value at the end) or
        "raise"
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "y_min": (Span(numbers.Real, None, None, "both"), None),
        "y_max": (Span(numbers.Real, None, None, "both"), None),
        "increasing": (BOOLEAN, Words("auto")),
        "out_of_bounds": Words("nan", "clip", "raise"),
    }

    def __init__(
        self,
        *,
        y_min: float | None = None,
        y_max: float | None = None,
        increasing: Any = True,
        out_of_bounds: str = "nan",
    ) -> None:
        self.y_min = y_min
        self.y_max = y_max
        self.increasing = increasing
        self.out_of_bounds = out_of_bounds

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags

    @staticmethod
    def _one(X: Any) -> np.ndarray:
        if X.ndim == 2 and X.shape[1] != 1 or X.ndim > 2:
            raise ValueError(
                "Isotonic regression input X should be a 1d array or 2d array with 1 feature"
            )
        return X.reshape(-1)

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds the function.

        Parameters
        ----------
        X : array-like of shape (n_samples,) or (n_samples, 1)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts

        Raises
        ------
        ValueError
            For several features.
        """
        self._check_parameters()
        self._require_target(y)
        X = self._one(check_array(X, input_name="X", dtype=_FLOATS, ensure_2d=False))
        y = check_array(y, input_name="y", dtype=X.dtype, ensure_2d=False)
        check_consistent_length(X, y, sample_weight)
        rises = check_increasing(X, y) if self.increasing == "auto" else self.increasing
        self.increasing_ = rises
        weights = check_sample_weight(sample_weight, X)
        if weights is not None:
            X, y, weights = X[weights > 0], y[weights > 0], weights[weights > 0]
        order = np.lexsort((y, X))
        weights = np.ones(len(X)) if weights is None else weights[order]
        X, y, weights = _distinct(X[order], y[order], weights)
        y = isotonic_regression(
            y.astype(X.dtype), sample_weight=weights, y_min=self.y_min, y_max=self.y_max,
            increasing=rises,
        )
        self.X_min_, self.X_max_ = X.min(), X.max()
        # Inside a flat part nothing is to be remembered.
        keep = np.ones(len(y), dtype=bool)
        keep[1:-1] = (y[1:-1] != y[:-2]) | (y[1:-1] != y[2:])
        self.X_thresholds_, self.y_thresholds_ = X[keep], y[keep]
        return self

    @property
    def f_(self) -> Any:
        """The function, which goes on as `out_of_bounds` says."""
        check_is_fitted(self)
        return self._values

    def _values(self, T: Any) -> np.ndarray:
        check_is_fitted(self)
        T = self._one(check_array(T, dtype=self.X_thresholds_.dtype, ensure_2d=False))
        low, high = self.X_thresholds_[0], self.X_thresholds_[-1]
        outside = (T < low) | (T > high)
        if self.out_of_bounds == "raise" and outside.any():
            side = "below" if (T < low).any() else "above"
            raise ValueError(f"A value in x_new is {side} the interpolation range.")
        out = np.interp(T, self.X_thresholds_, self.y_thresholds_)
        if self.out_of_bounds == "nan" and len(self.y_thresholds_) > 1:
            out[outside] = np.nan
        return out.astype(T.dtype)

    def transform(self, T: Any) -> np.ndarray:
        """The function's value of each sample.

        Parameters
        ----------
        T : array-like of shape (n_samples,) or (n_samples, 1)

        Raises
        ------
        ValueError
            Outside of the samples of `fit`, if `out_of_bounds` is "raise".
        """
        return self._values(T)

    def predict(self, T: Any) -> np.ndarray:
        """The function's value of each sample.

        Parameters
        ----------
        T : array-like of shape (n_samples,) or (n_samples, 1)

        Raises
        ------
        ValueError
            Outside of the samples of `fit`, if `out_of_bounds` is "raise".
        """
        return self._values(T)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The name of the one feature."""
        check_is_fitted(self)
        return np.asarray(["isotonicregression0"], dtype=object)
