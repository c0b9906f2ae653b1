"""``tf.math``: elementwise functions, reductions and the rest of arithmetic."""

from __future__ import annotations

from seodang._missing import missing

from ._elementwise import *  # noqa: F403
from ._indexing import argmax, argmin, invert_permutation  # noqa: F401
from ._reductions import *  # noqa: F403
from ._segments import *  # noqa: F403

__getattr__ = missing(__name__)
