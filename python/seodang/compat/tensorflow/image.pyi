"""``tf.image``: pictures in other sizes, colours and orientations, and how alike they are.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import Tensor
from seodang._native import convert as convert
from seodang.compat.tensorflow._boxes import extract_patches as extract_patches
from seodang.compat.tensorflow._likeness import image_gradients as image_gradients
from seodang.compat.tensorflow._likeness import sobel_edges as sobel_edges
from seodang.compat.tensorflow._resize import ResizeMethod as ResizeMethod
from seodang.compat.tensorflow.io import decode_bmp as decode_bmp
from seodang.compat.tensorflow.io import decode_gif as decode_gif
from seodang.compat.tensorflow.io import decode_jpeg as decode_jpeg
from seodang.compat.tensorflow.io import encode_jpeg as encode_jpeg
from seodang.compat.tensorflow.io import encode_png as encode_png

def adjust_brightness(image, delta) -> Tensor:
    """Brighter by delta (of 1)."""

def adjust_contrast(images, contrast_factor) -> Tensor:
    """Distances from each channel's mean times a factor."""

def adjust_gamma(image, gamma: Any = 1, gain: Any = 1):
    """The values of [0, 1] to the power of gamma, times gain; ValueError for a negative gamma."""

def adjust_hue(image, delta, name: str | None = None):
    """The hue turned by delta, of a whole turn; ValueError for an image of less than 3 dimensions."""

def adjust_jpeg_quality(image, jpeg_quality, name: str | None = None):
    """A picture as it is after having been a JPEG file of a quality."""

def adjust_saturation(image, saturation_factor, name: str | None = None) -> Tensor:
    """The saturation (of HSV) times a factor, at most 1."""

def central_crop(image, central_fraction) -> Tensor:
    """The middle of pictures; ValueError for a fraction outside of (0, 1]."""

def convert_image_dtype(image, dtype, saturate: bool = False, name: str | None = None) -> Tensor:
    """Pictures with another element type; whole numbers are scaled to and from [0, 1]."""

def crop_and_resize(image, boxes, box_indices, crop_size, method: Any = 'bilinear', extrapolation_value: Any = 0.0, name: str | None = None):
    """Boxes (top, left, bottom, right; 1 is the picture's size) cut out and brought to one size, float32.

    Box i is of picture `box_indices[i]`; points outside of it are `extrapolation_value`. The boxes are
    plain values: the gradient is the pictures'. Raises ValueError for an unknown method, other ranks,
    InvalidArgumentError for an index of no picture.
    """

def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width, name=None) -> Tensor:
    """The part of pictures from a place on; ValueError if it leaves them."""

def decode_image(contents, channels=None, dtype: Any = 'uint8', name: str | None = None, expand_animations: bool = True):
    """A picture (height, width, channels) from JPEG, PNG, BMP or GIF; uint8, uint16, or float32 in [0, 1].

    A GIF gives (frames, height, width, 3) with `expand_animations`, else its first frame. Raises
    InvalidArgumentError for no picture, a damaged or too large one.
    """

def decode_png(contents, channels: int = 0, dtype: Any = 'uint8', name: str | None = None):
    """A picture (height, width, channels), uint8 or uint16. InvalidArgumentError for no picture."""

def flip_left_right(image):
    """Pictures mirrored, left for right."""

def flip_up_down(image):
    """Pictures turned upside down."""

def grayscale_to_rgb(images, name: str | None = None) -> Tensor:
    """A grey channel three times."""

def hsv_to_rgb(images, name: str | None = None):
    """Hue, saturation and value as red, green and blue."""

def non_max_suppression(boxes, scores, max_output_size, iou_threshold: Any = 0.5, score_threshold: Any = ..., name: str | None = None):
    """The numbers (int32) of the boxes with the highest scores that overlap none before too much.

    Raises InvalidArgumentError for boxes that are not [n, 4], other scores, a threshold outside [0, 1].
    """

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

def random_hue(image, max_delta, seed=None):
    """The hue turned at random; ValueError unless max_delta is within [0, 0.5]."""

def random_jpeg_quality(image, min_jpeg_quality, max_jpeg_quality, seed=None):
    """The losses of a JPEG file of a random quality; ValueError for qualities outside of [0, 100]."""

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

def rgb_to_hsv(images, name: str | None = None):
    """Red, green and blue in [0, 1] as hue, saturation and value."""

def rot90(image, k: Any = 1, name: str | None = None) -> Tensor:
    """Pictures turned by k quarters, against the clock."""

def ssim(img1, img2, max_val, filter_size: Any = 11, filter_sigma: Any = 1.5, k1: Any = 0.01, k2: Any = 0.03, return_index_map=False):
    """The structural similarity of pictures, at most 1 (Wang et al., 2004), or its map.

    Raises ValueError for pictures of different sizes or smaller than the filter.
    """

def ssim_multiscale(img1, img2, max_val, power_factors: Any = ..., filter_size: Any = 11, filter_sigma: Any = 1.5, k1: Any = 0.01, k2: Any = 0.03):
    """The structural similarity over several scales (Wang et al., 2003).

    Raises ValueError for pictures of different sizes or, halved, smaller than the filter.
    """

def stateless_random_brightness(image, max_delta, seed) -> Tensor:
    """Brighter or darker, by a seed of two integers."""

def stateless_random_contrast(image, lower, upper, seed) -> Tensor:
    """More or less contrast, by a seed of two integers."""

def stateless_random_crop(value, size, seed, name: str | None = None) -> Tensor:
    """A part of a size, from a place by a seed of two integers."""

def stateless_random_hue(image, max_delta, seed):
    """The hue turned, by a seed of two integers."""

def stateless_random_saturation(image, lower, upper, seed=None):
    """More or less saturation, by a seed of two integers."""

def total_variation(images, name: str | None = None) -> Tensor:
    """The sum of the differences between neighbours."""

def transpose(image, name: str | None = None) -> Tensor:
    """Pictures with height and width exchanged."""
