"""Models and weights as files: `.keras`, `.h5`, `.weights.h5`, and our own for any other name."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import numpy as np

from ... import _native as native
from ..._language import both
from . import paths
from .objects import deserialize_keras_object, serialize_keras_object
from .registration import CustomObjectScope

_KERAS_VERSION = "3.15.1"
_MAX_MEMBER = 1 << 36


def _name(filepath) -> str:
    return os.fspath(filepath)


def _write(path: str, data: bytes, overwrite: bool = True) -> None:
    """Writes a file as a whole or not at all."""
    target = Path(path)
    if target.exists() and not overwrite:
        raise FileExistsError(both(
            f"The file {path} exists, and `overwrite` is False.",
            f"파일 {path}이(가) 이미 있고 `overwrite`가 False입니다.",
        ))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".saving-")
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read(path: str) -> bytes:
    target = Path(path)
    if not target.exists():
        raise OSError(both(
            f"Unable to open file: {path}. No file or directory found at {path}",
            f"파일이 없습니다: {path}",
        ))
    if target.is_dir():
        raise NotImplementedError(both(
            f"{path} is a folder: TensorFlow's SavedModel format cannot be read. Save the model "
            "as `name.keras` or `name.h5` with TensorFlow, and load that.",
            f"{path}은(는) 폴더입니다. SavedModel 형식은 읽지 못합니다. `이름.keras`나 `이름.h5`로 저장한 모델을 여세요.",
        ))
    return target.read_bytes()


def _h5(what: str):
    found = getattr(native, what, None)
    if found is None:
        raise NotImplementedError("This build of seodang cannot read or write HDF5 files.")
    return found


# Trees of HDF5: {"attributes": {...}, "groups": {...}, "arrays": {...}} -----------------------


def _group() -> dict:
    return {"attributes": {}, "groups": {}, "arrays": {}}


def _at(tree: dict, path: str) -> dict:
    """The group at a path, made if it is not there."""
    for part in filter(None, path.split("/")):
        tree = tree["groups"].setdefault(part, _group())
    return tree


def _find(tree: dict, path: str) -> dict | None:
    for part in filter(None, path.split("/")):
        tree = tree["groups"].get(part)
        if tree is None:
            return None
    return tree


def _weights_tree(model, with_optimizer: bool) -> dict:
    """The tree of `.weights.h5`."""
    root = _group()
    _at(root, "vars")["attributes"]["name"] = model.name
    for path, own in paths.variables(model).items():
        group = _at(root, f"{path}/vars")
        for i, v in enumerate(own):
            group["arrays"][str(i)] = paths.array_of(v)
    for path in paths.seeds(model):
        _at(root, f"{path}/vars")["arrays"]["0"] = np.zeros(2, np.uint32)
    optimizer = getattr(model, "optimizer", None)
    if with_optimizer and optimizer is not None:
        group = _at(root, "optimizer/vars")
        for i, v in enumerate(_optimizer_variables(optimizer)):
            group["arrays"][str(i)] = paths.array_of(v)
    root["attributes"]["keras_version"] = _KERAS_VERSION
    return root


def _optimizer_variables(optimizer) -> list:
    found = getattr(optimizer, "variables", [])
    found = found() if callable(found) else found
    return list(found)


def _load_weights_tree(model, root: dict, skip_mismatch: bool = False) -> None:
    """Puts the variables of a tree into a model; all of them fit, or none is changed."""
    changes = []
    for path, own in paths.variables(model).items():
        group = _find(root, f"{path}/vars")
        if group is None:
            group = _find(root, f"{path.replace('layers/', '_layer_checkpoint_dependencies/')}/vars")
        arrays = {} if group is None else group["arrays"]
        if len(arrays) != len(own):
            if skip_mismatch:
                continue
            raise ValueError(both(
                f"Layer '{path}' expected {len(own)} variables, but received {len(arrays)} "
                "variables during loading.",
                f"층 '{path}'의 변수는 {len(own)}개인데 파일에는 {len(arrays)}개 있습니다.",
            ))
        for i, v in enumerate(own):
            array = arrays.get(str(i))
            if array is None or tuple(array.shape) != tuple(v.shape):
                if skip_mismatch:
                    continue
                raise ValueError(both(
                    f"The shape of the target variable and the shape of the target value in "
                    f"`variable.assign(value)` must match. variable.shape={tuple(v.shape)}, "
                    f"Received: value.shape={None if array is None else tuple(array.shape)}. "
                    f"Target variable: {v.name} ({path})",
                    f"변수 {v.name}({path})의 모양은 {tuple(v.shape)}인데 파일의 값은 모양이 다릅니다.",
                ))
            changes.append((v, array))
    for v, array in changes:
        v.assign(np.asarray(array).astype(v.numpy().dtype))
    _after_loading(model)


def _after_loading(model) -> None:
    for layer in model._flatten_layers():
        finish = getattr(layer, "finalize_state", None)
        if finish is not None:
            finish()


def _load_optimizer(model, root: dict) -> None:
    group = _find(root, "optimizer/vars")
    optimizer = getattr(model, "optimizer", None)
    if group is None or optimizer is None or not group["arrays"]:
        return
    prepare = getattr(optimizer, "build", None)
    if prepare is not None:
        prepare(model.trainable_variables)
    own = _optimizer_variables(optimizer)
    arrays = group["arrays"]
    if len(own) != len(arrays) or any(
        tuple(v.shape) != tuple(arrays[str(i)].shape) for i, v in enumerate(own)
    ):
        import warnings

        warnings.warn(both(
            f"Skipping variable loading for optimizer, because it has {len(own)} variables "
            f"whereas the saved optimizer has {len(arrays)} variables.",
            f"옵티마이저의 변수는 {len(own)}개, 저장된 것은 {len(arrays)}개라서 읽지 않습니다.",
        ), stacklevel=3)
        return
    for i, v in enumerate(own):
        v.assign(arrays[str(i)].astype(v.numpy().dtype))


# Legacy .h5 ------------------------------------------------------------------------------------


def _legacy_tree(layers: list, root: dict) -> None:
    """The groups of layers with their weights, as `.h5` files have them."""
    root["attributes"].update(
        layer_names=[layer.name for layer in layers],
        backend="tensorflow",
        keras_version=_KERAS_VERSION,
    )
    for layer in layers:
        group = _at(root, layer.name)
        names = []
        for i, v in enumerate(_legacy_weights(layer)):
            name = v.name if "/" in v.name else f"{layer.name}/{v.name}"
            name = name if name not in names else f"{name}_{i}"
            names.append(name)
            folder, leaf = name.rsplit("/", 1)
            _at(group, folder)["arrays"][leaf] = paths.array_of(v)
        group["attributes"]["weight_names"] = names


def _legacy_weights(layer) -> list:
    return [*layer.trainable_weights, *layer.non_trainable_weights]


def _load_legacy(model, root: dict, by_name: bool, skip_mismatch: bool) -> None:
    names = list(root["attributes"].get("layer_names", []))
    saved = []
    for name in names:
        group = root["groups"].get(name, _group())
        arrays = []
        for weight in group["attributes"].get("weight_names", []) or []:
            folder, _, leaf = weight.rpartition("/")
            holder = _find(group, folder)
            if holder is None or leaf not in holder["arrays"]:
                raise ValueError(both(
                    f"The file lacks the weight {weight!r} of layer {name!r}.",
                    f"파일에 층 {name!r}의 가중치 {weight!r}이(가) 없습니다.",
                ))
            arrays.append(holder["arrays"][leaf])
        saved.append((name, arrays))
    changes = []

    def assign(layer, arrays: list) -> None:
        own = _legacy_weights(layer)
        if len(own) != len(arrays):
            if skip_mismatch:
                return
            raise ValueError(both(
                f"Weight count mismatch for layer {layer.name}: it expects {len(own)} weight(s). "
                f"Received {len(arrays)} saved weight(s)",
                f"층 {layer.name}의 가중치는 {len(own)}개인데 파일에는 {len(arrays)}개 있습니다.",
            ))
        for v, a in zip(own, arrays, strict=True):
            if tuple(v.shape) != tuple(a.shape):
                if skip_mismatch:
                    continue
                raise ValueError(both(
                    f"Shape mismatch in layer {layer.name} for weight {v.name}. Weight expects "
                    f"shape {tuple(v.shape)}. Received saved weight with shape {tuple(a.shape)}",
                    f"층 {layer.name}의 가중치 {v.name}: 모양 {tuple(v.shape)}이어야 하는데 파일에는 {tuple(a.shape)}입니다.",
                ))
            changes.append((v, a))

    if by_name:
        index = dict(saved)
        for layer in model.layers:
            if layer.name in index and index[layer.name]:
                assign(layer, index[layer.name])
    else:
        own_layers = [layer for layer in model.layers if layer.weights]
        filled = [(n, a) for n, a in saved if a]
        if len(own_layers) != len(filled):
            raise ValueError(both(
                "Layer count mismatch when loading weights from file. Model expected "
                f"{len(own_layers)} layers, found {len(filled)} saved layers.",
                f"모델의 층은 {len(own_layers)}개인데 파일에는 {len(filled)}개 있습니다.",
            ))
        for layer, (_, arrays) in zip(own_layers, filled, strict=True):
            assign(layer, arrays)
    for v, a in changes:
        v.assign(np.asarray(a).astype(v.numpy().dtype))
    _after_loading(model)


# The public functions --------------------------------------------------------------------------


def save_model(
    model,
    filepath,
    overwrite: bool = True,
    include_optimizer: bool = True,
    save_format: str | None = None,
    **kwargs,
) -> None:
    """Writes a model: its configuration, its weights, and the optimizer's state.

    Args:
        model: the model.
        filepath: a name that ends in `.keras` or `.h5`; `.keras` is added to a name without end.
        overwrite: whether a file that is there is replaced.
        include_optimizer: whether the optimizer's state is kept.
        save_format: ``"keras"`` or ``"h5"``, for names without end.
    """
    path = _name(filepath)
    if save_format in ("h5", "hdf5") or path.endswith((".h5", ".hdf5")):
        _write(path, _h5("write_h5")(_whole_h5(model, include_optimizer)), overwrite)
        return
    if save_format == "tf" and not path.endswith(".keras"):
        import warnings

        warnings.warn(both(
            "SavedModel folders cannot be written: the model goes into one file of that name, in "
            "the format of `.keras`.",
            "SavedModel 폴더는 쓰지 못합니다. 같은 이름의 파일 하나에 `.keras` 형식으로 저장합니다.",
        ), stacklevel=3)
    config = json.dumps(serialize_keras_object(model), default=_jsonable)
    weights = _h5("write_h5")(_weights_tree(model, include_optimizer))
    metadata = {
        "keras_version": _KERAS_VERSION,
        "date_saved": datetime.now().strftime("%Y-%m-%d@%H:%M:%S"),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("metadata.json", json.dumps(metadata))
        archive.writestr("config.json", config)
        archive.writestr("model.weights.h5", weights)
    _write(path, buffer.getvalue(), overwrite)


def _jsonable(value):
    from ..models.model import _jsonable as convert

    return convert(value)


def _whole_h5(model, include_optimizer: bool) -> dict:
    root = _group()
    root["attributes"].update(
        model_config=json.dumps(serialize_keras_object(model), default=_jsonable),
        backend="tensorflow",
        keras_version=_KERAS_VERSION,
    )
    compiled = getattr(model, "compiled", False)
    settings = model.get_compile_config() if compiled else None
    if settings is not None and include_optimizer:
        settings = {**settings, "sample_weight_mode": None}
        settings["optimizer_config"] = settings.pop("optimizer", None)
        root["attributes"]["training_config"] = json.dumps(settings, default=_jsonable)
    _legacy_tree(model.layers, _at(root, "model_weights"))
    optimizer = getattr(model, "optimizer", None)
    if include_optimizer and optimizer is not None:
        group = _at(root, "optimizer_weights")
        names = []
        for i, v in enumerate(_optimizer_variables(optimizer)):
            names.append(f"variable_{i}")
            group["arrays"][names[-1]] = paths.array_of(v)
        group["attributes"]["weight_names"] = names
    return root


def load_model(
    filepath, custom_objects: dict | None = None, compile: bool = True, safe_mode: bool = True,
    **kwargs,
):
    """The model of a file that `save_model` or Keras wrote.

    Raises OSError for no file, and ValueError for one that holds no model.
    """
    path = _name(filepath)
    data = _read(path)
    with CustomObjectScope(custom_objects or {}):
        if data[:4] == b"PK\x03\x04":
            return _load_archive(data, path, compile)
        if data[:8] == b"\x89HDF\r\n\x1a\n":
            return _load_whole_h5(_h5("read_h5")(data), path, compile)
    raise ValueError(both(
        f"File format not supported: filepath={path}. Only `.keras` files and `.h5` files can be "
        "loaded.",
        f"{path}: `.keras`와 `.h5` 파일만 열 수 있습니다.",
    ))


def _load_archive(data: bytes, path: str, compile: bool):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {}
            for name in ("config.json", "model.weights.h5"):
                info = archive.getinfo(name)
                # A stored size is only a claim.
                if info.file_size > min(_MAX_MEMBER, 1100 * max(len(data), 1)):
                    raise ValueError(both(
                        f"The file {path} is damaged: {name} claims to be too large.",
                        f"파일 {path}이(가) 손상되었습니다.",
                    ))
                members[name] = archive.read(name)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError) as e:
        raise ValueError(both(
            f"The file {path} is not a Keras model, or it is damaged: {e}",
            f"파일 {path}은(는) 케라스 모델이 아니거나 손상되었습니다.",
        )) from e
    config = json.loads(members["config.json"])
    settings = config.pop("compile_config", None)
    model = deserialize_keras_object(config)
    root = _h5("read_h5")(members["model.weights.h5"])
    _load_weights_tree(model, root)
    if compile and settings and hasattr(model, "compile_from_config"):
        model.compile_from_config(settings)
        _load_optimizer(model, root)
    return model


def _load_whole_h5(root: dict, path: str, compile: bool):
    text = root["attributes"].get("model_config")
    if text is None:
        raise ValueError(both(
            f"No model config found in the file at {path}.",
            f"파일 {path}에 모델의 구성이 없습니다. 가중치만 있다면 `load_weights`를 쓰세요.",
        ))
    config = json.loads(text)
    config.pop("compile_config", None)
    model = deserialize_keras_object({"module": "keras", **config})
    _load_legacy(model, root["groups"].get("model_weights", root), False, False)
    settings = root["attributes"].get("training_config")
    if compile and settings and hasattr(model, "compile_from_config"):
        settings = json.loads(settings)
        if "optimizer_config" in settings:
            settings = {
                "optimizer": settings["optimizer_config"],
                "loss": settings.get("loss"),
                "metrics": settings.get("metrics"),
                "loss_weights": settings.get("loss_weights"),
                "weighted_metrics": settings.get("weighted_metrics"),
            }
        model.compile_from_config(settings)
        saved = root["groups"].get("optimizer_weights", _group())
        arrays = {
            str(i): saved["arrays"][name]
            for i, name in enumerate(saved["attributes"].get("weight_names", []))
            if name in saved["arrays"]
        }
        if arrays:
            _load_optimizer(
                model, {"groups": {"optimizer": {"groups": {"vars": {"arrays": arrays}}}}}
            )
    return model


def save_weights(
    model, filepath, overwrite: bool = True, save_format: str | None = None, **kwargs
) -> None:
    """Writes a model's weights.

    A name that ends in `.weights.h5` gets Keras 3's form, `.h5` Keras 2's, any other name a file of
    our own beside which `name.index` is kept, as programs look for it.
    """
    path = _name(filepath)
    if not model.weights:
        raise ValueError(both(
            "Unable to save weights: the model has none yet. Build it first by calling `build()` "
            "or by calling the model on a batch of data.",
            "아직 가중치가 없어 저장할 수 없습니다. `build()`를 부르거나 모델을 데이터에 한 번 적용하세요.",
        ))
    if path.endswith(".weights.h5"):
        _write(path, _h5("write_h5")(_weights_tree(model, False)), overwrite)
    elif path.endswith((".h5", ".hdf5", ".keras")) or save_format in ("h5", "hdf5"):
        root = _group()
        _legacy_tree(model.layers, root)
        _write(path, _h5("write_h5")(root), overwrite)
    else:
        buffer = io.BytesIO()
        arrays = {f"w{i}": paths.array_of(v) for i, v in enumerate(model.weights)}
        np.savez(buffer, **arrays)
        _write(path + ".data-00000-of-00001", buffer.getvalue(), overwrite)
        names = [v.name for v in model.weights]
        _write(path + ".index", json.dumps({"format": "seodang", "names": names}).encode(), True)
        folder = Path(path).parent
        _write(str(folder / "checkpoint"),
               f'model_checkpoint_path: "{Path(path).name}"\n'.encode(), True)


class LoadStatus:
    """What `load_weights` returns: everything was found, or it would have raised."""

    def expect_partial(self) -> LoadStatus:
        """This."""
        return self

    def assert_consumed(self) -> LoadStatus:
        """This."""
        return self

    assert_existing_objects_matched = assert_consumed


def load_weights(
    model, filepath, skip_mismatch: bool = False, by_name: bool = False, **kwargs
):
    """Reads a model's weights from a file that `save_weights` or Keras wrote.

    Raises OSError for no file, ValueError if number or shapes differ; then nothing is changed.
    """
    path = _name(filepath)
    prefix = path + ".data-00000-of-00001"
    if not Path(path).is_file() and Path(prefix).exists():
        with np.load(prefix, allow_pickle=False) as arrays:
            values = [arrays[f"w{i}"] for i in range(len(arrays.files))]
        model.set_weights(values)
        _after_loading(model)
        return LoadStatus()
    data = _read(path)
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read("model.weights.h5")
    if data[:8] != b"\x89HDF\r\n\x1a\n":
        raise ValueError(both(
            f"The file {path} is not a file of weights that can be read.",
            f"파일 {path}은(는) 읽을 수 있는 가중치 파일이 아닙니다.",
        ))
    root = _h5("read_h5")(data)
    if "layer_names" in root["attributes"] or "model_weights" in root["groups"]:
        root = root["groups"].get("model_weights", root)
        _load_legacy(model, root, by_name, skip_mismatch)
    else:
        _load_weights_tree(model, root, skip_mismatch)
    return LoadStatus()
