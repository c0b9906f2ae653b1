"""Finds the layers, variables and metrics in an object's attributes."""

from __future__ import annotations

from .. import _symbolic
from ... import _native as native

_PLAIN = (str, bytes, int, float, bool, type(None), native.Tensor)


def is_variable(x) -> bool:
    """Whether `x` is a variable."""
    return isinstance(x, native.Variable)


def holds(value, kinds: tuple, depth: int = 0) -> bool:
    """Whether a value is, or could come to hold, an object of the kinds."""
    if isinstance(value, kinds):
        return True
    return isinstance(value, (list, dict, tuple, set)) and not isinstance(value, str)


def walk(value, kinds: tuple, found: list, depth: int = 0) -> None:
    """Adds to `found` the objects of the kinds in a value: in lists, tuples and dicts as well."""
    if isinstance(value, kinds):
        found.append(value)
    elif isinstance(value, _PLAIN) or depth > 8 or _symbolic.is_symbolic(value):
        return
    elif isinstance(value, dict):
        for x in list(value.values()):
            walk(x, kinds, found, depth + 1)
    elif isinstance(value, (list, tuple, set)):
        for x in value:
            walk(x, kinds, found, depth + 1)


def unique(items) -> list:
    """The items without repetitions, by identity, in order."""
    seen: set[int] = set()
    out = []
    for x in items:
        if id(x) not in seen:
            seen.add(id(x))
            out.append(x)
    return out
