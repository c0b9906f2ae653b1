"""What Python has learned as Rust keeps it, so that it has the same file as what Rust learned.

A column of words is a column of numbers there: each word's place among the words in rising order.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _native
from .utils._parameters import check_record

__all__ = ["State", "categories_state", "check", "learned", "put_groups", "restored", "take_groups"]


class State:
    """Named arrays and values, and the words of each column."""

    def __init__(self) -> None:
        self.arrays: dict[str, np.ndarray] = {}
        self.values: dict[str, Any] = {}
        self.words: list[list[str] | None] | None = None

    def lists(self, name: str, arrays: list[Any]) -> None:
        """Adds arrays of one dimension under a name."""
        self.values[name] = len(arrays)
        for i, array in enumerate(arrays):
            array = np.asarray(array)
            wide = np.float64 if array.dtype.kind == "f" else np.int64
            self.arrays[f"{name}.{i}"] = array.astype(wide)

    def words_of(self, name: str, lists: list[list[str]]) -> None:
        """Adds lists of words under a name."""
        self.values[name] = len(lists)
        for i, words in enumerate(lists):
            self.values[f"{name}.{i}"] = len(words)
            self.values.update((f"{name}.{i}.{k}", word) for k, word in enumerate(words))

    def renumber(self, words: list[list[str] | None]) -> None:
        """Numbers the words of columns by their places among more words."""
        for j, more in enumerate(words):
            known = self.words[j]
            if known is None or more is None:
                continue
            place = {word: float(i) for i, word in enumerate(more)}
            whole = f"categories.{j}" not in self.arrays
            codes = self.arrays["statistics"] if whole else self.arrays[f"categories.{j}"]
            at = range(j, j + 1) if whole else range(len(codes))
            for i in at:
                if not np.isnan(codes[i]):
                    codes[i] = place[known[int(codes[i])]]
            self.words[j] = more

    def taken(self, name: str) -> list[np.ndarray]:
        """The arrays that were added under a name."""
        return [self.arrays[f"{name}.{i}"] for i in range(self.values[name])]


def plain(value: Any) -> Any:
    """A parameter without arrays of objects, which no file holds."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "OUS":
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def parameters_of(estimator: Any) -> dict[str, Any]:
    """The parameters as Rust takes them."""
    return {name: plain(value) for name, value in estimator._parameters()[0].items()}


def check(estimator: Any) -> None:
    """Refuses parameters out of their ranges.

    Raises
    ------
    ValueError
        For the first that is.
    """
    check_record(estimator._record(), parameters_of(estimator))


def learned(estimator: Any, words: list[list[str] | None] | None = None) -> Any:
    """What an estimator has learned, as Rust keeps it.

    Parameters
    ----------
    estimator : a fitted estimator that has a `_state`
    words : more words than it knows of its columns, by which they are numbered
    """
    state = estimator._state()
    if words is not None and state.words is not None:
        state.renumber(words)
    names = getattr(estimator, "feature_names_in_", None)
    has_names = names is not None
    names = list(names) if has_names else [f"x{i}" for i in range(estimator.n_features_in_)]
    state.values["python"]["names"] = has_names
    return _native.learn_made(
        estimator._record(), parameters_of(estimator), state.arrays, state.values, names, state.words,
        has_names,
    )


def encoded(values: np.ndarray) -> tuple[np.ndarray, list[str] | None, dict[str, Any]]:
    """Values as numbers, the words that they are places of, and what is needed to get them back.

    Raises
    ------
    NotImplementedError
        For objects other than words and numbers.
    """
    about: dict[str, Any] = {"dtype": values.dtype.str if values.dtype != object else "object"}
    if values.dtype.kind in "biuf":
        return values.astype(np.float64), None, about
    items = values.tolist()
    missing = [v is None or v != v for v in items]
    about["missing"] = [
        "None" if v is None else "nan" for v, absent in zip(items, missing, strict=True) if absent
    ]
    there = [v for v, absent in zip(items, missing, strict=True) if not absent]
    if all(isinstance(v, str) for v in there):
        words = sorted(set(there))
        place = {w: i for i, w in enumerate(words)}
        codes = [np.nan if m else float(place[v]) for v, m in zip(items, missing, strict=True)]
        about["kinds"] = "words"
        return np.array(codes, dtype=np.float64), words, about
    if all(isinstance(v, (int, float, np.number)) for v in there):
        about["kinds"] = sorted({"int" if isinstance(v, (int, np.integer)) else "float" for v in there})
        return np.array([np.nan if m else float(v) for v, m in zip(items, missing, strict=True)]), None, about
    raise NotImplementedError(
        "an object that is neither a word nor a number cannot be saved in a file of data; in Python, "
        "pickle keeps such estimators"
    )


def decoded(codes: np.ndarray, words: list[str] | None, about: dict[str, Any]) -> np.ndarray:
    """The values that `encoded` made numbers of."""
    if words is None and "kinds" not in about:
        dtype = about.get("dtype", "<f8")
        return codes.astype(np.float64 if dtype == "object" else np.dtype(dtype))
    missing = iter(about.get("missing", ()))
    whole = about.get("kinds") == ["int"]
    values = [
        (None if next(missing, "nan") == "None" else np.nan) if np.isnan(c)
        else words[int(c)] if words is not None else int(c) if whole else float(c)
        for c in codes
    ]
    if about.get("dtype", "object") != "object":
        return np.array(values, dtype=np.dtype(about["dtype"]))
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def categories_state(estimator: Any) -> State:
    """A state with `categories_`."""
    state = State()
    parts = [encoded(c) for c in estimator.categories_]
    state.lists("categories", [codes for codes, _, _ in parts])
    if any(words is not None for _, words, _ in parts):
        state.words = [words for _, words, _ in parts]
    state.values["python"] = {"columns": [about for _, _, about in parts]}
    return state


def put_groups(state: State, infrequent: list[Any], numbers: list[np.ndarray]) -> None:
    """Adds which categories are grouped, and each one's number."""
    state.lists("rare", [np.array([] if r is None else r, dtype=np.int64) for r in infrequent])
    if "numbers" not in state.values:
        state.lists("numbers", numbers)


def take_groups(state: State, estimator: Any) -> None:
    """Sets what `put_groups` added."""
    estimator._infrequent = [r.astype(np.int64) if len(r) else None for r in state.taken("rare")]
    estimator._numbers = []
    for known, rare in zip(estimator.categories_, estimator._infrequent, strict=True):
        missing = [v is not None and v != v for v in known.tolist() if estimator._keeps_missing]
        estimator._numbers.append(_numbers(len(known), rare, missing))


def _numbers(count: int, rare: np.ndarray | None, missing: list[bool]) -> np.ndarray:
    own = [i for i in range(count) if not (missing and missing[i])]
    group = set() if rare is None else {own[r] for r in rare}
    out, number = np.empty(count, dtype=np.int64), 0
    for i in own:
        if i not in group:
            out[i], number = number, number + 1
    for i in group:
        out[i] = number
    last = number + bool(group)
    for i in range(count):
        if missing and missing[i]:
            out[i] = last
    return out


def about_of(state: State, count: int) -> list[dict[str, Any]]:
    """What Python knew of each column; nothing, if Rust learned."""
    known = state.values.get("python")
    return known["columns"] if known else [{} for _ in range(count)]


def read(learned: Any) -> State:
    """The state of what was learned."""
    state = State()
    state.arrays, state.values = learned.state()
    state.words = learned.words()
    return state


def restored(estimator: Any, learned: Any) -> State:
    """Sets `categories_` and the number and names of the features."""
    state = read(learned)
    codes = state.taken("categories")
    words = state.words or [None] * len(codes)
    about = about_of(state, len(codes))
    estimator.categories_ = [
        decoded(c, w, a) for c, w, a in zip(codes, words, about, strict=True)
    ]
    features_of(estimator, learned, state)
    if isinstance(getattr(estimator, "dtype", None), str):
        # A file has names of types.
        estimator.dtype = np.dtype(estimator.dtype).type
    return state


def features_of(estimator: Any, learned: Any, state: State) -> None:
    """Sets the number and the names of the features."""
    estimator.n_features_in_ = learned.n_features_in
    known = state.values.get("python")
    if learned.feature_names_in and (not known or known.get("names", True)):
        estimator.feature_names_in_ = np.asarray(learned.feature_names_in, dtype=object)
