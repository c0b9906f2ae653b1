"""The merging layers as functions: `concatenate([a, b])`, `add([a, b])`."""

from __future__ import annotations

from . import _generated as records


def _form(name: str, **defaults):
    def function(inputs, **kwargs):
        return getattr(records, name)(**{**defaults, **kwargs})(inputs)

    function.__name__ = function.__qualname__ = name.lower()
    function.__doc__ = f"What a `{name}` layer gives for a list of inputs."
    return function


add = _form("Add")
subtract = _form("Subtract")
multiply = _form("Multiply")
average = _form("Average")
maximum = _form("Maximum")
minimum = _form("Minimum")


def concatenate(inputs, axis: int = -1, **kwargs):
    """What a `Concatenate` layer gives for a list of inputs, joined along an axis."""
    return records.Concatenate(axis=axis, **kwargs)(inputs)


def dot(inputs, axes=-1, normalize: bool = False, **kwargs):
    """What a `Dot` layer gives for two inputs: products summed along axes."""
    return records.Dot(axes=axes, normalize=normalize, **kwargs)(inputs)
