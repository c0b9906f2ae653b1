"""Optimizers in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .base import RecordOptimizer


class Adadelta(RecordOptimizer):
    """Steps as large as recent steps were, in place of a unit of the learning rate: `a = rho * a
    + (1 - rho) * g^2`, `step = -sqrt(d + epsilon) / sqrt(a + epsilon) * g`, `d = rho * d + (1
    - rho) * step^2`, `w += learning_rate * step`. Source: Zeiler 2012; Keras 3,
    `keras.optimizers.Adadelta`.

    Args:
        learning_rate: The learning rate, or a schedule.
        rho: How slowly the averages follow.
        epsilon: Added to the averages before their roots.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Adadelta"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "rho",
        "epsilon",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "rho": 0.95,
        "epsilon": 1e-07,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "adadelta",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.95,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "adadelta",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "rho": rho,
                "epsilon": epsilon,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Adagrad(RecordOptimizer):
    """Divides the gradient by the root of the sum of its squares so far: `a += g^2`, `w -=
    learning_rate * g / sqrt(a + epsilon)`. Source: Duchi et al. 2011; Keras 3,
    `keras.optimizers.Adagrad`.

    Args:
        learning_rate: The learning rate, or a schedule.
        initial_accumulator_value: What the sums begin with.
        epsilon: Added to the sum before the root.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Adagrad"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "initial_accumulator_value",
        "epsilon",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "initial_accumulator_value": 0.1,
        "epsilon": 1e-07,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "adagrad",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "adagrad",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "initial_accumulator_value": initial_accumulator_value,
                "epsilon": epsilon,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Adam(RecordOptimizer):
    """Moving averages of the gradient and of its square: `m += (1 - beta_1) * (g - m)`, `v += (1
    - beta_2) * (g^2 - v)`, `w -= alpha * m / (sqrt(v) + epsilon)` with `alpha = learning_rate
    * sqrt(1 - beta_2^t) / (1 - beta_1^t)`. Source: Kingma and Ba 2015, algorithm 1 with the
    remark on efficiency; amsgrad: Reddi et al. 2018; Keras 3, `keras.optimizers.Adam`.

    Args:
        learning_rate: The learning rate, or a schedule.
        beta_1: How slowly the average of the gradient follows.
        beta_2: How slowly the average of its square follows.
        epsilon: Added to the root.
        amsgrad: Whether the largest average of squares so far is used.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Adam"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "beta_1",
        "beta_2",
        "epsilon",
        "amsgrad",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "amsgrad": False,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "adam",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        amsgrad: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "adam",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "beta_1": beta_1,
                "beta_2": beta_2,
                "epsilon": epsilon,
                "amsgrad": amsgrad,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class AdamW(RecordOptimizer):
    """[`Adam`](super::Adam) with weight decay: before each update the weight loses `weight_decay
    * learning_rate` of itself. Source: Loshchilov and Hutter 2019; Keras 3,
    `keras.optimizers.AdamW`.

    Args:
        learning_rate: The learning rate, or a schedule.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        beta_1: How slowly the average of the gradient follows.
        beta_2: How slowly the average of its square follows.
        epsilon: Added to the root.
        amsgrad: Whether the largest average of squares so far is used.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "AdamW"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "beta_1",
        "beta_2",
        "epsilon",
        "amsgrad",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "weight_decay": 0.004,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "amsgrad": False,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "adam_w",
    }
    _nullable: ClassVar[tuple[str, ...]] = (
        "weight_decay",
    )

    def __init__(
        self,
        learning_rate: Any = 0.001,
        weight_decay: float | None = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        amsgrad: bool = False,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "adam_w",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "weight_decay": weight_decay,
                "beta_1": beta_1,
                "beta_2": beta_2,
                "epsilon": epsilon,
                "amsgrad": amsgrad,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Adamax(RecordOptimizer):
    """[`Adam`](super::Adam) with the largest recent gradient in place of the average of squares:
    `m += (1 - beta_1) * (g - m)`, `u = max(beta_2 * u, |g|)`, `w -= learning_rate / (1 -
    beta_1^t) * m / (u + epsilon)`. Source: Kingma and Ba 2015, algorithm 2; Keras 3,
    `keras.optimizers.Adamax`.

    Args:
        learning_rate: The learning rate, or a schedule.
        beta_1: How slowly the average of the gradient follows.
        beta_2: How slowly the largest gradient is forgotten.
        epsilon: Added to the largest gradient.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Adamax"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "beta_1",
        "beta_2",
        "epsilon",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "adamax",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "adamax",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "beta_1": beta_1,
                "beta_2": beta_2,
                "epsilon": epsilon,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Ftrl(RecordOptimizer):
    """Follows the regularized leader: sparse weights under `l1_regularization_strength`. Source:
    McMahan et al. 2013; Keras 3, `keras.optimizers.Ftrl`.

    Args:
        learning_rate: The learning rate, or a schedule.
        learning_rate_power: How the learning rate falls with the sum of squared gradients; not
        above 0.
        initial_accumulator_value: What the sums of squared gradients begin with.
        l1_regularization_strength: The factor of the absolute weights.
        l2_regularization_strength: The factor of the squared weights.
        l2_shrinkage_regularization_strength: The factor of the squared weights, as a part of the
        gradient.
        beta: Added to the learning rate's denominator.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Ftrl"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "learning_rate_power",
        "initial_accumulator_value",
        "l1_regularization_strength",
        "l2_regularization_strength",
        "l2_shrinkage_regularization_strength",
        "beta",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "learning_rate_power": -0.5,
        "initial_accumulator_value": 0.1,
        "l1_regularization_strength": 0.0,
        "l2_regularization_strength": 0.0,
        "l2_shrinkage_regularization_strength": 0.0,
        "beta": 0.0,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "ftrl",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        learning_rate_power: float = -0.5,
        initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0,
        l2_regularization_strength: float = 0.0,
        l2_shrinkage_regularization_strength: float = 0.0,
        beta: float = 0.0,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "ftrl",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "learning_rate_power": learning_rate_power,
                "initial_accumulator_value": initial_accumulator_value,
                "l1_regularization_strength": l1_regularization_strength,
                "l2_regularization_strength": l2_regularization_strength,
                "l2_shrinkage_regularization_strength": l2_shrinkage_regularization_strength,
                "beta": beta,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Lamb(RecordOptimizer):
    """[`Adam`](super::Adam) with each weight's step made as long as the weight, for large
    batches. Source: You et al. 2020; Keras 3, `keras.optimizers.Lamb`.

    Args:
        learning_rate: The learning rate, or a schedule.
        beta_1: How slowly the average of the gradient follows.
        beta_2: How slowly the average of its square follows.
        epsilon: Added to the root.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Lamb"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "beta_1",
        "beta_2",
        "epsilon",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "lamb",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "lamb",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "beta_1": beta_1,
                "beta_2": beta_2,
                "epsilon": epsilon,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Lion(RecordOptimizer):
    """Steps of one size in the direction of an average of gradients: `w -= learning_rate *
    sign(beta_1 * m + (1 - beta_1) * g)`, `m = beta_2 * m + (1 - beta_2) * g`. Source: Chen et
    al. 2023; Keras 3, `keras.optimizers.Lion`.

    Args:
        learning_rate: The learning rate, or a schedule.
        beta_1: How much the average counts in a step.
        beta_2: How slowly the average follows.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Lion"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "beta_1",
        "beta_2",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.99,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "lion",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.99,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "lion",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "beta_1": beta_1,
                "beta_2": beta_2,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class Nadam(RecordOptimizer):
    """[`Adam`](super::Adam) with Nesterov's momentum. Source: Dozat 2015; Keras 3,
    `keras.optimizers.Nadam`.

    Args:
        learning_rate: The learning rate, or a schedule.
        beta_1: How slowly the average of the gradient follows.
        beta_2: How slowly the average of its square follows.
        epsilon: Added to the root.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "Nadam"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "beta_1",
        "beta_2",
        "epsilon",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "beta_1": 0.9,
        "beta_2": 0.999,
        "epsilon": 1e-07,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "nadam",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-07,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "nadam",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "beta_1": beta_1,
                "beta_2": beta_2,
                "epsilon": epsilon,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class RMSprop(RecordOptimizer):
    """Divides the gradient by the root of a moving average of its square: `v = rho * v + (1 -
    rho) * g^2`, `w -= learning_rate * g / sqrt(v + epsilon)`; centered, the square of the
    gradient's moving average is taken off v. Source: Hinton 2012; Keras 3,
    `keras.optimizers.RMSprop`.

    Args:
        learning_rate: The learning rate, or a schedule.
        rho: How slowly the averages follow.
        momentum: How much of the last step is repeated.
        epsilon: Added to the average before the root.
        centered: Whether the variance is used in place of the mean square.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "RMSprop"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "rho",
        "momentum",
        "epsilon",
        "centered",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.001,
        "rho": 0.9,
        "momentum": 0.0,
        "epsilon": 1e-07,
        "centered": False,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "rm_sprop",
    }

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-07,
        centered: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "rm_sprop",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "rho": rho,
                "momentum": momentum,
                "epsilon": epsilon,
                "centered": centered,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


class SGD(RecordOptimizer):
    """Gradient descent: `w -= learning_rate * g`; with momentum `v = momentum * v - learning_rate
    * g` and `w += v`, and with Nesterov's `w += momentum * v - learning_rate * g`. Source:
    Sutskever et al. 2013; Keras 3, `keras.optimizers.SGD`.

    Args:
        learning_rate: The learning rate, or a schedule.
        momentum: How much of the last step is repeated: 0 to 1.
        nesterov: Whether the momentum looks ahead.
        weight_decay: How fast weights shrink: `weight_decay * learning_rate` of them goes each
        step.
        clipnorm: The largest norm of the gradient of each weight.
        clipvalue: The largest absolute value of an element of a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether moving averages of the weights are kept, which replace them in the end.
        ema_momentum: How slowly the averages follow: 0 to 1.
        ema_overwrite_frequency: After how many updates the averages replace the weights; only in
        the end if absent.
        loss_scale_factor: A factor of the loss, which the gradients are divided by again.
        gradient_accumulation_steps: Over how many steps gradients are added up before an update;
        at least 2.
        decay: How fast the learning rate falls, as in Keras 2: it is divided by `1 + decay *
        step`.
        name: The optimizer's name.
    """

    _record = "SGD"
    _fields: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "weight_decay",
        "clipnorm",
        "global_clipnorm",
        "clipvalue",
        "use_ema",
        "ema_momentum",
        "ema_overwrite_frequency",
        "loss_scale_factor",
        "gradient_accumulation_steps",
        "decay",
        "momentum",
        "nesterov",
        "name",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "learning_rate": "schedule",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "learning_rate": 0.01,
        "momentum": 0.0,
        "nesterov": False,
        "weight_decay": None,
        "clipnorm": None,
        "clipvalue": None,
        "global_clipnorm": None,
        "use_ema": False,
        "ema_momentum": 0.99,
        "ema_overwrite_frequency": None,
        "loss_scale_factor": None,
        "gradient_accumulation_steps": None,
        "decay": None,
        "name": "sgd",
    }

    def __init__(
        self,
        learning_rate: Any = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        decay: float | None = None,
        name: str = "sgd",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "learning_rate": learning_rate,
                "momentum": momentum,
                "nesterov": nesterov,
                "weight_decay": weight_decay,
                "clipnorm": clipnorm,
                "clipvalue": clipvalue,
                "global_clipnorm": global_clipnorm,
                "use_ema": use_ema,
                "ema_momentum": ema_momentum,
                "ema_overwrite_frequency": ema_overwrite_frequency,
                "loss_scale_factor": loss_scale_factor,
                "gradient_accumulation_steps": gradient_accumulation_steps,
                "decay": decay,
                "name": name,
            },
            kwargs,
        )


NAMES = (
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Ftrl",
    "Lamb",
    "Lion",
    "Nadam",
    "RMSprop",
    "SGD",
)
