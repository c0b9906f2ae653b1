"""``tf.nest``: structures of lists, tuples and dicts."""

from __future__ import annotations

from seodang import _nest
from seodang._missing import missing


def flatten(structure, expand_composites: bool = False) -> list:
    """The leaves of a structure, depth first."""
    return _nest.flatten(structure)


def is_nested(seq) -> bool:
    """Whether a value is a structure rather than a leaf."""
    return _nest.is_nested(seq)


def map_structure(func, *structure, check_types: bool = True, expand_composites: bool = False):
    """The structure of a function's results over the leaves of structures of the same form."""
    return _nest.map_structure(func, *structure, check_types=check_types)


def pack_sequence_as(structure, flat_sequence, expand_composites: bool = False):
    """A structure like the given one with other leaves. ValueError if their numbers differ."""
    return _nest.pack_sequence_as(structure, flat_sequence)


def assert_same_structure(nest1, nest2, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raises ValueError unless two structures have the same form (TypeError for other kinds)."""
    _nest.assert_same_structure(nest1, nest2, check_types)


__getattr__ = missing(__name__)
