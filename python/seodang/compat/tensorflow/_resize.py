"""Pictures in other sizes: every method is a matrix for each axis, so it has a gradient and traces."""

from __future__ import annotations

import numpy as np

from ._core import as_dtype, convert, ints, native, public, tensor


class ResizeMethod:
    """The methods of ``tf.image.resize``."""

    BILINEAR = "bilinear"
    NEAREST_NEIGHBOR = "nearest"
    BICUBIC = "bicubic"
    AREA = "area"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    GAUSSIAN = "gaussian"
    MITCHELLCUBIC = "mitchellcubic"


def _cubic(b: float, c: float):
    def kernel(x):
        x = np.abs(x)
        near = ((12 - 9 * b - 6 * c) * x**3 + (-18 + 12 * b + 6 * c) * x**2 + (6 - 2 * b)) / 6
        far = ((-b - 6 * c) * x**3 + (6 * b + 30 * c) * x**2 + (-12 * b - 48 * c) * x + 8 * b + 24 * c) / 6
        return np.where(x < 1, near, np.where(x < 2, far, 0.0))

    return kernel


def _lanczos(a: int):
    return lambda x: np.where(np.abs(x) < a, np.sinc(x) * np.sinc(x / a), 0.0)


_KERNELS = {
    "bilinear": lambda x: np.maximum(0.0, 1 - np.abs(x)),
    "bicubic": _cubic(0.0, 0.5),
    "mitchellcubic": _cubic(1 / 3, 1 / 3),
    "lanczos3": _lanczos(3),
    "lanczos5": _lanczos(5),
    "gaussian": lambda x: np.where(np.abs(x) < 1.5, np.exp(-x * x / (2 * 0.5**2)), 0.0),
}


def _matrix(size: int, wanted: int, method: str, antialias: bool) -> np.ndarray:
    scale = size / wanted
    if method == "area":
        at = np.arange(wanted)[:, None] * scale
        cell = np.arange(size)[None]
        weights = np.clip(np.minimum(at + scale, cell + 1) - np.maximum(at, cell), 0, None)
    else:
        inverse = np.float32(1) / (np.float32(wanted) / np.float32(size))
        stretch = max(inverse, np.float32(1)) if antialias else np.float32(1)
        # In float32, as the reference: whether a point at the kernel's very end counts is rounding.
        middle = (np.arange(wanted, dtype=np.float32)[:, None] + np.float32(0.5)) * inverse
        at = np.arange(size, dtype=np.float32)[None] + np.float32(0.5) - middle
        at = at * (np.float32(1) / stretch)
        if method == "bicubic" and not antialias:
            at = np.rint(at * 1024) / 1024
        weights = _KERNELS[method](at)
    return (weights / weights.sum(1, keepdims=True)).astype(np.float32)


def along(x, axis: int, weights: np.ndarray):
    """Sums along an axis: the i-th result has the weights of a matrix's i-th row."""
    moved = native.tensordot(convert(weights), x, [1], [axis])
    order = list(range(1, x.ndim))
    order.insert(axis, 0)
    return native.transpose(moved, order)


@public("tf.image.resize")
def resize(
    images, size, method=ResizeMethod.BILINEAR, preserve_aspect_ratio: bool = False,
    antialias: bool = False, name: str | None = None,
) -> native.Tensor:
    """Pictures (height, width, channels), or batches of them, in another size; float32 but for "nearest".

    Raises ValueError for another rank, for a size that is not two numbers, for an unknown method.
    """
    x = tensor(images)
    if x.ndim not in (3, 4):
        raise ValueError("'images' must have either 3 or 4 dimensions.")
    wanted = ints(size)
    if len(wanted) != 2:
        raise ValueError("'size' must be a 1-D Tensor of 2 elements: new_height, new_width")
    method = {0: "bilinear", 1: "nearest", 2: "bicubic", 3: "area"}.get(method, method)
    method = str(method).lower()
    if method != "nearest" and method != "area" and method not in _KERNELS:
        raise ValueError("Resize method is not implemented: {}".format(method))
    y = x if x.ndim == 4 else native.expand_dims(x, 0)
    height, width = y.shape[1:3]
    if preserve_aspect_ratio:
        factor = min(wanted[0] / height, wanted[1] / width)
        wanted = [max(1, round(height * factor)), max(1, round(width * factor))]
    for axis, n in ((1, wanted[0]), (2, wanted[1])):
        have = y.shape[axis]
        if method == "nearest":
            rows = np.minimum(((np.arange(n) + 0.5) * (have / n)).astype(np.int64), have - 1)
            y = y if have == n else native.gather(y, convert(rows), axis)
            continue
        y = native.cast(y, as_dtype("float32"))
        if have != n:
            y = along(y, axis, _matrix(have, n, method, antialias))
    return y if x.ndim == 4 else native.squeeze(y, [0])
