"""Products of matrices and tensors."""

from __future__ import annotations

from seodang import _native as native

from . import _core
from ._core import pair, public, tensor

__all__ = ["einsum", "matmul", "matvec", "norm", "tensordot", "trace", "clip_by_norm",
           "clip_by_global_norm", "global_norm", "clip_by_average_norm"]


@public("tf.linalg.matmul")
def matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False,
           a_is_sparse=False, b_is_sparse=False, output_type=None, grad_a=False, grad_b=False,
           name=None) -> native.Tensor:
    """The product of matrices, or of stacks of matrices."""
    a, b = pair(a, b)
    return native.matmul(a, b, bool(transpose_a or adjoint_a), bool(transpose_b or adjoint_b))


@public("tf.linalg.matvec")
def matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None) -> native.Tensor:
    """The product of a matrix and a vector, or of stacks of them."""
    a, b = pair(a, b)
    out = native.matmul(a, native.expand_dims(b, -1), bool(transpose_a or adjoint_a), False)
    return native.squeeze(out, -1)


@public("tf.tensordot")
def tensordot(a, b, axes, name=None) -> native.Tensor:
    """The product summed over axes of each."""
    a, b = pair(a, b)
    if isinstance(axes, int) or native.is_tensor(axes) and axes.ndim == 0:
        n = int(axes)
        axes_a, axes_b = list(range(a.ndim - n, a.ndim)), list(range(n))
    else:
        axes_a, axes_b = ([_core.integer(x)] if not isinstance(x, (list, tuple)) else _core.ints(x)
                          for x in axes)
    return native.tensordot(a, b, axes_a, axes_b)


@public("tf.einsum")
def einsum(equation, *inputs, **kwargs) -> native.Tensor:
    """Einstein's summation, such as "ij,jk->ik"."""
    return native.einsum(equation, _core.same_type(inputs))


@public("tf.norm")
def norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None) -> native.Tensor:
    """The length of a tensor, or of its parts along axes."""
    x, keep = _core.tensor(tensor), bool(keepdims)
    axis = _core.axes(axis)
    if ord in ("euclidean", "fro", 2, 2.0):
        return native.sqrt(native.reduce_sum(native.square(x), axis, keep))
    if ord == 1:
        return native.reduce_sum(native.abs(x), axis, keep)
    if ord == float("inf"):
        return native.reduce_max(native.abs(x), axis, keep)
    if isinstance(ord, (int, float)) and ord > 0:
        return native.power(native.reduce_sum(native.power(native.abs(x), float(ord)), axis, keep),
                            1.0 / ord)
    raise ValueError(f"'ord' must be a supported vector norm, got {ord}")


@public("tf.linalg.trace")
def trace(x, name=None) -> native.Tensor:
    """The sum of the diagonal."""
    x = tensor(x)
    return native.einsum("...ii->...", [x])


def global_norm(t_list, name=None) -> native.Tensor:
    """The length of several tensors taken together."""
    parts = [native.reduce_sum(native.square(tensor(t))) for t in t_list if t is not None]
    return native.sqrt(sum(parts[1:], parts[0]))


def clip_by_norm(t, clip_norm, axes=None, name=None) -> native.Tensor:
    """The tensor, made shorter if it is longer than a limit."""
    x = tensor(t)
    length = native.sqrt(native.reduce_sum(native.square(x), _core.axes(axes), True))
    limit = _core.convert(clip_norm, None, x.dtype)
    return x * limit / native.maximum(length, limit)


def clip_by_average_norm(t, clip_norm, name=None) -> native.Tensor:
    """The tensor, made shorter if its mean length is longer than a limit."""
    x = tensor(t)
    size = 1.0
    for d in x.shape:
        size *= d
    length = native.sqrt(native.reduce_sum(native.square(x))) / size
    return x * clip_norm / native.maximum(length, clip_norm)


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    """Several tensors, made shorter together if they are longer than a limit; and their length."""
    length = global_norm(t_list) if use_norm is None else tensor(use_norm)
    scale = clip_norm / native.maximum(length, clip_norm)
    return [None if t is None else tensor(t) * scale for t in t_list], length
