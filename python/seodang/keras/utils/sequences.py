"""`Sequence`: data that gives its batches by number."""

from __future__ import annotations

import queue
import threading


class Sequence:
    """Data that gives batch `i` by `self[i]`, of `len(self)`; subclass it with both.

    `on_epoch_end` is called after each epoch.
    """

    def __init__(self, workers=1, use_multiprocessing=False, max_queue_size=10) -> None:
        self.workers = workers
        self.use_multiprocessing = use_multiprocessing
        self.max_queue_size = max_queue_size

    def __getitem__(self, index):
        raise NotImplementedError("A Sequence defines __getitem__(index).")

    def __len__(self) -> int:
        raise NotImplementedError("A Sequence defines __len__().")

    @property
    def num_batches(self) -> int:
        """The number of batches."""
        return len(self)

    def on_epoch_end(self) -> None:
        """Called after each epoch."""

    def on_epoch_begin(self) -> None:
        """Called before each epoch."""

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]


PyDataset = Sequence


class OrderedEnqueuer:
    """Prepares batches of a Sequence in a thread, in order."""

    def __init__(self, sequence, use_multiprocessing=False, shuffle=False) -> None:
        self.sequence = sequence
        self.shuffle = shuffle
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def is_running(self) -> bool:
        """Whether the thread works."""
        return self._thread is not None and not self._stop.is_set()

    def start(self, workers=1, max_queue_size=10) -> None:
        """Starts the thread."""
        self._queue: queue.Queue = queue.Queue(max_queue_size)
        self._stop.clear()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _items(self):
        import random

        while True:
            order = list(range(len(self.sequence)))
            if self.shuffle:
                random.shuffle(order)
            for i in order:
                yield self.sequence[i]
            self.sequence.on_epoch_end()

    def _work(self) -> None:
        try:
            for item in self._items():
                if not self._put((item, None)):
                    return
            self._put((None, StopIteration()))
        except BaseException as e:  # noqa: BLE001 - it is raised where the batch is taken
            self._put((None, e))

    def _put(self, item) -> bool:
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def get(self):
        """The batches, one after the other."""
        while self.is_running():
            item, error = self._queue.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item

    def stop(self, timeout=None) -> None:
        """Ends the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)


class GeneratorEnqueuer(OrderedEnqueuer):
    """Prepares batches of a generator in a thread."""

    def __init__(self, generator, use_multiprocessing=False, random_seed=None) -> None:
        super().__init__(generator)

    def _items(self):
        yield from self.sequence
