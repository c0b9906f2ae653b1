"""Arrays brought into the forms that models want."""

from __future__ import annotations

import numpy as np


def to_categorical(y, num_classes=None, dtype="float32") -> np.ndarray:
    """Class numbers as rows of zeros with a one.

    Args:
        y: class numbers, of any shape; a last dimension of 1 goes away.
        num_classes: how many classes there are; the largest number plus 1 if absent.
        dtype: the element type.

    Raises IndexError for a number beyond the classes.
    """
    if hasattr(y, "numpy"):
        y = y.numpy()
    y = np.array(y, dtype="int64")
    shape = y.shape
    if len(shape) > 1 and shape[-1] == 1:
        shape = shape[:-1]
    y = y.reshape(-1)
    if not num_classes:
        num_classes = int(np.max(y)) + 1 if y.size else 0
    out = np.zeros((y.shape[0], num_classes), dtype=dtype)
    out[np.arange(y.shape[0]), y] = 1
    return out.reshape((*shape, num_classes))


def normalize(x, axis=-1, order=2) -> np.ndarray:
    """Rows of length 1."""
    x = np.asarray(x)
    length = np.atleast_1d(np.linalg.norm(x, order, axis))
    length[length == 0] = 1
    return x / np.expand_dims(length, axis)


def split_dataset(dataset, left_size=None, right_size=None, shuffle=False, seed=None):
    """Two Datasets of one: shares or numbers of rows. Raises ValueError for sizes that do not fit."""
    from ... import data

    if left_size is None and right_size is None:
        raise ValueError("At least one of the `left_size` or `right_size` must be specified. "
                         "Received: left_size=None and right_size=None")
    rows = list(dataset) if not isinstance(dataset, np.ndarray) else list(dataset)
    order = np.arange(len(rows))
    if shuffle:
        np.random.default_rng(seed).shuffle(order)

    def count(size):
        return None if size is None else round(size * len(rows)) if isinstance(size, float) else size

    left, right = count(left_size), count(right_size)
    left = len(rows) - right if left is None else left
    right = len(rows) - left if right is None else right
    if left < 0 or right < 0 or left + right > len(rows):
        raise ValueError(f"The sizes {left_size} and {right_size} do not fit {len(rows)} rows.")

    def part(places):
        return data.Dataset.from_tensor_slices(_stacked([rows[i] for i in places]))

    return part(order[:left]), part(order[len(rows) - right :])


def _stacked(rows):
    first = rows[0]
    if isinstance(first, (tuple, list)):
        return tuple(np.stack([np.asarray(r[i]) for r in rows]) for i in range(len(first)))
    return np.stack([np.asarray(r) for r in rows])
