"""Configurations of Keras 2 in Keras 3's words, and the other way round for `.h5` files."""

from __future__ import annotations

from . import functions

# Options that only Keras 2, or only a newer Keras 3, writes, with the values that ask for nothing.
_ANY = object()
_NEUTRAL = {
    "CategoryEncoding": {"sparse": False},
    "IntegerLookup": {"oov_method": "floormod", "salt": None},
    "StringLookup": {"oov_method": "floormod", "salt": None},
    **{
        name: {"groups": 1, "kernel_initializer": _ANY, "kernel_regularizer": None,
               "kernel_constraint": None}
        for name in ("SeparableConv1D", "SeparableConv2D")
    },
    **{
        name: {"groups": 1}
        for name in ("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "DepthwiseConv1D",
                     "DepthwiseConv2D")
    },
    **{f"SpatialDropout{n}D": {"noise_shape": None} for n in (1, 2, 3)},
    **{
        f"Random{name}": {"rng_type": _ANY}
        for name in ("Brightness", "Contrast", "Crop", "Flip", "Height", "Rotation", "Translation",
                     "Width", "Zoom")
    },
    "MultiHeadAttention": {"query_shape": _ANY, "key_shape": _ANY, "value_shape": _ANY,
                           "softmax_robust_masking": False},
}
# What the optimizers of `keras.optimizers.legacy` write.
_SCHEDULED_MOMENTUM = 0.004


def modern(name: str, config: dict) -> dict:
    """The configuration of one of our classes without what asks for nothing."""
    neutral = _NEUTRAL.get(name, {})
    out = {k: v for k, v in config.items()
           if k not in neutral or not (neutral[k] is _ANY or neutral[k] == v)}
    axis = out.get("axis")
    if name == "BatchNormalization" and isinstance(axis, (list, tuple)) and len(axis) == 1:
        out["axis"] = axis[0]
    if name == "Nadam" and out.get("decay") == _SCHEDULED_MOMENTUM:
        # Not the learning rate's decay but that of the momentum, which is always this one.
        out.pop("decay")
    return out


# Compiling --------------------------------------------------------------------------------------


def compile_arguments(settings: dict) -> dict:
    """The arguments of `compile` that a `.h5` file's training configuration describes."""
    from .. import losses, metrics, optimizers

    def measured(config):
        if isinstance(config, dict) and config.get("class_name") == "MeanMetricWrapper":
            inner = config["config"]
            fn = inner.get("fn")
            function = metrics.get(fn) if isinstance(fn, str) else metrics.deserialize(fn)
            return metrics.MeanMetricWrapper(function, name=inner.get("name"))
        return metrics.deserialize(config)

    return {
        "optimizer": optimizers.deserialize(_modern_optimizer(settings["optimizer_config"])),
        "loss": _each(losses.deserialize, settings.get("loss")),
        "metrics": _each(measured, settings.get("metrics")),
        "weighted_metrics": _each(measured, settings.get("weighted_metrics")),
        "loss_weights": settings.get("loss_weights"),
    }


def _modern_optimizer(config: dict) -> dict:
    name = config["class_name"].removeprefix("Custom>")
    return {**config, "class_name": name, "config": modern(name, config["config"])}


def _each(convert, config):
    """Converts the names and configurations in lists and dictionaries of them."""
    if config is None:
        return None
    if isinstance(config, str) or isinstance(config, dict) and "class_name" in config:
        return convert(config)
    if isinstance(config, dict):
        return {k: _each(convert, v) for k, v in config.items()}
    return [_each(convert, v) for v in config]


def lowered_training(settings: dict) -> dict:
    """A compiled model's configuration as `.h5` files have it."""
    from .. import losses, metrics

    def loss(config):
        return _as_class(losses, config)

    def metric(config):
        # Which accuracy is meant, the model says when it is compiled.
        if config in ("accuracy", "acc", "crossentropy", "ce"):
            return config
        return _as_class(metrics, config)

    return {
        "optimizer_config": lowered_optimizer(settings["optimizer"]),
        "loss": _each(loss, settings.get("loss")),
        "metrics": _each(metric, settings.get("metrics")),
        "weighted_metrics": _each(metric, settings.get("weighted_metrics")),
        "loss_weights": settings.get("loss_weights"),
        "sample_weight_mode": None,
    }


_OPTIMIZERS = ("Adadelta", "Adagrad", "Adam", "Adamax", "Ftrl", "Nadam", "RMSprop", "SGD")
# Options that came with Keras 2.11 and later, with the values that ask for nothing.
_NEWER = {
    "weight_decay": None, "clipnorm": None, "global_clipnorm": None, "clipvalue": None,
    "use_ema": False, "ema_momentum": _ANY, "ema_overwrite_frequency": _ANY,
    "loss_scale_factor": None, "gradient_accumulation_steps": None,
}
_CLIPS = ("clipnorm", "global_clipnorm", "clipvalue")


def is_plain(config: dict) -> bool:
    """Whether an optimizer is one that every version of Keras knows."""
    inner = config.get("config")
    return config.get("class_name") in _OPTIMIZERS and isinstance(inner, dict) and all(
        k in _CLIPS or v is _ANY or inner.get(k, v) == v for k, v in _NEWER.items()
    )


def lowered_optimizer(config: dict) -> dict:
    """An optimizer's configuration as `.h5` files have it."""
    out = lowered(config)
    if is_plain(config):
        inner = out["config"]
        out["config"] = {
            k: v for k, v in inner.items()
            if k not in _NEWER or (_NEWER[k] is not _ANY and v != _NEWER[k])
        }
    return out


def _as_class(family, config):
    """The class of a function's name: Keras 3 does not read names in `.h5` files."""
    if not isinstance(config, str):
        return lowered(config)
    function = family.get(config)
    name = "".join(p.capitalize() for p in getattr(function, "__name__", "").split("_"))
    if name not in dir(family):
        return config
    made = {"name": config}
    if family.__name__.endswith("losses"):
        made["reduction"] = "sum_over_batch_size"
    return {"class_name": name, "config": made}


# Layers and models ------------------------------------------------------------------------------

# Options that Keras 2 lacks, with the values that ask for nothing.
_ONLY_KERAS3 = {
    "synchronized": False, "renorm": False, "renorm_clipping": None, "renorm_momentum": 0.99,
    "zero_output_for_mask": False, "quantization_config": None, "rms_scaling": False,
    "use_gate": False, "sliding_window": None, "lora_rank": None, "lora_alpha": None,
    "oov_method": "floormod", "salt": None, "pad_to_aspect_ratio": False, "antialias": False,
    "optional": False, "input_axes": None, "output_axes": None,
}
_ONLY_KERAS3_OF = {
    "AlphaDropout": ("noise_shape",),
    "CenterCrop": ("data_format",),
    "Conv3DTranspose": ("dilation_rate",),
    "GRU": ("seed",), "LSTM": ("seed",), "SimpleRNN": ("seed",),
    "GRUCell": ("seed",), "LSTMCell": ("seed",), "SimpleRNNCell": ("seed",),
    "Attention": ("seed",), "AdditiveAttention": ("seed",), "MultiHeadAttention": ("seed",),
    "RandomContrast": ("data_format", "value_range"),
    "RandomBrightness": ("data_format",), "RandomCrop": ("data_format",),
    "RandomFlip": ("data_format",), "RandomRotation": ("data_format",),
    "RandomTranslation": ("data_format",), "RandomZoom": ("data_format",),
    "Resizing": ("data_format", "fill_mode", "fill_value"),
    "ZeroPadding1D": ("data_format",),
    "Sequential": ("trainable", "dtype"),
}
_RENAMED = {"InputLayer": {"batch_shape": "batch_input_shape"},
            "LeakyReLU": {"negative_slope": "alpha"}}


def lowered(value, listed: bool = True):
    """A configuration in Keras 3's form in Keras 2's, which Keras 3 reads in `.h5` files.

    Models, and the layers that they list (`listed`), lose the name of their module; what stands in
    a layer's options keeps it.
    """
    if isinstance(value, (list, tuple)):
        return [lowered(v, False) for v in value]
    if not isinstance(value, dict):
        return value
    name = value.get("class_name")
    if name is None or "config" not in value:
        return {k: lowered(v, False) for k, v in value.items()}
    inner = value["config"]
    if name in ("DTypePolicy", "Policy"):
        return inner.get("name")
    if name == "function":
        return inner if isinstance(inner, str) else value.get("registered_name")
    if not isinstance(inner, dict):
        return value
    if name == "Lambda":
        return {"class_name": name, "config": _lowered_lambda(inner)}
    if "input_layers" in inner and "layers" in inner:
        inner = _lowered_graph(inner)
    elif name == "Sequential":
        inner = {**inner, "layers": [lowered(entry) for entry in inner["layers"]]}
    else:
        inner = {k: lowered(v, False) for k, v in inner.items()}
    for old, new in _RENAMED.get(name, {}).items():
        if old in inner:
            inner[new] = inner.pop(old)
    for key in _ONLY_KERAS3_OF.get(name, ()):
        inner.pop(key, None)
    if value.get("module") is not None:
        inner = {k: v for k, v in inner.items()
                 if k not in _ONLY_KERAS3 or v != _ONLY_KERAS3[k]}
    if listed:
        return {"class_name": value.get("registered_name") or name, "config": inner}
    kept = ("module", "class_name", "registered_name")
    return {**{k: value.get(k) for k in kept}, "config": inner}


def _lowered_lambda(config: dict) -> dict:
    config = {k: lowered(v, False) for k, v in config.items() if k != "function"} | {
        "function": config["function"]
    }
    function = config["function"]
    if isinstance(function, dict) and function.get("class_name") == "__lambda__":
        inner = function["config"]
        config["function"] = [inner["code"], inner["defaults"], inner["closure"]]
        config["function_type"] = "lambda"
    else:
        config["function"] = lowered(function)
        config["function_type"] = "function"
    config.setdefault("output_shape", None)
    config["output_shape_type"] = "raw"
    return config


class _OnlyKeras3(Exception):
    """A call that Keras 2's form cannot say."""


def _lowered_graph(config: dict) -> dict:
    """A functional model's configuration, its calls as lists of [layer, call, output, options].

    Keras 2 counts the calls of a model that has an input from 1. A model with a call that cannot
    be written so keeps Keras 3's form.
    """
    layers = []
    for entry in config["layers"]:
        calls = entry["inbound_nodes"]
        function = functions.older(entry)
        if function is not None:
            # Keras 2's functions have one value before their options.
            calls = [
                {"args": n["args"][:1], "kwargs": {**dict(zip("y", n["args"][1:])), "name": None}}
                for n in calls
            ]
        found = function or lowered(entry)
        layers.append({**found, "name": entry.get("name"), "inbound_nodes": calls})
    first = {e["name"]: int(_has_input(e)) for e in layers}
    from_outside = {e["name"]: int("input_layers" in e["config"]) for e in layers}

    def reference(history) -> list:
        layer, number, output = history
        return [layer, number + first[layer], output]

    def outer(structure):
        if isinstance(structure, dict):
            return {k: outer(v) for k, v in structure.items()}
        if len(structure) == 3 and isinstance(structure[0], str):
            layer, number, output = structure
            return reference([layer, number - from_outside[layer], output])
        return [outer(v) for v in structure]

    out = {k: lowered(v, False) for k, v in config.items() if k not in ("layers", *_ENDS)}
    try:
        for entry in layers:
            found = [_lowered_call(n, reference) for n in entry["inbound_nodes"]]
            # Functions keep the form of their first value.
            one = entry["class_name"] == "TFOpLambda"
            entry["inbound_nodes"] = [n[0] for n in found] if one else found
    except _OnlyKeras3:
        calls = [e.get("inbound_nodes") for e in config["layers"]]
        kept = [{**e, "inbound_nodes": c} for e, c in zip(layers, calls, strict=True)]
        return {**out, "layers": kept, **{k: config[k] for k in _ENDS}}
    ends = {k: outer(config[k]) for k in _ENDS}
    for key, found in ends.items():
        if found and isinstance(found, list) and isinstance(found[0], str):
            ends[key] = [found]
    return {**out, "layers": layers, **ends}


_ENDS = ("input_layers", "output_layers")


def _has_input(entry: dict) -> bool:
    """Whether a layer is a model that knows its input."""
    config = entry["config"]
    if "input_layers" in config:
        return True
    inside = config.get("layers") if entry["class_name"] == "Sequential" else None
    return bool(inside) and inside[0]["class_name"] == "InputLayer"


def _lowered_call(node: dict, reference) -> list:
    if any(a is not None for a in node["args"][1:]) or not node["args"]:
        raise _OnlyKeras3

    def option(value):
        if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
            return reference(value["config"]["keras_history"])
        if isinstance(value, list):
            return [option(v) for v in value]
        if isinstance(value, dict) and "class_name" in value:
            raise _OnlyKeras3
        return {k: option(v) for k, v in value.items()} if isinstance(value, dict) else value

    options = {k: option(v) for k, v in node["kwargs"].items() if v is not None or k == "name"}

    def tensor(value):
        if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
            return [*reference(value["config"]["keras_history"]), dict(options)]
        if isinstance(value, list) and value:
            return [tensor(v) for v in value]
        if isinstance(value, (int, float)):
            return ["_CONSTANT_VALUE", -1, value, dict(options)]
        raise _OnlyKeras3

    found = tensor(node["args"][0])
    return [found] if isinstance(found[0], str) else found
