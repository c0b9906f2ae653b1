"""Values as TensorFlow's kernels write them: for `tf.print` and `tf.strings.format`."""

from __future__ import annotations

import numpy as np

from seodang import _native as native
from seodang._strings import StringTensor


def number(value) -> str:
    """One element: floats with as few digits as tell them apart from others, truth values as 1 and 0."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    value = np.asarray(value)
    if value.dtype.kind == "b":
        return str(int(value))
    if value.dtype.kind != "f":
        return str(value)
    x = float(value)
    if not np.isfinite(x):
        return "nan" if np.isnan(x) else "inf" if x > 0 else "-inf"
    few, many = (15, 17) if value.dtype.itemsize == 8 else (6, 9)
    text = f"{x:.{few}g}"
    return text if value.dtype.type(float(text)) == value else f"{x:.{many}g}"


def array(value: np.ndarray, most: int, quoted: bool = False) -> str:
    """An array: of each axis the first and the last elements, or all with a negative `most`."""
    if value.ndim == 0:
        text = number(value[()])
        return f'"{text}"' if quoted and value.dtype.kind == "O" else text
    return _rows(value, most, 0)


def _rows(value: np.ndarray, most: int, depth: int) -> str:
    if value.ndim == 1:
        shown = lambda v: array(np.asarray(v, value.dtype), most, True)  # noqa: E731
        between = " "
    else:
        shown = lambda v: _rows(v, most, depth + 1)  # noqa: E731
        between = "\n" * (value.ndim - 1) + " " * (depth + 1)
    if most >= 0 and len(value) > 2 * most:
        parts = [*map(shown, value[:most]), "...", *map(shown, value[len(value) - most :])]
    else:
        parts = list(map(shown, value))
    return "[" + between.join(parts) + "]"


def written(value, most: int) -> str:
    """Any value: tensors by their elements, what holds tensors as Python writes it."""
    if isinstance(value, StringTensor):
        return array(value._array, most, quoted=True)
    if native.is_tensor(value):
        # What is being traced has no elements yet: the function runs as plain Python instead.
        return array(np.asarray(value.numpy()), most)
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_inside(v, most) for v in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {_inside(v, most)}" for k, v in value.items()) + "}"
    return str(value)


def _inside(value, most: int) -> str:
    return repr(value) if isinstance(value, str) else written(value, most)
