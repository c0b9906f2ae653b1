"""`keras.initializers`: How weights begin.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang.keras.initializers._generated import Constant as Constant
from seodang.keras.initializers._generated import Constant as _Constant
from seodang.keras.initializers._generated import GlorotNormal as GlorotNormal
from seodang.keras.initializers._generated import GlorotNormal as _GlorotNormal
from seodang.keras.initializers._generated import GlorotUniform as GlorotUniform
from seodang.keras.initializers._generated import GlorotUniform as _GlorotUniform
from seodang.keras.initializers._generated import HeNormal as HeNormal
from seodang.keras.initializers._generated import HeNormal as _HeNormal
from seodang.keras.initializers._generated import HeUniform as HeUniform
from seodang.keras.initializers._generated import HeUniform as _HeUniform
from seodang.keras.initializers._generated import Identity as Identity
from seodang.keras.initializers._generated import Identity as _Identity
from seodang.keras.initializers._generated import LecunNormal as LecunNormal
from seodang.keras.initializers._generated import LecunNormal as _LecunNormal
from seodang.keras.initializers._generated import LecunUniform as LecunUniform
from seodang.keras.initializers._generated import LecunUniform as _LecunUniform
from seodang.keras.initializers._generated import Ones as Ones
from seodang.keras.initializers._generated import Ones as _Ones
from seodang.keras.initializers._generated import Orthogonal as Orthogonal
from seodang.keras.initializers._generated import Orthogonal as _Orthogonal
from seodang.keras.initializers._generated import RandomNormal as RandomNormal
from seodang.keras.initializers._generated import RandomNormal as _RandomNormal
from seodang.keras.initializers._generated import RandomUniform as RandomUniform
from seodang.keras.initializers._generated import RandomUniform as _RandomUniform
from seodang.keras.initializers._generated import STFT as STFT
from seodang.keras.initializers._generated import STFT as _STFT
from seodang.keras.initializers._generated import TruncatedNormal as TruncatedNormal
from seodang.keras.initializers._generated import TruncatedNormal as _TruncatedNormal
from seodang.keras.initializers._generated import VarianceScaling as VarianceScaling
from seodang.keras.initializers._generated import VarianceScaling as _VarianceScaling
from seodang.keras.initializers._generated import Zeros as Zeros
from seodang.keras.initializers._generated import Zeros as _Zeros
from seodang.keras.initializers.base import Initializer as Initializer

IdentityInitializer = _Identity

OrthogonalInitializer = _Orthogonal

STFTInitializer = _STFT

constant = _Constant

def deserialize(config, custom_objects: dict | None = None, use_legacy_format: bool = False):
    """The initializer of a configuration."""

def get(identifier):
    """The initializer of a name, a configuration, a class or a function; None stays None.

    Raises ValueError for an unknown name.
    """

glorot_normal = _GlorotNormal

glorot_uniform = _GlorotUniform

glorotnormal = _GlorotNormal

glorotuniform = _GlorotUniform

he_normal = _HeNormal

he_uniform = _HeUniform

henormal = _HeNormal

heuniform = _HeUniform

identity = _Identity

identity_initializer = _Identity

identityinitializer = _Identity

lecun_normal = _LecunNormal

lecun_uniform = _LecunUniform

lecunnormal = _LecunNormal

lecununiform = _LecunUniform

normal = _RandomNormal

one = _Ones

ones = _Ones

orthogonal = _Orthogonal

orthogonal_initializer = _Orthogonal

orthogonalinitializer = _Orthogonal

random_normal = _RandomNormal

random_uniform = _RandomUniform

randomnormal = _RandomNormal

randomuniform = _RandomUniform

def serialize(initializer, use_legacy_format: bool = False):
    """The configuration of one."""

stft = _STFT

stft_initializer = _STFT

stftinitializer = _STFT

truncated_normal = _TruncatedNormal

truncatednormal = _TruncatedNormal

uniform = _RandomUniform

variance_scaling = _VarianceScaling

variancescaling = _VarianceScaling

zero = _Zeros

zeros = _Zeros
