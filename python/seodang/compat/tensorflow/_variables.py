"""What TensorFlow's variables have beyond the native ones: changes of some rows; and `IndexedSlices`."""

from __future__ import annotations

import enum

from seodang import _native as native

from . import _core
from ._core import tensor


class VariableAggregation(enum.Enum):
    """How changes of several devices join: accepted, there is one device."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3


class VariableSynchronization(enum.Enum):
    """When copies of a variable agree: accepted, there is one copy."""

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class AggregationMethod:
    """How gradients are added up: accepted, there is one way."""

    ADD_N = DEFAULT = 0
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


class IndexedSlices:
    """Rows of a tensor: their values, their numbers and the shape of the whole."""

    def __init__(self, values, indices, dense_shape=None) -> None:
        self.values, self.indices = tensor(values), tensor(indices)
        self.dense_shape = None if dense_shape is None else tensor(dense_shape)

    @property
    def dtype(self):
        """The element type."""
        return self.values.dtype

    def __repr__(self) -> str:
        return f"IndexedSlices(indices={self.indices}, values={self.values})"


def _change_rows(name: str, about: str, combine):
    """A method that changes the rows of an IndexedSlices."""

    def method(self, sparse_delta, use_locking=False, name=None):
        value = self.value()
        for i, row in zip(_core.ints(sparse_delta.indices), native.unstack(sparse_delta.values, 0), strict=True):
            place = native.convert([[i]])
            new = combine(value[i], native.cast(row, value.dtype))
            value = _put(value, place, native.expand_dims(new, 0))
        return self.assign(value)

    method.__name__ = name
    method.__doc__ = f"{about}; gives the variable."
    return method


def _put(value, indices, updates, how: str = "tensor_scatter_nd_update"):
    from . import _indexing

    return getattr(_indexing, how)(value, indices, updates)


def _change_places(name: str, about: str, how: str):
    """A method that changes elements by their places."""

    def method(self, indices, updates, name=None):
        return self.assign(_put(self.value(), indices, updates, how))

    method.__name__ = name
    method.__doc__ = f"{about}; gives the variable."
    return method


def gather_nd(self, indices, name=None):
    """Elements by their places."""
    from . import _indexing

    return _indexing.gather_nd(self, indices)


def sparse_read(self, indices, name=None):
    """Rows by their numbers."""
    return native.gather(self.value(), indices, 0, 0)


def count_up_to(self, limit):
    """The value, to which 1 is added. OutOfRangeError from the limit on."""
    before = self.value()
    if int(before) >= limit:
        from seodang.errors import OutOfRangeError

        raise OutOfRangeError(None, None, f"Reached limit of {limit}")
    self.assign_add(1)
    return before


_METHODS = [
    _change_rows("scatter_update", "Replaces rows", lambda old, new: new),
    _change_rows("scatter_add", "Adds to rows", native.add),
    _change_rows("scatter_sub", "Subtracts from rows", native.subtract),
    _change_rows("scatter_mul", "Multiplies rows", native.multiply),
    _change_rows("scatter_div", "Divides rows", native.divide),
    _change_rows("scatter_max", "Keeps the larger of old and new rows", native.maximum),
    _change_rows("scatter_min", "Keeps the smaller of old and new rows", native.minimum),
    _change_places("scatter_nd_update", "Replaces elements", "tensor_scatter_nd_update"),
    _change_places("scatter_nd_add", "Adds to elements", "tensor_scatter_nd_add"),
    _change_places("scatter_nd_sub", "Subtracts from elements", "tensor_scatter_nd_sub"),
    gather_nd, sparse_read, count_up_to,
]


def extend() -> None:
    """Gives the methods to the native class."""
    for method in _METHODS:
        setattr(native.Variable, method.__name__, method)
    native.Variable.synchronization = VariableSynchronization.AUTO
    native.Variable.aggregation = VariableAggregation.NONE
