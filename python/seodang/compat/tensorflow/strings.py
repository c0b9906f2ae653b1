"""``tf.strings``: functions of tensors of strings."""

from __future__ import annotations

import re

import numpy as np

from seodang._missing import missing
from seodang._strings import StringTensor

from . import _printing
from ._core import any_tensor, as_dtype, convert, invalid, numpy_of
from ._strings_arrays import joined_along


def _each(function, input, *others, kind=object):
    """A function of every string (and the numbers beside it), as an array of that kind."""
    arrays = np.broadcast_arrays(StringTensor(input)._array, *others)
    out = np.empty(arrays[0].shape, kind)
    for i in np.ndindex(out.shape):
        out[i] = function(*(a[i] for a in arrays))
    return StringTensor._of(out) if kind is object else convert(out)


def _pattern(pattern) -> re.Pattern:
    pattern = StringTensor(pattern).numpy()
    try:
        return re.compile(pattern)
    except re.error as e:
        raise invalid(f"Invalid pattern: {pattern.decode()}, error: {e}") from None


def _unit(unit: str) -> bool:
    if unit not in ("BYTE", "UTF8_CHAR"):
        raise ValueError(f"unit must be BYTE or UTF8_CHAR, got {unit!r}")
    return unit == "UTF8_CHAR"


def length(input, unit: str = "BYTE", name: str | None = None):
    """How many bytes (or characters, `unit` "UTF8_CHAR") each string has, int32."""
    if _unit(unit):
        return _each(lambda s: len(s.decode(errors="replace")), input, kind=np.int32)
    return _each(len, input, kind=np.int32)


def lower(input, encoding: str = "", name: str | None = None) -> StringTensor:
    """Small letters: of ASCII, or of all languages where `encoding` is "utf-8"."""
    return _each(lambda s: s.decode().lower().encode() if encoding else s.lower(), input)


def upper(input, encoding: str = "", name: str | None = None) -> StringTensor:
    """Capital letters: of ASCII, or of all languages where `encoding` is "utf-8"."""
    return _each(lambda s: s.decode().upper().encode() if encoding else s.upper(), input)


def strip(input, name: str | None = None) -> StringTensor:
    """The strings without white space around them."""
    return _each(bytes.strip, input)


def join(inputs, separator: str = "", name: str | None = None) -> StringTensor:
    """Strings of several tensors joined element by element; scalars fit every shape."""
    between = StringTensor(separator).numpy()
    arrays = np.broadcast_arrays(*[StringTensor(v)._array for v in inputs])
    out = np.empty(arrays[0].shape, object)
    for i in np.ndindex(out.shape):
        out[i] = between.join(a[i] for a in arrays)
    return StringTensor._of(out)


def substr(input, pos, len, unit: str = "BYTE", name: str | None = None) -> StringTensor:
    """A part of each string. InvalidArgumentError for a position outside of one."""
    wide = _unit(unit)

    def part(s, start, count):
        text = s.decode() if wide else s
        size = text.__len__()
        if not -size <= start <= size:
            raise invalid(f"pos {start} out of range for string {s!r} [Op:Substr]")
        start = start + size if start < 0 else start
        cut = text[start:start + count]
        return cut.encode() if wide else cut

    return _each(part, input, numpy_of(pos), numpy_of(len))


def regex_replace(input, pattern, rewrite, replace_global: bool = True, name=None) -> StringTensor:
    r"""Every match (or the first) replaced; ``\1`` in `rewrite` is the first group, ``\0`` the match."""
    found = _pattern(pattern)
    new = re.sub(rb"\\0", rb"\\g<0>", StringTensor(rewrite).numpy())
    return _each(lambda s: found.sub(new, s, count=0 if replace_global else 1), input)


def regex_full_match(input, pattern, name: str | None = None):
    """Whether each whole string matches, bool."""
    found = _pattern(pattern)
    return _each(lambda s: found.fullmatch(s) is not None, input, kind=bool)


def to_number(input, out_type="float32", name: str | None = None):
    """The numbers that strings spell. InvalidArgumentError for anything else."""
    kind = as_dtype(out_type)

    def number(s):
        try:
            return float(s) if kind.is_floating else int(s)
        except ValueError:
            raise invalid(f"StringToNumberOp could not correctly convert string: "
                          f"{s.decode(errors='replace')} [Op:StringToNumber]") from None

    return _each(number, input, kind=kind.as_numpy_dtype)


def as_string(input, precision: int = -1, scientific: bool = False, shortest: bool = False,
              width: int = -1, fill: str = "", name: str | None = None) -> StringTensor:
    """Numbers as text: six decimals for fractions unless told otherwise."""
    array = numpy_of(input)
    if array.dtype.kind == "O":
        return StringTensor(array)
    form = "e" if scientific else "g" if shortest else "f"
    digits = f".{precision}" if precision >= 0 else ""

    def text(v) -> bytes:
        if array.dtype.kind == "b":
            made = "true" if v else "false"
        else:
            made = f"{float(v):{digits}{form}}" if array.dtype.kind == "f" else str(v)
        if width > 0:
            made = made.rjust(width) if not fill else made.rjust(width, fill)
        return made.encode()

    out = np.empty(array.shape, object)
    for i in np.ndindex(array.shape):
        out[i] = text(array[i])
    return StringTensor._of(out)


def _rows(function, input, what: str, numbers=None):
    """One list for each string, as one more axis; they must be of one length."""
    array = StringTensor(input)._array
    lists = [function(s) for s in array.reshape(-1)]
    sizes = {len(v) for v in lists}
    if len(sizes) > 1:
        raise NotImplementedError(
            f"tf.strings.{what} of strings with different numbers of parts {sorted(sizes)} is a ragged "
            "tensor, which Seodang does not have; split one string at a time."
        )
    size = sizes.pop() if sizes else 0
    out = np.empty((len(lists), size), numbers or object)
    for i, parts in enumerate(lists):
        for j, part in enumerate(parts):
            out[i, j] = part
    out = out.reshape(*array.shape, size)
    return convert(out) if numbers else StringTensor._of(out)


def split(input, sep=None, maxsplit: int = -1, name: str | None = None) -> StringTensor:
    """The parts between separators, white space unless given, as one more axis.

    NotImplementedError where strings have different numbers of parts: no ragged tensors.
    """
    between = StringTensor(sep).numpy() if sep is not None else b""
    return _rows(lambda s: s.split(between or None, maxsplit), input, "split")


def bytes_split(input, name: str | None = None) -> StringTensor:
    """The bytes of strings of one length, as one more axis."""
    return _rows(lambda s: [s[i:i + 1] for i in range(len(s))], input, "bytes_split")


def unicode_split(input, input_encoding: str = "UTF-8", errors: str = "replace",
                  replacement_char: int = 65533, name: str | None = None) -> StringTensor:
    """The characters of strings of one length, as one more axis."""
    return _rows(lambda s: [c.encode(input_encoding) for c in s.decode(input_encoding, errors)],
                 input, "unicode_split")


def unicode_decode(input, input_encoding: str = "UTF-8", errors: str = "replace",
                   replacement_char: int = 65533, replace_control_characters: bool = False,
                   name: str | None = None):
    """The code points of strings of one length, int32, as one more axis."""
    return _rows(lambda s: [ord(c) for c in s.decode(input_encoding, errors)], input,
                 "unicode_decode", np.int32)


def unicode_encode(input, output_encoding: str = "UTF-8", errors: str = "replace",
                   replacement_char: int = 65533, name: str | None = None) -> StringTensor:
    """Strings of code points, those of the last axis joined."""
    array = numpy_of(input)
    out = np.empty(array.shape[:-1], object)
    for i in np.ndindex(out.shape):
        out[i] = "".join(map(chr, array[i].tolist())).encode(output_encoding)
    return StringTensor._of(out)


def reduce_join(inputs, axis=None, keepdims: bool = False, separator: str = "",
                name: str | None = None) -> StringTensor:
    """Strings joined along axes, all of them by default."""
    return joined_along(inputs, axis, keepdims, separator)


def format(template: str, inputs, placeholder: str = "{}", summarize: int = 3,
           name: str | None = None) -> StringTensor:
    """The template with tensors in place of its placeholders. ValueError if numbers differ."""
    values = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    parts = template.split(placeholder)
    if len(parts) - 1 != len(values):
        raise ValueError(f"The template expects {len(parts) - 1} tensors, but the inputs have "
                         f"{len(values)} tensors.")
    made = parts[0]
    for value, after in zip(values, parts[1:], strict=True):
        made += _printing.array(numpy_of(any_tensor(value)), summarize, quoted=True) + after
    return StringTensor(made)


def ngrams(input, ngram_width, separator: str = " ", pad_values=None, padding_width=None,
           preserve_short_sequences: bool = False, name: str | None = None) -> StringTensor:
    """Neighbours along the last axis, joined: one number of them, or several."""
    array = StringTensor(input)._array
    between = StringTensor(separator).numpy()
    widths = [ngram_width] if isinstance(ngram_width, int) else list(ngram_width)
    if pad_values is not None:
        pads = [pad_values] * 2 if isinstance(pad_values, (str, bytes)) else list(pad_values)
        left, right = (StringTensor(p).numpy() for p in pads)
    rows = []
    for row in array.reshape(-1, array.shape[-1]):
        made: list = []
        for width in widths:
            count = 0 if pad_values is None else width - 1
            count = count if padding_width is None else min(padding_width, width - 1)
            words = [left] * count + list(row) + [right] * count if count else list(row)
            found = [between.join(words[i : i + width]) for i in range(len(words) - width + 1)]
            made += found or ([between.join(words)] if preserve_short_sequences else [])
        rows.append(made)
    out = np.array(rows, object).reshape(*array.shape[:-1], -1)
    return StringTensor._of(out)


def to_hash_bucket_fast(input, num_buckets: int, name: str | None = None):
    """Not offered: its numbers are those of TensorFlow's own hash. Raises NotImplementedError."""
    raise NotImplementedError(
        "tf.strings.to_hash_bucket_fast is not in Seodang: its numbers come from a hash of "
        "TensorFlow's; the nearest: tf.keras.layers.StringLookup or a Python dictionary."
    )


__all__ = [
    "as_string", "bytes_split", "format", "join", "length", "lower", "ngrams", "reduce_join", "regex_full_match",
    "regex_replace", "split", "strip", "substr", "to_hash_bucket_fast", "to_number",
    "unicode_decode", "unicode_encode", "unicode_split", "upper",
]
__getattr__ = missing(__name__)
