"""`tf.nn`: what neural networks are made of.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._native import Tensor
from seodang.compat.tensorflow._reductions import in_top_k as in_top_k
from seodang.compat.tensorflow._reductions import l2_normalize as l2_normalize
from seodang.compat.tensorflow._reductions import log_softmax as log_softmax
from seodang.compat.tensorflow._reductions import softmax as softmax
from seodang.compat.tensorflow._reductions import zero_fraction as zero_fraction

def avg_pool(input, ksize, strides, padding, data_format=None, name=None) -> Tensor:
    """The mean of each window."""

def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None) -> Tensor:
    """(x - mean) / sqrt(variance + epsilon) * scale + offset."""

def bias_add(value, bias, data_format=None, name=None) -> Tensor:
    """A number for each channel added."""

def compute_average_loss(per_example_loss, sample_weight=None, global_batch_size=None) -> Tensor:
    """The sum of losses over the batch's size."""

def conv1d(input, filters, stride, padding, data_format: Any = 'NWC', dilations=None, name=None) -> Tensor:
    """A convolution along one axis."""

def conv2d(input, filters, strides, padding, data_format: Any = 'NHWC', dilations=None, name=None) -> Tensor:
    """A convolution of pictures."""

def conv2d_transpose(input, filters, output_shape, strides, padding: Any = 'SAME', data_format: Any = 'NHWC', dilations=None, name=None) -> Tensor:
    """The transpose of a convolution."""

def conv3d(input, filters, strides, padding, data_format: Any = 'NDHWC', dilations=None, name=None) -> Tensor:
    """A convolution of volumes."""

def convolution(input, filters, strides=None, padding: Any = 'VALID', data_format=None, dilations=None, name=None) -> Tensor:
    """A convolution of any number of spatial axes."""

def crelu(features, axis: Any = -1, name=None) -> Tensor:
    """The positive parts of the elements and of their negatives, one behind the other."""

def depth_to_space(input, block_size: int, data_format: str = 'NHWC', name=None):
    """Channels of a pixel as squares of pixels."""

def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None) -> Tensor:
    """A convolution of each channel by itself."""

def dropout(x, rate, noise_shape=None, seed=None, name=None) -> Tensor:
    """Elements that become 0 with a probability; the others grow in return."""

def elu(features, name=None):
    """The exponential linear unit."""

def embedding_lookup(params, ids, max_norm=None, name=None) -> Tensor:
    """Rows of a table by their numbers."""

def gelu(features, approximate=False, name=None) -> Tensor:
    """The Gaussian error linear unit."""

def l2_loss(t, name=None) -> Tensor:
    """Half the sum of the squares."""

def leaky_relu(features, alpha: Any = 0.2, name=None) -> Tensor:
    """The elements, those below 0 times alpha."""

def local_response_normalization(input, depth_radius: Any = 5, bias: Any = 1, alpha: Any = 1, beta: Any = 0.5, name=None) -> Tensor:
    """Each element divided by a function of its neighbours in the last axis."""

def log_sigmoid(x, name: str | None = None) -> Tensor:
    """log(sigmoid(x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def max_pool(input, ksize, strides, padding, data_format=None, name=None) -> Tensor:
    """The largest element of each window."""

def moments(x, axes, shift=None, keepdims=False, name=None) -> tuple[Tensor, Tensor]:
    """The mean and the variance along axes."""

def relu(features, name=None):
    """The elements, 0 for those below."""

def relu6(features, name=None):
    """The elements between 0 and 6."""

def scale_regularization_loss(regularization_loss) -> Tensor:
    """The loss itself: there is one device."""

def selu(features, name=None):
    """The scaled exponential linear unit."""

def separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None) -> Tensor:
    """A convolution of each channel by itself, then one over the channels."""

def sigmoid(x, name: str | None = None) -> Tensor:
    """1 / (1 + exp(-x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None) -> Tensor:
    """The cross entropy of labels and the sigmoid of logits, elementwise."""

def silu(features, beta: Any = 1.0):
    """x * sigmoid(beta * x)."""

def softmax_cross_entropy_with_logits(labels, logits, axis: Any = -1, name=None) -> Tensor:
    """The cross entropy of shares and the softmax of logits, for each row."""

def softplus(x, name: str | None = None) -> Tensor:
    """log(1 + exp(x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def softsign(x, name: str | None = None) -> Tensor:
    """x / (1 + |x|) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def space_to_depth(input, block_size: int, data_format: str = 'NHWC', name=None):
    """Squares of pixels as channels of one pixel."""

def sparse_softmax_cross_entropy_with_logits(labels, logits, name=None) -> Tensor:
    """The cross entropy of class numbers and the softmax of logits, for each row."""

def tanh(x, name: str | None = None) -> Tensor:
    """The hyperbolic tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def top_k(input, k: Any = 1, sorted: bool = True, index_type: Any = 'int32', name: str | None = None):
    """The k largest elements of each row, largest first, and where they stand.

    Gives a named tuple (values, indices). Raises InvalidArgumentError if rows are shorter than k.
    """

def weighted_cross_entropy_with_logits(labels, logits, pos_weight, name=None) -> Tensor:
    """As sigmoid_cross_entropy_with_logits; positive labels count so many times."""

avg_pool1d = avg_pool

avg_pool2d = avg_pool

avg_pool3d = avg_pool

conv1d_transpose = conv2d_transpose

conv3d_transpose = conv2d_transpose

conv_transpose = conv2d_transpose

lrn = local_response_normalization

max_pool1d = max_pool

max_pool2d = max_pool

max_pool3d = max_pool

swish = silu
