"""Steps one after the other, and transformers side by side, as one estimator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np

from ._function import Function
from ._indexing import stacked
from ._meta import (
    JOBS,
    Composition,
    Methods,
    Progress,
    available_if,
    beside,
    configure_output,
    container_of,
    is_container,
    is_fitted,
    names_of,
    tags_of,
    unique_names,
)
from ._parallel import run
from .base import TransformerMixin, _kind_of, clone
from .utils._bunch import Bunch
from .utils._parameters import BOOLEAN
from .utils.validation import check_is_fitted, feature_names

__all__ = ["FeatureUnion", "Pipeline", "make_pipeline", "make_union"]


def _final_has(name: str) -> Callable[[Any], bool]:
    def check(pipeline: Any) -> bool:
        getattr(pipeline._final_estimator, name)
        return True

    return check


def _all_have(name: str) -> Callable[[Any], bool]:
    """A condition: every step, the last one too, has the method, or lets through."""

    def check(pipeline: Any) -> bool:
        for step in (pipeline._final_estimator, *(t for _, _, t in pipeline._steps(final=False))):
            if step != "passthrough" and step is not None:
                getattr(step, name)
        return True

    return check


def _can_fit_transform(pipeline: Any) -> bool:
    last = pipeline._final_estimator
    return last == "passthrough" or hasattr(last, "transform") or hasattr(last, "fit_transform")


def _fit_transformed(transformer: Any, X: Any, y: Any, params: dict, source: str, message: Any) -> Any:
    """The features a transformer makes of those that it is fitted to, and it."""
    with Progress(source, message):
        if hasattr(transformer, "fit_transform"):
            out = transformer.fit_transform(X, y, **params)
        else:
            out = transformer.fit(X, y, **params).transform(X)
    return out, transformer


def _memory(memory: Any) -> Any:
    """What keeps the results of steps; None for nothing."""
    if memory is None or hasattr(memory, "cache"):
        return memory
    try:
        from joblib import Memory
    except ImportError as error:
        raise ImportError(
            "a folder as `memory` needs joblib, which is not installed"
        ) from error
    return Memory(location=memory, verbose=0)


class Pipeline(Composition):
    """Transformers one after the other, then an estimator.

    Parameters
    ----------
    steps : a list of tuples of a name and an estimator; all but the last have `fit` and `transform`.
        "passthrough" or None lets features through
    transform_input : which of the metadata of `fit` to transform too; this needs scikit-learn's metadata
        routing, which is not in Seodang: None
    memory : a folder, or an object with a method `cache` such as joblib's Memory, that keeps fitted
        transformers
    verbose : whether to print how long each step took
    """

    _parts: ClassVar[str] = "steps"
    _constraints: ClassVar[dict[str, Any]] = {
        "steps": (list, tuple),
        "transform_input": (list, None),
        "memory": (None, str, Methods("cache")),
        "verbose": BOOLEAN,
    }

    def __init__(
        self,
        steps: list[tuple[str, Any]],
        *,
        transform_input: Any = None,
        memory: Any = None,
        verbose: bool = False,
    ) -> None:
        self.steps = steps
        self.transform_input = transform_input
        self.memory = memory
        self.verbose = verbose

    @property
    def _final_estimator(self) -> Any:
        try:
            last = self.steps[-1][1]
        except (TypeError, IndexError, KeyError):
            return None
        return "passthrough" if last is None else last

    @property
    def _estimator_type(self) -> str | None:
        return _kind_of(self._final_estimator)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        if not self.steps:
            return tags
        try:
            first = self.steps[0][1]
            if first is not None and first != "passthrough":
                of_first = tags_of(first)
                tags.input_tags.pairwise = of_first.input_tags.pairwise
                tags.input_tags.sparse = all(
                    tags_of(step).input_tags.sparse for _, _, step in self._steps()
                )
            last = self._final_estimator
            if last is not None and last != "passthrough":
                inner = tags_of(last)
                tags.estimator_type = inner.estimator_type
                tags.target_tags = inner.target_tags
                tags.classifier_tags = inner.classifier_tags
                tags.regressor_tags = inner.regressor_tags
                tags.transformer_tags = inner.transformer_tags
        except (ValueError, AttributeError, TypeError):
            # Steps that are none: `fit` says so.
            pass
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        steps = [step for _, _, step in self._steps()]
        return not steps or is_fitted(steps[-1])

    def set_output(self, *, transform: str | None = None):
        """Says what `transform` of every step gives: "default", "pandas" or "polars".

        Raises
        ------
        ValueError
            If a transformer cannot be told.
        """
        for _, _, step in self._steps():
            configure_output(step, transform)
        return self

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            if key.step not in (1, None):
                raise ValueError("Pipeline slicing only supports a step of 1")
            return type(self)(self.steps[key], memory=self.memory, verbose=self.verbose)
        if isinstance(key, str):
            return self.named_steps[key]
        return self.steps[key][1]

    @property
    def named_steps(self) -> Bunch:
        """The steps by their names."""
        return Bunch(**dict(self.steps))

    def _steps(self, *, final: bool = True) -> Iterator[tuple[int, str, Any]]:
        """Number, name and estimator of steps that do something."""
        for i, (name, step) in enumerate(self.steps if final else self.steps[:-1]):
            if step is not None and step != "passthrough":
                yield i, name, step

    def _check_steps(self) -> None:
        if not self.steps:
            raise ValueError("The pipeline is empty. Please add steps.")
        self._check_names([name for name, _ in self.steps])
        for _, step in self.steps:
            if isinstance(step, type):
                raise TypeError(
                    f"Expected an estimator instance ({step.__name__}()), got estimator class instead "
                    f"({step.__name__})."
                )
        for _, _, step in self._steps(final=False):
            fits = hasattr(step, "fit") or hasattr(step, "fit_transform")
            if not fits or not hasattr(step, "transform"):
                raise TypeError(
                    "All intermediate steps should be transformers and implement fit and transform "
                    f"or be the string 'passthrough' '{step}' (type {type(step)}) doesn't"
                )
        last = self._final_estimator
        if last != "passthrough" and not hasattr(last, "fit"):
            raise TypeError(
                "Last step of Pipeline should implement fit or be the string 'passthrough'. "
                f"'{last}' (type {type(last)}) doesn't"
            )

    def _message(self, i: int, name: str) -> str | None:
        return f"(step {i + 1} of {len(self.steps)}) Processing {name}" if self.verbose else None

    def _params_of_steps(self, params: dict[str, Any]) -> dict[str, dict[str, Any]]:
        out: dict[str, dict[str, Any]] = {name: {} for name, _ in self.steps}
        for key, value in params.items():
            step, inner, name = key.partition("__")
            if not inner:
                raise ValueError(
                    f"Pipeline.fit does not accept the {key} parameter. You can pass parameters to "
                    "specific steps of your pipeline using the stepname__parameter format, e.g. "
                    "`Pipeline.fit(X, y, logisticregression__sample_weight=sample_weight)`."
                )
            out[step][name] = value
        return out

    def _begin(self, params: dict[str, Any]) -> dict[str, dict[str, Any]]:
        self._check_parameters()
        if not isinstance(self.steps, list):
            self.steps = list(self.steps)
        self._check_steps()
        if self.transform_input is not None:
            raise ValueError(
                "The `transform_input` parameter can only be set if metadata routing is enabled, "
                "which is not in Seodang."
            )
        return self._params_of_steps(params)

    def _fit_transformers(self, X: Any, y: Any, params: dict[str, dict[str, Any]]) -> Any:
        memory = _memory(self.memory)
        work = _fit_transformed if memory is None else memory.cache(_fit_transformed)
        for i, name, step in self._steps(final=False):
            # What is kept must not be changed by later fits.
            mine = step if memory is None else clone(step)
            X, fitted = work(mine, X, y, params[name], "Pipeline", self._message(i, name))
            if fitted is not step:
                self.steps[i] = (name, fitted)
        return X

    def fit(self, X: Any, y: Any = None, **params: Any):
        """Fits every step to what the steps before it make.

        Parameters
        ----------
        X : what the first step takes
        y : what the steps take as y
        **params : more arguments of steps' `fit`, as ``step__argument``

        Raises
        ------
        TypeError, ValueError
            For steps that cannot be, or arguments of no step.
        """
        each = self._begin(params)
        X = self._fit_transformers(X, y, each)
        last = len(self.steps) - 1
        name = self.steps[-1][0]
        with Progress("Pipeline", self._message(last, name)):
            if self._final_estimator != "passthrough":
                self._final_estimator.fit(X, y, **each[name])
        return self

    @available_if(_can_fit_transform)
    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> Any:
        """Fits every step, and gives what the last makes of X.

        Parameters
        ----------
        X : what the first step takes
        y : what the steps take as y
        **params : more arguments of steps' `fit`, as ``step__argument``
        """
        each = self._begin(params)
        X = self._fit_transformers(X, y, each)
        last, name = self._final_estimator, self.steps[-1][0]
        message = self._message(len(self.steps) - 1, name)
        if last == "passthrough":
            with Progress("Pipeline", message):
                return X
        return _fit_transformed(last, X, y, each[name], "Pipeline", message)[0]

    @available_if(_final_has("fit_predict"))
    def fit_predict(self, X: Any, y: Any = None, **params: Any) -> Any:
        """Fits the transformers, and gives the last step's `fit_predict`.

        Parameters
        ----------
        X : what the first step takes
        y : what the steps take as y
        **params : more arguments of steps' `fit`, as ``step__argument``
        """
        each = self._begin(params)
        X = self._fit_transformers(X, y, each)
        name = self.steps[-1][0]
        with Progress("Pipeline", self._message(len(self.steps) - 1, name)):
            return self._final_estimator.fit_predict(X, y, **each[name])

    def _through(self, X: Any, *, final: bool = False) -> Any:
        """What the transformers make of X."""
        check_is_fitted(self)
        for _, _, step in self._steps(final=final):
            X = step.transform(X)
        return X

    @available_if(_final_has("predict"))
    def predict(self, X: Any, **params: Any) -> Any:
        """`predict` of the last step, of what the others make of X."""
        return self._final_estimator.predict(self._through(X), **params)

    @available_if(_final_has("predict_proba"))
    def predict_proba(self, X: Any, **params: Any) -> Any:
        """`predict_proba` of the last step, of what the others make of X."""
        return self._final_estimator.predict_proba(self._through(X), **params)

    @available_if(_final_has("predict_log_proba"))
    def predict_log_proba(self, X: Any, **params: Any) -> Any:
        """`predict_log_proba` of the last step, of what the others make of X."""
        return self._final_estimator.predict_log_proba(self._through(X), **params)

    @available_if(_final_has("decision_function"))
    def decision_function(self, X: Any, **params: Any) -> Any:
        """`decision_function` of the last step, of what the others make of X."""
        return self._final_estimator.decision_function(self._through(X), **params)

    @available_if(_final_has("score_samples"))
    def score_samples(self, X: Any) -> Any:
        """`score_samples` of the last step, of what the others make of X."""
        return self._final_estimator.score_samples(self._through(X))

    @available_if(_final_has("score"))
    def score(self, X: Any, y: Any = None, sample_weight: Any = None, **params: Any) -> float:
        """`score` of the last step, of what the others make of X.

        Parameters
        ----------
        X : what the first step takes
        y : the truth
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        if sample_weight is not None:
            params["sample_weight"] = sample_weight
        return self._final_estimator.score(self._through(X), y, **params)

    @available_if(_all_have("transform"))
    def transform(self, X: Any, **params: Any) -> Any:
        """What all steps make of X."""
        return self._through(X, final=True)

    @available_if(_all_have("inverse_transform"))
    def inverse_transform(self, X: Any, **params: Any) -> Any:
        """X as it was before all steps, the last one undone first."""
        check_is_fitted(self)
        for _, _, step in reversed(list(self._steps())):
            X = step.inverse_transform(X)
        return X

    @property
    def classes_(self) -> Any:
        """The classes of the last step."""
        return self._of_step(-1, "classes_")

    @property
    def n_features_in_(self) -> int:
        """How many features the first step was fitted to."""
        return self._of_step(0, "n_features_in_")

    @property
    def feature_names_in_(self) -> np.ndarray:
        """The names of features that the first step was fitted to."""
        return self._of_step(0, "feature_names_in_")

    def _of_step(self, i: int, name: str) -> Any:
        try:
            return getattr(self.steps[i][1], name)
        except (TypeError, IndexError) as error:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            ) from error

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the features that all steps make.

        Parameters
        ----------
        input_features : the names of the features that come in

        Raises
        ------
        AttributeError
            If a step does not say.
        """
        names = input_features
        for _, name, step in self._steps():
            if not hasattr(step, "get_feature_names_out"):
                raise AttributeError(
                    f"Estimator {name} does not provide get_feature_names_out. Did you mean to call "
                    "pipeline[:-1].get_feature_names_out()?"
                )
            names = step.get_feature_names_out(names)
        return names


def make_pipeline(
    *steps: Any, memory: Any = None, transform_input: Any = None, verbose: bool = False
) -> Pipeline:
    """A pipeline of steps, named by their classes.

    Parameters
    ----------
    *steps : the estimators
    memory, transform_input, verbose : parameters of `Pipeline`
    """
    named = list(zip(names_of(list(steps)), steps, strict=True))
    return Pipeline(named, memory=memory, transform_input=transform_input, verbose=verbose)


def _fit_one(transformer: Any, X: Any, y: Any, params: dict, message: str | None) -> Any:
    with Progress("FeatureUnion", message):
        return transformer.fit(X, y, **params)


def _fit_transform_one(
    transformer: Any, X: Any, y: Any, weight: float | None, params: dict, message: str | None
) -> tuple[Any, Any]:
    out, transformer = _fit_transformed(transformer, X, y, params, "FeatureUnion", message)
    return out if weight is None else out * weight, transformer


def _transform_one(transformer: Any, X: Any, weight: float | None) -> Any:
    out = transformer.transform(X)
    return out if weight is None else out * weight


class FeatureUnion(TransformerMixin, Composition):
    """Transformers side by side: their features beside each other.

    Parameters
    ----------
    transformer_list : a list of tuples of a name and a transformer; "passthrough" lets features through,
        "drop" gives none
    n_jobs : how many transformers at once, as joblib counts
    transformer_weights : a dictionary by names, of what to multiply their features by
    verbose : whether to print how long each transformer took
    verbose_feature_names_out : whether features' names have their transformer's before
    """

    _parts: ClassVar[str] = "transformer_list"
    _constraints: ClassVar[dict[str, Any]] = {"n_jobs": JOBS}

    def __init__(
        self,
        transformer_list: list[tuple[str, Any]],
        *,
        n_jobs: int | None = None,
        transformer_weights: dict[str, float] | None = None,
        verbose: bool = False,
        verbose_feature_names_out: bool = True,
    ) -> None:
        self.transformer_list = transformer_list
        self.n_jobs = n_jobs
        self.transformer_weights = transformer_weights
        self.verbose = verbose
        self.verbose_feature_names_out = verbose_feature_names_out

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        try:
            parts = [
                tags_of(part).input_tags
                for _, part in self.transformer_list
                if part not in ("drop", "passthrough")
            ]
            tags.input_tags.sparse = all(part.sparse for part in parts)
            tags.input_tags.allow_nan = all(part.allow_nan for part in parts)
        except (ValueError, AttributeError, TypeError):
            # Transformers that are none: `fit` says so.
            pass
        return tags

    def set_output(self, *, transform: str | None = None):
        """Says what `transform`, of every part too, gives: "default", "pandas" or "polars"."""
        super().set_output(transform=transform)
        for _, part in self.transformer_list:
            if part not in ("drop", "passthrough"):
                configure_output(part, transform)
        return self

    @property
    def named_transformers(self) -> Bunch:
        """The transformers by their names."""
        return Bunch(**dict(self.transformer_list))

    def __getitem__(self, name: str) -> Any:
        if not isinstance(name, str):
            raise KeyError("Only string keys are supported")
        return self.named_transformers[name]

    def _working(self) -> list[tuple[str, Any, float | None]]:
        """Name, transformer and weight of what gives features."""
        weights = self.transformer_weights or {}
        return [
            (name, self._same() if part == "passthrough" else part, weights.get(name))
            for name, part in self.transformer_list
            if part != "drop"
        ]

    def _same(self) -> Function:
        return Function().set_output(transform=container_of(self))

    def _check_parts(self) -> None:
        names = [name for name, _ in self.transformer_list]
        self._check_names(names)
        for _, part in self.transformer_list:
            if part in ("drop", "passthrough"):
                continue
            fits = hasattr(part, "fit") or hasattr(part, "fit_transform")
            if not fits or not hasattr(part, "transform"):
                raise TypeError(
                    "All estimators should implement fit and transform. "
                    f"'{part}' (type {type(part)}) doesn't"
                )
        for name in self.transformer_weights or {}:
            if name not in names:
                raise ValueError(
                    f'Attempting to weight transformer "{name}", but it is not present in '
                    "transformer_list."
                )

    def _message(self, i: int, name: str) -> str | None:
        count = len(self._working())
        return f"(step {i + 1} of {count}) Processing {name}" if self.verbose else None

    def _keep(self, fitted: list[Any], X: Any) -> None:
        new = dict(zip((name for name, _, _ in self._working()), fitted, strict=True))
        for i, (name, part) in enumerate(self.transformer_list):
            if part not in ("drop", "passthrough") and new[name] is not part:
                self.transformer_list[i] = (name, new[name])
        self._names = feature_names(X)
        self._count = X.shape[1] if len(getattr(X, "shape", ())) == 2 else None

    def fit(self, X: Any, y: Any = None, **fit_params: Any):
        """Fits every transformer.

        Parameters
        ----------
        X : what the transformers take
        y : what they take as y
        **fit_params : more arguments of their `fit`

        Raises
        ------
        TypeError, ValueError
            For parts that are no transformers, or weights of none.
        """
        self._check_parameters()
        if not isinstance(self.transformer_list, list):
            self.transformer_list = list(self.transformer_list)
        self._check_parts()
        fitted = run(
            _fit_one,
            ((part, X, y, fit_params, self._message(i, name))
             for i, (name, part, _) in enumerate(self._working())),
            self.n_jobs,
        )
        self._keep(fitted, X)
        return self

    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> Any:
        """Fits every transformer, and gives their features of X.

        Parameters
        ----------
        X : what the transformers take
        y : what they take as y
        **params : more arguments of their `fit`
        """
        self._check_parameters()
        if not isinstance(self.transformer_list, list):
            self.transformer_list = list(self.transformer_list)
        self._check_parts()
        results = run(
            _fit_transform_one,
            ((part, X, y, weight, params, self._message(i, name))
             for i, (name, part, weight) in enumerate(self._working())),
            self.n_jobs,
        )
        self._keep([part for _, part in results], X)
        return self._joined([out for out, _ in results], X)

    def transform(self, X: Any, **params: Any) -> Any:
        """The transformers' features of X, beside each other.

        Parameters
        ----------
        X : what the transformers take
        """
        results = run(
            _transform_one,
            ((part, X, weight) for _, part, weight in self._working()),
            self.n_jobs,
        )
        return self._joined(results, X)

    def _joined(self, tables: list[Any], X: Any) -> Any:
        if not tables:
            return np.zeros((X.shape[0], 0))
        for (name, _, _), table in zip(self._working(), tables, strict=True):
            if len(table.shape) != 2:
                raise ValueError(
                    f"Transformer '{name}' returned an array or dataframe with {len(table.shape)} "
                    "dimensions, but expected 2 dimensions (n_samples, n_features)."
                )
        container = container_of(self)
        if container != "default" and all(is_container(t, container) for t in tables):
            return beside(tables, container)
        return stacked(tables)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of all features, in their order.

        Parameters
        ----------
        input_features : the names of the features that come in

        Raises
        ------
        AttributeError
            If a transformer does not say.
        """
        if input_features is None and getattr(self, "_names", None) is not None:
            input_features = self._names
        named = []
        for (name, part, _) in self._working():
            if isinstance(part, Function):
                if input_features is None:
                    input_features = [f"x{i}" for i in range(self._count)]
                part.feature_names_in_ = np.asarray(input_features, dtype=object)
            if not hasattr(part, "get_feature_names_out"):
                raise AttributeError(
                    f"Transformer {name} (type {type(part).__name__}) does not provide "
                    "get_feature_names_out."
                )
            named.append((name, part.get_feature_names_out(input_features)))
        return unique_names(named, self.verbose_feature_names_out)

    @property
    def n_features_in_(self) -> int:
        """How many features the transformers were fitted to."""
        return self._first("n_features_in_")

    @property
    def feature_names_in_(self) -> np.ndarray:
        """The names of features that the transformers were fitted to."""
        if getattr(self, "_names", None) is not None:
            return self._names
        return self._first("feature_names_in_")

    def _first(self, name: str) -> Any:
        for _, part in self.transformer_list:
            if part not in ("drop", "passthrough"):
                return getattr(part, name)
        if name == "n_features_in_" and getattr(self, "_count", None) is not None:
            return self._count
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __sklearn_is_fitted__(self) -> bool:
        return all(is_fitted(part) for _, part, _ in self._working())


def make_union(
    *transformers: Any,
    n_jobs: int | None = None,
    verbose: bool = False,
    verbose_feature_names_out: bool = True,
) -> FeatureUnion:
    """A union of transformers, named by their classes.

    Parameters
    ----------
    *transformers : the transformers
    n_jobs, verbose, verbose_feature_names_out : parameters of `FeatureUnion`
    """
    named = list(zip(names_of(list(transformers)), transformers, strict=True))
    return FeatureUnion(
        named, n_jobs=n_jobs, verbose=verbose, verbose_feature_names_out=verbose_feature_names_out
    )
