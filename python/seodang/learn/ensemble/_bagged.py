"""Copies of an estimator, each fitted to samples and features drawn at random. Source: Breiman 1996; Ho
1998; Louppe and Geurts 2012.

Seeds give scikit-learn's draws: NumPy's generator is asked for the same numbers in the same order.
"""

from __future__ import annotations

import numbers
import warnings
from typing import Any, ClassVar

import numpy as np

from .._indexing import parameters_of, rows
from .._meta import JOBS, VERBOSE, Methods, available_if, seed_parts, tags_of, takes_weights
from .._parallel import run
from .._sampling import distinct
from ..base import ClassifierMixin, RegressorMixin, clone
from ..utils._parameters import BOOLEAN, RANDOM, Span
from ..utils.multiclass import check_classification_targets
from ..utils.validation import (
    check_is_fitted,
    check_random_state,
    check_sample_weight,
    column_or_1d,
    validate_data,
)
from ._base import BaseEnsemble

_SEEDS = np.iinfo(np.int32).max
_FORMATS = ["csr", "csc"]


def _drawn(rng: np.random.RandomState, again: bool, n: int, count: int) -> np.ndarray:
    return rng.randint(0, n, count) if again else distinct(n, count, rng)


def _fit_one(
    bagging: Any, X: Any, y: Any, weights: Any, seed: int, params: dict[str, Any], note: str | None
) -> tuple[Any, np.ndarray]:
    if note is not None:
        print(note)
    estimator = clone(bagging.estimator_)
    seed_parts(estimator, seed)
    features, samples = bagging._choice(seed, X.shape[0])
    columns = X
    if bagging.bootstrap_features or bagging._max_features != X.shape[1]:
        columns = X[:, features]
    params = dict(params)
    if takes_weights(estimator):
        params["sample_weight"] = np.bincount(samples, minlength=X.shape[0])
        estimator.fit(columns, y, **params)
    else:
        estimator.fit(rows(columns, samples), rows(y, samples), **parameters_of(X, params, samples))
    return estimator, features


def _on(features: np.ndarray, X: Any) -> Any:
    whole = len(features) == X.shape[1] and np.array_equal(features, np.arange(X.shape[1]))
    return X if whole else X[:, features]


class Bagging(BaseEnsemble):
    """Copies of an estimator, each fitted to samples and features drawn at random."""

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": (Methods("fit", "predict"), None),
        "n_estimators": Span(numbers.Integral, 1, None),
        "max_samples": (
            None, Span(numbers.Integral, 1, None), Span(numbers.Real, 0, 1, "right"),
        ),
        "max_features": (Span(numbers.Integral, 1, None), Span(numbers.Real, 0, 1, "right")),
        "bootstrap": BOOLEAN,
        "bootstrap_features": BOOLEAN,
        "oob_score": BOOLEAN,
        "warm_start": BOOLEAN,
        "n_jobs": JOBS,
        "random_state": RANDOM,
        "verbose": VERBOSE,
    }

    def __init__(
        self,
        estimator: Any = None,
        n_estimators: int = 10,
        *,
        max_samples: Any = None,
        max_features: Any = 1.0,
        bootstrap: bool = True,
        bootstrap_features: bool = False,
        oob_score: bool = False,
        warm_start: bool = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int = 0,
    ) -> None:
        self.estimator = estimator
        self.n_estimators = n_estimators
        self.max_samples = max_samples
        self.max_features = max_features
        self.bootstrap = bootstrap
        self.bootstrap_features = bootstrap_features
        self.oob_score = oob_score
        self.warm_start = warm_start
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose

    def _default(self) -> Any:
        """What is copied where nothing is given."""
        raise NotImplementedError

    def _given(self) -> Any:
        return self._default() if self.estimator is None else self.estimator

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        try:
            inner = tags_of(self._given()).input_tags
            tags.input_tags.sparse = inner.sparse
            tags.input_tags.allow_nan = inner.allow_nan
        except ImportError:
            # The default is not there.
            pass
        return tags

    def _choice(self, seed: int, n_samples: int) -> tuple[np.ndarray, np.ndarray]:
        """The features and samples of the estimator with this seed."""
        rng = check_random_state(seed)
        features = _drawn(rng, self.bootstrap_features, self.n_features_in_, self._max_features)
        if self._sample_weight is None:
            return features, _drawn(rng, self.bootstrap, n_samples, self._max_samples)
        shares = self._sample_weight / np.sum(self._sample_weight)
        return features, rng.choice(n_samples, self._max_samples, replace=self.bootstrap, p=shares)

    def fit(self, X: Any, y: Any, sample_weight: Any = None, **fit_params: Any):
        """Fits the copies.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), the chance of each sample to be drawn
        **fit_params : more arguments of the estimator's `fit`

        Raises
        ------
        ValueError
            For parameters or data that cannot be.
        """
        self._check_parameters()
        self._require_target(y)
        X, y = validate_data(
            self, X, y, accept_sparse=_FORMATS, dtype=None, ensure_all_finite=False,
            multi_output=True,
        )
        weights = check_sample_weight(sample_weight, X)
        if weights is not None and not self.bootstrap:
            warnings.warn(
                f"When fitting {type(self).__name__} with sample_weight it is recommended to use "
                f"bootstrap=True, got {self.bootstrap}.",
                stacklevel=2,
            )
        y = self._target(y)
        self.estimator_ = self._given()
        n = self._n_samples = X.shape[0]
        self._sample_weight = weights
        self._max_samples = self._count_of_samples(n, weights)
        asked = self.max_features
        if not isinstance(asked, numbers.Integral):
            asked = int(asked * self.n_features_in_)
        if asked > self.n_features_in_:
            raise ValueError("max_features must be <= n_features")
        self._max_features = max(1, asked)
        self._grow(X, y, weights, fit_params)
        if self.oob_score:
            self._score_left_out(X, y)
        return self

    def _count_of_samples(self, n: int, weights: Any) -> int:
        count = self.max_samples
        if count is None:
            count = n
        elif not isinstance(count, numbers.Integral):
            total = n if weights is None else weights.sum()
            count = max(1, int(self.max_samples * total))
            if count < max(10, n ** (1 / 3)):
                of = "the number of samples" if weights is None else "the total sum of sample weights"
                warnings.warn(
                    f"Using the fractional value max_samples={self.max_samples!r} when {of} is {total} "
                    f"results in a low number ({count}) of bootstrap samples. We recommend passing "
                    "`max_samples` as an integer instead.",
                    stacklevel=3,
                )
        if not self.bootstrap and count > n:
            raise ValueError(
                f"Effective max_samples={count} must be <= n_samples={n} to be able to sample "
                "without replacement."
            )
        return count

    def _grow(self, X: Any, y: Any, weights: Any, fit_params: dict[str, Any]) -> None:
        if not self.bootstrap and self.oob_score:
            raise ValueError("Out of bag estimation only available if bootstrap=True")
        if self.warm_start and self.oob_score:
            raise ValueError("Out of bag estimate only available if warm_start=False")
        if hasattr(self, "oob_score_"):
            del self.oob_score_
        if not self.warm_start or not hasattr(self, "estimators_"):
            self.estimators_, self.estimators_features_, self._seeds = [], [], []
        old = len(self.estimators_)
        new = self.n_estimators - old
        if new < 0:
            raise ValueError(
                f"n_estimators={self.n_estimators} must be larger or equal to "
                f"len(estimators_)={old} when warm_start==True"
            )
        if new == 0:
            warnings.warn(
                "Warm-start fitting without increasing n_estimators does not fit new trees.",
                stacklevel=3,
            )
            return
        rng = check_random_state(self.random_state)
        if old:
            # The seeds that the others had.
            rng.randint(_SEEDS, size=old)
        seeds = rng.randint(_SEEDS, size=new)

        def note(i: int) -> str | None:
            if self.verbose <= 1:
                return None
            return f"Building estimator {i + 1} of {new} for this parallel run (total {new})..."

        found = run(
            _fit_one,
            ((self, X, y, weights, seed, fit_params, note(i)) for i, seed in enumerate(seeds)),
            self.n_jobs, verbose=int(self.verbose),
        )
        self.estimators_ += [estimator for estimator, _ in found]
        self.estimators_features_ += [features for _, features in found]
        self._seeds = [*self._seeds, *seeds]

    @property
    def estimators_samples_(self) -> list[np.ndarray]:
        """The numbers of the samples that each copy was fitted to."""
        return [self._choice(seed, self._n_samples)[1] for seed in self._seeds]

    def _checked(self, X: Any) -> Any:
        check_is_fitted(self)
        return validate_data(
            self, X, accept_sparse=_FORMATS, dtype=None, ensure_all_finite=False, reset=False
        )

    def _parts(self) -> zip:
        return zip(self.estimators_, self.estimators_features_, strict=True)

    def _left_out(self, X: Any) -> Any:
        """Each copy with the samples it was not fitted to, by their mask and its features."""
        parts = zip(self.estimators_, self.estimators_samples_, self.estimators_features_, strict=True)
        for estimator, samples, features in parts:
            mask = np.ones(X.shape[0], dtype=bool)
            mask[samples] = False
            if mask.any():
                yield estimator, mask, _on(features, X[mask])

    def _warn_of_few(self) -> None:
        warnings.warn(
            "Some inputs do not have OOB scores. This probably means too few estimators were used to "
            "compute any reliable oob estimates.",
            stacklevel=4,
        )


def _has_decisions(bagging: Any) -> bool:
    getattr(bagging.estimators_[0] if hasattr(bagging, "estimators_") else bagging._given(),
            "decision_function")
    return True


class BaggingClassifier(ClassifierMixin, Bagging):
    """Copies of a classifier, each fitted to samples and features drawn at random.

    Parameters
    ----------
    estimator : what is copied; None is a decision tree
    n_estimators : how many copies
    max_samples : how many samples each is fitted to, or their share; None is as many as there are
    max_features : how many features each is fitted to, or their share
    bootstrap : whether samples are drawn again and again
    bootstrap_features : whether features are drawn again and again
    oob_score : whether to score each on the samples it was not fitted to
    warm_start : whether to add copies to those of the last fit
    n_jobs : how many to fit at once, as joblib counts
    random_state : the seed
    verbose : how much to print
    """

    def _default(self) -> Any:
        from ..tree import DecisionTreeClassifier

        return DecisionTreeClassifier()

    def _target(self, y: Any) -> np.ndarray:
        y = column_or_1d(y, warn=True)
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        self.n_classes_ = len(self.classes_)
        return codes

    def _said(self, estimator: Any, X: Any) -> np.ndarray:
        """The probabilities of all classes, or 1 for the one that is said."""
        out = np.zeros((X.shape[0], self.n_classes_))
        if hasattr(estimator, "predict_proba"):
            # A copy may have seen no sample of a class.
            out[:, estimator.classes_] = estimator.predict_proba(X)
        else:
            out[np.arange(len(out)), estimator.predict(X)] = 1
        return out

    def _score_left_out(self, X: Any, y: np.ndarray) -> None:
        sums = np.zeros((X.shape[0], self.n_classes_))
        for estimator, mask, columns in self._left_out(X):
            sums[mask] += self._said(estimator, columns)
        if (sums.sum(axis=1) == 0).any():
            self._warn_of_few()
        with np.errstate(invalid="ignore"):
            self.oob_decision_function_ = sums / sums.sum(axis=1)[:, None]
        self.oob_score_ = float(np.mean(np.argmax(sums, axis=1) == y))

    def predict(self, X: Any) -> np.ndarray:
        """The class with the greatest mean of probabilities, or most votes.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        shares = self.predict_proba(X)
        return self.classes_[np.argmax(shares, axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """The mean of the copies' probabilities, or their shares of votes.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        X = self._checked(X)
        tables = run(
            self._said, ((e, _on(f, X)) for e, f in self._parts()), self.n_jobs, threads=True
        )
        return sum(tables) / len(tables)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the probabilities.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    @available_if(_has_decisions)
    def decision_function(self, X: Any) -> np.ndarray:
        """The mean of the copies' decision functions.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        X = self._checked(X)
        tables = [e.decision_function(_on(f, X)) for e, f in self._parts()]
        return sum(tables) / len(tables)


class BaggingRegressor(RegressorMixin, Bagging):
    """Copies of a regressor, each fitted to samples and features drawn at random.

    Parameters
    ----------
    estimator : what is copied; None is a decision tree
    n_estimators : how many copies
    max_samples : how many samples each is fitted to, or their share; None is as many as there are
    max_features : how many features each is fitted to, or their share
    bootstrap : whether samples are drawn again and again
    bootstrap_features : whether features are drawn again and again
    oob_score : whether to score each on the samples it was not fitted to
    warm_start : whether to add copies to those of the last fit
    n_jobs : how many to fit at once, as joblib counts
    random_state : the seed
    verbose : how much to print
    """

    def _default(self) -> Any:
        from ..tree import DecisionTreeRegressor

        return DecisionTreeRegressor()

    def _target(self, y: Any) -> np.ndarray:
        return column_or_1d(y, warn=True) if y.ndim == 1 or y.shape[1] == 1 else y

    def _score_left_out(self, X: Any, y: np.ndarray) -> None:
        from ..metrics import r2_score

        sums, counts = np.zeros(len(y)), np.zeros(len(y))
        for estimator, mask, columns in self._left_out(X):
            sums[mask] += estimator.predict(columns)
            counts[mask] += 1
        if (counts == 0).any():
            self._warn_of_few()
            counts[counts == 0] = 1
        self.oob_prediction_ = sums / counts
        self.oob_score_ = r2_score(y, self.oob_prediction_)

    def predict(self, X: Any) -> np.ndarray:
        """The mean of the copies' predictions.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        """
        X = self._checked(X)
        said = run(
            _predict, ((e, _on(f, X)) for e, f in self._parts()), self.n_jobs, threads=True
        )
        return sum(said) / len(said)


def _predict(estimator: Any, X: Any) -> np.ndarray:
    return estimator.predict(X)
