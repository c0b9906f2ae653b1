"""What weights must fulfil.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordConstraint


class MaxNorm(RecordConstraint):
    """Norms along an axis not above a limit. Source: Keras 3, `keras.constraints.MaxNorm`.

    Args:
        max_value: The limit.
        axis: The axis: 0 for the weights into each unit of a Dense kernel.
    """

    _record = "MaxNorm"
    _fields: ClassVar[tuple[str, ...]] = (
        "max_value",
        "axis",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "max_value": 2.0,
        "axis": 0,
    }

    def __init__(
        self,
        max_value: float = 2.0,
        axis: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "max_value": max_value,
                "axis": axis,
            },
            kwargs,
        )


class MinMaxNorm(RecordConstraint):
    """Norms along an axis drawn into an interval. Source: Keras 3,
    `keras.constraints.MinMaxNorm`.

    Args:
        min_value: The lower limit.
        max_value: The upper limit.
        rate: How far towards the interval an update goes: 1 for all the way.
        axis: The axis: 0 for the weights into each unit of a Dense kernel.
    """

    _record = "MinMaxNorm"
    _fields: ClassVar[tuple[str, ...]] = (
        "min_value",
        "max_value",
        "rate",
        "axis",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "min_value": 0.0,
        "max_value": 1.0,
        "rate": 1.0,
        "axis": 0,
    }

    def __init__(
        self,
        min_value: float = 0.0,
        max_value: float = 1.0,
        rate: float = 1.0,
        axis: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "min_value": min_value,
                "max_value": max_value,
                "rate": rate,
                "axis": axis,
            },
            kwargs,
        )


class NonNeg(RecordConstraint):
    """No element below 0. Source: Keras 3, `keras.constraints.NonNeg`.
    """

    _record = "NonNeg"
    _fields: ClassVar[tuple[str, ...]] = ()
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
            },
            kwargs,
        )


class UnitNorm(RecordConstraint):
    """Norm 1 along an axis. Source: Keras 3, `keras.constraints.UnitNorm`.

    Args:
        axis: The axis: 0 for the weights into each unit of a Dense kernel.
    """

    _record = "UnitNorm"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": 0,
    }

    def __init__(
        self,
        axis: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "axis": axis,
            },
            kwargs,
        )


NAMES = (
    "MaxNorm",
    "MinMaxNorm",
    "NonNeg",
    "UnitNorm",
)
