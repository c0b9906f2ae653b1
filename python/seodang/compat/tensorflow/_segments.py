"""Sums and the like of rows that share a segment's number (``tf.math.segment_sum`` ...)."""

from __future__ import annotations

from ._core import Tensor, as_dtype, constant, integer, invalid, native, numpy_of, public, tensor

__all__ = [
    f"{kind}segment_{what}"
    for kind in ("", "unsorted_")
    for what in ("max", "mean", "min", "prod", "sum")
] + ["unsorted_segment_sqrt_n"]


def _pick(x, ids, n, reduce, empty):
    """Reduces each segment over all rows, with the rows of other segments replaced."""
    mine = native.equal(
        native.expand_dims(native.cast(ids, as_dtype("int32")), 0),
        native.expand_dims(native.range(0, n, 1, as_dtype("int32")), 1),
    )
    mine = native.reshape(mine, [n, x.shape[0]] + [1] * (x.ndim - 1))
    return reduce(native.where(mine, native.expand_dims(x, 0), empty), [1], False)


def _sum(x, ids, n):
    # A one-hot product: its derivative is a gather, and it runs in traces.
    rows = native.reshape(x, [x.shape[0], -1 if x.shape[0] else 0])
    hot = native.one_hot(native.cast(ids, as_dtype("int32")), n, x.dtype)
    total = native.matmul(hot, rows, True, False)
    return native.reshape(total, [n, *x.shape[1:]])


def _count(x, ids, n):
    hot = native.one_hot(native.cast(ids, as_dtype("int32")), n, x.dtype)
    counts = native.reduce_sum(hot, [0], False)
    return native.reshape(native.maximum(counts, constant(1, x)), [n] + [1] * (x.ndim - 1))


def _mean(x, ids, n):
    return native.divide(_sum(x, ids, n), _count(x, ids, n))


def _sqrt_n(x, ids, n):
    return native.divide(_sum(x, ids, n), native.sqrt(_count(x, ids, n)))


def _extreme(reduce, limit):
    def run(x, ids, n):
        return _pick(x, ids, n, reduce, constant(getattr(x.dtype, limit), x))

    return run


def _prod(x, ids, n):
    return _pick(x, ids, n, native.reduce_prod, constant(1, x))


_RUN = {
    "sum": _sum, "mean": _mean, "prod": _prod, "sqrt_n": _sqrt_n,
    "max": _extreme(native.reduce_max, "min"), "min": _extreme(native.reduce_min, "max"),
}
_WORD = {"sum": "sums", "mean": "means", "prod": "products", "max": "maxima", "min": "minima",
         "sqrt_n": "sums over the roots of the counts"}


def _unsorted(what: str):
    def function(data, segment_ids, num_segments, name: str | None = None) -> Tensor:
        x, ids = tensor(data), tensor(segment_ids)
        flat = native.reshape(x, [ids.size, *x.shape[ids.ndim :]])
        return _RUN[what](flat, native.reshape(ids, [ids.size]), integer(num_segments))

    function.__name__ = f"unsorted_segment_{what}"
    function.__doc__ = f"The {_WORD[what]} of the rows of each of `num_segments` segments."
    return public(f"tf.math.unsorted_segment_{what}")(function)


def _sorted(what: str):
    def function(data, segment_ids, name: str | None = None) -> Tensor:
        x, ids = tensor(data), tensor(segment_ids)
        numbers = numpy_of(ids)
        if (numbers[1:] < numbers[:-1]).any():
            raise invalid("segment ids are not increasing")
        n = int(numbers[-1]) + 1 if numbers.size else 0
        result = _RUN[what](x, ids, n)
        if what in ("max", "min"):
            # Segments without rows are 0.
            empty = native.equal(_count_rows(x, ids, n), constant(0, x))
            result = native.where(empty, constant(0, result), result)
        return result

    function.__name__ = f"segment_{what}"
    function.__doc__ = f"The {_WORD[what]} of the rows of each segment; ids must not decrease."
    return public(f"tf.math.segment_{what}")(function)


def _count_rows(x, ids, n):
    hot = native.one_hot(native.cast(ids, as_dtype("int32")), n, x.dtype)
    return native.reshape(native.reduce_sum(hot, [0], False), [n] + [1] * (x.ndim - 1))


for _what in ("max", "mean", "min", "prod", "sum"):
    globals()[f"segment_{_what}"] = _sorted(_what)
    globals()[f"unsorted_segment_{_what}"] = _unsorted(_what)
unsorted_segment_sqrt_n = _unsorted("sqrt_n")
