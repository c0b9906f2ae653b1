"""`keras.utils.text_dataset_from_directory`."""

from __future__ import annotations

from . import _directories


def text_dataset_from_directory(
    directory, labels="inferred", label_mode="int", class_names=None, batch_size=32, max_length=None,
    shuffle=True, seed=None, validation_split=None, subset=None, follow_links=False, format="tf",
    verbose=True,
):
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
    from ..._strings import StringTensor
    from ...compat.tensorflow import io as tf_io

    _directories.check(
        labels, label_mode, class_names, validation_split, subset, shuffle, seed, format
    )

    def load(path):
        text = tf_io.read_file(path)
        return text if max_length is None else StringTensor(text.numpy()[:max_length])

    return _directories.datasets(
        directory, labels, label_mode, class_names, batch_size, shuffle, seed, validation_split, subset,
        follow_links, verbose, endings=(".txt",), what="text files", load=load,
    )
