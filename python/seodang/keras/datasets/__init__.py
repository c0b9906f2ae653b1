"""`keras.datasets`: data sets that are fetched once and then kept.

Files are looked for in the folder that `SEODANG_DATA` names, then in Keras's (`~/.keras/datasets`).
"""

from __future__ import annotations

import importlib

from ..._missing import missing

_MODULES = ("mnist", "fashion_mnist", "cifar10", "cifar100", "imdb", "reuters", "boston_housing",
            "california_housing")
_absent = missing(__name__)


def __getattr__(name: str):
    if name not in _MODULES:
        return _absent(name)
    return importlib.import_module(f".{name}", __name__)


def __dir__() -> list[str]:
    return sorted(_MODULES)
