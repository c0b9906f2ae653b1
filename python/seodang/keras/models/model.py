"""`Model`: layers grouped into an object that trains, predicts and is saved."""

from __future__ import annotations

import contextlib
import json
from typing import Self

import numpy as np

from ... import _nest
from ..._language import both
from ..._shapes import TensorShape
from .. import _config, _scope, _symbolic
from ..layers import _tracking
from ..layers.base import Layer, _map_shapes
from ..training import Trainer
from . import summary as _summary
from .graph import Graph


def is_functional(args: tuple, kwargs: dict) -> bool:
    """Whether a model's arguments are symbolic inputs and outputs."""
    return (
        (len(args) >= 2 and _symbolic.has_symbolic(args[0]))
        or (len(args) == 1 and "outputs" in kwargs)
        or ("inputs" in kwargs and "outputs" in kwargs)
    )


class Model(Trainer, Layer):
    """Layers that are trained together.

    Either ``Model(inputs, outputs, name=None)`` of symbolic values, or a subclass with `call`.
    """

    def __new__(cls, *args, **kwargs) -> Self:
        if cls is Model and is_functional(args, kwargs):
            from .functional import Functional

            return Layer.__new__(Functional, *args, **kwargs)
        return Layer.__new__(cls, *args, **kwargs)

    def __init__(self, *args, **kwargs) -> None:
        self.__dict__["_graph"] = None
        if is_functional(args, kwargs):
            inputs = kwargs.pop("inputs", args[0] if args else None)
            outputs = kwargs.pop("outputs", args[1] if len(args) > 1 else None)
            if len(args) > 2:
                kwargs["name"] = args[2]
            self._init_layer(**kwargs)
            self._set_graph(inputs, outputs)
            return
        if args:
            kwargs["name"] = args[0]
        self._init_layer(**kwargs)

    def _init_layer(self, **kwargs) -> None:
        Layer.__init__(self, **kwargs)
        self.__dict__["supports_masking"] = True
        # Nothing calls the mixin's constructor for a subclass that only calls this one.
        setup = getattr(Trainer, "_init_training", None)
        if setup is not None:
            setup(self)

    def _automatic_name(self) -> str:
        cls = type(self).__name__
        return _config.unique_name("model" if cls == "Functional" else _config.to_snake_case(cls))

    def _before_tracking(self, value) -> None:
        if not self.__dict__.get("_ready") and isinstance(value, Layer):
            raise RuntimeError(both(
                "It looks like you are subclassing `Model` and you forgot to call "
                "`super().__init__()`. Always start with this line.",
                "`Model`을 상속한 클래스의 `__init__`은 `super().__init__()`으로 시작해야 합니다.",
            ))

    def _set_graph(self, inputs, outputs) -> None:
        state = self.__dict__
        state["_graph"] = Graph(inputs, outputs)
        state["built"] = True
        state["_loss_symbols"] = []
        state["_metric_symbols"] = []

    # Structure -------------------------------------------------------------------------------

    @property
    def _layers(self) -> list:
        graph = self.__dict__.get("_graph")
        inside = graph.layers if graph is not None else []
        extra = [x._keras_history[0] for x in self._symbolic_extras()]
        found = _tracking.unique([*inside, *extra, *super()._layers])
        return [layer for layer in found if layer is not self]

    def _symbolic_extras(self) -> list:
        state = self.__dict__
        return [
            *state.get("_loss_symbols", ()),
            *(x for x, _ in state.get("_metric_symbols", ())),
        ]

    @property
    def layers(self) -> list:
        """The layers, those of lists and dictionaries in attributes as well."""
        return self._layers

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """A layer by its name or by its place in `layers`.

        Raises ValueError if there is none.
        """
        if index is not None and name is not None:
            raise ValueError(
                "Provide only a layer name or a layer index. Received: "
                f"index={index}, name={name}."
            )
        layers = self.layers
        if index is not None:
            if not -len(layers) <= index < len(layers):
                raise ValueError(both(
                    f"Was asked to retrieve layer at index {index} but model only has "
                    f"{len(layers)} layers.",
                    f"층은 {len(layers)}개인데 {index}번 층을 찾았습니다.",
                ))
            return layers[index]
        if name is None:
            raise ValueError("Provide either a layer name or layer index at `get_layer`.")
        for layer in layers:
            if layer.name == name:
                return layer
        raise ValueError(both(
            f"No such layer: {name}. Existing layers are: {[layer.name for layer in layers]}.",
            f"{name}이라는 층이 없습니다. 있는 층: {[layer.name for layer in layers]}",
        ))

    def _need_graph(self, what: str) -> Graph:
        graph = self.__dict__.get("_graph")
        if graph is None:
            raise AttributeError(both(
                f'The model "{self.name}" has no attribute "{what}" yet: it is known for '
                "functional models, and for sequential ones once their input's shape is known.",
                f'모델 "{self.name}"의 "{what}"은(는) 입력의 모양을 안 뒤에 생깁니다.',
            ))
        return graph

    @property
    def inputs(self):
        """The symbolic inputs in a list, or None for a model without them."""
        graph = self.__dict__.get("_graph")
        return None if graph is None else list(graph.flat_inputs)

    @property
    def outputs(self):
        """The symbolic outputs in a list, or None for a model without them."""
        graph = self.__dict__.get("_graph")
        return None if graph is None else list(graph.flat_outputs)

    @property
    def input(self):
        """The symbolic input: one value, or the structure that was given."""
        graph = self._need_graph("input")
        return graph.inputs if len(graph.flat_inputs) != 1 else graph.flat_inputs[0]

    @property
    def output(self):
        """The symbolic output: one value, or the structure that was given."""
        graph = self._need_graph("output")
        return graph.outputs if len(graph.flat_outputs) != 1 else graph.flat_outputs[0]

    @property
    def input_names(self) -> list[str] | None:
        """The names of the inputs."""
        graph = self.__dict__.get("_graph")
        return None if graph is None else list(graph.input_names)

    @property
    def output_names(self) -> list[str] | None:
        """The names of the outputs."""
        graph = self.__dict__.get("_graph")
        return None if graph is None else list(graph.output_names)

    @property
    def input_shape(self):
        """The shape of the input with the batch, or a structure of them."""
        return _nest.map_structure(lambda x: tuple(x.shape), self.input)

    @property
    def output_shape(self):
        """The shape of the output with the batch, or a structure of them."""
        if self.__dict__.get("_graph") is None:
            return self._shape_in_calls("output")
        return _nest.map_structure(lambda x: tuple(x.shape), self.output)

    @property
    def stateful(self) -> bool:
        """Whether a layer keeps a state from batch to batch."""
        return any(getattr(layer, "stateful", False) for layer in self._layers)

    # Weights ---------------------------------------------------------------------------------

    @property
    def weights(self) -> list:
        """All weights, layer by layer, then the model's own."""
        out: list = []
        for layer in self._layers:
            out.extend(layer.weights)
        trained, fixed = self._split_own()
        return _tracking.unique([*out, *trained, *fixed])

    @property
    def trainable_weights(self) -> list:
        """The weights that training changes."""
        if not self._trainable:
            return []
        out: list = []
        for layer in self._layers:
            out.extend(layer.trainable_weights)
        return _tracking.unique([*out, *self._split_own()[0]])

    @property
    def non_trainable_weights(self) -> list:
        """The weights that training does not change."""
        if not self._trainable:
            return self.weights
        out: list = []
        for layer in self._layers:
            out.extend(layer.non_trainable_weights)
        return _tracking.unique([*out, *self._split_own()[1]])

    # Building and calling --------------------------------------------------------------------

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape, by calling the model abstractly.

        Raises ValueError if `call` cannot be run on float inputs of that shape.
        """
        if input_shape is None:
            raise ValueError(
                "Input shape must be defined when calling `build()` on a `Model` subclass."
            )
        state = self.__dict__
        state["_build_shapes"] = input_shape
        if state.get("_graph") is not None or type(self).call is Model.call:
            state["built"] = True
            return
        inputs = _map_shapes(lambda s: _symbolic.KerasTensor(s, _config.floatx()), input_shape)
        state["built"] = True
        try:
            _symbolic.infer(self._call_any, (inputs,), {})
        except Exception as e:
            state["built"] = False
            raise ValueError(
                "You cannot build your model by calling `build` if your layers do not support "
                "float type inputs. Instead, in order to instantiate and build your model, call "
                "your model on real tensor data (of the correct dtype).\n\nThe actual error from "
                f"`call` is: {e}."
            ) from e

    def _maybe_build(self, args: tuple, kwargs: dict, signature) -> None:
        state = self.__dict__
        if state["built"]:
            return
        if type(self).build is not Model.build:
            super()._maybe_build(args, kwargs, signature)
            return
        # Calling the layers inside builds them.
        inputs = args[0] if args else next(iter(kwargs.values()), None)
        state["_build_shapes"] = _nest.map_structure(_batch_free, inputs)
        state["built"] = True

    def call(self, inputs, training=None, mask=None):
        """Computes the outputs; subclasses define it."""
        graph = self.__dict__.get("_graph")
        if graph is None:
            raise NotImplementedError(both(
                f"Model {type(self).__name__} does not have a `call()` method implemented: "
                "unimplemented `tf.keras.Model.call()`: if you intend to create a `Model` with "
                "the Functional API, please provide `inputs` and `outputs` arguments. Otherwise, "
                "subclass `Model` with an overridden `call()` method.",
                f"모델 {type(self).__name__}에 `call()`이 없습니다. `inputs`와 `outputs`를 주거나 `call()`을 쓰세요.",
            ))
        with self._inside(training):
            outputs = graph.run(inputs, self.name)
            self._run_extras(inputs)
        return outputs

    @contextlib.contextmanager
    def _inside(self, training):
        """Lets the layers inside inherit `training`, for a `call` that was called directly."""
        calls = _scope.stack.calls
        outer = calls[-1] if calls else None
        if outer is not None and outer.layer is self:
            yield
            return
        calls.append(_scope.Call(self, training, outer))
        try:
            yield
        finally:
            calls.pop()

    def _infer_outputs(self, args: tuple, kwargs: dict):
        graph = self.__dict__.get("_graph")
        if graph is not None and type(self).call is Model.call and args:
            return graph.infer(args[0], self.name)
        return super()._infer_outputs(args, kwargs)

    # Losses and metrics of symbolic values ---------------------------------------------------

    def _add_symbolic_loss(self, loss) -> None:
        self._need_graph("add_loss")
        self.__dict__["_loss_symbols"].append(loss)
        self.__dict__["_extra_graph"] = None

    def _add_symbolic_metric(self, value, name: str) -> None:
        self._need_graph("add_metric")
        self.__dict__["_metric_symbols"].append((value, name))
        self.__dict__["_extra_graph"] = None

    def _run_extras(self, inputs) -> None:
        """Computes the losses and metrics that were added as symbolic values."""
        extras = self._symbolic_extras()
        if not extras:
            return
        state = self.__dict__
        if state.get("_extra_graph") is None:
            state["_extra_graph"] = Graph(state["_graph"].inputs, extras)
        values = state["_extra_graph"].run(inputs, self.name)
        losses = values[: len(state["_loss_symbols"])]
        self.add_loss(losses)
        for (_, name), value in zip(state["_metric_symbols"], values[len(losses) :], strict=True):
            self.add_metric(value, name=name)

    # Display ---------------------------------------------------------------------------------

    def summary(
        self,
        line_length: int | None = None,
        positions: list | None = None,
        print_fn=None,
        expand_nested: bool = False,
        show_trainable: bool = False,
        layer_range: list | None = None,
    ) -> None:
        """Prints the table of layers, shapes and parameters.

        Args:
            line_length: the width in columns.
            positions: where columns end, as parts of the width.
            print_fn: gets each line instead of `print`.
            expand_nested: whether layers of models inside are shown.
            show_trainable: whether there is a column for it.
            layer_range: the names (patterns) of the first and the last layer to show.

        Raises ValueError before the model is built.
        """
        _summary.print_summary(
            self, line_length, positions, print_fn, expand_nested, show_trainable, layer_range
        )

    def _repr_html_(self) -> str:
        return _summary.html(self)

    # Files and configurations ----------------------------------------------------------------

    def get_config(self) -> dict:
        """The options as a dictionary; a functional model's holds its layers."""
        if self.__dict__.get("_graph") is not None and type(self).get_config is Model.get_config:
            from .config import functional_config

            return functional_config(self)
        return super().get_config()

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None):
        """The model of a configuration that `get_config` gave."""
        from ..saving.registration import CustomObjectScope

        with CustomObjectScope(custom_objects or {}):
            if "layers" in config and "input_layers" in config:
                from .config import functional_from_config

                return functional_from_config(cls, config)
            return super().from_config(config)

    def to_json(self, **kwargs) -> str:
        """The model's configuration as JSON; the weights are not in it."""
        from ..saving.objects import serialize_keras_object

        return json.dumps(serialize_keras_object(self), default=_jsonable, **kwargs)

    def to_yaml(self, **kwargs):
        """Not offered, as in TensorFlow since 2.6: YAML can run code."""
        raise RuntimeError(
            "Method `model.to_yaml()` has been removed due to security risk of arbitrary code "
            "execution. Please use `model.to_json()` instead."
        )

    def save(self, filepath, overwrite: bool = True, **kwargs) -> None:
        """Writes the model to a file: `.keras`, or `.h5`."""
        from ..saving import files

        files.save_model(self, filepath, overwrite=overwrite, **kwargs)

    def save_weights(self, filepath, overwrite: bool = True, **kwargs) -> None:
        """Writes the weights to a file: `.weights.h5`, `.h5`, or any other name for our own."""
        from ..saving import files

        files.save_weights(self, filepath, overwrite=overwrite, **kwargs)

    def load_weights(self, filepath, skip_mismatch: bool = False, by_name: bool = False, **kwargs):
        """Reads the weights from a file."""
        from ..saving import files

        return files.load_weights(
            self, filepath, skip_mismatch=skip_mismatch, by_name=by_name, **kwargs
        )

    def export(self, filepath, **kwargs):
        """Not offered: TensorFlow's SavedModel cannot be written."""
        raise NotImplementedError(
            "Model.export writes a TensorFlow SavedModel, which is not supported: use "
            "`model.save('name.keras')`."
        )

    def reset_states(self) -> None:
        """Puts the states of stateful layers back to their beginning."""
        for layer in self._flatten_layers(include_self=False):
            if not isinstance(layer, Model) and hasattr(layer, "reset_states"):
                layer.reset_states()

    @property
    def state_updates(self) -> list:
        """Always empty: states are updated in place."""
        return []

    @property
    def distribute_strategy(self):
        """The process's strategy: one device."""
        return None

    def __reduce__(self):
        return _rebuild, (type(self), *_state_of(self))

    def __deepcopy__(self, memo):
        model = _rebuild(type(self), *_state_of(self))
        memo[id(self)] = model
        return model


def _state_of(model) -> tuple:
    """What a copy of a model is made of."""
    compiled = model.get_compile_config() if getattr(model, "compiled", False) else None
    weights = model.get_weights() if model.built else None
    if model.__dict__.get("_graph") is not None or type(model).__name__ == "Sequential":
        return "config", model.get_config(), weights, compiled
    state = {
        k: v
        for k, v in Layer.__getstate__(model).items()
        if k in ("_build_shapes", "_tracked", "_name", "built", "_policy", "_trainable")
        or k in model._tracked
        or not k.startswith("_")
        and k not in ("history", "optimizer", "loss")
    }
    return "attributes", state, weights, compiled


def _rebuild(cls, how: str, state, weights, compiled):
    if how == "config":
        from ..saving.registration import SafeMode

        with SafeMode(False):
            model = cls.from_config(state)
    else:
        model = cls.__new__(cls)
        Model.__init__(model)
        import copy

        model.__dict__.update(copy.deepcopy(state))
    if weights and model.weights:
        model.set_weights(weights)
    if compiled is not None and hasattr(model, "compile_from_config"):
        model.compile_from_config(compiled)
    return model


def _batch_free(x):
    shape = getattr(x, "shape", None)
    return None if shape is None else TensorShape((None, *tuple(shape)[1:]))


def _jsonable(value):
    if isinstance(value, (np.integer, np.floating, np.bool_)):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if hasattr(value, "name"):
        return value.name
    raise TypeError(f"{type(value).__name__} cannot be written as JSON: {value!r}")
