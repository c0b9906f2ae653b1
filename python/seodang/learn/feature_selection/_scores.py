"""How much each feature by itself has to do with the target."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from .._sparse import is_sparse
from ..utils._checks import as_float_array
from ..utils._parameters import ARRAY, BOOLEAN, SPARSE, Hidden, checked
from ..utils._tails import chi2_tail, f_tail
from ..utils.multiclass import unique_labels
from ..utils.validation import check_array, check_X_y, column_or_1d

# Without a target `check_X_y` says more.
_BOTH = {"X": (ARRAY, SPARSE), "y": (ARRAY, Hidden(None))}
_CORRELATED = {**_BOTH, "center": BOOLEAN, "force_finite": BOOLEAN}


def _sums(X: Any) -> np.ndarray:
    return np.asarray(X.sum(axis=0), dtype=np.float64).ravel()


def _squares(X: Any) -> np.ndarray:
    return _sums(X.multiply(X) if is_sparse(X) else X * X)


def f_oneway(*args: Any) -> tuple[np.ndarray, np.ndarray]:
    """Whether the means of groups are equal: the F statistic of each feature. Source: Fisher 1925.

    Parameters
    ----------
    *args : array-likes or sparse matrices of shape (n_samples, n_features), one for each group

    Returns
    -------
    two ndarrays of shape (n_features,): F statistics, how likely greater ones are by chance
    """
    groups = [as_float_array(a) for a in args]
    sizes = [g.shape[0] for g in groups]
    n = sum(sizes)
    sums = [_sums(g) for g in groups]
    whole = sum(sums) ** 2 / n
    total = sum(_squares(g) for g in groups) - whole
    between = sum(s**2 / size for s, size in zip(sums, sizes, strict=True)) - whole
    over, under = len(groups) - 1, n - len(groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = np.float64(1) * between / over, (total - between) / np.float64(under)
        constant = np.flatnonzero(second == 0)
        if np.count_nonzero(first) != first.size and constant.size:
            warnings.warn(f"Features {constant} are constant.", stacklevel=3)
        f = np.asarray(first / second).ravel()
    return f, f_tail(f, over, under)


@checked(**_BOTH)
def f_classif(X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """`f_oneway` of the classes.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,), classes

    Returns
    -------
    two ndarrays of shape (n_features,): F statistics, how likely greater ones are by chance
    """
    X, y = check_X_y(X, y, accept_sparse=["csr", "csc", "coo"])
    X = X.tocsr() if is_sparse(X) else X
    return f_oneway(*(X[np.flatnonzero(y == label)] for label in np.unique(y)))


@checked(**_BOTH)
def chi2(X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Whether counts are spread over the classes as the samples are: chi-squared of each feature.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features), not negative
    y : array-like of shape (n_samples,), classes

    Returns
    -------
    two ndarrays of shape (n_features,): statistics, how likely greater ones are by chance

    Raises
    ------
    ValueError
        For negative values.
    """
    X = check_array(X, accept_sparse="csr", dtype=[np.float64, np.float32])
    if ((X.data if is_sparse(X) else X) < 0).any():
        raise ValueError("Input X must be non-negative.")
    classes = unique_labels(y)
    member = (column_or_1d(y)[:, None] == classes).astype(np.float64)
    if len(classes) == 1:
        member = np.concatenate([member, 1 - member], axis=1)
    observed = np.asarray((X.T @ member).T)
    expected = np.outer(member.mean(axis=0), _sums(X))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = ((observed - expected) ** 2 / expected).sum(axis=0)
    return found, chi2_tail(found, len(observed) - 1)


@checked(**_CORRELATED)
def r_regression(
    X: Any, y: Any, *, center: bool = True, force_finite: bool = True
) -> np.ndarray:
    """Pearson's correlation of each feature and the target.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
    center : whether the means are taken away
    force_finite : whether a constant feature has 0 rather than NaN

    Returns
    -------
    ndarray of shape (n_features,)
    """
    X, y = check_X_y(X, y, accept_sparse=["csr", "csc", "coo"], dtype=np.float64)
    squares = _squares(X)
    if center:
        y = y - np.mean(y)
        squares = squares - X.shape[0] * (_sums(X) / X.shape[0]) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        out = np.asarray(X.T @ y) / np.sqrt(squares) / np.linalg.norm(y)
    return np.nan_to_num(out, nan=0.0, posinf=np.inf, neginf=-np.inf) if force_finite else out


@checked(**_CORRELATED)
def f_regression(
    X: Any, y: Any, *, center: bool = True, force_finite: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """The F statistic of a linear function of each feature by itself.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
    center : whether the means are taken away
    force_finite : whether the statistics are finite also of constant and of perfect features

    Returns
    -------
    two ndarrays of shape (n_features,): F statistics, how likely greater ones are by chance
    """
    square = r_regression(X, y, center=center, force_finite=force_finite) ** 2
    freedom = np.size(y) - (2 if center else 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = square / (1 - square) * freedom
    chance = f_tail(f, 1, freedom)
    if force_finite:
        unknown = np.isnan(f)
        f[np.isinf(f)] = np.finfo(f.dtype).max
        f[unknown], chance[unknown] = 0.0, 1.0
    return f, chance
