"""Preprocessing: scaled, spread, binned, expanded and encoded columns."""

from seodang._missing import missing

from . import _generated
from ._functions import (
    add_dummy_feature,
    binarize,
    maxabs_scale,
    minmax_scale,
    normalize,
    power_transform,
    quantile_transform,
    robust_scale,
    scale,
)
from ._generated import *  # noqa: F403
from ._columns import *  # isort: skip  # noqa: F403

__all__ = [
    *_generated.NAMES,
    "add_dummy_feature",
    "binarize",
    "maxabs_scale",
    "minmax_scale",
    "normalize",
    "power_transform",
    "quantile_transform",
    "robust_scale",
    "scale",
]

__getattr__ = missing(__name__)
