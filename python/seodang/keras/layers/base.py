"""`Layer`: what every layer can do, and what users subclass.

Long, since Keras's layer is one class with one surface: attributes and weights, then calls, then where
the layer stands in a graph, then configurations.
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

import numpy as np

from ... import _native as native
from ... import _nest
from ..._dtypes import as_dtype
from ..._language import both
from ..._shapes import TensorShape
from ..._strings import StringTensor
from .. import _config, _scope, _symbolic
from . import _tracking
from ._calls import signature_of
from .input_spec import InputSpec, check_inputs

_LEGACY = (
    "input_shape",
    "input_dim",
    "input_dtype",
    "batch_input_shape",
    "batch_shape",
    "batch_size",
    "weights",
    "dynamic",
    "autocast",
    "implementation",
    "quantization_config",
    "input_length",
)


def _mark_built(build):
    """`build` that leaves the layer built, wherever it is called from."""

    @functools.wraps(build)
    def wrapper(self, *args, **kwargs):
        self._building += 1
        building = _scope.stack.building
        building.append(self)
        try:
            out = build(self, *args, **kwargs)
        finally:
            self._building -= 1
            building.pop()
        if self._building == 0:
            self.built = True
            if self._build_shapes is None and (args or kwargs):
                shapes = args[0] if args else next(iter(kwargs.values()))
                self._build_shapes = shapes
            self._place_weights()
        return out

    return wrapper


class Layer:
    """A function of tensors with weights: `build` makes them, `call` computes.

    Subclass it with `__init__`, `build(input_shape)` and `call(inputs, training=None, mask=None)`.

    Args:
        name: the name; made of the class name if absent.
        trainable: whether training changes the weights.
        dtype: a type or a policy such as ``"mixed_bfloat16"``.
        activity_regularizer: a penalty on the outputs.
        **kwargs: `input_shape`, `input_dim`, `batch_input_shape`, `batch_size`, `weights`.
    """

    _is_layer = True
    _is_input_layer = False
    # Attributes of the machinery itself are not searched for weights.
    _untracked = frozenset(
        {
            "_inbound_nodes",
            "_outbound_nodes",
            "_own_weights",
            "_penalties",
            "_losses",
            "_metric_values",
            "_init_args",
            "_build_shapes",
            "_initial_weights",
            "_activity_regularizer",
            "_policy",
            "input_spec",
            "_graph",
            "history",
            "optimizer",
            "_optimizer",
            "loss",
            "stop_training",
        }
    )

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        state = self.__dict__
        state["_init_args"] = (args, kwargs)
        state["_ready"] = False
        state["_tracked"] = {}
        state["_own_weights"] = []
        state["_penalties"] = []
        state["_losses"] = []
        state["_metric_values"] = []
        state["_callable_losses"] = []
        state["_inbound_nodes"] = []
        state["_outbound_nodes"] = []
        state["_trainable"] = True
        state["_building"] = 0
        state["_build_shapes"] = None
        state["_initial_weights"] = None
        state["_activity_regularizer"] = None
        state["_policy"] = None
        state["_name"] = None
        state["_batch_input_shape"] = None
        state["_input_dtype"] = None
        state["built"] = False
        state["stateful"] = False
        state["input_spec"] = None
        state["supports_masking"] = getattr(cls, "supports_masking", False)
        return self

    def __init__(
        self,
        trainable: bool = True,
        name: str | None = None,
        dtype=None,
        *,
        activity_regularizer=None,
        **kwargs,
    ) -> None:
        if isinstance(trainable, str) and name is None:
            trainable, name = True, trainable
        for key in kwargs:
            if key not in _LEGACY:
                raise TypeError("Keyword argument not understood:", key)
        if name is not None and not isinstance(name, str):
            raise TypeError(f"`name` must be a string. Received: name={name!r}")
        state = self.__dict__
        state["_ready"] = True
        state["_name"] = name or self._automatic_name()
        state["_trainable"] = bool(trainable)
        state["_policy"] = _config.get_policy(dtype)
        state["_initial_weights"] = kwargs.get("weights")
        if activity_regularizer is not None:
            from .. import regularizers

            state["_activity_regularizer"] = regularizers.get(activity_regularizer)
        self._take_input_shape(kwargs)

    def _automatic_name(self) -> str:
        return _config.unique_name(_config.to_snake_case(type(self).__name__))

    def _take_input_shape(self, options: dict) -> None:
        shape = None
        if options.get("batch_input_shape") is not None:
            shape = tuple(options["batch_input_shape"])
        elif options.get("batch_shape") is not None:
            shape = tuple(options["batch_shape"])
        else:
            given = options.get("input_shape")
            if given is None and options.get("input_dim") is not None:
                given = (options["input_dim"],)
                if options.get("input_length") is not None:
                    given = (options["input_length"], *given)
            if given is not None:
                if isinstance(given, (int, np.integer)):
                    given = (int(given),)
                shape = (options.get("batch_size"), *given)
        if shape is not None:
            self.__dict__["_batch_input_shape"] = tuple(None if d is None else int(d) for d in shape)
            self.__dict__["_input_dtype"] = options.get("input_dtype")

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        if "build" in cls.__dict__:
            cls.build = _mark_built(cls.__dict__["build"])

    # Attributes ------------------------------------------------------------------------------

    def __setattr__(self, name: str, value) -> None:
        descriptor = getattr(type(self), name, None)
        if isinstance(descriptor, property):
            if descriptor.fset is None:
                raise AttributeError(both(
                    f"Can't set the attribute \"{name}\", likely because it conflicts with an "
                    "existing read-only @property of the object. Please choose a different name.",
                    f'"{name}"은(는) 층에 이미 있는 속성이라 바꿀 수 없습니다. 다른 이름을 쓰세요.',
                ))
            descriptor.fset(self, value)
            return
        state = self.__dict__
        tracked = state.get("_tracked")
        if tracked is not None and name not in self._untracked:
            if isinstance(value, (Layer, native.Variable, list, tuple, dict)) or hasattr(
                value, "update_state"
            ):
                self._before_tracking(value)
                tracked.pop(name, None)
                tracked[name] = None
            elif name in tracked:
                del tracked[name]
        state[name] = value

    def _before_tracking(self, value) -> None:
        """A hook for models, which refuse layers before their own `__init__`."""

    def __delattr__(self, name: str) -> None:
        value = self.__dict__.get(name)
        self.__dict__.get("_tracked", {}).pop(name, None)
        object.__delattr__(self, name)
        if _tracking.is_variable(value):
            own = [w for w in self._own_weights if w is not value]
            self.__dict__["_own_weights"] = own

    def _attributes(self, kinds: tuple) -> list:
        found: list = []
        state = self.__dict__
        for name in state["_tracked"]:
            _tracking.walk(state.get(name), kinds, found)
        return _tracking.unique(found)

    @property
    def _layers(self) -> list:
        """The layers among the attributes, in the order they were set."""
        return self._attributes((Layer,))

    def _flatten_layers(self, recursive: bool = True, include_self: bool = True) -> list:
        """This layer and those inside it."""
        out = [self] if include_self else []
        seen = {id(self)}

        def visit(layer) -> None:
            for child in layer._layers:
                if id(child) not in seen:
                    seen.add(id(child))
                    out.append(child)
                    if recursive:
                        visit(child)

        visit(self)
        return out

    @property
    def submodules(self) -> tuple:
        """Every layer inside this one."""
        return tuple(self._flatten_layers(include_self=False))

    @property
    def dynamic(self) -> bool:
        """Whether the layer must run as plain Python: never, it does so by itself if need be."""
        return False

    @property
    def updates(self) -> list:
        """Nothing: variables are changed where a call changes them."""
        return []

    def add_update(self, updates, inputs=None) -> None:
        """Runs updates that were given as functions; others have run already."""
        for update in _nest.flatten(updates):
            if callable(update) and not native.is_tensor(update):
                update()

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.__dict__["_name"] = value

    @property
    def path(self) -> str:
        """The name, after those of the layers around it."""
        return self._name

    @property
    def dtype(self) -> str:
        """The type of the variables."""
        return self.variable_dtype

    @property
    def dtype_policy(self) -> _config.DTypePolicy:
        """The types of variables and computation."""
        if self._policy is None:
            self.__dict__["_policy"] = _config.get_policy(None)
        return self._policy

    @dtype_policy.setter
    def dtype_policy(self, value) -> None:
        self.__dict__["_policy"] = _config.get_policy(value)

    @property
    def compute_dtype(self) -> str:
        """The type that the layer computes in."""
        return self.dtype_policy.compute_dtype

    @property
    def variable_dtype(self) -> str:
        """The type that the variables are kept in."""
        return self.dtype_policy.variable_dtype

    @property
    def activity_regularizer(self):
        """The penalty on the outputs, or None."""
        return self._activity_regularizer

    @activity_regularizer.setter
    def activity_regularizer(self, value) -> None:
        from .. import regularizers

        self.__dict__["_activity_regularizer"] = None if value is None else regularizers.get(value)

    # Weights ---------------------------------------------------------------------------------

    def add_weight(
        self,
        name=None,
        shape=None,
        dtype=None,
        initializer=None,
        regularizer=None,
        trainable: bool | None = None,
        constraint=None,
        **kwargs,
    ):
        """Makes a weight.

        Args:
            name: the name within the layer.
            shape: the shape, all known; a scalar if absent.
            dtype: the type; the layer's if absent.
            initializer: a name, an initializer or a function of (shape, dtype); Glorot's uniform
                one for floats, zeros for others.
            regularizer: a penalty on the weight.
            trainable: whether training changes it.
            constraint: a function that projects it after each update.

        Returns the variable. Raises ValueError for a shape that is not known.
        """
        if name is not None and not isinstance(name, str):
            # Keras 3's order: shape, initializer, dtype, trainable, ...
            shape, initializer, dtype, name = name, shape if shape is not None else initializer, (
                dtype
            ), kwargs.pop("_name", None)
        from .. import constraints, initializers, regularizers

        dims = [] if shape is None else shape
        dims = [dims] if isinstance(dims, (int, np.integer)) else list(dims)
        if any(d is None for d in dims):
            raise ValueError(
                f"Shapes used to initialize variables must be fully-defined (no `None` "
                f"dimensions). Received: shape={tuple(dims)} for variable path='{name}'"
            )
        dims = [int(d) for d in dims]
        kind = as_dtype(self.variable_dtype if dtype is None else dtype)
        if initializer is None:
            initializer = "glorot_uniform" if kind.is_floating else "zeros"
        initializer = initializers.get(initializer)
        value = _initial_value(initializer, dims, kind)
        trainable = True if trainable is None else bool(trainable)
        variable = native.Variable(
            value, trainable=trainable and self._trainable, name=name or "variable", dtype=kind,
            constraint=constraints.get(constraint),
        )
        variable._trained = trainable
        self._own_weights.append(variable)
        self._name_weight(variable, name or "variable")
        if regularizer is not None:
            self._penalties.append((variable, regularizers.get(regularizer)))
        return variable

    add_variable = add_weight

    def _name_weight(self, variable, name: str) -> None:
        variable._local_name = name
        variable._name = "/".join([*self._outer_names(), self.name, name]) + ":0"

    def _outer_names(self) -> list[str]:
        """The names of the layers that are being called and built around this one."""
        around = [] if self._scoped_by_parents() else [c.layer for c in _scope.stack.calls]
        for layer in _scope.stack.building:
            if all(layer is not other for other in around):
                around.append(layer)
        return [layer.name for layer in around if layer is not self]

    def _scoped_by_parents(self) -> bool:
        calls = _scope.stack.calls
        return bool(calls) and getattr(calls[0].layer, "_graph", None) is not None

    def _place_weights(self) -> None:
        """A hook after `build`: takes the weights given to the constructor."""
        if self._initial_weights is not None:
            values, self.__dict__["_initial_weights"] = self._initial_weights, None
            self.set_weights(values)

    def _own_variables(self) -> list:
        """(variable, whether training may change it) of this layer alone."""
        own = _tracking.unique([*self._own_weights, *self._attributes((native.Variable,))])
        return [(v, getattr(v, "_trained", None)) for v in own]

    def _split_own(self) -> tuple[list, list]:
        trained, fixed = [], []
        for v, flag in self._own_variables():
            (trained if (v.trainable if flag is None else flag) else fixed).append(v)
        return trained, fixed

    @property
    def trainable_weights(self) -> list:
        """The weights that training changes."""
        if not self._trainable:
            return []
        out = list(self._split_own()[0])
        for layer in self._layers:
            out.extend(layer.trainable_weights)
        return _tracking.unique(out)

    @property
    def non_trainable_weights(self) -> list:
        """The weights that training does not change."""
        trained, fixed = self._split_own()
        if self._trainable:
            out = list(fixed)
            for layer in self._layers:
                out.extend(layer.non_trainable_weights)
        else:
            out = [*trained, *fixed]
            for layer in self._layers:
                out.extend(layer.weights)
        return _tracking.unique(out)

    @property
    def weights(self) -> list:
        """All weights: those that are trained, then the others."""
        return _tracking.unique([*self.trainable_weights, *self.non_trainable_weights])

    @property
    def variables(self) -> list:
        """All weights."""
        return self.weights

    @property
    def trainable_variables(self) -> list:
        """The weights that training changes."""
        return self.trainable_weights

    @property
    def non_trainable_variables(self) -> list:
        """The weights that training does not change."""
        return self.non_trainable_weights

    @property
    def trainable(self) -> bool:
        """Whether training changes the weights; setting it sets the layers inside as well."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        value = bool(value)
        for layer in self._flatten_layers():
            layer._set_trainable(value)

    def _set_trainable(self, value: bool) -> None:
        self.__dict__["_trainable"] = value
        for v, flag in self._own_variables():
            if flag is not None:
                v._set_trainable(value and flag)

    def get_weights(self) -> list[np.ndarray]:
        """Copies of the weights as arrays."""
        return [np.array(w.numpy()) for w in self.weights]

    def set_weights(self, weights) -> None:
        """Replaces the weights, in the order of `get_weights`.

        Raises ValueError if number or shapes differ.
        """
        mine = self.weights
        weights = list(weights)
        if len(mine) != len(weights):
            raise ValueError(both(
                f'You called `set_weights(weights)` on layer "{self.name}" with a weight list of '
                f"length {len(weights)}, but the layer was expecting {len(mine)} weights. Provided "
                f"weights: {str(weights)[:50]}...",
                f'층 "{self.name}"의 가중치는 {len(mine)}개인데 {len(weights)}개를 받았습니다.',
            ))
        arrays = [np.asarray(w) for w in weights]
        for w, a in zip(mine, arrays, strict=True):
            if tuple(w.shape) != a.shape:
                raise ValueError(both(
                    f"Layer {self.name} weight shape {_tuple(w.shape)} is not compatible with "
                    f"provided weight shape {a.shape}.",
                    f"층 {self.name}의 가중치 모양은 {_tuple(w.shape)}인데 받은 배열의 모양은 {a.shape}입니다.",
                ))
        for w, a in zip(mine, arrays, strict=True):
            w.assign(a.astype(w.numpy().dtype) if a.dtype != w.numpy().dtype else a)

    def count_params(self) -> int:
        """How many numbers the weights hold.

        Raises ValueError before the layer is built.
        """
        if not self.built and not self.weights:
            raise ValueError(both(
                f"You tried to call `count_params` on layer {self.name}, but the layer isn't "
                f"built. You can build it manually via: `{self.name}.build(batch_input_shape)`.",
                f"층 {self.name}에 아직 가중치가 없습니다. `build()`를 부르거나 데이터에 한 번 적용하세요.",
            ))
        return sum(int(np.prod(tuple(w.shape), dtype=np.int64)) for w in self.weights)

    # Losses and metrics ----------------------------------------------------------------------

    def add_loss(self, losses, **kwargs) -> None:
        """Adds a scalar, or several, to the loss: a tensor, or a function without arguments."""
        for loss in losses if isinstance(losses, (list, tuple)) else [losses]:
            if loss is None:
                continue
            if callable(loss) and not isinstance(loss, (native.Tensor, native.Variable)):
                self._callable_losses.append(loss)
                continue
            if _symbolic.is_symbolic(loss):
                self._add_symbolic_loss(loss)
                continue
            self._losses.append(native.convert(loss))
            call = _scope.current()
            if call is not None:
                call.owners.append(self)

    def _add_symbolic_loss(self, loss) -> None:
        raise ValueError(
            "Symbolic losses can only be added to a functional model: use `model.add_loss(...)`, "
            f'or call `add_loss` inside `call`. Received {loss!r} in layer "{self.name}".'
        )

    def add_metric(self, value, aggregation=None, name=None, **kwargs) -> None:
        """Adds a value that `fit` averages and shows beside the loss."""
        if not isinstance(name, str):
            raise TypeError(
                "Please provide a name for your metric like "
                "`self.add_metric(tf.reduce_sum(inputs), name='mean_activation')`"
            )
        if _symbolic.is_symbolic(value):
            self._add_symbolic_metric(value, name)
            return
        from ..metrics import Mean

        metrics = self.__dict__.setdefault("_added_metrics", {})
        if name not in metrics:
            metrics[name] = Mean(name=name, dtype="float32")
        metrics[name].update_state(value)

    def _add_symbolic_metric(self, value, name: str) -> None:
        raise ValueError(f'Symbolic metrics can only be added to a functional model ("{name}").')

    @property
    def metrics(self) -> list:
        """The metrics of this layer and those inside it."""
        out = []
        for layer in self._flatten_layers():
            out.extend(layer._own_metrics())
        return _tracking.unique(out)

    def _own_metrics(self) -> list:
        out: list = []
        state = self.__dict__
        for name in state["_tracked"]:
            value = state.get(name)
            values = value if isinstance(value, (list, tuple)) else [value]
            out.extend(
                v for v in values if hasattr(v, "update_state") and hasattr(v, "reset_state")
            )
        out.extend(state.get("_added_metrics", {}).values())
        return out

    @property
    def losses(self) -> list:
        """The losses of the last call and the penalties on the weights, as scalars."""
        out = []
        tracing = native.is_tracing()
        for layer in self._flatten_layers():
            # What a finished trace left behind has no value any more.
            out.extend(x for x in layer._losses if tracing or not x.is_traced)
            out.extend(native.convert(f()) for f in layer._callable_losses)
            out.extend(layer._penalty_values())
        return out

    def _penalty_values(self) -> list:
        if not self._trainable:
            return []
        return [r(v) for v, r in self._penalties]

    # Calling ---------------------------------------------------------------------------------

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape; to be overridden."""
        self._build_shapes = input_shape
        self.built = True

    def call(self, inputs, *args, **kwargs):
        """Computes the outputs; to be overridden."""
        raise NotImplementedError(both(
            f"Layer {type(self).__name__} does not have a `call()` method implemented.",
            f"층 {type(self).__name__}에 `call()`이 없습니다.",
        ))

    def __call__(self, *args, **kwargs) -> Any:
        state = self.__dict__
        if not state["_ready"]:
            raise RuntimeError(
                f"In layer '{type(self).__name__}', you forgot to call `super().__init__()` in "
                "the `__init__()` method. Go add it!"
            )
        if _symbolic.has_symbolic(args) or (kwargs and _symbolic.has_symbolic(kwargs)):
            return self._call_symbolic(args, kwargs)
        if not args and not kwargs:
            raise TypeError("__call__() missing 1 required positional argument: 'inputs'")
        if args:
            args = (self._prepare(args[0]), *args[1:])
        return self._call_values(args, kwargs)

    def _call_any(self, *args, **kwargs):
        return self._call_values(args, kwargs)

    def _call_values(self, args: tuple, kwargs: dict):
        """A call on tensors."""
        signature = signature_of(self)
        training = signature.value("training", args, kwargs) if signature.training else None
        explicit = kwargs.get("training")
        if not signature.training and "training" in kwargs and not signature.any_keyword:
            kwargs = {k: v for k, v in kwargs.items() if k != "training"}
        if training is None:
            training = explicit if explicit is not None else _scope.default_training()
            if training is None:
                training = self._training_when_unsaid(signature)
            if signature.training and not signature.given("training", args, kwargs):
                at = signature.positions.get("training")
                if at is not None and at < len(args):
                    args = (*args[:at], training, *args[at + 1 :])
                else:
                    kwargs = {**kwargs, "training": training}
        masks = None
        if args:
            masks = _masks(args[0])
            if (
                masks is not None
                and signature.mask
                and not signature.given("mask", args, kwargs)
                and ("mask" not in signature.positions or signature.positions["mask"] >= len(args))
            ):
                kwargs = {**kwargs, "mask": masks}
        calls = _scope.stack.calls
        outer = calls[-1] if calls else None
        call = _scope.Call(self, training, outer)
        if outer is None:
            self._forget_losses()
        calls.append(call)
        try:
            if not self.built:
                self._maybe_build(args, kwargs, signature)
            if self.input_spec is not None and args:
                check_inputs(self, args[0])
            outputs = self.call(*args, **kwargs)
            if self._activity_regularizer is not None:
                self._penalize(outputs)
            given = kwargs.get("mask", masks) if signature.mask else masks
            self._mask_outputs(args[0] if args else None, outputs, given)
        finally:
            calls.pop()
            if outer is None:
                self.__dict__["_loss_owners"] = call.owners
        return outputs

    def _training_when_unsaid(self, signature):
        """`training` where neither the call nor one around it, nor the program says it."""
        return signature.training_default

    def _forget_losses(self) -> None:
        for layer in self.__dict__.get("_loss_owners", ()):
            layer._losses.clear()
        self._losses.clear()

    def _penalize(self, outputs) -> None:
        for y in _nest.flatten(outputs):
            rows = native.cast(native.convert(y).shape[0] or 1, y.dtype) if y.shape else 1.0
            self.add_loss(self._activity_regularizer(y) / rows)

    def _prepare(self, inputs):
        """The inputs as tensors, floats in the type that the layer computes in."""
        dtype = as_dtype(self.compute_dtype)
        autocast = dtype.is_floating

        def one(x):
            if isinstance(x, native.Tensor):
                kind = x.dtype
                if autocast and kind.is_floating and kind != dtype:
                    mask = getattr(x, "_keras_mask", None)
                    x = native.cast(x, dtype)
                    if mask is not None:
                        x._keras_mask = mask
                return x
            if isinstance(x, (np.ndarray, np.generic)):
                if x.dtype.kind in "OUS":
                    return StringTensor(x)
                return one(native.convert(x))
            if isinstance(x, (bool, int, float)):
                return one(native.convert(x))
            if isinstance(x, str):
                return StringTensor(x)
            if isinstance(x, native.Variable) or x is None or isinstance(x, StringTensor):
                return x
            if hasattr(x, "__array__"):
                return one(np.asarray(x))
            return x

        if isinstance(inputs, (native.Tensor, np.ndarray)):
            return one(inputs)
        if isinstance(inputs, (list, tuple)) and _is_numbers(inputs):
            if _is_text(inputs):
                return StringTensor(np.asarray(inputs, dtype=object))
            return one(native.convert(inputs))
        return _nest.map_structure(one, inputs)

    def _maybe_build(self, args: tuple, kwargs: dict, signature) -> None:
        """Makes the weights for these inputs, outside the trace that is being written."""
        if self.built:
            return
        inputs = args[0] if args else next(iter(kwargs.values()), None)
        shapes = _nest.map_structure(_shape_of, inputs)
        arguments = self._build_arguments(shapes, args, kwargs, signature)
        self._check_rank(inputs)
        named = isinstance(arguments, dict) and arguments is not shapes

        def build():
            # Weights are made now even if a trace is being written.
            return self.build(**arguments) if named else self.build(arguments)

        native.eagerly(build) if native.is_tracing() else build()
        self.built = True

    def _check_rank(self, inputs) -> None:
        if self.input_spec is not None:
            check_inputs(self, inputs)

    def _build_arguments(self, shapes, args, kwargs, signature):
        """What `build` gets: the shape of the first argument, or one shape by name (Keras 3)."""
        names = [
            p.name
            for p in inspect.signature(self.build).parameters.values()
            if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        ]
        wanted = [n for n in names if n.endswith("_shape")]
        if len(names) < 2 or wanted != names:
            return shapes
        known = {}
        for i, name in enumerate(signature.names):
            value = args[i] if i < len(args) else kwargs.get(name)
            if f"{name}_shape" in wanted and value is not None:
                known[f"{name}_shape"] = _nest.map_structure(_shape_of, value)
        return known or shapes

    # Symbolic calls --------------------------------------------------------------------------

    def _call_symbolic(self, args: tuple, kwargs: dict):
        """A call on KerasTensors: builds the layer, finds the outputs' shapes, makes a node."""
        outputs = self._infer(args, kwargs)
        return self._connect(args, kwargs, outputs)

    def _connect(self, args: tuple, kwargs: dict, outputs):
        # A layer that returns an input as it is still makes a value of its own.
        fresh = _nest.map_structure(_fresh, outputs)
        _symbolic.Node(self, args, kwargs, fresh)
        return fresh

    def _infer(self, args: tuple, kwargs: dict):
        """The outputs as KerasTensors without history."""
        signature = signature_of(self)
        if not self.built:
            self._maybe_build(args, kwargs, signature)
        if self.input_spec is not None and args:
            check_inputs(self, args[0])
        outputs = self._infer_outputs(args, kwargs)
        if outputs is None:
            raise ValueError(
                "A layer's `call` method should return a Tensor or a list of Tensors, not None "
                f"(layer: {self.name})."
            )
        return outputs

    def _infer_outputs(self, args: tuple, kwargs: dict):
        fill = _first_of(args)
        args = tuple(_cast_symbols(a, self.compute_dtype) if a is fill else a for a in args)
        return _symbolic.infer(self._call_any, args, kwargs)

    def compute_output_shape(self, input_shape):
        """The shape of the outputs for a shape of inputs, the batch included."""
        inputs = _map_shapes(lambda s: _symbolic.KerasTensor(s, self._symbol_dtype()), input_shape)
        outputs = self._infer((inputs,), {})
        return _nest.map_structure(lambda x: x.shape, outputs)

    def compute_output_spec(self, *args, **kwargs):
        """The outputs for KerasTensors, as KerasTensors."""
        return self._infer(args, kwargs)

    compute_output_signature = compute_output_spec

    def _symbol_dtype(self) -> str:
        return self._input_dtype or self.compute_dtype

    # Masks -----------------------------------------------------------------------------------

    def compute_mask(self, inputs, mask=None):
        """The mask of the outputs: the inputs' own if the layer supports masking.

        Raises TypeError for a mask that the layer does not support.
        """
        if not self.supports_masking:
            if any(m is not None for m in _nest.flatten(mask)):
                raise TypeError(
                    f"Layer {self.name} does not support masking, but was passed an input_mask: "
                    f"{mask}"
                )
            return None
        return mask

    def _mask_outputs(self, inputs, outputs, masks) -> None:
        own = type(self).compute_mask is not Layer.compute_mask
        if not own and (masks is None or not self.supports_masking):
            return
        found = self.compute_mask(inputs, masks)
        if found is None:
            return
        flat = _nest.flatten(outputs)
        masks = _nest.flatten(found)
        if len(masks) != len(flat):
            masks = [masks[0]] * len(flat) if len(masks) == 1 else [None] * len(flat)
        for y, m in zip(flat, masks, strict=True):
            if m is not None and isinstance(y, native.Tensor):
                y._keras_mask = m

    # Where the layer stands ------------------------------------------------------------------

    def _node_at(self, index: int, what: str) -> _symbolic.Node:
        if not self._inbound_nodes:
            raise AttributeError(f"Layer {self.name} has no inbound nodes.")
        if index >= len(self._inbound_nodes):
            raise ValueError(
                f"Asked to get {what} at node {index}, but the layer has only "
                f"{len(self._inbound_nodes)} inbound nodes."
            )
        return self._inbound_nodes[index]

    def _only_node(self, what: str) -> _symbolic.Node:
        node = self._node_at(0, what)
        if len(self._inbound_nodes) > 1:
            raise AttributeError(
                f"Layer {self.name} has multiple inbound nodes, hence the notion of "
                f'"layer {what}" is ill-defined. Use `get_{what}_at(node_index)` instead.'
            )
        return node

    @property
    def inbound_nodes(self) -> list:
        """The calls of this layer on symbolic values."""
        return self._inbound_nodes

    @property
    def outbound_nodes(self) -> list:
        """The calls that take this layer's outputs."""
        return self._outbound_nodes

    @property
    def input(self):
        """The layer's symbolic input. Raises AttributeError if it was called twice or never."""
        return self._only_node("input").input_tensors

    @property
    def output(self):
        """The layer's symbolic output. Raises AttributeError if it was called twice or never."""
        return self._only_node("output").output_tensors

    def get_input_at(self, node_index: int):
        """The symbolic input of one of the layer's calls."""
        return self._node_at(node_index, "input").input_tensors

    def get_output_at(self, node_index: int):
        """The symbolic output of one of the layer's calls."""
        return self._node_at(node_index, "output").output_tensors

    def get_input_shape_at(self, node_index: int):
        """The input's shape in one of the layer's calls."""
        return _nest.map_structure(_plain_shape, self.get_input_at(node_index))

    def get_output_shape_at(self, node_index: int):
        """The output's shape in one of the layer's calls."""
        return _nest.map_structure(_plain_shape, self.get_output_at(node_index))

    @property
    def input_shape(self):
        """The input's shape. Raises AttributeError if calls differ or there was none."""
        return self._shape_in_calls("input")

    @property
    def output_shape(self):
        """The output's shape. Raises AttributeError if calls differ or there was none."""
        return self._shape_in_calls("output")

    def _shape_in_calls(self, what: str):
        if not self._inbound_nodes:
            raise AttributeError(
                f"The layer has never been called and thus has no defined {what} shape."
            )
        shapes = [
            _nest.map_structure(_plain_shape, getattr(n, f"{what}_tensors"))
            for n in self._inbound_nodes
        ]
        if any(s != shapes[0] for s in shapes):
            raise AttributeError(
                f'The layer "{self.name}" has multiple inbound nodes, with different {what} '
                f'shapes. Hence the notion of "{what} shape" is ill-defined for the layer. Use '
                f"`get_{what}_shape_at(node_index)` instead."
            )
        return shapes[0]

    # Configuration ---------------------------------------------------------------------------

    def get_config(self) -> dict:
        """The options as a dictionary from which `from_config` makes such a layer again."""
        config: dict = {"name": self.name, "trainable": self._trainable}
        config["dtype"] = _policy_config(self.dtype_policy)
        if self._batch_input_shape is not None:
            config["batch_input_shape"] = self._batch_input_shape
        if type(self).get_config is Layer.get_config and type(self).__init__ is not Layer.__init__:
            config = self._add_init_args(config)
        return config

    def _add_init_args(self, config: dict) -> dict:
        """The constructor's arguments, for a class that does not define `get_config`."""
        from ..saving.objects import serialize_value

        args, kwargs = self._init_args
        try:
            bound = inspect.signature(type(self).__init__).bind(self, *args, **kwargs)
        except TypeError:
            return config
        given = {}
        parameters = list(inspect.signature(type(self).__init__).parameters.values())[1:]
        for p in parameters:
            if p.kind is p.VAR_KEYWORD:
                given.update(bound.arguments.get(p.name, {}))
            elif p.kind is not p.VAR_POSITIONAL and p.name in bound.arguments:
                given[p.name] = bound.arguments[p.name]
        names = {p.name for p in parameters}
        open_ended = any(p.kind is p.VAR_KEYWORD for p in parameters)
        base = {k: v for k, v in config.items() if open_ended or k in names}
        return {**base, **{k: serialize_value(v) for k, v in given.items()}}

    @classmethod
    def from_config(cls, config: dict):
        """A layer of the options that `get_config` gave."""
        from ..saving.objects import deserialize_value

        config = {k: deserialize_value(v) for k, v in config.items()}
        try:
            return cls(**config)
        except TypeError as e:
            raise TypeError(
                f"Error when deserializing class '{cls.__name__}' using config={config}.\n\n"
                f"Exception encountered: {e}"
            ) from e

    def get_build_config(self) -> dict | None:
        """The shapes that the layer was built for."""
        if self._build_shapes is None:
            return None
        return {"input_shape": _map_shapes(tuple, self._build_shapes)}

    def build_from_config(self, config: dict) -> None:
        """Builds the layer for the shapes that `get_build_config` gave."""
        if config and config.get("input_shape") is not None and not self.built:
            self.build(_map_shapes(TensorShape, config["input_shape"]))

    def save_own_variables(self, store) -> None:
        """Writes the layer's own variables into a dictionary-like store."""
        trained, fixed = self._split_own()
        for i, v in enumerate([*trained, *fixed]):
            store[str(i)] = v.numpy()

    def load_own_variables(self, store) -> None:
        """Reads the layer's own variables from a dictionary-like store."""
        trained, fixed = self._split_own()
        own = [*trained, *fixed]
        if len(store.keys()) != len(own):
            raise ValueError(
                f"Layer '{self.name}' expected {len(own)} variables, but received "
                f"{len(store.keys())} variables during loading."
            )
        for i, v in enumerate(own):
            v.assign(np.asarray(store[str(i)]))

    def stateless_call(self, *args, **kwargs):
        """Not offered: variables are updated in place here."""
        raise NotImplementedError(
            "Layer.stateless_call is not available: call the layer, its variables are updated in "
            "place."
        )

    # Copies and display ----------------------------------------------------------------------

    def __getstate__(self) -> dict:
        state = dict(self.__dict__)
        for name in ("_inbound_nodes", "_outbound_nodes", "_losses", "_metric_values"):
            state[name] = []
        state.pop("_loss_owners", None)
        state["_init_args"] = ((), {})
        return state

    def __setstate__(self, state: dict) -> None:
        self.__dict__.update(state)

    def __repr__(self) -> str:
        module = type(self).__module__
        return f"<{module}.{type(self).__name__} object at {id(self):#x}>"


Layer.build = _mark_built(Layer.build)


def _initial_value(initializer, dims: list[int], dtype):
    """The first value of a weight."""
    try:
        return initializer(dims, dtype=dtype)
    except TypeError as e:
        if "dtype" not in str(e):
            raise
        return initializer(dims)


def _shape_of(x):
    shape = getattr(x, "shape", None)
    return None if shape is None else TensorShape(shape)


def _plain_shape(x):
    return tuple(x.shape)


def _tuple(shape) -> tuple:
    return tuple(shape)


def _masks(inputs):
    """The masks of the inputs, in their structure, or None if there are none."""
    if isinstance(inputs, native.Tensor):
        return getattr(inputs, "_keras_mask", None)
    if isinstance(inputs, (list, tuple, dict)):
        masks = _nest.map_structure(lambda x: getattr(x, "_keras_mask", None), inputs)
        if any(m is not None for m in _nest.flatten(masks)):
            return masks
    return None


def _fresh(x):
    if not _symbolic.is_symbolic(x):
        return x
    y = _symbolic.KerasTensor(x.shape, x.dtype)
    y._keras_mask = x._keras_mask
    return y


def _first_of(args: tuple):
    return args[0] if args else None


def _cast_symbols(structure, dtype: str):
    """KerasTensors of floats in another type, which the layer would convert."""
    kind = as_dtype(dtype)

    def one(x):
        if x.dtype.is_floating and kind.is_floating and x.dtype != kind:
            y = _symbolic.KerasTensor(x.shape, kind)
            y._keras_mask = x._keras_mask
            return y
        return x

    return _symbolic.map_values(one, structure)


def _map_shapes(f, shapes):
    """`f` of every shape in a structure of shapes."""
    if shapes is None:
        return None
    if isinstance(shapes, TensorShape):
        return f(shapes)
    if isinstance(shapes, dict):
        return {k: _map_shapes(f, v) for k, v in shapes.items()}
    if all(d is None or isinstance(d, (int, np.integer)) for d in shapes):
        return f(TensorShape(shapes))
    return [_map_shapes(f, s) for s in shapes]


def _is_numbers(x) -> bool:
    """Whether a list holds numbers or texts only, at any depth."""
    if isinstance(x, (list, tuple)):
        return len(x) > 0 and all(_is_numbers(y) for y in x)
    return isinstance(x, (bool, int, float, str, bytes, np.generic))


def _is_text(x) -> bool:
    while isinstance(x, (list, tuple)):
        x = x[0]
    return isinstance(x, (str, bytes))



def _policy_config(policy):
    if policy.name == policy.variable_dtype:
        return policy.name
    return {
        "module": "keras",
        "class_name": "DTypePolicy",
        "config": {"name": policy.name},
        "registered_name": None,
    }


__all__ = ["InputSpec", "Layer"]
