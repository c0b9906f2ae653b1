"""Objects as configurations, and configurations as objects, in Keras 3's form and Keras 2's."""

from __future__ import annotations

import importlib
import sys
import types

import numpy as np

from ..._dtypes import DType
from ..._language import both
from ..._shapes import TensorShape
from . import functions, keras2, lambdas, registration

# The modules that hold the classes of each Keras module, by the module's name in configurations.
_MODULES = {
    "keras.layers": "layers",
    "keras.models": "models",
    "keras": "models",
    "keras.initializers": "initializers",
    "keras.regularizers": "regularizers",
    "keras.constraints": "constraints",
    "keras.losses": "losses",
    "keras.metrics": "metrics",
    "keras.optimizers": "optimizers",
    "keras.optimizers.schedules": "optimizers.schedules",
    "keras.activations": "activations",
}


def public_module(cls) -> str:
    """The module that configurations name for a class of ours: ``keras.layers``."""
    module = cls.__module__
    prefix = __name__.split(".saving")[0]
    if not module.startswith(prefix):
        return module
    parts = module[len(prefix) :].strip(".").split(".")
    if cls.__name__ == "Functional":
        # Keras's own name for it, by which Keras finds the class.
        return "keras.src.models.functional"
    if cls.__name__ in ("Sequential", "Model"):
        return "keras"
    if parts[:2] == ["optimizers", "schedules"]:
        return "keras.optimizers.schedules"
    return "keras." + parts[0] if parts[0] else "keras"


def is_ours(cls) -> bool:
    """Whether a class belongs to this package."""
    return cls.__module__.startswith(__name__.split(".saving")[0])


def serialize_keras_object(obj):
    """The configuration of an object: ``module``, ``class_name``, ``config``, ``registered_name``.

    Numbers, texts and lists of them stay as they are; functions become their names.
    """
    if obj is None or isinstance(obj, (str, bool, int, float)):
        return obj
    if isinstance(obj, (np.integer, np.floating, np.bool_)):
        return obj.item()
    if isinstance(obj, np.ndarray):
        return {
            "class_name": "__numpy__",
            "config": {"value": obj.tolist(), "dtype": obj.dtype.name},
        }
    if isinstance(obj, TensorShape):
        return list(obj)
    if isinstance(obj, DType):
        return obj.name
    if isinstance(obj, tuple):
        return {"class_name": "__tuple__", "items": [serialize_keras_object(x) for x in obj]}
    if isinstance(obj, list):
        return [serialize_keras_object(x) for x in obj]
    if isinstance(obj, dict):
        return {k: serialize_keras_object(v) for k, v in obj.items()}
    if hasattr(obj, "numpy"):
        array = np.asarray(obj.numpy())
        return {
            "class_name": "__tensor__",
            "config": {"value": array.tolist(), "dtype": array.dtype.name},
        }
    if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType)) or (
        callable(obj) and not hasattr(obj, "get_config")
    ):
        if getattr(obj, "__name__", "") == "<lambda>":
            return lambdas.dump(obj)
        name = getattr(obj, "__name__", type(obj).__name__)
        if is_ours(obj) if hasattr(obj, "__module__") and obj.__module__ else False:
            return name
        return {
            "module": getattr(obj, "__module__", "builtins"),
            "class_name": "function",
            "config": name,
            "registered_name": registration.get_registered_name(obj)
            if hasattr(obj, "__name__")
            else name,
        }
    if not hasattr(obj, "get_config"):
        raise ValueError(f"Cannot serialize {obj!r}: it has no get_config().")
    cls = type(obj)
    config = obj.get_config()
    if hasattr(obj, "_is_layer"):
        # A model's input says it; Keras 3 does not know the older way.
        config = {k: v for k, v in config.items() if k != "batch_input_shape"}
    out = {
        "module": public_module(cls),
        "class_name": cls.__name__,
        "config": {k: serialize_value(v) for k, v in config.items()},
        "registered_name": "Functional" if cls.__name__ == "Functional" else None,
    }
    if not is_ours(cls):
        out["registered_name"] = registration.get_registered_name(cls)
    build = getattr(obj, "get_build_config", None)
    if build is not None:
        shapes = build()
        if shapes:
            out["build_config"] = _plain(shapes)
    compiled = getattr(obj, "get_compile_config", None)
    if compiled is not None and getattr(obj, "compiled", False):
        settings = compiled()
        if settings is not None:
            out["compile_config"] = settings
    return out


def serialize_value(value):
    """A configuration's value with objects in it serialized and tuples kept as lists."""
    if isinstance(value, (tuple, TensorShape)) and not hasattr(value, "_fields"):
        return [serialize_value(v) for v in value]
    if isinstance(value, list):
        return [serialize_value(v) for v in value]
    if isinstance(value, dict):
        return {k: serialize_value(v) for k, v in value.items()}
    return serialize_keras_object(value)


def _plain(value):
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def is_serialized(value) -> bool:
    """Whether a value is an object's configuration."""
    return isinstance(value, dict) and "class_name" in value and ("config" in value)


def deserialize_value(value):
    """A configuration's value with the objects in it made again."""
    if is_serialized(value) or (isinstance(value, dict) and value.get("class_name") == "__tuple__"):
        return deserialize_keras_object(value)
    if isinstance(value, list):
        return [deserialize_value(v) for v in value]
    return value


def find_class(name: str, module: str | None = None, registered: str | None = None,
               custom_objects: dict | None = None):
    """The class of a configuration's names.

    Raises TypeError if there is none: a class of the user's must be registered or passed in
    `custom_objects`.
    """
    for key in (registered, name):
        if key:
            found = registration.get_registered_object(key, custom_objects)
            if found is not None:
                return found
    package, _, short = name.rpartition(">")
    if package == "Custom":
        # Keras 2 names its own optimizers so in `.h5` files.
        name = short
    candidates = []
    if module in _MODULES:
        candidates.append(_MODULES[module])
    elif module and module.startswith(("keras.", "keras_core.", "tf_keras.", "tensorflow.")):
        candidates.extend(v for k, v in _MODULES.items() if k.split(".")[-1] in module.split("."))
    if not module:
        candidates.extend(["layers", "models", *(v for k, v in _MODULES.items() if "." in k)])
    if name in ("Sequential", "Functional", "Model"):
        candidates.insert(0, "models")
    for place in candidates:
        holder = _module(place)
        cls = getattr(holder, name, None) if holder is not None else None
        if cls is not None:
            return cls
    cls = getattr(sys.modules.get(module or ""), name, None)
    if isinstance(cls, type) and any(is_ours(base) for base in cls.__mro__):
        # A class of the program's own that is loaded already; nothing is imported for a file.
        return cls
    raise TypeError(both(
        f"Could not locate class '{name}'. Make sure custom classes are decorated with "
        "`@keras.saving.register_keras_serializable()` or passed in `custom_objects`.",
        f"클래스 '{name}'을(를) 찾지 못했습니다. `custom_objects`로 주거나 register_keras_serializable로 등록하세요.",
    ))


def _module(name: str):
    base = __name__.split(".saving")[0]
    try:
        return importlib.import_module(f"{base}.{name}")
    except ModuleNotFoundError:
        return None


def deserialize_keras_object(
    config,
    custom_objects: dict | None = None,
    safe_mode: bool | None = None,
    module_objects=None,
    printable_module_name: str = "object",
):
    """The object of a configuration that :func:`serialize_keras_object` gave.

    Code in it runs only with `safe_mode=False`, given here or to the function that loads a file.

    Raises TypeError if a class cannot be found and ValueError for a lambda in safe mode.
    """
    if safe_mode is not None:
        with registration.SafeMode(safe_mode):
            return deserialize_keras_object(config, custom_objects, None, module_objects)
    if config is None or isinstance(config, (bool, int, float)):
        return config
    if isinstance(config, (list, tuple)):
        return type(config)(
            deserialize_keras_object(x, custom_objects, None, module_objects) for x in config
        )
    if isinstance(config, str):
        found = registration.get_registered_object(config, custom_objects, module_objects)
        return config if found is None else found
    if not isinstance(config, dict):
        return config
    if custom_objects:
        with registration.CustomObjectScope(custom_objects):
            return deserialize_keras_object(config, None, None, module_objects)
    name = config.get("class_name")
    if name is None:
        return {k: deserialize_keras_object(v) for k, v in config.items()}
    inner = config.get("config", {})
    if name == "__tuple__":
        return tuple(deserialize_keras_object(x) for x in config.get("items", config.get("config")))
    if name in ("__tensor__", "__numpy__"):
        array = np.asarray(inner["value"], dtype=inner["dtype"])
        if name == "__numpy__":
            return array
        from ... import _native as native

        return native.convert(array)
    if name == "__lambda__":
        return lambdas.load(
            inner.get("code"), inner.get("defaults"), inner.get("closure"), inner.get("name")
        )
    if name == "function":
        return _find_function(config)
    if name in ("DTypePolicy", "Policy"):
        from .._config import DTypePolicy

        return DTypePolicy(inner.get("name"))
    if (config.get("module") or "").startswith("keras.src.ops."):
        return functions.revived(config)
    cls = find_class(name, config.get("module"), config.get("registered_name"))
    if not hasattr(cls, "from_config"):
        return cls if not isinstance(inner, dict) else cls(**inner)
    if isinstance(inner, dict):
        inner = keras2.modern(cls.__name__, inner) if is_ours(cls) else dict(inner)
    obj = cls.from_config(inner)
    build = config.get("build_config")
    if build and hasattr(obj, "build_from_config") and not getattr(obj, "built", True):
        obj.build_from_config(build)
    compile_config = config.get("compile_config")
    if compile_config and hasattr(obj, "compile_from_config"):
        obj.compile_from_config(compile_config)
    return obj


def _find_function(config: dict):
    name = config["config"]
    name = name if isinstance(name, str) else config.get("registered_name")
    for key in (config.get("registered_name"), name):
        if key:
            found = registration.get_registered_object(key)
            if found is not None:
                return found
    for place in ("activations", "losses", "metrics"):
        found = getattr(_module(place), name, None)
        if found is not None:
            return found
    raise TypeError(
        f"Could not locate function '{name}'. Make sure custom functions are decorated with "
        "`@keras.saving.register_keras_serializable()` or passed in `custom_objects`."
    )
