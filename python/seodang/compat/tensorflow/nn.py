"""`tf.nn`: what neural networks are made of."""

from __future__ import annotations

from seodang import _native as native
from seodang._missing import missing

from . import _core
from ._core import ints, pair, public, tensor
from ._elementwise import sigmoid, softplus, softsign, tanh, log_sigmoid  # noqa: F401
from ._reductions import in_top_k, l2_normalize, log_softmax, softmax, top_k, zero_fraction  # noqa: F401


def _activation(name: str, about: str, config=None):
    @public(f"tf.nn.{name}")
    def function(features, name=None):
        return native.activation(config or function.__name__, tensor(features))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = about
    return function


relu = _activation("relu", "The elements, 0 for those below.")
relu6 = _activation("relu6", "The elements between 0 and 6.")
selu = _activation("selu", "The scaled exponential linear unit.")
_silu = _activation("silu", "x * sigmoid(x).")


def silu(features, beta=1.0):
    """x * sigmoid(beta * x)."""
    if isinstance(beta, (int, float)) and beta == 1:
        return _silu(features)
    return features * sigmoid(beta * features)


swish = silu
elu = _activation("elu", "The exponential linear unit.")


@public("tf.nn.gelu")
def gelu(features, approximate=False, name=None) -> native.Tensor:
    """The Gaussian error linear unit."""
    x = tensor(features)
    if approximate:
        inner = 0.7978845608028654 * (x + 0.044715 * x * x * x)
        return 0.5 * x * (1.0 + native.tanh(inner))
    return 0.5 * x * (1.0 + native.erf(x * 0.7071067811865476))


@public("tf.nn.leaky_relu")
def leaky_relu(features, alpha=0.2, name=None) -> native.Tensor:
    """The elements, those below 0 times alpha."""
    x = tensor(features)
    return native.where(native.greater(x, 0), x, x * alpha)


@public("tf.nn.crelu")
def crelu(features, axis=-1, name=None) -> native.Tensor:
    """The positive parts of the elements and of their negatives, one behind the other."""
    x = tensor(features)
    return native.concat([native.relu(x), native.relu(native.neg(x))], axis)


@public("tf.nn.softmax_cross_entropy_with_logits")
def softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None) -> native.Tensor:
    """The cross entropy of shares and the softmax of logits, for each row."""
    logits = tensor(logits)
    labels = native.cast(tensor(labels), logits.dtype)
    return native.neg(native.reduce_sum(labels * native.log_softmax(logits, axis), axis))


@public("tf.nn.sparse_softmax_cross_entropy_with_logits")
def sparse_softmax_cross_entropy_with_logits(labels, logits, name=None) -> native.Tensor:
    """The cross entropy of class numbers and the softmax of logits, for each row."""
    logits, labels = tensor(logits), tensor(labels)
    one_hot = native.one_hot(labels, logits.shape[-1], logits.dtype)
    return native.neg(native.reduce_sum(one_hot * native.log_softmax(logits, -1), -1))


@public("tf.nn.sigmoid_cross_entropy_with_logits")
def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None) -> native.Tensor:
    """The cross entropy of labels and the sigmoid of logits, elementwise."""
    x = tensor(logits)
    z = native.cast(tensor(labels), x.dtype)
    return native.relu(x) - x * z + native.log1p(native.exp(native.neg(native.abs(x))))


@public("tf.nn.weighted_cross_entropy_with_logits")
def weighted_cross_entropy_with_logits(labels, logits, pos_weight, name=None) -> native.Tensor:
    """As sigmoid_cross_entropy_with_logits; positive labels count so many times."""
    x = tensor(logits)
    z = native.cast(tensor(labels), x.dtype)
    factor = 1 + (pos_weight - 1) * z
    soft = native.log1p(native.exp(native.neg(native.abs(x)))) + native.relu(native.neg(x))
    return (1 - z) * x + factor * soft


def _first_to_last(x, data_format):
    """Channels last, and whether they were first."""
    first = data_format is not None and str(data_format).startswith("NC")
    if not first:
        return x, False
    return native.transpose(x, [0, *range(2, x.ndim), 1]), True


def _last_to_first(x, was_first: bool):
    return native.transpose(x, [0, x.ndim - 1, *range(1, x.ndim - 1)]) if was_first else x


def _spatial(values, n: int):
    """One number for each spatial axis, of one number, n numbers or n + 2 numbers."""
    if values is None:
        return [1] * n
    values = ints(values)
    if len(values) == 1:
        return values * n
    return values[1:-1] if len(values) == n + 2 else values


def _padding(padding, n: int):
    if isinstance(padding, str):
        return padding.upper()
    pairs = [tuple(ints(p)) for p in padding]
    return pairs[1:-1] if len(pairs) == n + 2 else pairs


@public("tf.nn.convolution")
def convolution(input, filters, strides=None, padding="VALID", data_format=None, dilations=None,
                name=None) -> native.Tensor:
    """A convolution of any number of spatial axes."""
    x, k = pair(input, filters)
    x, first = _first_to_last(x, data_format)
    n = x.ndim - 2
    groups = x.shape[-1] // k.shape[-2] if k.shape[-2] else 1
    y = native.conv(x, k, _spatial(strides, n), _padding(padding, n), _spatial(dilations, n), groups)
    return _last_to_first(y, first)


def conv1d(input, filters, stride, padding, data_format="NWC", dilations=None, name=None) -> native.Tensor:
    """A convolution along one axis."""
    return convolution(input, filters, stride, padding, data_format, dilations)


def conv2d(input, filters, strides, padding, data_format="NHWC", dilations=None, name=None) -> native.Tensor:
    """A convolution of pictures."""
    return convolution(input, filters, strides, padding, data_format, dilations)


def conv3d(input, filters, strides, padding, data_format="NDHWC", dilations=None, name=None) -> native.Tensor:
    """A convolution of volumes."""
    return convolution(input, filters, strides, padding, data_format, dilations)


@public("tf.nn.conv2d_transpose")
def conv2d_transpose(input, filters, output_shape, strides, padding="SAME", data_format="NHWC",
                     dilations=None, name=None) -> native.Tensor:
    """The transpose of a convolution."""
    x, k = pair(input, filters)
    n = x.ndim - 2
    return native.conv_transpose(x, k, ints(output_shape), _spatial(strides, n), _padding(padding, n))


conv1d_transpose = conv3d_transpose = conv_transpose = conv2d_transpose


@public("tf.nn.depthwise_conv2d")
def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None) -> native.Tensor:
    """A convolution of each channel by itself."""
    x, k = pair(input, filter)
    h, w, c, m = k.shape
    k = native.reshape(k, [h, w, 1, c * m])
    return native.conv(x, k, _spatial(strides, 2), _padding(padding, 2), _spatial(dilations, 2), int(c))


@public("tf.nn.separable_conv2d")
def separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, data_format=None,
                     dilations=None, name=None) -> native.Tensor:
    """A convolution of each channel by itself, then one over the channels."""
    y = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    return native.conv(y, tensor(pointwise_filter))


def _pool(run, input, ksize, strides, padding, data_format):
    x, first = _first_to_last(tensor(input), data_format)
    n = x.ndim - 2
    y = run(x, _spatial(ksize, n), _spatial(strides, n), _padding(padding, n))
    return _last_to_first(y, first)


@public("tf.nn.max_pool")
def max_pool(input, ksize, strides, padding, data_format=None, name=None) -> native.Tensor:
    """The largest element of each window."""
    return _pool(native.max_pool, input, ksize, strides, padding, data_format)


@public("tf.nn.avg_pool")
def avg_pool(input, ksize, strides, padding, data_format=None, name=None) -> native.Tensor:
    """The mean of each window."""
    return _pool(native.avg_pool, input, ksize, strides, padding, data_format)


max_pool1d = max_pool2d = max_pool3d = max_pool
avg_pool1d = avg_pool2d = avg_pool3d = avg_pool


@public("tf.nn.bias_add")
def bias_add(value, bias, data_format=None, name=None) -> native.Tensor:
    """A number for each channel added."""
    x, b = pair(value, bias)
    if data_format is not None and str(data_format).startswith("NC"):
        b = native.reshape(b, [-1, *[1] * (x.ndim - 2)])
    return native.add(x, b)


@public("tf.nn.dropout")
def dropout(x, rate, noise_shape=None, seed=None, name=None) -> native.Tensor:
    """Elements that become 0 with a probability; the others grow in return."""
    from .random import uniform

    x = tensor(x)
    if not x.dtype.is_floating:
        raise ValueError(f"x has to be a floating point tensor since it will be scaled. Got a {x.dtype!r}"
                         " tensor instead.")
    if isinstance(rate, (int, float)) and not 0 <= rate < 1:
        raise ValueError(f"rate must be a scalar tensor or a float in the range [0, 1), got {rate:g}")
    if isinstance(rate, (int, float)) and rate == 0:
        return x
    shape = list(x.shape) if noise_shape is None else [
        n if d is None else int(d) for n, d in zip(x.shape, noise_shape)
    ]
    keep = native.greater_equal(uniform(shape, seed=seed), rate)
    return native.where(keep, x / (1 - rate), 0.0)


@public("tf.nn.embedding_lookup")
def embedding_lookup(params, ids, max_norm=None, name=None) -> native.Tensor:
    """Rows of a table by their numbers."""
    return native.gather(tensor(params), ids, 0)


@public("tf.nn.moments")
def moments(x, axes, shift=None, keepdims=False, name=None) -> tuple[native.Tensor, native.Tensor]:
    """The mean and the variance along axes."""
    x = tensor(x)
    axes = _core.axes(axes)
    return native.reduce_mean(x, axes, keepdims), native.reduce_variance(x, axes, keepdims)


@public("tf.nn.batch_normalization")
def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None) -> native.Tensor:
    """(x - mean) / sqrt(variance + epsilon) * scale + offset."""
    x = tensor(x)
    factor = native.rsqrt(tensor(variance) + variance_epsilon)
    if scale is not None:
        factor = factor * scale
    y = (x - mean) * factor
    return y if offset is None else y + offset


@public("tf.nn.l2_loss")
def l2_loss(t, name=None) -> native.Tensor:
    """Half the sum of the squares."""
    return native.reduce_sum(native.square(tensor(t))) / 2


@public("tf.nn.local_response_normalization")
def local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None) -> native.Tensor:
    """Each element divided by a function of its neighbours in the last axis."""
    x = tensor(input)
    n = x.shape[-1]
    squares = native.pad(native.square(x), [(0, 0)] * (x.ndim - 1) + [(depth_radius, depth_radius)], 0.0)
    total = None
    for i in range(2 * depth_radius + 1):
        part = squares[..., i : i + n]
        total = part if total is None else total + part
    return x / native.power(bias + alpha * total, beta)


lrn = local_response_normalization


@public("tf.nn.space_to_depth")
def space_to_depth(input, block_size: int, data_format: str = "NHWC", name=None):
    """Squares of pixels as channels of one pixel."""
    x, b = tensor(input), int(block_size)
    _channels_are_last(data_format, "space_to_depth")
    n, h, w, c = x.shape
    cut = native.reshape(x, [n, h // b, b, w // b, b, c])
    return native.reshape(native.transpose(cut, [0, 1, 3, 2, 4, 5]), [n, h // b, w // b, b * b * c])


@public("tf.nn.depth_to_space")
def depth_to_space(input, block_size: int, data_format: str = "NHWC", name=None):
    """Channels of a pixel as squares of pixels."""
    x, b = tensor(input), int(block_size)
    _channels_are_last(data_format, "depth_to_space")
    n, h, w, c = x.shape
    cut = native.reshape(x, [n, h, w, b, b, c // (b * b)])
    return native.reshape(native.transpose(cut, [0, 1, 3, 2, 4, 5]), [n, h * b, w * b, c // (b * b)])


def _channels_are_last(data_format: str, what: str) -> None:
    if data_format != "NHWC":
        raise NotImplementedError(f"tf.nn.{what} takes data_format='NHWC', got {data_format!r}.")


def compute_average_loss(per_example_loss, sample_weight=None, global_batch_size=None) -> native.Tensor:
    """The sum of losses over the batch's size."""
    loss = tensor(per_example_loss)
    if sample_weight is not None:
        loss = loss * tensor(sample_weight, None, loss.dtype)
    return native.reduce_sum(loss) / float(global_batch_size or loss.shape[0])


def scale_regularization_loss(regularization_loss) -> native.Tensor:
    """The loss itself: there is one device."""
    return native.reduce_sum(tensor(regularization_loss))


__getattr__ = missing(__name__)
