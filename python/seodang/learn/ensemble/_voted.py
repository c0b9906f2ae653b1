"""Different estimators that vote, or whose predictions are averaged."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from .._meta import JOBS, VERBOSE, available_if
from ..base import ClassifierMixin, RegressorMixin, TransformerMixin
from ..preprocessing import LabelEncoder
from ..utils._parameters import ARRAY, BOOLEAN, Words
from ..utils.multiclass import type_of_target
from ..utils.validation import check_is_fitted, column_or_1d
from ._several import Several, check_names_in, is_dropped


class _Voting(TransformerMixin, Several):
    _source = "Voting"
    _constraints: ClassVar[dict[str, Any]] = {
        "estimators": (list, tuple),
        "weights": (ARRAY, None),
        "n_jobs": JOBS,
        "verbose": VERBOSE,
    }

    def _fit(self, X: Any, y: Any, params: dict[str, Any]):
        self._check_estimators()
        if self.weights is not None and len(self.weights) != len(self.estimators):
            raise ValueError(
                "Number of `estimators` and weights must be equal; got "
                f"{len(self.weights)} weights, {len(self.estimators)} estimators"
            )
        self._keep(self._fit_all(X, y, params, self.verbose))
        return self

    def _weights(self) -> list[float] | None:
        """The weights of estimators that are not dropped."""
        if self.weights is None:
            return None
        pairs = zip(self.estimators, self.weights, strict=True)
        return [w for (_, part), w in pairs if not is_dropped(part)]

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Fits all, and gives their predictions.

        Parameters
        ----------
        X : what the estimators take
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of `fit`
        """
        return self.fit(X, y, **fit_params).transform(X)


class VotingClassifier(ClassifierMixin, _Voting):
    """Different classifiers that vote.

    Parameters
    ----------
    estimators : a list of tuples of a name and a classifier; "drop" leaves one out
    voting : "hard": the class that most say; "soft": the greatest mean of probabilities
    weights : how much each counts
    n_jobs : how many to fit at once, as joblib counts
    flatten_transform : whether `transform` of soft votes gives one table
    verbose : whether to print how long each took
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **_Voting._constraints, "voting": Words("hard", "soft"), "flatten_transform": BOOLEAN
    }

    def __init__(
        self,
        estimators: list[tuple[str, Any]],
        *,
        voting: str = "hard",
        weights: Any = None,
        n_jobs: int | None = None,
        flatten_transform: bool = True,
        verbose: bool = False,
    ) -> None:
        self.estimators = estimators
        self.voting = voting
        self.weights = weights
        self.n_jobs = n_jobs
        self.flatten_transform = flatten_transform
        self.verbose = verbose

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = []
        return tags

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits all classifiers.

        Parameters
        ----------
        X : what they take
        y : array-like of shape (n_samples,), the classes
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError, TypeError
            For parts that are no classifiers, or a target without classes.
        NotImplementedError
            For several outputs.
        """
        self._check_parameters()
        self._require_target(y)
        kind = type_of_target(y, input_name="y")
        if kind in ("unknown", "continuous"):
            raise ValueError(
                f"Unknown label type: {kind}. Maybe you are trying to fit a classifier, which expects "
                "discrete classes on a regression target with continuous values."
            )
        if kind not in ("binary", "multiclass"):
            raise NotImplementedError(
                f"{type(self).__name__} only supports binary or multiclass classification. "
                "Multilabel and multi-output classification are not supported."
            )
        self.le_ = LabelEncoder().fit(y)
        self.classes_ = self.le_.classes_
        return self._fit(X, self.le_.transform(y), fit_params)

    def predict(self, X: Any) -> np.ndarray:
        """The class with most votes; of several, the first.

        Parameters
        ----------
        X : what the classifiers take
        """
        check_is_fitted(self)
        if self.voting == "soft":
            return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
        votes, weights = self._all_predict(X), self._weights()
        counts = np.zeros((len(votes), len(self.classes_)))
        for k, column in enumerate(votes.T):
            counts[np.arange(len(votes)), column] += 1 if weights is None else weights[k]
        return self.classes_[np.argmax(counts, axis=1)]

    def _soft(self) -> bool:
        if self.voting == "hard":
            raise AttributeError(f"predict_proba is not available when voting={self.voting!r}")
        return True

    def _all_probabilities(self, X: Any) -> np.ndarray:
        return np.asarray([part.predict_proba(X) for part in self.estimators_])

    @available_if(_soft)
    def predict_proba(self, X: Any) -> np.ndarray:
        """The mean of the classifiers' probabilities.

        Parameters
        ----------
        X : what the classifiers take

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        check_is_fitted(self)
        return np.average(self._all_probabilities(X), axis=0, weights=self._weights())

    def transform(self, X: Any) -> np.ndarray:
        """What each classifier says: classes' numbers, or probabilities for soft votes.

        Parameters
        ----------
        X : what the classifiers take
        """
        check_is_fitted(self)
        if self.voting == "hard":
            return self._all_predict(X)
        tables = self._all_probabilities(X)
        return np.hstack(tables) if self.flatten_transform else tables

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of what `transform` gives.

        Parameters
        ----------
        input_features : the names of the features that come in

        Raises
        ------
        ValueError
            For soft votes that are no table.
        """
        check_names_in(self, input_features)
        soft = self.voting == "soft"
        if soft and not self.flatten_transform:
            raise ValueError(
                "get_feature_names_out is not supported when `voting='soft'` and "
                "`flatten_transform=False`"
            )
        ends = [str(i) for i in range(len(self.classes_))] if soft else [""]
        return np.asarray(
            [f"votingclassifier_{name}{end}" for name in self._names_of_parts() for end in ends],
            dtype=object,
        )


class VotingRegressor(RegressorMixin, _Voting):
    """Different regressors whose predictions are averaged.

    Parameters
    ----------
    estimators : a list of tuples of a name and a regressor; "drop" leaves one out
    weights : how much each counts
    n_jobs : how many to fit at once, as joblib counts
    verbose : whether to print how long each took
    """

    def __init__(
        self,
        estimators: list[tuple[str, Any]],
        *,
        weights: Any = None,
        n_jobs: int | None = None,
        verbose: bool = False,
    ) -> None:
        self.estimators = estimators
        self.weights = weights
        self.n_jobs = n_jobs
        self.verbose = verbose

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits all regressors.

        Parameters
        ----------
        X : what they take
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError, TypeError
            For parts that are no regressors.
        """
        self._check_parameters()
        self._require_target(y)
        return self._fit(X, column_or_1d(y, warn=True), fit_params)

    def predict(self, X: Any) -> np.ndarray:
        """The mean of the regressors' predictions.

        Parameters
        ----------
        X : what the regressors take
        """
        check_is_fitted(self)
        return np.average(self._all_predict(X), axis=1, weights=self._weights())

    def transform(self, X: Any) -> np.ndarray:
        """What each regressor predicts, a column for each.

        Parameters
        ----------
        X : what the regressors take
        """
        check_is_fitted(self)
        return self._all_predict(X)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of what `transform` gives.

        Parameters
        ----------
        input_features : the names of the features that come in
        """
        check_names_in(self, input_features)
        return np.asarray(
            [f"votingregressor_{name}" for name in self._names_of_parts()], dtype=object
        )
