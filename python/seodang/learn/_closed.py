"""What a file may name: our classes, some functions. Nothing else is ever looked up."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

_ROOT = __name__.rpartition(".")[0]
_MODULES = frozenset((
    "calibration", "compose", "dummy", "ensemble", "feature_extraction", "feature_extraction.image",
    "feature_extraction.text", "feature_selection", "frozen", "impute", "isotonic", "linear_model",
    "model_selection", "multiclass", "multioutput", "naive_bayes", "neighbors", "neural_network",
    "pipeline", "preprocessing", "svm", "tree", "utils",
))
# Classes of ours that have no public name.
_HIDDEN = {
    "Constant": "_binary",
    "Function": "_function",
    "MultimetricScorer": "metrics._scorer",
    "PassthroughScorer": "metrics._scorer",
    "Scorer": "metrics._scorer",
    "Sigmoid": "calibration",
    "TableReader": "_tables",
    "Tree": "_trees",
    "_Calibrated": "calibration",
}
# Whose functions of arrays a file may name.
_FUNCTIONS = frozenset(("feature_selection", "metrics", "metrics.pairwise", "preprocessing"))
_HIDDEN_FUNCTIONS = {
    "negative_likelihood_ratio": "metrics._scorer",
    "positive_likelihood_ratio": "metrics._scorer",
}
_UFUNCS = ("numpy", "scipy.special")
_NAME = re.compile(r"[a-z_.]*\.?[A-Za-z]\w*")


def _public(home: str, name: str, modules: frozenset[str], hidden: dict[str, str]) -> Any:
    """What a name stands for; None if a file may not name it."""
    if not home:
        where = hidden.get(name)
    else:
        where = home if home in modules else None
    if where is None:
        return None
    module = import_module(f"{_ROOT}.{where}")
    if home and name not in getattr(module, "__all__", ()):
        return None
    found = getattr(module, name, None)
    return found if str(getattr(found, "__module__", "")).startswith(f"{_ROOT}.") else None


def _name_of(value: Any, modules: frozenset[str], hidden: dict[str, str]) -> str | None:
    module, name = str(getattr(value, "__module__", "")), getattr(value, "__name__", "")
    if not module.startswith(f"{_ROOT}."):
        return None
    parts = module.removeprefix(f"{_ROOT}.").split(".")
    public = [p for i, p in enumerate(parts) if not any(q.startswith("_") for q in parts[: i + 1])]
    for home in (".".join(public), ""):
        if _public(home, name, modules, hidden) is value:
            return f"{home}.{name}" if home else name
    return None


def class_name(cls: type) -> str | None:
    """The name of a class in files; None if it has none."""
    return _name_of(cls, _MODULES, _HIDDEN)


def class_of(name: Any) -> type:
    """The class of a name.

    Raises
    ------
    ValueError
        For a name that is no class's.
    """
    if isinstance(name, str) and _NAME.fullmatch(name):
        home, _, last = name.rpartition(".")
        found = _public(home, last, _MODULES, _HIDDEN)
        if isinstance(found, type):
            return found
    raise ValueError(f"the file names a class that there is not: {name!r}")


def function_name(function: Any) -> str | None:
    """The name of a function in files; None if it has none."""
    if isinstance(function, np.ufunc):
        for home in _UFUNCS:
            name = function.__name__
            if getattr(sys.modules.get(home), name, None) is function:
                return f"{home}.{name}"
        return None
    found = _name_of(function, _FUNCTIONS, _HIDDEN_FUNCTIONS)
    return found if found is None or "." in found else f".{found}"


def function_of(name: Any) -> Callable:
    """The function of a name.

    Raises
    ------
    ValueError
        For a name that is no function's.
    """
    if isinstance(name, str):
        home, _, last = name.rpartition(".")
        if home in _UFUNCS:
            found = getattr(import_module(home), last, None)
            if isinstance(found, np.ufunc):
                return found
        found = _public(home, last, _FUNCTIONS, _HIDDEN_FUNCTIONS)
        if callable(found) and not isinstance(found, type):
            return found
    raise ValueError(f"the file names a function that there is not: {name!r}")
