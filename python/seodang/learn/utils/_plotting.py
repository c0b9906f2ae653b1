"""What pictures share: matplotlib when it is there, options of lines, labels of curves."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

# Short names that matplotlib knows, and the long ones.
_ALIASES = {
    "ls": "linestyle", "c": "color", "ec": "edgecolor", "fc": "facecolor", "lw": "linewidth",
    "mec": "markeredgecolor", "mfcalt": "markerfacecoloralt", "ms": "markersize",
    "mew": "markeredgewidth", "mfc": "markerfacecolor", "aa": "antialiased", "ds": "drawstyle",
    "font": "fontproperties", "family": "fontfamily", "name": "fontname", "size": "fontsize",
    "stretch": "fontstretch", "style": "fontstyle", "variant": "fontvariant",
    "weight": "fontweight", "ha": "horizontalalignment", "va": "verticalalignment",
    "ma": "multialignment",
}


def pyplot(caller: str) -> Any:
    """matplotlib's pyplot.

    Raises
    ------
    ImportError
        If there is no matplotlib.
    """
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError(
            f"{caller} requires matplotlib. You can install matplotlib with `pip install matplotlib`"
        ) from error
    return plt


def axes(caller: str, ax: Any) -> Any:
    """The axes to draw on: the given ones, or those of a new figure."""
    plt = pyplot(caller)
    return plt.subplots()[1] if ax is None else ax


def styled(defaults: dict[str, Any], given: dict[str, Any] | None) -> dict[str, Any]:
    """The options of a drawing: what is given, by long names, over the defaults.

    Raises
    ------
    TypeError
        For an option under both of its names.
    """
    given = given or {}
    for short, long in _ALIASES.items():
        if short in given and long in given:
            raise TypeError(f"Got both {short} and {long}, which are aliases of one another")
    return {**defaults, **{_ALIASES.get(name, name): value for name, value in given.items()}}


def despine(ax: Any) -> None:
    """Takes the upper and right borders away and cuts the others to the unit square."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        ax.spines[side].set_bounds(0, 1)


def listed(value: Any) -> Any:
    """A list of one unless it is one, or None."""
    return value if value is None or isinstance(value, list) else [value]


def check_lengths(cls: str, required: dict[str, list], optional: dict[str, Any]) -> None:
    """Refuses lists of curves of different lengths."""
    named = {**required, **{k: v for k, v in optional.items() if isinstance(v, list)}}
    if len({len(v) for v in named.values()}) > 1:
        *most, last = named
        where = " (or `plot`)" if "'name' (or self.name)" in named else ""
        lengths = ", ".join(f"{k}: {len(v)}" for k, v in named.items())
        raise ValueError(
            f"{', '.join(most)} and {last} from `{cls}` initialization{where}, should all be lists "
            f"of the same length. Got: {lengths}"
        )


def _label(name: str | None, metric: str, value: Any) -> str | None:
    if value is None:
        return name
    shown = f"{metric} = {value:0.2f}"
    return shown if name is None else f"{name} ({shown})"


def curve_options(
    n: int, names: Any, metric: str, values: Any, given: Any, defaults: dict[str, Any]
) -> list[dict[str, Any]]:
    """The options of each of `n` curves, with labels: of many alike curves one for all of them.

    Parameters
    ----------
    n : how many curves
    names : their names, one for all, or None
    metric, values : what is told of each, and how much it is
    given : the user's options: for all, or a list
    defaults : the options of every curve

    Raises
    ------
    ValueError
        For as many options or names as there are no curves.
    """
    if isinstance(given, list) and len(given) != n:
        raise ValueError(
            f"`curve_kwargs` must be None, a dictionary or a list of length {n}. Got: {given}."
        )
    if isinstance(names, list) and len(names) != 1 and not isinstance(given, list):
        raise ValueError(
            "To avoid labeling individual curves that have the same appearance, `curve_kwargs` "
            f"should be a list of {n} dictionaries. Alternatively, set `name` to `None` or a single "
            "string to label a single legend entry for all curves."
        )
    names = [None] if names is None else listed(names)
    names = names * n if len(names) == 1 else names
    if n > 1 and not isinstance(given, list):
        label = _label(names[0], metric, None if not values else np.mean(values))
        if values:
            spread = f" +/- {np.std(values):0.2f}"
            label = label + spread if names[0] is None else f"{label[:-1]}{spread})"
        labels = [label] + [None] * (n - 1)
    else:
        values = [None] * n if values is None else values
        labels = [_label(name, metric, v) for name, v in zip(names, values, strict=True)]
    if n > 1:
        defaults = {**defaults, "alpha": 0.5, "linestyle": "--", "color": "blue"}
    each = given if isinstance(given, list) else [given] * n
    return [
        styled({"label": label, **defaults}, own) for label, own in zip(labels, each, strict=True)
    ]


def renamed_options(given: Any, old: dict[str, Any], removed: str) -> Any:
    """The options of curves, also where they come as keyword arguments, as they once did."""
    if not old:
        return given
    if given:
        raise ValueError(
            "Cannot provide both `curve_kwargs` and `kwargs`. `**kwargs` is deprecated and will be "
            f"removed in {removed}. Pass all matplotlib arguments to `curve_kwargs` as a dictionary."
        )
    warnings.warn(
        f"`**kwargs` is deprecated and will be removed in {removed}. Pass all matplotlib arguments "
        "to `curve_kwargs` as a dictionary instead.",
        FutureWarning,
        stacklevel=3,
    )
    return old


def renamed_scores(y_score: Any, y_pred: Any) -> Any:
    """`y_score`, or `y_pred`, which it was called before scikit-learn 1.8."""
    if isinstance(y_pred, str) and y_pred == "deprecated":
        return y_score
    if y_score is not None:
        raise ValueError(
            "`y_pred` and `y_score` cannot be both specified. Please use `y_score` only as `y_pred` "
            "was deprecated in 1.8 and will be removed in 1.10."
        )
    warnings.warn(
        "y_pred was deprecated in 1.8 and will be removed in 1.10. Please use `y_score` instead.",
        FutureWarning,
        stacklevel=3,
    )
    return y_pred
