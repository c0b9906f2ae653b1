"""`History`: what `fit` returns."""

from __future__ import annotations

import html
from typing import Any

from .callback import Callback


class History(Callback):
    """Records what each epoch measured; `fit` adds one by itself and returns it.

    Attributes:
        history: for each name (`"loss"`, `"val_accuracy"`, ...) the list of the epochs' values.
        epoch: the numbers of the epochs, from 0.
        params: `verbose`, `epochs` and `steps` of the run.
    """

    def __init__(self) -> None:
        super().__init__()
        self.history: dict[str, list[float]] = {}
        self.epoch: list[int] = []

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.epoch = []
        self.history = {}

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
        if self.model is not None:
            self.model.history = self

    def _repr_html_(self) -> str:
        """A table of the epochs, for notebooks."""
        names = list(self.history)
        head = "".join(f"<th>{html.escape(str(n))}</th>" for n in ["epoch", *names])
        rows = []
        for i, epoch in enumerate(self.epoch):
            cells = [str(epoch + 1)]
            for name in names:
                values = self.history[name]
                # With validation_freq a quantity has fewer values than there are epochs.
                cells.append(_cell(values[i]) if len(values) == len(self.epoch) else "")
            rows.append("<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _cell(value: Any) -> str:
    try:
        return f"{float(value):.4g}"
    except (TypeError, ValueError):
        return html.escape(str(value))
