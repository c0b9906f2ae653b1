"""``tf.io``: files and pictures."""

from __future__ import annotations

import io as _io
import os

import numpy as np

from seodang._missing import missing
from seodang._strings import StringTensor

from ._core import Tensor, as_dtype, convert, errors, invalid, numpy_of


def _path(filename) -> str:
    if isinstance(filename, StringTensor):
        filename = filename.numpy()
    return filename.decode() if isinstance(filename, bytes) else os.fspath(filename)


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


def _decode(contents, channels, dtype, animated: bool = False):
    try:
        from PIL import Image
    except ImportError:
        raise ImportError("Decoding pictures needs the package pillow: pip install pillow") from None

    data = StringTensor(contents).numpy()
    try:
        picture = Image.open(_io.BytesIO(data))
        picture.load()
    except Exception as e:
        raise invalid(f"Unknown image file format. One of JPEG, PNG, GIF, BMP required. ({e}) "
                      "[Op:DecodeImage]") from None
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    modes = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
    if channels not in (None, 0):
        if channels not in modes:
            raise invalid(f"channels must be 0, 1, 3, or 4, got {channels}")
        picture = picture.convert(modes[channels])
    elif picture.mode not in modes.values():
        picture = picture.convert("RGB" if picture.mode != "1" else "L")
    array = np.asarray(picture, np.uint8)
    array = array[..., None] if array.ndim == 2 else array
    kind = as_dtype(dtype)
    if kind.name == "uint16":
        return convert(array.astype(np.uint16) * 257)
    made = convert(np.ascontiguousarray(array))
    if kind.name == "float32":
        return convert((array / np.float32(255)).astype(np.float32))
    return made


def decode_jpeg(
    contents, channels: int = 0, ratio: int = 1, fancy_upscaling: bool = True,
    try_recover_truncated: bool = False, acceptable_fraction: float = 1, dct_method: str = "",
    name: str | None = None,
) -> Tensor:
    """A picture (height, width, channels), uint8; needs pillow. InvalidArgumentError for no picture."""
    return _decode(contents, channels, "uint8")


def decode_png(contents, channels: int = 0, dtype="uint8", name: str | None = None) -> Tensor:
    """A picture (height, width, channels), uint8; needs pillow. InvalidArgumentError for no picture."""
    return _decode(contents, channels, dtype)


def decode_image(contents, channels=None, dtype="uint8", name: str | None = None, expand_animations: bool = True) -> Tensor:
    """A picture of any format (height, width, channels); needs pillow."""
    return _decode(contents, channels, dtype)


decode_bmp = decode_gif = decode_image


def _encode(image, kind: str, **options) -> StringTensor:
    try:
        from PIL import Image
    except ImportError:
        raise ImportError("Encoding pictures needs the package pillow: pip install pillow") from None

    array = numpy_of(image)
    if array.ndim != 3 or array.dtype != np.uint8:
        raise invalid(f"image must be a uint8 tensor of 3 dimensions, got {array.dtype} of shape {list(array.shape)}")
    target = _io.BytesIO()
    Image.fromarray(array[..., 0] if array.shape[-1] == 1 else array).save(target, kind, **options)
    return StringTensor(target.getvalue())


def encode_jpeg(image, format: str = "", quality: int = 95, *args, name: str | None = None, **options) -> StringTensor:
    """The bytes of a JPEG file with a picture; needs pillow."""
    return _encode(image, "JPEG", quality=int(quality))


def encode_png(image, compression: int = -1, name: str | None = None) -> StringTensor:
    """The bytes of a PNG file with a picture; needs pillow."""
    return _encode(image, "PNG")


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


class gfile:  # noqa: N801 - a module of TensorFlow's
    """Files by name."""

    join = staticmethod(os.path.join)

    @staticmethod
    def GFile(name, mode="r"):  # noqa: N802 - TensorFlow's name
        """An open file; `mode` is Python's."""
        return open(_path(name), mode)

    @staticmethod
    def exists(path) -> bool:
        """Whether there is a file or folder."""
        return os.path.exists(_path(path))

    @staticmethod
    def isdir(path) -> bool:
        """Whether there is a folder."""
        return os.path.isdir(_path(path))

    @staticmethod
    def listdir(path) -> list[str]:
        """The names in a folder, in order."""
        return sorted(os.listdir(_path(path)))

    @staticmethod
    def makedirs(path) -> None:
        """Makes a folder and those above it, where they are not there."""
        os.makedirs(_path(path), exist_ok=True)

    @staticmethod
    def mkdir(path) -> None:
        """Makes a folder; FileExistsError if it is there."""
        os.mkdir(_path(path))

    @staticmethod
    def remove(path) -> None:
        """Removes a file; FileNotFoundError if it is not there."""
        os.remove(_path(path))

    @staticmethod
    def glob(pattern) -> list[str]:
        """The files that match a pattern, in order."""
        import glob

        return sorted(glob.glob(_path(pattern)))

    @staticmethod
    def rmtree(path) -> None:
        """Removes a folder and all in it."""
        import shutil

        shutil.rmtree(_path(path))

    @staticmethod
    def copy(src, dst, overwrite: bool = False) -> None:
        """Copies a file; AlreadyExistsError if it would replace another."""
        import shutil

        if os.path.exists(_path(dst)) and not overwrite:
            raise errors.AlreadyExistsError(None, None, f"file already exists: {_path(dst)}")
        shutil.copy(_path(src), _path(dst))


__getattr__ = missing(__name__)
