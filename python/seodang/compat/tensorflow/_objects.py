"""Where the variables of a program's objects stand: paths made of attribute names."""

from __future__ import annotations

import warnings

from seodang import _native as native


def found(root) -> tuple[dict, list]:
    """The variables below an object by path, and what may make more of them: (path, object) pairs."""
    variables: dict = {}
    makers: list = []
    _visit(root, "", variables, makers, set())
    return variables, makers


def _join(path: str, name) -> str:
    return f"{path}/{name}" if path else str(name)


def _put(variables: dict, path: str, variable) -> None:
    place, count = path, 0
    while place in variables:
        count += 1
        place = f"{path}_{count}"
    variables[place] = variable


def _visit(value, path: str, variables: dict, makers: list, seen: set) -> None:
    if isinstance(value, native.Variable):
        _put(variables, path, value)
        return
    if value is None or isinstance(value, (str, bytes, int, float, type)) or id(value) in seen:
        return
    seen.add(id(value))
    for name, child in _children(value, path, variables, makers):
        _visit(child, _join(path, name) if name != "" else path, variables, makers, seen)


def _children(value, path: str, variables: dict, makers: list) -> list:
    from seodang.keras.optimizers import Optimizer

    if isinstance(value, dict):
        return [(str(k), v) for k, v in value.items()]
    if isinstance(value, (list, tuple)):
        return list(enumerate(value))
    if hasattr(value, "_is_layer"):
        from seodang.keras.saving.paths import _children as children

        for v, _ in value._own_variables():
            _put(variables, _join(path, v.name.split(":")[0].rsplit("/", 1)[-1]), v)
        makers.append((path, value))
        # The layer's own variables are there already, by their names.
        return [(n, _layers_only(c)) for n, c in children(value)]
    if isinstance(value, Optimizer):
        for i, v in enumerate(value._all_variables()):
            _put(variables, _join(path, f"v{i}"), v)
        makers.append((path, value))
        return []
    if hasattr(value, "update_state"):
        return [(f"v{i}", v) for i, v in enumerate(value.variables)]
    if hasattr(value, "element_spec"):
        warnings.warn("A checkpoint does not keep the place of a dataset's iterator.", stacklevel=2)
        return []
    kept = getattr(value, "_checkpoint_children", None)
    if kept is not None:
        return kept()
    from ._scopes import Module

    if isinstance(value, Module):
        return [(k, vars(value)[k]) for k in sorted(vars(value))]
    return []


def _layers_only(value):
    if isinstance(value, native.Variable):
        return None
    if isinstance(value, dict):
        return {k: _layers_only(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_layers_only(v) for v in value]
    return value
