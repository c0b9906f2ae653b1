"""Where pipelines begin: arrays, numbers, generators."""

from __future__ import annotations

import math

import numpy as np

from seodang import _dtypes, errors
from seodang._specs import TensorSpec, TypeSpec
from seodang.data import _elements
from seodang.data._core import INFINITE, UNKNOWN
from seodang.data._rows import Rows
from seodang.data._shuffle import Stream
from seodang.data.dataset import Dataset


def _normalised(value):
    """A structure of arrays; lists are values."""
    return _elements.map_leaves(
        lambda leaf: leaf if leaf is None or _elements.is_dataset(leaf) else _elements.to_array(leaf),
        value,
    )


def _straight(count: int):
    return lambda peek: iter([np.arange(count)])


class Slices(Dataset):
    """The rows of arrays."""

    _kind = "_TensorSliceDataset"

    def __init__(self, tensors, normalised: bool = False):
        self._arrays = tensors if normalised else _normalised(tensors)
        leaves = _elements.flatten(self._arrays)
        if not leaves:
            raise ValueError(
                "Invalid `tensors`. `tensors` should not be empty: there is nothing to slice."
            )
        for leaf in leaves:
            if not isinstance(leaf, np.ndarray):
                raise TypeError(f"Cannot slice {leaf!r}: it is no tensor.")
            if leaf.ndim == 0:
                raise ValueError("Unbatching a tensor is only supported for rank >= 1")
            if len(leaf) != len(leaves[0]):
                raise ValueError(f"Dimensions {len(leaves[0])} and {len(leaf)} are not compatible")
        self._length = len(leaves[0])

    def _iterate(self, peek=False):
        return self._rows().elements(peek)

    def _count(self):
        return self._length

    def _spec(self):
        return _elements.map_leaves(
            lambda a: TensorSpec(a.shape[1:], _dtypes.as_dtype(a.dtype)), self._arrays
        )

    def _rows(self):
        return Rows(self._arrays, _straight(self._length), straight=True)


class Single(Dataset):
    """One element."""

    _kind = "_TensorDataset"

    def __init__(self, tensors):
        self._element = _normalised(tensors)

    def _iterate(self, peek=False):
        yield self._element

    def _count(self):
        return 1

    def _spec(self):
        return _elements.map_leaves(_elements.leaf_spec, self._element)


class Given(Dataset):
    """Elements that are there already, as those of a window."""

    _kind = "_VariantDataset"

    def __init__(self, elements: list, spec):
        self._elements, self._known_spec = elements, spec

    def _iterate(self, peek=False):
        return iter(self._elements)

    def _count(self):
        return len(self._elements)

    def _spec(self):
        return self._known_spec


class Range(Dataset):
    """Whole numbers (or others) at equal steps."""

    _kind = "_RangeDataset"
    _LARGEST = 1 << 24

    def __init__(self, *args, output_type=None):
        numbers = [_plain_number(a) for a in args]
        if len(numbers) == 1:
            start, stop, step = 0, numbers[0], 1
        elif len(numbers) == 2:
            (start, stop), step = numbers, 1
        elif len(numbers) == 3:
            start, stop, step = numbers
        else:
            raise ValueError(
                f"Invalid `args`. The length of `args` should be between 1 and 3 but was {len(args)}."
            )
        if step == 0:
            raise errors.InvalidArgumentError(None, None, "step must be a non-zero integer.")
        self._dtype = _dtypes.int64 if output_type is None else _dtypes.as_dtype(output_type)
        self._start, self._step = start, step
        self._length = max(0, math.ceil((stop - start) / step))

    def _iterate(self, peek=False):
        rows = self._cached_rows()
        if rows is not None:
            yield from rows.elements(peek)
            return
        kind = self._dtype.as_numpy_dtype
        for i in range(self._length):
            yield np.array(self._start + i * self._step, kind)

    def _count(self):
        return self._length

    def _spec(self):
        return TensorSpec((), self._dtype)

    def _rows(self):
        if self._length > self._LARGEST:
            return None
        array = self._start + np.arange(self._length) * self._step
        return Rows(
            array.astype(self._dtype.as_numpy_dtype, copy=False), _straight(self._length), straight=True
        )


def _plain_number(value):
    value = value.numpy() if hasattr(value, "numpy") else value
    return value if isinstance(value, float) else int(value)


class Counter(Dataset):
    """Numbers without an end."""

    _kind = "CounterV2"

    def __init__(self, start, step, dtype):
        self._start, self._step, self._dtype = int(start), int(step), _dtypes.as_dtype(dtype)

    def _iterate(self, peek=False):
        number = self._start
        while True:
            yield np.array(number, self._dtype.as_numpy_dtype)
            number += self._step

    def _count(self):
        return INFINITE

    def _spec(self):
        return TensorSpec((), self._dtype)


class Random(Dataset):
    """Random 32-bit numbers, as int64, without an end."""

    _kind = "_RandomDataset"

    def __init__(self, seed, rerandomize):
        from seodang import _seeds

        self._seeds = _seeds.pair(seed)
        self._stream = Stream(*self._seeds) if rerandomize else None

    def _iterate(self, peek=False):
        stream = Stream(*self._seeds)
        if self._stream is not None and not peek:
            stream = Stream(*self._stream.take(2).tolist())
        for number in stream:
            yield np.array(number, np.int64)

    def _count(self):
        return INFINITE

    def _spec(self):
        return TensorSpec((), _dtypes.int64)


class Generated(Dataset):
    """What a function's iterator gives, checked against the types and shapes that were promised."""

    _kind = "_FlatMapDataset"
    _quick = False

    def __init__(self, generator, spec, args):
        self._generator, self._known_spec, self._args = generator, spec, args

    def _iterate(self, peek=False):
        spec = self._known_spec
        flat_spec = _elements.flatten(spec)
        arguments = [_elements.leaf_numpy(_elements.to_array(a)) for a in self._args]
        for values in iter(self._generator(*arguments)):
            yield self._checked(values, spec, flat_spec)

    def _checked(self, values, spec, flat_spec):
        if isinstance(values, list) and type(spec) is tuple:
            values = tuple(values)
        if not _elements.is_nested(spec):
            flat = [values]
        else:
            if isinstance(values, list):
                values = tuple(values)
            if not _elements.same_structure(spec, values):
                shown = _elements.map_leaves(lambda s: getattr(s, "dtype", s), spec)
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    "TypeError: `generator` yielded an element that did not match the expected "
                    f"structure. The expected structure was {shown}, but the yielded element was "
                    f"{values}.",
                )
            flat = _elements.flatten(values)
        out = []
        for value, leaf in zip(flat, flat_spec):
            try:
                array = _elements.to_array(value, leaf.dtype)
            except (TypeError, ValueError) as error:
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    "TypeError: `generator` yielded an element that could not be converted to the "
                    f"expected type. The expected type was {leaf.dtype.name}, but the yielded element "
                    f"was {value}.",
                ) from error
            if not leaf.shape.is_compatible_with(array.shape):
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"TypeError: `generator` yielded an element of shape {array.shape} where an element "
                    f"of shape {leaf.shape} was expected.",
                )
            if array.base is not None or array is value:
                # A generator may fill the same buffer again for its next element.
                array = array.copy()
            out.append(array)
        return _elements.pack(spec, out)

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return self._known_spec


def generator_spec(output_types, output_shapes, output_signature):
    """The description of a generator's elements from either way of giving it."""
    if output_signature is not None:
        if output_types is not None or output_shapes is not None:
            raise TypeError(
                "The `output_signature` argument can not be used together with both `output_types` "
                "and `output_shapes` arguments."
            )
        signature = _lists_as_tuples(output_signature)
        for leaf in _elements.flatten(signature):
            if not isinstance(leaf, TypeSpec) and not hasattr(leaf, "shape"):
                raise TypeError(
                    f"`output_signature` must contain objects that are subclass of `tf.TypeSpec` but "
                    f"found {type(leaf)} which is not."
                )
        return signature
    if output_types is None:
        raise TypeError(
            "Either `output_signature` or `output_types` must be specified to describe what the "
            "generator yields."
        )
    types = _elements.map_leaves(_dtypes.as_dtype, _lists_as_tuples(output_types))
    if output_shapes is None:
        return _elements.map_leaves(lambda dtype: TensorSpec(None, dtype), types)
    flat_types = _elements.flatten(types)
    shapes = _shapes_like(types, output_shapes)
    return _elements.pack(types, [TensorSpec(s, t) for s, t in zip(shapes, flat_types)])


def _lists_as_tuples(value):
    if isinstance(value, list):
        return tuple(_lists_as_tuples(v) for v in value)
    return value


def _shapes_like(types, shapes) -> list:
    """The shapes for each leaf, in order: a shape is a tuple itself, so the types guide."""
    if not _elements.is_nested(types):
        return [shapes]
    if isinstance(types, dict):
        return [s for key in sorted(types) for s in _shapes_like(types[key], shapes[key])]
    if len(types) != len(shapes):
        raise ValueError("The two structures don't have the same number of elements.")
    return [s for child, shape in zip(types, shapes) for s in _shapes_like(child, shape)]
