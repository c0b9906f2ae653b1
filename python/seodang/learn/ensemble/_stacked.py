"""An estimator that learns from what others predict. Source: Wolpert 1992."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from .._indexing import stacked
from .._meta import JOBS, SPLITS, VERBOSE, available_if
from .._parallel import run
from ..base import ClassifierMixin, RegressorMixin, TransformerMixin, clone, is_classifier, is_regressor
from ..model_selection import check_cv, cross_val_predict
from ..utils._parameters import BOOLEAN, ESTIMATOR, Words
from ..utils.multiclass import check_classification_targets, type_of_target
from ..utils.validation import check_is_fitted, column_or_1d
from ._several import Several, check_names_in, is_dropped


def _final_has(name: str) -> Callable[[Any], bool]:
    def check(stacking: Any) -> bool:
        last = getattr(stacking, "final_estimator_", stacking.final_estimator)
        getattr(stacking._default() if last is None else last, name)
        return True

    return check


class _Stacking(TransformerMixin, Several):
    _constraints: ClassVar[dict[str, Any]] = {
        "estimators": (list, tuple),
        "final_estimator": (None, ESTIMATOR),
        "cv": (SPLITS, Words("prefit")),
        "n_jobs": JOBS,
        "passthrough": BOOLEAN,
        "verbose": VERBOSE,
    }
    _source = "Stacking"
    stack_method = "auto"

    def _default(self) -> Any:
        """What learns where nothing is given."""
        raise NotImplementedError

    def _method_of(self, name: str, part: Any) -> str:
        asked = self.stack_method
        several = ["predict_proba", "decision_function", "predict"] if asked == "auto" else [asked]
        for method in several:
            if hasattr(part, method):
                return method
        raise ValueError(
            f"Underlying estimator {name} does not implement the method {self.stack_method}."
        )

    def _fit(self, X: Any, y: Any, params: dict[str, Any]):
        self._check_estimators()
        self.final_estimator_ = clone(
            self._default() if self.final_estimator is None else self.final_estimator
        )
        self._check_final()
        names = self._names_of_parts()
        given = [part for _, part in self.estimators if not is_dropped(part)]
        if isinstance(self.cv, str):
            for part in given:
                check_is_fitted(part)
            self._keep(given)
        else:
            self._keep(self._fit_all(X, y, params, False))
        self.stack_method_ = [
            self._method_of(n, p) for n, p in zip(names, self.estimators_, strict=True)
        ]
        if isinstance(self.cv, str):
            said = [
                getattr(p, m)(X)
                for p, m in zip(self.estimators_, self.stack_method_, strict=True)
            ]
        else:
            splitter = check_cv(self.cv, y=y, classifier=is_classifier(self))
            if getattr(splitter, "random_state", 0) is None:
                # All are to be asked about the same rounds.
                splitter.random_state = np.random.RandomState()
            said = run(
                _asked,
                ((clone(p), X, y, copy.deepcopy(splitter), m, self.n_jobs, params, self.verbose)
                 for p, m in zip(given, self.stack_method_, strict=True)),
                self.n_jobs,
            )
        self.final_estimator_.fit(self._features(X, said), y, **params)
        return self

    def _check_final(self) -> None:
        raise NotImplementedError

    def _features(self, X: Any, said: list[Any]) -> Any:
        tables: list[Any] = []
        for method, one in zip(self.stack_method_, said, strict=True):
            if isinstance(one, list):
                # For several labels: of each, all probabilities but the first.
                tables.extend(t[:, 1:] for t in one)
            elif one.ndim == 1:
                tables.append(one.reshape(-1, 1))
            elif method == "predict_proba" and not self._several_labels() and one.shape[1] == 2:
                # The second says what the first says.
                tables.append(one[:, 1:])
            else:
                tables.append(one)
        self._widths = [t.shape[1] for t in tables]
        return stacked([*tables, X] if self.passthrough else tables)

    def _several_labels(self) -> bool:
        return False

    def _transform(self, X: Any) -> Any:
        check_is_fitted(self)
        said = [
            getattr(p, m)(X) for p, m in zip(self.estimators_, self.stack_method_, strict=True)
        ]
        return self._features(X, said)

    def transform(self, X: Any) -> Any:
        """What the estimators say of X: the features that the last one learns from.

        Parameters
        ----------
        X : what the estimators take
        """
        return self._transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of what `transform` gives.

        Parameters
        ----------
        input_features : the names of the features that come in
        """
        check_names_in(self, input_features)
        start = type(self).__name__.lower()
        names: list[str] = []
        for name, width in zip(self._names_of_parts(), self._widths, strict=False):
            ends = [""] if width == 1 else [str(i) for i in range(width)]
            names += [f"{start}_{name}{end}" for end in ends]
        if self.passthrough:
            known = getattr(self, "feature_names_in_", None)
            if input_features is None:
                input_features = known
            if input_features is None:
                input_features = [f"x{i}" for i in range(self.n_features_in_)]
            names += list(input_features)
        return np.asarray(names, dtype=object)

    def predict(self, X: Any, **predict_params: Any) -> np.ndarray:
        """What the last estimator predicts.

        Parameters
        ----------
        X : what the estimators take
        **predict_params : more arguments of its `predict`
        """
        features = self._transform(X)
        return self.final_estimator_.predict(features, **predict_params)


def _asked(
    part: Any, X: Any, y: Any, splitter: Any, method: str, n_jobs: Any, params: Any, verbose: int
) -> Any:
    return cross_val_predict(
        part, X, y, cv=splitter, method=method, n_jobs=n_jobs, params=params, verbose=int(verbose)
    )


class StackingClassifier(ClassifierMixin, _Stacking):
    """A classifier that learns from what others say of samples they were fitted without.

    Parameters
    ----------
    estimators : a list of tuples of a name and an estimator; "drop" leaves one out
    final_estimator : what learns from them; None is logistic regression
    cv : a number of folds, a splitter, pairs of numbers of samples, or "prefit" for estimators that are
        fitted already
    stack_method : what to ask them: "auto" is the first that one has of "predict_proba",
        "decision_function", "predict"
    n_jobs : how many to fit at once, as joblib counts
    passthrough : whether the last learns from X too
    verbose : how much joblib tells
    """

    _any_kind = True
    _constraints: ClassVar[dict[str, Any]] = {
        **_Stacking._constraints,
        "stack_method": Words("auto", "predict_proba", "decision_function", "predict"),
    }

    def __init__(
        self,
        estimators: list[tuple[str, Any]],
        final_estimator: Any = None,
        *,
        cv: Any = None,
        stack_method: str = "auto",
        n_jobs: int | None = None,
        passthrough: bool = False,
        verbose: int = 0,
    ) -> None:
        self.estimators = estimators
        self.final_estimator = final_estimator
        self.cv = cv
        self.stack_method = stack_method
        self.n_jobs = n_jobs
        self.passthrough = passthrough
        self.verbose = verbose

    def _default(self) -> Any:
        from ..linear_model import LogisticRegression

        return LogisticRegression()

    def _check_final(self) -> None:
        if not is_classifier(self.final_estimator_):
            raise ValueError(
                "'final_estimator' parameter should be a classifier. Got "
                f"{self.final_estimator_}"
            )

    def _several_labels(self) -> bool:
        return isinstance(self.classes_, list)

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits all, and the last to what the others say.

        Parameters
        ----------
        X : what the estimators take
        y : array-like of shape (n_samples,) or (n_samples, n_labels), the classes
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError, TypeError
            For parts or targets that cannot be.
        """
        self._check_parameters()
        self._require_target(y)
        check_classification_targets(y)
        if type_of_target(y) == "multilabel-indicator":
            columns = [np.unique(c, return_inverse=True) for c in np.asarray(y).T]
            self.classes_ = [classes for classes, _ in columns]
            codes = np.stack([c for _, c in columns], axis=1)
        else:
            self.classes_, codes = np.unique(column_or_1d(y, warn=True), return_inverse=True)
        return self._fit(X, codes, fit_params)

    def predict(self, X: Any, **predict_params: Any) -> np.ndarray:
        """The class that the last classifier says.

        Parameters
        ----------
        X : what the estimators take
        **predict_params : more arguments of its `predict`
        """
        codes = super().predict(X, **predict_params)
        if isinstance(self.classes_, list):
            return np.stack([c[k] for c, k in zip(self.classes_, codes.T, strict=True)], axis=1)
        return self.classes_[codes]

    @available_if(_final_has("predict_proba"))
    def predict_proba(self, X: Any) -> Any:
        """The probabilities that the last classifier says.

        Parameters
        ----------
        X : what the estimators take

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        features = self._transform(X)
        said = self.final_estimator_.predict_proba(features)
        return np.array([t[:, 0] for t in said]).T if isinstance(said, list) else said

    @available_if(_final_has("decision_function"))
    def decision_function(self, X: Any) -> np.ndarray:
        """The last classifier's decision function.

        Parameters
        ----------
        X : what the estimators take
        """
        features = self._transform(X)
        return self.final_estimator_.decision_function(features)


class StackingRegressor(RegressorMixin, _Stacking):
    """A regressor that learns from what others predict of samples they were fitted without.

    Parameters
    ----------
    estimators : a list of tuples of a name and a regressor; "drop" leaves one out
    final_estimator : what learns from them; None is ridge regression with its penalty chosen
    cv : a number of folds, a splitter, pairs of numbers of samples, or "prefit" for estimators that are
        fitted already
    n_jobs : how many to fit at once, as joblib counts
    passthrough : whether the last learns from X too
    verbose : how much joblib tells
    """

    stack_method = "predict"

    def __init__(
        self,
        estimators: list[tuple[str, Any]],
        final_estimator: Any = None,
        *,
        cv: Any = None,
        n_jobs: int | None = None,
        passthrough: bool = False,
        verbose: int = 0,
    ) -> None:
        self.estimators = estimators
        self.final_estimator = final_estimator
        self.cv = cv
        self.n_jobs = n_jobs
        self.passthrough = passthrough
        self.verbose = verbose

    def _default(self) -> Any:
        from ..linear_model import RidgeCV

        return RidgeCV()

    def _check_final(self) -> None:
        if not is_regressor(self.final_estimator_):
            raise ValueError(
                f"'final_estimator' parameter should be a regressor. Got {self.final_estimator_}"
            )

    def fit(self, X: Any, y: Any, **fit_params: Any):
        """Fits all, and the last to what the others predict.

        Parameters
        ----------
        X : what the regressors take
        y : array-like of shape (n_samples,)
        **fit_params : more arguments of their `fit`

        Raises
        ------
        ValueError, TypeError
            For parts that are no regressors.
        """
        self._check_parameters()
        self._require_target(y)
        return self._fit(X, column_or_1d(y, warn=True), fit_params)
