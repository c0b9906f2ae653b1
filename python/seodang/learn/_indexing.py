"""Some samples or columns of whatever samples are kept in: arrays, frames, sparse matrices, lists."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._sparse import is_sparse
from .utils.validation import _num_samples, check_consistent_length


def indexable(*arrays: Any) -> list[Any]:
    """The arrays in forms of which `rows` takes parts, all of as many samples; None stays None.

    Raises
    ------
    ValueError
        If the numbers of samples differ.
    """
    out = []
    for x in arrays:
        if is_sparse(x):
            out.append(x.tocsr())
        elif x is None or hasattr(x, "__getitem__") or hasattr(x, "iloc"):
            out.append(x)
        else:
            out.append(np.asarray(x))
    check_consistent_length(*out)
    return out


def is_frame(x: Any) -> bool:
    """Whether `x` is a frame of pandas or polars."""
    return hasattr(x, "columns") and (hasattr(x, "iloc") or hasattr(x, "with_columns"))


def rows(x: Any, indices: Any) -> Any:
    """The samples of these numbers (or mask, or slice), in the container that they come in."""
    if x is None:
        return None
    if hasattr(x, "iloc"):
        return x.iloc[indices]
    if is_sparse(x):
        return (x if x.format in ("csr", "lil", "dok") else x.tocsr())[indices]
    if hasattr(x, "shape"):
        if not isinstance(x, np.ndarray) and isinstance(indices, np.ndarray):
            # Other libraries' containers take lists for certain.
            return x[np.flatnonzero(indices) if indices.dtype == bool else indices.tolist()]
        return x[indices]
    if isinstance(indices, slice):
        return x[indices]
    indices = np.asarray(indices)
    return [x[i] for i in (np.flatnonzero(indices) if indices.dtype == bool else indices)]


def column_numbers(x: Any, key: Any, names: Any = None) -> list[int]:
    """The numbers of the columns that a key means: a name or number, some of them, a slice, a mask.

    Parameters
    ----------
    x : whose columns
    key : which; negative numbers count from the end
    names : the names of columns, if not those of the frame `x`

    Raises
    ------
    ValueError
        For columns that there are not, or names where there is no frame.
    """
    n = x.shape[1]
    if callable(key):
        key = key(x)
    one = np.isscalar(key) or isinstance(key, str)
    if isinstance(key, slice):
        if isinstance(key.start, str) or isinstance(key.stop, str):
            known = _names(x, names)
            start = None if key.start is None else _position(known, key.start)
            # The last of named columns belongs to them.
            stop = n if key.stop is None else _position(known, key.stop) + 1
            return list(range(n)[slice(start, stop, key.step)])
        return list(range(n)[key])
    keys = [key] if one else list(key)
    if not keys:
        return []
    if all(isinstance(k, str) for k in keys):
        known = _names(x, names)
        return [_position(known, k) for k in keys]
    if all(isinstance(k, (bool, np.bool_)) for k in keys):
        if len(keys) != n:
            raise ValueError(
                f"boolean index did not match indexed array: {n} columns but {len(keys)} values"
            )
        return np.flatnonzero(keys).tolist()
    if all(isinstance(k, (int, np.integer)) for k in keys):
        if any(not -n <= k < n for k in keys):
            raise ValueError(
                f"all features must be in [0, {n - 1}] or [-{n}, 0]: X has n_features = {n}"
            )
        return [int(k) % n for k in keys]
    raise ValueError(
        "No valid specification of the columns. Only a scalar, list or slice of all integers or all "
        "strings, or boolean mask is allowed"
    )


def _names(x: Any, names: Any) -> list[str]:
    if names is None:
        names = getattr(x, "columns", None)
    if names is None:
        raise ValueError("Specifying the columns using strings is only supported for dataframes.")
    return list(names)


def _position(known: list[str], name: str) -> int:
    found = [i for i, k in enumerate(known) if k == name]
    if not found:
        raise ValueError("A given column is not a column of the dataframe") from KeyError(name)
    if len(found) > 1:
        raise ValueError(f"Selected columns, {[name]}, are not unique in dataframe")
    return found[0]


def columns(x: Any, numbers: list[int], one: bool = False) -> Any:
    """The columns of these numbers; as one dimension if `one`."""
    if hasattr(x, "iloc"):
        return x.iloc[:, numbers[0] if one else numbers]
    if is_frame(x):
        return x[:, numbers[0]] if one else x[:, numbers]
    return x[:, numbers[0]] if one else x[:, numbers]


def stacked(tables: list[Any]) -> Any:
    """Tables beside each other: sparse if one is."""
    if any(is_sparse(t) for t in tables):
        from scipy.sparse import hstack

        return hstack(tables).tocsr()
    return np.hstack(tables)


def parameters_of(X: Any, params: dict[str, Any] | None, indices: Any = None) -> dict[str, Any]:
    """What `fit` takes besides: what has a value for each sample becomes the values of these samples."""
    n = _num_samples(X)
    out = {}
    for name, value in (params or {}).items():
        array = hasattr(value, "__len__") and not isinstance(value, (str, bytes, dict))
        per_sample = (array or hasattr(value, "shape")) and np.ndim(value) and _num_samples(value) == n
        if per_sample and is_sparse(value):
            value = value.tocsr()
        out[name] = rows(value, indices) if per_sample and indices is not None else value
    return out
