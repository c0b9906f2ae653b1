"""`keras.layers`: layers, most of them computed in Rust."""

from __future__ import annotations

import importlib

from ..._language import both

# Where the names are that Python writes; all others are generated from the Rust records.
_HOME = {
    "Layer": ".base",
    "InputSpec": ".input_spec",
    "Input": ".input_layer",
    "InputLayer": ".input_layer",
    "Lambda": ".lambda_layer",
    "TFOpLambda": ".lambda_layer",
    "SlicingOpLambda": ".lambda_layer",
    "Wrapper": ".wrappers",
    "TimeDistributed": ".wrappers",
    "Bidirectional": ".wrappers",
    "RNN": ".rnn",
    "StackedRNNCells": ".rnn",
    "AbstractRNNCell": ".rnn",
    "ConvLSTM1D": ".conv_lstm",
    "ConvLSTM2D": ".conv_lstm",
    "ConvLSTM3D": ".conv_lstm",
    "Normalization": ".normalization",
    "TextVectorization": ".text",
    "StringLookup": ".lookup",
    "IntegerLookup": ".lookup",
    "Hashing": ".categories",
    "Discretization": ".categories",
    **dict.fromkeys(
        ("add", "subtract", "multiply", "average", "maximum", "minimum", "concatenate", "dot"),
        ".functional_forms",
    ),
}


def serialize(layer):
    """The configuration of a layer."""
    from ..saving.objects import serialize_keras_object

    return serialize_keras_object(layer)


def deserialize(config, custom_objects: dict | None = None):
    """The layer of a configuration."""
    from ..saving.objects import deserialize_keras_object

    if isinstance(config, dict):
        config = {"module": "keras.layers", **config}
    return deserialize_keras_object(config, custom_objects)


def _find(name: str):
    generated = importlib.import_module("._generated", __name__)
    value = getattr(generated, name, None) if name in generated.NAMES else None
    home = _HOME.get(name)
    if value is not None and home not in (".base", ".input_layer"):
        # What the records have wins, unless Python must hold other layers or data.
        if home is None or home == ".categories":
            return value
    if home is None:
        if name in ("LSTMV2", "GRUV2", "CuDNNLSTM", "CuDNNGRU"):
            return getattr(generated, name.replace("V2", "").replace("CuDNN", ""))
        return None
    return getattr(importlib.import_module(home, __name__), name)


def __getattr__(name: str):
    if name.startswith("_") or name in ("experimental", "preprocessing"):
        if name in ("experimental", "preprocessing"):
            # The homes that preprocessing layers had before TensorFlow 2.6.
            return importlib.import_module("._old_homes", __name__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = _find(name)
    if value is None:
        import difflib

        near = difflib.get_close_matches(name, __dir__(), 1)
        hint = f" Did you mean: {near[0]!r}?" if near else ""
        raise AttributeError(both(
            f"module 'keras.layers' has no attribute {name!r}.{hint}",
            f"keras.layers에 {name!r}이(가) 없습니다." + (f" 비슷한 이름: {near[0]!r}" if near else ""),
        ))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    from . import _generated

    return sorted({*_HOME, *_generated.NAMES, "serialize", "deserialize"})
