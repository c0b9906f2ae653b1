"""Pictures of what metrics say, on matplotlib's axes."""

from __future__ import annotations

import warnings
from numbers import Integral, Real
from statistics import NormalDist
from typing import Any

import numpy as np

from .._indexing import rows
from ..base import is_classifier
from ..utils._plotting import (
    axes,
    check_lengths,
    curve_options,
    despine as without_borders,
    listed,
    pyplot,
    renamed_options,
    renamed_scores,
    styled,
)
from ..utils._response import binary_response
from ..utils.multiclass import type_of_target, unique_labels
from ..utils.validation import (
    _num_samples,
    check_array,
    check_consistent_length,
    check_random_state,
)
from ._confusion import confusion_matrix
from ._ranking import auc, average_precision_score, det_curve, precision_recall_curve, roc_curve
from ._targets import positive_label


class ConfusionMatrixDisplay:
    """A picture of a confusion matrix.

    Parameters
    ----------
    confusion_matrix : ndarray of shape (n_classes, n_classes)
    display_labels : what the classes are called; None is their numbers
    """

    def __init__(self, confusion_matrix: np.ndarray, *, display_labels: Any = None) -> None:
        self.confusion_matrix = confusion_matrix
        self.display_labels = display_labels

    def plot(
        self,
        *,
        include_values: bool = True,
        cmap: Any = "viridis",
        xticks_rotation: Any = "horizontal",
        values_format: str | None = None,
        ax: Any = None,
        colorbar: bool = True,
        im_kw: dict[str, Any] | None = None,
        text_kw: dict[str, Any] | None = None,
    ):
        """Draws it.

        Parameters
        ----------
        include_values : whether to write the numbers
        cmap : matplotlib's colours
        xticks_rotation : how the names below are turned
        values_format : how numbers are written
        ax : the axes to draw on; None makes a figure
        colorbar : whether to draw what the colours mean
        im_kw, text_kw : more arguments of `imshow` and `text`
        """
        plt = pyplot("ConfusionMatrixDisplay.plot")
        ax = axes("ConfusionMatrixDisplay.plot", ax)
        table = self.confusion_matrix
        n = table.shape[0]
        self.im_ = ax.imshow(table, **styled({"interpolation": "nearest", "cmap": cmap}, im_kw))
        self.text_ = None
        if include_values:
            self.text_ = np.empty_like(table, dtype=object)
            low, high = self.im_.cmap(0), self.im_.cmap(1.0)
            middle = (table.max() + table.min()) / 2.0
            for (i, j), value in np.ndenumerate(table):
                usual = {"ha": "center", "va": "center", "color": high if value < middle else low}
                self.text_[i, j] = ax.text(
                    j, i, _written(value, values_format), **styled(usual, text_kw)
                )
        if colorbar:
            ax.figure.colorbar(self.im_, ax=ax)
        places = np.arange(n)
        names = places if self.display_labels is None else self.display_labels
        ax.set(
            xticks=places, yticks=places, xticklabels=names, yticklabels=names,
            ylabel="True label", xlabel="Predicted label",
        )
        ax.set_ylim((n - 0.5, -0.5))
        plt.setp(ax.get_xticklabels(), rotation=xticks_rotation)
        self.figure_, self.ax_ = ax.figure, ax
        return self

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        labels: Any = None,
        sample_weight: Any = None,
        normalize: str | None = None,
        display_labels: Any = None,
        include_values: bool = True,
        xticks_rotation: Any = "horizontal",
        values_format: str | None = None,
        cmap: Any = "viridis",
        ax: Any = None,
        colorbar: bool = True,
        im_kw: dict[str, Any] | None = None,
        text_kw: dict[str, Any] | None = None,
    ):
        """Draws what a fitted classifier takes for what.

        Parameters
        ----------
        estimator : fitted classifier
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,)
        labels, sample_weight, normalize : as in `confusion_matrix`
        display_labels : what the classes are called
        include_values, xticks_rotation, values_format, cmap, ax, colorbar, im_kw, text_kw : as in `plot`

        Raises
        ------
        ValueError
            If it is no classifier.
        """
        method = f"{cls.__name__}.from_estimator"
        pyplot(method)
        if not is_classifier(estimator):
            raise ValueError(f"{method} only supports classifiers")
        return cls.from_predictions(
            y, estimator.predict(X), labels=labels, sample_weight=sample_weight,
            normalize=normalize, display_labels=display_labels, include_values=include_values,
            xticks_rotation=xticks_rotation, values_format=values_format, cmap=cmap, ax=ax,
            colorbar=colorbar, im_kw=im_kw, text_kw=text_kw,
        )

    @classmethod
    def from_predictions(
        cls,
        y_true: Any,
        y_pred: Any,
        *,
        labels: Any = None,
        sample_weight: Any = None,
        normalize: str | None = None,
        display_labels: Any = None,
        include_values: bool = True,
        xticks_rotation: Any = "horizontal",
        values_format: str | None = None,
        cmap: Any = "viridis",
        ax: Any = None,
        colorbar: bool = True,
        im_kw: dict[str, Any] | None = None,
        text_kw: dict[str, Any] | None = None,
    ):
        """Draws what is taken for what.

        Parameters
        ----------
        y_true, y_pred : array-likes of shape (n_samples,)
        labels, sample_weight, normalize : as in `confusion_matrix`
        display_labels : what the classes are called
        include_values, xticks_rotation, values_format, cmap, ax, colorbar, im_kw, text_kw : as in `plot`
        """
        pyplot(f"{cls.__name__}.from_predictions")
        if display_labels is None:
            display_labels = unique_labels(y_true, y_pred) if labels is None else labels
        table = confusion_matrix(
            y_true, y_pred, sample_weight=sample_weight, labels=labels, normalize=normalize
        )
        return cls(table, display_labels=display_labels).plot(
            include_values=include_values, cmap=cmap, ax=ax, xticks_rotation=xticks_rotation,
            values_format=values_format, colorbar=colorbar, im_kw=im_kw, text_kw=text_kw,
        )


def _written(value: Any, form: str | None) -> str:
    if form is not None:
        return format(value, form)
    short = format(value, ".2g")
    if value.dtype.kind == "f":
        return short
    whole = format(value, "d")
    return whole if len(whole) < len(short) else short


class _CurveDisplay:
    """What curves of classifiers of two classes share."""

    def _canvas(self, ax: Any, name: Any) -> Any:
        """The axes, which are kept, and the name."""
        self.ax_ = axes(f"{type(self).__name__}.plot", ax)
        self.figure_ = self.ax_.figure
        return getattr(self, "estimator_name", getattr(self, "name", None)) if name is None else name

    def _titles(self, x: str, y: str, **more: Any) -> None:
        positive = "" if self.pos_label is None else f" (Positive label: {self.pos_label})"
        self.ax_.set(xlabel=x + positive, ylabel=y + positive, **more)

    @classmethod
    def _asked(cls, estimator: Any, X: Any, method: Any, pos_label: Any, name: Any) -> Any:
        pyplot(f"{cls.__name__}.from_estimator")
        scores, pos_label, _ = binary_response(estimator, X, method, pos_label)
        return scores, pos_label, type(estimator).__name__ if name is None else name

    @classmethod
    def _checked(cls, y_true: Any, y_score: Any, sample_weight: Any, pos_label: Any) -> Any:
        pyplot(f"{cls.__name__}.from_predictions")
        kind = type_of_target(y_true)
        if kind != "binary":
            raise ValueError(f"The target y is not binary. Got {kind} type of target.")
        check_consistent_length(y_true, y_score, sample_weight)
        return positive_label(pos_label, np.asarray(y_true))

    @classmethod
    def _folds(
        cls, results: Any, X: Any, y: Any, sample_weight: Any, method: Any, pos_label: Any
    ) -> list[tuple[Any, Any, Any, Any]]:
        """Truth, scores, positive class and weights of the test samples of each fold."""
        pyplot(f"{cls.__name__}.from_cv_results")
        needed = {"estimator", "indices"}
        if not needed <= set(results):
            raise ValueError(
                "`cv_results` does not contain one of the following required keys: "
                f"{needed}. Set explicitly the parameters `return_estimator=True` and "
                "`return_indices=True` to the function`cross_validate`."
            )
        indices = results["indices"]
        size = len(indices["train"][0]) + len(indices["test"][0])
        if _num_samples(X) != size:
            raise ValueError(
                f"`X` does not contain the correct number of samples. Expected {size}, got "
                f"{_num_samples(X)}."
            )
        kind = type_of_target(y)
        if kind != "binary":
            raise ValueError(f"The target `y` is not binary. Got {kind} type of target.")
        check_consistent_length(X, y, sample_weight)
        folds = []
        for estimator, test in zip(results["estimator"], indices["test"], strict=True):
            scores, positive, _ = binary_response(estimator, rows(X, test), method, pos_label)
            folds.append((rows(y, test), scores, positive, rows(sample_weight, test)))
        return folds


_SQUARE = {"xlim": (-0.01, 1.01), "ylim": (-0.01, 1.01), "aspect": "equal"}


class RocCurveDisplay(_CurveDisplay):
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
        self._titles("False Positive Rate", "True Positive Rate", **_SQUARE)
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


class PrecisionRecallDisplay(_CurveDisplay):
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
        self._titles("Recall", "Precision", **_SQUARE)
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


def _quantiles(shares: Any) -> np.ndarray:
    """Where the normal distribution has these shares below."""
    return np.asarray([NormalDist().inv_cdf(float(share)) for share in shares])


_TICKS = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)


class DetCurveDisplay(_CurveDisplay):
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
