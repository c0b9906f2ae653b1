"""`Loss`: how far predictions are from labels."""

from __future__ import annotations

from typing import Any

from ... import _native as native
from .. import _config, _symbolic
from .._family import Record

_REDUCTIONS = {
    None: None,
    "none": None,
    "auto": "sum_over_batch_size",
    "sum": "sum",
    "mean": "mean",
    "sum_over_batch_size": "sum_over_batch_size",
    "mean_with_sample_weight": "mean_with_sample_weight",
}


class Reduction:
    """How the losses of a batch become one."""

    AUTO = "auto"
    NONE = "none"
    SUM = "sum"
    SUM_OVER_BATCH_SIZE = "sum_over_batch_size"

    @classmethod
    def all(cls) -> tuple:
        """Every reduction."""
        return (cls.AUTO, cls.NONE, cls.SUM, cls.SUM_OVER_BATCH_SIZE)

    @classmethod
    def validate(cls, key) -> None:
        """Raises ValueError for what is no reduction."""
        if key not in _REDUCTIONS:
            raise ValueError(
                f'Invalid Reduction Key: {key}. Expected keys are "{cls.all()}"'
            )


def reduction_of(value) -> str | None:
    """A reduction in the records' spelling."""
    Reduction.validate(value)
    return _REDUCTIONS[value]


class Loss:
    """How far predictions are from labels. Subclass it with `call(y_true, y_pred)`.

    Args:
        reduction: how the losses of a batch become one: "sum_over_batch_size", "sum", "none".
        name: the name.
    """

    def __init__(self, name=None, reduction: Any = "sum_over_batch_size", dtype=None) -> None:
        # Keras 2 gives the reduction first.
        if name in _REDUCTIONS and name is not None and reduction not in _REDUCTIONS:
            name, reduction = reduction, name
        elif name in ("none", "auto", "sum", "sum_over_batch_size"):
            name, reduction = None if reduction == "sum_over_batch_size" else reduction, name
        self.reduction = reduction_of(reduction)
        self.name = name or _config.to_snake_case(type(self).__name__)
        self.dtype = dtype or _config.floatx()

    def call(self, y_true, y_pred):
        """The loss of each sample; subclasses define it."""
        raise NotImplementedError("Must be implemented by subclasses.")

    def __call__(self, y_true, y_pred, sample_weight=None):
        """The loss of a batch, weighted and reduced."""
        if _symbolic.has_symbolic((y_true, y_pred)):
            return _of_symbols(self, y_true, y_pred, sample_weight)
        y_pred = native.convert(y_pred)
        y_true = native.convert(y_true, None, y_pred.dtype)
        losses = native.convert(self.call(y_true, y_pred))
        return reduce_weighted(losses, sample_weight, self.reduction)

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {"name": self.name, "reduction": self.reduction}

    @classmethod
    def from_config(cls, config: dict):
        """A loss of the options that `get_config` gave."""
        return cls(**config)


def _of_symbols(loss, y_true, y_pred, sample_weight):
    """A loss of values of a model that is being described, for its `add_loss`."""
    return _symbolic.call(loss, (y_true, y_pred, sample_weight), {}, f"tf.keras.losses.{loss.name}")


def reduce_weighted(losses, sample_weight, reduction):
    """Losses of samples, weighted and made into one."""
    if sample_weight is not None:
        weight = native.convert(sample_weight, None, losses.dtype)
        if weight.dtype != losses.dtype:
            weight = native.cast(weight, losses.dtype)
        while weight.ndim < losses.ndim:
            weight = native.expand_dims(weight, -1)
        while weight.ndim > losses.ndim and weight.shape[-1] == 1:
            weight = native.squeeze(weight, -1)
        losses = losses * weight
    if reduction is None:
        return losses
    if reduction == "sum":
        return native.reduce_sum(losses)
    return native.reduce_mean(losses)


class RecordLoss(Record, Loss):
    """A loss that Rust computes."""

    _handle_class = "LossHandle"

    def __init__(self, options: dict, extra: dict | None = None) -> None:
        options = dict(options)
        options["reduction"] = reduction_of(options.get("reduction"))
        extra = {k: v for k, v in (extra or {}).items() if k != "dtype"}
        if options["reduction"] is None:
            options["reduction"] = "none"
        Record.__init__(self, options, extra)
        self.__dict__["reduction"] = reduction_of(options["reduction"])
        self.__dict__["name"] = self._handle.name
        self.__dict__["dtype"] = _config.floatx()

    def call(self, y_true, y_pred):
        """The loss of each sample, or of each position."""
        return self._handle.unreduced(y_true, y_pred)

    def __call__(self, y_true, y_pred, sample_weight=None):
        """The loss of a batch, weighted and reduced."""
        if _symbolic.has_symbolic((y_true, y_pred)):
            return _of_symbols(self, y_true, y_pred, sample_weight)
        return self._handle.compute(y_true, y_pred, sample_weight)


class LossFunctionWrapper(Loss):
    """A loss made of a function of labels and predictions."""

    def __init__(self, fn, reduction: Any = "sum_over_batch_size", name=None, **kwargs) -> None:
        super().__init__(name or getattr(fn, "__name__", type(fn).__name__), reduction)
        self.fn = fn
        self._kwargs = kwargs

    def call(self, y_true, y_pred):
        """What the function returns."""
        return self.fn(y_true, y_pred, **self._kwargs)

    def __repr__(self) -> str:
        return f"<LossFunctionWrapper({self.fn})>"
