"""`seodang.compat.tensorflow`: TensorFlow's names, for programs written for TensorFlow 2.

Everything loads on first use. Not affiliated with TensorFlow.
"""

from __future__ import annotations

import importlib
import sys

from seodang import _dtypes
from seodang import _native as native
from seodang._missing import missing, present
from seodang._shapes import TensorShape  # noqa: F401

from . import _variables

# The version whose spellings programs may rely on.
__version__ = VERSION = "2.5.0"
__git_version__ = "unknown"
newaxis = None
Tensor = EagerTensor = native.Tensor
Variable = native.Variable
DType = _dtypes.DType
as_dtype = _dtypes.as_dtype

for _d in _dtypes.ALL:
    globals()[_d.name] = _d
half, double = _dtypes.float16, _dtypes.float64
del _d

# Namespaces: `tf.math` and the like.
_MODULES = {
    name: f"seodang.compat.tensorflow.{name}"
    for name in (
        "math", "nn", "random", "linalg", "image", "strings", "io", "config", "train", "debugging",
        "nest", "summary", "test", "sysconfig", "version", "autograph", "dtypes", "signal", "saved_model",
        "raw_ops", "experimental", "audio", "lookup", "types", "bitwise", "sets", "profiler", "mlir",
    )
}
_MODULES |= {
    "keras": "seodang.keras",
    "data": "seodang.data",
    "errors": "seodang.errors",
    "compat": "seodang.compat.tensorflow.compat",
    "optimizers": "seodang.keras.optimizers",
    "losses": "seodang.keras.losses",
    "metrics": "seodang.keras.metrics",
    "initializers": "seodang.keras.initializers",
    "activations": "seodang.keras.activations",
}

# Functions and classes: the modules in which they are looked for, in order.
_HOMES = (
    "_create", "_elementwise", "_reductions", "_shaping", "_segments", "_indexing", "_products",
    "control_flow", "tape", "_function", "_scopes", "_variables", "_more",
)
_ELSEWHERE = {
    "random_normal_initializer": "seodang.keras.initializers:RandomNormal",
    "random_uniform_initializer": "seodang.keras.initializers:RandomUniform",
    "constant_initializer": "seodang.keras.initializers:Constant",
    "zeros_initializer": "seodang.keras.initializers:Zeros",
    "ones_initializer": "seodang.keras.initializers:Ones",
    "stop_gradient": "seodang.compat.tensorflow.tape:stop_gradient",
}
_ELSEWHERE |= {
    name: f"seodang.compat.tensorflow.debugging:{name}"
    for name in ("Assert", "assert_equal", "assert_greater", "assert_less", "assert_rank")
}
_absent = missing(__name__)
_variables.extend()


def is_tensor(x) -> bool:
    """Whether a value is a tensor or a variable."""
    from seodang._strings import StringTensor

    return native.is_tensor(x) or isinstance(x, StringTensor) or hasattr(x, "_is_keras_tensor")


def executing_eagerly() -> bool:
    """Whether operations run at once: False while a function is traced."""
    return not native.is_tracing()


def inside_function() -> bool:
    """Whether a function is being traced."""
    return native.is_tracing()


def get_static_value(tensor, partial=False):
    """The value of a tensor as an array, or None while it is traced."""
    if native.is_tensor(tensor) and tensor.is_traced:
        return None
    return tensor.numpy()


def __getattr__(name: str):
    if name in _MODULES:
        try:
            value = importlib.import_module(_MODULES[name])
        except ModuleNotFoundError as e:
            if e.name != _MODULES[name]:
                raise
            return _absent(name)
    elif name.startswith("__"):
        raise AttributeError(f"module 'tensorflow' has no attribute {name!r}")
    else:
        value = _find(name)
        if value is _NOTHING:
            return _absent(name)
    globals()[name] = value
    return value


_NOTHING = object()


def _find(name: str):
    where = _ELSEWHERE.get(name)
    if where:
        module, attribute = where.split(":")
        return getattr(importlib.import_module(module), attribute)
    if name.startswith("_"):
        return _NOTHING
    for home in _HOMES:
        module = importlib.import_module(f".{home}", __name__)
        if name in vars(module) and name in _public(module):
            return vars(module)[name]
    return _NOTHING


def _public(module) -> set:
    """What a module itself defines, or lists in `__all__`."""
    own = {
        n for n, v in vars(module).items()
        if not n.startswith("_") and getattr(v, "__module__", None) == module.__name__
    }
    return own | set(getattr(module, "__all__", ()))


def __dir__() -> list[str]:
    names = {n for n in globals() if not n.startswith("_")} | present(_MODULES)
    names |= {name for name, home in _ELSEWHERE.items() if home}
    for home in _HOMES:
        names |= _public(importlib.import_module(f".{home}", __name__))
    return sorted(names - {"annotations", "importlib", "sys", "native", "missing", "present"})


# `import tensorflow as tf; tf.python` is the library itself to some programs.
python = sys.modules[__name__]
