"""Checks of what estimators are given, in scikit-learn's words."""

from __future__ import annotations

import numbers
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ..._missing import missing
from .._sparse import is_sparse
from ..exceptions import DataConversionWarning, NotFittedError, kind, warn

__all__ = [
    "check_X_y",
    "check_array",
    "check_consistent_length",
    "check_is_fitted",
    "check_random_state",
    "column_or_1d",
    "validate_data",
]

# What estimators compute in: other numbers become the first.
_FLOATS = [np.float64, np.float32]
_RESHAPE = (
    "Reshape your data either using array.reshape(-1, 1) if your data has a single feature or "
    "array.reshape(1, -1) if it contains a single sample."
)


def _name_of(estimator: Any) -> str | None:
    return estimator if estimator is None or isinstance(estimator, str) else type(estimator).__name__


def _is_pandas(x: Any, name: str) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(x, getattr(pandas, name))


def _num_samples(x: Any) -> int:
    if hasattr(x, "fit") and callable(x.fit):
        raise TypeError(f"Expected sequence or array-like, got estimator {x}")
    if not (hasattr(x, "__len__") or hasattr(x, "shape") or hasattr(x, "__array__")):
        raise TypeError(f"Expected sequence or array-like, got {type(x)}")
    if not hasattr(x, "shape") and hasattr(x, "__array__"):
        x = np.asarray(x)
    shape = getattr(x, "shape", None)
    if shape is not None:
        if len(shape) == 0:
            raise TypeError(
                f"Input should have at least 1 dimension i.e. satisfy `len(x.shape) > 0`, got scalar "
                f"`{x!r}` instead."
            )
        return int(shape[0])
    return len(x)


def check_consistent_length(*arrays: Any) -> None:
    """Refuses arrays of different numbers of samples; None counts as fitting.

    Raises
    ------
    ValueError
        If they differ.
    """
    lengths = [_num_samples(x) for x in arrays if x is not None]
    if len(set(lengths)) > 1:
        raise ValueError(
            f"Found input variables with inconsistent numbers of samples: {lengths}"
        )


def _check_finite(x: np.ndarray, allow_nan: bool, estimator: Any, input_name: str) -> None:
    if x.dtype.kind == "O":
        if not allow_nan and any(v != v for v in x.flat):
            raise ValueError("Input contains NaN")
        return
    if x.dtype.kind != "f":
        return
    # A sum is finite unless something in it is not, or it overflows.
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(np.sum(x)):
            return
    shown = f"Input {input_name}".rstrip()
    if not allow_nan and np.isnan(x).any():
        text = f"{shown} contains NaN."
        if estimator is not None and input_name == "X":
            text += (
                f"\n{_name_of(estimator)} does not accept missing values encoded as NaN natively. "
                "Impute them first (SimpleImputer), or use an estimator that takes them, such as "
                "HistGradientBoostingClassifier and HistGradientBoostingRegressor."
            )
        raise ValueError(text)
    if np.isinf(x).any():
        raise ValueError(
            f"{shown} contains infinity or a value too large for {x.dtype!r}."
        )


def _frame_values(x: Any) -> Any:
    """A frame or column as an array: missing values of pandas's own types become NaN."""
    if _is_pandas(x, "DataFrame") or _is_pandas(x, "Series"):
        types = list(x.dtypes) if x.ndim == 2 else [x.dtype]
        if any(not isinstance(t, np.dtype) and t.kind in "biuf" for t in types):
            whole = all(t.kind in "biuf" for t in types)
            return x.to_numpy(dtype=np.float64 if whole else object, na_value=np.nan)
        return x.to_numpy()
    return x


def check_array(
    array: Any,
    accept_sparse: bool | str | list[str] = False,
    *,
    dtype: Any = "numeric",
    order: str | None = None,
    copy: bool = False,
    ensure_all_finite: bool | str = True,
    ensure_non_negative: bool = False,
    ensure_2d: bool = True,
    allow_nd: bool = False,
    ensure_min_samples: int = 1,
    ensure_min_features: int = 1,
    estimator: Any = None,
    input_name: str = "",
) -> Any:
    """`array` as an array of numbers, or a sparse matrix by rows.

    Parameters
    ----------
    array : what to check: array-like, frame or sparse matrix
    accept_sparse : whether it may be sparse, or the formats that it may have
    dtype : "numeric" (objects become floats), a type, or types of which the first is for others
    order : "C", "F" or None
    copy : whether the result must be a copy
    ensure_all_finite : whether to refuse NaN and infinities; "allow-nan" only infinities
    ensure_non_negative : whether to refuse negative values
    ensure_2d : whether there must be two dimensions
    allow_nd : whether there may be more
    ensure_min_samples, ensure_min_features : how many there must be
    estimator : the estimator or its name, for messages
    input_name : what messages call the array

    Raises
    ------
    ValueError, TypeError
        If it is not what it must be.
    """
    who = _name_of(estimator)
    by = f" by {who}" if who else ""
    if is_sparse(array):
        out = _sparse(array, accept_sparse, dtype, copy, input_name)
        if ensure_2d and out.ndim < 2:
            raise ValueError(f"Expected 2D input, got input with shape {out.shape}.\n{_RESHAPE}")
        if ensure_all_finite:
            _check_finite(out.data, ensure_all_finite == "allow-nan", estimator, input_name)
    else:
        out = _dense(array, dtype, order, ensure_2d)
        if not allow_nd and out.ndim >= 3:
            raise ValueError(
                f"Found array with dim {out.ndim}, while dim <= 2 is required{by}."
            )
        if ensure_all_finite:
            _check_finite(out, ensure_all_finite == "allow-nan", estimator, input_name)
        if copy and np.may_share_memory(out, array if isinstance(array, np.ndarray) else out):
            out = out.copy()
    if ensure_min_samples > 0 and _num_samples(out) < ensure_min_samples:
        raise ValueError(
            f"Found array with {_num_samples(out)} sample(s) (shape={out.shape}) while a minimum "
            f"of {ensure_min_samples} is required{by}."
        )
    if ensure_min_features > 0 and out.ndim == 2 and out.shape[1] < ensure_min_features:
        raise ValueError(
            f"Found array with {out.shape[1]} feature(s) (shape={out.shape}) while a minimum "
            f"of {ensure_min_features} is required{by}."
        )
    if ensure_non_negative:
        values = out.data if is_sparse(out) else out
        if values.size and values.min() < 0:
            whom = input_name + (f" in {who}" if who else "")
            raise ValueError(f"Negative values in data passed to {whom}.")
    return out


def _sparse(array: Any, accept: Any, dtype: Any, copy: bool, input_name: str) -> Any:
    if array.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{array}\n")
    if accept is False:
        padded = f" for {input_name}" if input_name else ""
        raise TypeError(
            f"Sparse data was passed{padded}, but dense data is required. Use '.toarray()' to "
            "convert to a dense numpy array."
        )
    formats = [accept] if isinstance(accept, str) else accept
    out = array
    if formats is not True and array.format not in formats:
        out = array.asformat(formats[0])
    types = list(dtype) if isinstance(dtype, (list, tuple)) else [dtype]
    if dtype is not None and "numeric" not in types and out.dtype not in types:
        out = out.astype(types[0])
    return out.copy() if copy and out is array else out


def _dense(array: Any, dtype: Any, order: str | None, ensure_2d: bool) -> np.ndarray:
    series = type(array) if hasattr(array, "dtype") and not isinstance(array, np.ndarray) else None
    values = _frame_values(array)
    with warnings.catch_warnings():
        warnings.simplefilter("error", getattr(np.exceptions, "ComplexWarning"))
        try:
            numeric = isinstance(dtype, str) and dtype == "numeric"
            types = list(dtype) if isinstance(dtype, (list, tuple)) else [dtype]
            plain = numeric or dtype is None or hasattr(values, "dtype")
            out = np.asarray(values, dtype=None if plain else types[0], order=order)
            if out.dtype.kind == "c":
                raise ValueError(f"Complex data not supported\n{array}\n")
            if numeric and out.dtype.kind == "O":
                out = out.astype(np.float64)
            elif not numeric and dtype is not None and out.dtype not in types:
                out = out.astype(types[0])
        except (np.exceptions.ComplexWarning, TypeError) as error:
            complex_values = isinstance(error, Warning) or np.asarray(values).dtype.kind == "c"
            if not complex_values:
                raise
            raise ValueError(f"Complex data not supported\n{array}\n") from error
    if ensure_2d and out.ndim == 0:
        raise ValueError(
            f"Expected 2D array, got scalar array instead:\narray={out}.\n{_RESHAPE}"
        )
    if ensure_2d and out.ndim == 1:
        if series is not None:
            raise ValueError(
                f"Expected a 2-dimensional container but got {series} instead. Pass a DataFrame "
                "containing a single row (i.e. single sample) or a single column (i.e. single "
                "feature) instead."
            )
        raise ValueError(f"Expected 2D array, got 1D array instead:\narray={out}.\n{_RESHAPE}")
    if numeric and out.dtype.kind in "USV":
        raise ValueError(
            "dtype='numeric' is not compatible with arrays of bytes/strings."
            "Convert your data to numeric values explicitly instead."
        )
    return out


def column_or_1d(
    y: Any, *, dtype: Any = None, input_name: str = "y", warn: bool = False
) -> np.ndarray:
    """`y` in one dimension; of two dimensions, if it has one column.

    Raises
    ------
    ValueError
        For other shapes.
    """
    if is_sparse(y):
        raise TypeError(
            f"Sparse data was passed for {input_name}, but dense data is required. Use '.toarray()' "
            "to convert to a dense numpy array."
        )
    y = np.asarray(_frame_values(y), dtype=dtype)
    if y.ndim == 2 and y.shape[1] == 1:
        if warn:
            _warn_column()
        return y.ravel()
    if y.ndim != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {y.shape} instead.")
    return y


def _warn_column() -> None:
    warn(
        "A column-vector y was passed when a 1d array was expected. Please change the shape of y to "
        "(n_samples, ), for example using ravel().",
        DataConversionWarning,
        stacklevel=4,
    )


def _check_y(y: Any, multi_output: bool, y_numeric: bool, estimator: Any) -> Any:
    if multi_output:
        y = check_array(
            y,
            dtype=None,
            ensure_all_finite=False,
            ensure_2d=False,
            ensure_min_samples=0,
            ensure_min_features=0,
            input_name="y",
            estimator=estimator,
        )
    else:
        y = column_or_1d(y, warn=True)
    if y.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{y}\n")
    if y_numeric and y.dtype.kind == "O":
        y = y.astype(np.float64)
    _check_finite(y, False, estimator, "y")
    return y


def check_X_y(
    X: Any,
    y: Any,
    accept_sparse: bool | str | list[str] = False,
    *,
    multi_output: bool = False,
    y_numeric: bool = False,
    estimator: Any = None,
    **check: Any,
) -> tuple[Any, Any]:
    """Samples and what belongs to them, checked, and of the same number.

    Parameters
    ----------
    X, y : array-likes
    accept_sparse : whether X may be sparse
    multi_output : whether y may have several columns
    y_numeric : whether y must be numbers
    estimator : the estimator or its name, for messages
    **check : more arguments of `check_array` for X

    Raises
    ------
    ValueError, TypeError
        If they are not what they must be.
    """
    if y is None:
        who = _name_of(estimator) or "estimator"
        raise ValueError(f"{who} requires y to be passed, but the target y is None")
    X = check_array(X, accept_sparse, estimator=estimator, input_name="X", **check)
    y = _check_y(y, multi_output, y_numeric, estimator)
    check_consistent_length(X, y)
    return X, y


def check_is_fitted(
    estimator: Any,
    attributes: Any = None,
    *,
    msg: str | None = None,
    all_or_any: Callable[[Iterable[bool]], bool] = all,
) -> None:
    """Refuses an estimator that is not fitted.

    Parameters
    ----------
    estimator : the estimator
    attributes : the names of attributes that it must have, or None for any that `fit` sets
    msg : the message, with `%(name)s` for the class
    all_or_any : whether it must have all of them or any

    Raises
    ------
    NotFittedError
        If it is not fitted.
    """
    if isinstance(estimator, type):
        raise TypeError(f"{estimator} is a class, not an instance.")
    if not hasattr(estimator, "fit"):
        raise TypeError(f"{estimator} is not an estimator instance.")
    if attributes is not None:
        names = [attributes] if isinstance(attributes, str) else attributes
        fitted = all_or_any([hasattr(estimator, name) for name in names])
    elif hasattr(estimator, "__sklearn_is_fitted__"):
        fitted = estimator.__sklearn_is_fitted__()
    else:
        fitted = any(n.endswith("_") and not n.startswith("__") for n in vars(estimator))
    if not fitted:
        msg = msg or (
            "This %(name)s instance is not fitted yet. Call 'fit' with appropriate arguments before "
            "using this estimator."
        )
        raise kind(NotFittedError)(msg % {"name": type(estimator).__name__})


def check_random_state(seed: Any) -> np.random.RandomState:
    """The generator of random numbers for a seed: None is NumPy's own.

    Raises
    ------
    ValueError
        For what is no seed.
    """
    if seed is None or seed is np.random:
        return np.random.mtrand._rand
    if isinstance(seed, numbers.Integral):
        return np.random.RandomState(seed)
    if isinstance(seed, np.random.RandomState):
        return seed
    raise ValueError(f"{seed!r} cannot be used to seed a numpy.random.RandomState instance")


def check_sample_weight(weights: Any, X: Any) -> np.ndarray | None:
    """The weights of samples as floats; a number is for all.

    Raises
    ------
    ValueError
        For another shape, what is not finite, or nothing but zeros.
    """
    if weights is None:
        return None
    n = _num_samples(X)
    if isinstance(weights, numbers.Number):
        return np.full(n, weights, dtype=np.float64)
    weights = check_array(
        weights, dtype=np.float64, ensure_2d=False, allow_nd=True, input_name="sample_weight"
    )
    if weights.ndim != 1:
        raise ValueError(f"Sample weights must be 1D array or scalar, got {weights.ndim}D array. "
                         f"Expected either a scalar value or a 1D array of length {n}.")
    if weights.shape != (n,):
        raise ValueError(f"sample_weight.shape == {weights.shape}, expected {(n,)}!")
    if not weights.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weights


def feature_names(X: Any) -> np.ndarray | None:
    """The names of a frame's columns, if they are words.

    Raises
    ------
    TypeError
        If some are words and some are not.
    """
    if not hasattr(X, "columns") or not (hasattr(X, "iloc") or hasattr(X, "with_columns")):
        return None
    names = np.asarray(list(X.columns), dtype=object)
    types = sorted({type(n).__name__ for n in names})
    if types == ["str"]:
        return names
    if "str" in types:
        raise TypeError(
            "Feature names are only supported if all input features have string names, but your "
            f"input has {types} as feature name / column name types. If you want feature names to "
            "be stored and validated, you must convert them all to strings, by using X.columns = "
            "X.columns.astype(str) for example. Otherwise you can remove feature / column names from "
            "your input data, or convert them all to a non-string data type."
        )
    return None


def check_feature_names(estimator: Any, X: Any, *, reset: bool) -> None:
    """Keeps the names of features (`reset`), or compares them with those in `fit`.

    Raises
    ------
    ValueError
        If they differ.
    """
    names = feature_names(X)
    if reset:
        if names is not None:
            estimator.feature_names_in_ = names
        elif hasattr(estimator, "feature_names_in_"):
            del estimator.feature_names_in_
        return
    known = getattr(estimator, "feature_names_in_", None)
    who = type(estimator).__name__
    if names is None and known is None:
        return
    if known is None:
        warn(f"X has feature names, but {who} was fitted without feature names", stacklevel=4)
        return
    if names is None:
        warn(
            f"X does not have valid feature names, but {who} was fitted with feature names",
            stacklevel=4,
        )
        return
    if len(known) == len(names) and np.all(known == names):
        return
    text = "The feature names should match those that were passed during fit.\n"
    unseen, lacking = sorted(set(names) - set(known)), sorted(set(known) - set(names))
    if unseen:
        text += "Feature names unseen at fit time:\n" + _listed(unseen)
    if lacking:
        text += "Feature names seen at fit time, yet now missing:\n" + _listed(lacking)
    if not unseen and not lacking:
        text += "Feature names must be in the same order as they were in fit.\n"
    raise ValueError(text)


def _listed(names: list[str]) -> str:
    return "".join(f"- {n}\n" for n in names[:5]) + ("- ...\n" if len(names) > 5 else "")


def validate_data(
    _estimator: Any,
    /,
    X: Any = "no_validation",
    y: Any = "no_validation",
    reset: bool = True,
    skip_check_array: bool = False,
    **check: Any,
) -> Any:
    """Checks what an estimator is given, and keeps (`reset`) or compares the features' number and names.

    Parameters
    ----------
    X, y : array-likes; "no_validation" for what there is not
    reset : whether this is `fit`
    skip_check_array : whether only the features' number and names are looked at; the rest stays as it is
    **check : more arguments of `check_array`, or with y those of `check_X_y`

    Raises
    ------
    ValueError, TypeError
        If they are not what they must be.
    """
    check_feature_names(_estimator, X, reset=reset)
    if skip_check_array:
        out = X if isinstance(y, str) or y is None else (X, y)
    elif isinstance(y, str) or y is None:
        out = X = check_array(X, estimator=_estimator, input_name="X", **check)
    else:
        out = X, _ = check_X_y(X, y, estimator=_estimator, **check)
    if len(getattr(X, "shape", ())) != 2:
        return out
    n = X.shape[1]
    if reset:
        _estimator.n_features_in_ = n
    elif hasattr(_estimator, "n_features_in_") and n != _estimator.n_features_in_:
        raise ValueError(
            f"X has {n} features, but {type(_estimator).__name__} is expecting "
            f"{_estimator.n_features_in_} features as input."
        )
    return out


# Checks of single things stand in a file of their own, which imports this one.
__getattr__ = missing(__name__, {
    **{name: f"{__package__}._checks:{name}" for name in (
        "as_float_array", "assert_all_finite", "check_memory", "check_non_negative", "check_scalar",
        "check_symmetric", "has_fit_parameter",
    )},
    "indexable": "seodang.learn._indexing:indexable",
})
