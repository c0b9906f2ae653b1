"""What a tensor or a data set's element looks like before there is one: ``tf.TensorSpec``."""

from __future__ import annotations

import numpy as np

from seodang import _dtypes
from seodang._shapes import TensorShape


class TypeSpec:
    """The description of a kind of value; the classes below say of which."""

    def is_compatible_with(self, value) -> bool:
        """Whether a value, or another description, fits this one."""
        return self == type_spec_from_value(value)


class TensorSpec(TypeSpec):
    """The shape (some dimensions may be None), element type and name of a tensor.

    Raises TypeError for what is no element type.
    """

    __slots__ = ("_shape", "_dtype", "_name")

    def __init__(self, shape=(), dtype=_dtypes.float32, name: str | None = None):
        self._shape = TensorShape(shape)
        self._dtype = _dtypes.as_dtype(dtype)
        self._name = name

    @property
    def shape(self) -> TensorShape:
        """The dimensions."""
        return self._shape

    @property
    def dtype(self) -> _dtypes.DType:
        """The element type."""
        return self._dtype

    @property
    def name(self) -> str | None:
        """The name, if one was given."""
        return self._name

    @classmethod
    def from_spec(cls, spec, name: str | None = None) -> TensorSpec:
        """The description of another description, perhaps under another name."""
        return cls(spec.shape, spec.dtype, name or getattr(spec, "name", None))

    @classmethod
    def from_tensor(cls, tensor, name: str | None = None) -> TensorSpec:
        """The description of a tensor."""
        return cls(tensor.shape, tensor.dtype, name)

    def is_compatible_with(self, spec_or_value) -> bool:
        """Whether a tensor (or its description) has this type and could have this shape."""
        if not hasattr(spec_or_value, "shape") or not hasattr(spec_or_value, "dtype"):
            spec_or_value = type_spec_from_value(spec_or_value)
        return _dtypes.as_dtype(spec_or_value.dtype) is self._dtype and (
            self._shape.is_compatible_with(tuple(spec_or_value.shape))
        )

    def most_specific_compatible_type(self, other) -> TensorSpec:
        """The narrowest description that fits both; ValueError for other element types."""
        if self._dtype is not other.dtype:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return TensorSpec(common_shape(self._shape, other.shape), self._dtype, self._name)

    def __eq__(self, other) -> bool:
        return (
            isinstance(other, TensorSpec)
            and self._shape == other._shape
            and self._dtype is other._dtype
            and self._name == other._name
        )

    def __ne__(self, other) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((tuple(self._shape), self._dtype))

    def __repr__(self) -> str:
        return f"TensorSpec(shape={self._shape}, dtype={self._dtype!r}, name={self._name!r})"

    def __reduce__(self):
        return type(self), (self._shape, self._dtype, self._name)


class NoneTensorSpec(TypeSpec):
    """The description of ``None`` in a data set's element."""

    def __eq__(self, other) -> bool:
        return isinstance(other, NoneTensorSpec)

    def __hash__(self) -> int:
        return hash(NoneTensorSpec)

    def __repr__(self) -> str:
        return "NoneTensorSpec()"


class DatasetSpec(TypeSpec):
    """The description of a data set: that of its elements."""

    def __init__(self, element_spec, dataset_shape=()):
        self.element_spec = element_spec
        self._dataset_shape = TensorShape(dataset_shape)

    def __eq__(self, other) -> bool:
        return isinstance(other, DatasetSpec) and self.element_spec == other.element_spec

    def __hash__(self) -> int:
        return hash(DatasetSpec)

    def __repr__(self) -> str:
        return f"DatasetSpec({self.element_spec!r}, {self._dataset_shape!r})"


def common_shape(a: TensorShape, b: TensorShape) -> TensorShape:
    """The shape that both are instances of."""
    a, b = TensorShape(a), TensorShape(b)
    if a.rank is None or b.rank is None or a.rank != b.rank:
        return TensorShape(None)
    return TensorShape([x if x == y else None for x, y in zip(a, b)])


def type_spec_from_value(value) -> TypeSpec:
    """The description of a value: a tensor, an array, a number, a string, a data set, None."""
    if isinstance(value, TypeSpec):
        return value
    if value is None:
        return NoneTensorSpec()
    if hasattr(value, "element_spec"):
        return DatasetSpec(value.element_spec)
    if not hasattr(value, "dtype") or not hasattr(value, "shape"):
        value = np.asarray(value)
    return TensorSpec(tuple(value.shape), _dtypes.as_dtype(value.dtype))
