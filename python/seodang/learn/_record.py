"""Estimators of `seodang-learn` as classes: they check what they are given, and Rust learns.

The classes in `_generated.py` add the parameters. What an estimator can beyond `predict` comes from the
classes of `METHODS`, so that one without probabilities has no `predict_proba`.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from .. import _native
from . import _sparse
from .base import BaseEstimator, ClassifierMixin, OutlierMixin, RegressorMixin, TransformerMixin
from .utils._parameters import check_record
from .utils.multiclass import check_classification_targets, numbered, unique_labels
from .utils.validation import (
    _FLOATS,
    _check_y,
    _warn_column,
    check_consistent_length,
    check_is_fitted,
    check_random_state,
    check_sample_weight,
    validate_data,
)


def _for_rust(X: Any) -> Any:
    return _sparse.parts(X) if _sparse.is_sparse(X) else np.ascontiguousarray(X)


def _from_rust(X: Any) -> Any:
    return _sparse.matrix(X) if isinstance(X, tuple) else X


def _known(classes: np.ndarray) -> Any:
    """Classes as Rust keeps them: numbers, or words."""
    if classes.dtype.kind in "biuf":
        return classes
    values = classes.tolist()
    if all(type(v) in (int, float, bool) for v in values):
        return np.asarray(values)
    return [v if isinstance(v, str) else repr(v) for v in values]


class RecordEstimator(BaseEstimator):
    """An estimator whose parameters are a record's, and whose learning is in Rust."""

    # What the record says of it.
    _flags: ClassVar[dict[str, bool]] = {}
    # The classes of each output.
    _classes: list[np.ndarray]

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_learned")

    def __sklearn_tags__(self) -> Any:
        tags, flags = super().__sklearn_tags__(), self._flags
        tags.input_tags.sparse = flags["sparse"]
        tags.input_tags.allow_nan = flags["nan"]
        tags.input_tags.positive_only = flags["positive"]
        tags.input_tags.pairwise = flags["pairwise"]
        tags.target_tags.required = flags["requires_y"]
        tags.target_tags.multi_output = flags["multioutput"]
        if tags.classifier_tags is not None:
            tags.classifier_tags.multi_class = not flags["binary_only"]
            tags.classifier_tags.multi_label = flags["multioutput"]
        if tags.transformer_tags is not None:
            tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags

    @classmethod
    def _record(cls) -> str:
        """The record's name: the generated class's, also for a subclass."""
        return next(c.__name__ for c in cls.__mro__ if "_flags" in vars(c))

    def _checked(self, X: Any, *, reset: bool) -> Any:
        sparse = "csr" if self._flags["sparse"] else False
        # What is not finite, Rust refuses.
        return validate_data(
            self, X, reset=reset, accept_sparse=sparse, dtype=_FLOATS, ensure_all_finite=False
        )

    def _target(self, y: Any) -> Any:
        """What `learn_fit` takes as y."""
        return None

    def _batch_target(self, y: Any, classes: Any) -> Any:
        """What `learn_fit` takes as y of a batch."""
        return self._target(y)

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        """The parameters as Rust takes them, and a seed where `random_state` is none."""
        parameters = self.get_params(deep=False)
        for name, value in parameters.items():
            # Types of numbers go by their names.
            if isinstance(value, np.dtype) or isinstance(value, type) and issubclass(
                value, (np.generic, int, float)
            ):
                parameters[name] = np.dtype(value).name
        if "random_state" not in parameters:
            return parameters, None
        state, seed = parameters["random_state"], None
        if state is None or isinstance(state, np.random.RandomState) or state is np.random:
            parameters["random_state"] = None
            seed = int(check_random_state(state).randint(np.iinfo(np.int32).max))
        return parameters, seed

    def _fit(
        self, X: Any, y: Any, weights: Any = None, *, batch: bool = False, classes: Any = None,
        **given: Any,
    ):
        """Learns all samples, or a batch of them; `given` are more arguments of `fit`."""
        record = self._record()
        parameters, seed = self._parameters()
        check_record(record, parameters)
        before = getattr(self, "_learned", None)
        X = self._checked(X, reset=before is None or not batch)
        if not batch and not parameters.get("warm_start", False):
            before = None
        target = None
        if y is not None:
            check_consistent_length(X, y)
            target = self._batch_target(y, classes) if batch else self._target(y)
        elif self._flags["requires_y"]:
            raise ValueError(
                f"This {type(self).__name__} estimator requires y to be passed, but the target y is "
                "None."
            )
        weights = check_sample_weight(weights, X)
        names = list(getattr(self, "feature_names_in_", ()))
        self._adopt(
            _native.learn_fit(
                record, parameters, _for_rust(X), target, weights, names,
                before=before, batch=batch, given=given, seed=seed,
            )
        )
        return self

    def _adopt(self, learned: Any) -> None:
        self._learned = learned
        for name, value in learned.attributes().items():
            # What is not there for these parameters has no attribute.
            if value is not None:
                plain = isinstance(value, np.ndarray) and value.ndim == 0
                setattr(self, name, value[()] if plain else value)

    def _restore(self, learned: Any) -> None:
        """Makes a new estimator the one that a file holds."""
        self.n_features_in_ = learned.n_features_in
        if learned.feature_names_in:
            self.feature_names_in_ = np.asarray(learned.feature_names_in, dtype=object)
        self._adopt(learned)

    def _ask(self, method: str, X: Any, *more: Any) -> Any:
        check_is_fitted(self)
        X = self._checked(X, reset=False)
        return getattr(self._learned, method)(_for_rust(X), *more)


class Plain:
    """`fit` without weights."""

    def fit(self, X: Any, y: Any):
        """Learns from samples and what belongs to them.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y)


class Weighted:
    """`fit` with weights of samples."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Learns from samples and what belongs to them.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y, sample_weight)


class Unlabelled:
    """`fit` of samples alone."""

    def fit(self, X: Any, y: Any = None):
        """Learns from samples.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : ignored unless the method can use it

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y)


class WeightedUnlabelled:
    """`fit` of samples alone, with weights."""

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None):
        """Learns from samples.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : ignored unless the method can use it
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        return self._fit(X, y, sample_weight)


class RecordClassifier(ClassifierMixin, RecordEstimator):
    """A classifier in Rust; labels of any type are numbered here."""

    def _target(self, y: Any) -> list[tuple[np.ndarray, Any]]:
        several = self._flags["multioutput"]
        y = _check_y(y, several, False, self)
        check_classification_targets(y)
        if y.ndim == 2 and y.shape[1] == 1:
            _warn_column()
            y = y.ravel()
        columns = [y] if y.ndim == 1 else list(y.T)
        self._classes, outputs = [], []
        for column in columns:
            classes, codes = numbered(column)
            self._classes.append(classes)
            outputs.append((codes, _known(classes)))
        self.classes_ = self._classes[0] if y.ndim == 1 else list(self._classes)
        return outputs

    def _batch_target(self, y: Any, classes: Any) -> list[tuple[np.ndarray, Any]]:
        y = _check_y(y, False, False, self)
        check_classification_targets(y)
        known = getattr(self, "classes_", None)
        if classes is not None:
            classes = unique_labels(classes)
        if known is None and classes is None:
            raise ValueError("classes must be passed on the first call to partial_fit.")
        if known is None:
            self._classes, self.classes_ = [classes], classes
        elif classes is not None and not np.array_equal(known, classes):
            raise ValueError(
                f"`classes={classes!r}` is not the same as on last call to partial_fit, was: {known!r}"
            )
        known = self.classes_
        found, codes = numbered(y)
        places = np.minimum(np.searchsorted(known, found), len(known) - 1)
        strange = found[known[places] != found]
        if strange.size:
            raise ValueError(
                f"The target label(s) {strange} in y do not exist in the initial classes {known}"
            )
        return [(places[codes], _known(known))]

    def _restore(self, learned: Any) -> None:
        self._classes = [np.asarray(c) for c in learned.classes()]
        one = len(self._classes) == 1
        self.classes_ = self._classes[0] if one else list(self._classes)
        super()._restore(learned)

    def predict(self, X: Any) -> np.ndarray:
        """The class of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)
        """
        check_is_fitted(self)
        columns = self._ask("predict_classes", X, self._classes)
        if not isinstance(self.classes_, list):
            return columns[0]
        return np.stack([c.astype(columns[0].dtype) for c in columns], axis=1)


class Probabilities:
    """What classifiers with probabilities can."""

    def predict_proba(self, X: Any) -> Any:
        """The probability of each class, in the order of `classes_`.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or a list of these for several outputs
        """
        tables = self._ask("predict_proba", X)
        return tables if isinstance(self.classes_, list) else tables[0]

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithm of the probability of each class.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_classes), or a list of these for several outputs
        """
        tables = self.predict_proba(X)
        with np.errstate(divide="ignore"):
            return [np.log(t) for t in tables] if isinstance(tables, list) else np.log(tables)


class Decisions:
    """What classifiers with a decision function can."""

    def decision_function(self, X: Any) -> np.ndarray:
        """How far on which side each sample lies.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        return self._ask("decision_function", X)


class RecordRegressor(RegressorMixin, RecordEstimator):
    """A regressor in Rust."""

    def _target(self, y: Any) -> np.ndarray:
        y = _check_y(y, self._flags["multioutput"], True, self)
        return y if y.dtype in _FLOATS else y.astype(np.float64)

    def predict(self, X: Any) -> np.ndarray:
        """The value of each sample.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)
        """
        return self._ask("predict_values", X)


class RecordOutlierDetector(OutlierMixin, RecordEstimator):
    """A detector of outliers in Rust."""

    def predict(self, X: Any) -> np.ndarray:
        """Whether each sample belongs: 1, or -1.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        return self._ask("predict_values", X)

    def decision_function(self, X: Any) -> np.ndarray:
        """How much each sample belongs: outliers are negative.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        return self._ask("decision_function", X)

    def score_samples(self, X: Any) -> np.ndarray:
        """How much each sample belongs, without the offset of `decision_function`.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        return self.decision_function(X) + self.offset_


class RecordTransformer(TransformerMixin, RecordEstimator):
    """A transformer in Rust."""

    def _fit(self, X: Any, y: Any, *args: Any, **kwargs: Any):
        # What is transformed without a target takes any.
        y = y if self._flags["requires_y"] else None
        return super()._fit(X, y, *args, **kwargs)

    def transform(self, X: Any) -> Any:
        """Other features for samples.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray or sparse matrix of shape (n_samples, n_features_out)
        """
        return _from_rust(self._ask("transform", X))
