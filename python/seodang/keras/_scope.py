"""What a layer's call inherits from the call around it: `training`, names, losses."""

from __future__ import annotations

import contextlib
import threading

from . import _config


class Call:
    """One layer's call in progress."""

    __slots__ = ("layer", "training", "root", "owners")

    def __init__(self, layer, training, outer: Call | None) -> None:
        self.layer = layer
        self.training = training
        self.root = self if outer is None else outer.root
        # Layers that recorded losses or metrics in the outermost call.
        self.owners: list = [] if outer is None else self.root.owners


class _Stack(threading.local):
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.rows_vary = False
        # The layers whose `build` is running, outermost first.
        self.building: list = []


stack = _Stack()


def current() -> Call | None:
    """The innermost call in progress in this thread, or None."""
    calls = stack.calls
    return calls[-1] if calls else None


def default_training():
    """`training` for a layer that was not given one: the outer call's, else the learning phase."""
    calls = stack.calls
    if calls and calls[-1].training is not None:
        return calls[-1].training
    return _config.learning_phase()


def path() -> list[str]:
    """The names of the layers being called, outermost first."""
    return [call.layer.name for call in stack.calls]


@contextlib.contextmanager
def rows_vary():
    """For calls whose number of rows says nothing: `fit` makes the weights with one row."""
    before, stack.rows_vary = stack.rows_vary, True
    try:
        yield
    finally:
        stack.rows_vary = before
