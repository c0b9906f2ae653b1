"""`LearningRateSchedule`: learning rates that change with the step."""

from __future__ import annotations

from .... import _native as native
from ..._family import Record


class LearningRateSchedule:
    """A learning rate that depends on the step. Subclass it with `__call__(step)`."""

    def __call__(self, step):
        raise NotImplementedError("Learning rate schedule must override `__call__`.")

    def get_config(self) -> dict:
        """The options as a dictionary."""
        raise NotImplementedError("Learning rate schedule must override `get_config`.")

    @classmethod
    def from_config(cls, config: dict):
        """A schedule of the options that `get_config` gave."""
        return cls(**config)


class RecordSchedule(Record, LearningRateSchedule):
    """A schedule that Rust computes."""

    _handle_class = "ScheduleHandle"

    def __call__(self, step):
        """The learning rate at a step."""
        return self._handle.rate(native.convert(step))
