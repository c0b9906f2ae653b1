"""Distances of samples in the same place."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...utils._parameters import ARRAY, CALLABLE, Words, checked
from ._arrays import _PAIRED, _normalized, _squares, check_paired_arrays


@checked(**_PAIRED)
def paired_euclidean_distances(X: Any, Y: Any) -> np.ndarray:
    """The distance of each sample of X to the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices of shape (n_samples, n_features)
    """
    X, Y = check_paired_arrays(X, Y)
    apart = X - Y
    return np.sqrt(_squares(apart)).astype(apart.dtype)


@checked(**_PAIRED)
def paired_manhattan_distances(X: Any, Y: Any) -> np.ndarray:
    """The sum of absolute differences of each sample of X to the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices of shape (n_samples, n_features)
    """
    X, Y = check_paired_arrays(X, Y)
    return np.asarray(np.abs(X - Y).sum(axis=-1)).ravel()


@checked(**_PAIRED)
def paired_cosine_distances(X: Any, Y: Any) -> np.ndarray:
    """One less the cosine of each sample of X and the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes or sparse matrices of shape (n_samples, n_features)
    """
    X, Y = check_paired_arrays(X, Y)
    return 0.5 * _squares(_normalized(X) - _normalized(Y)).astype(X.dtype)


PAIRED_DISTANCES = {
    "cosine": paired_cosine_distances,
    "euclidean": paired_euclidean_distances,
    "l2": paired_euclidean_distances,
    "l1": paired_manhattan_distances,
    "manhattan": paired_manhattan_distances,
    "cityblock": paired_manhattan_distances,
}


@checked(X=ARRAY, Y=ARRAY, metric=(Words(*PAIRED_DISTANCES), CALLABLE))
def paired_distances(X: Any, Y: Any, *, metric: Any = "euclidean", **kwds: Any) -> np.ndarray:
    """The distance of each sample of X to the one of Y in the same place.

    Parameters
    ----------
    X, Y : array-likes of shape (n_samples, n_features)
    metric : "euclidean", "manhattan", "cosine", or a function of two samples
    **kwds : not used, as in scikit-learn
    """
    if isinstance(metric, str):
        return PAIRED_DISTANCES[metric](X, Y)
    X, Y = check_paired_arrays(X, Y)
    return np.asarray([metric(x, y) for x, y in zip(X, Y, strict=True)], dtype=np.float64)
