"""Stages that join elements into batches and take batches apart."""

from __future__ import annotations

import numpy as np

from seodang import errors
from seodang._specs import TensorSpec
from seodang.data import _elements
from seodang.data._core import INFINITE, UNKNOWN
from seodang.data._transforms import Stage


def stack(elements: list):
    """One element of the elements' leaves, stacked; InvalidArgumentError if their shapes differ."""
    columns = zip(*[_elements.flatten(e) for e in elements])
    return _elements.pack(elements[0], [_stack_leaf(list(c), i) for i, c in enumerate(columns)])


def _stack_leaf(leaves: list, component: int):
    if leaves[0] is None:
        return None
    arrays = [_elements.leaf_array(leaf) for leaf in leaves]
    first = arrays[0]
    out = np.empty((len(arrays), *first.shape), first.dtype)
    for i, array in enumerate(arrays):
        if array.shape != first.shape:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Cannot batch tensors with different shapes in component {component}. First element "
                f"had shape {list(first.shape)} and element {i} had shape {list(array.shape)}.",
            )
        out[i] = array if first.dtype.kind != "O" or first.ndim else array[()]
    return out


def grouped(iterator, size: int, drop_remainder: bool):
    """Lists of that many successive elements."""
    group = []
    for element in iterator:
        group.append(element)
        if len(group) == size:
            yield group
            group = []
    if group and not drop_remainder:
        yield group


class Batch(Stage):
    """Elements stacked, so many at a time."""

    _kind = "_BatchDataset"

    def __init__(self, source, size, drop_remainder):
        super().__init__(source)
        if size < 1:
            raise errors.InvalidArgumentError(None, None, "Batch size must be greater than zero.")
        self._size, self._drop = size, drop_remainder

    def _iterate(self, peek=False):
        rows = self._source._cached_rows()
        if rows is not None:
            return rows.batches(self._size, self._drop, peek)
        groups = grouped(self._source._iterate(peek), self._size, self._drop)
        return (stack(group) for group in groups)

    def _count(self):
        count = self._source._count()
        if count < 0:
            return count
        return count // self._size if self._drop else -(-count // self._size)

    def _spec(self):
        first = self._size if self._drop else None

        def batched(leaf):
            if not isinstance(leaf, TensorSpec):
                return leaf
            if leaf.shape.rank is None:
                return TensorSpec(None, leaf.dtype)
            return TensorSpec([first, *leaf.shape], leaf.dtype)

        return _elements.map_leaves(batched, self._source.element_spec)

    def _batch_plan(self):
        rows = self._source._cached_rows()
        if rows is None or self._source._count() < 0:
            return None
        return rows, self._size, self._drop


class PaddedBatch(Stage):
    """Elements stacked after all were padded to one shape."""

    _kind = "_PaddedBatchDataset"

    def __init__(self, source, size, shapes, values, drop_remainder):
        super().__init__(source)
        if size < 1:
            raise errors.InvalidArgumentError(None, None, "Batch size must be greater than zero.")
        self._size, self._drop = size, drop_remainder
        self._shapes, self._values = shapes, values

    def _per_leaf(self, given, element) -> list:
        """What was given for each leaf: one thing for all, or a structure like the element's."""
        count = len(_elements.flatten(element))
        if given is None:
            return [None] * count
        return _aligned(given, element)

    def _iterate(self, peek=False):
        for group in grouped(self._source._iterate(peek), self._size, self._drop):
            shapes = self._per_leaf(self._shapes, group[0])
            values = self._per_leaf(self._values, group[0])
            columns = zip(*[_elements.flatten(e) for e in group])
            leaves = [_pad(list(c), s, v) for c, s, v in zip(columns, shapes, values)]
            yield _elements.pack(group[0], leaves)

    _count = Batch._count

    def _spec(self):
        spec = self._source.element_spec
        first = self._size if self._drop else None
        out = []
        for leaf, shape in zip(_elements.flatten(spec), self._per_leaf(self._shapes, spec)):
            dims = leaf.shape if shape is None else _dims(shape)
            out.append(TensorSpec([first, *dims], leaf.dtype))
        return _elements.pack(spec, out)


def _dims(shape) -> list:
    if hasattr(shape, "numpy"):
        shape = shape.numpy().tolist()
    return [None if d is None or int(d) == -1 else int(d) for d in shape]


def _aligned(given, element) -> list:
    if not _elements.is_nested(element):
        return [given]
    if isinstance(element, dict):
        if isinstance(given, dict):
            return [x for k in sorted(element) for x in _aligned(given[k], element[k])]
    elif isinstance(given, (tuple, list)) and len(given) == len(element):
        return [x for g, e in zip(given, element) for x in _aligned(g, e)]
    return [given] * len(_elements.flatten(element))


def _pad(leaves: list, shape, value):
    arrays = [_elements.leaf_array(leaf) for leaf in leaves]
    wanted = [None] * arrays[0].ndim if shape is None else _dims(shape)
    largest = [max(a.shape[i] for a in arrays) for i in range(len(wanted))]
    for i, dim in enumerate(wanted):
        if dim is not None and dim < largest[i]:
            raise errors.DataLossError(
                None,
                None,
                f"Attempted to pad to a smaller size than the input element: {dim} < {largest[i]}.",
            )
    dims = [big if dim is None else dim for dim, big in zip(wanted, largest)]
    kind = arrays[0].dtype
    if value is None:
        value = b"" if kind.kind == "O" else 0
    elif kind.kind == "O":
        value = _elements.to_array(value)[()]
    else:
        value = _elements.to_array(value)
    out = np.full((len(arrays), *dims), value, kind)
    for i, array in enumerate(arrays):
        out[(i, *map(slice, array.shape))] = array
    return out


class Unbatch(Stage):
    """The rows of each element."""

    _kind = "_UnbatchDataset"

    def _iterate(self, peek=False):
        for element in self._source._iterate(peek):
            arrays = _elements.map_leaves(_elements.leaf_array, element)
            count = len(_elements.flatten(arrays)[0])
            for i in range(count):
                yield _elements.map_leaves(lambda a, i=i: a[i, ...], arrays)

    def _count(self):
        count = self._source._count()
        if count <= 0:
            return count
        dims = [leaf.shape[0] for leaf in _elements.flatten(self._source.element_spec)]
        return UNKNOWN if None in dims else count * dims[0]

    def _spec(self):
        return _elements.map_leaves(
            lambda leaf: TensorSpec(
                None if leaf.shape.rank is None else leaf.shape[1:], leaf.dtype
            ),
            self._source.element_spec,
        )


class Rebatch(Stage):
    """Batches taken apart and joined again in other sizes, which may take turns."""

    _kind = "_RebatchDataset"

    def __init__(self, source, sizes, drop_remainder):
        super().__init__(source)
        self._batch_sizes = [int(s) for s in np.atleast_1d(_elements.to_array(sizes))]
        self._drop = drop_remainder

    def _iterate(self, peek=False):
        rows = Unbatch(self._source)._iterate(peek)
        turn = 0
        group: list = []
        for element in rows:
            group.append(element)
            if len(group) == self._batch_sizes[turn % len(self._batch_sizes)]:
                yield stack(group)
                group = []
                turn += 1
        if group and not self._drop:
            yield stack(group)

    def _count(self):
        count = self._source._count()
        return count if count == INFINITE else UNKNOWN

    def _spec(self):
        same = len(set(self._batch_sizes)) == 1 and self._drop
        first = self._batch_sizes[0] if same else None
        return _elements.map_leaves(
            lambda leaf: TensorSpec([first, *leaf.shape[1:]], leaf.dtype), self._source.element_spec
        )


class GroupByWindow(Stage):
    """Elements gathered by a key, each window of them made into a data set by a function."""

    _kind = "_GroupByWindowDataset"
    _quick = False

    def __init__(self, source, key_func, reduce_func, window_size_func):
        super().__init__(source)
        self._key, self._reduce, self._size = key_func, reduce_func, window_size_func

    def _iterate(self, peek=False):
        windows: dict[int, list] = {}
        for element in self._source._iterate(peek):
            key = int(_elements.call(self._key, element))
            window = windows.setdefault(key, [])
            window.append(element)
            if len(window) >= self._size(key):
                yield from self._reduced(key, windows.pop(key), peek)
        for key, window in sorted(windows.items()):
            yield from self._reduced(key, window, peek)

    def _reduced(self, key, window, peek):
        from seodang.data._sources import Given

        number = _elements.leaf_to_user(np.array(key, np.int64))
        return self._reduce(number, Given(window, self._source.element_spec))._iterate(peek)

    def _count(self):
        count = self._source._count()
        return count if count == INFINITE else UNKNOWN

    def _spec(self):
        return self._peeked_spec()


def bucket_key(boundaries, length_func):
    """The function that says into which bucket of lengths an element falls."""
    limits = np.asarray(boundaries)

    def key(*element):
        return int(np.searchsorted(limits, int(length_func(*element)), side="right"))

    return key


__all__ = ["Batch", "GroupByWindow", "PaddedBatch", "Rebatch", "Unbatch", "bucket_key", "stack"]
