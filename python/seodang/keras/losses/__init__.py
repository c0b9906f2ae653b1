"""`keras.losses`: how far predictions are from labels."""

from __future__ import annotations

from ..._missing import missing
from .._family import Family
from . import functions
from .base import Loss, LossFunctionWrapper, Reduction


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


_family = Family("loss", _classes)
_absent = missing(__name__)


def get(identifier):
    """The loss of a name, a configuration, a class or a function; None stays None.

    Names of functions ("mse") give the function. Raises ValueError for an unknown name.
    """
    if isinstance(identifier, str):
        from ..saving import registration

        if registration.get_registered_object(identifier) is None:
            found = functions.find(identifier)
            if found is not None:
                return found
    return _family.get(identifier)


def serialize(loss, use_legacy_format: bool = False):
    """The configuration of a loss."""
    return _family.serialize(loss)


def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The loss of a configuration."""
    if isinstance(config, str):
        return get(config)
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name.startswith("_"):
        raise AttributeError(name)
    found = functions.find(name) or _classes().get(name)
    if found is None:
        return _absent(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_classes(), *functions.names(), "get", "serialize", "deserialize", "Loss",
                   "LossFunctionWrapper", "Reduction"})
