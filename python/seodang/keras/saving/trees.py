"""Trees of HDF5: ``{"attributes": {...}, "groups": {name: tree}, "arrays": {name: array}}``."""

from __future__ import annotations


def group() -> dict:
    """A group with nothing in it."""
    return {"attributes": {}, "groups": {}, "arrays": {}}


def at(tree: dict, path: str) -> dict:
    """The group at a path, made if it is not there."""
    for part in filter(None, path.split("/")):
        tree = tree["groups"].setdefault(part, group())
    return tree


def find(tree: dict, path: str) -> dict | None:
    """The group at a path, or None."""
    for part in filter(None, path.split("/")):
        tree = tree["groups"].get(part)
        if tree is None:
            return None
    return tree


def size(tree: dict) -> int:
    """How many numbers all arrays of a tree have."""
    own = sum(a.size for a in tree["arrays"].values())
    return own + sum(size(inner) for inner in tree["groups"].values())
