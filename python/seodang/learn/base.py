"""What all estimators share: parameters, copies, how they print, and scikit-learn's tags."""

from __future__ import annotations

import copy
import html
import inspect
import warnings
from collections import defaultdict
from typing import Any

from .._native import __version__
from ._mixins import (
    ClassNamePrefixFeaturesOutMixin,
    MetaEstimatorMixin,
    MultiOutputMixin,
    OneToOneFeatureMixin,
)
from ._output import TransformerMixin
from ._printing import changed, pretty
from .exceptions import InconsistentVersionWarning, kind

__all__ = [
    "BaseEstimator",
    "ClassNamePrefixFeaturesOutMixin",
    "ClassifierMixin",
    "MetaEstimatorMixin",
    "MultiOutputMixin",
    "OneToOneFeatureMixin",
    "OutlierMixin",
    "RegressorMixin",
    "TransformerMixin",
    "clone",
    "is_classifier",
    "is_outlier_detector",
    "is_regressor",
]


def clone(estimator: Any, *, safe: bool = True) -> Any:
    """An unfitted estimator with the same parameters.

    Parameters
    ----------
    estimator : estimator, or list, tuple, set of estimators
    safe : whether to refuse what is no estimator; else it is deep-copied

    Raises
    ------
    TypeError
        If `estimator` is none, or a class.
    RuntimeError
        If the constructor changes a parameter.
    """
    if hasattr(estimator, "__sklearn_clone__") and not inspect.isclass(estimator):
        return estimator.__sklearn_clone__()
    if isinstance(estimator, dict):
        return {k: clone(v, safe=safe) for k, v in estimator.items()}
    if isinstance(estimator, (list, tuple, set, frozenset)):
        return type(estimator)([clone(e, safe=safe) for e in estimator])
    if not hasattr(estimator, "get_params") or isinstance(estimator, type):
        if not safe:
            return copy.deepcopy(estimator)
        if isinstance(estimator, type):
            raise TypeError(
                "Cannot clone object. You should provide an instance of scikit-learn estimator "
                "instead of a class."
            )
        raise TypeError(
            f"Cannot clone object '{estimator!r}' (type {type(estimator)}): it does not seem to be "
            "a scikit-learn estimator as it does not implement a 'get_params' method."
        )
    parameters = {k: clone(v, safe=False) for k, v in estimator.get_params(deep=False).items()}
    made = type(estimator)(**parameters)
    kept = made.get_params(deep=False)
    for name, value in parameters.items():
        if kept[name] is not value:
            raise RuntimeError(
                f"Cannot clone object '{estimator!r}' (type {type(estimator)}): it does not seem to "
                f"set parameter {name} or the constructor modifies it"
            )
    if hasattr(estimator, "_sklearn_output_config"):
        made._sklearn_output_config = copy.deepcopy(estimator._sklearn_output_config)
    return made


class BaseEstimator:
    """The base of estimators: parameters are the arguments of the constructor, kept under their names."""

    @classmethod
    def _get_param_names(cls) -> list[str]:
        if cls.__init__ is object.__init__:
            return []
        found = [p for p in inspect.signature(cls.__init__).parameters.values() if p.name != "self"]
        for p in found:
            if p.kind is p.VAR_POSITIONAL:
                raise RuntimeError(
                    "scikit-learn estimators should always specify their parameters in the "
                    f"signature of their __init__ (no varargs). {cls} with constructor "
                    f"{inspect.signature(cls.__init__)} doesn't  follow this convention."
                )
        return sorted(p.name for p in found if p.kind is not p.VAR_KEYWORD)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; with `deep`, those of estimators among them too, as ``a__b``."""
        out: dict[str, Any] = {}
        for name in self._get_param_names():
            value = getattr(self, name)
            if deep and hasattr(value, "get_params") and not isinstance(value, type):
                out.update((f"{name}__{k}", v) for k, v in value.get_params().items())
            out[name] = value
        return out

    def set_params(self, **params: Any):
        """Sets parameters; ``a__b`` sets parameter `b` of the estimator that is parameter `a`.

        Raises
        ------
        ValueError
            For a parameter that there is not.
        """
        if not params:
            return self
        valid = self.get_params(deep=True)
        nested: dict[str, dict[str, Any]] = defaultdict(dict)
        for key, value in params.items():
            name, inner, rest = key.partition("__")
            if name not in valid:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {self}. "
                    f"Valid parameters are: {self._get_param_names()!r}."
                )
            if inner:
                nested[name][rest] = value
            else:
                setattr(self, name, value)
                valid[name] = value
        for name, values in nested.items():
            valid[name].set_params(**values)
        return self

    def __repr__(self, N_CHAR_MAX: int = 700) -> str:
        return pretty(self, N_CHAR_MAX)

    def _repr_html_(self) -> str:
        own = changed(self)
        rows = "".join(
            f"<tr{' style=' + chr(34) + 'font-weight:bold' + chr(34) if name in own else ''}>"
            f"<td>{html.escape(name)}</td><td>{html.escape(repr(value))}</td></tr>"
            for name, value in self.get_params(deep=False).items()
        )
        name = html.escape(type(self).__name__)
        return (
            f"<details><summary><b>{name}</b> <code>{html.escape(repr(self))}</code></summary>"
            f"<table><thead><tr><th>parameter</th><th>value</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></details>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}

    def __getstate__(self) -> dict[str, Any]:
        if getattr(self, "__slots__", None):
            raise TypeError(
                "You cannot use `__slots__` in objects inheriting from "
                "`sklearn.base.BaseEstimator`."
            )
        state = dict(self.__dict__)
        if type(self).__module__.startswith("seodang."):
            state["_seodang_version"] = __version__
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        state = dict(state)
        if type(self).__module__.startswith("seodang."):
            version = state.pop("_seodang_version", "unknown")
            if version != __version__:
                warnings.warn(
                    kind(InconsistentVersionWarning)(
                        estimator_name=type(self).__name__,
                        current_sklearn_version=__version__,
                        original_sklearn_version=version,
                    ),
                    stacklevel=2,
                )
        self.__dict__.update(state)

    def __sklearn_tags__(self) -> Any:
        # Only scikit-learn asks, so it is there.
        from sklearn.utils import Tags, TargetTags

        return Tags(estimator_type=None, target_tags=TargetTags(required=False))


class ClassifierMixin:
    """What makes an estimator a classifier."""

    _estimator_type = "classifier"

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import ClassifierTags

        tags = super().__sklearn_tags__()
        tags.estimator_type = "classifier"
        tags.classifier_tags = ClassifierTags()
        tags.target_tags.required = True
        return tags

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The share of samples of which `predict` says the right class.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        from .metrics import accuracy_score

        return accuracy_score(y, self.predict(X), sample_weight=sample_weight)


class RegressorMixin:
    """What makes an estimator a regressor."""

    _estimator_type = "regressor"

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import RegressorTags

        tags = super().__sklearn_tags__()
        tags.estimator_type = "regressor"
        tags.regressor_tags = RegressorTags()
        tags.target_tags.required = True
        return tags

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The coefficient of determination of what `predict` says.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        from .metrics import r2_score

        return r2_score(y, self.predict(X), sample_weight=sample_weight)


class OutlierMixin:
    """What makes an estimator a detector of outliers."""

    _estimator_type = "outlier_detector"

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.estimator_type = "outlier_detector"
        return tags

    def fit_predict(self, X: Any, y: Any = None, **options: Any) -> Any:
        """Learns from samples and says of each of them whether it belongs: 1, or -1.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : ignored
        **options : more arguments of `fit`
        """
        return self.fit(X, **options).predict(X)


def _kind_of(estimator: Any) -> str | None:
    known = getattr(estimator, "_estimator_type", None)
    if known is None and hasattr(estimator, "__sklearn_tags__"):
        known = estimator.__sklearn_tags__().estimator_type
    return known


def is_classifier(estimator: Any) -> bool:
    """Whether an estimator, ours or scikit-learn's, is a classifier."""
    return _kind_of(estimator) == "classifier"


def is_outlier_detector(estimator: Any) -> bool:
    """Whether an estimator, ours or scikit-learn's, is a detector of outliers."""
    return _kind_of(estimator) == "outlier_detector"


def is_regressor(estimator: Any) -> bool:
    """Whether an estimator, ours or scikit-learn's, is a regressor."""
    return _kind_of(estimator) == "regressor"
