"""``tf.nest``: structures of lists, tuples and dicts."""

from __future__ import annotations

from seodang._missing import missing
from seodang._nest import (  # noqa: F401
    assert_same_structure,
    is_nested,
    map_structure,
    pack_sequence_as,
)
from seodang._nest import flatten as _flatten


def flatten(structure, expand_composites: bool = False) -> list:
    """The leaves of a structure, depth first."""
    return _flatten(structure)


__getattr__ = missing(__name__)
