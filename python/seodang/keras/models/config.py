"""Functional models as configurations, in Keras 3's form; Keras 2's is read as well."""

from __future__ import annotations

from ... import _nest
from .. import _symbolic
from ..saving import functions, objects
from ..saving.registration import CustomObjectScope


def functional_config(model) -> dict:
    """The configuration of a functional model: its layers and how they are connected."""
    graph = model._graph
    # A node's number among those of its layer that belong to this model.
    numbers = {
        id(node): i for layer in graph.layers for i, node in enumerate(graph.nodes_of(layer))
    }

    def tensor(x) -> list:
        layer, _, index = x._keras_history
        return [layer.name, numbers[id(x.node)], index]

    def end(x) -> list:
        # Keras counts the calls of a functional model from 1 here, and from 0 elsewhere.
        layer, number, index = tensor(x)
        return [layer, number + int(is_functional(x._keras_history[0])), index]

    def argument(value):
        if _symbolic.is_symbolic(value):
            return {
                "class_name": "__keras_tensor__",
                "config": {
                    "shape": list(value.shape),
                    "dtype": value.dtype.name,
                    "keras_history": tensor(value),
                },
            }
        if isinstance(value, tuple):
            return {"class_name": "__tuple__", "items": [argument(v) for v in value]}
        if isinstance(value, list):
            return [argument(v) for v in value]
        if isinstance(value, dict):
            return {k: argument(v) for k, v in value.items()}
        if isinstance(value, slice):
            parts = [argument(v) for v in (value.start, value.stop, value.step)]
            return {"class_name": "__slice__", "config": parts}
        if value is Ellipsis:
            return {"class_name": "__ellipsis__", "config": {}}
        return objects.serialize_keras_object(value)

    layers = []
    for layer in graph.layers:
        entry = functions.operation_of(layer, graph.nodes_of(layer))
        entry = entry or objects.serialize_keras_object(layer)
        entry["name"] = layer.name
        entry["inbound_nodes"] = [
            {"args": [argument(a) for a in node.args], "kwargs": argument(node.kwargs)}
            for node in graph.nodes_of(layer)
            if not node.is_input
        ]
        layers.append(entry)
    return {
        "name": model.name,
        "trainable": model._trainable,
        "layers": layers,
        "input_layers": _symbolic.map_values(end, _plain(graph.inputs)),
        "output_layers": _symbolic.map_values(end, _plain(graph.outputs)),
    }


def is_functional(layer) -> bool:
    """Whether a layer is a model of symbolic inputs and outputs, other than a Sequential."""
    from .model import Model
    from .sequential import Sequential

    if not isinstance(layer, Model) or isinstance(layer, Sequential):
        return False
    return layer.__dict__.get("_graph") is not None


def _plain(structure):
    """Tuples as lists, which is what JSON keeps."""
    if isinstance(structure, (list, tuple)):
        return [_plain(x) for x in structure]
    return structure


def functional_from_config(cls, config: dict, custom_objects: dict | None = None):
    """The functional model of a configuration.

    Raises ValueError for connections to layers that are not there.
    """
    with CustomObjectScope(custom_objects or {}):
        layers, pending = {}, []
        for entry in config["layers"]:
            name = entry.get("name") or entry["config"]["name"]
            # Being called builds the layer, with shapes that are certainly right.
            bare = {k: v for k, v in entry.items() if k not in ("build_config", "inbound_nodes")}
            bare.setdefault("module", "keras.layers")
            layers[name] = objects.deserialize_keras_object(bare)
            for node in entry.get("inbound_nodes") or []:
                pending.append((name, node))
    old = any(isinstance(node, list) for _, node in pending)
    first = _first_calls(config, pending) if old else {}
    # Calls of one layer keep their order; a call waits until its inputs are there.
    made = {n: [x] for n, x in _inputs(layers).items()}
    while pending:
        waiting = []
        for name, node in pending:
            blocked = any(n == name for n, _ in waiting)
            arguments = None if blocked else _arguments(node, made, first)
            if arguments is None:
                waiting.append((name, node))
                continue
            args, kwargs = arguments
            if getattr(layers[name], "symbol", None) in _symbolic.OPERATORS:
                # Operators take their values in order, which Keras 2 writes by name.
                args, kwargs = [*args, *(v for k, v in kwargs.items() if k != "name")], {}
            result = layers[name](*args, **kwargs)
            made.setdefault(name, []).append(result)
        if len(waiting) == len(pending):
            raise ValueError(
                "The configuration's layers cannot be connected: no inputs are known for "
                f"{sorted({n for n, _ in waiting})}"
            )
        pending = waiting
    ends = [config["input_layers"], config["output_layers"]]
    if old:
        # Keras 2 has a list even around one value.
        ends = [e[0] if len(e) == 1 and not isinstance(e, dict) else e for e in ends]
        shift = first
    else:
        shift = {n: int(is_functional(layer)) for n, layer in layers.items()}
    inputs, outputs = (_references(e, made, shift) for e in ends)
    name, trainable = config.get("name"), config.get("trainable", True)
    from .functional import Functional
    from .model import Model

    if cls in (Model, Functional):
        model = Functional(inputs, outputs, name=name)
    else:
        model = cls(inputs=inputs, outputs=outputs, name=name)
    if trainable is False:
        model.trainable = False
    return model


def _inputs(layers: dict) -> dict:
    return {
        name: layer._inbound_nodes[0].structure
        for name, layer in layers.items()
        if layer._is_input_layer
    }


def _first_calls(config: dict, pending: list) -> dict[str, int]:
    """The number of each layer's first call: Keras 2 gives that of models with an input number 1.

    Every call's result is used somewhere, so the smallest number that is named is the first.
    """
    first: dict[str, int] = {}

    def visit(value) -> None:
        if isinstance(value, dict):
            for v in value.values():
                visit(v)
        elif isinstance(value, list):
            if len(value) >= 3 and isinstance(value[0], str) and type(value[1]) is int:
                first[value[0]] = min(value[1], first.get(value[0], value[1]))
            for v in value:
                visit(v)

    visit([node for _, node in pending])
    visit([config["input_layers"], config["output_layers"]])
    return first


def _lookup(history, made: dict, first: dict):
    name, node, index = history[:3]
    results = made.get(name, [])
    node -= first.get(name, 0)
    if node < 0:
        raise ValueError(f"Layer {name} has no call number {history[1]}.")
    if node >= len(results):
        return None
    flat = _nest.flatten(results[node])
    if index >= len(flat):
        raise ValueError(f"Layer {name} has no output number {index}.")
    return flat[index]


class _NotYet(Exception):
    pass


def _arguments(node, made: dict, first: dict):
    """The arguments of a call, or None if one of them is not there yet."""

    def value(x):
        if isinstance(x, dict):
            kind = x.get("class_name")
            if kind == "__keras_tensor__":
                found = _lookup(x["config"]["keras_history"], made, first)
                if found is None:
                    raise _NotYet
                return found
            if kind == "__tuple__":
                return tuple(value(v) for v in x.get("items", x.get("config")))
            if kind == "__slice__":
                return slice(*(value(v) for v in x["config"]))
            if kind == "__ellipsis__":
                return Ellipsis
            if kind is not None and "config" in x:
                return objects.deserialize_keras_object(x)
            return {k: value(v) for k, v in x.items()}
        if isinstance(x, list):
            return [value(v) for v in x]
        return x

    try:
        if isinstance(node, dict):
            return [value(a) for a in node.get("args", [])], value(node.get("kwargs", {}))
        return _keras2_arguments(node, made, first)
    except _NotYet:
        return None


def _keras2_arguments(node, made: dict, first: dict):
    """The arguments of a call in Keras 2's form: lists of [name, node, output, kwargs]."""
    kwargs: dict = {}

    def reference(x):
        found = _lookup(x, made, first)
        if found is None:
            raise _NotYet
        return found

    def keyword(v):
        if isinstance(v, list) and len(v) >= 3 and isinstance(v[0], str) and v[0] in first:
            return reference(v)
        if isinstance(v, list) and v[:2] == ["_CONSTANT_VALUE", -1]:
            return v[2]
        return [keyword(x) for x in v] if isinstance(v, list) else v

    if node and isinstance(node[0], str):
        # One input, not in a list.
        node = [node]
    values = []
    for item in node:
        if item[0] == "_CONSTANT_VALUE":
            values.append(item[2])
        else:
            values.append(reference(item))
        if len(item) > 3 and isinstance(item[3], dict):
            kwargs.update({k: keyword(v) for k, v in item[3].items()})
    return [values[0] if len(values) == 1 else values], kwargs


def _references(structure, made: dict, first: dict):
    """The symbolic values that a structure of [name, node, output] stands for."""
    if isinstance(structure, dict):
        return {k: _references(v, made, first) for k, v in structure.items()}
    if structure and isinstance(structure[0], str):
        found = _lookup(structure, made, first)
        if found is None:
            raise ValueError(f"The configuration names a layer that is not there: {structure}")
        return found
    return [_references(x, made, first) for x in structure]
