"""``tf.experimental.dlpack``: tensors to and from other libraries, without copies where that is safe."""

from __future__ import annotations

from typing import Any

import numpy as np

from seodang import _native as native

from .._core import convert


class _Capsule:
    """What NumPy takes a DLPack capsule from."""

    def __init__(self, capsule) -> None:
        self._capsule = capsule

    def __dlpack__(self, **_options):
        return self._capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return 1, 0  # the processor's memory


def to_dlpack(tf_tensor) -> Any:
    """A capsule with a tensor's memory, for another library's `from_dlpack`."""
    return convert(tf_tensor).__dlpack__()


def from_dlpack(dlcapsule) -> native.Tensor:
    """The tensor of a capsule, or of an array that can give one."""
    source = dlcapsule if hasattr(dlcapsule, "__dlpack__") else _Capsule(dlcapsule)
    return convert(np.from_dlpack(source))
