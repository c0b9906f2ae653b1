"""Searches for parameters: every candidate is tried by cross-validation, the best is fitted to all."""

from __future__ import annotations

import numbers
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import numpy as np

from .._indexing import indexable, parameters_of
from .._meta import JOBS, SPLITS, VERBOSE, Checked, available_if, needs_target, tags_of
from .._parallel import run
from ..base import _kind_of, clone, is_classifier
from ..utils._parameters import BOOLEAN, CALLABLE, ESTIMATOR, RANDOM, Span, Words
from ..utils.validation import check_is_fitted
from ._candidates import ParameterGrid, ParameterSampler
from ._folds import check_cv
from ._trials import Trial, by_name, fill_failures, report_failures, trial


def _refitted(name: str) -> Callable[[Any], bool]:
    """A condition: the search refits, and what it found has a method of this name."""

    def check(search: Any) -> bool:
        if not search.refit:
            raise AttributeError(
                f"This {type(search).__name__} instance was initialized with `refit=False`. {name} is "
                "available only after refitting on the best parameters. You can refit an estimator "
                "manually using the `best_params_` attribute"
            )
        getattr(getattr(search, "best_estimator_", search.estimator), name)
        return True

    return check


class Search(Checked):
    """A search for parameters; a subclass says in `_run_search` which candidates are tried."""

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": ESTIMATOR,
        "scoring": (str, CALLABLE, list, tuple, dict, None),
        "n_jobs": JOBS,
        "refit": (BOOLEAN, str, CALLABLE),
        "cv": SPLITS,
        "verbose": VERBOSE,
        "error_score": (Words("raise"), numbers.Real),
        "return_train_score": BOOLEAN,
    }

    def __init__(
        self,
        estimator: Any,
        *,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        error_score: Any = np.nan,
        return_train_score: bool = True,
    ) -> None:
        self.scoring = scoring
        self.estimator = estimator
        self.n_jobs = n_jobs
        self.refit = refit
        self.cv = cv
        self.verbose = verbose
        self.error_score = error_score
        self.return_train_score = return_train_score

    @property
    def _estimator_type(self) -> str | None:
        return _kind_of(self.estimator)

    def __sklearn_tags__(self) -> Any:
        tags, inner = super().__sklearn_tags__(), tags_of(self.estimator)
        tags.estimator_type = inner.estimator_type
        tags.classifier_tags = inner.classifier_tags
        tags.regressor_tags = inner.regressor_tags
        tags.transformer_tags = inner.transformer_tags
        tags.target_tags = inner.target_tags
        tags.input_tags.pairwise = inner.input_tags.pairwise
        tags.input_tags.sparse = inner.input_tags.sparse
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "cv_results_")

    def _run_search(self, evaluate_candidates: Callable) -> None:
        """Calls ``evaluate_candidates(candidates)``, once or several times."""
        raise NotImplementedError("_run_search not implemented.")

    def _prepare(self, X: Any, y: Any, splitter: Any, groups: Any) -> None:
        """What a subclass does before the first candidate."""

    def _splits_of(self, splitter: Any) -> Any:
        return splitter

    def fit(self, X: Any, y: Any = None, **params: Any):
        """Tries all candidates, and fits the best to all samples.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), or None
        **params : more arguments of the estimator's `fit`; what has a value for each sample is split as X
            is. `groups` goes to the splitter

        Raises
        ------
        ValueError
            For parameters that cannot be, or if all fits failed.
        """
        self._check_parameters()
        if needs_target(self.estimator):
            self._require_target(y)
        scorer, refit_metric = self._scorers()
        X, y = indexable(X, y)
        groups = params.pop("groups", None)
        fit_params = parameters_of(X, params)
        splitter = check_cv(self.cv, y, classifier=is_classifier(self.estimator))
        of_split = {} if groups is None else {"groups": groups}
        n_splits = splitter.get_n_splits(X, y, **of_split)
        self._prepare(X, y, splitter, groups)
        splitter = self._splits_of(splitter)
        options = {
            "fit_params": fit_params,
            "score_params": self._score_params(scorer, fit_params),
            "error_score": self.error_score,
            "return_train_score": self.return_train_score,
            "verbose": self.verbose,
        }
        base = clone(self.estimator)
        tried: list[dict[str, Any]] = []
        trials: list[Trial] = []
        more_results: dict[str, list[Any]] = defaultdict(list)
        results: dict[str, Any] = {}

        def evaluate(candidates: Iterable[dict], cv: Any = None, more: dict | None = None) -> dict:
            nonlocal results
            candidates, rounds = list(candidates), cv or splitter
            if self.verbose > 0:
                print(
                    f"Fitting {n_splits} folds for each of {len(candidates)} candidates, totalling "
                    f"{len(candidates) * n_splits} fits"
                )
            splits = list(rounds.split(X, y, **of_split))
            new = run(
                trial,
                (
                    (clone(base), X, y, scorer, a, b, options, parameters, (k, n_splits),
                     (c, len(candidates)))
                    for c, parameters in enumerate(candidates)
                    for k, (a, b) in enumerate(splits)
                ),
                self.n_jobs, pre_dispatch=getattr(self, "pre_dispatch", "2*n_jobs"),
            )
            if not new:
                raise ValueError(
                    "No fits were performed. Was the CV iterator empty? Were there no candidates?"
                )
            if len(new) != len(candidates) * n_splits:
                raise ValueError(
                    "cv.split and cv.get_n_splits return inconsistent results. Expected "
                    f"{n_splits} splits, got {len(new) // len(candidates)}"
                )
            report_failures(new, self.error_score)
            tried.extend(candidates)
            trials.extend(new)
            for name, values in (more or {}).items():
                more_results[name].extend(values)
            fill_failures(trials, self.error_score)
            results = self._results(tried, n_splits, trials, more_results)
            return results

        self._run_search(evaluate)
        self.multimetric_ = isinstance(trials[0].test_scores, dict)
        if callable(self.scoring) and self.multimetric_:
            self._check_refit_name(trials[0].test_scores)
            refit_metric = self.refit
        if self.refit or not self.multimetric_:
            self.best_index_ = self._best(results, refit_metric)
            if not callable(self.refit):
                # A rule of the user's says which is best, not how good it is.
                self.best_score_ = results[f"mean_test_{refit_metric}"][self.best_index_]
            self.best_params_ = results["params"][self.best_index_]
        if self.refit:
            self.best_estimator_ = clone(base).set_params(**clone(self.best_params_, safe=False))
            start = time.time()
            if y is None:
                self.best_estimator_.fit(X, **fit_params)
            else:
                self.best_estimator_.fit(X, y, **fit_params)
            self.refit_time_ = time.time() - start
            if hasattr(self.best_estimator_, "feature_names_in_"):
                self.feature_names_in_ = self.best_estimator_.feature_names_in_
        self.scorer_ = getattr(scorer, "_scorers", scorer)
        self.cv_results_ = results
        self.n_splits_ = n_splits
        return self

    def _scorers(self) -> tuple[Any, str]:
        from ..metrics import check_scoring

        scorer = check_scoring(
            self.estimator, scoring=self.scoring, raise_exc=self.error_score == "raise"
        )
        if hasattr(scorer, "_scorers"):
            self._check_refit_name(scorer._scorers)
            return scorer, self.refit
        return scorer, "score"

    def _check_refit_name(self, scores: Any) -> None:
        valid = isinstance(self.refit, str) and self.refit in scores
        if self.refit is not False and not valid and not callable(self.refit):
            raise ValueError(
                "For multi-metric scoring, the parameter refit must be set to a scorer key or a "
                "callable to refit an estimator with the best parameter setting on the whole data "
                "and make the best_* attributes available for that metric. If this is not needed, "
                f"refit should be set to False explicitly. {self.refit!r} was passed."
            )

    def _score_params(self, scorer: Any, fit_params: dict[str, Any]) -> dict[str, Any]:
        weights = fit_params.get("sample_weight")
        if weights is None:
            return {}
        for name, one in getattr(scorer, "_scorers", {None: scorer}).items():
            accepts = getattr(one, "_accept_sample_weight", None)
            if accepts is None or not accepts():
                shown = one if name is None else f"{name}={one}"
                warnings.warn(
                    f"The scoring {shown} does not support sample_weight, which may lead to "
                    f"statistically incorrect results when fitting {self} with sample_weight. ",
                    stacklevel=4,
                )
        accepts = getattr(scorer, "_accept_sample_weight", None)
        return {"sample_weight": weights} if accepts is not None and accepts() else {}

    def _best(self, results: dict[str, Any], metric: str) -> int:
        if callable(self.refit):
            best = self.refit(results)
            if not isinstance(best, numbers.Integral):
                raise TypeError("best_index_ returned is not an integer")
            if not 0 <= best < len(results["params"]):
                raise IndexError("best_index_ index out of range")
            return best
        return results[f"rank_test_{metric}"].argmin()

    def _results(
        self, candidates: list[dict], n_splits: int, trials: list[Trial], more: dict[str, list]
    ) -> dict[str, Any]:
        n = len(candidates)
        results: dict[str, Any] = {name: np.asarray(values) for name, values in more.items()}

        def store(name: str, values: Any, *, splits: bool = False, rank: bool = False) -> None:
            table = np.array(values, dtype=np.float64).reshape(n, n_splits)
            for k in range(n_splits if splits else 0):
                results[f"split{k}_{name}"] = table[:, k]
            means = results[f"mean_{name}"] = table.mean(axis=1)
            if name.startswith(("train_", "test_")) and not np.all(np.isfinite(means)):
                warnings.warn(
                    f"One or more of the {name.split('_')[0]} scores are non-finite: {means}",
                    UserWarning,
                    stacklevel=2,
                )
            results[f"std_{name}"] = np.sqrt(((table - means[:, None]) ** 2).mean(axis=1))
            if rank:
                results[f"rank_{name}"] = _ranks(means)

        store("fit_time", [t.fit_time for t in trials])
        store("score_time", [t.score_time for t in trials])
        for name in dict.fromkeys(key for c in candidates for key in c):
            results[f"param_{name}"] = _column([c.get(name, _ABSENT) for c in candidates])
        results["params"] = candidates
        tests = by_name([t.test_scores for t in trials])
        trains = by_name([t.train_scores for t in trials]) if self.return_train_score else {}
        for name, values in tests.items():
            store(f"test_{name}", values, splits=True, rank=True)
            if trains:
                store(f"train_{name}", trains[name], splits=True)
        return results

    def score(self, X: Any, y: Any = None, **params: Any) -> float:
        """The score of what was found: by the search's scoring, else its own.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), or None
        **params : more arguments of the scorer
        """
        _refitted("score")(self)
        check_is_fitted(self)
        scorer = self.scorer_[self.refit] if isinstance(self.scorer_, dict) else self.scorer_
        score = scorer(self.best_estimator_, X, y, **params)
        return score[self.refit] if self.multimetric_ and isinstance(score, dict) else score

    def _found(self, name: str) -> Any:
        check_is_fitted(self)
        return getattr(self.best_estimator_, name)

    @available_if(_refitted("score_samples"))
    def score_samples(self, X: Any) -> np.ndarray:
        """`score_samples` of what was found."""
        return self._found("score_samples")(X)

    @available_if(_refitted("predict"))
    def predict(self, X: Any) -> np.ndarray:
        """`predict` of what was found."""
        return self._found("predict")(X)

    @available_if(_refitted("predict_proba"))
    def predict_proba(self, X: Any) -> Any:
        """`predict_proba` of what was found."""
        return self._found("predict_proba")(X)

    @available_if(_refitted("predict_log_proba"))
    def predict_log_proba(self, X: Any) -> Any:
        """`predict_log_proba` of what was found."""
        return self._found("predict_log_proba")(X)

    @available_if(_refitted("decision_function"))
    def decision_function(self, X: Any) -> np.ndarray:
        """`decision_function` of what was found."""
        return self._found("decision_function")(X)

    @available_if(_refitted("transform"))
    def transform(self, X: Any) -> Any:
        """`transform` of what was found."""
        return self._found("transform")(X)

    @available_if(_refitted("inverse_transform"))
    def inverse_transform(self, X: Any) -> Any:
        """`inverse_transform` of what was found."""
        return self._found("inverse_transform")(X)

    @property
    def n_features_in_(self) -> int:
        """How many features the samples of `fit` had."""
        if not hasattr(self, "best_estimator_"):
            raise AttributeError(f"{type(self).__name__} object has no n_features_in_ attribute.")
        return self.best_estimator_.n_features_in_

    @property
    def classes_(self) -> Any:
        """The classes of what was found."""
        _refitted("classes_")(self)
        return self.best_estimator_.classes_


_ABSENT = object()


def _column(values: list[Any]) -> np.ma.MaskedArray:
    """A parameter's values, masked where a candidate has none."""
    there = [v for v in values if v is not _ABSENT]
    try:
        array = np.array(there)
        dtype = array.dtype if array.ndim == 1 and array.dtype.kind not in "USV" else object
    except ValueError:
        dtype = object
    out = np.ma.MaskedArray(np.empty(len(values), dtype=dtype), mask=True)
    for i, value in enumerate(values):
        if value is not _ABSENT:
            out[i] = value
    if not np.ma.getmaskarray(out).any():
        out.mask = False
    return out


def _ranks(means: np.ndarray) -> np.ndarray:
    """1 for the best; equal means share a rank, and what has no mean comes last."""
    if np.isnan(means).all():
        return np.ones(len(means), dtype=np.int32)
    known = np.where(np.isnan(means), np.nanmin(means) - 1, means)
    return (np.searchsorted(np.sort(-known), -known) + 1).astype(np.int32)


class GridSearchCV(Search):
    """Tries all combinations of values of a grid.

    Parameters
    ----------
    estimator : what to fit
    param_grid : a dictionary of lists of values by names of parameters (``a__b`` is parameter `b` of the
        part `a`), or a list of such
    scoring : a name, a callable ``f(estimator, X, y)``, several names, or a dictionary of these; None is
        the estimator's own `score`
    n_jobs : how many fits at once, as joblib counts
    refit : whether to fit the best to all samples; of several scorers, the name of the one that decides;
        or a callable that gives the best's number from `cv_results_`
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    verbose : how much to print
    pre_dispatch : how many fits joblib prepares ahead
    error_score : the score of a fit that failed; "raise" raises
    return_train_score : whether to score on the training samples too
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **Search._constraints, "pre_dispatch": (numbers.Integral, str), "param_grid": (dict, list)
    }

    def __init__(
        self,
        estimator: Any,
        param_grid: Any,
        *,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: Any = "2*n_jobs",
        error_score: Any = np.nan,
        return_train_score: bool = False,
    ) -> None:
        super().__init__(
            estimator, scoring=scoring, n_jobs=n_jobs, refit=refit, cv=cv, verbose=verbose,
            error_score=error_score, return_train_score=return_train_score,
        )
        self.pre_dispatch = pre_dispatch
        self.param_grid = param_grid

    def _run_search(self, evaluate_candidates: Callable) -> None:
        evaluate_candidates(ParameterGrid(self.param_grid))


class RandomizedSearchCV(Search):
    """Tries combinations of values drawn at random. Source: Bergstra and Bengio 2012.

    Parameters
    ----------
    estimator : what to fit
    param_distributions : a dictionary by names of parameters, of lists of values or of distributions with
        a method ``rvs(random_state=)`` as SciPy's, or a list of such
    n_iter : how many to try
    scoring : a name, a callable ``f(estimator, X, y)``, several names, or a dictionary of these; None is
        the estimator's own `score`
    n_jobs : how many fits at once, as joblib counts
    refit : whether to fit the best to all samples; of several scorers, the name of the one that decides;
        or a callable that gives the best's number from `cv_results_`
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    verbose : how much to print
    pre_dispatch : how many fits joblib prepares ahead
    random_state : the seed of the draws; it gives scikit-learn's combinations
    error_score : the score of a fit that failed; "raise" raises
    return_train_score : whether to score on the training samples too
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **Search._constraints,
        "pre_dispatch": (numbers.Integral, str),
        "param_distributions": (dict, list, tuple),
        "n_iter": Span(numbers.Integral, 1, None),
        "random_state": RANDOM,
    }

    def __init__(
        self,
        estimator: Any,
        param_distributions: Any,
        *,
        n_iter: int = 10,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: Any = "2*n_jobs",
        random_state: Any = None,
        error_score: Any = np.nan,
        return_train_score: bool = False,
    ) -> None:
        super().__init__(
            estimator, scoring=scoring, n_jobs=n_jobs, refit=refit, cv=cv, verbose=verbose,
            error_score=error_score, return_train_score=return_train_score,
        )
        self.pre_dispatch = pre_dispatch
        self.param_distributions = param_distributions
        self.n_iter = n_iter
        self.random_state = random_state

    def _run_search(self, evaluate_candidates: Callable) -> None:
        evaluate_candidates(
            ParameterSampler(
                self.param_distributions, self.n_iter, random_state=self.random_state
            )
        )
