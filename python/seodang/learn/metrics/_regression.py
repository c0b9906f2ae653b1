"""How far predicted values are from true ones."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from ..exceptions import UndefinedMetricWarning, warn
from ..utils._parameters import ARRAY, BOOLEAN, Span, Words, checked
from ..utils._percentile import weighted_percentile
from ..utils.validation import check_array, check_consistent_length
from ._targets import weights_of

_VALUES = {"y_true": ARRAY, "y_pred": ARRAY}
_BASIC = {**_VALUES, "sample_weight": (ARRAY, None)}
_OUTPUTS = {**_BASIC, "multioutput": (Words("raw_values", "uniform_average"), ARRAY)}
_SHARES = Words("raw_values", "uniform_average", "variance_weighted")
_POWER = {"power": (Span(Real, None, 0, "right"), Span(Real, 1, None, "left"))}
_ALPHA = {"alpha": Span(Real, 0, 1, "both")}


def _floating(*arrays: Any) -> np.dtype:
    """The type of the arrays among `arrays` that are floats, or double."""
    types = [a.dtype for a in arrays if isinstance(getattr(a, "dtype", None), np.dtype)]
    floats = [t for t in types if t.kind == "f"]
    return np.result_type(*floats) if floats else np.dtype(np.float64)


def _values(
    y_true: Any, y_pred: Any, sample_weight: Any = None, multioutput: Any = None, dtype: Any = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, Any]:
    """True and predicted values as tables, weights of samples, weights of outputs.

    Raises
    ------
    ValueError
        If they do not fit together.
    """
    dtype = _floating(y_true, y_pred, sample_weight) if dtype is None else dtype
    check_consistent_length(y_true, y_pred, sample_weight)
    true, guess = (check_array(y, ensure_2d=False, dtype=dtype) for y in (y_true, y_pred))
    weights = weights_of(sample_weight, true)
    if weights is not None and not isinstance(dtype, str):
        weights = weights.astype(dtype)
    true, guess = (y.reshape(-1, 1) if y.ndim == 1 else y for y in (true, guess))
    if true.shape[1] != guess.shape[1]:
        raise ValueError(
            f"y_true and y_pred have different number of output ({true.shape[1]}!={guess.shape[1]})"
        )
    if multioutput is not None and not isinstance(multioutput, str):
        multioutput = check_array(multioutput, ensure_2d=False)
        if true.shape[1] == 1:
            raise ValueError("Custom weights are useful only in multi-output cases.")
        if true.shape[1] != len(multioutput):
            raise ValueError(
                f"There must be equally many custom weights ({len(multioutput)}) as outputs "
                f"({true.shape[1]})."
            )
    return true, guess, weights, multioutput


def _combined(errors: np.ndarray, multioutput: Any) -> Any:
    """Errors of outputs as they are, or their mean with weights."""
    if isinstance(multioutput, str):
        if multioutput == "raw_values":
            return errors
        multioutput = None
    return float(np.average(errors, weights=multioutput))


@checked(**_OUTPUTS)
def mean_absolute_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The mean of the absolute differences.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    return _combined(np.average(np.abs(guess - true), weights=weights, axis=0), outputs)


def _pinball(true: Any, guess: Any, weights: Any, alpha: float) -> np.ndarray:
    over = true - guess
    return np.average(np.where(over >= 0, alpha * over, (alpha - 1) * over), weights=weights, axis=0)


@checked(**_OUTPUTS, **_ALPHA)
def mean_pinball_loss(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    alpha: float = 0.5,
    multioutput: Any = "uniform_average",
) -> Any:
    """The loss whose best guess is a quantile. Source: Koenker and Bassett 1978.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    alpha : which quantile
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    return _combined(_pinball(true, guess, weights, alpha), outputs)


@checked(**_OUTPUTS)
def mean_absolute_percentage_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The mean of the absolute differences as shares (not percent) of the true values.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    tiny = true.dtype.type(np.finfo(np.float64).eps)
    shares = np.abs(guess - true) / np.maximum(np.abs(true), tiny)
    return _combined(np.average(shares, weights=weights, axis=0), outputs)


@checked(**_OUTPUTS)
def mean_squared_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The mean of the squared differences.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    return _combined(np.average((true - guess) ** 2, weights=weights, axis=0), outputs)


@checked(**_OUTPUTS)
def root_mean_squared_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The square root of the mean of the squared differences, of each output by itself.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    errors = mean_squared_error(
        y_true, y_pred, sample_weight=sample_weight, multioutput="raw_values"
    )
    return _combined(np.sqrt(errors), multioutput)


def _logarithms(y_true: Any, y_pred: Any, sample_weight: Any, multioutput: Any, name: str) -> Any:
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    if (true <= -1).any() or (guess <= -1).any():
        raise ValueError(
            f"{name} cannot be used when targets contain values less than or equal to -1."
        )
    return np.log1p(true), np.log1p(guess), weights, outputs


@checked(**_OUTPUTS)
def mean_squared_log_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The mean of the squared differences of the logarithms of one plus the values.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs), above -1
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs

    Raises
    ------
    ValueError
        For values of -1 or less.
    """
    name = "Mean Squared Logarithmic Error"
    true, guess, weights, outputs = _logarithms(y_true, y_pred, sample_weight, multioutput, name)
    return mean_squared_error(true, guess, sample_weight=weights, multioutput=outputs)


@checked(**_OUTPUTS)
def root_mean_squared_log_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The square root of `mean_squared_log_error`, of each output by itself.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs), above -1
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs

    Raises
    ------
    ValueError
        For values of -1 or less.
    """
    name = "Root Mean Squared Logarithmic Error"
    true, guess, weights, outputs = _logarithms(y_true, y_pred, sample_weight, multioutput, name)
    return root_mean_squared_error(true, guess, sample_weight=weights, multioutput=outputs)


@checked(**_OUTPUTS)
def median_absolute_error(
    y_true: Any, y_pred: Any, *, multioutput: Any = "uniform_average", sample_weight: Any = None
) -> Any:
    """The median of the absolute differences.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    multioutput : "raw_values", "uniform_average", or weights of outputs
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    true, guess, weights, outputs = _values(
        y_true, y_pred, sample_weight, multioutput, dtype="numeric"
    )
    errors = np.abs(guess - true)
    if weights is None:
        return _combined(np.median(errors, axis=0), outputs)
    errors = errors.astype(_floating(errors))
    return _combined(weighted_percentile(errors, weights), outputs)


def _explained(left: np.ndarray, whole: np.ndarray, outputs: Any, finite: bool) -> Any:
    """The share of `whole` that is not `left`; of nothing to explain 1, or 0 if something is left."""
    if finite:
        scores = np.where(left == 0, np.ones_like(left), np.zeros_like(left))
        proper = (left != 0) & (whole != 0)
        scores[proper] = 1 - left[proper] / whole[proper]
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = 1 - left / whole
    if isinstance(outputs, str) and outputs == "variance_weighted":
        outputs = whole if whole.any() else None
    if outputs is None or isinstance(outputs, str):
        return _combined(scores, "uniform_average" if outputs is None else outputs)
    return float(np.average(scores, weights=outputs))


@checked(**_BASIC, multioutput=(_SHARES, ARRAY), force_finite=BOOLEAN)
def explained_variance_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """The share of the variance that the errors do not have.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", "variance_weighted", or weights of outputs
    force_finite : whether a constant `y_true` scores 1 or 0 rather than NaN or -inf
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)

    def variance(values):
        mean = np.average(values, weights=weights, axis=0)
        return np.average((values - mean) ** 2, weights=weights, axis=0)

    return _explained(variance(true - guess), variance(true), outputs, force_finite)


@checked(**_BASIC, multioutput=(_SHARES, ARRAY, None), force_finite=BOOLEAN)
def r2_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """The coefficient of determination: 1 is perfect, 0 as good as the mean. Source: Wright 1921.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", "variance_weighted", or weights of outputs
    force_finite : whether a constant `y_true` scores 1 or 0 rather than NaN or -inf

    Raises
    ------
    ValueError
        For different numbers of samples or outputs.
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    if len(true) < 2:
        warn(
            "R^2 score is not well-defined with less than two samples.",
            UndefinedMetricWarning,
            stacklevel=3,
        )
        return float("nan")
    each = 1 if weights is None else weights[:, None]
    left = np.sum(each * (true - guess) ** 2, axis=0)
    whole = np.sum(each * (true - np.average(true, axis=0, weights=weights)) ** 2, axis=0)
    return _explained(left, whole, outputs, force_finite)


@checked(**_VALUES)
def max_error(y_true: Any, y_pred: Any) -> float:
    """The greatest absolute difference.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,)

    Raises
    ------
    ValueError
        For several outputs.
    """
    true, guess, *_ = _values(y_true, y_pred, dtype="numeric")
    if true.shape[1] > 1:
        raise ValueError("Multioutput not supported in max_error")
    return float(np.max(np.abs(true - guess)))


def _deviance(true: np.ndarray, guess: Any, weights: Any, power: float) -> float:
    """The mean unit deviance of Tweedie distributions. Source: Jorgensen 1987."""
    if power == 0:
        each = (true - guess) ** 2
    elif power == 1:
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(true == 0, 0, true * np.log(true / guess))
        each = 2 * (logs - true + guess)
    elif power == 2:
        each = 2 * (np.log(guess / true) + true / guess - 1)
    else:
        base = np.where(true > 0, true, 0.0) if power < 0 else true
        each = 2 * (
            base ** (2 - power) / ((1 - power) * (2 - power))
            - true * guess ** (1 - power) / (1 - power)
            + guess ** (2 - power) / (2 - power)
        )
    return float(np.average(each, weights=weights))


@checked(**_BASIC, **_POWER)
def mean_tweedie_deviance(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, power: float = 0
) -> float:
    """The mean deviance of a Tweedie distribution. Source: Jorgensen 1987.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    power : how the variance grows with the mean: 0 normal, 1 Poisson, 2 gamma, 3 inverse Gaussian

    Raises
    ------
    ValueError
        For values that the distribution does not have, or several outputs.
    """
    true, guess, weights, _ = _values(y_true, y_pred, sample_weight)
    if true.shape[1] > 1:
        raise ValueError("Multioutput not supported in mean_tweedie_deviance")
    positive = (guess > 0).all()
    if power < 0:
        fits, what = positive, "strictly positive y_pred."
    elif power == 0:
        fits, what = True, ""
    elif power < 2:
        fits = positive and (true >= 0).all()
        what = "non-negative y and strictly positive y_pred."
    else:
        fits, what = positive and (true > 0).all(), "strictly positive y and y_pred."
    if not fits:
        raise ValueError(
            f"Mean Tweedie deviance error with power={power} can only be used on {what}"
        )
    return _deviance(true[:, 0], guess[:, 0], weights, power)


@checked(**_BASIC)
def mean_poisson_deviance(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """The mean deviance of the Poisson distribution.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,): at least 0, above 0
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    return mean_tweedie_deviance(y_true, y_pred, sample_weight=sample_weight, power=1)


@checked(**_BASIC)
def mean_gamma_deviance(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """The mean deviance of the gamma distribution.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,), above 0
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    """
    return mean_tweedie_deviance(y_true, y_pred, sample_weight=sample_weight, power=2)


def _too_few(y: np.ndarray) -> bool:
    if len(y) < 2:
        warn(
            "D^2 score is not well-defined with less than two samples.",
            UndefinedMetricWarning,
            stacklevel=4,
        )
    return len(y) < 2


@checked(**_BASIC, **_POWER)
def d2_tweedie_score(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, power: float = 0
) -> float:
    """The share of the Tweedie deviance from the mean that is explained.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    power : how the variance grows with the mean: 0 normal, 1 Poisson, 2 gamma, 3 inverse Gaussian
    """
    true, guess, weights, _ = _values(y_true, y_pred, sample_weight)
    if true.shape[1] > 1:
        raise ValueError("Multioutput not supported in d2_tweedie_score")
    if _too_few(guess):
        return float("nan")
    true, guess = true[:, 0], guess[:, 0]
    left = mean_tweedie_deviance(true, guess, sample_weight=weights, power=power)
    whole = _deviance(true, np.average(true, weights=weights), weights, power)
    return float(1 - np.float64(left) / whole)


@checked(**_OUTPUTS, **_ALPHA)
def d2_pinball_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    alpha: float = 0.5,
    multioutput: Any = "uniform_average",
) -> Any:
    """The share of the pinball loss of the plain quantile that is explained.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    alpha : which quantile
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    true, guess, weights, outputs = _values(y_true, y_pred, sample_weight, multioutput)
    if _too_few(guess):
        return float("nan")
    each = np.ones(len(true), dtype=true.dtype) if weights is None else weights
    plain = np.tile(weighted_percentile(true, each, alpha * 100), (len(true), 1))
    left, whole = _pinball(true, guess, weights, alpha), _pinball(true, plain, each, alpha)
    return _explained(left, whole, outputs, True)


@checked(**_OUTPUTS)
def d2_absolute_error_score(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The share of the absolute error of the median that is explained.

    Parameters
    ----------
    y_true, y_pred : array-likes of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : array-like of shape (n_samples,), how much each sample counts
    multioutput : "raw_values", "uniform_average", or weights of outputs
    """
    return d2_pinball_score(
        y_true, y_pred, sample_weight=sample_weight, alpha=0.5, multioutput=multioutput
    )
