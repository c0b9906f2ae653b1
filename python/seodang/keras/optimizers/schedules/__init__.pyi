"""`keras.optimizers.schedules`: learning rates that change with the step.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.optimizers.schedules._generated import CosineDecay as CosineDecay
from seodang.keras.optimizers.schedules._generated import CosineDecayRestarts as CosineDecayRestarts
from seodang.keras.optimizers.schedules._generated import ExponentialDecay as ExponentialDecay
from seodang.keras.optimizers.schedules._generated import InverseTimeDecay as InverseTimeDecay
from seodang.keras.optimizers.schedules._generated import PiecewiseConstantDecay as PiecewiseConstantDecay
from seodang.keras.optimizers.schedules._generated import PiecewiseConstantDecay as _PiecewiseConstantDecay
from seodang.keras.optimizers.schedules._generated import PolynomialDecay as PolynomialDecay
from seodang.keras.optimizers.schedules.base import LearningRateSchedule as LearningRateSchedule

PiecewiseConstant = _PiecewiseConstantDecay

def deserialize(config, custom_objects: dict | None = None):
    """The schedule of a configuration."""

def serialize(schedule):
    """The configuration of a schedule."""
