"""Layers of functions: `Lambda`, and those that operators and functions on KerasTensors make."""

from __future__ import annotations

import contextlib

from ... import _nest
from .. import _config, _symbolic
from ..saving import lambdas, objects, registration
from .base import Layer


class Lambda(Layer):
    """A layer of a function of the user's.

    Args:
        function: takes the inputs (and `mask`, `training` if it names them).
        output_shape: the outputs' shape without the batch, or a function of the inputs' shape;
            found by evaluation if absent.
        mask: the outputs' mask, or a function of inputs and mask.
        arguments: further keyword arguments of the function.
    """

    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.function = function
        self.arguments = dict(arguments or {})
        self._output_shape = output_shape
        self.mask = mask
        if mask is not None:
            self.supports_masking = True

    def call(self, inputs, mask=None, training=None):
        """The function's result."""
        import inspect

        kwargs = dict(self.arguments)
        try:
            names = inspect.signature(self.function).parameters
        except (TypeError, ValueError):
            names = {}
        if "mask" in names and mask is not None:
            kwargs["mask"] = mask
        if "training" in names:
            kwargs.setdefault("training", training)
        return self.function(inputs, **kwargs)

    def compute_mask(self, inputs, mask=None):
        """The mask given to the constructor, or what its function says."""
        if callable(self.mask):
            return self.mask(inputs, mask)
        return self.mask

    def compute_output_shape(self, input_shape):
        """The shape of the outputs."""
        if self._output_shape is None:
            return super().compute_output_shape(input_shape)
        if callable(self._output_shape):
            return self._output_shape(input_shape)
        batch = input_shape[0]
        batch = batch[0] if isinstance(batch, (tuple, list)) else batch
        return (batch, *self._output_shape)

    def get_config(self) -> dict:
        """The options; the function by its name."""
        config = super().get_config()
        config["function"] = objects.serialize_keras_object(self.function)
        config["arguments"] = self.arguments
        if self._output_shape is not None and not callable(self._output_shape):
            config["output_shape"] = self._output_shape
        if self.mask is not None:
            config["mask"] = objects.serialize_keras_object(self.mask)
        return config

    @classmethod
    def from_config(cls, config: dict, custom_objects=None, safe_mode=None) -> Lambda:
        """The layer of a configuration.

        Its functions are found by their names, among those registered or given as custom objects;
        the code of a lambda is run with `safe_mode=False` only. Raises ValueError for it otherwise.
        """
        config = dict(config)
        with contextlib.ExitStack() as scopes:
            scopes.enter_context(registration.CustomObjectScope(custom_objects or {}))
            if safe_mode is not None:
                scopes.enter_context(registration.SafeMode(safe_mode))
            for key in ("function", "mask", "output_shape"):
                kind = config.pop(f"{key}_type", None)
                config.pop("module" if key == "function" else f"{key}_module", None)
                config[key] = _revived(config.get(key), kind)
        return cls(**{k: v for k, v in config.items() if k not in _OTHERS or v is not None})


_OTHERS = ("mask", "output_shape")


def _revived(value, kind: str | None):
    """A function of a configuration; other values stay. `kind` is Keras 2's word for what it is."""
    if kind == "lambda":
        code, defaults, closure = value
        return lambdas.load(code, defaults, closure)
    if isinstance(value, dict):
        return objects.deserialize_keras_object(value)
    if isinstance(value, str):
        return objects._find_function({"config": value})
    if isinstance(value, list):
        return tuple(value)
    return value


# Names that TensorFlow functions have in full.
_MODULE_OF = {
    "math": (
        "abs add multiply subtract divide truediv floordiv floormod pow exp log log1p sqrt rsqrt "
        "square sin cos tan asin acos atan sinh cosh sigmoid tanh maximum minimum reduce_sum "
        "reduce_mean reduce_max reduce_min reduce_prod reduce_any reduce_all reduce_std "
        "reduce_variance reduce_logsumexp argmax argmin cumsum cumprod equal not_equal less "
        "less_equal greater greater_equal logical_and logical_or logical_not negative sign round "
        "floor ceil add_n top_k"
    ).split(),
    "nn": "relu relu6 elu selu gelu leaky_relu softmax log_softmax softplus softsign l2_normalize "
    "dropout max_pool2d avg_pool2d conv2d moments".split(),
    "linalg": "matmul norm einsum".split(),
    "image": "resize".split(),
}
_FULL_NAMES = {n: f"tf.{module}.{n}" for module, names in _MODULE_OF.items() for n in names}
_FULL_NAMES["norm"] = "tf.norm"
_FULL_NAMES["einsum"] = "tf.einsum"


def public_name(function) -> str:
    """A function's full TensorFlow name: ``tf.math.reduce_mean``."""
    name = getattr(function, "__name__", type(function).__name__)
    known = getattr(function, "_tf_name", None) or _FULL_NAMES.get(name)
    return known or f"tf.{name}"


class TFOpLambda(Layer):
    """The layer of a function that was called on KerasTensors."""

    def __init__(self, function, symbol: str | None = None, name: str | None = None, **kwargs):
        symbol = symbol or public_name(function)
        if name is None:
            name = _config.unique_name(symbol)
        super().__init__(name=name, **kwargs)
        self.function = function
        self.symbol = symbol
        self.built = True
        # A function says nothing about masks; its inputs' are lost, as TensorFlow's are kept only
        # by elementwise functions.
        self.supports_masking = symbol in _ELEMENTWISE

    def _infer_outputs(self, args: tuple, kwargs: dict):
        outputs = _symbolic.infer(self.function, args, kwargs)
        if self.supports_masking:
            found: list = []
            _symbolic.map_values(found.append, (args, kwargs))
            for x in _nest.flatten(outputs):
                if _symbolic.is_symbolic(x) and x._keras_mask is None:
                    x._keras_mask = next(
                        (i._keras_mask for i in found if i._keras_mask is not None), None
                    )
        return outputs

    def __call__(self, *args, **kwargs):
        if _symbolic.has_symbolic((args, kwargs)):
            return self._call_symbolic(args, kwargs)
        return self.call(*args, **kwargs)

    def call(self, *args, **kwargs):
        """The function's result."""
        outputs = self.function(*args, **kwargs)
        if self.supports_masking:
            mask = next(
                (m for m in (getattr(a, "_keras_mask", None) for a in args) if m is not None), None
            )
            if mask is not None and getattr(outputs, "_keras_mask", None) is None:
                outputs._keras_mask = mask
        return outputs

    def get_config(self) -> dict:
        """The function's name, by which it is found again."""
        return {"name": self.name, "trainable": True, "dtype": self.dtype, "function": self.symbol}

    @classmethod
    def from_config(cls, config: dict) -> TFOpLambda:
        """The layer of a configuration."""
        from ..saving.functions import function_of

        symbol = "tf." + config["function"].removeprefix("tf.")
        return cls(function_of(symbol), symbol, name=config.get("name"))


_ELEMENTWISE = frozenset(
    "tf.__operators__.add tf.math.multiply tf.math.subtract tf.math.truediv tf.math.add "
    "tf.nn.relu tf.math.tanh tf.math.sigmoid tf.math.exp tf.math.sqrt tf.cast tf.math.negative".split()
)


class SlicingOpLambda(TFOpLambda):
    """The layer of an indexing of a KerasTensor."""


class TFOpLayer(TFOpLambda):
    """The layer of a function of KerasTensors, under its oldest name."""
