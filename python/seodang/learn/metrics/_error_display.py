"""A picture of what predictions of values miss, on matplotlib's axes."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any

import numpy as np

from .._indexing import rows
from ..utils._plotting import axes, pyplot, styled
from ..utils.validation import check_random_state


_KINDS = ("actual_vs_predicted", "residual_vs_predicted")


class PredictionErrorDisplay:
    """A picture of true values, or of what predictions miss, over predicted values.

    Parameters
    ----------
    y_true, y_pred : ndarrays of shape (n_samples,)
    """

    def __init__(self, *, y_true: Any, y_pred: Any) -> None:
        self.y_true = y_true
        self.y_pred = y_pred

    def plot(
        self,
        ax: Any = None,
        *,
        kind: str = "residual_vs_predicted",
        scatter_kwargs: dict[str, Any] | None = None,
        line_kwargs: dict[str, Any] | None = None,
    ):
        """Draws it.

        Parameters
        ----------
        ax : the axes to draw on; None makes a figure
        kind : "actual_vs_predicted" or "residual_vs_predicted"
        scatter_kwargs, line_kwargs : more arguments of matplotlib's `scatter` and `plot`

        Raises
        ------
        ValueError
            For another kind.
        """
        pyplot("PredictionErrorDisplay.plot")
        if kind not in _KINDS:
            raise ValueError(f"`kind` must be one of {', '.join(_KINDS)}. Got {kind!r} instead.")
        dots = styled({"color": "tab:blue", "alpha": 0.8}, scatter_kwargs)
        line = styled({"color": "black", "alpha": 0.7, "linestyle": "--"}, line_kwargs)
        ax = axes("PredictionErrorDisplay.plot", ax)
        if kind == "actual_vs_predicted":
            low = min(np.min(self.y_true), np.min(self.y_pred))
            high = max(np.max(self.y_true), np.max(self.y_pred))
            (self.line_,) = ax.plot([low, high], [low, high], **line)
            self.scatter_ = ax.scatter(self.y_pred, self.y_true, **dots)
            ax.set_aspect("equal", adjustable="datalim")
            ax.set_xticks(np.linspace(low, high, num=5))
            ax.set_yticks(np.linspace(low, high, num=5))
            ax.set(xlabel="Predicted values", ylabel="Actual values")
        else:
            ends = [np.min(self.y_pred), np.max(self.y_pred)]
            (self.line_,) = ax.plot(ends, [0, 0], **line)
            self.scatter_ = ax.scatter(self.y_pred, self.y_true - self.y_pred, **dots)
            ax.set(xlabel="Predicted values", ylabel="Residuals (actual - predicted)")
        self.ax_, self.figure_ = ax, ax.figure
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        kind: str = "residual_vs_predicted",
        subsample: float | int | None = 1000,
        random_state: Any = None,
        ax: Any = None,
        scatter_kwargs: dict[str, Any] | None = None,
        line_kwargs: dict[str, Any] | None = None,
    ):
        """Draws what a fitted regressor predicts.

        Parameters
        ----------
        estimator : fitted regressor
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        kind, ax, scatter_kwargs, line_kwargs : as in `plot`
        subsample : how many samples are drawn, or which share of them; None is all
        random_state : seed or generator of that choice
        """
        pyplot(f"{cls.__name__}.from_estimator")
        return cls.from_predictions(
            y, estimator.predict(X), kind=kind, subsample=subsample, random_state=random_state,
            ax=ax, scatter_kwargs=scatter_kwargs, line_kwargs=line_kwargs,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: Any,
        y_pred: Any,
        *,
        kind: str = "residual_vs_predicted",
        subsample: float | int | None = 1000,
        random_state: Any = None,
        ax: Any = None,
        scatter_kwargs: dict[str, Any] | None = None,
        line_kwargs: dict[str, Any] | None = None,
    ):
        """Draws predictions.

        Parameters
        ----------
        y_true, y_pred : array-likes of shape (n_samples,)
        kind, ax, scatter_kwargs, line_kwargs : as in `plot`
        subsample : how many samples are drawn, or which share of them; None is all
        random_state : seed or generator of that choice

        Raises
        ------
        ValueError
            For no number or share of samples.
        """
        pyplot(f"{cls.__name__}.from_predictions")
        random = check_random_state(random_state)
        n = len(y_true)
        if isinstance(subsample, Integral):
            if subsample <= 0:
                raise ValueError(f"When an integer, subsample={subsample} should be positive.")
        elif isinstance(subsample, Real):
            if not 0 < subsample < 1:
                raise ValueError(
                    f"When a floating-point, subsample={subsample} should be in the (0, 1) range."
                )
            subsample = int(n * subsample)
        if subsample is not None and subsample < n:
            chosen = random.choice(np.arange(n), size=subsample)
            y_true, y_pred = rows(y_true, chosen), rows(y_pred, chosen)
        made = cls(y_true=y_true, y_pred=y_pred)
        return made.plot(ax=ax, kind=kind, scatter_kwargs=scatter_kwargs, line_kwargs=line_kwargs)
