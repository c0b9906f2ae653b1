"""Percentiles of values with weights."""

from __future__ import annotations

import numpy as np


def weighted_percentile(values: np.ndarray, weights: np.ndarray, rank: float = 50) -> np.ndarray:
    """The value of each column below which `rank` percent of the weight lies.

    Where the share is met exactly by one value, it is the middle between it and the next that weighs
    anything (the seventh definition of Hyndman and Fan 1996 gives the same for equal weights).

    Parameters
    ----------
    values : ndarray of shape (n_samples, n_columns)
    weights : ndarray of shape (n_samples,)
    rank : from 0 to 100
    """
    out = np.empty(values.shape[1], dtype=values.dtype)
    weights = weights.astype(values.dtype)
    tiny = np.finfo(values.dtype).eps
    for j, column in enumerate(values.T):
        order = np.argsort(column)
        below = np.cumsum(weights[order])
        wanted = values.dtype.type(rank / 100) * below[-1]
        if wanted == 0:
            # The first that weighs anything.
            wanted = np.nextafter(wanted, wanted + 1)
        last = len(column) - 1
        here = min(int(np.searchsorted(below, wanted)), last)
        low = column[order[here]]
        if below[here] - wanted > tiny:
            out[j] = low
            continue
        there = int(np.searchsorted(below, below[here], side="right"))
        out[j] = (low + column[order[here if there > last else there]]) / 2
    return out
