"""Stub of `keras.constraints`, written by `python -m seodang._generate`."""

from typing import Any

from ._generated import MaxNorm as MaxNorm
from ._generated import MinMaxNorm as MinMaxNorm
from ._generated import NonNeg as NonNeg
from ._generated import UnitNorm as UnitNorm
from .base import Constraint as Constraint

def deserialize(config: Any, custom_objects: dict | None = ...) -> Any: ...
def serialize(obj: Any) -> Any: ...
def get(identifier: Any) -> Any: ...
