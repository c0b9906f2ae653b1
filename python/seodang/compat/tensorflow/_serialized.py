"""Tensors and text as bytes: `tf.io.serialize_tensor` and its neighbours."""

from __future__ import annotations

import base64

import numpy as np

from seodang._strings import StringTensor

from ._core import any_tensor, as_dtype, convert, invalid, numpy_of
from ._files import glob

# Numbers of element types in TensorFlow's files.
_KINDS = {
    1: "float32", 2: "float64", 3: "int32", 4: "uint8", 5: "int16", 6: "int8", 7: "string", 9: "int64",
    10: "bool", 17: "uint16", 19: "float16", 22: "uint32", 23: "uint64",
}


def _varint(n: int) -> bytes:
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def serialize_tensor(tensor, name: str | None = None) -> StringTensor:
    """The bytes of a tensor in TensorFlow's form (TensorProto)."""
    array = numpy_of(any_tensor(tensor))
    kind = "string" if array.dtype.kind == "O" else array.dtype.name
    number = next(n for n, k in _KINDS.items() if k == kind)
    shape = b"".join(_field(2, b"\x08" + _varint(d)) for d in array.shape)
    out = b"\x08" + _varint(number) + _field(2, shape)
    if kind == "string":
        return StringTensor(out + b"".join(_field(8, s) for s in array.reshape(-1)))
    return StringTensor(out + _field(4, np.ascontiguousarray(array).tobytes()))


def _fields(data: bytes):
    """The fields of a message: (number, value), with whole numbers or bytes as values."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
            if shift > 63:
                raise ValueError("a number is too long")

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            size = varint()
            if at + size > len(data):
                raise ValueError("the bytes end too early")
            yield key >> 3, data[at : at + size]
            at += size
        else:
            raise ValueError(f"a field of kind {key & 7}")


def parse_tensor(serialized, out_type, name: str | None = None):
    """The tensor of bytes that `serialize_tensor` gave. InvalidArgumentError for others."""
    data = StringTensor(serialized).numpy()
    wanted = as_dtype(out_type)
    try:
        kind, shape, content, texts = "float32", [], b"", []
        for number, value in _fields(data):
            if number == 1:
                kind = _KINDS[value]
            elif number == 2:
                shape = [next((v for n, v in _fields(d) if n == 1), 0) for n, d in _fields(value) if n == 2]
            elif number == 4:
                content = value
            elif number == 8:
                texts.append(value)
        if kind != wanted.name:
            raise invalid(f"Type mismatch between parsed tensor ({kind}) and dtype ({wanted.name}) "
                          "[Op:ParseTensor]")
        if kind == "string":
            out = np.empty(len(texts), object)
            out[:] = texts
            return StringTensor._of(out.reshape(shape))
        return convert(np.frombuffer(content, np.dtype(kind)).reshape(shape).copy())
    except (ValueError, IndexError, KeyError, TypeError) as e:
        if type(e).__name__ == "InvalidArgumentError":
            raise
        raise invalid(f"Could not parse `serialized` as TensorProto: {e} [Op:ParseTensor]") from None


def _each(run, input) -> StringTensor:
    array = StringTensor(input)._array
    out = np.empty(array.shape, object)
    for i in np.ndindex(array.shape):
        out[i] = run(array[i])
    return StringTensor._of(out)


def encode_base64(input, pad: bool = False, name: str | None = None) -> StringTensor:
    """Bytes as text of web-safe letters, with `=` at the end only with `pad`."""
    return _each(lambda b: base64.urlsafe_b64encode(b) if pad else
                 base64.urlsafe_b64encode(b).rstrip(b"="), input)


def decode_base64(input, name: str | None = None) -> StringTensor:
    """The bytes of text that `encode_base64` gave. InvalidArgumentError for other text."""

    def run(text: bytes) -> bytes:
        try:
            return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except ValueError as e:
            raise invalid(f"Invalid base64 text: {e} [Op:DecodeBase64]") from None

    return _each(run, input)


def matching_files(pattern, name: str | None = None) -> StringTensor:
    """The files that match a pattern, or any of several."""
    patterns = StringTensor(pattern)._array.reshape(-1).tolist()
    found = sorted({f for p in patterns for f in glob(p)})
    return StringTensor(np.array([f.encode() for f in found], object))
