"""The older `.h5` files: a layer's weights under its name, and whole models beside them.

What is written follows Keras 2, which Keras 3 reads as well. The optimizer's state does so too:
Keras 3 cannot restore that of any `.h5` file, since it builds the optimizer for no weights.
"""

from __future__ import annotations

import itertools
import json
import warnings

import numpy as np

from . import keras2, optimizer_state, paths, trees
from .objects import deserialize_keras_object, serialize_keras_object
from .registration import WeightsOf
from .weights_h5 import KERAS_VERSION, after_loading

# Attributes of HDF5 files hold less than 64 KiB; longer lists are split, as Keras splits them.
_MAX_ATTRIBUTE = 64_512
_OWN = "top_level_model_weights"


def jsonable(value):
    """What `json.dumps` asks for other values than JSON's."""
    from ..models.model import _jsonable

    return _jsonable(value)


# Lists of names ---------------------------------------------------------------------------------


def _set_names(group: dict, key: str, names: list[str]) -> None:
    size = max((len(n.encode()) for n in names), default=1)
    step = max(1, _MAX_ATTRIBUTE // (16 + size))
    if len(names) <= step:
        group["attributes"][key] = names
        return
    for i in range(0, len(names), step):
        group["attributes"][f"{key}{i // step}"] = names[i : i + step]


def _names(group: dict, key: str) -> list[str]:
    """A list of names, which Keras splits when it is long."""
    attributes = group["attributes"]
    if key in attributes:
        found = attributes[key]
        return [found] if isinstance(found, str) else list(found or [])
    out: list[str] = []
    for number in itertools.count():
        found = attributes.get(f"{key}{number}")
        if not found:
            return out
        out += [found] if isinstance(found, str) else list(found)


def holds_layers(root: dict) -> bool:
    """Whether a file is one of these, not one of `.weights.h5`."""
    names = ("layer_names", "layer_names0")
    return "model_weights" in root["groups"] or any(n in root["attributes"] for n in names)


# Weights ----------------------------------------------------------------------------------------


def _weights(layer) -> list:
    return [*layer.trainable_weights, *layer.non_trainable_weights]


def _own_weights(model) -> list:
    """The weights of a model that belong to none of its layers."""
    inside = {id(v) for layer in model.layers for v in layer.weights}
    return [v for v in _weights(model) if id(v) not in inside]


def _write_arrays(group: dict, prefix: str, named: list) -> None:
    """Arrays under names of their own; `named` has pairs of name and variable."""
    names: list[str] = []
    for i, (name, v) in enumerate(named):
        name = name if "/" in name or not prefix else f"{prefix}/{name}"
        name = name if name not in names else f"{name}_{i}"
        names.append(name)
        folder, _, leaf = name.rpartition("/")
        trees.at(group, folder)["arrays"][leaf] = paths.array_of(v)
    _set_names(group, "weight_names", names)


def _read_arrays(group: dict, what: str) -> list:
    arrays = []
    for weight in _names(group, "weight_names"):
        folder, _, leaf = weight.rpartition("/")
        holder = trees.find(group, folder)
        if holder is None or leaf not in holder["arrays"]:
            raise ValueError(f"The file lacks the weight {weight!r} of {what}.")
        arrays.append(holder["arrays"][leaf])
    return arrays


def write_layers(model, root: dict) -> None:
    """Puts the layers' weights into a tree."""
    layers = model.layers
    root["attributes"].update(backend="tensorflow", keras_version=KERAS_VERSION)
    _set_names(root, "layer_names", [layer.name for layer in layers])
    for layer in layers:
        named = [(v.name, v) for v in _weights(layer)]
        _write_arrays(trees.at(root, layer.name), layer.name, named)
    _write_arrays(trees.at(root, _OWN), "", [(v.name, v) for v in _own_weights(model)])


def load_layers(model, root: dict, by_name: bool, skip_mismatch: bool) -> None:
    """Puts the weights of a tree into a model; all of them fit, or none is changed."""
    empty = trees.group()
    saved = [
        # The name of a layer may be a path.
        (n, _read_arrays(trees.find(root, n) or empty, f"layer {n!r}"))
        for n in _names(root, "layer_names")
    ]
    changes: list = []
    if by_name:
        index = dict(saved)
        pairs = [(layer, index[layer.name]) for layer in model.layers if index.get(layer.name)]
    else:
        own = [layer for layer in model.layers if layer.weights]
        filled = [arrays for _, arrays in saved if arrays]
        if len(own) != len(filled):
            raise ValueError(
                "Layer count mismatch when loading weights from file. Model expected "
                f"{len(own)} layers, found {len(filled)} saved layers."
            )
        pairs = list(zip(own, filled, strict=True))
    for layer, arrays in pairs:
        _plan(layer.name, _weights(layer), arrays, skip_mismatch, changes)
    own = _own_weights(model)
    arrays = _read_arrays(root["groups"].get(_OWN, empty), "the model")
    if arrays or (own and _OWN in root["groups"]):
        _plan(model.name, own, arrays, skip_mismatch, changes)
    for v, a in changes:
        v.assign(np.asarray(a).astype(v.numpy().dtype))
    after_loading(model)


def _plan(name: str, own: list, arrays: list, skip_mismatch: bool, changes: list) -> None:
    """Notes which variable gets which array."""
    problems = []
    if len(own) != len(arrays):
        problems.append(
            f"Weight count mismatch for layer {name}: it expects {len(own)} weight(s). "
            f"Received {len(arrays)} saved weight(s)"
        )
        own, arrays = [], []
    for v, a in zip(own, arrays, strict=True):
        if tuple(v.shape) == tuple(a.shape):
            changes.append((v, a))
            continue
        problems.append(
            f"Shape mismatch in layer {name} for weight {v.name}. Weight expects "
            f"shape {tuple(v.shape)}. Received saved weight with shape {tuple(a.shape)}"
        )
    for problem in problems:
        if not skip_mismatch:
            raise ValueError(problem)
        warnings.warn(f"Skipping loading of weights. {problem}", stacklevel=5)


# Whole models -----------------------------------------------------------------------------------


def model_tree(model, include_optimizer: bool) -> dict:
    """The tree of a whole model."""
    root = trees.group()
    config = keras2.lowered(serialize_keras_object(model))
    config.pop("compile_config", None)
    root["attributes"].update(
        model_config=json.dumps(config, default=jsonable),
        backend="tensorflow",
        keras_version=KERAS_VERSION,
    )
    write_layers(model, trees.at(root, "model_weights"))
    settings = model.get_compile_config() if getattr(model, "compiled", False) else None
    if settings is None or not include_optimizer:
        return root
    root["attributes"]["training_config"] = json.dumps(
        keras2.lowered_training(settings), default=jsonable
    )
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None:
        named = optimizer_state.keras2(optimizer, keras2.is_plain(settings["optimizer"]))
        _write_arrays(trees.at(root, "optimizer_weights"), "", named)
    return root


def load_model(root: dict, path: str, compile: bool):
    """The model of a tree."""
    text = root["attributes"].get("model_config")
    if not isinstance(text, str):
        raise ValueError(f"No model config found in the file at {path}.")
    config = json.loads(text)
    if not isinstance(config, dict):
        raise ValueError(f"The model config in the file at {path} is no configuration.")
    config.pop("compile_config", None)
    with WeightsOf(trees.size(root)):
        model = deserialize_keras_object({"module": "keras", **config})
    if not hasattr(model, "_is_layer"):
        raise ValueError(f"The model config in the file at {path} describes no model.")
    load_layers(model, root["groups"].get("model_weights", root), False, False)
    settings = root["attributes"].get("training_config")
    if not compile or not settings or not hasattr(model, "compile"):
        return model
    settings = json.loads(settings)
    if "optimizer_config" in settings:
        model.compile(**keras2.compile_arguments(settings))
    else:
        model.compile_from_config(settings)
    saved = root["groups"].get("optimizer_weights")
    if saved is not None and model.optimizer is not None:
        arrays = _read_arrays(saved, "the optimizer")
        names = _names(saved, "weight_names")
        if arrays:
            optimizer_state.restore(model.optimizer, model.trainable_variables, arrays, names)
    return model
