"""``tf.io``: files and pictures.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
import numpy as np
from seodang import errors as errors
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import Tensor as Tensor
from seodang._native import convert as convert
from seodang._strings import StringTensor as StringTensor
from seodang.compat.tensorflow._serialized import decode_base64 as decode_base64
from seodang.compat.tensorflow._serialized import encode_base64 as encode_base64
from seodang.compat.tensorflow._serialized import matching_files as matching_files
from seodang.compat.tensorflow._serialized import parse_tensor as parse_tensor
from seodang.compat.tensorflow._serialized import serialize_tensor as serialize_tensor

def decode_array(contents, channels: Any = 0, first_frame: bool = True) -> np.ndarray:
    """A picture's points, uint8 or uint16 (height, width, channels), from the bytes of its file.

    A GIF gives (frames, height, width, 3) unless only the first frame is asked for. Raises
    InvalidArgumentError for other numbers of channels than 0 (the file's), 1, 3, 4, and for no picture.
    """

def decode_bmp(contents, channels: int = 0, name: str | None = None):
    """A picture (height, width, channels), uint8. InvalidArgumentError for no picture."""

def decode_csv(records, record_defaults, field_delim: str = ',', use_quote_delim: bool = True, na_value: str = '', select_cols=None, name: str | None = None) -> list:
    """The columns of lines of text, of the types of their defaults; an empty field is its default.

    Raises InvalidArgumentError for lines with another number of fields.
    """

def decode_gif(contents, name: str | None = None):
    """The frames of an animation (frames, height, width, 3), uint8. InvalidArgumentError for none."""

def decode_image(contents, channels=None, dtype: Any = 'uint8', name: str | None = None, expand_animations: bool = True):
    """A picture (height, width, channels) from JPEG, PNG, BMP or GIF; uint8, uint16, or float32 in [0, 1].

    A GIF gives (frames, height, width, 3) with `expand_animations`, else its first frame. Raises
    InvalidArgumentError for no picture, a damaged or too large one.
    """

def decode_jpeg(contents, channels: int = 0, ratio: int = 1, fancy_upscaling: bool = True, try_recover_truncated: bool = False, acceptable_fraction: float = 1, dct_method: str = '', name: str | None = None):
    """A picture (height, width, channels), uint8, at every `ratio`-th point; InvalidArgumentError for none."""

def decode_png(contents, channels: int = 0, dtype: Any = 'uint8', name: str | None = None):
    """A picture (height, width, channels), uint8 or uint16. InvalidArgumentError for no picture."""

def decode_raw(input_bytes, out_type, little_endian: bool = True, fixed_length=None, name: str | None = None) -> Tensor:
    """The numbers that bytes hold."""

def encode_jpeg(image, format: str = '', quality: int = 95, progressive: bool = False, optimize_size: bool = False, chroma_downsampling: bool = True, density_unit: str = 'in', x_density: int = 300, y_density: int = 300, xmp_metadata: str = '', name: str | None = None) -> Any:
    """The bytes of a JPEG file with a uint8 picture (height, width, 1 or 3); only `quality` has an effect.

    Raises InvalidArgumentError for a quality outside of 0 to 100, or another picture.
    """

def encode_png(image, compression: int = -1, name: str | None = None) -> Any:
    """The bytes of a PNG file with a uint8 or uint16 picture of one to four channels.

    Raises InvalidArgumentError for a compression outside of -1 (the default) to 9, or another picture.
    """

def read_file(filename, name: str | None = None) -> Any:
    """The bytes of a file, as a string tensor; raises NotFoundError if it is not there."""

def with_channels(array, channels: int, rounded: bool = True):
    """A picture with another number of channels: grey is weighted by ITU-R BT.601, alpha is opaque."""

def write_file(filename, contents, name: str | None = None) -> None:
    """Writes bytes to a file, whose folders are made if need be."""
