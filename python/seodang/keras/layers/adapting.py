"""What layers have in common that learn from data before training: `adapt`."""

from __future__ import annotations

import numpy as np

from ..._strings import StringTensor


def batches(data, batch_size: int | None = None, steps: int | None = None):
    """The arrays of data: of an array, a tensor, a list, or the batches of a data set."""
    whole = isinstance(data, (np.ndarray, list, tuple, StringTensor, str)) or (
        hasattr(data, "numpy") and not hasattr(data, "element_spec")
    )
    if whole:
        yield data
        return
    if hasattr(data, "to_numpy"):
        yield data.to_numpy()
        return
    for i, item in enumerate(data):
        if steps is not None and i >= steps:
            return
        yield item[0] if isinstance(item, tuple) else item


def texts(value) -> np.ndarray:
    """Texts as an array of str."""
    if isinstance(value, StringTensor) or hasattr(value, "numpy"):
        value = value.numpy()
    array = np.asarray(value, dtype=object)

    def text(x):
        return x.decode("utf-8", "replace") if isinstance(x, bytes) else str(x)

    flat = [text(x) for x in array.reshape(-1)]
    out = np.empty(len(flat), dtype=object)
    out[:] = flat
    return out.reshape(array.shape)
