"""Classifiers of two classes that decide from another threshold on than their own."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from .._indexing import indexable, parameters_of, rows
from .._meta import JOBS, SPLITS, Checked, Methods, available_if, is_fitted, tags_of
from .._parallel import run
from ..base import ClassifierMixin, clone
from ..exceptions import NotFittedError, kind
from ..utils._parameters import ARRAY, BOOLEAN, CALLABLE, RANDOM, Span, Words
from ..utils._response import binary_response
from ..utils.multiclass import type_of_target
from ..utils.validation import check_is_fitted, column_or_1d
from ._folds import check_cv
from ._shuffles import StratifiedShuffleSplit

_ESTIMATOR = (Methods("fit", "predict_proba"), Methods("fit", "decision_function"))
_METHODS = Words("auto", "predict_proba", "decision_function")


def _inner_has(name: str) -> Callable[[Any], bool]:
    def check(classifier: Any) -> bool:
        getattr(classifier.estimator, name)
        return True

    return check


def _labels(scores: np.ndarray, threshold: float, classes: np.ndarray, positive: Any) -> np.ndarray:
    """The class of each score: the positive one from the threshold on."""
    at = 1 if positive is None else int(np.flatnonzero(classes == positive)[0])
    return classes[np.where(scores >= threshold, at, 1 - at)]


class _Threshold(ClassifierMixin, Checked):
    def __sklearn_tags__(self) -> Any:
        tags, inner = super().__sklearn_tags__(), tags_of(self.estimator)
        tags.classifier_tags.multi_class = False
        tags.input_tags.sparse = inner.input_tags.sparse
        return tags

    def _two_classes(self, y: Any) -> None:
        self._require_target(y)
        found = type_of_target(column_or_1d(y), input_name="y")
        if found != "binary":
            raise ValueError(
                f"Only binary classification is supported. Unknown label type: {found}"
            )

    def _asked(self) -> Any:
        return ["predict_proba", "decision_function"] if self.response_method == "auto" else (
            self.response_method
        )

    def _fitted(self) -> Any:
        return getattr(self, "estimator_", self.estimator)

    def _learn_features(self) -> None:
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(self.estimator_, name):
                setattr(self, name, getattr(self.estimator_, name))

    @property
    def classes_(self) -> np.ndarray:
        """The two classes."""
        part = self._fitted()
        if not hasattr(part, "classes_"):
            raise AttributeError("The underlying estimator is not fitted yet.")
        return part.classes_

    @available_if(_inner_has("predict_proba"))
    def predict_proba(self, X: Any) -> np.ndarray:
        """The classifier's probabilities."""
        check_is_fitted(self)
        return self._fitted().predict_proba(X)

    @available_if(_inner_has("predict_log_proba"))
    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the classifier's probabilities."""
        check_is_fitted(self)
        return self._fitted().predict_log_proba(X)

    @available_if(_inner_has("decision_function"))
    def decision_function(self, X: Any) -> np.ndarray:
        """The classifier's decision function."""
        check_is_fitted(self)
        return self._fitted().decision_function(X)


class FixedThresholdClassifier(_Threshold):
    """Decides from a given threshold on.

    Parameters
    ----------
    estimator : the classifier, fitted or not
    threshold : the threshold; "auto" is 0.5 for probabilities, 0 for decisions
    pos_label : the class from the threshold on; None is the second
    response_method : "predict_proba", "decision_function", or "auto" for the first that it has
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": _ESTIMATOR,
        "threshold": (Words("auto"), numbers.Real),
        "pos_label": (numbers.Real, str, BOOLEAN, None),
        "response_method": _METHODS,
    }

    def __init__(
        self,
        estimator: Any,
        *,
        threshold: Any = "auto",
        pos_label: Any = None,
        response_method: str = "auto",
    ) -> None:
        self.estimator = estimator
        self.threshold = threshold
        self.pos_label = pos_label
        self.response_method = response_method

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "estimator_") or is_fitted(self.estimator)

    def fit(self, X: Any, y: Any, **params: Any):
        """Fits the classifier.

        Parameters
        ----------
        X : what it takes
        y : array-like of shape (n_samples,), two classes
        **params : more arguments of its `fit`

        Raises
        ------
        ValueError
            For other than two classes.
        """
        self._check_parameters()
        X, y = indexable(X, y)
        self._two_classes(y)
        self.estimator_ = clone(self.estimator).fit(X, y, **params)
        self._learn_features()
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The class by the threshold.

        Parameters
        ----------
        X : what the classifier takes
        """
        check_is_fitted(self)
        scores, _, asked = binary_response(self._fitted(), X, self._asked(), self.pos_label)
        threshold = self.threshold
        if threshold == "auto":
            threshold = 0.5 if asked == "predict_proba" else 0.0
        return _labels(scores, threshold, self.classes_, self.pos_label)


class TunedThresholdClassifierCV(_Threshold):
    """Decides from the threshold on that scores best in cross-validation.

    Parameters
    ----------
    estimator : the classifier
    scoring : a name or a scorer
    response_method : "predict_proba", "decision_function", or "auto" for the first that it has
    thresholds : how many thresholds to try, or these themselves
    cv : a number of folds, a splitter, pairs of numbers of samples, the share of samples to score on, or
        "prefit" for a classifier that is fitted already
    refit : whether to fit it to all samples
    n_jobs : how many rounds at once, as joblib counts
    random_state : the seed of the split, if `cv` is a share
    store_cv_results : whether to keep thresholds and scores in `cv_results_`
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": _ESTIMATOR,
        "scoring": (str, CALLABLE, dict),
        "response_method": _METHODS,
        "thresholds": (Span(numbers.Integral, 1, None), ARRAY),
        "cv": (SPLITS, Words("prefit"), Span(numbers.Real, 0.0, 1.0, "neither")),
        "refit": BOOLEAN,
        "n_jobs": JOBS,
        "random_state": RANDOM,
        "store_cv_results": BOOLEAN,
    }

    def __init__(
        self,
        estimator: Any,
        *,
        scoring: Any = "balanced_accuracy",
        response_method: str = "auto",
        thresholds: Any = 100,
        cv: Any = None,
        refit: bool = True,
        n_jobs: int | None = None,
        random_state: Any = None,
        store_cv_results: bool = False,
    ) -> None:
        self.estimator = estimator
        self.scoring = scoring
        self.response_method = response_method
        self.thresholds = thresholds
        self.cv = cv
        self.refit = refit
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.store_cv_results = store_cv_results

    def fit(self, X: Any, y: Any, **params: Any):
        """Fits the classifier, and finds the threshold.

        Parameters
        ----------
        X : what it takes
        y : array-like of shape (n_samples,), two classes
        **params : more arguments of its `fit`

        Raises
        ------
        ValueError
            For other than two classes, predictions all alike, or `cv` and `refit` that do not go together.
        """
        self._check_parameters()
        X, y = indexable(X, y)
        self._two_classes(y)
        weights = params.get("sample_weight")
        if weights is not None and len(np.unique(np.asarray(y)[np.asarray(weights) > 0])) < 2:
            raise ValueError("The `sample_weight` leaves samples of one class only.")
        splits = self._splits(X, y)
        scorer = self._scorer()
        self._positive = scorer._pos_label()
        if splits is None:
            self.estimator_ = self.estimator
            curves = [self._curve(self.estimator_, X, y, scorer)]
        else:
            train = np.arange(len(y)) if self.refit else splits[0][0]
            self.estimator_ = clone(self.estimator).fit(
                rows(X, train), rows(y, train), **parameters_of(X, params, train)
            )
            curves = run(
                self._round,
                ((clone(self.estimator), X, y, a, b, scorer, params) for a, b in splits),
                self.n_jobs,
            )
        if any(np.isclose(at[0], at[-1]) for at, _ in curves):
            raise ValueError(
                "The provided estimator makes constant predictions. Therefore, it is impossible to "
                "optimize the decision threshold."
            )
        tried = self.thresholds
        if isinstance(tried, numbers.Integral):
            low, high = min(at.min() for at, _ in curves), max(at.max() for at, _ in curves)
            tried = np.linspace(low, high, num=tried)
        tried = np.asarray(tried)
        # Each round has thresholds of its own; between them the score is taken as linear.
        scores = np.mean([np.interp(tried, at, score) for at, score in curves], axis=0)
        best = scores.argmax()
        self.best_score_, self.best_threshold_ = scores[best], tried[best]
        if self.store_cv_results:
            self.cv_results_ = {"thresholds": tried, "scores": scores}
        self._learn_features()
        return self

    def _splits(self, X: Any, y: Any) -> list[tuple[Any, Any]] | None:
        """The rounds; None if the classifier is fitted already."""
        if isinstance(self.cv, str):
            if self.refit:
                raise ValueError("When cv='prefit', refit cannot be True.")
            if not hasattr(self.estimator, "classes_"):
                raise kind(NotFittedError)("When cv='prefit', `estimator` must be fitted.")
            return None
        if isinstance(self.cv, numbers.Real) and 0 < self.cv < 1:
            splitter: Any = StratifiedShuffleSplit(
                n_splits=1, test_size=self.cv, random_state=self.random_state
            )
        else:
            splitter = check_cv(self.cv, y=y, classifier=True)
            if not self.refit and splitter.get_n_splits(X, y) > 1:
                raise ValueError("When cv has several folds, refit cannot be False.")
        return list(splitter.split(X, y))

    def _scorer(self) -> Any:
        from ..metrics import check_scoring, make_scorer

        scorer = check_scoring(self.estimator, scoring=self.scoring)
        if not hasattr(scorer, "_pos_label"):
            # scikit-learn's own scorer.
            sign = getattr(scorer, "_sign", 1) > 0
            scorer = make_scorer(scorer._score_func, greater_is_better=sign, **scorer._kwargs)
        return scorer

    def _round(
        self, estimator: Any, X: Any, y: Any, train: Any, test: Any, scorer: Any, params: dict
    ) -> tuple[np.ndarray, np.ndarray]:
        estimator.fit(rows(X, train), rows(y, train), **parameters_of(X, params, train))
        return self._curve(estimator, rows(X, test), rows(y, test), scorer)

    def _curve(
        self, estimator: Any, X: Any, y: Any, scorer: Any
    ) -> tuple[np.ndarray, np.ndarray]:
        """Thresholds and their scores."""
        said = binary_response(estimator, X, self._asked(), self._positive)[0]
        at = self.thresholds
        if isinstance(at, numbers.Integral):
            at = np.linspace(said.min(), said.max(), at)
        scores = [
            scorer._sign
            * scorer._score_func(
                y, _labels(said, t, estimator.classes_, self._positive), **scorer._kwargs
            )
            for t in np.asarray(at)
        ]
        return np.asarray(at), np.array(scores)

    def predict(self, X: Any) -> np.ndarray:
        """The class by the threshold that was found.

        Parameters
        ----------
        X : what the classifier takes
        """
        check_is_fitted(self, "estimator_")
        said = binary_response(self.estimator_, X, self._asked(), self._positive)[0]
        return _labels(said, self.best_threshold_, self.classes_, self._positive)
