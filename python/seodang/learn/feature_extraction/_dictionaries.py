"""Features from dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from numbers import Number
from typing import Any

import numpy as np

from .._meta import Checked
from .._output import TransformerMixin
from ..utils._parameters import BOOLEAN
from ..utils.validation import check_array, check_is_fitted
from ._sparse_rows import matrix_of


class DictVectorizer(TransformerMixin, Checked):
    """A column for each key with numbers, and for each key with each word.

    Parameters
    ----------
    dtype : the type of the numbers
    separator : what stands between a key and its word in a feature's name
    sparse : whether the result is a sparse matrix
    sort : whether features are sorted by name

    Attributes
    ----------
    vocabulary_ : the column of each feature's name
    feature_names_ : the names, in the order of the columns
    """

    _constraints = {"separator": str, "sparse": BOOLEAN, "sort": BOOLEAN}

    def __init__(
        self,
        *,
        dtype: Any = np.float64,
        separator: str = "=",
        sparse: bool = True,
        sort: bool = True,
    ) -> None:
        self.dtype = dtype
        self.separator = separator
        self.sparse = sparse
        self.sort = sort

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.dict = True
        tags.input_tags.two_d_array = False
        return tags

    def _features(self, sample: Mapping, fitting: bool) -> Iterator[tuple[Any, Any]]:
        """The names of a sample's features, and their values."""
        for key, value in sample.items():
            if isinstance(value, str):
                yield f"{key}{self.separator}{value}", 1
            elif isinstance(value, Number) or value is None:
                yield key, value
            elif isinstance(value, Iterable) and not isinstance(value, Mapping):
                for word in value:
                    if not isinstance(word, str):
                        raise TypeError(
                            f"Unsupported type {type(word)} in iterable value. Only iterables of "
                            "string are supported."
                        )
                    yield f"{key}{self.separator}{word}", 1
            elif fitting:
                raise TypeError(
                    f"Unsupported value type {type(value)} for {key}: {value}.\nMapping objects are "
                    "not supported."
                )
            else:
                raise TypeError(
                    f"Unsupported value Type {type(value)} for {key}: {value}.\n{type(value)} objects "
                    "are not supported."
                )

    def fit(self, X: Iterable[Mapping], y: Any = None):
        """Learns which features there are.

        Parameters
        ----------
        X : iterable of dictionaries from names to numbers, words, or lists of words
        y : ignored
        """
        self._check_parameters()
        vocabulary: dict[Any, int] = {}
        for sample in X:
            for name, _ in self._features(sample, True):
                vocabulary.setdefault(name, len(vocabulary))
        self._keep(vocabulary)
        return self

    def _keep(self, vocabulary: dict[Any, int]) -> None:
        self.feature_names_ = sorted(vocabulary) if self.sort else list(vocabulary)
        self.vocabulary_ = {name: i for i, name in enumerate(self.feature_names_)}

    def _table(self, X: Any, vocabulary: dict[Any, int], fitting: bool) -> Any:
        """The values by the numbers of a vocabulary, which grows if `fitting`."""
        columns, values, ends = [], [], [0]
        for sample in [X] if isinstance(X, Mapping) else X:
            for name, value in self._features(sample, False):
                if fitting:
                    vocabulary.setdefault(name, len(vocabulary))
                column = vocabulary.get(name)
                if column is not None:
                    columns.append(column)
                    values.append(self.dtype(np.nan if value is None else value))
            ends.append(len(columns))
        if len(ends) == 1:
            raise ValueError("Sample sequence X is empty.")
        return matrix_of(
            np.asarray(values, dtype=self.dtype), columns, ends, len(vocabulary), self.dtype
        )

    def _shaped(self, table: Any) -> Any:
        if not self.sparse:
            return table.toarray()
        table.sort_indices()
        return table

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """`fit` and `transform`, with one look at the samples.

        Parameters
        ----------
        X : iterable of dictionaries from names to numbers, words, or lists of words
        y : ignored

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features)
        """
        self._check_parameters()
        vocabulary: dict[Any, int] = {}
        table = self._table(X, vocabulary, True)
        self._keep(vocabulary)
        if self.sort:
            table = table[:, [vocabulary[name] for name in self.feature_names_]]
        return self._shaped(table)

    def transform(self, X: Any) -> Any:
        """The features of samples; those that `fit` did not see are left out.

        Parameters
        ----------
        X : iterable of dictionaries, or one

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features)
        """
        check_is_fitted(self, ["feature_names_", "vocabulary_"])
        return self._shaped(self._table(X, self.vocabulary_, False))

    def inverse_transform(self, X: Any, dict_type: type = dict) -> list[Any]:
        """The dictionaries of features: names and values that are not zero.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        dict_type : the type of the dictionaries
        """
        check_is_fitted(self, "feature_names_")
        X = check_array(X, accept_sparse=["csr", "csc"])
        out = [dict_type() for _ in range(X.shape[0])]
        for i, j in zip(*X.nonzero(), strict=True):
            out[i][self.feature_names_[j]] = X[i, j]
        return out

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns.

        Parameters
        ----------
        input_features : ignored
        """
        check_is_fitted(self, "feature_names_")
        return np.asarray([str(name) for name in self.feature_names_], dtype=object)

    def restrict(self, support: Any, indices: bool = False):
        """Keeps some features only.

        Parameters
        ----------
        support : a mask, or the numbers of the features
        indices : whether it is numbers
        """
        check_is_fitted(self, "feature_names_")
        kept = support if indices else np.flatnonzero(support)
        self.feature_names_ = [self.feature_names_[i] for i in kept]
        self.vocabulary_ = {name: i for i, name in enumerate(self.feature_names_)}
        return self
