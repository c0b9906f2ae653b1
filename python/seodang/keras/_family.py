"""What `keras.initializers`, `keras.regularizers` and `keras.constraints` have in common."""

from __future__ import annotations

import inspect

from .. import _native as native
from .._language import both
from . import _config
from .saving import objects, registration


class Record:
    """An object whose options and computation are a Rust record's; generated classes fill it in."""

    _record = ""
    _fields: tuple[str, ...] = ()
    _kinds: dict[str, str] = {}
    _default_options: dict = {}
    _nullable: tuple[str, ...] = ()
    _handle_class: str = ""

    def __init__(self, options: dict, extra: dict | None = None) -> None:
        if extra:
            name = next(iter(extra))
            raise TypeError(
                f"{type(self).__name__}.__init__() got an unexpected keyword argument '{name}'"
            )
        from .saving import options as _options

        config = {
            k: _options.to_record(self._kinds.get(k), v)
            for k, v in options.items()
            if v is not None or k in self._nullable
        }
        self.__dict__["_options"] = options
        self.__dict__["_handle"] = getattr(native, self._handle_class)(self._record, config)

    def __getattr__(self, name: str):
        state = self.__dict__
        if name in type(self)._fields and "_options" in state:
            value = state["_options"].get(name)
            return state["_handle"].config().get(name) if value is None else value
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return self._handle.config()

    @classmethod
    def from_config(cls, config: dict):
        """An object of the options that `get_config` gave."""
        config = {k: v for k, v in config.items() if k in cls._fields}
        return cls(**config)

    def __getstate__(self) -> dict:
        state = dict(self.__dict__)
        state.pop("_handle", None)
        return state

    def __setstate__(self, state: dict) -> None:
        self.__dict__.update(state)
        Record.__init__(self, state["_options"])

    def __deepcopy__(self, memo):
        return type(self).from_config(self.get_config())

    def __repr__(self) -> str:
        return f"<{type(self).__module__}.{type(self).__name__} object at {id(self):#x}>"


class Family:
    """`get`, `serialize` and `deserialize` of one family of classes."""

    def __init__(self, kind: str, classes, aliases: dict | None = None) -> None:
        self.kind = kind
        self._load = classes
        self._aliases = aliases or {}
        self._names: dict | None = None

    def names(self) -> dict:
        """The classes by class name, snake-case name and short name."""
        if self._names is None:
            found: dict = {}
            for name, cls in self._load().items():
                found[name] = cls
                found.setdefault(_config.to_snake_case(name), cls)
                found.setdefault(name.lower(), cls)
            for alias, name in self._aliases.items():
                found.setdefault(alias, found[name])
            self._names = found
        return self._names

    def get(self, identifier):
        """An object of any spelling: a name, a configuration, a class, a function, None."""
        if identifier is None:
            return None
        if isinstance(identifier, str):
            found = registration.get_registered_object(identifier)
            if found is None:
                found = self.names().get(identifier)
            if found is None:
                raise ValueError(both(
                    f"Unknown {self.kind}: '{identifier}'. Please ensure you are using a "
                    "`keras.utils.custom_object_scope` and that this object is included in the "
                    f"scope. Known names: {sorted(n for n in self.names() if n.islower())}",
                    f"'{identifier}'이라는 {self.kind}은(는) 없습니다.",
                ))
            return found() if inspect.isclass(found) else found
        if isinstance(identifier, dict):
            return self.deserialize(identifier)
        if inspect.isclass(identifier):
            return identifier()
        if callable(identifier):
            return identifier
        raise ValueError(both(
            f"Could not interpret {self.kind} identifier: {identifier!r}",
            f"{self.kind}(으)로 쓸 수 없는 값입니다: {identifier!r}",
        ))

    def serialize(self, obj):
        """The configuration of an object."""
        return objects.serialize_keras_object(obj)

    def deserialize(self, config, custom_objects: dict | None = None):
        """The object of a configuration."""
        if isinstance(config, str):
            return self.get(config)
        with registration.CustomObjectScope(custom_objects or {}):
            name = config.get("class_name")
            found = registration.get_registered_object(config.get("registered_name") or name or "")
            if found is None:
                found = self.names().get(name)
            if found is None or not inspect.isclass(found):
                return objects.deserialize_keras_object(config)
            inner = config.get("config") or {}
            if hasattr(found, "from_config"):
                return found.from_config(dict(inner))
            return found(**inner)
