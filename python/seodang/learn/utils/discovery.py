"""What is there: all estimators, functions and displays."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

__all__ = ["all_displays", "all_estimators", "all_functions"]

_KINDS = {
    "classifier": "ClassifierMixin",
    "regressor": "RegressorMixin",
    "transformer": "TransformerMixin",
    "cluster": "ClusterMixin",
}
_ROOT = __name__.rpartition(".utils.")[0]


def _public() -> list[tuple[str, Any]]:
    """Every name that a public module of ours offers, and what it is; sorted."""
    package = importlib.import_module(_ROOT)
    found: dict[tuple[str, int], Any] = {}
    for entry in pkgutil.walk_packages(package.__path__, f"{_ROOT}."):
        # Checks of estimators come from scikit-learn itself.
        if "._" in entry.name or entry.name.endswith((".estimator_checks", ".experimental")):
            continue
        module = importlib.import_module(entry.name)
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            if str(getattr(value, "__module__", "")).startswith(_ROOT):
                found[name, id(value)] = value
    return sorted(((name, value) for (name, _), value in found.items()), key=lambda e: e[0])


def all_estimators(type_filter: Any = None) -> list[tuple[str, type]]:
    """The estimators that there are: (name, class), sorted by name.

    Parameters
    ----------
    type_filter : "classifier", "regressor", "transformer", "cluster", a list of these, or None for all

    Raises
    ------
    ValueError
        For another word.
    """
    from .. import base

    classes = [
        (name, value)
        for name, value in _public()
        if inspect.isclass(value)
        and issubclass(value, base.BaseEstimator)
        and value is not base.BaseEstimator
        and not inspect.isabstract(value)
        and not name.endswith("Mixin")
    ]
    if type_filter is None:
        return classes
    wanted = list(type_filter) if isinstance(type_filter, list) else [type_filter]
    unknown = [kind for kind in wanted if kind not in _KINDS]
    if unknown:
        raise ValueError(
            "Parameter type_filter must be 'classifier', 'regressor', 'transformer', 'cluster' or "
            f"None, got {unknown!r}."
        )
    mixins = tuple(getattr(base, _KINDS[kind]) for kind in wanted if hasattr(base, _KINDS[kind]))
    return [entry for entry in classes if issubclass(entry[1], mixins)]


def all_displays() -> list[tuple[str, type]]:
    """The displays that there are: (name, class), sorted by name."""
    return [e for e in _public() if inspect.isclass(e[1]) and e[0].endswith("Display")]


def all_functions() -> list[tuple[str, Any]]:
    """The functions that there are: (name, function), sorted by name."""
    return [e for e in _public() if inspect.isfunction(e[1])]
