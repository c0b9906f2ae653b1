"""The scores of classifiers and regressors."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._sparse import is_sparse
from ..exceptions import UndefinedMetricWarning, warn
from ..utils.validation import check_array, check_consistent_length, column_or_1d


def _labels(y: Any) -> np.ndarray:
    y = y.toarray() if is_sparse(y) else np.asarray(y)
    return y if y.ndim == 2 and y.shape[1] > 1 else column_or_1d(y)


def accuracy_score(
    y_true: Any, y_pred: Any, *, normalize: bool = True, sample_weight: Any = None
) -> float:
    """The share of samples whose label is right; of several labels, all must be.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_labels)
    normalize : False gives the number of them, not the share
    sample_weight : array-like of shape (n_samples,), how much each sample counts

    Raises
    ------
    ValueError
        For different numbers of samples, or labels that cannot be compared.
    """
    check_consistent_length(y_true, y_pred, sample_weight)
    true, guess = _labels(y_true), _labels(y_pred)
    if true.ndim != guess.ndim:
        raise ValueError("Classification metrics can't handle a mix of one and several labels")
    right = true == guess
    if right.ndim == 2:
        right = right.all(axis=1)
    if not normalize:
        weights = 1.0 if sample_weight is None else column_or_1d(sample_weight)
        return float(np.sum(right * weights))
    return float(np.average(right, weights=sample_weight))


def r2_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """The coefficient of determination: 1 is perfect, 0 as good as the mean. Source: Wright 1921.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", "variance_weighted", or weights of outputs
    force_finite : whether a constant `y_true` scores 1 or 0 rather than NaN or -inf

    Raises
    ------
    ValueError
        For different numbers of samples or outputs.
    """
    check_consistent_length(y_true, y_pred, sample_weight)
    true, guess = (
        check_array(y, ensure_2d=False, dtype=[np.float64, np.float32]) for y in (y_true, y_pred)
    )
    true, guess = (y.reshape(len(y), -1).astype(np.float64) for y in (true, guess))
    if true.shape[1] != guess.shape[1]:
        raise ValueError(
            f"y_true and y_pred have different number of output ({true.shape[1]}!={guess.shape[1]})"
        )
    if len(true) < 2:
        warn("R^2 score is not well-defined with less than two samples.", UndefinedMetricWarning)
        return float("nan")
    weights = np.ones(len(true)) if sample_weight is None else column_or_1d(sample_weight)
    weights = weights[:, None].astype(np.float64)
    residual = (weights * (true - guess) ** 2).sum(axis=0)
    total = (weights * (true - np.average(true, axis=0, weights=weights[:, 0])) ** 2).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = 1 - residual / total
    if force_finite:
        scores = np.where(total != 0, scores, np.where(residual == 0, 1.0, 0.0))
    if isinstance(multioutput, str):
        if multioutput == "raw_values":
            return scores
        if multioutput == "uniform_average":
            return float(np.average(scores))
        if multioutput != "variance_weighted":
            raise ValueError(
                "Allowed 'multioutput' string values are ('raw_values', 'uniform_average', "
                f"'variance_weighted'). You provided multioutput={multioutput!r}"
            )
        return float(np.average(scores, weights=total)) if total.any() else 1.0
    return float(np.average(scores, weights=multioutput))
