"""Linear models.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._record import RecordRegressor as RecordRegressor
from seodang.learn._record import Weighted as Weighted
from seodang.learn.linear_model._generated import LinearRegression as LinearRegression

NAMES: Any
