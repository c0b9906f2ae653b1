"""AdaBoost: each estimator looks most at the samples that those before it got wrong.

Source: Freund and Schapire 1997; Zhu and others 2009 (SAMME); Drucker 1997 (AdaBoost.R2).
"""

from __future__ import annotations

import numbers
import warnings
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from .._meta import Methods, tags_of, takes_weights
from ..base import ClassifierMixin, RegressorMixin, is_regressor
from ..utils._parameters import RANDOM, Span, Words
from ..utils.multiclass import check_classification_targets
from ..utils.validation import (
    check_is_fitted,
    check_random_state,
    check_sample_weight,
    validate_data,
)
from ._base import BaseEnsemble

_FORMATS = ["csr", "csc"]


class Boosting(BaseEnsemble):
    """An ensemble that grows by what it still gets wrong."""

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": (Methods("fit", "predict"), None),
        "n_estimators": Span(numbers.Integral, 1, None),
        "learning_rate": Span(numbers.Real, 0, None, "neither"),
        "random_state": RANDOM,
    }

    def _default(self) -> Any:
        """What is boosted where nothing is given."""
        raise NotImplementedError

    def _given(self) -> Any:
        return self._default() if self.estimator is None else self.estimator

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        try:
            tags.input_tags.sparse = tags_of(self._given()).input_tags.sparse
        except ImportError:
            # The default is not there.
            pass
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Fits one estimator after the other.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts at first

        Raises
        ------
        ValueError
            For parameters or data that cannot be, or an estimator no better than chance.
        """
        self._check_parameters()
        self._require_target(y)
        X, y = validate_data(
            self, X, y, accept_sparse=_FORMATS, dtype=None, y_numeric=is_regressor(self)
        )
        given = check_sample_weight(sample_weight, X)
        weights = np.ones(X.shape[0]) if given is None else given.copy()
        if (weights < 0).any():
            raise ValueError("Negative values in data passed to `sample_weight`.")
        weights /= weights.sum()
        self._begin(y)
        self.estimator_ = self._given()
        self.estimators_: list[Any] = []
        self.estimator_weights_ = np.zeros(self.n_estimators)
        self.estimator_errors_ = np.ones(self.n_estimators)
        rng = check_random_state(self.random_state)
        out = weights == 0
        for k in range(self.n_estimators):
            weights = np.maximum(weights, np.finfo(weights.dtype).eps)
            weights[out] = 0
            step = self._step(k, X, y, weights, rng)
            if step is None:
                break
            weights, self.estimator_weights_[k], self.estimator_errors_[k] = step
            if self.estimator_errors_[k] == 0:
                break
            total = weights.sum()
            if not np.isfinite(total):
                warnings.warn(
                    f"Sample weights have reached infinite values, at iteration {k}, causing "
                    "overflow. Iterations stopped. Try lowering the learning rate.",
                    stacklevel=2,
                )
                break
            if total <= 0:
                break
            if k < self.n_estimators - 1:
                weights /= total
        return self

    def _begin(self, y: np.ndarray) -> None:
        """What a subclass does with the target before."""

    def _step(
        self, k: int, X: Any, y: np.ndarray, weights: np.ndarray, rng: np.random.RandomState
    ) -> tuple[np.ndarray, float, float] | None:
        """Fits the next: new weights of samples, its weight and its error; None ends."""
        raise NotImplementedError

    def _checked(self, X: Any) -> Any:
        check_is_fitted(self)
        return validate_data(self, X, accept_sparse=_FORMATS, dtype=None, reset=False)

    def staged_score(self, X: Any, y: Any, sample_weight: Any = None) -> Iterator[float]:
        """The score after each estimator.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        from ..metrics import accuracy_score, r2_score

        score = r2_score if is_regressor(self) else accuracy_score
        for said in self.staged_predict(X):
            yield score(y, said, sample_weight=sample_weight)

    @property
    def feature_importances_(self) -> np.ndarray:
        """The mean of the estimators' importances of features, each by its weight.

        Raises
        ------
        AttributeError
            If the estimators have none.
        """
        if not getattr(self, "estimators_", None):
            raise ValueError("Estimator not fitted, call `fit` before `feature_importances_`.")
        try:
            pairs = zip(self.estimator_weights_, self.estimators_, strict=False)
            return sum(w * e.feature_importances_ for w, e in pairs) / self.estimator_weights_.sum()
        except AttributeError as error:
            raise AttributeError(
                "Unable to compute feature importances since estimator does not have a "
                "feature_importances_ attribute"
            ) from error


class AdaBoostClassifier(ClassifierMixin, Boosting):
    """Classifiers one after the other, each on the samples that were wrong (SAMME).

    Parameters
    ----------
    estimator : what is boosted; None is a decision tree of depth 1
    n_estimators : how many at most
    learning_rate : how much each changes the weights
    random_state : the seed
    """

    def __init__(
        self,
        estimator: Any = None,
        *,
        n_estimators: int = 50,
        learning_rate: float = 1.0,
        random_state: Any = None,
    ) -> None:
        self.estimator = estimator
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.random_state = random_state

    def _default(self) -> Any:
        from ..tree import DecisionTreeClassifier

        return DecisionTreeClassifier(max_depth=1)

    def _begin(self, y: np.ndarray) -> None:
        check_classification_targets(y)
        if not takes_weights(self._given()):
            raise ValueError(f"{type(self._given()).__name__} doesn't support sample_weight.")

    def _step(
        self, k: int, X: Any, y: np.ndarray, weights: np.ndarray, rng: np.random.RandomState
    ) -> tuple[np.ndarray, float, float] | None:
        estimator = self._make_estimator(random_state=rng)
        estimator.fit(X, y, sample_weight=weights)
        if k == 0:
            self.classes_ = estimator.classes_
            self.n_classes_ = len(self.classes_)
        wrong = estimator.predict(X) != y
        error = float(np.average(wrong, weights=weights))
        if error <= 0:
            return weights, 1.0, 0.0
        if error >= 1.0 - 1.0 / self.n_classes_:
            self.estimators_.pop()
            if not self.estimators_:
                raise ValueError(
                    "BaseClassifier in AdaBoostClassifier ensemble is worse than random, ensemble "
                    "can not be fit."
                )
            return None
        share = self.learning_rate * (np.log((1.0 - error) / error) + np.log(self.n_classes_ - 1.0))
        if k != self.n_estimators - 1:
            with np.errstate(divide="ignore"):
                weights = np.exp(np.log(weights) + share * wrong * (weights > 0))
        return weights, share, error

    def _votes(self, estimator: Any, X: Any, weight: float) -> np.ndarray:
        said = estimator.predict(X)[:, None] == self.classes_
        return np.where(said, weight, -1.0 / (self.n_classes_ - 1) * weight)

    def _decisions(self, sums: np.ndarray, total: float) -> np.ndarray:
        table = sums / total
        return table[:, 1] - table[:, 0] if self.n_classes_ == 2 else table

    def _classes_of(self, decisions: np.ndarray) -> np.ndarray:
        if self.n_classes_ <= 2:
            return self.classes_.take(decisions > 0, axis=0)
        return self.classes_.take(np.argmax(decisions, axis=1), axis=0)

    def _probabilities(self, decisions: np.ndarray) -> np.ndarray:
        if self.n_classes_ == 1:
            return np.ones((len(decisions), 1))
        if self.n_classes_ == 2:
            table = np.stack([-decisions, decisions], axis=1) / 2
        else:
            table = decisions / (self.n_classes_ - 1)
        table = np.exp(table - table.max(axis=1, keepdims=True))
        return table / table.sum(axis=1, keepdims=True)

    def predict(self, X: Any) -> np.ndarray:
        """The class with most votes, each by its weight.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        return self._classes_of(self.decision_function(X))

    def staged_predict(self, X: Any) -> Iterator[np.ndarray]:
        """What `predict` would say after each estimator."""
        for decisions in self.staged_decision_function(X):
            yield self._classes_of(decisions)

    def decision_function(self, X: Any) -> np.ndarray:
        """The votes for each class, each by its weight.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        X = self._checked(X)
        if self.n_classes_ == 1:
            return np.zeros(X.shape[0])
        pairs = zip(self.estimators_, self.estimator_weights_, strict=False)
        sums = sum(self._votes(e, X, w) for e, w in pairs)
        return self._decisions(sums, self.estimator_weights_.sum())

    def staged_decision_function(self, X: Any) -> Iterator[np.ndarray]:
        """The votes after each estimator."""
        X = self._checked(X)
        sums, total = 0.0, 0.0
        for estimator, weight in zip(self.estimators_, self.estimator_weights_, strict=False):
            sums, total = sums + self._votes(estimator, X, weight), total + weight
            yield self._decisions(sums, total)

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probabilities made of the votes.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        return self._probabilities(self.decision_function(X))

    def staged_predict_proba(self, X: Any) -> Iterator[np.ndarray]:
        """The probabilities after each estimator."""
        for decisions in self.staged_decision_function(X):
            yield self._probabilities(decisions)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the probabilities.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        return np.log(self.predict_proba(X))


class AdaBoostRegressor(RegressorMixin, Boosting):
    """Regressors one after the other, each on the samples that were most wrong (AdaBoost.R2).

    Parameters
    ----------
    estimator : what is boosted; None is a decision tree of depth 3
    n_estimators : how many at most
    learning_rate : how much each changes the weights
    loss : how much an error counts: "linear", "square" or "exponential"
    random_state : the seed
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **Boosting._constraints, "loss": Words("linear", "square", "exponential")
    }

    def __init__(
        self,
        estimator: Any = None,
        *,
        n_estimators: int = 50,
        learning_rate: float = 1.0,
        loss: str = "linear",
        random_state: Any = None,
    ) -> None:
        self.estimator = estimator
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.loss = loss
        self.random_state = random_state

    def _default(self) -> Any:
        from ..tree import DecisionTreeRegressor

        return DecisionTreeRegressor(max_depth=3)

    def _step(
        self, k: int, X: Any, y: np.ndarray, weights: np.ndarray, rng: np.random.RandomState
    ) -> tuple[np.ndarray, float, float] | None:
        estimator = self._make_estimator(random_state=rng)
        # Weights are chances to be drawn, so that the estimator need not know them.
        drawn = rng.choice(np.arange(X.shape[0]), size=X.shape[0], replace=True, p=weights)
        estimator.fit(X[drawn], y[drawn])
        count = weights > 0
        errors = np.abs(estimator.predict(X) - y)[count]
        most = errors.max()
        if most != 0:
            errors = errors / most
        if self.loss == "square":
            errors = errors**2
        elif self.loss == "exponential":
            errors = 1.0 - np.exp(-errors)
        error = float((weights[count] * errors).sum())
        if error <= 0:
            return weights, 1.0, 0.0
        if error >= 0.5:
            if len(self.estimators_) > 1:
                self.estimators_.pop()
            return None
        beta = error / (1.0 - error)
        if k != self.n_estimators - 1:
            weights[count] *= np.power(beta, (1.0 - errors) * self.learning_rate)
        return weights, self.learning_rate * np.log(1.0 / beta), error

    def _median(self, X: Any, count: int) -> np.ndarray:
        """The median of the first predictions, each by its weight."""
        said = np.array([e.predict(X) for e in self.estimators_[:count]]).T
        order = np.argsort(said, axis=1)
        sums = np.cumsum(self.estimator_weights_[order], axis=1)
        middle = np.argmax(sums >= 0.5 * sums[:, -1:], axis=1)
        each = np.arange(X.shape[0])
        return said[each, order[each, middle]]

    def predict(self, X: Any) -> np.ndarray:
        """The median of the regressors' predictions, each by its weight.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        X = self._checked(X)
        return self._median(X, len(self.estimators_))

    def staged_predict(self, X: Any) -> Iterator[np.ndarray]:
        """What `predict` would say after each regressor."""
        X = self._checked(X)
        for count in range(1, len(self.estimators_) + 1):
            yield self._median(X, count)
