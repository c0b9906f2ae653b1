"""`keras.mixed_precision`: the types that layers keep variables and compute in."""

from __future__ import annotations

from ._config import DTypePolicy, get_policy, global_policy, set_global_policy

Policy = DTypePolicy
dtype_policy = global_policy
set_dtype_policy = set_global_policy


def LossScaleOptimizer(inner_optimizer, dynamic: bool = True, **kwargs):  # noqa: N802
    """The optimizer itself: bfloat16 and float32 need no scaled loss."""
    return inner_optimizer


__all__ = [
    "DTypePolicy",
    "LossScaleOptimizer",
    "Policy",
    "dtype_policy",
    "get_policy",
    "global_policy",
    "set_dtype_policy",
    "set_global_policy",
]
