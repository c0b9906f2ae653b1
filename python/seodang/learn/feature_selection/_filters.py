"""Features are kept or left out each by itself."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from numbers import Integral, Real
from typing import Any

import numpy as np

from .._meta import Checked
from .._sparse import is_sparse
from ..utils._parameters import CALLABLE, Span, Words
from ..utils.validation import check_is_fitted, validate_data
from ._scores import f_classif
from ._selection import SelectorMixin

_ALPHA = {"alpha": Span(Real, 0, 1, "both")}


class _Filter(SelectorMixin, Checked):
    """A selector by a score of each feature."""

    _constraints = {"score_func": CALLABLE}
    _needs_target = True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = self._needs_target
        tags.input_tags.sparse = True
        return tags

    def fit(self, X: Any, y: Any = None):
        """Scores the features.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,); None if the score needs none
        """
        self._check_parameters()
        if y is None:
            X = validate_data(self, X, accept_sparse=["csr", "csc"])
        else:
            X, y = validate_data(self, X, y, accept_sparse=["csr", "csc"], multi_output=True)
        self._check_number(X)
        found = self.score_func(X, y)
        several = isinstance(found, (list, tuple))
        self.scores_, self.pvalues_ = (
            (np.asarray(found[0]), np.asarray(found[1])) if several else (np.asarray(found), None)
        )
        return self

    def _check_number(self, X: Any) -> None:
        """Warns of a number of features that there is not."""


def _ordered(scores: np.ndarray) -> np.ndarray:
    """Scores in which NaN is the least."""
    scores = scores.astype(np.float64)
    scores[np.isnan(scores)] = np.finfo(np.float64).min
    return scores


def _best_share(self: Any, percentile: float) -> np.ndarray:
    scores = _ordered(self.scores_)
    if percentile in (0, 100):
        return np.full(len(scores), percentile == 100)
    least = np.percentile(scores, 100 - percentile)
    mask = scores > least
    equal = np.flatnonzero(scores == least)
    mask[equal[: max(0, int(len(scores) * percentile / 100) - mask.sum())]] = True
    return mask


def _best(self: Any, k: Any) -> np.ndarray:
    mask = np.full(self.scores_.shape, isinstance(k, str))
    if not isinstance(k, str) and k > 0:
        mask[np.argsort(_ordered(self.scores_), kind="stable")[-k:]] = True
    return mask


def _below(self: Any, alpha: float) -> np.ndarray:
    return self.pvalues_ < alpha


def _below_of_many(self: Any, alpha: float) -> np.ndarray:
    return self.pvalues_ < alpha / len(self.pvalues_)


def _false_discoveries(self: Any, alpha: float) -> np.ndarray:
    n = len(self.pvalues_)
    chances = np.sort(self.pvalues_)
    under = chances[chances <= alpha / n * np.arange(1, n + 1)]
    return self.pvalues_ <= under.max() if under.size else np.zeros(n, dtype=bool)


class SelectPercentile(_Filter):
    """The features with the best scores, a percentage of all.

    Parameters
    ----------
    score_func : gives scores, or scores and how likely greater ones are by chance
    percentile : how many percent are kept

    Attributes
    ----------
    scores_, pvalues_ : ndarrays of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {**_Filter._constraints, "percentile": Span(Real, 0, 100, "both")}
    _needs_target = False

    def __init__(self, score_func: Callable = f_classif, *, percentile: float = 10) -> None:
        self.score_func = score_func
        self.percentile = percentile

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return _best_share(self, self.percentile)


class SelectKBest(_Filter):
    """The features with the best scores.

    Parameters
    ----------
    score_func : gives scores, or scores and how likely greater ones are by chance
    k : how many are kept, or "all"

    Attributes
    ----------
    scores_, pvalues_ : ndarrays of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {**_Filter._constraints, "k": (Words("all"), Span(Integral, 0, None))}
    _needs_target = False

    def __init__(self, score_func: Callable = f_classif, *, k: int | str = 10) -> None:
        self.score_func = score_func
        self.k = k

    def _check_number(self, X: Any) -> None:
        _warn_of_many(self.k, X)

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return _best(self, self.k)


def _warn_of_many(k: Any, X: Any) -> None:
    if not isinstance(k, str) and k > X.shape[1]:
        warnings.warn(
            f"k={k} is greater than n_features={X.shape[1]}. All the features will be returned.",
            stacklevel=4,
        )


class SelectFpr(_Filter):
    """The features of which a false alarm is unlikely.

    Parameters
    ----------
    score_func : gives scores and how likely greater ones are by chance
    alpha : how likely at most

    Attributes
    ----------
    scores_, pvalues_ : ndarrays of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {**_Filter._constraints, **_ALPHA}

    def __init__(self, score_func: Callable = f_classif, *, alpha: float = 0.05) -> None:
        self.score_func = score_func
        self.alpha = alpha

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return _below(self, self.alpha)


class SelectFdr(_Filter):
    """Features so that few of them are false alarms. Source: Benjamini and Hochberg 1995.

    Parameters
    ----------
    score_func : gives scores and how likely greater ones are by chance
    alpha : the share of false alarms to expect at most

    Attributes
    ----------
    scores_, pvalues_ : ndarrays of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {**_Filter._constraints, **_ALPHA}

    def __init__(self, score_func: Callable = f_classif, *, alpha: float = 0.05) -> None:
        self.score_func = score_func
        self.alpha = alpha

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return _false_discoveries(self, self.alpha)


class SelectFwe(_Filter):
    """Features so that even one false alarm is unlikely. Source: Bonferroni 1936.

    Parameters
    ----------
    score_func : gives scores and how likely greater ones are by chance
    alpha : how likely at most

    Attributes
    ----------
    scores_, pvalues_ : ndarrays of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {**_Filter._constraints, **_ALPHA}

    def __init__(self, score_func: Callable = f_classif, *, alpha: float = 0.05) -> None:
        self.score_func = score_func
        self.alpha = alpha

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return _below_of_many(self, self.alpha)


_MODES: dict[str, Callable] = {
    "percentile": _best_share, "k_best": _best, "fpr": _below, "fdr": _false_discoveries,
    "fwe": _below_of_many,
}


class GenericUnivariateSelect(_Filter):
    """Any of the selectors by scores.

    Parameters
    ----------
    score_func : gives scores and how likely greater ones are by chance
    mode : "percentile", "k_best", "fpr", "fdr" or "fwe"
    param : that selector's parameter

    Attributes
    ----------
    scores_, pvalues_ : ndarrays of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {
        **_Filter._constraints, "mode": Words(*_MODES), "param": (Span(Real, 0, None), Words("all")),
    }

    def __init__(
        self, score_func: Callable = f_classif, *, mode: str = "percentile", param: Any = 1e-05
    ) -> None:
        self.score_func = score_func
        self.mode = mode
        self.param = param

    def _check_number(self, X: Any) -> None:
        if self.mode == "k_best":
            _warn_of_many(self.param, X)

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return _MODES[self.mode](self, self.param)


class VarianceThreshold(SelectorMixin, Checked):
    """The features that vary.

    Parameters
    ----------
    threshold : features with no more variance are left out

    Attributes
    ----------
    variances_ : ndarray of shape (n_features,)
    n_features_in_ : how many features there are
    """

    _constraints = {"threshold": Span(Real, 0, None)}
    @property
    def _takes_nan(self) -> bool:
        return True

    def __init__(self, threshold: float = 0.0) -> None:
        self.threshold = threshold

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.sparse = True
        return tags

    def fit(self, X: Any, y: Any = None):
        """Measures the variances.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features); NaN is left out
        y : ignored

        Raises
        ------
        ValueError
            If no feature varies enough.
        """
        self._check_parameters()
        X = validate_data(
            self, X, accept_sparse=["csr", "csc"], dtype=np.float64, ensure_all_finite="allow-nan"
        )
        # Column by column, a sparse matrix needs no more memory than one of them.
        columns = (X[:, [i]].toarray().ravel() for i in range(X.shape[1])) if is_sparse(X) else X.T
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            pairs = [(np.nanvar(column), np.ptp(column)) for column in columns]
            variances, ranges = np.asarray(pairs, dtype=np.float64).reshape(-1, 2).T
            # A constant may seem to vary by rounding.
            self.variances_ = (
                np.nanmin([variances, ranges], axis=0) if self.threshold == 0 else variances
            )
        if np.all(~np.isfinite(self.variances_) | (self.variances_ <= self.threshold)):
            one = " (X contains only one sample)" if X.shape[0] == 1 else ""
            raise ValueError(
                f"No feature in X meets the variance threshold {self.threshold:.5f}{one}"
            )
        return self

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return self.variances_ > self.threshold
