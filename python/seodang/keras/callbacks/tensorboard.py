"""`TensorBoard`: scalars of each epoch in TensorBoard's event files, written without TensorFlow."""

from __future__ import annotations

import os
from typing import Any

from ... import _native as native
from ..._events import EventWriter
from .callback import Callback


class TensorBoard(Callback):
    """Writes losses and metrics to event files in `log_dir/train` and `log_dir/validation`.

    Args:
        log_dir: the folder.
        update_freq: "epoch", "batch", or after so many batches.
        histogram_freq: after how many epochs the weights' histograms are written; 0 for never.
        write_graph, write_images, write_steps_per_second, profile_batch, embeddings_freq,
            embeddings_metadata: accepted, with no effect.
    """

    def __init__(self, log_dir="logs", histogram_freq=0, write_graph=True, write_images=False,
                 write_steps_per_second=False, update_freq: Any = "epoch", profile_batch: Any = 0,
                 embeddings_freq=0, embeddings_metadata=None, **kwargs) -> None:
        super().__init__()
        self.log_dir = os.fspath(log_dir)
        self.histogram_freq = int(histogram_freq or 0)
        self.update_freq = 1 if update_freq == "batch" else update_freq
        self._writers: dict[str, EventWriter] = {}
        self._step = 0

    def _wants_batches(self, mode: str) -> bool:
        return mode == "train" and self.update_freq != "epoch"

    def _writer(self, name: str) -> EventWriter:
        if name not in self._writers:
            self._writers[name] = EventWriter(os.path.join(self.log_dir, name))
        return self._writers[name]

    def on_train_begin(self, logs=None) -> None:
        self._step = 0

    def on_train_batch_end(self, batch, logs=None) -> None:
        if self.update_freq == "epoch":
            return
        self._step += 1
        if self._step % self.update_freq == 0:
            for name, value in (logs or {}).items():
                self._writer("train").scalar(f"batch_{name}", float(value), self._step)

    def on_epoch_end(self, epoch, logs=None) -> None:
        for name, value in (logs or {}).items():
            validation = name.startswith("val_")
            writer = self._writer("validation" if validation else "train")
            writer.scalar(f"epoch_{name.removeprefix('val_')}", float(value), epoch)
        rate = getattr(self.model.optimizer, "learning_rate", None)
        if native.is_tensor(rate):
            self._writer("train").scalar("epoch_learning_rate", float(rate), epoch)
        if self.histogram_freq and epoch % self.histogram_freq == 0:
            for weight in self.model.weights:
                tag = f"{weight.name.replace(':', '_')}/histogram"
                self._writer("train").histogram(tag, weight.numpy(), epoch)
        for writer in self._writers.values():
            writer.flush()

    def on_train_end(self, logs=None) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
