"""Categories of columns: found, numbered, and grouped where they are rare."""

from __future__ import annotations

import itertools
import numbers
from collections import Counter
from typing import Any

import numpy as np

from ..utils.validation import check_array, check_feature_names

__all__ = ["INFREQUENT", "Categorical", "codes_of", "unique_of"]

INFREQUENT = "infrequent_sklearn"


def is_missing(value: Any) -> bool:
    """Whether a value is None, NaN or pandas's NA."""
    if value is None:
        return True
    if isinstance(value, (float, np.floating)):
        return bool(np.isnan(value))
    return type(value).__name__ in ("NAType", "NaTType")


def unique_of(column: np.ndarray, counted: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """The different values of a column in rising order, None and NaN last, and how often each is there;
    that they are there, unless it is `counted`.

    Raises
    ------
    TypeError
        If words and numbers are mixed.
    """
    if column.dtype != object:
        return np.unique(column, return_counts=True)
    values = column.tolist()
    try:
        counts = Counter(values) if counted else dict.fromkeys(set(values), 1)
    except TypeError as error:
        raise TypeError(
            f"Encoders require their input argument must be uniformly strings or numbers: {error}"
        ) from None
    missing: dict[str, list[Any]] = {}
    for value in [v for v in counts if is_missing(v)]:
        # NaN is unlike itself: each object is another one.
        kept = missing.setdefault("none" if value is None else "nan", [value, 0])
        kept[1] += counts.pop(value)
    try:
        values = sorted(counts)
    except TypeError:
        types = sorted({type(v).__qualname__ for v in counts})
        raise TypeError(
            "Encoders require their input argument must be uniformly strings or numbers. Got "
            f"{types}"
        ) from None
    found = [counts[v] for v in values]
    for kind in ("none", "nan"):
        if kind in missing:
            values.append(missing[kind][0])
            found.append(missing[kind][1])
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out, np.asarray(found)


def codes_of(column: np.ndarray, categories: np.ndarray) -> np.ndarray:
    """The place of each value among categories, -1 for those that are none."""
    if len(categories) == 0:
        return np.full(len(column), -1)
    plain = column.dtype != object and categories.dtype != object
    if plain and column.dtype.kind in "biufM" and categories.dtype.kind == column.dtype.kind:
        order = None
        known = categories
    elif plain and column.dtype.kind in "biuf" and categories.dtype.kind in "biuf":
        order, known = None, categories
    elif plain and column.dtype.kind == "U" and categories.dtype.kind == "U":
        order = np.argsort(categories, kind="stable")
        known = categories[order]
    else:
        known = categories.tolist()
        table = {v: i for i, v in enumerate(known)}
        nan = next((i for i, v in enumerate(known) if v is not None and is_missing(v)), -1)
        values = column.tolist()
        codes = np.fromiter(
            map(table.get, values, itertools.repeat(-1)), dtype=np.int64, count=len(values)
        )
        if nan >= 0:
            # NaN is unlike itself: each object is another one.
            for i in np.flatnonzero(codes < 0):
                if values[i] is not None and is_missing(values[i]):
                    codes[i] = nan
        return codes
    places = np.searchsorted(known, column)
    places[places == len(known)] = 0
    found = known[places] == column
    if column.dtype.kind == "f" and known.dtype.kind == "f" and np.isnan(known[-1]):
        missing = np.isnan(column)
        places[missing], found[missing] = len(known) - 1, True
    if order is not None:
        places = order[places]
    return np.where(found, places, -1)


def _given(categories: Any, column: np.ndarray, i: int) -> np.ndarray:
    """The categories that are given for a column, checked."""
    kind = column.dtype.kind
    out = np.asarray(categories, dtype=column.dtype if kind not in "US" else None)
    if kind == "O" or (kind == "U" and out.dtype.kind not in "US"):
        values = list(categories)
        out = np.empty(len(values), dtype=object)
        out[:] = values
    if out.dtype.kind == "S" or (
        out.dtype == object and len(out) and isinstance(out[0], bytes)
    ):
        if kind != "S" and not (len(column) and isinstance(column[0], bytes)):
            raise ValueError(
                f"In column {i}, the predefined categories have type 'bytes' which is incompatible "
                f"with values of type '{type(column[0]).__name__}'."
            )
    for value in out[:-1]:
        if is_missing(value) and value is not None:
            raise ValueError(
                "Nan should be the last element in user provided categories, see categories "
                f"{out} in column #{i}"
            )
    if len({v for v in out.tolist() if not is_missing(v)}) + sum(map(is_missing, out)) != len(out):
        raise ValueError(f"In column {i}, the predefined categories contain duplicate elements.")
    if out.dtype.kind not in "OUS":
        real = out[~np.isnan(out)] if out.dtype.kind == "f" else out
        if np.any(real[:-1] >= real[1:]):
            raise ValueError("Unsorted categories are not supported for numerical categories")
    return out


class Categorical:
    """What encoders of categories share."""

    # Whether what is missing is never grouped.
    _keeps_missing = False

    def _columns(self, X: Any, *, reset: bool) -> list[np.ndarray]:
        """The columns of `X`, each of its own type."""
        check_feature_names(self, X, reset=reset)
        options = {"ensure_all_finite": "allow-nan", "estimator": self, "input_name": "X"}
        if hasattr(X, "iloc") and getattr(X, "ndim", 0) == 2:
            columns = [
                check_array(X.iloc[:, i], ensure_2d=False, dtype=None, **options)
                for i in range(X.shape[1])
            ]
            rows = X.shape[0]
        elif hasattr(X, "get_columns"):
            # A frame of polars.
            columns = [c.to_numpy() for c in X.get_columns()]
            rows = X.shape[0]
        else:
            array = check_array(X, dtype=None, **options)
            if not hasattr(X, "dtype") and array.dtype.kind in "US":
                array = check_array(X, dtype=object, **options)
            columns, rows = [array[:, i] for i in range(array.shape[1])], array.shape[0]
        if rows == 0 or not columns:
            shape = (rows, len(columns))
            what = "sample(s)" if rows == 0 else "feature(s)"
            raise ValueError(
                f"Found array with 0 {what} (shape={shape}) while a minimum of 1 is required by "
                f"{type(self).__name__}."
            )
        if reset:
            self.n_features_in_ = len(columns)
        elif len(columns) != self.n_features_in_:
            raise ValueError(
                f"X has {len(columns)} features, but {type(self).__name__} is expecting "
                f"{self.n_features_in_} features as input."
            )
        return columns

    def _find_categories(self, columns: list[np.ndarray], unknown_raises: bool) -> list[np.ndarray]:
        """Sets `categories_`; gives how often each is there."""
        auto = isinstance(self.categories, str) and self.categories == "auto"
        if not auto and len(self.categories) != len(columns):
            raise ValueError(
                "Shape mismatch: if categories is an array, it has to be of shape (n_features,)."
            )
        self.categories_, counts = [], []
        for i, column in enumerate(columns):
            found, often = unique_of(column, self._groups)
            if auto:
                self.categories_.append(found)
                counts.append(often)
                continue
            known = _given(self.categories[i], column, i)
            places = codes_of(found, known)
            if unknown_raises and (places < 0).any():
                raise ValueError(
                    f"Found unknown categories {_shown(found[places < 0])} in column {i} during fit"
                )
            number = np.zeros(len(known), dtype=np.int64)
            number[places[places >= 0]] = often[places >= 0]
            self.categories_.append(known)
            counts.append(number)
        return counts

    def _find_infrequent(self, counts: list[np.ndarray], samples: int) -> None:
        """Sets which categories of each column are grouped, and each one's number then."""
        self._infrequent: list[np.ndarray | None] = []
        self._numbers: list[np.ndarray] = []
        for often in counts:
            rare = np.zeros(len(often), dtype=bool)
            least = self.min_frequency
            if isinstance(least, numbers.Integral):
                rare = often < least
            elif least is not None:
                rare = often < least * samples
            left = len(often) - rare.sum() + 1
            if self.max_categories is not None and self.max_categories < left:
                kept = self.max_categories - 1
                if kept == 0:
                    rare[:] = True
                else:
                    rare[np.argsort(often, kind="mergesort")[:-kept]] = True
            numbers_ = np.empty(len(often), dtype=np.int64)
            numbers_[~rare] = np.arange((~rare).sum())
            numbers_[rare] = (~rare).sum()
            self._infrequent.append(np.flatnonzero(rare) if rare.any() else None)
            self._numbers.append(numbers_)

    @property
    def _groups(self) -> bool:
        """Whether rare categories are grouped."""
        limits = (getattr(self, name, None) for name in ("max_categories", "min_frequency"))
        return any(limit is not None for limit in limits)

    @property
    def infrequent_categories_(self) -> list[np.ndarray | None]:
        """Of each column, the categories that are grouped, or None."""
        if not self._groups:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute 'infrequent_categories_': nothing says "
                "which categories are rare"
            )
        return [
            None if rare is None else known[rare]
            for known, rare in zip(self.categories_, self._infrequent, strict=True)
        ]


def _shown(values: np.ndarray) -> list[Any]:
    return [v.item() if hasattr(v, "item") else v for v in values]
