"""Support vector machines."""

from seodang._missing import missing

from . import _generated
from ._bounds import l1_min_c as l1_min_c
from ._generated import *  # noqa: F403

__all__ = [*_generated.NAMES, "l1_min_c"]

__getattr__ = missing(__name__)
