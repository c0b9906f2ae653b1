"""How much each feature tells of the target, whatever the dependence: their mutual information."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np

from .._meta import JOBS
from .._parallel import run
from .._sparse import is_sparse
from ..metrics.cluster import mutual_info_score
from ..utils._parameters import ARRAY, BOOLEAN, RANDOM, SPARSE, Span, Words, checked
from ..utils.multiclass import check_classification_targets
from ..utils.validation import check_array, check_random_state, check_X_y

_TAKES = {
    "X": (ARRAY, SPARSE),
    "y": ARRAY,
    "discrete_features": (Words("auto"), BOOLEAN, ARRAY),
    "n_neighbors": Span(Integral, 1, None),
    "copy": BOOLEAN,
    "random_state": RANDOM,
    "n_jobs": JOBS,
}
_GAMMA = 0.577_215_664_901_532_9


def _digamma(counts: np.ndarray) -> np.ndarray:
    """The digamma function of positive whole numbers: harmonic numbers less Euler's constant."""
    counts = np.asarray(counts, dtype=np.int64)
    harmonic = np.append(0.0, np.cumsum(1 / np.arange(1, counts.max(initial=1) + 1)))
    return harmonic[counts - 1] - _GAMMA


def _radii(values: np.ndarray, k: int) -> np.ndarray:
    """How far the k-th other number is of each, a little less."""
    order = np.argsort(values, kind="stable")
    line, n = values[order], len(values)
    # The k nearest of a number stand beside each other: the best of the windows of k + 1 with it.
    radii = np.full(n, np.inf)
    places = np.arange(n)
    for left in range(k + 1):
        start, end = places - left, places - left + k
        whole = (start >= 0) & (end < n)
        i = places[whole]
        far = np.maximum(line[i] - line[start[whole]], line[end[whole]] - line[i])
        radii[i] = np.minimum(radii[i], far)
    out = np.empty(n)
    out[order] = np.nextafter(radii, 0)
    return out


def _within(values: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """How many numbers, itself among them, are within its radius of each."""
    line, n = np.sort(values), len(values)
    low = np.searchsorted(line, values - radii, side="left")
    high = np.searchsorted(line, values + radii, side="right")
    # The ends were rounded; what counts is the difference, as the radius is one.
    low -= (low > 0) & (values - line[np.maximum(low - 1, 0)] <= radii)
    low += values - line[low] > radii
    high += (high < n) & (line[np.minimum(high, n - 1)] - values <= radii)
    high -= line[high - 1] - values > radii
    return high - low


def _of_values(x: np.ndarray, y: np.ndarray, k: int) -> float:
    """Of two continuous variables. Source: Kraskov, Stoegbauer and Grassberger 2004, equation 8."""
    from ..neighbors import NearestNeighbors

    near = NearestNeighbors(metric="chebyshev", n_neighbors=k).fit(np.stack([x, y], axis=1))
    radii = np.nextafter(near.kneighbors()[0][:, -1], 0)
    of_x, of_y = _within(x, radii), _within(y, radii)
    information = (
        _digamma([len(x)])[0] + _digamma([k])[0] - np.mean(_digamma(of_x)) - np.mean(_digamma(of_y))
    )
    return max(0.0, information)


def _of_classes(x: np.ndarray, classes: np.ndarray, k: int) -> float:
    """Of a continuous variable and a discrete one. Source: Ross 2014, equation 2."""
    n = len(x)
    radii, sizes, counts = np.empty(n), np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    for one in np.unique(classes):
        members = classes == one
        size = int(members.sum())
        sizes[members] = size
        if size > 1:
            counts[members] = min(k, size - 1)
            radii[members] = _radii(x[members], min(k, size - 1))
    # A class of one sample tells nothing.
    several = sizes > 1
    if not several.any():
        return 0.0
    near = _within(x[several], radii[several])
    information = (
        _digamma([int(several.sum())])[0] + np.mean(_digamma(counts[several]))
        - np.mean(_digamma(sizes[several])) - np.mean(_digamma(near))
    )
    return max(0.0, information)


def _one(x: np.ndarray, y: np.ndarray, x_discrete: bool, y_discrete: bool, k: int) -> float:
    if x_discrete and y_discrete:
        return mutual_info_score(x, y)
    if x_discrete or y_discrete:
        return _of_classes(*((y, x) if x_discrete else (x, y)), k)
    return _of_values(x, y, k)


def _scaled(x: np.ndarray) -> np.ndarray:
    spread = x.std(axis=0)
    return x / np.where(spread == 0, 1, spread)


def _estimated(
    X: Any, y: Any, discrete: Any, of_classes: bool, k: int, copy: bool, random_state: Any, n_jobs: Any
) -> np.ndarray:
    X, y = check_X_y(X, y, accept_sparse="csc", y_numeric=not of_classes)
    n, width = X.shape
    if isinstance(discrete, (str, bool, np.bool_)):
        mask = np.full(width, is_sparse(X) if isinstance(discrete, str) else bool(discrete))
    else:
        discrete = check_array(discrete, ensure_2d=False)
        mask = discrete if discrete.dtype == bool else np.isin(np.arange(width), discrete)
    if not mask.all() and is_sparse(X):
        raise ValueError("Sparse matrix `X` can't have continuous features.")
    rng = check_random_state(random_state)
    if not mask.all():
        X = X.astype(np.float64, copy=copy)
        table = _scaled(X[:, ~mask])
        # Equal values are told apart by a little noise.
        means = np.maximum(1, np.abs(table).mean(axis=0))
        X[:, ~mask] = table + 1e-10 * means * rng.standard_normal(size=(n, int((~mask).sum())))
    if not of_classes:
        y = _scaled(np.asarray(y, dtype=np.float64))
        y = y + 1e-10 * np.maximum(1, np.abs(y).mean()) * rng.standard_normal(size=n)
    columns = (X[:, [i]].toarray().ravel() if is_sparse(X) else X[:, i] for i in range(width))
    return np.array(run(
        _one, ((x, y, d, of_classes, k) for x, d in zip(columns, mask, strict=True)), n_jobs
    ))


@checked(**_TAKES)
def mutual_info_classif(
    X: Any,
    y: Any,
    *,
    discrete_features: Any = "auto",
    n_neighbors: int = 3,
    copy: bool = True,
    random_state: Any = None,
    n_jobs: int | None = None,
) -> np.ndarray:
    """How much each feature tells of the class, in nats. Source: Ross 2014.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
    discrete_features : whether features are discrete, or which, as a mask or numbers; "auto" takes those
        of sparse matrices as discrete
    n_neighbors : how many neighbors judge the density
    copy : whether X must stay as it is
    random_state : where the noise comes from that tells equal values apart
    n_jobs : how many features at once, as joblib counts

    Returns
    -------
    ndarray of shape (n_features,), none of it negative

    Raises
    ------
    ValueError
        For sparse features that are not discrete.
    """
    check_classification_targets(y)
    return _estimated(X, y, discrete_features, True, n_neighbors, copy, random_state, n_jobs)


@checked(**_TAKES)
def mutual_info_regression(
    X: Any,
    y: Any,
    *,
    discrete_features: Any = "auto",
    n_neighbors: int = 3,
    copy: bool = True,
    random_state: Any = None,
    n_jobs: int | None = None,
) -> np.ndarray:
    """How much each feature tells of the value, in nats. Source: Kraskov, Stoegbauer and Grassberger 2004.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
    discrete_features, n_neighbors, copy, random_state, n_jobs : as `mutual_info_classif`

    Returns
    -------
    ndarray of shape (n_features,), none of it negative

    Raises
    ------
    ValueError
        For sparse features that are not discrete.
    """
    return _estimated(X, y, discrete_features, False, n_neighbors, copy, random_state, n_jobs)
