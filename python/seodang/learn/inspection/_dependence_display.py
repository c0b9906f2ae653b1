"""Pictures of partial dependence: lines for one feature, contours for two, bars for categories."""

from __future__ import annotations

import numbers
from itertools import chain
from typing import Any

import numpy as np

from .._parallel import run
from ..utils._plotting import pyplot
from ..base import is_regressor
from ..utils._bunch import Bunch
from ..utils.validation import check_array, check_random_state
from ._dependence import categories, names_of_features, partial_dependence, quantile


class PartialDependenceDisplay:
    """Pictures of partial dependence, one for each feature or two of them.

    Parameters
    ----------
    pd_results : what `partial_dependence` gives for each
    features : for each the numbers of its one or two features
    feature_names : the names of features
    target_idx : which output or class
    deciles : the deciles of features by their numbers
    kind : "average", "individual" or "both", one for all or a list
    subsample : how many of the single lines are drawn, or their share; None is all
    random_state : the seed of which
    is_categorical : for each whether its features are categories
    """

    def __init__(
        self,
        pd_results: list[Bunch],
        *,
        features: list[tuple[int, ...]],
        feature_names: list[str],
        target_idx: int,
        deciles: dict[int, np.ndarray],
        kind: Any = "average",
        subsample: Any = 1000,
        random_state: Any = None,
        is_categorical: list[tuple[bool, ...]] | None = None,
    ) -> None:
        self.pd_results = pd_results
        self.features = features
        self.feature_names = feature_names
        self.target_idx = target_idx
        self.deciles = deciles
        self.kind = kind
        self.subsample = subsample
        self.random_state = random_state
        self.is_categorical = is_categorical

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        features: Any,
        *,
        sample_weight: Any = None,
        categorical_features: Any = None,
        feature_names: Any = None,
        target: Any = None,
        response_method: str = "auto",
        n_cols: int = 3,
        grid_resolution: int = 100,
        percentiles: tuple[float, float] = (0.05, 0.95),
        custom_values: dict[Any, Any] | None = None,
        method: str = "auto",
        n_jobs: int | None = None,
        verbose: int = 0,
        line_kw: dict | None = None,
        ice_lines_kw: dict | None = None,
        pd_line_kw: dict | None = None,
        contour_kw: dict | None = None,
        ax: Any = None,
        kind: Any = "average",
        centered: bool = False,
        subsample: Any = 1000,
        random_state: Any = None,
    ):
        """Computes partial dependence, and draws it.

        Parameters
        ----------
        estimator : fitted classifier or regressor
        X : array-like or frame of shape (n_samples, n_features)
        features : a list of features or twos of them, by names or numbers
        sample_weight, categorical_features, feature_names, response_method, grid_resolution, percentiles,
            custom_values, method : as `partial_dependence` takes them
        target : of several classes or outputs, which
        n_cols : how many pictures beside each other
        n_jobs : how many features at once, as joblib counts
        verbose : how much joblib tells
        line_kw, ice_lines_kw, pd_line_kw, contour_kw : more arguments of matplotlib's methods
        ax : matplotlib's axes, one or as many as there are pictures; None makes new ones
        kind : "average", "individual" or "both", one for all or a list
        centered : whether lines begin at 0
        subsample : how many single lines, or their share; None is all
        random_state : the seed of which

        Raises
        ------
        ValueError
            For features, classes or kinds that there are not.
        """
        pyplot(f"{cls.__name__}.from_estimator")
        if not hasattr(X, "shape"):
            X = check_array(X, ensure_all_finite="allow-nan", dtype=object)
        names = names_of_features(X, feature_names)
        target_idx = _target(estimator, target)
        wanted = [_pair(f, names) for f in features]
        kinds = [kind] * len(wanted) if isinstance(kind, str) else list(kind)
        if len(kinds) != len(wanted):
            raise ValueError(
                "When `kind` is provided as a list of strings, it should contain as many elements as "
                f"`features`. `kind` contains {len(kinds)} element(s) and `features` contains "
                f"{len(wanted)} element(s)."
            )
        for one, of in zip(kinds, wanted, strict=True):
            if one not in ("average", "individual", "both"):
                raise ValueError(
                    "Values provided to `kind` must be one of: ['average', 'individual', 'both'] or a "
                    f"list of such values. Currently, kind={kind!r}"
                )
            if one != "average" and len(of) > 1:
                raise ValueError(
                    "It is not possible to display individual effects for more than one feature at a "
                    f"time. Got: features={features}."
                )
        of_categories = categories(categorical_features, names)
        categorical = [tuple(k in of_categories for k in of) for of in wanted]
        for of, flags in zip(wanted, categorical, strict=True):
            if len(of) == 2 and len(set(flags)) > 1:
                raise ValueError(
                    "Two-way partial dependence plots are not supported for pairs of continuous and "
                    "categorical features."
                )
        results = run(
            _one,
            (
                (estimator, X, of, one, dict(
                    sample_weight=sample_weight, feature_names=feature_names,
                    categorical_features=categorical_features, response_method=response_method,
                    method=method, grid_resolution=grid_resolution, percentiles=percentiles,
                    custom_values=custom_values,
                ))
                for of, one in zip(wanted, kinds, strict=True)
            ),
            n_jobs, verbose=verbose,
        )
        deciles = {}
        for of, flags in zip(wanted, categorical, strict=True):
            for k, flag in zip(of, flags, strict=True):
                if not flag and k not in deciles:
                    column = np.asarray(X.iloc[:, k] if hasattr(X, "iloc") else X[:, k])
                    deciles[k] = np.array([quantile(column, p) for p in np.arange(0.1, 1.0, 0.1)])
        display = cls(
            results, features=wanted, feature_names=names, target_idx=target_idx, deciles=deciles,
            kind=kind, subsample=subsample, random_state=random_state, is_categorical=categorical,
        )
        return display.plot(
            ax=ax, n_cols=n_cols, line_kw=line_kw, ice_lines_kw=ice_lines_kw, pd_line_kw=pd_line_kw,
            contour_kw=contour_kw, centered=centered,
        )

    def plot(
        self,
        *,
        ax: Any = None,
        n_cols: int = 3,
        line_kw: dict | None = None,
        ice_lines_kw: dict | None = None,
        pd_line_kw: dict | None = None,
        contour_kw: dict | None = None,
        bar_kw: dict | None = None,
        heatmap_kw: dict | None = None,
        pdp_lim: dict[int, tuple[float, float]] | None = None,
        centered: bool = False,
    ):
        """Draws it.

        Parameters
        ----------
        ax : matplotlib's axes, one or as many as there are pictures; None makes new ones
        n_cols : how many pictures beside each other
        line_kw, ice_lines_kw, pd_line_kw, contour_kw, bar_kw, heatmap_kw : more arguments of matplotlib's
            methods
        pdp_lim : the least and greatest value drawn, by the number of features of a picture
        centered : whether lines begin at 0

        Raises
        ------
        ValueError
            For another number of axes.
        """
        plt = pyplot("PartialDependenceDisplay.plot")
        n = len(self.features)
        if isinstance(ax, (list, tuple, np.ndarray)):
            axes = np.ravel(np.asarray(ax, dtype=object))
            if len(axes) != n:
                raise ValueError(f"Expected ax to have {n} axes, got {len(axes)}")
            self.bounding_ax_, self.figure_ = None, axes[0].figure
        else:
            if ax is None:
                _, ax = plt.subplots()
            ax.set_axis_off()
            self.bounding_ax_, self.figure_ = ax, ax.figure
            across = min(n_cols, n)
            down = -(-n // across)
            frames = ax.get_subplotspec().subgridspec(down, across)
            axes = np.array([self.figure_.add_subplot(frames[i]) for i in range(n)], dtype=object)
        self.axes_ = axes
        kinds = [self.kind] * n if isinstance(self.kind, str) else list(self.kind)
        flags = self.is_categorical or [(False,) * len(of) for of in self.features]
        results = [self._centered(r) if centered and len(f) == 1 else r
                   for r, f in zip(self.pd_results, self.features, strict=True)]
        limits = pdp_lim or self._limits(results, kinds)
        self.lines_: list[Any] = []
        self.contours_: list[Any] = []
        for frame, of, one, result, flag in zip(
            axes, self.features, kinds, results, flags, strict=True
        ):
            if len(of) == 2:
                self._draw_two(frame, of, result, flag, limits, contour_kw or {}, heatmap_kw or {})
            elif flag[0]:
                average = result.average[self.target_idx]
                names = [str(v) for v in result.grid_values[0]]
                self.lines_.append(frame.bar(names, average, **(bar_kw or {})))
                frame.tick_params(axis="x", labelrotation=90)
                frame.set_ylim(limits[1])
            else:
                self._draw_one(
                    frame, of[0], one, result,
                    (line_kw or {}, ice_lines_kw or {}, pd_line_kw or {}),
                )
                frame.set_ylim(limits[1])
            frame.set_xlabel(self.feature_names[of[0]])
            frame.set_ylabel(
                self.feature_names[of[1]] if len(of) == 2 else "Partial dependence"
            )
        return self

    @staticmethod
    def _centered(result: Bunch) -> Bunch:
        new = Bunch(**result)
        for name in ("average", "individual"):
            if name in new:
                new[name] = new[name] - new[name][..., :1]
        return new

    def _limits(self, results: list[Bunch], kinds: list[str]) -> dict[int, tuple[float, float]]:
        found: dict[int, list[float]] = {}
        for result, of, one in zip(results, self.features, kinds, strict=True):
            tables = [result[k][self.target_idx] for k in ("average", "individual") if k in result]
            values = list(chain.from_iterable((t.min(), t.max()) for t in tables))
            found.setdefault(len(of), []).extend(values)
        out = {}
        for count, values in found.items():
            low, high = min(values), max(values)
            room = 0.05 * (high - low)
            out[count] = (low - room, high + room)
        return out

    def _draw_one(
        self, frame: Any, feature: int, kind: str, result: Bunch, keywords: tuple[dict, dict, dict]
    ) -> None:
        line_kw, single_kw, mean_kw = keywords
        x = result.grid_values[0]
        if kind in ("individual", "both"):
            lines = result.individual[self.target_idx]
            style = {"color": "tab:blue", "alpha": 0.3, "linewidth": 0.5, **line_kw, **single_kw}
            for i in self._some(len(lines)):
                self.lines_ += frame.plot(x, lines[i], **style)
        if kind in ("average", "both"):
            style = {**line_kw, **mean_kw}
            if kind == "both":
                style = {"color": "tab:orange", "linestyle": "--", "label": "average", **style}
            self.lines_ += frame.plot(x, result.average[self.target_idx], **style)
            if "label" in style:
                frame.legend()
        if feature in self.deciles:
            frame.vlines(
                self.deciles[feature], 0, 0.05, transform=frame.get_xaxis_transform(), color="k"
            )

    def _some(self, n: int) -> np.ndarray:
        count = self.subsample
        if count is None:
            return np.arange(n)
        if not isinstance(count, numbers.Integral):
            count = int(np.ceil(n * count))
        if count >= n:
            return np.arange(n)
        return check_random_state(self.random_state).choice(n, count, replace=False)

    def _draw_two(
        self, frame: Any, of: tuple[int, int], result: Bunch, flags: tuple[bool, ...],
        limits: dict[int, tuple[float, float]], contour_kw: dict, heatmap_kw: dict,
    ) -> None:
        table = result.average[self.target_idx]
        x, y = result.grid_values
        if all(flags):
            picture = frame.imshow(table.T, origin="lower", **{"cmap": "viridis", **heatmap_kw})
            frame.set_xticks(range(len(x)), [str(v) for v in x], rotation=90)
            frame.set_yticks(range(len(y)), [str(v) for v in y])
            self.contours_.append(picture)
            return
        levels = np.linspace(*limits[2], num=8)
        lines = frame.contour(x, y, table.T, levels=levels, linewidths=0.5, colors="k")
        self.contours_.append(
            frame.contourf(
                x, y, table.T,
                **{"levels": levels, "vmin": levels[0], "vmax": levels[-1], "alpha": 0.75,
                   **contour_kw},
            )
        )
        frame.clabel(lines, fmt="%2.2f", colors="k", fontsize=10, inline=True)
        across, up = frame.get_xaxis_transform(), frame.get_yaxis_transform()
        if of[0] in self.deciles:
            frame.vlines(self.deciles[of[0]], 0, 0.05, transform=across, color="k")
        if of[1] in self.deciles:
            frame.hlines(self.deciles[of[1]], 0, 0.05, transform=up, color="k")


def _one(estimator: Any, X: Any, of: tuple[int, ...], kind: str, options: dict[str, Any]) -> Bunch:
    return partial_dependence(estimator, X, list(of), kind=kind, **options)


def _pair(feature: Any, names: list[str]) -> tuple[int, ...]:
    single = np.isscalar(feature) or isinstance(feature, str)
    several = [feature] if single else list(feature)
    if len(several) > 2:
        raise ValueError(
            "Each entry in features must be either an int, a string, or an iterable of size at most "
            "2."
        )
    out = []
    for one in several:
        if isinstance(one, str):
            if one not in names:
                raise ValueError(f"Feature {one!r} not in feature_names")
            out.append(names.index(one))
        else:
            if not 0 <= one < len(names):
                raise ValueError(
                    f"All entries of features must be less than len(feature_names) = {len(names)}, "
                    f"got {one}."
                )
            out.append(int(one))
    return tuple(out)


def _target(estimator: Any, target: Any) -> int:
    """Which of the outputs."""
    classes = getattr(estimator, "classes_", None)
    if classes is not None and np.size(classes) > 2:
        if target is None:
            raise ValueError("target must be specified for multi-class")
        found = np.flatnonzero(np.asarray(classes) == target)
        if len(found) == 0:
            raise ValueError(f"target not in est.classes_, got {target}")
        return int(found[0])
    if classes is None and is_regressor(estimator) and target is not None:
        if target < 0:
            raise ValueError(f"target must be in [0, n_tasks], got {target}.")
        return int(target)
    return 0
