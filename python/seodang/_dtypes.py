"""Element types, as TensorFlow's ``DType`` objects: equal to their names and to NumPy's types."""

from __future__ import annotations

import numpy as np


class DType:
    """The type of a tensor's elements.

    ``tf.float32 == "float32"`` and ``tf.float32 == np.float32`` hold, so that programs may give any of
    the three wherever an element type is asked for.
    """

    __slots__ = {
        "_numpy": "NumPy's type",
        "name": 'The name, such as "float32".',
        "as_datatype_enum": "The number that TensorFlow's files have for it.",
    }

    def __init__(self, name: str, numpy_type, number: int):
        self.name = name
        self._numpy = numpy_type
        self.as_datatype_enum = number

    @property
    def as_numpy_dtype(self):
        """The NumPy type of the elements; strings are objects."""
        return self._numpy

    @property
    def base_dtype(self) -> DType:
        """The type itself: there are no reference types."""
        return self

    real_dtype = base_dtype

    @property
    def is_floating(self) -> bool:
        """Whether the elements are floating-point numbers."""
        return self.name in _FLOATS

    @property
    def is_integer(self) -> bool:
        """Whether the elements are integers, signed or not."""
        return self.name.startswith(("int", "uint"))

    @property
    def is_unsigned(self) -> bool:
        """Whether the elements are unsigned integers."""
        return self.name.startswith("uint")

    @property
    def is_bool(self) -> bool:
        """Whether the elements are truth values."""
        return self.name == "bool"

    is_complex = False
    is_quantized = False
    is_numpy_compatible = True

    @property
    def size(self) -> int:
        """Bytes that one element takes."""
        return 1 if self.name == "string" else _SIZES.get(self.name) or np.dtype(self._numpy).itemsize

    def _limit(self, which: str):
        if self.is_floating:
            if self.name == "bfloat16":
                largest = float.fromhex("0x1.fep127")
                return largest if which == "max" else -largest
            return np.finfo(self._numpy).__getattribute__(which)
        if self.is_integer:
            return np.iinfo(self._numpy).__getattribute__(which)
        if self.is_bool:
            return which == "max"
        raise TypeError(f"Cannot find {which}imum value of {self!r}.")

    @property
    def min(self):
        """The smallest value; TypeError for strings."""
        return self._limit("min")

    @property
    def max(self):
        """The largest value; TypeError for strings."""
        return self._limit("max")

    @property
    def limits(self):
        """The smallest and the largest intensity of a picture of this type."""
        return (0, 1) if self.is_floating else (self.min, self.max)

    def is_compatible_with(self, other) -> bool:
        """Whether a tensor of the other type may stand for one of this type."""
        return self == as_dtype(other)

    def __eq__(self, other) -> bool:
        if self is other:
            return True
        if other is None or isinstance(other, DType):
            return False
        try:
            return as_dtype(other) is self
        except TypeError:
            return False

    def __ne__(self, other) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"tf.{self.name}"

    def __str__(self) -> str:
        return f"<dtype: '{self.name}'>"

    def __int__(self) -> int:
        return self.as_datatype_enum

    def __reduce__(self):
        return as_dtype, (self.name,)

    def __array__(self, *args, **kwargs):
        raise TypeError("a dtype is not an array")


_FLOATS = ("float16", "bfloat16", "float32", "float64")
_SIZES = {"bfloat16": 2}

# NumPy has no bfloat16: such tensors come out as float32, which holds each of their values.
float16 = half = DType("float16", np.float16, 19)
bfloat16 = DType("bfloat16", np.float32, 14)
float32 = DType("float32", np.float32, 1)
float64 = double = DType("float64", np.float64, 2)
int8 = DType("int8", np.int8, 6)
int16 = DType("int16", np.int16, 5)
int32 = DType("int32", np.int32, 3)
int64 = DType("int64", np.int64, 9)
uint8 = DType("uint8", np.uint8, 4)
uint16 = DType("uint16", np.uint16, 17)
uint32 = DType("uint32", np.uint32, 22)
uint64 = DType("uint64", np.uint64, 23)
bool_ = DType("bool", np.bool_, 10)
string = DType("string", np.object_, 7)

ALL = (
    float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64,
    bool_, string,
)
_BY_NAME = {d.name: d for d in ALL}
_OTHER_NAMES = {
    "half": float16, "float": float32, "double": float64, "int": int32, "boolean": bool_, "str": string,
    "object": string, "<dtype: 'float32'>": float32, "long": int64,
}
_PYTHON = {float: float32, int: int32, bool: bool_, str: string, bytes: string}
_NOT_THERE = ("complex64", "complex128", "qint8", "quint8", "qint32", "resource", "variant")


def as_dtype(value) -> DType:
    """The element type that any spelling stands for: a name, a NumPy type, a Python type, a DType.

    Raises TypeError for what is no element type.
    """
    if isinstance(value, DType):
        return value
    if isinstance(value, str):
        found = _BY_NAME.get(value) or _OTHER_NAMES.get(value)
        if found is not None:
            return found
        if value in _NOT_THERE:
            raise TypeError(f"Seodang has no tensors of {value} yet.")
    elif isinstance(value, type) and value in _PYTHON:
        return _PYTHON[value]
    else:
        name = getattr(value, "name", None)
        if isinstance(name, str) and name in _BY_NAME:
            return _BY_NAME[name]
    try:
        numpy_type = np.dtype(value)
    except TypeError:
        raise TypeError(
            f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType."
        ) from None
    if numpy_type.kind in "OSU":
        return string
    found = _BY_NAME.get(numpy_type.name)
    if found is None or value is None:
        raise TypeError(
            f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType."
        )
    return found
