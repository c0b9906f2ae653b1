"""A picture of the detection error tradeoff, on matplotlib's axes."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np

from ..utils._plotting import renamed_scores
from ._curve_display import CurveDisplay
from ._ranking import det_curve


def _quantiles(shares: Any) -> np.ndarray:
    """Where the normal distribution has these shares below."""
    return np.asarray([NormalDist().inv_cdf(float(share)) for share in shares])


_TICKS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)


class DetCurveDisplay(CurveDisplay):
    """A picture of the detection error tradeoff, on axes of the normal distribution.

    Parameters
    ----------
    fpr, fnr : ndarrays: shares of negatives taken and of positives missed
    estimator_name : the name, for the legend
    pos_label : the positive class, for the axes
    """

    def __init__(
        self, *, fpr: Any, fnr: Any, estimator_name: str | None = None, pos_label: Any = None
    ) -> None:
        self.fpr = fpr
        self.fnr = fnr
        self.estimator_name = estimator_name
        self.pos_label = pos_label

    def plot(self, ax: Any = None, *, name: str | None = None, **kwargs: Any):
        """Draws it.

        Parameters
        ----------
        ax : the axes to draw on; None makes a figure
        name : the name, for the legend
        **kwargs : more arguments of matplotlib's `plot`
        """
        name = self._canvas(ax, name)
        options = {**({} if name is None else {"label": name}), **kwargs}
        # The ends of the axes are infinitely far.
        tiny = np.finfo(self.fpr.dtype).eps
        self.fpr, self.fnr = self.fpr.clip(tiny, 1 - tiny), self.fnr.clip(tiny, 1 - tiny)
        (self.line_,) = self.ax_.plot(_quantiles(self.fpr), _quantiles(self.fnr), **options)
        self._titles("False Positive Rate", "False Negative Rate")
        if "label" in options:
            self.ax_.legend(loc="lower right")
        places = _quantiles(_TICKS)
        names = [f"{t:.0%}" if (100 * t).is_integer() else f"{t:.1%}" for t in _TICKS]
        for axis in ("x", "y"):
            self.ax_.set(**{
                f"{axis}ticks": places, f"{axis}ticklabels": names, f"{axis}lim": (-3, 3)
            })
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        sample_weight: Any = None,
        drop_intermediate: bool = True,
        response_method: Any = "auto",
        pos_label: Any = None,
        name: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ):
        """Draws the curve of a fitted classifier.

        Parameters
        ----------
        estimator : fitted classifier of two classes
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight, drop_intermediate : as in `det_curve`
        response_method : "predict_proba", "decision_function", or "auto" for the first that there is
        pos_label : the positive class; None is the second
        name : the name, for the legend; None is the class of the estimator
        ax, **kwargs : as in `plot`
        """
        scores, pos_label, name = cls._asked(estimator, X, response_method, pos_label, name)
        return cls.from_predictions(
            y, scores, sample_weight=sample_weight, drop_intermediate=drop_intermediate,
            pos_label=pos_label, name=name, ax=ax, **kwargs,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: Any,
        y_score: Any = None,
        *,
        sample_weight: Any = None,
        drop_intermediate: bool = True,
        pos_label: Any = None,
        name: str | None = None,
        ax: Any = None,
        y_pred: Any = "deprecated",
        **kwargs: Any,
    ):
        """Draws the curve of scores.

        Parameters
        ----------
        y_true : array-like of shape (n_samples,) of two classes
        y_score : array-like of shape (n_samples,)
        sample_weight, drop_intermediate, pos_label : as in `det_curve`
        name : the name, for the legend; None is "Classifier"
        ax, **kwargs : as in `plot`
        y_pred : the old name of `y_score`
        """
        y_score = renamed_scores(y_score, y_pred)
        positive = cls._checked(y_true, y_score, sample_weight, pos_label)
        fpr, fnr, _ = det_curve(
            y_true, y_score, pos_label=pos_label, sample_weight=sample_weight,
            drop_intermediate=drop_intermediate,
        )
        name = "Classifier" if name is None else name
        made = cls(fpr=fpr, fnr=fnr, estimator_name=name, pos_label=positive)
        return made.plot(ax=ax, **kwargs)
