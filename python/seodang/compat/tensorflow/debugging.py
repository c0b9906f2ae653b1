"""``tf.debugging``: assertions over tensors."""

from __future__ import annotations

import numpy as np

from seodang._missing import missing

from ._core import any_tensor, errors, invalid, numpy_of, tensor


def _relation(name: str, word: str, holds):
    def function(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
        a, b = numpy_of(any_tensor(x)), numpy_of(any_tensor(y))
        if not np.all(holds(a, b)):
            lead = f"{message}\n" if message else ""
            raise invalid(f"{lead}Condition x {word} y did not hold.\nFirst 3 elements of x:\n"
                          f"{a.reshape(-1)[:3]}\nFirst 3 elements of y:\n{b.reshape(-1)[:3]}")

    function.__name__ = name
    function.__doc__ = f"Raises InvalidArgumentError unless x {word} y everywhere."
    return function


assert_equal = _relation("assert_equal", "==", lambda a, b: a == b)
assert_none_equal = _relation("assert_none_equal", "!=", lambda a, b: a != b)
assert_less = _relation("assert_less", "<", lambda a, b: a < b)
assert_less_equal = _relation("assert_less_equal", "<=", lambda a, b: a <= b)
assert_greater = _relation("assert_greater", ">", lambda a, b: a > b)
assert_greater_equal = _relation("assert_greater_equal", ">=", lambda a, b: a >= b)


def _sign(name: str, word: str, holds):
    def function(x, message: str | None = None, summarize=None, name: str | None = None) -> None:
        if not np.all(holds(numpy_of(x))):
            raise invalid(f"{message + chr(10) if message else ''}Condition x {word} 0 did not hold "
                          "element-wise")

    function.__name__ = name
    function.__doc__ = f"Raises InvalidArgumentError unless x {word} 0 everywhere."
    return function


assert_positive = _sign("assert_positive", ">", lambda a: a > 0)
assert_negative = _sign("assert_negative", "<", lambda a: a < 0)
assert_non_negative = _sign("assert_non_negative", ">=", lambda a: a >= 0)
assert_non_positive = _sign("assert_non_positive", "<=", lambda a: a <= 0)


def assert_near(x, y, rtol=None, atol=None, message: str | None = None, summarize=None, name=None) -> None:
    """Raises InvalidArgumentError unless two tensors are near each other everywhere."""
    a = numpy_of(x)
    b = numpy_of(tensor(y, None, tensor(x).dtype))
    eps = 10 * np.finfo(a.dtype if a.dtype.kind == "f" else np.float64).eps
    if not np.all(np.abs(a - b) <= (eps if atol is None else atol) + (eps if rtol is None else rtol) * np.abs(b)):
        raise invalid(f"{message or ''} x and y not equal to tolerance")


def assert_all_finite(x, message: str, name=None):
    """The tensor; raises InvalidArgumentError for infinite elements or NaN."""
    return check_numerics(x, message)


def check_numerics(tensor, message: str, name=None):
    """The tensor; raises InvalidArgumentError for infinite elements or NaN."""
    x = any_tensor(tensor)
    if getattr(x, "is_traced", False):
        raise errors.TracedValueError("tf.debugging.check_numerics needs values")
    array = numpy_of(x)
    if not np.isfinite(array).all():
        found = [w for w, f in (("Inf", np.isinf), ("NaN", np.isnan)) if f(array).any()]
        raise invalid(f"{message} : Tensor had {' and '.join(found)} values [Op:CheckNumericsV2]")
    return x


def assert_rank(x, rank, message: str | None = None, name=None) -> None:
    """Raises ValueError for another number of dimensions."""
    t, wanted = any_tensor(x), int(rank)
    if len(t.shape) != wanted:
        raise ValueError(f"{message or ''}. Tensor must have rank {wanted}.  Received rank "
                         f"{len(t.shape)}, shape {t.shape}")


def assert_rank_at_least(x, rank, message: str | None = None, name=None) -> None:
    """Raises ValueError for fewer dimensions."""
    t = any_tensor(x)
    if len(t.shape) < int(rank):
        raise ValueError(f"{message or ''}. Tensor must have rank at least {int(rank)}.  Received rank "
                         f"{len(t.shape)}, shape {t.shape}")


def assert_shapes(shapes, data=None, summarize=None, message: str | None = None, name=None) -> None:
    """Raises ValueError unless tensors have shapes, in which letters stand for equal numbers."""
    known: dict = {}
    for x, wanted in (shapes.items() if isinstance(shapes, dict) else shapes):
        shape = tuple(any_tensor(x).shape)
        wanted = tuple(wanted) if not isinstance(wanted, str) else tuple(wanted)
        fits = len(shape) == len(wanted)
        for have, want in zip(shape, wanted, strict=False):
            want = known.setdefault(want, have) if isinstance(want, str) and want != "?" else want
            fits = fits and want in (None, "?", have)
        if not fits:
            raise ValueError(f"{message or ''}. Specified by tensor: shape {shape} is not {wanted}")


def assert_type(tensor, tf_type, message: str | None = None, name=None) -> None:
    """Raises TypeError for another element type."""
    if any_tensor(tensor).dtype != tf_type:
        raise TypeError(f"{message or ''} tensor must be of type {tf_type}")


def is_numeric_tensor(tensor) -> bool:
    """Whether a value is a tensor of numbers."""
    from seodang import _native as native

    return native.is_tensor(tensor) and not tensor.dtype.is_bool


def assert_integer(x, message: str | None = None, name=None) -> None:
    """Raises TypeError for anything but integers."""
    t = any_tensor(x)
    if not t.dtype.is_integer:
        raise TypeError(f"{message or ''}Expected \"x\" to be integer type.  Found: {t.dtype!r}")


def assert_rank_in(x, ranks, message: str | None = None, name=None) -> None:
    """Raises ValueError for a number of dimensions that is none of some."""
    t, wanted = any_tensor(x), [int(r) for r in ranks]
    if len(t.shape) not in wanted:
        raise ValueError(f"{message or ''}Tensor must have rank in {tuple(wanted)}.  Received rank "
                         f"{len(t.shape)}, shape {t.shape}")


def assert_same_float_dtype(tensors=None, dtype=None):
    """The type of fractions that all tensors have. ValueError if they differ."""
    kinds = [any_tensor(t).dtype for t in tensors or ()]
    kind = dtype or (kinds[0] if kinds else "float32")
    for k in kinds:
        if k != kind or not k.is_floating:
            raise ValueError(f"Expected floating point type {kind}, got {k!r}.")
    return kind


def assert_scalar(tensor, message: str | None = None, name=None):
    """The tensor; raises ValueError if it has dimensions."""
    x = any_tensor(tensor)
    if len(x.shape):
        raise ValueError(f"{message or ''} Expected scalar shape, saw shape: {x.shape}.")
    return x


def Assert(condition, data, summarize: int = 3, name: str | None = None) -> None:  # noqa: N802
    """Raises InvalidArgumentError with the data unless a condition holds."""
    holds = numpy_of(condition) if hasattr(condition, "numpy") else condition
    if not np.all(holds):
        shown = " ".join(str(numpy_of(any_tensor(d))) for d in data)
        raise invalid("Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: "
                      f"{shown}")


def set_log_device_placement(enabled: bool) -> None:
    """Accepted: everything is on one device."""


def enable_check_numerics(*args, **kwargs) -> None:
    """Raises NotImplementedError: check tensors with tf.debugging.check_numerics instead."""
    raise NotImplementedError("tf.debugging.enable_check_numerics is not in Seodang; use "
                              "tf.debugging.check_numerics.")


__getattr__ = missing(__name__)
