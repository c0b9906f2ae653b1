"""`keras.metrics`: quantities that are measured over batches."""

from __future__ import annotations

from ..._missing import missing
from .._family import Family
from ..losses import functions as _losses
from .base import MeanMetricWrapper, MeanTensor, Metric
from .functions import find as _find
from .functions import names as _names


def _classes() -> dict:
    from . import _generated

    return {name: getattr(_generated, name) for name in _generated.NAMES}


_family = Family("metric", _classes)
_absent = missing(__name__)


def get(identifier):
    """The metric of a name, a configuration, a class or a function; None stays None."""
    if isinstance(identifier, str):
        from ..saving import registration

        if registration.get_registered_object(identifier) is None:
            found = _find(identifier)
            if found is not None:
                return found
    return _family.get(identifier)


def serialize(metric):
    """The configuration of a metric."""
    return _family.serialize(metric)


def deserialize(config, custom_objects: dict | None = None):
    """The metric of a configuration."""
    if isinstance(config, str):
        return get(config)
    return _family.deserialize(config, custom_objects)


def __getattr__(name: str):
    if name.startswith("_"):
        raise AttributeError(name)
    # The short names in capitals are functions, as in Keras 2, though classes have them as aliases.
    short = name.isupper() and _find(name)
    found = short or _classes().get(name) or _find(name)
    if found is None:
        return _absent(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*_classes(), *_names(), *_losses.names(), "get", "serialize", "deserialize",
                   "Metric", "MeanMetricWrapper", "MeanTensor"})
