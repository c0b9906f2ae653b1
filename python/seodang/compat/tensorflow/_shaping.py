"""Shapes of tensors, and tensors in other shapes."""

from __future__ import annotations

import numpy as np

from seodang._shapes import TensorShape
from seodang._strings import StringTensor

from ._core import (
    HANDLES, Tensor, any_tensor, as_dtype, axis_list, convert, integer, ints, invalid, native,
    numpy_of, public, same_type, tensor,
)

__all__ = [
    "broadcast_dynamic_shape", "broadcast_static_shape", "broadcast_to", "concat", "ensure_shape",
    "expand_dims", "pad", "rank", "repeat", "reshape", "reverse", "roll", "shape", "shape_n", "size",
    "split", "squeeze", "stack", "tile", "transpose", "unstack",
]


@public("tf.shape")
def shape(input, out_type="int32", name: str | None = None) -> Tensor:
    """The dimensions of a tensor, as a tensor of integers."""
    x = any_tensor(input)
    return _known(np.array(tuple(x.shape), as_dtype(out_type).as_numpy_dtype))


def _known(value: np.ndarray) -> Tensor:
    """Integers that stay known while a function is traced: shapes are, whatever the elements will be."""
    return native.eagerly(lambda: convert(value)) if native.is_tracing() else convert(value)


def shape_n(input, out_type="int32", name: str | None = None) -> list[Tensor]:
    """The dimensions of each of several tensors."""
    return [shape(x, out_type) for x in input]


@public("tf.size")
def size(input, out_type="int32", name: str | None = None) -> Tensor:
    """The number of elements of a tensor, as a tensor."""
    count = int(np.prod(tuple(any_tensor(input).shape), dtype=np.int64))
    return _known(np.array(count, as_dtype(out_type).as_numpy_dtype))


@public("tf.rank")
def rank(input, name: str | None = None) -> Tensor:
    """The number of dimensions of a tensor, as a tensor."""
    return convert(np.array(len(any_tensor(input).shape), np.int32))


@public("tf.reshape", lambda tensor, shape: np.reshape(np.asarray(tensor, object), ints(shape)))
def reshape(tensor, shape, name: str | None = None) -> Tensor:
    """The elements in another shape, of which one dimension may be -1.

    Raises InvalidArgumentError if the numbers of elements differ.
    """
    x = any_tensor(tensor)
    if isinstance(x, StringTensor):
        return StringTensor._of(x._array.reshape(ints(shape)))
    dims = ints(shape)
    known = int(np.prod([d for d in dims if d != -1], dtype=np.int64))
    fits = x.size == known if -1 not in dims else bool(known) and x.size % known == 0
    if dims.count(-1) > 1:
        raise invalid("Only one input size may be -1, not both "
                      f"{dims.index(-1)} and {len(dims) - 1 - dims[::-1].index(-1)} [Op:Reshape]")
    if not fits and not (x.size == 0 and known == 0):
        if -1 in dims:
            raise invalid(
                f"Input to reshape is a tensor with {x.size} values, but the requested shape "
                f"requires a multiple of {known} [Op:Reshape]"
            )
        raise invalid(
            f"Input to reshape is a tensor with {x.size} values, but the requested shape has "
            f"{known} [Op:Reshape]"
        )
    return native.reshape(x, dims)


@public("tf.transpose", lambda a, perm=None, conjugate=False: np.transpose(a, perm))
def transpose(a, perm=None, conjugate: bool = False, name: str | None = "transpose") -> Tensor:
    """The tensor with its axes in another order (reversed by default)."""
    x = tensor(a)
    if perm is None:
        return native.transpose(x, None)
    order = ints(perm)
    if len(order) != x.ndim:
        raise invalid(f"transpose expects a vector of size {x.ndim}. But input(1) is a vector of "
                      f"size {len(order)} [Op:Transpose]")
    if sorted(o % x.ndim if -x.ndim <= o < x.ndim else -1 for o in order) != list(range(x.ndim)):
        raise invalid(f"{order} is not a permutation of the axes of shape {x.shape} [Op:Transpose]")
    return native.transpose(x, [o % x.ndim for o in order])


@public("tf.expand_dims", lambda input, axis: np.expand_dims(input, integer(axis)))
def expand_dims(input, axis=None, name: str | None = None) -> Tensor:
    """The tensor with another axis of size 1.

    Raises InvalidArgumentError for a position beyond the axes, TypeError without one.
    """
    if axis is None:
        raise TypeError("Missing required argument 'axis'")
    x, at = tensor(input), integer(axis)
    if not -x.ndim - 1 <= at <= x.ndim:
        raise invalid(f"Tried to expand dim index {at} for tensor with {x.ndim} dimensions. "
                      "[Op:ExpandDims]")
    return native.expand_dims(x, at)


@public("tf.squeeze", lambda input, axis=None: np.squeeze(input, None if axis is None else tuple(ints(axis))))
def squeeze(input, axis=None, name: str | None = None, squeeze_dims=None) -> Tensor:
    """The tensor without its axes of size 1, or without those of them that `axis` names.

    Raises InvalidArgumentError for an axis of another size.
    """
    x = tensor(input)
    where = axis if axis is not None else squeeze_dims
    if where is None:
        return native.squeeze(x, None)
    where = axis_list(where, x.ndim)
    for a in where:
        if x.shape[a] != 1:
            raise invalid(f"Can not squeeze dim[{a}], expected a dimension of 1, got {x.shape[a]} "
                          "[Op:Squeeze]")
    return native.squeeze(x, where) if where else x


@public("tf.concat", lambda values, axis: np.concatenate(values, integer(axis)))
def concat(values, axis, name: str | None = "concat") -> Tensor:
    """Tensors joined along an axis that they have.

    Raises InvalidArgumentError if their other dimensions differ.
    """
    if isinstance(values, HANDLES):
        return tensor(values)
    parts = same_type(values)
    at = integer(axis)
    first = parts[0]
    for i, p in enumerate(parts[1:], 1):
        if p.dtype != first.dtype:
            raise invalid(f"cannot compute ConcatV2 as input #{i}(zero-based) was expected to be a "
                          f"{_short(first)} tensor but is a {_short(p)} tensor [Op:ConcatV2]")
        if p.ndim != first.ndim:
            raise invalid(f"ConcatOp : Ranks of all input tensors should match: shape[0] = "
                          f"{_braces(first)} vs. shape[{i}] = {_braces(p)} [Op:ConcatV2]")
        if not -first.ndim <= at < first.ndim:
            break
        if any(a != b for d, (a, b) in enumerate(zip(first.shape, p.shape, strict=True))
               if d != at % first.ndim):
            raise invalid(f"ConcatOp : Dimension {at % first.ndim} in both shapes must be equal: "
                          f"shape[0] = {_braces(first)} vs. shape[{i}] = {_braces(p)} [Op:ConcatV2]")
    if not -first.ndim <= at < first.ndim:
        raise invalid(f"ConcatOp : Expected concatenating dimensions in the range "
                      f"[{-first.ndim}, {first.ndim}), but got {at} [Op:ConcatV2]")
    return native.concat(parts, at) if len(parts) > 1 else first


def _short(x: Tensor) -> str:
    return {"float32": "float", "float64": "double", "float16": "half"}.get(x.dtype.name, x.dtype.name)


def _braces(x: Tensor) -> str:
    return "[" + ",".join(map(str, x.shape)) + "]"


@public("tf.stack", lambda values, axis=0: np.stack([np.asarray(v, object) for v in values], integer(axis)))
def stack(values, axis=0, name: str | None = "stack") -> Tensor:
    """Tensors of one shape as the rows of a new axis.

    Raises InvalidArgumentError for shapes that differ.
    """
    if isinstance(values, HANDLES):
        values = native.unstack(tensor(values), 0)
    parts, at = same_type(values), integer(axis)
    if not parts:
        raise ValueError("Cannot stack an empty list of tensors")
    first = parts[0]
    for i, p in enumerate(parts[1:], 1):
        if p.dtype != first.dtype:
            raise invalid(f"cannot compute Pack as input #{i}(zero-based) was expected to be a "
                          f"{_short(first)} tensor but is a {_short(p)} tensor [Op:Pack]")
        if p.shape != first.shape:
            raise invalid("Shapes of all inputs must match: values[0].shape = "
                          f"{_braces(first)} != values[{i}].shape = {_braces(p)} [Op:Pack]")
    if not -first.ndim - 1 <= at <= first.ndim:
        raise ValueError(f"Argument `axis` = {at} not in range [{-first.ndim - 1}, {first.ndim + 1})")
    return native.stack(parts, at)


@public("tf.unstack", lambda value, num=None, axis=0: [np.asarray(v, object) for v in np.moveaxis(value, axis, 0)])
def unstack(value, num: int | None = None, axis=0, name: str | None = "unstack") -> list:
    """The rows along an axis, as a list of tensors.

    Raises ValueError if there are not `num` of them.
    """
    x, at = tensor(value), integer(axis)
    if not -x.ndim <= at < x.ndim:
        raise ValueError(f"Argument `axis` = {at} not in range [{-x.ndim}, {x.ndim})")
    if num is not None and num != x.shape[at]:
        raise invalid(f"Input shape axis {at} must equal {num}, got shape {list(x.shape)} "
                      "[Op:Unpack]")
    return list(native.unstack(x, at))


@public("tf.split", lambda value, num_or_size_splits, axis=0: np.split(
    value, num_or_size_splits if isinstance(num_or_size_splits, int)
    else np.cumsum(num_or_size_splits)[:-1], axis))
def split(value, num_or_size_splits, axis=0, num: int | None = None, name: str | None = "split") -> list:
    """The tensor cut along an axis into equal parts, or into parts of given sizes (one may be -1).

    Raises InvalidArgumentError if the sizes do not add up.
    """
    x, at = tensor(value), integer(axis)
    if not -x.ndim <= at < x.ndim:
        raise invalid(f"axis {at} is not one of a tensor of {x.ndim} dimensions [Op:Split]")
    total = x.shape[at]
    parts = num_or_size_splits
    if isinstance(parts, HANDLES + (np.ndarray,)):
        parts = numpy_of(parts).tolist()
    if isinstance(parts, int):
        if parts < 1 or total % parts:
            raise invalid("Number of ways to split should evenly divide the split dimension, but "
                          f"got split_dim {at} (size = {total}) and num_split {parts} [Op:Split]")
        sizes = [total // parts] * parts
    else:
        sizes = ints(parts)
        if sizes.count(-1) == 1:
            sizes[sizes.index(-1)] = total - sum(s for s in sizes if s != -1)
        if sum(sizes) != total or min(sizes, default=0) < 0:
            raise invalid(f"Determined shape must either match input shape along split_dim exactly "
                          f"if fully specified, or be less than the size of the input along "
                          f"split_dim if not fully specified.  Got: {sum(sizes)} [Op:SplitV]")
    return list(native.split(x, sizes, at))


@public("tf.tile", lambda input, multiples: np.tile(input, ints(multiples)))
def tile(input, multiples, name: str | None = None) -> Tensor:
    """The tensor repeated as a whole along each axis."""
    x, times = tensor(input), ints(multiples)
    if len(times) != x.ndim:
        raise invalid(f"Expected multiples argument to be a vector of length {x.ndim} but got "
                      f"length {len(times)} [Op:Tile]")
    return native.tile(x, times)


@public("tf.repeat", lambda input, repeats, axis=None: np.repeat(input, ints(repeats), axis))
def repeat(input, repeats, axis=None, name: str | None = None) -> Tensor:
    """Each element (or each row along an axis) several times in a row."""
    x = tensor(input)
    times = ints(repeats)
    if axis is None:
        x, axis = native.reshape(x, [-1]), 0
    at = axis_list(integer(axis), x.ndim)[0]
    if len(set(times)) == 1:
        return native.repeat(x, times[0], at)
    if len(times) != x.shape[at]:
        raise invalid(f"repeats has {len(times)} numbers for {x.shape[at]} rows")
    rows = np.repeat(np.arange(len(times)), times)
    return native.gather(x, convert(rows), at)


@public("tf.broadcast_to", lambda input, shape: np.broadcast_to(input, ints(shape)))
def broadcast_to(input, shape, name: str | None = None) -> Tensor:
    """The tensor repeated to fill a shape, where its own dimensions are 1 or missing."""
    x, dims = tensor(input), ints(shape)
    dims = [
        x.shape[i - len(dims) + x.ndim] if d == -1 and i - len(dims) + x.ndim >= 0 else d
        for i, d in enumerate(dims)
    ]
    tail = dims[len(dims) - x.ndim :] if x.ndim else []
    if x.ndim > len(dims) or any(a not in (1, b) for a, b in zip(x.shape, tail, strict=False)):
        raise invalid(f"Incompatible shapes: {_braces(x)} vs. {dims} [Op:BroadcastTo]")
    return native.broadcast_to(x, dims)


def broadcast_static_shape(shape_x, shape_y) -> TensorShape:
    """The shape that two shapes are broadcast to; ValueError if they cannot be."""
    x, y = TensorShape(shape_x), TensorShape(shape_y)
    try:
        return TensorShape(np.broadcast_shapes(tuple(x), tuple(y)))
    except (ValueError, TypeError):
        raise ValueError(f"Incompatible shapes for broadcasting: {x} and {y}.") from None


def broadcast_dynamic_shape(shape_x, shape_y) -> Tensor:
    """The shape that two shapes are broadcast to, as a tensor."""
    return convert(np.array(np.broadcast_shapes(tuple(ints(shape_x)), tuple(ints(shape_y))), np.int32))


@public("tf.reverse", lambda tensor, axis: np.flip(tensor, tuple(ints(axis))))
def reverse(tensor, axis, name: str | None = None) -> Tensor:
    """The tensor with the order along some axes reversed."""
    x = convert(tensor)
    return native.reverse(x, axis_list(ints(axis), x.ndim))


@public("tf.roll")
def roll(input, shift, axis, name: str | None = None) -> Tensor:
    """The tensor shifted along axes; what leaves at one end comes in at the other."""
    x = tensor(input)
    for by, at in zip(ints(shift), axis_list(ints(axis), x.ndim), strict=True):
        n = x.shape[at]
        if n and by % n:
            head, tail = native.split(x, [n - by % n, by % n], at)
            x = native.concat([tail, head], at)
    return x


@public("tf.pad", lambda tensor, paddings, mode="CONSTANT", constant_values=b"": np.pad(
    tensor, paddings, constant_values=constant_values or b""))
def pad(tensor, paddings, mode: str = "CONSTANT", constant_values=0, name: str | None = None) -> Tensor:
    """The tensor with a border: of a value, or of its own elements (`mode` "REFLECT", "SYMMETRIC").

    `paddings`: for each axis how many before and after.
    """
    x = convert(tensor)
    borders = np.asarray(ints(paddings), np.int64).reshape(-1, 2).tolist()
    if len(borders) != x.ndim:
        raise invalid(f"The first dimension of paddings must be the rank of inputs [{len(borders)},2] "
                      f"{_braces(x)} [Op:Pad]")
    if any(n < 0 for b in borders for n in b):
        raise invalid("Paddings must be non-negative [Op:Pad]")
    mode = mode.upper()
    if mode == "CONSTANT":
        return native.pad(x, [(a, b) for a, b in borders], convert(constant_values, None, x.dtype))
    if mode not in ("REFLECT", "SYMMETRIC"):
        raise ValueError(f"Value of argument `mode` expected to be one of CONSTANT, REFLECT, or "
                         f"SYMMETRIC. Received `mode` = {mode}")
    for at, (before, after) in enumerate(borders):
        if before or after:
            n = x.shape[at]
            if max(before, after) > n - (mode == "REFLECT"):
                raise invalid(f"paddings must be no greater than the dimension size: {before}, "
                              f"{after} greater than {n} [Op:MirrorPad]")
            rows = np.pad(np.arange(n), (before, after), mode.lower())
            x = native.gather(x, convert(rows), at)
    return x


@public("tf.ensure_shape", lambda x, shape: x)
def ensure_shape(x, shape, name: str | None = None) -> Tensor:
    """The tensor, whose shape must fit.

    Raises InvalidArgumentError if it does not.
    """
    x = tensor(x)
    wanted = TensorShape(shape)
    if not wanted.is_compatible_with(x.shape):
        raise invalid(f"Shape of tensor {_braces(x)} is not compatible with expected shape "
                      f"{list(wanted)}. [Op:EnsureShape]")
    return x
