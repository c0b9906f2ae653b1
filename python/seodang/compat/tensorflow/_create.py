"""New tensors: of values, of one number, of ranges."""

from __future__ import annotations

from typing import Any

import numpy as np

from seodang._strings import StringTensor

from ._core import (
    HANDLES, Tensor, any_tensor, as_dtype, convert, holds_strings, integer, ints, invalid,
    is_symbolic, native, numpy_of, public, tensor,
)

__all__ = [
    "constant", "convert_to_tensor", "eye", "fill", "identity", "linspace", "meshgrid", "one_hot",
    "ones", "ones_like", "range", "sequence_mask", "zeros", "zeros_like",
]

_range = range


def _numbers(value, dtype):
    """A tensor of a value, cast where TensorFlow casts: a NumPy array to a type that is asked for."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "iufb":
        return convert(value.astype(dtype.as_numpy_dtype)) if dtype.name != "bfloat16" else (
            native.cast(convert(value), dtype))
    if isinstance(value, np.generic) and value.dtype.kind in "iufb":
        return _numbers(np.asarray(value), dtype)
    return convert(value, None, dtype)


@public("tf.constant")
def constant(value, dtype=None, shape=None, name: str | None = "Const") -> Tensor:
    """A tensor of a Python or NumPy value; a single value fills the whole of `shape`.

    Raises TypeError for values that do not fit `dtype`, ValueError for ragged lists, TypeError for
    a number of elements that does not fit `shape`.
    """
    made = _constant(value, None if dtype is None else as_dtype(dtype))
    if shape is None:
        return made
    dims = ints(shape)
    if list(made.shape) == dims:
        return made
    if isinstance(made, StringTensor):
        return StringTensor._of(np.broadcast_to(made._array.reshape(-1), dims).reshape(dims))
    count = int(np.prod(dims, dtype=np.int64))
    if made.size == count:
        return native.reshape(made, dims)
    if made.size == 1:
        return native.broadcast_to(native.reshape(made, [1] * len(dims)), dims)
    raise TypeError(
        f"Eager execution of tf.constant with unsupported shape. Tensor {made} (converted from "
        f"{value!r}) has {made.size} elements, but got `shape` {tuple(dims)} with {count} elements)."
    )


def _constant(value, dtype):
    if isinstance(value, StringTensor) or (dtype is not None and dtype.name == "string"):
        return StringTensor(value)
    if dtype is None:
        if value is None:
            raise ValueError("Attempt to convert a value (None) with an unsupported type "
                             "(<class 'NoneType'>) to a Tensor.")
        return any_tensor(value)
    if isinstance(value, HANDLES):
        value = tensor(value)
        return value if value.dtype == dtype else native.cast(value, dtype)
    if holds_strings(value):
        raise TypeError(f"Cannot convert {value!r} to EagerTensor of dtype {dtype.name}")
    made = _numbers(value, dtype)
    return made if made.dtype == dtype else native.cast(made, dtype)


@public("tf.convert_to_tensor")
def convert_to_tensor(
    value, dtype=None, dtype_hint=None, name: str | None = None, preferred_dtype=None
) -> Tensor:
    """A tensor of any value that stands for one.

    Raises ValueError for a tensor of another type than `dtype`, TypeError or ValueError for what
    cannot be converted.
    """
    if is_symbolic(value):
        return value
    if isinstance(value, HANDLES):
        value = tensor(value)
        if dtype is not None and as_dtype(dtype) != value.dtype:
            raise ValueError(
                f"Tensor conversion requested dtype {as_dtype(dtype).name} for Tensor with dtype "
                f"{value.dtype.name}: {value!r}"
            )
        return value
    if dtype is None and (hint := dtype_hint or preferred_dtype) is not None:
        try:
            return _constant(value, as_dtype(hint))
        except (TypeError, ValueError):
            pass
    return _constant(value, None if dtype is None else as_dtype(dtype))


@public("tf.identity", lambda x: x)
def identity(input, name: str | None = None) -> Tensor:
    """A tensor with the same elements."""
    return any_tensor(input)


def _dims(shape) -> list[int]:
    dims = ints(shape)
    if any(d < 0 for d in dims):
        raise invalid(f"Dimension {min(dims)} must be >= 0")
    return dims


def zeros(shape, dtype: Any = "float32", name: str | None = None) -> Tensor:
    """A tensor of zeros (of empty strings for tf.string)."""
    dtype = as_dtype(dtype)
    if dtype.name == "string":
        return StringTensor(np.full(_dims(shape), b"", object))
    return native.zeros(_dims(shape), dtype)


def ones(shape, dtype: Any = "float32", name: str | None = None) -> Tensor:
    """A tensor of ones."""
    return native.ones(_dims(shape), as_dtype(dtype))


def fill(dims, value, name: str | None = None) -> Tensor:
    """A tensor of a shape filled with one value."""
    value = any_tensor(value)
    if isinstance(value, StringTensor):
        return StringTensor(np.full(_dims(dims), value.numpy(), object))
    if value.ndim:
        raise invalid(f"value must be a scalar, got shape {list(value.shape)} [Op:Fill]")
    return native.broadcast_to(value, _dims(dims))


@public("tf.zeros_like")
def zeros_like(input, dtype=None, name: str | None = None) -> Tensor:
    """Zeros of a tensor's shape and type."""
    x = any_tensor(input)
    dtype = x.dtype if dtype is None else as_dtype(dtype)
    return zeros(list(x.shape), dtype)


@public("tf.ones_like")
def ones_like(input, dtype=None, name: str | None = None) -> Tensor:
    """Ones of a tensor's shape and type."""
    x = any_tensor(input)
    return native.ones(list(x.shape), x.dtype if dtype is None else as_dtype(dtype))


def eye(
    num_rows, num_columns=None, batch_shape=None, dtype="float32", name: str | None = None
) -> Tensor:
    """The identity matrix, or a batch of them."""
    rows = integer(num_rows)
    columns = rows if num_columns is None else integer(num_columns)
    matrix = np.eye(rows, columns, dtype=as_dtype(dtype).as_numpy_dtype)
    if batch_shape is not None:
        matrix = np.broadcast_to(matrix, (*_dims(batch_shape), rows, columns))
    return convert(np.ascontiguousarray(matrix))


def _number(value):
    """A Python number or a NumPy scalar, for arithmetic on the bounds of ranges."""
    if isinstance(value, HANDLES) or isinstance(value, np.ndarray):
        array = numpy_of(value)
        if array.ndim:
            raise invalid(f"a bound of a range must be a scalar, got shape {list(array.shape)}")
        return array[()]
    if is_symbolic(value):
        tensor(value)
    return value


@public("tf.range")
def range(start, limit=None, delta=1, dtype=None, name: str | None = "range") -> Tensor:
    """The numbers from start (0 by default) up to, not including, limit, in steps of delta.

    Raises InvalidArgumentError if the step is 0 or goes the wrong way.
    """
    if limit is None:
        start, limit = 0, start
    values = [_number(v) for v in (start, limit, delta)]
    if dtype is None:
        typed = [v.dtype for v in values if isinstance(v, np.generic)]
        plain = [v for v in values if not isinstance(v, np.generic)]
        kinds = typed + [np.dtype(np.float32) for v in plain if isinstance(v, float)]
        if not kinds:
            kinds = [np.dtype(np.int32 if all(abs(v) < 2**31 for v in plain) else np.int64)]
        # The widest of them, in TensorFlow's order of preference.
        order = ["int32", "int64", "float16", "float32", "float64"]
        kind = max(kinds, key=lambda d: order.index(d.name) if d.name in order else -1)
        dtype = as_dtype(kind)
    else:
        dtype = as_dtype(dtype)
    kind = np.dtype(dtype.as_numpy_dtype)
    if kind.kind in "iu" and any(float(v) != int(v) for v in values):
        raise TypeError(f"Cannot convert {values} to EagerTensor of dtype {dtype.name}")
    first, last, step = (kind.type(v) for v in values)
    if step == 0:
        raise invalid("Requires delta != 0: 0 [Op:Range]")
    if (step > 0 and first > last) or (step < 0 and first < last):
        sign = "<=" if step > 0 else ">="
        raise invalid(
            f"Requires start {sign} limit when delta {'>' if step > 0 else '<'} 0: "
            f"{first}/{last} [Op:Range]"
        )
    if kind.kind in "iu":
        made = np.arange(int(first), int(last), int(step), dtype=kind)
    else:
        # TensorFlow adds up in the type itself; products are within a rounding of that.
        count = int(np.ceil(np.abs((np.float64(last) - np.float64(first)) / np.float64(step))))
        made = (np.float64(first) + np.arange(count) * np.float64(step)).astype(kind)
    result = convert(made)
    return result if result.dtype == dtype else native.cast(result, dtype)


@public("tf.linspace")
def linspace(start, stop, num, name: str | None = None, axis: int = 0) -> Tensor:
    """`num` numbers from start to stop, both included, at equal distances."""
    first = tensor(start)
    if first.dtype.is_integer:
        # Whole bounds give float64, as NumPy does.
        first = native.cast(first, as_dtype("float64"))
    last = native.cast(tensor(stop, None, first.dtype), first.dtype)
    n = integer(num)
    if n <= 0:
        raise invalid(f"Requires num > 0: {n}")
    a, b = numpy_of(first), numpy_of(last)
    made = np.linspace(a, b, n, axis=axis, dtype=np.float64).astype(a.dtype)
    return convert(np.ascontiguousarray(made))


@public("tf.meshgrid")
def meshgrid(*args, indexing: str = "xy", name: str | None = None) -> list[Tensor]:
    """The coordinates of a grid's points, one tensor for each axis (`indexing` "xy" or "ij")."""
    if indexing not in ("xy", "ij"):
        raise ValueError(
            f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'"
        )
    grids = []
    rows = [native.reshape(tensor(a), [-1]) for a in args]
    sizes = [r.shape[0] for r in rows]
    shape = list(sizes)
    if indexing == "xy" and len(shape) > 1:
        shape[0], shape[1] = shape[1], shape[0]
    for i, row in enumerate(rows):
        at = {0: 1, 1: 0}.get(i, i) if indexing == "xy" and len(rows) > 1 else i
        thin = [1] * len(rows)
        thin[at] = sizes[i]
        grids.append(native.broadcast_to(native.reshape(row, thin), shape))
    return grids


@public("tf.one_hot")
def one_hot(
    indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name: str | None = None
) -> Tensor:
    """Vectors that are `on_value` at an index and `off_value` elsewhere; outside of 0..depth, all off.

    Raises TypeError for indices that are fractions.
    """
    x = tensor(indices)
    if int(depth) < 0:
        raise invalid(f"depth must be non-negative, got: {int(depth)} [Op:OneHot]")
    if not x.dtype.is_integer:
        raise invalid(
            f"Value for attr 'TI' of {x.dtype.name} is not in the list of allowed values: uint8, "
            "int8, int32, int64"
        )
    kind = next((v.dtype for v in (on_value, off_value) if isinstance(v, HANDLES)), None)
    if dtype is not None:
        kind = as_dtype(dtype)
    elif kind is None:
        given = [v for v in (on_value, off_value) if v is not None]
        kind = tensor(given[0]).dtype if given else as_dtype("float32")
    on = tensor(1 if on_value is None else on_value, None, kind) if not kind.is_bool else (
        convert(True if on_value is None else on_value))
    off = tensor(0 if off_value is None else off_value, None, kind) if not kind.is_bool else (
        convert(False if off_value is None else off_value))
    if kind.is_bool or on_value is not None or off_value is not None:
        hot = native.where(native.one_hot(x, integer(depth), as_dtype("bool")), on, off)
    else:
        hot = native.one_hot(x, integer(depth), kind)
    if axis not in (None, -1, x.ndim):
        order = list(_range(x.ndim))
        order.insert(axis, x.ndim)
        hot = native.transpose(hot, order)
    return hot


@public("tf.sequence_mask")
def sequence_mask(lengths, maxlen=None, dtype="bool", name: str | None = None) -> Tensor:
    """Which positions come before each length; shape of lengths, then `maxlen`."""
    x = tensor(lengths)
    size = int(numpy_of(x).max(initial=0)) if maxlen is None else integer(maxlen)
    row = native.cast(native.range(0, size, 1, as_dtype("int32")), x.dtype)
    mask = native.less(row, native.expand_dims(x, -1))
    dtype = as_dtype(dtype)
    return mask if dtype.is_bool else native.cast(mask, dtype)

