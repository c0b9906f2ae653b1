"""``keras.ops``: Keras 3's names for the functions of ``tf``; each is looked up on first use.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
import numpy as np
from seodang._native import Tensor
from seodang.compat.tensorflow import is_tensor as is_tensor
from seodang.compat.tensorflow._create import convert_to_tensor as convert_to_tensor
from seodang.compat.tensorflow._create import linspace as linspace
from seodang.compat.tensorflow._create import meshgrid as meshgrid
from seodang.compat.tensorflow._create import ones as ones
from seodang.compat.tensorflow._create import ones_like as ones_like
from seodang.compat.tensorflow._create import zeros as zeros
from seodang.compat.tensorflow._create import zeros_like as zeros_like
from seodang.compat.tensorflow._elementwise import cast as cast
from seodang.compat.tensorflow._elementwise import clip_by_value as _clip_by_value
from seodang.compat.tensorflow._elementwise import equal as equal
from seodang.compat.tensorflow._elementwise import not_equal as not_equal
from seodang.compat.tensorflow._elementwise import pow as _pow
from seodang.compat.tensorflow._indexing import where as where
from seodang.compat.tensorflow._products import einsum as einsum
from seodang.compat.tensorflow._products import matmul as matmul
from seodang.compat.tensorflow._products import tensordot as tensordot
from seodang.compat.tensorflow._reductions import log_softmax as log_softmax
from seodang.compat.tensorflow._reductions import softmax as softmax
from seodang.compat.tensorflow._shaping import expand_dims as expand_dims
from seodang.compat.tensorflow._shaping import repeat as repeat
from seodang.compat.tensorflow._shaping import reshape as reshape
from seodang.compat.tensorflow._shaping import squeeze as squeeze
from seodang.compat.tensorflow._shaping import tile as tile
from seodang.compat.tensorflow._shaping import transpose as transpose
from seodang.compat.tensorflow.control_flow import cond as cond
from seodang.compat.tensorflow.nn import gelu as gelu
from seodang.compat.tensorflow.tape import stop_gradient as stop_gradient

TYPE_CHECKING: bool

def abs(x, name: str | None = None) -> Tensor:
    """The absolute value of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def absolute(x, name: str | None = None) -> Tensor:
    """The absolute value of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def add(x, y, name: str | None = None) -> Tensor:
    """The sums of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def all(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Whether all elements are true.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def amax(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The largest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def amin(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The smallest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def any(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Whether any element is true.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def arange(start, limit=None, delta: Any = 1, dtype=None, name: str | None = 'range') -> Tensor:
    """The numbers from start (0 by default) up to, not including, limit, in steps of delta.

    Raises InvalidArgumentError if the step is 0 or goes the wrong way.
    """

def argmax(input, axis=None, output_type: Any = 'int64', name: str | None = None) -> Tensor:
    """The place of the largest element along an axis."""

def argmin(input, axis=None, output_type: Any = 'int64', name: str | None = None) -> Tensor:
    """The place of the smallest element along an axis."""

def argsort(values, axis: Any = -1, direction: Any = 'ASCENDING', stable=False, name=None) -> Tensor:
    """The numbers of the elements in sorted order."""

def ceil(x, name: str | None = None) -> Tensor:
    """The smallest whole number not below each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

clip = _clip_by_value

def concatenate(xs, axis: int = 0) -> Tensor:
    """Tensors joined along an axis."""

def convert_to_numpy(x) -> np.ndarray:
    """The array of a tensor."""

def cos(x, name: str | None = None) -> Tensor:
    """The cosine of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def cosh(x, name: str | None = None) -> Tensor:
    """The hyperbolic cosine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def cumprod(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running products along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def cumsum(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running sums along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def divide(x, y, name: str | None = None) -> Tensor:
    """The quotients of the elements; those of integers are fractions.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def dot(x1, x2) -> Tensor:
    """The product of vectors or matrices."""

def elu(features, name=None):
    """The exponential linear unit."""

def erf(x, name: str | None = None) -> Tensor:
    """The error function of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def exp(x, name: str | None = None) -> Tensor:
    """e to the power of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def expm1(x, name: str | None = None) -> Tensor:
    """exp(x) - 1, accurate near 0.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def eye(num_rows, num_columns=None, batch_shape=None, dtype: Any = 'float32', name: str | None = None) -> Tensor:
    """The identity matrix, or a batch of them."""

def floor(x, name: str | None = None) -> Tensor:
    """The largest whole number not above each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def greater(x, y, name: str | None = None) -> Tensor:
    """Where x > y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def greater_equal(x, y, name: str | None = None) -> Tensor:
    """Where x >= y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def isfinite(x, name: str | None = None) -> Tensor:
    """Which elements are neither infinite nor NaN.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def isinf(x, name: str | None = None) -> Tensor:
    """Which elements are infinite.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def isnan(x, name: str | None = None) -> Tensor:
    """Which elements are no number (NaN).

    `x`: a tensor; gives a tensor of its shape and type.
    """

def leaky_relu(features, alpha: Any = 0.2, name=None) -> Tensor:
    """The elements, those below 0 times alpha."""

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

def log1p(x, name: str | None = None) -> Tensor:
    """log(1 + x), accurate near 0.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def logical_and(x, y, name: str | None = None) -> Tensor:
    """Where both are true.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def logical_not(x, name: str | None = None) -> Tensor:
    """The other truth value of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def logical_or(x, y, name: str | None = None) -> Tensor:
    """Where at least one is true.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def logical_xor(x, y, name: str | None = None) -> Tensor:
    """Where just one is true.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def logsumexp(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """log of the sum of exp, without overflow.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def max(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The largest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def maximum(x, y, name: str | None = None) -> Tensor:
    """The larger of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def mean(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The mean; that of integers is cut off to one.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def min(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The smallest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def minimum(x, y, name: str | None = None) -> Tensor:
    """The smaller of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def mod(x, y, name: str | None = None) -> Tensor:
    """What floordiv leaves, of the sign of the divisor.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def multiply(x, y, name: str | None = None) -> Tensor:
    """The products of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def norm(x, ord: Any = 'euclidean', axis=None, keepdims: bool = False) -> Tensor:
    """The length of vectors."""

def one_hot(x, num_classes: int, axis: int = -1, dtype: Any = 'float32', sparse: bool = False) -> Tensor:
    """Ones at the places of numbers of classes."""

power = _pow

def prod(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The product of the elements.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def relu(features, name=None):
    """The elements, 0 for those below."""

def relu6(features, name=None):
    """The elements between 0 and 6."""

def round(x, name: str | None = None) -> Tensor:
    """The nearest whole number; halves go to the even one.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def rsqrt(x, name: str | None = None) -> Tensor:
    """1 over the square root of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def selu(features, name=None):
    """The scaled exponential linear unit."""

def shape(input, out_type: Any = 'int32', name: str | None = None) -> Tensor:
    """The dimensions of a tensor, as a tensor of integers."""

def sigmoid(x, name: str | None = None) -> Tensor:
    """1 / (1 + exp(-x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sign(x, name: str | None = None) -> Tensor:
    """-1, 0 or 1, by the sign of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def silu(features, beta: Any = 1.0):
    """x * sigmoid(beta * x)."""

def sin(x, name: str | None = None) -> Tensor:
    """The sine of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sinh(x, name: str | None = None) -> Tensor:
    """The hyperbolic sine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def softplus(x, name: str | None = None) -> Tensor:
    """log(1 + exp(x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def softsign(x, name: str | None = None) -> Tensor:
    """x / (1 + |x|) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sort(values, axis: Any = -1, direction: Any = 'ASCENDING', name=None) -> Tensor:
    """Sorted along an axis."""

def sqrt(x, name: str | None = None) -> Tensor:
    """The square root of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def square(x, name: str | None = None) -> Tensor:
    """The square of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def stack(values, axis: Any = 0, name: str | None = 'stack') -> Tensor:
    """Tensors of one shape as the rows of a new axis.

    Raises InvalidArgumentError for shapes that differ.
    """

def std(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The standard deviation (over n, not n - 1).

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def subtract(x, y, name: str | None = None) -> Tensor:
    """The differences of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def sum(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The sum of the elements.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def take(x, indices, axis: int | None = None) -> Tensor:
    """The elements of indices along an axis; of the flat tensor without one."""

def tan(x, name: str | None = None) -> Tensor:
    """The tangent of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def tanh(x, name: str | None = None) -> Tensor:
    """The hyperbolic tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def top_k(input, k: Any = 1, sorted: bool = True, index_type: Any = 'int32', name: str | None = None):
    """The k largest elements of each row, largest first, and where they stand.

    Gives a named tuple (values, indices). Raises InvalidArgumentError if rows are shorter than k.
    """

def unstack(value, num: int | None = None, axis: Any = 0, name: str | None = 'unstack') -> list:
    """The rows along an axis, as a list of tensors.

    Raises ValueError if there are not `num` of them.
    """

def var(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The variance (over n, not n - 1).

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, maximum_iterations=None, name=None) -> Any:
    """Runs a body over values as long as a condition holds."""
