"""``tf.debugging``: assertions over tensors.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang import errors as errors

def Assert(condition, data, summarize: int = 3, name: str | None = None) -> None:
    """Raises InvalidArgumentError with the data unless a condition holds."""

def assert_all_finite(x, message: str, name=None):
    """The tensor; raises InvalidArgumentError for infinite elements or NaN."""

def assert_equal(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x == y everywhere."""

def assert_greater(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x > y everywhere."""

def assert_greater_equal(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x >= y everywhere."""

def assert_integer(x, message: str | None = None, name=None) -> None:
    """Raises TypeError for anything but integers."""

def assert_less(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x < y everywhere."""

def assert_less_equal(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x <= y everywhere."""

def assert_near(x, y, rtol=None, atol=None, message: str | None = None, summarize=None, name=None) -> None:
    """Raises InvalidArgumentError unless two tensors are near each other everywhere."""

def assert_negative(x, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x < 0 everywhere."""

def assert_non_negative(x, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x >= 0 everywhere."""

def assert_non_positive(x, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x <= 0 everywhere."""

def assert_none_equal(x, y, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x != y everywhere."""

def assert_positive(x, message: str | None = None, summarize=None, name: str | None = None) -> None:
    """Raises InvalidArgumentError unless x > 0 everywhere."""

def assert_rank(x, rank, message: str | None = None, name=None) -> None:
    """Raises ValueError for another number of dimensions."""

def assert_rank_at_least(x, rank, message: str | None = None, name=None) -> None:
    """Raises ValueError for fewer dimensions."""

def assert_rank_in(x, ranks, message: str | None = None, name=None) -> None:
    """Raises ValueError for a number of dimensions that is none of some."""

def assert_same_float_dtype(tensors=None, dtype=None):
    """The type of fractions that all tensors have. ValueError if they differ."""

def assert_scalar(tensor, message: str | None = None, name=None):
    """The tensor; raises ValueError if it has dimensions."""

def assert_shapes(shapes, data=None, summarize=None, message: str | None = None, name=None) -> None:
    """Raises ValueError unless tensors have shapes, in which letters stand for equal numbers."""

def assert_type(tensor, tf_type, message: str | None = None, name=None) -> None:
    """Raises TypeError for another element type."""

def check_numerics(tensor, message: str, name=None):
    """The tensor; raises InvalidArgumentError for infinite elements or NaN."""

def enable_check_numerics(*args, **kwargs) -> None:
    """Raises NotImplementedError: check tensors with tf.debugging.check_numerics instead."""

def is_numeric_tensor(tensor) -> bool:
    """Whether a value is a tensor of numbers."""

def set_log_device_placement(enabled: bool) -> None:
    """Accepted: everything is on one device."""
