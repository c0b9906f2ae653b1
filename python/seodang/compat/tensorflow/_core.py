"""What the functions of ``tf.*`` share: conversion, symbolic values, shapes, strings."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from seodang import _dtypes, errors
from seodang import _native as native
from seodang._shapes import TensorShape
from seodang._strings import StringTensor, has_strings

Tensor = native.Tensor
Variable = native.Variable
as_dtype = _dtypes.as_dtype
convert = native.convert
HANDLES = (Tensor, Variable)


_F = TypeVar("_F", bound=Callable)


def public(name: str, strings: Callable | None = None) -> Callable[[_F], _F]:
    """Makes a function one of ``tf.*``: given a symbolic Keras value, it becomes a layer.

    `name` is what the layer is called after. `strings` computes the function over arrays of bytes,
    where the function has a meaning for tensors of strings.
    """

    def wrap(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            except errors.SymbolicArgument:
                return symbolic(function, args, kwargs, name)
            except TypeError:
                if strings is None or not any_strings(args, kwargs):
                    raise
            return from_strings(strings, args, kwargs)

        wrapper.public_name = name
        return wrapper

    return wrap


def symbolic(function: Callable, args: tuple, kwargs: dict, name: str):
    """The layer's output for a function applied to symbolic Keras values."""
    from seodang.keras import _symbolic

    if not _symbolic.has_symbolic((args, kwargs)):
        raise errors.SymbolicArgument(
            f"{name} was given a symbolic Keras value that it cannot become a layer of."
        )
    return _symbolic.call(function, args, kwargs, name)


def any_strings(args: tuple, kwargs: dict) -> bool:
    """Whether an argument is a string tensor, a string, or a list that holds them."""
    return any(holds_strings(a) for a in (*args, *kwargs.values()))


def holds_strings(value) -> bool:
    """Whether a value is a string tensor, a string, or a structure that begins with one."""
    if isinstance(value, (list, tuple)):
        return any(isinstance(v, StringTensor) for v in value) or has_strings(value)
    return has_strings(value)


def from_strings(function: Callable, args: tuple, kwargs: dict):
    """A function over NumPy arrays of bytes, applied to string tensors; the result as tensors."""

    def plain(value):
        if isinstance(value, (list, tuple)) and any(isinstance(v, HANDLES + (StringTensor,)) for v in value):
            return [plain(v) for v in value]
        if isinstance(value, StringTensor):
            return value._array
        if isinstance(value, HANDLES):
            return value.numpy()
        if has_strings(value):
            return StringTensor(value)._array
        return value

    kwargs.pop("name", None)
    return wrap_array(function(*map(plain, args), **{k: plain(v) for k, v in kwargs.items()}))


def wrap_array(value):
    """Tensors of the arrays in a result."""
    if isinstance(value, (list, tuple)):
        return [wrap_array(v) for v in value]
    if isinstance(value, (str, bytes)):
        return StringTensor(value)
    array = np.asarray(value)
    if array.dtype.kind in "OSU":
        return StringTensor._of(array) if array.dtype.kind == "O" else StringTensor(array)
    return convert(array)


def tensor(value, dtype=None, hint=None) -> Tensor:
    """A numeric tensor of any value; raises SymbolicArgument for a symbolic Keras value."""
    if dtype is None and type(value) is Tensor:
        return value
    return convert(value, dtype, hint)


def any_tensor(value, dtype=None, hint=None):
    """A tensor of any value, of strings too."""
    if type(value) is Tensor and dtype is None:
        return value
    if isinstance(value, StringTensor):
        return value
    try:
        return convert(value, dtype, hint)
    except errors.SymbolicArgument:
        raise
    except TypeError:
        if _mixed(value):
            raise ValueError("Can't convert Python sequence with mixed types to Tensor.") from None
        if not holds_strings(value):
            raise
    return StringTensor(value)


def _mixed(value) -> bool:
    """Whether a list holds text beside numbers."""
    if not isinstance(value, (list, tuple)):
        return False
    return len({isinstance(v, (str, bytes)) for v in value if isinstance(v, (str, bytes, bool, int, float))}) > 1


def pair(a, b) -> tuple[Tensor, Tensor]:
    """Two operands as tensors; numbers, lists and arrays adapt to the tensor beside them."""
    if isinstance(a, HANDLES):
        return tensor(a), b if type(b) is Tensor else convert(b, None, a.dtype)
    if isinstance(b, HANDLES):
        return convert(a, None, b.dtype), tensor(b)
    a = convert(a)
    return a, convert(b, None, a.dtype)


def same_type(values) -> list[Tensor]:
    """Tensors of several values, where those without a type adapt to the first that has one."""
    values = list(values)
    hint = next((v.dtype for v in values if isinstance(v, HANDLES)), None)
    out = []
    for v in values:
        t = tensor(v, None, hint)
        hint = hint or t.dtype
        out.append(t)
    return out


def numpy_of(value) -> np.ndarray:
    """The array of a value; TracedValueError inside a trace."""
    if isinstance(value, HANDLES):
        return np.asarray(value.numpy())
    if isinstance(value, StringTensor):
        return value._array
    return np.asarray(tensor(value).numpy())


def _index(value) -> int:
    try:
        return operator.index(value)
    except TypeError:
        if getattr(value, "_is_keras_tensor", False):
            raise errors.SymbolicArgument("a symbolic Keras value has no value yet") from None
        if value is None:
            return -1
        if isinstance(value, HANDLES) and value.ndim == 1 and value.shape[0] == 1:
            return int(value)
        if isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in "iu":
            return int(value.reshape(())[()])
        raise


def ints(value) -> list[int]:
    """The numbers of a shape, a permutation or a list of axes, however they are given.

    Raises TypeError for fractions.
    """
    if isinstance(value, TensorShape):
        if not value.is_fully_defined() and value.rank is None:
            raise ValueError("Cannot convert an unknown TensorShape to a Tensor.")
        return [_index(v) for v in value]
    if isinstance(value, HANDLES) or isinstance(value, np.ndarray):
        array = np.atleast_1d(value.numpy() if isinstance(value, HANDLES) else value)
        if array.size and array.dtype.kind not in "iu":
            raise TypeError(f"Expected integers, got {array.dtype} values: {array!r}")
        return [int(v) for v in array.reshape(-1)]
    if isinstance(value, (list, tuple, range)):
        out = []
        for v in value:
            if isinstance(v, (list, tuple)):
                out.extend(ints(v))
            else:
                out.append(_index(v))
        return out
    return [_index(value)]


def integer(value) -> int:
    """One number, however it is given."""
    return _index(value)


def axes(axis):
    """An axis argument as None, a number or a list of numbers."""
    if axis is None or type(axis) is int:
        return axis
    if isinstance(axis, HANDLES) and axis.ndim == 0:
        return int(axis)
    if isinstance(axis, (list, tuple, np.ndarray, range) + HANDLES):
        return ints(axis)
    return _index(axis)


def axis_list(axis, rank: int) -> list[int]:
    """The axes that an argument names, counted from the front; all for None."""
    axis = axes(axis)
    if axis is None:
        return list(range(rank))
    if isinstance(axis, int):
        axis = [axis]
    out = []
    for a in axis:
        if not -rank <= a < rank:
            raise errors.InvalidArgumentError(
                None, None, f"Invalid reduction dimension ({a} for input with {rank} dimension(s)"
            )
        out.append(a % rank)
    return out


def invalid(message: str) -> errors.InvalidArgumentError:
    """The exception that TensorFlow raises for an argument that does not fit."""
    return errors.InvalidArgumentError(None, None, message)


def constant(value, like: Tensor) -> Tensor:
    """A number as a tensor of another's element type."""
    return convert(value, None, like.dtype)


def is_symbolic(value) -> bool:
    """Whether a value is a symbolic Keras value."""
    return getattr(value, "_is_keras_tensor", False) is True
