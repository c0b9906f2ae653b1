"""``tf.nest``: structures of lists, tuples and dicts.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang._nest import assert_same_structure as assert_same_structure
from seodang._nest import is_nested as is_nested
from seodang._nest import map_structure as map_structure
from seodang._nest import pack_sequence_as as pack_sequence_as

def flatten(structure, expand_composites: bool = False) -> list:
    """The leaves of a structure, depth first."""
