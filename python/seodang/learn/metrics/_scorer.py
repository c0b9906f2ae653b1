"""Scorers: how well an estimator does, as one number of which more is better."""

from __future__ import annotations

import copy
import inspect
import warnings
from collections import Counter
from collections.abc import Callable
from traceback import format_exc
from typing import Any

from ..base import is_regressor
from ..utils._parameters import BOOLEAN, CALLABLE, ESTIMATOR, Words, check_parameter, checked
from ..utils._response import response, response_method

_ANY_SCORE = ("decision_function", "predict_proba")


def positive_likelihood_ratio(y_true: Any, y_pred: Any, sample_weight: Any = None) -> float:
    """The first of `class_likelihood_ratios`."""
    from ._confusion import class_likelihood_ratios

    return class_likelihood_ratios(y_true, y_pred, sample_weight=sample_weight)[0]


def negative_likelihood_ratio(y_true: Any, y_pred: Any, sample_weight: Any = None) -> float:
    """The second of `class_likelihood_ratios`."""
    from ._confusion import class_likelihood_ratios

    return class_likelihood_ratios(y_true, y_pred, sample_weight=sample_weight)[1]


def _says(cache: dict | None, estimator: Any, names: Any, X: Any, pos_label: Any) -> Any:
    key = response_method(estimator, names).__name__
    if cache is not None and key in cache:
        return cache[key]
    said = response(estimator, X, names, pos_label)[0]
    if cache is not None:
        cache[key] = said
    return said


class Scorer:
    """A metric as something to call with an estimator, samples and what belongs to them."""

    def __init__(
        self, score_func: Callable, sign: int, kwargs: dict[str, Any], response_method: Any
    ) -> None:
        self._score_func = score_func
        self._sign = sign
        self._kwargs = kwargs
        self._response_method = response_method

    def __repr__(self) -> str:
        name = getattr(self._score_func, "__name__", None) or repr(self._score_func)
        sign = "" if self._sign > 0 else ", greater_is_better=False"
        options = "".join(f", {k}={v}" for k, v in self._kwargs.items())
        return f"make_scorer({name}{sign}, response_method={self._response_method!r}{options})"

    def _accept_sample_weight(self) -> bool:
        return "sample_weight" in inspect.signature(self._score_func).parameters

    def _pos_label(self) -> Any:
        if "pos_label" in self._kwargs:
            return self._kwargs["pos_label"]
        known = inspect.signature(self._score_func).parameters.get("pos_label")
        return None if known is None else known.default

    def _measure(self, cache: dict | None, estimator: Any, X: Any, y_true: Any, **more: Any) -> Any:
        both = set(self._kwargs) & set(more)
        if both:
            warnings.warn(
                "There is an overlap between set kwargs of this scorer instance and passed "
                "metadata. Please pass them either as kwargs to `make_scorer` or metadata, but not "
                f"both. Overlapping parameters are: {both}",
                stacklevel=3,
            )
        pos_label = None if is_regressor(estimator) else self._pos_label()
        said = _says(cache, estimator, self._response_method, X, pos_label)
        return self._sign * self._score_func(y_true, said, **{**self._kwargs, **more})

    def __call__(
        self, estimator: Any, X: Any, y_true: Any, *, sample_weight: Any = None, **kwargs: Any
    ) -> Any:
        """The score of an estimator.

        Parameters
        ----------
        estimator : fitted estimator
        X : array-like of shape (n_samples, n_features)
        y_true : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        **kwargs : more arguments of the metric
        """
        if kwargs:
            raise ValueError(
                f"[{', '.join(map(repr, kwargs))}] are passed but metadata routing is not in Seodang "
                "yet: give them to `make_scorer`."
            )
        if sample_weight is not None:
            kwargs["sample_weight"] = sample_weight
        return self._measure(None, estimator, X, y_true, **kwargs)

    def set_score_request(self, **kwargs: Any):
        """Routing of metadata, which is not there."""
        raise RuntimeError(
            "This method is only available when metadata routing is enabled. You can enable it "
            "using sklearn.set_config(enable_metadata_routing=True)."
        )


class PassthroughScorer:
    """An estimator's own `score`."""

    def __init__(self, estimator: Any) -> None:
        self._estimator = estimator

    def __call__(self, estimator: Any, *args: Any, **kwargs: Any) -> Any:
        return estimator.score(*args, **kwargs)

    def __repr__(self) -> str:
        return f"{type(self._estimator).__name__}.score"

    def _accept_sample_weight(self) -> bool:
        return "sample_weight" in inspect.signature(self._estimator.score).parameters


class MultimetricScorer:
    """Several scorers at once; each method of the estimator is asked only once."""

    def __init__(self, *, scorers: dict[str, Callable], raise_exc: bool = True) -> None:
        self._scorers = scorers
        self._raise_exc = raise_exc

    def __repr__(self) -> str:
        return f"MultiMetricScorer({', '.join(f'{chr(34)}{s}{chr(34)}' for s in self._scorers)})"

    def _accept_sample_weight(self) -> bool:
        return any(s._accept_sample_weight() for s in self._scorers.values())

    def _shared(self, estimator: Any) -> dict | None:
        asked = Counter(
            response_method(estimator, s._response_method).__name__
            for s in self._scorers.values()
            if isinstance(s, Scorer)
        )
        return {} if any(n > 1 for n in asked.values()) else None

    def __call__(self, estimator: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The scores by their names; of one that fails, the text of its error unless `raise_exc`."""
        scores: dict[str, Any] = {}
        cache = self._shared(estimator) if len(self._scorers) > 1 else None
        weights = kwargs.pop("sample_weight", None)
        for name, scorer in self._scorers.items():
            more = dict(kwargs)
            if weights is not None and scorer._accept_sample_weight():
                more["sample_weight"] = weights
            try:
                if isinstance(scorer, Scorer):
                    scores[name] = scorer._measure(cache, estimator, *args, **more)
                else:
                    scores[name] = scorer(estimator, *args, **more)
            except Exception:
                if self._raise_exc:
                    raise
                scores[name] = format_exc()
        return scores


@checked(
    score_func=CALLABLE,
    response_method=(list, tuple, Words("predict", "predict_proba", "decision_function")),
    greater_is_better=BOOLEAN,
)
def make_scorer(
    score_func: Callable,
    *,
    response_method: Any = "predict",
    greater_is_better: bool = True,
    **kwargs: Any,
) -> Scorer:
    """A scorer of a metric.

    Parameters
    ----------
    score_func : what compares the truth with what the estimator says: ``f(y, y_pred, **kwargs)``
    response_method : the estimator's method, or methods of which the first that it has counts
    greater_is_better : whether more is better; if not, the sign is turned
    **kwargs : more arguments of `score_func`

    Raises
    ------
    ValueError
        For other arguments.
    """
    return Scorer(score_func, 1 if greater_is_better else -1, kwargs, response_method)


# A scorer's name, its metric, and what `make_scorer` takes besides.
_TABLE: dict[str, tuple[str, dict[str, Any]]] = {
    "explained_variance": ("explained_variance_score", {}),
    "r2": ("r2_score", {}),
    **{
        f"neg_{name}": (name, {"greater_is_better": False})
        for name in (
            "max_error", "median_absolute_error", "mean_absolute_error",
            "mean_absolute_percentage_error", "mean_squared_error", "mean_squared_log_error",
            "root_mean_squared_error", "root_mean_squared_log_error", "mean_poisson_deviance",
            "mean_gamma_deviance", "negative_likelihood_ratio",
        )
    },
    **{
        name: (name, {})
        for name in (
            "d2_absolute_error_score", "matthews_corrcoef", "positive_likelihood_ratio",
            "adjusted_mutual_info_score", "adjusted_rand_score", "completeness_score",
            "fowlkes_mallows_score", "homogeneity_score", "mutual_info_score",
            "normalized_mutual_info_score", "rand_score", "v_measure_score",
        )
    },
    "accuracy": ("accuracy_score", {}),
    "balanced_accuracy": ("balanced_accuracy_score", {}),
    "top_k_accuracy": ("top_k_accuracy_score", {"response_method": _ANY_SCORE}),
    "average_precision": ("average_precision_score", {"response_method": _ANY_SCORE}),
    "roc_auc": ("roc_auc_score", {"response_method": _ANY_SCORE}),
    **{
        f"roc_auc_{how}{suffix}": (
            "roc_auc_score", {"response_method": "predict_proba", "multi_class": how, **more}
        )
        for how in ("ovr", "ovo")
        for suffix, more in (("", {}), ("_weighted", {"average": "weighted"}))
    },
    "neg_log_loss": ("log_loss", {"response_method": "predict_proba", "greater_is_better": False}),
    "neg_brier_score": (
        "brier_score_loss", {"response_method": "predict_proba", "greater_is_better": False}
    ),
    "d2_log_loss_score": ("d2_log_loss_score", {"response_method": "predict_proba"}),
    "d2_brier_score": ("d2_brier_score", {"response_method": "predict_proba"}),
    **{
        name if average == "binary" else f"{name}_{average}": (
            f"{name}_score",
            {"average": average} if average == "binary" else {"pos_label": None, "average": average},
        )
        for name in ("precision", "recall", "f1", "jaccard")
        for average in ("binary", "macro", "micro", "samples", "weighted")
    },
}


def get_scorer_names() -> list[str]:
    """The names that `get_scorer` knows, sorted."""
    return sorted(_TABLE)


def get_scorer(scoring: Any) -> Any:
    """The scorer of a name; a scorer or None stays what it is.

    Parameters
    ----------
    scoring : a name of `get_scorer_names`, or a callable ``f(estimator, X, y)``

    Raises
    ------
    ValueError
        For a name that there is not.
    """
    check_parameter("get_scorer", "scoring", scoring, (str, CALLABLE, None))
    if not isinstance(scoring, str):
        return scoring
    if scoring not in _TABLE:
        raise ValueError(
            f"{scoring!r} is not a valid scoring value. Use sklearn.metrics.get_scorer_names() to "
            "get valid options."
        )
    name, options = _TABLE[scoring]
    own = globals().get(name)
    if own is None:
        from .. import metrics

        own = getattr(metrics, name)
    return make_scorer(own, **copy.deepcopy(options))


_OURS = f"{__name__.rpartition('.')[0]}."


@checked(
    estimator=(ESTIMATOR, None),
    scoring=(Words(*sorted(_TABLE)), CALLABLE, list, set, tuple, dict, None),
    allow_none=BOOLEAN,
    raise_exc=BOOLEAN,
)
def check_scoring(
    estimator: Any = None,
    scoring: Any = None,
    *,
    allow_none: bool = False,
    raise_exc: bool = True,
) -> Any:
    """The scorer that someone means.

    Parameters
    ----------
    estimator : whose own `score` serves when `scoring` is None
    scoring : a name, a callable ``f(estimator, X, y)``, several names, or a dictionary of these
    allow_none : whether there may be no scorer at all
    raise_exc : whether a scorer among several that fails raises; else its score is the error's text

    Raises
    ------
    ValueError, TypeError
        For what is no scorer, or no scorer where one must be.
    """
    if isinstance(scoring, str):
        return get_scorer(scoring)
    if callable(scoring):
        module = getattr(scoring, "__module__", None)
        metric = isinstance(module, str) and module.startswith(("sklearn.metrics.", _OURS))
        if metric and not module.endswith("._scorer"):
            raise ValueError(
                f"scoring value {scoring!r} looks like it is a metric function rather than a "
                "scorer. A scorer should require an estimator as its first parameter. Please use "
                "`make_scorer` to convert a metric to a scorer."
            )
        return scoring
    if scoring is not None:
        return MultimetricScorer(scorers=_several(estimator, scoring), raise_exc=raise_exc)
    if hasattr(estimator, "score"):
        return PassthroughScorer(estimator)
    if allow_none:
        return None
    raise TypeError(
        "If no scoring is specified, the estimator passed should have a 'score' method. The "
        f"estimator {estimator!r} does not."
    )


def _several(estimator: Any, scoring: Any) -> dict[str, Any]:
    if isinstance(scoring, dict):
        if not all(isinstance(name, str) for name in scoring):
            raise ValueError(
                f"Non-string types were found in the keys of the given dict. scoring={scoring!r}"
            )
        if not scoring:
            raise ValueError(f"An empty dict was passed. {scoring!r}")
        return {name: check_scoring(estimator, scoring=one) for name, one in scoring.items()}
    error = "The list/tuple elements must be unique strings of predefined scorers. "
    try:
        distinct = set(scoring)
    except TypeError as cause:
        raise ValueError(error) from cause
    if len(distinct) != len(scoring):
        raise ValueError(f"{error} Duplicate elements were found in the given list. {scoring!r}")
    if not distinct:
        raise ValueError(f"{error} Empty list was given. {scoring!r}")
    if not all(isinstance(name, str) for name in distinct):
        if any(callable(one) for one in distinct):
            raise ValueError(
                f"{error} One or more of the elements were callables. Use a dict of score name "
                f"mapped to the scorer callable. Got {scoring!r}"
            )
        raise ValueError(
            f"{error} Non-string types were found in the given list. Got {scoring!r}"
        )
    return {name: check_scoring(estimator, scoring=name) for name in scoring}
