"""Classifiers of two classes as parts of classifiers of more."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from .base import BaseEstimator, clone, is_classifier, is_regressor
from .utils.validation import _num_samples, check_is_fitted, validate_data


class Constant(BaseEstimator):
    """Says the one class that it has seen."""

    def fit(self, X: Any, y: Any):
        """Keeps the class, 0 or 1."""
        self.n_features_in_ = (X if hasattr(X, "shape") else np.asarray(X)).shape[1]
        self.y_ = int(np.asarray(y).flat[0])
        return self

    def _full(self, X: Any) -> np.ndarray:
        check_is_fitted(self)
        return np.full(_num_samples(X), self.y_)

    def predict(self, X: Any) -> np.ndarray:
        """The class."""
        return self._full(X)

    def decision_function(self, X: Any) -> np.ndarray:
        """The class."""
        return self._full(X)

    def predict_proba(self, X: Any) -> np.ndarray:
        """1 for the class."""
        one = self._full(X).astype(np.float64)
        return np.stack([1 - one, one], axis=1)


def fit_binary(estimator: Any, X: Any, y: np.ndarray, params: dict, names: Any = None) -> Any:
    """A copy of an estimator, fitted to zeros and ones; a constant if there is one of these only."""
    known = np.unique(y)
    if len(known) == 1:
        if names is not None:
            at = 0 if known[0] == 0 else 1
            warnings.warn(
                f"Label {names[at]} is present in all training examples.", UserWarning, stacklevel=2
            )
        return Constant().fit(X, known)
    return clone(estimator).fit(X, y, **params)


def says(estimator: Any, X: Any) -> np.ndarray:
    """How much for the second class: its decision function, else its probability."""
    if is_regressor(estimator):
        return estimator.predict(X)
    if hasattr(estimator, "decision_function"):
        return np.ravel(estimator.decision_function(X))
    return estimator.predict_proba(X)[:, 1]


def threshold(estimator: Any) -> float:
    """From where on what `says` gives is for the second class."""
    return 0.0 if hasattr(estimator, "decision_function") and is_classifier(estimator) else 0.5


def checked(estimator: Any, X: Any) -> Any:
    """Samples for the parts, of the right number of features."""
    check_is_fitted(estimator)
    return validate_data(
        estimator, X, accept_sparse=["csr", "csc"], dtype=None, ensure_all_finite=False, reset=False
    )
