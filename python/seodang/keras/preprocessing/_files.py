"""Pictures in files."""

from __future__ import annotations

import numpy as np

from ._picture import Picture


def _pillow():
    """Pillow's module of pictures, or None."""
    try:
        from PIL import Image
    except ImportError:
        return None
    return Image


_INTERPOLATION = {"nearest": "NEAREST", "bilinear": "BILINEAR", "bicubic": "BICUBIC",
                  "hamming": "HAMMING", "box": "BOX", "lanczos": "LANCZOS"}


def load_img(path, grayscale=False, color_mode="rgb", target_size=None, interpolation="nearest",
             keep_aspect_ratio=False):
    """A picture from a file (or a BytesIO): Pillow's, or without that package one with its usual methods.

    Raises ValueError for an unknown mode, and for no picture OSError with Pillow, InvalidArgumentError
    without.
    """
    pillow = _pillow()
    image = (pillow or Picture).open(path)
    if grayscale:
        color_mode = "grayscale"
    modes = {"grayscale": "L", "rgb": "RGB", "rgba": "RGBA"}
    if color_mode not in modes:
        raise ValueError('color_mode must be "grayscale", "rgb", or "rgba"')
    if image.mode != modes[color_mode] and not (color_mode == "grayscale" and image.mode in (
        "I;16", "I"
    )):
        image = image.convert(modes[color_mode])
    if target_size is not None:
        size = (target_size[1], target_size[0])
        if image.size != size:
            if interpolation not in _INTERPOLATION:
                raise ValueError(f"Invalid interpolation method {interpolation} specified. Supported "
                                 f"methods are {', '.join(_INTERPOLATION)}")
            if keep_aspect_ratio:
                w, h = image.size
                cw, ch = min(w, h * size[0] // size[1]), min(h, w * size[1] // size[0])
                left, top = (w - cw) // 2, (h - ch) // 2
                image = image.crop((left, top, left + cw, top + ch))
            method = _INTERPOLATION[interpolation]
            image = image.resize(size, getattr(pillow.Resampling, method) if pillow else interpolation)
    return image


def img_to_array(img, data_format=None, dtype=None) -> np.ndarray:
    """A picture as an array (height, width, channels)."""
    from .. import _config

    form = data_format or _config.image_data_format()
    if form not in ("channels_first", "channels_last"):
        raise ValueError(f"Unknown data_format: {form}")
    x = np.asarray(img, dtype=dtype or _config.floatx())
    if x.ndim == 2:
        x = x[None] if form == "channels_first" else x[..., None]
    elif x.ndim == 3:
        x = x.transpose(2, 0, 1) if form == "channels_first" else x
    else:
        raise ValueError(f"Unsupported image shape: {x.shape}")
    return x


def array_to_img(x, data_format=None, scale=True, dtype=None):
    """An array (height, width, channels) as a picture: Pillow's, or without that package one of ours."""
    from .. import _config

    form = data_format or _config.image_data_format()
    x = np.asarray(x, dtype=dtype or _config.floatx())
    if x.ndim != 3:
        raise ValueError("Expected image array to have rank 3 (single image). Got array with shape: "
                         f"{x.shape}")
    if form == "channels_first":
        x = x.transpose(1, 2, 0)
    if scale:
        x = x - np.min(x)
        top = np.max(x)
        x = x / top * 255 if top != 0 else x
    if x.shape[2] in (1, 3, 4):
        points = x.astype("uint8")
        points = points[:, :, 0] if x.shape[2] == 1 else points
        pillow = _pillow()
        return pillow.fromarray(points) if pillow else Picture(points)
    raise ValueError(f"Unsupported channel number: {x.shape[2]}")


def save_img(path, x, data_format=None, file_format=None, scale=True, **kwargs) -> None:
    """Writes an array as a picture."""
    array_to_img(x, data_format, scale).save(path, format=file_format, **kwargs)


def smart_resize(x, size, interpolation="bilinear", data_format="channels_last") -> np.ndarray:
    """Pictures of a size, cut in the middle so that they are not distorted."""
    from ...compat.tensorflow import image as tf_image

    array = np.asarray(x)
    h, w = array.shape[-3], array.shape[-2]
    ch = min(h, int(w * size[0] / size[1])) or h
    cw = min(w, int(h * size[1] / size[0])) or w
    top, left = (h - ch) // 2, (w - cw) // 2
    part = array[..., top : top + ch, left : left + cw, :]
    out = tf_image.resize(part, size, method=interpolation)
    return out if hasattr(x, "dtype") and not isinstance(x, np.ndarray) else out.numpy()
