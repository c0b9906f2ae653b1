"""Features taken or left out one at a time, by how well an estimator then does."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

from .._meta import JOBS, SPLITS, Checked, tags_of, takes_nan
from .._mixins import MetaEstimatorMixin
from ..base import clone, is_classifier
from ..utils._parameters import CALLABLE, ESTIMATOR, Span, Words
from ..utils.validation import check_is_fitted, validate_data
from ._selection import SelectorMixin


class SequentialFeatureSelector(SelectorMixin, MetaEstimatorMixin, Checked):
    """Takes the feature that helps most, or leaves out the one that is missed least, again and again.
    Source: Ferri, Pudil, Hatef and Kittler 1994.

    Parameters
    ----------
    estimator : what scores
    n_features_to_select : how many are kept, or which share; "auto" is half, or with `tol` as many as
        raise the score by as much
    tol : by how much the score must rise; where features are left out, it may be negative
    direction : "forward" takes features, "backward" leaves them out
    scoring : a name or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    n_jobs : how many folds at once, as joblib counts

    Attributes
    ----------
    n_features_to_select_ : how many are kept
    support_ : which are kept
    n_features_in_ : how many features there are
    """

    _constraints = {
        "estimator": ESTIMATOR,
        "n_features_to_select": (
            Words("auto"), Span(float, 0, 1, "right"), Span(Integral, 0, None, "neither"),
        ),
        "tol": (None, Span(Real, None, None, "neither")),
        "direction": Words("forward", "backward"),
        "scoring": (None, str, CALLABLE),
        "cv": SPLITS,
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        estimator: Any,
        *,
        n_features_to_select: Any = "auto",
        tol: float | None = None,
        direction: str = "forward",
        scoring: Any = None,
        cv: Any = 5,
        n_jobs: int | None = None,
    ) -> None:
        self.estimator = estimator
        self.n_features_to_select = n_features_to_select
        self.tol = tol
        self.direction = direction
        self.scoring = scoring
        self.cv = cv
        self.n_jobs = n_jobs

    @property
    def _takes_nan(self) -> bool:
        return takes_nan(self.estimator)

    def __sklearn_tags__(self) -> Any:
        tags, own = super().__sklearn_tags__(), tags_of(self.estimator).input_tags
        tags.input_tags.allow_nan, tags.input_tags.sparse = own.allow_nan, own.sparse
        return tags

    def _wanted(self, n: int) -> int:
        """How many features are kept at most (forward) or at least (backward)."""
        wanted = self.n_features_to_select
        if wanted == "auto":
            return n // 2 if self.tol is None else n - 1
        if isinstance(wanted, Integral):
            if wanted >= n:
                raise ValueError("n_features_to_select must be < n_features.")
            return int(wanted)
        return int(n * wanted)

    def fit(self, X: Any, y: Any = None, **params: Any):
        """Chooses the features.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), or None for what needs none
        **params : more arguments of the estimator's `fit`

        Raises
        ------
        ValueError
            For as many features as there are, or a score that need not rise.
        """
        from ..model_selection import check_cv

        self._check_parameters()
        X = validate_data(
            self, X, accept_sparse="csc", ensure_min_features=2,
            ensure_all_finite=not self._takes_nan,
        )
        n = X.shape[1]
        wanted = self._wanted(n)
        forward = self.direction == "forward"
        if self.tol is not None and self.tol < 0 and forward:
            raise ValueError("tol must be strictly positive when doing forward selection")
        splitter = check_cv(self.cv, y, classifier=is_classifier(self.estimator))
        auto = self.n_features_to_select == "auto"
        moved = np.zeros(n, dtype=bool)
        last = -np.inf
        for _ in range(wanted if auto or forward else n - wanted):
            feature, score = self._best(X, y, splitter, moved, params)
            if auto and self.tol is not None and score - last < self.tol:
                break
            last, moved[feature] = score, True
        self.support_ = moved if forward else ~moved
        self.n_features_to_select_ = self.support_.sum()
        return self

    def _best(
        self, X: Any, y: Any, splitter: Any, moved: np.ndarray, params: dict[str, Any]
    ) -> tuple[int, float]:
        """The feature to take or to leave out next, and the score then."""
        from ..model_selection import cross_val_score

        scores = {}
        for feature in np.flatnonzero(~moved):
            mask = moved.copy()
            mask[feature] = True
            kept = np.flatnonzero(mask if self.direction == "forward" else ~mask)
            scores[feature] = cross_val_score(
                clone(self.estimator), X[:, kept], y, cv=splitter, scoring=self.scoring,
                n_jobs=self.n_jobs, params=params,
            ).mean()
        best = max(scores, key=scores.__getitem__)
        return best, scores[best]

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self)
        return self.support_
