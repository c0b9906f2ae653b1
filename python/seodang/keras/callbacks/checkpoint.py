"""`ModelCheckpoint` and `BackupAndRestore`: models written while they train."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np

from ..._language import both
from .callback import Callback
from .monitors import direction


class ModelCheckpoint(Callback):
    """Writes the model, or its weights, after epochs or batches.

    Args:
        filepath: the file; `{epoch:02d}` and `{val_loss:.2f}` in it are filled in.
        monitor: the quantity that says which model is best.
        verbose: whether to say so.
        save_best_only: whether to write only what is better than everything before.
        save_weights_only: whether to write weights alone.
        mode: "min", "max", or "auto" by the quantity's name.
        save_freq: "epoch", or after so many batches.
        initial_value_threshold: what the quantity must be better than at first.
        period: after so many epochs (the older option).
    """

    def __init__(self, filepath, monitor="val_loss", verbose=0, save_best_only=False,
                 save_weights_only=False, mode="auto", save_freq: Any = "epoch", options=None,
                 initial_value_threshold=None, **kwargs) -> None:
        super().__init__()
        self.monitor = monitor
        self.verbose = verbose
        self.filepath = os.fspath(filepath)
        self.save_best_only = save_best_only
        self.save_weights_only = save_weights_only
        self.period = kwargs.pop("period", 1)
        kwargs.pop("load_weights_on_restart", None)
        if kwargs:
            raise TypeError(f"Invalid keyword arguments: {tuple(kwargs)}.")
        if save_freq != "epoch" and not isinstance(save_freq, int):
            raise ValueError(f"Unrecognized save_freq: {save_freq}. Expected save_freq are 'epoch' or "
                             "integer")
        self.save_freq = save_freq
        self.monitor_op, self.best = direction(monitor, mode, "ModelCheckpoint")
        if initial_value_threshold is not None:
            self.best = initial_value_threshold
        self.epochs_since_last_save = 0
        self._batches = 0
        self._epoch = 0

    def _wants_batches(self, mode: str) -> bool:
        return mode == "train" and self.save_freq != "epoch"

    def on_epoch_begin(self, epoch, logs=None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None) -> None:
        if self.save_freq == "epoch":
            return
        self._batches += 1
        if self._batches >= self.save_freq:
            self._batches = 0
            self._save(self._epoch, logs, batch)

    def on_epoch_end(self, epoch, logs=None) -> None:
        self.epochs_since_last_save += 1
        if self.save_freq == "epoch" and self.epochs_since_last_save >= self.period:
            self._save(epoch, logs, None)

    def _path(self, epoch: int, logs: dict, batch) -> str:
        values = {k: v for k, v in logs.items() if np.ndim(v) == 0}
        if batch is not None:
            values["batch"] = batch + 1
        try:
            return self.filepath.format(epoch=epoch + 1, **values)
        except KeyError as e:
            raise KeyError(f'Failed to format this callback filepath: "{self.filepath}". Reason: {e}'
                           ) from None

    def _save(self, epoch: int, logs, batch) -> None:
        logs = logs or {}
        self.epochs_since_last_save = 0
        path = self._path(epoch, logs, batch)
        if self.save_best_only:
            current = logs.get(self.monitor)
            if current is None:
                warnings.warn(both(
                    f"Can save best model only with {self.monitor} available, skipping.",
                    f"지표 {self.monitor}이(가) 없어 가장 좋은 모델을 저장하지 못했습니다.",
                ), stacklevel=2)
                return
            if not self.monitor_op(current, self.best):
                if self.verbose > 0:
                    print(f"\nEpoch {epoch + 1:05d}: {self.monitor} did not improve from "
                          f"{self.best:0.5f}")
                return
            if self.verbose > 0:
                print(f"\nEpoch {epoch + 1:05d}: {self.monitor} improved from {self.best:0.5f} to "
                      f"{current:0.5f}, saving model to {path}")
            self.best = current
        elif self.verbose > 0:
            print(f"\nEpoch {epoch + 1:05d}: saving model to {path}")
        folder = os.path.dirname(path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        if self.save_weights_only:
            self.model.save_weights(path, overwrite=True)
        else:
            self.model.save(path, overwrite=True)


class BackupAndRestore(Callback):
    """Writes weights and progress after each epoch, and goes on from there after an interruption.

    Args:
        backup_dir: the folder.
        save_freq: "epoch".
        delete_checkpoint: whether the backup is deleted at the end.
    """

    def __init__(self, backup_dir, save_freq: Any = "epoch", delete_checkpoint=True,
                 save_before_preemption=False) -> None:
        super().__init__()
        if not backup_dir:
            raise ValueError("Empty `backup_dir` argument passed")
        if save_freq != "epoch":
            raise NotImplementedError("BackupAndRestore writes after epochs only: save_freq='epoch'.")
        self.backup_dir = os.fspath(backup_dir)
        self.delete_checkpoint = delete_checkpoint
        self._file = os.path.join(self.backup_dir, "backup.npz")

    def on_train_begin(self, logs=None) -> None:
        if not os.path.exists(self._file):
            return
        with np.load(self._file, allow_pickle=False) as saved:
            weights = [saved[f"w{i}"] for i in range(int(saved["weights"]))]
            state = [saved[f"o{i}"] for i in range(int(saved["state"]))]
            self.model.set_weights(weights)
            self.model.optimizer._prepare(self.model.trainable_variables)
            self.model.optimizer.set_weights(state)
            self.model._initial_epoch = int(saved["epoch"])

    def on_epoch_end(self, epoch, logs=None) -> None:
        os.makedirs(self.backup_dir, exist_ok=True)
        weights, state = self.model.get_weights(), self.model.optimizer.get_weights()
        arrays = {f"w{i}": w for i, w in enumerate(weights)}
        arrays |= {f"o{i}": w for i, w in enumerate(state)}
        new = self._file + ".new.npz"
        np.savez(new, epoch=epoch + 1, weights=len(weights), state=len(state), **arrays)
        os.replace(new, self._file)

    def on_train_end(self, logs=None) -> None:
        if self.delete_checkpoint and os.path.exists(self._file):
            os.remove(self._file)
