"""Logistic regression with the penalty that cross-validation finds best."""

from __future__ import annotations

import numbers
from typing import Any, ClassVar

import numpy as np

from .._meta import JOBS, SPLITS, VERBOSE, Checked
from .._methods import Sparsify
from ..base import ClassifierMixin
from ..exceptions import warn
from ..metrics import check_scoring
from ..model_selection import check_cv
from ..utils._parameters import ARRAY, BOOLEAN, CALLABLE, RANDOM, Span, Words
from ..utils.class_weight import compute_class_weight
from ..utils.multiclass import check_classification_targets
from ..utils.validation import (
    _FLOATS,
    _check_y,
    check_consistent_length,
    check_is_fitted,
    check_sample_weight,
    validate_data,
)
from ._generated import LogisticRegression

__all__ = ["LogisticRegressionCV"]

_LEGACY = (
    "The fitted attributes of LogisticRegressionCV will be simplified in scikit-learn 1.10 to remove "
    "redundancy. Set `use_legacy_attributes=False` to enable the new behavior now, or set it to `True` to "
    "silence this warning during the transition period while keeping the deprecated behavior for the time "
    "being."
)
_SCORING = (
    "The default value of the parameter 'scoring' will change from None, i.e. accuracy, to 'neg_log_loss' "
    "in version 1.11. To silence this warning, explicitly set the scoring parameter."
)


class LogisticRegressionCV(Sparsify, ClassifierMixin, Checked):
    """Logistic regression with the strength and the mixture of the penalty that score best on held-out
    folds. Source: Hastie, Tibshirani and Friedman 2009, sections 4.4 and 7.10.

    Parameters
    ----------
    Cs : how many inverses of the strength are tried, between 1e-4 and 1e4, or which
    l1_ratios : the shares of absolute values in the penalty that are tried
    fit_intercept, dual, solver, tol, max_iter, class_weight, intercept_scaling, random_state : as in
        `LogisticRegression`
    cv : a number of folds, None for 5, a splitter, or pairs of numbers of samples
    penalty : deprecated in favour of Cs and l1_ratios
    scoring : what is best: a name or a function of estimator, X and y; None is the accuracy
    n_jobs, verbose : accepted for compatibility
    refit : whether the best parameters learn from all samples; else the folds' best solutions are averaged
    use_legacy_attributes : whether `scores_` and `coefs_paths_` are dicts by class, as before scikit-learn
        1.10, and not arrays
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "penalty": Words("l1", "l2", "elasticnet", "deprecated"),
        "dual": BOOLEAN,
        "tol": Span(numbers.Real, 0, None),
        "fit_intercept": BOOLEAN,
        "intercept_scaling": Span(numbers.Real, 0, None, closed="neither"),
        "class_weight": (dict, Words("balanced"), None),
        "random_state": RANDOM,
        "solver": Words("lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga"),
        "max_iter": Span(numbers.Integral, 0, None),
        "verbose": VERBOSE,
        "n_jobs": JOBS,
        "Cs": (Span(numbers.Integral, 1, None), ARRAY),
        "l1_ratios": (ARRAY, None, Words("warn")),
        "cv": SPLITS,
        "scoring": (str, CALLABLE, None),
        "refit": BOOLEAN,
        "use_legacy_attributes": (BOOLEAN, Words("warn")),
    }

    def __init__(
        self,
        *,
        Cs: Any = 10,
        l1_ratios: Any = "warn",
        fit_intercept: bool = True,
        cv: Any = None,
        dual: bool = False,
        penalty: str = "deprecated",
        scoring: Any = "warn",
        solver: str = "lbfgs",
        tol: float = 1e-4,
        max_iter: int = 100,
        class_weight: Any = None,
        n_jobs: int | None = None,
        verbose: Any = 0,
        refit: bool = True,
        intercept_scaling: float = 1.0,
        random_state: Any = None,
        use_legacy_attributes: Any = "warn",
    ) -> None:
        self.Cs = Cs
        self.l1_ratios = l1_ratios
        self.fit_intercept = fit_intercept
        self.cv = cv
        self.dual = dual
        self.penalty = penalty
        self.scoring = scoring
        self.solver = solver
        self.tol = tol
        self.max_iter = max_iter
        self.class_weight = class_weight
        self.n_jobs = n_jobs
        self.verbose = verbose
        self.refit = refit
        self.intercept_scaling = intercept_scaling
        self.random_state = random_state
        self.use_legacy_attributes = use_legacy_attributes

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.classifier_tags.multi_class = self.solver != "liblinear"
        return tags

    def _ratios(self) -> tuple[list[float], bool]:
        """The shares of absolute values, and whether they were asked for."""
        given = self.l1_ratios
        if isinstance(given, str):
            warn(
                "The default value for l1_ratios will change from None to (0.0,) in version 1.10. From "
                "version 1.10 onwards, only array-like with values in [0, 1] will be allowed, None will "
                "be forbidden. To avoid this warning, explicitly set a value, e.g. l1_ratios=(0,).",
                FutureWarning, stacklevel=3,
            )
            given = None
        if self.penalty != "deprecated":
            warn(
                "'penalty' was deprecated in version 1.8 and will be removed in 1.10. Use l1_ratios and Cs "
                "instead.",
                FutureWarning, stacklevel=3,
            )
            if self.penalty != "elasticnet":
                return [float(self.penalty == "l1")], False
        if given is None:
            if self.penalty == "elasticnet":
                raise ValueError(
                    "l1_ratios must be an array-like of numbers between 0 and 1; got (l1_ratios=None)"
                )
            return [0.0], False
        ratios = [float(r) for r in np.atleast_1d(given)]
        if not ratios or any(not 0 <= r <= 1 for r in ratios):
            raise ValueError(
                "l1_ratios must be an array-like of numbers between 0 and 1; got "
                f"(l1_ratios={given!r})"
            )
        return ratios, True

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds the best penalty, and learns with it.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        self._check_parameters()
        self._require_target(y)
        ratios, asked = self._ratios()
        scoring, legacy = self.scoring, self.use_legacy_attributes
        if isinstance(scoring, str) and scoring == "warn":
            warn(_SCORING, FutureWarning, stacklevel=2)
            scoring = None
        if isinstance(legacy, str):
            warn(_LEGACY, FutureWarning, stacklevel=2)
            legacy = True
        X = validate_data(self, X, accept_sparse="csr", dtype=np.float64)
        y = _check_y(y, False, False, self)
        check_classification_targets(y)
        check_consistent_length(X, y)
        weights = check_sample_weight(sample_weight, X)
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError(
                "This solver needs samples of at least 2 classes in the data, but the data contains only "
                f"one class: {self.classes_[0]!r}"
            )
        count = isinstance(self.Cs, numbers.Integral)
        self.Cs_ = np.logspace(-4, 4, self.Cs) if count else np.asarray(self.Cs, dtype=np.float64)
        self._class_weight = self.class_weight
        if self.class_weight is not None:
            found = compute_class_weight(
                self.class_weight, classes=self.classes_, y=y, sample_weight=weights
            )
            self._class_weight = dict(zip(self.classes_.tolist(), found.tolist(), strict=True))
        folds = list(check_cv(self.cv, y, classifier=True).split(X, y))
        shape = (len(folds), len(self.Cs_), len(ratios))
        outputs = 1 if len(self.classes_) == 2 else len(self.classes_)
        scores, sweeps = np.empty(shape), np.empty(shape, dtype=np.int32)
        paths = np.empty((outputs, *shape, X.shape[1] + int(self.fit_intercept)))
        for f, (train, test) in enumerate(folds):
            if len(np.unique(y[train])) != len(self.classes_):
                raise ValueError(
                    f"Fold {f} lacks samples of a class: use stratified folds, or fewer of them."
                )
            for r, ratio in enumerate(ratios):
                model = self._model(ratio, warm_start=True)
                for c, C in enumerate(self.Cs_):
                    model.set_params(C=float(C))
                    model.fit(X[train], y[train], None if weights is None else weights[train])
                    inner = None if weights is None else weights[test]
                    scores[f, c, r] = self._scored(model, scoring, X[test], y[test], inner)
                    sweeps[f, c, r] = model.n_iter_[0]
                    paths[:, f, c, r] = self._row(model)
        self.l1_ratios_ = np.asarray(ratios if asked else [None])
        if self.refit:
            c, r = np.unravel_index(np.argmax(scores.sum(axis=0)), shape[1:])
            best_c, best_ratio = float(self.Cs_[c]), ratios[r]
            final = self._model(best_ratio).set_params(C=best_c).fit(X, y, weights)
            solution = self._row(final)
        else:
            best = [np.unravel_index(np.argmax(s), shape[1:]) for s in scores]
            best_c = float(np.mean([self.Cs_[c] for c, _ in best]))
            best_ratio = float(np.mean([ratios[r] for _, r in best]))
            solution = np.mean([paths[:, f, c, r] for f, (c, r) in enumerate(best)], axis=0)
        n = X.shape[1]
        self.coef_ = solution[:, :n]
        self.intercept_ = solution[:, n] if self.fit_intercept else np.zeros(outputs)
        self._show(scores, sweeps, paths, best_c, best_ratio, asked, legacy)
        return self

    def _model(self, ratio: float, **options: Any) -> LogisticRegression:
        names = ("fit_intercept", "dual", "solver", "tol", "max_iter", "intercept_scaling",
                 "random_state")
        own = {name: getattr(self, name) for name in names}
        return LogisticRegression(
            l1_ratio=ratio, class_weight=self._class_weight, **own, **options
        )

    def _row(self, model: LogisticRegression) -> np.ndarray:
        """The coefficients of each class, the intercept behind them."""
        if not self.fit_intercept:
            return model.coef_
        return np.concatenate([model.coef_, model.intercept_[:, np.newaxis]], axis=1)

    def _scored(self, model: Any, scoring: Any, X: Any, y: Any, weights: Any) -> float:
        given = {} if weights is None else {"sample_weight": weights}
        if scoring is None:
            return model.score(X, y, **given)
        return check_scoring(model, scoring=scoring)(model, X, y, **given)

    def _show(
        self, scores: Any, sweeps: Any, paths: Any, best_c: float, best_ratio: float, asked: bool,
        legacy: bool,
    ) -> None:
        """The attributes about the search."""
        if not legacy:
            self.C_, self.l1_ratio_ = best_c, best_ratio
            self.coefs_paths_ = np.moveaxis(paths, (0, 1, 3), (3, 0, 1))
            self.scores_ = np.swapaxes(scores, 1, 2)
            self.n_iter_ = np.swapaxes(sweeps, 1, 2)
            return
        outputs = len(paths)
        self.C_ = np.full(outputs, best_c)
        self.l1_ratio_ = np.full(outputs, best_ratio if asked or best_ratio else None)
        if not asked:
            scores, sweeps, paths = scores[:, :, 0], sweeps[:, :, 0], paths[:, :, :, 0]
        positive = self.classes_[1:] if outputs == 1 else self.classes_
        self.scores_ = {c: scores.copy() for c in positive}
        self.coefs_paths_ = dict(zip(positive, paths, strict=True))
        self.n_iter_ = sweeps[np.newaxis]

    def decision_function(self, X: Any) -> np.ndarray:
        """How far on which side each sample lies.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, accept_sparse="csr", dtype=_FLOATS)
        said = X @ self.coef_.T + self.intercept_
        return said.ravel() if said.shape[1] == 1 else said

    def predict(self, X: Any) -> np.ndarray:
        """The class of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        said = self.decision_function(X)
        return self.classes_[(said > 0).astype(int) if said.ndim == 1 else said.argmax(axis=1)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """The probability of each class, in the order of `classes_`.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        said = self.decision_function(X)
        if said.ndim == 1:
            # Of two classes, one says 0. What grows is never raised, so that nothing overflows.
            small = np.exp(-np.abs(said))
            great = 1 / (1 + small)
            small *= great
            second = said > 0
            out = np.empty((len(said), 2))
            out[:, 0] = np.where(second, small, great)
            out[:, 1] = np.where(second, great, small)
            return out
        said = np.exp(said - said.max(axis=1, keepdims=True))
        return said / said.sum(axis=1, keepdims=True)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithm of the probability of each class, as `predict_proba`."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """What `scoring` says of the predictions.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        given = {} if sample_weight is None else {"sample_weight": sample_weight}
        scoring = self.scoring
        if scoring is None or isinstance(scoring, str) and scoring == "warn":
            return super().score(X, y, **given)
        return check_scoring(self, scoring=scoring)(self, X, y, **given)
