"""`keras.optimizers`: how weights follow their gradients."""

from __future__ import annotations

import importlib

from ..._language import both
from ..._missing import missing
from .._family import Family
from .base import Optimizer


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


_family = Family("optimizer", _classes)
_absent = missing(__name__)


def get(identifier):
    """The optimizer of a name, a configuration, a class or an optimizer.

    Raises ValueError for anything else.
    """
    if isinstance(identifier, Optimizer):
        return identifier
    if isinstance(identifier, str) and identifier.lower() in _family.names():
        return _family.get(identifier.lower())  # Keras takes "RMSProp" for "RMSprop"
    if isinstance(identifier, (str, dict, type)):
        return _family.get(identifier)
    raise ValueError(both(
        f"Could not interpret optimizer identifier: {identifier}",
        f"옵티마이저로 쓸 수 없는 값입니다: {identifier}",
    ))


def serialize(optimizer, use_legacy_format: bool = False):
    """The configuration of an optimizer."""
    return _family.serialize(optimizer)


def deserialize(config, custom_objects: dict | None = None, **kwargs):
    """The optimizer of a configuration."""
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name == "schedules":
        return importlib.import_module(".schedules", __name__)
    if name in ("legacy", "experimental"):
        # The same classes: they take the older options as well.
        return importlib.import_module(__name__)
    if name.startswith("_"):
        raise AttributeError(name)
    found = _classes().get(name)
    if found is None:
        return _absent(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_classes(), "get", "serialize", "deserialize", "Optimizer", "schedules"})
