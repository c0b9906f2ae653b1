"""What tensors of strings need of array functions: NumPy over arrays of bytes."""

from __future__ import annotations

import numpy as np

from seodang._strings import StringTensor

from ._core import axis_list


def joined_along(inputs, axis=None, keepdims: bool = False, separator="") -> StringTensor:
    """Strings joined along axes, the last of them first."""
    array = StringTensor(inputs)._array
    between = StringTensor(separator).numpy()
    where = axis_list(axis, array.ndim)
    for a in sorted(where, reverse=True) if axis is None else where:
        moved = np.moveaxis(array, a, -1)
        out = np.empty(moved.shape[:-1] + (1,), object)
        for i in np.ndindex(moved.shape[:-1]):
            out[i + (0,)] = between.join(moved[i])
        array = np.moveaxis(out, -1, a)
    if not keepdims:
        array = array.reshape([n for i, n in enumerate(array.shape) if i not in where])
    return StringTensor._of(array)
