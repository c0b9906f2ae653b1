"""Encoders of categories, whatever Python objects those are."""

from __future__ import annotations

import math
import numbers
import warnings
from typing import Any

import numpy as np

from .. import _made, _sparse
from .._methods import names_in
from ..utils.validation import check_array, check_is_fitted
from . import _generated as generated
from ._categories import INFREQUENT, Categorical, _shown, codes_of, is_missing

__all__ = ["OneHotEncoder", "OrdinalEncoder"]


class OneHotEncoder(Categorical, generated.OneHotEncoder):
    __doc__ = generated.OneHotEncoder.__doc__

    def __init__(
        self,
        *,
        categories: Any = "auto",
        drop: Any = None,
        sparse_output: bool = True,
        dtype: Any = np.float64,
        handle_unknown: str = "error",
        min_frequency: float | None = None,
        max_categories: int | None = None,
        feature_name_combiner: Any = "concat",
    ) -> None:
        self.categories = categories
        self.drop = drop
        self.sparse_output = sparse_output
        self.dtype = dtype
        self.handle_unknown = handle_unknown
        self.min_frequency = min_frequency
        self.max_categories = max_categories
        self.feature_name_combiner = feature_name_combiner

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "categories_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.categorical = True
        tags.input_tags.allow_nan = True
        tags.transformer_tags.preserves_dtype = []
        return tags

    def fit(self, X: Any, y: Any = None):
        """Finds the categories of each column.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)
        y : ignored

        Raises
        ------
        ValueError
            For parameters that do not go together, and categories other than those given.
        """
        _made.check(self)
        columns = self._columns(X, reset=True)
        counts = self._find_categories(columns, self.handle_unknown == "error")
        self._find_infrequent(counts, len(columns[0]))
        self._find_drop()
        return self

    def _find_drop(self) -> None:
        sizes = [int(n.max(initial=-1)) + 1 for n in self._numbers]
        drop = self.drop
        self.drop_idx_ = None
        self._dropped: list[int | None] = [None] * len(sizes)
        if drop is None:
            self._widths = sizes
            return
        if isinstance(drop, str):
            self._dropped = [0 if drop == "first" or n == 2 else None for n in sizes]
        else:
            drop = np.asarray(drop, dtype=object)
            if len(drop) != len(sizes):
                raise ValueError(
                    "`drop` should have length equal to the number of features "
                    f"({len(sizes)}), got {len(drop)}"
                )
            absent = []
            for i, (value, known) in enumerate(zip(drop, self.categories_, strict=True)):
                place = next((k for k, v in enumerate(known) if _same(v, value)), None)
                if place is None:
                    absent.append(f"Category: {value}, Feature: {i}")
                    continue
                rare = self._infrequent[i]
                if rare is not None and place in rare:
                    raise ValueError(
                        f"Unable to drop category {value!r} from feature {i} because it is "
                        "infrequent"
                    )
                self._dropped[i] = int(self._numbers[i][place])
            if absent:
                raise ValueError(
                    "The following categories were supposed to be dropped, but were not found in "
                    "the training data.\n" + "\n".join(absent)
                )
        first = [
            None if d is None else int(np.flatnonzero(n == d)[0])
            for d, n in zip(self._dropped, self._numbers, strict=True)
        ]
        self.drop_idx_ = np.array(first, dtype=object)
        self._widths = [
            n - (d is not None) for n, d in zip(sizes, self._dropped, strict=True)
        ]

    @property
    def _n_features_outs(self) -> list[int]:
        return self._widths

    def _outputs(self, i: int) -> tuple[np.ndarray, int]:
        """The output column of each category of a column, -1 for none, and that of unknown ones."""
        numbers_, dropped = self._numbers[i], self._dropped[i]
        out = numbers_.copy()
        if dropped is not None:
            out[numbers_ == dropped] = -1
            out[numbers_ > dropped] -= 1
        unknown = -1
        rare = self._infrequent[i]
        if self.handle_unknown in ("infrequent_if_exist", "warn") and rare is not None:
            unknown = int(out[rare[0]])
        return out, unknown

    def transform(self, X: Any) -> Any:
        """A column for each category, with 1 where it is there.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)

        Returns
        -------
        sparse matrix, or ndarray without `sparse_output`

        Raises
        ------
        ValueError
            For unknown categories, unless `handle_unknown` says otherwise.
        """
        check_is_fitted(self)
        if self.sparse_output and getattr(self, "_sklearn_output_config", {}).get(
            "transform", "default"
        ) != "default":
            container = self._sklearn_output_config["transform"]
            raise ValueError(
                f"{container.capitalize()} output does not support sparse data. Set "
                f"sparse_output=False to output {container} dataframes or disable "
                f"{container.capitalize()} output via` ohe.set_output(transform=\"default\")."
            )
        columns = self._columns(X, reset=False)
        places = np.empty((len(columns[0]), len(columns)), dtype=np.int64)
        unknown, start = [], 0
        for i, column in enumerate(columns):
            codes = codes_of(column, self.categories_[i])
            strange = codes < 0
            outputs, other = self._outputs(i)
            if strange.any():
                if self.handle_unknown == "error":
                    values = list(dict.fromkeys(_shown(column[strange])))
                    raise ValueError(
                        f"Found unknown categories {_sorted(values)} in column {i} during transform"
                    )
                unknown.append(i)
            wide = np.where(strange, other, outputs[codes])
            places[:, i] = np.where(wide < 0, -1, wide + start)
            start += self._widths[i]
        if unknown and (self.handle_unknown == "warn" or self.drop is not None):
            grouped = self.handle_unknown in ("infrequent_if_exist", "warn") and any(
                self._infrequent[i] is not None for i in unknown
            )
            how = "the infrequent category." if grouped else "all zeros"
            warnings.warn(
                f"Found unknown categories in columns {unknown} during transform. These unknown "
                f"categories will be encoded as {how}",
                UserWarning,
                stacklevel=3,
            )
        there = places >= 0
        dtype = np.dtype(self.dtype)
        if not self.sparse_output:
            out = np.zeros((len(places), start), dtype=dtype)
            rows, _ = np.nonzero(there)
            out[rows, places[there]] = 1
            return out
        from scipy.sparse import csr_matrix

        indptr = np.zeros(len(places) + 1, dtype=np.int64)
        np.cumsum(there.sum(axis=1), out=indptr[1:])
        indices = places[there].astype(np.int32)
        data = np.ones(len(indices), dtype=dtype)
        return csr_matrix((data, indices, indptr.astype(np.int32)), shape=(len(places), start))

    def _labels(self, i: int) -> np.ndarray:
        """What each number of a column stands for."""
        known, rare = self.categories_[i], self._infrequent[i]
        if rare is None:
            return known
        kept = np.delete(known, rare)
        out = np.empty(len(kept) + 1, dtype=object)
        out[:-1] = kept
        out[-1] = INFREQUENT
        return out

    def inverse_transform(self, X: Any) -> np.ndarray:
        """The categories of what `transform` gave.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_columns)

        Returns
        -------
        ndarray of shape (n_samples, n_features); None where nothing is known

        Raises
        ------
        ValueError
            For another number of columns, or samples that no category of `fit` gives.
        """
        check_is_fitted(self)
        X = check_array(X, accept_sparse="csr")
        width = sum(self._widths)
        if X.shape[1] != width:
            raise ValueError(
                "Shape of the passed X data is not correct. Expected "
                f"{width} columns, got {X.shape[1]}."
            )
        X = X.toarray() if _sparse.is_sparse(X) else X
        out, start = [], 0
        for i, width in enumerate(self._widths):
            part = X[:, start : start + width]
            start += width
            labels, dropped = self._labels(i), self._dropped[i]
            kept = labels if dropped is None else np.delete(labels, dropped)
            empty = ~part.any(axis=1) if width else np.ones(len(X), dtype=bool)
            found = kept[part.argmax(axis=1)] if width else np.repeat(labels[:1], len(X))
            if dropped is not None:
                if empty.any():
                    found = found.astype(np.result_type(found, labels), copy=True)
                    found[empty] = labels[dropped]
            elif empty.any():
                if self.handle_unknown == "error":
                    rows = np.flatnonzero(empty)
                    raise ValueError(
                        f"Samples {rows} can not be inverted when drop=None and "
                        "handle_unknown='error' because they contain all zeros"
                    )
                rare = self._infrequent[i]
                found = found.astype(object)
                found[empty] = (
                    INFREQUENT if self.handle_unknown != "ignore" and rare is not None else None
                )
            out.append(found)
        return _beside(out)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that `transform` gives.

        Parameters
        ----------
        input_features : the names of the features in `fit`; None takes those that they had, or
            ``x0``, ``x1``, ...
        """
        check_is_fitted(self)
        combine = self.feature_name_combiner
        if combine == "concat":
            def combine(feature: str, category: Any) -> str:
                return f"{feature}_{category}"
        elif not isinstance(combine("feature", "category"), str):
            raise TypeError(
                "When `feature_name_combiner` is a callable, it should return a Python string. Got "
                f"{type(combine('feature', 'category'))} instead."
            )
        names = []
        for i, feature in enumerate(names_in(self, input_features)):
            labels, dropped = self._labels(i), self._dropped[i]
            labels = labels if dropped is None else np.delete(labels, dropped)
            names += [combine(feature, label) for label in labels]
        return np.array(names, dtype=object)

    def _state(self) -> _made.State:
        outputs = [self._outputs(i) for i in range(len(self.categories_))]
        state = _made.categories_state(self)
        state.lists("columns", [o for o, _ in outputs])
        state.arrays["unknown"] = np.array([u for _, u in outputs])
        state.arrays["widths"] = np.array(self._widths)
        state.values["refuse"] = self.handle_unknown == "error"
        state.values["sparse"] = bool(self.sparse_output)
        state.values["single"] = np.dtype(self.dtype) == np.float32
        labels = [
            list(map(str, np.delete(self._labels(i), [] if d is None else d)))
            for i, d in enumerate(self._dropped)
        ]
        state.words_of("labels", labels)
        _made.put_groups(state, self._infrequent, self._numbers)
        state.lists("dropped", [np.array([] if d is None else [d], dtype=int) for d in self._dropped])
        return state

    def _restore(self, learned: Any) -> None:
        state = _made.restored(self, learned)
        _made.take_groups(state, self)
        self._find_drop_of(state)

    def _find_drop_of(self, state: _made.State) -> None:
        dropped = state.taken("dropped")
        self._dropped = [int(d[0]) if len(d) else None for d in dropped]
        self._widths = [int(w) for w in state.arrays["widths"]]
        self.drop_idx_ = None
        if self.drop is not None:
            self.drop_idx_ = np.array(
                [
                    None if d is None else int(np.flatnonzero(n == d)[0])
                    for d, n in zip(self._dropped, self._numbers, strict=True)
                ],
                dtype=object,
            )


def _same(a: Any, b: Any) -> bool:
    if is_missing(a) or is_missing(b):
        return is_missing(a) and is_missing(b) and (a is None) == (b is None)
    return bool(a == b)


def _sorted(values: list[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return values


def _beside(columns: list[np.ndarray]) -> np.ndarray:
    """Columns as one array: of objects, if their types have nothing in common."""
    kinds = {"text" if c.dtype.kind in "US" else c.dtype.kind == "O" or "number" for c in columns}
    dtype = np.result_type(*columns) if len(kinds) == 1 and True not in kinds else object
    return np.stack([c.astype(dtype) for c in columns], axis=1)


class OrdinalEncoder(Categorical, generated.OrdinalEncoder):
    __doc__ = generated.OrdinalEncoder.__doc__

    _keeps_missing = True

    def __init__(
        self,
        *,
        categories: Any = "auto",
        dtype: Any = np.float64,
        handle_unknown: str = "error",
        unknown_value: Any = None,
        encoded_missing_value: float = np.nan,
        min_frequency: float | None = None,
        max_categories: int | None = None,
    ) -> None:
        self.categories = categories
        self.dtype = dtype
        self.handle_unknown = handle_unknown
        self.unknown_value = unknown_value
        self.encoded_missing_value = encoded_missing_value
        self.min_frequency = min_frequency
        self.max_categories = max_categories

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "categories_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.categorical = True
        tags.input_tags.allow_nan = True
        tags.transformer_tags.preserves_dtype = []
        return tags

    def fit(self, X: Any, y: Any = None):
        """Finds the categories of each column.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)
        y : ignored

        Raises
        ------
        TypeError, ValueError
            For parameters that do not go together, and categories other than those given.
        """
        _made.check(self)
        unknown = self.unknown_value
        if self.handle_unknown == "use_encoded_value":
            if _nan(unknown):
                if np.dtype(self.dtype).kind != "f":
                    raise ValueError(
                        "When unknown_value is np.nan, the dtype parameter should be a float dtype. "
                        f"Got {self.dtype}."
                    )
            elif not isinstance(unknown, numbers.Integral):
                raise TypeError(
                    "unknown_value should be an integer or np.nan when handle_unknown is "
                    f"'use_encoded_value', got {unknown}."
                )
        elif unknown is not None:
            raise TypeError(
                "unknown_value should only be set when handle_unknown is 'use_encoded_value', got "
                f"{unknown}."
            )
        columns = self._columns(X, reset=True)
        counts = self._find_categories(columns, self.handle_unknown == "error")
        self._missing = [
            next((k for k, v in enumerate(known) if v is not None and is_missing(v)), None)
            for known in self.categories_
        ]
        self._find_infrequent(
            [
                # What is missing is never grouped.
                often if m is None else np.delete(often, m)
                for often, m in zip(counts, self._missing, strict=True)
            ],
            len(columns[0]),
        )
        for i, m in enumerate(self._missing):
            if m is not None:
                self._numbers[i] = np.insert(self._numbers[i], m, self._numbers[i].max(initial=-1) + 1)
        self._check_values(unknown)
        return self

    def _check_values(self, unknown: Any) -> None:
        for i, known in enumerate(self.categories_):
            sizes = int(self._numbers[i].max(initial=-1)) + 1 - (self._missing[i] is not None)
            if self.handle_unknown == "use_encoded_value" and not _nan(unknown):
                if 0 <= unknown < sizes:
                    raise ValueError(
                        f"The used value for unknown_value {unknown} is one of the values already "
                        "used for encoding the seen categories."
                    )
        if not any(m is not None for m in self._missing):
            return
        code = self.encoded_missing_value
        if np.dtype(self.dtype).kind != "f" and _nan(code):
            columns = [i for i, m in enumerate(self._missing) if m is not None]
            raise ValueError(
                f"There are missing values in features {columns}. For OrdinalEncoder to encode "
                "missing values with dtype: "
                f"{self.dtype}, set encoded_missing_value to a non-nan value, or set dtype to a "
                "float"
            )
        if not _nan(code):
            clash = [
                i for i, m in enumerate(self._missing)
                if m is not None and 0 <= code < len(self.categories_[i]) - 1
            ]
            if clash:
                raise ValueError(
                    f"encoded_missing_value ({code}) is already used to encode a known category in "
                    f"features: {clash}"
                )

    def _values(self, i: int) -> np.ndarray:
        """The number that each category of a column becomes."""
        out = self._numbers[i].astype(np.float64)
        if self._missing[i] is not None:
            out[self._missing[i]] = self.encoded_missing_value
        return out

    def transform(self, X: Any) -> np.ndarray:
        """The number of each category.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_features)

        Raises
        ------
        ValueError
            For unknown categories, unless `handle_unknown` says otherwise.
        """
        check_is_fitted(self)
        columns = self._columns(X, reset=False)
        out = np.empty((len(columns[0]), len(columns)), dtype=self.dtype)
        for i, column in enumerate(columns):
            codes = codes_of(column, self.categories_[i])
            strange = codes < 0
            values = self._values(i)[codes]
            if strange.any():
                if self.handle_unknown == "error":
                    unknown = list(dict.fromkeys(_shown(column[strange])))
                    raise ValueError(
                        f"Found unknown categories {_sorted(unknown)} in column {i} during transform"
                    )
                values[strange] = self.unknown_value
            out[:, i] = values
        return out

    def inverse_transform(self, X: Any) -> np.ndarray:
        """The categories of numbers that `transform` gave.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_features); None where nothing is known

        Raises
        ------
        ValueError
            For another number of columns.
        """
        check_is_fitted(self)
        X = check_array(X, ensure_all_finite="allow-nan")
        count = len(self.categories_)
        if X.shape[1] != count:
            raise ValueError(
                f"Shape of the passed X data is not correct. Expected {count} columns, got "
                f"{X.shape[1]}."
            )
        out = []
        for i, known in enumerate(self.categories_):
            missing, rare = self._missing[i], self._infrequent[i]
            own = known if missing is None else np.delete(known, missing)
            labels = own
            if rare is not None:
                labels = np.empty(len(own) - len(rare) + 1, dtype=object)
                labels[:-1], labels[-1] = np.delete(own, rare), INFREQUENT
            column = X[:, i]
            absent = np.zeros(len(X), dtype=bool)
            if missing is not None:
                code = self.encoded_missing_value
                absent = np.isnan(column) if _nan(code) else column == code
            strange = np.zeros(len(X), dtype=bool)
            if self.handle_unknown == "use_encoded_value":
                unknown = self.unknown_value
                strange = np.isnan(column) if _nan(unknown) else column == unknown
                strange &= ~absent
            places = np.where(absent | strange, 0, np.nan_to_num(column)).astype(np.int64)
            found = labels[places] if len(labels) else np.full(len(X), None, dtype=object)
            if absent.any():
                found = found.astype(np.result_type(found, known) if known.dtype != object else object)
                found[absent] = known[missing]
            if self.handle_unknown == "use_encoded_value":
                found = found.astype(object)
                found[strange] = None
            out.append(found)
        return _beside(out)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that `transform` gives: those of the features."""
        check_is_fitted(self)
        return np.array(names_in(self, input_features), dtype=object)

    def _state(self) -> _made.State:
        state = _made.categories_state(self)
        state.lists("numbers", [self._values(i) for i in range(len(self.categories_))])
        refuse = self.handle_unknown == "error"
        state.values["unknown"] = math.nan if refuse else float(self.unknown_value)
        state.values["refuse"] = refuse
        state.values["single"] = np.dtype(self.dtype) == np.float32
        _made.put_groups(state, self._infrequent, self._numbers)
        return state

    def _restore(self, learned: Any) -> None:
        state = _made.restored(self, learned)
        _made.take_groups(state, self)
        self._missing = [
            next((k for k, v in enumerate(known) if v is not None and is_missing(v)), None)
            for known in self.categories_
        ]


def _nan(value: Any) -> bool:
    return isinstance(value, (float, np.floating)) and math.isnan(value)
