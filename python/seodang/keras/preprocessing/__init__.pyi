"""`keras.preprocessing`: text, sequences and pictures made ready for models.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang.keras.preprocessing import image as image
from seodang.keras.preprocessing import sequence as sequence
from seodang.keras.preprocessing import text as text
from seodang.keras.preprocessing import timeseries as timeseries

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
