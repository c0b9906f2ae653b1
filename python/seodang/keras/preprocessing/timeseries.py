"""`keras.utils.timeseries_dataset_from_array`."""

from __future__ import annotations

import numpy as np

from ... import _native as native


def timeseries_dataset_from_array(
    data, targets, sequence_length, sequence_stride=1, sampling_rate=1, batch_size=128, shuffle=False,
    seed=None, start_index=None, end_index=None, format="tf",
):
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
    from seodang.data import Dataset

    rows = len(data)
    if start_index and not 0 <= start_index < rows:
        raise ValueError(
            "`start_index` must be 0 or greater, and lower than the length of the data. Received: "
            f"start_index={start_index}, for data of length {rows}"
        )
    if end_index and not (start_index or 0) < end_index < rows:
        raise ValueError(
            "`end_index` must be higher than `start_index` and 0, and lower than the length of the data. "
            f"Received: start_index={start_index}, end_index={end_index}, for data of length {rows}"
        )
    for name, n in (("sampling_rate", sampling_rate), ("sequence_stride", sequence_stride)):
        if not 0 < n < rows:
            raise ValueError(
                f"`{name}` must be higher than 0 and lower than the length of the data. Received: "
                f"{name}={n}, for data of length {rows}"
            )
    if format != "tf":
        raise ValueError(f'`format` should be "tf", received: format={format}')
    first, last = start_index or 0, rows if end_index is None else end_index
    count = last - first - (sequence_length - 1) * sampling_rate
    if targets is not None:
        count = min(count, len(targets))
        targets = np.asarray(targets)[first:last]
    data = np.asarray(data)[first:last]
    places = np.arange(0, count, sequence_stride, dtype="int32" if count < 2**31 - 1 else "int64")
    if shuffle:
        seed = np.random.randint(10**6) if seed is None else seed
        np.random.RandomState(seed).shuffle(places)
    steps = np.arange(sequence_length) * sampling_rate

    def windows(place):
        place = place.numpy()
        made = native.convert(data[place[..., None] + steps])
        return made if targets is None else (made, native.convert(targets[place]))

    # The places are shuffled and batched, so that a batch of windows is gathered at once.
    found = Dataset.from_tensor_slices(places)
    if shuffle:
        found = found.shuffle(batch_size * 8 if batch_size is not None else 1024, seed=seed)
    return (found if batch_size is None else found.batch(batch_size)).map(windows)
