"""Penalties on weights.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordRegularizer


class L1(RecordRegularizer):
    """`l1 * sum(|x|)`. Source: Keras 3, `keras.regularizers.L1`.

    Args:
        l1: The factor.
    """

    _record = "L1"
    _fields: ClassVar[tuple[str, ...]] = (
        "l1",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "l1": 0.01,
    }

    def __init__(
        self,
        l1: float = 0.01,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "l1": l1,
            },
            kwargs,
        )


class L1L2(RecordRegularizer):
    """`l1 * sum(|x|) + l2 * sum(x^2)`. Source: Keras 3, `keras.regularizers.L1L2`.

    Args:
        l1: The factor of the absolute values.
        l2: The factor of the squares.
    """

    _record = "L1L2"
    _fields: ClassVar[tuple[str, ...]] = (
        "l1",
        "l2",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "l1": 0.0,
        "l2": 0.0,
    }

    def __init__(
        self,
        l1: float = 0.0,
        l2: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "l1": l1,
                "l2": l2,
            },
            kwargs,
        )


class L2(RecordRegularizer):
    """`l2 * sum(x^2)`. Source: Keras 3, `keras.regularizers.L2`.

    Args:
        l2: The factor.
    """

    _record = "L2"
    _fields: ClassVar[tuple[str, ...]] = (
        "l2",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "l2": 0.01,
    }

    def __init__(
        self,
        l2: float = 0.01,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "l2": l2,
            },
            kwargs,
        )


class OrthogonalRegularizer(RecordRegularizer):
    """`factor` times the mean over all pairs of rows (or columns) of the absolute cosine between
    them. Source: Keras 3, `keras.regularizers.OrthogonalRegularizer`.

    Args:
        factor: The factor.
        mode: Which vectors shall be orthogonal.
    """

    _record = "OrthogonalRegularizer"
    _fields: ClassVar[tuple[str, ...]] = (
        "factor",
        "mode",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "factor": 0.01,
        "mode": "rows",
    }

    def __init__(
        self,
        factor: float = 0.01,
        mode: Any = "rows",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "factor": factor,
                "mode": mode,
            },
            kwargs,
        )


NAMES = (
    "L1",
    "L1L2",
    "L2",
    "OrthogonalRegularizer",
)
