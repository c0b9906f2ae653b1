"""Searches by halving: many candidates with few samples, the best with ever more. Source: Jamieson and
Talwalkar 2016; Li and others 2018."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterator
from math import ceil, floor, log
from typing import Any, ClassVar

import numpy as np

from ..base import is_classifier
from ..utils._parameters import BOOLEAN, CALLABLE, RANDOM, Span, Words
from ..utils.multiclass import check_classification_targets
from ..utils.validation import _num_samples, check_random_state
from ._candidates import ParameterGrid, ParameterSampler
from ._search import Search

_COUNT = Span(numbers.Integral, 0, None, "neither")


class _Part:
    """A splitter of which each round has only a share of its samples."""

    def __init__(self, splitter: Any, share: float, random_state: Any) -> None:
        self.splitter, self.share, self.random_state = splitter, share, random_state

    def split(self, X: Any, y: Any = None, **more: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for train, test in self.splitter.split(X, y, **more):
            yield self._some(train), self._some(test)

    def _some(self, numbers: np.ndarray) -> np.ndarray:
        order = np.arange(len(numbers))
        check_random_state(self.random_state).shuffle(order)
        return numbers[order[: int(self.share * len(numbers))]]


def _always_the_same(splitter: Any) -> bool:
    shuffles = getattr(splitter, "shuffle", True)
    seed = getattr(splitter, "random_state", 0)
    return isinstance(seed, numbers.Integral) or not shuffles


class Halving(Search):
    """A search that gives more of a resource to ever fewer candidates."""

    _constraints: ClassVar[dict[str, Any]] = {
        **Search._constraints,
        "scoring": (str, CALLABLE, None),
        "random_state": RANDOM,
        "max_resources": (_COUNT, Words("auto")),
        "min_resources": (_COUNT, Words("exhaust", "smallest")),
        "resource": str,
        "factor": Span(numbers.Real, 0, None, "neither"),
        "aggressive_elimination": BOOLEAN,
    }

    def _own(
        self, factor: Any, resource: str, max_resources: Any, min_resources: Any,
        aggressive_elimination: bool, random_state: Any,
    ) -> None:
        self.factor = factor
        self.resource = resource
        self.max_resources = max_resources
        self.min_resources = min_resources
        self.aggressive_elimination = aggressive_elimination
        self.random_state = random_state

    def _candidates(self) -> Any:
        raise NotImplementedError

    def _splits_of(self, splitter: Any) -> Any:
        self._splitter = splitter
        return splitter

    def _prepare(self, X: Any, y: Any, splitter: Any, groups: Any) -> None:
        if not _always_the_same(splitter):
            raise ValueError(
                "The cv parameter must yield consistent folds across calls to split(). Set its "
                "random_state to an int, or set shuffle=False."
            )
        if self.resource != "n_samples" and self.resource not in self.estimator.get_params():
            raise ValueError(
                f"Cannot use resource={self.resource} which is not supported by estimator "
                f"{type(self.estimator).__name__}"
            )
        self._n_samples = _num_samples(X)
        self.min_resources_ = self.min_resources
        if self.min_resources_ in ("smallest", "exhaust"):
            self.min_resources_ = 1
            if self.resource == "n_samples":
                self.min_resources_ = 2 * splitter.get_n_splits(X, y, groups)
                if is_classifier(self.estimator):
                    check_classification_targets(y)
                    self.min_resources_ *= len(np.unique(y))
        self.max_resources_ = self.max_resources
        if self.max_resources_ == "auto":
            if self.resource != "n_samples":
                raise ValueError(
                    "resource can only be 'n_samples' when max_resources='auto'"
                )
            self.max_resources_ = self._n_samples
        if self.min_resources_ > self.max_resources_:
            raise ValueError(
                f"min_resources_={self.min_resources_} is greater than "
                f"max_resources_={self.max_resources_}. X has n_samples={self._n_samples}."
            )
        if self.min_resources_ == 0:
            raise ValueError(
                f"min_resources_={self.min_resources_}: you might have passed an empty dataset X."
            )

    def _best(self, results: dict[str, Any], metric: str) -> int:
        if callable(self.refit):
            return super()._best(results, metric)
        last = np.flatnonzero(results["iter"] == results["iter"].max())
        scores = results["mean_test_score"][last]
        return last[0 if np.isnan(scores).all() else np.nanargmax(scores)]

    def _run_search(self, evaluate_candidates: Callable) -> None:
        candidates = list(self._candidates())
        if self.resource != "n_samples" and any(self.resource in c for c in candidates):
            # The search itself sets it.
            raise ValueError(
                f"Cannot use parameter {self.resource} as the resource since it is part of the "
                "searched parameters."
            )
        required = 1 + floor(log(len(candidates), self.factor))
        if self.min_resources == "exhaust":
            # The last round is to use all there is.
            least = self.max_resources_ // self.factor ** (required - 1)
            self.min_resources_ = max(self.min_resources_, least)
        possible = 1 + floor(log(self.max_resources_ // self.min_resources_, self.factor))
        rounds = required if self.aggressive_elimination else min(possible, required)
        if self.verbose:
            print(f"n_iterations: {rounds}")
            print(f"n_required_iterations: {required}")
            print(f"n_possible_iterations: {possible}")
            print(f"min_resources_: {self.min_resources_}")
            print(f"max_resources_: {self.max_resources_}")
            print(f"aggressive_elimination: {self.aggressive_elimination}")
            print(f"factor: {self.factor}")
        self.n_resources_, self.n_candidates_ = [], []
        for k in range(rounds):
            power = max(0, k - required + possible) if self.aggressive_elimination else k
            amount = min(int(self.factor**power * self.min_resources_), self.max_resources_)
            self.n_resources_.append(amount)
            self.n_candidates_.append(len(candidates))
            if self.verbose:
                print("-" * 10)
                print(f"iter: {k}")
                print(f"n_candidates: {len(candidates)}")
                print(f"n_resources: {amount}")
            splitter = self._splitter
            if self.resource == "n_samples":
                splitter = _Part(splitter, amount / self._n_samples, self.random_state)
            else:
                candidates = [{**c, self.resource: amount} for c in candidates]
            n = len(candidates)
            results = evaluate_candidates(
                candidates, splitter, {"iter": [k] * n, "n_resources": [amount] * n}
            )
            candidates = _best_of_round(results, k, ceil(n / self.factor))
        self.n_remaining_candidates_ = len(candidates)
        self.n_required_iterations_ = required
        self.n_possible_iterations_ = possible
        self.n_iterations_ = rounds


def _best_of_round(results: dict[str, Any], k: int, count: int) -> list[dict[str, Any]]:
    (of_round,) = np.nonzero(results["iter"] == k)
    scores = results["mean_test_score"][of_round]
    # Sorting puts what has no score last; it is to come first, as the worst.
    order = np.roll(np.argsort(scores), np.count_nonzero(np.isnan(scores)))
    return [results["params"][of_round[i]] for i in order[-count:]]


class HalvingGridSearchCV(Halving):
    """Tries all combinations of a grid with few samples, and the best of each round with more.

    Parameters
    ----------
    estimator : what to fit
    param_grid : a dictionary of lists of values by names of parameters, or a list of such
    factor : of the candidates the 1/factor best go on, with factor times as much
    resource : what grows: "n_samples", or a parameter of the estimator
    max_resources : the most of it; "auto" is all samples
    min_resources : the first round's; "smallest" a small number, "exhaust" so that the last has the most
    aggressive_elimination : whether to repeat the first rounds until few enough candidates are left
    cv : a number of folds, a splitter that gives the same folds again, or pairs of numbers of samples
    scoring : a name, or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    refit : whether to fit the best to all samples, or a callable that gives the best's number
    error_score : the score of a fit that failed; "raise" raises
    return_train_score : whether to score on the training samples too
    random_state : the seed of which samples are taken
    n_jobs : how many fits at once, as joblib counts
    verbose : how much to print
    """

    _constraints: ClassVar[dict[str, Any]] = {**Halving._constraints, "param_grid": (dict, list)}

    def __init__(
        self,
        estimator: Any,
        param_grid: Any,
        *,
        factor: Any = 3,
        resource: str = "n_samples",
        max_resources: Any = "auto",
        min_resources: Any = "exhaust",
        aggressive_elimination: bool = False,
        cv: Any = 5,
        scoring: Any = None,
        refit: Any = True,
        error_score: Any = np.nan,
        return_train_score: bool = True,
        random_state: Any = None,
        n_jobs: int | None = None,
        verbose: int = 0,
    ) -> None:
        super().__init__(
            estimator, scoring=scoring, n_jobs=n_jobs, refit=refit, cv=cv, verbose=verbose,
            error_score=error_score, return_train_score=return_train_score,
        )
        self._own(
            factor, resource, max_resources, min_resources, aggressive_elimination, random_state
        )
        self.param_grid = param_grid

    def _candidates(self) -> Any:
        return ParameterGrid(self.param_grid)


class HalvingRandomSearchCV(Halving):
    """Tries combinations drawn at random with few samples, and the best of each round with more.

    Parameters
    ----------
    estimator : what to fit
    param_distributions : a dictionary by names of parameters, of lists or distributions, or a list of such
    n_candidates : how many to draw; "exhaust" so many that the last round has the most
    factor : of the candidates the 1/factor best go on, with factor times as much
    resource : what grows: "n_samples", or a parameter of the estimator
    max_resources : the most of it; "auto" is all samples
    min_resources : the first round's; "smallest" a small number, "exhaust" so that the last has the most
    aggressive_elimination : whether to repeat the first rounds until few enough candidates are left
    cv : a number of folds, a splitter that gives the same folds again, or pairs of numbers of samples
    scoring : a name, or a callable ``f(estimator, X, y)``; None is the estimator's own `score`
    refit : whether to fit the best to all samples, or a callable that gives the best's number
    error_score : the score of a fit that failed; "raise" raises
    return_train_score : whether to score on the training samples too
    random_state : the seed of the draws and of which samples are taken
    n_jobs : how many fits at once, as joblib counts
    verbose : how much to print
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **Halving._constraints,
        "param_distributions": (dict, list, tuple),
        "n_candidates": (_COUNT, Words("exhaust")),
    }

    def __init__(
        self,
        estimator: Any,
        param_distributions: Any,
        *,
        n_candidates: Any = "exhaust",
        factor: Any = 3,
        resource: str = "n_samples",
        max_resources: Any = "auto",
        min_resources: Any = "smallest",
        aggressive_elimination: bool = False,
        cv: Any = 5,
        scoring: Any = None,
        refit: Any = True,
        error_score: Any = np.nan,
        return_train_score: bool = True,
        random_state: Any = None,
        n_jobs: int | None = None,
        verbose: int = 0,
    ) -> None:
        super().__init__(
            estimator, scoring=scoring, n_jobs=n_jobs, refit=refit, cv=cv, verbose=verbose,
            error_score=error_score, return_train_score=return_train_score,
        )
        self._own(
            factor, resource, max_resources, min_resources, aggressive_elimination, random_state
        )
        self.param_distributions = param_distributions
        self.n_candidates = n_candidates

    def _candidates(self) -> Any:
        count = self.n_candidates
        if count == "exhaust":
            count = self.max_resources_ // self.min_resources_
        return ParameterSampler(self.param_distributions, count, random_state=self.random_state)

    def _prepare(self, X: Any, y: Any, splitter: Any, groups: Any) -> None:
        if self.min_resources == "exhaust" and self.n_candidates == "exhaust":
            raise ValueError("n_candidates and min_resources cannot be both set to 'exhaust'.")
        super()._prepare(X, y, splitter, groups)
