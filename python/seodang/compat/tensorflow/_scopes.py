"""`tf.Module`, `tf.print`, and the `with` blocks that name things or choose devices."""

from __future__ import annotations

import contextlib
import functools
import re
import sys
import threading

from seodang import _native as native
from seodang import _nest
from seodang._strings import StringTensor

from . import _core, _printing

_print = print


class Module:
    """Variables and modules in attributes, found by `variables` and `submodules`.

    Raises ValueError for a name that is no Python identifier.
    """

    def __init__(self, name=None) -> None:
        if name is None:
            name = snake_case(type(self).__name__)
        elif not str(name).isidentifier():
            raise ValueError(f"{name!r} is not a valid module name. Module names must be valid Python "
                             "identifiers (e.g. a valid class name).")
        self._module_name = name
        with name_scope(name) as path:
            self._scope_path = path

    @property
    def name(self) -> str:
        """The name."""
        return self.__dict__.get("_module_name") or snake_case(type(self).__name__)

    @property
    def name_scope(self):
        """A `with` block in which variables get names that begin with this module's."""
        return name_scope(self.__dict__.get("_scope_path") or f"{self.name}/")

    def _inside(self, seen: set) -> list:
        """The variables and modules of attributes, then those of the modules, each once."""
        found, modules = [], []
        for key in sorted(vars(self)):
            for value in _nest.flatten(vars(self)[key]):
                if id(value) in seen:
                    continue
                module = isinstance(value, Module) or hasattr(value, "trainable_variables")
                if module or isinstance(value, native.Variable):
                    seen.add(id(value))
                    found.append(value)
                    if isinstance(value, Module):
                        modules.append(value)
        for module in modules:
            found += module._inside(seen)
        return found

    @property
    def variables(self) -> tuple:
        """Every variable: of the attributes by name, then of the modules in them."""
        out: list = []
        for v in self._inside({id(self)}):
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
    def non_trainable_variables(self) -> tuple:
        """Every variable that training does not change."""
        return tuple(v for v in self.variables if not v.trainable)

    @property
    def submodules(self) -> tuple:
        """Every module inside."""
        return tuple(v for v in self._inside({id(self)}) if not isinstance(v, native.Variable))

    @classmethod
    def with_name_scope(cls, method):
        """The method, run in the module's block of names."""

        @functools.wraps(method)
        def run(self, *args, **kwargs):
            with self.name_scope:
                return method(self, *args, **kwargs)

        return run


def snake_case(name: str) -> str:
    """``camel_case`` for ``CamelCase``."""
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name).lower()


class name_scope:  # noqa: N801 - a class by this name in TensorFlow
    """A `with` block in which variables get names that begin with `name/`; gives that beginning.

    A name that ends with `/` is the whole beginning; None or an empty one ends all blocks inside.
    """

    def __init__(self, name=None, *args, **kwargs) -> None:
        self._name = "" if name is None else str(name)

    @property
    def name(self) -> str:
        """The name."""
        return self._name

    def __enter__(self) -> str:
        path = native.enter_name_scope(self._name)
        _paths.stack.append(path)
        return path

    def __exit__(self, *details) -> None:
        _paths.stack.pop()
        native.exit_name_scope()


class _Paths(threading.local):
    def __init__(self) -> None:
        self.stack: list[str] = []


_paths = _Paths()


def scope_path() -> str:
    """The beginning of names in this place, with its `/`; empty outside of all blocks."""
    return _paths.stack[-1] if _paths.stack else ""


def get_current_name_scope() -> str:
    """The blocks of names around this place, without the last `/`."""
    return scope_path().rstrip("/")


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


def print(*inputs, output_stream=None, summarize=3, sep=" ", end="\n", name=None, **kwargs) -> None:
    """Prints values to the error stream, tensors as their elements.

    `output_stream` is a stream, ``"sys.stdout"``, ``"sys.stderr"`` or ``"file://"`` with a file that is added
    to. ValueError for another name.
    """
    if len(inputs) == 1 and isinstance(inputs[0], StringTensor) and len(inputs[0].shape) == 0:
        # A lone text is written as it is; among others it has quotes.
        inputs = (inputs[0].numpy().decode(errors="replace"),)
    text = sep.join(_printing.written(v, summarize) for v in inputs) + end
    if isinstance(output_stream, str) and output_stream.startswith("file://"):
        with open(output_stream.removeprefix("file://"), "a", encoding="utf-8") as file:
            file.write(text)
        return
    named = {None: sys.stderr, "sys.stderr": sys.stderr, "sys.stdout": sys.stdout}
    if callable(output_stream):
        output_stream(text)
        return
    if not hasattr(output_stream, "write") and output_stream not in named:
        raise ValueError(f"Unknown output stream, logging level, or callable provided: {output_stream}.")
    _print(text, end="", file=named[output_stream] if output_stream in named else output_stream)


def get_logger():
    """TensorFlow's logger."""
    import logging

    return logging.getLogger("tensorflow")


def ensure_tensor(value):
    """The tensor of a value."""
    return _core.tensor(value)


__all__ = ["Module", "name_scope", "get_current_name_scope", "device", "init_scope", "control_dependencies", "print", "get_logger"]
