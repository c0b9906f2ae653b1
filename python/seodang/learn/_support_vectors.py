"""What support vector machines have beside `fit` and `predict`."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from . import _sparse
from ._record import Probabilities, _for_rust
from .utils.validation import check_is_fitted


def _deprecated(name: str) -> property:
    def get(self):
        warnings.warn(
            f"Attribute `{name}` was deprecated in version 1.9 and will be removed in 1.11 as the "
            "`probability=True` option for SVC and NuSVC was deprecated and will be removed in 1.11.",
            FutureWarning,
            stacklevel=2,
        )
        try:
            return vars(self)["_" + name.rstrip("_")]
        except KeyError:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}") from None

    def keep(self, value):
        vars(self)["_" + name.rstrip("_")] = value

    return property(get, keep, doc="A parameter of the sigmoids that give probabilities.")


class SupportVectors:
    """What machines with kernels have."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        given = isinstance(self.kernel, str) and self.kernel == "precomputed"
        tags.input_tags.pairwise = given
        tags.input_tags.sparse = not given
        return tags

    def _checked(self, X: Any, *, reset: bool) -> Any:
        if _sparse.is_sparse(X) and isinstance(self.kernel, str) and self.kernel == "precomputed":
            raise TypeError("Sparse precomputed kernels are not supported.")
        return super()._checked(X, reset=reset)

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        self.shape_fit_ = tuple(int(n) for n in self.shape_fit_)
        given = learned.attributes()
        if given["support_vectors_"] is None:
            # Of sparse samples, what comes of them is sparse.
            parts = (*learned.call("support_vectors"), self.shape_fit_[1])
            self.support_vectors_ = _sparse.matrix(parts)
            self.dual_coef_ = _sparse.by_rows(self.dual_coef_)
            if given["coef_"] is not None:
                self.coef_ = _sparse.by_rows(self.coef_)

    def __getattr__(self, name: str) -> Any:
        if name == "coef_" and self.kernel != "linear":
            raise AttributeError("coef_ is only available when using a linear kernel")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class _Wanted:
    """A method that is there only where probabilities were asked for."""

    def __init__(self, method: Any) -> None:
        self.method, self.__doc__ = method, method.__doc__

    def __get__(self, estimator: Any, owner: Any = None) -> Any:
        if estimator is not None and estimator.probability in (False, "deprecated"):
            raise AttributeError(
                f"This {type(estimator).__name__!r} has no attribute {self.method.__name__!r}"
            ) from AttributeError("predict_proba is not available when probability=False")
        return self.method if estimator is None else self.method.__get__(estimator, owner)


class Votes:
    """What machines between each two classes can, with parameters that count after `fit` too, and
    probabilities if they were asked for with `probability=True`."""

    probA_ = _deprecated("probA_")
    probB_ = _deprecated("probB_")

    predict_proba = _Wanted(Probabilities.predict_proba)
    predict_log_proba = _Wanted(Probabilities.predict_log_proba)

    def _vote(self, method: str, X: Any) -> np.ndarray:
        check_is_fitted(self)
        X = self._checked(X, reset=False)
        arguments = [self.decision_function_shape, self.break_ties]
        return self._learned.call(method, _for_rust(X), arguments)

    def predict(self, X: Any) -> np.ndarray:
        """The class of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)

        Raises
        ------
        ValueError
            If equal votes are to be broken and `decision_function_shape` is 'ovo'.
        """
        codes = self._vote("predict", X)
        return self.classes_[codes]

    def decision_function(self, X: Any) -> np.ndarray:
        """How far on which side each sample lies.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes), or a column for each
        two classes if `decision_function_shape` is 'ovo'
        """
        return self._vote("decision_function", X)

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        for name in ("_probA", "_probB"):
            if name not in vars(self):
                setattr(self, name, np.empty(0))
