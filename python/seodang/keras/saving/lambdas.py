"""Python's `lambda` functions in configurations, as Keras keeps them: their code itself.

Such code can do anything, so it is written but runs only for those who ask: `safe_mode=False`.
"""

from __future__ import annotations

import base64
import binascii
import json
import marshal
import types

from . import registration


def dump(function) -> dict:
    """A lambda as a configuration. Without its code, if it holds values that JSON cannot keep."""
    name = getattr(function, "__qualname__", "<lambda>")
    config: dict = {"name": name, "code": None, "defaults": None, "closure": None}
    cells = function.__closure__
    closure = None if cells is None else [c.cell_contents for c in cells]
    try:
        json.dumps([function.__defaults__, closure])
        code = base64.encodebytes(marshal.dumps(function.__code__)).decode("ascii")
    except (TypeError, ValueError):
        return {"class_name": "__lambda__", "config": config}
    config.update(code=code, defaults=function.__defaults__, closure=closure)
    return {"class_name": "__lambda__", "config": config}


def load(code, defaults=None, closure=None, name: str | None = None):
    """The function of a configuration, or of Keras 2's list of code, defaults and closure.

    Raises ValueError in safe mode, and for code of another version of Python.
    """
    found = registration.get_registered_object(name or "<lambda>")
    if found is not None:
        return found
    if code is None:
        raise ValueError(
            "The configuration holds a Python `lambda` without its code. Pass the function in "
            "`custom_objects`, or use a named, registered function."
        )
    if registration.in_safe_mode():
        raise ValueError(
            "Requested the deserialization of a Python `lambda`. This carries a potential risk of "
            "arbitrary code execution and thus it is disallowed by default. If you trust the "
            "source of the file, pass `safe_mode=False` to the loading function; or use a named "
            "function that is registered or passed in `custom_objects`."
        )
    try:
        found = marshal.loads(base64.b64decode(code))
        cells = None if closure is None else tuple(types.CellType(v) for v in closure)
        return types.FunctionType(
            found, _globals(), name or "<lambda>", None if defaults is None else tuple(defaults), cells
        )
    except (binascii.Error, ValueError, EOFError, TypeError) as e:
        raise ValueError(
            f"The code of a `lambda` cannot be read: it was written by another version of Python, "
            f"or it is damaged ({e}). Pass the function in `custom_objects`."
        ) from e


def _globals() -> dict:
    """What the code may name, as programs usually import it."""
    import builtins

    import numpy

    import seodang.compat.tensorflow as tf
    from seodang import keras

    return {
        "__builtins__": builtins, "tf": tf, "tensorflow": tf, "keras": keras, "K": keras.backend,
        "layers": keras.layers, "np": numpy, "numpy": numpy,
    }
