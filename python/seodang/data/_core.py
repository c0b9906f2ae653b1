"""The nodes of pipelines: what a data set knows of itself, without its public methods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seodang import errors
from seodang._specs import DatasetSpec, NoneTensorSpec, TensorSpec, common_shape
from seodang.data import _elements

INFINITE = -1
UNKNOWN = -2


class Node:
    """One stage of a pipeline.

    A stage says how it iterates (``_iterate``; with ``peek`` it must leave no trace: no shuffling, no
    cache filled), how many elements it has (``_count``), what they look like (``_spec``), and, if its
    elements are rows of arrays, which (``_rows``). ``_quick`` says that no function of the user's and
    no file is behind it.
    """

    _sources: tuple = ()
    _quick = True
    _kind = "Dataset"

    def _iterate(self, peek: bool = False) -> Iterator:
        raise NotImplementedError

    def _count(self) -> int:
        return self._sources[0]._count()

    def _spec(self):
        return self._sources[0].element_spec

    def _rows(self):
        return None

    def _batch_plan(self):
        """``(Rows, batch size, drop remainder)`` of a batched pipeline over arrays, or None."""
        return None

    def _cached_rows(self):
        found = self.__dict__.get("_rows_found", self)
        if found is self:
            found = self.__dict__["_rows_found"] = self._rows()
        return found

    @property
    def _is_quick(self) -> bool:
        return self._quick and all(source._is_quick for source in self._sources)

    def _peeked_spec(self):
        """The description that the first elements give; dimensions in which they differ are None."""
        spec = None
        source = self._sources[0] if self._sources else None
        unknown = _unknown_dimensions(source)
        iterator = self._iterate(peek=True)
        try:
            for _, element in zip(range(2), iterator):
                found = _elements.map_leaves(_elements.leaf_spec, element)
                spec = found if spec is None else merge_specs(spec, found)
        finally:
            close = getattr(iterator, "close", None)
            if close is not None:
                close()
        if spec is None:
            return TensorSpec(None)
        if unknown:
            spec = _elements.map_leaves(lambda leaf: _loosened(leaf), spec)
        return spec


def _unknown_dimensions(source) -> bool:
    """Whether the first dimension of a source's elements is not known, as after ``batch``."""
    if source is None:
        return False
    leaves = _elements.flatten(source.element_spec)
    return any(
        isinstance(leaf, TensorSpec) and leaf.shape.rank and leaf.shape[0] is None for leaf in leaves
    )


def _loosened(leaf):
    if isinstance(leaf, TensorSpec) and leaf.shape.rank:
        return TensorSpec([None, *list(leaf.shape)[1:]], leaf.dtype, leaf.name)
    return leaf


def merge_specs(a, b):
    """The description that fits both elements."""
    if not _elements.same_structure(a, b):
        raise TypeError(f"Incompatible elements of a dataset: {a} and {b}")

    def both(x, y):
        if isinstance(x, TensorSpec) and isinstance(y, TensorSpec):
            return TensorSpec(common_shape(x.shape, y.shape), x.dtype, x.name)
        if isinstance(x, DatasetSpec) and isinstance(y, DatasetSpec):
            return DatasetSpec(merge_specs(x.element_spec, y.element_spec))
        return y if isinstance(x, NoneTensorSpec) else x

    leaves = [both(x, y) for x, y in zip(_elements.flatten(a), _elements.flatten(b))]
    return _elements.pack(a, leaves)


class DatasetIterator:
    """An iterator over a data set: ``next(it)``, ``it.get_next()``.

    ``get_next`` raises OutOfRangeError at the end, ``next`` StopIteration.
    """

    def __init__(self, dataset):
        self._dataset = dataset
        self._elements = dataset._iterate()

    def __iter__(self) -> DatasetIterator:
        return self

    def __next__(self) -> Any:
        """The next element; StopIteration after the last."""
        return _elements.to_user(next(self._elements))

    next = __next__

    def get_next(self):
        """The next element; OutOfRangeError at the end."""
        for element in self._elements:
            return _elements.to_user(element)
        raise errors.OutOfRangeError(None, None, "End of sequence")

    def get_next_as_optional(self):
        """The next element as an ``Optional``, empty at the end."""
        for element in self._elements:
            return Optional(_elements.to_user(element), True)
        return Optional(None, False)

    @property
    def element_spec(self):
        """What the elements look like."""
        return self._dataset.element_spec


class NumpyIterator:
    """An iterator that gives NumPy's arrays and scalars."""

    def __init__(self, dataset):
        self._elements = dataset._iterate()

    def __iter__(self) -> NumpyIterator:
        return self

    def __next__(self) -> Any:
        """The next element, as NumPy's arrays."""

        def convert(leaf):
            if _elements.is_dataset(leaf):
                return leaf.as_numpy_iterator()
            return _elements.leaf_numpy(leaf)

        return _elements.map_leaves(convert, next(self._elements))

    next = __next__


class Optional:
    """A value that may be missing, as ``get_next_as_optional`` gives."""

    def __init__(self, value, present: bool):
        self._value, self._present = value, present

    def has_value(self) -> bool:
        """Whether there is a value."""
        return self._present

    def get_value(self):
        """The value; InvalidArgumentError if there is none."""
        if not self._present:
            raise errors.InvalidArgumentError(None, None, "The given optional does not have a value.")
        return self._value
