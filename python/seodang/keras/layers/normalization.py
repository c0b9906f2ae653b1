"""`Normalization`: shifts and scales features to mean 0 and variance 1."""

from __future__ import annotations

import numpy as np

from ... import _native as native
from ..._shapes import TensorShape
from .adapting import batches
from .base import Layer


class Normalization(Layer):
    """`(x - mean) / sqrt(variance)`, with mean and variance given or found by `adapt`.

    Args:
        axis: the axes that have statistics of their own; None for one mean of everything.
        mean: the mean, if it is known.
        variance: the variance, if it is known.
        invert: whether the layer undoes a normalization.
    """

    def __init__(self, axis=-1, mean=None, variance=None, invert: bool = False, **kwargs) -> None:
        super().__init__(**kwargs)
        if (mean is None) != (variance is None):
            raise ValueError(
                "When setting values directly, both `mean` and `variance` must be set. Received: "
                f"mean={mean} and variance={variance}"
            )
        axes = () if axis is None else tuple(axis) if isinstance(axis, (list, tuple)) else (axis,)
        self.axis = axes
        self.input_mean, self.input_variance = mean, variance
        self.invert = invert
        self.supports_masking = True
        self.mean = self.variance = None

    def build(self, input_shape=None) -> None:
        """Finds the shape of the statistics."""
        shape = tuple(TensorShape(input_shape))
        rank = len(shape)
        keep = sorted(a + rank if a < 0 else a for a in self.axis)
        for a in keep:
            if not 0 <= a < rank:
                raise ValueError(
                    f"All `axis` values must be in the range [-ndim, ndim). Found ndim: `{rank}`, "
                    f"axis: {self.axis}"
                )
            if shape[a] is None:
                raise ValueError(
                    f"All `axis` values to be kept must have known shape. Got axis: {self.axis}, "
                    f"input shape: {list(shape)}, with unknown axis at index: {a}"
                )
        state = self.__dict__
        state["_keep"] = keep
        state["_broadcast"] = [shape[a] if a in keep else 1 for a in range(rank)]
        if self.input_mean is not None:
            self._finish(np.asarray(self.input_mean), np.asarray(self.input_variance))
            return
        if "adapt_mean" not in state:
            inner = [shape[a] for a in keep]
            self.adapt_mean = self.add_weight("mean", inner, initializer="zeros", trainable=False)
            self.adapt_variance = self.add_weight(
                "variance", inner, initializer="ones", trainable=False
            )
            self.count = self.add_weight(
                "count", (), dtype="int64", initializer="zeros", trainable=False
            )
        self._finish(self.adapt_mean.numpy(), self.adapt_variance.numpy())

    def _finish(self, mean: np.ndarray, variance: np.ndarray) -> None:
        shape = self._broadcast
        mean = np.broadcast_to(np.reshape(mean, _fit(mean, shape)), shape).astype(np.float32)
        variance = np.broadcast_to(np.reshape(variance, _fit(variance, shape)), shape)
        self.mean = native.convert(np.ascontiguousarray(mean))
        self.variance = native.convert(np.ascontiguousarray(variance).astype(np.float32))

    def adapt(self, data, batch_size: int | None = None, steps: int | None = None) -> None:
        """Finds mean and variance of data: an array, a tensor, or a data set of batches."""
        if self.input_mean is not None:
            raise ValueError(
                "Cannot `adapt` a Normalization layer that is initialized with static `mean` and "
                "`variance`."
            )
        total, mean, square = 0, 0.0, 0.0
        for batch in batches(data, batch_size, steps):
            x = np.asarray(batch, dtype=np.float64)
            if x.ndim == 1 and self.axis:
                x = x[:, None]
            if not self.built or total == 0:
                self.__dict__["built"] = False
                self.build(TensorShape((None, *x.shape[1:])))
            over = tuple(a for a in range(x.ndim) if a not in self._keep)
            count = int(np.prod([x.shape[a] for a in over], dtype=np.int64))
            if count == 0:
                continue
            m, s = x.mean(axis=over), x.var(axis=over)
            delta = m - mean
            whole = total + count
            mean = mean + delta * count / whole
            square = square + s * count + delta * delta * total * count / whole
            total = whole
        if total == 0:
            raise ValueError("Normalization.adapt was given no data.")
        self.adapt_mean.assign(np.asarray(mean, np.float32))
        self.adapt_variance.assign(np.asarray(square / total, np.float32))
        self.count.assign(np.asarray(total, np.int64))
        self._finish(self.adapt_mean.numpy(), self.adapt_variance.numpy())

    def finalize_state(self) -> None:
        """Takes over statistics that were loaded into the weights."""
        if self.input_mean is None and self.built:
            self._finish(self.adapt_mean.numpy(), self.adapt_variance.numpy())

    def set_weights(self, weights) -> None:
        """Replaces the statistics."""
        super().set_weights(weights)
        self.finalize_state()

    def load_own_variables(self, store) -> None:
        """Reads the statistics from a store."""
        super().load_own_variables(store)
        self.finalize_state()

    def call(self, inputs):
        """The normalized inputs."""
        x = native.cast(native.convert(inputs), self.compute_dtype)
        if self.axis and x.ndim < len(self._broadcast):
            x = native.expand_dims(x, -1 if x.ndim == 1 else 0)
        mean = native.cast(self.mean, self.compute_dtype)
        deviation = native.maximum(
            native.sqrt(native.cast(self.variance, self.compute_dtype)), 1e-7
        )
        if x.ndim < mean.ndim:
            mean = native.reshape(mean, list(mean.shape)[-x.ndim :])
            deviation = native.reshape(deviation, list(deviation.shape)[-x.ndim :])
        return x * deviation + mean if self.invert else (x - mean) / deviation

    def compute_output_shape(self, input_shape):
        """The inputs' shape."""
        return TensorShape(input_shape)

    def get_config(self) -> dict:
        """The options."""
        config = super().get_config()
        config.update(
            axis=list(self.axis),
            invert=self.invert,
            mean=_listed(self.input_mean),
            variance=_listed(self.input_variance),
        )
        return config

    @classmethod
    def from_config(cls, config: dict) -> Normalization:
        """The layer of a configuration."""
        config = dict(config)
        if isinstance(config.get("axis"), (list, tuple)) and not config["axis"]:
            config["axis"] = None
        return cls(**config)


def _listed(value):
    return None if value is None else np.asarray(value).tolist()


def _fit(value: np.ndarray, shape: list) -> list:
    """The shape of statistics beside inputs."""
    value = np.asarray(value)
    wanted = [d for d in shape if d != 1]
    return shape if value.size == int(np.prod(wanted or [1])) else [1] * len(shape)
