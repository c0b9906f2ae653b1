"""`Functional`: a model of symbolic inputs and outputs."""

from __future__ import annotations

from .model import Model


class Functional(Model):
    """A model that runs the layers between symbolic inputs and outputs."""

    def __init__(self, inputs, outputs, name: str | None = None, **kwargs) -> None:
        super().__init__(inputs, outputs, name=name, **kwargs)
