"""`keras.preprocessing.image`: pictures changed at random while a model trains."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ._affine import apply_affine_transform
from ._files import array_to_img, img_to_array, load_img, save_img, smart_resize
from ._iterators import DataFrameIterator, DirectoryIterator, Iterator, NumpyArrayIterator


class ImageDataGenerator:
    """Gives batches of pictures, each changed at random.

    Args:
        featurewise_center, featurewise_std_normalization: subtract the mean of the pictures that `fit`
            saw, divide by their standard deviation.
        samplewise_center, samplewise_std_normalization: the same with each picture's own.
        zca_whitening, zca_epsilon: make neighbouring points independent.
        rotation_range: degrees up to which pictures are turned.
        width_shift_range, height_shift_range: parts of the size (or points, from 1 on, or a list of
            them) up to which pictures are moved.
        brightness_range: two factors between which the brightness lies.
        shear_range: degrees up to which pictures are sheared.
        zoom_range: scale between 1 - range and 1 + range, or between two numbers.
        channel_shift_range: what is added to channels, at most.
        fill_mode, cval: what stands where a picture was moved away: "nearest", "constant" (cval),
            "reflect" or "wrap".
        horizontal_flip, vertical_flip: whether pictures are mirrored.
        rescale: a factor.
        preprocessing_function: called with each picture, before the rescaling.
        data_format: where the channels are.
        validation_split: the share of the pictures of the subset "validation".
        dtype: the element type.
    """

    def __init__(self, featurewise_center=False, samplewise_center=False,
                 featurewise_std_normalization=False, samplewise_std_normalization=False,
                 zca_whitening=False, zca_epsilon=1e-6, rotation_range: Any = 0, width_shift_range: Any = 0.0,
                 height_shift_range: Any = 0.0, brightness_range=None, shear_range=0.0, zoom_range: Any = 0.0,
                 channel_shift_range: Any = 0.0, fill_mode="nearest", cval=0.0, horizontal_flip=False,
                 vertical_flip=False, rescale=None, preprocessing_function=None, data_format=None,
                 validation_split=0.0, interpolation_order=1, dtype=None) -> None:
        from .. import _config

        self.featurewise_center, self.samplewise_center = featurewise_center, samplewise_center
        self.featurewise_std_normalization = featurewise_std_normalization
        self.samplewise_std_normalization = samplewise_std_normalization
        self.zca_whitening, self.zca_epsilon = zca_whitening, zca_epsilon
        self.rotation_range = rotation_range
        self.width_shift_range, self.height_shift_range = width_shift_range, height_shift_range
        self.shear_range, self.channel_shift_range = shear_range, channel_shift_range
        self.fill_mode, self.cval = fill_mode, cval
        self.horizontal_flip, self.vertical_flip = horizontal_flip, vertical_flip
        self.rescale, self.preprocessing_function = rescale, preprocessing_function
        self.dtype = dtype or _config.floatx()
        self.data_format = data_format or _config.image_data_format()
        if self.data_format not in ("channels_last", "channels_first"):
            raise ValueError('`data_format` should be `"channels_last"` (channel after row and column) or '
                             f'`"channels_first"`. Received: {data_format}')
        first = self.data_format == "channels_first"
        self.channel_axis, self.row_axis, self.col_axis = (1, 2, 3) if first else (3, 1, 2)
        if validation_split and not 0 < validation_split < 1:
            raise ValueError(f"`validation_split` must be strictly between 0 and 1.  Received arg: "
                             f"{validation_split}")
        self._validation_split = validation_split
        self.mean = self.std = self.zca_whitening_matrix = None
        if isinstance(zoom_range, (float, int)):
            self.zoom_range = [1 - zoom_range, 1 + zoom_range]
        elif len(zoom_range) == 2:
            self.zoom_range = [zoom_range[0], zoom_range[1]]
        else:
            raise ValueError("`zoom_range` should be a float or a tuple or list of two floats. Received: "
                             f"{zoom_range}")
        if brightness_range is not None and len(brightness_range) != 2:
            raise ValueError("`brightness_range should be tuple or list of two floats. Received: "
                             f"{brightness_range}")
        self.brightness_range = brightness_range

    def flow(self, x, y=None, batch_size=32, shuffle=True, sample_weight=None, seed=None,
             save_to_dir=None, save_prefix="", save_format="png", ignore_class_split=False, subset=None):
        """Batches of arrays: pictures (rows, height, width, channels), and labels."""
        return NumpyArrayIterator(x, y, self, batch_size, shuffle, sample_weight, seed, save_to_dir,
                                  save_prefix, save_format, subset, ignore_class_split)

    def flow_from_directory(self, directory, target_size=(256, 256), color_mode="rgb", classes=None,
                            class_mode: Any = "categorical", batch_size=32, shuffle=True, seed=None,
                            save_to_dir=None, save_prefix="", save_format="png", follow_links=False,
                            subset=None, interpolation="nearest", keep_aspect_ratio=False):
        """Batches of pictures in a folder with one folder for each class."""
        return DirectoryIterator(directory, self, target_size, color_mode, classes, class_mode,
                                 batch_size, shuffle, seed, None, save_to_dir, save_prefix, save_format,
                                 follow_links, subset, interpolation, keep_aspect_ratio)

    def flow_from_dataframe(self, dataframe, directory=None, x_col="filename", y_col="class", **kwargs):
        """Batches of pictures whose files and labels a table names."""
        return DataFrameIterator(dataframe, directory, self, x_col, y_col, **kwargs)

    def standardize(self, x):
        """A picture, or several, brought to the scale that the options ask for."""
        x = np.asarray(x)
        if self.preprocessing_function:
            x = self.preprocessing_function(x)
        if self.rescale:
            x = x * self.rescale
        if self.samplewise_center:
            x = x - np.mean(x, keepdims=True)
        if self.samplewise_std_normalization:
            x = x / (np.std(x, keepdims=True) + 1e-6)
        if self.featurewise_center:
            if self.mean is None:
                _unfitted("featurewise_center")
            else:
                x = x - self.mean
        if self.featurewise_std_normalization:
            if self.std is None:
                _unfitted("featurewise_std_normalization")
            else:
                x = x / (self.std + 1e-6)
        if self.zca_whitening:
            if self.zca_whitening_matrix is None:
                _unfitted("zca_whitening")
            else:
                flat = x.reshape(-1, np.prod(x.shape[-3:])) @ self.zca_whitening_matrix
                x = flat.reshape(x.shape)
        return x

    def get_random_transform(self, img_shape, seed=None) -> dict:
        """What is drawn for a picture of a shape."""
        if seed is not None:
            np.random.seed(seed)
        row, col = self.row_axis - 1, self.col_axis - 1
        draw = np.random.uniform

        def shift(given, size):
            # One of some numbers of points, one below a whole number, or a part of the size.
            if isinstance(given, (list, tuple, np.ndarray)) or (
                isinstance(given, (int, np.integer)) and given >= 1
            ):
                moved = np.random.choice(given) * np.random.choice([-1, 1])
            elif given:
                moved = draw(-given, given)
            else:
                return 0
            return moved * size if np.max(given) < 1 else moved

        theta = draw(-self.rotation_range, self.rotation_range) if self.rotation_range else 0
        tx = shift(self.height_shift_range, img_shape[row])
        ty = shift(self.width_shift_range, img_shape[col])
        shear = draw(-self.shear_range, self.shear_range) if self.shear_range else 0
        low, high = self.zoom_range
        zx, zy = (1, 1) if low == high == 1 else draw(low, high, 2)
        return {
            "theta": theta, "tx": tx, "ty": ty, "shear": shear, "zx": zx, "zy": zy,
            "flip_horizontal": (np.random.random() < 0.5) * self.horizontal_flip,
            "flip_vertical": (np.random.random() < 0.5) * self.vertical_flip,
            "channel_shift_intensity": draw(-self.channel_shift_range, self.channel_shift_range)
            if self.channel_shift_range else None,
            "brightness": draw(*self.brightness_range) if self.brightness_range is not None else None,
        }

    def apply_transform(self, x, transform_parameters: dict):
        """A picture changed as `get_random_transform` says."""
        p = transform_parameters.get
        row, col, channel = self.row_axis - 1, self.col_axis - 1, self.channel_axis - 1
        x = apply_affine_transform(x, p("theta", 0), p("tx", 0), p("ty", 0), p("shear", 0), p("zx", 1),
                                   p("zy", 1), row, col, channel, self.fill_mode, self.cval)
        if p("channel_shift_intensity") is not None:
            x = apply_channel_shift(x, p("channel_shift_intensity"), channel)
        if p("flip_horizontal", False):
            x = np.flip(x, col)
        if p("flip_vertical", False):
            x = np.flip(x, row)
        if p("brightness") is not None:
            x = apply_brightness_shift(x, p("brightness"), False)
        return x

    def random_transform(self, x, seed=None):
        """A picture changed at random."""
        return self.apply_transform(x, self.get_random_transform(x.shape, seed))

    def fit(self, x, augment=False, rounds=1, seed=None) -> None:
        """Takes the means and deviations that the featurewise options need from pictures."""
        x = np.array(x, dtype=self.dtype)
        if x.ndim != 4:
            raise ValueError(f"Input to `.fit()` should have rank 4. Got array with shape: {x.shape}")
        if seed is not None:
            np.random.seed(seed)
        if augment:
            x = np.stack([self.random_transform(p) for _ in range(rounds) for p in x])
        axes = (0, self.row_axis, self.col_axis)
        shape = [1, 1, 1]
        shape[self.channel_axis - 1] = x.shape[self.channel_axis]
        if self.featurewise_center:
            self.mean = x.mean(axis=axes).reshape(shape)
            x = x - self.mean
        if self.featurewise_std_normalization:
            self.std = x.std(axis=axes).reshape(shape)
            x = x / (self.std + 1e-6)
        if self.zca_whitening:
            flat = x.reshape(len(x), -1)
            u, s, _ = np.linalg.svd(flat.T @ flat / len(flat))
            self.zca_whitening_matrix = (u / np.sqrt(s + self.zca_epsilon)) @ u.T


def _unfitted(option: str) -> None:
    warnings.warn(f"This ImageDataGenerator specifies `{option}`, but it hasn't been fit on any training "
                  "data. Fit it first by calling `.fit(numpy_data)`.", stacklevel=4)


def apply_channel_shift(x, intensity, channel_axis=0):
    """A number added to the channels, which stay between the picture's extremes."""
    return np.clip(x + intensity, np.min(x), np.max(x)).astype(np.asarray(x).dtype)


def apply_brightness_shift(x, brightness, scale=True):
    """The picture brighter or darker by a factor, in whole steps of 0 to 255.

    `scale`: whether the picture is first spread over that range, and stays there.
    """
    x = np.asarray(x)
    low, high = np.min(x), np.max(x)
    outside = low < 0 or high > 255
    y = x.astype("float64")
    if outside or scale:
        y = y - low
        y = y / np.max(y) * 255 if np.max(y) else y
    y = np.clip(np.floor(np.floor(y) * brightness), 0, 255)
    if outside and not scale:
        y = y / 255 * (high - low) + low
    return y.astype(x.dtype)


def random_rotation(x, rg, row_axis=1, col_axis=2, channel_axis=0, fill_mode="nearest", cval=0.0):
    """A picture turned at random."""
    return apply_affine_transform(x, theta=np.random.uniform(-rg, rg), row_axis=row_axis,
                                  col_axis=col_axis, channel_axis=channel_axis, fill_mode=fill_mode,
                                  cval=cval)


def random_shift(x, wrg, hrg, row_axis=1, col_axis=2, channel_axis=0, fill_mode="nearest", cval=0.0):
    """A picture moved at random."""
    h, w = x.shape[row_axis], x.shape[col_axis]
    return apply_affine_transform(x, tx=np.random.uniform(-hrg, hrg) * h,
                                  ty=np.random.uniform(-wrg, wrg) * w, row_axis=row_axis,
                                  col_axis=col_axis, channel_axis=channel_axis, fill_mode=fill_mode,
                                  cval=cval)


def random_shear(x, intensity, row_axis=1, col_axis=2, channel_axis=0, fill_mode="nearest", cval=0.0):
    """A picture sheared at random, by degrees."""
    return apply_affine_transform(x, shear=np.random.uniform(-intensity, intensity), row_axis=row_axis,
                                  col_axis=col_axis, channel_axis=channel_axis, fill_mode=fill_mode,
                                  cval=cval)


def random_channel_shift(x, intensity_range, channel_axis=0):
    """A picture with a number added to the channels at random."""
    return apply_channel_shift(x, np.random.uniform(-intensity_range, intensity_range), channel_axis)


def random_brightness(x, brightness_range, scale=True):
    """A picture brighter or darker at random. ValueError unless there are two factors."""
    if len(brightness_range) != 2:
        raise ValueError("`brightness_range should be tuple or list of two floats. Received: "
                         f"{brightness_range}")
    return apply_brightness_shift(x, np.random.uniform(*brightness_range), scale)


def random_zoom(x, zoom_range, row_axis=1, col_axis=2, channel_axis=0, fill_mode="nearest", cval=0.0):
    """A picture scaled at random."""
    zx, zy = np.random.uniform(zoom_range[0], zoom_range[1], 2)
    return apply_affine_transform(x, zx=zx, zy=zy, row_axis=row_axis, col_axis=col_axis,
                                  channel_axis=channel_axis, fill_mode=fill_mode, cval=cval)


__all__ = ["DataFrameIterator", "DirectoryIterator", "ImageDataGenerator", "Iterator",
           "NumpyArrayIterator", "apply_affine_transform", "apply_brightness_shift",
           "apply_channel_shift", "array_to_img", "img_to_array", "load_img", "random_brightness",
           "random_channel_shift", "random_rotation", "random_shear", "random_shift", "random_zoom",
           "save_img", "smart_resize"]
