"""`keras.activations`: functions of outputs."""

from __future__ import annotations

from ... import _native as native
from ..._language import both
from .. import _symbolic
from ..saving import objects, registration

_CONVERTED = (native.Tensor, native.Variable)


def _call(name: str, x):
    """A record's activation of a tensor, or of a symbolic value."""
    if _symbolic.is_symbolic(x):
        return _symbolic.call(globals()[name], (x,), {}, f"tf.nn.{name}")
    return native.activation(name, x)


def _apply(function, name: str, x, **kwargs):
    if _symbolic.is_symbolic(x):
        return _symbolic.call(globals()[name], (x,), kwargs, f"tf.nn.{name}")
    return function(x if isinstance(x, _CONVERTED) else native.convert(x))


def linear(x) -> native.Tensor:
    """`x`, as it is."""
    return x


def relu(x, alpha: float = 0.0, max_value: float | None = None, threshold: float = 0.0,
         negative_slope: float | None = None) -> native.Tensor:
    """`x` from the threshold on and at most `max_value`; below, `alpha * (x - threshold)`."""
    slope = alpha if negative_slope is None else negative_slope
    if not slope and max_value is None and not threshold:
        return _call("relu", x)

    def compute(x):
        above = native.greater_equal(x, threshold)
        y = native.where(above, x, (x - threshold) * slope)
        return y if max_value is None else native.minimum(y, max_value)

    return _apply(compute, "relu", x, alpha=slope, max_value=max_value, threshold=threshold)


def sigmoid(x) -> native.Tensor:
    """`1 / (1 + exp(-x))`."""
    return _call("sigmoid", x)


def tanh(x) -> native.Tensor:
    """The hyperbolic tangent."""
    return _call("tanh", x)


def softmax(x, axis=-1) -> native.Tensor:
    """`exp(x) / sum(exp(x))` along an axis."""
    return _apply(lambda v: native.softmax(v, axis), "softmax", x, axis=axis)


def log_softmax(x, axis=-1) -> native.Tensor:
    """The logarithm of :func:`softmax`."""
    return _apply(lambda v: native.log_softmax(v, axis), "log_softmax", x, axis=axis)


def elu(x, alpha: float = 1.0) -> native.Tensor:
    """`x` above 0, `alpha * (exp(x) - 1)` below."""
    if alpha == 1.0:
        return _call("elu", x)

    def compute(v):
        return native.where(v > 0, v, native.expm1(native.minimum(v, 0.0)) * alpha)

    return _apply(compute, "elu", x, alpha=alpha)


def leaky_relu(x, negative_slope: float = 0.2) -> native.Tensor:
    """`x` above 0, `negative_slope * x` below."""

    def compute(v):
        return native.where(v > 0, v, v * negative_slope)

    return _apply(compute, "leaky_relu", x, negative_slope=negative_slope)


def gelu(x, approximate: bool = False) -> native.Tensor:
    """`x * P(X <= x)` for a standard normal `X`."""
    if not approximate:
        return _call("gelu", x)

    def compute(v):
        return v * 0.5 * (native.tanh((v + v * v * v * 0.044715) * 0.7978845608028654) + 1.0)

    return _apply(compute, "gelu", x, approximate=True)


def _plain(name: str, about: str):
    def function(x):
        return _call(name, x)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = about
    return function


selu = _plain("selu", "Scaled `elu`, which keeps mean and variance.")
softplus = _plain("softplus", "`log(exp(x) + 1)`.")
softsign = _plain("softsign", "`x / (|x| + 1)`.")
exponential = _plain("exponential", "`exp(x)`.")
hard_sigmoid = _plain("hard_sigmoid", "A sigmoid of straight lines.")
silu = _plain("silu", "`x * sigmoid(x)`.")
relu6 = _plain("relu6", "`min(max(x, 0), 6)`.")
mish = _plain("mish", "`x * tanh(softplus(x))`.")
log_sigmoid = _plain("log_sigmoid", "`log(sigmoid(x))`.")
hard_silu = _plain("hard_silu", "`x * hard_sigmoid(x)`.")
hard_tanh = _plain("hard_tanh", "`x`, limited to -1 and 1.")
tanh_shrink = _plain("tanh_shrink", "`x - tanh(x)`.")
swish = silu
hard_swish = hard_silu

_NAMES = (
    "linear relu sigmoid tanh softmax log_softmax elu leaky_relu gelu selu softplus softsign "
    "exponential hard_sigmoid silu relu6 mish log_sigmoid hard_silu hard_tanh tanh_shrink swish "
    "hard_swish"
).split()


def get(identifier):
    """The function of a name or a configuration; None is `linear`, functions stay.

    Raises ValueError for an unknown name.
    """
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        found = registration.get_registered_object(identifier)
        if found is None and identifier in _NAMES:
            found = globals()[identifier]
        if found is None:
            known = _record_function(identifier)
            if known is not None:
                return known
            raise ValueError(both(
                f"Unknown activation function '{identifier}' cannot be deserialized. Known names: "
                f"{sorted(_NAMES)}",
                f"'{identifier}'이라는 활성화 함수는 없습니다.",
            ))
        return found
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, type):
        return identifier()
    if callable(identifier):
        return identifier
    raise TypeError(both(
        f"Could not interpret activation function identifier: {identifier!r}",
        f"활성화 함수로 쓸 수 없는 값입니다: {identifier!r}",
    ))


def _record_function(name: str):
    """A record's activation that has no function of its own here."""
    try:
        native.activation(name, native.convert([0.0]))
    except Exception:  # noqa: BLE001 - whatever the record says, the name is unknown
        return None
    return _plain(name, f"`{name}`.")


def serialize(activation, use_legacy_format: bool = False):
    """The name of a function of this module, or the configuration of another."""
    name = getattr(activation, "__name__", None)
    if name in _NAMES and globals()[name] is activation:
        return name
    return objects.serialize_keras_object(activation)


def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The function of a name or a configuration."""
    if isinstance(config, str):
        with registration.CustomObjectScope(custom_objects or {}):
            return get(config)
    name = config.get("class_name")
    if name in _NAMES and not isinstance(config.get("config"), str):
        options = config.get("config") or {}
        function = globals()[name]
        return (lambda x: function(x, **options)) if options else function
    return objects.deserialize_keras_object(config, custom_objects)
