"""Picking elements: gather, slices, masks, where; and writing at places."""

from __future__ import annotations

import numpy as np

from seodang import _native as native
from seodang._shapes import TensorShape

from . import _core
from ._core import Tensor, any_tensor, ints, numpy_of, public, tensor

__all__ = [
    "argmax", "argmin", "argsort", "boolean_mask", "dynamic_partition", "dynamic_stitch", "gather",
    "gather_nd", "invert_permutation", "scatter_nd", "searchsorted", "slice", "sort", "strided_slice",
    "tensor_scatter_nd_add", "tensor_scatter_nd_sub", "tensor_scatter_nd_update", "unique",
    "unique_with_counts", "where", "top_k_places", "linalg_diag",
]

_slice = slice


def _best(name: str, run):
    @public(f"tf.math.{name}")
    def function(input, axis=None, output_type="int64", name: str | None = None) -> Tensor:
        x = tensor(input)
        if x.dtype.is_bool:
            x = native.cast(x, "int32")
        found = run(x, 0 if axis is None else _core.integer(axis))
        return found if str(_core.as_dtype(output_type).name) == "int64" else native.cast(
            found, output_type
        )

    function.__name__ = name
    function.__doc__ = f"The place of the {'largest' if 'max' in name else 'smallest'} element along an axis."
    return function


argmax = _best("argmax", native.argmax)
argmin = _best("argmin", native.argmin)


@public("tf.gather")
def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None) -> Tensor:
    """Rows along an axis by their numbers."""
    params = any_tensor(params)
    if axis is None:
        axis = batch_dims
    if not isinstance(params, Tensor | _core.Variable):
        return params[numpy_of(indices)] if axis == 0 else _take_strings(params, indices, axis)
    return native.gather(params, indices, _core.integer(axis), int(batch_dims))


def _take_strings(params, indices, axis):
    from seodang._strings import StringTensor

    return StringTensor._of(np.take(params._array, numpy_of(indices), axis=axis))


@public("tf.gather_nd")
def gather_nd(params, indices, batch_dims=0, name=None) -> Tensor:
    """Slices by tuples of positions."""
    return native.gather_nd(tensor(params), indices, int(batch_dims))


@public("tf.scatter_nd")
def scatter_nd(indices, updates, shape, name=None) -> Tensor:
    """Updates added into zeros of a shape at tuples of positions."""
    return native.scatter_nd(indices, updates, ints(shape))


def _write(x, indices, updates, how: str):
    x = tensor(x)
    updates = tensor(updates, None, x.dtype)
    shape = list(x.shape)
    placed = native.scatter_nd(indices, updates, shape)
    if how == "add":
        return native.add(x, placed)
    if how == "sub":
        return native.subtract(x, placed)
    ones = native.ones(list(updates.shape), "float32")
    hit = native.greater(native.scatter_nd(indices, ones, shape), 0.0)
    return native.where(hit, placed, x)


@public("tf.tensor_scatter_nd_update")
def tensor_scatter_nd_update(tensor, indices, updates, name=None) -> Tensor:
    """The tensor with other elements at tuples of positions."""
    return _write(tensor, indices, updates, "update")


@public("tf.tensor_scatter_nd_add")
def tensor_scatter_nd_add(tensor, indices, updates, name=None) -> Tensor:
    """The tensor with updates added at tuples of positions."""
    return _write(tensor, indices, updates, "add")


@public("tf.tensor_scatter_nd_sub")
def tensor_scatter_nd_sub(tensor, indices, updates, name=None) -> Tensor:
    """The tensor with updates subtracted at tuples of positions."""
    return _write(tensor, indices, updates, "sub")


@public("tf.where")
def where(condition, x=None, y=None, name=None) -> Tensor:
    """Elements of x where the condition holds and of y elsewhere; the places alone without them."""
    if x is None and y is None:
        return native.nonzero(condition)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    if _core.holds_strings(x) or _core.holds_strings(y):
        from seodang._strings import StringTensor

        return StringTensor._of(np.asarray(
            np.where(numpy_of(condition), numpy_of(any_tensor(x)), numpy_of(any_tensor(y))), object))
    return native.where(condition, x, y)


@public("tf.boolean_mask")
def boolean_mask(tensor, mask, axis=None, name="boolean_mask") -> Tensor:
    """The elements where a mask holds."""
    x = any_tensor(tensor)
    places = (_slice(None),) * (0 if axis is None else _core.integer(axis))
    return x[(*places, numpy_of(mask).astype(bool))]


@public("tf.slice")
def slice(input_, begin, size, name=None) -> Tensor:
    """The part of a size that begins at a place; -1 is all the rest."""
    x = any_tensor(input_)
    begin, size = ints(begin), ints(size)
    return x[tuple(_slice(b, None if s == -1 else b + s) for b, s in zip(begin, size))]


@public("tf.strided_slice")
def strided_slice(input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0,
                  new_axis_mask=0, shrink_axis_mask=0, var=None, name=None) -> Tensor:
    """The part between places, every so manieth element."""
    x = any_tensor(input_)
    begin, end = ints(begin), ints(end)
    strides = ints(strides) if strides is not None else [1] * len(begin)
    key: list = []
    for i, (b, e, s) in enumerate(zip(begin, end, strides)):
        if ellipsis_mask >> i & 1:
            key.append(Ellipsis)
        elif new_axis_mask >> i & 1:
            key.append(None)
        elif shrink_axis_mask >> i & 1:
            key.append(b)
        else:
            key.append(_slice(None if begin_mask >> i & 1 else b, None if end_mask >> i & 1 else e, s))
    return x[tuple(key)]


@public("tf.sort")
def sort(values, axis=-1, direction="ASCENDING", name=None) -> Tensor:
    """Sorted along an axis."""
    return native.sort(tensor(values), _core.integer(axis), _descending(direction))


@public("tf.argsort")
def argsort(values, axis=-1, direction="ASCENDING", stable=False, name=None) -> Tensor:
    """The numbers of the elements in sorted order."""
    return native.argsort(tensor(values), _core.integer(axis), _descending(direction))


def _descending(direction: str) -> bool:
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(f"Argument `direction` should be one of 'ASCENDING' or 'DESCENDING'. "
                         f"Received: direction={direction}")
    return direction == "DESCENDING"


@public("tf.unique")
def unique(x, out_idx="int32", name=None):
    """The different values in the order they come, and the place of each element among them."""
    values, places, _ = unique_with_counts(x, out_idx)
    return _Unique(values, places)


def unique_with_counts(x, out_idx="int32", name=None):
    """As `unique`, with how often each value comes."""
    x = any_tensor(x)
    found, first, inverse, counts = np.unique(
        numpy_of(x), return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    wrap = _core.wrap_array
    kind = _core.as_dtype(out_idx).as_numpy_dtype
    return _UniqueCounts(wrap(found[order]), wrap(rank[inverse.reshape(-1)].astype(kind)),
                         wrap(counts[order].astype(kind)))


class _Unique(tuple):
    def __new__(cls, y, idx):
        return tuple.__new__(cls, (y, idx))

    y = property(lambda self: self[0])
    idx = property(lambda self: self[1])


class _UniqueCounts(tuple):
    def __new__(cls, y, idx, count):
        return tuple.__new__(cls, (y, idx, count))

    y = property(lambda self: self[0])
    idx = property(lambda self: self[1])
    count = property(lambda self: self[2])


@public("tf.searchsorted")
def searchsorted(sorted_sequence, values, side="left", out_type="int32", name=None) -> Tensor:
    """Where values belong in sorted sequences."""
    rows, wanted = numpy_of(sorted_sequence), numpy_of(values)
    if rows.ndim == 1:
        found = np.searchsorted(rows, wanted, side)
    else:
        flat = zip(rows.reshape(-1, rows.shape[-1]), wanted.reshape(-1, wanted.shape[-1]))
        found = np.stack([np.searchsorted(r, w, side) for r, w in flat]).reshape(wanted.shape)
    return _core.convert(found.astype(_core.as_dtype(out_type).as_numpy_dtype))


@public("tf.math.invert_permutation")
def invert_permutation(x, name=None) -> Tensor:
    """The permutation that undoes one."""
    order = numpy_of(x)
    back = np.empty_like(order)
    back[order] = np.arange(len(order), dtype=order.dtype)
    return _core.convert(back)


def dynamic_partition(data, partitions, num_partitions, name=None) -> list[Tensor]:
    """The elements of each part."""
    parts = numpy_of(partitions)
    return [boolean_mask(data, parts == i) for i in range(num_partitions)]


def dynamic_stitch(indices, data, name=None) -> Tensor:
    """Elements of several tensors put at their places in one."""
    places = np.concatenate([numpy_of(i).reshape(-1) for i in indices])
    rank = numpy_of(indices[0]).ndim
    rows = np.concatenate([numpy_of(d).reshape(-1, *numpy_of(d).shape[rank:]) for d in data])
    out = np.zeros((places.max() + 1, *rows.shape[1:]), rows.dtype)
    out[places] = rows
    return _core.convert(out)


def top_k_places(x, k):
    """The numbers of the k largest elements."""
    return native.top_k(tensor(x), k)[1]


def linalg_diag(x) -> Tensor:
    """A matrix with a diagonal."""
    x = tensor(x)
    n = TensorShape(x.shape)[-1]
    return native.multiply(native.expand_dims(x, -1), native.eye(n, x.dtype))
