"""`Optimizer`: how weights follow their gradients."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ... import _native as native
from ..._language import both
from .. import _config
from .._family import Record


class Optimizer:
    """How weights follow their gradients. Subclass it with `update_step(gradient, variable, lr)`."""

    def __init__(self, learning_rate: Any = 0.01, name: str | None = None, **kwargs) -> None:
        if "lr" in kwargs:
            learning_rate = kwargs.pop("lr")
        self.name = name or _config.to_snake_case(type(self).__name__)
        self._rate = learning_rate
        self._rate_variable = None
        if not callable(learning_rate):
            self._rate_variable = native.Variable(
                np.float32(learning_rate), trainable=False, name="learning_rate"
            )
        self._iterations = native.Variable(np.int64(0), trainable=False, name="iteration")
        self._slots: list = []
        self._clip = {k: kwargs.get(k) for k in ("clipnorm", "clipvalue", "global_clipnorm")}
        self._functions: dict = {}
        self._built_for: tuple | None = None

    # What a step is ----------------------------------------------------------------------------

    def build(self, variables) -> None:
        """Makes the state for variables; subclasses with state extend it."""

    def update_step(self, gradient, variable, learning_rate) -> None:
        """Changes one variable by its gradient; subclasses define it."""
        raise NotImplementedError("Must be implemented by subclasses.")

    def _apply(self, gradients: list, variables: list) -> None:
        rate = self._rate_variable.value() if self._rate_variable is not None else native.convert(
            self._rate(self._iterations.value()))
        for g, v in zip(self._clipped(gradients), variables):
            self.update_step(g, v, rate)
        self._iterations.assign_add(1)

    def _clipped(self, gradients: list) -> list:
        if self._clip["clipvalue"] is not None:
            limit = float(self._clip["clipvalue"])
            return [native.clip(g, -limit, limit) for g in gradients]
        if self._clip["clipnorm"] is not None:
            limit = float(self._clip["clipnorm"])
            norms = [native.sqrt(native.reduce_sum(native.square(g))) for g in gradients]
            return [g * (limit / native.maximum(n, limit)) for g, n in zip(gradients, norms)]
        if self._clip["global_clipnorm"] is not None:
            limit = float(self._clip["global_clipnorm"])
            total = native.sqrt(sum(native.reduce_sum(native.square(g)) for g in gradients))
            return [g * (limit / native.maximum(total, limit)) for g in gradients]
        return gradients

    def _prepare(self, variables: list) -> None:
        ids = tuple(v.id for v in variables)
        if ids == self._built_for:
            return

        def build() -> None:
            self.build(variables)

        native.eagerly(build) if native.is_tracing() else build()
        self._built_for = ids
        self._functions.clear()

    # What programs call ------------------------------------------------------------------------

    def apply_gradients(self, grads_and_vars, name=None, skip_gradients_aggregation=None,
                        experimental_aggregate_gradients=None, **kwargs):
        """Changes variables by their gradients: pairs of (gradient, variable).

        Variables without a gradient are left out, with a warning. Raises ValueError if none has one.
        """
        pairs = [(g, v) for g, v in grads_and_vars]
        missing = [v.name for g, v in pairs if g is None]
        pairs = [(g, v) for g, v in pairs if g is not None]
        if not pairs:
            raise ValueError(both(
                f"No gradients provided for any variable: {missing}. Provided `grads_and_vars` is "
                f"{list(zip([None] * len(missing), missing))}.",
                f"어느 변수에도 기울기가 없습니다: {missing}. 손실이 변수에 의존하는지 확인하세요.",
            ))
        if missing:
            warnings.warn(both(
                f"Gradients do not exist for variables {missing} when minimizing the loss. If "
                "you're using `model.compile()`, did you forget to provide a `loss` argument?",
                f"손실을 줄이는 데 쓰이지 않아 기울기가 없는 변수: {missing}. `loss`를 빠뜨리지 않았는지 보세요.",
            ), stacklevel=2)
        self.apply([g for g, _ in pairs], [v for _, v in pairs])
        return self._iterations

    def apply(self, grads, trainable_variables=None) -> None:
        """Changes variables by their gradients: two lists."""
        variables = list(trainable_variables if trainable_variables is not None else self._variables)
        gradients = list(grads)
        self._prepare(variables)
        self._variables = variables
        if native.is_tracing():
            self._update(gradients, variables)
            return
        gradients = [native.convert(g, None, v.dtype) for g, v in zip(gradients, variables)]
        function = self._functions.get("apply")
        if function is None:

            def step(given: list) -> list:
                self._update(given, variables)
                return []

            function = self._functions["apply"] = native.Function(step, f"{self.name}_apply")
        function.call(gradients)

    def _update(self, gradients: list, variables: list) -> None:
        self._apply(gradients, variables)
        for v in variables:
            constrain = getattr(v, "_constrain", None)
            if constrain is not None:  # a weight of a record: the engine's projection
                constrain()
            elif v.constraint is not None:
                v.assign(v.constraint(v.value()))

    def compute_gradients(self, loss, var_list, tape=None):
        """Pairs of (gradient, variable) of a loss: a function, or a tensor with its tape."""
        if not callable(loss) and tape is None:
            raise ValueError(both(
                f"`tape` is required when a `Tensor` loss is passed. Received: "
                f"loss={loss}, tape={tape}.",
                "텐서인 손실에는 `tape`도 주어야 합니다.",
            ))
        if callable(loss) and not native.is_tensor(loss):
            if tape is None:
                return self._gradients_of(loss, var_list)
            with tape:
                loss = loss()
                if callable(var_list):
                    var_list = var_list()
        elif callable(var_list):
            var_list = var_list()
        variables = list(var_list) if isinstance(var_list, (list, tuple)) else [var_list]
        return list(zip(tape.gradient(loss, variables), variables))

    _compute_gradients = compute_gradients

    def _gradients_of(self, loss, var_list) -> list:
        tape = native.Tape()
        tape.enter()
        try:
            value = native.convert(loss())
            variables = var_list() if callable(var_list) else var_list
        finally:
            tape.exit()
        variables = list(variables) if isinstance(variables, (list, tuple)) else [variables]
        return list(zip(tape.gradient([value], variables), variables))

    def minimize(self, loss, var_list, grad_loss=None, name=None, tape=None):
        """One step down a loss: a function without arguments, or a tensor with its tape."""
        return self.apply_gradients(self.compute_gradients(loss, var_list, tape))

    def get_gradients(self, loss, params):
        """Not offered: gradients of symbolic tensors; use a GradientTape."""
        raise NotImplementedError("Optimizer.get_gradients needs TensorFlow 1's graphs: use "
                                  "tf.GradientTape.")

    # State -------------------------------------------------------------------------------------

    _variables: list = []

    @property
    def iterations(self):
        """How many steps were made, a variable."""
        return self._iterations

    @iterations.setter
    def iterations(self, value) -> None:
        self._iterations.assign(native.cast(native.convert(value), "int64"))

    @property
    def learning_rate(self):
        """The learning rate: a variable, or the schedule that gives it."""
        return self._rate_variable if self._rate_variable is not None else self._rate

    @learning_rate.setter
    def learning_rate(self, value) -> None:
        if callable(value) and not native.is_tensor(value):
            self._set_schedule(value)
            return
        if self._rate_variable is None:
            raise TypeError(
                "This optimizer was created with a `LearningRateSchedule` object as its "
                "`learning_rate` constructor argument, hence its learning rate is not settable. If "
                "you need the learning rate to be settable, you should instantiate the optimizer "
                "with a float `learning_rate` argument."
            )
        self._rate_variable.assign(float(value))

    def _set_schedule(self, schedule) -> None:
        self._rate, self._rate_variable = schedule, None
        self._functions.clear()

    @property
    def lr(self):
        """The learning rate (the older name)."""
        return self.learning_rate

    @lr.setter
    def lr(self, value) -> None:
        self.learning_rate = value

    def _current_rate(self) -> float:
        if self._rate_variable is not None:
            return float(self._rate_variable)
        return float(self._rate(self._iterations))

    @property
    def variables(self):
        """The state; it may also be called, as in Keras 2."""
        return CallableList(self._all_variables())

    def _all_variables(self) -> list:
        rate = [] if self._rate_variable is None else [self._rate_variable]
        return [self._iterations, *rate, *self._slots]

    weights = variables

    def get_weights(self) -> list:
        """The state as arrays, the iterations first."""
        return [np.array(v.numpy()) for v in self._state()]

    def set_weights(self, weights) -> None:
        """Replaces the state. Raises ValueError if number or shapes differ."""
        mine = self._state()
        if len(mine) != len(weights):
            raise ValueError(
                f"You called `set_weights(weights)` on optimizer {self.name} with a weight list of "
                f"length {len(weights)}, but the optimizer was expecting {len(mine)} weights."
            )
        for v, w in zip(mine, weights):
            v.assign(np.asarray(w).astype(v.numpy().dtype))

    def _state(self) -> list:
        return [v for v in self._all_variables() if v is not self._rate_variable]

    def add_variable_from_reference(self, reference_variable, name=None, initializer="zeros",
                                    shape=None, model_variable=None, variable_name=None,
                                    initial_value=None):
        """A slot with the shape of a variable."""
        dims = list(reference_variable.shape if shape is None else shape)
        value = native.zeros(dims, reference_variable.dtype)
        if initial_value is not None:
            value = initial_value
        slot = native.Variable(value, trainable=False, name=name or variable_name or "slot")
        self._slots.append(slot)
        return slot

    def finalize_variable_values(self, var_list=None) -> None:
        """Ends a training: where averages are kept, they become the weights."""

    def get_config(self) -> dict:
        """The options as a dictionary."""
        from ..saving import objects

        rate = self._rate if self._rate_variable is None else self._current_rate()
        given = {k: v for k, v in self._clip.items() if v is not None}
        return {"name": self.name, "learning_rate": objects.serialize_value(rate), **given}

    @classmethod
    def from_config(cls, config: dict, custom_objects=None):
        """An optimizer of the options that `get_config` gave."""
        from ..saving import objects

        return cls(**{k: objects.deserialize_value(v) for k, v in config.items()})


class CallableList(list):
    """A list that may be called for itself: `optimizer.variables` and `optimizer.variables()`."""

    def __call__(self) -> list:
        return list(self)


class RecordOptimizer(Record, Optimizer):
    """An optimizer that Rust computes."""

    _handle_class = "OptimizerHandle"

    def __init__(self, options: dict, extra: dict | None = None) -> None:
        options, extra = dict(options), dict(extra or {})
        if "lr" in extra:
            options["learning_rate"] = extra.pop("lr")
        if "decay" in extra and "decay" not in self._fields:
            if extra["decay"]:
                raise ValueError(f"{type(self).__name__} has no option `decay`.")
            extra.pop("decay")
        for ignored in ("is_legacy_optimizer", "jit_compile"):
            extra.pop(ignored, None)
        rate = options.get("learning_rate")
        if native.is_tensor(rate):
            options["learning_rate"] = float(rate)
        self.__dict__["_functions"] = {}
        self.__dict__["_built_for"] = None
        self.__dict__["_variables"] = []
        self.__dict__["_schedule"] = rate if callable(rate) and not native.is_tensor(rate) else None
        Record.__init__(self, options, extra)
        handle = self._handle
        self.__dict__["_iterations"] = handle.iterations
        self.__dict__["_rate_variable"] = handle.learning_rate_variable
        self.__dict__["_rate"] = self._schedule
        self.__dict__["name"] = self._handle.config().get("name", type(self).__name__)

    def __getattr__(self, name: str):
        return Record.__getattr__(self, name)

    def _set_schedule(self, schedule) -> None:
        options = {**self._options, "learning_rate": schedule}
        built = self._variables
        self.__init__(**{k: v for k, v in options.items() if v is not None})
        if built:
            self._prepare(built)

    def build(self, variables) -> None:
        """Makes the state for variables; a variable that had state before keeps it."""
        variables = list(variables)
        kept = self.__dict__.setdefault("_kept_slots", {})
        kept.update(self._slots_of_variables())
        self.__dict__["_variables"] = variables
        self.__dict__["_built_for"] = tuple(v.id for v in variables)
        self._handle.build(variables)
        self._functions.clear()
        for key, slots in self._slots_of_variables().items():
            for slot, old in zip(slots, kept.get(key, ())):
                if slot.shape == old.shape:
                    slot.assign(old.value())

    def _slots_of_variables(self) -> dict:
        """The slots of each variable that the state was made for, by the variable's number."""
        count = len(self._variables)
        first = 1 if self._rate_variable is None else 2
        state = self._handle.variables[first:]
        each = len(state) // count if count else 0
        return {v.id: state[i * each : (i + 1) * each] for i, v in enumerate(self._variables)}

    def _apply(self, gradients: list, variables: list) -> None:
        self._handle.apply(gradients)

    def _all_variables(self) -> list:
        known = self.__dict__.get("_known_variables")
        found = self._handle.variables
        if known is None or [v.id for v in known] != [v.id for v in found]:
            same = {self._iterations.id: self._iterations}
            if self._rate_variable is not None:
                same[self._rate_variable.id] = self._rate_variable
            known = self.__dict__["_known_variables"] = [same.get(v.id, v) for v in found]
        return list(known)

    def _current_rate(self) -> float:
        return self._handle.learning_rate

    def finalize_variable_values(self, var_list=None) -> None:
        """Ends a training: where averages are kept, they become the weights."""
        self._handle.finalize()

    def get_config(self) -> dict:
        """The options as a dictionary, the learning rate as it is now."""
        return self._handle.config()

    @classmethod
    def from_config(cls, config: dict, custom_objects=None):
        """An optimizer of the options that `get_config` gave."""
        from ..saving import objects

        config = {k: objects.deserialize_value(v) for k, v in config.items() if k != "is_legacy_optimizer"}
        return cls(**config)
