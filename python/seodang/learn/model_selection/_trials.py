"""One fit on some samples and its scores on others: what cross-validation and searches are made of."""

from __future__ import annotations

import numbers
import time
import warnings
from collections import Counter
from dataclasses import dataclass
from traceback import format_exc
from typing import Any

import numpy as np

from .._indexing import parameters_of
from .._meta import duration, part_of_samples
from ..base import clone
from ..exceptions import FitFailedWarning, kind
from ..utils.validation import _num_samples


@dataclass
class Trial:
    """What one fit gave."""

    test_scores: Any
    train_scores: Any
    fit_time: float
    score_time: float
    n_test_samples: int
    fit_error: str | None
    estimator: Any
    parameters: dict[str, Any] | None


def score_of(estimator: Any, X: Any, y: Any, scorer: Any, params: dict, error_score: Any) -> Any:
    """The score, or scores by name; of a scorer that fails, `error_score` with a warning.

    Raises
    ------
    ValueError
        If a scorer gives no number.
    """
    several = hasattr(scorer, "_scorers")
    try:
        scores = scorer(estimator, X, **params) if y is None else scorer(estimator, X, y, **params)
    except Exception:
        if several or error_score == "raise":
            raise
        _warn_of_score(error_score, format_exc())
        scores = error_score
    if isinstance(scores, dict) and several:
        for name, text in scores.items():
            if isinstance(text, str):
                _warn_of_score(error_score, text)
                scores[name] = error_score
    if isinstance(scores, dict):
        return {name: _number(score, name) for name, score in scores.items()}
    return _number(scores, scorer)


def _warn_of_score(error_score: Any, details: str) -> None:
    warnings.warn(
        "Scoring failed. The score on this train-test partition for these parameters will be set to "
        f"{error_score}. Details: \n{details}",
        UserWarning,
        stacklevel=2,
    )


def _number(score: Any, scorer: Any) -> Any:
    if hasattr(score, "item") and np.size(score) == 1:
        score = score.item()
    if not isinstance(score, numbers.Number):
        raise ValueError(
            f"scoring must return a number, got {score} ({type(score)}) instead. (scorer={scorer})"
        )
    return score


def trial(
    estimator: Any,
    X: Any,
    y: Any,
    scorer: Any,
    train: Any,
    test: Any,
    options: dict[str, Any],
    parameters: dict[str, Any] | None = None,
    split: tuple[int, int] | None = None,
    candidate: tuple[int, int] | None = None,
) -> Trial:
    """Fits an estimator to some samples and scores it on others.

    Parameters
    ----------
    estimator : an estimator of its own
    X, y : all samples, and what belongs to them
    scorer : what scores
    train, test : the numbers of the samples
    options : fit_params, score_params, error_score, return_train_score, verbose
    parameters : what to set before
    split, candidate : how far the work is, for what is printed

    Raises
    ------
    Exception
        What `fit` raises, if `error_score` is "raise".
    """
    verbose = options.get("verbose", 0)
    error_score = options["error_score"]
    note = _Note(verbose, parameters, split, candidate)
    fit_params = parameters_of(X, options.get("fit_params"), train)
    score_params = options.get("score_params")
    if parameters is not None:
        # Parameters may be estimators, which must not be shared.
        estimator = estimator.set_params(**clone(parameters, safe=False))
    start = time.time()
    X_train, y_train = part_of_samples(estimator, X, y, train)
    X_test, y_test = part_of_samples(estimator, X, y, test, train)
    error, score_time, train_scores = None, 0.0, None
    try:
        if y_train is None:
            estimator.fit(X_train, **fit_params)
        else:
            estimator.fit(X_train, y_train, **fit_params)
    except Exception:
        fit_time = time.time() - start
        if error_score == "raise":
            raise
        error = format_exc()
        names = getattr(scorer, "_scorers", None)
        scores = error_score if names is None else dict.fromkeys(names, error_score)
        train_scores = scores if names is None else dict(scores)
    else:
        fit_time = time.time() - start
        of_test = parameters_of(X, score_params, test)
        scores = score_of(estimator, X_test, y_test, scorer, of_test, error_score)
        score_time = time.time() - start - fit_time
        if options.get("return_train_score"):
            of_train = parameters_of(X, score_params, train)
            train_scores = score_of(estimator, X_train, y_train, scorer, of_train, error_score)
    shown = train_scores if options.get("return_train_score") else None
    note.end(scores, shown, fit_time + score_time)
    return Trial(
        scores, train_scores, fit_time, score_time, _num_samples(X_test), error, estimator, parameters
    )


class _Note:
    """The lines that `verbose` asks for: from 2 on one for each fit, from 10 on also at its start."""

    def __init__(self, verbose: int, parameters: Any, split: Any, candidate: Any) -> None:
        self.verbose = verbose
        at = ""
        if verbose > 2 and split is not None:
            at = f" {split[0] + 1}/{split[1]}"
        if verbose > 9 and candidate is not None:
            at += f"; {candidate[0] + 1}/{candidate[1]}"
        self.at = at
        self.parameters = ", ".join(f"{k}={(parameters or {})[k]}" for k in sorted(parameters or {}))
        if verbose > 9:
            start = f"[CV{at}] START {self.parameters}"
            print(start + (80 - len(start)) * ".")

    def end(self, scores: Any, train_scores: Any, seconds: float) -> None:
        if self.verbose <= 1:
            return
        text = self.parameters + (";" if self.parameters else "")
        if self.verbose > 2:
            if isinstance(scores, dict):
                for name in sorted(scores):
                    before = f"train={train_scores[name]:.3f}, " if train_scores else ""
                    text += f" {name}: ({before}test={scores[name]:.3f})"
            elif train_scores is not None:
                text += f", score=(train={train_scores:.3f}, test={scores:.3f})"
            else:
                text += f", score={scores:.3f}"
        text += f" total time={duration(seconds)}"
        head = f"[CV{self.at}] END "
        print(head + "." * (80 - len(head) - len(text)) + text)


def report_failures(trials: list[Trial], error_score: Any) -> None:
    """Warns of fits that failed.

    Raises
    ------
    ValueError
        If all did.
    """
    errors = [t.fit_error for t in trials if t.fit_error is not None]
    if not errors:
        return
    line = "-" * 80 + "\n"
    summary = "\n".join(
        f"{line}{n} fits failed with the following error:\n{text}"
        for text, n in Counter(errors).items()
    )
    details = f"Below are more details about the failures:\n{summary}"
    if len(errors) == len(trials):
        raise ValueError(
            f"\nAll the {len(trials)} fits failed.\n"
            "It is very likely that your model is misconfigured.\n"
            f"You can try to debug the error by setting error_score='raise'.\n\n{details}"
        )
    warnings.warn(
        f"\n{len(errors)} fits failed out of a total of {len(trials)}.\n"
        "The score on these train-test partitions for these parameters will be set to "
        f"{error_score}.\n"
        "If these failures are not expected, you can try to debug them by setting "
        f"error_score='raise'.\n\n{details}",
        kind(FitFailedWarning),
        stacklevel=3,
    )


def by_name(scores: list[Any], name: str = "score") -> dict[str, np.ndarray]:
    """Scores of several trials as an array for each name; `name` for scores without one."""
    if isinstance(scores[0], dict):
        return {key: np.asarray([s[key] for s in scores]) for key in scores[0]}
    return {name: np.asarray(scores)}


def fill_failures(trials: list[Trial], error_score: Any) -> None:
    """Gives trials that failed the names of scores that only the others know."""
    named = next((t.test_scores for t in trials if isinstance(t.test_scores, dict)), None)
    for t in trials if named is not None else ():
        if t.fit_error is not None:
            t.test_scores = dict.fromkeys(named, error_score)
            t.train_scores = dict.fromkeys(named, error_score)
