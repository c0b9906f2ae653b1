"""``tf.experimental.numpy``: NumPy's functions over tensors, with gradients.

As in TensorFlow, numbers of Python become float64 and int64 unless ``prefer_float32`` is asked for, and
operands of two types become what NumPy makes of them.
"""

from __future__ import annotations

import builtins
import types
from typing import Any

import numpy as np

from seodang import _native as native
from seodang._dtypes import as_dtype
from seodang._missing import missing

from .. import __getattr__ as _tf
from .._core import Tensor

ndarray = Tensor
newaxis, pi, e, inf, nan = None, np.pi, np.e, np.inf, np.nan
bool_, float16, float32, float64 = np.bool_, np.float16, np.float32, np.float64
int8, int16, int32, int64 = np.int8, np.int16, np.int32, np.int64
uint8, uint16, uint32, uint64 = np.uint8, np.uint16, np.uint32, np.uint64
result_type, promote_types, finfo, iinfo = np.result_type, np.promote_types, np.finfo, np.iinfo

_narrow = False


def experimental_enable_numpy_behavior(prefer_float32: bool = False, dtype_conversion_mode: str = "legacy") -> None:
    """Gives tensors the methods of NumPy's arrays: `reshape`, `ravel`, `transpose`, `sum`, ...

    `prefer_float32` makes Python's numbers float32 and int32.
    """
    global _narrow
    _narrow = builtins.bool(prefer_float32)
    for cls in (native.Tensor, native.Variable):
        for name in ("all", "any", "argmax", "argmin", "argsort", "clip", "cumsum", "max", "mean", "min",
                     "prod", "ravel", "repeat", "reshape", "sort", "squeeze", "std", "sum", "swapaxes",
                     "take", "transpose", "var"):
            function = globals()[name]
            if name in ("reshape", "transpose"):
                setattr(cls, name, _of_many(function))
            else:
                setattr(cls, name, _method(function))


def _method(function):
    # NumPy's own functions call the methods with `out=None`.
    def method(self, *args, out=None, **kwargs):
        if out is not None:
            raise TypeError(f"{function.__name__}() of a tensor takes no `out`: tensors do not change")
        return function(self, *args, **kwargs)

    method.__name__, method.__doc__ = function.__name__, function.__doc__
    return method


def _of_many(function):
    """`x.reshape(2, 3)` is `x.reshape((2, 3))`."""

    def method(self, *sizes):
        return function(self, sizes[0] if len(sizes) == 1 else sizes or None)

    method.__name__, method.__doc__ = function.__name__, function.__doc__
    return method


def _default(kind) -> np.dtype:
    dtype = np.dtype(kind)
    if not _narrow:
        return dtype
    return {"f": np.dtype(np.float32), "i": np.dtype(np.int32)}.get(dtype.kind, dtype)


def asarray(a, dtype=None) -> Tensor:
    """A tensor of anything that NumPy can make an array of."""
    if native.is_tensor(a):
        x = a if isinstance(a, Tensor) else a.value()
        return x if dtype is None else native.cast(x, as_dtype(dtype))
    if isinstance(a, (list, tuple)) and builtins.any(native.is_tensor(v) for v in a):
        return stack([asarray(v, dtype) for v in a])
    known = isinstance(a, (np.ndarray, np.generic))
    x = np.asarray(a, dtype=None if dtype is None else as_dtype(dtype).as_numpy_dtype)
    if dtype is None and not known:
        x = x.astype(_default(x.dtype))
    return native.convert(x)


def array(val, dtype=None, copy=True, ndmin: int = 0) -> Tensor:
    """A tensor of anything that NumPy can make an array of, of at least `ndmin` dimensions."""
    x = asarray(val, dtype)
    return reshape(x, [1] * (ndmin - x.ndim) + list(x.shape)) if ndmin > x.ndim else x


def _pair(a, b) -> tuple:
    """Two operands of the type that NumPy computes with; Python's numbers adapt to tensors."""
    weak = [isinstance(v, (builtins.int, builtins.float)) and not isinstance(v, np.generic) for v in (a, b)]
    x, y = asarray(a), asarray(b)
    kinds = [v if w else t.dtype.as_numpy_dtype for v, t, w in zip((a, b), (x, y), weak, strict=True)]
    wanted = as_dtype(np.result_type(*kinds) if not builtins.all(weak) else np.result_type(
        x.dtype.as_numpy_dtype, y.dtype.as_numpy_dtype))
    return native.cast(x, wanted), native.cast(y, wanted)


def _floating(x) -> Tensor:
    x = asarray(x)
    return x if x.dtype.is_floating else native.cast(x, as_dtype(_default(np.float64)))


# Creation ----------------------------------------------------------------------------------------


def _made(function, *args, dtype=None) -> Tensor:
    x = function(*args)
    return native.convert(x.astype(_default(x.dtype) if dtype is None else as_dtype(dtype).as_numpy_dtype))


def zeros(shape, dtype=None) -> Tensor:
    """Zeros."""
    return _made(np.zeros, shape, dtype=dtype)


def ones(shape, dtype=None) -> Tensor:
    """Ones."""
    return _made(np.ones, shape, dtype=dtype)


empty = zeros


def full(shape, fill_value, dtype=None) -> Tensor:
    """One value everywhere."""
    return native.broadcast_to(asarray(fill_value, dtype), [shape] if isinstance(shape, builtins.int) else list(shape))


def zeros_like(a, dtype=None) -> Tensor:
    """Zeros in a tensor's shape and type."""
    x = asarray(a)
    return zeros(x.shape, dtype or x.dtype)


def ones_like(a, dtype=None) -> Tensor:
    """Ones in a tensor's shape and type."""
    x = asarray(a)
    return ones(x.shape, dtype or x.dtype)


def full_like(a, fill_value, dtype=None) -> Tensor:
    """One value in a tensor's shape and type."""
    x = asarray(a)
    return full(x.shape, fill_value, dtype or x.dtype)


def arange(start, stop=None, step=1, dtype=None) -> Tensor:
    """Numbers from `start` to below `stop`."""
    args = (start,) if stop is None else (start, stop, step)
    return _made(np.arange, *args, dtype=dtype)


def linspace(start, stop, num: int = 50, endpoint: bool = True, dtype=None) -> Tensor:
    """`num` numbers at equal distances."""
    return _made(lambda: np.linspace(start, stop, num, endpoint=endpoint), dtype=dtype)


def eye(N, M=None, k: int = 0, dtype=None) -> Tensor:
    """Ones on a diagonal."""
    return _made(lambda: np.eye(N, M, k), dtype=dtype)


identity = eye


# Elementwise -------------------------------------------------------------------------------------


def _elementwise(name: str, tf_name: str, floats: bool = False):
    function = None

    def wrapper(x):
        nonlocal function
        function = function or getattr(_tf("math"), tf_name)
        return function(_floating(x) if floats else asarray(x))

    wrapper.__name__ = name
    wrapper.__doc__ = f"NumPy's `{name}`, elementwise."
    return wrapper


for _name, _other in {
    "exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "sqrt": "sqrt", "sin": "sin", "cos": "cos",
    "tan": "tan", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "reciprocal": "reciprocal",
}.items():
    globals()[_name] = _elementwise(_name, _other, floats=True)
for _name, _other in {
    "abs": "abs", "absolute": "abs", "negative": "negative", "sign": "sign", "square": "square",
    "floor": "floor", "ceil": "ceil", "rint": "rint", "isnan": "is_nan", "isinf": "is_inf",
    "isfinite": "is_finite", "logical_not": "logical_not",
}.items():
    globals()[_name] = _elementwise(_name, _other)


def _binary(name: str, tf_name: str):
    function = None

    def wrapper(x1, x2):
        nonlocal function
        function = function or getattr(_tf("math"), tf_name)
        return function(*_pair(x1, x2))

    wrapper.__name__ = name
    wrapper.__doc__ = f"NumPy's `{name}`, elementwise, of operands that broadcast."
    return wrapper


for _name, _other in {
    "add": "add", "subtract": "subtract", "multiply": "multiply", "floor_divide": "floordiv",
    "mod": "floormod", "remainder": "floormod", "power": "pow", "maximum": "maximum", "minimum": "minimum",
    "equal": "equal", "not_equal": "not_equal", "less": "less", "less_equal": "less_equal",
    "greater": "greater", "greater_equal": "greater_equal", "arctan2": "atan2",
    "logical_and": "logical_and", "logical_or": "logical_or", "logical_xor": "logical_xor",
}.items():
    globals()[_name] = _binary(_name, _other)


def true_divide(x1, x2) -> Tensor:
    """The quotient, of floats."""
    a, b = _pair(x1, x2)
    return native.divide(_floating(a), _floating(b))


divide = true_divide


def clip(a, a_min=None, a_max=None) -> Tensor:
    """Values no less than `a_min` and no more than `a_max`."""
    x = asarray(a)
    x = x if a_min is None else globals()["maximum"](x, a_min)
    return x if a_max is None else globals()["minimum"](x, a_max)


def where(condition, x=None, y=None):
    """`x` where the condition holds, else `y`; with the condition alone, where it holds, by dimension."""
    if x is None and y is None:
        return builtins.tuple(asarray(i) for i in np.nonzero(np.asarray(asarray(condition))))
    return native.where(native.cast(asarray(condition), as_dtype("bool")), *_pair(x, y))


# Reductions --------------------------------------------------------------------------------------


def _axes(x, axis) -> list:
    if axis is None:
        return list(range(x.ndim))
    return list(axis) if isinstance(axis, (list, tuple)) else [axis]


def _reduction(name: str, native_name: str, floats: bool = False):
    function = getattr(native, native_name)

    def wrapper(a, axis=None, dtype=None, keepdims=False):
        x = asarray(a, dtype)
        x = _floating(x) if floats else x
        return function(x, _axes(x, axis), builtins.bool(keepdims))

    wrapper.__name__ = name
    wrapper.__doc__ = f"NumPy's `{name}` over an axis, several or all."
    return wrapper


for _name, _other in {"sum": "reduce_sum", "prod": "reduce_prod"}.items():
    globals()[_name] = _reduction(_name, _other)
for _name, _other in {"mean": "reduce_mean", "std": "reduce_std", "var": "reduce_variance"}.items():
    globals()[_name] = _reduction(_name, _other, floats=True)


def _extreme(name: str, native_name: str):
    function = getattr(native, native_name)

    def wrapper(a, axis=None, keepdims=False):
        x = asarray(a)
        if native_name in ("reduce_all", "reduce_any"):
            x = native.cast(x, as_dtype("bool"))
        return function(x, _axes(x, axis), builtins.bool(keepdims))

    wrapper.__name__ = name
    wrapper.__doc__ = f"NumPy's `{name}` over an axis, several or all."
    return wrapper


for _name, _other in {"max": "reduce_max", "amax": "reduce_max", "min": "reduce_min", "amin": "reduce_min",
                      "all": "reduce_all", "any": "reduce_any"}.items():
    globals()[_name] = _extreme(_name, _other)
del _name, _other


def argmax(a, axis=None) -> Tensor:
    """The place of the greatest value; of the flattened tensor without an axis."""
    x = asarray(a)
    return _tf("argmax")(ravel(x) if axis is None else x, axis=axis or 0)


def argmin(a, axis=None) -> Tensor:
    """The place of the least value; of the flattened tensor without an axis."""
    x = asarray(a)
    return _tf("argmin")(ravel(x) if axis is None else x, axis=axis or 0)


def cumsum(a, axis=None, dtype=None) -> Tensor:
    """Running sums; of the flattened tensor without an axis."""
    x = asarray(a, dtype)
    return _tf("cumsum")(ravel(x) if axis is None else x, axis=axis or 0)


def sort(a, axis: int = -1) -> Tensor:
    """The values in rising order."""
    return _tf("sort")(asarray(a), axis=axis)


def argsort(a, axis: int = -1) -> Tensor:
    """The places of the values in rising order."""
    return native.cast(_tf("argsort")(asarray(a), axis=axis, stable=True), as_dtype("int64"))


# Shapes ------------------------------------------------------------------------------------------


def shape(a) -> tuple:
    """The sizes of the dimensions."""
    return builtins.tuple(asarray(a).shape)


def ndim(a) -> int:
    """The number of dimensions."""
    return asarray(a).ndim


def size(a, axis=None) -> int:
    """The number of elements, or of those along an axis."""
    sizes = shape(a)
    return builtins.int(np.prod(sizes)) if axis is None else sizes[axis]


def reshape(a, newshape) -> Tensor:
    """The same elements in another shape."""
    return _tf("reshape")(asarray(a), [newshape] if isinstance(newshape, builtins.int) else newshape)


def ravel(a) -> Tensor:
    """The elements in one dimension."""
    return reshape(a, [-1])


def transpose(a, axes=None) -> Tensor:
    """The dimensions in another order; turned round without one."""
    return _tf("transpose")(asarray(a), axes)


def swapaxes(a, axis1: int, axis2: int) -> Tensor:
    """Two dimensions change places."""
    x = asarray(a)
    order = list(range(x.ndim))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return transpose(x, order)


def moveaxis(a, source, destination) -> Tensor:
    """Dimensions move to other places."""
    x = asarray(a)
    sources = [s % x.ndim for s in np.atleast_1d(source)]
    places = [d % x.ndim for d in np.atleast_1d(destination)]
    order = [i for i in range(x.ndim) if i not in sources]
    for place, axis in sorted(zip(places, sources, strict=True)):
        order.insert(place, axis)
    return transpose(x, order)


def expand_dims(a, axis: int) -> Tensor:
    """A dimension of 1 more."""
    return _tf("expand_dims")(asarray(a), axis)


def squeeze(a, axis=None) -> Tensor:
    """Without the dimensions of 1."""
    return _tf("squeeze")(asarray(a), axis)


def _alike(arrays) -> list:
    tensors = [asarray(a) for a in arrays]
    wanted = as_dtype(np.result_type(*[t.dtype.as_numpy_dtype for t in tensors]))
    return [native.cast(t, wanted) for t in tensors]


def concatenate(arys, axis: int = 0) -> Tensor:
    """Tensors one behind the other."""
    return _tf("concat")(_alike(arys), axis)


def stack(arrays, axis: int = 0) -> Tensor:
    """Tensors along a new dimension."""
    return _tf("stack")(_alike(arrays), axis)


def vstack(tup) -> Tensor:
    """Rows below rows."""
    return concatenate([reshape(a, [1, -1]) if ndim(a) < 2 else a for a in tup], 0)


def hstack(tup) -> Tensor:
    """Columns beside columns."""
    return concatenate([reshape(a, [-1]) if ndim(a) == 0 else a for a in tup], 0 if ndim(tup[0]) < 2 else 1)


def split(ary, indices_or_sections, axis: int = 0) -> list:
    """A tensor in equal parts, or cut at places."""
    x = asarray(ary)
    if isinstance(indices_or_sections, builtins.int):
        return _tf("split")(x, indices_or_sections, axis)
    cuts = [0, *indices_or_sections, x.shape[axis]]
    return _tf("split")(x, [b - a for a, b in zip(cuts, cuts[1:], strict=False)], axis)


def tile(A, reps) -> Tensor:
    """A tensor several times."""
    x, times = asarray(A), list(np.atleast_1d(reps))
    x = reshape(x, [1] * (len(times) - x.ndim) + list(x.shape)) if len(times) > x.ndim else x
    return _tf("tile")(x, [1] * (x.ndim - len(times)) + times)


def repeat(a, repeats, axis=None) -> Tensor:
    """Each element several times."""
    return _tf("repeat")(ravel(a) if axis is None else asarray(a), repeats, axis=axis or 0)


def flip(m, axis=None) -> Tensor:
    """The other way round along axes."""
    x = asarray(m)
    return _tf("reverse")(x, _axes(x, axis))


def broadcast_to(array, shape) -> Tensor:
    """A tensor repeated to a shape."""
    return native.broadcast_to(asarray(array), list(shape))


def take(a, indices, axis=None) -> Tensor:
    """Elements by their places; of the flattened tensor without an axis."""
    return _tf("gather")(ravel(a) if axis is None else asarray(a), asarray(indices), axis=axis or 0)


# Products ----------------------------------------------------------------------------------------


def matmul(x1, x2) -> Tensor:
    """The product of matrices, or of vectors with them."""
    a, b = _pair(x1, x2)
    one, other = a.ndim == 1, b.ndim == 1
    y = native.matmul(expand_dims(a, 0) if one else a, expand_dims(b, -1) if other else b)
    y = squeeze(y, -1) if other else y
    return squeeze(y, -1 if other or not one else -2) if one else y


def dot(a, b) -> Tensor:
    """The sum of products over the last dimension of `a` and the last but one of `b`."""
    x, y = _pair(a, b)
    if x.ndim == 0 or y.ndim == 0:
        return native.multiply(x, y)
    return tensordot(x, y, [[x.ndim - 1], [builtins.max(y.ndim - 2, 0)]])


def tensordot(a, b, axes=2) -> Tensor:
    """The sum of products over dimensions of both."""
    return _tf("tensordot")(*_pair(a, b), axes)


def outer(a, b) -> Tensor:
    """Every product of an element of one with an element of the other."""
    x, y = _pair(ravel(a), ravel(b))
    return native.multiply(expand_dims(x, -1), expand_dims(y, 0))


def inner(a, b) -> Tensor:
    """The sum of products over the last dimensions."""
    x, y = _pair(a, b)
    return native.multiply(x, y) if 0 in (x.ndim, y.ndim) else tensordot(x, y, [[-1], [-1]])


def einsum(subscripts: str, *operands) -> Tensor:
    """Sums of products as Einstein wrote them."""
    return _tf("einsum")(subscripts, *_alike(operands))


# Random numbers ----------------------------------------------------------------------------------


def _random() -> types.ModuleType:
    module = types.ModuleType(f"{__name__}.random", "NumPy's older random functions, as tensors.")

    def drawn(kind: str, shape, dtype=None, **options) -> Tensor:
        draw = getattr(_tf("random"), kind)
        return draw(list(shape), dtype=as_dtype(dtype or _default(np.float64)), **options)

    def sizes(size) -> list:
        return [] if size is None else [size] if isinstance(size, builtins.int) else list(size)

    def randn(*args) -> Tensor:
        """Numbers of the standard normal distribution, in the shape of the arguments."""
        return drawn("normal", args)

    def rand(*args) -> Tensor:
        """Numbers in [0, 1), in the shape of the arguments."""
        return drawn("uniform", args)

    def standard_normal(size=None) -> Tensor:
        """Numbers of the standard normal distribution."""
        return drawn("normal", sizes(size))

    def uniform(low=0.0, high=1.0, size=None) -> Tensor:
        """Numbers in [low, high)."""
        return drawn("uniform", sizes(size)) * (high - low) + low

    def normal(loc=0.0, scale=1.0, size=None) -> Tensor:
        """Numbers of a normal distribution."""
        return drawn("normal", sizes(size)) * scale + loc

    def random(size=None) -> Tensor:
        """Numbers in [0, 1)."""
        return drawn("uniform", sizes(size))

    def randint(low, high=None, size=None, dtype=np.int64) -> Tensor:
        """Whole numbers in [low, high), or below `low` without a `high`."""
        low, high = (0, low) if high is None else (low, high)
        return drawn("uniform", sizes(size), dtype, minval=low, maxval=high)

    def seed(s: int) -> None:
        """Begins the random numbers anew."""
        _tf("random").set_seed(s)

    for function in (randn, rand, standard_normal, uniform, normal, random, randint, seed):
        function.__module__ = module.__name__
        setattr(module, function.__name__, function)
    module.__getattr__ = missing(module.__name__)
    return module


random: Any = _random()

__getattr__ = missing(__name__)
