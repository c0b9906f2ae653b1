"""Probabilities that mean what they say.

Sources: Platt 1999, with the targets of Lin, Lin and Weng 2007; Zadrozny and Elkan 2002 (isotonic); Guo
and others 2017 (temperature).
"""

from __future__ import annotations

import numbers
import warnings
from typing import Any, ClassVar

import numpy as np

from ._indexing import indexable, parameters_of
from ._meta import (
    JOBS,
    SPLITS,
    Checked,
    Methods,
    part_of_samples,
    tags_of,
    takes_weights,
)
from ._parallel import run
from .base import BaseEstimator, ClassifierMixin, RegressorMixin, clone
from .isotonic import IsotonicRegression
from .utils._parameters import BOOLEAN, Span, Words, check_parameter
from .utils._plotting import axes, styled
from .utils._response import binary_response, response
from .utils.multiclass import check_classification_targets
from .utils.validation import (
    _num_samples,
    check_consistent_length,
    check_is_fitted,
    check_sample_weight,
    column_or_1d,
)

__all__ = ["CalibratedClassifierCV", "CalibrationDisplay", "calibration_curve"]

_ASKED = ("decision_function", "predict_proba")
# Greater values would lose digits in the exponential.
_LARGE = 30.0
_BINS = Span(numbers.Integral, 1, None)


def _expit(x: np.ndarray) -> np.ndarray:
    """The logistic function; great negative values give 0 without a warning."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


class Sigmoid(RegressorMixin, BaseEstimator):
    """A logistic function of one value, fitted by maximum likelihood with Platt's targets."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds slope and intercept by Newton's method.

        Parameters
        ----------
        X : array-like of shape (n_samples,)
        y : array-like of shape (n_samples,), positive for the one class
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        values = column_or_1d(X).astype(np.float64)
        scale = np.abs(values).max() if len(values) else 1.0
        scale = scale if scale >= _LARGE else 1.0
        values = values / scale
        weights = np.ones(len(values)) if sample_weight is None else np.asarray(sample_weight)
        positive = column_or_1d(y) > 0
        n1, n0 = weights[positive].sum(), weights[~positive].sum()
        # A sample of a class shifts the probability of the other a little from 0 and 1.
        targets = np.where(positive, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
        design = np.stack([-values, -np.ones_like(values)], axis=1)
        solution = np.array([0.0, np.log((n0 + 1) / (n1 + 1))])
        loss = self._loss(design @ solution, targets, weights)
        # Values that are none tell nothing: the shares of the classes stay.
        for _ in range(100 if np.isfinite(loss) else 0):
            p = _expit(design @ solution)
            gradient = design.T @ (weights * (p - targets))
            if np.abs(gradient).max() < 1e-10 * max(1.0, weights.sum()):
                break
            curvature = design.T @ (design * (weights * p * (1 - p))[:, None])
            step = np.linalg.lstsq(curvature + 1e-12 * np.eye(2), gradient, rcond=None)[0]
            size = 1.0
            while size > 1e-10:
                new = self._loss(design @ (solution - size * step), targets, weights)
                if new <= loss:
                    break
                size /= 2
            else:
                break
            done = loss - new <= 1e-15 * abs(loss)
            solution, loss = solution - size * step, new
            if done:
                break
        self.a_, self.b_ = solution[0] / scale, solution[1]
        return self

    @staticmethod
    def _loss(raw: np.ndarray, targets: np.ndarray, weights: np.ndarray) -> float:
        return float(np.sum(weights * (np.logaddexp(0, raw) - targets * raw)))

    def predict(self, T: Any) -> np.ndarray:
        """The probability of each value."""
        return _expit(-(self.a_ * column_or_1d(T) + self.b_))


def _logits(values: np.ndarray) -> np.ndarray:
    """A value for each class, of which the exponential is in proportion to the probability."""
    if values.ndim == 2 and values.shape[1] > 1:
        shares = ((values >= 0) & (values <= 1)).all() and np.allclose(values.sum(axis=1), 1.0)
        return np.log(values + 1e-12) if shares else values
    values = values.reshape(-1, 1)
    return np.concatenate([-values, values], axis=1)


def _softmax(x: np.ndarray) -> np.ndarray:
    x = np.exp(x - x.max(axis=1, keepdims=True))
    return x / x.sum(axis=1, keepdims=True)


class Temperature(RegressorMixin, BaseEstimator):
    """One factor of all values that makes their probabilities the likeliest."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None):
        """Finds the factor, between exp(-10) and exp(10).

        Parameters
        ----------
        X : array-like of shape (n_samples,) or (n_samples, n_classes), decisions or probabilities
        y : array-like of shape (n_samples,), the numbers of classes
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        """
        logits = _logits(np.asarray(X, dtype=np.float64))
        weights = np.ones(len(logits)) if sample_weight is None else np.asarray(sample_weight)
        own = logits[np.arange(len(logits)), np.asarray(y, dtype=int)]

        def slope(log_beta: float) -> float:
            # The loss is convex in the factor: its derivative has one sign change.
            p = _softmax(np.exp(log_beta) * logits)
            return float(np.sum(weights * ((p * logits).sum(axis=1) - own)))

        low, high = -10.0, 10.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (low, middle) if slope(middle) > 0 else (middle, high)
        self.beta_ = float(np.exp((low + high) / 2))
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The probability of each class."""
        return _softmax(self.beta_ * _logits(np.asarray(X, dtype=np.float64)))


class _Calibrated:
    """A fitted classifier, and what makes probabilities of what it says."""

    def __init__(self, estimator: Any, calibrators: list[Any], method: str, classes: Any) -> None:
        self.estimator = estimator
        self.calibrators = calibrators
        self.method = method
        self.classes = classes

    def predict_proba(self, X: Any) -> np.ndarray:
        """The probability of each class."""
        said = _table(response(self.estimator, X, _ASKED)[0], self.estimator, self.method)
        n_classes = len(self.classes)
        if self.method == "temperature":
            return self.calibrators[0].predict(said)
        out = np.zeros((_num_samples(X), n_classes))
        at = np.searchsorted(self.classes, self.estimator.classes_)
        if n_classes == 2:
            out[:, 1] = self.calibrators[0].predict(said[:, 0])
            out[:, 0] = 1.0 - out[:, 1]
            return out
        for k, column, calibrator in zip(at, said.T, self.calibrators, strict=False):
            out[:, k] = calibrator.predict(column)
        sums = out.sum(axis=1, keepdims=True)
        uniform = np.full_like(out, 1 / n_classes)
        out = np.divide(out, sums, out=uniform, where=sums != 0)
        # Sums of rounded shares may be a little more than 1.
        out[(out > 1.0) & (out <= 1.0 + 1e-5)] = 1.0
        return out


def _table(said: np.ndarray, estimator: Any, method: str) -> np.ndarray:
    """What the classifier says as a table: of two classes, one column for the second."""
    if said.ndim == 2:
        return said
    if method == "temperature" and not hasattr(estimator, "decision_function"):
        # Logarithms of probabilities are wanted of both classes.
        return np.stack([1 - said, said], axis=1)
    return said.reshape(-1, 1)


def _calibrated(
    estimator: Any, said: np.ndarray, y: Any, classes: np.ndarray, method: str, weights: Any
) -> _Calibrated:
    codes = np.searchsorted(classes, y)
    if method == "temperature":
        return _Calibrated(
            estimator, [Temperature().fit(said, codes, weights)], method, classes
        )
    at = [1] if len(classes) == 2 else np.searchsorted(classes, estimator.classes_)
    calibrators = []
    for k, column in zip(at, said.T, strict=True):
        one = Sigmoid() if method == "sigmoid" else IsotonicRegression(out_of_bounds="clip")
        calibrators.append(one.fit(column, (codes == k).astype(float), weights))
    return _Calibrated(estimator, calibrators, method, classes)


def _fit_round(
    estimator: Any, X: Any, y: Any, train: Any, test: Any, method: str, classes: Any, weights: Any,
    use_weights: bool, params: dict[str, Any],
) -> _Calibrated:
    X_train, y_train = part_of_samples(estimator, X, y, train)
    X_test, y_test = part_of_samples(estimator, X, y, test, train)
    params = parameters_of(X, params, train)
    if use_weights and weights is not None:
        params["sample_weight"] = weights[train]
    estimator.fit(X_train, y_train, **params)
    said = _table(response(estimator, X_test, _ASKED)[0], estimator, method)
    own = None if weights is None else weights[test]
    return _calibrated(estimator, said, y_test, classes, method, own)


class CalibratedClassifierCV(ClassifierMixin, Checked):
    """Makes probabilities of what a classifier says of samples it was fitted without.

    Parameters
    ----------
    estimator : the classifier; None is a linear support vector machine
    method : "sigmoid", "isotonic" or "temperature"
    cv : a number of folds, a splitter, or pairs of numbers of samples; None is 5 folds
    n_jobs : how many rounds at once, as joblib counts
    ensemble : whether to keep the classifier of every round and to average; else one is fitted to all
        samples. "auto" does unless the classifier is frozen
    """

    _constraints: ClassVar[dict[str, Any]] = {
        "estimator": (Methods("fit", "predict_proba"), Methods("fit", "decision_function"), None),
        "method": Words("sigmoid", "isotonic", "temperature"),
        "cv": SPLITS,
        "n_jobs": JOBS,
        "ensemble": (BOOLEAN, Words("auto")),
    }

    def __init__(
        self,
        estimator: Any = None,
        *,
        method: str = "sigmoid",
        cv: Any = None,
        n_jobs: int | None = None,
        ensemble: Any = "auto",
    ) -> None:
        self.estimator = estimator
        self.method = method
        self.cv = cv
        self.n_jobs = n_jobs
        self.ensemble = ensemble

    def _given(self) -> Any:
        if self.estimator is not None:
            return self.estimator
        from .svm import LinearSVC

        return LinearSVC(random_state=0)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        try:
            inner = tags_of(self._given()).input_tags
            tags.input_tags.sparse = inner.sparse
            tags.input_tags.allow_nan = inner.allow_nan
        except ImportError:
            # The default is not there.
            pass
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None, **fit_params: Any):
        """Fits the classifier, and what makes probabilities of what it says.

        Parameters
        ----------
        X : what the classifier takes
        y : array-like of shape (n_samples,), the classes
        sample_weight : array-like of shape (n_samples,), how much each sample counts
        **fit_params : more arguments of the classifier's `fit`

        Raises
        ------
        ValueError
            For fewer samples of a class than folds.
        """
        from .model_selection import LeaveOneOut, check_cv, cross_val_predict

        self._check_parameters()
        self._require_target(y)
        check_classification_targets(y)
        X, y = indexable(X, y)
        y = column_or_1d(y, warn=True)
        weights = check_sample_weight(sample_weight, X)
        for name, value in fit_params.items():
            if hasattr(value, "__len__") and not isinstance(value, str):
                check_consistent_length(y, value)
        estimator = self._given()
        use_weights = takes_weights(estimator)
        if weights is not None and not use_weights:
            warnings.warn(
                f"Since {type(estimator).__name__} does not appear to accept sample_weight, sample "
                "weights will only be used for the calibration itself. Be warned that the result of "
                "the calibration is likely to be incorrect.",
                stacklevel=2,
            )
        self.classes_ = np.unique(y)
        counts = np.unique(y, return_counts=True)[1]
        folds = self.cv if isinstance(self.cv, int) else getattr(self.cv, "n_splits", None)
        folds = 5 if self.cv is None else folds
        if folds and counts.min() < folds:
            raise ValueError(
                f"Requesting {folds}-fold cross-validation but provided less than {folds} examples "
                "for at least one class."
            )
        if isinstance(self.cv, LeaveOneOut) or type(self.cv).__name__ == "LeaveOneOut":
            raise ValueError(
                "LeaveOneOut cross-validation does not allow all classes to be present in test "
                "splits. Please use a cross-validation generator that allows all classes to appear "
                "in every test and train split."
            )
        splitter = check_cv(self.cv, y, classifier=True)
        ensemble = self.ensemble
        if ensemble == "auto":
            ensemble = type(estimator).__name__ != "FrozenEstimator"
        if ensemble:
            self.calibrated_classifiers_ = run(
                _fit_round,
                (
                    (clone(estimator), X, y, train, test, self.method, self.classes_, weights,
                     use_weights, fit_params)
                    for train, test in splitter.split(X, y)
                ),
                self.n_jobs,
            )
        else:
            params = dict(fit_params)
            if weights is not None and use_weights:
                params["sample_weight"] = weights
            method = next(m for m in _ASKED if hasattr(estimator, m))
            said = cross_val_predict(
                clone(estimator), X, y, cv=splitter, method=method, n_jobs=self.n_jobs, params=params
            )
            if len(self.classes_) == 2 and said.ndim == 2:
                said = said[:, 1]
            fitted = clone(estimator).fit(X, y, **params)
            self.calibrated_classifiers_ = [
                _calibrated(
                    fitted, _table(said, fitted, self.method), y, self.classes_, self.method, weights
                )
            ]
        first = self.calibrated_classifiers_[0].estimator
        for name in ("n_features_in_", "feature_names_in_"):
            if hasattr(first, name):
                setattr(self, name, getattr(first, name))
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """The probability of each class.

        Parameters
        ----------
        X : what the classifier takes

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        check_is_fitted(self)
        tables = [part.predict_proba(X) for part in self.calibrated_classifiers_]
        return sum(tables) / len(tables)

    def predict(self, X: Any) -> np.ndarray:
        """The class with the greatest probability.

        Parameters
        ----------
        X : what the classifier takes
        """
        check_is_fitted(self)
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]


def calibration_curve(
    y_true: Any, y_prob: Any, *, pos_label: Any = None, n_bins: int = 5, strategy: str = "uniform"
) -> tuple[np.ndarray, np.ndarray]:
    """How often the one class comes, for probabilities alike.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,), two classes
    y_prob : array-like of shape (n_samples,), the probability of the one
    pos_label : which one; None is 1 for targets of 0 or -1 and 1
    n_bins : how many bins of probabilities; those without samples are left out
    strategy : "uniform" for bins of equal widths, "quantile" for equally many samples in each

    Returns
    -------
    prob_true, prob_pred : the share of the class, and the mean probability, bin by bin

    Raises
    ------
    ValueError
        For probabilities that are none, or more than two classes.
    """
    for name, value, allowed in (
        ("n_bins", n_bins, _BINS), ("strategy", strategy, Words("uniform", "quantile")),
    ):
        check_parameter("calibration_curve", name, value, allowed)
    y_true, y_prob = column_or_1d(y_true), column_or_1d(y_prob)
    check_consistent_length(y_true, y_prob)
    pos_label = _positive(y_true, pos_label)
    if y_prob.min() < 0 or y_prob.max() > 1:
        raise ValueError("y_prob has values outside [0, 1].")
    labels = np.unique(y_true)
    if len(labels) > 2:
        raise ValueError(
            f"Only binary classification is supported. Provided labels {labels}."
        )
    right = y_true == pos_label
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    if strategy == "quantile":
        edges = np.percentile(y_prob, edges * 100)
    which = np.searchsorted(edges[1:-1], y_prob)
    count = np.bincount(which, minlength=n_bins)
    there = count > 0
    shares = np.bincount(which, weights=right, minlength=n_bins)[there] / count[there]
    means = np.bincount(which, weights=y_prob, minlength=n_bins)[there] / count[there]
    return shares, means


def _positive(y_true: np.ndarray, pos_label: Any) -> Any:
    if pos_label is not None:
        return pos_label
    labels = np.unique(y_true)
    plain = y_true.dtype.kind not in "OUS" and any(
        np.array_equal(labels, known) for known in ([0, 1], [-1, 1], [0], [-1], [1])
    )
    if not plain:
        shown = ", ".join(repr(v) for v in labels.tolist())
        raise ValueError(
            f"y_true takes value in {{{shown}}} and pos_label is not specified: either make y_true "
            "take value in {0, 1} or {-1, 1} or pass pos_label explicitly."
        )
    return 1


class CalibrationDisplay:
    """A picture of `calibration_curve`.

    Parameters
    ----------
    prob_true, prob_pred : what `calibration_curve` gives
    y_prob : the probabilities
    estimator_name : what the classifier is called
    pos_label : the class whose probabilities these are
    """

    def __init__(
        self,
        prob_true: np.ndarray,
        prob_pred: np.ndarray,
        y_prob: np.ndarray,
        *,
        estimator_name: str | None = None,
        pos_label: Any = None,
    ) -> None:
        self.prob_true = prob_true
        self.prob_pred = prob_pred
        self.y_prob = y_prob
        self.estimator_name = estimator_name
        self.pos_label = pos_label

    def plot(self, *, ax: Any = None, name: str | None = None, ref_line: bool = True, **kwargs: Any):
        """Draws it.

        Parameters
        ----------
        ax : matplotlib's axes; None makes new ones
        name : what the curve is called
        ref_line : whether to draw the line of perfect calibration
        **kwargs : more arguments of matplotlib's plot
        """
        self.ax_ = axes("CalibrationDisplay.plot", ax)
        self.figure_ = self.ax_.figure
        name = self.estimator_name if name is None else name
        own = {"marker": "s", "linestyle": "-", **({} if name is None else {"label": name})}
        perfect = "Perfectly calibrated"
        if ref_line and perfect not in self.ax_.get_legend_handles_labels()[1]:
            self.ax_.plot([0, 1], [0, 1], "k:", label=perfect)
        self.line_ = self.ax_.plot(self.prob_pred, self.prob_true, **styled(own, kwargs))[0]
        self.ax_.legend(loc="lower right")
        of = "" if self.pos_label is None else f"(Positive class: {self.pos_label})"
        self.ax_.set(
            xlabel=f"Mean predicted probability {of}", ylabel=f"Fraction of positives {of}"
        )
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        n_bins: int = 5,
        strategy: str = "uniform",
        pos_label: Any = None,
        name: str | None = None,
        ax: Any = None,
        ref_line: bool = True,
        **kwargs: Any,
    ):
        """Asks a classifier for probabilities, and draws how well they are calibrated.

        Parameters
        ----------
        estimator : fitted classifier of two classes
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), the truth
        n_bins, strategy, pos_label : as `calibration_curve` takes them
        name : what the curve is called; None is the classifier's class
        ax, ref_line, **kwargs : as `plot` takes them
        """
        said, pos_label, _ = binary_response(estimator, X, "predict_proba", pos_label)
        return cls.from_predictions(
            y, said, n_bins=n_bins, strategy=strategy, pos_label=pos_label,
            name=type(estimator).__name__ if name is None else name, ax=ax, ref_line=ref_line,
            **kwargs,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: Any,
        y_prob: Any,
        *,
        n_bins: int = 5,
        strategy: str = "uniform",
        pos_label: Any = None,
        name: str | None = None,
        ax: Any = None,
        ref_line: bool = True,
        **kwargs: Any,
    ):
        """Draws how well probabilities are calibrated.

        Parameters
        ----------
        y_true : array-like of shape (n_samples,), the truth
        y_prob : array-like of shape (n_samples,), the probabilities
        n_bins, strategy, pos_label : as `calibration_curve` takes them
        name : what the curve is called
        ax, ref_line, **kwargs : as `plot` takes them
        """
        pos_label = _positive(column_or_1d(y_true), pos_label)
        shares, means = calibration_curve(
            y_true, y_prob, n_bins=n_bins, strategy=strategy, pos_label=pos_label
        )
        display = cls(
            prob_true=shares, prob_pred=means, y_prob=y_prob,
            estimator_name="Classifier" if name is None else name, pos_label=pos_label,
        )
        return display.plot(ax=ax, ref_line=ref_line, **kwargs)
