"""Elements in a file (``cache(filename)``, ``save``): arrays and their structure, never code."""

from __future__ import annotations

import json
import os
import tempfile

import numpy as np

from seodang.data import _elements


def _path(name: str) -> str:
    return f"{name}.data-00000-of-00001"


def _form(structure):
    if isinstance(structure, dict):
        return {"dict": {k: _form(structure[k]) for k in sorted(structure)}}
    if _elements.is_nested(structure):
        return {"tuple": [_form(v) for v in structure]}
    return None


def _structure(form):
    if form is None:
        return 0
    if "dict" in form:
        return {k: _structure(v) for k, v in form["dict"].items()}
    return tuple(_structure(v) for v in form["tuple"])


def write(name: str, elements: list) -> None:
    """Writes all elements, first under another name."""
    arrays = {"form": np.array(json.dumps(_form(elements[0]) if elements else None))}
    for i, element in enumerate(elements):
        for j, leaf in enumerate(_elements.flatten(element)):
            array = _elements.leaf_array(leaf)
            if array.dtype.kind == "O":
                texts = array.reshape(-1).tolist()
                arrays[f"{i}_{j}_shape"] = np.array(array.shape, np.int64)
                arrays[f"{i}_{j}_ends"] = np.cumsum([len(t) for t in texts], dtype=np.int64)
                array = np.frombuffer(b"".join(texts), np.uint8)
            arrays[f"{i}_{j}"] = array
    path = _path(name)
    folder = os.path.dirname(os.path.abspath(path))
    os.makedirs(folder, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def read(name: str) -> list | None:
    """The elements of a file, or None if there is none."""
    try:
        file = np.load(_path(name), allow_pickle=False)
    except FileNotFoundError:
        return None
    with file:
        structure = _structure(json.loads(str(file["form"])))
        leaves = len(_elements.flatten(structure))
        out = []
        while f"{len(out)}_0" in file:
            i = len(out)
            out.append(_elements.pack(structure, [_leaf(file, f"{i}_{j}") for j in range(leaves)]))
        return out


def _leaf(file, key: str) -> np.ndarray:
    array = file[key]
    if key + "_ends" not in file:
        return array
    data, start, texts = array.tobytes(), 0, []
    for end in file[key + "_ends"].tolist():
        texts.append(data[start:end])
        start = end
    out = np.empty(len(texts), object)
    out[:] = texts
    return out.reshape(file[key + "_shape"])
