"""Pictures of learning curves and validation curves."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..utils._plotting import axes, pyplot
from ._validation import learning_curve, validation_curve


def _name_of_score(given: str | None, scoring: Any, negate: bool) -> str:
    """What the axis of scores is called."""
    if given is not None:
        return given
    if scoring is None:
        return "Negative score" if negate else "Score"
    name = scoring.__name__ if callable(scoring) else scoring
    bare = name.removeprefix("neg_")
    # What is negative twice is not.
    if negate == (bare == name):
        bare = f"Negative {bare}"
    return bare.replace("_", " ").capitalize()


class _Curves:
    train_scores: np.ndarray
    test_scores: np.ndarray

    def _draw(
        self, x: Any, ax: Any, negate_score: bool, score_name: str | None, score_type: str,
        std_display_style: str | None, line_kw: dict | None, fill_between_kw: dict | None,
        errorbar_kw: dict | None,
    ) -> None:
        ax = axes(f"{type(self).__name__}.plot", ax)
        if std_display_style not in ("errorbar", "fill_between", None):
            raise ValueError(
                f"Unknown std_display_style: {std_display_style}. Should be one of 'errorbar', "
                "'fill_between', or None."
            )
        if score_type not in ("test", "train", "both"):
            raise ValueError(
                f"Unknown score_type: {score_type}. Should be one of 'test', 'train', or 'both'."
            )
        sign = -1 if negate_score else 1
        curves = {
            label: sign * scores
            for key, label, scores in (
                ("train", "Train", self.train_scores), ("test", "Test", self.test_scores)
            )
            if score_type in (key, "both")
        }
        self.lines_ = self.errorbar_ = self.fill_between_ = None
        if std_display_style == "errorbar":
            self.errorbar_ = [
                ax.errorbar(x, s.mean(axis=1), s.std(axis=1), label=label, **(errorbar_kw or {}))
                for label, s in curves.items()
            ]
        else:
            self.lines_ = [
                ax.plot(x, s.mean(axis=1), label=label, **(line_kw or {}))[0]
                for label, s in curves.items()
            ]
        if std_display_style == "fill_between":
            style = {"alpha": 0.5, **(fill_between_kw or {})}
            self.fill_between_ = [
                ax.fill_between(
                    x, s.mean(axis=1) - s.std(axis=1), s.mean(axis=1) + s.std(axis=1), **style
                )
                for s in curves.values()
            ]
        ax.legend()
        # Points that lie much closer at one end are read better on logarithmic steps.
        steps = np.diff(np.sort(np.asarray(x, dtype=float)))
        if len(steps) and steps.min() > 0 and steps.max() / steps.min() > 5:
            ax.set_xscale("symlog" if np.min(x) <= 0 else "log")
        else:
            ax.set_xscale("linear")
        ax.set_ylabel(f"{self.score_name if score_name is None else score_name}")
        self.ax_, self.figure_ = ax, ax.figure


class LearningCurveDisplay(_Curves):
    """A picture of `learning_curve`.

    Parameters
    ----------
    train_sizes : ndarray of shape (n_sizes,)
    train_scores, test_scores : ndarrays of shape (n_sizes, n_rounds)
    score_name : what the scores are called
    """

    def __init__(
        self,
        *,
        train_sizes: np.ndarray,
        train_scores: np.ndarray,
        test_scores: np.ndarray,
        score_name: str | None = None,
    ) -> None:
        self.train_sizes = train_sizes
        self.train_scores = train_scores
        self.test_scores = test_scores
        self.score_name = score_name

    def plot(
        self,
        ax: Any = None,
        *,
        negate_score: bool = False,
        score_name: str | None = None,
        score_type: str = "both",
        std_display_style: str | None = "fill_between",
        line_kw: dict | None = None,
        fill_between_kw: dict | None = None,
        errorbar_kw: dict | None = None,
    ):
        """Draws it.

        Parameters
        ----------
        ax : matplotlib's axes; None makes new ones
        negate_score : whether to turn the sign of the scores
        score_name : what the scores are called
        score_type : "train", "test" or "both"
        std_display_style : "fill_between", "errorbar" or None
        line_kw, fill_between_kw, errorbar_kw : more arguments of matplotlib's methods

        Raises
        ------
        ValueError
            For other words.
        """
        self._draw(
            self.train_sizes, ax, negate_score, score_name, score_type, std_display_style, line_kw,
            fill_between_kw, errorbar_kw,
        )
        self.ax_.set_xlabel("Number of samples in the training set")
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        groups: Any = None,
        train_sizes: Any = np.linspace(0.1, 1.0, 5),
        cv: Any = None,
        scoring: Any = None,
        exploit_incremental_learning: bool = False,
        n_jobs: int | None = None,
        pre_dispatch: Any = "all",
        verbose: int = 0,
        shuffle: bool = False,
        random_state: Any = None,
        error_score: Any = np.nan,
        fit_params: dict[str, Any] | None = None,
        ax: Any = None,
        negate_score: bool = False,
        score_name: str | None = None,
        score_type: str = "both",
        std_display_style: str | None = "fill_between",
        line_kw: dict | None = None,
        fill_between_kw: dict | None = None,
        errorbar_kw: dict | None = None,
    ):
        """Computes a learning curve, and draws it.

        Parameters
        ----------
        estimator, X, y, groups, train_sizes, cv, scoring, exploit_incremental_learning, n_jobs,
            pre_dispatch, verbose, shuffle, random_state, error_score : as `learning_curve` takes them
        fit_params : more arguments of `fit`
        ax, negate_score, score_name, score_type, std_display_style, line_kw, fill_between_kw,
            errorbar_kw : as `plot` takes them
        """
        pyplot(f"{cls.__name__}.from_estimator")
        sizes, train, test = learning_curve(
            estimator, X, y, groups=groups, train_sizes=train_sizes, cv=cv, scoring=scoring,
            exploit_incremental_learning=exploit_incremental_learning, n_jobs=n_jobs,
            pre_dispatch=pre_dispatch, verbose=verbose, shuffle=shuffle, random_state=random_state,
            error_score=error_score, params=fit_params,
        )
        name = _name_of_score(score_name, scoring, negate_score)
        display = cls(train_sizes=sizes, train_scores=train, test_scores=test, score_name=name)
        return display.plot(
            ax, negate_score=negate_score, score_type=score_type,
            std_display_style=std_display_style, line_kw=line_kw, fill_between_kw=fill_between_kw,
            errorbar_kw=errorbar_kw,
        )


class ValidationCurveDisplay(_Curves):
    """A picture of `validation_curve`.

    Parameters
    ----------
    param_name : the parameter
    param_range : its values
    train_scores, test_scores : ndarrays of shape (n_values, n_rounds)
    score_name : what the scores are called
    """

    def __init__(
        self,
        *,
        param_name: str,
        param_range: Any,
        train_scores: np.ndarray,
        test_scores: np.ndarray,
        score_name: str | None = None,
    ) -> None:
        self.param_name = param_name
        self.param_range = param_range
        self.train_scores = train_scores
        self.test_scores = test_scores
        self.score_name = score_name

    def plot(
        self,
        ax: Any = None,
        *,
        negate_score: bool = False,
        score_name: str | None = None,
        score_type: str = "both",
        std_display_style: str | None = "fill_between",
        line_kw: dict | None = None,
        fill_between_kw: dict | None = None,
        errorbar_kw: dict | None = None,
    ):
        """Draws it.

        Parameters
        ----------
        ax : matplotlib's axes; None makes new ones
        negate_score : whether to turn the sign of the scores
        score_name : what the scores are called
        score_type : "train", "test" or "both"
        std_display_style : "fill_between", "errorbar" or None
        line_kw, fill_between_kw, errorbar_kw : more arguments of matplotlib's methods

        Raises
        ------
        ValueError
            For other words.
        """
        self._draw(
            self.param_range, ax, negate_score, score_name, score_type, std_display_style, line_kw,
            fill_between_kw, errorbar_kw,
        )
        self.ax_.set_xlabel(f"{self.param_name}")
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        param_name: str,
        param_range: Any,
        groups: Any = None,
        cv: Any = None,
        scoring: Any = None,
        n_jobs: int | None = None,
        pre_dispatch: Any = "all",
        verbose: int = 0,
        error_score: Any = np.nan,
        fit_params: dict[str, Any] | None = None,
        ax: Any = None,
        negate_score: bool = False,
        score_name: str | None = None,
        score_type: str = "both",
        std_display_style: str | None = "fill_between",
        line_kw: dict | None = None,
        fill_between_kw: dict | None = None,
        errorbar_kw: dict | None = None,
    ):
        """Computes a validation curve, and draws it.

        Parameters
        ----------
        estimator, X, y, param_name, param_range, groups, cv, scoring, n_jobs, pre_dispatch, verbose,
            error_score : as `validation_curve` takes them
        fit_params : more arguments of `fit`
        ax, negate_score, score_name, score_type, std_display_style, line_kw, fill_between_kw,
            errorbar_kw : as `plot` takes them
        """
        pyplot(f"{cls.__name__}.from_estimator")
        train, test = validation_curve(
            estimator, X, y, param_name=param_name, param_range=param_range, groups=groups, cv=cv,
            scoring=scoring, n_jobs=n_jobs, pre_dispatch=pre_dispatch, verbose=verbose,
            error_score=error_score, params=fit_params,
        )
        name = _name_of_score(score_name, scoring, negate_score)
        display = cls(
            param_name=param_name, param_range=np.asarray(param_range), train_scores=train,
            test_scores=test, score_name=name,
        )
        return display.plot(
            ax, negate_score=negate_score, score_type=score_type,
            std_display_style=std_display_style, line_kw=line_kw, fill_between_kw=fill_between_kw,
            errorbar_kw=errorbar_kw,
        )
