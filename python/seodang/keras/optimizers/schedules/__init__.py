"""`keras.optimizers.schedules`: learning rates that change with the step."""

from __future__ import annotations

from ...._missing import missing
from ..._family import Family
from .base import LearningRateSchedule


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


_family = Family("schedule", _classes)
_absent = missing(__name__)


def serialize(schedule):
    """The configuration of a schedule."""
    return _family.serialize(schedule)


def deserialize(config, custom_objects: dict | None = None):
    """The schedule of a configuration."""
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name.startswith("_"):
        raise AttributeError(name)
    found = _classes().get(name)
    if found is None:
        return _absent(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_classes(), "serialize", "deserialize", "LearningRateSchedule"})
