"""What estimators of histogram-based gradient boosting can beyond what their records say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .. import _native
from ._boosting_report import RoundLines, StageLines
from ._categories import categorical_mask, encode, find_categories
from ._record import _for_rust
from .base import clone, is_classifier
from .utils._parameters import check_record
from .utils.validation import (
    check_consistent_length,
    check_is_fitted,
    check_sample_weight,
)

# Training scores of scorers are those of at most so many samples.
_SCORED = 10_000

# The names that XGBoost and LightGBM have for these parameters.
_FAMILIAR = {
    "max_iter": ("n_estimators", "num_iterations", "num_boost_round", "num_round", "num_trees",
                 "n_iter"),
    "learning_rate": ("eta", "shrinkage_rate"),
    "l2_regularization": ("reg_lambda", "lambda", "lambda_l2"),
    "max_leaf_nodes": ("num_leaves", "max_leaves", "max_leaf"),
    "min_samples_leaf": ("min_child_samples", "min_data_in_leaf", "min_data", "min_data_per_leaf"),
    "max_bins": ("max_bin",),
    "max_features": ("colsample_bynode", "feature_fraction_bynode"),
    "monotonic_cst": ("monotone_constraints", "monotone_constraint"),
    "interaction_cst": ("interaction_constraints",),
    "categorical_features": ("categorical_feature", "cat_feature"),
    "n_iter_no_change": ("early_stopping_rounds", "early_stopping_round"),
    "tol": ("early_stopping_min_delta", "min_delta"),
    "random_state": ("seed", "random_seed"),
    "verbose": ("verbosity",),
}

# What has no counterpart here, with the values at which it does nothing.
_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "reg_alpha": (0, None), "alpha": (0, None), "lambda_l1": (0, None),
    "min_child_weight": (0, 1e-3, None), "min_sum_hessian_in_leaf": (0, 1e-3, None),
    "min_split_gain": (0, None), "min_gain_to_split": (0, None), "gamma": (0, None),
    "min_split_loss": (0, None),
    "subsample": (1, None), "bagging_fraction": (1, None), "subsample_freq": (0, None),
    "bagging_freq": (0, None),
    "colsample_bytree": (1, None), "feature_fraction": (1, None), "colsample_bylevel": (1, None),
    "tree_method": ("hist", "auto", None), "boosting_type": ("gbdt", None),
    "grow_policy": ("lossguide", None), "booster": ("gbtree", None),
    "n_jobs": (None, *range(-1, 1025)), "nthread": (None, *range(-1, 1025)),
    "num_threads": (None, *range(-1, 1025)),
}


class _Stage:
    """A model of raw predictions that are known already."""

    def __init__(self, loss: str) -> None:
        self.raw = np.zeros(0)
        self.loss = loss

    def decision_function(self) -> np.ndarray:
        return self.raw

    def predict_values(self) -> np.ndarray:
        return np.exp(self.raw) if self.loss in ("gamma", "poisson") else self.raw

    def predict_codes(self) -> list[np.ndarray]:
        return [self.raw.argmax(axis=1) if self.raw.ndim == 2 else (self.raw > 0).astype(np.int64)]

    def predict_classes(self, classes: list[np.ndarray]) -> list[np.ndarray]:
        return [c[k] for c, k in zip(classes, self.predict_codes(), strict=True)]

    def predict_proba(self) -> list[np.ndarray]:
        # Of the exponential loss, raw predictions are halves of log-odds.
        return [_probabilities(2 * self.raw if self.loss == "exponential" else self.raw)]


def _probabilities(raw: np.ndarray) -> np.ndarray:
    if raw.ndim == 1:
        with np.errstate(over="ignore"):
            p = 1 / (1 + np.exp(-raw))
        return np.stack([1 - p, p], axis=1)
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _held_out(codes: np.ndarray | None, n: int, size: Any, random: np.random.RandomState) -> Any:
    """The rows to learn from, and those held out: of every class alike."""
    if size is None:
        return np.arange(n), np.arange(0)
    count = int(np.ceil(size * n)) if isinstance(size, float) else int(size)
    if not 0 < count < n:
        raise ValueError(
            f"With n_samples={n} and validation_fraction={size}, the resulting train set will be "
            "empty. Adjust any of the aforementioned parameters."
        )
    order = random.permutation(n)
    if codes is not None:
        # Within each class evenly spread over [0, 1): its first ones make up the same share.
        place = np.empty(n)
        for code in np.unique(codes):
            rows = order[codes[order] == code]
            place[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
        order = order[np.argsort(place[order], kind="stable")]
    return np.sort(order[count:]), np.sort(order[:count])


class Stages:
    """Predictions after each round."""

    def _rounds(self) -> int:
        """How many rounds there are."""
        raise NotImplementedError

    def _staged_raw(self, X: Any) -> Iterator[np.ndarray]:
        check_is_fitted(self)
        X = _for_rust(self._checked(X, reset=False))
        raw = self._learned.call("staged_rounds", X, [])
        for i in range(self._rounds()):
            raw = raw + self._learned.call("staged_rounds", X, [i, i + 1])
            yield raw

    def staged_predict(self, X: Any) -> Iterator[np.ndarray]:
        """What `predict` would give after each round.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)

        Yields
        ------
        ndarray of shape (n_samples,)
        """
        stage = _Stage(self.loss)
        for raw in self._staged_raw(X):
            stage.raw = raw
            if is_classifier(self):
                yield self.classes_[stage.predict_codes()[0]]
            else:
                yield stage.predict_values()


class HistogramBoosting(Stages):
    """Fits with validation data, scorers and categories of any type, and predictions by stages."""

    def fit(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        *,
        X_val: Any = None,
        y_val: Any = None,
        sample_weight_val: Any = None,
    ):
        """Learns from samples and what belongs to them.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1
        X_val, y_val, sample_weight_val : samples for early stopping to look at, in the place of some
            that it would hold out

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        record = self._record()
        parameters, seed = self._parameters()
        check_record(record, parameters)
        X = self._checked(X, reset=True)
        if y is None:
            raise ValueError(
                f"This {type(self).__name__} estimator requires y to be passed, but the target y is "
                "None."
            )
        check_consistent_length(X, y)
        target = self._target(y)
        weights = check_sample_weight(sample_weight, X)
        given: dict[str, Any] = {"encoding": self._encoding, "monotonic": self._monotonic()}
        # A mask, so that Rust need not know names: of no feature, if none is a category.
        mask = np.zeros(X.shape[1], dtype=bool) if self._mask is None else self._mask
        given["categories"] = [bool(m) for m in mask]
        before = getattr(self, "_learned", None)
        X, target, weights, held = self._with_validation(
            X, target, weights, (X_val, y_val, sample_weight_val)
        )
        if held is not None and not self._stops(len(X) - held):
            X, target, weights, held = self._without(X, target, weights, held)
        if self._stops(len(X) - (held or 0)) and self.scoring != "loss":
            random = np.random.RandomState(parameters["random_state"] if seed is None else seed)
            X, target, weights, held, given["score"] = self._scored(
                X, target, weights, held, random
            )
        given["held"] = held
        if self.verbose:
            several = is_classifier(self) and len(self.classes_) > 2
            given["report"] = RoundLines(self, len(self.classes_) if several else 1)
        try:
            learned = _native.learn_fit(
                record, parameters, _for_rust(X), target, weights,
                list(getattr(self, "feature_names_in_", ())),
                before=before if self.warm_start else None, given=given, seed=seed,
            )
        except BaseException:
            # A scorer may have been asked, which saw the rounds as they were then.
            if before is None:
                self.__dict__.pop("_learned", None)
            else:
                self._learned = before
            raise
        self._adopt(learned)
        return self

    def _rounds(self) -> int:
        return self.n_iter_

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        parameters, seed = super()._parameters()
        groups = parameters["interaction_cst"]
        if isinstance(groups, (list, tuple)):
            unordered = (set, frozenset)
            parameters["interaction_cst"] = [
                sorted(g) if isinstance(g, unordered) else g for g in groups
            ]
        return parameters, seed

    def _stops(self, n: int) -> bool:
        return n > 10_000 if self.early_stopping == "auto" else bool(self.early_stopping)

    def _monotonic(self) -> Any:
        cst = self.monotonic_cst
        if not isinstance(cst, dict):
            return cst
        if not hasattr(self, "feature_names_in_"):
            raise ValueError(
                f"{type(self).__name__} was not fitted on data with feature names. Pass monotonic_cst "
                "as an integer array instead."
            )
        names = self.feature_names_in_.tolist()
        unknown = sorted(set(cst) - set(names))
        if unknown:
            shown = unknown[:5] + ["..."] if len(unknown) > 5 else unknown
            raise ValueError(
                f"monotonic_cst contains {len(unknown)} unexpected feature names: {shown}."
            )
        for name, value in cst.items():
            if value not in (-1, 0, 1):
                raise ValueError(
                    f"monotonic_cst['{name}'] must be either -1, 0 or 1. Got {value!r}."
                )
        return [int(cst.get(name, 0)) for name in names]

    def _checked(self, X: Any, *, reset: bool) -> Any:
        if reset:
            if not hasattr(X, "shape"):
                X = np.asarray(X)
            self._mask, self._encoding = None, []
            if len(np.shape(X)) == 2:
                self._mask = categorical_mask(X, self.categorical_features)
            if self._mask is not None:
                self._encoding = find_categories(X, self._mask, self.max_bins)
        if self._encoding and not hasattr(X, "shape"):
            X = np.asarray(X, dtype=object)
        return super()._checked(encode(X, self._encoding), reset=reset)

    def _adopt(self, learned: Any) -> None:
        self.is_categorical_ = None
        super()._adopt(learned)
        self._mask = self.is_categorical_
        self._encoding = learned.call("encoding", None, []) or []

    def _ask(self, method: str, X: Any, *more: Any) -> Any:
        if isinstance(getattr(self, "_learned", None), _Stage):
            return getattr(self._learned, method)(*more)
        return super()._ask(method, X, *more)

    def _codes(self, y: Any) -> Any:
        """Validation targets, by the classes of the training targets."""
        y = np.asarray(y)
        if not is_classifier(self):
            return y
        unseen = np.setdiff1d(y, self.classes_)
        if len(unseen):
            raise ValueError(f"y contains previously unseen labels: {unseen.tolist()}")
        return np.searchsorted(self.classes_, y)

    def _with_validation(self, X: Any, target: Any, weights: Any, given: tuple) -> Any:
        """The samples with those given for validation behind them, and the number of these."""
        X_val, y_val, weights_val = given
        if X_val is None and y_val is None:
            return X, target, weights, None
        for name, value, other in (("X_val", X_val, "y_val"), ("y_val", y_val, "X_val")):
            if value is None:
                raise ValueError(f"{other} is provided, but {name} was not provided.")
        if self.early_stopping is False:
            raise ValueError(
                "X_val and y_val are passed to fit while at the same time early_stopping is False. "
                "When passing X_val and y_val to fit, early_stopping should be set to either 'auto' "
                "or True."
            )
        X_val = self._checked(X_val, reset=False)
        check_consistent_length(X_val, y_val)
        y_val = self._codes(y_val)
        count = len(X_val)
        if weights is not None or weights_val is not None:
            ones = [np.ones(len(a)) if w is None else np.asarray(check_sample_weight(w, a))
                    for a, w in ((X, weights), (X_val, weights_val))]
            weights = np.concatenate(ones)
        X = np.concatenate([X, X_val.astype(X.dtype, copy=False)])
        if is_classifier(self):
            codes, classes = target[0]
            target = [(np.concatenate([codes, y_val]), classes)]
        else:
            target = np.concatenate([target, y_val])
        return X, target, weights, count

    def _without(self, X: Any, target: Any, weights: Any, held: int) -> Any:
        """The samples without those held out."""
        n = len(X) - held
        target = [(target[0][0][:n], target[0][1])] if is_classifier(self) else target[:n]
        return X[:n], target, None if weights is None else weights[:n], None

    def _scored(
        self, X: Any, target: Any, weights: Any, held: int | None, random: np.random.RandomState
    ) -> Any:
        """The samples with those held out behind them, the number of these, and a function that scores
        raw predictions by the scorer.
        """
        codes = target[0][0] if is_classifier(self) else None
        weights = None if weights is None else np.asarray(weights)
        if held is None:
            train, test = _held_out(codes, len(X), self.validation_fraction, random)
            order = np.concatenate([train, test])
            X, held = X[order], len(test)
            weights = None if weights is None else weights[order]
            target = target[order] if codes is None else [(codes[order], target[0][1])]
        y = target if codes is None else self.classes_[target[0][0]]
        first = len(X) - held
        small = np.arange(first)
        if first > _SCORED:
            small = np.sort(random.choice(first, _SCORED, replace=False))
        rows = [small, np.arange(first, len(X))] if held else [small]
        sets = [(X[r], y[r], {} if weights is None else {"sample_weight": weights[r]})
                for r in rows]
        scorer = self._scorer()
        stage = _Stage(self.loss)

        def score(train_raw: np.ndarray, test_raw: np.ndarray) -> np.ndarray:
            self._learned = stage
            scores = []
            for raw, (some, truth, weighted) in zip(
                (train_raw[:, small], test_raw), sets, strict=False
            ):
                stage.raw = raw[0] if len(raw) == 1 else raw.T
                scores.append(float(scorer(self, some, truth, **weighted)))
            return np.array(scores)

        return X, target, weights, held, score

    def _scorer(self) -> Any:
        if self.scoring is None:
            return lambda estimator, X, y, **weighted: estimator.score(X, y, **weighted)
        if callable(self.scoring):
            return self.scoring
        from . import metrics

        return metrics.get_scorer(self.scoring)

    @classmethod
    def from_familiar_names(cls, **names: Any):
        """The estimator by the names of parameters that XGBoost and LightGBM have.

        `n_estimators`, `eta`, `reg_lambda`, `num_leaves`, `min_child_samples`, `max_bin`,
        `colsample_bynode`, `monotone_constraints`, `early_stopping_rounds`, ... and their other names
        are taken beside scikit-learn's own. What has no counterpart here (`reg_alpha`, `subsample`,
        `colsample_bytree`, `min_split_gain`, ...) is taken at the value at which it does nothing.

        Parameters
        ----------
        **names : parameters by any of these names

        Raises
        ------
        TypeError
            For a name that is none of these, or two names of one parameter.
        NotImplementedError
            For a parameter without a counterpart that would do something.
        """
        meaning = {alias: name for name, aliases in _FAMILIAR.items() for alias in aliases}
        out: dict[str, Any] = {}
        for name, value in names.items():
            if name in _NEUTRAL:
                if value not in _NEUTRAL[name]:
                    raise NotImplementedError(
                        f"{cls.__name__} has nothing like {name}={value!r}; it takes only "
                        f"{name}={_NEUTRAL[name][0]!r}"
                    )
                continue
            own = meaning.get(name, name)
            if own not in cls._get_param_names():
                raise TypeError(f"{cls.__name__} knows no parameter {name!r}")
            if own in out:
                raise TypeError(f"{name!r} is another name of {own!r}, which is given too")
            if name in _FAMILIAR["n_iter_no_change"]:
                out["early_stopping"] = value is not None
                if value is None:
                    continue
            # Both libraries write 0 or -1 for no limit.
            if own in ("max_depth", "max_leaf_nodes") and value is not None and value <= 0:
                value = None
            out[own] = value
        return cls(**out)


class StagedProbabilities:
    """What boosted classifiers can by stages."""

    def staged_predict_proba(self, X: Any) -> Iterator[np.ndarray]:
        """What `predict_proba` would give after each round.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)

        Yields
        ------
        ndarray of shape (n_samples, n_classes)
        """
        stage = _Stage(self.loss)
        for raw in self._staged_raw(X):
            stage.raw = raw
            yield stage.predict_proba()[0]

    def staged_decision_function(self, X: Any) -> Iterator[np.ndarray]:
        """What `decision_function` would give after each round.

        Parameters
        ----------
        X : array-like or frame of shape (n_samples, n_features)

        Yields
        ------
        ndarray of shape (n_samples,) for two classes, else (n_samples, n_classes)
        """
        return self._staged_raw(X)


class StagedTrees(Stages):
    """What gradient boosting of trees over the values themselves can."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None, monitor: Any = None):
        """Learns from samples and what belongs to them.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight : array-like of shape (n_samples,), how much each sample counts; None is all 1
        monitor : called as `monitor(stage, estimator, {})` after each stage; if it says true, that was
            the last

        Raises
        ------
        ValueError
            For parameters or data that it cannot take.
        """
        given: dict[str, Any] = {}
        if monitor is not None:
            def told(stage: np.ndarray) -> np.ndarray:
                return np.array(bool(monitor(int(stage), self, {})))

            given["monitor"] = told
        if self.verbose:
            given["report"] = StageLines(self)
        if self._other_begins():
            given["init"] = self._begun(X, y, sample_weight)
        elif hasattr(self, "init_"):
            del self.init_
        return self._fit(X, y, sample_weight, **given)

    def _parameters(self) -> tuple[dict[str, Any], int | None]:
        parameters, seed = super()._parameters()
        if self._other_begins() and hasattr(self, "init_"):
            # Rust keeps a function, which pickles hold and files of data refuse.
            parameters["init"] = self.init_.predict
        return parameters, seed

    def _other_begins(self) -> bool:
        return self.init is not None and not isinstance(self.init, str)

    def _begun(self, X: Any, y: Any, sample_weight: Any) -> np.ndarray:
        """What another estimator says in the beginning, as raw predictions."""
        if not (hasattr(self.init, "fit") and hasattr(self.init, "predict")):
            raise ValueError(
                f"The 'init' parameter of {type(self).__name__} must be a str among {{'zero'}}, None or "
                f"an object implementing 'fit' and 'predict'. Got {self.init!r} instead."
            )
        if not (self.warm_start and hasattr(self, "init_")):
            self.init_ = clone(self.init)
            codes = np.unique(y, return_inverse=True)[1].ravel() if is_classifier(self) else y
            if sample_weight is None:
                self.init_.fit(X, codes)
            else:
                try:
                    self.init_.fit(X, codes, sample_weight=sample_weight)
                except TypeError as e:
                    if "unexpected keyword argument 'sample_weight'" not in str(e):
                        raise
                    raise ValueError(
                        f"The initial estimator {type(self.init_).__name__} does not support sample "
                        "weights."
                    ) from e
        return self._init_raw(X)

    def _init_raw(self, X: Any) -> np.ndarray:
        if not is_classifier(self):
            return np.asarray(self.init_.predict(X), dtype=np.float64).ravel()
        eps = np.finfo(np.float64).eps
        p = np.clip(np.asarray(self.init_.predict_proba(X), dtype=np.float64), eps, 1 - eps)
        if p.shape[1] == 2:
            odds = np.log(p[:, 1] / (1 - p[:, 1]))
            return odds / 2 if self.loss == "exponential" else odds
        logs = np.log(p)
        return logs - logs.mean(axis=1, keepdims=True)

    def _rounds(self) -> int:
        return self.n_estimators_

    def _ask(self, method: str, X: Any, *more: Any) -> Any:
        if not self._other_begins():
            return super()._ask(method, X, *more)
        check_is_fitted(self)
        stage = _Stage(self.loss)
        rows = _for_rust(self._checked(X, reset=False))
        added = self._learned.call("staged_rounds", rows, [0, self.n_estimators_])
        stage.raw = self._init_raw(X) + added
        return getattr(stage, method)(*more)

    def _staged_raw(self, X: Any) -> Iterator[np.ndarray]:
        begun = self._init_raw(X) if self._other_begins() else 0.0
        return (begun + raw for raw in super()._staged_raw(X))

    def _adopt(self, learned: Any) -> None:
        super()._adopt(learned)
        if is_classifier(self):
            self.n_classes_ = len(self.classes_)

    @property
    def estimators_(self) -> np.ndarray:
        """The trees: stages by classes. Each says its steps before they are shrunk."""
        if not hasattr(self, "_learned"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute 'estimators_'")
        from .tree import DecisionTreeRegressor

        shared = ("max_depth", "min_samples_split", "min_samples_leaf", "min_weight_fraction_leaf",
                  "min_impurity_decrease", "max_features", "max_leaf_nodes", "ccp_alpha")
        parameters = {name: getattr(self, name) for name in shared}
        out = np.empty((self.n_estimators_, self.n_trees_per_iteration_), dtype=object)
        for i in range(out.size):
            kept = self._learned.call("estimator", None, [i, parameters])
            learned = _native.Learned.from_bytes(bytes(kept))
            tree = DecisionTreeRegressor(**learned.parameters())
            tree._restore(learned)
            out.flat[i] = tree
        return out

    def __len__(self) -> int:
        """The number of stages."""
        return self.n_estimators_

    def __getitem__(self, index: Any) -> Any:
        """The trees of that stage, one for each class."""
        return self.estimators_[index]

    def __iter__(self) -> Iterator[np.ndarray]:
        """The trees of each stage."""
        return iter(self.estimators_)

    def apply(self, X: Any) -> np.ndarray:
        """The number of the leaf where each sample ends, in each tree.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features)

        Returns
        -------
        ndarray of shape (n_samples, n_estimators, n_classes), with one class for two classes; for a
        regressor of shape (n_samples, n_estimators)
        """
        check_is_fitted(self)
        X = _for_rust(self._checked(X, reset=False))
        leaves = self._learned.call("apply", X, [])
        return leaves if is_classifier(self) else leaves[:, :, 0]
