"""Stub of `keras.regularizers`, written by `python -m seodang._generate`."""

from typing import Any

from ._generated import L1 as L1
from ._generated import L1L2 as L1L2
from ._generated import L2 as L2
from ._generated import OrthogonalRegularizer as OrthogonalRegularizer
from .base import Regularizer as Regularizer

def deserialize(config: Any, custom_objects: dict | None = ...) -> Any: ...
def serialize(obj: Any) -> Any: ...
def get(identifier: Any) -> Any: ...
