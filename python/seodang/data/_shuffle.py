"""The order in which ``shuffle`` lets elements out, number for number as TensorFlow's.

A buffer is kept full; each element out is drawn from it by a counter-based generator (Philox 4x32 with
ten rounds; Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

_LOW = 0xFFFFFFFF


def _blocks(key: int, stream: int, first: int, count: int) -> np.ndarray:
    """``count`` blocks of four 32-bit numbers, from the given block on: uint64 [count, 4]."""
    index = np.arange(first, first + count, dtype=np.uint64)
    mask, half = np.uint64(_LOW), np.uint64(32)
    c0, c1 = index & mask, index >> half
    c2 = np.full(count, stream & _LOW, np.uint64)
    c3 = np.full(count, (stream >> 32) & _LOW, np.uint64)
    k0, k1 = key & _LOW, (key >> 32) & _LOW
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (
            (p1 >> half) ^ c1 ^ np.uint64(k0),
            p1 & mask,
            (p0 >> half) ^ c3 ^ np.uint64(k1),
            p0 & mask,
        )
        k0, k1 = (k0 + 0x9E3779B9) & _LOW, (k1 + 0xBB67AE85) & _LOW
    return np.stack([c0, c1, c2, c3], axis=1)


class Stream:
    """A stream of 32-bit random numbers that two seeds determine."""

    def __init__(self, seed: int, seed2: int):
        self._key, self._stream = seed, seed2
        self._block = 0
        self._ready: list[int] = []

    def take(self, count: int) -> np.ndarray:
        """The next numbers, as uint64."""
        out = self._ready[:count]
        self._ready = self._ready[count:]
        missing = count - len(out)
        if missing <= 0:
            return np.array(out, np.uint64)
        blocks = -(-missing // 4)
        fresh = _blocks(self._key, self._stream, self._block, blocks).reshape(-1)
        self._block += blocks
        self._ready = fresh[missing:].tolist()
        return np.concatenate([np.array(out, np.uint64), fresh[:missing]])

    def __iter__(self) -> Iterator[int]:
        size = 16
        while True:
            yield from self.take(size).tolist()
            size = min(4096, size * 4)


class Seeds:
    """The seeds of a shuffle's successive passes."""

    def __init__(self, seed: int, seed2: int, reshuffle: bool):
        self._fixed = None if reshuffle else (seed, seed2)
        self._stream = Stream(seed, seed2)

    def next_pass(self) -> tuple[int, int]:
        """The two seeds of the next pass."""
        if self._fixed is not None:
            return self._fixed
        first, second = self._stream.take(2).tolist()
        return first, second


def shuffled(items: Iterable, buffer_size: int, seeds: tuple[int, int]) -> Iterator:
    """The items in the order that a buffer of that size lets them out."""
    source = iter(items)
    buffer: list = []
    # The ring has a fixed length, so that the slots an element is swapped into are TensorFlow's.
    for item in source:
        buffer.append(item)
        if len(buffer) == buffer_size:
            break
    size = len(buffer)
    if not size:
        return
    numbers = iter(Stream(*seeds))
    start = 0
    if size == buffer_size:
        for item in source:
            slot = (start + next(numbers) % size) % size
            first = start % size
            chosen = buffer[slot]
            buffer[slot] = buffer[first]
            yield chosen
            buffer[first] = item
            start += 1
    end = start + size
    while start < end:
        slot = (start + next(numbers) % (end - start)) % size
        first = start % size
        chosen = buffer[slot]
        buffer[slot] = buffer[first]
        buffer[first] = None
        yield chosen
        start += 1


def shuffle_indices(indices: np.ndarray, buffer_size: int, seeds: tuple[int, int]) -> np.ndarray:
    """An array of indices in the order that ``shuffled`` gives them."""
    count = len(indices)
    if count <= 1:
        return indices
    if buffer_size < count:
        return np.fromiter(shuffled(indices.tolist(), buffer_size, seeds), np.int64, count)
    left = np.arange(count, 0, -1, dtype=np.uint64)
    slots = (np.arange(count) + (Stream(*seeds).take(count) % left).astype(np.int64)).tolist()
    order = indices.tolist()
    for first, slot in enumerate(slots):
        order[first], order[slot] = order[slot], order[first]
    return np.array(order, np.int64)
