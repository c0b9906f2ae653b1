"""Tensors of strings: Python-side arrays of bytes (no engine computes with them)."""

from __future__ import annotations

import numpy as np

from seodang import _dtypes
from seodang._shapes import TensorShape


def _to_bytes(value):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, StringTensor):
        return value.numpy()
    raise TypeError(f"Expected a string, got {value!r} of type {type(value).__name__}.")


class StringTensor:
    """An array of byte strings with the interface of a tensor (dtype ``tf.string``)."""

    __slots__ = ("_array", "_keras_mask", "__weakref__")
    __array_priority__ = 100
    dtype = _dtypes.string
    is_traced = False
    name = None

    def __init__(self, value):
        if isinstance(value, StringTensor):
            self._array = value._array
            return
        if isinstance(value, (str, bytes)):
            array = np.empty((), object)
            array[()] = _to_bytes(value)
            self._array = array
            return
        # np.array drops trailing NULs of bytes: give it objects.
        source = np.array(_plain(value), dtype=object)
        array = np.empty(source.shape, object)
        for index in np.ndindex(source.shape):
            array[index] = _to_bytes(source[index])
        self._array = array

    @classmethod
    def _of(cls, array) -> StringTensor:
        tensor = cls.__new__(cls)
        tensor._array = array
        return tensor

    @property
    def shape(self) -> TensorShape:
        """The dimensions."""
        return TensorShape(self._array.shape)

    def get_shape(self) -> TensorShape:
        """The dimensions."""
        return self.shape

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self._array.ndim

    def numpy(self):
        """The bytes of a scalar; an object array of bytes else."""
        return self._array[()] if self._array.ndim == 0 else self._array

    def __format__(self, spec: str) -> str:
        return format(self.numpy(), spec)

    def ref(self):
        """A hashable stand-in."""
        return id(self)

    def __array__(self, dtype=None, copy=None):
        array = self._array
        return array if dtype is None else array.astype(dtype)

    def __getitem__(self, key):
        if hasattr(key, "numpy"):
            key = key.numpy()
        part = self._array[key]
        if isinstance(part, np.ndarray):
            return StringTensor._of(part)
        return StringTensor(part)

    def __len__(self) -> int:
        if self._array.ndim == 0:
            raise TypeError("Scalar tensor has no `len()`")
        return len(self._array)

    def __iter__(self):
        if self._array.ndim == 0:
            raise TypeError("Cannot iterate over a scalar tensor.")
        return (self[i] for i in range(len(self._array)))

    def _compare(self, other, equal: bool):
        from seodang import _native

        if not isinstance(other, (StringTensor, str, bytes, list, tuple, np.ndarray)):
            return NotImplemented
        result = self._array == StringTensor(other)._array
        return _native.convert(np.asarray(result if equal else np.logical_not(result), bool))

    def __eq__(self, other):
        return self._compare(other, True)

    def __ne__(self, other):
        return self._compare(other, False)

    __hash__ = None

    def __add__(self, other):
        return StringTensor._of(np.asarray(self._array + StringTensor(other)._array, object))

    def __radd__(self, other):
        return StringTensor._of(np.asarray(StringTensor(other)._array + self._array, object))

    def __bool__(self) -> bool:
        if self._array.size != 1:
            raise ValueError("The truth value of a tensor of more than one string is ambiguous.")
        return bool(self._array.reshape(-1)[0])

    def __str__(self) -> str:
        text = repr(self._array[()]) if self._array.ndim == 0 else str(self._array)
        text = ("\n" if self._array.ndim and "\n" in text else "") + text
        return f"tf.Tensor({text}, shape={self.shape}, dtype=string)"

    def __repr__(self) -> str:
        if self._array.ndim == 0:
            text = repr(self._array[()])
        else:
            text = repr(self._array)
            text = ("\n" if "\n" in text else "") + text
        return f"<tf.Tensor: shape={self.shape}, dtype=string, numpy={text}>"

    def __reduce__(self):
        return StringTensor, (self._array.tolist(),)


def _plain(value):
    if isinstance(value, StringTensor):
        return value._array.tolist()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def has_strings(value) -> bool:
    """Whether a value is a string, a tensor of strings, or a structure that begins with one."""
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "O":
            return value.size > 0 and isinstance(value.reshape(-1)[0], (str, bytes))
        return value.dtype.kind in "SU"
    return isinstance(value, (str, bytes, StringTensor))
