"""Features are kept by how much an estimator makes of them."""

from __future__ import annotations

import copy
from numbers import Integral, Real
from operator import attrgetter
from typing import Any

import numpy as np

from .._meta import Checked, available_if, tags_of, takes_nan
from .._mixins import MetaEstimatorMixin
from .._sparse import is_sparse
from ..base import clone
from ..exceptions import NotFittedError, kind
from ..utils._checks import check_scalar
from ..utils._parameters import BOOLEAN, CALLABLE, ESTIMATOR, Choice, Span
from ..utils.validation import check_feature_names, check_is_fitted
from ._selection import SelectorMixin


def importances_of(estimator: Any, getter: Any) -> np.ndarray:
    """What an estimator says of each feature."""
    if getter == "auto":
        for name in ("coef_", "feature_importances_"):
            if hasattr(estimator, name):
                found = getattr(estimator, name)
                break
        else:
            raise ValueError(
                "when `importance_getter=='auto'`, the underlying estimator "
                f"{type(estimator).__name__} should have `coef_` or `feature_importances_` "
                "attribute. Either pass a fitted estimator to feature selector or call fit before "
                "calling transform."
            )
    else:
        found = attrgetter(getter)(estimator) if isinstance(getter, str) else getter(estimator)
    return found.toarray() if is_sparse(found) else np.asarray(found)


def _least(estimator: Any, importances: np.ndarray, threshold: Any) -> float:
    """The importance that a feature must have."""
    if threshold is None:
        name = type(estimator).__name__
        # What is left out by an l1 penalty has a weight of zero.
        ratio = getattr(estimator, "l1_ratio_" if name.endswith("CV") else "l1_ratio", None)
        ratios = name.startswith(("ElasticNet", "LogisticRegression")) and ratio is not None
        sparse = (
            getattr(estimator, "penalty", None) == "l1" or "Lasso" in name
            or (ratios and np.all(np.isclose(ratio, 1.0)))
        )
        threshold = 1e-5 if sparse else "mean"
    if not isinstance(threshold, str):
        return float(threshold)
    known = {"mean": np.mean, "median": np.median}
    scale, star, reference = threshold.rpartition("*")
    reference = reference.strip()
    if reference not in known:
        if star:
            raise ValueError("Unknown reference: " + reference)
        raise ValueError(f"Expected threshold='mean' or threshold='median' got {threshold}")
    return (float(scale.strip()) if star else 1.0) * known[reference](importances)


def part_can(method: str) -> Any:
    def check(self: Any) -> bool:
        return hasattr(getattr(self, "estimator_", self.estimator), method)

    return available_if(check)


class SelectFromModel(MetaEstimatorMixin, SelectorMixin, Checked):
    """The features that an estimator gives more weight than a threshold.

    Parameters
    ----------
    estimator : has `coef_` or `feature_importances_` once it is fitted
    threshold : the least weight: a number, "mean", "median", or a multiple such as "1.25*mean"
    prefit : whether the estimator is fitted already
    norm_order : the norm of the weights of several outputs
    max_features : how many are kept at most, or a function of X that says so
    importance_getter : the name of the attribute, or a function of the estimator

    Attributes
    ----------
    estimator_ : the fitted estimator
    threshold_ : the least weight
    max_features_ : how many are kept at most
    """

    _constraints = {
        "estimator": ESTIMATOR,
        "threshold": (Span(Real, None, None, "both"), str, None),
        "prefit": BOOLEAN,
        "norm_order": (Span(Integral, None, -1, "right"), Span(Integral, 1, None), Choice(np.inf, -np.inf)),
        "max_features": (Span(Integral, 0, None), CALLABLE, None),
        "importance_getter": (str, CALLABLE),
    }

    def __init__(
        self,
        estimator: Any,
        *,
        threshold: Any = None,
        prefit: bool = False,
        norm_order: Any = 1,
        max_features: Any = None,
        importance_getter: Any = "auto",
    ) -> None:
        self.estimator = estimator
        self.threshold = threshold
        self.prefit = prefit
        self.importance_getter = importance_getter
        self.norm_order = norm_order
        self.max_features = max_features

    @property
    def _takes_nan(self) -> bool:
        return takes_nan(self.estimator)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        own = tags_of(self.estimator).input_tags
        tags.input_tags.sparse, tags.input_tags.allow_nan = own.sparse, own.allow_nan
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "estimator_") or self.prefit is True

    def _prepared(self, X: Any) -> None:
        if self.max_features is not None:
            most = self.max_features(X) if callable(self.max_features) else self.max_features
            check_scalar(most, "max_features", Integral, min_val=0, max_val=None)
            self.max_features_ = most
        if self.prefit:
            self._check_prefit()

    def _check_prefit(self) -> None:
        try:
            check_is_fitted(self.estimator)
        except Exception as error:
            if type(error).__name__ != "NotFittedError":
                raise
            raise kind(NotFittedError)(
                "When `prefit=True`, `estimator` is expected to be a fitted estimator."
            ) from error

    def _adopted(self, X: Any, reset: bool) -> None:
        if hasattr(self.estimator_, "feature_names_in_"):
            self.feature_names_in_ = self.estimator_.feature_names_in_
        else:
            check_feature_names(self, X, reset=reset)

    def fit(self, X: Any, y: Any = None, **fit_params: Any):
        """Fits the estimator.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of its `fit`
        """
        self._check_parameters()
        self._prepared(X)
        if self.prefit:
            self.estimator_ = copy.deepcopy(self.estimator)
        else:
            self.estimator_ = clone(self.estimator)
            self.estimator_.fit(X, y, **fit_params)
        self._adopted(X, True)
        return self

    @part_can("partial_fit")
    def partial_fit(self, X: Any, y: Any = None, **partial_fit_params: Any):
        """Goes on fitting the estimator.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **partial_fit_params : more arguments of its `partial_fit`
        """
        first = not hasattr(self, "estimator_")
        if first:
            self._check_parameters()
            self._prepared(X)
            self.estimator_ = (copy.deepcopy if self.prefit else clone)(self.estimator)
        if not self.prefit:
            self.estimator_.partial_fit(X, y, **partial_fit_params)
            self._adopted(X, first)
        return self

    def _weights(self) -> np.ndarray:
        found = importances_of(getattr(self, "estimator_", self.estimator), self.importance_getter)
        return np.abs(found) if found.ndim == 1 else np.linalg.norm(found, axis=0, ord=self.norm_order)

    @property
    def threshold_(self) -> float:
        """The least weight of a feature that is kept."""
        return _least(self.estimator, self._weights(), self.threshold)

    @property
    def n_features_in_(self) -> int:
        """How many features there are."""
        try:
            check_is_fitted(self)
        except Exception as error:
            raise AttributeError(
                f"{type(self).__name__} object has no n_features_in_ attribute."
            ) from error
        return getattr(self, "estimator_", self.estimator).n_features_in_

    def _get_support_mask(self) -> np.ndarray:
        if self.prefit:
            self._check_prefit()
        most = getattr(self, "max_features_", self.max_features)
        if callable(most):
            raise kind(NotFittedError)(
                "When `prefit=True` and `max_features` is a callable, call `fit` before calling "
                "`transform`."
            )
        weights = self._weights()
        mask = np.full(weights.shape, most is None)
        if most is not None:
            mask[np.argsort(-weights, kind="stable")[:most]] = True
        mask[weights < _least(getattr(self, "estimator_", self.estimator), weights, self.threshold)] = False
        return mask
