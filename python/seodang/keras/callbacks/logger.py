"""`ProgbarLogger`, `CSVLogger`, `LambdaCallback`, `TerminateOnNaN`: callbacks that report."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ..training.progbar import Progbar
from .callback import Callback


class ProgbarLogger(Callback):
    """Prints the progress of `fit`, `evaluate` and `predict`, as `verbose` says.

    Args:
        count_mode: `"steps"` or `"samples"`; steps are counted in either case.
        stateful_metrics: accepted as in Keras; metrics of a model are shown as they are anyway.
    """

    def __init__(
        self, count_mode: str = "samples", stateful_metrics: Iterable[str] | None = None
    ) -> None:
        super().__init__()
        if count_mode not in ("samples", "steps"):
            raise ValueError(f"Unknown `count_mode`: {count_mode}. Use 'samples' or 'steps'.")
        self._bar: Progbar | None = None
        self._in_fit = False
        self._target: int | None = None
        self._verbose = 1
        self._done = 0

    def set_params(self, params: dict[str, Any]) -> None:
        super().set_params(params)
        self._verbose = params.get("verbose", 1)
        self._target = params.get("steps")

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self._in_fit = True

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        epochs = (self.params or {}).get("epochs", "?")
        if self._verbose and epochs != 1:
            print(f"Epoch {epoch + 1}/{epochs}", flush=True)
        self._begin()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._finish(logs)

    def on_test_begin(self, logs: dict[str, float] | None = None) -> None:
        if not self._in_fit:
            self._begin()

    def on_test_end(self, logs: dict[str, float] | None = None) -> None:
        if not self._in_fit:
            self._finish(logs)

    def on_predict_begin(self, logs: dict[str, Any] | None = None) -> None:
        self._begin()

    def on_predict_end(self, logs: dict[str, Any] | None = None) -> None:
        self._finish(None)

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        self._in_fit = False

    def _begin(self) -> None:
        self._done = 0
        self._bar = Progbar(self._target, verbose=self._verbose, unit_name="step")

    def wants_progress(self) -> bool:
        """Whether a moving bar is on the screen, which likes to be fed while steps run."""
        return self._verbose == 1 and self._bar is not None and self._bar._dynamic

    def progress(self, done: int, logs: dict[str, float] | None = None) -> None:
        """Shows that `done` steps of the epoch are done; called by the loop that runs them."""
        self._done = done
        if self._bar is None or not self._verbose or not self._bar._dynamic:
            return
        self._show(done, logs, finalize=False)

    def count(self, done: int) -> None:
        """Notes that `done` steps of the epoch are done, without showing it."""
        self._done = done

    def _finish(self, logs: dict[str, float] | None) -> None:
        if self._bar is None or not self._verbose:
            return
        if self._target is None:
            self._target = self._bar.target = self._done
        self._show(self._done, logs, finalize=True)
        self._bar = None

    def _show(self, done: int, logs: dict[str, float] | None, finalize: bool) -> None:
        bar = self._bar
        if bar is None:
            return
        logs = {k: v for k, v in (logs or {}).items() if k not in ("batch", "size")}
        bar.stateful_metrics.update(logs)
        bar.update(done, logs.items(), finalize=finalize)


class CSVLogger(Callback):
    """Writes what each epoch measured to a CSV file.

    Args:
        filename: the file.
        separator: what stands between two values.
        append: whether to add to a file that exists, instead of writing a new one.
    """

    def __init__(self, filename: Any, separator: str = ",", append: bool = False) -> None:
        super().__init__()
        self.filename = os.fspath(filename)
        self.sep = separator
        self.append = append
        self.keys: list[str] | None = None
        self.csv_file: Any = None
        self._writer: Any = None
        self._write_header = True

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.keys = None
        self._writer = None
        self._write_header = True
        if self.append and os.path.exists(self.filename):
            with open(self.filename, newline="") as file:
                self._write_header = not file.readline().strip()
        self.csv_file = open(self.filename, "a" if self.append else "w", newline="")  # noqa: SIM115

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        logs = logs or {}
        if self.keys is None:
            self.keys = sorted(logs)
            # Validation that does not happen in every epoch gets its columns from the start.
            val = [f"val_{k}" for k in self.keys if not k.startswith("val_")]
            if getattr(self.model, "_validates", False) and not any(k in logs for k in val):
                self.keys += val
        if self._writer is None:
            self._writer = csv.writer(self.csv_file, delimiter=self.sep, lineterminator="\n")
            if self._write_header:
                self._writer.writerow(["epoch", *self.keys])
        self._writer.writerow([epoch, *(_plain(logs.get(k, "NA")) for k in self.keys)])
        self.csv_file.flush()

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        if self.csv_file is not None:
            self.csv_file.close()
        self.csv_file = self._writer = None


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    array = np.asarray(value)
    return array.item() if array.ndim == 0 else f'"[{", ".join(map(str, array.tolist()))}]"'


class LambdaCallback(Callback):
    """A callback of plain functions, each given under the name of the method that it replaces.

    Args:
        on_epoch_begin, on_epoch_end: functions of (epoch, logs).
        on_batch_begin, on_batch_end: functions of (batch, logs); also under `on_train_batch_...`.
        on_train_begin, on_train_end: functions of (logs).
        **kwargs: functions for any other method, such as `on_test_end`.
    """

    def __init__(
        self,
        on_epoch_begin: Callable[..., Any] | None = None,
        on_epoch_end: Callable[..., Any] | None = None,
        on_batch_begin: Callable[..., Any] | None = None,
        on_batch_end: Callable[..., Any] | None = None,
        on_train_begin: Callable[..., Any] | None = None,
        on_train_end: Callable[..., Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__()
        given = {
            "on_epoch_begin": on_epoch_begin,
            "on_epoch_end": on_epoch_end,
            "on_batch_begin": on_batch_begin,
            "on_batch_end": on_batch_end,
            "on_train_begin": on_train_begin,
            "on_train_end": on_train_end,
        }
        given.update(kwargs)
        for name, function in given.items():
            if function is not None:
                setattr(self, name, function)


class TerminateOnNaN(Callback):
    """Ends training when the loss is not a number, or infinite."""

    def on_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        loss = (logs or {}).get("loss")
        if loss is not None and not np.all(np.isfinite(loss)):
            print(f"Batch {batch}: Invalid loss, terminating training")
            self.model.stop_training = True


__all__ = ["CSVLogger", "LambdaCallback", "ProgbarLogger", "TerminateOnNaN"]
