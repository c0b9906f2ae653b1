"""How much worse an estimator is without what a feature says."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np

from .._indexing import rows
from .._meta import JOBS
from .._parallel import run
from .._sampling import distinct
from ..utils._bunch import Bunch
from ..utils._parameters import CALLABLE, RANDOM, Span, checked
from ..utils.validation import check_array, check_random_state

_COUNT = Span(numbers.Integral, 1, None)


def _score(scorer: Any, estimator: Any, X: Any, y: Any, weights: Any) -> Any:
    if weights is None:
        return scorer(estimator, X, y)
    return scorer(estimator, X, y, sample_weight=weights)


def _shuffled(
    estimator: Any, X: Any, y: Any, weights: Any, column: int, seed: int, repeats: int, scorer: Any,
    count: int,
) -> list[Any]:
    """The scores with a column shuffled, again and again."""
    rng = check_random_state(seed)
    if count < X.shape[0]:
        some = distinct(X.shape[0], count, rng)
        X, y, weights = rows(X, some), rows(y, some), rows(weights, some)
    X = X.copy()
    order = np.arange(X.shape[0])
    scores = []
    for _ in range(repeats):
        rng.shuffle(order)
        if hasattr(X, "iloc"):
            values = X.iloc[order, column]
            values.index = X.index
            X[X.columns[column]] = values
        else:
            X[:, column] = X[order, column]
        scores.append(_score(scorer, estimator, X, y, weights))
    return scores


def _importances(baseline: float, scores: np.ndarray) -> Bunch:
    importances = baseline - scores
    return Bunch(
        importances_mean=importances.mean(axis=1),
        importances_std=importances.std(axis=1),
        importances=importances,
    )


@checked(
    scoring=(str, CALLABLE, list, tuple, dict, None), n_repeats=_COUNT, n_jobs=JOBS,
    random_state=RANDOM, max_samples=(_COUNT, Span(numbers.Real, 0, 1, "right")),
)
def permutation_importance(
    estimator: Any,
    X: Any,
    y: Any,
    *,
    scoring: Any = None,
    n_repeats: int = 5,
    n_jobs: int | None = None,
    random_state: Any = None,
    sample_weight: Any = None,
    max_samples: Any = 1.0,
) -> Any:
    """How much the score falls when a feature's values are shuffled. Source: Breiman 2001.

    Parameters
    ----------
    estimator : fitted estimator
    X : array-like or frame of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    scoring : a name, a callable ``f(estimator, X, y)``, several names, or a dictionary of these; None is
        the estimator's own `score`
    n_repeats : how often to shuffle each
    n_jobs : how many features at once, as joblib counts
    random_state : the seed; it gives scikit-learn's shuffles
    sample_weight : array-like of shape (n_samples,), how much each sample counts in scores
    max_samples : how many samples to score on each time, or their share

    Returns
    -------
    Bunch of importances_mean, importances_std (n_features,) and importances (n_features, n_repeats); for
    several scorers a dictionary of these by name

    Raises
    ------
    ValueError
        For more samples than there are.
    """
    from ..metrics import check_scoring

    if not hasattr(X, "iloc"):
        X = check_array(X, ensure_all_finite="allow-nan", dtype=None)
    seed = check_random_state(random_state).randint(np.iinfo(np.int32).max + 1)
    if not isinstance(max_samples, numbers.Integral):
        max_samples = int(max_samples * X.shape[0])
    elif max_samples > X.shape[0]:
        raise ValueError("max_samples must be <= n_samples")
    scorer = check_scoring(estimator, scoring=scoring)
    baseline = _score(scorer, estimator, X, y, sample_weight)
    scores = run(
        _shuffled,
        ((estimator, X, y, sample_weight, k, seed, n_repeats, scorer, max_samples)
         for k in range(X.shape[1])),
        n_jobs,
    )
    if isinstance(baseline, dict):
        return {
            name: _importances(value, np.array([[s[name] for s in own] for own in scores]))
            for name, value in baseline.items()
        }
    return _importances(baseline, np.array(scores))
