"""Stages that choose, order or compute elements one by one."""

from __future__ import annotations

import numpy as np

from seodang import _dtypes, _seeds, errors
from seodang._specs import DatasetSpec, TensorSpec
from seodang.data import _background, _elements, _rows
from seodang.data._core import INFINITE, UNKNOWN
from seodang.data._rows import Rows
from seodang.data._shuffle import Seeds, shuffle_indices, shuffled
from seodang.data.dataset import AUTOTUNE, Dataset


class Stage(Dataset):
    """A data set made from another."""

    def __init__(self, source: Dataset):
        self._sources = (source,)
        self._source = source


class Map(Stage):
    """A function of each element."""

    _kind = "_MapDataset"
    _quick = False

    def __init__(self, source, function, workers):
        super().__init__(source)
        if not callable(function):
            raise TypeError(f"`map_func` must be callable, got {function!r}.")
        self._function, self._workers = function, workers
        if workers is not None:
            self._kind = "_ParallelMapDataset"

    def _iterate(self, peek=False):
        function, call, from_user = self._function, _elements.call, _elements.from_user

        def apply(element):
            return from_user(call(function, element))

        source = self._source._iterate(peek)
        if self._workers is None or peek:
            for element in source:
                yield apply(element)
        else:
            workers = 0 if self._workers == AUTOTUNE else self._workers
            yield from _background.mapped(apply, source, workers)

    def _spec(self):
        return self._peeked_spec()


class Filter(Stage):
    """The elements for which a predicate holds."""

    _kind = "_FilterDataset"
    _quick = False

    def __init__(self, source, predicate):
        super().__init__(source)
        self._predicate = predicate

    def _iterate(self, peek=False):
        for element in self._source._iterate(peek):
            if truth(_elements.call(self._predicate, element), "`predicate`"):
                yield element

    def _count(self):
        return UNKNOWN


def truth(value, what: str) -> bool:
    """The truth of a predicate's scalar result; ValueError for anything else."""
    shape = getattr(value, "shape", ())
    kind = getattr(value, "dtype", None)
    if len(shape) or (kind is not None and _dtypes.as_dtype(kind) is not _dtypes.bool_):
        raise ValueError(
            f"Invalid {what}. {what} must return a `tf.bool` scalar tensor, but its return value is "
            f"{value!r}."
        )
    if kind is None and not isinstance(value, bool):
        raise ValueError(
            f"Invalid {what}. {what} must return a `tf.bool` scalar tensor, but its return value is "
            f"{value!r}."
        )
    return bool(value)


class TakeWhile(Stage):
    """The elements up to the first for which a predicate fails."""

    _kind = "_TakeWhileDataset"
    _quick = False

    def __init__(self, source, predicate):
        super().__init__(source)
        self._predicate = predicate

    def _iterate(self, peek=False):
        for element in self._source._iterate(peek):
            if not truth(_elements.call(self._predicate, element), "`predicate`"):
                return
            yield element

    def _count(self):
        return UNKNOWN


class Shuffle(Stage):
    """The elements in the random order in which a buffer lets them out."""

    _kind = "_ShuffleDataset"

    def __init__(self, source, buffer_size, seed, reshuffle):
        super().__init__(source)
        if buffer_size < 1 and buffer_size != -2:
            raise errors.InvalidArgumentError(
                None, None, "buffer_size must be greater than zero or UNKNOWN_CARDINALITY."
            )
        self._size = buffer_size if buffer_size > 0 else 1 << 62
        self._seeds = Seeds(*_seeds.pair(seed), True if reshuffle is None else bool(reshuffle))
        self._reshuffles = reshuffle is None or bool(reshuffle)

    def _iterate(self, peek=False):
        rows = self._cached_rows()
        if rows is not None:
            return rows.elements(peek)
        source = self._source._iterate(peek)
        return source if peek else shuffled(source, self._size, self._seeds.next_pass())

    def _rows(self):
        rows = self._source._cached_rows()
        if rows is None:
            return None
        endless = self._source._count() == INFINITE

        def chunks(peek):
            if peek:
                yield from rows.chunks(True)
            elif endless:
                numbers = (i for chunk in rows.chunks(False) for i in chunk.tolist())
                order = shuffled(numbers, self._size, self._seeds.next_pass())
                while True:
                    yield np.fromiter(order, np.int64, 1024)
            else:
                seeds = self._seeds.next_pass()
                yield shuffle_indices(_rows.joined(rows.chunks(False)), self._size, seeds)

        return Rows(rows.arrays, chunks, rows.fixed and not self._reshuffles)


class Repeat(Stage):
    """The elements again and again."""

    _kind = "_RepeatDataset"

    def __init__(self, source, count):
        super().__init__(source)
        self._times = -1 if count is None else int(count)

    def _passes(self, peek):
        times = 1 if peek else self._times
        while times != 0:
            yield times
            times -= 1 if times > 0 else 0

    def _iterate(self, peek=False):
        for _ in self._passes(peek):
            empty = True
            for element in self._source._iterate(peek):
                empty = False
                yield element
            if empty:
                return

    def _count(self):
        count = self._source._count()
        if self._times == 0 or count == 0:
            return 0
        if self._times < 0 or count == INFINITE:
            return INFINITE
        return count * self._times if count >= 0 else UNKNOWN

    def _rows(self):
        rows = self._source._cached_rows()
        if rows is None or not self._source._count():
            return None

        def chunks(peek):
            for _ in self._passes(peek):
                yield from rows.chunks(peek)

        return Rows(rows.arrays, chunks, rows.fixed)


class Take(Stage):
    """The first elements."""

    _kind = "_TakeDataset"

    def __init__(self, source, count):
        super().__init__(source)
        self._limit = int(count)

    def _iterate(self, peek=False):
        left = self._limit
        if left == 0:
            return
        for element in self._source._iterate(peek):
            yield element
            left -= 1
            if left == 0:
                return

    def _count(self):
        count = self._source._count()
        if self._limit < 0:
            return count
        if count == INFINITE:
            return self._limit
        return count if count == UNKNOWN else min(count, self._limit)

    def _rows(self):
        rows = self._source._cached_rows()
        if rows is None or self._limit < 0:
            return rows
        return Rows(
            rows.arrays,
            lambda peek: _rows.limited(rows.chunks(peek), self._limit),
            rows.fixed,
            rows.straight,
        )

    def _batch_plan(self):
        return _cut_batches(self._source, lambda order, size: order[: self._limit * size], self._limit)


class Skip(Stage):
    """All but the first elements."""

    _kind = "_SkipDataset"

    def __init__(self, source, count):
        super().__init__(source)
        self._skipped = int(count)

    def _iterate(self, peek=False):
        left = self._skipped
        for element in self._source._iterate(peek):
            if left == 0:
                yield element
            elif left > 0:
                left -= 1

    def _count(self):
        count = self._source._count()
        if self._skipped < 0:
            return 0
        return count if count < 0 else max(0, count - self._skipped)

    def _rows(self):
        rows = self._source._cached_rows()
        if rows is None or self._skipped < 0:
            return None
        return Rows(
            rows.arrays,
            lambda peek: _rows.skipped(rows.chunks(peek), self._skipped),
            rows.fixed,
        )

    def _batch_plan(self):
        return _cut_batches(self._source, lambda order, size: order[self._skipped * size :], self._skipped)


def _cut_batches(source, cut, count):
    """The plan of a batched pipeline of which some batches are left out."""
    plan = source._batch_plan()
    if plan is None or count < 0 or source._count() < 0:
        return None
    rows, size, drop = plan

    def chunks(peek):
        order = _rows.joined(rows.chunks(peek))
        if drop:
            order = order[: len(order) - len(order) % size]
        yield cut(order, size)

    return Rows(rows.arrays, chunks, rows.fixed), size, drop


class Shard(Stage):
    """Every n-th element."""

    _kind = "_ShardDataset"

    def __init__(self, source, shards, index):
        super().__init__(source)
        if shards < 1:
            raise errors.InvalidArgumentError(
                None, None, f"Number of shards must be greater than zero (currently num_shards = {shards})."
            )
        if not 0 <= index < shards:
            raise errors.InvalidArgumentError(
                None,
                None,
                f"Index must be between 0 and {shards - 1} (currently index = {index}).",
            )
        self._shards, self._index = shards, index

    def _iterate(self, peek=False):
        for i, element in enumerate(self._source._iterate(peek)):
            if i % self._shards == self._index:
                yield element

    def _count(self):
        count = self._source._count()
        return count if count < 0 else (count - self._index + self._shards - 1) // self._shards

    def _rows(self):
        rows = self._source._cached_rows()
        if rows is None or self._source._count() < 0:
            return None
        return Rows(
            rows.arrays,
            lambda peek: iter([_rows.joined(rows.chunks(peek))[self._index :: self._shards]]),
            rows.fixed,
        )


class Enumerate(Stage):
    """Pairs of a number and an element."""

    _kind = "_EnumerateDataset"

    def __init__(self, source, start):
        super().__init__(source)
        self._start = int(start)

    def _iterate(self, peek=False):
        for i, element in enumerate(self._source._iterate(peek), self._start):
            yield np.array(i, np.int64), element

    def _spec(self):
        return TensorSpec((), _dtypes.int64), self._source.element_spec


class Scan(Stage):
    """A function of a state and each element, which gives the next state and an element."""

    _kind = "_ScanDataset"
    _quick = False

    def __init__(self, source, initial_state, function):
        super().__init__(source)
        self._initial, self._function = initial_state, function

    def _iterate(self, peek=False):
        state = _elements.from_user(self._initial)
        for element in self._source._iterate(peek):
            result = self._function(_elements.to_user(state), _elements.to_user(element))
            if not isinstance(result, (tuple, list)) or len(result) != 2:
                raise TypeError(
                    "Invalid `scan_func`. `scan_func` should return a pair consisting of new state "
                    "and the output value."
                )
            state = _elements.from_user(result[0])
            yield _elements.from_user(result[1])

    def _spec(self):
        return self._peeked_spec()


class Unique(Stage):
    """The elements without those that came before."""

    _kind = "_UniqueDataset"

    def _iterate(self, peek=False):
        seen = set()
        for element in self._source._iterate(peek):
            key = _key(_elements.leaf_array(element))
            if key not in seen:
                seen.add(key)
                yield element

    def _count(self):
        return UNKNOWN


def _key(array: np.ndarray):
    if array.dtype.kind == "O":
        return array.shape, tuple(array.reshape(-1).tolist())
    return array.shape, array.tobytes()


class Prefetch(Stage):
    """The elements, made ahead of time by a thread where making them takes time."""

    _kind = "_PrefetchDataset"

    def __init__(self, source, buffer_size):
        super().__init__(source)
        if buffer_size < 0 and buffer_size != AUTOTUNE:
            raise errors.InvalidArgumentError(None, None, "buffer_size must be >= 0 or AUTOTUNE")
        self._size = 4 if buffer_size == AUTOTUNE else buffer_size

    def _iterate(self, peek=False):
        if peek or self._size == 0 or self._source._is_quick:
            return self._source._iterate(peek)
        return _background.ahead(self._source._iterate, self._size)

    def _rows(self):
        return self._source._cached_rows()

    def _batch_plan(self):
        return self._source._batch_plan()


class WithOptions(Prefetch):
    """The same elements under other options."""

    _kind = "_OptionsDataset"

    def __init__(self, source, options):
        Stage.__init__(self, source)
        self._own_options = options

    def _iterate(self, peek=False):
        return self._source._iterate(peek)


class AssertCardinality(Stage):
    """The elements, whose number was promised."""

    _kind = "_AssertCardinalityDataset"

    def __init__(self, source, count):
        super().__init__(source)
        self._promised = count

    def _iterate(self, peek=False):
        seen = 0
        for element in self._source._iterate(peek):
            seen += 1
            if self._promised >= 0 and seen > self._promised:
                raise errors.FailedPreconditionError(
                    None,
                    None,
                    f"Input dataset was expected to contain {self._promised} elements but contained "
                    f"at least {seen} elements.",
                )
            yield element
        if self._promised == INFINITE or (0 <= self._promised != seen):
            raise errors.FailedPreconditionError(
                None,
                None,
                f"Input dataset was expected to contain {self._promised} elements but contained only "
                f"{seen} elements.",
            )

    def _count(self):
        return self._promised


class IgnoreErrors(Stage):
    """The elements without those whose making failed."""

    _kind = "_IgnoreErrorsDataset"

    def __init__(self, source, log_warning):
        super().__init__(source)
        self._warns = log_warning

    def _iterate(self, peek=False):
        iterator = _resumable(self._source, peek)
        while True:
            try:
                element = next(iterator)
            except StopIteration:
                return
            except Exception as error:
                if self._warns:
                    import warnings

                    warnings.warn(f"Error raised with error message {error}", stacklevel=2)
                continue
            yield element

    def _count(self):
        return UNKNOWN


class _resumable:
    """An iterator over a mapped source that goes on after an error of the function's."""

    def __init__(self, source, peek):
        self._function = source._function if isinstance(source, Map) else None
        inner = source._source if self._function is not None else source
        if isinstance(source, Prefetch):
            inner = _resumable(source._source, peek)
            self._items = inner
        elif self._function is not None:
            self._items = _resumable(inner, peek)
        else:
            self._items = inner._iterate(peek)

    def __iter__(self):
        return self

    def __next__(self):
        element = next(self._items)
        if self._function is None:
            return element
        return _elements.from_user(_elements.call(self._function, element))


class Windows(Stage):
    """Data sets of successive elements."""

    _kind = "_WindowDataset"

    def __init__(self, source, size, shift, stride, drop_remainder):
        super().__init__(source)
        for name, value in (("size", size), ("shift", shift), ("stride", stride)):
            if value <= 0:
                what = "Window " + name
                raise errors.InvalidArgumentError(None, None, f"{what} must be greater than zero.")
        self._size, self._shift, self._stride, self._drop = size, shift, stride, drop_remainder

    def _iterate(self, peek=False):
        from seodang.data._sources import Given, Slices

        span = (self._size - 1) * self._stride + 1
        rows = self._source._cached_rows()
        if rows is not None and self._source._count() >= 0:
            order = _rows.joined(rows.chunks(peek))
            start, end = 0, len(order)
            while start < end and not (self._drop and start + span > end):
                part = rows.gather(order[start : start + span : self._stride])
                yield _elements.map_leaves(lambda a: Slices(a, normalised=True), part)
                start += self._shift
            return
        spec = self._source.element_spec
        leaf_specs = _elements.flatten(spec)
        buffer: list = []
        iterator = self._source._iterate(peek)
        ended = False
        while True:
            while len(buffer) < span and not ended:
                try:
                    buffer.append(next(iterator))
                except StopIteration:
                    ended = True
            if not buffer or (self._drop and len(buffer) < span):
                return
            chosen = buffer[: span : self._stride]
            columns = zip(*[_elements.flatten(e) for e in chosen])
            parts = [Given(list(c), s) for c, s in zip(columns, leaf_specs)]
            yield _elements.pack(chosen[0], parts)
            for _ in range(self._shift - len(buffer)):
                try:
                    next(iterator)
                except StopIteration:
                    ended = True
                    break
            del buffer[: self._shift]

    def _count(self):
        count = self._source._count()
        if count < 0:
            return count
        span = (self._size - 1) * self._stride + 1
        if self._drop:
            return 0 if count < span else (count - span) // self._shift + 1
        return -(-count // self._shift)

    def _spec(self):
        return _elements.map_leaves(DatasetSpec, self._source.element_spec)
