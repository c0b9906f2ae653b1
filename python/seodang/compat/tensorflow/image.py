"""``tf.image``: pictures in other sizes, colours and orientations, and how alike they are."""

from __future__ import annotations

import numpy as np

from seodang._missing import missing

from ._boxes import crop_and_resize, extract_patches, non_max_suppression  # noqa: F401
from ._core import as_dtype, constant, convert, integer, ints, invalid, native, pair, public, tensor
from ._likeness import image_gradients, sobel_edges, ssim, ssim_multiscale  # noqa: F401
from ._resize import ResizeMethod, resize  # noqa: F401
from .io import (  # noqa: F401
    decode_bmp, decode_gif, decode_image, decode_jpeg, decode_png, encode_jpeg, encode_png,
)
from .random import _stateless, _stream


def _flip(name: str, axis: int, about: str):
    def function(image):
        x = tensor(image)
        if x.ndim not in (3, 4):
            raise ValueError(f"'image' (shape {x.shape}) must have either 3 or 4 dimensions.")
        return native.reverse(x, [x.ndim + axis])

    function.__name__ = name
    function.__doc__ = about
    return public(f"tf.image.{name}")(function)


flip_left_right = _flip("flip_left_right", -2, "Pictures mirrored, left for right.")
flip_up_down = _flip("flip_up_down", -3, "Pictures turned upside down.")


@public("tf.image.transpose")
def transpose(image, name: str | None = None) -> native.Tensor:
    """Pictures with height and width exchanged."""
    x = tensor(image)
    order = list(range(x.ndim))
    order[-3], order[-2] = order[-2], order[-3]
    return native.transpose(x, order)


@public("tf.image.rot90")
def rot90(image, k=1, name: str | None = None) -> native.Tensor:
    """Pictures turned by k quarters, against the clock."""
    x, k = tensor(image), integer(k) % 4
    if k == 1:
        return flip_up_down(transpose(x))
    if k == 2:
        return flip_up_down(flip_left_right(x))
    return transpose(flip_up_down(x)) if k == 3 else x


def _number(stream, lo: float, hi: float) -> float:
    return float(stream.uniform([1], lo, hi, as_dtype("float32")).numpy()[0])


def _random_flip(name: str, flip, about: str):
    def function(image, seed=None):
        x = tensor(image)
        n = 1 if x.ndim == 3 else x.shape[0]
        hit = native.less(_stream(seed).uniform([n], 0.0, 1.0, as_dtype("float32")), 0.5)
        hit = native.reshape(hit, [1] * 3 if x.ndim == 3 else [n, 1, 1, 1])
        return native.where(hit, flip(x), x)

    function.__name__ = name
    function.__doc__ = about
    return public(f"tf.image.{name}")(function)


random_flip_left_right = _random_flip("random_flip_left_right", flip_left_right, "Mirrored at random.")
random_flip_up_down = _random_flip("random_flip_up_down", flip_up_down, "Upside down at random.")


@public("tf.image.convert_image_dtype")
def convert_image_dtype(image, dtype, saturate: bool = False, name: str | None = None) -> native.Tensor:
    """Pictures with another element type; whole numbers are scaled to and from [0, 1]."""
    x, kind = tensor(image), as_dtype(dtype)
    if x.dtype == kind:
        return x
    if x.dtype.is_floating and kind.is_floating:
        return native.cast(x, kind)
    if x.dtype.is_integer and kind.is_floating:
        y = native.cast(x, kind)
        return native.multiply(y, constant(1.0 / x.dtype.max, y))
    if x.dtype.is_floating:
        scaled = native.multiply(x, constant(float(kind.max) + 0.5, x))
        scaled = native.minimum(native.maximum(scaled, constant(float(kind.min), x)), constant(float(kind.max), x)) if saturate else scaled
        return native.cast(scaled, kind)
    big, small = x.dtype.max, kind.max
    if big > small:
        return native.cast(native.floordiv(x, constant((big + 1) // (small + 1), x)), kind)
    y = native.cast(x, kind)
    return native.multiply(y, constant((small + 1) // (big + 1), y))


def _in_floats(image, run):
    """Works on fractions and gives the picture's own type back."""
    x = tensor(image)
    y = run(convert_image_dtype(x, "float32") if not x.dtype.is_floating else x)
    return convert_image_dtype(y, x.dtype, saturate=True)


@public("tf.image.adjust_brightness")
def adjust_brightness(image, delta) -> native.Tensor:
    """Brighter by delta (of 1)."""
    return _in_floats(image, lambda x: native.add(x, constant(float(delta), x)))


@public("tf.image.adjust_contrast")
def adjust_contrast(images, contrast_factor) -> native.Tensor:
    """Distances from each channel's mean times a factor."""
    def run(x):
        mean = native.reduce_mean(x, [x.ndim - 3, x.ndim - 2], True)
        return native.add(native.multiply(native.subtract(x, mean), constant(float(contrast_factor), x)), mean)

    return _in_floats(images, run)


@public("tf.image.rgb_to_grayscale")
def rgb_to_grayscale(images, name: str | None = None) -> native.Tensor:
    """Red, green and blue as one grey channel."""
    def run(x):
        weights = native.cast(convert(np.array([0.2989, 0.587, 0.114], np.float32)), x.dtype)
        return native.reduce_sum(native.multiply(x, weights), [x.ndim - 1], True)

    return _in_floats(images, run)


@public("tf.image.grayscale_to_rgb")
def grayscale_to_rgb(images, name: str | None = None) -> native.Tensor:
    """A grey channel three times."""
    x = tensor(images)
    return native.tile(x, [1] * (x.ndim - 1) + [3])


@public("tf.image.adjust_saturation")
def adjust_saturation(image, saturation_factor, name: str | None = None) -> native.Tensor:
    """The saturation (of HSV) times a factor, at most 1."""
    def run(x):
        top = native.reduce_max(x, [x.ndim - 1], True)
        span = native.subtract(top, native.reduce_min(x, [x.ndim - 1], True))
        # Saturation is span / top: the factor that takes it to min(1, factor * s).
        safe = native.where(native.greater(span, constant(0, x)), span, native.ones(list(span.shape), x.dtype))
        factor = native.minimum(constant(float(saturation_factor), x), native.divide(top, safe))
        return native.subtract(top, native.multiply(native.subtract(top, x), factor))

    return _in_floats(image, run)


@public("tf.image.rgb_to_hsv")
def rgb_to_hsv(images, name: str | None = None):
    """Red, green and blue in [0, 1] as hue, saturation and value."""
    x = tensor(images)
    r, g, b = (x[..., i] for i in range(3))
    top = native.reduce_max(x, [x.ndim - 1], False)
    span = top - native.reduce_min(x, [x.ndim - 1], False)
    zero = native.zeros_like(span)
    some = native.greater(span, zero)
    safe = native.where(some, span, native.ones_like(span)) * 6.0
    turn = native.where(
        native.equal(r, top), (g - b) / safe,
        native.where(native.equal(g, top), (b - r) / safe + 2 / 6, (r - g) / safe + 4 / 6),
    )
    turn = native.where(native.less(turn, zero), turn + 1.0, turn)
    lit = native.where(native.greater(top, zero), top, native.ones_like(top))
    return native.stack([native.where(some, turn, zero), span / lit, top], x.ndim - 1)


@public("tf.image.hsv_to_rgb")
def hsv_to_rgb(images, name: str | None = None):
    """Hue, saturation and value as red, green and blue."""
    x = tensor(images)
    hue, saturation, value = (x[..., i] for i in range(3))
    turn = hue * 6.0
    parts = (native.abs(turn - 3.0) - 1.0, 2.0 - native.abs(turn - 2.0), 2.0 - native.abs(turn - 4.0))
    zero, one = native.zeros_like(hue), native.ones_like(hue)
    parts = [native.minimum(native.maximum(p, zero), one) for p in parts]
    return native.stack([(1.0 - saturation + saturation * p) * value for p in parts], x.ndim - 1)


@public("tf.image.adjust_hue")
def adjust_hue(image, delta, name: str | None = None):
    """The hue turned by delta, of a whole turn; ValueError for an image of less than 3 dimensions."""
    if tensor(image).ndim < 3:
        raise ValueError("'image' must have at least 3 dimensions.")

    def run(x):
        hsv = rgb_to_hsv(x)
        hue = hsv[..., :1] + float(delta)
        return hsv_to_rgb(native.concat([hue - native.floor(hue), hsv[..., 1:]], x.ndim - 1))

    return _in_floats(image, run)


@public("tf.image.adjust_gamma")
def adjust_gamma(image, gamma=1, gain=1):
    """The values of [0, 1] to the power of gamma, times gain; ValueError for a negative gamma."""
    if float(gamma) < 0:
        raise ValueError("Gamma should be a non-negative real number.")
    return _in_floats(image, lambda x: native.power(x, constant(float(gamma), x)) * float(gain))


def adjust_jpeg_quality(image, jpeg_quality, name: str | None = None):
    """A picture as it is after having been a JPEG file of a quality."""
    x = tensor(image)
    whole = convert_image_dtype(x, "uint8", saturate=True)
    return convert_image_dtype(decode_jpeg(encode_jpeg(whole, quality=integer(jpeg_quality))), x.dtype)


def _check_hue(max_delta) -> float:
    if not 0 <= max_delta <= 0.5:
        raise ValueError("max_delta must be <= 0.5." if max_delta > 0.5 else "max_delta must be non-negative.")
    return float(max_delta)


def random_hue(image, max_delta, seed=None):
    """The hue turned at random; ValueError unless max_delta is within [0, 0.5]."""
    most = _check_hue(max_delta)
    return adjust_hue(image, _number(_stream(seed), -most, most))


def stateless_random_hue(image, max_delta, seed):
    """The hue turned, by a seed of two integers."""
    most = _check_hue(max_delta)
    return adjust_hue(image, _number(_stateless(seed), -most, most))


def stateless_random_saturation(image, lower, upper, seed=None):
    """More or less saturation, by a seed of two integers."""
    return adjust_saturation(image, _number(_stateless(seed), lower, upper))


def random_jpeg_quality(image, min_jpeg_quality, max_jpeg_quality, seed=None):
    """The losses of a JPEG file of a random quality; ValueError for qualities outside of [0, 100]."""
    if not 0 <= min_jpeg_quality < max_jpeg_quality <= 100:
        raise ValueError("`min_jpeg_quality` must be less than `max_jpeg_quality`, both between 0 and 100.")
    number = _number(_stream(seed), min_jpeg_quality, max_jpeg_quality)
    return adjust_jpeg_quality(image, int(number))


def random_brightness(image, max_delta, seed=None) -> native.Tensor:
    """Brighter or darker at random."""
    return adjust_brightness(image, _number(_stream(seed), -max_delta, max_delta))


def random_contrast(image, lower, upper, seed=None) -> native.Tensor:
    """More or less contrast at random."""
    return adjust_contrast(image, _number(_stream(seed), lower, upper))


def random_saturation(image, lower, upper, seed=None) -> native.Tensor:
    """More or less saturation at random."""
    return adjust_saturation(image, _number(_stream(seed), lower, upper))


def stateless_random_brightness(image, max_delta, seed) -> native.Tensor:
    """Brighter or darker, by a seed of two integers."""
    return adjust_brightness(image, _number(_stateless(seed), -max_delta, max_delta))


def stateless_random_contrast(image, lower, upper, seed) -> native.Tensor:
    """More or less contrast, by a seed of two integers."""
    return adjust_contrast(image, _number(_stateless(seed), lower, upper))


def _crop(value, size, stream):
    x, wanted = tensor(value), ints(size)
    wanted = [n if w == -1 else w for n, w in zip(x.shape, wanted, strict=True)]
    if any(w > n for n, w in zip(x.shape, wanted, strict=True)):
        raise invalid(f"Need value.shape >= size, got {x.shape} and {wanted}")
    starts = [
        int(stream.integers([1], 0, n - w + 1, as_dtype("int32")).numpy()[0]) if n > w else 0
        for n, w in zip(x.shape, wanted, strict=True)
    ]
    return x[tuple(slice(s, s + w) for s, w in zip(starts, wanted, strict=True))]


@public("tf.image.random_crop")
def random_crop(value, size, seed=None, name: str | None = None) -> native.Tensor:
    """A part of a size, from a random place; InvalidArgumentError if it is too large."""
    return _crop(value, size, _stream(seed))


def stateless_random_crop(value, size, seed, name: str | None = None) -> native.Tensor:
    """A part of a size, from a place by a seed of two integers."""
    return _crop(value, size, _stateless(seed))


@public("tf.image.crop_to_bounding_box")
def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width, name=None) -> native.Tensor:
    """The part of pictures from a place on; ValueError if it leaves them."""
    x = tensor(image)
    top, left, h, w = (integer(v) for v in (offset_height, offset_width, target_height, target_width))
    if min(top, left) < 0 or top + h > x.shape[-3] or left + w > x.shape[-2]:
        raise ValueError("the box must lie inside of the image")
    return x[..., top : top + h, left : left + w, :]


@public("tf.image.pad_to_bounding_box")
def pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width, name=None) -> native.Tensor:
    """Pictures on a larger black ground; ValueError if they do not fit."""
    x = tensor(image)
    top, left = integer(offset_height), integer(offset_width)
    bottom = integer(target_height) - top - x.shape[-3]
    right = integer(target_width) - left - x.shape[-2]
    if min(top, left, bottom, right) < 0:
        raise ValueError("the image must fit into the box")
    return native.pad(x, [(0, 0)] * (x.ndim - 3) + [(top, bottom), (left, right), (0, 0)], 0.0)


@public("tf.image.central_crop")
def central_crop(image, central_fraction) -> native.Tensor:
    """The middle of pictures; ValueError for a fraction outside of (0, 1]."""
    if not 0 < central_fraction <= 1:
        raise ValueError("central_fraction must be within (0, 1]")
    x = tensor(image)
    h, w = x.shape[-3:-1]
    top, left = (int((n - n * central_fraction) / 2) for n in (h, w))
    return crop_to_bounding_box(x, top, left, h - 2 * top, w - 2 * left)


@public("tf.image.resize_with_crop_or_pad")
def resize_with_crop_or_pad(image, target_height, target_width) -> native.Tensor:
    """Pictures cut or padded around their middle."""
    x, h, w = tensor(image), integer(target_height), integer(target_width)
    dh, dw = h - x.shape[-3], w - x.shape[-2]
    y = crop_to_bounding_box(x, max(-dh, 0) // 2, max(-dw, 0) // 2, min(h, x.shape[-3]), min(w, x.shape[-2]))
    return pad_to_bounding_box(y, max(dh, 0) // 2, max(dw, 0) // 2, h, w)


@public("tf.image.resize_with_pad")
def resize_with_pad(image, target_height, target_width, method=ResizeMethod.BILINEAR, antialias=False) -> native.Tensor:
    """Pictures resized with their proportions, on a black ground."""
    h, w = integer(target_height), integer(target_width)
    x = tensor(image)
    ratio = max(x.shape[-2] / w, x.shape[-3] / h)
    exact = x.shape[-3] / ratio, x.shape[-2] / ratio
    size = [int(n) for n in exact]
    y = resize(x, size, method, antialias=antialias)
    return pad_to_bounding_box(y, int((h - exact[0]) / 2), int((w - exact[1]) / 2), h, w)


@public("tf.image.per_image_standardization")
def per_image_standardization(image) -> native.Tensor:
    """Each picture less its mean, over its deviation."""
    x = tensor(image)
    x = native.cast(x, as_dtype("float32")) if not x.dtype.is_floating else x
    at = [x.ndim - 3, x.ndim - 2, x.ndim - 1]
    least = constant(1.0 / float(np.sqrt(np.prod(x.shape[-3:]))), x)
    spread = native.maximum(native.reduce_std(x, at, True), least)
    return native.divide(native.subtract(x, native.reduce_mean(x, at, True)), spread)


@public("tf.image.psnr")
def psnr(a, b, max_val, name: str | None = None) -> native.Tensor:
    """The peak signal-to-noise ratio of pictures, in decibels."""
    x, y = (convert_image_dtype(t, "float32") for t in pair(a, b))
    top = float(max_val) if tensor(a).dtype.is_floating else float(max_val) / tensor(a).dtype.max
    error = native.reduce_mean(native.square(native.subtract(x, y)), [x.ndim - 3, x.ndim - 2, x.ndim - 1], False)
    scale = constant(10.0 / np.log(10.0), error)
    return native.subtract(constant(float(20.0 * np.log10(top)), error), native.multiply(scale, native.log(error)))


@public("tf.image.total_variation")
def total_variation(images, name: str | None = None) -> native.Tensor:
    """The sum of the differences between neighbours."""
    x = tensor(images)
    down = native.abs(native.subtract(x[..., 1:, :, :], x[..., :-1, :, :]))
    right = native.abs(native.subtract(x[..., :, 1:, :], x[..., :, :-1, :]))
    at = [x.ndim - 3, x.ndim - 2, x.ndim - 1]
    return native.add(native.reduce_sum(down, at, False), native.reduce_sum(right, at, False))


__getattr__ = missing(__name__)
