"""Cross-validation: scores, predictions and curves over rounds of training and testing."""

from __future__ import annotations

import numbers
import time
import warnings
from typing import Any

import numpy as np

from .._indexing import indexable, parameters_of, rows
from .._meta import JOBS, SPLITS, part_of_samples
from .._parallel import run
from .._sparse import is_sparse
from ..base import clone, is_classifier
from ..utils._parameters import ARRAY, BOOLEAN, CALLABLE, ESTIMATOR, RANDOM, Span, Words, checked
from ..utils.validation import _num_samples, check_random_state
from ._folds import check_cv
from ._trials import by_name, fill_failures, report_failures, score_of, trial

_ERROR = (Words("raise"), numbers.Real)
_SCORING = (str, CALLABLE, list, tuple, set, dict, None)
_ONE_SCORING = (str, CALLABLE, None)
_DISPATCH = (numbers.Integral, str, None)
_COUNT = Span(numbers.Integral, 1, None)


def _scorer(estimator: Any, scoring: Any, error_score: Any = "raise") -> Any:
    from ..metrics import check_scoring

    return check_scoring(estimator, scoring=scoring, raise_exc=error_score == "raise")


def _prepared(estimator: Any, X: Any, y: Any, groups: Any, cv: Any) -> tuple[Any, Any, Any]:
    X, y = indexable(X, y)
    if groups is not None:
        X, y, groups = indexable(X, y, groups)
    return X, y, check_cv(cv, y, classifier=is_classifier(estimator))


@checked(
    estimator=ESTIMATOR, scoring=_SCORING, cv=SPLITS, n_jobs=JOBS, error_score=_ERROR,
    params=(dict, None), pre_dispatch=_DISPATCH, return_train_score=BOOLEAN,
    return_estimator=BOOLEAN, return_indices=BOOLEAN,
)
def cross_validate(
    estimator: Any,
    X: Any,
    y: Any = None,
    *,
    groups: Any = None,
    scoring: Any = None,
    cv: Any = None,
    n_jobs: int | None = None,
    verbose: int = 0,
    params: dict[str, Any] | None = None,
    pre_dispatch: Any = "2*n_jobs",
    return_train_score: bool = False,
    return_estimator: bool = False,
    return_indices: bool = False,
    error_score: Any = np.nan,
) -> dict[str, Any]:
    """Scores of an estimator fitted and tested in rounds, with the times.

    Parameters
    ----------
    estimator : what to fit; it stays as it is
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    groups : array-like of shape (n_samples,), for splitters that keep groups together
    scoring : a name, a callable ``f(estimator, X, y)``, several names, or a dictionary of these; None is
        the estimator's own `score`
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    n_jobs : how many rounds at once, as joblib counts
    verbose : how much to print
    params : more arguments of `fit`; what has a value for each sample is split as X is
    pre_dispatch : how many rounds joblib prepares ahead
    return_train_score, return_estimator, return_indices : what else is wanted
    error_score : the score of a round whose fit failed; "raise" raises

    Returns
    -------
    dictionary of arrays with a value for each round: fit_time, score_time, test_score (or a test_NAME
    for each scorer), and train_score, estimator, indices as asked for

    Raises
    ------
    ValueError
        If all fits failed, or for arguments that cannot be.
    """
    X, y, splitter = _prepared(estimator, X, y, groups, cv)
    scorer = _scorer(estimator, scoring, error_score)
    splits = list(splitter.split(X, y, **_of_groups(groups)))
    options = {
        "fit_params": params, "error_score": error_score, "verbose": verbose,
        "return_train_score": return_train_score,
    }
    trials = run(
        trial,
        ((clone(estimator), X, y, scorer, a, b, options, None, (i, len(splits)))
         for i, (a, b) in enumerate(splits)),
        n_jobs, verbose=verbose, pre_dispatch=pre_dispatch,
    )
    report_failures(trials, error_score)
    fill_failures(trials, error_score)
    out: dict[str, Any] = {
        "fit_time": np.array([t.fit_time for t in trials]),
        "score_time": np.array([t.score_time for t in trials]),
    }
    if return_estimator:
        out["estimator"] = [t.estimator for t in trials]
    if return_indices:
        out["indices"] = {"train": tuple(a for a, _ in splits), "test": tuple(b for _, b in splits)}
    train = by_name([t.train_scores for t in trials]) if return_train_score else {}
    for name, scores in by_name([t.test_scores for t in trials]).items():
        out[f"test_{name}"] = scores
        if return_train_score:
            out[f"train_{name}"] = train[name]
    return out


def _of_groups(groups: Any) -> dict[str, Any]:
    # A splitter of the user's own need not know groups.
    return {} if groups is None else {"groups": groups}


def cross_val_score(
    estimator: Any,
    X: Any,
    y: Any = None,
    *,
    groups: Any = None,
    scoring: Any = None,
    cv: Any = None,
    n_jobs: int | None = None,
    verbose: int = 0,
    params: dict[str, Any] | None = None,
    pre_dispatch: Any = "2*n_jobs",
    error_score: Any = np.nan,
) -> np.ndarray:
    """The score of an estimator in each round of training and testing.

    Parameters
    ----------
    estimator : what to fit; it stays as it is
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    groups : array-like of shape (n_samples,), for splitters that keep groups together
    scoring : a name or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    n_jobs : how many rounds at once, as joblib counts
    verbose : how much to print
    params : more arguments of `fit`; what has a value for each sample is split as X is
    pre_dispatch : how many rounds joblib prepares ahead
    error_score : the score of a round whose fit failed; "raise" raises

    Returns
    -------
    ndarray with a score for each round

    Raises
    ------
    ValueError
        If all fits failed, or for arguments that cannot be.
    """
    scorer = _scorer(estimator, scoring)
    return cross_validate(
        estimator, X, y, groups=groups, scoring={"score": scorer}, cv=cv, n_jobs=n_jobs,
        verbose=verbose, params=params, pre_dispatch=pre_dispatch, error_score=error_score,
    )["test_score"]


@checked(
    estimator=ESTIMATOR, cv=SPLITS, n_jobs=JOBS, params=(dict, None), pre_dispatch=_DISPATCH,
    method=Words("predict", "predict_proba", "predict_log_proba", "decision_function"),
)
def cross_val_predict(
    estimator: Any,
    X: Any,
    y: Any = None,
    *,
    groups: Any = None,
    cv: Any = None,
    n_jobs: int | None = None,
    verbose: int = 0,
    params: dict[str, Any] | None = None,
    pre_dispatch: Any = "2*n_jobs",
    method: str = "predict",
) -> Any:
    """What an estimator says of each sample when it was fitted without it.

    Parameters
    ----------
    estimator : what to fit; it stays as it is
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    groups : array-like of shape (n_samples,), for splitters that keep groups together
    cv : a number of folds, a splitter, or pairs of numbers of samples that test on each sample once
    n_jobs : how many rounds at once, as joblib counts
    verbose : how much joblib tells
    params : more arguments of `fit`; what has a value for each sample is split as X is
    pre_dispatch : how many rounds joblib prepares ahead
    method : "predict", "predict_proba", "predict_log_proba" or "decision_function"

    Returns
    -------
    what the method gives, in the order of the samples; the columns of classes are in the order of all
    classes, also where a round's training lacked some

    Raises
    ------
    ValueError
        If some sample is tested on never or twice.
    """
    X, y, splitter = _prepared(estimator, X, y, groups, cv)
    splits = list(splitter.split(X, y, **_of_groups(groups)))
    order = np.concatenate([np.arange(_num_samples(X))[b] for _, b in splits])
    if not np.array_equal(np.sort(order), np.arange(_num_samples(X))):
        raise ValueError("cross_val_predict only works for partitions")
    if method != "predict" and y is not None:
        y = _numbered(y)
    said = run(
        _say,
        ((clone(estimator), X, y, a, b, params, method) for a, b in splits),
        n_jobs, verbose=verbose, pre_dispatch=pre_dispatch,
    )
    back = np.argsort(order)
    if isinstance(said[0], list):
        return [np.concatenate([p[k] for p in said])[back] for k in range(len(said[0]))]
    if is_sparse(said[0]):
        from scipy.sparse import vstack

        return vstack(said, format=said[0].format)[back]
    return rows(_joined(said), back)


def _joined(parts: list[Any]) -> Any:
    if hasattr(parts[0], "iloc"):
        import pandas

        return pandas.concat(parts)
    return np.concatenate(parts)


def _numbered(y: Any) -> np.ndarray:
    """Classes as numbers, so that all rounds' columns can be put in one order."""
    y = np.asarray(y)
    if y.ndim == 1:
        return np.unique(y, return_inverse=True)[1]
    if y.ndim == 2:
        return np.stack([np.unique(c, return_inverse=True)[1] for c in y.T], axis=1)
    return y


def _say(estimator: Any, X: Any, y: Any, train: Any, test: Any, params: Any, method: str) -> Any:
    X_train, y_train = part_of_samples(estimator, X, y, train)
    X_test, _ = part_of_samples(estimator, X, y, test, train)
    params = parameters_of(X, params, train)
    if y_train is None:
        estimator.fit(X_train, **params)
    else:
        estimator.fit(X_train, y_train, **params)
    said = getattr(estimator, method)(X_test)
    if method == "predict" or y is None:
        return said
    n_test = _num_samples(X_test)
    if isinstance(said, list):
        return [
            _in_order(p, estimator.classes_[k], len(np.unique(y[:, k])), n_test, method)
            for k, p in enumerate(said)
        ]
    if y.ndim == 2:
        # A column for each label: nothing to put in order.
        return said
    return _in_order(said, estimator.classes_, len(np.unique(y)), n_test, method)


def _in_order(said: np.ndarray, known: np.ndarray, n_classes: int, n_test: int, method: str) -> np.ndarray:
    """Columns for all classes: those that training lacked have the least value there is."""
    if n_classes == len(known):
        return said
    advice = "To fix this, use a cross-validation technique resulting in properly stratified folds"
    warnings.warn(
        f"Number of classes in training fold ({len(known)}) does not match total number of classes "
        f"({n_classes}). Results may not be appropriate for your use case. {advice}",
        RuntimeWarning,
        stacklevel=2,
    )
    if method == "decision_function":
        if said.ndim == 2 and said.shape[1] != len(known):
            raise ValueError(
                f"Output shape {said.shape} of {method} does not match number of classes "
                f"({len(known)}) in fold. Irregular decision_function outputs are not currently "
                "supported by cross_val_predict"
            )
        if len(known) <= 2:
            raise ValueError(
                f"Only {len(known)} class/es in training fold, but {n_classes} in overall dataset. "
                "This is not supported for decision_function with imbalanced folds. " + advice
            )
    least = 0 if method == "predict_proba" else np.finfo(said.dtype).min
    out = np.full((n_test, n_classes), least, dtype=said.dtype)
    out[:, known] = said
    return out


@checked(
    estimator=ESTIMATOR, cv=SPLITS, n_permutations=_COUNT, n_jobs=JOBS, random_state=RANDOM,
    scoring=_ONE_SCORING, params=(dict, None),
)
def permutation_test_score(
    estimator: Any,
    X: Any,
    y: Any,
    *,
    groups: Any = None,
    cv: Any = None,
    n_permutations: int = 100,
    n_jobs: int | None = None,
    random_state: Any = 0,
    verbose: int = 0,
    scoring: Any = None,
    params: dict[str, Any] | None = None,
) -> tuple[float, np.ndarray, float]:
    """Whether a score is better than chance: the same with the target shuffled. Source: Ojala and
    Garriga 2010.

    Parameters
    ----------
    estimator : what to fit; it stays as it is
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,)
    groups : array-like of shape (n_samples,); the target is shuffled within groups
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    n_permutations : how often to shuffle
    n_jobs : how many shuffles at once, as joblib counts
    random_state : the seed
    verbose : how much joblib tells
    scoring : a name or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    params : more arguments of `fit`

    Returns
    -------
    the score, the scores with shuffled targets, the share of these that are as good (p-value)
    """
    X, y, splitter = _prepared(estimator, X, y, groups, cv)
    scorer = _scorer(estimator, scoring)
    rng = check_random_state(random_state)
    score = _mean_score(clone(estimator), X, y, groups, splitter, scorer, params)
    shuffled = np.array(run(
        _mean_score,
        ((clone(estimator), X, _shuffled(y, groups, rng), groups, splitter, scorer, params)
         for _ in range(n_permutations)),
        n_jobs, verbose=verbose,
    ))
    return score, shuffled, (np.sum(shuffled >= score) + 1.0) / (n_permutations + 1)


def _shuffled(y: Any, groups: Any, rng: np.random.RandomState) -> Any:
    if groups is None:
        return rows(y, rng.permutation(len(y)))
    groups = np.asarray(groups)
    order = np.arange(len(groups))
    for group in np.unique(groups):
        members = groups == group
        order[members] = rng.permutation(order[members])
    return rows(y, order)


def _mean_score(
    estimator: Any, X: Any, y: Any, groups: Any, splitter: Any, scorer: Any, params: Any
) -> float:
    scores = []
    for train, test in splitter.split(X, y, **_of_groups(groups)):
        X_train, y_train = part_of_samples(estimator, X, y, train)
        X_test, y_test = part_of_samples(estimator, X, y, test, train)
        estimator.fit(X_train, y_train, **parameters_of(X, params, train))
        scores.append(scorer(estimator, X_test, y_test))
    return np.mean(scores)


@checked(
    estimator=ESTIMATOR, train_sizes=ARRAY, cv=SPLITS, scoring=_ONE_SCORING,
    exploit_incremental_learning=BOOLEAN, n_jobs=JOBS, pre_dispatch=_DISPATCH, shuffle=BOOLEAN,
    random_state=RANDOM, error_score=_ERROR, return_times=BOOLEAN, params=(dict, None),
)
def learning_curve(
    estimator: Any,
    X: Any,
    y: Any,
    *,
    groups: Any = None,
    train_sizes: Any = np.linspace(0.1, 1.0, 5),
    cv: Any = None,
    scoring: Any = None,
    exploit_incremental_learning: bool = False,
    n_jobs: int | None = None,
    pre_dispatch: Any = "all",
    verbose: int = 0,
    shuffle: bool = False,
    random_state: Any = None,
    error_score: Any = np.nan,
    return_times: bool = False,
    params: dict[str, Any] | None = None,
) -> tuple[np.ndarray, ...]:
    """The scores of an estimator fitted to more and more samples.

    Parameters
    ----------
    estimator : what to fit; it stays as it is
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    groups : array-like of shape (n_samples,), for splitters that keep groups together
    train_sizes : how many samples, or which shares of a round's training samples
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    scoring : a name or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    exploit_incremental_learning : whether to add samples with `partial_fit` rather than begin anew
    n_jobs : how many fits at once, as joblib counts
    pre_dispatch : how many fits joblib prepares ahead
    verbose : how much to print
    shuffle : whether to shuffle the training samples before the first of them are taken
    random_state : the seed of the shuffle
    error_score : the score of a fit that failed; "raise" raises
    return_times : whether the times of fits and scores are wanted
    params : more arguments of `fit`

    Returns
    -------
    train_sizes_abs, train_scores, test_scores, and fit_times, score_times if asked for: the sizes, and
    arrays of shape (n_sizes, n_rounds)

    Raises
    ------
    ValueError
        For sizes that there are not.
    """
    if exploit_incremental_learning and not hasattr(estimator, "partial_fit"):
        raise ValueError(
            "An estimator must support the partial_fit interface to exploit incremental learning"
        )
    X, y, splitter = _prepared(estimator, X, y, groups, cv)
    scorer = _scorer(estimator, scoring)
    splits = list(splitter.split(X, y, **_of_groups(groups)))
    sizes = _train_sizes(train_sizes, len(splits[0][0]))
    if verbose > 0:
        print(f"[learning_curve] Training set sizes: {sizes}")
    if shuffle:
        rng = check_random_state(random_state)
        splits = [(rng.permutation(a), b) for a, b in splits]
    if exploit_incremental_learning:
        classes = np.unique(y) if is_classifier(estimator) else None
        found = run(
            _growing,
            ((clone(estimator), X, y, classes, a, b, sizes, scorer, error_score, params)
             for a, b in splits),
            n_jobs, verbose=verbose, pre_dispatch=pre_dispatch,
        )
        table = np.asarray(found).transpose((2, 1, 0))
    else:
        options = {
            "fit_params": params, "error_score": error_score, "verbose": verbose,
            "return_train_score": True,
        }
        trials = run(
            trial,
            ((clone(estimator), X, y, scorer, a[:n], b, options) for a, b in splits for n in sizes),
            n_jobs, verbose=verbose, pre_dispatch=pre_dispatch,
        )
        report_failures(trials, error_score)
        table = _table(trials, len(splits))
    out = (sizes, table[0], table[1])
    return (*out, table[2], table[3]) if return_times else out


def _table(trials: list[Any], rounds: int) -> np.ndarray:
    """Train and test scores, fit and score times: each of shape (n_points, n_rounds)."""
    values = [[t.train_scores, t.test_scores, t.fit_time, t.score_time] for t in trials]
    return np.asarray(values, dtype=float).reshape(rounds, -1, 4).transpose(2, 1, 0)


def _train_sizes(sizes: Any, most: int) -> np.ndarray:
    asked = np.asarray(sizes)
    low, high = asked.min(), asked.max()
    if np.issubdtype(asked.dtype, np.floating):
        if low <= 0.0 or high > 1.0:
            raise ValueError(
                "train_sizes has been interpreted as fractions of the maximum number of training "
                f"samples and must be within (0, 1], but is within [{low:f}, {high:f}]."
            )
        counts = np.clip((asked * most).astype(int), 1, most)
    else:
        if low <= 0 or high > most:
            raise ValueError(
                "train_sizes has been interpreted as absolute numbers of training samples and must "
                f"be within (0, {most}], but is within [{low}, {high}]."
            )
        counts = asked
    distinct = np.unique(counts)
    if len(distinct) < len(counts):
        warnings.warn(
            "Removed duplicate entries from 'train_sizes'. Number of ticks will be less than the size "
            f"of 'train_sizes': {len(distinct)} instead of {len(counts)}.",
            RuntimeWarning,
            stacklevel=3,
        )
    return distinct


def _growing(
    estimator: Any, X: Any, y: Any, classes: Any, train: Any, test: Any, sizes: Any, scorer: Any,
    error_score: Any, params: Any,
) -> np.ndarray:
    """Scores and times while samples are added."""
    more = {} if classes is None else {"classes": classes}
    found = []
    for begin, end in zip([0, *sizes[:-1]], sizes, strict=True):
        start = time.time()
        X_new, y_new = part_of_samples(estimator, X, y, train[begin:end])
        given = {**more, **parameters_of(X, params, train[begin:end])}
        if y_new is None:
            estimator.partial_fit(X_new, **given)
        else:
            estimator.partial_fit(X_new, y_new, **given)
        fit_time = time.time() - start
        start = time.time()
        on_test = score_of(
            estimator, *part_of_samples(estimator, X, y, test, train[:end]), scorer, {}, error_score
        )
        on_train = score_of(
            estimator, *part_of_samples(estimator, X, y, train[:end]), scorer, {}, error_score
        )
        found.append((on_train, on_test, fit_time, time.time() - start))
    return np.array(found)


@checked(
    estimator=ESTIMATOR, param_name=str, param_range=ARRAY, cv=SPLITS, scoring=_ONE_SCORING,
    n_jobs=JOBS, pre_dispatch=_DISPATCH, error_score=_ERROR, params=(dict, None),
)
def validation_curve(
    estimator: Any,
    X: Any,
    y: Any,
    *,
    param_name: str,
    param_range: Any,
    groups: Any = None,
    cv: Any = None,
    scoring: Any = None,
    n_jobs: int | None = None,
    pre_dispatch: Any = "all",
    verbose: int = 0,
    error_score: Any = np.nan,
    params: dict[str, Any] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """The scores of an estimator for values of a parameter.

    Parameters
    ----------
    estimator : what to fit; it stays as it is
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    param_name : the parameter; ``a__b`` is parameter `b` of the part `a`
    param_range : its values
    groups : array-like of shape (n_samples,), for splitters that keep groups together
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    scoring : a name or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    n_jobs : how many fits at once, as joblib counts
    pre_dispatch : how many fits joblib prepares ahead
    verbose : how much to print
    error_score : the score of a fit that failed; "raise" raises
    params : more arguments of `fit`

    Returns
    -------
    train_scores, test_scores : ndarrays of shape (n_values, n_rounds)
    """
    X, y, splitter = _prepared(estimator, X, y, groups, cv)
    scorer = _scorer(estimator, scoring)
    splits = list(splitter.split(X, y, **_of_groups(groups)))
    options = {
        "fit_params": params, "error_score": error_score, "verbose": verbose,
        "return_train_score": True,
    }
    trials = run(
        trial,
        ((clone(estimator), X, y, scorer, a, b, options, {param_name: v})
         for a, b in splits for v in param_range),
        n_jobs, verbose=verbose, pre_dispatch=pre_dispatch,
    )
    report_failures(trials, error_score)
    table = _table(trials, len(splits))
    return table[0], table[1]
