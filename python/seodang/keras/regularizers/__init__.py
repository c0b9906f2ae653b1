"""`keras.regularizers`: Penalties on weights and outputs."""

from __future__ import annotations

from .._family import Family
from .base import Regularizer


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


_family = Family("regularizer", _classes)


def l1_l2(l1: float = 0.01, l2: float = 0.01):
    """`l1 * sum(|x|) + l2 * sum(x^2)`."""
    return _classes()["L1L2"](l1=l1, l2=l2)


def get(identifier):
    """The regularizer of a name, a configuration, a class or a function; None stays None.

    Raises ValueError for an unknown name.
    """
    return _family.get(identifier)


def serialize(regularizer, use_legacy_format: bool = False):
    """The configuration of one."""
    return _family.serialize(regularizer)


def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The regularizer of a configuration."""
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name.startswith("_"):
        raise AttributeError(name)
    found = _family.names().get(name)
    if found is None:
        raise AttributeError(f"module 'keras.regularizers' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_family.names(), "get", "serialize", "deserialize", "Regularizer"})
