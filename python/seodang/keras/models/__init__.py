"""`keras.models`: models, and models as files."""

from __future__ import annotations

_HOME = {
    "Model": ".model",
    "Functional": ".functional",
    "Sequential": ".sequential",
    "clone_model": ".cloning",
    "model_from_json": ".json_form",
    "model_from_config": ".json_form",
    "model_from_yaml": ".json_form",
    "plot_model": ".plot",
    "model_to_dot": ".plot",
    "load_model": "..saving.files",
    "save_model": "..saving.files",
}


def __getattr__(name: str):
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'keras.models' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(home, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(_HOME)
