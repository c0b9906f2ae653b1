"""Nearest neighbors.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.learn._methods import Neighbors as Neighbors
from seodang.learn._radius import RadiusMeans as RadiusMeans
from seodang.learn._radius import RadiusNeighbors as RadiusNeighbors
from seodang.learn._radius import RadiusVotes as RadiusVotes
from seodang.learn._record import Decisions as Decisions
from seodang.learn._record import Plain as Plain
from seodang.learn._record import Probabilities as Probabilities
from seodang.learn._record import RecordClassifier as RecordClassifier
from seodang.learn._record import RecordEstimator as RecordEstimator
from seodang.learn._record import RecordRegressor as RecordRegressor
from seodang.learn._record import Unlabelled as Unlabelled
from seodang.learn.neighbors._generated import KNeighborsClassifier as KNeighborsClassifier
from seodang.learn.neighbors._generated import KNeighborsRegressor as KNeighborsRegressor
from seodang.learn.neighbors._generated import NearestCentroid as NearestCentroid
from seodang.learn.neighbors._generated import NearestNeighbors as NearestNeighbors
from seodang.learn.neighbors._generated import RadiusNeighborsClassifier as RadiusNeighborsClassifier
from seodang.learn.neighbors._generated import RadiusNeighborsRegressor as RadiusNeighborsRegressor
from seodang.learn.neighbors._graph import kneighbors_graph as kneighbors_graph
from seodang.learn.neighbors._graph import radius_neighbors_graph as radius_neighbors_graph
from seodang.learn.neighbors._transformers import KNeighborsTransformer as KNeighborsTransformer
from seodang.learn.neighbors._transformers import RadiusNeighborsTransformer as RadiusNeighborsTransformer
from seodang.learn.neighbors._transformers import sort_graph_by_row_values as sort_graph_by_row_values
from seodang.learn.neighbors._trees import BallTree as BallTree
from seodang.learn.neighbors._trees import KDTree as KDTree

NAMES: Any

VALID_METRICS: Any

VALID_METRICS_SPARSE: Any
