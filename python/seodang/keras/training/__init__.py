"""How models are compiled, trained, evaluated and asked for predictions."""

from .trainer import Trainer

__all__ = ["Trainer"]
