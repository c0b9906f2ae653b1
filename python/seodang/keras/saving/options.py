"""Values of a record's options: from what Python programs write to what records read, and back."""

from __future__ import annotations

import numpy as np

from ... import _native as native
from ..._dtypes import DType
from . import objects

_tokens: dict[tuple, tuple] = {}


def is_foreign(value) -> bool:
    """Whether an option is a Python function or object that no record describes."""
    if value is None or isinstance(value, (str, bool, int, float, list, tuple, dict, np.generic)):
        return False
    if isinstance(value, (np.ndarray, DType)):
        return False
    if hasattr(value, "_is_layer"):
        return True
    if getattr(value, "_handle", None) is not None and hasattr(value, "_record"):
        return False
    return not _known_function(value)


def _known_function(value) -> bool:
    """Whether a function is one of `keras.activations` under its own name."""
    from .. import activations

    name = getattr(value, "__name__", None)
    return name is not None and getattr(activations, name, None) is value


def to_record(kind: str | None, value):
    """An option's value as the record reads it."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return _custom_name(kind, value) if isinstance(value, str) else value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, DType):
        return value.name
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict):
        if kind in ("initializer", "regularizer", "constraint") and objects.is_serialized(value):
            return to_record(kind, getter(kind)(value))
        return {k: to_record(None, v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_record(None, v) for v in value]
    if isinstance(value, type) and kind in ("initializer", "regularizer", "constraint"):
        return to_record(kind, value())
    if isinstance(value, (native.Tensor, native.Variable)):
        return value.numpy().tolist()
    layer = kind == "activation" and hasattr(value, "_is_layer")
    if not layer and getattr(value, "_handle", None) is not None and getattr(value, "_record", ""):
        config = value._handle.config()
        return {"class_name": value._record, "config": config}
    if _known_function(value):
        return value.__name__
    if callable(value):
        found = _tokens.get((kind, id(value)))
        if found is None:
            name = getattr(value, "__name__", type(value).__name__)
            foreign = native.Foreign(kind or "activation", _adapted(kind, value), name)
            # Keeping the object keeps its number its own, and the token alive.
            found = _tokens[kind, id(value)] = (foreign, value)
        return found[0].token
    raise TypeError(f"Could not interpret {kind or 'option'} value: {value!r}")


def custom(kind: str | None, name: str):
    """The user's object where a name is registered, else the name."""
    from .registration import get_registered_object

    found = None if kind is None else get_registered_object(name)
    if found is None:
        return name
    return found() if isinstance(found, type) else found


def _custom_name(kind: str | None, name: str):
    """A name that the user registered stands for the user's object."""
    found = custom(kind, name)
    return name if found is name else to_record(kind, found)


def _adapted(kind: str | None, value):
    """The user's function, made to return what the record expects."""
    if kind == "initializer":

        def initialize(shape, dtype=None, **kwargs):
            shape = tuple(shape)
            try:
                result = value(shape, dtype=dtype)
            except TypeError as e:
                if "dtype" not in str(e):
                    raise
                result = value(shape)
            return native.convert(result, dtype)

        return initialize
    return value


def getter(kind: str):
    """The `get` of a family: of `keras.initializers` for an initializer."""
    from .. import activations, constraints, initializers, regularizers

    return {
        "activation": activations.get,
        "initializer": initializers.get,
        "regularizer": regularizers.get,
        "constraint": constraints.get,
    }[kind]


def to_attribute(kind: str | None, value):
    """An option's value as the layer's attribute shows it: `layer.activation` is a function."""
    if kind in ("activation", "initializer", "regularizer", "constraint"):
        if value is None and kind != "activation":
            return None
        return getter(kind)(value)
    if isinstance(value, list) and all(isinstance(x, int) for x in value):
        return tuple(value)
    return value


def serialize(value):
    """A Python function or object in the form that configurations keep."""
    return objects.serialize_keras_object(value)
