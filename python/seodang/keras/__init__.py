"""`seodang.keras`: Keras, over Rust records and one Rust engine."""

from __future__ import annotations

import importlib

__version__ = "2.5.0"

_MODULES = frozenset(
    "activations applications backend callbacks constraints datasets initializers layers losses "
    "metrics mixed_precision models ops optimizers preprocessing random regularizers saving "
    "utils config distribution wrappers estimator experimental legacy".split()
)
_HOME = {
    "Input": ".layers.input_layer",
    "InputLayer": ".layers.input_layer",
    "InputSpec": ".layers.input_spec",
    "KerasTensor": "._symbolic",
    "Layer": ".layers.base",
    "Model": ".models.model",
    "Functional": ".models.functional",
    "Sequential": ".models.sequential",
    "DTypePolicy": "._config",
    "Loss": ".losses",
    "Metric": ".metrics",
    "Optimizer": ".optimizers",
    "Initializer": ".initializers",
    "Regularizer": ".regularizers",
    "Variable": "..",
}


def version() -> str:
    """The version of Keras whose behaviour this is."""
    return __version__


def __getattr__(name: str):
    home = _HOME.get(name)
    if home == "..":
        from .. import _native

        value = _native.Variable
    elif home is not None:
        value = getattr(importlib.import_module(home, __name__), name)
    elif name in _MODULES:
        try:
            value = importlib.import_module(f".{name}", __name__)
        except ModuleNotFoundError as e:
            if e.name != f"{__name__}.{name}":
                raise
            raise AttributeError(f"module 'keras' has no attribute {name!r}") from None
    else:
        raise AttributeError(f"module 'keras' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    from .. import _missing

    modules = _missing.present({name: f"{__name__}.{name}" for name in _MODULES})
    return sorted({*modules, *_HOME, "version"})
