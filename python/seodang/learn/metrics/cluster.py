"""How good a clustering is, beside another or by itself."""

from __future__ import annotations

import warnings
from itertools import permutations
from numbers import Integral, Real
from typing import Any

import numpy as np

from .._sparse import is_sparse
from ..exceptions import warn
from ..utils._parameters import ARRAY, BOOLEAN, CALLABLE, RANDOM, SPARSE, Span, Words, checked
from ..utils.multiclass import type_of_target
from ..utils.validation import (
    check_array,
    check_consistent_length,
    check_random_state,
    check_X_y,
)

__all__ = [
    "adjusted_mutual_info_score",
    "adjusted_rand_score",
    "calinski_harabasz_score",
    "completeness_score",
    "consensus_score",
    "contingency_matrix",
    "davies_bouldin_score",
    "entropy",
    "expected_mutual_information",
    "fowlkes_mallows_score",
    "homogeneity_completeness_v_measure",
    "homogeneity_score",
    "mutual_info_score",
    "normalized_mutual_info_score",
    "pair_confusion_matrix",
    "rand_score",
    "silhouette_samples",
    "silhouette_score",
    "v_measure_score",
]

_LABELS = {"labels_true": ARRAY, "labels_pred": ARRAY}
_AVERAGE = {"average_method": Words("arithmetic", "max", "min", "geometric")}
_BETA = {"beta": Span(Real, 0, None)}


def _clusterings(labels_true: Any, labels_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    true, guess = (
        check_array(y, ensure_2d=False, ensure_min_samples=0, dtype=None)
        for y in (labels_true, labels_pred)
    )
    kinds = type_of_target(true), type_of_target(guess)
    if "continuous" in kinds:
        warn(
            f"Clustering metrics expects discrete values but received {kinds[0]} values for label, "
            f"and {kinds[1]} values for target",
            stacklevel=4,
        )
    for name, y in (("labels_true", true), ("labels_pred", guess)):
        if y.ndim != 1:
            raise ValueError(f"{name} must be 1D: shape is {y.shape!r}")
    check_consistent_length(true, guess)
    return true, guess


class _Cells:
    """How many samples are in a class and a cluster: the pairs that there are, and the sums."""

    def __init__(self, true: Any, guess: Any) -> None:
        _, rows = np.unique(true, return_inverse=True)
        _, columns = np.unique(guess, return_inverse=True)
        width = int(columns.max(initial=-1)) + 1
        pairs, self.counts = np.unique(rows * width + columns, return_counts=True)
        self.rows, self.columns = pairs // max(width, 1), pairs % max(width, 1)
        self.row_sums, self.column_sums = np.bincount(rows), np.bincount(columns)


@checked(
    labels_true=(ARRAY, None), labels_pred=(ARRAY, None), eps=(Span(Real, 0, None), None),
    sparse=BOOLEAN,
)
def contingency_matrix(
    labels_true: Any,
    labels_pred: Any,
    *,
    eps: float | None = None,
    sparse: bool = False,
    dtype: Any = np.int64,
) -> Any:
    """How many samples of each class (row) are in each cluster (column).

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    eps : what to add to each
    sparse : whether to give a sparse matrix
    dtype : the type of the numbers
    """
    if eps is not None and sparse:
        raise ValueError("Cannot set 'eps' when sparse=True")
    cells = _Cells(labels_true, labels_pred)
    shape = (len(cells.row_sums), len(cells.column_sums))
    if sparse:
        from scipy.sparse import csr_matrix

        return csr_matrix((cells.counts.astype(dtype), (cells.rows, cells.columns)), shape=shape)
    table = np.zeros(shape, dtype=dtype)
    table[cells.rows, cells.columns] = cells.counts
    return table if eps is None else table + eps


@checked(**_LABELS)
def pair_confusion_matrix(labels_true: Any, labels_pred: Any) -> np.ndarray:
    """How many ordered pairs of samples are apart or together in both clusterings. Source: Hubert 1985.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)

    Returns
    -------
    ndarray of shape (2, 2): rows of the first, columns of the second; apart, together
    """
    true, guess = _clusterings(labels_true, labels_pred)
    n, cells = len(true), _Cells(true, guess)
    both = int(np.sum(cells.counts**2))
    first, second = int(np.sum(cells.row_sums**2)), int(np.sum(cells.column_sums**2))
    table = [[n**2 - first - second + both, second - both], [first - both, both - n]]
    return np.asarray(table, dtype=np.int64)


@checked(**_LABELS)
def rand_score(labels_true: Any, labels_pred: Any) -> float:
    """The share of pairs of samples on which two clusterings agree. Source: Rand 1971.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    """
    table = pair_confusion_matrix(labels_true, labels_pred)
    agreed, whole = np.trace(table), table.sum()
    return 1.0 if agreed == whole else float(agreed / whole)


@checked(**_LABELS)
def adjusted_rand_score(labels_true: Any, labels_pred: Any) -> float:
    """The Rand index with chance as 0. Source: Hubert and Arabie 1985.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    """
    # Python's integers do not overflow.
    (tn, fp), (fn, tp) = pair_confusion_matrix(labels_true, labels_pred).tolist()
    if fn == 0 and fp == 0:
        return 1.0
    return 2.0 * (tp * tn - fn * fp) / ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn))


def entropy(labels: Any) -> float:
    """The entropy of labels in nats.

    Parameters
    ----------
    labels : array-like of shape (n_samples,)
    """
    warnings.warn(
        "Function entropy is deprecated; `entropy` is deprecated in 1.8 and will be removed in 1.10.",
        FutureWarning,
        stacklevel=2,
    )
    return _entropy(labels)


def _entropy(labels: Any) -> float:
    if len(labels) == 0:
        return 1.0
    counts = np.unique(labels, return_counts=True)[1].astype(np.float64)
    if len(counts) == 1:
        return 0.0
    shares = counts / counts.sum()
    return float(-np.sum(shares * np.log(shares)))


def _information(rows: Any, columns: Any, counts: Any, row_sums: Any, column_sums: Any) -> float:
    if row_sums.size == 1 or column_sums.size == 1:
        return 0.0
    whole = counts.sum()
    outer = row_sums[rows].astype(np.float64) * column_sums[columns]
    shares = counts / whole
    parts = shares * (np.log(counts) - np.log(outer) + np.log(whole))
    parts[np.abs(parts) < np.finfo(np.float64).eps] = 0.0
    return float(max(parts.sum(), 0.0))


def _information_of(cells: _Cells) -> float:
    return _information(
        cells.rows, cells.columns, cells.counts, cells.row_sums, cells.column_sums
    )


@checked(labels_true=(ARRAY, None), labels_pred=(ARRAY, None), contingency=(ARRAY, SPARSE, None))
def mutual_info_score(labels_true: Any, labels_pred: Any, *, contingency: Any = None) -> float:
    """The mutual information of two clusterings in nats.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    contingency : what `contingency_matrix` gives of them, where it is known
    """
    if contingency is None:
        return _information_of(_Cells(*_clusterings(labels_true, labels_pred)))
    table = check_array(contingency, accept_sparse=["csr", "csc", "coo"])
    table = table.toarray() if is_sparse(table) else table
    rows, columns = np.nonzero(table)
    return _information(
        rows, columns, table[rows, columns], table.sum(axis=1), table.sum(axis=0)
    )


def expected_mutual_information(contingency: Any, n_samples: int) -> float:
    """The mutual information to expect of chance. Source: Vinh, Epps and Bailey 2010, equation 24a.

    Parameters
    ----------
    contingency : what `contingency_matrix` gives
    n_samples : how many samples
    """
    table = contingency.toarray() if is_sparse(contingency) else np.asarray(contingency)
    return _expected_information(table.sum(axis=1), table.sum(axis=0), n_samples)


def _expected_information(row_sums: Any, column_sums: Any, n: int) -> float:
    if len(row_sums) == 1 or len(column_sums) == 1:
        return 0.0
    # The logarithms of the factorials up to n.
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    whole = 0.0
    # Classes of the same size are alike.
    rows = zip(*np.unique(row_sums.astype(int), return_counts=True), strict=True)
    columns = list(zip(*np.unique(column_sums.astype(int), return_counts=True), strict=True))
    for a, many in rows:
        for b, more in columns:
            k = np.arange(max(1, a + b - n), min(a, b) + 1)
            chance = np.exp(
                logs[a] + logs[b] + logs[n - a] + logs[n - b] - logs[n] - logs[k]
                - logs[a - k] - logs[b - k] - logs[n - a - b + k]
            )
            gain = k / n * (np.log(n) + np.log(k) - np.log(a) - np.log(b))
            whole += many * more * np.sum(gain * chance)
    return float(whole)


def _between(a: float, b: float, how: str) -> float:
    return {
        "min": min(a, b), "max": max(a, b), "arithmetic": (a + b) / 2, "geometric": np.sqrt(a * b),
    }[how]


@checked(**_LABELS, **_AVERAGE)
def adjusted_mutual_info_score(
    labels_true: Any, labels_pred: Any, *, average_method: str = "arithmetic"
) -> float:
    """The mutual information as a share of the greatest, with chance as 0. Source: Vinh et al. 2010.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    average_method : of the two entropies: "arithmetic", "geometric", "min" or "max"
    """
    true, guess = _clusterings(labels_true, labels_pred)
    cells = _Cells(true, guess)
    classes, clusters = len(cells.row_sums), len(cells.column_sums)
    if classes == clusters and classes < 2:
        return 1.0
    if classes == 1 or clusters == 1:
        return 0.0
    chance = _expected_information(cells.row_sums, cells.column_sums, len(true))
    most = _between(_entropy(true), _entropy(guess), average_method)
    tiny = np.finfo(np.float64).eps

    def away_from_zero(x):
        return min(x, -tiny) if x < 0 else max(x, tiny)

    return float(away_from_zero(_information_of(cells) - chance) / away_from_zero(most - chance))


@checked(**_LABELS, **_AVERAGE)
def normalized_mutual_info_score(
    labels_true: Any, labels_pred: Any, *, average_method: str = "arithmetic"
) -> float:
    """The mutual information as a share of an average of the two entropies.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    average_method : of the two entropies: "arithmetic", "geometric", "min" or "max"
    """
    true, guess = _clusterings(labels_true, labels_pred)
    cells = _Cells(true, guess)
    if len(cells.row_sums) == len(cells.column_sums) < 2:
        return 1.0
    shared = _information_of(cells)
    return shared and float(shared / _between(_entropy(true), _entropy(guess), average_method))


@checked(**_LABELS, **_BETA)
def homogeneity_completeness_v_measure(
    labels_true: Any, labels_pred: Any, *, beta: float = 1.0
) -> tuple[float, float, float]:
    """Homogeneity, completeness and their weighted harmonic mean. Source: Rosenberg, Hirschberg 2007.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    beta : how much more completeness weighs
    """
    true, guess = _clusterings(labels_true, labels_pred)
    if len(true) == 0:
        return 1.0, 1.0, 1.0
    shared = _information_of(_Cells(true, guess))
    pure, whole = (shared / e if e else 1.0 for e in (_entropy(true), _entropy(guess)))
    both = 0.0 if pure + whole == 0 else (1 + beta) * pure * whole / (beta * pure + whole)
    return float(pure), float(whole), float(both)


@checked(**_LABELS)
def homogeneity_score(labels_true: Any, labels_pred: Any) -> float:
    """Whether each cluster has samples of one class only: 1 if so.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    """
    return homogeneity_completeness_v_measure(labels_true, labels_pred)[0]


@checked(**_LABELS)
def completeness_score(labels_true: Any, labels_pred: Any) -> float:
    """Whether the samples of each class are in one cluster: 1 if so.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    """
    return homogeneity_completeness_v_measure(labels_true, labels_pred)[1]


@checked(**_LABELS, **_BETA)
def v_measure_score(labels_true: Any, labels_pred: Any, *, beta: float = 1.0) -> float:
    """The harmonic mean of homogeneity and completeness.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    beta : how much more completeness weighs
    """
    return homogeneity_completeness_v_measure(labels_true, labels_pred, beta=beta)[2]


@checked(**_LABELS)
def fowlkes_mallows_score(labels_true: Any, labels_pred: Any) -> float:
    """The geometric mean of precision and recall of pairs. Source: Fowlkes and Mallows 1983.

    Parameters
    ----------
    labels_true, labels_pred : array-likes of shape (n_samples,)
    """
    true, guess = _clusterings(labels_true, labels_pred)
    cells = _Cells(true, guess)
    both, first, second = (
        int(np.sum(c**2)) - len(true) for c in (cells.counts, cells.column_sums, cells.row_sums)
    )
    return float(np.sqrt(both / first) * np.sqrt(both / second)) if both else 0.0


def _numbered(X: Any, labels: Any, **check: Any) -> tuple[Any, np.ndarray, np.ndarray]:
    """Samples, the numbers of their clusters, and the sizes of the clusters."""
    X, labels = check_X_y(X, labels, **check)
    classes, numbers = np.unique(labels, return_inverse=True)
    if not 1 < len(classes) < len(labels):
        raise ValueError(
            f"Number of labels is {len(classes)}. Valid values are 2 to n_samples - 1 (inclusive)"
        )
    return X, numbers, np.bincount(numbers)


def _metrics() -> Words:
    from .pairwise import VALID_METRICS

    return Words(*VALID_METRICS, "precomputed")


@checked(X=(ARRAY, SPARSE), labels=ARRAY, metric=(_metrics(), CALLABLE))
def silhouette_samples(
    X: Any, labels: Any, *, metric: Any = "euclidean", **kwds: Any
) -> np.ndarray:
    """How much nearer each sample is to its own cluster than to the next. Source: Rousseeuw 1987.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or distances for "precomputed"
    labels : array-like of shape (n_samples,)
    metric : a metric of `pairwise_distances`, or "precomputed"
    **kwds : more arguments of the metric

    Returns
    -------
    ndarray of shape (n_samples,), from -1 to 1

    Raises
    ------
    ValueError
        For one cluster, or as many as samples.
    """
    from .pairwise import pairwise_distances_chunked

    X, labels = check_X_y(X, labels, accept_sparse=["csr"])
    if metric == "precomputed":
        diagonal = X.diagonal()
        most = np.finfo(X.dtype).eps * 100 if X.dtype.kind == "f" else 0
        if np.any(np.abs(diagonal) > most):
            raise ValueError(
                "The precomputed distance matrix contains non-zero elements on the diagonal. Use "
                "np.fill_diagonal(X, 0)."
            )
    X, numbers, sizes = _numbered(X, labels, accept_sparse=["csr"])
    member = (numbers[:, None] == np.arange(len(sizes))).astype(np.float64)
    out = np.empty(len(numbers))
    done = 0
    for distances in pairwise_distances_chunked(X, metric=metric, **kwds):
        part = slice(done, done + distances.shape[0])
        done = part.stop
        sums = np.asarray(distances @ member)
        own = (np.arange(len(sums)), numbers[part])
        with np.errstate(divide="ignore", invalid="ignore"):
            inside = sums[own] / (sizes - 1)[numbers[part]]
            sums[own] = np.inf
            outside = (sums / sizes).min(axis=1)
            out[part] = (outside - inside) / np.maximum(inside, outside)
    return np.nan_to_num(out).astype(X.dtype if X.dtype == np.float32 else np.float64)


@checked(
    X=(ARRAY, SPARSE), labels=ARRAY, metric=(_metrics(), CALLABLE),
    sample_size=(Span(Integral, 1, None), None), random_state=RANDOM,
)
def silhouette_score(
    X: Any,
    labels: Any,
    *,
    metric: Any = "euclidean",
    sample_size: int | None = None,
    random_state: Any = None,
    **kwds: Any,
) -> float:
    """The mean of `silhouette_samples`.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or distances for "precomputed"
    labels : array-like of shape (n_samples,)
    metric : a metric of `pairwise_distances`, or "precomputed"
    sample_size : how many samples are drawn for it; None is all
    random_state : seed or generator of the draw
    **kwds : more arguments of the metric
    """
    if sample_size is not None:
        X, labels = check_X_y(X, labels, accept_sparse=["csc", "csr"])
        chosen = check_random_state(random_state).permutation(X.shape[0])[:sample_size]
        X, labels = X[chosen], labels[chosen]
        if metric == "precomputed":
            X = X.T[chosen].T
    return float(np.mean(silhouette_samples(X, labels, metric=metric, **kwds)))


@checked(X=ARRAY, labels=ARRAY)
def calinski_harabasz_score(X: Any, labels: Any) -> float:
    """The variance between clusters as a multiple of that within. Source: Calinski, Harabasz 1974.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
    labels : array-like of shape (n_samples,)
    """
    X, numbers, sizes = _numbered(X, labels)
    centre, within, between = X.mean(axis=0), 0.0, 0.0
    for k, size in enumerate(sizes):
        cluster = X[numbers == k]
        mean = cluster.mean(axis=0)
        between += size * np.sum((mean - centre) ** 2)
        within += np.sum((cluster - mean) ** 2)
    if within == 0:
        return 1.0
    return float(between * (len(X) - len(sizes)) / (within * (len(sizes) - 1)))


@checked(X=ARRAY, labels=ARRAY)
def davies_bouldin_score(X: Any, labels: Any) -> float:
    """How alike each cluster is to the one most like it, on average. Source: Davies, Bouldin 1979.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
    labels : array-like of shape (n_samples,)
    """
    X, numbers, sizes = _numbered(X, labels)
    means = np.stack([X[numbers == k].mean(axis=0) for k in range(len(sizes))])
    spread = np.asarray([
        np.linalg.norm(X[numbers == k] - mean, axis=1).mean() for k, mean in enumerate(means)
    ])
    apart = np.linalg.norm(means[:, None] - means[None, :], axis=2)
    if np.allclose(spread, 0) or np.allclose(apart, 0):
        return 0.0
    apart[apart == 0] = np.inf
    return float(np.mean(np.max((spread[:, None] + spread) / apart, axis=1)))


def _assigned(gain: np.ndarray) -> float:
    """The greatest sum of one entry a row and column."""
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        small = gain if gain.shape[0] <= gain.shape[1] else gain.T
        rows = range(small.shape[0])
        return max(
            sum(small[i, j] for i, j in zip(rows, columns, strict=True))
            for columns in permutations(range(small.shape[1]), small.shape[0])
        )
    return gain[linear_sum_assignment(-gain)].sum()


def _jaccard(rows: Any, columns: Any, others: Any, more: Any) -> float:
    both = (rows * others).sum() * (columns * more).sum()
    return both / (rows.sum() * columns.sum() + others.sum() * more.sum() - both)


@checked(a=tuple, b=tuple, similarity=(CALLABLE, Words("jaccard")))
def consensus_score(a: Any, b: Any, *, similarity: Any = "jaccard") -> float:
    """How alike two sets of biclusters are. Source: Hochreiter et al. 2010.

    Parameters
    ----------
    a, b : (rows, columns), each a table of truth values with a row for each bicluster
    similarity : "jaccard", or a function of the rows and columns of two biclusters
    """
    (rows, columns), (others, more) = (
        [check_array(part, ensure_2d=False) for part in pair] for pair in (a, b)
    )
    check_consistent_length(rows, columns)
    check_consistent_length(others, more)
    alike = _jaccard if similarity == "jaccard" else similarity
    gain = np.asarray([
        [alike(*one, *other) for other in zip(others, more, strict=True)]
        for one in zip(rows, columns, strict=True)
    ])
    return float(_assigned(gain) / max(len(rows), len(others)))
