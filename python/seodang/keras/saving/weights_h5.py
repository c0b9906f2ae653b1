"""The weights of `.weights.h5` files and of `.keras` archives: groups that follow the attributes."""

from __future__ import annotations

import warnings

import numpy as np

from . import optimizer_state, paths, trees

KERAS_VERSION = "3.15.1"


def weights_tree(model, with_optimizer: bool) -> dict:
    """The tree of `.weights.h5`."""
    root = trees.group()
    trees.at(root, "vars")["attributes"]["name"] = model.name
    for path, own in paths.variables(model).items():
        group = trees.at(root, f"{path}/vars")
        for i, v in enumerate(own):
            group["arrays"][str(i)] = paths.array_of(v)
    for path in paths.seeds(model):
        trees.at(root, f"{path}/vars")["arrays"]["0"] = np.zeros(2, np.uint32)
    optimizer = getattr(model, "optimizer", None)
    if with_optimizer and optimizer is not None:
        group = trees.at(root, "optimizer/vars")
        for i, v in enumerate(optimizer_state.keras3(optimizer)):
            group["arrays"][str(i)] = paths.array_of(v)
    root["attributes"]["keras_version"] = KERAS_VERSION
    return root


def _saved(root: dict, path: str) -> dict | None:
    """The group of a layer's variables, also under the names that Keras 2 has for it."""
    folder, _, name = path.rpartition("/")
    private = f"{folder}/_{name}"  # `_query_dense`, inside of a MultiHeadAttention
    for known in (path, private):
        for older in (known, known.replace("layers/", "_layer_checkpoint_dependencies/")):
            group = trees.find(root, f"{older}/vars")
            if group is not None:
                return group
    return None


def load_weights(model, root: dict, skip_mismatch: bool = False) -> None:
    """Puts the variables of a tree into a model; all of them fit, or none is changed."""
    changes = []
    for path, own in paths.variables(model).items():
        group = _saved(root, path)
        arrays = {} if group is None else group["arrays"]
        if len(arrays) != len(own):
            problem = (
                f"Layer '{path}' expected {len(own)} variables, but received {len(arrays)} "
                "variables during loading."
            )
            if not skip_mismatch:
                raise ValueError(problem)
            warnings.warn(f"Skipping loading of weights. {problem}", stacklevel=4)
            continue
        for i, v in enumerate(own):
            array = arrays.get(str(i))
            if array is None or tuple(array.shape) != tuple(v.shape):
                problem = (
                    f"The shape of the target variable and the shape of the target value in "
                    f"`variable.assign(value)` must match. variable.shape={tuple(v.shape)}, "
                    f"Received: value.shape={None if array is None else tuple(array.shape)}. "
                    f"Target variable: {v.name} ({path})"
                )
                if not skip_mismatch:
                    raise ValueError(problem)
                warnings.warn(f"Skipping loading of weights. {problem}", stacklevel=4)
                continue
            changes.append((v, array))
    for v, array in changes:
        v.assign(np.asarray(array).astype(v.numpy().dtype))
    after_loading(model)


def after_loading(model) -> None:
    """Lets layers whose weights stand for something else take notice."""
    for layer in model._flatten_layers():
        finish = getattr(layer, "finalize_state", None)
        if finish is not None:
            finish()


def load_optimizer(model, root: dict) -> None:
    """Gives the optimizer of a compiled model the state that a tree holds."""
    group = trees.find(root, "optimizer/vars")
    if group is None or getattr(model, "optimizer", None) is None or not group["arrays"]:
        return
    arrays = [group["arrays"].get(str(i)) for i in range(len(group["arrays"]))]
    if any(a is None for a in arrays):
        raise ValueError("The optimizer's variables in the file are not numbered from 0.")
    optimizer_state.restore(model.optimizer, model.trainable_variables, arrays)
