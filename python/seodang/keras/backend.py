"""``keras.backend``: the functions of older Keras programs, over the functions of ``tf``."""

from __future__ import annotations

import builtins
import contextlib
from typing import Any

import numpy as np

from seodang import _nest
from seodang import _native as native
from seodang._missing import missing
from seodang.compat import tensorflow as tf

from . import _config
from ._backend_layers import (  # noqa: F401
    batch_normalization, conv1d, conv2d, pool2d, resize_images, rnn, spatial_2d_padding, temporal_padding,
)

epsilon, floatx = _config.epsilon, _config.floatx
Variable = native.Variable


def set_floatx(value: str) -> None:
    """Sets the default type of weights ("float16", "float32", "float64")."""
    _config.set_floatx(value)


def set_epsilon(value: float) -> None:
    """Sets the small number that losses and optimizers add."""
    _config.set_epsilon(value)


def backend() -> str:
    """The engine's name that programs know."""
    return "tensorflow"


def variable(value, dtype=None, name: str | None = None, constraint=None) -> Variable:
    """A variable of a value, float32 unless told otherwise."""
    return native.Variable(value, dtype=dtype or floatx(), name=name)


def constant(value, dtype=None, shape=None, name: str | None = None) -> native.Tensor:
    """A tensor of a value, float32 unless told otherwise."""
    return tf.constant(value, dtype=dtype or floatx(), shape=shape)


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None, ragged=False) -> Any:
    """A symbolic input."""
    from ._symbolic import KerasTensor

    return KerasTensor([None] * ndim if shape is None else shape, dtype or floatx(), name=name)


def is_keras_tensor(x) -> bool:
    """Whether a value is a symbolic output of a layer."""
    return getattr(x, "_is_keras_tensor", False) is True


def is_tensor(x) -> bool:
    """Whether a value is a tensor or variable."""
    return tf.is_tensor(x)


def get_value(x) -> Any:
    """The value as an array."""
    return x.numpy() if hasattr(x, "numpy") else x


def set_value(x, value) -> None:
    """Gives a variable another value."""
    x.assign(np.asarray(value, x.dtype.as_numpy_dtype))


def batch_get_value(tensors) -> list:
    """The values as arrays."""
    return [get_value(x) for x in tensors]


def batch_set_value(tuples) -> None:
    """Gives variables other values."""
    for x, value in tuples:
        set_value(x, value)


def eval(x) -> Any:  # noqa: A001
    """The value as an array."""
    return get_value(x)


def int_shape(x) -> Any:
    """The dimensions as a tuple of numbers and None."""
    return tuple(x.shape) if hasattr(x, "shape") else np.shape(x)


def ndim(x) -> int:
    """The number of dimensions."""
    return len(x.shape)


def dtype(x) -> str:
    """The element type's name."""
    return tf.as_dtype(x.dtype).name


def count_params(x) -> int:
    """The number of elements."""
    return int(np.prod(int_shape(x)))


def _reduction(name: str):
    def function(x, axis=None, keepdims: bool = False):
        if name in ("any", "all"):
            return getattr(tf, f"reduce_{name}")(tf.cast(x, "bool"), axis, keepdims)
        return getattr(tf.math, f"reduce_{name}")(x, axis, keepdims)

    function.__name__ = name
    function.__doc__ = f"tf.reduce_{name} along axes."
    return function


sum, prod, max, min = (_reduction(n) for n in ("sum", "prod", "max", "min"))  # noqa: A001
any, all, logsumexp = (_reduction(n) for n in ("any", "all", "logsumexp"))  # noqa: A001


def _fraction(x):
    return tf.cast(x, floatx()) if not tf.as_dtype(x.dtype).is_floating else x


def mean(x, axis=None, keepdims: bool = False) -> native.Tensor:
    """The mean along axes; of truth values and integers too."""
    return tf.reduce_mean(_fraction(tf.convert_to_tensor(x)), axis, keepdims)


def std(x, axis=None, keepdims: bool = False) -> native.Tensor:
    """The standard deviation along axes."""
    return tf.math.reduce_std(_fraction(tf.convert_to_tensor(x)), axis, keepdims)


def var(x, axis=None, keepdims: bool = False) -> native.Tensor:
    """The variance along axes."""
    return tf.math.reduce_variance(_fraction(tf.convert_to_tensor(x)), axis, keepdims)


def argmax(x, axis: int = -1) -> native.Tensor:
    """Where the largest element stands."""
    return tf.argmax(x, axis)


def argmin(x, axis: int = -1) -> native.Tensor:
    """Where the smallest element stands."""
    return tf.argmin(x, axis)


def clip(x, min_value, max_value) -> native.Tensor:
    """Elements held between two values (None: no bound)."""
    if max_value is None:
        max_value = float("inf")
    return tf.clip_by_value(x, float("-inf") if min_value is None else min_value, max_value)


def sqrt(x) -> native.Tensor:
    """The square root; negative numbers count as 0."""
    return tf.sqrt(tf.maximum(x, 0.0))


def flatten(x) -> native.Tensor:
    """All elements in one axis."""
    return tf.reshape(x, [-1])


def batch_flatten(x) -> native.Tensor:
    """All axes but the first in one."""
    if is_keras_tensor(x):
        from .layers import Flatten

        return Flatten()(x)
    return tf.reshape(x, [x.shape[0], -1])


def concatenate(tensors, axis: int = -1) -> native.Tensor:
    """Tensors joined along an axis."""
    return tf.concat(list(tensors), axis)


def stack(x, axis: int = 0) -> native.Tensor:
    """Tensors as the rows of a new axis."""
    return tf.stack(list(x), axis)


def dot(x, y) -> native.Tensor:
    """The product of matrices; for more axes, along the last of x and the last but one of y."""
    if len(x.shape) > 2 or len(y.shape) > 2:
        return tf.tensordot(x, y, [[len(x.shape) - 1], [len(y.shape) - 2 if len(y.shape) > 1 else 0]])
    return tf.matmul(x, y)


def batch_dot(x, y, axes=None) -> native.Tensor:
    """The products of the rows of two batches along axes."""
    from .layers import Dot

    if axes is None:
        axes = (len(x.shape) - 1, len(y.shape) - 2 if len(y.shape) > 2 else 1)
    return Dot(axes)([x, y])


def permute_dimensions(x, pattern) -> native.Tensor:
    """The axes in another order."""
    return tf.transpose(x, pattern)


def repeat(x, n: int) -> native.Tensor:
    """Rows repeated along a new second axis."""
    return tf.tile(tf.expand_dims(x, 1), [1, n, 1])


def repeat_elements(x, rep: int, axis: int) -> native.Tensor:
    """Each slice along an axis several times."""
    return tf.repeat(x, rep, axis)


def l2_normalize(x, axis=None) -> native.Tensor:
    """The tensor over its norm."""
    return tf.math.l2_normalize(x, axis)


def relu(x, alpha=0.0, max_value=None, threshold=0.0) -> native.Tensor:
    """The rectifier with a slope below a threshold and a largest value."""
    from .activations import relu as run

    return run(x, alpha, max_value, threshold)


def softmax(x, axis: int = -1) -> native.Tensor:
    """exp(x) over its sum."""
    return tf.nn.softmax(x, axis)


def sigmoid(x) -> native.Tensor:
    """1 / (1 + exp(-x))."""
    return tf.sigmoid(x)


def hard_sigmoid(x) -> native.Tensor:
    """A piecewise linear sigmoid (0.2 x + 0.5)."""
    return tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)


def elu(x, alpha: float = 1.0) -> native.Tensor:
    """x, but alpha (exp(x) - 1) where x < 0."""
    return tf.where(tf.greater(x, 0.0), x, alpha * tf.nn.elu(x))


def dropout(x, level, noise_shape=None, seed=None) -> native.Tensor:
    """Elements set to 0 at random."""
    return tf.nn.dropout(x, level, noise_shape, seed)


def categorical_crossentropy(target, output, from_logits: bool = False, axis: int = -1) -> native.Tensor:
    """The cross entropy of two distributions."""
    from .losses import categorical_crossentropy as run

    return run(target, output, from_logits=from_logits, axis=axis)


def sparse_categorical_crossentropy(target, output, from_logits: bool = False, axis: int = -1) -> native.Tensor:
    """The cross entropy of class numbers and a distribution."""
    from .losses import sparse_categorical_crossentropy as run

    return run(target, output, from_logits=from_logits, axis=axis)


def binary_crossentropy(target, output, from_logits: bool = False) -> native.Tensor:
    """The cross entropy of each element."""
    if from_logits:
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits=output)
    e = epsilon()
    p = tf.clip_by_value(output, e, 1.0 - e)
    y = tf.cast(target, p.dtype)
    return -(y * tf.math.log(p + e) + (1.0 - y) * tf.math.log(1.0 - p + e))


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None) -> native.Tensor:
    """Numbers of a normal distribution."""
    return tf.random.normal(shape, mean, stddev, dtype or floatx(), seed)


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None) -> native.Tensor:
    """Evenly spread numbers."""
    return tf.random.uniform(shape, minval, maxval, dtype or floatx(), seed)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None) -> native.Tensor:
    """Normal numbers within two deviations."""
    return tf.random.truncated_normal(shape, mean, stddev, dtype or floatx(), seed)


def zeros(shape, dtype=None, name: str | None = None) -> native.Tensor:
    """A variable of zeros."""
    return native.Variable(tf.zeros(shape, dtype or floatx()), name=name)


def ones(shape, dtype=None, name: str | None = None) -> native.Tensor:
    """A variable of ones."""
    return native.Variable(tf.ones(shape, dtype or floatx()), name=name)


def eye(size, dtype=None, name: str | None = None) -> native.Tensor:
    """A variable with the identity matrix."""
    return native.Variable(tf.eye(size, dtype=dtype or floatx()), name=name)


def switch(condition, then_expression, else_expression) -> Any:
    """One of two values, by a condition."""
    if callable(then_expression):
        return tf.cond(condition, then_expression, else_expression)
    return tf.where(condition, then_expression, else_expression)


def function(inputs, outputs, updates=None, name: str | None = None, **kwargs) -> Any:
    """A function from values of symbolic inputs to the values of outputs, as arrays."""
    from .models import Model

    wanted = _nest.flatten(outputs)
    if builtins.any(w is None for w in wanted):
        raise ValueError("An output of K.function is None: a gradient that does not exist.")
    model = Model(inputs, outputs)
    many = isinstance(outputs, (list, tuple))

    def run(values):
        values = [tf.convert_to_tensor(v, dtype_hint=floatx()) for v in values] if isinstance(
            values, (list, tuple)) else tf.convert_to_tensor(values, dtype_hint=floatx())
        if isinstance(values, list) and len(values) == 1:
            values = values[0]
        result = _nest.flatten(model(values))
        found = [r.numpy() for r in result]
        return found if many else found[0]

    return run


def gradients(loss, variables):
    """The gradients of a symbolic loss by symbolic values, one value or a list: for `function`.

    RuntimeError for tensors, whose gradients a tf.GradientTape gives.
    """
    from . import _symbolic
    from .models.graph import Graph
    from .utils import get_source_inputs

    one = not isinstance(variables, (list, tuple))
    wanted = [variables] if one else list(variables)
    if not is_keras_tensor(loss) or not builtins.all(is_keras_tensor(v) for v in wanted):
        raise RuntimeError("tf.gradients is not supported when eager execution is enabled. Use "
                           "tf.GradientTape instead.")
    sources = get_source_inputs(loss)
    graph = Graph(sources, [loss, *wanted])

    def gradient(*values):
        with tf.GradientTape() as tape:
            values = [tf.identity(v) for v in values]
            tape.watch(values)
            value, *found = graph.run(values)
        return tape.gradient(value, found, unconnected_gradients="zero")

    found = _symbolic.call(gradient, tuple(sources), {}, "gradients")
    return found if isinstance(found, list) else [found]


def stop_gradient(variables) -> native.Tensor:
    """The tensors, through which no gradient flows."""
    return _nest.map_structure(tf.stop_gradient, variables)


def clear_session() -> None:
    """Starts the numbering of layers' names again."""
    _config.reset_uids()
    native.clear_names()


def learning_phase() -> int:
    """1 while training, by ``set_learning_phase``; else 0."""
    return int(bool(_config.learning_phase()))


def set_learning_phase(value) -> None:
    """Makes calls of layers that do not say `training=` count as training, or not."""
    _config.set_learning_phase(value)


def update(x, new_x) -> Any:
    """Gives a variable another value."""
    return x.assign(new_x)


def update_add(x, increment) -> Any:
    """Adds to a variable."""
    return x.assign_add(increment)


def update_sub(x, decrement) -> Any:
    """Subtracts from a variable."""
    return x.assign_sub(decrement)


def name_scope(name: str) -> Any:
    """A context of a name."""
    return tf.name_scope(name)


def arange(start, stop=None, step: int = 1, dtype="int32"):
    """Evenly spaced numbers."""
    return tf.range(start, stop, step, dtype) if stop is not None else tf.range(start, delta=step, dtype=dtype)


def bias_add(x, bias, data_format: str | None = None):
    """A bias added to the channels; one of more axes is added as it is."""
    if len(bias.shape) > 1:
        return x + bias
    if (data_format or _config.image_data_format()) == "channels_first" and len(x.shape) > 2:
        return x + tf.reshape(bias, [-1, *[1] * (len(x.shape) - 2)])
    return x + bias


def cast(x, dtype):
    """The tensor with another element type."""
    return tf.cast(x, dtype)


def cast_to_floatx(x):
    """The array or tensor in the default type of weights."""
    return tf.cast(x, floatx()) if tf.is_tensor(x) else np.asarray(x, floatx())


def expand_dims(x, axis: int = -1):
    """One more axis of length 1."""
    return tf.expand_dims(x, axis)


def squeeze(x, axis):
    """The tensor without an axis of length 1."""
    return tf.squeeze(x, [axis])


def gather(reference, indices):
    """Rows by number."""
    return tf.gather(reference, indices)


def in_top_k(predictions, targets, k: int):
    """Whether each target is among the k largest predictions."""
    return tf.math.in_top_k(targets, predictions, k)


def one_hot(indices, num_classes: int):
    """Rows with a one at the place of the class."""
    return tf.one_hot(indices, num_classes)


def ones_like(x, dtype=None, name: str | None = None):
    """Ones in a tensor's shape."""
    return tf.ones_like(x, dtype)


def zeros_like(x, dtype=None, name: str | None = None):
    """Zeros in a tensor's shape."""
    return tf.zeros_like(x, dtype)


def pow(x, a):  # noqa: A001
    """x to the power of a."""
    return tf.pow(x, a)


def reshape(x, shape):
    """The tensor in another shape."""
    return tf.reshape(x, shape)


def reverse(x, axes):
    """The tensor turned around along axes."""
    return tf.reverse(x, [axes] if isinstance(axes, int) else axes)


def shape(x):
    """The dimensions."""
    return tf.shape(x)


def tile(x, n):
    """The tensor several times along each axis."""
    return tf.tile(x, [n] if isinstance(n, int) else n)


def transpose(x):
    """The axes in reversed order."""
    return tf.transpose(x)


def moving_average_update(x, value, momentum: float):
    """x becomes x * momentum + value * (1 - momentum)."""
    return x.assign(x * momentum + tf.cast(value, x.dtype) * (1.0 - momentum))


def print_tensor(x, message: str = "", summarize: int = 3):
    """The tensor, which is printed."""
    tf.print(message, x, summarize=summarize)
    return x


def in_train_phase(x, alt, training=None):
    """x, or what it gives, while training; else alt."""
    training = learning_phase() if training is None else training
    chosen = x if training in (1, True) else alt
    return chosen() if callable(chosen) and not tf.is_tensor(chosen) else chosen


def in_test_phase(x, alt, training=None):
    """alt, or what it gives, while training; else x."""
    return in_train_phase(alt, x, training)


@contextlib.contextmanager
def learning_phase_scope(value):
    """A `with` block in which calls that do not say `training=` count as training, or not."""
    before = _config.learning_phase()
    _config.set_learning_phase(value)
    try:
        yield
    finally:
        _config.set_learning_phase(before)


def random_bernoulli(shape, p: float = 0.0, dtype=None, seed=None):
    """Ones with a probability, else zeros."""
    kind = dtype or floatx()
    return tf.cast(tf.random.uniform(shape, seed=seed) <= p, kind)


def random_binomial(shape, p: float = 0.0, dtype=None, seed=None):
    """As `random_bernoulli` (the older name)."""
    return random_bernoulli(shape, p, dtype, seed)


def random_normal_variable(shape, mean, scale, dtype=None, name: str | None = None, seed=None):
    """A variable of numbers of a normal distribution."""
    return native.Variable(random_normal(shape, mean, scale, dtype, seed), name=name)


def random_uniform_variable(shape, low, high, dtype=None, name: str | None = None, seed=None):
    """A variable of evenly spread numbers."""
    return native.Variable(random_uniform(shape, low, high, dtype, seed), name=name)


def manual_variable_initialization(value) -> None:
    """Accepted: variables have their values from the beginning."""


def is_sparse(tensor) -> bool:
    """False: there are no sparse tensors."""
    return False


_SAME = {
    "abs": "abs", "square": "square", "exp": "exp", "log": "math.log", "sign": "sign",
    "round": "round", "sin": "sin", "cos": "cos", "tanh": "tanh", "softplus": "math.softplus",
    "softsign": "math.softsign", "maximum": "maximum", "minimum": "minimum", "equal": "equal",
    "not_equal": "not_equal", "greater": "greater", "greater_equal": "greater_equal", "less": "less",
    "less_equal": "less_equal",
    "size": "size",
    "cumsum": "cumsum", "cumprod": "math.cumprod", "identity": "identity",
    "map_fn": "map_fn", "foldl": "foldl", "foldr": "foldr",
}
_CONFIG = ("image_data_format", "set_image_data_format", "get_uid", "reset_uids")
_absent = missing(__name__)


def __getattr__(name: str):
    """The functions that are TensorFlow's own."""
    if name in _SAME:
        value = tf
        for part in _SAME[name].split("."):
            value = getattr(value, part)
    elif name in _CONFIG and hasattr(_config, name):
        value = getattr(_config, name)
    else:
        return _absent(name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({n for n in globals() if not n.startswith("_")} | set(_SAME) | set(_CONFIG))
