"""Functions of each element: of one tensor, of two, and what is made of them."""

from __future__ import annotations

import numpy as np

from ._core import (
    HANDLES, StringTensor, Tensor, any_tensor, as_dtype, constant, convert, invalid, native,
    numpy_of, pair, public, same_type, tensor,
)

__all__ = [
    "abs", "accumulate_n", "acos", "acosh", "add", "add_n", "asin", "asinh", "atan", "atan2",
    "atanh", "ceil", "conj", "cos", "cosh", "digamma", "divide", "divide_no_nan", "equal", "erf",
    "erfc", "erfcinv", "erfinv", "exp", "expm1", "floor", "floordiv", "floormod", "greater",
    "greater_equal", "imag", "is_finite", "is_inf", "is_nan", "less", "less_equal", "lgamma", "log",
    "log1p", "log_sigmoid", "logical_and", "logical_not", "logical_or", "logical_xor", "maximum",
    "minimum", "mod", "multiply", "multiply_no_nan", "ndtri", "negative", "nextafter", "not_equal",
    "polyval", "pow", "real", "reciprocal", "reciprocal_no_nan", "rint", "round", "rsqrt",
    "scalar_mul", "sigmoid", "sign", "sin", "sinh", "softplus", "softsign", "sqrt", "square",
    "squared_difference", "subtract", "tan", "tanh", "truediv", "xdivy", "xlog1py", "xlogy",
]


def _unary(name: str, about: str, run=None, floats: bool = False):
    run = run or getattr(native, name, None) or (lambda x: native.unary(name, x))

    def function(x, name: str | None = None) -> Tensor:
        if type(x) is not Tensor:
            x = convert(x)
        if floats and not x.dtype.is_floating:
            raise invalid(
                f"Value for attr 'T' of {x.dtype.name} is not in the list of allowed values: "
                "bfloat16, half, float, double, complex64, complex128"
            )
        return run(x)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{about}\n\n    `x`: a tensor; gives a tensor of its shape and type."
    return public(f"tf.math.{name}")(function)


def _float_unary(name: str, about: str, run=None):
    return _unary(name, about, run, floats=True)


abs = _unary("abs", "The absolute value of each element.")
negative = _unary("negative", "The elements with the other sign.", native.neg)
sign = _unary("sign", "-1, 0 or 1, by the sign of each element.")
square = _unary("square", "The square of each element.")
exp = _float_unary("exp", "e to the power of each element.")
expm1 = _float_unary("expm1", "exp(x) - 1, accurate near 0.")
log = _float_unary("log", "The natural logarithm of each element.")
log1p = _float_unary("log1p", "log(1 + x), accurate near 0.")
sqrt = _float_unary("sqrt", "The square root of each element.")
rsqrt = _float_unary("rsqrt", "1 over the square root of each element.")
reciprocal = _unary("reciprocal", "1 over each element.")
sin = _float_unary("sin", "The sine of each element, in radians.")
cos = _float_unary("cos", "The cosine of each element, in radians.")
tan = _float_unary("tan", "The tangent of each element, in radians.")
asin = _float_unary("asin", "The inverse sine of each element.")
acos = _float_unary("acos", "The inverse cosine of each element.")
atan = _float_unary("atan", "The inverse tangent of each element.")
sinh = _float_unary("sinh", "The hyperbolic sine of each element.")
cosh = _float_unary("cosh", "The hyperbolic cosine of each element.")
tanh = _float_unary("tanh", "The hyperbolic tangent of each element.")
asinh = _float_unary("asinh", "The inverse hyperbolic sine of each element.")
acosh = _float_unary("acosh", "The inverse hyperbolic cosine of each element.")
atanh = _float_unary("atanh", "The inverse hyperbolic tangent of each element.")
erf = _float_unary("erf", "The error function of each element.")
erfc = _float_unary("erfc", "1 minus the error function of each element.")
lgamma = _float_unary("lgamma", "The logarithm of the absolute value of the gamma function.")
digamma = _float_unary("digamma", "The derivative of lgamma.")
sigmoid = _float_unary("sigmoid", "1 / (1 + exp(-x)) of each element.")
softplus = _float_unary(
    "softplus", "log(1 + exp(x)) of each element.",
    # No exponential of a positive number, which could be infinite.
    lambda x: native.add(native.maximum(x, constant(0, x)), native.log1p(native.exp(native.neg(native.abs(x))))),
)
is_nan = _float_unary("is_nan", "Which elements are no number (NaN).")
is_inf = _float_unary("is_inf", "Which elements are infinite.")
is_finite = _float_unary("is_finite", "Which elements are neither infinite nor NaN.")
logical_not = _unary("logical_not", "The other truth value of each element.")
conj = _unary("conj", "The complex conjugate, which a real number is itself.", lambda x: x)
real = _unary("real", "The real part, which a real number is itself.", lambda x: x)
imag = _unary("imag", "The imaginary part: zeros for real numbers.", lambda x: native.subtract(x, x))


def _whole(name: str, about: str):
    run = getattr(native, name)
    return _unary(name, about, lambda x: run(x) if x.dtype.is_floating else x)


ceil = _whole("ceil", "The smallest whole number not below each element.")
floor = _whole("floor", "The largest whole number not above each element.")
round = _whole("round", "The nearest whole number; halves go to the even one.")
rint = _unary("rint", "The nearest whole number; halves go to the even one.", native.round)
log_sigmoid = _float_unary(
    "log_sigmoid", "log(sigmoid(x)) of each element.", lambda x: native.neg(softplus(native.neg(x)))
)
softsign = _float_unary(
    "softsign",
    "x / (1 + |x|) of each element.",
    lambda x: native.divide(x, native.add(native.abs(x), constant(1.0, x))),
)


def _inverse_of_erf(x):
    if hasattr(native, "erf_inv"):
        return native.erf_inv(x)
    return native.unary("erf_inv", x)


erfinv = _float_unary("erfinv", "The inverse of erf.", _inverse_of_erf)
erfcinv = _float_unary(
    "erfcinv",
    "The inverse of erfc.",
    lambda x: _inverse_of_erf(native.subtract(constant(1.0, x), x)),
)
ndtri = _float_unary(
    "ndtri",
    "The quantile function of the standard normal distribution.",
    lambda x: native.multiply(
        constant(2.0**0.5, x),
        _inverse_of_erf(native.subtract(native.multiply(x, constant(2.0, x)), constant(1.0, x))),
    ),
)


def _binary(name: str, about: str, run=None, strings=None, logical: bool = False):
    run = run or getattr(native, name)

    def function(x, y, name: str | None = None) -> Tensor:
        if type(x) is not Tensor or type(y) is not Tensor:
            x, y = pair(x, y)
        if logical and not (x.dtype.is_bool and y.dtype.is_bool):
            raise invalid(
                f"cannot compute {function.__name__} as input was expected to be a bool tensor but "
                f"is a {x.dtype.name if not x.dtype.is_bool else y.dtype.name} tensor"
            )
        return run(x, y)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = (
        f"{about}\n\n    `x`, `y`: tensors of one type whose shapes can be broadcast together."
    )
    return public(f"tf.math.{name}", strings)(function)


add = _binary("add", "The sums of the elements.", strings=lambda x, y: np.asarray(x + y, object))
subtract = _binary("subtract", "The differences of the elements.")
multiply = _binary("multiply", "The products of the elements.")
divide = _binary("divide", "The quotients of the elements; those of integers are fractions.")
truediv = _binary(
    "truediv", "The quotients of the elements; those of integers are fractions.", native.divide
)
floordiv = _binary("floordiv", "The quotients of the elements, rounded down.")
floormod = _binary("floormod", "What floordiv leaves, of the sign of the divisor.")
mod = _binary("mod", "What floordiv leaves, of the sign of the divisor.", native.floormod)
maximum = _binary("maximum", "The larger of the elements.")
minimum = _binary("minimum", "The smaller of the elements.")
squared_difference = _binary("squared_difference", "The squares of the elements' differences.")
less = _binary("less", "Where x < y.")
less_equal = _binary("less_equal", "Where x <= y.")
greater = _binary("greater", "Where x > y.")
greater_equal = _binary("greater_equal", "Where x >= y.")
logical_and = _binary("logical_and", "Where both are true.", logical=True)
logical_or = _binary("logical_or", "Where at least one is true.", logical=True)
logical_xor = _binary("logical_xor", "Where just one is true.", logical=True)


@public("tf.math.pow")
def pow(x, y, name: str | None = None) -> Tensor:
    """x to the power of y, elementwise.

    Raises InvalidArgumentError for integers to a negative power.
    """
    x, y = pair(x, y)
    if x.dtype.is_integer and not y.is_traced and y.size and numpy_of(y).min() < 0:
        raise invalid("Integers to negative integer powers are not allowed")
    return native.power(x, y)




@public("tf.math.equal", lambda x, y: np.asarray(x == y, bool))
def equal(x, y, name: str | None = None) -> Tensor:
    """Where the elements are equal; `x`, `y`: tensors whose shapes can be broadcast together."""
    if isinstance(x, StringTensor) or isinstance(y, StringTensor):
        return any_tensor(x) == any_tensor(y)
    return native.equal(*pair(x, y))


@public("tf.math.not_equal", lambda x, y: np.asarray(x != y, bool))
def not_equal(x, y, name: str | None = None) -> Tensor:
    """Where the elements differ; `x`, `y`: tensors whose shapes can be broadcast together."""
    if isinstance(x, StringTensor) or isinstance(y, StringTensor):
        return any_tensor(x) != any_tensor(y)
    return native.not_equal(*pair(x, y))


def _zeros(x: Tensor) -> Tensor:
    return native.zeros(list(x.shape), x.dtype)



@public("tf.math.divide_no_nan")
def divide_no_nan(x, y, name: str | None = None) -> Tensor:
    """x / y, but 0 where y is 0."""
    x, y = pair(x, y)
    zero = native.equal(y, constant(0, y))
    safe = native.where(zero, constant(1, y), y)
    result = native.divide(x, safe)
    return native.where(zero, constant(0, result), result)


@public("tf.math.multiply_no_nan")
def multiply_no_nan(x, y, name: str | None = None) -> Tensor:
    """x * y, but 0 where y is 0, even if x is infinite or NaN."""
    x, y = pair(x, y)
    product = native.multiply(x, y)
    return native.where(native.equal(y, constant(0, y)), constant(0, product), product)


@public("tf.math.reciprocal_no_nan")
def reciprocal_no_nan(x, name: str | None = None) -> Tensor:
    """1 / x, but 0 where x is 0."""
    x = tensor(x)
    zero = native.equal(x, constant(0, x))
    result = native.reciprocal(native.where(zero, constant(1, x), x))
    return native.where(zero, constant(0, x), result)


def _zero_where_zero(x, y, factor):
    """x * factor(y), but 0 where x is 0."""
    zero = native.equal(x, constant(0, x))
    one = constant(1, y)
    safe = native.where(zero, one, y)
    result = factor(x, safe)
    return native.where(zero, constant(0, result), result)


@public("tf.math.xlogy")
def xlogy(x, y, name: str | None = None) -> Tensor:
    """x * log(y), but 0 where x is 0."""
    return _zero_where_zero(*pair(x, y), lambda a, b: native.multiply(a, native.log(b)))


@public("tf.math.xlog1py")
def xlog1py(x, y, name: str | None = None) -> Tensor:
    """x * log(1 + y), but 0 where x is 0."""
    return _zero_where_zero(*pair(x, y), lambda a, b: native.multiply(a, native.log1p(b)))


@public("tf.math.xdivy")
def xdivy(x, y, name: str | None = None) -> Tensor:
    """x / y, but 0 where x is 0."""
    return _zero_where_zero(*pair(x, y), native.divide)


@public("tf.math.add_n")
def add_n(inputs, name: str | None = None) -> Tensor:
    """The sum of a list of tensors of one shape.

    Raises ValueError for what is no list of tensors.
    """
    if isinstance(inputs, HANDLES):
        return tensor(inputs)
    if not isinstance(inputs, (list, tuple)) or not inputs:
        raise ValueError("inputs must be an iterable of at least one Tensor/IndexedSlices with the "
                         "same dtype and shape.")
    values = same_type(inputs)
    total = values[0]
    for v in values[1:]:
        if v.shape != total.shape:
            raise invalid(f"Shapes must be equal, but are {list(total.shape)} and {list(v.shape)}")
        total = native.add(total, v)
    return total


def accumulate_n(inputs, shape=None, tensor_dtype=None, name: str | None = None) -> Tensor:
    """The sum of a list of tensors of one shape."""
    return add_n(inputs)


@public("tf.math.scalar_mul")
def scalar_mul(scalar, x, name: str | None = None) -> Tensor:
    """A tensor times a number."""
    x = tensor(x)
    return native.multiply(tensor(scalar, None, x.dtype), x)


@public("tf.math.polyval")
def polyval(coeffs, x, name: str | None = None) -> Tensor:
    """The polynomial with a list of coefficients, highest power first, at each element."""
    if not isinstance(coeffs, (list, tuple)):
        raise ValueError(f"Argument coeffs must be list type. Received type {type(coeffs)}.")
    x = tensor(x)
    if not coeffs:
        return _zeros(x)
    value = native.add(_zeros(x), tensor(coeffs[0], None, x.dtype))
    for c in coeffs[1:]:
        value = native.add(tensor(c, None, x.dtype), native.multiply(value, x))
    return value


_angle = _binary("atan2", "The angle of a point.")


def atan2(y, x, name: str | None = None) -> Tensor:
    """The angle of the point (x, y), in radians."""
    return _angle(y, x)


def nextafter(x1, x2, name: str | None = None) -> Tensor:
    """The next number after x1 towards x2, elementwise (computed by NumPy, without a gradient)."""
    a, b = pair(x1, x2)
    return convert(np.nextafter(numpy_of(a), numpy_of(b)))


@public("tf.cast")
def cast(x, dtype, name: str | None = None) -> Tensor:
    """The tensor with another element type; fractions are cut off towards zero.

    Raises UnimplementedError for strings.
    """
    dtype = as_dtype(dtype)
    x = StringTensor(x) if isinstance(x, (str, bytes)) else x
    if isinstance(x, StringTensor) or dtype.name == "string":
        if isinstance(x, StringTensor) and dtype.name == "string":
            return x
        from seodang.errors import UnimplementedError

        raise UnimplementedError(
            None, None, f"Cast {getattr(x, 'dtype', 'number')!s} to {dtype.name} is not supported; "
            "use tf.strings.to_number or tf.strings.as_string"
        )
    return native.cast(tensor(x), dtype)


@public("tf.saturate_cast")
def saturate_cast(value, dtype, name: str | None = None) -> Tensor:
    """The tensor with another element type; what is beyond its range becomes its limit."""
    value, dtype = tensor(value), as_dtype(dtype)
    lo, hi = max(float(value.dtype.min), float(dtype.min)), min(float(value.dtype.max), float(dtype.max))
    if value.dtype.is_integer:
        lo, hi = max(value.dtype.min, dtype.min), min(value.dtype.max, dtype.max)
    limited = native.minimum(native.maximum(value, constant(lo, value)), constant(hi, value))
    return native.cast(limited, dtype)


@public("tf.clip_by_value")
def clip_by_value(t, clip_value_min, clip_value_max, name: str | None = None) -> Tensor:
    """The elements, held between a least and a largest value."""
    t = tensor(t)
    upper = native.minimum(t, tensor(clip_value_max, None, t.dtype))
    result = native.maximum(upper, tensor(clip_value_min, None, t.dtype))
    if result.shape != t.shape:
        raise invalid(f"Incompatible shapes: {list(t.shape)} vs. {list(result.shape)}")
    return result
