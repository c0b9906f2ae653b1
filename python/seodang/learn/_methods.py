"""What only some estimators can: a class for each method that a record names."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._sparse import is_sparse
from ._record import Decisions, Probabilities, _for_rust
from .utils.validation import check_is_fitted

__all__ = ["Batches", "ClassBatches", "Decisions", "Neighbors", "Probabilities", "Sparsify"]


class Batches:
    """What estimators that learn by batches can."""

    def partial_fit(self, X: Any, y: Any = None, sample_weight: Any = None):
        """Learns from a batch of samples, after those that it has learned from.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), or None for what needs none
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y, sample_weight, batch=True)


class ClassBatches:
    """What classifiers that learn by batches can."""

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None):
        """Learns from a batch of samples, after those that it has learned from.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        classes : all the classes that there will be; the first batch must name them
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take, and classes that were not named at first.
        """
        return self._fit(X, y, sample_weight, batch=True, classes=classes)


class Neighbors:
    """What methods of nearest neighbors can."""

    def kneighbors(
        self, X: Any = None, n_neighbors: int | None = None, return_distance: bool = True
    ) -> Any:
        """The nearest samples of `fit`, nearest first.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_queries, n_features); None asks for the neighbors of
            the samples of `fit`, themselves left out
        n_neighbors : how many; None is the parameter
        return_distance : whether the distances are wanted too

        Returns
        -------
        ndarrays of shape (n_queries, n_neighbors): distances (if wanted), numbers of samples

        Raises
        ------
        ValueError
            For more neighbors than there are samples.
        """
        check_is_fitted(self)
        if isinstance(n_neighbors, (float, np.floating)) or isinstance(n_neighbors, bool):
            raise TypeError(
                f"n_neighbors does not take {type(n_neighbors)} value, enter integer value"
            )
        count = self.n_neighbors if n_neighbors is None else n_neighbors
        if X is not None:
            X = _for_rust(self._checked(X, reset=False))
        distances, indices = self._learned.call("kneighbors", X, [count])
        return (distances, indices) if return_distance else indices


class Sparsify:
    """What linear classifiers whose coefficients may be sparse can."""

    def sparsify(self):
        """Makes `coef_` a sparse matrix, which is smaller where many coefficients are 0."""
        from scipy.sparse import csr_matrix

        check_is_fitted(self)
        self.coef_ = csr_matrix(self.coef_)
        return self

    def densify(self):
        """Makes `coef_` an array again."""
        check_is_fitted(self)
        if is_sparse(self.coef_):
            self.coef_ = self.coef_.toarray()
        return self
