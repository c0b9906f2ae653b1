"""Data sets of files: names, lines, records, CSV."""

from __future__ import annotations

import csv
import glob
import gzip
import io
import zlib
from collections.abc import Iterator

import numpy as np

from seodang import _dtypes, errors
from seodang._specs import TensorSpec
from seodang.data import _elements
from seodang.data._core import UNKNOWN
from seodang.data.dataset import Dataset


def _scalar(value: bytes) -> np.ndarray:
    out = np.empty((), object)
    out[()] = value
    return out


def _names(filenames) -> list[str]:
    if isinstance(filenames, Dataset):
        return [n.decode() for n in filenames.as_numpy_iterator()]
    if hasattr(filenames, "__fspath__"):
        filenames = filenames.__fspath__()
    if isinstance(filenames, (list, tuple)):
        return [name for f in filenames for name in _names(f)]
    return [n.decode() for n in _elements.to_array(filenames).reshape(-1).tolist()]


def list_files(file_pattern, shuffle=None, seed=None) -> Dataset:
    """The names of the files that match; InvalidArgumentError if there are none."""
    patterns = _names(file_pattern)
    found = sorted({name for pattern in patterns for name in glob.glob(pattern)})
    if not found:
        raise errors.InvalidArgumentError(
            None, None, f"No files matched pattern: {', '.join(patterns)}"
        )
    names = Dataset.from_tensor_slices(found)
    return names if shuffle is False else names.shuffle(len(found), seed=seed)


def open_file(name: str, compression: str | None):
    """A file opened for reading bytes; NotFoundError if it is not there."""
    try:
        if not compression:
            return open(name, "rb")
        if compression.upper() == "GZIP":
            return gzip.open(name, "rb")
        with open(name, "rb") as file:
            return io.BytesIO(zlib.decompress(file.read()))
    except FileNotFoundError:
        raise errors.NotFoundError(None, None, f"{name}; No such file or directory") from None


class _Files(Dataset):
    _quick = False

    def __init__(self, filenames, compression_type=None):
        self._files = _names(filenames)
        kind = getattr(compression_type, "numpy", lambda: compression_type)()
        self._compression = kind.decode() if isinstance(kind, bytes) else kind

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return TensorSpec((), _dtypes.string)


class TextLineDataset(_Files):
    """The lines of text files, as strings without their ends."""

    _kind = "TextLineDatasetV2"

    def __init__(
        self, filenames, compression_type=None, buffer_size=None, num_parallel_reads=None, name=None
    ):
        super().__init__(filenames, compression_type)

    def _iterate(self, peek=False) -> Iterator:
        for name in self._files:
            with open_file(name, self._compression) as file:
                for line in file:
                    yield _scalar(line.rstrip(b"\n").replace(b"\r", b""))


class FixedLengthRecordDataset(_Files):
    """Records of equally many bytes."""

    _kind = "FixedLengthRecordDatasetV2"

    def __init__(
        self,
        filenames,
        record_bytes,
        header_bytes=None,
        footer_bytes=None,
        buffer_size=None,
        compression_type=None,
        num_parallel_reads=None,
        name=None,
    ):
        super().__init__(filenames, compression_type)
        self._sizes = int(record_bytes), int(header_bytes or 0), int(footer_bytes or 0)

    def _iterate(self, peek=False) -> Iterator:
        size, header, footer = self._sizes
        for name in self._files:
            with open_file(name, self._compression) as file:
                data = file.read()
            data = data[header : len(data) - footer]
            if len(data) % size:
                raise errors.InvalidArgumentError(
                    None, None, f"{name} has {len(data)} bytes of records of {size} bytes each."
                )
            for start in range(0, len(data), size):
                yield _scalar(data[start : start + size])


class CsvDataset(_Files):
    """The fields of CSV files: a tuple of scalars per row.

    ``record_defaults`` has a type (the field is required) or a value (for an empty field) per column.
    """

    _kind = "CsvDatasetV2"

    def __init__(
        self,
        filenames,
        record_defaults,
        compression_type=None,
        buffer_size=None,
        header=False,
        field_delim=",",
        use_quote_delim=True,
        na_value="",
        select_cols=None,
        exclude_cols=None,
    ):
        super().__init__(filenames, compression_type)
        self._defaults = [_default(d) for d in record_defaults]
        self._header, self._delimiter, self._na = header, field_delim, na_value
        self._quotes = csv.QUOTE_MINIMAL if use_quote_delim else csv.QUOTE_NONE
        self._select = None if select_cols is None else list(select_cols)
        self._exclude = None if exclude_cols is None else set(exclude_cols)

    def _spec(self):
        return tuple(TensorSpec((), dtype) for dtype, _ in self._defaults)

    def _iterate(self, peek=False) -> Iterator:
        for name in self._files:
            with open_file(name, self._compression) as file:
                text = io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")
                rows = csv.reader(text, delimiter=self._delimiter, quoting=self._quotes)
                if self._header:
                    next(rows, None)
                for row in rows:
                    if row:
                        yield self._parsed(row)

    def _parsed(self, row: list[str]):
        if self._select is not None:
            row = [row[i] for i in self._select]
        elif self._exclude is not None:
            row = [v for i, v in enumerate(row) if i not in self._exclude]
        if len(row) != len(self._defaults):
            raise errors.InvalidArgumentError(
                None, None, f"Expect {len(self._defaults)} fields but have {len(row)} in record"
            )
        return tuple(
            parse_field(text, i, dtype, default, self._na)
            for i, (text, (dtype, default)) in enumerate(zip(row, self._defaults))
        )


def _default(value):
    """``(type, value or None)`` of a column's default."""
    if isinstance(value, (_dtypes.DType, type)):
        return _dtypes.as_dtype(value), None
    array = _elements.to_array(value)
    dtype = _dtypes.as_dtype(array.dtype)
    return dtype, array.reshape(-1)[0] if array.size else None


def parse_field(text: str, column: int, dtype, default, na_value="") -> np.ndarray:
    """The scalar of a field; InvalidArgumentError if it is no number or missing and required."""
    if text == na_value or text == "":
        if default is None:
            raise errors.InvalidArgumentError(
                None, None, f"Field {column} is required but missing in record!"
            )
        return _scalar(default) if dtype is _dtypes.string else np.array(default, dtype.as_numpy_dtype)
    if dtype is _dtypes.string:
        return _scalar(text.encode("utf-8", "surrogateescape"))
    try:
        number = float(text) if dtype.is_floating else int(text)
        return np.array(number, dtype.as_numpy_dtype)
    except (ValueError, OverflowError):
        raise errors.InvalidArgumentError(
            None, None, f"Field {column} in record is not a valid {dtype.name}: {text}"
        ) from None
