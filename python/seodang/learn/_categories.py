"""Categorical features: which they are, and their values as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np


def _is_frame(X: Any) -> bool:
    return hasattr(X, "columns") and hasattr(X, "dtypes")


def categorical_mask(X: Any, asked: Any) -> np.ndarray | None:
    """Which features are categories, as `categorical_features` asks; None if none is.

    Raises
    ------
    ValueError
        For what asks for no feature that there is.
    """
    by_type = isinstance(asked, str) and asked == "from_dtype"
    if asked is None or (by_type and not _is_frame(X)):
        return None
    if by_type:
        types = X.dtypes.tolist() if hasattr(X.dtypes, "tolist") else list(X.dtypes)
        asked = [str(t).partition("(")[0] in ("category", "Categorical", "Enum") for t in types]
    asked = np.asarray(asked)
    if asked.size == 0:
        return None
    kind, features = asked.dtype.kind, np.shape(X)[1]
    message = "categorical_features must be an array-like of bool, int or str, got: "
    if kind not in "ibUO":
        raise ValueError(f"{message}{asked.dtype.name}.")
    types = {type(f).__name__ for f in asked} if kind == "O" else {"str"}
    if types != {"str"}:
        raise ValueError(f"{message}{', '.join(sorted(types))}.")
    mask = np.zeros(features, dtype=bool)
    if kind in "UO":
        if not _is_frame(X):
            raise ValueError(
                "categorical_features should be passed as an array of integers or as a boolean mask "
                "when the model is fitted on data without feature names."
            )
        names = list(X.columns)
        for name in asked:
            if name not in names:
                raise ValueError(
                    f"categorical_features has an item value '{name}' which is not a valid feature "
                    f"name of the training data. Observed feature names: {names}"
                )
            mask[names.index(name)] = True
    elif kind == "i":
        if asked.max() >= features or asked.min() < 0:
            raise ValueError(
                "categorical_features set as integer indices must be in [0, n_features - 1]"
            )
        mask[asked] = True
    elif asked.shape[0] != features:
        raise ValueError(
            "categorical_features set as a boolean mask must have shape (n_features,), got: "
            f"{asked.shape}"
        )
    else:
        mask = asked
    return mask if mask.any() else None


def _column(X: Any, j: int) -> np.ndarray:
    if not _is_frame(X):
        return np.asarray(X[:, j], dtype=object)
    column = X.iloc[:, j] if hasattr(X, "iloc") else X[X.columns[j]]
    return np.array(column.to_list(), dtype=object)


def _is_number(X: Any, j: int) -> bool:
    """Whether a column holds numbers, so that they are themselves the categories."""
    if not _is_frame(X):
        return X.dtype.kind in "biuf"
    dtype = X.dtypes.iloc[j] if hasattr(X.dtypes, "iloc") else list(X.dtypes)[j]
    if hasattr(dtype, "is_numeric"):
        return bool(dtype.is_numeric())
    return getattr(dtype, "kind", "O") in "biuf"


def _is_missing(value: Any) -> bool:
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:
        # The missing value of pandas is neither true nor false.
        return True


def _order(value: Any) -> tuple[bool, str, Any]:
    number = isinstance(value, (int, float, np.number))
    return (not number, "" if number else type(value).__name__, value)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def find_categories(X: Any, mask: np.ndarray, most: int) -> list[list[Any]]:
    """The categories of columns that hold no numbers: pairs of a column's number and its values.

    Raises
    ------
    ValueError
        For more than `most` of them in a column.
    """
    found = []
    for j in np.flatnonzero(mask):
        if _is_number(X, j):
            continue
        values = {_plain(v) for v in _column(X, j) if not _is_missing(v)}
        if len(values) > most:
            name = repr(X.columns[j]) if _is_frame(X) else f"at index {j}"
            raise ValueError(
                f"Categorical feature {name} is expected to have a cardinality <= {most} but actually "
                f"has a cardinality of {len(values)}."
            )
        try:
            ordered = sorted(values, key=_order)
        except TypeError:
            ordered = sorted(values, key=repr)
        found.append([int(j), ordered])
    return found


def encode(X: Any, encoding: list[list[Any]]) -> Any:
    """X with the numbers of categories in the place of their values; others become NaN."""
    if not encoding:
        return X
    if not _is_frame(X):
        X = np.array(X, dtype=object)
    elif hasattr(X, "iloc"):
        X = X.copy(deep=False)
    for j, values in encoding:
        numbers = {v: float(i) for i, v in enumerate(values)}
        codes = np.array([
            np.nan if _is_missing(v) else numbers.get(_plain(v), np.nan) for v in _column(X, j)
        ])
        if not _is_frame(X):
            X[:, j] = codes
        elif hasattr(X, "iloc"):
            X[X.columns[j]] = codes
        else:
            X = X.with_columns(type(X[X.columns[j]])(X.columns[j], codes))
    return X
