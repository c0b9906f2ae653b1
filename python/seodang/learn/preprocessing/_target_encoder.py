"""`TargetEncoder`, whose `fit_transform` encodes each fold by the others."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _made
from .._methods import names_in
from ..exceptions import warn
from ..utils.multiclass import type_of_target
from ..utils.validation import (
    check_consistent_length,
    check_is_fitted,
    column_or_1d,
)
from . import _generated as generated
from ._categories import Categorical, codes_of

__all__ = ["TargetEncoder"]


class TargetEncoder(Categorical, generated.TargetEncoder):
    __doc__ = generated.TargetEncoder.__doc__

    def __init__(
        self,
        categories: Any = "auto",
        target_type: str = "auto",
        smooth: Any = "auto",
        cv: Any = 5,
        shuffle: Any = "deprecated",
        random_state: Any = "deprecated",
    ) -> None:
        self.categories = categories
        self.target_type = target_type
        self.smooth = smooth
        self.cv = cv
        self.shuffle = shuffle
        self.random_state = random_state

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "encodings_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.categorical = True
        tags.input_tags.allow_nan = True
        tags.target_tags.required = True
        tags.transformer_tags.preserves_dtype = []
        return tags

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        parameters, _ = super()._parameters()
        if not isinstance(parameters["cv"], int):
            parameters["cv"] = str(parameters["cv"])
        return parameters, None

    def fit(self, X: Any, y: Any):
        """Finds the encodings of the categories of each column.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)

        Raises
        ------
        ValueError
            For targets of another kind, and categories other than those given.
        """
        self._fit_all(X, y)
        return self

    def _fit_all(self, X: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of categories, and the targets: a column for each."""
        _made.check(self)
        if y is None:
            raise ValueError(
                "This TargetEncoder estimator requires y to be passed, but the target y is None."
            )
        columns = self._columns(X, reset=True)
        check_consistent_length(X, y)
        target = self._target_of(y)
        self._find_categories(columns, False)
        codes = np.stack(
            [codes_of(c, k) for c, k in zip(columns, self.categories_, strict=True)], axis=1
        )
        self.target_mean_ = target.mean(axis=0) if target.shape[1] > 1 else target.mean()
        self.encodings_ = self._encodings(codes, target)
        return codes, target

    def _target_of(self, y: Any) -> np.ndarray:
        found = type_of_target(y, input_name="y")
        accepted = ("binary", "multiclass", "continuous")
        if self.target_type == "auto":
            if found not in accepted:
                raise ValueError(
                    f"Unknown label type: Target type was inferred to be {found!r}. Only {accepted} "
                    "are supported."
                )
            self.target_type_ = found
        else:
            self.target_type_ = self.target_type
        y = column_or_1d(y)
        if self.target_type_ == "continuous":
            self.classes_ = None
            y = y.astype(np.float64)
            if not np.isfinite(y).all():
                raise ValueError("Input y contains NaN.")
            return y[:, None]
        self.classes_, codes = np.unique(y, return_inverse=True)
        if self.target_type_ == "binary":
            if len(self.classes_) > 2:
                raise ValueError(f"The target has {len(self.classes_)} classes, and is no binary one.")
            return codes.astype(np.float64)[:, None]
        return (codes[:, None] == np.arange(len(self.classes_))).astype(np.float64)

    def _encodings(self, codes: np.ndarray, target: np.ndarray) -> list[np.ndarray]:
        """The encodings of each column, and within each of each target."""
        means, variances = target.mean(axis=0), target.var(axis=0)
        out = []
        for j, known in enumerate(self.categories_):
            own = codes[:, j]
            there = own >= 0
            own, size = own[there], len(known)
            counts = np.bincount(own, minlength=size).astype(np.float64)
            for k in range(target.shape[1]):
                y = target[there, k]
                sums = np.bincount(own, y, minlength=size)
                with np.errstate(divide="ignore", invalid="ignore"):
                    if self.smooth == "auto":
                        inside = y - (sums / counts)[own]
                        squares = np.bincount(own, inside * inside, minlength=size)
                        share = variances[k] * counts / (variances[k] * counts + squares / counts)
                        found = share * sums / counts + (1 - share) * means[k]
                        found[np.isnan(share)] = means[k]
                    else:
                        found = (sums + self.smooth * means[k]) / (counts + self.smooth)
                        found[counts + self.smooth == 0] = means[k]
                out.append(found)
        return out

    def _encode(
        self, codes: np.ndarray, encodings: list[np.ndarray], means: np.ndarray
    ) -> np.ndarray:
        width = len(encodings) // codes.shape[1]
        out = np.empty((len(codes), len(encodings)))
        for i, encoding in enumerate(encodings):
            own = codes[:, i // width]
            out[:, i] = np.where(own < 0, means[i % width], encoding[own])
        return out

    def fit_transform(self, X: Any, y: Any, **params: Any) -> np.ndarray:
        """Fits, and encodes each fold of the samples by the others.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        **params : more arguments of the splitter, such as `groups`

        Returns
        -------
        ndarray of shape (n_samples, n_features), or (n_samples, n_features * n_classes)
        """
        codes, target = self._fit_all(X, y)
        out = np.empty((len(codes), codes.shape[1] * target.shape[1]))
        for train, test in self._folds(codes, column_or_1d(y), **params):
            means = target[train].mean(axis=0)
            encodings = self._encodings(codes[train], target[train])
            out[test] = self._encode(codes[test], encodings, means)
        return out

    def _folds(self, X: np.ndarray, y: np.ndarray, **params: Any) -> list[Any]:
        from ..model_selection import check_cv

        options: dict[str, Any] = {}
        if isinstance(self.cv, int):
            options = self._shuffling()
        splitter = check_cv(self.cv, y, classifier=self.target_type_ != "continuous", **options)
        folds = list(splitter.split(X, y, **params))
        seen = np.zeros(len(y), dtype=int)
        for _, test in folds:
            seen[test] += 1
        if not np.all(seen == 1):
            raise ValueError(
                "Validation indices from `cv` must cover each sample index exactly once with no "
                "overlap. Pass a splitter with non-overlapping validation folds as `cv` or refer to "
                "the docs for other options."
            )
        return folds

    def _shuffling(self) -> dict[str, Any]:
        """How folds of a number are drawn, which two parameters say that will go."""
        if self.shuffle != "deprecated" or self.random_state != "deprecated":
            warn(
                "`TargetEncoder.shuffle` and `TargetEncoder.random_state` are deprecated in version "
                "1.9 and will be removed in version 1.11. Pass a cross-validation generator as `cv` "
                "argument to specify the shuffling behaviour instead.",
                FutureWarning,
                stacklevel=5,
            )
        shuffle = self.shuffle in ("deprecated", True)
        seed = None if isinstance(self.random_state, str) or not shuffle else self.random_state
        return {"shuffle": shuffle, "random_state": seed}

    def transform(self, X: Any) -> np.ndarray:
        """The encoding of each category; that of all for one that was not there in `fit`.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_features), or (n_samples, n_features * n_classes)
        """
        check_is_fitted(self)
        columns = self._columns(X, reset=False)
        codes = np.stack(
            [codes_of(c, k) for c, k in zip(columns, self.categories_, strict=True)], axis=1
        )
        return self._encode(codes, self.encodings_, np.atleast_1d(self.target_mean_))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns that `transform` gives; with those of classes if there are several."""
        check_is_fitted(self)
        names = names_in(self, input_features)
        if self.target_type_ == "multiclass":
            names = [f"{name}_{c}" for name in names for c in self.classes_]
        return np.array(names, dtype=object)

    def _state(self) -> _made.State:
        state = _made.categories_state(self)
        state.lists("encodings", self.encodings_)
        state.arrays["means"] = np.atleast_1d(self.target_mean_).astype(np.float64)
        about = state.values["python"]
        about["target_type"] = self.target_type_
        if self.classes_ is not None:
            codes, words, how = _made.encoded(self.classes_)
            about["classes"] = [codes, words, how]
        return state

    def _restore(self, learned: Any) -> None:
        state = _made.restored(self, learned)
        self.encodings_ = state.taken("encodings")
        means = state.arrays["means"]
        self.target_mean_ = means if len(means) > 1 else means[0]
        about = state.values.get("python") or {}
        several = "multiclass" if len(means) > 1 else "continuous"
        self.target_type_ = about.get("target_type", several)
        if "classes" in about:
            self.classes_ = _made.decoded(*about["classes"])
        elif len(means) > 1:
            self.classes_ = np.arange(len(means))
        else:
            self.classes_ = None
