"""`Sequential`: layers in a row."""

from __future__ import annotations

from ... import _native as native
from ..._language import both
from ..._shapes import TensorShape
from .. import _scope, _symbolic
from ..layers.base import Layer
from ..layers.input_layer import Input, InputLayer
from .model import Model


class Sequential(Model):
    """A model whose layers run one after the other.

    Args:
        layers: the layers; more can be added with `add`.
        name: the name.
    """

    def __init__(self, layers=None, name: str | None = None, trainable: bool = True) -> None:
        super().__init__(name=name, trainable=trainable)
        self.__dict__["_chain"] = []
        self.__dict__["_inferred"] = False
        if layers is not None:
            if isinstance(layers, (Layer, _symbolic.KerasTensor)):
                layers = [layers]
            if not isinstance(layers, (list, tuple)) and not hasattr(layers, "__iter__"):
                raise TypeError(both(
                    f"`layers` must be a list of layers. Received: layers={layers!r}",
                    "`layers`는 층의 리스트여야 합니다.",
                ))
            for layer in layers:
                self._append(layer)
            self._connect_chain()

    def _append(self, layer) -> None:
        if _symbolic.is_symbolic(layer):
            layer = layer._keras_history[0]
        if not isinstance(layer, Layer):
            if callable(layer) and not isinstance(layer, type):
                from ..layers.lambda_layer import Lambda

                layer = Lambda(layer)
            else:
                raise TypeError(both(
                    "The added layer must be an instance of class Layer. Received: "
                    f"layer={layer} of type {type(layer)}.",
                    f"더하려는 것은 층이 아닙니다: {type(layer)}. 클래스가 아니라 `Dense(10)`처럼 만든 층을 주세요.",
                ))
        chain = self._chain
        if isinstance(layer, InputLayer) and chain:
            raise ValueError(both(
                f"The input layer {layer.name} cannot be added after other layers of the "
                f"Sequential model {self.name}.",
                f"입력 층 {layer.name}은(는) 다른 층 뒤에 더할 수 없습니다.",
            ))
        if any(other.name == layer.name for other in chain):
            raise ValueError(both(
                "All layers added to a Sequential model should have unique names. Name "
                f'"{layer.name}" is already the name of a layer in this model. Update the `name` '
                "argument to pass a unique name.",
                f'"{layer.name}"이라는 층이 이미 있습니다. `name`을 다르게 주세요.',
            ))
        chain.append(layer)

    def add(self, layer) -> None:
        """Adds a layer at the end.

        Raises TypeError for what is no layer and ValueError for a name that is taken.
        """
        self._append(layer)
        state = self.__dict__
        if state["_inferred"]:
            # The shape came from data: the next call finds the new layer's.
            state["_graph"], state["_inferred"], state["built"] = None, False, False
        self._connect_chain(new=layer)
        self._changed()

    def pop(self) -> Layer:
        """Removes the last layer and returns it.

        Raises TypeError if there is none.
        """
        chain = self._chain
        if not self.layers:
            raise TypeError(both(
                "There are no layers in the model.",
                "모델에 층이 없습니다.",
            ))
        layer = chain.pop()
        state = self.__dict__
        if state["_graph"] is not None:
            symbol = state["_graph"].flat_inputs[0]
            state["_graph"], state["built"] = None, False
            if len(chain) > (1 if isinstance(chain[0], InputLayer) else 0) or chain:
                self._rewire(symbol)
        self._changed()
        return layer

    def _changed(self) -> None:
        """Forgets what was traced of the chain as it was."""
        forget = getattr(self, "_reset_functions", None)
        if forget is not None:
            forget()

    # The graph -------------------------------------------------------------------------------

    def _connect_chain(self, new=None) -> None:
        """Calls the layers on symbolic values, once the input's shape is known."""
        state, chain = self.__dict__, self._chain
        if not chain:
            return
        graph = state["_graph"]
        if graph is not None and new is not None:
            outputs = chain[-1](graph.outputs)
            self._set_graph(graph.inputs, outputs)
            return
        first = chain[0]
        if isinstance(first, InputLayer):
            self._rewire(first._inbound_nodes[0].structure)
            return
        inner = first
        while isinstance(inner, Model) and inner.__dict__.get("_graph") is None:
            nested = inner.layers
            if not nested:
                return
            inner = nested[0]
        if isinstance(inner, Model):
            inputs = inner.__dict__["_graph"].flat_inputs
            if len(inputs) != 1:
                return
            shape, dtype = inputs[0].shape, inputs[0].dtype
        elif inner._batch_input_shape is not None:
            shape, dtype = inner._batch_input_shape, inner._input_dtype or _input_dtype(inner)
        else:
            return
        self._rewire(Input(batch_shape=tuple(shape), dtype=dtype, name=first.name + "_input"))

    def _rewire(self, symbol) -> None:
        x = symbol
        for layer in self._chain:
            if isinstance(layer, InputLayer):
                continue
            x = layer(x)
        self._set_graph(symbol, x)

    def _flat_chain(self) -> list:
        return [layer for layer in self._chain if not isinstance(layer, InputLayer)]

    @property
    def _layers(self) -> list:
        state = self.__dict__
        chain = list(state.get("_chain", ()))
        extra = [x._keras_history[0] for x in self._symbolic_extras()]
        own = [x for x in Layer._layers.fget(self) if all(x is not c for c in chain)]
        graph = state.get("_graph")
        first = [graph.flat_inputs[0]._keras_history[0]] if graph is not None else []
        first = [x for x in first if all(x is not c for c in chain)]
        return [*first, *chain, *extra, *own]

    @property
    def layers(self) -> list:
        """The layers without the input."""
        return [x for x in self._chain if not isinstance(x, InputLayer)]

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape, the batch included."""
        state = self.__dict__
        if state["_graph"] is not None:
            return
        if input_shape is None:
            raise ValueError("You must provide an `input_shape` argument.")
        if not self._chain:
            raise ValueError(both(
                f"Sequential model {self.name} cannot be built because it has no layers. Call "
                "`model.add(layer)`.",
                f"모델 {self.name}에 층이 없습니다. `model.add(layer)`로 더하세요.",
            ))
        shape = tuple(TensorShape(input_shape))
        state["_build_shapes"] = shape
        first = self._flat_chain()[0]
        name = first.name + "_input"
        self._rewire(Input(batch_shape=shape, dtype=_input_dtype(first), name=name))

    def _maybe_build(self, args: tuple, kwargs: dict, signature) -> None:
        state = self.__dict__
        if state["built"]:
            return
        if type(self).call is not Sequential.call or not self._chain:
            super()._maybe_build(args, kwargs, signature)
            return
        x = args[0] if args else None
        shape = getattr(x, "shape", None)
        if shape is None or not isinstance(x, (native.Tensor, native.Variable)):
            state["built"] = True
            return
        # Inside `fit` and `predict` the number of rows varies; a plain call's shows.
        varying = native.is_tracing() or _scope.stack.rows_vary or not len(tuple(shape))
        rows = None if varying else tuple(shape)[0]
        whole = (rows, *tuple(shape)[1:]) if len(tuple(shape)) else ()
        state["_build_shapes"] = whole
        name = self._flat_chain()[0].name + "_input"

        def connect():
            self._rewire(Input(batch_shape=whole, dtype=x.dtype, name=name))

        # Shapes of this call only: another call may bring others.
        state["_inferred"] = True
        native.eagerly(connect) if native.is_tracing() else connect()
        state["_inferred"] = True
        state["built"] = True

    def call(self, inputs, training=None, mask=None):
        """Runs the layers in a row."""
        with self._inside(training):
            graph = self.__dict__["_graph"]
            x = inputs
            if graph is not None and not self._inferred:
                known = graph.bind(inputs, self.name)
                x = next(iter(known.values()))
            elif mask is not None and getattr(x, "_keras_mask", None) is None:
                x._keras_mask = mask
            for layer in self._flat_chain():
                x = layer(x)
            self._run_extras(inputs)
        return x

    def _infer_outputs(self, args: tuple, kwargs: dict):
        x = args[0]
        graph = self.__dict__["_graph"]
        if graph is not None and type(self).call is Sequential.call and not self._inferred:
            return graph.infer(x, self.name)
        for layer in self._flat_chain():
            x = layer._infer((x,), {})
        return x

    # Configuration ---------------------------------------------------------------------------

    def get_config(self) -> dict:
        """The name and the layers' configurations."""
        from ..saving.objects import serialize_keras_object

        graph = self.__dict__["_graph"]
        layers = list(self._chain)
        if graph is not None and not isinstance(layers[0], InputLayer) and not self._inferred:
            layers.insert(0, graph.flat_inputs[0]._keras_history[0])
        entries = [serialize_keras_object(layer) for layer in layers]
        config = {"name": self.name, "trainable": self._trainable, "layers": entries}
        if graph is not None:
            config["build_input_shape"] = tuple(graph.flat_inputs[0].shape)
        elif self._build_shapes is not None:
            config["build_input_shape"] = tuple(self._build_shapes)
        return config

    @classmethod
    def from_config(cls, config, custom_objects: dict | None = None) -> Sequential:
        """The model of a configuration; Keras 2's list of layers as well."""
        from ..saving.objects import deserialize_keras_object
        from ..saving.registration import CustomObjectScope

        with CustomObjectScope(custom_objects or {}):
            if isinstance(config, (list, tuple)):
                config = {"layers": list(config), "name": None}
            model = cls.__new__(cls)
            Sequential.__init__(model, name=config.get("name"))
            for item in config["layers"]:
                item = {**item}
                item.setdefault("module", "keras.layers")
                item.pop("build_config", None)
                model._append(deserialize_keras_object(item))
            model._connect_chain()
            shape = config.get("build_input_shape")
            if model._graph is None and shape and model._chain:
                model.build(tuple(shape))
        return model


def _input_dtype(layer):
    """The type of a first layer's inputs: integers' layers take floats as well."""
    record = getattr(layer, "_record", "")
    if type(layer).__name__ in ("TextVectorization", "StringLookup"):
        return "string"
    if type(layer).__name__ == "IntegerLookup":
        return "int64"
    if record == "Embedding":
        return "int32"
    return layer.compute_dtype
