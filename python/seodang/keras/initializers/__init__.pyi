"""Stub of `keras.initializers`, written by `python -m seodang._generate`."""

from typing import Any

from ._generated import Constant as Constant
from ._generated import GlorotNormal as GlorotNormal
from ._generated import GlorotUniform as GlorotUniform
from ._generated import HeNormal as HeNormal
from ._generated import HeUniform as HeUniform
from ._generated import Identity as Identity
from ._generated import IdentityInitializer as IdentityInitializer
from ._generated import LecunNormal as LecunNormal
from ._generated import LecunUniform as LecunUniform
from ._generated import Ones as Ones
from ._generated import Orthogonal as Orthogonal
from ._generated import OrthogonalInitializer as OrthogonalInitializer
from ._generated import RandomNormal as RandomNormal
from ._generated import RandomUniform as RandomUniform
from ._generated import STFT as STFT
from ._generated import STFTInitializer as STFTInitializer
from ._generated import TruncatedNormal as TruncatedNormal
from ._generated import VarianceScaling as VarianceScaling
from ._generated import Zeros as Zeros
from .base import Initializer as Initializer

def deserialize(config: Any, custom_objects: dict | None = ...) -> Any: ...
def serialize(obj: Any) -> Any: ...
def get(identifier: Any) -> Any: ...
