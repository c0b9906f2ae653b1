"""Finds TensorFlow functions by the names that configurations of op layers hold."""

from __future__ import annotations

import importlib


def function_of(symbol: str):
    """The function of a name such as ``tf.math.reduce_mean``.

    Raises ValueError if there is no such function.
    """
    from .. import _symbolic

    if symbol == "tf.__operators__.getitem":
        return _symbolic._getitem
    if symbol in _symbolic.OPERATORS:
        return _symbolic.OPERATORS[symbol]
    module, found = importlib.import_module("seodang.compat.tensorflow"), None
    for part in symbol.split(".")[1:]:
        found = getattr(found or module, part, None)
        if found is None:
            break
    if not symbol.startswith("tf.") or found is None:
        raise ValueError(f"Unknown function in a configuration: {symbol!r}")
    return found
