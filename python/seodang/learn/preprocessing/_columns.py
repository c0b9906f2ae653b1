"""Transformers whose tags depend on their parameters."""

from __future__ import annotations

from typing import Any

from . import _generated as generated

__all__ = ["RobustScaler", "SplineTransformer", "StandardScaler"]


class StandardScaler(generated.StandardScaler):
    __doc__ = generated.StandardScaler.__doc__

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = not self.with_mean
        return tags


class RobustScaler(generated.RobustScaler):
    __doc__ = generated.RobustScaler.__doc__

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = not self.with_centering
        return tags


class SplineTransformer(generated.SplineTransformer):
    __doc__ = generated.SplineTransformer.__doc__

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = self.handle_missing == "zeros"
        return tags
