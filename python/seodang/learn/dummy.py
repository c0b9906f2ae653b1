"""Predictions that do not look at the features: what every method should be better than."""

from __future__ import annotations

import numbers
import warnings
from typing import Any, ClassVar

import numpy as np

from ._meta import Checked
from ._sparse import is_sparse
from .base import ClassifierMixin, RegressorMixin
from .utils._parameters import ARRAY, RANDOM, Span, Words
from .utils.validation import (
    _num_samples,
    check_array,
    check_consistent_length,
    check_feature_names,
    check_is_fitted,
    check_random_state,
    check_sample_weight,
)

__all__ = ["DummyClassifier", "DummyRegressor"]


class _Dummy:
    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.no_validation = True
        tags.target_tags.multi_output = True
        return tags

    def _look(self, X: Any) -> None:
        """What is kept of samples: how many features they have, and their names."""
        check_feature_names(self, X, reset=True)
        shape = getattr(X, "shape", None)
        if shape is None and hasattr(X, "__len__") and len(X) and hasattr(X[0], "__len__"):
            shape = (len(X), len(X[0]))
        if shape is not None and len(shape) > 1:
            self.n_features_in_ = shape[1]

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The score of the predictions; X may be None.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or None
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        return super().score(np.zeros((len(y), 1)) if X is None else X, y, sample_weight)


class DummyClassifier(_Dummy, ClassifierMixin, Checked):
    """Classes without a look at the features.

    Parameters
    ----------
    strategy : "most_frequent" the greatest class; "prior" the same, with the classes' shares as
        probabilities; "stratified" at random by the shares; "uniform" at random; "constant" always one
    random_state : the seed
    constant : the class for "constant", one for each output
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "strategy": Words("most_frequent", "prior", "stratified", "uniform", "constant"),
        "random_state": RANDOM,
        "constant": (numbers.Real, str, ARRAY, None),
    }

    def __init__(
        self, *, strategy: str = "prior", random_state: Any = None, constant: Any = None
    ) -> None:
        self.strategy = strategy
        self.random_state = random_state
        self.constant = constant

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.poor_score = True
        tags.classifier_tags.multi_label = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Looks at the target.

        Parameters
        ----------
        X : samples
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), the classes
        sample_weight : array-like of shape (n_samples,), how much each sample counts

        Raises
        ------
        ValueError
            For a constant that is missing, or no class.
        """
        self._check_parameters()
        self._require_target(y)
        self._look(X)
        self.sparse_output_ = is_sparse(y)
        if self.sparse_output_ and self.strategy == "uniform":
            y = y.toarray()
            warnings.warn(
                "A local copy of the target data has been converted to a numpy array. Predicting on "
                "sparse target data with the uniform strategy would not save memory and would be "
                "slower.",
                UserWarning,
                stacklevel=2,
            )
            self.sparse_output_ = False
        y = np.atleast_1d(y.toarray() if is_sparse(y) else np.asarray(y))
        table = y.reshape(-1, 1) if y.ndim == 1 else y
        check_consistent_length(X, table)
        weights = check_sample_weight(sample_weight, X)
        self.n_outputs_ = table.shape[1]
        self._known, self._shares = [], []
        for column in table.T:
            classes, codes = np.unique(column, return_inverse=True)
            counts = np.bincount(codes, weights=weights)
            self._known.append(classes)
            self._shares.append(counts / counts.sum())
        self._constants = self._checked_constants() if self.strategy == "constant" else None
        one = self.n_outputs_ == 1
        sizes = [len(c) for c in self._known]
        self.classes_ = self._known[0] if one else self._known
        self.n_classes_ = sizes[0] if one else sizes
        self.class_prior_ = self._shares[0] if one else self._shares
        return self

    def _checked_constants(self) -> list[Any]:
        if self.constant is None:
            raise ValueError(
                "Constant target value has to be specified when the constant strategy is used."
            )
        constants = np.atleast_1d(self.constant).ravel()
        if len(constants) != self.n_outputs_:
            raise ValueError(f"Constant target value should have shape ({self.n_outputs_}, 1).")
        for classes, value in zip(self._known, constants, strict=True):
            if value not in classes:
                raise ValueError(
                    "The constant target value must be present in the training data. You provided "
                    f"constant={self.constant}. Possible values are: {classes.tolist()}."
                )
        return list(constants)

    def predict(self, X: Any) -> np.ndarray:
        """A class for each sample.

        Parameters
        ----------
        X : samples
        """
        check_is_fitted(self)
        n = _num_samples(X)
        rng = check_random_state(self.random_state)
        columns = []
        for k, classes in enumerate(self._known):
            if self.strategy == "uniform":
                columns.append(classes[rng.randint(len(classes), size=n)])
            elif self.strategy == "stratified":
                columns.append(classes[rng.multinomial(1, self._shares[k], size=n).argmax(axis=1)])
            else:
                value = classes[self._at(k)]
                columns.append(np.full(n, value, dtype=classes.dtype))
        if self.sparse_output_:
            from scipy.sparse import csc_matrix

            return csc_matrix(np.stack(columns, axis=1))
        return columns[0] if self.n_outputs_ == 1 else np.stack(columns, axis=1)

    def _at(self, k: int) -> int:
        """The number of the one class that an output has."""
        if self._constants is not None:
            return int(np.flatnonzero(self._known[k] == self._constants[k])[0])
        return int(self._shares[k].argmax())

    def predict_proba(self, X: Any) -> Any:
        """The probability of each class.

        Parameters
        ----------
        X : samples

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or a list of these for several outputs
        """
        check_is_fitted(self)
        n = _num_samples(X)
        rng = check_random_state(self.random_state)
        tables = []
        for k, (classes, shares) in enumerate(zip(self._known, self._shares, strict=True)):
            if self.strategy == "prior":
                table = np.ones((n, 1)) * shares
            elif self.strategy == "stratified":
                table = rng.multinomial(1, shares, size=n).astype(np.float64)
            elif self.strategy == "uniform":
                table = np.ones((n, len(classes))) / len(classes)
            else:
                table = np.zeros((n, len(classes)))
                table[:, self._at(k)] = 1.0
            tables.append(table)
        return tables[0] if self.n_outputs_ == 1 else tables

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithm of the probabilities.

        Parameters
        ----------
        X : samples
        """
        tables = self.predict_proba(X)
        with np.errstate(divide="ignore"):
            return [np.log(t) for t in tables] if isinstance(tables, list) else np.log(tables)


class DummyRegressor(_Dummy, RegressorMixin, Checked):
    """One value without a look at the features.

    Parameters
    ----------
    strategy : "mean", "median", "quantile" or "constant"
    constant : the value for "constant", one for each output
    quantile : the quantile for "quantile", from 0 to 1
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "strategy": Words("mean", "median", "quantile", "constant"),
        "quantile": (Span(numbers.Real, 0.0, 1.0, "both"), None),
        "constant": (Span(numbers.Real, None, None, "neither"), ARRAY, None),
    }

    def __init__(self, *, strategy: str = "mean", constant: Any = None, quantile: Any = None) -> None:
        self.strategy = strategy
        self.constant = constant
        self.quantile = quantile

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.regressor_tags.poor_score = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Looks at the target.

        Parameters
        ----------
        X : samples
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts

        Raises
        ------
        ValueError, TypeError
            For a constant or quantile that is missing.
        """
        self._check_parameters()
        self._require_target(y)
        self._look(X)
        y = check_array(y, ensure_2d=False, input_name="y")
        if len(y) == 0:
            raise ValueError("y must not be empty.")
        table = y.reshape(-1, 1) if y.ndim == 1 else y
        self.n_outputs_ = table.shape[1]
        check_consistent_length(X, table)
        weights = check_sample_weight(sample_weight, X)
        if self.strategy == "mean":
            value = np.average(table, axis=0, weights=weights)
        elif self.strategy == "median":
            value = _quantile(table, 0.5, weights)
        elif self.strategy == "quantile":
            if self.quantile is None:
                raise ValueError(
                    "When using `strategy='quantile', you have to specify the desired quantile in the "
                    "range [0, 1]."
                )
            value = _quantile(table, self.quantile, weights)
        else:
            if self.constant is None:
                raise TypeError(
                    "Constant target value has to be specified when the constant strategy is used."
                )
            value = check_array(self.constant, ensure_2d=False, ensure_min_samples=0)
            if self.n_outputs_ != 1 and value.size != self.n_outputs_:
                raise ValueError(f"Constant target value should have shape ({self.n_outputs_}, 1).")
        self.constant_ = np.reshape(value, (1, -1))
        return self

    def predict(self, X: Any, return_std: bool = False) -> Any:
        """The value for each sample.

        Parameters
        ----------
        X : samples
        return_std : whether the standard deviations, which are 0, are wanted too
        """
        check_is_fitted(self)
        shape = (_num_samples(X), self.n_outputs_)
        said = np.full(shape, self.constant_, dtype=self.constant_.dtype)
        std = np.zeros(shape)
        if self.n_outputs_ == 1:
            said, std = said[:, 0], std[:, 0]
        return (said, std) if return_std else said


def _quantile(table: np.ndarray, share: float, weights: np.ndarray | None) -> np.ndarray:
    if weights is None:
        return np.percentile(table, share * 100, axis=0)
    from .utils._percentile import weighted_percentile

    return weighted_percentile(table.astype(np.float64), weights, share * 100)
