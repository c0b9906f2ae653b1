"""Models and weights as files: `.keras`, `.h5`, `.weights.h5`, and our own for any other name."""

from __future__ import annotations

import contextlib
import io
import json
import os
import struct
import tempfile
import warnings
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

import numpy as np

from ... import _native as native
from ..._language import both
from . import legacy_h5, paths, trees, weights_h5
from .objects import deserialize_keras_object, serialize_keras_object
from .registration import CustomObjectScope, SafeMode, WeightsOf

_H5_ENDS = (".h5", ".hdf5")
_H5, _ZIP = b"\x89HDF\r\n\x1a\n", b"PK\x03\x04"
# The file that stands for a folder which was given as a model's name.
_IN_FOLDER = "model.keras"
# Members of an archive may be compressed, as far as weights can be.
_SMALL, _RATIO = 1 << 26, 200
_DAMAGED = "The file {path} is damaged, or it does not hold what Keras writes"
_DATA, _INDEX = ".data-00000-of-00001", ".index"


# Files ------------------------------------------------------------------------------------------


def _write(path: str, data: bytes) -> None:
    """Writes a file as a whole or not at all: a file that is there stays until it is replaced."""
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".saving-")
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
        os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _may_write(path: str, overwrite: bool) -> bool:
    """Whether a file may be written: where it is there already, the user is asked."""
    if overwrite or not os.path.exists(path):
        return True
    try:
        answer = input(f"[WARNING] {path} already exists - overwrite? [y/n] ")
        while answer.strip().lower() not in ("y", "n"):
            answer = input('Enter "y" (overwrite) or "n" (cancel). ')
    except (EOFError, OSError):
        raise FileExistsError(both(
            f"The file {path} exists, and `overwrite` is False.",
            f"파일 {path}이(가) 이미 있고 `overwrite`가 False입니다.",
        )) from None
    return answer.strip().lower() == "y"


def _read(path: str) -> bytes:
    target = Path(path)
    if target.is_dir() and (target / _IN_FOLDER).is_file():
        target = target / _IN_FOLDER
    if not target.exists():
        raise OSError(both(
            f"Unable to open file: {path}. No file or directory found at {path}",
            f"파일이 없습니다: {path}",
        ))
    if target.is_dir():
        raise NotImplementedError(both(
            f"{path} is a folder: TensorFlow's SavedModel format cannot be read. Save the model "
            "as `name.keras` or `name.h5` with TensorFlow, and load that.",
            f"{path}은(는) 폴더입니다. SavedModel 형식은 읽지 못하니 텐서플로에서 `이름.keras`나 `이름.h5`로 저장하세요.",
        ))
    return target.read_bytes()


@contextlib.contextmanager
def _reading(path: str):
    """Says of which file an error speaks; errors of a damaged file become ValueErrors."""
    try:
        yield
    except (LookupError, AttributeError, RecursionError, ArithmeticError, MemoryError, EOFError,
            UnicodeError, json.JSONDecodeError, zipfile.BadZipFile, zlib.error,
            struct.error) as e:
        reason = f"{type(e).__name__}: {e}" if str(e) else type(e).__name__
        raise ValueError(f"{_DAMAGED.format(path=path)}: {reason}") from e
    except TypeError as e:
        if not str(e).startswith(("Could not locate", "Error when deserializing")):
            raise ValueError(f"{_DAMAGED.format(path=path)}: {e}") from e
        e.add_note(f"While reading {path}.")
        raise
    except Exception as e:
        if path not in str(e):
            e.add_note(f"While reading {path}.")
        raise


def _members(data: bytes, names: tuple) -> dict[str, bytes]:
    """Some members of an archive."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in names:
            info = archive.getinfo(name)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile(f"{name} is compressed in an unknown way")
            # A stored size is only a claim.
            if info.file_size > max(_SMALL, _RATIO * len(data)):
                raise zipfile.BadZipFile(f"{name} claims to be {info.file_size} bytes long")
            try:
                found[name] = archive.read(name)
            except (OSError, RuntimeError, NotImplementedError) as e:
                raise zipfile.BadZipFile(str(e)) from e
    return found


# Models -----------------------------------------------------------------------------------------


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
        filepath: a name; one that ends in `.h5` or `.hdf5` gets the older form, which Keras 2
            reads as well, any other the form of `.keras`. In a folder that is there, the file is
            `model.keras`, and `load_model` takes the folder's name.
        overwrite: whether a file that is there is replaced; if not, the user is asked.
        include_optimizer: whether the optimizer's state is kept.
        save_format: ``"keras"``, ``"h5"`` or ``"tf"``, for names without end.

    Raises FileExistsError if `overwrite` is False and nobody can be asked, OSError for what
    cannot be written; a file that is there stays then as it is.
    """
    path = os.fspath(filepath)
    if not _may_write(path, overwrite):
        return
    if save_format in ("h5", "hdf5") or path.endswith(_H5_ENDS):
        _write(path, native.write_h5(legacy_h5.model_tree(model, include_optimizer)))
        return
    if save_format == "tf" and not path.endswith(".keras"):
        warnings.warn(both(
            "SavedModel folders cannot be written: the model goes into one file of that name, in "
            "the format of `.keras`.",
            "SavedModel 폴더는 쓰지 못합니다. 같은 이름의 파일 하나에 `.keras` 형식으로 저장합니다.",
        ), stacklevel=3)
    if os.path.isdir(path):
        path = os.path.join(path, _IN_FOLDER)
    config = json.dumps(serialize_keras_object(model), default=legacy_h5.jsonable)
    weights = native.write_h5(weights_h5.weights_tree(model, include_optimizer))
    metadata = {
        "keras_version": weights_h5.KERAS_VERSION,
        "date_saved": datetime.now().strftime("%Y-%m-%d@%H:%M:%S"),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("metadata.json", json.dumps(metadata))
        archive.writestr("config.json", config)
        archive.writestr("model.weights.h5", weights)
    _write(path, buffer.getvalue())


def load_model(
    filepath, custom_objects: dict | None = None, compile: bool = True, safe_mode: bool = True,
    **kwargs,
):
    """The model of a file that `save_model` or Keras wrote.

    Args:
        filepath: the file's name.
        custom_objects: classes and functions of the user's by name.
        compile: whether the model is compiled as it was, the optimizer's state included.
        safe_mode: False lets a file run Python code: that of the `lambda` functions in it.

    Raises OSError for no file, ValueError for one that holds no model, that is damaged, or that
    holds code in safe mode, TypeError for unknown classes, NotImplementedError for a SavedModel.
    """
    path = os.fspath(filepath)
    data = _read(path)
    with CustomObjectScope(custom_objects or {}), SafeMode(safe_mode), _reading(path):
        if data[:4] == _ZIP:
            return _load_archive(data, compile)
        if data[:8] == _H5:
            return legacy_h5.load_model(native.read_h5(data), path, compile)
    raise ValueError(both(
        f"File format not supported: filepath={path}. Only `.keras` files and `.h5` files can be "
        "loaded.",
        f"지원하지 않는 형식입니다: {path}. `.keras`와 `.h5` 파일만 읽을 수 있습니다.",
    ))


def _load_archive(data: bytes, compile: bool):
    members = _members(data, ("config.json", "model.weights.h5"))
    config = json.loads(members["config.json"])
    if not isinstance(config, dict):
        raise ValueError("config.json holds no model's configuration.")
    root = native.read_h5(members["model.weights.h5"])
    settings = config.pop("compile_config", None)
    with WeightsOf(trees.size(root)):
        model = deserialize_keras_object(config)
    if not hasattr(model, "_is_layer"):
        raise ValueError(f"config.json describes no model: {type(model).__name__}")
    weights_h5.load_weights(model, root)
    if compile and settings and hasattr(model, "compile_from_config"):
        model.compile_from_config(settings)
        weights_h5.load_optimizer(model, root)
    return model


# Weights ----------------------------------------------------------------------------------------


def save_weights(
    model, filepath, overwrite: bool = True, save_format: str | None = None, **kwargs
) -> None:
    """Writes a model's weights.

    A name that ends in `.weights.h5` gets Keras 3's form, `.h5` Keras 2's, any other name a file of
    our own beside which `name.index` is kept, as programs look for it.

    Raises ValueError for a model without weights; FileExistsError and OSError as `save_model`.
    """
    path = os.fspath(filepath)
    if not model.weights:
        raise ValueError(both(
            "Unable to save weights: the model has none yet. Build it first by calling `build()` "
            "or by calling the model on a batch of data.",
            "아직 가중치가 없어 저장할 수 없습니다. `build()`를 부르거나 모델을 데이터에 한 번 적용하세요.",
        ))
    h5 = path.endswith((*_H5_ENDS, ".keras")) or save_format in ("h5", "hdf5")
    if not _may_write(path if h5 else path + _INDEX, overwrite):
        return
    if path.endswith(".weights.h5"):
        _write(path, native.write_h5(weights_h5.weights_tree(model, False)))
    elif h5:
        root = trees.group()
        legacy_h5.write_layers(model, root)
        _write(path, native.write_h5(root))
    else:
        _write_checkpoint(model, path)


def _write_checkpoint(model, prefix: str) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, **{f"w{i}": paths.array_of(v) for i, v in enumerate(model.weights)})
    _write(prefix + _DATA, buffer.getvalue())
    names = [v.name for v in model.weights]
    _write(prefix + _INDEX, json.dumps({"format": "seodang", "names": names}).encode())
    folder, name = os.path.split(prefix)
    _write(os.path.join(folder, "checkpoint"), f'model_checkpoint_path: "{name}"\n'.encode())


def _read_checkpoint(model, prefix: str) -> None:
    data = Path(prefix + _DATA).read_bytes()
    if data[:4] != _ZIP:
        raise NotImplementedError(
            f"{prefix} is a checkpoint in TensorFlow's own format, which cannot be read. Save the "
            "weights as `name.weights.h5` or `name.h5` with TensorFlow, and load that."
        )
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        values = [arrays[f"w{i}"] for i in range(len(arrays.files))]
    model.set_weights(values)
    weights_h5.after_loading(model)


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

    Args:
        model: the model, built.
        filepath: the file's name.
        skip_mismatch: whether layers that do not fit keep their weights, with a warning.
        by_name: whether layers are found by their names, not by their order; for `.h5` files.

    Raises OSError for no file, ValueError if number or shapes differ; then nothing is changed.
    """
    path = os.fspath(filepath)
    with _reading(path):
        if not Path(path).is_file() and Path(path + _DATA).exists():
            _read_checkpoint(model, path)
            return LoadStatus()
        data = _read(path)
        if data[:4] == _ZIP:
            data = _members(data, ("model.weights.h5",))["model.weights.h5"]
        if data[:8] != _H5:
            raise ValueError(both(
                f"The file {path} is not a file of weights that can be read.",
                f"파일 {path}은(는) 읽을 수 있는 가중치 파일이 아닙니다.",
            ))
        root = native.read_h5(data)
        if legacy_h5.holds_layers(root):
            root = root["groups"].get("model_weights", root)
            legacy_h5.load_layers(model, root, by_name, skip_mismatch)
        else:
            weights_h5.load_weights(model, root, skip_mismatch)
    return LoadStatus()
