"""`keras.backend`: the functions under Keras, by their older names."""

from __future__ import annotations

import numpy as np

from .. import _native as native
from .._missing import missing
from ..compat.tensorflow import (
    _create,
    _elementwise,
    _indexing,
    _products,
    _reductions,
    _shaping,
    control_flow,
    nn,
)
from ..compat.tensorflow import random as _random
from . import _config
from ._config import (
    epsilon,
    floatx,
    image_data_format,
    learning_phase,
    set_epsilon,
    set_floatx,
    set_image_data_format,
    set_learning_phase,
)

abs, exp, log, sqrt, square, sign = (getattr(_elementwise, n) for n in (
    "abs", "exp", "log", "sqrt", "square", "sign"))
sin, cos, tanh, sigmoid, softplus, softsign, round, pow = (getattr(_elementwise, n) for n in (
    "sin", "cos", "tanh", "sigmoid", "softplus", "softsign", "round", "pow"))
maximum, minimum, equal, not_equal = (getattr(_elementwise, n) for n in (
    "maximum", "minimum", "equal", "not_equal"))
greater, greater_equal, less, less_equal = (getattr(_elementwise, n) for n in (
    "greater", "greater_equal", "less", "less_equal"))
cast = _elementwise.cast
clip = _elementwise.clip_by_value
relu6, elu, softmax = nn.relu6, nn.elu, nn.softmax
transpose, reshape, tile, shape = _shaping.transpose, _shaping.reshape, _shaping.tile, _shaping.shape
repeat_elements = lambda x, rep, axis: _shaping.repeat(x, rep, axis)  # noqa: E731
gather = _indexing.gather
one_hot = _create.one_hot
identity = _create.identity
switch = control_flow.cond
stop_gradient = native.stop_gradient
constant = _create.constant
expand_dims = lambda x, axis=-1: _shaping.expand_dims(x, axis)  # noqa: E731
squeeze = lambda x, axis: _shaping.squeeze(x, axis)  # noqa: E731
argmax = lambda x, axis=-1: _indexing.argmax(x, axis)  # noqa: E731
argmin = lambda x, axis=-1: _indexing.argmin(x, axis)  # noqa: E731


def _reduce(name: str, run):
    def function(x, axis=None, keepdims=False):
        return run(x, axis, keepdims)

    function.__name__ = name
    function.__doc__ = f"The {name} of the elements, along axes."
    return function


mean = _reduce("mean", lambda x, a, k: _reductions.reduce_mean(_float(x), a, k))
sum = _reduce("sum", lambda x, a, k: _reductions.reduce_sum(x, a, k))
max = _reduce("max", lambda x, a, k: _reductions.reduce_max(x, a, k))
min = _reduce("min", lambda x, a, k: _reductions.reduce_min(x, a, k))
prod = _reduce("prod", lambda x, a, k: _reductions.reduce_prod(x, a, k))
std = _reduce("std", lambda x, a, k: _reductions.reduce_std(x, a, k))
var = _reduce("var", lambda x, a, k: _reductions.reduce_variance(x, a, k))
any = _reduce("any", lambda x, a, k: _reductions.reduce_any(_elementwise.cast(x, "bool"), a, k))
all = _reduce("all", lambda x, a, k: _reductions.reduce_all(_elementwise.cast(x, "bool"), a, k))
logsumexp = _reduce("logsumexp", lambda x, a, k: _reductions.reduce_logsumexp(x, a, k))
cumsum = lambda x, axis=0: _reductions.cumsum(x, axis)  # noqa: E731
cumprod = lambda x, axis=0: _reductions.cumprod(x, axis)  # noqa: E731


def _float(x):
    dtype = getattr(x, "dtype", None)
    return _elementwise.cast(x, floatx()) if dtype is not None and dtype == "bool" else x


def variable(value, dtype=None, name=None, constraint=None):
    """A variable with a value."""
    return native.Variable(value, dtype=dtype or floatx(), name=name)


def is_keras_tensor(x) -> bool:
    """Whether a value is a symbolic Keras value."""
    return hasattr(x, "_is_keras_tensor")


def get_value(x):
    """The value as an array, or the number itself."""
    return x.numpy() if hasattr(x, "numpy") else x


def set_value(x, value) -> None:
    """Replaces a variable's value."""
    x.assign(np.asarray(value, dtype=x.numpy().dtype))


def batch_get_value(tensors) -> list:
    """The values of variables."""
    return [get_value(t) for t in tensors]


def batch_set_value(tuples) -> None:
    """Replaces the values of variables: (variable, value) pairs."""
    for x, value in tuples:
        set_value(x, value)


def eval(x):
    """The value as an array."""
    return get_value(native.convert(x))


def count_params(x) -> int:
    """The number of elements."""
    return int(np.prod(tuple(x.shape)))


def ndim(x) -> int:
    """The number of dimensions."""
    return len(x.shape)


def dtype(x) -> str:
    """The element type's name."""
    return x.dtype.name


def int_shape(x):
    """The dimensions as a tuple."""
    return tuple(x.shape)


def clear_session(free_memory: bool = True) -> None:
    """Starts the numbering of layer names again."""
    native.clear_names()
    _config.reset_uids()


def dot(x, y):
    """The product of matrices, or the sum over the last axis of x and the last but one of y."""
    x, y = native.convert(x), native.convert(y)
    if x.ndim == 2 and y.ndim == 2:
        return native.matmul(x, y)
    return native.tensordot(x, y, [x.ndim - 1], [max_(y.ndim - 2, 0)])


def max_(a: int, b: int) -> int:
    """The larger of two numbers."""
    return a if a > b else b


def batch_dot(x, y, axes=None):
    """The products of the rows of two stacks."""
    x, y = native.convert(x), native.convert(y)
    if axes is None:
        axes = (x.ndim - 1, y.ndim - 1 if y.ndim == 2 else y.ndim - 2)
    if isinstance(axes, int):
        axes = (axes, axes)
    letters = "abcdefghijklmnop"
    left = letters[: x.ndim]
    a, b = axes[0] % x.ndim, axes[1] % y.ndim
    right = list(letters[x.ndim : x.ndim + y.ndim])
    right[0], right[b] = left[0], left[a]
    rest = [c for i, c in enumerate(left) if i != a] + [c for i, c in enumerate(right) if i not in (0, b)]
    out = native.einsum(f"{left},{''.join(right)}->{''.join(rest)}", [x, y])
    return native.expand_dims(out, -1) if out.ndim == 1 else out


def flatten(x):
    """All elements in one axis."""
    return native.reshape(x, [-1])


def batch_flatten(x):
    """All elements of each row in one axis."""
    x = native.convert(x)
    return native.reshape(x, [x.shape[0], -1])


def permute_dimensions(x, pattern):
    """The axes in another order."""
    return _shaping.transpose(x, pattern)


def concatenate(tensors, axis=-1):
    """Tensors one behind the other along an axis."""
    return _shaping.concat(tensors, axis)


def stack(x, axis=0):
    """Tensors beside each other along a new axis."""
    return _shaping.stack(x, axis)


def zeros(shape, dtype=None, name=None):
    """A variable of zeros."""
    return native.Variable(native.zeros(list(shape), dtype or floatx()), name=name)


def ones(shape, dtype=None, name=None):
    """A variable of ones."""
    return native.Variable(native.ones(list(shape), dtype or floatx()), name=name)


def zeros_like(x, dtype=None, name=None):
    """Zeros of a tensor's shape."""
    return _create.zeros_like(x, dtype)


def ones_like(x, dtype=None, name=None):
    """Ones of a tensor's shape."""
    return _create.ones_like(x, dtype)


def arange(start, stop=None, step=1, dtype="int32"):
    """start, start + step, ... below stop."""
    return _create.range(start, stop, step, dtype)


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    """The elements, those below 0 times alpha, at most max_value."""
    if not alpha and max_value is None and not threshold:
        return nn.relu(x)
    return native.activation(
        {"class_name": "relu", "config": {"negative_slope": alpha, "max_value": max_value,
                                          "threshold": threshold}}, x)


def hard_sigmoid(x):
    """A sigmoid of straight lines."""
    return native.clip(native.convert(x) * 0.2 + 0.5, 0.0, 1.0)


def l2_normalize(x, axis=None):
    """Rows of length 1."""
    return _reductions.l2_normalize(x, axis)


def dropout(x, level, noise_shape=None, seed=None):
    """Elements that become 0 with a probability; the others grow in return."""
    return nn.dropout(x, level, noise_shape, seed)


def binary_crossentropy(target, output, from_logits=False):
    """The cross entropy of labels and probabilities, elementwise."""
    if from_logits:
        return nn.sigmoid_cross_entropy_with_logits(target, output)
    p = native.clip(native.convert(output), epsilon(), 1 - epsilon())
    t = native.cast(native.convert(target), p.dtype)
    return native.neg(t * native.log(p + epsilon()) + (1 - t) * native.log(1 - p + epsilon()))


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The cross entropy of shares and probabilities."""
    if from_logits:
        return nn.softmax_cross_entropy_with_logits(target, output, axis)
    p = native.convert(output)
    p = native.clip(p / native.reduce_sum(p, axis, True), epsilon(), 1 - epsilon())
    return native.neg(native.reduce_sum(native.cast(native.convert(target), p.dtype) * native.log(p), axis))


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    """The cross entropy of class numbers and probabilities."""
    p = native.convert(output)
    labels = native.cast(native.convert(target), "int32")
    if labels.ndim == p.ndim:
        labels = native.squeeze(labels, -1)
    return categorical_crossentropy(native.one_hot(labels, p.shape[-1], p.dtype), p, from_logits, axis)


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Normal numbers."""
    return _random.normal(shape, mean, stddev, dtype or floatx(), seed)


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    """Uniform numbers."""
    return _random.uniform(shape, minval, maxval, dtype or floatx(), seed)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Normal numbers within two standard deviations of the mean."""
    return _random.truncated_normal(shape, mean, stddev, dtype or floatx(), seed)


def random_bernoulli(shape, p=0.0, dtype=None, seed=None):
    """Ones with a probability, and zeros."""
    drawn = _random.uniform(shape, 0.0, 1.0, "float32", seed)
    return native.cast(native.less(drawn, p), dtype or floatx())


def update(x, new_x):
    """Replaces a variable's value."""
    return x.assign(new_x)


def update_add(x, increment):
    """Adds to a variable's value."""
    return x.assign_add(increment)


def update_sub(x, decrement):
    """Subtracts from a variable's value."""
    return x.assign_sub(decrement)


def map_fn(fn, elems, name=None, dtype=None):
    """What a function gives for each row, stacked."""
    return control_flow.map_fn(fn, elems)


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None, ragged=False):
    """A symbolic Keras value."""
    from .layers.input_layer import Input

    dims = (None,) * ndim if shape is None else shape
    return Input(batch_shape=dims, dtype=dtype or floatx(), name=name)


def function(inputs, outputs, updates=None, name=None, **kwargs):
    """A function of arrays between symbolic values of a model."""
    from .models.model import Model

    single = not isinstance(outputs, (list, tuple))
    model = Model(inputs, outputs)

    def run(values):
        given = values if isinstance(values, (list, tuple)) else [values]
        given = [native.convert(v, None, "float32") for v in given]
        out = model(given if len(given) > 1 else given[0])
        if single:
            return out.numpy()
        return [o.numpy() for o in (out if isinstance(out, (list, tuple)) else [out])]

    return run


def gradients(loss, variables):
    """Not offered: it needs TensorFlow 1's graphs."""
    raise RuntimeError("K.gradients is not supported when eager execution is enabled. Use "
                       "tf.GradientTape instead.")


def manual_variable_initialization(value) -> None:
    """Accepted: variables have their values from the start."""


def get_uid(prefix: str = "") -> int:
    """A number that counts up for each prefix."""
    _uids[prefix] = _uids.get(prefix, 0) + 1
    return _uids[prefix]


_uids: dict[str, int] = {}
__all__ = ["epsilon", "floatx", "image_data_format", "learning_phase", "set_epsilon", "set_floatx",
           "set_image_data_format", "set_learning_phase"]
__getattr__ = missing(__name__)
