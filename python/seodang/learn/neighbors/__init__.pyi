"""Nearest neighbors.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._methods import Neighbors as Neighbors
from seodang.learn._record import Plain as Plain
from seodang.learn._record import Probabilities as Probabilities
from seodang.learn._record import RecordClassifier as RecordClassifier
from seodang.learn._record import RecordRegressor as RecordRegressor
from seodang.learn.neighbors._generated import KNeighborsClassifier as KNeighborsClassifier
from seodang.learn.neighbors._generated import KNeighborsRegressor as KNeighborsRegressor

NAMES: Any
