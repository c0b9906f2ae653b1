"""A picture of receiver operating characteristics, on matplotlib's axes."""

from __future__ import annotations

from typing import Any

from ..utils._plotting import (
    check_lengths,
    curve_options,
    despine as without_borders,
    listed,
    styled,
)
from ._curve_display import CurveDisplay, SQUARE
from ._ranking import auc, roc_curve


class RocCurveDisplay(CurveDisplay):
    """A picture of receiver operating characteristics.

    Parameters
    ----------
    fpr, tpr : ndarrays, or lists of them for several curves: shares of negatives and positives taken
    roc_auc : the areas, for the legend
    name : the names, for the legend
    pos_label : the positive class, for the axes
    """

    def __init__(
        self, *, fpr: Any, tpr: Any, roc_auc: Any = None, name: Any = None, pos_label: Any = None
    ) -> None:
        self.fpr = fpr
        self.tpr = tpr
        self.roc_auc = roc_auc
        self.name = name
        self.pos_label = pos_label

    def plot(
        self,
        ax: Any = None,
        *,
        name: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
    ):
        """Draws it.

        Parameters
        ----------
        ax : the axes to draw on; None makes a figure
        name : the names, for the legend
        curve_kwargs : more arguments of `plot` of the curves: for all, or a list
        plot_chance_level : whether to draw what guessing gives
        chance_level_kw : more arguments of `plot` of that line
        despine : whether to leave the upper and right borders out
        """
        names = listed(self._canvas(ax, name))
        fpr, tpr, areas = listed(self.fpr), listed(self.tpr), listed(self.roc_auc)
        optional = {"self.roc_auc": areas}
        if names is not None and len(names) != 1:
            optional["'name' (or self.name)"] = names
        check_lengths("RocCurveDisplay", {"self.fpr": fpr, "self.tpr": tpr}, optional)
        options = curve_options(len(fpr), names, "AUC", areas, curve_kwargs, {})
        chance = styled(
            {"label": "Chance level (AUC = 0.5)", "color": "k", "linestyle": "--"}, chance_level_kw
        )
        lines = [
            self.ax_.plot(x, y, **own)[0] for x, y, own in zip(fpr, tpr, options, strict=True)
        ]
        self.line_ = lines[0] if len(lines) == 1 else lines
        self._titles("False Positive Rate", "True Positive Rate", **SQUARE)
        self.chance_level_ = None
        if plot_chance_level:
            (self.chance_level_,) = self.ax_.plot((0, 1), (0, 1), **chance)
        if despine:
            without_borders(self.ax_)
        told = plot_chance_level and chance.get("label") is not None
        if told or options[0].get("label") is not None:
            self.ax_.legend(loc="lower right")
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
        curve_kwargs: dict[str, Any] | None = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
    ):
        """Draws the curve of a fitted classifier.

        Parameters
        ----------
        estimator : fitted classifier of two classes
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight, drop_intermediate : as in `roc_curve`
        response_method : "predict_proba", "decision_function", or "auto" for the first that there is
        pos_label : the positive class; None is the second
        name : the name, for the legend; None is the class of the estimator
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine : as in `plot`
        """
        scores, pos_label, name = cls._asked(estimator, X, response_method, pos_label, name)
        return cls.from_predictions(
            y, scores, sample_weight=sample_weight, drop_intermediate=drop_intermediate,
            pos_label=pos_label, name=name, ax=ax, curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level, chance_level_kw=chance_level_kw, despine=despine,
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
        curve_kwargs: dict[str, Any] | None = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
    ):
        """Draws the curve of scores.

        Parameters
        ----------
        y_true : array-like of shape (n_samples,) of two classes
        y_score : array-like of shape (n_samples,)
        sample_weight, drop_intermediate, pos_label : as in `roc_curve`
        name : the name, for the legend; None is "Classifier"
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine : as in `plot`
        """
        positive = cls._checked(y_true, y_score, sample_weight, pos_label)
        fpr, tpr, _ = roc_curve(
            y_true, y_score, pos_label=pos_label, sample_weight=sample_weight,
            drop_intermediate=drop_intermediate,
        )
        name = "Classifier" if name is None else name
        made = cls(fpr=fpr, tpr=tpr, roc_auc=auc(fpr, tpr), name=name, pos_label=positive)
        return made.plot(
            ax=ax, curve_kwargs=curve_kwargs, plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kw, despine=despine,
        )

    @classmethod
    def from_cv_results(
        cls,
        cv_results: Any,
        X: Any,
        y: Any,
        *,
        sample_weight: Any = None,
        drop_intermediate: bool = True,
        response_method: Any = "auto",
        pos_label: Any = None,
        ax: Any = None,
        name: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kwargs: dict[str, Any] | None = None,
        despine: bool = False,
    ):
        """Draws the curve of each fold.

        Parameters
        ----------
        cv_results : what `cross_validate` gives with `return_estimator=True, return_indices=True`
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight, drop_intermediate : as in `roc_curve`
        response_method : "predict_proba", "decision_function", or "auto" for the first that there is
        pos_label : the positive class; None is the second
        ax, name, curve_kwargs, plot_chance_level, despine : as in `plot`
        chance_level_kwargs : more arguments of `plot` of the line of chance
        """
        folds = cls._folds(cv_results, X, y, sample_weight, response_method, pos_label)
        curves = [
            roc_curve(
                true, scores, pos_label=positive, sample_weight=weights,
                drop_intermediate=drop_intermediate,
            )
            for true, scores, positive, weights in folds
        ]
        made = cls(
            fpr=[c[0] for c in curves], tpr=[c[1] for c in curves],
            roc_auc=[auc(c[0], c[1]) for c in curves], name=name, pos_label=folds[-1][2],
        )
        return made.plot(
            ax=ax, curve_kwargs=curve_kwargs, plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kwargs, despine=despine,
        )
