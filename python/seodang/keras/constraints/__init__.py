"""`keras.constraints`: What weights must fulfil after each update."""

from __future__ import annotations

from .._family import Family
from .base import Constraint


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


_family = Family("constraint", _classes)


def get(identifier):
    """The constraint of a name, a configuration, a class or a function; None stays None.

    Raises ValueError for an unknown name.
    """
    return _family.get(identifier)


def serialize(constraint, use_legacy_format: bool = False):
    """The configuration of one."""
    return _family.serialize(constraint)


def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The constraint of a configuration."""
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name.startswith("_"):
        raise AttributeError(name)
    found = _family.names().get(name)
    if found is None:
        raise AttributeError(f"module 'keras.constraints' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_family.names(), "get", "serialize", "deserialize", "Constraint"})
