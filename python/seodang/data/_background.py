"""Work ahead in threads: ``prefetch`` and ``num_parallel_calls``.

The threads end when the iterator that they work for is dropped, and what they raise is raised there.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator

_END = object()


class _Channel:
    """A bounded queue that either side can close."""

    def __init__(self, size: int):
        self._size = size
        self._items: deque = deque()
        self._condition = threading.Condition()
        self._closed = False

    def put(self, item) -> bool:
        """Waits for room; False once the reader has gone."""
        with self._condition:
            while len(self._items) >= self._size and not self._closed:
                self._condition.wait()
            if self._closed:
                return False
            self._items.append(item)
            self._condition.notify_all()
            return True

    def get(self):
        with self._condition:
            while not self._items:
                # A timeout lets Ctrl-C through on every system.
                self._condition.wait(0.5)
            item = self._items.popleft()
            self._condition.notify_all()
            return item

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._items.clear()
            self._condition.notify_all()


def _produce(channel: _Channel, make: Callable[[], Iterator]) -> None:
    try:
        for item in make():
            if not channel.put((item, None)):
                return
    except BaseException as error:  # noqa: BLE001 - passed on to the reader
        channel.put((_END, error))
    else:
        channel.put((_END, None))


def ahead(make: Callable[[], Iterator], size: int) -> Iterator:
    """The items of an iterator that a thread runs up to ``size`` items ahead."""
    channel = _Channel(size)
    thread = threading.Thread(target=_produce, args=(channel, make), daemon=True, name="seodang-data")
    thread.start()
    try:
        while True:
            item, error = channel.get()
            if error is not None:
                raise error
            if item is _END:
                return
            yield item
    finally:
        channel.close()


_SLOW = 3e-4
_TRIAL = 8


def mapped(function: Callable, items: Iterator, workers: int) -> Iterator:
    """A function's results in the items' order, computed by several threads where that pays.

    Handing a call to a thread costs more than many functions: the first calls are timed, and quick
    functions stay in the caller's thread.
    """
    workers = workers if workers > 0 else (os.cpu_count() or 1)
    if workers == 1:
        for item in items:
            yield function(item)
        return
    slow = 0
    for _ in range(_TRIAL):
        for item in items:
            start = time.perf_counter()
            result = function(item)
            slow += time.perf_counter() - start > _SLOW
            yield result
            break
        else:
            return
    if slow <= _TRIAL // 2:
        for item in items:
            yield function(item)
        return
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(workers, thread_name_prefix="seodang-data")
    pending: deque = deque()
    try:
        for item in items:
            pending.append(pool.submit(function, item))
            if len(pending) >= 2 * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
