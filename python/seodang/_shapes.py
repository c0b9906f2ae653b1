"""Shapes of tensors, as TensorFlow's ``TensorShape``: a tuple that may not know some dimensions."""

from __future__ import annotations

from math import prod


def _dimension(value):
    if value is None:
        return None
    value = getattr(value, "value", value)
    if value is None:
        return None
    size = int(value)
    if size == -1:
        return None
    if size < 0:
        raise ValueError(f"Dimension {size} must be >= 0")
    return size


class TensorShape(tuple):
    """The dimensions of a tensor; ``None`` for one that is not known.

    It is a tuple: it compares, slices and unpacks as one. A shape of unknown rank is
    ``TensorShape(None)``.
    """

    _unknown = False

    def __new__(cls, dims=()):
        if isinstance(dims, TensorShape):
            if dims._unknown:
                return unknown_shape()
            return tuple.__new__(cls, dims)
        if dims is None:
            return unknown_shape()
        if hasattr(dims, "numpy") and not isinstance(dims, (list, tuple)):
            dims = dims.numpy().tolist()
        if isinstance(dims, int):
            dims = (dims,)
        return tuple.__new__(cls, [_dimension(d) for d in dims])

    @property
    def rank(self) -> int | None:
        """The number of dimensions, or None."""
        return None if self._unknown else len(self)

    ndims = rank

    @property
    def dims(self):
        """The dimensions as a list, or None for an unknown rank."""
        return None if self._unknown else list(self)

    def as_list(self) -> list:
        """The dimensions as a list of numbers and None."""
        if self._unknown:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self)

    def num_elements(self) -> int | None:
        """How many elements such a tensor has, if every dimension is known."""
        return prod(self) if self.is_fully_defined() else None

    def is_fully_defined(self) -> bool:
        """Whether every dimension is known."""
        return not self._unknown and None not in self

    def assert_is_fully_defined(self) -> None:
        """Raises ValueError if a dimension is not known."""
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def is_compatible_with(self, other) -> bool:
        """Whether a tensor could have both shapes."""
        other = TensorShape(other)
        if self._unknown or other._unknown:
            return True
        return len(self) == len(other) and all(
            a is None or b is None or a == b for a, b in zip(self, other)
        )

    def assert_is_compatible_with(self, other) -> None:
        """Raises ValueError unless a tensor could have both shapes."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {TensorShape(other)} are incompatible")

    def assert_has_rank(self, rank: int) -> None:
        """Raises ValueError for another number of dimensions."""
        if self.rank not in (None, rank):
            raise ValueError(f"Shape {self} must have rank {rank}")

    def with_rank(self, rank: int) -> TensorShape:
        """This shape, which must have that rank."""
        self.assert_has_rank(rank)
        return TensorShape([None] * rank) if self._unknown else self

    def with_rank_at_least(self, rank: int) -> TensorShape:
        """This shape. Raises ValueError for fewer dimensions."""
        if self.rank is not None and self.rank < rank:
            raise ValueError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank_at_most(self, rank: int) -> TensorShape:
        """This shape. Raises ValueError for more dimensions."""
        if self.rank is not None and self.rank > rank:
            raise ValueError(f"Shape {self} must have rank at most {rank}")
        return self

    def assert_same_rank(self, other) -> None:
        """Raises ValueError for another number of dimensions."""
        other = TensorShape(other)
        if None not in (self.rank, other.rank) and self.rank != other.rank:
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def most_specific_compatible_shape(self, other) -> TensorShape:
        """The shape of tensors of either shape."""
        other = TensorShape(other)
        if self._unknown or other._unknown or len(self) != len(other):
            return unknown_shape()
        return TensorShape([a if a == b else None for a, b in zip(self, other)])

    def is_subtype_of(self, other) -> bool:
        """Whether every tensor of this shape is of the other."""
        other = TensorShape(other)
        if other._unknown:
            return True
        return not self._unknown and len(self) == len(other) and all(
            b is None or a == b for a, b in zip(self, other)
        )

    def merge_with(self, other) -> TensorShape:
        """The shape that knows what either knows."""
        other = TensorShape(other)
        self.assert_is_compatible_with(other)
        if self._unknown:
            return other
        if other._unknown:
            return self
        return TensorShape([b if a is None else a for a, b in zip(self, other)])

    def concatenate(self, other) -> TensorShape:
        """This shape's dimensions, then the other's."""
        return TensorShape(tuple(self) + tuple(TensorShape(other)))

    def __getitem__(self, key):
        if self._unknown:
            return unknown_shape() if isinstance(key, slice) else None
        value = tuple.__getitem__(self, key)
        return TensorShape(value) if isinstance(key, slice) else value

    def __add__(self, other):
        return self.concatenate(other)

    def __radd__(self, other):
        return TensorShape(other).concatenate(self)

    def __eq__(self, other) -> bool:
        if isinstance(other, TensorShape):
            return self._unknown == other._unknown and tuple.__eq__(self, other)
        if isinstance(other, (list, tuple)):
            return not self._unknown and tuple.__eq__(self, tuple(other))
        if other is None:
            return self._unknown
        return NotImplemented

    def __ne__(self, other) -> bool:
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    def __hash__(self) -> int:
        return tuple.__hash__(self)

    def __bool__(self) -> bool:
        return not self._unknown

    def __str__(self) -> str:
        if self._unknown:
            return "<unknown>"
        inner = ", ".join(str(d) for d in self)
        return f"({inner},)" if len(self) == 1 else f"({inner})"

    def __repr__(self) -> str:
        return f"TensorShape({None if self._unknown else list(self)})"

    def __reduce__(self):
        return TensorShape, (None if self._unknown else tuple(self),)


class _Unknown(TensorShape):
    _unknown = True

    def __new__(cls):
        return tuple.__new__(cls)


_UNKNOWN = _Unknown()


def unknown_shape() -> TensorShape:
    """The shape of which not even the rank is known."""
    return _UNKNOWN
