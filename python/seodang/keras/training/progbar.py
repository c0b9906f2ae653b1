"""The progress bar of `fit`, `evaluate` and `predict`, in the classic TensorFlow 2 look."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from typing import Any

import numpy as np


def is_interactive() -> bool:
    """Whether standard output can take back what it shows: a terminal or a notebook."""
    out = sys.stdout
    try:
        terminal = bool(out.isatty())
    except (AttributeError, ValueError):
        terminal = False
    return terminal or _in_notebook() or "PYCHARM_HOSTED" in os.environ


def _in_notebook() -> bool:
    return "ipykernel" in sys.modules and type(sys.stdout).__module__.startswith("ipykernel")


def format_value(value: float) -> str:
    """Four digits behind the point, or an exponent for what would show too few of them."""
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"


def format_duration(seconds: float) -> str:
    """The time of one step: `2s`, `3ms` or `45us`."""
    if seconds >= 1 or seconds == 0:
        return f"{seconds:.0f}s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.0f}ms"
    return f"{seconds * 1e6:.0f}us"


def _format_eta(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    if seconds > 3600:
        return f"{hours}:{minutes:02d}:{rest:02d}"
    if seconds > 60:
        return f"{minutes}:{rest:02d}"
    return f"{int(seconds)}s"


class Progbar:
    """A bar that shows how far a loop has come, and the means of what it measures.

    Args:
        target: how many steps there are; `None` if that is not known.
        width: how many characters the bar has.
        verbose: 0 (silent), 1 (bar), 2 (one line at the end).
        stateful_metrics: names of values that are shown as they are, not averaged.
        interval: at least so many seconds lie between two updates of the bar.
        unit_name: what a step is called.

    Where standard output is neither a terminal nor a notebook, the bar is written once, at the end.
    """

    def __init__(
        self,
        target: int | None,
        width: int = 30,
        verbose: int = 1,
        interval: float = 0.05,
        stateful_metrics: Iterable[str] | None = None,
        unit_name: str = "step",
    ) -> None:
        self.target = target
        self.width = width
        self.verbose = verbose
        self.interval = interval
        self.unit_name = unit_name
        self.stateful_metrics = set(stateful_metrics or ())
        self._dynamic = is_interactive()
        self._start = time.time()
        self._last_update = 0.0
        self._seen_so_far = 0
        self._shown = 0
        # A number that is shown as it is, or [weighted sum, weight].
        self._values: dict[str, Any] = {}

    def update(
        self,
        current: int,
        values: Iterable[tuple[str, Any]] | None = None,
        finalize: bool | None = None,
    ) -> None:
        """Shows that `current` steps are done, with the newest `values` as (name, value) pairs."""
        if finalize is None:
            finalize = self.target is not None and current >= self.target
        weight = max(current - self._seen_so_far, 1)
        for name, value in values or ():
            if name in self.stateful_metrics:
                self._values[name] = value
            else:
                pair = self._values.setdefault(name, [0.0, 0.0])
                if not isinstance(pair, list):
                    pair = self._values[name] = [0.0, 0.0]
                pair[0] += np.mean(value) * weight
                pair[1] += weight
        self._seen_so_far = current
        now = time.time()
        if self.verbose == 1:
            if finalize or (self._dynamic and now - self._last_update >= self.interval):
                self._draw(current, now, finalize)
                self._last_update = now
        elif self.verbose == 2 and finalize:
            head = f"{current}/{self.target}" if self.target is not None else f"{current}/Unknown"
            print(f"{head} - {now - self._start:.0f}s{self._values_text()}", flush=True)

    def add(self, n: int, values: Iterable[tuple[str, Any]] | None = None) -> None:
        """Shows that `n` more steps are done."""
        self.update(self._seen_so_far + n, values)

    def _bar(self, current: int) -> str:
        if self.target is None:
            return f"{current:7d}/Unknown"
        digits = len(str(self.target))
        done = int(self.width * min(current / max(self.target, 1), 1.0))
        body = ""
        if done > 0:
            body = "=" * (done - 1) + (">" if current < self.target else "=")
        return f"{current:{digits}d}/{self.target} [{body}{'.' * (self.width - done)}]"

    def _values_text(self) -> str:
        text = ""
        for name, value in self._values.items():
            if isinstance(value, list):
                value = value[0] / max(value[1], 1)
            try:
                text += f" - {name}: {format_value(float(value))}"
            except (TypeError, ValueError):
                text += f" - {name}: {value}"
        return text

    def _draw(self, current: int, now: float, finalize: bool) -> None:
        elapsed = now - self._start
        each = elapsed / current if current else 0.0
        if self.target is None or finalize:
            time_text = f" - {elapsed:.0f}s {format_duration(each)}/{self.unit_name}"
        else:
            time_text = f" - ETA: {_format_eta(each * (self.target - current))}"
        line = self._bar(current) + time_text + self._values_text()
        out = sys.stdout
        if self._dynamic:
            # Spaces wipe what a longer line has left behind.
            out.write("\r" + line + " " * max(self._shown - len(line), 0))
        else:
            out.write(line)
        if finalize:
            out.write("\n")
        self._shown = len(line)
        out.flush()
