"""Pipelines over whole arrays: rows picked by index, with no Python code per element.

Slices of arrays that are only shuffled, taken, skipped, repeated or cached are still the same arrays
in another order. Such a pipeline is an arrays-and-order pair; ``batch`` on it is one ``take``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from seodang.data import _elements


@dataclass(frozen=True)
class Rows:
    """Arrays with a common first dimension, and the order in which a pass reads their rows.

    ``chunks(peek)`` yields the order of a new pass as arrays of row numbers; ``fixed`` says that each
    pass has the same order, ``straight`` that it is 0, 1, 2, ...
    """

    arrays: object
    chunks: Callable[[bool], Iterator[np.ndarray]]
    fixed: bool = True
    straight: bool = False

    def elements(self, peek: bool) -> Iterator:
        """The rows one by one."""
        arrays = self.arrays
        if isinstance(arrays, np.ndarray):
            for chunk in self.chunks(peek):
                for i in chunk.tolist():
                    yield arrays[i, ...]
        elif type(arrays) is tuple and all(isinstance(a, np.ndarray) for a in arrays):
            for chunk in self.chunks(peek):
                for i in chunk.tolist():
                    yield tuple([a[i, ...] for a in arrays])
        else:
            for chunk in self.chunks(peek):
                for i in chunk.tolist():
                    yield _elements.map_leaves(lambda a, i=i: a[i, ...], arrays)

    def batches(self, size: int, drop_remainder: bool, peek: bool) -> Iterator:
        """The rows in batches."""
        for order in regroup(self.chunks(peek), size, drop_remainder):
            yield self.gather(order)

    def gather(self, order: np.ndarray):
        """The rows of the given numbers, stacked."""
        if self.straight and len(order) and order[-1] - order[0] == len(order) - 1:
            first, last = int(order[0]), int(order[-1]) + 1
            return _elements.map_leaves(lambda a: a[first:last], self.arrays)
        return _elements.map_leaves(lambda a: a.take(order, axis=0), self.arrays)


def regroup(chunks: Iterator[np.ndarray], size: int, drop_remainder: bool) -> Iterator[np.ndarray]:
    """Groups of a fixed size (the last may be shorter) of the numbers in chunks of any size."""
    kept: list[np.ndarray] = []
    count = 0
    for chunk in chunks:
        kept.append(chunk)
        count += len(chunk)
        if count < size:
            continue
        joined = kept[0] if len(kept) == 1 else np.concatenate(kept)
        whole = count - count % size
        for start in range(0, whole, size):
            yield joined[start : start + size]
        kept, count = [joined[whole:]], count - whole
    if count and not drop_remainder:
        yield kept[0] if len(kept) == 1 else np.concatenate(kept)


def limited(chunks: Iterator[np.ndarray], count: int) -> Iterator[np.ndarray]:
    """The first ``count`` numbers."""
    left = count
    if left <= 0:
        return
    for chunk in chunks:
        yield chunk[:left]
        left -= len(chunk)
        if left <= 0:
            return


def skipped(chunks: Iterator[np.ndarray], count: int) -> Iterator[np.ndarray]:
    """The numbers after the first ``count``."""
    left = count
    for chunk in chunks:
        if left >= len(chunk):
            left -= len(chunk)
        else:
            yield chunk[left:]
            left = 0


def joined(chunks: Iterator[np.ndarray]) -> np.ndarray:
    """All the numbers in one array."""
    parts = list(chunks)
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


@dataclass(frozen=True)
class ArrayPlan:
    """What ``fit`` needs to train on a pipeline of arrays without running it.

    ``arrays`` is the element's structure with whole arrays for leaves, ``batch_size`` the rows of a
    step, ``order()`` the row numbers of a new pass (each call is one pass of the data set). Every step
    takes the next ``batch_size`` of them; the last one takes what is left.
    """

    arrays: object
    batch_size: int
    order: Callable[[], np.ndarray]
