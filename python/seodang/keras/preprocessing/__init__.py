"""`keras.preprocessing`: text, sequences and pictures made ready for models."""

from __future__ import annotations

import importlib

from ..._missing import missing, present

_MODULES = ("text", "sequence", "image", "timeseries")
_HOMES = {
    "image_dataset_from_directory": ".image_dataset",
    "text_dataset_from_directory": ".text_dataset",
    "timeseries_dataset_from_array": ".timeseries",
}
_absent = missing(__name__)


def __getattr__(name: str):
    home = f".{name}" if name in _MODULES else _HOMES.get(name)
    if home is None:
        return _absent(name)
    try:
        module = importlib.import_module(home, __name__)
    except ModuleNotFoundError:
        return _absent(name)
    value = module if name in _MODULES else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    homes = {name: f".{name}" for name in _MODULES} | _HOMES
    return sorted(present({name: f"{__name__}{home}" for name, home in homes.items()}))
