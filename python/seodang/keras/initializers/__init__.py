"""`keras.initializers`: How weights begin."""

from __future__ import annotations

from .._family import Family
from .base import Initializer


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


# Keras 1's names, which TensorFlow 2.0 to 2.5 still takes.
_ALIASES = {"uniform": "RandomUniform", "normal": "RandomNormal", "zero": "Zeros", "one": "Ones"}
_family = Family("initializer", _classes, _ALIASES)


def get(identifier):
    """The initializer of a name, a configuration, a class or a function; None stays None.

    Raises ValueError for an unknown name.
    """
    return _family.get(identifier)


def serialize(initializer, use_legacy_format: bool = False):
    """The configuration of one."""
    return _family.serialize(initializer)


def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The initializer of a configuration."""
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name.startswith("_"):
        raise AttributeError(name)
    found = _family.names().get(name)
    if found is None:
        raise AttributeError(f"module 'keras.initializers' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_family.names(), "get", "serialize", "deserialize", "Initializer"})
