"""`keras.utils.image_dataset_from_directory`."""

from __future__ import annotations

from ... import _native as native
from .. import _config
from . import _directories

_CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}
_METHODS = ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")
_ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def image_dataset_from_directory(
    directory, labels="inferred", label_mode="int", class_names=None, color_mode="rgb", batch_size=32,
    image_size=(256, 256), shuffle=True, seed=None, validation_split=None, subset=None,
    interpolation="bilinear", follow_links=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,
    data_format=None, format="tf", verbose=True,
):
    """A Dataset of the pictures in a folder that has a folder for each class.

    Args:
        directory: the folder.
        labels: "inferred" from the folders' names, None for none, or a list, in the files' order.
        label_mode: "int", "categorical" (one-hot), "binary" (float32 of shape (batch, 1)) or None.
        class_names: the folders to use, in the order of their numbers.
        color_mode: "rgb", "rgba" or "grayscale".
        batch_size: the pictures of an element; None for single pictures.
        image_size: (height, width) of all pictures.
        shuffle, seed: whether the order is random, and what it comes from.
        validation_split, subset: the share of "validation"; "training", "validation" or "both".
        interpolation: a method of `tf.image.resize`.
        follow_links: whether linked folders are visited.
        crop_to_aspect_ratio, pad_to_aspect_ratio: cut or pad instead of distorting.
        data_format: "channels_last" or "channels_first".
        format: "tf".
        verbose: whether the numbers of files are printed.

    Returns a Dataset of float32 pictures (batch, height, width, channels), with labels beside them if
    there are any; it has `class_names` and `file_paths`. Two of them for `subset="both"`. Raises
    ValueError for arguments that do not fit, InvalidArgumentError in a pass for a file that is no picture.
    """
    from ...compat.tensorflow import image as tf_image
    from ...compat.tensorflow import io as tf_io
    from ._files import smart_resize

    _directories.check(
        labels, label_mode, class_names, validation_split, subset, shuffle, seed, format
    )
    if color_mode not in _CHANNELS:
        raise ValueError(
            f'`color_mode` must be one of {{"rgb", "rgba", "grayscale"}}. Received: color_mode={color_mode}'
        )
    if isinstance(image_size, int):
        image_size = (image_size, image_size)
    if not isinstance(image_size, (list, tuple)) or len(image_size) != 2:
        raise ValueError(
            "Invalid `image_size` value. Expected a tuple of 2 integers. Received: "
            f"image_size={image_size}"
        )
    interpolation = interpolation.lower()
    if interpolation not in _METHODS:
        raise ValueError(
            f"Argument `interpolation` should be one of {_METHODS}. Received: "
            f"interpolation={interpolation}"
        )
    if crop_to_aspect_ratio and pad_to_aspect_ratio:
        raise ValueError(
            "Only one of `pad_to_aspect_ratio`, `crop_to_aspect_ratio` can be set to `True`."
        )
    form = data_format or _config.image_data_format()
    if form not in ("channels_first", "channels_last"):
        raise ValueError(f"Unknown data_format: {form}")

    def load(path):
        x = tf_io.decode_image(
            tf_io.read_file(path), channels=_CHANNELS[color_mode], expand_animations=False
        )
        if crop_to_aspect_ratio:
            x = smart_resize(x, image_size, interpolation)
        elif pad_to_aspect_ratio:
            x = tf_image.resize_with_pad(x, *image_size, method=interpolation)
        else:
            x = tf_image.resize(x, image_size, method=interpolation)
        if form == "channels_first":
            x = native.transpose(x, [2, 0, 1])
        return x

    return _directories.datasets(
        directory, labels, label_mode, class_names, batch_size, shuffle, seed, validation_split, subset,
        follow_links, verbose, endings=_ENDINGS, what="images", load=load,
    )
