"""How good predictions are."""

from seodang._missing import missing

from ._scores import accuracy_score, r2_score

__all__ = ["accuracy_score", "r2_score"]

__getattr__ = missing(__name__)
