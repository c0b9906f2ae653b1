"""Ridge regression with the strength that cross-validation finds best.

Leaving one sample out needs no second fit: the error follows from the residual and the sample's leverage.
Source: Golub, Heath and Wahba 1979; Rifkin and Lippert 2007.
"""

from __future__ import annotations

import numbers
from typing import Any, ClassVar

import numpy as np

from .._meta import SPLITS, Checked
from .._record import _for_rust
from .._sparse import is_sparse
from ..base import ClassifierMixin, RegressorMixin
from ..metrics import check_scoring
from ..model_selection import GridSearchCV
from ..utils._parameters import ARRAY, BOOLEAN, CALLABLE, Span, Words
from ..utils.class_weight import compute_sample_weight
from ..utils.multiclass import check_classification_targets
from ..utils.validation import (
    _FLOATS,
    _check_y,
    _num_samples,
    check_consistent_length,
    check_is_fitted,
    check_sample_weight,
    validate_data,
)
from ._generated import Ridge, RidgeClassifier

__all__ = ["RidgeCV", "RidgeClassifierCV"]



class _LeaveOneOut:
    """The errors of each sample by the solution without it, for any strength."""

    def __init__(self, X: Any, y: np.ndarray, weights: np.ndarray, intercept: bool) -> None:
        X = np.asarray(X.toarray() if is_sparse(X) else X, dtype=np.float64)
        self.roots = np.sqrt(weights)
        shares = weights / weights.sum()
        self.x_mean = shares @ X if intercept else np.zeros(X.shape[1])
        self.y_mean = shares @ y if intercept else np.zeros(y.shape[1])
        centred = self.roots[:, np.newaxis] * (X - self.x_mean)
        self.y = self.roots[:, np.newaxis] * (y - self.y_mean)
        # The mean takes part in what is said of each sample.
        self.own = shares if intercept else np.zeros(len(X))
        wide = X.shape[1] > len(X)
        values, vectors = np.linalg.eigh(centred @ centred.T if wide else centred.T @ centred)
        # Directions without any spread are none.
        some = values > np.finfo(np.float64).eps * max(values.max(initial=0.0), 0.0) * len(values)
        self.squares, vectors = values[some], vectors[:, some]
        self.left = vectors if wide else centred @ (vectors / np.sqrt(self.squares))
        self.right = centred.T @ (vectors / np.sqrt(self.squares)) if wide else vectors
        self.along = self.left.T @ self.y

    def at(self, alpha: float) -> tuple[np.ndarray, np.ndarray]:
        """The errors, by the roots of the weights, and the coefficients, outputs by features."""
        shrunk = self.squares / (self.squares + alpha)
        said = self.left @ (shrunk[:, np.newaxis] * self.along)
        leverage = (self.left**2) @ shrunk + self.own
        with np.errstate(divide="ignore", invalid="ignore"):
            errors = (self.y - said) / (1 - leverage)[:, np.newaxis]
        by = np.sqrt(self.squares) / (self.squares + alpha)
        return errors, (self.right @ (by[:, np.newaxis] * self.along)).T


class _RidgeCV(Checked):
    _estimator: ClassVar[Any] = Ridge
    _constraints: ClassVar[dict[str, Any]] = {
        "alphas": (ARRAY, Span(numbers.Real, 0, None, closed="neither")),
        "fit_intercept": BOOLEAN,
        "scoring": (str, CALLABLE, None),
        "cv": SPLITS,
        "store_cv_results": BOOLEAN,
    }
    alpha_per_target = False

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def _strengths(self) -> list[float]:
        alphas = np.atleast_1d(np.asarray(self.alphas, dtype=np.float64))
        for i, alpha in enumerate(alphas):
            name = f"alphas[{i}]" if len(alphas) > 1 else "alphas"
            if self.cv is None and alpha <= 0:
                raise ValueError(f"{name} == {alpha}, must be > 0.0.")
            if alpha < 0:
                raise ValueError(f"{name} == {alpha}, must be >= 0.0.")
        return alphas.tolist()

    def _search(self, X: Any, y: Any, weights: Any) -> None:
        """By folds."""
        for name in ("store_cv_results", "alpha_per_target"):
            if getattr(self, name):
                raise ValueError(f"cv!=None and {name}=True are incompatible")
        options = {"fit_intercept": self.fit_intercept}
        if hasattr(self, "class_weight"):
            options["class_weight"] = self.class_weight
        search = GridSearchCV(
            self._estimator(**options), {"alpha": self._strengths()}, cv=self.cv, scoring=self.scoring
        )
        given = {} if weights is None else {"sample_weight": weights}
        search.fit(X, y, **given)
        self._keep(search.best_estimator_, search.best_estimator_.alpha, search.best_score_)

    def _keep(self, model: Any, alpha: Any, score: Any) -> None:
        self._model = model
        self.coef_, self.intercept_ = model.coef_, model.intercept_
        self.alpha_, self.best_score_ = alpha, score

    def _leave_one_out(self, X: Any, table: np.ndarray, weights: Any, truth: Any) -> tuple:
        """The best strength (or that of each target) and its score; keeps the errors if asked to."""
        ones = np.ones(_num_samples(X)) if weights is None else weights
        problem = _LeaveOneOut(X, table, ones, self.fit_intercept)
        alphas = self._strengths()
        kept, scores = [], []
        for alpha in alphas:
            errors, _ = problem.at(alpha)
            if self.scoring is None:
                kept.append(errors**2)
                per_target = -(errors**2).mean(axis=0)
                scores.append(per_target if self.alpha_per_target else per_target.mean())
            else:
                said = (problem.y - errors) / problem.roots[:, np.newaxis] + problem.y_mean
                kept.append(said)
                scores.append(self._scored(said, truth, weights))
        scores = np.asarray(scores)
        best = np.argmax(scores, axis=0)
        self._errors = np.stack(kept, axis=-1)
        return np.asarray(alphas)[best], scores.max(axis=0)

    def _scored(self, said: np.ndarray, truth: Any, weights: Any) -> Any:
        speaker = _Said(getattr(self, "classes_", None))
        given = {} if weights is None else {"sample_weight": weights}
        return check_scoring(speaker, scoring=self.scoring)(speaker, said, truth, **given)

    def _predicting(self, X: Any) -> Any:
        check_is_fitted(self)
        return validate_data(self, X, reset=False, accept_sparse="csr", dtype=_FLOATS)


class _Said:
    """An estimator that has said already what it predicts."""

    def __init__(self, classes: Any = None) -> None:
        self._estimator_type = "regressor" if classes is None else "classifier"
        if classes is not None:
            self.classes_ = classes

    def fit(self, X: Any, y: Any = None):
        """Nothing is learned."""
        return self

    def predict(self, X: Any) -> Any:
        """What was said."""
        return X


class RidgeCV(RegressorMixin, _RidgeCV):
    """Ridge regression with the strength that is best for samples that were left out, one by one unless
    `cv` says otherwise. Source: Golub, Heath and Wahba 1979.

    Parameters
    ----------
    alphas : the strengths that are tried
    fit_intercept : whether there is an intercept
    scoring : what is best: a name or a function of estimator, X and y; None is the mean squared error (the
        coefficient of determination with `cv`)
    cv : None leaves samples out one by one; else a number of folds, a splitter, or pairs of numbers of
        samples
    gcv_mode : accepted for compatibility: products of samples or of features are decomposed, whichever are
        fewer
    store_cv_results : whether `cv_results_` keeps the squared errors (with `scoring`, what was said)
    alpha_per_target : whether each target has a strength of its own
    """

    _constraints: ClassVar[dict[str, Any]] = {
        **_RidgeCV._constraints,
        "gcv_mode": (Words("auto", "svd", "eigen"), None),
        "alpha_per_target": BOOLEAN,
    }

    def __init__(
        self,
        alphas: Any = (0.1, 1.0, 10.0),
        *,
        fit_intercept: bool = True,
        scoring: Any = None,
        cv: Any = None,
        gcv_mode: str | None = None,
        store_cv_results: bool = False,
        alpha_per_target: bool = False,
    ) -> None:
        self.alphas = alphas
        self.fit_intercept = fit_intercept
        self.scoring = scoring
        self.cv = cv
        self.gcv_mode = gcv_mode
        self.store_cv_results = store_cv_results
        self.alpha_per_target = alpha_per_target

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds the best strength, and learns with it.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_targets)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        self._check_parameters()
        self._require_target(y)
        X = validate_data(self, X, accept_sparse="csr", dtype=_FLOATS)
        y = _check_y(y, True, True, self)
        y = y if y.dtype in _FLOATS else y.astype(np.float64)
        check_consistent_length(X, y)
        weights = check_sample_weight(sample_weight, X)
        if self.cv is not None:
            self._search(X, y, weights)
            return self
        table = y.reshape(len(y), -1).astype(np.float64)
        alpha, score = self._leave_one_out(X, table, weights, y if y.ndim > 1 else table)
        several = self.alpha_per_target and table.shape[1] > 1
        alpha, score = (alpha, score) if several else (float(np.ravel(alpha)[0]), float(np.ravel(score)[0]))
        model = Ridge(alpha, fit_intercept=self.fit_intercept).fit(X, y, weights)
        self._keep(model, alpha, score)
        errors = vars(self).pop("_errors")
        if self.store_cv_results:
            self.cv_results_ = errors[:, 0] if y.ndim == 1 else errors
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The value of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_targets)
        """
        X = self._predicting(X)
        return self._model._learned.predict_values(_for_rust(X))


class RidgeClassifierCV(ClassifierMixin, _RidgeCV):
    """The ridge classifier with the strength that is best for samples that were left out, one by one unless
    `cv` says otherwise. Source: Golub, Heath and Wahba 1979.

    Parameters
    ----------
    alphas : the strengths that are tried
    fit_intercept : whether there is an intercept
    scoring : what is best: a name or a function of estimator, X and y; None is the mean squared error (the
        accuracy with `cv`)
    cv : None leaves samples out one by one; else a number of folds, a splitter, or pairs of numbers of
        samples
    class_weight : how much each class counts: a dict by label, or "balanced"
    store_cv_results : whether `cv_results_` keeps the squared errors (with `scoring`, what was said)
    """

    _estimator: ClassVar[Any] = RidgeClassifier
    _constraints: ClassVar[dict[str, Any]] = {
        **_RidgeCV._constraints, "class_weight": (dict, Words("balanced"), None)
    }

    def __init__(
        self,
        alphas: Any = (0.1, 1.0, 10.0),
        *,
        fit_intercept: bool = True,
        scoring: Any = None,
        cv: Any = None,
        class_weight: Any = None,
        store_cv_results: bool = False,
    ) -> None:
        self.alphas = alphas
        self.fit_intercept = fit_intercept
        self.scoring = scoring
        self.cv = cv
        self.class_weight = class_weight
        self.store_cv_results = store_cv_results

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds the best strength, and learns with it.

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
        X = validate_data(self, X, accept_sparse="csr", dtype=_FLOATS)
        y = _check_y(y, False, False, self)
        check_classification_targets(y)
        check_consistent_length(X, y)
        weights = check_sample_weight(sample_weight, X)
        self.classes_, codes = np.unique(y, return_inverse=True)
        if self.cv is not None:
            self._search(X, y, weights)
            return self
        table = np.where(codes.ravel()[:, np.newaxis] == np.arange(len(self.classes_)), 1.0, -1.0)
        table = table[:, 1:] if len(self.classes_) == 2 else table
        counted = weights
        if self.class_weight is not None:
            counted = compute_sample_weight(self.class_weight, y)
            counted = counted if weights is None else counted * weights
        alpha, score = self._leave_one_out(X, table, counted, y)
        alpha, score = float(alpha), float(score)
        model = RidgeClassifier(
            alpha, fit_intercept=self.fit_intercept, class_weight=self.class_weight
        ).fit(X, y, weights)
        self._keep(model, alpha, score)
        errors = vars(self).pop("_errors")
        if self.store_cv_results:
            self.cv_results_ = errors
        return self

    def _scored(self, said: np.ndarray, truth: Any, weights: Any) -> Any:
        best = (said[:, 0] > 0).astype(int) if said.shape[1] == 1 else said.argmax(axis=1)
        return super()._scored(self.classes_[best], truth, weights)

    def decision_function(self, X: Any) -> np.ndarray:
        """How far on which side each sample lies.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        X = self._predicting(X)
        return self._model.decision_function(X)

    def predict(self, X: Any) -> np.ndarray:
        """The class of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        X = self._predicting(X)
        return self._model.predict(X)
