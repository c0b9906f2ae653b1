"""What ensembles of different estimators, each with a name, share."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._meta import Composition, Progress, tags_of
from .._parallel import run
from ..base import clone, is_classifier, is_regressor
from ..utils._bunch import Bunch
from ..utils.validation import check_is_fitted


def is_dropped(part: Any) -> bool:
    """Whether a part is left out."""
    return isinstance(part, str) and part == "drop"


def fit_one(estimator: Any, X: Any, y: Any, params: dict, source: str, message: str | None) -> Any:
    """An estimator, fitted.

    Raises
    ------
    TypeError
        If it takes no weights and there are some.
    """
    with Progress(source, message):
        try:
            return estimator.fit(X, y, **params)
        except TypeError as error:
            if "unexpected keyword argument 'sample_weight'" in str(error):
                raise TypeError(
                    f"Underlying estimator {type(estimator).__name__} does not support sample weights."
                ) from error
            raise


class Several(Composition):
    """An ensemble of different estimators, each with a name."""

    _source: str
    # Whether a classifier may be among regressors and the other way round.
    _any_kind = False

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        try:
            parts = [tags_of(p).input_tags for _, p in self.estimators if not is_dropped(p)]
            tags.input_tags.allow_nan = all(part.allow_nan for part in parts)
            tags.input_tags.sparse = all(part.sparse for part in parts)
        except (ValueError, AttributeError, TypeError):
            # Parts that are none: `fit` says so.
            pass
        return tags

    @property
    def named_estimators(self) -> Bunch:
        """The given estimators by their names."""
        return Bunch(**dict(self.estimators))

    def _check_estimators(self) -> None:
        whole = isinstance(self.estimators, (list, tuple)) and all(
            isinstance(t, (tuple, list)) and len(t) == 2 and isinstance(t[0], str)
            for t in self.estimators
        )
        if not self.estimators or not whole:
            raise ValueError(
                "Invalid 'estimators' attribute, 'estimators' should be a non-empty list of (string, "
                "estimator) tuples."
            )
        self._check_names([name for name, _ in self.estimators])
        if all(is_dropped(part) for _, part in self.estimators):
            raise ValueError(
                "All estimators are dropped. At least one is required to be an estimator."
            )
        kind, right = "regressor", is_regressor
        if is_classifier(self):
            kind, right = "classifier", is_classifier
        for _, part in self.estimators:
            if not self._any_kind and not is_dropped(part) and not right(part):
                raise ValueError(f"The estimator {type(part).__name__} should be a {kind}.")

    def _fit_all(self, X: Any, y: Any, params: dict[str, Any], verbose: Any) -> list[Any]:
        """Copies of the estimators, fitted."""
        parts = [(name, part) for name, part in self.estimators if not is_dropped(part)]

        def message(i: int, name: str) -> str | None:
            return f"({i + 1} of {len(parts)}) Processing {name}" if verbose else None

        return run(
            fit_one,
            ((clone(part), X, y, params, self._source, message(i, name))
             for i, (name, part) in enumerate(parts)),
            self.n_jobs,
        )

    def _keep(self, fitted: list[Any]) -> None:
        self.estimators_ = fitted
        parts = iter(fitted)
        self.named_estimators_ = Bunch(
            **{name: part if is_dropped(part) else next(parts) for name, part in self.estimators}
        )
        if hasattr(fitted[0], "feature_names_in_"):
            self.feature_names_in_ = fitted[0].feature_names_in_

    @property
    def n_features_in_(self) -> int:
        """How many features the estimators were fitted to."""
        if not hasattr(self, "estimators_"):
            raise AttributeError(f"{type(self).__name__} object has no n_features_in_ attribute.")
        return self.estimators_[0].n_features_in_

    def _names_of_parts(self) -> list[str]:
        return [name for name, part in self.estimators if not is_dropped(part)]

    def _all_predict(self, X: Any) -> np.ndarray:
        """The predictions of all, a column for each."""
        return np.asarray([part.predict(X) for part in self.estimators_]).T


def check_names_in(estimator: Any, names: Any) -> None:
    """Refuses names of features that are not those of `fit`.

    Raises
    ------
    ValueError
        If they are not.
    """
    check_is_fitted(estimator)
    if names is None:
        return
    known = getattr(estimator, "feature_names_in_", None)
    if known is not None and not np.array_equal(known, names):
        raise ValueError("input_features is not equal to feature_names_in_")
    if len(names) != estimator.n_features_in_:
        raise ValueError(
            "input_features should have length equal to number of features "
            f"({estimator.n_features_in_}), got {len(names)}"
        )
