"""Linear models.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._methods import Sparsify as Sparsify
from seodang.learn._record import Decisions as Decisions
from seodang.learn._record import Probabilities as Probabilities
from seodang.learn._record import RecordClassifier as RecordClassifier
from seodang.learn._record import RecordRegressor as RecordRegressor
from seodang.learn._record import Weighted as Weighted
from seodang.learn.linear_model._generated import LinearRegression as LinearRegression
from seodang.learn.linear_model._generated import LogisticRegression as LogisticRegression

NAMES: Any
