"""Many estimators that decide together.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._boosting import HistogramBoosting as HistogramBoosting
from seodang.learn._boosting import StagedProbabilities as StagedProbabilities
from seodang.learn._record import Decisions as Decisions
from seodang.learn._record import Probabilities as Probabilities
from seodang.learn._record import RecordClassifier as RecordClassifier
from seodang.learn._record import RecordRegressor as RecordRegressor
from seodang.learn._record import Weighted as Weighted
from seodang.learn.ensemble._generated import HistGradientBoostingClassifier as HistGradientBoostingClassifier
from seodang.learn.ensemble._generated import HistGradientBoostingRegressor as HistGradientBoostingRegressor

NAMES: Any
