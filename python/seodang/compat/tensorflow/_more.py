"""Functions of ``tf.*`` that few programs use."""

from __future__ import annotations

import time

import numpy as np

from seodang import _native as native

from . import _core
from ._core import any_tensor, as_dtype, convert, ints, numpy_of, pair, public, tensor


@public("tf.reverse_sequence")
def reverse_sequence(input, seq_lengths, seq_axis=None, batch_axis=None, name=None):
    """The first elements of each row in reversed order, as many as `seq_lengths` says."""
    x = tensor(input)
    axis, batch = 1 if seq_axis is None else int(seq_axis), int(batch_axis or 0)
    size, lengths = x.shape[axis], ints(seq_lengths)
    places = np.stack([np.r_[np.arange(n)[::-1], np.arange(n, size)] for n in lengths]).astype(np.int64)
    shape = [1] * x.ndim
    shape[batch], shape[axis] = len(lengths), size
    order = places if batch < axis else places.T
    index = np.broadcast_to(order.reshape(shape), tuple(x.shape))
    return native.take_along_axis(x, convert(np.ascontiguousarray(index)), axis)


def _extreme(name: str, choose):
    @public(f"tf.{name}")
    def function(tensor, indices, updates, name=None):
        x = any_tensor(tensor)
        out = np.array(numpy_of(x))
        places = numpy_of(indices)
        choose.at(out, tuple(np.moveaxis(places, -1, 0)), numpy_of(_core.tensor(updates, None, x.dtype)))
        return convert(out)

    function.__name__ = name
    function.__doc__ = f"The tensor with the {choose.__name__} of old and new elements at places (no gradient)."
    return function


tensor_scatter_nd_max = _extreme("tensor_scatter_nd_max", np.maximum)
tensor_scatter_nd_min = _extreme("tensor_scatter_nd_min", np.minimum)


def unravel_index(indices, dims, name=None):
    """The places in an array of which numbers count the elements: one row for each axis."""
    flat = numpy_of(tensor(indices))
    found = np.stack(np.unravel_index(flat, ints(dims)))
    return convert(found.astype(flat.dtype))


def truncatediv(x, y, name=None):
    """The quotients of integers, cut off towards zero."""
    return native.truncatediv(*pair(x, y))


def truncatemod(x, y, name=None):
    """What `truncatediv` leaves."""
    return native.truncatemod(*pair(x, y))


def realdiv(x, y, name=None):
    """The quotients of fractions."""
    return native.divide(*pair(x, y))


def histogram_fixed_width(values, value_range, nbins=100, dtype="int32", name=None):
    """How many values lie in each of some parts of a range; what is outside counts to the ends."""
    low, high = (float(v) for v in numpy_of(tensor(value_range)))
    flat = numpy_of(tensor(values)).reshape(-1).astype(np.float64)
    places = np.clip(np.floor((flat - low) / (high - low) * nbins), 0, nbins - 1).astype(np.int64)
    return native.cast(convert(np.bincount(places, minlength=int(nbins))), dtype)


def bitcast(input, type, name=None):
    """The same bytes as another type of elements."""
    kind = np.dtype(as_dtype(type).as_numpy_dtype)
    array = np.ascontiguousarray(numpy_of(tensor(input)))
    if array.dtype.itemsize > kind.itemsize:
        array = array[..., None]
    made = array.view(kind)
    return convert(made[..., 0] if array.dtype.itemsize < kind.itemsize else made)


def tuple(tensors, control_inputs=None, name=None) -> list:
    """The tensors: all have run already."""
    return list(tensors)


def timestamp(name=None):
    """The seconds since 1970, float64."""
    return convert(np.float64(time.time()))


def no_gradient(op_type) -> None:
    """Accepted: there are no operations by name."""


def grad_pass_through(f):
    """A function whose gradient is that of the identity."""

    def run(x, *args, **kwargs):
        x = tensor(x)
        return x + native.stop_gradient(f(x, *args, **kwargs) - x)

    return run


def is_symbolic_tensor(x) -> bool:
    """Whether a value is a tensor of a function that is being traced, or of a Keras model's description."""
    return bool(getattr(x, "is_traced", False)) or getattr(x, "_is_keras_tensor", False) is True


def identity_n(input, name=None) -> list:
    """The tensors."""
    return [any_tensor(v) for v in input]


def as_string(input, precision=-1, scientific=False, shortest=False, width=-1, fill="", name=None):
    """Numbers as text; see `tf.strings.as_string`."""
    from . import strings

    return strings.as_string(input, precision, scientific, shortest, width, fill)


def type_spec_from_value(value):
    """The specification of a tensor."""
    from ._function import TensorSpec

    return TensorSpec.from_tensor(any_tensor(value))


def hessians(ys, xs, **kwargs):
    """Not offered: it needs TensorFlow 1's graphs."""
    raise RuntimeError("tf.hessians is not supported when eager execution is enabled. Use the jacobian of "
                       "a gradient, with two tf.GradientTape blocks, instead.")
