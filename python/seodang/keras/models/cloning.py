"""`clone_model`: the same layers with new weights."""

from __future__ import annotations

from ... import _nest
from .. import _symbolic
from ..layers.input_layer import Input, InputLayer
from ..saving.registration import SafeMode
from .functional import Functional
from .model import Model
from .sequential import Sequential


def clone_model(model, input_tensors=None, clone_function=None, **kwargs):
    """A model with the same layers and newly initialized weights.

    Args:
        model: the model.
        input_tensors: symbolic inputs for the new model.
        clone_function: a function from a layer to the layer that takes its place.

    Raises ValueError for what is no model, or a subclassed one with a `clone_function`.
    """
    if not isinstance(model, Model):
        raise ValueError(f"Expected `model` argument to be a `Model` instance. Received: {model}")
    copy = clone_function or _copied
    if isinstance(model, Sequential):
        return _clone_sequential(model, input_tensors, copy)
    if model.__dict__.get("_graph") is None or type(model) is not Functional:
        if clone_function is not None:
            raise ValueError(
                "Expected `clone_function` argument to be None for a subclassed model. Received: "
                f"clone_function={clone_function}"
            )
        new = model.__class__.from_config(model.get_config())
        if model._build_shapes is not None and not new.built:
            new.build(model._build_shapes)
        return new
    return _clone_functional(model, input_tensors, copy)


def _copied(layer):
    # The code of lambdas comes from the program itself.
    with SafeMode(False):
        return layer.__class__.from_config(layer.get_config())


def _clone_sequential(model, input_tensors, copy):
    layers = [x if isinstance(x, InputLayer) else copy(x) for x in model._chain]
    if input_tensors is not None:
        layers = [x for x in layers if not isinstance(x, InputLayer)]
        layers.insert(0, _nest.flatten(input_tensors)[0])
    elif layers and isinstance(layers[0], InputLayer):
        layers[0] = InputLayer.from_config(layers[0].get_config())
    elif model._graph is not None and layers:
        symbol = model._graph.flat_inputs[0]
        name = symbol._keras_history[0].name
        layers.insert(0, Input(batch_shape=tuple(symbol.shape), dtype=symbol.dtype, name=name))
    new = Sequential(layers, name=model.name)
    new.trainable = model.trainable
    return new


def _clone_functional(model, input_tensors, copy):
    graph = model._graph
    if input_tensors is None:
        given = [
            Input(batch_shape=tuple(x.shape), dtype=x.dtype, name=x._keras_history[0].name)
            for x in graph.flat_inputs
        ]
    else:
        given = _nest.flatten(input_tensors)
    known = {id(x): v for x, v in zip(graph.flat_inputs, given, strict=True)}
    layers: dict[int, object] = {}
    for node in graph.nodes:
        if node.is_input or all(id(x) in known for x in node.outputs):
            continue
        layer = layers.get(id(node.layer))
        if layer is None:
            if hasattr(node.layer, "symbol"):
                # Functions have no weights to clone.
                layer = type(node.layer)(node.layer.function, node.layer.symbol,
                                         name=node.layer.name)
            else:
                layer = copy(node.layer)
            layers[id(node.layer)] = layer
        args, kwargs = _symbolic.map_values(lambda x: known[id(x)], (node.args, node.kwargs))
        result = layer(*args, **kwargs)
        for x, v in zip(node.outputs, _nest.flatten(result), strict=True):
            known[id(x)] = v
    inputs = _symbolic.map_values(lambda x: known[id(x)], graph.inputs)
    outputs = _symbolic.map_values(lambda x: known[id(x)], graph.outputs)
    return Functional(inputs, outputs, name=model.name)
