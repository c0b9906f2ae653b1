"""Multilayer perceptrons: what they print, and labels that can come together."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..utils.multiclass import type_of_target
from ..utils.validation import check_array
from . import _generated as generated

__all__ = ["MLPClassifier", "MLPRegressor"]


# What comes instead of the number of a pass.
_SCORE, _NO_GAIN = -1, -2


# What goes on with learning needs, and nobody else.
_INNER = (
    "activation_", "first_", "flat_", "rate_", "second_", "several_", "sizes_", "steps_", "values_",
    "without_gain_",
)


class _Reporting:
    def _fit(self, X: Any, y: Any, *args: Any, **given: Any):
        if self.verbose:
            given["report"] = self._report
        return super()._fit(X, y, *args, **given)

    def _report(self, number: np.ndarray, value: np.ndarray) -> np.ndarray:
        """Prints the loss of a pass, the score of the samples that are held back, or what follows from
        passes without gain: the next learning rate (0 is too small), or (not a number) the end."""
        number, value = int(number), float(value)
        if number == _SCORE:
            print(f"Validation score: {value:f}")
        elif number == _NO_GAIN:
            what = "Validation score" if self.early_stopping else "Training loss"
            then = "Stopping." if value != value else f"Setting learning rate to {value:f}"
            if value == 0:
                then = "Learning rate too small. Stopping."
            print(f"{what} did not improve more than tol={self.tol:f} for {self.n_iter_no_change} "
                  f"consecutive epochs. {then}")
        else:
            print(f"Iteration {number}, loss = {value:.8f}")
        return np.zeros(())

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        for name in _INNER:
            vars(self).pop(name, None)
        self.loss_ = float(self.loss_)
        if hasattr(self, "loss_curve_"):
            self.loss_curve_ = [float(loss) for loss in self.loss_curve_]
        # Without early stopping there are none.
        for name in ("validation_scores_", "best_validation_score_"):
            vars(self).setdefault(name, None)


class MLPRegressor(_Reporting, generated.MLPRegressor):
    __doc__ = generated.MLPRegressor.__doc__


class MLPClassifier(_Reporting, generated.MLPClassifier):
    __doc__ = generated.MLPClassifier.__doc__

    # Whether labels can come together: `y` has a column of zeros and ones for each.
    _together = False

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags

    def _target(self, y: Any) -> Any:
        self._together = False
        if getattr(y, "ndim", 1) != 1 or not hasattr(y, "ndim"):
            self._together = type_of_target(y) == "multilabel-indicator"
        return self._columns(y) if self._together else super()._target(y)

    def _batch_target(self, y: Any, classes: Any) -> Any:
        if type_of_target(y) == "multilabel-indicator":
            self._together = True
            return self._columns(y)
        return super()._batch_target(y, classes)

    def _columns(self, y: Any) -> Any:
        y = check_array(y, accept_sparse="csr", dtype=None, estimator=self, input_name="y")
        y = y.toarray() if hasattr(y, "toarray") else y
        self.classes_ = np.arange(y.shape[1])
        self._classes = [np.array([0, 1])] * y.shape[1]
        return [(np.ascontiguousarray(c, dtype=np.int64), k) for c, k in zip(y.T, self._classes)]

    def _restore(self, learned: Any) -> None:
        super()._restore(learned)
        self._together = len(self._classes) > 1
        if self._together:
            self.classes_ = np.arange(len(self._classes))

    def predict(self, X: Any) -> np.ndarray:
        """The class of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,), or (n_samples, n_labels) of zeros and ones
        """
        if not self._together:
            return super().predict(X)
        return np.stack(self._ask("predict_codes", X), axis=1)

    def predict_proba(self, X: Any) -> np.ndarray:
        """The probability of each class, in the order of `classes_`.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        if not self._together:
            return super().predict_proba(X)
        return np.stack([table[:, 1] for table in self._ask("predict_proba", X)], axis=1)
