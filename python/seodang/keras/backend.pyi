"""``keras.backend``: the functions of older Keras programs, over the functions of ``tf``.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._native import Tensor
from seodang._native import Variable as Variable
from seodang.compat.tensorflow._create import identity as identity
from seodang.compat.tensorflow._elementwise import equal as equal
from seodang.compat.tensorflow._elementwise import not_equal as not_equal
from seodang.compat.tensorflow.control_flow import map_fn as map_fn
from seodang.keras._backend_layers import batch_normalization as batch_normalization
from seodang.keras._backend_layers import conv1d as conv1d
from seodang.keras._backend_layers import resize_images as resize_images
from seodang.keras._backend_layers import rnn as rnn
from seodang.keras._config import epsilon as epsilon
from seodang.keras._config import floatx as floatx
from seodang.keras._config import get_uid as get_uid
from seodang.keras._config import image_data_format as image_data_format
from seodang.keras._config import reset_uids as reset_uids
from seodang.keras._config import set_image_data_format as set_image_data_format

def abs(x, name: str | None = None) -> Tensor:
    """The absolute value of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def all(x, axis=None, keepdims: bool = False):
    """tf.reduce_all along axes."""

def any(x, axis=None, keepdims: bool = False):
    """tf.reduce_any along axes."""

def arange(start, stop=None, step: int = 1, dtype: Any = 'int32'):
    """Evenly spaced numbers."""

def argmax(x, axis: int = -1) -> Tensor:
    """Where the largest element stands."""

def argmin(x, axis: int = -1) -> Tensor:
    """Where the smallest element stands."""

def backend() -> str:
    """The engine's name that programs know."""

def batch_dot(x, y, axes=None) -> Tensor:
    """The products of the rows of two batches along axes."""

def batch_flatten(x) -> Tensor:
    """All axes but the first in one."""

def batch_get_value(tensors) -> list:
    """The values as arrays."""

def batch_set_value(tuples) -> None:
    """Gives variables other values."""

def bias_add(x, bias, data_format: str | None = None):
    """A bias added to the channels; one of more axes is added as it is."""

def binary_crossentropy(target, output, from_logits: bool = False) -> Tensor:
    """The cross entropy of each element."""

def cast(x, dtype):
    """The tensor with another element type."""

def cast_to_floatx(x):
    """The array or tensor in the default type of weights."""

def categorical_crossentropy(target, output, from_logits: bool = False, axis: int = -1) -> Tensor:
    """The cross entropy of two distributions."""

def clear_session() -> None:
    """Starts the numbering of layers' names again."""

def clip(x, min_value, max_value) -> Tensor:
    """Elements held between two values (None: no bound)."""

def concatenate(tensors, axis: int = -1) -> Tensor:
    """Tensors joined along an axis."""

def constant(value, dtype=None, shape=None, name: str | None = None) -> Tensor:
    """A tensor of a value, float32 unless told otherwise."""

def conv2d(x, kernel, strides: Any = ..., padding: str = 'valid', data_format=None, dilation_rate: Any = ...):
    """The convolution of pictures."""

def cos(x, name: str | None = None) -> Tensor:
    """The cosine of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def count_params(x) -> int:
    """The number of elements."""

def cumprod(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running products along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def cumsum(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running sums along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def dot(x, y) -> Tensor:
    """The product of matrices; for more axes, along the last of x and the last but one of y."""

def dropout(x, level, noise_shape=None, seed=None) -> Tensor:
    """Elements set to 0 at random."""

def dtype(x) -> str:
    """The element type's name."""

def elu(x, alpha: float = 1.0) -> Tensor:
    """x, but alpha (exp(x) - 1) where x < 0."""

def eval(x) -> Any:
    """The value as an array."""

def exp(x, name: str | None = None) -> Tensor:
    """e to the power of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def expand_dims(x, axis: int = -1):
    """One more axis of length 1."""

def eye(size, dtype=None, name: str | None = None) -> Tensor:
    """A variable with the identity matrix."""

def flatten(x) -> Tensor:
    """All elements in one axis."""

def foldl(fn, elems, initializer=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, name=None) -> Any:
    """What a function makes of its last result and each row, at the end."""

def foldr(fn, elems, initializer=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, name=None) -> Any:
    """As `foldl`, from the last row."""

def function(inputs, outputs, updates=None, name: str | None = None, **kwargs) -> Any:
    """A function from values of symbolic inputs to the values of outputs, as arrays."""

def gather(reference, indices):
    """Rows by number."""

def get_value(x) -> Any:
    """The value as an array."""

def gradients(loss, variables):
    """The gradients of a symbolic loss by symbolic values, one value or a list: for `function`.

    RuntimeError for tensors, whose gradients a tf.GradientTape gives.
    """

def greater(x, y, name: str | None = None) -> Tensor:
    """Where x > y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def greater_equal(x, y, name: str | None = None) -> Tensor:
    """Where x >= y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def hard_sigmoid(x) -> Tensor:
    """A piecewise linear sigmoid (0.2 x + 0.5)."""

def in_test_phase(x, alt, training=None):
    """alt, or what it gives, while training; else x."""

def in_top_k(predictions, targets, k: int):
    """Whether each target is among the k largest predictions."""

def in_train_phase(x, alt, training=None):
    """x, or what it gives, while training; else alt."""

def int_shape(x) -> Any:
    """The dimensions as a tuple of numbers and None."""

def is_keras_tensor(x) -> bool:
    """Whether a value is a symbolic output of a layer."""

def is_sparse(tensor) -> bool:
    """False: there are no sparse tensors."""

def is_tensor(x) -> bool:
    """Whether a value is a tensor or variable."""

def l2_normalize(x, axis=None) -> Tensor:
    """The tensor over its norm."""

def learning_phase() -> int:
    """1 while training, by ``set_learning_phase``; else 0."""

def learning_phase_scope(value):
    """A `with` block in which calls that do not say `training=` count as training, or not."""

def less(x, y, name: str | None = None) -> Tensor:
    """Where x < y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def less_equal(x, y, name: str | None = None) -> Tensor:
    """Where x <= y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def log(x, name: str | None = None) -> Tensor:
    """The natural logarithm of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def logsumexp(x, axis=None, keepdims: bool = False):
    """tf.reduce_logsumexp along axes."""

def manual_variable_initialization(value) -> None:
    """Accepted: variables have their values from the beginning."""

def max(x, axis=None, keepdims: bool = False):
    """tf.reduce_max along axes."""

def maximum(x, y, name: str | None = None) -> Tensor:
    """The larger of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def mean(x, axis=None, keepdims: bool = False) -> Tensor:
    """The mean along axes; of truth values and integers too."""

def min(x, axis=None, keepdims: bool = False):
    """tf.reduce_min along axes."""

def minimum(x, y, name: str | None = None) -> Tensor:
    """The smaller of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def moving_average_update(x, value, momentum: float):
    """x becomes x * momentum + value * (1 - momentum)."""

def name_scope(name: str) -> Any:
    """A context of a name."""

def ndim(x) -> int:
    """The number of dimensions."""

def one_hot(indices, num_classes: int):
    """Rows with a one at the place of the class."""

def ones(shape, dtype=None, name: str | None = None) -> Tensor:
    """A variable of ones."""

def ones_like(x, dtype=None, name: str | None = None):
    """Ones in a tensor's shape."""

def permute_dimensions(x, pattern) -> Tensor:
    """The axes in another order."""

def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None, ragged=False) -> Any:
    """A symbolic input."""

def pool2d(x, pool_size, strides: Any = ..., padding: str = 'valid', data_format=None, pool_mode: str = 'max'):
    """The largest value, or with `pool_mode="avg"` the mean, of each window."""

def pow(x, a):
    """x to the power of a."""

def print_tensor(x, message: str = '', summarize: int = 3):
    """The tensor, which is printed."""

def prod(x, axis=None, keepdims: bool = False):
    """tf.reduce_prod along axes."""

def random_bernoulli(shape, p: float = 0.0, dtype=None, seed=None):
    """Ones with a probability, else zeros."""

def random_binomial(shape, p: float = 0.0, dtype=None, seed=None):
    """As `random_bernoulli` (the older name)."""

def random_normal(shape, mean: Any = 0.0, stddev: Any = 1.0, dtype=None, seed=None) -> Tensor:
    """Numbers of a normal distribution."""

def random_normal_variable(shape, mean, scale, dtype=None, name: str | None = None, seed=None):
    """A variable of numbers of a normal distribution."""

def random_uniform(shape, minval: Any = 0.0, maxval: Any = 1.0, dtype=None, seed=None) -> Tensor:
    """Evenly spread numbers."""

def random_uniform_variable(shape, low, high, dtype=None, name: str | None = None, seed=None):
    """A variable of evenly spread numbers."""

def relu(x, alpha: Any = 0.0, max_value=None, threshold: Any = 0.0) -> Tensor:
    """The rectifier with a slope below a threshold and a largest value."""

def repeat(x, n: int) -> Tensor:
    """Rows repeated along a new second axis."""

def repeat_elements(x, rep: int, axis: int) -> Tensor:
    """Each slice along an axis several times."""

def reshape(x, shape):
    """The tensor in another shape."""

def reverse(x, axes):
    """The tensor turned around along axes."""

def round(x, name: str | None = None) -> Tensor:
    """The nearest whole number; halves go to the even one.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def set_epsilon(value: float) -> None:
    """Sets the small number that losses and optimizers add."""

def set_floatx(value: str) -> None:
    """Sets the default type of weights ("float16", "float32", "float64")."""

def set_learning_phase(value) -> None:
    """Makes calls of layers that do not say `training=` count as training, or not."""

def set_value(x, value) -> None:
    """Gives a variable another value."""

def shape(x):
    """The dimensions."""

def sigmoid(x) -> Tensor:
    """1 / (1 + exp(-x))."""

def sign(x, name: str | None = None) -> Tensor:
    """-1, 0 or 1, by the sign of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sin(x, name: str | None = None) -> Tensor:
    """The sine of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def size(input, out_type: Any = 'int32', name: str | None = None) -> Tensor:
    """The number of elements of a tensor, as a tensor."""

def softmax(x, axis: int = -1) -> Tensor:
    """exp(x) over its sum."""

def softplus(x, name: str | None = None) -> Tensor:
    """log(1 + exp(x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def softsign(x, name: str | None = None) -> Tensor:
    """x / (1 + |x|) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sparse_categorical_crossentropy(target, output, from_logits: bool = False, axis: int = -1) -> Tensor:
    """The cross entropy of class numbers and a distribution."""

def spatial_2d_padding(x, padding: Any = ..., data_format: str | None = None):
    """Zeros around pictures."""

def sqrt(x) -> Tensor:
    """The square root; negative numbers count as 0."""

def square(x, name: str | None = None) -> Tensor:
    """The square of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def squeeze(x, axis):
    """The tensor without an axis of length 1."""

def stack(x, axis: int = 0) -> Tensor:
    """Tensors as the rows of a new axis."""

def std(x, axis=None, keepdims: bool = False) -> Tensor:
    """The standard deviation along axes."""

def stop_gradient(variables) -> Tensor:
    """The tensors, through which no gradient flows."""

def sum(x, axis=None, keepdims: bool = False):
    """tf.reduce_sum along axes."""

def switch(condition, then_expression, else_expression) -> Any:
    """One of two values, by a condition."""

def tanh(x, name: str | None = None) -> Tensor:
    """The hyperbolic tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def temporal_padding(x, padding: Any = ...):
    """Zeros before and after along the second of three axes."""

def tile(x, n):
    """The tensor several times along each axis."""

def transpose(x):
    """The axes in reversed order."""

def truncated_normal(shape, mean: Any = 0.0, stddev: Any = 1.0, dtype=None, seed=None) -> Tensor:
    """Normal numbers within two deviations."""

def update(x, new_x) -> Any:
    """Gives a variable another value."""

def update_add(x, increment) -> Any:
    """Adds to a variable."""

def update_sub(x, decrement) -> Any:
    """Subtracts from a variable."""

def var(x, axis=None, keepdims: bool = False) -> Tensor:
    """The variance along axes."""

def variable(value, dtype=None, name: str | None = None, constraint=None) -> Variable:
    """A variable of a value, float32 unless told otherwise."""

def zeros(shape, dtype=None, name: str | None = None) -> Tensor:
    """A variable of zeros."""

def zeros_like(x, dtype=None, name: str | None = None):
    """Zeros in a tensor's shape."""
