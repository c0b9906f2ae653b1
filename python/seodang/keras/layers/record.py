"""`RecordLayer`: the layers whose options, weights and computation are Rust records."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ... import _native as native
from ... import _nest
from ..._shapes import TensorShape
from .. import _config, _scope, _symbolic
from ..saving import keras2, registration
from ..saving import options as _options
from .base import Layer, _map_shapes
from .input_spec import InputSpec

# What Keras checks before a layer is built, as (rank) or (least rank, None).
_RANKS = {
    "Dense": InputSpec(min_ndim=2),
    "EinsumDense": InputSpec(min_ndim=2),
    "Flatten": InputSpec(min_ndim=1),
    "RepeatVector": InputSpec(ndim=2),
    "Conv1D": InputSpec(min_ndim=3),
    "Conv2D": InputSpec(min_ndim=4),
    "Conv3D": InputSpec(min_ndim=5),
    "Conv1DTranspose": InputSpec(ndim=3),
    "Conv2DTranspose": InputSpec(ndim=4),
    "Conv3DTranspose": InputSpec(ndim=5),
    "SeparableConv1D": InputSpec(min_ndim=3),
    "SeparableConv2D": InputSpec(min_ndim=4),
    "DepthwiseConv1D": InputSpec(min_ndim=3),
    "DepthwiseConv2D": InputSpec(min_ndim=4),
    "SimpleRNN": InputSpec(ndim=3),
    "LSTM": InputSpec(ndim=3),
    "GRU": InputSpec(ndim=3),
    "ConvLSTM2D": InputSpec(ndim=5),
    **{f"{kind}Pooling{n}D": InputSpec(ndim=n + 2) for kind in ("Max", "Average") for n in (1, 2, 3)},
    **{
        f"Global{kind}Pooling{n}D": InputSpec(ndim=n + 2)
        for kind in ("Max", "Average")
        for n in (1, 2, 3)
    },
    **{f"{kind}{n}D": InputSpec(ndim=n + 2) for kind in ("UpSampling", "ZeroPadding", "Cropping")
       for n in (1, 2, 3)},
}

# Older names of options that mean the same, and options that only told how to compute.
_RENAMED = {
    "LeakyReLU": {"alpha": "negative_slope"},
    "Dropout": {"p": "rate"},
    "Dense": {"output_dim": "units", "init": "kernel_initializer", "W_regularizer": "kernel_regularizer"},
    "BatchNormalization": {"beta_init": "beta_initializer", "gamma_init": "gamma_initializer"},
    "Conv2D": {"nb_filter": "filters", "border_mode": "padding", "subsample": "strides"},
    "RandomFlip": {},
}
_IGNORED = {
    "BatchNormalization": ("fused", "virtual_batch_size", "adjustment"),
    "LSTM": ("implementation", "time_major"),
    "GRU": ("implementation", "time_major"),
    "SimpleRNN": ("implementation", "time_major"),
    "Embedding": ("activity_regularizer",),
}

# Options that are dimensions of weights.
_WIDTHS = ("units", "filters", "input_dim", "output_dim")
_ALWAYS_TRAINABLE = ("SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")
_SHAPES = ("input_shape", "batch_input_shape", "batch_shape")
_COMMON = ("name", "trainable", "dtype", "activity_regularizer")


class RecordLayer(Layer):
    """A layer that Rust computes. Its options are those of its record.

    The generated classes call `__init__` with the record's options; options that are Python
    functions or objects reach the record by reference.
    """

    _record: ClassVar[str] = ""
    _fields: ClassVar[tuple[str, ...]] = ()
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict] = {}
    _nullable: ClassVar[tuple[str, ...]] = ()
    _untracked = Layer._untracked | {"_handle", "_options", "_weights_cache"}

    def __init__(self, options: dict, extra: dict) -> None:
        common = {k: options.pop(k) for k in _COMMON if k in options}
        extra = dict(extra)
        options.update(self._take_legacy(extra))
        for key, kind in self._kinds.items():
            if isinstance(options.get(key), str):
                options[key] = _options.custom(kind, options[key])
        if self._record == "Embedding" and not any(k in extra for k in _SHAPES):
            # Embeddings know the form of their inputs: rows of integers.
            length = extra.pop("input_length", None)
            extra["input_shape"] = tuple(length) if isinstance(length, (list, tuple)) else (length,)
        super().__init__(**common, **extra)
        state = self.__dict__
        state["_options"] = options
        state["_weights_cache"] = None
        state["_handle"] = self._make_handle()
        state["supports_masking"] = True
        self.input_spec = _RANKS.get(self._record)

    def _take_legacy(self, extra: dict) -> dict:
        """Options under older names, taken out of the further arguments."""
        found = {}
        for old, new in _RENAMED.get(self._record, {}).items():
            if old in extra:
                found[new] = extra.pop(old)
        for old in _IGNORED.get(self._record, ()):
            extra.pop(old, None)
        return found

    def _make_handle(self, options: dict | None = None):
        config = {}
        for k, v in (self._options if options is None else options).items():
            kind = self._kinds.get(k)
            if v is None and kind == "activation":
                # None is no activation, whatever the record's own is.
                config[k] = "linear"
            elif v is None and k == "data_format":
                config[k] = _config.image_data_format()
            elif v is not None or k in self._nullable:
                config[k] = _options.to_record(kind, v)
        config["name"] = self.name
        config["trainable"] = self._trainable
        config["dtype"] = self.dtype_policy.name
        return native.LayerHandle(self._record, config)

    def _record_config(self) -> dict:
        """The record's options; those that are Python objects with their defaults."""
        handle = self.__dict__["_handle"]
        if not any(_options.is_foreign(v) for v in self._options.values()):
            return handle.config()
        plain = self.__dict__.get("_plain_handle")
        if plain is None:
            options = {k: None if _options.is_foreign(v) else v for k, v in self._options.items()}
            plain = self.__dict__["_plain_handle"] = self._make_handle(options)
        return {**plain.config(), "trainable": handle.trainable}

    # Options ---------------------------------------------------------------------------------

    def __getattr__(self, name: str):
        descriptor = getattr(type(self), name, None)
        if isinstance(descriptor, property):
            # The property raised an AttributeError, which says more than this would.
            return descriptor.fget(self)
        state = self.__dict__
        if name in type(self)._fields and "_options" in state:
            return _options.to_attribute(self._kinds.get(name), self._option(name))
        handle = state.get("_handle")
        if handle is not None and not name.startswith("_"):
            for local, variable, _ in self._record_weights():
                if local == name:
                    return variable
            if name in _WEIGHT_NAMES and not state["built"]:
                raise AttributeError(
                    f"You must build the layer before accessing `{name}`: "
                    f"layer '{self.name}' has no weights yet."
                )
            if name in _WEIGHT_NAMES:
                return None
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def _option(self, name: str):
        value = self._options.get(name)
        if value is not None:
            return value
        return self._record_config().get(name)

    def __setattr__(self, name: str, value) -> None:
        if name in type(self)._fields and "_handle" in self.__dict__:
            self._set_option(name, value)
            return
        super().__setattr__(name, value)

    def _set_option(self, name: str, value) -> None:
        """Changes an option of the layer; the weights keep their values."""
        state = self.__dict__
        before, old, shapes = self._options.get(name), state["_handle"], self._build_shapes
        values = [np.array(v.numpy()) for _, v, _ in self._record_weights()]
        self._options[name] = value
        state.pop("_plain_handle", None)
        try:
            handle = self._make_handle()
            if old.built:
                handle.build(_shape_list(shapes), "")
                own = handle.weights
                if [tuple(w.variable.shape) for w in own] != [v.shape for v in values]:
                    raise ValueError(
                        f"The option `{name}` of layer '{self.name}' changes the shapes of its "
                        "weights: make a new layer instead."
                    )
                for w, v in zip(own, values, strict=True):
                    w.variable.assign(v)
        except BaseException:
            self._options[name] = before
            raise
        handle.trainable = self._trainable
        state["_handle"], state["_weights_cache"] = handle, None
        self._record_weights()

    # Weights ---------------------------------------------------------------------------------

    def _record_weights(self) -> list:
        """(name, variable, whether training may change it) of the record's weights."""
        cached = self.__dict__.get("_weights_cache")
        if cached is None:
            handle = self.__dict__.get("_handle")
            if handle is None or not handle.built:
                return []
            cached = [(w.name, w.variable, w.trainable) for w in handle.weights]
            prefix = self._outer_names()
            for w, (local, variable, trained) in zip(handle.weights, cached, strict=True):
                inner = w.path.split("/")
                inner = inner[inner.index(self.name) + 1 :] if self.name in inner else [local]
                variable._local_name = local
                variable._trained = trained
                variable._name = "/".join([*prefix, self.name, *inner]) + ":0"
                if w.constrained:
                    variable._constrain = w.constrain
            self.__dict__["_weights_cache"] = cached
        return cached

    def _own_variables(self) -> list:
        own = [(v, trained) for _, v, trained in self._record_weights()]
        return own + super()._own_variables()

    def _set_trainable(self, value: bool) -> None:
        super()._set_trainable(value)
        self._handle.trainable = value

    def _penalty_values(self) -> list:
        own = super()._penalty_values()
        if not self._trainable or not self._handle.built:
            return own
        return [*self._handle.regularization_losses(), *own]

    # Calling ---------------------------------------------------------------------------------

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape."""
        state = self.__dict__
        if state["_handle"].built:
            return
        shapes = _shape_list(input_shape)
        registration.check_claims(self.name, [self._options.get(n) for n in _WIDTHS])
        if any(n in type(self)._fields for n in _WIDTHS):
            registration.check_claims(self.name, [shape[-1] for shape in shapes if shape])
        outer = "/".join(c.layer.name for c in _scope.stack.calls if c.layer is not self)
        state["_handle"].build(shapes, outer)
        state["_build_shapes"] = input_shape
        state["_weights_cache"] = None
        self._record_weights()
        self._fix_channels(shapes)

    def _fix_channels(self, shapes: list) -> None:
        """Once built, the layer takes no other number of channels."""
        spec = self.input_spec
        if spec is None or len(shapes) != 1 or not self._record_weights():
            return
        axis = 1 if self._record_config().get("data_format") == "channels_first" else -1
        if "Global" in self._record or not -len(shapes[0]) <= axis < len(shapes[0]):
            return
        size = shapes[0][axis]
        if size is not None:
            state = self.__dict__
            state["input_spec"] = InputSpec(
                ndim=spec.ndim, min_ndim=spec.min_ndim, axes={axis: size}
            )

    def call(self, inputs, training=None, mask=None):
        """Computes the outputs in Rust."""
        return self._run(inputs, training, mask)

    def _run(self, inputs, training, mask, extra=(), options=None):
        values = [native.convert(x) for x in _nest.flatten(inputs)] + list(extra)
        masks = [None] * len(values)
        if mask is not None:
            flat = _nest.flatten(mask)
            masks = [*flat, *([None] * (len(values) - len(flat)))][: len(values)]
        handle = self.__dict__["_handle"]
        if not handle.built:
            self.build(_nest.map_structure(lambda x: TensorShape(x.shape), inputs))
        random = self._random_state() if training else None
        outputs, out_masks, losses = handle.call(
            values, bool(training), masks, random, **(options or {})
        )
        for loss in losses:
            self.add_loss(loss)
        if type(self).compute_mask is RecordLayer.compute_mask:
            for y, m in zip(outputs, out_masks, strict=False):
                if m is not None:
                    y._keras_mask = m
        return outputs[0] if len(outputs) == 1 else list(outputs)

    def _training_when_unsaid(self, signature):
        # `augmentation(pictures)` augments, as in Keras; predict and evaluate say otherwise.
        return self._record.startswith("Random") or super()._training_when_unsaid(signature)

    def _draws(self) -> bool:
        """Whether the layer draws random numbers."""
        return self._record in _DRAWS

    def _random_state(self):
        """The random numbers that the layer draws from when it has no seed of its own."""
        state = self.__dict__
        found = state.get("_random")
        if found is None:
            if self._record not in _DRAWS:
                return None
            found = state["_random"] = native.eagerly(native.RandomState)
        return found

    def _mask_outputs(self, inputs, outputs, masks) -> None:
        # The record gave the outputs their masks, unless a subclass says otherwise.
        if type(self).compute_mask is not RecordLayer.compute_mask:
            super()._mask_outputs(inputs, outputs, masks)

    def _plain_call(self) -> bool:
        """Whether the layer computes exactly what its record says."""
        return type(self).call in _PLAIN_CALLS

    def _infer_outputs(self, args: tuple, kwargs: dict):
        inputs = args[0] if args else next(iter(kwargs.values()))
        if not self._plain_call() or self._record in _EVALUATED or len(args) > 3:
            return super()._infer_outputs(args, kwargs)
        symbols = [x for x in _nest.flatten((args, kwargs)) if _symbolic.is_symbolic(x)]
        if len(symbols) != len(_nest.flatten(inputs)):
            return super()._infer_outputs(args, kwargs)
        shapes = self._handle.output_shapes([tuple(x.shape) for x in symbols])
        dtype = self._output_dtype(symbols)
        outputs = [_symbolic.KerasTensor(s, dtype) for s in shapes]
        masks = self._symbolic_mask(inputs, outputs)
        for y, m in zip(outputs, masks, strict=False):
            y._keras_mask = m
        return outputs[0] if len(outputs) == 1 else outputs

    def _output_dtype(self, symbols: list) -> str:
        if self._record in _KEEPS_DTYPE and not symbols[0].dtype.is_floating:
            return symbols[0].dtype.name
        return self.compute_dtype

    def _symbolic_mask(self, inputs, outputs) -> list:
        """Which outputs will carry a mask: symbolic layers only need to know that they do."""
        first = _nest.flatten(inputs)[0]
        if self._record == "Embedding":
            made = bool(self._record_config().get("mask_zero"))
        elif self._record == "Masking":
            made = True
        else:
            made = first._keras_mask is not None and self._record not in _CONSUMES_MASK
            if self._record in _RECURRENT:
                made = made and bool(self._record_config().get("return_sequences"))
        if not made:
            return []
        shape = list(outputs[0].shape)[:2]
        return [_symbolic.KerasTensor(shape, "bool")]

    def compute_mask(self, inputs, mask=None):
        """The mask of the outputs."""
        if self._record == "Embedding":
            if not self._record_config().get("mask_zero"):
                return None
            return _not_equal(inputs, 0)
        outputs = self(inputs) if mask is None else self(inputs, mask=mask)
        masks = [getattr(y, "_keras_mask", None) for y in _nest.flatten(outputs)]
        return masks[0] if len(masks) == 1 else masks

    def compute_output_shape(self, input_shape):
        """The shape of the outputs for a shape of inputs, the batch included."""
        if not self._plain_call() and type(self).call is not RecordLayer.call:
            return super().compute_output_shape(input_shape)
        shapes = [
            TensorShape(s) for s in self._handle.output_shapes(_shape_list(input_shape))
        ]
        return shapes[0] if len(shapes) == 1 else shapes

    # Configuration ---------------------------------------------------------------------------

    def get_config(self) -> dict:
        """The options as a dictionary from which `from_config` makes such a layer again."""
        config = self._record_config()
        config["name"] = self.name
        config["trainable"] = self._trainable
        if self._record in _ALWAYS_TRAINABLE:
            # Keras's own layer takes no such option.
            del config["trainable"]
        for name, value in self._options.items():
            if _options.is_foreign(value):
                config[name] = _options.serialize(value)
        if self._activity_regularizer is not None:
            config["activity_regularizer"] = _options.serialize(self._activity_regularizer)
        if self._batch_input_shape is not None:
            config["batch_input_shape"] = self._batch_input_shape
        return config

    @classmethod
    def from_config(cls, config: dict):
        """A layer of the options that `get_config` gave, or Keras 2's or 3's."""
        return super().from_config(keras2.modern(cls._record, config))

    def reset_state(self) -> None:
        """Puts a layer's state back to its beginning, for layers that have one."""
        for name, variable, _ in self._record_weights():
            if name in ("states", "state") or name.startswith("state"):
                variable.assign(np.zeros(tuple(variable.shape), variable.numpy().dtype))

    reset_states = reset_state

    def __getstate__(self) -> dict:
        state = super().__getstate__()
        state.pop("_handle")
        state.pop("_random", None)
        state.pop("_plain_handle", None)
        state["_weights_cache"] = None
        built = self._handle.built
        state["_saved"] = (
            _map_shapes(tuple, self._build_shapes) if built else None,
            [np.array(v.numpy()) for _, v, _ in self._record_weights()],
        )
        return state

    def __setstate__(self, state: dict) -> None:
        state = dict(state)
        shapes, values = state.pop("_saved")
        self.__dict__.update(state)
        self.__dict__["_handle"] = self._make_handle()
        if shapes is not None:
            self._handle.build(_shape_list(shapes), "")
            for (_, variable, _), value in zip(self._record_weights(), values, strict=True):
                variable.assign(value)


_PLAIN_CALLS = {RecordLayer.call}

# Weights by their names, for a message before they exist.
_WEIGHT_NAMES = frozenset(
    "kernel bias recurrent_kernel gamma beta moving_mean moving_variance embeddings "
    "depthwise_kernel pointwise_kernel alpha".split()
)
_DRAWS = frozenset(
    "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianNoise GaussianDropout "
    "AlphaDropout SimpleRNN LSTM GRU SimpleRNNCell LSTMCell GRUCell ConvLSTM1D ConvLSTM2D "
    "ConvLSTM3D RNN StackedRNNCells Attention AdditiveAttention MultiHeadAttention "
    "GroupQueryAttention RandomFlip RandomRotation RandomZoom RandomContrast RandomBrightness "
    "RandomTranslation RandomCrop RandomHeight RandomWidth RandomInvert RandomErasing".split()
)
_RECURRENT = frozenset({"SimpleRNN", "LSTM", "GRU", "RNN", "ConvLSTM1D", "ConvLSTM2D"})
_CONSUMES_MASK = frozenset(
    {"Flatten", "Reshape", "GlobalAveragePooling1D", "GlobalMaxPooling1D", "Conv1D", "Conv2D"}
)
_KEEPS_DTYPE = frozenset(
    {"Flatten", "Reshape", "Permute", "RepeatVector", "Concatenate", "Cropping1D", "Cropping2D",
     "Cropping3D", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "InputLayer", "Identity",
     "UpSampling1D", "UpSampling2D", "UpSampling3D"}
)
# Layers whose outputs' types or shapes are easier found by evaluating them.
_EVALUATED = frozenset({"Discretization", "Hashing", "HashedCrossing", "CategoryEncoding"})


def _shape_list(shapes) -> list[tuple]:
    """A structure of shapes as a flat list of tuples."""
    found: list[tuple] = []
    _map_shapes(lambda s: found.append(tuple(s)), shapes)
    return found


def _not_equal(x, value):
    if _symbolic.is_symbolic(x):
        return _symbolic.call(native.not_equal, (x, value), {}, "tf.math.not_equal")
    return native.not_equal(x, value)

