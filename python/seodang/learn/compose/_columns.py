"""A transformer for each choice of columns, their features beside each other."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from itertools import chain
from typing import Any, ClassVar

import numpy as np

from .._function import Function
from .._indexing import column_numbers, columns, is_frame
from .._meta import (
    JOBS,
    VERBOSE,
    Composition,
    Methods,
    Progress,
    beside,
    configure_output,
    container_of,
    is_container,
    names_of,
    tags_of,
    unique_names,
)
from .._parallel import run
from .._sparse import is_sparse
from ..base import TransformerMixin, clone
from ..utils._bunch import Bunch
from ..utils._parameters import BOOLEAN, CALLABLE, Span, Words
from ..utils.validation import (
    _num_samples,
    check_array,
    check_feature_names,
    check_is_fitted,
)

_WORDS = ("drop", "passthrough")
_REMAINDER = "remainder"


def _is_word(part: Any) -> bool:
    return isinstance(part, str) and part in _WORDS


def _is_nothing(key: Any) -> bool:
    """Whether a key of columns chooses none."""
    # The names of a frame may be of a type that is not NumPy's.
    if getattr(key, "dtype", None) == np.bool_:
        return not key.any()
    if hasattr(key, "__len__") and not isinstance(key, str):
        return len(key) == 0 or (all(isinstance(k, bool) for k in key) and not any(key))
    return False


def _kind_of_key(key: Any) -> str | None:
    """Whether a key speaks of columns by "str", "int" or "bool"."""
    if isinstance(key, slice):
        ends = {_kind_of_key(k) for k in (key.start, key.stop) if k is not None}
        return ends.pop() if len(ends) == 1 else None if ends else "int"
    if isinstance(key, str):
        return "str"
    if isinstance(key, (bool, np.bool_)):
        return "bool"
    if isinstance(key, numbers.Integral):
        return "int"
    kinds = {_kind_of_key(k) for k in key}
    return kinds.pop() if len(kinds) == 1 else None


def _samples(X: Any) -> Any:
    if is_sparse(X):
        return X.tocsc()
    if is_frame(X):
        return X
    return check_array(
        X, accept_sparse=True, ensure_all_finite="allow-nan", dtype=_dtype_of(X), input_name="X"
    )


def _dtype_of(X: Any) -> Any:
    # Lists may hold anything; arrays keep what they are.
    return None if hasattr(X, "dtype") else object


def _fit_transform_one(
    part: Any, X: Any, y: Any, weight: float | None, message: str | None
) -> tuple[Any, Any]:
    with Progress("ColumnTransformer", message):
        if hasattr(part, "fit_transform"):
            out = part.fit_transform(X, y)
        else:
            out = part.fit(X, y).transform(X)
    return out if weight is None else out * weight, part


def _transform_one(part: Any, X: Any, weight: float | None) -> Any:
    out = part.transform(X)
    return out if weight is None else out * weight


class ColumnTransformer(TransformerMixin, Composition):
    """Transformers of some columns each, their features beside each other.

    Parameters
    ----------
    transformers : a list of tuples of a name, a transformer and its columns: their names (of a frame) or
        numbers, one or a list of them, a slice, a mask, or a callable that gives these for X. One column
        that is not in a list comes as one dimension. "passthrough" lets the columns through, "drop" does
        not
    remainder : what becomes of the other columns: "drop", "passthrough" or a transformer
    sparse_threshold : the share of values that are not 0, below which the result is sparse if a part is
    n_jobs : how many transformers at once, as joblib counts
    transformer_weights : a dictionary by names, of what to multiply their features by
    verbose : whether to print how long each transformer took
    verbose_feature_names_out : whether features' names have their transformer's before: True, False, a
        format of {transformer_name} and {feature_name}, or a callable of both
    """

    _parts: ClassVar[str] = "transformers"
    _constraints: ClassVar[dict[str, Any]] = {
        "transformers": (list, tuple),
        "remainder": (
            Words("drop", "passthrough"), Methods("fit", "transform"),
            Methods("fit_transform", "transform"),
        ),
        "sparse_threshold": Span(numbers.Real, 0, 1, "both"),
        "n_jobs": JOBS,
        "transformer_weights": (dict, None),
        "verbose": VERBOSE,
        "verbose_feature_names_out": (BOOLEAN, str, CALLABLE),
    }

    def __init__(
        self,
        transformers: list[tuple[str, Any, Any]],
        *,
        remainder: Any = "drop",
        sparse_threshold: float = 0.3,
        n_jobs: int | None = None,
        transformer_weights: dict[str, float] | None = None,
        verbose: bool = False,
        verbose_feature_names_out: Any = True,
    ) -> None:
        self.transformers = transformers
        self.remainder = remainder
        self.sparse_threshold = sparse_threshold
        self.n_jobs = n_jobs
        self.transformer_weights = transformer_weights
        self.verbose = verbose
        self.verbose_feature_names_out = verbose_feature_names_out

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        try:
            parts = [
                tags_of(part).input_tags
                for _, part, _ in self.transformers
                if not _is_word(part)
            ]
            tags.input_tags.sparse = all(part.sparse for part in parts)
            # What is not used may be anything.
            tags.input_tags.allow_nan = True
        except (ValueError, AttributeError, TypeError):
            # Transformers that are none: `fit` says so.
            pass
        return tags

    def set_output(self, *, transform: str | None = None):
        """Says what `transform`, of every part too, gives: "default", "pandas" or "polars"."""
        super().set_output(transform=transform)
        fitted = getattr(self, "transformers_", ())
        for _, part, _ in chain(self.transformers, fitted):
            if not _is_word(part):
                configure_output(part, transform)
        if not _is_word(self.remainder):
            configure_output(self.remainder, transform)
        return self

    @property
    def named_transformers_(self) -> Bunch:
        """The fitted transformers by their names."""
        return Bunch(**{name: part for name, part, _ in self.transformers_})

    def _check_transformers(self) -> None:
        if not self.transformers:
            return
        names = [name for name, _, _ in self.transformers]
        self._check_names(names)
        for _, part, _ in self.transformers:
            if _is_word(part):
                continue
            fits = hasattr(part, "fit") or hasattr(part, "fit_transform")
            if not fits or not hasattr(part, "transform"):
                raise TypeError(
                    "All estimators should implement fit and transform, or can be 'drop' or "
                    f"'passthrough' specifiers. '{part}' (type {type(part)}) doesn't."
                )

    def _choose(self, X: Any) -> None:
        """Which columns each transformer has, and which are left."""
        self._keys = [key(X) if callable(key) else key for _, _, key in self.transformers]
        self._numbers = {
            name: column_numbers(X, key)
            for (name, _, _), key in zip(self.transformers, self._keys, strict=True)
        }
        used = set(chain.from_iterable(self._numbers.values()))
        left = [i for i in range(X.shape[1]) if i not in used]
        self._numbers[_REMAINDER] = left
        kinds = {_kind_of_key(key) for key in self._keys if not _is_nothing(key)}
        kind = kinds.pop() if len(kinds) == 1 else "int"
        if kind == "str" and hasattr(self, "feature_names_in_"):
            self._left: Any = list(self.feature_names_in_[left])
        elif kind == "bool":
            self._left = [i in set(left) for i in range(X.shape[1])]
        else:
            self._left = left

    def _all(self, fitted: bool) -> Iterator[tuple[str, Any, Any]]:
        """Name, transformer and columns of each part, the remainder last."""
        if fitted:
            yield from self.transformers_
            return
        for (name, part, _), key in zip(self.transformers, self._keys, strict=True):
            yield name, part, key
        if self._numbers[_REMAINDER]:
            yield _REMAINDER, self.remainder, self._left

    def _working(self, fitted: bool) -> list[tuple[str, Any, Any, float | None]]:
        """Those that give features, and their weights."""
        weights = self.transformer_weights or {}
        out = []
        for name, part, key in self._all(fitted):
            if (isinstance(part, str) and part == "drop") or _is_nothing(key):
                continue
            if isinstance(part, str):
                part = Function().set_output(transform=container_of(self))
            out.append((name, part, key, weights.get(name)))
        return out

    def _message(self, i: int, count: int, name: str) -> str | None:
        return f"({i + 1} of {count}) Processing {name}" if self.verbose else None

    def fit(self, X: Any, y: Any = None, **params: Any):
        """Fits every transformer to its columns.

        Parameters
        ----------
        X : array-like, frame or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or None

        Raises
        ------
        TypeError, ValueError
            For parts that are no transformers, or columns that there are not.
        """
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> Any:
        """Fits every transformer to its columns, and gives their features of X.

        Parameters
        ----------
        X : array-like, frame or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or None

        Returns
        -------
        ndarray, sparse matrix or frame of shape (n_samples, n_features_out)

        Raises
        ------
        TypeError, ValueError
            For parts that are no transformers, or columns that there are not.
        """
        if params:
            raise TypeError(
                f"fit_transform() got an unexpected keyword argument {next(iter(params))!r}"
            )
        self._check_parameters()
        check_feature_names(self, X, reset=True)
        X = _samples(X)
        self.n_features_in_ = X.shape[1]
        self._check_transformers()
        self._choose(X)
        working = self._working(fitted=False)
        # What one transformer is fitted to, no other must change.
        results = run(
            _fit_transform_one,
            (
                (clone(part), self._columns(X, key, self._numbers[name]), y, weight,
                 self._message(i, len(working), name))
                for i, (name, part, key, weight) in enumerate(working)
            ),
            self.n_jobs,
        )
        new = {name: part for (name, *_), (_, part) in zip(working, results, strict=True)}
        self.transformers_ = [
            (name, new.get(name, part), key) for name, part, key in self._all(fitted=False)
        ]
        tables = [out for out, _ in results]
        self._check_tables(tables)
        self.sparse_output_ = self._is_sparse(tables)
        self._place(tables)
        return self._joined(tables, _num_samples(X))

    @staticmethod
    def _columns(X: Any, key: Any, numbers: list[int]) -> Any:
        if isinstance(key, slice) and key.step in (None, 1) and isinstance(X, np.ndarray) and numbers:
            # A view, with no copy.
            return X[:, numbers[0] : numbers[-1] + 1]
        return columns(X, numbers, one=np.isscalar(key) or isinstance(key, str))

    def _is_sparse(self, tables: list[Any]) -> bool:
        if not any(is_sparse(t) for t in tables):
            return False
        kept = sum(t.nnz if is_sparse(t) else np.size(t) for t in tables)
        total = sum(t.shape[0] * t.shape[1] if is_sparse(t) else np.size(t) for t in tables)
        return kept / total < self.sparse_threshold

    def _check_tables(self, tables: list[Any]) -> None:
        for (name, *_), table in zip(self._working(fitted=True), tables, strict=True):
            if getattr(table, "ndim", None) != 2 and not is_container(table, "polars"):
                raise ValueError(
                    f"The output of the '{name}' transformer should be 2D (numpy array, scipy sparse "
                    "array, dataframe)."
                )

    def _place(self, tables: list[Any]) -> None:
        widths = {
            name: table.shape[1]
            for (name, *_), table in zip(self._working(fitted=True), tables, strict=True)
        }
        self.output_indices_, at = {}, 0
        for name in [*(name for name, *_ in self.transformers), _REMAINDER]:
            width = widths.get(name)
            self.output_indices_[name] = slice(0, 0) if width is None else slice(at, at + width)
            at += width or 0

    def transform(self, X: Any, **params: Any) -> Any:
        """The transformers' features of X, beside each other.

        Parameters
        ----------
        X : array-like, frame or sparse matrix; a frame's columns are found by their names if `fit` had
            names, in whatever order, and more of them do not matter

        Returns
        -------
        ndarray, sparse matrix or frame of shape (n_samples, n_features_out)

        Raises
        ------
        ValueError
            If columns are missing.
        """
        check_is_fitted(self, "transformers_")
        X = _samples(X)
        known = getattr(self, "feature_names_in_", None)
        by_name = known is not None and is_frame(X)
        working = self._working(fitted=True)
        if by_name:
            needed = {known[i] for name, *_ in working for i in self._numbers[name]}
            lacking = needed - set(X.columns)
            if lacking:
                raise ValueError(f"columns are missing: {lacking}")
        else:
            check_feature_names(self, X, reset=False)
            if X.shape[1] != self.n_features_in_:
                raise ValueError(
                    f"X has {X.shape[1]} features, but {type(self).__name__} is expecting "
                    f"{self.n_features_in_} features as input."
                )

        def own(name: str) -> list[int]:
            numbers = self._numbers[name]
            if not by_name:
                return numbers
            at = {c: i for i, c in enumerate(X.columns)}
            return [at[known[i]] for i in numbers]

        tables = run(
            _transform_one,
            ((part, self._columns(X, key, own(name)), weight) for name, part, key, weight in working),
            self.n_jobs,
        )
        self._check_tables(tables)
        return self._joined(tables, _num_samples(X))

    def _joined(self, tables: list[Any], n_samples: int) -> Any:
        if not tables:
            return np.zeros((n_samples, 0))
        if self.sparse_output_:
            from scipy.sparse import hstack

            try:
                numeric = [check_array(t, accept_sparse=True, ensure_all_finite=False) for t in tables]
            except ValueError as error:
                raise ValueError(
                    "For a sparse output, all columns should be a numeric or convertible to a numeric."
                ) from error
            return hstack(numeric).tocsr()
        tables = [t.toarray() if is_sparse(t) else t for t in tables]
        container = container_of(self)
        if container == "default" or not all(is_container(t, container) for t in tables):
            return np.hstack(tables)
        whole = beside(tables, container)
        if len(whole) != n_samples:
            raise ValueError(
                "Concatenating DataFrames from the transformer's output lead to an inconsistent number "
                "of samples. The output may have Pandas Indexes that do not match, or that "
                "transformers are returning number of samples which are not the same as the number "
                "input samples."
            )
        return whole

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of all features, in their order.

        Parameters
        ----------
        input_features : the names of the features that come in, if `fit` had none

        Raises
        ------
        AttributeError
            If a transformer does not say.
        ValueError
            If names are not those of `fit`, or not different.
        """
        check_is_fitted(self, "transformers_")
        names = self._names_in(input_features)
        named = []
        for name, part, *_ in self._working(fitted=True):
            if not hasattr(part, "get_feature_names_out"):
                raise AttributeError(
                    f"Transformer {name} (type {type(part).__name__}) does not provide "
                    "get_feature_names_out."
                )
            named.append((name, part.get_feature_names_out(names[self._numbers[name]])))
        if not named:
            return np.array([], dtype=object)
        return unique_names(named, self.verbose_feature_names_out)

    def _names_in(self, given: Any) -> np.ndarray:
        known = getattr(self, "feature_names_in_", None)
        if given is None:
            if known is not None:
                return known
            return np.array([f"x{i}" for i in range(self.n_features_in_)], dtype=object)
        given = np.asarray(given, dtype=object)
        if known is not None and not np.array_equal(known, given):
            raise ValueError("input_features is not equal to feature_names_in_")
        if len(given) != self.n_features_in_:
            raise ValueError(
                f"input_features should have length equal to number of features "
                f"({self.n_features_in_}), got {len(given)}"
            )
        return given


def make_column_transformer(
    *transformers: Any,
    remainder: Any = "drop",
    sparse_threshold: float = 0.3,
    n_jobs: int | None = None,
    verbose: bool = False,
    verbose_feature_names_out: Any = True,
) -> ColumnTransformer:
    """A `ColumnTransformer` of tuples of a transformer and its columns, named by their classes.

    Parameters
    ----------
    *transformers : tuples of a transformer and its columns
    remainder, sparse_threshold, n_jobs, verbose, verbose_feature_names_out : parameters of
        `ColumnTransformer`
    """
    names = names_of([part for part, _ in transformers])
    return ColumnTransformer(
        [(name, part, key) for name, (part, key) in zip(names, transformers, strict=True)],
        remainder=remainder,
        sparse_threshold=sparse_threshold,
        n_jobs=n_jobs,
        verbose=verbose,
        verbose_feature_names_out=verbose_feature_names_out,
    )


class make_column_selector:
    """Chooses columns of a pandas frame by their names or types, for `ColumnTransformer`.

    Parameters
    ----------
    pattern : a regular expression that must be somewhere in a name; None is all
    dtype_include : the types to choose, as pandas's `select_dtypes`
    dtype_exclude : the types not to choose
    """

    def __init__(
        self, pattern: str | None = None, *, dtype_include: Any = None, dtype_exclude: Any = None
    ) -> None:
        self.pattern = pattern
        self.dtype_include = dtype_include
        self.dtype_exclude = dtype_exclude

    def __call__(self, df: Any) -> list[str]:
        """The names of the columns of `df`.

        Raises
        ------
        ValueError
            If it is no frame of pandas.
        """
        if not hasattr(df, "iloc"):
            raise ValueError("make_column_selector can only be applied to pandas dataframes")
        row = df.iloc[:1]
        if self.dtype_include is not None or self.dtype_exclude is not None:
            row = row.select_dtypes(include=self.dtype_include, exclude=self.dtype_exclude)
        names = row.columns
        if self.pattern is not None:
            names = names[names.str.contains(self.pattern, regex=True)]
        return names.tolist()
