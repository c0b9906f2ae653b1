"""Callbacks that watch a quantity: EarlyStopping, ReduceLROnPlateau; and the learning rate's own."""

from __future__ import annotations

import warnings

import numpy as np

from ... import _native as native
from ..._language import both
from .callback import Callback


def direction(monitor: str, mode: str, owner: str):
    """The comparison that says which of two values is better, and the worst value."""
    if mode not in ("auto", "min", "max"):
        warnings.warn(f"{owner} mode {mode} is unknown, fallback to auto mode.", stacklevel=3)
        mode = "auto"
    if mode == "auto":
        name = monitor.removeprefix("val_")
        up = name.endswith(("acc", "accuracy", "auc", "precision", "recall")) or name.startswith("fmeasure")
        mode = "max" if up or "acc" in name else "min"
    return (np.greater, -np.inf) if mode == "max" else (np.less, np.inf)


def watched(logs: dict, monitor: str, owner: str):
    """The value of the quantity; a warning and None if it is not measured."""
    value = (logs or {}).get(monitor)
    if value is None:
        warnings.warn(both(
            f"{owner} conditioned on metric `{monitor}` which is not available. Available metrics are: "
            f"{','.join(logs or {})}",
            f"{owner}가 볼 지표 `{monitor}`이(가) 없습니다. 있는 지표: {','.join(logs or {})}",
        ), stacklevel=3)
    return value


class EarlyStopping(Callback):
    """Ends training when a quantity has stopped improving.

    Args:
        monitor: the quantity.
        min_delta: what counts as an improvement.
        patience: how many epochs without one are waited.
        verbose: whether to say so.
        mode: "min", "max", or "auto" by the quantity's name.
        baseline: what the quantity must be better than.
        restore_best_weights: whether the model gets the weights of its best epoch back.
        start_from_epoch: the first epoch that counts.
    """

    def __init__(self, monitor="val_loss", min_delta: float = 0, patience=0, verbose=0, mode="auto",
                 baseline=None, restore_best_weights=False, start_from_epoch=0) -> None:
        super().__init__()
        self.monitor = monitor
        self.patience = patience
        self.verbose = verbose
        self.baseline = baseline
        self.min_delta = abs(min_delta)
        self.wait = 0
        self.stopped_epoch = 0
        self.restore_best_weights = restore_best_weights
        self.best_weights = None
        self.start_from_epoch = start_from_epoch
        self.monitor_op, self._worst = direction(monitor, mode, "EarlyStopping")
        self.min_delta *= 1 if self.monitor_op is np.greater else -1
        self.best = self._worst
        self.best_epoch = 0

    def on_train_begin(self, logs=None) -> None:
        self.wait = 0
        self.stopped_epoch = 0
        self.best = self._worst if self.baseline is None else self.baseline
        self.best_weights = None
        self.best_epoch = 0

    def on_epoch_end(self, epoch, logs=None) -> None:
        current = self.get_monitor_value(logs)
        if current is None or epoch < self.start_from_epoch:
            return
        if self.restore_best_weights and self.best_weights is None:
            self.best_weights = self.model.get_weights()
            self.best_epoch = epoch
        self.wait += 1
        if self._is_improvement(current, self.best):
            self.best = current
            self.best_epoch = epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            if self.baseline is None or self._is_improvement(current, self.baseline):
                self.wait = 0
            return
        if self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True
            if self.restore_best_weights and self.best_weights is not None:
                if self.verbose > 0:
                    print("Restoring model weights from the end of the best epoch: "
                          f"{self.best_epoch + 1}.")
                self.model.set_weights(self.best_weights)

    def on_train_end(self, logs=None) -> None:
        if self.stopped_epoch > 0 and self.verbose > 0:
            print(f"Epoch {self.stopped_epoch + 1:05d}: early stopping")

    def get_monitor_value(self, logs):
        """The quantity's value in an epoch's logs."""
        return watched(logs, self.monitor, "Early stopping")

    def _is_improvement(self, value, reference) -> bool:
        return bool(self.monitor_op(value - self.min_delta, reference))


class ReduceLROnPlateau(Callback):
    """Makes the learning rate smaller when a quantity has stopped improving.

    Args:
        monitor: the quantity.
        factor: what the learning rate is multiplied by.
        patience: how many epochs without an improvement are waited.
        verbose: whether to say so.
        mode: "min", "max", or "auto" by the quantity's name.
        min_delta: what counts as an improvement.
        cooldown: epochs after a change in which nothing is counted.
        min_lr: below which the rate never falls.
    """

    def __init__(self, monitor="val_loss", factor=0.1, patience=10, verbose=0, mode="auto",
                 min_delta=1e-4, cooldown=0, min_lr: float = 0, **kwargs) -> None:
        super().__init__()
        if factor >= 1.0:
            raise ValueError(both(
                f"ReduceLROnPlateau does not support a factor >= 1.0. Got {factor}",
                f"factor는 1보다 작아야 합니다. 받은 값: {factor}",
            ))
        self.monitor = monitor
        self.min_delta = kwargs.get("epsilon", min_delta)
        self.factor = factor
        self.min_lr = min_lr
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self.mode = mode
        self._reset()

    def _reset(self) -> None:
        better, self.best = direction(self.monitor, self.mode, "ReduceLROnPlateau")
        if better is np.less:
            self.monitor_op = lambda a, b: np.less(a, b - self.min_delta)
        else:
            self.monitor_op = lambda a, b: np.greater(a, b + self.min_delta)
        self.cooldown_counter = 0
        self.wait = 0

    def on_train_begin(self, logs=None) -> None:
        self._reset()

    def on_epoch_end(self, epoch, logs=None) -> None:
        logs = logs if logs is not None else {}
        rate = self.model.optimizer.learning_rate
        logs["lr"] = float(rate) if native.is_tensor(rate) else self.model.optimizer._current_rate()
        current = watched(logs, self.monitor, "Learning rate reduction is")
        if current is None:
            return
        if self.in_cooldown():
            self.cooldown_counter -= 1
            self.wait = 0
        if self.monitor_op(current, self.best):
            self.best = current
            self.wait = 0
        elif not self.in_cooldown():
            self.wait += 1
            if self.wait >= self.patience:
                old = float(np.float32(logs["lr"]))
                if old > np.float32(self.min_lr):
                    new = max(old * self.factor, self.min_lr)
                    self.model.optimizer.learning_rate = new
                    if self.verbose > 0:
                        print(f"\nEpoch {epoch + 1:05d}: ReduceLROnPlateau reducing learning rate to "
                              f"{new}.")
                    self.cooldown_counter = self.cooldown
                    self.wait = 0

    def in_cooldown(self) -> bool:
        """Whether a change was made so short ago that nothing is counted."""
        return self.cooldown_counter > 0


class LearningRateScheduler(Callback):
    """Sets the learning rate of each epoch.

    Args:
        schedule: a function of (epoch) or (epoch, learning rate) that gives the new rate.
        verbose: whether to say so.
    """

    def __init__(self, schedule, verbose: int = 0) -> None:
        super().__init__()
        self.schedule = schedule
        self.verbose = verbose

    def _rate(self) -> float:
        return float(np.float32(self.model.optimizer._current_rate()))

    def on_epoch_begin(self, epoch, logs=None) -> None:
        try:
            rate = self.schedule(epoch, self._rate())
        except TypeError:
            rate = self.schedule(epoch)
        if native.is_tensor(rate):
            rate = float(rate)
        if not isinstance(rate, (float, np.floating, int, np.integer)):
            raise ValueError(
                f'The output of the "schedule" function should be float. Got: {rate}'
            )
        self.model.optimizer.learning_rate = float(rate)
        if self.verbose > 0:
            print(f"\nEpoch {epoch + 1:05d}: LearningRateScheduler setting learning rate to {rate}.")

    def on_epoch_end(self, epoch, logs=None) -> None:
        if logs is not None:
            logs["lr"] = self._rate()
