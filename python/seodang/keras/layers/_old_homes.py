"""`keras.layers.experimental.preprocessing` and `keras.layers.preprocessing`: older homes."""

from __future__ import annotations

import sys


def __getattr__(name: str):
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "preprocessing":
        return sys.modules[__name__]
    from .. import layers

    return getattr(layers, name)
