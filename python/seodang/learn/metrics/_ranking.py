"""How well scores put positive samples before negative ones."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from itertools import combinations
from numbers import Integral, Real
from typing import Any

import numpy as np

from .._sparse import is_sparse
from ..exceptions import UndefinedMetricWarning, warn
from ..utils._parameters import ARRAY, BOOLEAN, CALLABLE, SPARSE, Span, Words, checked
from ..utils.multiclass import type_of_target
from ..utils.validation import (
    _check_finite,
    check_array,
    check_consistent_length,
    column_or_1d,
)
from ._targets import average as mean
from ._targets import codes, one_hot, positive_label, weights_of

_BASIC = {"y_true": ARRAY, "y_score": ARRAY, "sample_weight": (ARRAY, None)}
_CURVE = {**_BASIC, "pos_label": (Real, str, BOOLEAN, None)}
_CUT = {"drop_intermediate": BOOLEAN}
_TABLE = {**_BASIC, "y_true": (ARRAY, SPARSE)}


@checked(x=ARRAY, y=ARRAY)
def auc(x: Any, y: Any) -> float:
    """The area under a curve, by trapezoids.

    Parameters
    ----------
    x : array-like of shape (n,), all increasing or all decreasing
    y : array-like of shape (n,)

    Raises
    ------
    ValueError
        For fewer than two points, or `x` in no order.
    """
    check_consistent_length(x, y)
    x, y = column_or_1d(x), column_or_1d(y)
    if len(x) < 2:
        raise ValueError(
            f"At least 2 points are needed to compute area under curve, but x.shape = {len(x)}"
        )
    steps = np.diff(x)
    backwards = (steps < 0).any()
    if backwards and not (steps <= 0).all():
        raise ValueError(f"x is neither increasing nor decreasing : {x}.")
    area = np.trapezoid(y, x)
    return float(-area if backwards else area)


def _ordered(y_true: Any, y_score: Any, sample_weight: Any) -> tuple[Any, Any, Any, np.ndarray]:
    """Targets, scores and weights with the highest score first, and the last place of each score."""
    check_consistent_length(y_true, y_score, sample_weight)
    y, scores = column_or_1d(y_true), column_or_1d(y_score)
    _check_finite(y, False, None, "")
    _check_finite(scores, False, None, "")
    weights = None if sample_weight is None else weights_of(column_or_1d(sample_weight), y)
    if weights is not None:
        kept = weights != 0
        y, scores, weights = y[kept], scores[kept], weights[kept]
    order = np.argsort(-scores if scores.dtype.kind in "if" else scores * -1.0, kind="stable")
    y, scores = y[order], scores[order]
    weights = None if weights is None else weights[order]
    return y, scores, weights, np.append(np.flatnonzero(np.diff(scores)), len(y) - 1)


@checked(**_CURVE)
def confusion_matrix_at_thresholds(
    y_true: Any, y_score: Any, *, pos_label: Any = None, sample_weight: Any = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """How many samples are right and wrong where those of at least a score count as positive.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) of two classes
    y_score : array-like of shape (n_samples,)
    pos_label : the positive class; None is 1
    sample_weight : array-like of shape (n_samples,), how much each sample counts

    Returns
    -------
    five ndarrays of shape (n_thresholds,): true negatives, false positives, false negatives, true
    positives, the thresholds, highest first

    Raises
    ------
    ValueError
        For other than two classes.
    """
    kind = type_of_target(y_true, input_name="y_true")
    if kind != "binary" and not (kind == "multiclass" and pos_label is not None):
        raise ValueError(f"{kind} format is not supported")
    pos_label = positive_label(pos_label, np.asarray(y_true))
    positive = np.asarray(y_true) == pos_label
    y, scores, weights, last = _ordered(positive.astype(np.int64), y_score, sample_weight)
    y = y.astype(np.float64)
    if weights is None:
        hits = np.cumsum(y)[last]
        extra = 1 + last - hits
    else:
        hits, extra = np.cumsum(y * weights)[last], np.cumsum((1 - y) * weights)[last]
    return extra[-1] - extra, extra, hits[-1] - hits, hits, scores[last]


def _ends_and(*conditions: np.ndarray) -> np.ndarray:
    """The first and last place, and those between where a condition holds."""
    kept = np.zeros(len(conditions[0]) + 2, dtype=bool)
    kept[[0, -1]] = True
    for condition in conditions:
        kept[1:-1] |= condition != 0
    return np.flatnonzero(kept)


@checked(**_CURVE, **_CUT)
def roc_curve(
    y_true: Any,
    y_score: Any,
    *,
    pos_label: Any = None,
    sample_weight: Any = None,
    drop_intermediate: bool = True,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The receiver operating characteristic. Source: Fawcett 2006.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) of two classes
    y_score : array-like of shape (n_samples,)
    pos_label : the positive class; None is 1
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    drop_intermediate : whether to leave out points on straight lines

    Returns
    -------
    three ndarrays of shape (n_thresholds,): shares of negatives and of positives at or above the
    threshold, the thresholds (infinity first)
    """
    _, extra, _, hits, thresholds = confusion_matrix_at_thresholds(
        y_true, y_score, pos_label=pos_label, sample_weight=sample_weight
    )
    if drop_intermediate and len(extra) > 2:
        kept = _ends_and(np.diff(extra, 2), np.diff(hits, 2))
        extra, hits, thresholds = extra[kept], hits[kept], thresholds[kept]
    extra, hits = np.append(0.0, extra), np.append(0.0, hits)
    thresholds = np.append(np.inf, thresholds.astype(np.float64))
    rates = []
    for counts, whose, what in ((extra, "negative", "false"), (hits, "positive", "true")):
        if counts[-1] <= 0:
            warn(
                f"No {whose} samples in y_true, {what} positive value should be meaningless",
                UndefinedMetricWarning,
                stacklevel=3,
            )
            rates.append(np.full(counts.shape, np.nan))
        else:
            rates.append(counts / counts[-1])
    return rates[0], rates[1], thresholds


@checked(**_CURVE, **_CUT)
def precision_recall_curve(
    y_true: Any,
    y_score: Any,
    *,
    pos_label: Any = None,
    sample_weight: Any = None,
    drop_intermediate: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision and recall at all thresholds.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) of two classes
    y_score : array-like of shape (n_samples,)
    pos_label : the positive class; None is 1
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    drop_intermediate : whether to leave out points between those of equal recall

    Returns
    -------
    ndarrays of shapes (n_thresholds + 1,), (n_thresholds + 1,), (n_thresholds,): precision, recall,
    thresholds, lowest first; the last point is precision 1 at recall 0
    """
    _, extra, _, hits, thresholds = confusion_matrix_at_thresholds(
        y_true, y_score, pos_label=pos_label, sample_weight=sample_weight
    )
    if drop_intermediate and len(extra) > 2:
        kept = _ends_and(np.diff(hits[:-1]), np.diff(hits[1:]))
        extra, hits, thresholds = extra[kept], hits[kept], thresholds[kept]
    taken = hits + extra
    precision = np.divide(hits, taken, out=np.zeros_like(hits), where=taken != 0)
    if hits[-1] == 0:
        warnings.warn(
            "No positive class found in y_true, recall is set to one for all thresholds.",
            stacklevel=3,
        )
        recall = np.ones_like(hits)
    else:
        recall = hits / hits[-1]
    return np.append(precision[::-1], 1.0), np.append(recall[::-1], 0.0), thresholds[::-1]


@checked(**_CURVE, **_CUT)
def det_curve(
    y_true: Any,
    y_score: Any,
    pos_label: Any = None,
    sample_weight: Any = None,
    drop_intermediate: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The detection error tradeoff. Source: Martin et al. 1997.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) of two classes
    y_score : array-like of shape (n_samples,)
    pos_label : the positive class; None is 1
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    drop_intermediate : whether to leave out points between those of equal misses

    Returns
    -------
    three ndarrays of shape (n_thresholds,): shares of negatives taken and of positives missed, and
    the thresholds, lowest first

    Raises
    ------
    ValueError
        For one class only.
    """
    _, extra, _, hits, thresholds = confusion_matrix_at_thresholds(
        y_true, y_score, pos_label=pos_label, sample_weight=sample_weight
    )
    extra, hits = np.append(0.0, extra), np.append(0.0, hits)
    thresholds = np.append(np.inf, thresholds.astype(np.float64))
    if drop_intermediate and len(extra) > 2:
        kept = _ends_and(np.diff(hits[:-1]), np.diff(hits[1:]))
        extra, hits, thresholds = extra[kept], hits[kept], thresholds[kept]
    if len(np.unique(y_true)) != 2:
        raise ValueError(
            "Only one class is present in y_true. Detection error tradeoff curve is not defined in "
            "that case."
        )
    missed = hits[-1] - hits
    # From the last point without a false alarm to the first without a miss.
    first = np.searchsorted(extra, extra[0], side="right") - 1
    stop = np.searchsorted(hits, hits[-1]) + 1
    part = slice(first, stop)
    return (
        extra[part][::-1] / extra[-1], missed[part][::-1] / hits[-1], thresholds[part][::-1]
    )


def _of_labels(
    metric: Callable, y_true: Any, y_score: Any, average: str | None, sample_weight: Any
) -> Any:
    """A metric of two classes for each column (or row) of a table of labels, averaged."""
    options = (None, "micro", "macro", "weighted", "samples")
    if average not in options:
        raise ValueError(f"average has to be one of {options}")
    kind = type_of_target(y_true)
    if kind == "binary":
        return metric(y_true, y_score, sample_weight=sample_weight)
    if kind != "multilabel-indicator":
        raise ValueError(f"{kind} format is not supported")
    check_consistent_length(y_true, y_score, sample_weight)
    true, scores, weights = check_array(y_true), check_array(y_score), sample_weight
    shares = None
    if average == "micro":
        if weights is not None:
            weights = np.repeat(weights, true.shape[1])
        true, scores = true.reshape(-1, 1), scores.reshape(-1, 1)
    elif average == "weighted":
        shares = true.sum(axis=0) if weights is None else np.asarray(weights) @ true
        if np.isclose(shares.sum(), 0):
            return 0
    elif average == "samples":
        true, scores, shares, weights = true.T, scores.T, weights, None
    if scores.shape[1] > true.shape[1]:
        raise ValueError(
            f"y_score has {scores.shape[1]} columns, but y_true only {true.shape[1]} labels"
        )
    found = np.asarray([
        metric(t, s, sample_weight=weights) for t, s in zip(true.T, scores.T, strict=False)
    ])
    if average is None:
        return found
    if shares is not None:
        found[np.asarray(shares) == 0] = 0
    return mean(found, shares)


@checked(
    **_BASIC,
    average=(Words("micro", "samples", "weighted", "macro"), None),
    pos_label=(Real, str, BOOLEAN),
)
def average_precision_score(
    y_true: Any,
    y_score: Any,
    *,
    average: str | None = "macro",
    pos_label: Any = 1,
    sample_weight: Any = None,
) -> Any:
    """The mean of the precisions at all thresholds, weighted by the gain in recall. Source: Zhu 2004.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_labels)
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
    average : None (each class), "micro", "macro", "weighted" or "samples"
    pos_label : the positive class of two
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    weights = None if sample_weight is None else column_or_1d(sample_weight)
    kind = type_of_target(y_true, input_name="y_true")
    present = np.unique(np.asarray(y_true))
    if kind == "binary":
        if len(present) == 2 and pos_label not in present.tolist():
            raise ValueError(
                f"pos_label={pos_label} is not a valid label. It should be one of {present}"
            )
    elif pos_label != 1 and kind in ("multilabel-indicator", "multiclass"):
        raise ValueError(
            f"Parameter pos_label is fixed to 1 for {kind} y_true. Do not set pos_label or set "
            "pos_label to 1."
        )
    if kind == "multiclass":
        y_true = one_hot(present, column_or_1d(y_true))
        if np.shape(y_score) != y_true.shape:
            raise ValueError(
                "`y_score` needs to be of shape `(n_samples, n_classes)`, since `y_true` contains "
                f"multiple classes. Got `y_score.shape={np.shape(y_score)}`."
            )

    def of_two(y, scores, sample_weight):
        precision, recall, _ = precision_recall_curve(
            y, scores, pos_label=pos_label, sample_weight=sample_weight
        )
        return float(max(0.0, -np.sum(np.diff(recall) * precision[:-1])))

    return _of_labels(of_two, y_true, y_score, average, weights)


def _roc_auc(
    y_true: Any, y_score: Any, sample_weight: Any = None, max_fpr: float | None = None
) -> float:
    if len(np.unique(y_true)) != 2:
        warn(
            "Only one class is present in y_true. ROC AUC score is not defined in that case.",
            UndefinedMetricWarning,
            stacklevel=5,
        )
        return float("nan")
    extra, hits, _ = roc_curve(y_true, y_score, sample_weight=sample_weight)
    if max_fpr is None or max_fpr == 1:
        return auc(extra, hits)
    stop = np.searchsorted(extra, max_fpr, "right")
    end = np.interp(max_fpr, extra[stop - 1 : stop + 1], hits[stop - 1 : stop + 1])
    area = auc(np.append(extra[:stop], max_fpr), np.append(hits[:stop], end))
    # Chance becomes one half, the best one. Source: McClish 1989.
    least = 0.5 * max_fpr**2
    return 0.5 * (1 + (area - least) / (max_fpr - least))


@checked(
    **_BASIC,
    average=(Words("micro", "macro", "samples", "weighted"), None),
    max_fpr=(Span(Real, 0.0, 1, "right"), None),
    multi_class=Words("raise", "ovr", "ovo"),
    labels=(ARRAY, None),
)
def roc_auc_score(
    y_true: Any,
    y_score: Any,
    *,
    average: str | None = "macro",
    sample_weight: Any = None,
    max_fpr: float | None = None,
    multi_class: str = "raise",
    labels: Any = None,
) -> Any:
    """The area under the receiver operating characteristic. Sources: Fawcett 2006, Hand and Till 2001.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_labels)
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
    average : None (each class), "micro", "macro", "weighted" or "samples"
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    max_fpr : up to which share of false positives the area counts
    multi_class : of more than two classes "ovr" takes each against the rest, "ovo" each against each
    labels : the classes of the columns, sorted

    Raises
    ------
    ValueError
        For classes and columns that do not fit.
    """
    kind = type_of_target(y_true, input_name="y_true")
    y = check_array(y_true, ensure_2d=False, dtype=None)
    scores = check_array(y_score, ensure_2d=False)
    weights = None if sample_weight is None else column_or_1d(sample_weight)
    wide = scores.ndim == 2 and scores.shape[1] > 2
    if kind == "multiclass" or (kind == "binary" and wide):
        if max_fpr is not None and max_fpr != 1.0:
            raise ValueError(
                "Partial AUC computation not available in multiclass setting, 'max_fpr' must be set "
                f"to `None`, received `max_fpr={max_fpr}` instead"
            )
        if multi_class == "raise":
            raise ValueError("multi_class must be in ('ovo', 'ovr')")
        return _roc_auc_of_several(y, scores, labels, multi_class, average, weights)
    if kind == "binary":
        y = column_or_1d(y)
        present = np.unique(y)
        y = (y == present[-1]).astype(np.int64) if len(present) == 2 else np.zeros(len(y), np.int64)
    return _of_labels(partial(_roc_auc, max_fpr=max_fpr), y, scores, average, weights)


def _roc_auc_of_several(
    y: np.ndarray, scores: np.ndarray, labels: Any, how: str, average: Any, weights: Any
) -> Any:
    if scores.ndim != 2:
        raise ValueError(
            "`y_score` needs to be of shape `(n_samples, n_classes)`, since `y_true` contains "
            f"multiple classes. Got `y_score.shape={scores.shape}`."
        )
    if not np.allclose(1, scores.sum(axis=1)):
        raise ValueError(
            "Target scores need to be probabilities for multiclass roc_auc, i.e. they should sum up "
            "to 1.0 over classes"
        )
    options = ("micro", "macro", "weighted", None)[how == "ovo" :]
    if average not in options:
        raise ValueError(f"average must be one of {options} for multiclass problems")
    if average is None and how == "ovo":
        raise NotImplementedError("average=None is not implemented for multi_class='ovo'.")
    y = column_or_1d(y)
    classes = np.unique(y) if labels is None else _given(labels, "")
    if labels is not None:
        if len(classes) != scores.shape[1]:
            raise ValueError(
                f"Number of given labels, {len(classes)}, not equal to the number of columns in "
                f"'y_score', {scores.shape[1]}"
            )
        if len(np.setdiff1d(y, classes)):
            raise ValueError("'y_true' contains labels not in parameter 'labels'")
    elif len(classes) != scores.shape[1]:
        raise ValueError(
            "Number of classes in y_true not equal to the number of columns in 'y_score'"
        )
    if how == "ovr":
        return _of_labels(_roc_auc, one_hot(classes, y), scores, average, weights)
    if weights is not None:
        raise ValueError(
            "sample_weight is not supported for multiclass one-vs-one ROC AUC, 'sample_weight' must "
            "be None in this case."
        )
    places = codes(classes, y)
    areas, shares = [], []
    for a, b in combinations(np.unique(places), 2):
        either = (places == a) | (places == b)
        first = places[either] == a
        areas.append((_roc_auc(first, scores[either, a]) + _roc_auc(~first, scores[either, b])) / 2)
        shares.append(either.mean())
    return np.average(areas, weights=shares if average == "weighted" else None)


def _given(labels: Any, end: str) -> np.ndarray:
    """Labels that must be sorted and different."""
    labels = column_or_1d(labels)
    classes = np.unique(labels)
    if len(classes) != len(labels):
        raise ValueError(f"Parameter 'labels' must be unique{end}")
    if not np.array_equal(classes, labels):
        raise ValueError(f"Parameter 'labels' must be ordered{end}")
    return classes


@checked(**_BASIC, k=Span(Integral, 1, None), normalize=BOOLEAN, labels=(ARRAY, None))
def top_k_accuracy_score(
    y_true: Any,
    y_score: Any,
    *,
    k: int = 2,
    normalize: bool = True,
    sample_weight: Any = None,
    labels: Any = None,
) -> float:
    """The share of samples whose class is among the `k` of the highest scores.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
    k : how many
    normalize : False gives the number of them, not the share
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    labels : the classes of the columns, sorted, where `y_true` has not all of them

    Raises
    ------
    ValueError
        For classes and columns that do not fit.
    """
    y = column_or_1d(check_array(y_true, ensure_2d=False, dtype=None))
    kind = type_of_target(y, input_name="y_true")
    if kind == "binary" and labels is not None and len(labels) > 2:
        kind = "multiclass"
    if kind not in ("binary", "multiclass"):
        raise ValueError(f"y type must be 'binary' or 'multiclass', got '{kind}' instead.")
    scores = check_array(y_score, ensure_2d=False)
    if kind == "binary":
        if scores.ndim == 2 and scores.shape[1] != 1:
            raise ValueError(
                f"`y_true` is binary while y_score is 2d with {scores.shape[1]} classes. If `y_true` "
                "does not contain all the labels, `labels` must be provided."
            )
        scores = column_or_1d(scores)
    elif scores.ndim != 2:
        raise ValueError(
            "`y_score` needs to be of shape `(n_samples, n_classes)`, since `y_true` contains "
            f"multiple classes. Got `y_score.shape={scores.shape}`."
        )
    check_consistent_length(y, scores, sample_weight)
    columns = scores.shape[1] if scores.ndim == 2 else 2
    classes = np.unique(y) if labels is None else _given(labels, ".")
    if len(classes) != columns:
        if labels is None:
            raise ValueError(
                f"Number of classes in 'y_true' ({len(classes)}) not equal to the number of classes "
                f"in 'y_score' ({columns}).You can provide a list of all known classes by assigning "
                "it to the `labels` parameter."
            )
        raise ValueError(
            f"Number of given labels ({len(classes)}) not equal to the number of classes in "
            f"'y_score' ({columns})."
        )
    if len(np.setdiff1d(y, classes)):
        raise ValueError("'y_true' contains labels not in parameter 'labels'.")
    if k >= len(classes):
        warn(
            f"'k' ({k}) greater than or equal to 'n_classes' ({len(classes)}) will result in a "
            "perfect score and is therefore meaningless.",
            UndefinedMetricWarning,
            stacklevel=3,
        )
    places = codes(classes, y)
    if kind == "multiclass":
        best = np.argsort(scores, axis=1, kind="stable")[:, ::-1][:, :k]
        right = (best == places[:, None]).any(axis=1)
    elif k > 1:
        right = np.ones(len(y), dtype=bool)
    else:
        probabilities = scores.min() >= 0 and scores.max() <= 1
        right = (scores > (0.5 if probabilities else 0)) == places
    return mean(right, sample_weight, normalize=normalize)


@checked(**_BASIC, metric_func=CALLABLE, metric_params=(dict, None))
def metric_at_thresholds(
    y_true: Any,
    y_score: Any,
    metric_func: Callable,
    *,
    sample_weight: Any = None,
    metric_params: dict[str, Any] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """A metric where samples of at least a score count as positive, for every score.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_score : array-like of shape (n_samples,)
    metric_func : ``f(y_true, y_pred, **metric_params)``
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    metric_params : more arguments of the metric

    Returns
    -------
    two ndarrays of shape (n_thresholds,): values, thresholds, highest first
    """
    y, scores, weights, last = _ordered(y_true, y_score, sample_weight)
    options = dict(metric_params or {})
    if weights is not None:
        options["sample_weight"] = weights
    thresholds = scores[last]
    values = [metric_func(y, (scores >= t).astype(np.int32), **options) for t in thresholds]
    return np.asarray(values), thresholds


def _labels_and_scores(
    y_true: Any, y_score: Any, sample_weight: Any, *, one_column: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    check_consistent_length(y_true, y_score, sample_weight)
    y = check_array(y_true, ensure_2d=False, accept_sparse="csr")
    scores = check_array(y_score, ensure_2d=False)
    kind = type_of_target(y, input_name="y_true")
    allowed = kind == "multilabel-indicator" or (one_column and kind == "binary" and y.ndim == 2)
    # Which of two errors comes first is scikit-learn's order.
    if one_column and y.shape != scores.shape:
        raise ValueError("y_true and y_score have different shape")
    if not allowed:
        raise ValueError(f"{kind} format is not supported")
    if y.shape != scores.shape:
        raise ValueError("y_true and y_score have different shape")
    return (y.toarray() if is_sparse(y) else y) != 0, scores


@checked(**_TABLE)
def label_ranking_average_precision_score(
    y_true: Any, y_score: Any, *, sample_weight: Any = None
) -> float:
    """The mean share of true labels among those ranked at least as high as each true one.

    Parameters
    ----------
    y_true : array-like of shape (n_samples, n_labels), zeros and ones
    y_score : array-like of shape (n_samples, n_labels)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    true, scores = _labels_and_scores(y_true, y_score, sample_weight, one_column=True)
    each = np.ones(len(true))
    for i, (labels, values) in enumerate(zip(true, scores, strict=True)):
        if labels.any() and not labels.all():
            own = np.sort(values[labels])
            rank = len(values) - np.searchsorted(np.sort(values), own)
            among = len(own) - np.searchsorted(own, own)
            each[i] = (among / rank).mean()
    return float(np.average(each, weights=sample_weight))


@checked(**_BASIC)
def coverage_error(y_true: Any, y_score: Any, *, sample_weight: Any = None) -> float:
    """How many of the highest labels must be taken to have all true ones, on average.

    Source: Tsoumakas, Katakis and Vlahavas 2010.

    Parameters
    ----------
    y_true : array-like of shape (n_samples, n_labels), zeros and ones
    y_score : array-like of shape (n_samples, n_labels)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    true, scores = check_array(y_true), check_array(y_score)
    true, scores = _labels_and_scores(true, scores, sample_weight)
    lowest = np.where(true, scores, np.inf).min(axis=1, keepdims=True)
    return float(np.average((scores >= lowest).sum(axis=1), weights=sample_weight))


@checked(**_TABLE)
def label_ranking_loss(y_true: Any, y_score: Any, *, sample_weight: Any = None) -> float:
    """The mean share of pairs of a true and a false label that are not in the right order.

    Parameters
    ----------
    y_true : array-like of shape (n_samples, n_labels), zeros and ones
    y_score : array-like of shape (n_samples, n_labels)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    true, scores = _labels_and_scores(y_true, y_score, sample_weight)
    each = np.zeros(len(true))
    for i, (labels, values) in enumerate(zip(true, scores, strict=True)):
        if labels.any() and not labels.all():
            low = np.sort(values[labels])
            wrong = np.searchsorted(low, values[~labels], side="right").sum()
            each[i] = wrong / (labels.sum() * (~labels).sum())
    return float(np.average(each, weights=sample_weight))


def _gains(true: Any, scores: Any, k: int | None, base: float, ignore_ties: bool) -> np.ndarray:
    discount = np.log(base) / np.log(np.arange(true.shape[1]) + 2)
    if k is not None:
        discount[k:] = 0
    if ignore_ties:
        order = np.argsort(scores)[:, ::-1]
        return np.take_along_axis(true, order, axis=1) @ discount
    # What has the same score shares its places. Source: McSherry and Najork 2008.
    below = np.cumsum(discount)
    out = np.empty(len(true))
    for i, (gains, values) in enumerate(zip(true, scores, strict=True)):
        _, group, counts = np.unique(-values, return_inverse=True, return_counts=True)
        mean_gain = np.bincount(group, gains) / counts
        out[i] = mean_gain @ np.diff(below[np.cumsum(counts) - 1], prepend=0)
    return out


def _relevances(y_true: Any, y_score: Any, sample_weight: Any) -> tuple[np.ndarray, np.ndarray]:
    true, scores = (check_array(y, ensure_2d=False) for y in (y_true, y_score))
    check_consistent_length(true, scores, sample_weight)
    return true, scores


def _check_relevances(true: np.ndarray, scores: np.ndarray) -> None:
    kind = type_of_target(true, input_name="y_true")
    allowed = ("multilabel-indicator", "continuous-multioutput", "multiclass-multioutput")
    if kind not in allowed:
        raise ValueError(f"Only {allowed} formats are supported. Got {kind} instead")
    if true.shape != scores.shape:
        raise ValueError("y_true and y_score have different shape")


_GAIN = {**_BASIC, "k": (Span(Integral, 1, None), None), "ignore_ties": BOOLEAN}


@checked(**_GAIN, log_base=Span(Real, 0.0, None, "neither"))
def dcg_score(
    y_true: Any,
    y_score: Any,
    *,
    k: int | None = None,
    log_base: float = 2,
    sample_weight: Any = None,
    ignore_ties: bool = False,
) -> float:
    """The discounted cumulative gain. Source: Järvelin and Kekäläinen 2002.

    Parameters
    ----------
    y_true : array-like of shape (n_samples, n_labels), how relevant each is
    y_score : array-like of shape (n_samples, n_labels)
    k : how many of the highest count; None is all
    log_base : the base of the logarithm of the discount
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    ignore_ties : whether there are no equal scores, which is quicker
    """
    true, scores = _relevances(y_true, y_score, sample_weight)
    _check_relevances(true, scores)
    gains = _gains(true, scores, k, log_base, ignore_ties)
    return float(np.average(gains, weights=sample_weight))


@checked(**_GAIN)
def ndcg_score(
    y_true: Any,
    y_score: Any,
    *,
    k: int | None = None,
    sample_weight: Any = None,
    ignore_ties: bool = False,
) -> float:
    """The discounted cumulative gain as a share of the best possible.

    Parameters
    ----------
    y_true : array-like of shape (n_samples, n_labels), how relevant each is, at least 0
    y_score : array-like of shape (n_samples, n_labels)
    k : how many of the highest count; None is all
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    ignore_ties : whether there are no equal scores, which is quicker

    Raises
    ------
    ValueError
        For negative relevances, or a single label.
    """
    true, scores = _relevances(y_true, y_score, sample_weight)
    if true.min() < 0:
        raise ValueError("ndcg_score should not be used on negative y_true values.")
    if true.ndim > 1 and true.shape[1] <= 1:
        raise ValueError(
            "Computing NDCG is only meaningful when there is more than 1 document. Got "
            f"{true.shape[1]} instead."
        )
    _check_relevances(true, scores)
    gains = _gains(true, scores, k, 2, ignore_ties)
    best = _gains(true, true, k, 2, True)
    shares = np.divide(gains, best, out=np.zeros_like(best), where=best != 0)
    return float(np.average(shares, weights=sample_weight))
