"""How good probabilities and decisions of classifiers are."""

from __future__ import annotations

import warnings
from numbers import Real
from typing import Any

import numpy as np

from ..exceptions import UndefinedMetricWarning, warn
from ..utils._parameters import ARRAY, BOOLEAN, Words, checked
from ..utils.multiclass import type_of_target, unique_labels
from ..utils.validation import (
    _check_finite,
    _num_samples,
    check_array,
    check_consistent_length,
    column_or_1d,
)
from ._targets import average, codes, one_hot, positive_label, weights_of

_FLOATS = [np.float64, np.float32, np.float16]
_BASIC = {"y_true": ARRAY, "sample_weight": (ARRAY, None), "labels": (ARRAY, None)}
_PROBABLE = {**_BASIC, "y_proba": (ARRAY, None), "y_pred": (ARRAY, str)}


def _renamed(y_proba: Any, y_pred: Any) -> Any:
    """`y_proba`, or `y_pred`, which it was called before scikit-learn 1.9."""
    if isinstance(y_pred, str) and y_pred == "deprecated":
        return y_proba
    if y_proba is not None:
        raise ValueError(
            "Cannot use both `y_pred` and `y_proba`. `y_pred` is deprecated, use `y_proba` instead."
        )
    warnings.warn(
        "`y_pred` was renamed to `y_proba` in version 1.9 and will be removed in 1.11. Use `y_proba` "
        "instead.",
        FutureWarning,
        stacklevel=4,
    )
    return y_pred


def _between(p: np.ndarray, below: str) -> None:
    if p.max() > 1:
        raise ValueError(f"y_prob contains values greater than 1: {p.max()}")
    if p.min() < 0:
        raise ValueError(f"y_prob contains values {below} than 0: {p.min()}")


def _table(y_true: Any, p: np.ndarray, sample_weight: Any, labels: Any) -> tuple[Any, Any, Any]:
    """The truth as a table of zeros and ones, probabilities as one, weights."""
    _between(p, "lower")
    check_consistent_length(p, y_true, sample_weight)
    weights = weights_of(sample_weight, p)
    kind = type_of_target(y_true)
    if kind.endswith("-multioutput"):
        raise ValueError("Multioutput target data is not supported with label binarization")
    classes = _classes(y_true, labels)
    if kind == "multilabel-indicator":
        if labels is not None:
            raise ValueError("The object was not fitted with multilabel input.")
        true = (np.asarray(y_true) != 0).astype(np.int64)
    else:
        true = one_hot(classes, column_or_1d(y_true))
    if p.ndim == 1:
        p = p[:, None]
    if p.shape[1] == 1:
        p = np.concatenate([1 - p, p], axis=1)
    if not np.allclose(p.sum(axis=1), 1, rtol=np.sqrt(np.finfo(p.dtype).eps)):
        warnings.warn(
            "The y_prob values do not sum to one. Make sure to pass probabilities.", stacklevel=4
        )
    if len(classes) != p.shape[1]:
        if labels is None:
            raise ValueError(
                f"y_true and y_prob contain different number of classes: {len(classes)} vs "
                f"{p.shape[1]}. Please provide the true labels explicitly through the labels "
                f"argument. Classes found in y_true: {classes}"
            )
        raise ValueError(
            "The number of classes in labels is different from that in y_prob. Classes found in "
            f"labels: {classes}"
        )
    return true.astype(p.dtype), p, weights


def _classes(y_true: Any, labels: Any) -> np.ndarray:
    """The classes of the columns, at least two."""
    if labels is None:
        classes = unique_labels(y_true)
        if len(classes) == 1:
            raise ValueError(
                f"y_true contains only one label ({classes[0]}). Please provide the list of all "
                "expected class labels explicitly through the labels argument."
            )
        return classes
    classes = unique_labels(labels)
    if len(classes) == len(labels) and not np.all(classes == np.asarray(labels)):
        warnings.warn(
            f"Labels passed were {labels}. But this function assumes labels are ordered "
            f"lexicographically. Pass the ordered labels={classes.tolist()} and ensure that the "
            "columns of y_prob correspond to this ordering.",
            stacklevel=5,
        )
    if not np.isin(y_true, classes).all():
        raise ValueError(
            f"y_true contains values {set(y_true) - set(labels)} not belonging to the passed labels "
            f"{labels}."
        )
    if len(classes) == 1:
        raise ValueError(f"The labels array needs to contain at least two labels, got {classes}.")
    return classes


def _two(y_true: Any, p: Any, sample_weight: Any, pos_label: Any) -> tuple[Any, Any, Any]:
    """The same where only the positive class has a probability."""
    y, p = column_or_1d(y_true), column_or_1d(p)
    _check_finite(y, False, None, "")
    check_consistent_length(p, y, sample_weight)
    weights = weights_of(sample_weight, p)
    kind = type_of_target(y, input_name="y_true")
    if kind != "binary":
        raise ValueError(
            f"The type of the target inferred from y_true is {kind} but should be binary according "
            "to the shape of y_prob."
        )
    _between(p, "less")
    try:
        pos_label = positive_label(pos_label, y)
    except ValueError:
        classes = np.unique(y)
        if classes.dtype.kind in "OUS":
            raise
        pos_label = classes[-1]
    right = (y == pos_label).astype(p.dtype if p.dtype.kind == "f" else np.float64)
    return np.stack([1 - right, right], axis=1), np.stack([1 - p, p], axis=1), weights


def _log_losses(true: np.ndarray, p: np.ndarray) -> np.ndarray:
    tiny = np.finfo(p.dtype).eps
    logs = np.log(np.clip(p, tiny, 1 - tiny))
    return -np.sum(np.where(true != 0, true * logs, 0), axis=1)


@checked(**_PROBABLE, normalize=BOOLEAN)
def log_loss(
    y_true: Any,
    y_proba: Any = None,
    *,
    normalize: bool = True,
    sample_weight: Any = None,
    labels: Any = None,
    y_pred: Any = "deprecated",
) -> float:
    """The mean of minus the logarithm of the probability of the true class. Source: Good 1952.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_proba : array-like of shape (n_samples, n_classes), or (n_samples,) for the second of two
    normalize : False gives the sum
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    labels : the classes of the columns, sorted, where `y_true` has not all of them
    y_pred : the old name of `y_proba`

    Raises
    ------
    ValueError
        If there are other classes than columns, or what is no probability.
    """
    p = check_array(_renamed(y_proba, y_pred), ensure_2d=False, dtype=_FLOATS)
    true, p, weights = _table(y_true, p, sample_weight, labels)
    return average(_log_losses(true, p), weights, normalize=normalize)


def _brier(
    y_true: Any, y_proba: Any, sample_weight: Any, pos_label: Any, labels: Any
) -> tuple[Any, Any, Any]:
    p = check_array(y_proba, ensure_2d=False, dtype=_FLOATS)
    if p.ndim == 1 or p.shape[1] == 1:
        return _two(y_true, p, sample_weight, pos_label)
    return _table(y_true, p, sample_weight, labels)


_BRIER = {**_BASIC, "y_proba": ARRAY, "pos_label": (Real, str, BOOLEAN, None)}


@checked(**_BRIER, scale_by_half=(BOOLEAN, Words("auto")))
def brier_score_loss(
    y_true: Any,
    y_proba: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    labels: Any = None,
    scale_by_half: Any = "auto",
) -> float:
    """The mean squared error of probabilities. Source: Brier 1950.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_proba : array-like of shape (n_samples, n_classes), or (n_samples,) for the positive class
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    pos_label : the positive class
    labels : the classes of the columns, sorted, where `y_true` has not all of them
    scale_by_half : whether it is at most 1 rather than 2; "auto" does so for two classes
    """
    true, p, weights = _brier(y_true, y_proba, sample_weight, pos_label, labels)
    score = average(np.sum((true - p) ** 2, axis=1), weights)
    half = p.shape[1] < 3 if isinstance(scale_by_half, str) else scale_by_half
    return score * 0.5 if half else score


_TOO_FEW = "D^2 score is not well-defined with less than two samples."


@checked(**_PROBABLE)
def d2_log_loss_score(
    y_true: Any,
    y_proba: Any = None,
    *,
    sample_weight: Any = None,
    labels: Any = None,
    y_pred: Any = "deprecated",
) -> float:
    """The share by which log loss is less than with the classes' shares as probabilities.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_proba : array-like of shape (n_samples, n_classes), or (n_samples,) for the second of two
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    labels : the classes of the columns, sorted, where `y_true` has not all of them
    y_pred : the old name of `y_proba`
    """
    y_proba = _renamed(y_proba, y_pred)
    check_consistent_length(y_proba, y_true, sample_weight)
    if _num_samples(y_proba) < 2:
        warn(_TOO_FEW, UndefinedMetricWarning, stacklevel=3)
        return float("nan")
    p = check_array(y_proba, ensure_2d=False, dtype=_FLOATS)
    true, p, weights = _table(y_true, p, sample_weight, labels)
    null = np.tile(np.average(true, axis=0, weights=weights), (len(p), 1))
    score, worst = (average(_log_losses(true, q), weights, normalize=False) for q in (p, null))
    return float(1 - np.float64(score) / worst)


@checked(**_BRIER)
def d2_brier_score(
    y_true: Any,
    y_proba: Any,
    *,
    sample_weight: Any = None,
    pos_label: Any = None,
    labels: Any = None,
) -> float:
    """The share by which the Brier score is less than with the classes' shares as probabilities.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    y_proba : array-like of shape (n_samples, n_classes), or (n_samples,) for the positive class
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    pos_label : the positive class
    labels : the classes of the columns, sorted, where `y_true` has not all of them
    """
    check_consistent_length(y_proba, y_true, sample_weight)
    if _num_samples(y_proba) < 2:
        warn(_TOO_FEW, UndefinedMetricWarning, stacklevel=3)
        return float("nan")
    true, p, weights = _brier(y_true, y_proba, sample_weight, pos_label, labels)
    null = np.average(true, axis=0, weights=weights)
    score, worst = (average(np.sum((true - q) ** 2, axis=1), weights) for q in (p, null))
    return float(1 - np.float64(score) / worst)


@checked(y_true=ARRAY, pred_decision=ARRAY, labels=(ARRAY, None), sample_weight=(ARRAY, None))
def hinge_loss(
    y_true: Any, pred_decision: Any, *, labels: Any = None, sample_weight: Any = None
) -> float:
    """How much decisions fall short of a margin of 1, on average. Source: Crammer and Singer 2001.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
    pred_decision : array-like of shape (n_samples,) or (n_samples, n_classes), what
        `decision_function` gives
    labels : all classes, where `y_true` has not all of them
    sample_weight : array-like of shape (n_samples,), how much each sample counts

    Raises
    ------
    ValueError
        If there are other classes than columns.
    """
    check_consistent_length(y_true, pred_decision, sample_weight)
    decisions = check_array(pred_decision, ensure_2d=False)
    y = column_or_1d(y_true)
    classes = np.unique(y if labels is None else labels)
    if len(classes) <= 2:
        decisions = column_or_1d(decisions)
        present = unique_labels(y)
        # Of more classes than are listed the first counts as the positive one.
        positive = present[-1] if len(present) == 2 else present[0]
        right = (y == positive) & (len(present) > 1)
        margin = np.where(right, decisions, -decisions)
        return float(np.average(np.maximum(1 - margin, 0), weights=sample_weight))
    wanted = (
        "With a multiclass target, pred_decision shape must be (n_samples, n_classes), that is "
        f"({len(y)}, {len(classes)}). Got: {decisions.shape}"
    )
    if decisions.ndim <= 1:
        raise ValueError(
            "The shape of pred_decision cannot be 1d arraywith a multiclass target. pred_decision "
            f"shape must be (n_samples, n_classes), that is ({len(y)}, {len(classes)}). Got: "
            f"{decisions.shape}"
        )
    if len(classes) != decisions.shape[1]:
        if labels is None:
            raise ValueError(
                "Please include all labels in y_true or pass labels as third argument"
            )
        raise ValueError(
            "The shape of pred_decision is not consistent with the number of classes. " + wanted
        )
    strange = np.setdiff1d(y, classes)
    if len(strange):
        raise ValueError(f"y contains previously unseen labels: {list(strange)}")
    true = one_hot(classes, y).astype(bool)
    own = decisions[np.arange(len(y)), codes(classes, y)]
    margin = own - np.where(true, -np.inf, decisions).max(axis=1)
    return float(np.average(np.maximum(1 - margin, 0), weights=sample_weight))
