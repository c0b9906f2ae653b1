"""Where a model's variables stand in Keras's files: paths made of attribute names."""

from __future__ import annotations

import numpy as np

from .. import _config

# Parts of records that Keras keeps in attributes of other names.
_PARTS = {
    "query": "query_dense",
    "key": "key_dense",
    "value": "value_dense",
    "gate": "gate_dense",
    "attention_output": "output_dense",
}


def variables(model) -> dict[str, list]:
    """The variables of every layer by the layer's path: ``layers/dense`` has kernel and bias."""
    out: dict[str, list] = {}
    seen: set[int] = set()
    _walk(model, "", out, seen)
    return out


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _walk(layer, path: str, out: dict, seen: set) -> None:
    if id(layer) in seen:
        return
    seen.add(id(layer))
    _own(layer, path, out)
    for name, value in _children(layer):
        if hasattr(value, "_is_layer"):
            _walk(value, _join(path, name), out, seen)
        elif isinstance(value, (list, tuple, set, dict)):
            _container(value, _join(path, name), out, seen)


def _children(layer) -> list:
    """A layer's attributes that hold layers, sorted by name; a model's `layers` among them."""
    found = {n.lstrip("_"): layer.__dict__[n] for n in layer._tracked if n in layer.__dict__}
    if hasattr(layer, "_graph"):
        found["layers"] = list(layer.layers)
    return sorted(found.items())


def _container(values, path: str, out: dict, seen: set) -> None:
    counts: dict[str, int] = {}
    for value in values.values() if isinstance(values, dict) else values:
        if not hasattr(value, "_is_layer"):
            continue
        name = _config.to_snake_case(type(value).__name__)
        count = counts.get(name, 0)
        counts[name] = count + 1
        _walk(value, _join(path, f"{name}_{count}" if count else name), out, seen)


def _own(layer, path: str, out: dict) -> None:
    """The layer's own variables, trained ones first, those of a record's parts under the part."""
    parts: dict[str, tuple[list, list]] = {}
    inner = {id(v): p for v, p in _inner_paths(layer)}
    for v, flag in layer._own_variables():
        place = _join(path, inner.get(id(v), "")) if inner.get(id(v)) else path
        trained, fixed = parts.setdefault(place, ([], []))
        (trained if (v.trainable if flag is None else flag) else fixed).append(v)
    for place, (trained, fixed) in parts.items():
        out[place] = [*trained, *fixed]


def _inner_paths(layer) -> list:
    """(variable, part of the record that owns it) of a layer whose record has parts."""
    handle = getattr(layer, "_handle", None)
    if handle is None or not handle.built:
        return []
    found = []
    for w, (_, v, _) in zip(handle.weights, layer._record_weights(), strict=True):
        names = w.path.split("/")
        names = names[names.index(layer.name) + 1 : -1] if layer.name in names else []
        parts = ["cell" if n.endswith("_cell") else _PARTS.get(n, n) for n in names]
        found.append((v, "/".join(parts)))
    return found


def seeds(model) -> list[str]:
    """The paths of random states that Keras looks for; ours are not kept in files."""
    out: list[str] = []
    for path, layer in _layers_with_paths(model):
        record = getattr(layer, "_record", "")
        if record in ("SimpleRNN", "LSTM", "GRU"):
            out.append(_join(path, "cell/seed_generator"))
        elif record and layer._draws() and _needs_seed(layer):
            out.append(_join(path, "seed_generator"))
    return out


def _needs_seed(layer) -> bool:
    config = layer._record_config()
    return all(config.get(k) != 0 for k in ("rate", "stddev", "dropout"))


def _layers_with_paths(model) -> list:
    found: list = []
    seen: set[int] = set()

    def visit(layer, path: str) -> None:
        if id(layer) in seen:
            return
        seen.add(id(layer))
        found.append((path, layer))
        for name, value in _children(layer):
            if hasattr(value, "_is_layer"):
                visit(value, _join(path, name))
            elif isinstance(value, (list, tuple, dict)):
                counts: dict[str, int] = {}
                for item in value.values() if isinstance(value, dict) else value:
                    if hasattr(item, "_is_layer"):
                        key = _config.to_snake_case(type(item).__name__)
                        n = counts.get(key, 0)
                        counts[key] = n + 1
                        visit(item, _join(_join(path, name), f"{key}_{n}" if n else key))

    visit(model, "")
    return found


def array_of(variable) -> np.ndarray:
    """A variable's value."""
    return np.asarray(variable.numpy(), order="C")
