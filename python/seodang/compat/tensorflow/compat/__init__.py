"""``tf.compat``: older spellings, and strings between Python 2 and 3."""

from __future__ import annotations

from seodang._missing import missing


def as_bytes(bytes_or_text, encoding: str = "utf-8") -> bytes:
    """Bytes of text or bytes."""
    return bytes_or_text.encode(encoding) if isinstance(bytes_or_text, str) else bytes(bytes_or_text)


def as_text(bytes_or_text, encoding: str = "utf-8") -> str:
    """Text of text or bytes."""
    return bytes_or_text if isinstance(bytes_or_text, str) else bytes(bytes_or_text).decode(encoding)


as_str = as_str_any = as_text

__getattr__ = missing(__name__, {"v1": f"{__name__}.v1", "v2": "seodang.compat.tensorflow"})
