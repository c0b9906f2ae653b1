"""Custom objects: classes and functions of the user's that configurations may name."""

from __future__ import annotations

import inspect
import threading

_registered: dict[str, object] = {}
_names: dict[object, str] = {}


class _Scopes(threading.local):
    def __init__(self) -> None:
        self.stack: list[dict] = []
        self.safe: list[bool] = []
        self.sizes: list[int] = []


_scopes = _Scopes()


class CustomObjectScope:
    """Makes custom objects known by name inside a ``with`` block.

    Args:
        custom_objects: a dictionary from names to classes or functions.
    """

    def __init__(self, *args, **kwargs) -> None:
        self.custom_objects: dict = dict(kwargs.pop("custom_objects", None) or {})
        for objects in args:
            self.custom_objects.update(objects or {})
        self.custom_objects.update(kwargs)

    def __enter__(self) -> CustomObjectScope:
        _scopes.stack.append(self.custom_objects)
        return self

    def __exit__(self, *args) -> None:
        _scopes.stack.pop()


custom_object_scope = CustomObjectScope


class SafeMode:
    """Says whether configurations that are read in a ``with`` block may bring code."""

    def __init__(self, safe: bool) -> None:
        self.safe = bool(safe)

    def __enter__(self) -> SafeMode:
        _scopes.safe.append(self.safe)
        return self

    def __exit__(self, *args) -> None:
        _scopes.safe.pop()


class WeightsOf:
    """Says in a ``with`` block how many numbers a file's weights have, for layers that are built."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __enter__(self) -> WeightsOf:
        _scopes.sizes.append(self.size)
        return self

    def __exit__(self, *args) -> None:
        _scopes.sizes.pop()


def check_claims(layer: str, sizes: list) -> None:
    """Refuses a layer whose weights a file cannot hold, before memory is taken for them.

    Raises ValueError if one of the sizes is greater than all of the file's weights together.
    """
    most = max((s for s in sizes if isinstance(s, int)), default=0)
    if _scopes.sizes and most > _scopes.sizes[-1]:
        raise ValueError(
            f"Layer '{layer}' has a dimension of {most}, but the file's weights have only "
            f"{_scopes.sizes[-1]} numbers in all."
        )


def in_safe_mode() -> bool:
    """Whether code in configurations is refused, which it is unless a scope allows it."""
    return _scopes.safe[-1] if _scopes.safe else True


class _GlobalObjects(dict):
    """The process's custom objects; changing the dictionary changes what is known."""


_globals = _GlobalObjects()


def get_custom_objects() -> dict:
    """The custom objects of the process, a dictionary that can be changed."""
    return _globals


def register_keras_serializable(package: str = "Custom", name: str | None = None):
    """A decorator that makes a class or function known to saved files as ``package>name``.

    Raises ValueError for a class without `get_config`.
    """

    def decorate(obj):
        key = f"{package}>{name or obj.__name__}"
        if inspect.isclass(obj) and not hasattr(obj, "get_config"):
            raise ValueError(
                "Cannot register a class that does not have a get_config() method."
            )
        _registered[key] = obj
        _names[obj] = key
        _globals[key] = obj
        return obj

    if callable(package):
        # Used without parentheses.
        target, package = package, "Custom"
        return decorate(target)
    return decorate


def get_registered_name(obj) -> str:
    """The name that an object was registered under, else its own name."""
    try:
        return _names.get(obj) or obj.__name__
    except TypeError:
        return obj.__name__


def get_registered_object(name: str, custom_objects: dict | None = None, module_objects=None):
    """The class or function registered under a name, or None."""
    for scope in [custom_objects or {}, *reversed(_scopes.stack), _globals, module_objects or {}]:
        if name in scope:
            return scope[name]
    short = name.split(">")[-1]
    for scope in [custom_objects or {}, *reversed(_scopes.stack)]:
        if short in scope:
            return scope[short]
    for key, obj in _registered.items():
        if key == name or key.split(">")[-1] == short:
            return obj
    return None


def is_registered(obj) -> bool:
    """Whether an object was registered with :func:`register_keras_serializable`."""
    try:
        return obj in _names
    except TypeError:
        return False
