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

def image_dataset_from_directory(directory, labels: Any = 'inferred', label_mode: Any = 'int', class_names=None, color_mode: Any = 'rgb', batch_size: Any = 32, image_size: Any = ..., shuffle=True, seed=None, validation_split=None, subset=None, interpolation: Any = 'bilinear', follow_links=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, data_format=None, format: Any = 'tf', verbose=True):
    """A Dataset of the pictures in a folder that has a folder for each class.

    Args:
        directory: the folder.
        labels: "inferred" from the folders' names, None for none, or a list, in the files' order.
        label_mode: "int", "categorical" (one-hot), "binary" (float32 of shape (batch, 1)) or None.
        class_names: the folders to use, in the order of their numbers.
        color_mode: "rgb", "rgba" or "grayscale".
        batch_size: the pictures of an element; None for single pictures.
        image_size: (height, width) of all pictures.
        shuffle, seed: whether the order is random, and what it comes from.
        validation_split, subset: the share of "validation"; "training", "validation" or "both".
        interpolation: a method of `tf.image.resize`.
        follow_links: whether linked folders are visited.
        crop_to_aspect_ratio, pad_to_aspect_ratio: cut or pad instead of distorting.
        data_format: "channels_last" or "channels_first".
        format: "tf".
        verbose: whether the numbers of files are printed.

    Returns a Dataset of float32 pictures (batch, height, width, channels), with labels beside them if
    there are any; it has `class_names` and `file_paths`. Two of them for `subset="both"`. Raises
    ValueError for arguments that do not fit, InvalidArgumentError in a pass for a file that is no picture.
    """

def load_img(path, grayscale=False, color_mode: Any = 'rgb', target_size=None, interpolation: Any = 'nearest', keep_aspect_ratio=False):
    """A picture from a file (or a BytesIO): Pillow's, or without that package one with its usual methods.

    Raises ValueError for an unknown mode, and for no picture OSError with Pillow, InvalidArgumentError
    without.
    """

def normalize(x, axis: Any = -1, order: Any = 2) -> np.ndarray:
    """Rows of length 1."""

def pack_x_y_sample_weight(x, y=None, sample_weight=None):
    """What `fit` gives to a step: x alone (in a tuple if it is a structure), or with targets and weights."""

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

def text_dataset_from_directory(directory, labels: Any = 'inferred', label_mode: Any = 'int', class_names=None, batch_size: Any = 32, max_length=None, shuffle=True, seed=None, validation_split=None, subset=None, follow_links=False, format: Any = 'tf', verbose=True):
    """A Dataset of the `.txt` files in a folder that has a folder for each class.

    Args:
        directory: the folder.
        labels: "inferred" from the folders' names, None for none, or a list, in the files' order.
        label_mode: "int", "categorical" (one-hot), "binary" (float32 of shape (batch, 1)) or None.
        class_names: the folders to use, in the order of their numbers.
        batch_size: the texts of an element; None for single texts.
        max_length: the most bytes of a text.
        shuffle, seed: whether the order is random, and what it comes from.
        validation_split, subset: the share of "validation"; "training", "validation" or "both".
        follow_links: whether linked folders are visited.
        format: "tf".
        verbose: whether the numbers of files are printed.

    Returns a Dataset of strings (batch,), with labels beside them if there are any; it has
    `class_names`. Two of them for `subset="both"`. Raises ValueError for arguments that do not fit.
    """

def timeseries_dataset_from_array(data, targets, sequence_length, sequence_stride: Any = 1, sampling_rate: Any = 1, batch_size: Any = 128, shuffle=False, seed=None, start_index=None, end_index=None, format: Any = 'tf'):
    """A Dataset of windows over rows that follow each other in time.

    Args:
        data: an array whose first axis is time.
        targets: what belongs to the window that begins at the same place; None for windows alone.
        sequence_length: the rows of a window.
        sequence_stride: the distance between windows.
        sampling_rate: the distance between a window's rows.
        batch_size: the windows of an element; None for single windows.
        shuffle, seed: whether the order is random, and what it comes from.
        start_index, end_index: the rows to use.
        format: "tf".

    Returns a Dataset of windows (batch, sequence_length, ...), or of pairs with targets. Raises
    ValueError for places and distances outside of the data.
    """

def to_categorical(y, num_classes=None, dtype: Any = 'float32') -> np.ndarray:
    """Class numbers as rows of zeros with a one.

    Args:
        y: class numbers, of any shape; a last dimension of 1 goes away.
        num_classes: how many classes there are; the largest number plus 1 if absent.
        dtype: the element type.

    Raises IndexError for a number beyond the classes.
    """

def unpack_x_y_sample_weight(data) -> tuple:
    """(x, y, sample_weight) of what a step was given; None for what is not there."""
