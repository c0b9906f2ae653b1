"""How predictions depend on some features, the others left as they are. Source: Friedman 2001;
Goldstein and others 2015."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np

from .._indexing import column_numbers, columns, is_frame
from .._sparse import is_sparse
from ..base import is_classifier, is_regressor
from ..utils._bunch import Bunch
from ..utils._parameters import Span, Words, checked
from ..utils._response import response
from ..utils.validation import check_array, check_is_fitted, check_sample_weight


def quantile(values: np.ndarray, share: float) -> float:
    """The quantile in the middle between the usual definitions (Cunnane 1978: 0.4)."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    n = len(x)
    at = n * share + 0.4 + share * 0.2
    below = int(np.floor(np.clip(at, 1, n - 1)))
    part = np.clip(at - below, 0, 1)
    return float((1 - part) * x[below - 1] + part * x[min(below, n - 1)])


def _grid(
    X: Any, numbers: list[int], percentiles: Any, categorical: list[bool], resolution: int,
    custom: dict[int, Any],
) -> list[np.ndarray]:
    """The values of each feature."""
    if not hasattr(percentiles, "__len__") or len(percentiles) != 2:
        raise ValueError("'percentiles' must be a sequence of 2 elements.")
    if not all(0 <= p <= 1 for p in percentiles):
        raise ValueError("'percentiles' values must be in [0, 1].")
    if percentiles[0] >= percentiles[1]:
        raise ValueError("percentiles[0] must be strictly less than percentiles[1].")
    if resolution <= 1:
        raise ValueError("'grid_resolution' must be strictly greater than 1.")
    axes = []
    for number, is_category in zip(numbers, categorical, strict=True):
        if number in custom:
            given = list(custom[number])
            words = any(isinstance(v, str) for v in given)
            axis = np.asarray(given, dtype=object if words else None)
            if axis.ndim != 1:
                raise ValueError(
                    "The custom grid for some features is not a one-dimensional array. "
                    f"Feature {number}: {axis.ndim} dimensions"
                )
            axes.append(axis)
            continue
        column = np.asarray(columns(X, [number], one=True))
        try:
            known = np.unique(column)
        except TypeError as error:
            raise ValueError(
                f"The column #{number} contains mixed data types. Finding unique categories fail due "
                "to sorting. It usually means that the column contains `np.nan` values together with "
                "`str` categories. Such use case is not yet supported."
            ) from error
        if is_category or len(known) < resolution:
            axes.append(known)
            continue
        low, high = (quantile(column, p) for p in percentiles)
        if np.allclose(low, high):
            raise ValueError(
                "percentiles are too close to each other, unable to build the grid. Please choose "
                "percentiles that are further apart."
            )
        axes.append(np.linspace(low, high, num=resolution))
    return axes


def _points(axes: list[np.ndarray]) -> np.ndarray:
    """All combinations of values, a row for each; the last feature changes fastest."""
    tables = np.meshgrid(*axes, indexing="ij")
    kind = np.result_type(*axes) if all(a.dtype != object for a in axes) else object
    return np.stack([t.ravel() for t in tables], axis=1).astype(kind)


def _by_asking(
    estimator: Any, points: np.ndarray, numbers: list[int], X: Any, method: str, weights: Any
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and single predictions, with the features of all samples set to each point."""
    asked: Any = method
    if method == "auto":
        asked = "predict" if is_regressor(estimator) else ["predict_proba", "decision_function"]
    tried = X.copy()
    said, means = [], []
    for point in points:
        for number, value in zip(numbers, point, strict=True):
            if hasattr(tried, "iloc"):
                tried[tried.columns[number]] = value
            else:
                tried[:, number] = value
        one = response(estimator, tried, asked)[0]
        said.append(one)
        means.append(np.average(one, axis=0, weights=weights))
    single = np.array(said).T
    if single.ndim == 2:
        single = single.reshape(X.shape[0], -1)
    mean = np.array(means).T
    return mean.reshape(1, -1) if mean.ndim == 1 else mean, single


def _recurses(estimator: Any) -> bool:
    """Whether its trees can be asked for means directly."""
    there = hasattr(estimator, "_compute_partial_dependence_recursion")
    return there and getattr(estimator, "init", None) is None


@checked(
    grid_resolution=Span(numbers.Integral, 1, None),
    response_method=Words("auto", "predict_proba", "decision_function"),
    method=Words("auto", "recursion", "brute"),
    kind=Words("average", "individual", "both"),
)
def partial_dependence(
    estimator: Any,
    X: Any,
    features: Any,
    *,
    sample_weight: Any = None,
    categorical_features: Any = None,
    feature_names: Any = None,
    response_method: str = "auto",
    percentiles: tuple[float, float] = (0.05, 0.95),
    grid_resolution: int = 100,
    custom_values: dict[Any, Any] | None = None,
    method: str = "auto",
    kind: str = "average",
) -> Bunch:
    """The mean of predictions over samples whose features of interest are set to values of a grid.

    Parameters
    ----------
    estimator : fitted classifier or regressor
    X : array-like or frame of shape (n_samples, n_features)
    features : the feature or features of interest, by name or number
    sample_weight : array-like of shape (n_samples,), how much each sample counts in the mean
    categorical_features : which features are categories: a mask, numbers or names
    feature_names : the names of features, if X has none
    response_method : "auto", "predict_proba" or "decision_function", for classifiers
    percentiles : from where to where the grid goes
    grid_resolution : how many values; of a feature with fewer, those that it has
    custom_values : a dictionary by features, of the values to take
    method : "brute" asks for each value; "recursion" goes down trees that can; "auto" chooses
    kind : "average", "individual" for each sample's predictions, or "both"

    Returns
    -------
    Bunch of grid_values, and average (n_outputs, n_values, ...), individual (n_outputs, n_samples,
    n_values, ...) or both

    Raises
    ------
    ValueError
        For what cannot be asked so.
    """
    check_is_fitted(estimator)
    if not (is_classifier(estimator) or is_regressor(estimator)):
        raise ValueError("'estimator' must be a fitted regressor or classifier.")
    if is_classifier(estimator) and isinstance(estimator.classes_[0], np.ndarray):
        raise ValueError("Multiclass-multioutput estimators are not supported")
    if not (hasattr(X, "__array__") or is_sparse(X)):
        X = check_array(X, ensure_all_finite="allow-nan", dtype=object)
    if is_regressor(estimator) and response_method != "auto":
        raise ValueError(
            "The response_method parameter is ignored for regressors and must be 'auto'."
        )
    method = _method(estimator, method, kind, response_method, sample_weight)
    weights = check_sample_weight(sample_weight, X)
    known = names_of_features(X, feature_names)
    several = not np.isscalar(features) and not isinstance(features, str)
    asked = list(features) if several else [features]
    if any(isinstance(f, numbers.Integral) and f < 0 for f in asked):
        raise ValueError(f"all features must be in [0, {X.shape[1] - 1}]")
    chosen = column_numbers(X, asked, known)
    categorical = [k in categories(categorical_features, known) for k in chosen]
    custom = {
        column_numbers(X, [key], known)[0]: values for key, values in (custom_values or {}).items()
    }
    axes = _grid(X, chosen, percentiles, categorical, grid_resolution, custom)
    points = _points(axes)
    if method == "recursion":
        mean = estimator._compute_partial_dependence_recursion(
            np.asarray(points, dtype=np.float32, order="C"), np.asarray(chosen, dtype=np.intp)
        )
        mean = mean.reshape(1, -1) if mean.ndim == 1 else mean
        single = None
    else:
        mean, single = _by_asking(estimator, points, chosen, X, response_method, weights)
    shape = [len(a) for a in axes]
    out = Bunch(grid_values=axes)
    if kind in ("average", "both"):
        out["average"] = mean.reshape(-1, *shape)
    if kind in ("individual", "both"):
        out["individual"] = single.reshape(-1, X.shape[0], *shape)
    return out


def _method(estimator: Any, method: str, kind: str, asked: str, weights: Any) -> str:
    if kind != "average":
        if method == "recursion":
            raise ValueError(
                "The 'recursion' method only applies when 'kind' is set to 'average'"
            )
        return "brute"
    if method == "recursion" and weights is not None:
        raise ValueError(
            "The 'recursion' method can only be applied when sample_weight is None."
        )
    if method == "auto":
        fits = _recurses(estimator) and weights is None
        return "recursion" if fits and asked in ("auto", "decision_function") else "brute"
    if method == "recursion":
        if not _recurses(estimator):
            raise ValueError(
                f"{type(estimator).__name__} does not support the 'recursion' method. Try using "
                "method='brute'."
            )
        if asked not in ("auto", "decision_function"):
            raise ValueError(
                "With the 'recursion' method, the response_method must be 'decision_function'. Got "
                f"{asked}."
            )
    return method


def names_of_features(X: Any, given: Any) -> list[str]:
    """The names of features: given, a frame's, or x0, x1, ...

    Raises
    ------
    ValueError
        If names are not different.
    """
    if given is not None:
        names = [str(n) for n in given]
        if len(set(names)) != len(names):
            raise ValueError("feature_names should not contain duplicates.")
        return names
    if is_frame(X):
        return [str(c) for c in X.columns]
    return [f"x{i}" for i in range(X.shape[1])]


def categories(given: Any, names: list[str]) -> set[int]:
    """The numbers of features that are categories.

    Raises
    ------
    ValueError
        For a mask of another length, nothing, or something else.
    """
    if given is None:
        return set()
    given = np.asarray(given)
    if given.size == 0:
        raise ValueError(
            "Passing an empty list (`[]`) to `categorical_features` is not supported. Use `None` "
            "instead to indicate that there are no categorical features."
        )
    if given.dtype.kind == "b":
        if given.size != len(names):
            raise ValueError(
                "When `categorical_features` is a boolean array-like, the array should be of shape "
                f"(n_features,). Got {given.size} elements while `X` contains {len(names)} features."
            )
        return set(np.flatnonzero(given).tolist())
    if given.dtype.kind not in "iOU":
        raise ValueError(
            "Expected `categorical_features` to be an array-like of boolean, integer, or string. Got "
            f"{given.dtype} instead."
        )
    return {names.index(g) if isinstance(g, str) else int(g) for g in given.tolist()}
