"""`MissingIndicator`."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _sparse
from .._methods import names_in
from ..base import BaseEstimator, TransformerMixin
from ..utils.validation import check_is_fitted
from ._masks import checked, mask_of

__all__ = ["MissingIndicator"]


class MissingIndicator(TransformerMixin, BaseEstimator):
    """Says where values are missing.

    Parameters
    ----------
    missing_values : what a missing value looks like
    features : "missing-only" for the columns that lack values in `fit`, or "all"
    sparse : whether the result is sparse; "auto" if the input is
    error_on_new : whether columns that lack values only now are an error
    """

    def __init__(
        self,
        *,
        missing_values: Any = np.nan,
        features: str = "missing-only",
        sparse: bool | str = "auto",
        error_on_new: bool = True,
    ) -> None:
        self.missing_values = missing_values
        self.features = features
        self.sparse = sparse
        self.error_on_new = error_on_new

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.sparse = True
        tags.transformer_tags.preserves_dtype = []
        return tags

    def _mask(self, X: Any, reset: bool) -> tuple[Any, Any]:
        X = checked(self, X, reset=reset, words=True, sparse=["csc", "csr"])
        if not _sparse.is_sparse(X):
            return X, mask_of(X, self.missing_values)
        if self.missing_values == 0:
            raise ValueError("Sparse input with missing_values=0 is not supported. Provide a dense "
                             "array instead.")
        X = X.tocsc()
        mask = X.copy()
        mask.data = mask_of(X.data, self.missing_values)
        mask.eliminate_zeros()
        return X, mask

    def fit(self, X: Any, y: Any = None):
        """Finds the columns that lack values.

        Parameters
        ----------
        X : array-like, frame or sparse matrix of shape (n_samples, n_features)
        y : ignored

        Raises
        ------
        ValueError
            For parameters out of their ranges.
        """
        if self.features not in ("missing-only", "all"):
            raise ValueError(
                "The 'features' parameter of MissingIndicator must be a str among {'all', "
                f"'missing-only'}}. Got {self.features!r} instead."
            )
        _, mask = self._mask(X, True)
        self.features_ = np.arange(mask.shape[1])
        if self.features == "missing-only":
            self.features_ = np.flatnonzero(np.asarray(mask.sum(axis=0)).ravel())
        return self

    def transform(self, X: Any) -> Any:
        """Where values are missing.

        Parameters
        ----------
        X : array-like, frame or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray or sparse matrix of bool of shape (n_samples, n_features_out)

        Raises
        ------
        ValueError
            For columns that lack values only now, if that is an error.
        """
        check_is_fitted(self)
        X, mask = self._mask(X, False)
        lacking = np.flatnonzero(np.asarray(mask.sum(axis=0)).ravel())
        new = np.setdiff1d(lacking, self.features_)
        if self.features == "missing-only" and self.error_on_new and new.size:
            raise ValueError(
                f"The features {new} have missing values in transform but have no missing values in "
                "fit."
            )
        out = mask[:, self.features_]
        wanted = _sparse.is_sparse(X) if self.sparse == "auto" else self.sparse
        if _sparse.is_sparse(out):
            return out.astype(bool) if wanted else out.toarray().astype(bool)
        if wanted:
            from scipy.sparse import csc_matrix

            return csc_matrix(out)
        return out

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that `transform` gives."""
        check_is_fitted(self)
        names = names_in(self, input_features)
        return np.asarray([f"missingindicator_{names[j]}" for j in self.features_], dtype=object)
