"""Functions on symbolic values in configurations: TensorFlow's names, and Keras 3's operations."""

from __future__ import annotations

import functools
import importlib
import re

# Keras 3's classes of operators, all of `keras.src.ops.numpy`.
_OPERATIONS = {
    "tf.__operators__.add": "Add", "tf.math.add": "Add", "tf.math.subtract": "Subtract",
    "tf.math.multiply": "Multiply", "tf.math.truediv": "TrueDivide",
    "tf.math.floordiv": "FloorDivide", "tf.math.floormod": "Mod", "tf.math.pow": "Power",
    "tf.linalg.matmul": "Matmul", "tf.math.negative": "Negative", "tf.math.abs": "Absolute",
    "tf.math.exp": "Exp", "tf.math.sqrt": "Sqrt", "tf.math.square": "Square",
    "tf.math.sin": "Sin", "tf.math.cos": "Cos", "tf.math.tanh": "Tanh",
}
_MODULE = "keras.src.ops.numpy"


def operation_of(layer, nodes: list) -> dict | None:
    """A function's layer as one of Keras 3's operations, if Keras 3 has it."""
    if getattr(layer, "_operation", None) is not None:
        return dict(layer._operation)
    name = _OPERATIONS.get(getattr(layer, "symbol", None))
    if name is None or any(v is not None for node in nodes for v in node.kwargs.values()):
        return None
    config = {"name": layer.name}
    return {"module": _MODULE, "class_name": name, "config": config, "registered_name": name}


def revived(config: dict):
    """The layer of one of Keras 3's operations.

    Raises ValueError for an operation that is not there.
    """
    from .. import ops
    from ..layers.lambda_layer import TFOpLambda

    kind, options = config["class_name"], dict(config["config"])
    name = options.pop("name", None)
    for key in ("trainable", "dtype"):
        options.pop(key, None)
    symbol = next((s for s, k in _OPERATIONS.items() if k == kind), None)
    if symbol is not None and not options:
        return TFOpLambda(function_of(symbol), symbol, name=name)
    function = getattr(ops, re.sub("(?<=[a-z0-9])([A-Z])", r"_\1", kind).lower(), None)
    if function is None:
        raise ValueError(f"Unknown operation in a configuration: {config.get('module')}.{kind}")
    layer = TFOpLambda(functools.partial(function, **options), f"keras.ops.{kind}", name=name)
    layer._operation = {k: config[k] for k in ("module", "class_name", "config", "registered_name")
                        if k in config}
    return layer


def older(config: dict) -> dict | None:
    """One of Keras 3's operations as the layer that Keras 2 has for it."""
    symbol = next((s for s, k in _OPERATIONS.items() if k == config.get("class_name")), None)
    if symbol is None or config.get("module") != _MODULE:
        return None
    inner = {"name": config["config"]["name"], "trainable": True, "dtype": "float32"}
    return {"class_name": "TFOpLambda", "config": {**inner, "function": symbol.removeprefix("tf.")}}


def function_of(symbol: str):
    """The function of a name such as ``tf.math.reduce_mean``.

    Raises ValueError if there is no such function.
    """
    from .. import _symbolic

    symbol = symbol if symbol.startswith("tf.") else f"tf.{symbol}"
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
