"""Learning rates that change with the step.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordSchedule


class CosineDecay(RecordSchedule):
    """Half a cosine wave from the first learning rate to `alpha` times it, after a linear warmup
    if `warmup_target` is given. Source: Loshchilov and Hutter 2017; Keras 3,
    `keras.optimizers.schedules.CosineDecay`.

    Args:
        initial_learning_rate: The learning rate at the first step.
        decay_steps: The number of steps to the end, the warmup not counted.
        alpha: The learning rate at the end, as a part of the one that decays.
        name: The schedule's name.
        warmup_target: The learning rate at the end of the warmup, from which it decays; without
        it there is no warmup.
        warmup_steps: The number of steps of the warmup.
    """

    _record = "CosineDecay"
    _fields: ClassVar[tuple[str, ...]] = (
        "initial_learning_rate",
        "decay_steps",
        "alpha",
        "warmup_target",
        "warmup_steps",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "alpha": 0.0,
        "name": "CosineDecay",
        "warmup_target": None,
        "warmup_steps": 0.0,
    }

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        alpha: float = 0.0,
        name: str = "CosineDecay",
        warmup_target: float | None = None,
        warmup_steps: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "initial_learning_rate": initial_learning_rate,
                "decay_steps": decay_steps,
                "alpha": alpha,
                "name": name,
                "warmup_target": warmup_target,
                "warmup_steps": warmup_steps,
            },
            kwargs,
        )


class CosineDecayRestarts(RecordSchedule):
    """Half cosine waves one after another, each `t_mul` times as long and `m_mul` times as high
    as the one before. Source: Loshchilov and Hutter 2017; Keras 3,
    `keras.optimizers.schedules.CosineDecayRestarts`.

    Args:
        initial_learning_rate: The learning rate at the first step.
        first_decay_steps: The number of steps of the first wave.
        t_mul: How much longer each wave is; at least 1.
        m_mul: How much higher each wave is.
        alpha: The learning rate at the end of a wave, as a part of the first one.
        name: The schedule's name.
    """

    _record = "CosineDecayRestarts"
    _fields: ClassVar[tuple[str, ...]] = (
        "initial_learning_rate",
        "first_decay_steps",
        "t_mul",
        "m_mul",
        "alpha",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "t_mul": 2.0,
        "m_mul": 1.0,
        "alpha": 0.0,
        "name": "SGDRDecay",
    }

    def __init__(
        self,
        initial_learning_rate: float,
        first_decay_steps: float,
        t_mul: float = 2.0,
        m_mul: float = 1.0,
        alpha: float = 0.0,
        name: str = "SGDRDecay",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "initial_learning_rate": initial_learning_rate,
                "first_decay_steps": first_decay_steps,
                "t_mul": t_mul,
                "m_mul": m_mul,
                "alpha": alpha,
                "name": name,
            },
            kwargs,
        )


class ExponentialDecay(RecordSchedule):
    """`initial_learning_rate * decay_rate^(step / decay_steps)`. Source: Keras 3,
    `keras.optimizers.schedules.ExponentialDecay`.

    Args:
        initial_learning_rate: The learning rate at the first step.
        decay_steps: The number of steps for which one decay stands.
        decay_rate: The decay.
        staircase: Whether the rate stays between multiples of `decay_steps`.
        name: The schedule's name.
    """

    _record = "ExponentialDecay"
    _fields: ClassVar[tuple[str, ...]] = (
        "initial_learning_rate",
        "decay_steps",
        "decay_rate",
        "staircase",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "staircase": False,
        "name": "ExponentialDecay",
    }

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str = "ExponentialDecay",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "initial_learning_rate": initial_learning_rate,
                "decay_steps": decay_steps,
                "decay_rate": decay_rate,
                "staircase": staircase,
                "name": name,
            },
            kwargs,
        )


class InverseTimeDecay(RecordSchedule):
    """`initial_learning_rate / (1 + decay_rate * step / decay_steps)`. Source: Keras 3,
    `keras.optimizers.schedules.InverseTimeDecay`.

    Args:
        initial_learning_rate: The learning rate at the first step.
        decay_steps: The number of steps for which one decay stands.
        decay_rate: The decay.
        staircase: Whether the rate stays between multiples of `decay_steps`.
        name: The schedule's name.
    """

    _record = "InverseTimeDecay"
    _fields: ClassVar[tuple[str, ...]] = (
        "initial_learning_rate",
        "decay_steps",
        "decay_rate",
        "staircase",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "staircase": False,
        "name": "InverseTimeDecay",
    }

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        decay_rate: float,
        staircase: bool = False,
        name: str = "InverseTimeDecay",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "initial_learning_rate": initial_learning_rate,
                "decay_steps": decay_steps,
                "decay_rate": decay_rate,
                "staircase": staircase,
                "name": name,
            },
            kwargs,
        )


class PiecewiseConstantDecay(RecordSchedule):
    """`values[0]` up to step `boundaries[0]`, `values[1]` up to `boundaries[1]`, and so on.
    Source: Keras 3, `keras.optimizers.schedules.PiecewiseConstantDecay`.

    Args:
        boundaries: The last steps of each value but the last, growing.
        values: The learning rates, one more than boundaries.
        name: The schedule's name.
    """

    _record = "PiecewiseConstantDecay"
    _fields: ClassVar[tuple[str, ...]] = (
        "boundaries",
        "values",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "name": "PiecewiseConstant",
    }

    def __init__(
        self,
        boundaries: Any,
        values: Any,
        name: str = "PiecewiseConstant",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "boundaries": boundaries,
                "values": values,
                "name": name,
            },
            kwargs,
        )


PiecewiseConstant = PiecewiseConstantDecay


class PolynomialDecay(RecordSchedule):
    """`(initial - end) * (1 - step / decay_steps)^power + end`, and `end` from `decay_steps` on,
    or again and again with `cycle`. Source: Keras 3,
    `keras.optimizers.schedules.PolynomialDecay`.

    Args:
        initial_learning_rate: The learning rate at the first step.
        decay_steps: The number of steps to the end.
        end_learning_rate: The learning rate at the end.
        power: The power: 1 for a line.
        cycle: Whether the decay begins again, each time over more steps.
        name: The schedule's name.
    """

    _record = "PolynomialDecay"
    _fields: ClassVar[tuple[str, ...]] = (
        "initial_learning_rate",
        "decay_steps",
        "end_learning_rate",
        "power",
        "cycle",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "end_learning_rate": 0.0001,
        "power": 1.0,
        "cycle": False,
        "name": "PolynomialDecay",
    }

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: float,
        end_learning_rate: float = 0.0001,
        power: float = 1.0,
        cycle: bool = False,
        name: str = "PolynomialDecay",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "initial_learning_rate": initial_learning_rate,
                "decay_steps": decay_steps,
                "end_learning_rate": end_learning_rate,
                "power": power,
                "cycle": cycle,
                "name": name,
            },
            kwargs,
        )


NAMES = (
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "PiecewiseConstant",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
)
