"""Support vector machines.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._methods import Sparsify as Sparsify
from seodang.learn._record import Decisions as Decisions
from seodang.learn._record import RecordClassifier as RecordClassifier
from seodang.learn._record import RecordOutlierDetector as RecordOutlierDetector
from seodang.learn._record import RecordRegressor as RecordRegressor
from seodang.learn._record import Weighted as Weighted
from seodang.learn._record import WeightedUnlabelled as WeightedUnlabelled
from seodang.learn._support_vectors import SupportVectors as SupportVectors
from seodang.learn._support_vectors import Votes as Votes
from seodang.learn.svm._bounds import l1_min_c as l1_min_c
from seodang.learn.svm._generated import LinearSVC as LinearSVC
from seodang.learn.svm._generated import LinearSVR as LinearSVR
from seodang.learn.svm._generated import NuSVC as NuSVC
from seodang.learn.svm._generated import NuSVR as NuSVR
from seodang.learn.svm._generated import OneClassSVM as OneClassSVM
from seodang.learn.svm._generated import SVC as SVC
from seodang.learn.svm._generated import SVR as SVR

NAMES: Any
