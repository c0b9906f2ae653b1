"""``tf.strings``: functions of tensors of strings.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import convert as convert
from seodang._strings import StringTensor as StringTensor

def as_string(input, precision: int = -1, scientific: bool = False, shortest: bool = False, width: int = -1, fill: str = '', name: str | None = None) -> Any:
    """Numbers as text: six decimals for fractions unless told otherwise."""

def bytes_split(input, name: str | None = None) -> Any:
    """The bytes of strings of one length, as one more axis."""

def format(template: str, inputs, placeholder: str = '{}', summarize: int = 3, name: str | None = None) -> Any:
    """The template with tensors in place of its placeholders. ValueError if numbers differ."""

def join(inputs, separator: str = '', name: str | None = None) -> Any:
    """Strings of several tensors joined element by element; scalars fit every shape."""

def joined_along(inputs, axis=None, keepdims: bool = False, separator: Any = '') -> Any:
    """Strings joined along axes, the last of them first."""

def length(input, unit: str = 'BYTE', name: str | None = None):
    """How many bytes (or characters, `unit` "UTF8_CHAR") each string has, int32."""

def lower(input, encoding: str = '', name: str | None = None) -> Any:
    """Small letters: of ASCII, or of all languages where `encoding` is "utf-8"."""

def ngrams(input, ngram_width, separator: str = ' ', pad_values=None, padding_width=None, preserve_short_sequences: bool = False, name: str | None = None) -> Any:
    """Neighbours along the last axis, joined: one number of them, or several."""

def reduce_join(inputs, axis=None, keepdims: bool = False, separator: str = '', name: str | None = None) -> Any:
    """Strings joined along axes, all of them by default."""

def regex_full_match(input, pattern, name: str | None = None):
    """Whether each whole string matches, bool."""

def regex_replace(input, pattern, rewrite, replace_global: bool = True, name=None) -> Any:
    """Every match (or the first) replaced; ``\\1`` in `rewrite` is the first group, ``\\0`` the match."""

def split(input, sep=None, maxsplit: int = -1, name: str | None = None) -> Any:
    """The parts between separators, white space unless given, as one more axis.

    NotImplementedError where strings have different numbers of parts: no ragged tensors.
    """

def strip(input, name: str | None = None) -> Any:
    """The strings without white space around them."""

def substr(input, pos, len, unit: str = 'BYTE', name: str | None = None) -> Any:
    """A part of each string. InvalidArgumentError for a position outside of one."""

def to_hash_bucket_fast(input, num_buckets: int, name: str | None = None):
    """Not offered: its numbers are those of TensorFlow's own hash. Raises NotImplementedError."""

def to_number(input, out_type: Any = 'float32', name: str | None = None):
    """The numbers that strings spell. InvalidArgumentError for anything else."""

def unicode_decode(input, input_encoding: str = 'UTF-8', errors: str = 'replace', replacement_char: int = 65533, replace_control_characters: bool = False, name: str | None = None):
    """The code points of strings of one length, int32, as one more axis."""

def unicode_encode(input, output_encoding: str = 'UTF-8', errors: str = 'replace', replacement_char: int = 65533, name: str | None = None) -> Any:
    """Strings of code points, those of the last axis joined."""

def unicode_split(input, input_encoding: str = 'UTF-8', errors: str = 'replace', replacement_char: int = 65533, name: str | None = None) -> Any:
    """The characters of strings of one length, as one more axis."""

def upper(input, encoding: str = '', name: str | None = None) -> Any:
    """Capital letters: of ASCII, or of all languages where `encoding` is "utf-8"."""
