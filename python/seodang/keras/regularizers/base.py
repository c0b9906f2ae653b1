"""`Regularizer`: penalties that are added to the loss."""

from __future__ import annotations

from .._family import Record


class Regularizer:
    """A penalty on a tensor: an object called with it. Subclass it with `__call__`."""

    def __call__(self, x):
        return 0.0

    def get_config(self) -> dict:
        """The options as a dictionary."""
        raise NotImplementedError(f"{self} does not implement get_config()")

    @classmethod
    def from_config(cls, config: dict):
        """A regularizer of the options that `get_config` gave."""
        return cls(**config)


class RecordRegularizer(Record, Regularizer):
    """A regularizer that Rust computes."""

    _handle_class = "RegularizerHandle"

    def __call__(self, x):
        """The penalty, a scalar."""
        return self._handle.penalty(x)
