"""How alike pictures are (SSIM), and where they change."""

from __future__ import annotations

import numpy as np

from ._core import as_dtype, native, pair, public, tensor
from ._resize import along

_SCALES = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def _in_fractions(img1, img2, max_val):
    from .image import convert_image_dtype

    x, y = pair(img1, img2)
    if x.ndim < 3 or y.ndim < 3 or tuple(x.shape[-3:]) != tuple(y.shape[-3:]):
        raise ValueError(f"Shapes {tuple(x.shape)} and {tuple(y.shape)} are incompatible: two pictures (or "
                         "batches of them) of one size are compared")
    top = float(max_val) if x.dtype.is_floating else float(max_val) / x.dtype.max
    x, y = (convert_image_dtype(t, "float32") for t in (x, y))
    lead = max(x.shape[:-3], y.shape[:-3], key=len)
    flat = [native.reshape(native.broadcast_to(t, [*lead, *t.shape[-3:]]), [-1, *t.shape[-3:]]) for t in (x, y)]
    return *flat, top, list(lead)


def _blur(size: int, window: int, sigma: float) -> np.ndarray:
    """Weighted means over windows that lie inside, as a matrix."""
    if size < window:
        raise ValueError(f"the images must be at least of the filter's size {window}, got {size}")
    at = np.arange(window) - (window - 1) / 2
    weights = np.exp(-at * at / (2 * sigma**2))
    weights /= weights.sum()
    out = np.zeros((size - window + 1, size), np.float32)
    for i in range(len(out)):
        out[i, i : i + window] = weights
    return out


def _compare(x, y, top, window, sigma, k1, k2):
    """(SSIM, contrast and structure) at each place, of each channel."""
    rows, columns = (_blur(n, int(window), float(sigma)) for n in x.shape[1:3])
    mean = lambda t: along(along(t, 1, rows), 2, columns)  # noqa: E731
    c1, c2 = (k1 * top) ** 2, (k2 * top) ** 2
    a, b = mean(x), mean(y)
    product, squares = a * b * 2.0, native.square(a) + native.square(b)
    light = (product + c1) / (squares + c1)
    both = mean(x * y) * 2.0
    each = mean(native.square(x) + native.square(y))
    structure = (both - product + c2) / (each - squares + c2)
    return light * structure, structure


@public("tf.image.ssim")
def ssim(img1, img2, max_val, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03, return_index_map=False):
    """The structural similarity of pictures, at most 1 (Wang et al., 2004), or its map.

    Raises ValueError for pictures of different sizes or smaller than the filter.
    """
    x, y, top, lead = _in_fractions(img1, img2, max_val)
    found, _ = _compare(x, y, top, filter_size, filter_sigma, k1, k2)
    if return_index_map:
        found = native.reduce_mean(found, [3], False)
        return native.reshape(found, [*lead, *found.shape[1:]])
    return native.reshape(native.reduce_mean(found, [1, 2, 3], False), lead)


def _halved(x):
    """Means of squares of two by two points; an odd last row or column counts twice."""
    for axis in (1, 2):
        n = x.shape[axis]
        weights = np.zeros((-(-n // 2), n), np.float32)
        for i in range(n):
            weights[i // 2, i] = 1.0 if i == n - 1 and n % 2 else 0.5
        x = along(x, axis, weights)
    return x


@public("tf.image.ssim_multiscale")
def ssim_multiscale(
    img1, img2, max_val, power_factors=_SCALES, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03,
):
    """The structural similarity over several scales (Wang et al., 2003).

    Raises ValueError for pictures of different sizes or, halved, smaller than the filter.
    """
    x, y, top, lead = _in_fractions(img1, img2, max_val)
    found = None
    for i, power in enumerate(power_factors):
        if i:
            x, y = _halved(x), _halved(y)
        whole, structure = _compare(x, y, top, filter_size, filter_sigma, k1, k2)
        part = whole if i == len(power_factors) - 1 else structure
        part = native.power(native.relu(native.reduce_mean(part, [1, 2], False)), native.cast(native.convert(float(power)), x.dtype))
        found = part if found is None else found * part
    return native.reshape(native.reduce_mean(found, [1], False), lead)


@public("tf.image.sobel_edges")
def sobel_edges(image):
    """The changes down and to the right (batch, height, width, channels, 2), by Sobel's filters."""
    x = tensor(image)
    if not x.dtype.is_floating:
        x = native.cast(x, as_dtype("float32"))
    down, right = (np.eye(n, dtype=np.float32) for n in x.shape[1:3])

    def slopes(eye):
        padded = np.pad(eye, ((1, 1), (0, 0)), "reflect")
        return padded[2:] - padded[:-2], padded[:-2] + 2 * padded[1:-1] + padded[2:]

    (rows, row_means), (columns, column_means) = slopes(down), slopes(right)
    return native.stack([along(along(x, 1, rows), 2, column_means), along(along(x, 1, row_means), 2, columns)], 4)


@public("tf.image.image_gradients")
def image_gradients(image):
    """(dy, dx): differences to the next row and column, 0 at the end; ValueError unless there are 4 dimensions."""
    x = tensor(image)
    if x.ndim != 4:
        raise ValueError("image_gradients expects a 4D tensor [batch_size, h, w, d], not "
                         f"{tuple(x.shape)}.")
    dy = native.concat([x[:, 1:] - x[:, :-1], native.zeros_like(x[:, :1])], 1)
    dx = native.concat([x[:, :, 1:] - x[:, :, :-1], native.zeros_like(x[:, :, :1])], 2)
    return dy, dx
