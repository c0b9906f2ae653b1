"""`tf.Module`, `tf.print`, and the `with` blocks that name things or choose devices."""

from __future__ import annotations

import contextlib
import sys

import numpy as np

from seodang import _native as native
from seodang import _nest
from seodang._strings import StringTensor

from . import _core

_print = print


class Module:
    """Variables and modules in attributes, found by `variables` and `submodules`."""

    def __init__(self, name=None) -> None:
        self._module_name = name or type(self).__name__.lower()

    @property
    def name(self) -> str:
        """The name."""
        return self.__dict__.get("_module_name") or type(self).__name__.lower()

    @property
    def name_scope(self):
        """A `with` block for the names of what is made in it; names stay as they are."""
        return contextlib.nullcontext()

    def _walk(self, seen: set) -> list:
        found = []
        for key in sorted(vars(self)):
            for value in _nest.flatten(vars(self)[key]):
                if id(value) in seen:
                    continue
                if isinstance(value, (native.Variable, Module)) or hasattr(value, "trainable_variables"):
                    seen.add(id(value))
                    found.append(value)
                    if isinstance(value, Module):
                        found += value._walk(seen)
        return found

    @property
    def variables(self) -> tuple:
        """Every variable."""
        out = []
        for v in self._walk({id(self)}):
            if isinstance(v, native.Variable):
                out.append(v)
            elif not isinstance(v, Module):
                out += list(v.variables)
        return tuple(out)

    @property
    def trainable_variables(self) -> tuple:
        """Every variable that training changes."""
        return tuple(v for v in self.variables if v.trainable)

    @property
    def submodules(self) -> tuple:
        """Every module inside."""
        return tuple(v for v in self._walk({id(self)}) if not isinstance(v, native.Variable))

    @classmethod
    def with_name_scope(cls, method):
        """The method itself: names need no scope."""
        return method


@contextlib.contextmanager
def name_scope(name=None, *args, **kwargs):
    """A `with` block that gives its name."""
    yield f"{name}/"


@contextlib.contextmanager
def device(device_name=None):
    """A `with` block on a device: there is one, whatever is asked for."""
    yield


@contextlib.contextmanager
def init_scope():
    """A `with` block outside of functions."""
    yield


@contextlib.contextmanager
def control_dependencies(control_inputs=None):
    """A `with` block after other operations: all run in order anyway."""
    yield


def _written(value, summarize: int) -> str:
    if isinstance(value, StringTensor):
        v = value.numpy()
        return v.decode(errors="replace") if isinstance(v, bytes) else str(
            [x.decode(errors="replace") if isinstance(x, bytes) else x for x in v.tolist()])
    if native.is_tensor(value):
        if value.is_traced:
            return repr(value)
        a = np.asarray(value.numpy())
        if a.ndim == 0:
            return str(a[()])
        limit = 1000 if summarize == -1 else 2 * summarize
        return np.array2string(a, threshold=limit, edgeitems=max(summarize, 1), separator=" ")
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_written(v, summarize) for v in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {_written(v, summarize)}" for k, v in value.items()) + "}"
    return str(value)


def print(*inputs, output_stream=None, summarize=3, sep=" ", end="\n", name=None, **kwargs) -> None:
    """Prints values to the error stream, tensors as their elements."""
    stream = sys.stderr
    if output_stream in ("sys.stdout",) or output_stream is sys.stdout:
        stream = sys.stdout
    elif output_stream is not None and hasattr(output_stream, "write"):
        stream = output_stream
    _print(sep.join(_written(v, summarize) for v in inputs), end=end, file=stream)


def get_logger():
    """TensorFlow's logger."""
    import logging

    return logging.getLogger("tensorflow")


def ensure_tensor(value):
    """The tensor of a value."""
    return _core.tensor(value)


__all__ = ["Module", "name_scope", "device", "init_scope", "control_dependencies", "print", "get_logger"]
