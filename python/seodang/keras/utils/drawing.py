"""`plot_model` and `model_to_dot`, where `keras.utils` has them."""

from __future__ import annotations

from ..models.plot import model_to_dot, plot_model

__all__ = ["model_to_dot", "plot_model"]
