"""Classifiers of several classes, made of classifiers of two."""

from __future__ import annotations

import numbers
from itertools import combinations
from typing import Any, ClassVar

import numpy as np

from ._binary import checked, fit_binary, says, threshold
from ._indexing import parameters_of
from ._meta import (
    JOBS,
    VERBOSE,
    Checked,
    Methods,
    available_if,
    is_pairwise,
    part_has,
    part_of_samples,
    tags_of,
)
from ._parallel import run
from ._sparse import is_sparse
from .base import ClassifierMixin, clone
from .preprocessing import LabelBinarizer
from .utils._parameters import ESTIMATOR, RANDOM, Span
from .utils.multiclass import check_classification_targets, type_of_target
from .utils.validation import (
    _num_samples,
    check_consistent_length,
    check_is_fitted,
    check_random_state,
    column_or_1d,
    validate_data,
)

__all__ = ["OneVsOneClassifier", "OneVsRestClassifier", "OutputCodeClassifier"]


class _OfBinary(ClassifierMixin, Checked):
    def __sklearn_tags__(self) -> Any:
        tags, inner = super().__sklearn_tags__(), tags_of(self.estimator)
        tags.input_tags.pairwise = inner.input_tags.pairwise
        tags.input_tags.sparse = inner.input_tags.sparse
        return tags

    def _data(self, X: Any, y: Any) -> tuple[Any, Any]:
        self._require_target(y)
        X, y = validate_data(
            self, X, y, accept_sparse=["csr", "csc"], dtype=None, ensure_all_finite=False
        )
        check_classification_targets(y)
        return X, y

    @property
    def n_classes_(self) -> int:
        """How many classes there are."""
        return len(self.classes_)


class OneVsRestClassifier(_OfBinary):
    """A classifier for each class against all others; for several labels, one for each.

    Parameters
    ----------
    estimator : the classifier, or a regressor, of which copies are fitted
    n_jobs : how many at once, as joblib counts
    verbose : how much joblib tells
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": ESTIMATOR, "n_jobs": JOBS, "verbose": VERBOSE
    }

    def __init__(self, estimator: Any, *, n_jobs: int | None = None, verbose: int = 0) -> None:
        self.estimator = estimator
        self.n_jobs = n_jobs
        self.verbose = verbose

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags

    @property
    def multilabel_(self) -> bool:
        """Whether samples have several labels."""
        return self._multilabel

    def _columns(self, y: Any) -> np.ndarray:
        """A column of zeros and ones for each classifier."""
        if self.multilabel_:
            return (y.toarray() if is_sparse(y) else np.asarray(y)).astype(int)
        table = (np.asarray(y)[:, None] == self.classes_).astype(int)
        return table[:, 1:] if len(self.classes_) == 2 else table

    def _learn_classes(self, y: Any) -> None:
        check_classification_targets(y)
        self._multilabel = type_of_target(y).startswith("multilabel")
        self._sparse = is_sparse(y)
        self.label_binarizer_ = LabelBinarizer(sparse_output=True).fit(y)
        self.classes_ = np.arange(y.shape[1]) if self.multilabel_ else np.unique(np.asarray(y))

    def _learn_features(self) -> None:
        first = self.estimators_[0]
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(first, name):
                setattr(self, name, getattr(first, name))

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits a classifier for each class.

        Parameters
        ----------
        X : what the classifiers take
        y : array-like of shape (n_samples,), or zeros and ones of shape (n_samples, n_labels)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For a target without classes.
        """
        self._check_parameters()
        self._require_target(y)
        if _num_samples(X) == 0:
            raise ValueError(
                f"Found array with 0 sample(s) while a minimum of 1 is required by {type(self).__name__}."
            )
        check_consistent_length(X, y)
        if not is_sparse(y):
            y = np.asarray(y)
            y = column_or_1d(y, warn=True) if y.ndim == 2 and y.shape[1] == 1 else y
        self._learn_classes(y)
        table = self._columns(y)
        names = [
            (f"not {self.classes_[k]}", self.classes_[k]) for k in range(len(self.classes_))
        ][-table.shape[1]:]
        self.estimators_ = run(
            fit_binary,
            ((self.estimator, X, column, fit_params, name)
             for column, name in zip(table.T, names, strict=True)),
            self.n_jobs, verbose=int(self.verbose),
        )
        self._learn_features()
        return self

    @available_if(part_has("partial_fit", "estimators_", "estimator"))
    def partial_fit(self, X: Any, y: Any, classes: Any = None, **partial_fit_params: Any):
        """Fits on to more samples.

        Parameters
        ----------
        X : what the classifiers take
        y : array-like of shape (n_samples,)
        classes : all classes there are, at the first call
        **partial_fit_params : more arguments of their `partial_fit`

        Raises
        ------
        ValueError
            For classes that were not said.
        """
        self._check_parameters()
        y = y if is_sparse(y) else np.asarray(y)
        if classes is not None and not hasattr(self, "estimators_"):
            self._learn_classes(np.asarray(classes))
            count = 1 if len(self.classes_) == 2 else len(self.classes_)
            self.estimators_ = [clone(self.estimator) for _ in range(count)]
        if len(np.setdiff1d(y, self.classes_)):
            raise ValueError(
                f"Mini-batch contains {np.unique(y)} while classes must be subset of {self.classes_}"
            )
        self.estimators_ = run(
            _partial, ((e, X, column, partial_fit_params)
                       for e, column in zip(self.estimators_, self._columns(y).T, strict=True)),
            self.n_jobs,
        )
        self._learn_features()
        return self

    def predict(self, X: Any) -> Any:
        """The class whose classifier says most, or all labels whose classifier says yes.

        Parameters
        ----------
        X : what the classifiers take
        """
        check_is_fitted(self)
        least = threshold(self.estimators_[0])
        if self.multilabel_:
            table = np.stack([says(e, X) > least for e in self.estimators_], axis=1).astype(int)
            if not self._sparse:
                return table
            from scipy.sparse import csr_matrix

            return csr_matrix(table)
        if len(self.classes_) == 1:
            return np.repeat(self.classes_, _num_samples(X))
        if len(self.estimators_) == 1:
            return self.classes_[(says(self.estimators_[0], X) > least).astype(int)]
        table = np.stack([says(e, X) for e in self.estimators_], axis=1)
        return self.classes_[np.argmax(table, axis=1)]

    @available_if(part_has("predict_proba", "estimators_", "estimator"))
    def predict_proba(self, X: Any) -> np.ndarray:
        """The classifiers' probabilities, made to add up to 1 unless there are several labels.

        Parameters
        ----------
        X : what the classifiers take

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        check_is_fitted(self)
        table = np.array([e.predict_proba(X)[:, 1] for e in self.estimators_]).T
        if len(self.estimators_) == 1 and len(self.classes_) == 2:
            return np.concatenate([1 - table, table], axis=1)
        if not self.multilabel_:
            sums = table.sum(axis=1, keepdims=True)
            np.divide(table, sums, out=table, where=sums != 0)
        return table

    @available_if(part_has("decision_function", "estimators_", "estimator"))
    def decision_function(self, X: Any) -> np.ndarray:
        """The classifiers' decision functions.

        Parameters
        ----------
        X : what the classifiers take

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        check_is_fitted(self)
        if len(self.estimators_) == 1:
            return self.estimators_[0].decision_function(X)
        return np.array([np.ravel(e.decision_function(X)) for e in self.estimators_]).T


def _partial(estimator: Any, X: Any, y: np.ndarray, params: dict) -> Any:
    return estimator.partial_fit(X, y, classes=np.array((0, 1)), **params)


class OneVsOneClassifier(_OfBinary):
    """A classifier for each two classes; the class that wins most often.

    Parameters
    ----------
    estimator : the classifier, or a regressor, of which copies are fitted
    n_jobs : how many at once, as joblib counts
    """

    _constraints: ClassVar[dict[str, Any]] = {"estimator": ESTIMATOR, "n_jobs": JOBS}

    def __init__(self, estimator: Any, *, n_jobs: int | None = None) -> None:
        self.estimator = estimator
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits a classifier for each two classes.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For a target of one class.
        """
        self._check_parameters()
        X, y = self._data(X, y)
        self.classes_ = np.unique(y)
        if len(self.classes_) == 1:
            raise ValueError("OneVsOneClassifier can not be fit when only one class is present.")
        found = run(
            self._fit_pair, ((X, y, a, b, fit_params) for a, b in combinations(self.classes_, 2)),
            self.n_jobs,
        )
        self.estimators_ = tuple(estimator for estimator, _ in found)
        self.pairwise_indices_ = [i for _, i in found] if is_pairwise(self.estimator) else None
        return self

    def _fit_pair(self, X: Any, y: Any, a: Any, b: Any, params: dict) -> tuple[Any, np.ndarray]:
        of_pair = np.flatnonzero((y == a) | (y == b))
        target = (y[of_pair] == b).astype(int)
        part, _ = part_of_samples(self.estimator, X, None, of_pair)
        return fit_binary(self.estimator, part, target, parameters_of(X, params, of_pair)), of_pair

    @available_if(part_has("partial_fit", "estimators_", "estimator"))
    def partial_fit(self, X: Any, y: Any, classes: Any = None, **partial_fit_params: Any):
        """Fits on to more samples.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        classes : all classes there are, at the first call
        **partial_fit_params : more arguments of their `partial_fit`

        Raises
        ------
        ValueError
            For classes that were not said.
        """
        self._check_parameters()
        first = not hasattr(self, "estimators_")
        if first:
            self.classes_ = np.unique(np.asarray(y if classes is None else classes))
            pairs = len(self.classes_) * (len(self.classes_) - 1) // 2
            self.estimators_ = [clone(self.estimator) for _ in range(pairs)]
            self.pairwise_indices_ = None
        if len(np.setdiff1d(y, self.classes_)):
            raise ValueError(
                f"Mini-batch contains {np.unique(y)} while it must be subset of {self.classes_}"
            )
        X, y = validate_data(
            self, X, y, accept_sparse=["csr", "csc"], dtype=None, ensure_all_finite=False,
            reset=first,
        )
        for estimator, (a, b) in zip(self.estimators_, combinations(self.classes_, 2), strict=True):
            of_pair = np.flatnonzero((y == a) | (y == b))
            if len(of_pair):
                target = (y[of_pair] == b).astype(int)
                _partial(estimator, X[of_pair], target, partial_fit_params)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The class that wins most often; of equal ones, by the greatest confidence.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        table = self.decision_function(X)
        if self.n_classes_ == 2:
            return self.classes_[(table > threshold(self.estimators_[0])).astype(int)]
        return self.classes_[table.argmax(axis=1)]

    def decision_function(self, X: Any) -> np.ndarray:
        """How often each class wins, with its confidence in thirds behind the comma.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        X = checked(self, X)
        wins = np.zeros((X.shape[0], self.n_classes_))
        confidence = np.zeros_like(wins)
        pairs = combinations(range(self.n_classes_), 2)
        for k, ((a, b), estimator) in enumerate(zip(pairs, self.estimators_, strict=True)):
            part = X if self.pairwise_indices_ is None else X[:, self.pairwise_indices_[k]]
            said = estimator.predict(part)
            # What a regressor says is no vote.
            wins[said == 0, a] += 1
            wins[said == 1, b] += 1
            sure = says(estimator, part)
            confidence[:, a] -= sure
            confidence[:, b] += sure
        # Never so much that it outweighs a win.
        table = wins + confidence / (3 * (np.abs(confidence) + 1))
        return table[:, 1] if self.n_classes_ == 2 else table


class OutputCodeClassifier(_OfBinary):
    """Each class has a random code of zeros and ones; a classifier for each place of the codes. Source:
    Dietterich and Bakiri 1995; James and Hastie 1998.

    Parameters
    ----------
    estimator : the classifier of which copies are fitted
    code_size : how long codes are, as a multiple of the number of classes
    random_state : the seed of the codes; it gives scikit-learn's
    n_jobs : how many at once, as joblib counts
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": (Methods("fit", "decision_function"), Methods("fit", "predict_proba")),
        "code_size": Span(numbers.Real, 0.0, None, "neither"),
        "random_state": RANDOM,
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        estimator: Any,
        *,
        code_size: float = 1.5,
        random_state: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.estimator = estimator
        self.code_size = code_size
        self.random_state = random_state
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Draws the codes, and fits a classifier for each place.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError
            For a target without classes.
        """
        self._check_parameters()
        X, y = self._data(X, y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        if len(self.classes_) == 0:
            raise ValueError("OutputCodeClassifier can not be fit when no class is present.")
        shape = (len(self.classes_), int(len(self.classes_) * self.code_size))
        ones = check_random_state(self.random_state).uniform(size=shape) > 0.5
        zero = -1.0 if hasattr(self.estimator, "decision_function") else 0.0
        self.code_book_ = np.where(ones, 1.0, zero)
        self.estimators_ = run(
            fit_binary,
            ((self.estimator, X, column[codes], fit_params) for column in ones.astype(int).T),
            self.n_jobs,
        )
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(self.estimators_[0], name):
                setattr(self, name, getattr(self.estimators_[0], name))
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The class with the nearest code.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        X = checked(self, X)
        said = np.stack([says(e, X) for e in self.estimators_], axis=1).astype(np.float64)
        far = ((said[:, None, :] - self.code_book_[None]) ** 2).sum(axis=2)
        return self.classes_[far.argmin(axis=1)]
