"""Structures: tuples, lists, named tuples and dicts of values, as ``tf.nest`` treats them."""

from __future__ import annotations

from collections.abc import Mapping


def is_nested(value) -> bool:
    """Whether a value is a structure rather than a leaf."""
    return isinstance(value, (list, tuple, Mapping)) and not hasattr(value, "as_list")


def _is_named_tuple(value) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_fields")


def _keys(mapping):
    try:
        return sorted(mapping)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None


def _children(value):
    if isinstance(value, Mapping):
        return [value[k] for k in _keys(value)]
    return value


def flatten(structure) -> list:
    """The leaves of a structure, depth first; dicts in the order of their sorted keys."""
    if not is_nested(structure):
        return [structure]
    out: list = []
    for child in _children(structure):
        if is_nested(child):
            out.extend(flatten(child))
        else:
            out.append(child)
    return out


def _rebuild(structure, children):
    if isinstance(structure, Mapping):
        values = dict(zip(_keys(structure), children))
        ordered = {k: values[k] for k in structure}
        kind = type(structure)
        if kind is dict:
            return ordered
        try:
            return kind(ordered)
        except TypeError:
            return ordered
    if _is_named_tuple(structure):
        return type(structure)(*children)
    return tuple(children) if isinstance(structure, tuple) else list(children)


def pack_sequence_as(structure, flat):
    """A structure like the given one whose leaves are those of a flat list.

    Raises ValueError if the numbers of leaves differ.
    """
    flat = list(flat)
    if not is_nested(structure):
        if len(flat) != 1:
            raise ValueError(f"The target structure is a single value, but got {len(flat)} values.")
        return flat[0]
    count = len(flatten(structure))
    if count != len(flat):
        raise ValueError(
            f"Could not pack sequence. Structure had {count} elements, but flat_sequence had "
            f"{len(flat)} elements."
        )
    values = iter(flat)

    def build(node):
        if not is_nested(node):
            return next(values)
        return _rebuild(node, [build(child) for child in _children(node)])

    return build(structure)


pack = pack_sequence_as


def assert_same_structure(a, b, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raises ValueError unless two structures have the same form (TypeError for other kinds)."""
    if is_nested(a) != is_nested(b):
        raise ValueError(
            "The two structures don't have the same nested structure.\n\n"
            f"First structure: {a!r}\n\nSecond structure: {b!r}"
        )
    if not is_nested(a):
        return
    if isinstance(a, Mapping) != isinstance(b, Mapping) or (
        check_types and not isinstance(a, Mapping) and isinstance(a, list) != isinstance(b, list)
    ):
        raise TypeError(
            "The two structures don't have the same sequence type. First structure has type "
            f"{type(a)}, while second structure has type {type(b)}."
        )
    if isinstance(a, Mapping) and set(a) != set(b):
        raise ValueError(
            "The two dictionaries don't have the same set of keys. First structure has keys "
            f"{list(a)}, while second structure has keys {list(b)}."
        )
    if len(a) != len(b):
        raise ValueError(
            "The two structures don't have the same number of elements. First structure has "
            f"{len(a)}, second structure has {len(b)}."
        )
    for x, y in zip(_children(a), _children(b)):
        assert_same_structure(x, y, check_types)


def map_structure(function, *structures, **kwargs):
    """The structure of a function's results over the leaves of structures of the same form."""
    if not structures:
        raise ValueError("Must provide at least one structure")
    first = structures[0]
    for other in structures[1:]:
        assert_same_structure(first, other, kwargs.get("check_types", True))
    leaves = zip(*(flatten(s) for s in structures))
    return pack_sequence_as(first, [function(*leaf) for leaf in leaves])
