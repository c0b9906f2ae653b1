"""Elements of data sets: structures whose leaves are arrays, tensors or data sets.

Inside a pipeline a leaf is a NumPy array (strings: an array of ``bytes`` objects) or a tensor that a
function returned; only what goes to the user's code becomes a tensor. Structures are tuples, dicts and
named tuples: a list is a value, as everywhere in ``tf.data``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from seodang import _dtypes
from seodang._specs import DatasetSpec, NoneTensorSpec, TensorSpec, type_spec_from_value
from seodang._strings import StringTensor


def is_nested(value) -> bool:
    """Whether a value is a structure of values."""
    return (isinstance(value, tuple) and not hasattr(value, "as_list")) or isinstance(value, Mapping)


def map_leaves(function, value):
    """The structure of a function's results over a structure's leaves."""
    if type(value) is tuple:
        return tuple([map_leaves(function, v) if is_nested(v) else function(v) for v in value])
    if not is_nested(value):
        return function(value)
    if isinstance(value, Mapping):
        mapped = {k: map_leaves(function, v) for k, v in value.items()}
        kind = type(value)
        if kind is dict:
            return mapped
        try:
            return kind(mapped)
        except TypeError:
            return mapped
    return type(value)(*[map_leaves(function, v) for v in value])


def flatten(value) -> list:
    """The leaves, dicts in the order of their sorted keys."""
    if not is_nested(value):
        return [value]
    if isinstance(value, Mapping):
        value = [value[k] for k in sorted(value)]
    return [leaf for child in value for leaf in flatten(child)]


def pack(structure, leaves):
    """A structure like the given one of other leaves."""
    leaves = iter(leaves)

    def build(node):
        if not is_nested(node):
            return next(leaves)
        if isinstance(node, Mapping):
            found = {k: build(node[k]) for k in sorted(node)}
            return {k: found[k] for k in node}
        children = [build(child) for child in node]
        return tuple(children) if type(node) is tuple else type(node)(*children)

    return build(structure)


def same_structure(a, b) -> bool:
    """Whether two structures have the same form."""
    if is_nested(a) != is_nested(b):
        return False
    if not is_nested(a):
        return True
    if isinstance(a, Mapping):
        return (
            isinstance(b, Mapping)
            and set(a) == set(b)
            and all(same_structure(a[k], b[k]) for k in a)
        )
    return (
        not isinstance(b, Mapping)
        and len(a) == len(b)
        and all(same_structure(x, y) for x, y in zip(a, b))
    )


def _first_leaf(value):
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return value


def _bytes_array(value) -> np.ndarray:
    return StringTensor(value)._array


def _own_type(dtype) -> np.dtype:
    """NumPy's type of a Python number as TensorFlow would choose it."""
    return {"int64": np.dtype(np.int32), "float64": np.dtype(np.float32)}.get(dtype.name, dtype)


def to_array(value, dtype=None) -> np.ndarray:
    """The array of any value that could become a tensor.

    Python's integers become int32 (int64 where they do not fit), its floats float32; arrays keep their
    type. Raises ValueError for ragged lists, TypeError for what is no tensor.
    """
    if isinstance(value, np.ndarray):
        array = value
    elif isinstance(value, StringTensor):
        array = value._array
    elif hasattr(value, "numpy") and callable(value.numpy):
        array = np.asarray(value.numpy())
    elif hasattr(value, "__array__"):
        array = np.asarray(value)
    else:
        first = _first_leaf(value)
        if isinstance(first, (str, bytes, StringTensor)):
            return _bytes_array(value)
        if hasattr(first, "numpy") and isinstance(value, (list, tuple)):
            value = _without_tensors(value)
        try:
            array = np.asarray(value)
        except ValueError as error:
            if "inhomogeneous" in str(error):
                raise ValueError("Can't convert non-rectangular Python sequence to Tensor.") from None
            raise
        if not isinstance(first, np.generic) and not hasattr(first, "dtype"):
            kind = _own_type(array.dtype)
            if kind.kind != "i" or not array.size or (
                array.min() >= -(2**31) and array.max() < 2**31
            ):
                array = array.astype(kind, copy=False)
    if array.dtype.kind in "OSU":
        array = _strings_of(array)
    if dtype is not None:
        wanted = _dtypes.as_dtype(dtype)
        if (wanted is _dtypes.string) != (array.dtype.kind == "O"):
            raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype {wanted.name}")
        if wanted is not _dtypes.string:
            array = array.astype(wanted.as_numpy_dtype, copy=False)
    elif array.dtype.kind not in "biufO":
        raise TypeError(f"Cannot convert a value of type {array.dtype} to a Tensor.")
    return array


def _without_tensors(value):
    if isinstance(value, (list, tuple)):
        return [_without_tensors(v) for v in value]
    return value.numpy() if hasattr(value, "numpy") else value


def _strings_of(array: np.ndarray) -> np.ndarray:
    if array.dtype.kind in "SU":
        out = np.empty(array.shape, object)
        flat = array.reshape(-1).tolist()
        out.reshape(-1)[:] = [v if isinstance(v, bytes) else v.encode() for v in flat]
        return out
    flat = array.reshape(-1)
    if not flat.size or all(isinstance(v, bytes) for v in flat):
        return array
    if all(isinstance(v, (bytes, str)) for v in flat):
        out = np.empty(array.shape, object)
        out.reshape(-1)[:] = [v if isinstance(v, bytes) else v.encode() for v in flat]
        return out
    first = flat[0]
    if isinstance(first, (bool, int, float, np.generic)) and not any(
        isinstance(v, (str, bytes)) or v is None for v in flat
    ):
        try:
            return np.asarray(array.tolist())
        except ValueError:
            pass
    raise ValueError(
        f"Failed to convert a NumPy array to a Tensor (Unsupported object type {_culprit(flat)})."
    )


def _culprit(flat) -> str:
    for value in flat:
        if not isinstance(value, (str, bytes, int, float, np.number)):
            return type(value).__name__
    return type(flat[0]).__name__


def is_dataset(value) -> bool:
    """Whether a leaf is a data set."""
    return hasattr(value, "_iterate")


def leaf_from_user(value):
    """A leaf of the pipeline for a value that the user's code gave."""
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in "biuf" else to_array(value)
    if value is None or is_dataset(value):
        return value
    if isinstance(value, StringTensor):
        return value._array
    if hasattr(value, "is_traced"):
        return value.read_value() if hasattr(value, "read_value") else value
    if hasattr(value, "read_value"):
        return value.read_value()
    return to_array(value)


def from_user(value):
    """The element for what a function of the user's returned; a list there counts as a tuple."""
    if isinstance(value, list):
        value = tuple(value)
    return map_leaves(leaf_from_user, value)


def leaf_to_user(leaf):
    """The tensor of a leaf."""
    if isinstance(leaf, np.ndarray):
        if leaf.dtype.kind == "O":
            return StringTensor._of(leaf)
        from seodang import _native

        return _native.from_numpy(leaf)
    return leaf


def to_user(element):
    """The element as the user's code sees it: tensors."""
    return map_leaves(leaf_to_user, element)


def leaf_array(leaf) -> np.ndarray:
    """The array of a leaf that is no data set."""
    if isinstance(leaf, np.ndarray):
        return leaf
    if is_dataset(leaf):
        raise TypeError("A dataset inside an element cannot be batched; use flat_map.")
    return np.asarray(leaf.numpy())


def leaf_numpy(leaf):
    """What ``as_numpy_iterator`` gives for a leaf: an array, or a scalar."""
    if is_dataset(leaf) or leaf is None:
        return leaf
    array = leaf_array(leaf)
    return array[()] if array.ndim == 0 else array


def leaf_spec(leaf):
    """The description of a leaf."""
    if is_dataset(leaf):
        return DatasetSpec(leaf.element_spec)
    if leaf is None:
        return NoneTensorSpec()
    if isinstance(leaf, np.ndarray):
        return TensorSpec(leaf.shape, _dtypes.as_dtype(leaf.dtype))
    return type_spec_from_value(leaf)


def call(function, element):
    """Calls a function of the user's on an element: a plain tuple is spread over its parameters."""
    if type(element) is tuple:
        return function(*[to_user(part) for part in element])
    return function(to_user(element))
