"""`Constraint`: what weights must fulfil after each update."""

from __future__ import annotations

from .._family import Record


class Constraint:
    """A projection of weights: an object called with them. Subclass it with `__call__`."""

    def __call__(self, w):
        return w

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {}

    @classmethod
    def from_config(cls, config: dict):
        """A constraint of the options that `get_config` gave."""
        return cls(**config)


class RecordConstraint(Record, Constraint):
    """A constraint that Rust computes."""

    _handle_class = "ConstraintHandle"

    def __call__(self, w):
        """The nearest weights that fulfil it."""
        return self._handle.project(w)
