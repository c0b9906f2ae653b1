"""TensorBoard's event files, written without TensorFlow: scalars, histograms, pictures and text."""

from __future__ import annotations

import os
import socket
import struct
import time

import numpy as np

# Numbers of element types in TensorFlow's tensors.
_FLOAT, _STRING = 1, 7


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
    n &= 0xFFFFFFFFFFFFFFFF
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def _number(field: int, n: int) -> bytes:
    return _varint(field << 3) + _varint(n)


def _bytes_field(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _tensor(kind: int, shape, content: bytes) -> bytes:
    """A TensorProto: its element type, its shape, the field with its elements."""
    dims = b"".join(_bytes_field(2, _number(1, d)) for d in shape)
    return _number(1, kind) + _bytes_field(2, dims) + content


class EventWriter:
    """An event file in a folder: records of (time, step, values by tag)."""

    _count = 0

    def __init__(self, folder: str, suffix: str = ".v2") -> None:
        os.makedirs(folder, exist_ok=True)
        EventWriter._count += 1
        name = (
            f"events.out.tfevents.{int(time.time())}.{socket.gethostname()}.{os.getpid()}."
            f"{EventWriter._count}{suffix}"
        )
        self.path = os.path.join(folder, name)
        self._file = open(self.path, "ab")  # noqa: SIM115
        self._write(_bytes_field(3, b"brain.Event:2"))

    def _write(self, event: bytes) -> None:
        event = b"\x09" + struct.pack("<d", time.time()) + event
        head = struct.pack("<Q", len(event))
        self._file.write(head + struct.pack("<I", masked_crc(head)))
        self._file.write(event + struct.pack("<I", masked_crc(event)))

    def _value(self, tag: str, step: int, plugin: str, tensor: bytes, description: str | None) -> None:
        metadata = _bytes_field(1, _bytes_field(1, plugin.encode()))
        if description:
            metadata += _bytes_field(3, description.encode())
        value = _bytes_field(1, tag.encode()) + _bytes_field(8, tensor) + _bytes_field(9, metadata)
        self._write(_number(2, step) + _bytes_field(5, _bytes_field(1, value)))

    def scalar(self, tag: str, value: float, step: int, description: str | None = None) -> None:
        """Adds one number."""
        packed = _bytes_field(5, struct.pack("<f", value))
        self._value(tag, step, "scalars", _tensor(_FLOAT, (), packed), description)

    def histogram(self, tag: str, values: np.ndarray, step: int, buckets: int = 30,
                  description: str | None = None) -> None:
        """Adds how often values lie in each of some parts of equal width."""
        flat = np.asarray(values, np.float64).reshape(-1)
        if not flat.size or buckets == 0:
            rows = np.zeros((buckets, 3))
        elif flat.min() == flat.max():
            # One value: all of it lies in the last part, as in TensorFlow.
            rows = np.zeros((buckets, 3))
            rows[:, 0], rows[:, 1] = flat[0] - 0.5, flat[0] + 0.5
            rows[-1, 2] = flat.size
        else:
            counts, edges = np.histogram(flat, buckets)
            rows = np.stack([edges[:-1], edges[1:], counts], 1)
        packed = _bytes_field(5, rows.astype("<f4").tobytes())
        self._value(tag, step, "histograms", _tensor(_FLOAT, rows.shape, packed), description)

    def pictures(self, tag: str, size: tuple[int, int], files: list[bytes], step: int,
                 description: str | None = None) -> None:
        """Adds PNG files of one size (width, height)."""
        texts = [str(size[0]).encode(), str(size[1]).encode(), *files]
        self._strings(tag, texts, (len(texts),), step, "images", description)

    def text(self, tag: str, texts: list[bytes], shape, step: int,
             description: str | None = None) -> None:
        """Adds an array of texts."""
        self._strings(tag, texts, shape, step, "text", description)

    def _strings(self, tag, texts, shape, step, plugin, description) -> None:
        content = b"".join(_bytes_field(8, t) for t in texts)
        self._value(tag, step, plugin, _tensor(_STRING, shape, content), description)

    def flush(self) -> None:
        """Brings what was added to the disk."""
        self._file.flush()

    def close(self) -> None:
        """Ends the file."""
        self._file.close()
