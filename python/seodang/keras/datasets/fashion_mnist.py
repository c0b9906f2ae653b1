"""Fashion-MNIST: 60,000 and 10,000 pictures of clothes of 28 x 28 points."""

from __future__ import annotations

from pathlib import Path

from ._files import KERAS, fetch, pictures, read_pictures


def load_data():
    """((x_train, y_train), (x_test, y_test)): uint8 pictures (rows, 28, 28) and kinds 0 to 9.

    Source: Xiao, Rasul and Vollgraf 2017. Raises OSError if it is not there and cannot be fetched.
    """
    found = pictures("fashion_mnist")
    if found is not None:
        return found
    folder = None
    for name in ("train-labels-idx1-ubyte.gz", "train-images-idx3-ubyte.gz",
                 "t10k-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz"):
        folder = Path(fetch(name, KERAS + name, cache_subdir="datasets/fashion-mnist")).parent
    return read_pictures(folder)
