"""``tf.experimental.numpy``: NumPy's functions over tensors, with gradients.

Written by `python -m seodang._generate`; do not edit.
"""

from numpy import bool as _bool
from numpy import finfo as finfo
from numpy import float16 as float16
from numpy import float32 as float32
from numpy import float64 as float64
from numpy import iinfo as iinfo
from numpy import int16 as int16
from numpy import int32 as int32
from numpy import int64 as int64
from numpy import int8 as int8
from numpy import uint16 as uint16
from numpy import uint32 as uint32
from numpy import uint64 as uint64
from numpy import uint8 as uint8
from typing import Any
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import Tensor as Tensor
from seodang._native import Tensor as _Tensor

def abs(x):
    """NumPy's `abs`, elementwise."""

def absolute(x):
    """NumPy's `absolute`, elementwise."""

def add(x1, x2):
    """NumPy's `add`, elementwise, of operands that broadcast."""

def all(a, axis=None, keepdims=False):
    """NumPy's `all` over an axis, several or all."""

def amax(a, axis=None, keepdims=False):
    """NumPy's `amax` over an axis, several or all."""

def amin(a, axis=None, keepdims=False):
    """NumPy's `amin` over an axis, several or all."""

def any(a, axis=None, keepdims=False):
    """NumPy's `any` over an axis, several or all."""

def arange(start, stop=None, step: Any = 1, dtype=None) -> Tensor:
    """Numbers from `start` to below `stop`."""

def arccos(x):
    """NumPy's `arccos`, elementwise."""

def arccosh(x):
    """NumPy's `arccosh`, elementwise."""

def arcsin(x):
    """NumPy's `arcsin`, elementwise."""

def arcsinh(x):
    """NumPy's `arcsinh`, elementwise."""

def arctan(x):
    """NumPy's `arctan`, elementwise."""

def arctan2(x1, x2):
    """NumPy's `arctan2`, elementwise, of operands that broadcast."""

def arctanh(x):
    """NumPy's `arctanh`, elementwise."""

def argmax(a, axis=None) -> Tensor:
    """The place of the greatest value; of the flattened tensor without an axis."""

def argmin(a, axis=None) -> Tensor:
    """The place of the least value; of the flattened tensor without an axis."""

def argsort(a, axis: int = -1) -> Tensor:
    """The places of the values in rising order."""

def array(val, dtype=None, copy=True, ndmin: int = 0) -> Tensor:
    """A tensor of anything that NumPy can make an array of, of at least `ndmin` dimensions."""

def asarray(a, dtype=None) -> Tensor:
    """A tensor of anything that NumPy can make an array of."""

bool_ = _bool

def broadcast_to(array, shape) -> Tensor:
    """A tensor repeated to a shape."""

def ceil(x):
    """NumPy's `ceil`, elementwise."""

def clip(a, a_min=None, a_max=None) -> Tensor:
    """Values no less than `a_min` and no more than `a_max`."""

def concatenate(arys, axis: int = 0) -> Tensor:
    """Tensors one behind the other."""

def cos(x):
    """NumPy's `cos`, elementwise."""

def cosh(x):
    """NumPy's `cosh`, elementwise."""

def cumsum(a, axis=None, dtype=None) -> Tensor:
    """Running sums; of the flattened tensor without an axis."""

def dot(a, b) -> Tensor:
    """The sum of products over the last dimension of `a` and the last but one of `b`."""

e: float

def einsum(subscripts: str, *operands) -> Tensor:
    """Sums of products as Einstein wrote them."""

def equal(x1, x2):
    """NumPy's `equal`, elementwise, of operands that broadcast."""

def exp(x):
    """NumPy's `exp`, elementwise."""

def expand_dims(a, axis: int) -> Tensor:
    """A dimension of 1 more."""

def experimental_enable_numpy_behavior(prefer_float32: bool = False, dtype_conversion_mode: str = 'legacy') -> None:
    """Gives tensors the methods of NumPy's arrays: `reshape`, `ravel`, `transpose`, `sum`, ...

    `prefer_float32` makes Python's numbers float32 and int32.
    """

def expm1(x):
    """NumPy's `expm1`, elementwise."""

def eye(N, M=None, k: int = 0, dtype=None) -> Tensor:
    """Ones on a diagonal."""

def flip(m, axis=None) -> Tensor:
    """The other way round along axes."""

def floor(x):
    """NumPy's `floor`, elementwise."""

def floor_divide(x1, x2):
    """NumPy's `floor_divide`, elementwise, of operands that broadcast."""

def full(shape, fill_value, dtype=None) -> Tensor:
    """One value everywhere."""

def full_like(a, fill_value, dtype=None) -> Tensor:
    """One value in a tensor's shape and type."""

def greater(x1, x2):
    """NumPy's `greater`, elementwise, of operands that broadcast."""

def greater_equal(x1, x2):
    """NumPy's `greater_equal`, elementwise, of operands that broadcast."""

def hstack(tup) -> Tensor:
    """Columns beside columns."""

inf: float

def inner(a, b) -> Tensor:
    """The sum of products over the last dimensions."""

def isfinite(x):
    """NumPy's `isfinite`, elementwise."""

def isinf(x):
    """NumPy's `isinf`, elementwise."""

def isnan(x):
    """NumPy's `isnan`, elementwise."""

def less(x1, x2):
    """NumPy's `less`, elementwise, of operands that broadcast."""

def less_equal(x1, x2):
    """NumPy's `less_equal`, elementwise, of operands that broadcast."""

def linspace(start, stop, num: int = 50, endpoint: bool = True, dtype=None) -> Tensor:
    """`num` numbers at equal distances."""

def log(x):
    """NumPy's `log`, elementwise."""

def log1p(x):
    """NumPy's `log1p`, elementwise."""

def logical_and(x1, x2):
    """NumPy's `logical_and`, elementwise, of operands that broadcast."""

def logical_not(x):
    """NumPy's `logical_not`, elementwise."""

def logical_or(x1, x2):
    """NumPy's `logical_or`, elementwise, of operands that broadcast."""

def logical_xor(x1, x2):
    """NumPy's `logical_xor`, elementwise, of operands that broadcast."""

def matmul(x1, x2) -> Tensor:
    """The product of matrices, or of vectors with them."""

def max(a, axis=None, keepdims=False):
    """NumPy's `max` over an axis, several or all."""

def maximum(x1, x2):
    """NumPy's `maximum`, elementwise, of operands that broadcast."""

def mean(a, axis=None, dtype=None, keepdims=False):
    """NumPy's `mean` over an axis, several or all."""

def min(a, axis=None, keepdims=False):
    """NumPy's `min` over an axis, several or all."""

def minimum(x1, x2):
    """NumPy's `minimum`, elementwise, of operands that broadcast."""

def mod(x1, x2):
    """NumPy's `mod`, elementwise, of operands that broadcast."""

def moveaxis(a, source, destination) -> Tensor:
    """Dimensions move to other places."""

def multiply(x1, x2):
    """NumPy's `multiply`, elementwise, of operands that broadcast."""

nan: float

ndarray = _Tensor

def ndim(a) -> int:
    """The number of dimensions."""

def negative(x):
    """NumPy's `negative`, elementwise."""

newaxis: None

def not_equal(x1, x2):
    """NumPy's `not_equal`, elementwise, of operands that broadcast."""

def ones(shape, dtype=None) -> Tensor:
    """Ones."""

def ones_like(a, dtype=None) -> Tensor:
    """Ones in a tensor's shape and type."""

def outer(a, b) -> Tensor:
    """Every product of an element of one with an element of the other."""

pi: float

def power(x1, x2):
    """NumPy's `power`, elementwise, of operands that broadcast."""

def prod(a, axis=None, dtype=None, keepdims=False):
    """NumPy's `prod` over an axis, several or all."""

promote_types: Any

def ravel(a) -> Tensor:
    """The elements in one dimension."""

def reciprocal(x):
    """NumPy's `reciprocal`, elementwise."""

def remainder(x1, x2):
    """NumPy's `remainder`, elementwise, of operands that broadcast."""

def repeat(a, repeats, axis=None) -> Tensor:
    """Each element several times."""

def reshape(a, newshape) -> Tensor:
    """The same elements in another shape."""

result_type: Any

def rint(x):
    """NumPy's `rint`, elementwise."""

def shape(a) -> tuple:
    """The sizes of the dimensions."""

def sign(x):
    """NumPy's `sign`, elementwise."""

def sin(x):
    """NumPy's `sin`, elementwise."""

def sinh(x):
    """NumPy's `sinh`, elementwise."""

def size(a, axis=None) -> int:
    """The number of elements, or of those along an axis."""

def sort(a, axis: int = -1) -> Tensor:
    """The values in rising order."""

def split(ary, indices_or_sections, axis: int = 0) -> list:
    """A tensor in equal parts, or cut at places."""

def sqrt(x):
    """NumPy's `sqrt`, elementwise."""

def square(x):
    """NumPy's `square`, elementwise."""

def squeeze(a, axis=None) -> Tensor:
    """Without the dimensions of 1."""

def stack(arrays, axis: int = 0) -> Tensor:
    """Tensors along a new dimension."""

def std(a, axis=None, dtype=None, keepdims=False):
    """NumPy's `std` over an axis, several or all."""

def subtract(x1, x2):
    """NumPy's `subtract`, elementwise, of operands that broadcast."""

def sum(a, axis=None, dtype=None, keepdims=False):
    """NumPy's `sum` over an axis, several or all."""

def swapaxes(a, axis1: int, axis2: int) -> Tensor:
    """Two dimensions change places."""

def take(a, indices, axis=None) -> Tensor:
    """Elements by their places; of the flattened tensor without an axis."""

def tan(x):
    """NumPy's `tan`, elementwise."""

def tanh(x):
    """NumPy's `tanh`, elementwise."""

def tensordot(a, b, axes: Any = 2) -> Tensor:
    """The sum of products over dimensions of both."""

def tile(A, reps) -> Tensor:
    """A tensor several times."""

def transpose(a, axes=None) -> Tensor:
    """The dimensions in another order; turned round without one."""

def true_divide(x1, x2) -> Tensor:
    """The quotient, of floats."""

def var(a, axis=None, dtype=None, keepdims=False):
    """NumPy's `var` over an axis, several or all."""

def vstack(tup) -> Tensor:
    """Rows below rows."""

def where(condition, x=None, y=None):
    """`x` where the condition holds, else `y`; with the condition alone, where it holds, by dimension."""

def zeros(shape, dtype=None) -> Tensor:
    """Zeros."""

def zeros_like(a, dtype=None) -> Tensor:
    """Zeros in a tensor's shape and type."""

divide = true_divide

empty = zeros

identity = eye
