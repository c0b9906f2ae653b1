"""``tf.io``: files and pictures."""

from __future__ import annotations

import os

import numpy as np

from seodang._missing import missing
from seodang._strings import StringTensor

from . import _files as gfile  # noqa: F401
from ._core import Tensor, as_dtype, convert, errors, invalid, native, numpy_of
from ._files import path_of as _path
from ._serialized import (  # noqa: F401
    decode_base64, encode_base64, matching_files, parse_tensor, serialize_tensor,
)


def read_file(filename, name: str | None = None) -> StringTensor:
    """The bytes of a file, as a string tensor; raises NotFoundError if it is not there."""
    path = _path(filename)
    try:
        with open(path, "rb") as file:
            return StringTensor(file.read())
    except FileNotFoundError:
        raise errors.NotFoundError(None, None, f"{path}; No such file or directory [Op:ReadFile]") from None
    except IsADirectoryError:
        raise errors.FailedPreconditionError(None, None, f"{path}; Is a directory [Op:ReadFile]") from None


def write_file(filename, contents, name: str | None = None) -> None:
    """Writes bytes to a file, whose folders are made if need be."""
    path = _path(filename)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(StringTensor(contents).numpy())


def with_channels(array, channels: int, rounded: bool = True):
    """A picture with another number of channels: grey is weighted by ITU-R BT.601, alpha is opaque."""
    have = array.shape[-1]
    if channels in (0, have):
        return array
    top = np.iinfo(array.dtype).max
    color, alpha = (array[..., :-1], array[..., -1:]) if have in (2, 4) else (array, None)
    if channels < 3 and color.shape[-1] == 3:
        # In 32,768ths, with libpng's rounding of the weights.
        grey = color.astype(np.int64) @ np.array([9797, 19234, 3737])
        color = ((grey + (1 << 14) * rounded) >> 15).astype(array.dtype)[..., None]
    elif channels >= 3 and color.shape[-1] == 1:
        color = np.repeat(color, 3, axis=-1)
    if channels in (2, 4):
        alpha = np.full((*color.shape[:-1], 1), top, array.dtype) if alpha is None else alpha
        color = np.concatenate([color, alpha], axis=-1)
    return np.ascontiguousarray(color)


def decode_array(contents, channels=0, first_frame: bool = True) -> np.ndarray:
    """A picture's points, uint8 or uint16 (height, width, channels), from the bytes of its file.

    A GIF gives (frames, height, width, 3) unless only the first frame is asked for. Raises
    InvalidArgumentError for other numbers of channels than 0 (the file's), 1, 3, 4, and for no picture.
    """
    channels = 0 if channels is None else int(channels)
    if channels not in (0, 1, 3, 4):
        raise invalid(f"channels must be 0, 1, 3, or 4, got {channels}")
    text = StringTensor(contents)
    if text.shape != ():
        raise invalid(f"contents must be scalar, got shape {list(text.shape)}")
    kind, array = native.decode_picture(text.numpy(), first_frame)
    if kind == "jpeg" and channels == 4:
        raise invalid("channels must be 0, 1, or 3 for JPEG, got 4")
    if kind == "gif" and channels not in (0, 3):
        raise invalid(f"channels must be 0 or 3 for GIF, got {channels}")
    # libpng cuts off where it weighs eight bits.
    return with_channels(array, channels, rounded=kind != "png" or array.dtype == np.uint16)


def _decode(contents, channels, dtype, first_frame: bool = True):
    kind = as_dtype(dtype).name
    array = decode_array(contents, channels, first_frame)
    wide = array.dtype == np.uint16
    if kind == "uint8":
        return convert((array >> 8).astype(np.uint8) if wide else array)
    if kind == "uint16":
        return convert(array if wide else array.astype(np.uint16) * 257)
    if kind == "float32":
        return convert(array * np.float32(1 / (65535 if wide else 255)))
    raise TypeError(f"dtype must be uint8, uint16 or float32, got {kind}")


def decode_jpeg(
    contents, channels: int = 0, ratio: int = 1, fancy_upscaling: bool = True,
    try_recover_truncated: bool = False, acceptable_fraction: float = 1, dct_method: str = "",
    name: str | None = None,
):
    """A picture (height, width, channels), uint8, at every `ratio`-th point; InvalidArgumentError for none."""
    ratio = int(ratio)
    if ratio not in (1, 2, 4, 8):
        raise invalid(f"ratio must be 1, 2, 4, or 8, got {ratio}")
    x = _decode(contents, channels, "uint8")
    return x if ratio == 1 else _averaged(x, ratio)


def _averaged(x, ratio: int):
    """A picture whose points are the means of squares of another's."""
    array = x.numpy()
    h, w = (-(-n // ratio) for n in array.shape[:2])
    missing_rows, missing_columns = h * ratio - array.shape[0], w * ratio - array.shape[1]
    array = np.pad(array, ((0, missing_rows), (0, missing_columns), (0, 0)), "edge")
    squares = array.reshape(h, ratio, w, ratio, array.shape[2])
    return convert(np.rint(squares.mean((1, 3))).astype(np.uint8))


def decode_png(contents, channels: int = 0, dtype="uint8", name: str | None = None):
    """A picture (height, width, channels), uint8 or uint16. InvalidArgumentError for no picture."""
    return _decode(contents, channels, dtype)


def decode_bmp(contents, channels: int = 0, name: str | None = None):
    """A picture (height, width, channels), uint8. InvalidArgumentError for no picture."""
    return _decode(contents, channels, "uint8")


def decode_gif(contents, name: str | None = None):
    """The frames of an animation (frames, height, width, 3), uint8. InvalidArgumentError for none."""
    x = _decode(contents, 0, "uint8", first_frame=False)
    return x if x.ndim == 4 else native.expand_dims(x, 0)


def decode_image(contents, channels=None, dtype="uint8", name: str | None = None, expand_animations: bool = True):
    """A picture (height, width, channels) from JPEG, PNG, BMP or GIF; uint8, uint16, or float32 in [0, 1].

    A GIF gives (frames, height, width, 3) with `expand_animations`, else its first frame. Raises
    InvalidArgumentError for no picture, a damaged or too large one.
    """
    return _decode(contents, channels, dtype, first_frame=not expand_animations)


def _to_encode(image, kinds: tuple) -> np.ndarray:
    array = numpy_of(image)
    if array.ndim != 3 or array.dtype.name not in kinds:
        raise invalid(f"image must be a {' or '.join(kinds)} tensor of 3 dimensions, got {array.dtype} of shape "
                      f"{list(array.shape)}")
    return np.ascontiguousarray(array)


def encode_jpeg(
    image, format: str = "", quality: int = 95, progressive: bool = False, optimize_size: bool = False,
    chroma_downsampling: bool = True, density_unit: str = "in", x_density: int = 300, y_density: int = 300,
    xmp_metadata: str = "", name: str | None = None,
) -> StringTensor:
    """The bytes of a JPEG file with a uint8 picture (height, width, 1 or 3); only `quality` has an effect.

    Raises InvalidArgumentError for a quality outside of 0 to 100, or another picture.
    """
    quality = int(quality)
    if not 0 <= quality <= 100:
        raise invalid(f"quality must be in range [0,100], got {quality}")
    array = _to_encode(image, ("uint8",))
    if format and format != {1: "grayscale", 3: "rgb"}.get(array.shape[-1]):
        raise invalid(f"format \"{format}\" does not fit a picture of {array.shape[-1]} channels")
    return StringTensor(native.encode_jpeg(array, max(quality, 1)))


def encode_png(image, compression: int = -1, name: str | None = None) -> StringTensor:
    """The bytes of a PNG file with a uint8 or uint16 picture of one to four channels.

    Raises InvalidArgumentError for a compression outside of -1 (the default) to 9, or another picture.
    """
    compression = int(compression)
    if not -1 <= compression <= 9:
        raise invalid(f"compression must be in range [-1,9], got {compression}")
    array = _to_encode(image, ("uint8", "uint16"))
    return StringTensor(native.encode_png(array, None if compression < 0 else compression))


def decode_raw(input_bytes, out_type, little_endian: bool = True, fixed_length=None, name: str | None = None) -> Tensor:
    """The numbers that bytes hold."""
    kind = np.dtype(as_dtype(out_type).as_numpy_dtype).newbyteorder("<" if little_endian else ">")
    rows = StringTensor(input_bytes)._array
    made = [np.frombuffer(b, kind).astype(kind.newbyteorder("=")) for b in rows.reshape(-1)]
    return convert(np.stack(made).reshape(*rows.shape, -1))


def decode_csv(
    records, record_defaults, field_delim: str = ",", use_quote_delim: bool = True, na_value: str = "",
    select_cols=None, name: str | None = None,
) -> list:
    """The columns of lines of text, of the types of their defaults; an empty field is its default.

    Raises InvalidArgumentError for lines with another number of fields.
    """
    import csv

    lines = StringTensor(records)._array
    texts = [b.decode() for b in lines.reshape(-1)]
    quote = csv.QUOTE_MINIMAL if use_quote_delim else csv.QUOTE_NONE
    rows = list(csv.reader(texts, delimiter=field_delim, quoting=quote))
    out = []
    for k, default in enumerate(record_defaults):
        plain = default.numpy() if hasattr(default, "numpy") else (
            default if not isinstance(default, (list, tuple)) else (default[0] if default else None))
        plain = plain if not isinstance(plain, np.ndarray) else (plain.reshape(-1)[0] if plain.size else None)
        column = []
        for row in rows:
            wanted = len(record_defaults) if select_cols is None else None
            if wanted is not None and len(row) != wanted:
                raise invalid(f"Expect {wanted} fields but have {len(row)} in record [Op:DecodeCSV]")
            text = row[k if select_cols is None else select_cols[k]]
            column.append(plain if text == na_value or text == "" else text)
        if plain is None or isinstance(plain, (str, bytes)):
            column_array = StringTensor(column)._array.reshape(lines.shape)
            out.append(StringTensor._of(column_array))
            continue
        kind = np.asarray(plain).dtype
        kind = {np.dtype(float): np.float32, np.dtype(int): np.int32}.get(kind, kind) if not hasattr(
            plain, "dtype") else kind
        try:
            out.append(convert(np.asarray(column, kind).reshape(lines.shape)))
        except ValueError:
            raise invalid(f"Field {k} in record is not a valid {np.dtype(kind).name}: {column} "
                          "[Op:DecodeCSV]") from None
    return out


__getattr__ = missing(__name__)
