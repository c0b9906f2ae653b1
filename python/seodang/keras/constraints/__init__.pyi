"""`keras.constraints`: What weights must fulfil after each update.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.constraints._generated import MaxNorm as MaxNorm
from seodang.keras.constraints._generated import MaxNorm as _MaxNorm
from seodang.keras.constraints._generated import MinMaxNorm as MinMaxNorm
from seodang.keras.constraints._generated import MinMaxNorm as _MinMaxNorm
from seodang.keras.constraints._generated import NonNeg as NonNeg
from seodang.keras.constraints._generated import NonNeg as _NonNeg
from seodang.keras.constraints._generated import UnitNorm as UnitNorm
from seodang.keras.constraints._generated import UnitNorm as _UnitNorm
from seodang.keras.constraints.base import Constraint as Constraint

def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The constraint of a configuration."""

def get(identifier):
    """The constraint of a name, a configuration, a class or a function; None stays None.

    Raises ValueError for an unknown name.
    """

max_norm = _MaxNorm

maxnorm = _MaxNorm

min_max_norm = _MinMaxNorm

minmaxnorm = _MinMaxNorm

non_neg = _NonNeg

nonneg = _NonNeg

def serialize(constraint, use_legacy_format: bool = False):
    """The configuration of one."""

unit_norm = _UnitNorm

unitnorm = _UnitNorm
