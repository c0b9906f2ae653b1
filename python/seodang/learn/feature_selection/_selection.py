"""What selectors of features share."""

from __future__ import annotations

import warnings
from abc import ABCMeta, abstractmethod
from typing import Any

import numpy as np

from .._indexing import columns
from .._meta import container_of
from .._methods import names_in
from .._output import TransformerMixin
from .._sparse import is_sparse
from ..utils.validation import check_array, check_is_fitted, validate_data


class SelectorMixin(TransformerMixin, metaclass=ABCMeta):
    """What gives some of its features: `_get_support_mask` says which."""

    @property
    def _takes_nan(self) -> bool:
        """Whether NaN passes."""
        return False

    @abstractmethod
    def _get_support_mask(self) -> np.ndarray:
        """Which features are kept, as truth values."""

    def get_support(self, indices: bool = False) -> np.ndarray:
        """Which features are kept.

        Parameters
        ----------
        indices : whether to give their numbers rather than truth values
        """
        mask = self._get_support_mask()
        return np.flatnonzero(mask) if indices else mask

    def transform(self, X: Any) -> Any:
        """The features that are kept.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, number of kept features)
        """
        check_is_fitted(self)
        # Columns of pandas' frames that become frames keep their types, as scikit-learn's do.
        kept = hasattr(X, "iloc") and container_of(self) != "default"
        X = validate_data(
            self, X, reset=False, dtype=None, accept_sparse="csr",
            ensure_all_finite=not self._takes_nan, skip_check_array=kept,
        )
        mask = self.get_support()
        if not mask.any():
            warnings.warn(
                "No features were selected: either the data is too noisy or the selection test too "
                "strict.",
                stacklevel=3,
            )
            return np.empty((X.shape[0], 0), dtype=np.float64 if kept else X.dtype)
        if kept:
            return columns(X, np.flatnonzero(mask).tolist())
        return X[:, np.flatnonzero(mask)] if is_sparse(X) else X[:, mask]

    def inverse_transform(self, X: Any) -> Any:
        """All features again, those that were left out as zeros.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, number of kept features)

        Raises
        ------
        ValueError
            For another number of features.
        """
        kept = self.get_support(indices=True)
        X = check_array(X, dtype=None, accept_sparse="csc")
        if X.shape[1] != len(kept):
            raise ValueError("X has a different shape than during fitting.")
        width = self._get_support_mask().size
        if is_sparse(X):
            from scipy.sparse import csc_matrix

            counts = np.zeros(width, dtype=np.int64)
            counts[kept] = np.diff(X.indptr)
            ends = np.append(0, np.cumsum(counts))
            return csc_matrix((X.data, X.indices, ends), shape=(X.shape[0], width), dtype=X.dtype)
        out = np.zeros((X.shape[0], width), dtype=X.dtype)
        out[:, kept] = X
        return out

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the features that are kept.

        Parameters
        ----------
        input_features : the names of all; None takes those of `fit`, or ``x0``, ``x1``, ...
        """
        check_is_fitted(self)
        names = np.asarray(names_in(self, input_features), dtype=object)
        return names[self.get_support()]
