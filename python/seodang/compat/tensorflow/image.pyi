"""``tf.image``: pictures in other sizes, colours and orientations, and how alike they are.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import Tensor
from seodang._native import convert as convert
from seodang.compat.tensorflow._resize import ResizeMethod as ResizeMethod
from seodang.compat.tensorflow.io import decode_jpeg as decode_jpeg
from seodang.compat.tensorflow.io import encode_jpeg as encode_jpeg
from seodang.compat.tensorflow.io import encode_png as encode_png

def adjust_brightness(image, delta) -> Tensor:
    """Brighter by delta (of 1)."""

def adjust_contrast(images, contrast_factor) -> Tensor:
    """Distances from each channel's mean times a factor."""

def adjust_saturation(image, saturation_factor, name: str | None = None) -> Tensor:
    """The saturation (of HSV) times a factor, at most 1."""

def central_crop(image, central_fraction) -> Tensor:
    """The middle of pictures; ValueError for a fraction outside of (0, 1]."""

def convert_image_dtype(image, dtype, saturate: bool = False, name: str | None = None) -> Tensor:
    """Pictures with another element type; whole numbers are scaled to and from [0, 1]."""

def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width, name=None) -> Tensor:
    """The part of pictures from a place on; ValueError if it leaves them."""

def decode_bmp(contents, channels=None, dtype: Any = 'uint8', name: str | None = None, expand_animations: bool = True) -> Tensor:
    """A picture of any format (height, width, channels); needs pillow."""

def decode_gif(contents, channels=None, dtype: Any = 'uint8', name: str | None = None, expand_animations: bool = True) -> Tensor:
    """A picture of any format (height, width, channels); needs pillow."""

def decode_image(contents, channels=None, dtype: Any = 'uint8', name: str | None = None, expand_animations: bool = True) -> Tensor:
    """A picture of any format (height, width, channels); needs pillow."""

def decode_png(contents, channels: int = 0, dtype: Any = 'uint8', name: str | None = None) -> Tensor:
    """A picture (height, width, channels), uint8; needs pillow. InvalidArgumentError for no picture."""

def flip_left_right(image):
    """Pictures mirrored, left for right."""

def flip_up_down(image):
    """Pictures turned upside down."""

def grayscale_to_rgb(images, name: str | None = None) -> Tensor:
    """A grey channel three times."""

def pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width, name=None) -> Tensor:
    """Pictures on a larger black ground; ValueError if they do not fit."""

def per_image_standardization(image) -> Tensor:
    """Each picture less its mean, over its deviation."""

def psnr(a, b, max_val, name: str | None = None) -> Tensor:
    """The peak signal-to-noise ratio of pictures, in decibels."""

def random_brightness(image, max_delta, seed=None) -> Tensor:
    """Brighter or darker at random."""

def random_contrast(image, lower, upper, seed=None) -> Tensor:
    """More or less contrast at random."""

def random_crop(value, size, seed=None, name: str | None = None) -> Tensor:
    """A part of a size, from a random place; InvalidArgumentError if it is too large."""

def random_flip_left_right(image, seed=None):
    """Mirrored at random."""

def random_flip_up_down(image, seed=None):
    """Upside down at random."""

def random_saturation(image, lower, upper, seed=None) -> Tensor:
    """More or less saturation at random."""

def resize(images, size, method: Any = 'bilinear', preserve_aspect_ratio: bool = False, antialias: bool = False, name: str | None = None) -> Tensor:
    """Pictures (height, width, channels), or batches of them, in another size; float32 but for "nearest".

    Raises ValueError for another rank, for a size that is not two numbers, for an unknown method.
    """

def resize_with_crop_or_pad(image, target_height, target_width) -> Tensor:
    """Pictures cut or padded around their middle."""

def resize_with_pad(image, target_height, target_width, method: Any = 'bilinear', antialias=False) -> Tensor:
    """Pictures resized with their proportions, on a black ground."""

def rgb_to_grayscale(images, name: str | None = None) -> Tensor:
    """Red, green and blue as one grey channel."""

def rot90(image, k: Any = 1, name: str | None = None) -> Tensor:
    """Pictures turned by k quarters, against the clock."""

def stateless_random_brightness(image, max_delta, seed) -> Tensor:
    """Brighter or darker, by a seed of two integers."""

def stateless_random_contrast(image, lower, upper, seed) -> Tensor:
    """More or less contrast, by a seed of two integers."""

def stateless_random_crop(value, size, seed, name: str | None = None) -> Tensor:
    """A part of a size, from a place by a seed of two integers."""

def total_variation(images, name: str | None = None) -> Tensor:
    """The sum of the differences between neighbours."""

def transpose(image, name: str | None = None) -> Tensor:
    """Pictures with height and width exchanged."""
