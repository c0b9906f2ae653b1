"""`TensorBoard`: scalars of each epoch in TensorBoard's event files, written without TensorFlow."""

from __future__ import annotations

import os
import socket
import struct
import time
from typing import Any

from ... import _native as native
from .callback import Callback


def _crc_table() -> list[int]:
    table = []
    for n in range(256):
        for _ in range(8):
            n = (n >> 1) ^ (0x82F63B78 if n & 1 else 0)
        table.append(n)
    return table


_TABLE = _crc_table()


def masked_crc(data: bytes) -> int:
    """The masked CRC-32C of TFRecord files (Castagnoli's polynomial)."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = _TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def _varint(n: int) -> bytes:
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def _bytes_field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


class EventWriter:
    """An event file in a folder: records of (time, step, values by tag)."""

    _count = 0

    def __init__(self, folder: str) -> None:
        os.makedirs(folder, exist_ok=True)
        EventWriter._count += 1
        name = (
            f"events.out.tfevents.{int(time.time())}.{socket.gethostname()}.{os.getpid()}."
            f"{EventWriter._count}.v2"
        )
        self.path = os.path.join(folder, name)
        self._file = open(self.path, "ab")  # noqa: SIM115
        self._write(_bytes_field(3, b"brain.Event:2"))

    def _write(self, event: bytes) -> None:
        event = b"\x09" + struct.pack("<d", time.time()) + event
        head = struct.pack("<Q", len(event))
        self._file.write(head + struct.pack("<I", masked_crc(head)))
        self._file.write(event + struct.pack("<I", masked_crc(event)))

    def scalar(self, tag: str, value: float, step: int) -> None:
        """Adds one number."""
        simple = b"\x15" + struct.pack("<f", value)
        summary = _bytes_field(1, _bytes_field(1, tag.encode()) + simple)
        self._write(b"\x10" + _varint(step) + _bytes_field(5, summary))

    def flush(self) -> None:
        """Brings what was added to the disk."""
        self._file.flush()

    def close(self) -> None:
        """Ends the file."""
        self._file.close()


class TensorBoard(Callback):
    """Writes losses and metrics to event files in `log_dir/train` and `log_dir/validation`.

    Args:
        log_dir: the folder.
        update_freq: "epoch", "batch", or after so many batches.
        histogram_freq, write_graph, write_images, write_steps_per_second, profile_batch,
            embeddings_freq, embeddings_metadata: accepted; only scalars are written.
    """

    def __init__(self, log_dir="logs", histogram_freq=0, write_graph=True, write_images=False,
                 write_steps_per_second=False, update_freq: Any = "epoch", profile_batch: Any = 0,
                 embeddings_freq=0, embeddings_metadata=None, **kwargs) -> None:
        super().__init__()
        self.log_dir = os.fspath(log_dir)
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
        for writer in self._writers.values():
            writer.flush()

    def on_train_end(self, logs=None) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
