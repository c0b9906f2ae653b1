"""The regions of two features in which a classifier says one class or another."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._indexing import is_frame
from ..utils._plotting import pyplot
from ..base import is_classifier, is_regressor
from ..utils._response import response
from ..utils.validation import check_is_fitted

_KINDS = ("contourf", "contour", "pcolormesh")
_AUTO = ("decision_function", "predict_proba", "predict")


class DecisionBoundaryDisplay:
    """A picture of what an estimator says over a plane of two features.

    Parameters
    ----------
    xx0, xx1 : ndarrays of shape (n, n), the coordinates of the points
    n_classes : how many classes there are
    response : ndarray of shape (n, n) or (n, n, n_classes), what is said at the points
    multiclass_colors : the name of a colour map, or a colour for each class
    xlabel, ylabel : the names of the axes
    """

    def __init__(
        self,
        *,
        xx0: np.ndarray,
        xx1: np.ndarray,
        n_classes: int,
        response: np.ndarray,
        multiclass_colors: Any = None,
        xlabel: str | None = None,
        ylabel: str | None = None,
    ) -> None:
        self.xx0 = xx0
        self.xx1 = xx1
        self.n_classes = n_classes
        self.response = response
        self.multiclass_colors = multiclass_colors
        self.xlabel = xlabel
        self.ylabel = ylabel

    def plot(
        self,
        plot_method: str = "contourf",
        ax: Any = None,
        xlabel: str | None = None,
        ylabel: str | None = None,
        **kwargs: Any,
    ):
        """Draws it.

        Parameters
        ----------
        plot_method : "contourf", "contour" or "pcolormesh"
        ax : matplotlib's axes; None makes new ones
        xlabel, ylabel : the names of the axes
        **kwargs : more arguments of matplotlib's method

        Raises
        ------
        ValueError
            For another method.
        """
        if plot_method not in _KINDS:
            raise ValueError(
                f"plot_method must be one of {', '.join(_KINDS)}. Got {plot_method} instead."
            )
        if ax is None:
            _, ax = pyplot("DecisionBoundaryDisplay.plot").subplots()
        draw = getattr(ax, plot_method)
        if self.response.ndim == 2 and self.n_classes > 2 and "cmap" not in kwargs:
            draw_regions = self._regions(ax, plot_method, kwargs)
            self.surface_ = draw_regions
        elif self.response.ndim == 2:
            self.surface_ = draw(self.xx0, self.xx1, self.response, **kwargs)
        else:
            self.surface_ = self._strengths(ax, plot_method, kwargs)
        for name, own, set_it, has in (
            (xlabel, self.xlabel, ax.set_xlabel, ax.get_xlabel),
            (ylabel, self.ylabel, ax.set_ylabel, ax.get_ylabel),
        ):
            if name is not None or not has():
                set_it(own if name is None else name)
        self.ax_ = ax
        self.figure_ = ax.figure
        return self

    def _colors(self) -> np.ndarray:
        from matplotlib import colormaps, colors

        given = self.multiclass_colors
        if given is None or isinstance(given, str):
            name = given or ("tab10" if self.n_classes <= 10 else "gist_rainbow")
            chart = colormaps[name]
            if hasattr(chart, "colors") and len(chart.colors) >= self.n_classes and chart.N <= 20:
                given = chart.colors[: self.n_classes]
            else:
                given = chart(np.linspace(0, 1, self.n_classes))
        self.multiclass_colors_ = np.array([colors.to_rgba(c) for c in given])
        return self.multiclass_colors_

    def _regions(self, ax: Any, plot_method: str, kwargs: dict[str, Any]) -> Any:
        from matplotlib.colors import ListedColormap

        colors = self._colors()
        if plot_method == "pcolormesh":
            return ax.pcolormesh(
                self.xx0, self.xx1, self.response, cmap=ListedColormap(colors), **kwargs
            )
        levels = np.arange(self.n_classes + 1) - 0.5
        if "colors" not in kwargs:
            kwargs = {**kwargs, "colors": colors if plot_method == "contourf" else "black"}
        return getattr(ax, plot_method)(
            self.xx0, self.xx1, self.response, **{"levels": levels, **kwargs}
        )

    def _strengths(self, ax: Any, plot_method: str, kwargs: dict[str, Any]) -> list[Any]:
        from matplotlib.colors import LinearSegmentedColormap

        best = self.response.argmax(axis=2)
        surfaces = []
        for k, (red, green, blue, _) in enumerate(self._colors()):
            ramp = LinearSegmentedColormap.from_list(
                f"class {k}", [(1.0, 1.0, 1.0, 1.0), (red, green, blue, 1.0)]
            )
            own = np.ma.array(self.response[:, :, k], mask=best != k)
            surfaces.append(
                getattr(ax, plot_method)(self.xx0, self.xx1, own, **{"cmap": ramp, **kwargs})
            )
        return surfaces

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        *,
        grid_resolution: int = 100,
        eps: float = 1.0,
        plot_method: str = "contourf",
        response_method: Any = "auto",
        class_of_interest: Any = None,
        multiclass_colors: Any = None,
        xlabel: str | None = None,
        ylabel: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ):
        """Asks an estimator, and draws what it says.

        Parameters
        ----------
        estimator : fitted estimator of two features
        X : array-like or frame of shape (n_samples, 2), which says how far the plane goes
        grid_resolution : how many points along each axis
        eps : how far beyond the samples
        plot_method : "contourf", "contour" or "pcolormesh"
        response_method : the method to ask, or "auto"
        class_of_interest : the class whose probability or decision is drawn; None is all
        multiclass_colors : the name of a colour map, or a colour for each class
        xlabel, ylabel : the names of the axes
        ax : matplotlib's axes; None makes new ones
        **kwargs : more arguments of matplotlib's method

        Raises
        ------
        ValueError
            For other than two features, or arguments that cannot be.
        """
        check_is_fitted(estimator)
        if not grid_resolution > 1:
            raise ValueError(
                f"grid_resolution must be greater than 1. Got {grid_resolution} instead."
            )
        if not eps >= 0:
            raise ValueError(f"eps must be greater than or equal to 0. Got {eps} instead.")
        if plot_method not in _KINDS:
            raise ValueError(
                f"plot_method must be one of {', '.join(_KINDS)}. Got {plot_method} instead."
            )
        features = X.shape[1] if hasattr(X, "shape") else np.shape(X)[1]
        if features != 2:
            raise ValueError(f"n_features must be equal to 2. Got {features} instead.")
        table = np.asarray(X, dtype=np.float64) if not is_frame(X) else X.to_numpy()
        axes = [
            np.linspace(c.min() - eps, c.max() + eps, grid_resolution) for c in table.T
        ]
        xx0, xx1 = np.meshgrid(*axes)
        points: Any = np.stack([xx0.ravel(), xx1.ravel()], axis=1)
        if is_frame(X):
            points = type(X)(dict(zip(X.columns, points.T, strict=True)))
        said, n_classes = _asked(estimator, points, response_method, class_of_interest)
        names = list(X.columns) if is_frame(X) else ["", ""]
        shape = xx0.shape if said.ndim == 1 else (*xx0.shape, said.shape[-1])
        display = cls(
            xx0=xx0, xx1=xx1, n_classes=n_classes, response=said.reshape(shape),
            multiclass_colors=multiclass_colors,
            xlabel=names[0] if xlabel is None else xlabel,
            ylabel=names[1] if ylabel is None else ylabel,
        )
        return display.plot(plot_method, ax=ax, **kwargs)


def _asked(estimator: Any, points: Any, method: Any, interest: Any) -> tuple[np.ndarray, int]:
    """What an estimator says of points, classes by their numbers, and how many classes there are."""
    if not is_classifier(estimator):
        if is_regressor(estimator) and interest is not None:
            raise ValueError("class_of_interest is only for classifiers")
        name = "predict" if method == "auto" else method
        return np.asarray(response(estimator, points, name)[0]), 2
    classes = np.asarray(estimator.classes_)
    if classes.ndim > 1 or isinstance(estimator.classes_, list):
        raise ValueError(
            "Multi-label and multi-output multi-class classifiers are not supported"
        )
    if interest is not None and interest not in classes.tolist():
        raise ValueError(
            f"class_of_interest={interest} is not a valid label: It should be one of {classes}"
        )
    names = _AUTO if method == "auto" else method
    asked = next(n for n in ([names] if isinstance(names, str) else names) if hasattr(estimator, n))
    said = getattr(estimator, asked)(points)
    if asked == "predict":
        return np.searchsorted(classes, said), len(classes)
    if len(classes) == 2:
        second = interest is None or interest == classes[1]
        if said.ndim == 2:
            return said[:, 1 if second else 0], 2
        return said if second else -said, 2
    if interest is not None:
        return said[:, np.flatnonzero(classes == interest)[0]], 2
    return said, len(classes)
