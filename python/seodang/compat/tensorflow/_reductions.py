"""Sums, means and the like over axes; running sums; counts."""

from __future__ import annotations

import numpy as np

from ._core import (
    Tensor, any_tensor, as_dtype, axes, axis_list, constant, convert, integer, invalid, native,
    numpy_of, public, tensor,
)
from ._strings_arrays import joined_along

__all__ = [
    "bincount", "confusion_matrix", "count_nonzero", "cumprod", "cumsum", "cumulative_logsumexp",
    "in_top_k", "l2_normalize", "log_softmax", "reduce_all", "reduce_any",
    "reduce_euclidean_norm", "reduce_logsumexp", "reduce_max", "reduce_mean", "reduce_min",
    "reduce_prod", "reduce_std", "reduce_sum", "reduce_variance", "softmax", "top_k",
    "zero_fraction",
]


def _reduction(name: str, about: str, run, kind: str = "number"):
    def function(input_tensor, axis=None, keepdims: bool = False, name: str | None = None) -> Tensor:
        x = input_tensor if type(input_tensor) is Tensor else convert(input_tensor)
        if kind == "bool" and not x.dtype.is_bool:
            raise invalid(
                f"cannot compute {function.__name__} as input #0(zero-based) was expected to be a "
                f"bool tensor but is a {x.dtype.name} tensor"
            )
        if kind == "float" and not x.dtype.is_floating:
            raise (TypeError("Input must be either real or complex.")
                   if function.__name__ in ("reduce_std", "reduce_variance")
                   else invalid(f"{function.__name__} needs fractions, got {x.dtype.name}"))
        where = axes(axis)
        if where is not None:
            where = axis_list(where, x.ndim)
        return run(x, where, bool(keepdims))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = (
        f"{about}\n\n    `axis`: an axis, a list of axes, or None for all of them; `keepdims` leaves "
        "them with size 1."
    )
    return public(f"tf.math.{name}")(function)


def _mean(x, axis, keepdims):
    if x.dtype.is_floating:
        return native.reduce_mean(x, axis, keepdims)
    if x.dtype.is_bool:
        raise invalid("reduce_mean of truth values: cast them to numbers first")
    total = native.reduce_sum(x, axis, keepdims)
    count = 1
    for a in axis if axis is not None else range(x.ndim):
        count *= x.shape[a]
    if count == 0:
        return total
    return native.truncatediv(total, constant(count, total))


def _norm(x, axis, keepdims):
    return native.sqrt(native.reduce_sum(native.square(x), axis, keepdims))


reduce_sum = _reduction("reduce_sum", "The sum of the elements.", native.reduce_sum)
reduce_mean = _reduction("reduce_mean", "The mean; that of integers is cut off to one.", _mean)
reduce_max = _reduction("reduce_max", "The largest element.", native.reduce_max)
reduce_min = _reduction("reduce_min", "The smallest element.", native.reduce_min)
reduce_prod = _reduction("reduce_prod", "The product of the elements.", native.reduce_prod)
reduce_any = _reduction("reduce_any", "Whether any element is true.", native.reduce_any, "bool")
reduce_all = _reduction("reduce_all", "Whether all elements are true.", native.reduce_all, "bool")
reduce_std = _reduction(
    "reduce_std", "The standard deviation (over n, not n - 1).", native.reduce_std, "float"
)
reduce_variance = _reduction(
    "reduce_variance", "The variance (over n, not n - 1).", native.reduce_variance, "float"
)
reduce_logsumexp = _reduction(
    "reduce_logsumexp", "log of the sum of exp, without overflow.", native.reduce_logsumexp, "float"
)
reduce_euclidean_norm = _reduction(
    "reduce_euclidean_norm", "The root of the sum of squares.", _norm, "float"
)


@public("tf.math.count_nonzero")
def count_nonzero(
    input, axis=None, keepdims: bool | None = None, dtype="int64", name: str | None = None
) -> Tensor:
    """How many elements are not 0 (not empty, for strings)."""
    x = any_tensor(input)
    if not isinstance(x, Tensor):
        x = convert(np.asarray(x._array != b"", bool))
    if not x.dtype.is_bool:
        x = native.not_equal(x, constant(0, x))
    where = None if axis is None else axis_list(axis, x.ndim)
    return native.reduce_sum(native.cast(x, as_dtype(dtype)), where, bool(keepdims))


@public("tf.math.zero_fraction")
def zero_fraction(value, name: str | None = None) -> Tensor:
    """The fraction of elements that are 0, float32."""
    x = tensor(value)
    zero = native.cast(native.equal(x, constant(0, x)), as_dtype("float32"))
    return native.reduce_mean(zero, None, False)


def _cumulative(name: str, about: str, run):
    def function(
        x, axis=0, exclusive: bool = False, reverse: bool = False, name: str | None = None
    ) -> Tensor:
        return run(tensor(x), integer(axis), bool(exclusive), bool(reverse))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = (
        f"{about}\n\n    `exclusive` leaves out the element itself; `reverse` starts at the end."
    )
    return public(f"tf.math.{name}")(function)


cumsum = _cumulative("cumsum", "The running sums along an axis.", native.cumsum)
cumprod = _cumulative("cumprod", "The running products along an axis.", native.cumprod)


def _cumulative_logsumexp(x, axis, exclusive, reverse):
    top = native.stop_gradient(native.reduce_max(x, [axis], True))
    sums = native.cumsum(native.exp(native.subtract(x, top)), axis, exclusive, reverse)
    return native.add(native.log(sums), top)


cumulative_logsumexp = _cumulative(
    "cumulative_logsumexp", "log of the running sums of exp.", _cumulative_logsumexp
)


@public("tf.nn.softmax")
def softmax(logits, axis: int | None = None, name: str | None = None) -> Tensor:
    """exp(x) over its sum along an axis (the last by default)."""
    x = tensor(logits)
    if not x.dtype.is_floating:
        raise invalid(f"softmax needs fractions, got {x.dtype.name}")
    if x.ndim == 0:
        raise invalid("logits must have >= 1 dimension, got a scalar")
    return native.softmax(x, -1 if axis is None else integer(axis))


@public("tf.nn.log_softmax")
def log_softmax(logits, axis: int | None = None, name: str | None = None) -> Tensor:
    """The logarithm of softmax, computed without overflow."""
    return native.log_softmax(tensor(logits), -1 if axis is None else integer(axis))


@public("tf.math.l2_normalize")
def l2_normalize(
    x, axis=None, epsilon: float = 1e-12, name: str | None = None, dim=None
) -> Tensor:
    """The tensor over its Euclidean norm along axes; squared norms are at least `epsilon`."""
    x = tensor(x)
    where = axis if axis is not None else dim
    where = None if where is None else axis_list(where, x.ndim)
    squares = native.reduce_sum(native.square(x), where, True)
    return native.multiply(x, native.rsqrt(native.maximum(squares, constant(epsilon, x))))


@public("tf.math.top_k")
def top_k(input, k=1, sorted: bool = True, index_type="int32", name: str | None = None):
    """The k largest elements of each row, largest first, and where they stand.

    Gives a named tuple (values, indices). Raises InvalidArgumentError if rows are shorter than k.
    """
    x, k = tensor(input), integer(k)
    if x.ndim == 0:
        raise invalid("input must have at least rank 1 but is rank 0")
    if x.shape[-1] < k:
        raise invalid(f"input must have at least k columns. Had {x.shape[-1]}, needed {k}")
    values, indices = native.top_k(x, k)
    return TopKV2(values, native.cast(indices, as_dtype(index_type)))


from collections import namedtuple  # noqa: E402

TopKV2 = namedtuple("TopKV2", ["values", "indices"])


@public("tf.math.in_top_k")
def in_top_k(targets, predictions, k, name: str | None = None) -> Tensor:
    """Whether the score of the target class is among the k largest of each row of predictions."""
    scores, classes = tensor(predictions), tensor(targets)
    own = native.gather(scores, classes, 1, 1)
    above = native.greater(scores, native.expand_dims(own, 1))
    count = native.reduce_sum(native.cast(above, as_dtype("int32")), [1], False)
    return native.logical_and(native.less(count, constant(integer(k), count)), native.is_finite(own))


@public("tf.math.bincount")
def bincount(
    arr, weights=None, minlength=None, maxlength=None, dtype="int32", name: str | None = None,
    axis=None, binary_output: bool = False,
) -> Tensor:
    """How often each whole number occurs (or the sum of weights); `axis=-1` counts by row."""
    values = numpy_of(arr)
    if values.size and values.min() < 0:
        raise invalid("Input arr must be non-negative!")
    w = None if weights is None else numpy_of(weights)
    size = int(values.max()) + 1 if values.size else 0
    if minlength is not None:
        size = max(size, int(integer(minlength)))
    if maxlength is not None:
        size = min(size, int(integer(maxlength)))
    out_type = as_dtype(dtype).as_numpy_dtype if w is None else w.dtype

    def count(row, row_weights):
        keep = row < size
        counts = np.bincount(
            row[keep].reshape(-1), None if row_weights is None else row_weights[keep].reshape(-1), size
        )[:size]
        return (counts > 0 if binary_output else counts).astype(out_type)

    if axis is None or axis == 0 or values.ndim < 2:
        return convert(count(values, w))
    return convert(np.stack([count(r, None if w is None else w[i]) for i, r in enumerate(values)]))


@public("tf.math.confusion_matrix")
def confusion_matrix(
    labels, predictions, num_classes=None, weights=None, dtype="int32", name: str | None = None
) -> Tensor:
    """How often each label (row) met each prediction (column); shape (classes, classes).

    Raises InvalidArgumentError for negative classes or some beyond `num_classes`.
    """
    y, p = (np.squeeze(numpy_of(v)).reshape(-1).astype(np.int64) for v in (labels, predictions))
    largest = int(max(y.max(initial=-1), p.max(initial=-1))) + 1
    n = largest if num_classes is None else integer(num_classes)
    for values, what in ((y, "`labels`"), (p, "`predictions`")):
        if values.size and values.min() < 0:
            raise invalid(f"{what} contains negative values")
        if values.size and values.max() >= n:
            raise invalid(f"{what} out of bound: {values.max()} is not below {n}")
    table = np.zeros((n, n), as_dtype(dtype).as_numpy_dtype)
    np.add.at(table, (y, p), 1 if weights is None else numpy_of(weights).reshape(-1).astype(table.dtype))
    return convert(table)


def reduce_join(inputs, axis=None, keepdims: bool = False, separator: str = "", name=None):
    """Strings joined along axes."""
    return joined_along(inputs, axis, keepdims, separator)
