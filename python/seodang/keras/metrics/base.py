"""`Metric`: a quantity that is measured over batches."""

from __future__ import annotations

from ... import _native as native
from .. import _config
from .._family import Record


class Metric:
    """A quantity over batches, with its state in variables.

    Subclass it with `add_weight` in the constructor, `update_state(y_true, y_pred,
    sample_weight=None)` and `result()`; `reset_state()` sets every variable to zero.
    """

    def __init__(self, name: str | None = None, dtype=None, **kwargs) -> None:
        self.__dict__["_variables"] = []
        self.name = name or _config.unique_name(_config.to_snake_case(type(self).__name__))
        self._dtype = dtype or _config.floatx()

    @property
    def dtype(self):
        """The element type of the state."""
        return self._dtype

    @property
    def variables(self) -> list:
        """The state."""
        own = list(self.__dict__.get("_variables", ()))
        for value in list(self.__dict__.values()):
            if isinstance(value, native.Variable) and not any(v is value for v in own):
                own.append(value)
            elif isinstance(value, Metric):
                own.extend(value.variables)
        return own

    weights = variables
    non_trainable_variables = variables
    non_trainable_weights = variables
    trainable_variables: tuple = ()
    trainable_weights: tuple = ()

    def add_weight(self, name=None, shape=(), aggregation=None, synchronization=None,
                   initializer=None, dtype=None, **kwargs):
        """A variable of the state."""
        from .. import initializers

        if name is not None and not isinstance(name, str):
            # Keras 3's order: shape, initializer, dtype, name.
            shape, name = name, kwargs.pop("_name", None)
        made = initializers.get(initializer or "zeros")
        dims = [shape] if isinstance(shape, int) else list(shape or ())

        def make():
            return native.Variable(made(dims, dtype=dtype or self._dtype), trainable=False,
                                   name=name or "variable", dtype=dtype or self._dtype)

        variable = native.eagerly(make) if native.is_tracing() else make()
        self.__dict__.setdefault("_variables", []).append(variable)
        return variable

    add_variable = add_weight

    def update_state(self, *args, **kwargs):
        """Takes a batch in; subclasses define it."""
        raise NotImplementedError("Must be implemented by subclasses.")

    def result(self):
        """The value over all batches since the last reset; subclasses define it."""
        raise NotImplementedError("Must be implemented by subclasses.")

    def reset_state(self) -> None:
        """Forgets all batches."""
        old = type(self).__dict__.get("reset_states")
        if old is not None and type(self).reset_state is Metric.reset_state:
            old(self)
            return
        for v in self.variables:
            v.assign(native.zeros(list(v.shape), v.dtype))

    def reset_states(self) -> None:
        """Forgets all batches (the older name)."""
        self.reset_state()

    def __call__(self, *args, **kwargs):
        """Takes a batch in and gives the value so far."""
        self.update_state(*args, **kwargs)
        return self.result()

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {"name": self.name, "dtype": self._dtype}

    @classmethod
    def from_config(cls, config: dict):
        """A metric of the options that `get_config` gave."""
        return cls(**config)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}>"

    __str__ = __repr__


class RecordMetric(Record, Metric):
    """A metric that Rust computes."""

    _handle_class = "MetricHandle"

    def __init__(self, options: dict, extra: dict | None = None) -> None:
        options = dict(options)
        self.__dict__["_variables"] = []
        Record.__init__(self, options, extra)
        self.__dict__["name"] = self._handle.name
        self.__dict__["_dtype"] = options.get("dtype") or _config.floatx()

    @property
    def variables(self) -> list:
        """The state; some metrics make it when they see the first batch."""
        known = self.__dict__["_variables"]
        found = self._handle.variables
        if len(known) != len(found):
            self.__dict__["_variables"] = known = found
        return list(known)

    weights = variables

    def update_state(self, y_true, y_pred=None, sample_weight=None):
        """Takes labels and predictions in."""
        native_build(self, y_pred)
        self._handle.update(y_true, y_pred, sample_weight)

    def result(self):
        """The value over all batches since the last reset; 0 before the first."""
        return self._handle.result()

    def reset_state(self) -> None:
        """Forgets all batches."""
        if native.is_tracing():
            Metric.reset_state(self)
        else:
            self._handle.reset()


def native_build(metric, y_pred) -> None:
    """Makes the state outside of a trace that is going on: a trace cannot make variables."""
    handle = metric._handle
    if not handle.variables:
        shape = tuple(native.convert(y_pred).shape)
        handle.build(list(shape))


class RecordMean(RecordMetric):
    """A metric of values alone, without labels: `Mean` and `Sum`."""

    def update_state(self, values, sample_weight=None):
        """Takes values in, each with its weight."""
        values = native.convert(values)
        if not values.dtype.is_floating:
            values = native.cast(values, self._dtype)
        native_build(self, values)
        self._handle.update(values, values, sample_weight)


class MeanMetricWrapper(Metric):
    """The mean of a function of labels and predictions."""

    def __init__(self, fn, name: str | None = None, dtype=None, **kwargs) -> None:
        super().__init__(name or getattr(fn, "__name__", type(fn).__name__), dtype)
        self._fn = fn
        self._fn_kwargs = kwargs
        self.total = self.add_weight("total", initializer="zeros")
        self.count = self.add_weight("count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Takes the function's values of a batch in."""
        y_pred = native.convert(y_pred)
        y_true = native.convert(y_true, None, y_pred.dtype)
        if y_pred.dtype.is_floating and y_true.dtype != y_pred.dtype:
            y_true = native.cast(y_true, y_pred.dtype)
        values = native.cast(native.convert(self._fn(y_true, y_pred, **self._fn_kwargs)), self._dtype)
        if sample_weight is None:
            self.total.assign_add(native.reduce_sum(values))
            size = 1
            for d in values.shape:
                size *= d
            self.count.assign_add(float(size))
            return
        weight = native.cast(native.convert(sample_weight), self._dtype)
        while weight.ndim > values.ndim and weight.shape[-1] == 1:
            weight = native.squeeze(weight, -1)
        while weight.ndim < values.ndim:
            weight = native.expand_dims(weight, -1)
        weight = native.broadcast_to(weight, list(values.shape))
        self.total.assign_add(native.reduce_sum(values * weight))
        self.count.assign_add(native.reduce_sum(weight))

    def result(self):
        """The mean; 0 before the first batch."""
        safe = native.where(native.equal(self.count, 0.0), 1.0, self.count)
        return self.total / safe

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {**super().get_config(), "fn": self._fn, **self._fn_kwargs}


class MeanTensor(Metric):
    """The elementwise mean of tensors of one shape."""

    def __init__(self, name: str = "mean_tensor", dtype=None, shape=None) -> None:
        super().__init__(name, dtype)
        self.total = self.count = None
        if shape is not None:
            self._make(shape)

    def _make(self, shape) -> None:
        self.total = self.add_weight("total", shape=shape)
        self.count = self.add_weight("count", shape=shape)

    def update_state(self, values, sample_weight=None):
        """Takes a tensor in."""
        values = native.cast(native.convert(values), self._dtype)
        if self.total is None:
            self._make(tuple(values.shape))
        weight = native.ones(list(values.shape), self._dtype)
        if sample_weight is not None:
            weight = weight * native.cast(native.convert(sample_weight), self._dtype)
        self.total.assign_add(values * weight)
        self.count.assign_add(weight)

    def result(self):
        """The means."""
        if self.total is None:
            raise ValueError("MeanTensor does not have any value yet. Please call the MeanTensor "
                             "instance or use `.update_state(value)` before retrieving the result.")
        return native.where(native.equal(self.count, 0.0), 0.0, self.total / self.count)
