"""Missing values filled in."""

from seodang._missing import missing

from ._indicator import MissingIndicator
from ._knn import KNNImputer
from ._simple import SimpleImputer

__all__ = ["KNNImputer", "MissingIndicator", "SimpleImputer"]

__getattr__ = missing(__name__)
