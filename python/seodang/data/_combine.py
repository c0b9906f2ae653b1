"""Stages over several data sets, and the cache."""

from __future__ import annotations

import os

import numpy as np

from seodang import _seeds, errors
from seodang.data import _elements, _rows
from seodang.data._core import INFINITE, UNKNOWN, merge_specs
from seodang.data._rows import Rows
from seodang.data._shuffle import Stream
from seodang.data._transforms import Stage
from seodang.data.dataset import AUTOTUNE, Dataset


class Zip(Dataset):
    """Elements side by side, as long as every data set has one."""

    _kind = "_ZipDataset"

    def __init__(self, structure):
        self._structure = structure
        self._sources = tuple(_elements.flatten(structure))
        for source in self._sources:
            if not isinstance(source, Dataset):
                raise TypeError(
                    f"Invalid `datasets`. `datasets` must be a (potentially nested) structure of "
                    f"`tf.data.Dataset` objects, but encountered object of type {type(source)}."
                )

    def _iterate(self, peek=False):
        rows = self._cached_rows()
        if rows is not None:
            yield from rows.elements(peek)
            return
        for elements in zip(*[s._iterate(peek) for s in self._sources]):
            yield _elements.pack(self._structure, elements)

    def _count(self):
        counts = [s._count() for s in self._sources]
        finite = [c for c in counts if c != INFINITE]
        if UNKNOWN in finite:
            return UNKNOWN
        return min(finite) if finite else INFINITE

    def _spec(self):
        return _elements.pack(self._structure, [s.element_spec for s in self._sources])

    def _rows(self):
        all_rows = [s._cached_rows() for s in self._sources]
        if any(r is None or not r.straight for r in all_rows):
            return None
        count = self._count()
        arrays = [_elements.map_leaves(lambda a: a[:count], r.arrays) for r in all_rows]
        return Rows(
            _elements.pack(self._structure, arrays), lambda peek: iter([np.arange(count)]), straight=True
        )


class Concatenate(Dataset):
    """The elements of one data set, then those of another."""

    _kind = "_ConcatenateDataset"

    def __init__(self, first, second):
        self._sources = (first, second)

    def _iterate(self, peek=False):
        for source in self._sources:
            yield from source._iterate(peek)

    def _count(self):
        counts = [s._count() for s in self._sources]
        if INFINITE in counts:
            return INFINITE
        return UNKNOWN if UNKNOWN in counts else sum(counts)

    def _spec(self):
        return merge_specs(self._sources[0].element_spec, self._sources[1].element_spec)


class Interleave(Stage):
    """The elements of the data sets that a function makes of elements, some at a time in turn."""

    _kind = "_InterleaveDataset"
    _quick = False

    def __init__(self, source, function, cycle, block, flat=False):
        super().__init__(source)
        self._function = function
        if cycle is None or cycle == AUTOTUNE:
            cycle = os.cpu_count() or 1
        if cycle < 1 or block < 1:
            raise ValueError("`cycle_length` and `block_length` must be > 0")
        self._cycle, self._block = cycle, block
        if flat:
            self._kind = "_FlatMapDataset"

    def _open(self, element, peek):
        made = _elements.call(self._function, element)
        if not isinstance(made, Dataset):
            raise TypeError(
                "Invalid `map_func`. `map_func` must return a `Dataset` object. Got "
                f"{type(made).__name__}."
            )
        return made._iterate(peek)

    def _iterate(self, peek=False):
        source = self._source._iterate(peek)
        if self._cycle == 1:
            for element in source:
                yield from self._open(element, peek)
            return
        slots: list = [None] * self._cycle
        turn = given = opened = 0
        ended = False
        while not ended or opened:
            if slots[turn] is not None:
                try:
                    element = next(slots[turn])
                except StopIteration:
                    slots[turn] = None
                    opened -= 1
                    turn, given = (turn + 1) % self._cycle, 0
                    continue
                yield element
                given += 1
                if given == self._block:
                    turn, given = (turn + 1) % self._cycle, 0
            elif not ended:
                try:
                    slots[turn] = iter(self._open(next(source), peek))
                    opened += 1
                except StopIteration:
                    ended = True
            else:
                turn, given = (turn + 1) % self._cycle, 0

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return self._peeked_spec()


class Directed(Dataset):
    """Elements of several data sets, chosen by the numbers of another or at random."""

    _kind = "_DirectedInterleaveDataset"

    def __init__(self, datasets, choices=None, weights=None, seed=None, stop_on_empty=False):
        datasets = tuple(datasets)
        if not datasets:
            raise ValueError("Invalid `datasets`. `datasets` should not be empty.")
        self._sources = datasets
        self._choices, self._stop = choices, stop_on_empty
        if choices is None:
            weights = [1.0] * len(datasets) if weights is None else weights
            share = np.asarray(_elements.to_array(weights), float)
            if len(share) != len(datasets):
                raise ValueError(
                    "Invalid `datasets`. `datasets` should have the same number of elements as `weights`."
                )
            # What is never drawn never ends: waiting for it would take forever.
            self._sources = tuple(d for d, part in zip(datasets, share) if part > 0)
            if not self._sources:
                raise ValueError("Invalid `weights`. At least one of them must be positive.")
            share = share[share > 0]
            self._limits = np.cumsum(share / share.sum())
            self._numbers = Stream(*_seeds.pair(seed))

    def _chosen(self, peek):
        if self._choices is not None:
            for element in self._choices._iterate(peek):
                yield int(_elements.leaf_array(element))
            return
        numbers = Stream(1, 1) if peek else Stream(*self._numbers.take(2).tolist())
        for number in numbers:
            yield min(
                int(np.searchsorted(self._limits, number / 2**32, side="right")), len(self._sources) - 1
            )

    def _iterate(self, peek=False):
        iterators = [s._iterate(peek) for s in self._sources]
        left = len(iterators)
        for index in self._chosen(peek):
            if not 0 <= index < len(iterators):
                raise errors.InvalidArgumentError(
                    None, None, f"Selector index out of range: {index} >= {len(iterators)}"
                )
            if iterators[index] is None:
                continue
            for element in iterators[index]:
                yield element
                break
            else:
                iterators[index] = None
                left -= 1
                if self._stop or not left:
                    return

    def _count(self):
        counts = [s._count() for s in self._sources]
        if self._choices is None and INFINITE in counts:
            return INFINITE if not self._stop or set(counts) == {INFINITE} else UNKNOWN
        if self._stop or self._choices is not None or UNKNOWN in counts:
            return UNKNOWN
        return sum(counts)

    def _spec(self):
        spec = self._sources[0].element_spec
        for other in self._sources[1:]:
            spec = merge_specs(spec, other.element_spec)
        return spec


class Cache(Stage):
    """The elements, kept in memory or in a file once a pass has been through them all."""

    _kind = "CacheDataset"

    def __init__(self, source, filename):
        super().__init__(source)
        self._file = filename
        self._kept: list | None = None
        self._order: np.ndarray | None = None

    @property
    def _is_quick(self):
        return self._kept is not None or self._source._is_quick

    def _iterate(self, peek=False):
        rows = self._cached_rows()
        if rows is not None:
            yield from rows.elements(peek)
            return
        if self._kept is None and self._file:
            from seodang.data import _storage

            self._kept = _storage.read(self._file)
        if self._kept is not None:
            yield from self._kept
            return
        seen = []
        for element in self._source._iterate(peek):
            if not peek:
                seen.append(element)
            yield element
        if not peek:
            if self._file:
                from seodang.data import _storage

                _storage.write(self._file, seen)
            self._kept = seen

    def _rows(self):
        rows = self._source._cached_rows()
        if rows is None or self._file or self._source._count() < 0:
            return None
        if rows.fixed:
            return rows

        def chunks(peek):
            if peek:
                return rows.chunks(True)
            if self._order is None:
                self._order = _rows.joined(rows.chunks(False))
            return iter([self._order])

        return Rows(rows.arrays, chunks)

    def _batch_plan(self):
        plan = self._source._batch_plan()
        # Batches of a shuffled pipeline stay as they were first made.
        return plan if plan is not None and plan[0].fixed and not self._file else None
