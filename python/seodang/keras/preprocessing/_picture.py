"""Pictures without Pillow: what `load_img` and `array_to_img` give where that package is not installed.

The resizing follows Pillow's documented filters and its fixed-point sums, so that a program's numbers do
not depend on which of the two is there.
"""

from __future__ import annotations

import os

import numpy as np

from ... import _native as native

_CHANNELS = {"L": 1, "RGB": 3, "RGBA": 4}
_BITS = 22


def _sinc_window(x, width: float):
    return np.where(np.abs(x) < width, np.sinc(x) * np.sinc(x / width), 0.0)


def _hamming(x):
    inside = np.sinc(x) * (0.54 + 0.46 * np.cos(np.pi * x))
    return np.where(np.abs(x) < 1, inside, 0.0)


def _cubic(x):
    x = np.abs(x)
    near = (1.5 * x - 2.5) * x * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x < 1, near, np.where(x < 2, far, 0.0))


_FILTERS = {
    "box": (0.5, lambda x: ((x > -0.5) & (x <= 0.5)).astype(float)),
    "bilinear": (1.0, lambda x: np.maximum(0.0, 1 - np.abs(x))),
    "hamming": (1.0, _hamming),
    "bicubic": (2.0, _cubic),
    "lanczos": (3.0, lambda x: _sinc_window(x, 3.0)),
}


def _weights(size: int, wanted: int, method: str) -> np.ndarray:
    """A matrix [wanted, size] of whole numbers, 2**22 for one."""
    reach, kernel = _FILTERS[method]
    scale = size / wanted
    stretch = max(scale, 1.0)
    middle = (np.arange(wanted)[:, None] + 0.5) * scale
    first = np.maximum((middle - reach * stretch + 0.5).astype(int), 0)
    last = np.minimum((middle + reach * stretch + 0.5).astype(int), size)
    at = np.arange(size)[None]
    weights = kernel((at - middle + 0.5) / stretch) * ((at >= first) & (at < last))
    weights /= weights.sum(1, keepdims=True)
    scaled = weights * (1 << _BITS)
    return np.trunc(scaled + np.where(scaled < 0, -0.5, 0.5)).astype(np.int64)


def _resized(x: np.ndarray, width: int, height: int, method: str) -> np.ndarray:
    if method == "nearest":
        rows = ((np.arange(height) + 0.5) * x.shape[0] / height).astype(int)
        columns = ((np.arange(width) + 0.5) * x.shape[1] / width).astype(int)
        return x[rows][:, columns]
    for axis, wanted in ((1, width), (0, height)):
        if x.shape[axis] != wanted:
            sums = np.tensordot(_weights(x.shape[axis], wanted, method), x.astype(np.int64), (1, axis))
            x = np.moveaxis(((sums + (1 << (_BITS - 1))) >> _BITS).clip(0, 255).astype(np.uint8), 0, axis)
    return x


class Picture:
    """A picture of a mode ("L", "RGB", "RGBA") in memory, with the methods that programs use of Pillow's."""

    def __init__(self, array: np.ndarray, format: str | None = None) -> None:
        array = array[..., None] if array.ndim == 2 else array
        self._points = np.ascontiguousarray(array, np.uint8)
        self.mode = {n: mode for mode, n in _CHANNELS.items()}[array.shape[2]]
        self.format = format

    @staticmethod
    def open(path) -> Picture:
        """The picture in a file, or in bytes, or in what has `read`; InvalidArgumentError for none."""
        if hasattr(path, "read"):
            data = path.read()
        elif isinstance(path, bytes):
            data = path
        else:
            with open(os.fspath(path), "rb") as file:
                data = file.read()
        kind, array = native.decode_picture(data, True)
        array = (array >> 8).astype(np.uint8) if array.dtype == np.uint16 else array
        if array.shape[2] == 2:
            array = np.concatenate([np.repeat(array[..., :1], 3, 2), array[..., 1:]], 2)
        return Picture(array, kind.upper())

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self._points.shape[1], self._points.shape[0]

    width = property(lambda self: self.size[0])
    height = property(lambda self: self.size[1])

    def __array__(self, dtype=None, copy=None) -> np.ndarray:
        points = self._points[..., 0] if self.mode == "L" else self._points
        return np.array(points, dtype=dtype)

    def __repr__(self) -> str:
        return f"<seodang Picture mode={self.mode} size={self.size[0]}x{self.size[1]}>"

    def convert(self, mode: str) -> Picture:
        """The picture in another mode; ValueError for an unknown one."""
        from ...compat.tensorflow.io import with_channels

        if mode not in _CHANNELS:
            raise ValueError(f"conversion from {self.mode} to {mode} not supported: without Pillow the modes "
                             f"are {', '.join(_CHANNELS)}")
        points = self._points
        if mode == "L" and self.mode != "L":
            # ITU-R BT.601 in 65,536ths, as Pillow has it.
            grey = points[..., :3].astype(np.int64) @ np.array([19595, 38470, 7471])
            return Picture(((grey + (1 << 15)) >> 16).astype(np.uint8))
        return Picture(with_channels(points, _CHANNELS[mode]))

    def resize(self, size, resample: str = "bicubic") -> Picture:
        """The picture in another (width, height), by "nearest", "box", "bilinear", "hamming", "bicubic", "lanczos".

        Raises ValueError for another method or a size that is not positive.
        """
        width, height = (int(n) for n in size)
        if min(width, height) < 1:
            raise ValueError("height and width must be > 0")
        if resample != "nearest" and resample not in _FILTERS:
            raise ValueError(f"Unknown resampling filter ({resample}): without Pillow it is one of nearest, "
                             f"{', '.join(_FILTERS)}")
        if self.size == (width, height):
            return self.copy()
        x = self._points
        if self.mode != "RGBA" or resample == "nearest":
            return Picture(_resized(x, width, height, resample))
        # Colours count as much as they are opaque.
        alpha = x[..., 3:].astype(np.int64)
        product = x[..., :3] * alpha + 128
        x = np.concatenate([((product >> 8) + product) >> 8, alpha], 2).astype(np.uint8)
        x = _resized(x, width, height, resample)
        alpha = x[..., 3:].astype(np.int64)
        color = np.where(alpha == 0, x[..., :3], 255 * x[..., :3].astype(np.int64) // np.maximum(alpha, 1))
        return Picture(np.concatenate([color.clip(0, 255), alpha], 2).astype(np.uint8))

    def crop(self, box) -> Picture:
        """The part from (left, top) to (right, bottom)."""
        left, top, right, bottom = (int(n) for n in box)
        return Picture(self._points[top:bottom, left:right])

    def copy(self) -> Picture:
        """Another picture with the same points."""
        return Picture(self._points.copy(), self.format)

    def getpixel(self, place):
        """The value, or values, at (x, y)."""
        found = tuple(int(v) for v in self._points[place[1], place[0]])
        return found if len(found) > 1 else found[0]

    def save(self, path, format: str | None = None, quality: int = 75) -> None:
        """Writes a PNG or JPEG file; ValueError for another format."""
        name = (format or os.path.splitext(os.fspath(path))[1].lstrip(".")).lower()
        if name in ("jpg", "jpeg"):
            if self.mode == "RGBA":
                raise OSError("cannot write mode RGBA as JPEG")
            data = native.encode_jpeg(self._points, int(quality))
        elif name == "png":
            data = native.encode_png(self._points, None)
        else:
            raise ValueError(f"unknown file extension: {name!r}: without Pillow pictures are written as png, jpeg")
        if hasattr(path, "write"):
            path.write(data)
        else:
            with open(os.fspath(path), "wb") as file:
                file.write(data)

    def _repr_png_(self) -> bytes:
        return native.encode_png(self._points, None)
