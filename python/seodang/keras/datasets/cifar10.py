"""CIFAR-10: 50,000 and 10,000 colour pictures of 32 x 32 points of ten kinds."""

from __future__ import annotations

from ._cifar import load


def load_data():
    """((x_train, y_train), (x_test, y_test)): uint8 pictures (rows, 32, 32, 3), kinds (rows, 1).

    Source: Krizhevsky 2009. Raises OSError if it is not there and cannot be fetched.
    """
    return load(
        "cifar-10-batches-py", "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
        "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
        [f"data_batch_{i}" for i in range(1, 6)], ["test_batch"], b"labels",
    )
