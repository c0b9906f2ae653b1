"""`KNNImputer`."""

from __future__ import annotations

from typing import Any

from . import _generated as generated

__all__ = ["KNNImputer"]


class KNNImputer(generated.KNNImputer):
    __doc__ = generated.KNNImputer.__doc__

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        if not self.add_indicator:
            self.indicator_ = None

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = self.missing_values != self.missing_values
        return tags
