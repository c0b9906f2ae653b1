"""Estimators of `impute`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from .._methods import Named
from .._record import RecordTransformer, Unlabelled


class KNNImputer(Named, Unlabelled, RecordTransformer):
    """Fills in missing values with the mean of the nearest samples that have one. Source:
    Troyanskaya et al. 2001.

    Parameters
    ----------
    missing_values : Any, default=nan
        What a missing value looks like.
    n_neighbors : int, default=5
        How many neighbors a value is the mean of.
    weights : Literal["uniform", "distance"] | Callable[..., Any], default='uniform'
        How much each neighbor counts.
    metric : Literal["nan_euclidean"], default='nan_euclidean'
        How distances are measured.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    add_indicator : bool, default=False
        Whether columns are added that say what was missing.
    keep_empty_features : bool, default=False
        Whether columns without any value stay, filled with 0.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        missing_values: Any = float("nan"),
        n_neighbors: int = 5,
        weights: Literal["uniform", "distance"] | Callable[..., Any] = "uniform",
        metric: Literal["nan_euclidean"] = "nan_euclidean",
        copy: bool = True,
        add_indicator: bool = False,
        keep_empty_features: bool = False,
    ) -> None:
        self.missing_values = missing_values
        self.n_neighbors = n_neighbors
        self.weights = weights
        self.metric = metric
        self.copy = copy
        self.add_indicator = add_indicator
        self.keep_empty_features = keep_empty_features


class SimpleImputer(Unlabelled, RecordTransformer):
    """Fills in missing values, column by column.

    Parameters
    ----------
    missing_values : Any, default=nan
        What a missing value looks like.
    strategy : Any, default='mean'
        What it becomes: 'mean', 'median', 'most_frequent', 'constant', or, in Python, a function of
        the values that are there.
    fill_value : Any, default=None
        The value of the strategy 'constant'; None is 0, or 'missing_value' among words.
    copy : bool, default=True
        Accepted for compatibility: X is never changed.
    add_indicator : bool, default=False
        Whether columns are added that say what was missing.
    keep_empty_features : bool, default=False
        Whether columns without any value stay, filled with 0.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": False,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        missing_values: Any = float("nan"),
        strategy: Any = "mean",
        fill_value: Any = None,
        copy: bool = True,
        add_indicator: bool = False,
        keep_empty_features: bool = False,
    ) -> None:
        self.missing_values = missing_values
        self.strategy = strategy
        self.fill_value = fill_value
        self.copy = copy
        self.add_indicator = add_indicator
        self.keep_empty_features = keep_empty_features


NAMES = (
    "KNNImputer",
    "SimpleImputer",
)
