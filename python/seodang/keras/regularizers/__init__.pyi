"""`keras.regularizers`: Penalties on weights and outputs.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.regularizers._generated import L1 as L1
from seodang.keras.regularizers._generated import L1 as _L1
from seodang.keras.regularizers._generated import L1L2 as L1L2
from seodang.keras.regularizers._generated import L1L2 as _L1L2
from seodang.keras.regularizers._generated import L2 as L2
from seodang.keras.regularizers._generated import L2 as _L2
from seodang.keras.regularizers._generated import OrthogonalRegularizer as OrthogonalRegularizer
from seodang.keras.regularizers._generated import OrthogonalRegularizer as _OrthogonalRegularizer
from seodang.keras.regularizers.base import Regularizer as Regularizer

def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The regularizer of a configuration."""

def get(identifier):
    """The regularizer of a name, a configuration, a class or a function; None stays None.

    Raises ValueError for an unknown name.
    """

l1 = _L1

def l1_l2(l1: float = 0.01, l2: float = 0.01):
    """`l1 * sum(|x|) + l2 * sum(x^2)`."""

l1l2 = _L1L2

l2 = _L2

orthogonal_regularizer = _OrthogonalRegularizer

orthogonalregularizer = _OrthogonalRegularizer

def serialize(regularizer, use_legacy_format: bool = False):
    """The configuration of one."""
