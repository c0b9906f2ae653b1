"""Multilayer perceptrons."""

from seodang._missing import missing

from ._perceptrons import MLPClassifier, MLPRegressor

__all__ = ["MLPClassifier", "MLPRegressor"]

__getattr__ = missing(__name__)
