"""Estimators of one output made into estimators of several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from ._indexing import parameters_of, stacked
from ._meta import (
    JOBS,
    SPLITS,
    Checked,
    Methods,
    Progress,
    available_if,
    part_has,
    tags_of,
    takes_weights,
)
from ._parallel import run
from ._sparse import is_sparse
from .base import ClassifierMixin, RegressorMixin, clone, is_classifier
from .utils._parameters import ARRAY, BOOLEAN, RANDOM, Words
from .utils.multiclass import check_classification_targets
from .utils.validation import _check_y, check_is_fitted, check_random_state, validate_data

__all__ = ["ClassifierChain", "MultiOutputClassifier", "MultiOutputRegressor", "RegressorChain"]


def _fit_one(estimator: Any, X: Any, y: np.ndarray, params: dict[str, Any]) -> Any:
    return clone(estimator).fit(X, y, **params)


def _partial_one(estimator: Any, X: Any, y: np.ndarray, params: dict, first: bool) -> Any:
    return (clone(estimator) if first else estimator).partial_fit(X, y, **params)


def _predict_one(estimator: Any, X: Any) -> np.ndarray:
    return estimator.predict(X)


class _MultiOutput(Checked):
    _constraints: ClassVar[dict[str, Any]] = {"estimator": Methods("fit", "predict"), "n_jobs": JOBS}

    def __init__(self, estimator: Any, *, n_jobs: int | None = None) -> None:
        self.estimator = estimator
        self.n_jobs = n_jobs

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        inner = tags_of(self.estimator)
        tags.input_tags.sparse = inner.input_tags.sparse
        tags.input_tags.allow_nan = inner.input_tags.allow_nan
        tags.target_tags.single_output = False
        tags.target_tags.multi_output = True
        return tags

    def _table(self, y: Any) -> np.ndarray:
        self._require_target(y)
        y = _check_y(y, True, False, self)
        if is_classifier(self):
            check_classification_targets(y)
        if y.ndim == 1:
            raise ValueError(
                "y must have at least two dimensions for multi-output regression but has only one."
            )
        return y.toarray() if is_sparse(y) else y

    def _params(self, weights: Any, more: dict[str, Any], X: Any) -> dict[str, Any]:
        if weights is None:
            return parameters_of(X, more)
        if not takes_weights(self.estimator):
            raise ValueError("Underlying estimator does not support sample weights.")
        return {**parameters_of(X, more), "sample_weight": weights}

    def _learn_features(self) -> None:
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(self.estimators_[0], name):
                setattr(self, name, getattr(self.estimators_[0], name))

    def fit(self, X: Any, y: Any, sample_weight: Any = None, **fit_params: Any):
        """Fits an estimator to each output.

        Parameters
        ----------
        X : what the estimators take
        y : array-like of shape (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For one output only, or weights that they do not take.
        """
        self._check_parameters()
        y = self._table(y)
        params = self._params(sample_weight, fit_params, X)
        self.estimators_ = run(
            _fit_one, ((self.estimator, X, column, params) for column in y.T), self.n_jobs
        )
        self._learn_features()
        return self

    @available_if(part_has("partial_fit", "estimators_", "estimator"))
    def partial_fit(
        self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None, **partial_fit_params: Any
    ):
        """Fits on to more samples.

        Parameters
        ----------
        X : what the estimators take
        y : array-like of shape (n_samples, n_outputs)
        classes : a list of the classes of each output, at the first call; for classifiers
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        **partial_fit_params : more arguments of their `partial_fit`
        """
        self._check_parameters()
        y = self._table(y)
        first = not hasattr(self, "estimators_")
        parts = [self.estimator] * y.shape[1] if first else self.estimators_
        params = self._params(sample_weight, partial_fit_params, X)

        def own(k: int) -> dict[str, Any]:
            return params if classes is None else {**params, "classes": classes[k]}

        self.estimators_ = run(
            _partial_one,
            ((part, X, y[:, k], own(k), first) for k, part in enumerate(parts)), self.n_jobs,
        )
        if first:
            self._learn_features()
        return self

    def predict(self, X: Any) -> np.ndarray:
        """What each estimator predicts, a column for each.

        Parameters
        ----------
        X : what the estimators take
        """
        check_is_fitted(self)
        return np.asarray(run(_predict_one, ((e, X) for e in self.estimators_), self.n_jobs)).T


class MultiOutputRegressor(RegressorMixin, _MultiOutput):
    """A regressor for each output.

    Parameters
    ----------
    estimator : the regressor of which copies are fitted
    n_jobs : how many at once, as joblib counts
    """

    @available_if(part_has("partial_fit", "estimators_", "estimator"))
    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None, **partial_fit_params: Any):
        """Fits on to more samples.

        Parameters
        ----------
        X : what the regressors take
        y : array-like of shape (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        **partial_fit_params : more arguments of their `partial_fit`
        """
        return super().partial_fit(X, y, None, sample_weight, **partial_fit_params)


def _all_have_probabilities(classifier: Any) -> bool:
    for part in getattr(classifier, "estimators_", [classifier.estimator]):
        getattr(part, "predict_proba")
    return True


class MultiOutputClassifier(ClassifierMixin, _MultiOutput):
    """A classifier for each output.

    Parameters
    ----------
    estimator : the classifier of which copies are fitted
    n_jobs : how many at once, as joblib counts
    """

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        # scikit-learn's checks give one column, which this does not take.
        tags._skip_test = True
        return tags

    def fit(self, X: Any, Y: Any, sample_weight: Any = None, **fit_params: Any):
        """Fits a classifier to each output.

        Parameters
        ----------
        X : what the classifiers take
        Y : array-like of shape (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For one output only, or weights that they do not take.
        """
        return super().fit(X, Y, sample_weight, **fit_params)

    @property
    def classes_(self) -> list[np.ndarray]:
        """The classes of each output."""
        if not hasattr(self, "estimators_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute 'classes_'")
        return [part.classes_ for part in self.estimators_]

    @available_if(_all_have_probabilities)
    def predict_proba(self, X: Any) -> list[np.ndarray]:
        """The probabilities of each output's classes.

        Parameters
        ----------
        X : what the classifiers take
        """
        check_is_fitted(self)
        return [part.predict_proba(X) for part in self.estimators_]

    def score(self, X: Any, y: Any) -> float:
        """The share of samples of which all outputs are right.

        Parameters
        ----------
        X : what the classifiers take
        y : array-like of shape (n_samples, n_outputs)

        Raises
        ------
        ValueError
            For another number of outputs.
        """
        check_is_fitted(self)
        y = np.asarray(y)
        n = len(self.estimators_)
        if y.ndim == 1:
            raise ValueError(
                "y must have at least two dimensions for multi target classification but has only one"
            )
        if y.shape[1] != n:
            raise ValueError(
                f"The number of outputs of Y for fit {n} and score {y.shape[1]} should be same"
            )
        return np.mean(np.all(y == self.predict(X), axis=1))


def _says(estimator: Any, X: Any, method: str) -> np.ndarray:
    """One column: for classifiers of two classes, what belongs to the second."""
    said = getattr(estimator, method)(X)
    if said.ndim == 2 and said.shape[1] > (2 if method.endswith("proba") else 1):
        raise ValueError(
            f"{method} of a chain has one number for each label, and an estimator gives "
            f"{said.shape[1]}: the labels of chains have two classes"
        )
    if said.ndim == 2 and method in ("predict_proba", "predict_log_proba"):
        return said[:, 1]
    return said


class _Chain(Checked):
    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": Methods("fit", "predict"),
        "order": (ARRAY, Words("random"), None),
        "cv": (SPLITS, Words("prefit")),
        "random_state": RANDOM,
        "verbose": BOOLEAN,
    }

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = tags_of(self.estimator).input_tags.sparse
        tags.target_tags.single_output = False
        tags.target_tags.multi_output = True
        return tags

    def _method(self) -> str:
        return "predict"

    def fit(self, X: Any, Y: Any, **fit_params: Any):
        """Fits an estimator to each output, in order, with the outputs before it as features.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        Y : array-like of shape (n_samples, n_outputs)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For an order that is none.
        """
        from .model_selection import cross_val_predict

        self._check_parameters()
        self._require_target(Y)
        X, Y = validate_data(self, X, Y, accept_sparse=["csr", "csc"], multi_output=True)
        Y = Y.toarray() if is_sparse(Y) else Y
        if Y.ndim == 1:
            raise ValueError(
                "y must have at least two dimensions for multi-output regression but has only one."
            )
        n = Y.shape[1]
        self.order_ = np.asarray(self._order(n))
        self.estimators_ = [clone(self.estimator) for _ in range(n)]
        method = self._method()
        before = Y[:, self.order_] if self.cv is None else np.zeros(Y.shape)
        for k, estimator in enumerate(self.estimators_):
            target = Y[:, self.order_[k]]
            features = stacked([X, before[:, :k]])
            note = f"({k + 1} of {n}) Processing order {self.order_[k]}"
            with Progress("Chain", note if self.verbose else None):
                estimator.fit(features, target, **fit_params)
            if self.cv is not None and k < n - 1:
                said = cross_val_predict(
                    self.estimator, features, y=target, cv=self.cv, method=method
                )
                before[:, k] = said[:, 1] if said.ndim > 1 else said
        return self

    def _order(self, n: int) -> list[int]:
        order = self.order
        if isinstance(order, str):
            return list(check_random_state(self.random_state).permutation(n))
        if order is None:
            return list(range(n))
        if sorted(order) != list(range(n)):
            raise ValueError("invalid order")
        return list(order)

    def _along(self, X: Any, method: str) -> np.ndarray:
        """What each estimator's method says, while each is told what those before it say."""
        check_is_fitted(self)
        X = validate_data(self, X, accept_sparse=["csr", "csc"], reset=False)
        chained = getattr(self, "chain_method_", "predict")
        shape = (X.shape[0], len(self.estimators_))
        before, out = np.zeros(shape), np.zeros(shape)
        for k, estimator in enumerate(self.estimators_):
            features = stacked([X, before[:, :k]])
            before[:, k] = _says(estimator, features, chained)
            out[:, k] = before[:, k] if method == chained else _says(estimator, features, method)
        back = np.empty_like(self.order_)
        back[self.order_] = np.arange(len(self.order_))
        return out[:, back]

    def predict(self, X: Any) -> np.ndarray:
        """What each estimator predicts, a column for each.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        return self._along(X, "predict")


class RegressorChain(RegressorMixin, _Chain):
    """A regressor for each output, with the outputs before it as features.

    Parameters
    ----------
    estimator : the regressor of which copies are fitted
    order : the order of the outputs, "random", or None for theirs
    cv : None learns from the true outputs; else from predictions by these folds
    random_state : the seed of a random order
    verbose : whether to print how long each took
    """

    def __init__(
        self,
        estimator: Any,
        *,
        order: Any = None,
        cv: Any = None,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.estimator = estimator
        self.order = order
        self.cv = cv
        self.random_state = random_state
        self.verbose = verbose


def _chain_has(name: str) -> Callable[[Any], bool]:
    return part_has(name, "estimators_", "estimator")


class ClassifierChain(ClassifierMixin, _Chain):
    """A classifier for each label, with the labels before it as features. Source: Read and others 2009.

    Parameters
    ----------
    estimator : the classifier of which copies are fitted
    order : the order of the labels, "random", or None for theirs
    cv : None learns from the true labels; else from predictions by these folds
    chain_method : what is told to those behind, "predict", "predict_proba", "predict_log_proba" or
        "decision_function", or a list of which the first counts that there is
    random_state : the seed of a random order
    verbose : whether to print how long each took
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **_Chain._constraints,
        "chain_method": (
            list, tuple, Words("predict", "predict_proba", "predict_log_proba", "decision_function"),
        ),
    }

    def __init__(
        self,
        estimator: Any,
        *,
        order: Any = None,
        cv: Any = None,
        chain_method: Any = "predict",
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.estimator = estimator
        self.order = order
        self.cv = cv
        self.chain_method = chain_method
        self.random_state = random_state
        self.verbose = verbose

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        # scikit-learn's checks give one column, which this does not take.
        tags._skip_test = True
        return tags

    def _method(self) -> str:
        from .utils._response import response_method

        self.chain_method_ = response_method(self.estimator, self.chain_method).__name__
        return self.chain_method_

    def fit(self, X: Any, Y: Any, **fit_params: Any):
        """Fits a classifier to each label, in order, with the labels before it as features.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        Y : array-like of shape (n_samples, n_labels)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For an order that is none.
        """
        super().fit(X, Y, **fit_params)
        self.classes_ = [part.classes_ for part in self.estimators_]
        return self

    @available_if(_chain_has("predict_proba"))
    def predict_proba(self, X: Any) -> np.ndarray:
        """The probability of each label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        return self._along(X, "predict_proba")

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the probability of each label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        return np.log(self.predict_proba(X))

    @available_if(_chain_has("decision_function"))
    def decision_function(self, X: Any) -> np.ndarray:
        """The decision function of each label.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        return self._along(X, "decision_function")
