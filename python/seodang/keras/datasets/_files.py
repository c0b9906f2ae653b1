"""Where the data sets' files are: `SEODANG_DATA`, Keras's folder, or their public address."""

from __future__ import annotations

import gzip
import os
import struct
from pathlib import Path

import numpy as np

from ..utils.files import get_file

KERAS = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"


def fetch(path: str, origin: str, file_hash: str | None = None, **options) -> str:
    """The path of a data set's file. Raises OSError with the folder to put it in, if there is none."""
    if os.path.isabs(path) and os.path.exists(path):
        return path
    own = os.environ.get("SEODANG_DATA")
    if own and (Path(own) / path).exists():
        return str(Path(own) / path)
    return get_file(path, origin=origin, file_hash=file_hash, **options)


def fetch_package(name: str, origin: str, file_hash: str) -> Path:
    """The folder of an unpacked package of a registry, which some networks reach though nothing else.

    Raises OSError if it is not there and cannot be fetched.
    """
    folder = f"datasets/{name}"
    file = get_file(os.path.basename(origin), origin=origin, file_hash=file_hash,
                    cache_subdir=folder, extract=True)
    return Path(file).parent / "package"


def idx_folder(name: str) -> Path | None:
    """The folder under `SEODANG_DATA` with the four IDX files of a data set of pictures, if any."""
    own = os.environ.get("SEODANG_DATA")
    if not own:
        return None
    for folder in (Path(own) / name, Path(own) / name.replace("_", "-")):
        if any(folder.glob("train-images*ubyte*")):
            return folder
    return None


def read_idx(folder: Path, what: str) -> np.ndarray:
    """One IDX file, gzipped or not. Raises ValueError for a broken one."""
    found = sorted(folder.glob(f"{what}*ubyte*"))
    if not found:
        raise OSError(f"there is no {what} file in {folder}")
    raw = found[0].read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    rank = raw[3] if len(raw) > 3 else 0
    if len(raw) < 4 + 4 * rank or raw[:3] != b"\0\0\x08":
        raise ValueError(f"{found[0]} is not an IDX file of bytes")
    shape = struct.unpack(f">{rank}I", raw[4 : 4 + 4 * rank])
    data = np.frombuffer(raw, np.uint8, offset=4 + 4 * rank)
    if data.size != int(np.prod(shape)):
        raise ValueError(f"{found[0]} is cut off: {data.size} bytes for the shape {shape}")
    return data.reshape(shape).copy()


def pictures(name: str):
    """((x, y), (x, y)) of the IDX files under `SEODANG_DATA`, or None."""
    folder = idx_folder(name)
    return None if folder is None else read_pictures(folder)


def read_pictures(folder: Path):
    """((x, y), (x, y)) of the four IDX files in a folder."""
    return tuple(
        (read_idx(folder, f"{part}-images"), read_idx(folder, f"{part}-labels"))
        for part in ("train", "t10k")
    )
