"""Nearest neighbors."""

from seodang._missing import missing

from . import _generated
from ._generated import *  # noqa: F403
from ._graph import kneighbors_graph as kneighbors_graph
from ._graph import radius_neighbors_graph as radius_neighbors_graph

__all__ = [*_generated.NAMES, "kneighbors_graph", "radius_neighbors_graph"]

__getattr__ = missing(__name__)
