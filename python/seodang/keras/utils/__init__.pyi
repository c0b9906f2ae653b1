"""`keras.utils`: what programs need around models.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
import numpy as np
from seodang.keras.models.plot import model_to_dot as model_to_dot
from seodang.keras.models.plot import plot_model as plot_model
from seodang.keras.preprocessing._files import array_to_img as array_to_img
from seodang.keras.preprocessing._files import img_to_array as img_to_array
from seodang.keras.preprocessing._files import save_img as save_img
from seodang.keras.saving.objects import deserialize_keras_object as deserialize_keras_object
from seodang.keras.saving.objects import serialize_keras_object as serialize_keras_object
from seodang.keras.saving.registration import CustomObjectScope as CustomObjectScope
from seodang.keras.saving.registration import CustomObjectScope as _CustomObjectScope
from seodang.keras.saving.registration import get_custom_objects as get_custom_objects
from seodang.keras.saving.registration import get_registered_name as get_registered_name
from seodang.keras.saving.registration import get_registered_object as get_registered_object
from seodang.keras.saving.registration import register_keras_serializable as register_keras_serializable
from seodang.keras.training.progbar import Progbar as Progbar
from seodang.keras.utils import arrays as arrays
from seodang.keras.utils import drawing as drawing
from seodang.keras.utils import files as files
from seodang.keras.utils import sequences as sequences
from seodang.keras.utils.arrays import split_dataset as split_dataset
from seodang.keras.utils.files import get_source_inputs as get_source_inputs
from seodang.keras.utils.sequences import GeneratorEnqueuer as GeneratorEnqueuer
from seodang.keras.utils.sequences import OrderedEnqueuer as OrderedEnqueuer
from seodang.keras.utils.sequences import Sequence as Sequence
from seodang.keras.utils.sequences import Sequence as _Sequence

PyDataset = _Sequence

custom_object_scope = _CustomObjectScope

def get_file(fname=None, origin=None, untar=False, md5_hash=None, file_hash=None, cache_subdir: Any = 'datasets', hash_algorithm: Any = 'auto', extract=False, archive_format: Any = 'auto', cache_dir=None, force_download=False) -> str:
    """The path of a file that is fetched once and then kept.

    Args:
        fname: the name under which it is kept; the last part of the address if absent.
        origin: the address.
        untar: whether to unpack a tar archive; then the folder's path is given.
        file_hash, md5_hash, hash_algorithm: the checksum that it must have.
        cache_subdir, cache_dir: the folder; `datasets` under `~/.keras` if absent.
        extract: whether to unpack it beside itself.
        archive_format: "auto", "tar", "zip" or None.

    Raises OSError if it is not there and cannot be fetched, ValueError for a wrong checksum.
    """

def load_img(path, grayscale=False, color_mode: Any = 'rgb', target_size=None, interpolation: Any = 'nearest', keep_aspect_ratio=False):
    """A picture from a file, as Pillow's.

    Raises ImportError without Pillow, ValueError for an unknown mode, OSError for no picture.
    """

def normalize(x, axis: Any = -1, order: Any = 2) -> np.ndarray:
    """Rows of length 1."""

def pad_sequences(sequences, maxlen=None, dtype: Any = 'int32', padding: Any = 'pre', truncating: Any = 'pre', value: Any = 0.0) -> np.ndarray:
    """Sequences as rows of one length.

    Args:
        sequences: a list of sequences.
        maxlen: the length; that of the longest sequence if absent.
        dtype: the element type; "object" for strings.
        padding: whether what is missing is filled "pre" (in front) or "post" (behind).
        truncating: whether what is too much goes "pre" or "post".
        value: what is filled in.

    Raises ValueError for anything that is no list of sequences.
    """

def set_random_seed(seed: int) -> None:
    """Makes Python's, NumPy's and Seodang's random numbers reproducible."""

def to_categorical(y, num_classes=None, dtype: Any = 'float32') -> np.ndarray:
    """Class numbers as rows of zeros with a one.

    Args:
        y: class numbers, of any shape; a last dimension of 1 goes away.
        num_classes: how many classes there are; the largest number plus 1 if absent.
        dtype: the element type.

    Raises IndexError for a number beyond the classes.
    """
