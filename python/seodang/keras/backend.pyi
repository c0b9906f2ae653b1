"""``keras.backend``: the functions of older Keras programs, over the functions of ``tf``.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._native import Tensor
from seodang._native import Variable as Variable
from seodang.compat.tensorflow._create import identity as identity
from seodang.compat.tensorflow._create import one_hot as one_hot
from seodang.compat.tensorflow._create import ones_like as ones_like
from seodang.compat.tensorflow._create import zeros_like as zeros_like
from seodang.compat.tensorflow._elementwise import cast as cast
from seodang.compat.tensorflow._elementwise import equal as equal
from seodang.compat.tensorflow._elementwise import not_equal as not_equal
from seodang.compat.tensorflow._elementwise import pow as pow
from seodang.compat.tensorflow._reductions import in_top_k as in_top_k
from seodang.compat.tensorflow._shaping import expand_dims as expand_dims
from seodang.compat.tensorflow._shaping import reshape as reshape
from seodang.compat.tensorflow._shaping import reverse as reverse
from seodang.compat.tensorflow._shaping import squeeze as squeeze
from seodang.compat.tensorflow._shaping import tile as tile
from seodang.compat.tensorflow._shaping import transpose as transpose
from seodang.compat.tensorflow.control_flow import map_fn as map_fn
from seodang.compat.tensorflow.nn import bias_add as bias_add
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

def arange(start, limit=None, delta: Any = 1, dtype=None, name: str | None = 'range') -> Tensor:
    """The numbers from start (0 by default) up to, not including, limit, in steps of delta.

    Raises InvalidArgumentError if the step is 0 or goes the wrong way.
    """

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

def binary_crossentropy(target, output, from_logits: bool = False) -> Tensor:
    """The cross entropy of each element."""

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

def gather(params, indices, validate_indices=None, axis=None, batch_dims: Any = 0, name=None) -> Tensor:
    """Rows along an axis by their numbers."""

def get_value(x) -> Any:
    """The value as an array."""

def gradients(loss, variables) -> Any:
    """Raises RuntimeError: use tf.GradientTape."""

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

def int_shape(x) -> Any:
    """The dimensions as a tuple of numbers and None."""

def is_keras_tensor(x) -> bool:
    """Whether a value is a symbolic output of a layer."""

def is_tensor(x) -> bool:
    """Whether a value is a tensor or variable."""

def l2_normalize(x, axis=None) -> Tensor:
    """The tensor over its norm."""

def learning_phase() -> int:
    """1 while training, by ``set_learning_phase``; else 0."""

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

def name_scope(name: str) -> Any:
    """A context of a name."""

def ndim(x) -> int:
    """The number of dimensions."""

def ones(shape, dtype=None, name: str | None = None) -> Tensor:
    """A variable of ones."""

def permute_dimensions(x, pattern) -> Tensor:
    """The axes in another order."""

def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None, ragged=False) -> Any:
    """A symbolic input."""

def prod(x, axis=None, keepdims: bool = False):
    """tf.reduce_prod along axes."""

def random_normal(shape, mean: Any = 0.0, stddev: Any = 1.0, dtype=None, seed=None) -> Tensor:
    """Numbers of a normal distribution."""

def random_uniform(shape, minval: Any = 0.0, maxval: Any = 1.0, dtype=None, seed=None) -> Tensor:
    """Evenly spread numbers."""

def relu(x, alpha: Any = 0.0, max_value=None, threshold: Any = 0.0) -> Tensor:
    """The rectifier with a slope below a threshold and a largest value."""

def repeat(x, n: int) -> Tensor:
    """Rows repeated along a new second axis."""

def repeat_elements(x, rep: int, axis: int) -> Tensor:
    """Each slice along an axis several times."""

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

def shape(input, out_type: Any = 'int32', name: str | None = None) -> Tensor:
    """The dimensions of a tensor, as a tensor of integers."""

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

def sqrt(x) -> Tensor:
    """The square root; negative numbers count as 0."""

def square(x, name: str | None = None) -> Tensor:
    """The square of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

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
