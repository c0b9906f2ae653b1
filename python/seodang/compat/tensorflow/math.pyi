"""``tf.math``: elementwise functions, reductions and the rest of arithmetic.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._native import Tensor
from seodang.compat.tensorflow._elementwise import accumulate_n as accumulate_n
from seodang.compat.tensorflow._elementwise import add_n as add_n
from seodang.compat.tensorflow._elementwise import atan2 as atan2
from seodang.compat.tensorflow._elementwise import divide_no_nan as divide_no_nan
from seodang.compat.tensorflow._elementwise import equal as equal
from seodang.compat.tensorflow._elementwise import multiply_no_nan as multiply_no_nan
from seodang.compat.tensorflow._elementwise import nextafter as nextafter
from seodang.compat.tensorflow._elementwise import not_equal as not_equal
from seodang.compat.tensorflow._elementwise import polyval as polyval
from seodang.compat.tensorflow._elementwise import pow as pow
from seodang.compat.tensorflow._elementwise import reciprocal_no_nan as reciprocal_no_nan
from seodang.compat.tensorflow._elementwise import scalar_mul as scalar_mul
from seodang.compat.tensorflow._elementwise import xdivy as xdivy
from seodang.compat.tensorflow._elementwise import xlog1py as xlog1py
from seodang.compat.tensorflow._elementwise import xlogy as xlogy
from seodang.compat.tensorflow._indexing import invert_permutation as invert_permutation
from seodang.compat.tensorflow._reductions import in_top_k as in_top_k
from seodang.compat.tensorflow._reductions import l2_normalize as l2_normalize
from seodang.compat.tensorflow._reductions import log_softmax as log_softmax
from seodang.compat.tensorflow._reductions import softmax as softmax
from seodang.compat.tensorflow._reductions import zero_fraction as zero_fraction

def abs(x, name: str | None = None) -> Tensor:
    """The absolute value of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def acos(x, name: str | None = None) -> Tensor:
    """The inverse cosine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def acosh(x, name: str | None = None) -> Tensor:
    """The inverse hyperbolic cosine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def add(x, y, name: str | None = None) -> Tensor:
    """The sums of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def argmax(input, axis=None, output_type: Any = 'int64', name: str | None = None) -> Tensor:
    """The place of the largest element along an axis."""

def argmin(input, axis=None, output_type: Any = 'int64', name: str | None = None) -> Tensor:
    """The place of the smallest element along an axis."""

def asin(x, name: str | None = None) -> Tensor:
    """The inverse sine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def asinh(x, name: str | None = None) -> Tensor:
    """The inverse hyperbolic sine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def atan(x, name: str | None = None) -> Tensor:
    """The inverse tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def atanh(x, name: str | None = None) -> Tensor:
    """The inverse hyperbolic tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def bincount(arr, weights=None, minlength=None, maxlength=None, dtype: Any = 'int32', name: str | None = None, axis=None, binary_output: bool = False) -> Tensor:
    """How often each whole number occurs (or the sum of weights); `axis=-1` counts by row."""

def ceil(x, name: str | None = None) -> Tensor:
    """The smallest whole number not below each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def confusion_matrix(labels, predictions, num_classes=None, weights=None, dtype: Any = 'int32', name: str | None = None) -> Tensor:
    """How often each label (row) met each prediction (column); shape (classes, classes).

    Raises InvalidArgumentError for negative classes or some beyond `num_classes`.
    """

def conj(x, name: str | None = None) -> Tensor:
    """The complex conjugate, which a real number is itself.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def cos(x, name: str | None = None) -> Tensor:
    """The cosine of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def cosh(x, name: str | None = None) -> Tensor:
    """The hyperbolic cosine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def count_nonzero(input, axis=None, keepdims: bool | None = None, dtype: Any = 'int64', name: str | None = None) -> Tensor:
    """How many elements are not 0 (not empty, for strings)."""

def cumprod(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running products along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def cumsum(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running sums along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def cumulative_logsumexp(x, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """log of the running sums of exp.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def digamma(x, name: str | None = None) -> Tensor:
    """The derivative of lgamma.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def divide(x, y, name: str | None = None) -> Tensor:
    """The quotients of the elements; those of integers are fractions.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def erf(x, name: str | None = None) -> Tensor:
    """The error function of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def erfc(x, name: str | None = None) -> Tensor:
    """1 minus the error function of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def erfcinv(x, name: str | None = None) -> Tensor:
    """The inverse of erfc.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def erfinv(x, name: str | None = None) -> Tensor:
    """The inverse of erf.

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

def floor(x, name: str | None = None) -> Tensor:
    """The largest whole number not above each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def floordiv(x, y, name: str | None = None) -> Tensor:
    """The quotients of the elements, rounded down.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def floormod(x, y, name: str | None = None) -> Tensor:
    """What floordiv leaves, of the sign of the divisor.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def greater(x, y, name: str | None = None) -> Tensor:
    """Where x > y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def greater_equal(x, y, name: str | None = None) -> Tensor:
    """Where x >= y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def imag(x, name: str | None = None) -> Tensor:
    """The imaginary part: zeros for real numbers.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def is_finite(x, name: str | None = None) -> Tensor:
    """Which elements are neither infinite nor NaN.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def is_inf(x, name: str | None = None) -> Tensor:
    """Which elements are infinite.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def is_nan(x, name: str | None = None) -> Tensor:
    """Which elements are no number (NaN).

    `x`: a tensor; gives a tensor of its shape and type.
    """

def less(x, y, name: str | None = None) -> Tensor:
    """Where x < y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def less_equal(x, y, name: str | None = None) -> Tensor:
    """Where x <= y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def lgamma(x, name: str | None = None) -> Tensor:
    """The logarithm of the absolute value of the gamma function.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def log(x, name: str | None = None) -> Tensor:
    """The natural logarithm of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def log1p(x, name: str | None = None) -> Tensor:
    """log(1 + x), accurate near 0.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def log_sigmoid(x, name: str | None = None) -> Tensor:
    """log(sigmoid(x)) of each element.

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

def maximum(x, y, name: str | None = None) -> Tensor:
    """The larger of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
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

def ndtri(x, name: str | None = None) -> Tensor:
    """The quantile function of the standard normal distribution.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def negative(x, name: str | None = None) -> Tensor:
    """The elements with the other sign.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def real(x, name: str | None = None) -> Tensor:
    """The real part, which a real number is itself.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def reciprocal(x, name: str | None = None) -> Tensor:
    """1 over each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def reduce_all(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Whether all elements are true.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_any(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """Whether any element is true.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_euclidean_norm(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The root of the sum of squares.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_logsumexp(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """log of the sum of exp, without overflow.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_max(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The largest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_mean(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The mean; that of integers is cut off to one.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_min(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The smallest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_prod(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The product of the elements.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_std(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The standard deviation (over n, not n - 1).

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_sum(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The sum of the elements.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_variance(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The variance (over n, not n - 1).

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def rint(x, name: str | None = None) -> Tensor:
    """The nearest whole number; halves go to the even one.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def round(x, name: str | None = None) -> Tensor:
    """The nearest whole number; halves go to the even one.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def rsqrt(x, name: str | None = None) -> Tensor:
    """1 over the square root of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def segment_max(data, segment_ids, name: str | None = None) -> Tensor:
    """The maxima of the rows of each segment; ids must not decrease."""

def segment_mean(data, segment_ids, name: str | None = None) -> Tensor:
    """The means of the rows of each segment; ids must not decrease."""

def segment_min(data, segment_ids, name: str | None = None) -> Tensor:
    """The minima of the rows of each segment; ids must not decrease."""

def segment_prod(data, segment_ids, name: str | None = None) -> Tensor:
    """The products of the rows of each segment; ids must not decrease."""

def segment_sum(data, segment_ids, name: str | None = None) -> Tensor:
    """The sums of the rows of each segment; ids must not decrease."""

def sigmoid(x, name: str | None = None) -> Tensor:
    """1 / (1 + exp(-x)) of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def sign(x, name: str | None = None) -> Tensor:
    """-1, 0 or 1, by the sign of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

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

def sqrt(x, name: str | None = None) -> Tensor:
    """The square root of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def square(x, name: str | None = None) -> Tensor:
    """The square of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def squared_difference(x, y, name: str | None = None) -> Tensor:
    """The squares of the elements' differences.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def subtract(x, y, name: str | None = None) -> Tensor:
    """The differences of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

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

def truediv(x, y, name: str | None = None) -> Tensor:
    """The quotients of the elements; those of integers are fractions.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def unsorted_segment_max(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
    """The maxima of the rows of each of `num_segments` segments."""

def unsorted_segment_mean(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
    """The means of the rows of each of `num_segments` segments."""

def unsorted_segment_min(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
    """The minima of the rows of each of `num_segments` segments."""

def unsorted_segment_prod(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
    """The products of the rows of each of `num_segments` segments."""

def unsorted_segment_sqrt_n(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
    """The sums over the roots of the counts of the rows of each of `num_segments` segments."""

def unsorted_segment_sum(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
    """The sums of the rows of each of `num_segments` segments."""
