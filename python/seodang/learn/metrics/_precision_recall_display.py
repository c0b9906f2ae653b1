"""A picture of precision over recall, on matplotlib's axes."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ..utils._plotting import (
    check_lengths,
    curve_options,
    despine as without_borders,
    listed,
    renamed_options,
    renamed_scores,
    styled,
)
from ..utils.validation import check_array
from ._curve_display import CurveDisplay, SQUARE
from ._ranking import average_precision_score, precision_recall_curve


class PrecisionRecallDisplay(CurveDisplay):
    """A picture of precision and recall.

    Parameters
    ----------
    precision, recall : ndarrays, or lists of them for several curves
    average_precision : the average precisions, for the legend
    name : the names, for the legend
    pos_label : the positive class, for the axes
    prevalence_pos_label : the share of the positive class, which is what guessing gives
    estimator_name : the old name of `name`
    """

    def __init__(
        self,
        precision: Any,
        recall: Any,
        *,
        average_precision: Any = None,
        name: Any = None,
        pos_label: Any = None,
        prevalence_pos_label: Any = None,
        estimator_name: Any = "deprecated",
    ) -> None:
        if not (isinstance(estimator_name, str) and estimator_name == "deprecated"):
            if name:
                raise ValueError(
                    "Cannot provide both `estimator_name` and `name`. `estimator_name` is "
                    "deprecated in 1.8 and will be removed in 1.10. Use `name` only."
                )
            warnings.warn(
                "`estimator_name` is deprecated in 1.8 and will be removed in 1.10. Use `name` "
                "instead.",
                FutureWarning,
                stacklevel=2,
            )
            name = estimator_name
        self.precision = precision
        self.recall = recall
        self.average_precision = average_precision
        self.name = name
        self.pos_label = pos_label
        self.prevalence_pos_label = prevalence_pos_label

    def plot(
        self,
        ax: Any = None,
        *,
        name: Any = None,
        curve_kwargs: Any = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
        **kwargs: Any,
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
        **kwargs : the old way to give `curve_kwargs`

        Raises
        ------
        ValueError
            If what guessing gives is to be drawn and is not known.
        """
        curve_kwargs = renamed_options(curve_kwargs, kwargs, "1.11")
        names = listed(self._canvas(ax, name))
        precision, recall = listed(self.precision), listed(self.recall)
        areas, shares = listed(self.average_precision), listed(self.prevalence_pos_label)
        optional = {"self.average_precision": areas, "self.prevalence_pos_label": shares}
        if names is not None and len(names) != 1:
            optional["'name' (or self.name)"] = names
        check_lengths(
            "PrecisionRecallDisplay", {"self.precision": precision, "self.recall": recall}, optional
        )
        steps = {"drawstyle": "steps-post"}
        options = curve_options(len(recall), names, "AP", areas, curve_kwargs, steps)
        lines = [
            self.ax_.plot(x, y, **own)[0]
            for x, y, own in zip(recall, precision, options, strict=True)
        ]
        self.line_ = lines[0] if len(lines) == 1 else lines
        self._titles("Recall", "Precision", **SQUARE)
        self.chance_level_ = self._chance(shares, chance_level_kw) if plot_chance_level else None
        if despine:
            without_borders(self.ax_)
        told = plot_chance_level and (chance_level_kw or {}).get("label") is not None
        if told or options[0].get("label") is not None:
            self.ax_.legend(loc="lower left")
        return self

    def _chance(self, shares: Any, given: dict[str, Any] | None) -> Any:
        if shares is None:
            raise ValueError(
                "You must provide prevalence_pos_label when constructing the PrecisionRecallDisplay "
                "object in order to plot the chance level line. Alternatively, you may use "
                "PrecisionRecallDisplay.from_estimator or PrecisionRecallDisplay.from_predictions "
                "to automatically set prevalence_pos_label"
            )
        several = len(shares) > 1
        usual = {"color": "k", "linestyle": "--", **({"alpha": 0.3} if several else {})}
        options = styled(usual, given)
        lines = [self.ax_.plot((0, 1), (share, share), **options)[0] for share in shares]
        if "label" not in options:
            spread = f" +/- {np.std(shares):0.2f}" if several else ""
            lines[0].set_label(f"Chance level (AP = {np.mean(shares):0.2f}{spread})")
        return lines if several else lines[0]

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        sample_weight: Any = None,
        drop_intermediate: bool = False,
        response_method: Any = "auto",
        pos_label: Any = None,
        name: str | None = None,
        ax: Any = None,
        curve_kwargs: dict[str, Any] | None = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
        **kwargs: Any,
    ):
        """Draws the curve of a fitted classifier.

        Parameters
        ----------
        estimator : fitted classifier of two classes
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        sample_weight, drop_intermediate : as in `precision_recall_curve`
        response_method : "predict_proba", "decision_function", or "auto" for the first that there is
        pos_label : the positive class; None is the second
        name : the name, for the legend; None is the class of the estimator
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine, **kwargs : as in `plot`
        """
        scores, pos_label, name = cls._asked(estimator, X, response_method, pos_label, name)
        return cls.from_predictions(
            y, scores, sample_weight=sample_weight, drop_intermediate=drop_intermediate,
            pos_label=pos_label, name=name, ax=ax, curve_kwargs=curve_kwargs,
            plot_chance_level=plot_chance_level, chance_level_kw=chance_level_kw, despine=despine,
            **kwargs,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: Any,
        y_score: Any = None,
        *,
        sample_weight: Any = None,
        drop_intermediate: bool = False,
        pos_label: Any = None,
        name: str | None = None,
        ax: Any = None,
        curve_kwargs: dict[str, Any] | None = None,
        plot_chance_level: bool = False,
        chance_level_kw: dict[str, Any] | None = None,
        despine: bool = False,
        y_pred: Any = "deprecated",
        **kwargs: Any,
    ):
        """Draws the curve of scores.

        Parameters
        ----------
        y_true : array-like of shape (n_samples,) of two classes
        y_score : array-like of shape (n_samples,)
        sample_weight, drop_intermediate, pos_label : as in `precision_recall_curve`
        name : the name, for the legend; None is "Classifier"
        ax, curve_kwargs, plot_chance_level, chance_level_kw, despine, **kwargs : as in `plot`
        y_pred : the old name of `y_score`
        """
        true = check_array(y_true, ensure_2d=False, dtype=None)
        y_score = renamed_scores(y_score, y_pred)
        positive = cls._checked(true, y_score, sample_weight, pos_label)
        precision, recall, _ = precision_recall_curve(
            true, y_score, pos_label=positive, sample_weight=sample_weight,
            drop_intermediate=drop_intermediate,
        )
        area = average_precision_score(
            true, y_score, pos_label=positive, sample_weight=sample_weight
        )
        made = cls(
            precision, recall, average_precision=area,
            name="Classifier" if name is None else name, pos_label=positive,
            prevalence_pos_label=(true == positive).sum() / len(true),
        )
        return made.plot(
            ax=ax, curve_kwargs=curve_kwargs, plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kw, despine=despine, **kwargs,
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
        name: Any = None,
        ax: Any = None,
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
        sample_weight, drop_intermediate : as in `precision_recall_curve`
        response_method : "predict_proba", "decision_function", or "auto" for the first that there is
        pos_label : the positive class; None is the second
        name, ax, curve_kwargs, plot_chance_level, despine : as in `plot`
        chance_level_kwargs : more arguments of `plot` of the line of chance
        """
        folds = cls._folds(cv_results, X, y, sample_weight, response_method, pos_label)
        curves, areas, shares = [], [], []
        for true, scores, positive, weights in folds:
            options = {"pos_label": positive, "sample_weight": weights}
            curves.append(
                precision_recall_curve(
                    true, scores, drop_intermediate=drop_intermediate, **options
                )
            )
            areas.append(average_precision_score(true, scores, **options))
            shares.append(np.mean(np.asarray(true) == positive))
        made = cls(
            [c[0] for c in curves], [c[1] for c in curves], average_precision=areas, name=name,
            pos_label=folds[-1][2], prevalence_pos_label=shares,
        )
        return made.plot(
            ax=ax, curve_kwargs=curve_kwargs, plot_chance_level=plot_chance_level,
            chance_level_kw=chance_level_kwargs, despine=despine,
        )
