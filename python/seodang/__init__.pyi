"""Seodang: machine learning and deep learning in one small package.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang import compat as compat
from seodang import data as data
from seodang import errors as errors
from seodang import keras as keras
from seodang import learn as learn
from seodang._dtypes import DType as DType
from seodang._native import Tensor as Tensor
from seodang._native import Variable as Variable
from seodang._native import is_tensor as is_tensor
from seodang._shapes import TensorShape as TensorShape
from seodang.compat.tensorflow._create import constant as constant
from seodang.compat.tensorflow._create import convert_to_tensor as convert_to_tensor
from seodang.compat.tensorflow._function import TensorSpec as TensorSpec
from seodang.compat.tensorflow._function import function as function
from seodang.compat.tensorflow.random import set_seed as set_seed
from seodang.compat.tensorflow.tape import GradientTape as GradientTape

__version__: str

def load_ipython_extension(shell) -> None:
    """``%load_ext seodang``: imports of TensorFlow and Keras in the notebook give Seodang."""

def unload_ipython_extension(shell) -> None:
    """``%unload_ext seodang``: imports are Python's own again."""
