"""LSTMs whose products are convolutions (Shi et al. 2015): `ConvLSTM1D`, `ConvLSTM2D`, `ConvLSTM3D`."""

from __future__ import annotations

from ... import _native as native
from ..._shapes import TensorShape
from .. import _config, activations, backend, constraints, initializers, regularizers
from .base import Layer
from .rnn import RNN

_OPTIONS = (
    "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "activation",
    "recurrent_activation", "use_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer",
    "unit_forget_bias", "kernel_regularizer", "recurrent_regularizer", "bias_regularizer",
    "kernel_constraint", "recurrent_constraint", "bias_constraint", "dropout", "recurrent_dropout",
)


def _many(value, rank: int) -> tuple:
    return (int(value),) * rank if isinstance(value, int) else tuple(int(v) for v in value)


class _ConvLSTMCell(Layer):
    """One step: gates i, f, c, o of the convolutions of the input and of the last output."""

    def __init__(self, rank: int, options: dict, **kwargs) -> None:
        super().__init__(**kwargs)
        o = dict(options)
        self.rank, self.filters = rank, int(o["filters"])
        self.kernel_size, self.strides = _many(o["kernel_size"], rank), _many(o["strides"], rank)
        self.dilation_rate, self.padding = _many(o["dilation_rate"], rank), str(o["padding"]).lower()
        if self.padding not in ("valid", "same"):
            raise ValueError(f"The `padding` of a ConvLSTM is 'valid' or 'same'. Received: {o['padding']}")
        self.data_format = o["data_format"] or _config.image_data_format()
        self.activation = activations.get(o["activation"])
        self.recurrent_activation = o["recurrent_activation"]
        # Keras 2's, whose slope is 0.2, as for all ConvLSTMs that were trained with it.
        hard = self.recurrent_activation == "hard_sigmoid"
        self._gate = backend.hard_sigmoid if hard else activations.get(self.recurrent_activation)
        self.use_bias, self.unit_forget_bias = bool(o["use_bias"]), bool(o["unit_forget_bias"])
        for name in ("kernel", "recurrent", "bias"):
            setattr(self, f"{name}_initializer", initializers.get(o[f"{name}_initializer"]))
            setattr(self, f"{name}_regularizer", regularizers.get(o[f"{name}_regularizer"]))
            setattr(self, f"{name}_constraint", constraints.get(o[f"{name}_constraint"]))
        self.__dict__["_size"] = None
        self.__dict__["_mask"] = None

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape."""
        shape = tuple(TensorShape(input_shape))
        first = self.data_format == "channels_first"
        channels = shape[1] if first else shape[-1]
        if channels is None:
            raise ValueError("The channel dimension of the inputs to a ConvLSTM must be known. "
                             f"Received: input_shape={shape}")
        gates = 4 * self.filters
        self.kernel = self.add_weight(
            name="kernel", shape=(*self.kernel_size, channels, gates), initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer, constraint=self.kernel_constraint,
        )
        self.recurrent_kernel = self.add_weight(
            name="recurrent_kernel", shape=(*self.kernel_size, self.filters, gates),
            initializer=self.recurrent_initializer, regularizer=self.recurrent_regularizer,
            constraint=self.recurrent_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias", shape=(gates,), initializer=self._first_bias,
                regularizer=self.bias_regularizer, constraint=self.bias_constraint,
            )
        self.built = True

    def _first_bias(self, shape, dtype=None):
        """The bias, with ones at the forget gate if asked for."""
        whole = native.convert(self.bias_initializer(shape, dtype=dtype))
        if not self.unit_forget_bias:
            return whole
        n = self.filters
        return native.concat([whole[:n], native.ones([n], whole.dtype), whole[2 * n :]], 0)

    def _lengths(self, dims: tuple) -> list:
        """The outputs' sizes along each axis."""
        found = []
        for n, k, s, d in zip(dims, self.kernel_size, self.strides, self.dilation_rate, strict=True):
            room = n if self.padding == "same" else n - d * (k - 1)
            found.append(-(-room // s))
        return found

    @property
    def state_size(self) -> list:
        """The shapes of the output and of the cell's state, once pictures were seen."""
        size = self._size or [None] * self.rank
        return [[*size, self.filters]] * 2

    def _conv(self, x, kernel, strides, padding: str, dilation):
        from ...compat.tensorflow import nn

        return nn.convolution(x, kernel, list(strides), padding.upper(), dilations=list(dilation))

    def call(self, inputs, states, training=None):
        """The output and the next states; channels are last in here."""
        h, c = states
        once = (1,) * self.rank
        x = self._conv(inputs, self.kernel.value(), self.strides, self.padding, self.dilation_rate)
        if self.bias is not None:
            x = x + self.bias.value()
        seen = h if self._mask is None else h * self._mask
        z = x + self._conv(seen, self.recurrent_kernel.value(), once, "same", once)
        i, f, g, o = native.split(z, [self.filters] * 4, z.ndim - 1)
        c = self._gate(f) * c + self._gate(i) * self.activation(g)
        h = self._gate(o) * self.activation(c)
        return h, [h, c]


class _ConvLSTM(RNN):
    _rank = 2

    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1,
        activation="tanh", recurrent_activation="hard_sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None,
        return_sequences=False, return_state=False, go_backwards=False, stateful=False, dropout=0.0,
        recurrent_dropout=0.0, **kwargs,
    ) -> None:
        values = locals()
        options = {n: values[n] for n in _OPTIONS}
        cell = _ConvLSTMCell(self._rank, options, name="cell", dtype=kwargs.get("dtype"))
        super().__init__(
            cell, return_sequences=return_sequences, return_state=return_state,
            go_backwards=go_backwards, stateful=stateful, activity_regularizer=activity_regularizer, **kwargs,
        )
        self.__dict__["_chosen"] = options
        self.dropout, self.recurrent_dropout = float(dropout), float(recurrent_dropout)

    def __getattr__(self, name: str):
        if name in _OPTIONS and "cell" in self.__dict__:
            return getattr(self.cell, name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def call(self, inputs, mask=None, training=None, initial_state=None):
        """The outputs for sequences of pictures, from an initial state."""
        cell = self.cell
        first = cell.data_format == "channels_first"
        x = _channels_last(inputs, 2) if first else inputs
        shape = tuple(x.shape)
        cell.__dict__["_size"] = size = cell._lengths(shape[2:-1])
        if first and initial_state is not None:
            initial_state = [_channels_last(native.convert(s), 1) for s in initial_state]
        if training and self.dropout:
            x = x * self._kept_elements([shape[0], 1, *shape[2:]], self.dropout, x.dtype)
        cell.__dict__["_mask"] = None
        if training and self.recurrent_dropout:
            of = [shape[0], *size, cell.filters]
            cell.__dict__["_mask"] = self._kept_elements(of, self.recurrent_dropout, x.dtype)
        try:
            out = super().call(x, mask, training, initial_state)
        finally:
            cell.__dict__["_mask"] = None
        if not first:
            return out
        parts = out if isinstance(out, list) else [out]
        parts = [_channels_first(p, 2 if k == 0 and self.return_sequences else 1) for k, p in enumerate(parts)]
        return parts if isinstance(out, list) else parts[0]

    def _kept_elements(self, shape: list, rate: float, dtype):
        """Which elements stay, the same for every step."""
        from ...compat.tensorflow import nn

        return nn.dropout(native.ones(shape, dtype), rate)

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape."""
        super().build(input_shape)
        self.built = True

    def get_config(self) -> dict:
        """The options as a dictionary."""
        config = super().get_config()
        for name in ("cell", "unroll"):
            config.pop(name, None)
        kinds = {"initializer": initializers, "regularizer": regularizers, "constraint": constraints}
        for name in _OPTIONS:
            value = getattr(self.cell, name, self._chosen[name])
            kind = kinds.get(name.rpartition("_")[2])
            if kind is not None and value is not None:
                value = kind.serialize(value)
            elif name == "activation":
                value = activations.serialize(value)
            config[name] = value
        config.update(dropout=self.dropout, recurrent_dropout=self.recurrent_dropout)
        return config

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None):
        """The layer of a configuration."""
        return cls(**config)


def _channels_last(x, at: int):
    return native.transpose(x, [*range(at), *range(at + 1, x.ndim), at])


def _channels_first(x, at: int):
    return native.transpose(x, [*range(at), x.ndim - 1, *range(at, x.ndim - 1)])


class ConvLSTM1D(_ConvLSTM):
    """An LSTM over sequences (batch, steps, length, channels) whose products are convolutions."""

    _rank = 1


class ConvLSTM2D(_ConvLSTM):
    """An LSTM over sequences of pictures (batch, steps, height, width, channels) that convolves.

    Args:
        filters: the channels of the outputs.
        kernel_size, strides, padding, data_format, dilation_rate: as of a convolution.
        activation, recurrent_activation: of the values and of the gates.
        return_sequences, return_state, go_backwards, stateful, dropout, recurrent_dropout: as of LSTM.
    """

    _rank = 2


class ConvLSTM3D(_ConvLSTM):
    """An LSTM over sequences of volumes (batch, steps, depth, height, width, channels) that convolves."""

    _rank = 3
