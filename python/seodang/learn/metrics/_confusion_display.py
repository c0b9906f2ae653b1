"""A picture of a confusion matrix, on matplotlib's axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..base import is_classifier
from ..utils._plotting import axes, pyplot, styled
from ..utils.multiclass import unique_labels
from ._confusion import confusion_matrix


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
