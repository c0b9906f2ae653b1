"""Many estimators that decide together."""

from seodang._missing import missing

from . import _generated
from ._generated import *  # noqa: F403

__all__ = list(_generated.NAMES)

__getattr__ = missing(__name__)
