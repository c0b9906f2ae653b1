"""Features left out one after the other, those that count least first."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from numbers import Integral
from typing import Any

import numpy as np

from .._meta import JOBS, SPLITS, VERBOSE, Checked, part_of_samples, tags_of, takes_nan
from .._mixins import MetaEstimatorMixin
from .._parallel import run
from ..base import clone, is_classifier
from ..utils._parameters import CALLABLE, ESTIMATOR, Span
from ..utils.validation import check_is_fitted, validate_data
from ._models import importances_of, part_can
from ._selection import SelectorMixin


class RFE(SelectorMixin, MetaEstimatorMixin, Checked):
    """Leaves the features out that count least, again and again. Source: Guyon et al. 2002.

    Parameters
    ----------
    estimator : has `coef_` or `feature_importances_` once it is fitted
    n_features_to_select : how many are kept, or which share; None is half
    step : how many are left out at a time, or which share
    verbose : whether to tell how many are left
    importance_getter : the name of the attribute, or a function of the estimator

    Attributes
    ----------
    estimator_ : the estimator, fitted to the features that are kept
    n_features_ : how many are kept
    support_ : which are kept
    ranking_ : 1 for these, more for those that were left out earlier
    n_features_in_ : how many features there are
    """

    _constraints = {
        "estimator": ESTIMATOR,
        "n_features_to_select": (None, Span(float, 0, 1, "right"), Span(Integral, 0, None, "neither")),
        "step": (Span(Integral, 0, None, "neither"), Span(float, 0, 1, "neither")),
        "verbose": VERBOSE,
        "importance_getter": (str, CALLABLE),
    }

    def __init__(
        self,
        estimator: Any,
        *,
        n_features_to_select: Any = None,
        step: Any = 1,
        verbose: int = 0,
        importance_getter: Any = "auto",
    ) -> None:
        self.estimator = estimator
        self.n_features_to_select = n_features_to_select
        self.step = step
        self.importance_getter = importance_getter
        self.verbose = verbose

    @property
    def _takes_nan(self) -> bool:
        return takes_nan(self.estimator)

    @property
    def _estimator_type(self) -> str | None:
        return getattr(self.estimator, "_estimator_type", None) or tags_of(self.estimator).estimator_type

    @property
    def classes_(self) -> np.ndarray:
        """The classes of a classifier."""
        return self.estimator_.classes_

    def __sklearn_tags__(self) -> Any:
        tags, own = super().__sklearn_tags__(), tags_of(self.estimator)
        tags.estimator_type = own.estimator_type
        tags.classifier_tags = copy.deepcopy(own.classifier_tags)
        tags.regressor_tags = copy.deepcopy(own.regressor_tags)
        for part in (tags.classifier_tags, tags.regressor_tags):
            if part is not None:
                part.poor_score = True
        tags.target_tags.required = True
        tags.input_tags.sparse = own.input_tags.sparse
        tags.input_tags.allow_nan = own.input_tags.allow_nan
        return tags

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Leaves features out.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of the estimator's `fit`
        """
        self._check_parameters()
        self._require_target(y)
        X, y = self._table(X, y, "csc")
        self._eliminate(X, y, fit_params)
        return self

    def _table(self, X: Any, y: Any, sparse: str) -> tuple[Any, Any]:
        return validate_data(
            self, X, y, accept_sparse=sparse, ensure_min_features=2, ensure_all_finite=False,
            multi_output=True,
        )

    def _eliminate(
        self, X: Any, y: Any, fit_params: dict[str, Any], told: Callable[..., None] | None = None
    ) -> None:
        """Leaves features out; `told` hears of each round: the fitted estimator, which features it has,
        and the ranking so far.
        """
        n = X.shape[1]
        wanted = n // 2 if self.n_features_to_select is None else self.n_features_to_select
        if not isinstance(wanted, Integral):
            wanted = int(n * wanted)
        elif wanted > n:
            warnings.warn(
                f"Found n_features_to_select={wanted!r} > n_features={n!r}. There will be no "
                "feature selection and all features will be kept.",
                stacklevel=3,
            )
        step = int(max(1, self.step * n)) if self.step < 1 else int(self.step)
        support, ranking = np.ones(n, dtype=bool), np.ones(n, dtype=int)
        while support.sum() > wanted:
            kept = np.flatnonzero(support)
            if self.verbose > 0:
                print(f"Fitting estimator with {len(kept)} features.")
            model = clone(self.estimator).fit(X[:, kept], y, **fit_params)
            if told is not None:
                told(model, support.copy(), ranking.copy())
            weights = importances_of(model, self.importance_getter) ** 2
            weights = weights if weights.ndim == 1 else weights.sum(axis=0)
            few = min(step, len(kept) - wanted)
            support[kept[np.argsort(weights, kind="stable")[:few]]] = False
            ranking[~support] += 1
        self.estimator_ = clone(self.estimator).fit(X[:, np.flatnonzero(support)], y, **fit_params)
        if told is not None:
            told(self.estimator_, support.copy(), ranking.copy())
        self.n_features_, self.support_, self.ranking_ = support.sum(), support, ranking

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return self.support_

    @part_can("predict")
    def predict(self, X: Any) -> Any:
        """What the estimator predicts of the features that are kept.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        """
        check_is_fitted(self)
        return self.estimator_.predict(self.transform(X))

    @part_can("score")
    def score(self, X: Any, y: Any, **score_params: Any) -> float:
        """The estimator's score with the features that are kept.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **score_params : more arguments of its `score`
        """
        check_is_fitted(self)
        return self.estimator_.score(self.transform(X), y, **score_params)

    @part_can("decision_function")
    def decision_function(self, X: Any) -> Any:
        """The estimator's decisions on the features that are kept.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        """
        check_is_fitted(self)
        return self.estimator_.decision_function(self.transform(X))

    @part_can("predict_proba")
    def predict_proba(self, X: Any) -> Any:
        """The estimator's probabilities of the features that are kept.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        """
        check_is_fitted(self)
        return self.estimator_.predict_proba(self.transform(X))

    @part_can("predict_log_proba")
    def predict_log_proba(self, X: Any) -> Any:
        """The logarithms of these.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        """
        check_is_fitted(self)
        return self.estimator_.predict_log_proba(self.transform(X))


def _rounds(
    rfe: RFE, X: Any, y: Any, train: Any, test: Any, scorer: Any, fit_params: dict[str, Any]
) -> tuple[list[Any], ...]:
    """The scores, the features and the rankings of each round on a fold."""
    A, ya = part_of_samples(rfe.estimator, X, y, train)
    B, yb = part_of_samples(rfe.estimator, X, y, test, train)
    scores, supports, rankings = [], [], []

    def told(model: Any, support: np.ndarray, ranking: np.ndarray) -> None:
        scores.append(scorer(model, B[:, np.flatnonzero(support)], yb))
        supports.append(support)
        rankings.append(ranking)

    rfe._eliminate(A, ya, fit_params, told)
    return scores, supports, rankings


class RFECV(RFE):
    """Leaves features out as `RFE`, as many as cross-validation finds best. Source: Guyon et al. 2002.

    Parameters
    ----------
    estimator : has `coef_` or `feature_importances_` once it is fitted
    step : how many are left out at a time, or which share
    min_features_to_select : how many are kept at least
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    scoring : a name or a callable ``f(estimator, X, y)``; None is "accuracy" or "r2"
    verbose : whether to tell how many are left
    n_jobs : how many folds at once, as joblib counts
    importance_getter : the name of the attribute, or a function of the estimator

    Attributes
    ----------
    estimator_ : the estimator, fitted to the features that are kept
    n_features_ : how many are kept
    support_ : which are kept
    ranking_ : 1 for these, more for those that were left out earlier
    cv_results_ : for each number of features, the least first: `n_features`, `mean_test_score`,
        `std_test_score`, and each fold's `split0_test_score`, `split0_ranking`, `split0_support`, ...
    n_features_in_ : how many features there are
    """

    _constraints = {
        **{k: v for k, v in RFE._constraints.items() if k != "n_features_to_select"},
        "min_features_to_select": Span(Integral, 0, None, "neither"),
        "cv": SPLITS,
        "scoring": (None, str, CALLABLE),
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        estimator: Any,
        *,
        step: Any = 1,
        min_features_to_select: int = 1,
        cv: Any = None,
        scoring: Any = None,
        verbose: int = 0,
        n_jobs: int | None = None,
        importance_getter: Any = "auto",
    ) -> None:
        self.estimator = estimator
        self.step = step
        self.importance_getter = importance_getter
        self.cv = cv
        self.scoring = scoring
        self.verbose = verbose
        self.n_jobs = n_jobs
        self.min_features_to_select = min_features_to_select

    def fit(self, X: Any, y: Any, *, groups: Any = None):
        """Finds how many features are best, and leaves the others out.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        groups : array-like of shape (n_samples,), for splitters that keep groups together
        """
        from ..model_selection import check_cv

        self._check_parameters()
        self._require_target(y)
        X, y = self._table(X, y, "csr")
        n = X.shape[1]
        if self.min_features_to_select > n:
            warnings.warn(
                f"Found min_features_to_select={self.min_features_to_select} > n_features={n!r}. There "
                "will be no feature selection and all features will be kept.",
                stacklevel=2,
            )
        splitter = check_cv(self.cv, y, classifier=is_classifier(self.estimator))
        scorer = self._scorer()
        least = self._with(min(self.min_features_to_select, n))
        of_groups = {} if groups is None else {"groups": groups}
        folds = run(
            _rounds,
            ((clone(least), X, y, train, test, scorer, {})
             for train, test in splitter.split(X, y, **of_groups)),
            self.n_jobs,
        )
        # The fewest features first, so that they win where scores are equal.
        scores, supports, rankings = (np.array(part)[:, ::-1] for part in zip(*folds, strict=True))
        counts = supports[0].sum(axis=1)
        best = self._with(counts[np.argmax(scores.sum(axis=0))])
        best._eliminate(X, y, {})
        self.support_, self.n_features_ = best.support_, best.n_features_
        self.ranking_, self.estimator_ = best.ranking_, best.estimator_
        self.cv_results_ = {
            "mean_test_score": scores.mean(axis=0),
            "std_test_score": scores.std(axis=0),
            **{f"split{i}_test_score": row for i, row in enumerate(scores)},
            **{f"split{i}_ranking": row for i, row in enumerate(rankings)},
            **{f"split{i}_support": row for i, row in enumerate(supports)},
            "n_features": counts,
        }
        return self

    def _with(self, count: int) -> RFE:
        return RFE(
            self.estimator, n_features_to_select=count, step=self.step, verbose=self.verbose,
            importance_getter=self.importance_getter,
        )

    def _scorer(self) -> Any:
        from ..metrics import get_scorer

        if self.scoring is None:
            return get_scorer("accuracy" if is_classifier(self.estimator) else "r2")
        return get_scorer(self.scoring)

    def score(self, X: Any, y: Any) -> float:
        """The score by `scoring`.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        """
        return self._scorer()(self, X, y)
