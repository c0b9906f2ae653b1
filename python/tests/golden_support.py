"""Reads golden/data: cases, and the tensors they name."""

import json
import pathlib
import struct

import numpy as np

DATA = pathlib.Path(__file__).parents[2] / "golden" / "data"
_KINDS = {"F64": "f8", "F32": "f4", "F16": "f2", "I8": "i1", "I16": "i2", "I32": "i4", "I64": "i8",
          "U8": "u1", "U16": "u2", "U32": "u4", "U64": "u8", "BOOL": "?"}


def cases(name: str) -> list:
    """The cases of a file."""
    return json.loads((DATA / f"{name}.json").read_text())["cases"]


def load(name: str) -> tuple[list, dict]:
    """(cases, tensors by name)."""
    data = (DATA / f"{name}.safetensors").read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    body, tensors = data[8 + size :], {}
    for key, at in json.loads(data[8 : 8 + size]).items():
        start, end = at["data_offsets"]
        tensors[key] = np.frombuffer(body[start:end], "<" + _KINDS[at["dtype"]]).reshape(at["shape"])
    return cases(name), tensors
