"""`keras.optimizers`: how weights follow their gradients.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.optimizers import schedules as schedules
from seodang.keras.optimizers._generated import Adadelta as Adadelta
from seodang.keras.optimizers._generated import Adagrad as Adagrad
from seodang.keras.optimizers._generated import Adam as Adam
from seodang.keras.optimizers._generated import AdamW as AdamW
from seodang.keras.optimizers._generated import Adamax as Adamax
from seodang.keras.optimizers._generated import Ftrl as Ftrl
from seodang.keras.optimizers._generated import Lamb as Lamb
from seodang.keras.optimizers._generated import Lion as Lion
from seodang.keras.optimizers._generated import Nadam as Nadam
from seodang.keras.optimizers._generated import RMSprop as RMSprop
from seodang.keras.optimizers._generated import SGD as SGD
from seodang.keras.optimizers.base import Optimizer as Optimizer

def deserialize(config, custom_objects: dict | None = None, **kwargs):
    """The optimizer of a configuration."""

def get(identifier):
    """The optimizer of a name, a configuration, a class or an optimizer.

    Raises ValueError for anything else.
    """

def serialize(optimizer, use_legacy_format: bool = False):
    """The configuration of an optimizer."""
