"""`seodang.compat.tensorflow`: TensorFlow's names, for programs written for TensorFlow 2.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
import builtins
from seodang import data as data
from seodang import errors as errors
from seodang import keras as keras
from seodang._dtypes import DType as DType
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import Tensor as Tensor
from seodang._native import Tensor as _Tensor
from seodang._native import Variable as Variable
from seodang._shapes import TensorShape as TensorShape
from seodang.compat.tensorflow import autograph as autograph
from seodang.compat.tensorflow import bitwise as bitwise
from seodang.compat.tensorflow import compat as compat
from seodang.compat.tensorflow import config as config
from seodang.compat.tensorflow import control_flow as control_flow
from seodang.compat.tensorflow import debugging as debugging
from seodang.compat.tensorflow import dtypes as dtypes
from seodang.compat.tensorflow import experimental as experimental
from seodang.compat.tensorflow import image as image
from seodang.compat.tensorflow import io as io
from seodang.compat.tensorflow import linalg as linalg
from seodang.compat.tensorflow import lookup as lookup
from seodang.compat.tensorflow import math as math
from seodang.compat.tensorflow import nest as nest
from seodang.compat.tensorflow import nn as nn
from seodang.compat.tensorflow import random as random
from seodang.compat.tensorflow import strings as strings
from seodang.compat.tensorflow import summary as summary
from seodang.compat.tensorflow import sysconfig as sysconfig
from seodang.compat.tensorflow import tape as tape
from seodang.compat.tensorflow import test as test
from seodang.compat.tensorflow import train as train
from seodang.compat.tensorflow import version as version
from seodang.compat.tensorflow._create import constant as constant
from seodang.compat.tensorflow._create import convert_to_tensor as convert_to_tensor
from seodang.compat.tensorflow._create import fill as fill
from seodang.compat.tensorflow._create import identity as identity
from seodang.compat.tensorflow._create import linspace as linspace
from seodang.compat.tensorflow._create import meshgrid as meshgrid
from seodang.compat.tensorflow._create import one_hot as one_hot
from seodang.compat.tensorflow._create import ones as ones
from seodang.compat.tensorflow._create import ones_like as ones_like
from seodang.compat.tensorflow._create import zeros as zeros
from seodang.compat.tensorflow._create import zeros_like as zeros_like
from seodang.compat.tensorflow._elementwise import accumulate_n as accumulate_n
from seodang.compat.tensorflow._elementwise import add_n as add_n
from seodang.compat.tensorflow._elementwise import atan2 as atan2
from seodang.compat.tensorflow._elementwise import cast as cast
from seodang.compat.tensorflow._elementwise import clip_by_value as clip_by_value
from seodang.compat.tensorflow._elementwise import divide_no_nan as divide_no_nan
from seodang.compat.tensorflow._elementwise import equal as equal
from seodang.compat.tensorflow._elementwise import multiply_no_nan as multiply_no_nan
from seodang.compat.tensorflow._elementwise import nextafter as nextafter
from seodang.compat.tensorflow._elementwise import not_equal as not_equal
from seodang.compat.tensorflow._elementwise import polyval as polyval
from seodang.compat.tensorflow._elementwise import pow as pow
from seodang.compat.tensorflow._elementwise import reciprocal_no_nan as reciprocal_no_nan
from seodang.compat.tensorflow._elementwise import saturate_cast as saturate_cast
from seodang.compat.tensorflow._elementwise import scalar_mul as scalar_mul
from seodang.compat.tensorflow._elementwise import xdivy as xdivy
from seodang.compat.tensorflow._elementwise import xlog1py as xlog1py
from seodang.compat.tensorflow._elementwise import xlogy as xlogy
from seodang.compat.tensorflow._function import ConcreteFunction as ConcreteFunction
from seodang.compat.tensorflow._function import Function as Function
from seodang.compat.tensorflow._function import TensorSpec as TensorSpec
from seodang.compat.tensorflow._function import function as function
from seodang.compat.tensorflow._function import functions_run_eagerly as functions_run_eagerly
from seodang.compat.tensorflow._function import run_functions_eagerly as run_functions_eagerly
from seodang.compat.tensorflow._indexing import dynamic_partition as dynamic_partition
from seodang.compat.tensorflow._indexing import dynamic_stitch as dynamic_stitch
from seodang.compat.tensorflow._indexing import invert_permutation as invert_permutation
from seodang.compat.tensorflow._indexing import linalg_diag as linalg_diag
from seodang.compat.tensorflow._indexing import scatter_nd as scatter_nd
from seodang.compat.tensorflow._indexing import slice as slice
from seodang.compat.tensorflow._indexing import tensor_scatter_nd_add as tensor_scatter_nd_add
from seodang.compat.tensorflow._indexing import tensor_scatter_nd_sub as tensor_scatter_nd_sub
from seodang.compat.tensorflow._indexing import tensor_scatter_nd_update as tensor_scatter_nd_update
from seodang.compat.tensorflow._indexing import top_k_places as top_k_places
from seodang.compat.tensorflow._indexing import where as where
from seodang.compat.tensorflow._more import bitcast as bitcast
from seodang.compat.tensorflow._more import grad_pass_through as grad_pass_through
from seodang.compat.tensorflow._more import hessians as hessians
from seodang.compat.tensorflow._more import identity_n as identity_n
from seodang.compat.tensorflow._more import is_symbolic_tensor as is_symbolic_tensor
from seodang.compat.tensorflow._more import no_gradient as no_gradient
from seodang.compat.tensorflow._more import realdiv as realdiv
from seodang.compat.tensorflow._more import reverse_sequence as reverse_sequence
from seodang.compat.tensorflow._more import timestamp as timestamp
from seodang.compat.tensorflow._more import truncatediv as truncatediv
from seodang.compat.tensorflow._more import truncatemod as truncatemod
from seodang.compat.tensorflow._more import tuple as tuple
from seodang.compat.tensorflow._more import type_spec_from_value as type_spec_from_value
from seodang.compat.tensorflow._more import unravel_index as unravel_index
from seodang.compat.tensorflow._products import clip_by_average_norm as clip_by_average_norm
from seodang.compat.tensorflow._products import clip_by_global_norm as clip_by_global_norm
from seodang.compat.tensorflow._products import clip_by_norm as clip_by_norm
from seodang.compat.tensorflow._products import einsum as einsum
from seodang.compat.tensorflow._products import global_norm as global_norm
from seodang.compat.tensorflow._products import matmul as matmul
from seodang.compat.tensorflow._products import matvec as matvec
from seodang.compat.tensorflow._products import tensordot as tensordot
from seodang.compat.tensorflow._products import trace as trace
from seodang.compat.tensorflow._reductions import TopKV2 as TopKV2
from seodang.compat.tensorflow._reductions import in_top_k as in_top_k
from seodang.compat.tensorflow._reductions import l2_normalize as l2_normalize
from seodang.compat.tensorflow._reductions import log_softmax as log_softmax
from seodang.compat.tensorflow._reductions import reduce_join as reduce_join
from seodang.compat.tensorflow._reductions import softmax as softmax
from seodang.compat.tensorflow._reductions import zero_fraction as zero_fraction
from seodang.compat.tensorflow._scopes import Module as Module
from seodang.compat.tensorflow._scopes import control_dependencies as control_dependencies
from seodang.compat.tensorflow._scopes import device as device
from seodang.compat.tensorflow._scopes import ensure_tensor as ensure_tensor
from seodang.compat.tensorflow._scopes import get_current_name_scope as get_current_name_scope
from seodang.compat.tensorflow._scopes import get_logger as get_logger
from seodang.compat.tensorflow._scopes import init_scope as init_scope
from seodang.compat.tensorflow._scopes import name_scope as name_scope
from seodang.compat.tensorflow._scopes import scope_path as scope_path
from seodang.compat.tensorflow._scopes import snake_case as snake_case
from seodang.compat.tensorflow._shaping import broadcast_dynamic_shape as broadcast_dynamic_shape
from seodang.compat.tensorflow._shaping import broadcast_static_shape as broadcast_static_shape
from seodang.compat.tensorflow._shaping import broadcast_to as broadcast_to
from seodang.compat.tensorflow._shaping import concat as concat
from seodang.compat.tensorflow._shaping import ensure_shape as ensure_shape
from seodang.compat.tensorflow._shaping import expand_dims as expand_dims
from seodang.compat.tensorflow._shaping import rank as rank
from seodang.compat.tensorflow._shaping import repeat as repeat
from seodang.compat.tensorflow._shaping import reshape as reshape
from seodang.compat.tensorflow._shaping import reverse as reverse
from seodang.compat.tensorflow._shaping import roll as roll
from seodang.compat.tensorflow._shaping import squeeze as squeeze
from seodang.compat.tensorflow._shaping import tile as tile
from seodang.compat.tensorflow._shaping import transpose as transpose
from seodang.compat.tensorflow._variables import AggregationMethod as AggregationMethod
from seodang.compat.tensorflow._variables import IndexedSlices as IndexedSlices
from seodang.compat.tensorflow._variables import VariableAggregation as VariableAggregation
from seodang.compat.tensorflow._variables import VariableSynchronization as VariableSynchronization
from seodang.compat.tensorflow._variables import count_up_to as count_up_to
from seodang.compat.tensorflow._variables import extend as extend
from seodang.compat.tensorflow._variables import sparse_read as sparse_read
from seodang.compat.tensorflow.control_flow import TensorArray as TensorArray
from seodang.compat.tensorflow.control_flow import cond as cond
from seodang.compat.tensorflow.control_flow import group as group
from seodang.compat.tensorflow.control_flow import map_fn as map_fn
from seodang.compat.tensorflow.control_flow import no_op as no_op
from seodang.compat.tensorflow.control_flow import vectorized_map as vectorized_map
from seodang.compat.tensorflow.debugging import Assert as Assert
from seodang.compat.tensorflow.debugging import assert_rank as assert_rank
from seodang.compat.tensorflow.tape import GradientTape as GradientTape
from seodang.compat.tensorflow.tape import UnconnectedGradients as UnconnectedGradients
from seodang.compat.tensorflow.tape import custom_gradient as custom_gradient
from seodang.compat.tensorflow.tape import recompute_grad as recompute_grad
from seodang.compat.tensorflow.tape import stop_gradient as stop_gradient
from seodang.keras import activations as activations
from seodang.keras import initializers as initializers
from seodang.keras import losses as losses
from seodang.keras import metrics as metrics
from seodang.keras import optimizers as optimizers
from seodang.keras.initializers._generated import Constant as _Constant
from seodang.keras.initializers._generated import Ones as _Ones
from seodang.keras.initializers._generated import RandomNormal as _RandomNormal
from seodang.keras.initializers._generated import RandomUniform as _RandomUniform
from seodang.keras.initializers._generated import Zeros as _Zeros

__version__: str

EagerTensor = _Tensor

VERSION: str

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

def argsort(values, axis: Any = -1, direction: Any = 'ASCENDING', stable=False, name=None) -> Tensor:
    """The numbers of the elements in sorted order."""

def as_string(input, precision: Any = -1, scientific=False, shortest=False, width: Any = -1, fill: Any = '', name=None):
    """Numbers as text; see `tf.strings.as_string`."""

def asin(x, name: str | None = None) -> Tensor:
    """The inverse sine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def asinh(x, name: str | None = None) -> Tensor:
    """The inverse hyperbolic sine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def assert_equal(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x == y everywhere."""

def assert_greater(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x > y everywhere."""

def assert_less(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x < y everywhere."""

def atan(x, name: str | None = None) -> Tensor:
    """The inverse tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def atanh(x, name: str | None = None) -> Tensor:
    """The inverse hyperbolic tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

bfloat16: DType

def bincount(arr, weights=None, minlength=None, maxlength=None, dtype: Any = 'int32', name: str | None = None, axis=None, binary_output: builtins.bool = False) -> Tensor:
    """How often each whole number occurs (or the sum of weights); `axis=-1` counts by row."""

bool: DType

def boolean_mask(tensor, mask, axis=None, name: Any = 'boolean_mask') -> Tensor:
    """The elements where a mask holds."""

def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name: Any = 'case') -> Any:
    """What the function of the first true predicate gives."""

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

constant_initializer = _Constant

def cos(x, name: str | None = None) -> Tensor:
    """The cosine of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def cosh(x, name: str | None = None) -> Tensor:
    """The hyperbolic cosine of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def count_nonzero(input, axis=None, keepdims: builtins.bool | None = None, dtype: Any = 'int64', name: str | None = None) -> Tensor:
    """How many elements are not 0 (not empty, for strings)."""

def cumprod(x, axis: Any = 0, exclusive: builtins.bool = False, reverse: builtins.bool = False, name: str | None = None) -> Tensor:
    """The running products along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def cumsum(x, axis: Any = 0, exclusive: builtins.bool = False, reverse: builtins.bool = False, name: str | None = None) -> Tensor:
    """The running sums along an axis.

    `exclusive` leaves out the element itself; `reverse` starts at the end.
    """

def cumulative_logsumexp(x, axis: Any = 0, exclusive: builtins.bool = False, reverse: builtins.bool = False, name: str | None = None) -> Tensor:
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

double: DType

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

def executing_eagerly() -> builtins.bool:
    """Whether operations run at once: False while a function is traced."""

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

float16: DType

float32: DType

float64: DType

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

def foldl(fn, elems, initializer=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, name=None) -> Any:
    """What a function makes of its last result and each row, at the end."""

def foldr(fn, elems, initializer=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, name=None) -> Any:
    """As `foldl`, from the last row."""

def gather(params, indices, validate_indices=None, axis=None, batch_dims: Any = 0, name=None) -> Tensor:
    """Rows along an axis by their numbers."""

def gather_nd(params, indices, batch_dims: Any = 0, name=None) -> Tensor:
    """Slices by tuples of positions."""

def get_static_value(tensor, partial=False):
    """The value of a tensor as an array, or None while it is traced."""

def gradients(ys, xs, grad_ys=None, name: Any = 'gradients', **kwargs):
    """Not offered: it needs TensorFlow 1's graphs."""

def greater(x, y, name: str | None = None) -> Tensor:
    """Where x > y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def greater_equal(x, y, name: str | None = None) -> Tensor:
    """Where x >= y.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

half: DType

def histogram_fixed_width(values, value_range, nbins: Any = 100, dtype: Any = 'int32', name=None):
    """How many values lie in each of some parts of a range; what is outside counts to the ends."""

def imag(x, name: str | None = None) -> Tensor:
    """The imaginary part: zeros for real numbers.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def inside_function() -> builtins.bool:
    """Whether a function is being traced."""

int16: DType

int32: DType

int64: DType

int8: DType

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

def is_tensor(x) -> builtins.bool:
    """Whether a value is a tensor or a variable."""

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

newaxis: None

def norm(tensor, ord: Any = 'euclidean', axis=None, keepdims=None, name=None) -> Tensor:
    """The length of a tensor, or of its parts along axes."""

def numpy_function(func=None, inp: Any = ..., Tout=None, stateful=True, name=None) -> Any:
    """What Python code makes of NumPy arrays."""

ones_initializer = _Ones

def pad(tensor, paddings, mode: str = 'CONSTANT', constant_values: Any = 0, name: str | None = None) -> Tensor:
    """The tensor with a border: of a value, or of its own elements (`mode` "REFLECT", "SYMMETRIC").

    `paddings`: for each axis how many before and after.
    """

def print(*inputs, output_stream=None, summarize: Any = 3, sep: Any = ' ', end: Any = '\n', name=None, **kwargs) -> None:
    """Prints values to the error stream, tensors as their elements.

    `output_stream` is a stream, ``"sys.stdout"``, ``"sys.stderr"`` or ``"file://"`` with a file that is added
    to. ValueError for another name.
    """

def py_function(func=None, inp: Any = ..., Tout=None, name=None) -> Any:
    """What Python code makes of tensors."""

random_normal_initializer = _RandomNormal

random_uniform_initializer = _RandomUniform

def range(start, limit=None, delta: Any = 1, dtype=None, name: str | None = 'range') -> Tensor:
    """The numbers from start (0 by default) up to, not including, limit, in steps of delta.

    Raises InvalidArgumentError if the step is 0 or goes the wrong way.
    """

def real(x, name: str | None = None) -> Tensor:
    """The real part, which a real number is itself.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def reciprocal(x, name: str | None = None) -> Tensor:
    """1 over each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def reduce_all(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """Whether all elements are true.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_any(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """Whether any element is true.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_euclidean_norm(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The root of the sum of squares.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_logsumexp(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """log of the sum of exp, without overflow.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_max(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The largest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_mean(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The mean; that of integers is cut off to one.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_min(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The smallest element.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_prod(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The product of the elements.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_std(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The standard deviation (over n, not n - 1).

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_sum(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
    """The sum of the elements.

    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves them with size 1.
    """

def reduce_variance(input_tensor, axis=None, keepdims: builtins.bool = False, name: str | None = None) -> Tensor:
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

def scan(fn, elems, initializer=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, infer_shape=True, reverse=False, name=None) -> Any:
    """What a function makes of its last result and each row, stacked."""

def searchsorted(sorted_sequence, values, side: Any = 'left', out_type: Any = 'int32', name=None) -> Tensor:
    """Where values belong in sorted sequences."""

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

def sequence_mask(lengths, maxlen=None, dtype: Any = 'bool', name: str | None = None) -> Tensor:
    """Which positions come before each length; shape of lengths, then `maxlen`."""

def shape(input, out_type: Any = 'int32', name: str | None = None) -> Tensor:
    """The dimensions of a tensor, as a tensor of integers."""

def shape_n(input, out_type: Any = 'int32', name: str | None = None) -> list[Tensor]:
    """The dimensions of each of several tensors."""

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

def size(input, out_type: Any = 'int32', name: str | None = None) -> Tensor:
    """The number of elements of a tensor, as a tensor."""

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

def split(value, num_or_size_splits, axis: Any = 0, num: int | None = None, name: str | None = 'split') -> list:
    """The tensor cut along an axis into equal parts, or into parts of given sizes (one may be -1).

    Raises InvalidArgumentError if the sizes do not add up.
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

def stack(values, axis: Any = 0, name: str | None = 'stack') -> Tensor:
    """Tensors of one shape as the rows of a new axis.

    Raises InvalidArgumentError for shapes that differ.
    """

def strided_slice(input_, begin, end, strides=None, begin_mask: Any = 0, end_mask: Any = 0, ellipsis_mask: Any = 0, new_axis_mask: Any = 0, shrink_axis_mask: Any = 0, var=None, name=None) -> Tensor:
    """The part between places, every so manieth element."""

string: DType

def subtract(x, y, name: str | None = None) -> Tensor:
    """The differences of the elements.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

def switch_case(branch_index, branch_fns, default=None, name: Any = 'switch_case') -> Any:
    """What the function of a number gives."""

def tan(x, name: str | None = None) -> Tensor:
    """The tangent of each element, in radians.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def tanh(x, name: str | None = None) -> Tensor:
    """The hyperbolic tangent of each element.

    `x`: a tensor; gives a tensor of its shape and type.
    """

def tensor_scatter_nd_max(tensor, indices, updates, name=None):
    """The tensor with the maximum of old and new elements at places (no gradient)."""

def tensor_scatter_nd_min(tensor, indices, updates, name=None):
    """The tensor with the minimum of old and new elements at places (no gradient)."""

def top_k(input, k: Any = 1, sorted: builtins.bool = True, index_type: Any = 'int32', name: str | None = None):
    """The k largest elements of each row, largest first, and where they stand.

    Gives a named tuple (values, indices). Raises InvalidArgumentError if rows are shorter than k.
    """

def truediv(x, y, name: str | None = None) -> Tensor:
    """The quotients of the elements; those of integers are fractions.

    `x`, `y`: tensors of one type whose shapes can be broadcast together.
    """

uint16: DType

uint32: DType

uint64: DType

uint8: DType

def unique(x, out_idx: Any = 'int32', name=None):
    """The different values in the order they come, and the place of each element among them."""

def unique_with_counts(x, out_idx: Any = 'int32', name=None):
    """As `unique`, with how often each value comes."""

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

def unstack(value, num: int | None = None, axis: Any = 0, name: str | None = 'unstack') -> list:
    """The rows along an axis, as a list of tensors.

    Raises ValueError if there are not `num` of them.
    """

def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations: Any = 10, back_prop=True, swap_memory=False, maximum_iterations=None, name=None) -> Any:
    """Runs a body over values as long as a condition holds."""

zeros_initializer = _Zeros
