"""`History`: what `fit` returns."""

from __future__ import annotations

import html
import math
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
        # The epochs that measured each quantity: with `validation_freq`, not all of them.
        self._epochs: dict[str, list[int]] = {}

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.epoch = []
        self.history = {}
        self._epochs = {}

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
            self._epochs.setdefault(name, []).append(epoch)
        if self.model is not None:
            self.model.history = self

    def _measured(self, name: str) -> dict[int, Any]:
        """The values of a quantity by epoch."""
        values = self.history[name]
        epochs = self._epochs.get(name, [])
        # Programs may put quantities of their own into `history`.
        return dict(zip(epochs if len(epochs) == len(values) else self.epoch, values))

    def _repr_html_(self) -> str:
        """The losses as curves, and a table of the epochs, for notebooks."""
        measured = {name: self._measured(name) for name in self.history}
        head = "".join(f"<th>{html.escape(str(n))}</th>" for n in ["epoch", *measured])
        rows = []
        for epoch in self.epoch:
            cells = [_cell(values[epoch]) if epoch in values else "" for values in measured.values()]
            row = "".join(f"<td>{c}</td>" for c in [str(epoch + 1), *cells])
            rows.append(f"<tr>{row}</tr>")
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        return _curves({n: v for n, v in measured.items() if n in ("loss", "val_loss")}) + table


_WIDTH, _HEIGHT, _MARGIN = 320, 140, 24
_COLOURS = ("#1f77b4", "#ff7f0e")


def _curves(measured: dict[str, dict[int, Any]]) -> str:
    """An SVG of quantities over the epochs; nothing for fewer than two finite values."""
    found = {}
    for name, values in measured.items():
        points = [(e, float(v)) for e, v in values.items() if isinstance(v, (int, float))]
        points = [(e, v) for e, v in points if math.isfinite(v)]
        if len(points) > 1:
            found[name] = points
    if not found:
        return ""
    epochs = [e for points in found.values() for e, _ in points]
    values = [v for points in found.values() for _, v in points]
    first, last, low, high = min(epochs), max(epochs), min(values), max(values)
    across = (_WIDTH - 2 * _MARGIN) / (last - first)
    up = (_HEIGHT - 2 * _MARGIN) / ((high - low) or 1.0)
    parts = []
    for k, (name, points) in enumerate(found.items()):
        line = " ".join(
            f"{_MARGIN + (e - first) * across:.1f},{_HEIGHT - _MARGIN - (v - low) * up:.1f}"
            for e, v in points
        )
        colour = _COLOURS[k]
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
            f'<text x="{_WIDTH - _MARGIN}" y="{14 + 12 * k}" text-anchor="end" fill="{colour}">'
            f"{name}</text>"
        )
    scale = (
        f'<text x="{_MARGIN}" y="14">{_cell(high)}</text>'
        f'<text x="{_MARGIN}" y="{_HEIGHT - 8}">{_cell(low)}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'font-size="10" font-family="sans-serif">{scale}{"".join(parts)}</svg>'
    )


def _cell(value: Any) -> str:
    try:
        return f"{float(value):.4g}"
    except (TypeError, ValueError):
        return html.escape(str(value))
