"""``tf.train``: checkpoints, in files of our own form (NumPy's ``.npz`` with an index beside it)."""

from __future__ import annotations

import functools
import json
import os
import time
from pathlib import Path

import numpy as np

from seodang import _native as native
from seodang._missing import missing

from . import _objects
from ._core import errors
from .io import _path

_DATA, _INDEX = ".data-00000-of-00001", ".index"
_SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE"


def _replace(path: str, write) -> None:
    """Writes a file under a temporary name and renames it: whoever reads sees a whole file."""
    temporary = f"{path}.tmp{os.getpid()}"
    try:
        with open(temporary, "wb") as file:
            write(file)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _array(variable) -> np.ndarray:
    array = np.asarray(variable.numpy())
    return array if array.dtype.kind in "biuf" else array.astype(np.float32)


def _assign(variable, array: np.ndarray) -> None:
    if tuple(variable.shape) != array.shape:
        raise ValueError(
            f"Received incompatible tensor with shape {array.shape} when attempting to restore "
            f"variable with shape {tuple(variable.shape)} and name {variable.name}."
        )
    variable.assign(native.cast(native.convert(array), variable.dtype))


def _read(prefix: str) -> tuple[dict, dict]:
    try:
        with np.load(prefix + _DATA, allow_pickle=False) as file:
            arrays = {k: file[k] for k in file.files}
        index = json.loads(Path(prefix + _INDEX).read_text())
    except FileNotFoundError:
        raise errors.NotFoundError(
            None, None, f"Unsuccessful TensorSliceReader constructor: Failed to find any matching "
            f"files for {prefix}"
        ) from None
    except (ValueError, OSError) as e:
        raise errors.DataLossError(None, None, f"{prefix} is not a checkpoint of Seodang: {e}") from None
    return arrays, index


class _Restoring:
    """What a checkpoint holds, handed out to variables, those that are made later included."""

    def __init__(self, root, prefix: str) -> None:
        self.root, self.prefix = root, prefix
        self.arrays, index = _read(prefix)
        self.built_for = index.get("optimizers", {})
        self.used: set[str] = set()
        self.done: set[int] = set()
        self.hooked: set[int] = set()
        self.unmatched: list[str] = []

    def match(self) -> None:
        """Fills every variable that is there; the rest when layers and optimizers are built."""
        self._fill()
        variables, makers = _objects.found(self.root)
        for path, maker in makers:
            names = self.built_for.get(path)
            if names is None:
                continue
            if maker._built_for is None and names and all(n in variables for n in names):
                maker._prepare([variables[n] for n in names])
        self._fill()
        for path, maker in makers:
            waiting = any(k.startswith(path + "/") and k not in self.used for k in self.arrays)
            if waiting and id(maker) not in self.hooked:
                self.hooked.add(id(maker))
                _after_build(maker, self.match)

    def _fill(self) -> None:
        variables, _ = _objects.found(self.root)
        self.unmatched = [p for p in variables if p not in self.arrays]
        for path, variable in variables.items():
            if path in self.arrays and variable.id not in self.done:
                _assign(variable, self.arrays[path])
                self.done.add(variable.id)
                self.used.add(path)


def _after_build(maker, action) -> None:
    build = maker.build

    @functools.wraps(build)
    def hooked(*args, **kwargs):
        maker.__dict__.pop("build", None)
        result = build(*args, **kwargs)
        native.eagerly(action) if native.is_tracing() else action()
        return result

    maker.__dict__["build"] = hooked


class _Status:
    """What restoring returns: asks whether everything was found."""

    def __init__(self, restoring: _Restoring | None) -> None:
        self._restoring = restoring

    def assert_existing_objects_matched(self) -> _Status:
        """Raises AssertionError if a variable of the program is not in the checkpoint."""
        if self._restoring is None:
            raise AssertionError("No checkpoint specified (save_path=None); nothing is being restored.")
        if self._restoring.unmatched:
            raise AssertionError(
                "Some objects had attributes which were not restored: "
                f"{self._restoring.unmatched} are not in {self._restoring.prefix}."
            )
        return self

    def assert_consumed(self) -> _Status:
        """Raises AssertionError unless program and checkpoint hold the same variables."""
        self.assert_existing_objects_matched()
        left = [k for k in self._restoring.arrays if k not in self._restoring.used]
        if left:
            raise AssertionError(f"Unresolved object in checkpoint {self._restoring.prefix}: {left}.")
        return self

    def assert_nontrivial_match(self) -> _Status:
        """Raises AssertionError if nothing was restored."""
        if self._restoring is None or not self._restoring.used:
            raise AssertionError("Nothing except the root object matched a checkpointed value.")
        return self

    def expect_partial(self) -> _Status:
        """This: what is left over gets no warning in any case."""
        return self

    def initialize_or_restore(self, session=None) -> None:
        """Nothing: values are there already."""

    run_restore_ops = initialize_or_restore


class Checkpoint:
    """Keeps variables, models, optimizers, metrics and modules, given by name, in files.

    Args:
        root: an object whose attributes are kept under their own names.
        kwargs: what is kept; each becomes an attribute.
    """

    def __init__(self, root=None, **kwargs) -> None:
        state = self.__dict__
        state["_root"], state["_restoring"], state["_counter"] = root, None, None
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value) -> None:
        self.__dict__[name] = value
        if self._restoring is not None:
            self._restoring.match()

    def _checkpoint_children(self) -> list:
        own = [(k, v) for k, v in vars(self).items() if not k.startswith("_")]
        if self._counter is not None:
            own.append(("save_counter", self._counter))
        if self._root is not None:
            own.append(("", self._root))
        return own

    @property
    def save_counter(self):
        """How often `save` was called, a variable."""
        if self._counter is None:
            self.__dict__["_counter"] = native.Variable(
                np.int64(0), trainable=False, name="save_counter"
            )
        return self._counter

    def write(self, file_prefix, options=None) -> str:
        """Writes everything to files of that prefix, which is returned; counts nothing."""
        from seodang.keras.optimizers import Optimizer

        prefix = _path(file_prefix)
        variables, makers = _objects.found(self)
        paths = {v.id: p for p, v in variables.items()}
        optimizers = {
            p: [paths[v.id] for v in m._variables if v.id in paths]
            for p, m in makers if isinstance(m, Optimizer)
        }
        arrays = {p: _array(v) for p, v in variables.items()}
        index = json.dumps({"format": "seodang-checkpoint", "optimizers": optimizers})
        os.makedirs(os.path.dirname(prefix) or ".", exist_ok=True)
        _replace(prefix + _DATA, lambda file: np.savez(file, **arrays))
        _replace(prefix + _INDEX, lambda file: file.write(index.encode()))
        return prefix

    def save(self, file_prefix, options=None) -> str:
        """Writes everything to ``prefix-N``, where N counts the calls; returns that name."""
        self.save_counter.assign_add(1)
        path = self.write(f"{_path(file_prefix)}-{int(self.save_counter)}")
        _write_state(os.path.dirname(path), [path])
        return path

    def read(self, save_path, options=None) -> _Status:
        """Reads what `write` wrote; what is not built yet gets its values when it is.

        Raises NotFoundError if there is no such checkpoint, ValueError if shapes differ.
        """
        restoring = _Restoring(self, _path(save_path))
        self.__dict__["_restoring"] = restoring
        restoring.match()
        return _Status(restoring)

    def restore(self, save_path, options=None) -> _Status:
        """Reads what `save` wrote; None leaves everything as it is. See `read`."""
        if save_path is None or _path(save_path) == "":
            return _Status(None)
        _ = self.save_counter
        return self.read(save_path)


def _write_state(folder: str, paths: list[str]) -> None:
    names = [os.path.relpath(p, folder or ".") for p in paths]
    lines = [f'model_checkpoint_path: "{names[-1]}"']
    lines += [f'all_model_checkpoint_paths: "{n}"' for n in names]
    _replace(os.path.join(folder, "checkpoint"), lambda f: f.write(("\n".join(lines) + "\n").encode()))


def _read_state(folder: str, name: str = "checkpoint") -> list[str]:
    """The checkpoints that a folder's list names, the newest last."""
    try:
        lines = Path(folder, name).read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    pairs = [line.partition(": ")[::2] for line in lines]
    every = [v.strip('"') for k, v in pairs if k == "all_model_checkpoint_paths"]
    newest = [v.strip('"') for k, v in pairs if k == "model_checkpoint_path"]
    names = [n for n in every if n not in newest] + newest
    return [n if os.path.isabs(n) else os.path.join(folder, n) for n in names]


def latest_checkpoint(checkpoint_dir, latest_filename: str | None = None) -> str | None:
    """The name of the newest checkpoint in a folder; None if there is none."""
    found = _read_state(_path(checkpoint_dir), latest_filename or "checkpoint")
    return found[-1] if found and os.path.exists(found[-1] + _INDEX) else None


class CheckpointManager:
    """Keeps the newest checkpoints of a folder and removes the others.

    Args:
        checkpoint: a Checkpoint.
        directory: the folder.
        max_to_keep: how many stay; None for all.
        keep_checkpoint_every_n_hours: one in so many hours stays for good.
        checkpoint_name: what files begin with.
        step_counter, checkpoint_interval: `save` does nothing before so many steps have passed.
        init_fn: called by `restore_or_initialize` if there is nothing to restore.
    """

    def __init__(
        self, checkpoint: Checkpoint, directory, max_to_keep: int | None,
        keep_checkpoint_every_n_hours: float | None = None, checkpoint_name: str = "ckpt",
        step_counter=None, checkpoint_interval: int | None = None, init_fn=None,
    ) -> None:
        if max_to_keep is not None and max_to_keep <= 0:
            raise ValueError(
                f"Expected a positive integer or `None` for `max_to_keep`, got {max_to_keep}."
            )
        if checkpoint_interval is not None and step_counter is None:
            raise ValueError("`step_counter` should be passed if `checkpoint_interval` is not None.")
        self._checkpoint, self._directory, self._max = checkpoint, _path(directory), max_to_keep
        self._prefix = os.path.join(self._directory, checkpoint_name)
        self._hours, self._kept_at = keep_checkpoint_every_n_hours, time.time()
        self._steps, self._interval, self._last_step = step_counter, checkpoint_interval, None
        self._init = init_fn
        self._paths = [p for p in _read_state(self._directory) if os.path.exists(p + _INDEX)]

    checkpoint = property(lambda self: self._checkpoint, doc="The Checkpoint.")
    directory = property(lambda self: self._directory, doc="The folder.")
    checkpoint_interval = property(lambda self: self._interval, doc="Steps between checkpoints.")
    checkpoints = property(lambda self: list(self._paths), doc="The checkpoints kept, oldest first.")

    @property
    def latest_checkpoint(self) -> str | None:
        """The name of the newest checkpoint; None if there is none."""
        return self._paths[-1] if self._paths else None

    def save(self, checkpoint_number=None, check_interval: bool = True, options=None) -> str | None:
        """Writes a checkpoint and returns its name; None if too few steps have passed."""
        if self._interval is not None and check_interval:
            step = int(self._steps)
            if self._last_step is not None and step < self._last_step + self._interval:
                return None
            self._last_step = step
        counter = self._checkpoint.save_counter
        counter.assign_add(1)
        number = int(counter) if checkpoint_number is None else int(checkpoint_number)
        path = self._checkpoint.write(f"{self._prefix}-{number}")
        self._paths = [p for p in self._paths if p != path] + [path]
        while self._max is not None and len(self._paths) > self._max:
            self._remove(self._paths.pop(0))
        _write_state(self._directory, self._paths)
        return path

    def _remove(self, path: str) -> None:
        if self._hours is not None and time.time() >= self._kept_at + self._hours * 3600:
            self._kept_at = time.time()
            return
        for ending in (_DATA, _INDEX):
            Path(path + ending).unlink(missing_ok=True)

    def restore_or_initialize(self) -> str | None:
        """Restores the newest checkpoint and returns its name; calls `init_fn` if there is none."""
        if self.latest_checkpoint is not None:
            self._checkpoint.restore(self.latest_checkpoint)
            if self._steps is not None:
                self._last_step = int(self._steps)
            return self.latest_checkpoint
        if self._init is not None:
            self._init()
        return None


class _Reader:
    """The arrays of a checkpoint by name."""

    def __init__(self, prefix: str) -> None:
        self._arrays = {k + _SUFFIX: a for k, a in _read(prefix)[0].items()}

    def get_tensor(self, name: str) -> np.ndarray:
        """The array of a name; NotFoundError if there is none."""
        if name not in self._arrays:
            raise errors.NotFoundError(None, None, f"Key {name} not found in checkpoint")
        return self._arrays[name]

    def has_tensor(self, name: str) -> bool:
        """Whether there is such an array."""
        return name in self._arrays

    def get_variable_to_shape_map(self) -> dict:
        """The shape of every array."""
        return {k: list(a.shape) for k, a in self._arrays.items()}

    def get_variable_to_dtype_map(self) -> dict:
        """The type of every array."""
        from ._core import as_dtype

        return {k: as_dtype(a.dtype) for k, a in self._arrays.items()}


def load_checkpoint(ckpt_dir_or_file) -> _Reader:
    """A reader of a checkpoint, or of the newest in a folder. ValueError if the folder has none."""
    path = _path(ckpt_dir_or_file)
    if os.path.isdir(path):
        path = latest_checkpoint(path)
        if path is None:
            raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory "
                             f"{_path(ckpt_dir_or_file)}")
    return _Reader(path)


def list_variables(ckpt_dir_or_file) -> list:
    """Pairs of (name, shape) of what a checkpoint holds."""
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())


def load_variable(ckpt_dir_or_file, name: str) -> np.ndarray:
    """One array of a checkpoint."""
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))


__getattr__ = missing(__name__)
