"""Support vector machines.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._record import Decisions as Decisions
from seodang.learn._record import RecordClassifier as RecordClassifier
from seodang.learn._record import Weighted as Weighted
from seodang.learn._support_vectors import MaybeProbabilities as MaybeProbabilities
from seodang.learn._support_vectors import SupportVectors as SupportVectors
from seodang.learn.svm._generated import NuSVC as NuSVC
from seodang.learn.svm._generated import SVC as SVC

NAMES: Any
