"""Estimators of `tree`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from .._methods import BaseDecisionTree, ClassTrees, Probabilities
from .._record import RecordClassifier, RecordRegressor, Weighted


class DecisionTreeClassifier(ClassTrees, Probabilities, Weighted, RecordClassifier):
    """Classifies by questions to one feature after the other, learned from samples. Source:
    Breiman, Friedman, Olshen and Stone 1984.

    Parameters
    ----------
    criterion : Literal["gini", "entropy", "log_loss"], default='gini'
        What splits are judged by.
    splitter : Literal["best", "random"], default='best'
        How thresholds are found: the best of each feature, or at random.
    max_depth : int | None, default=None
        How many questions there are on the way to a leaf at most.
    min_samples_split : int | float, default=2
        How many samples a node has that is split: a number, or a share.
    min_samples_leaf : int | float, default=1
        How many samples a node has at least: a number, or a share.
    min_weight_fraction_leaf : float, default=0.0
        The share of the weight that a node has at least.
    max_features : int | float | Literal["sqrt", "log2"] | None, default=None
        How many features are looked at for each split: a number, a share, 'sqrt', 'log2' or all.
    random_state : Any, default=None
        Where the order of the features and drawn thresholds come from.
    max_leaf_nodes : int | None, default=None
        The most leaves; the tree then grows best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    class_weight : dict[Any, float] | list[dict[Any, float]] | Literal["balanced"] | None,
    default=None
        How much the samples of each class count: tables by labels, one for each output, or
        'balanced'.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    monotonic_cst : Sequence[float] | None, default=None
        Of each feature 1, -1 or 0: whether predictions may only rise, or only fall, with it.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": True,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        criterion: Literal["gini", "entropy", "log_loss"] = "gini",
        splitter: Literal["best", "random"] = "best",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = None,
        random_state: Any = None,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        class_weight: dict[Any, float] | list[dict[Any, float]] | Literal["balanced"] | None = None,
        ccp_alpha: float = 0.0,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.criterion = criterion
        self.splitter = splitter
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.class_weight = class_weight
        self.ccp_alpha = ccp_alpha
        self.monotonic_cst = monotonic_cst


class DecisionTreeRegressor(BaseDecisionTree, Weighted, RecordRegressor):
    """Predicts values by questions to one feature after the other, learned from samples. Source:
    Breiman, Friedman, Olshen and Stone 1984.

    Parameters
    ----------
    criterion : Literal["squared_error", "absolute_error", "poisson", "friedman_mse"],
    default='squared_error'
        What splits are judged by.
    splitter : Literal["best", "random"], default='best'
        How thresholds are found: the best of each feature, or at random.
    max_depth : int | None, default=None
        How many questions there are on the way to a leaf at most.
    min_samples_split : int | float, default=2
        How many samples a node has that is split: a number, or a share.
    min_samples_leaf : int | float, default=1
        How many samples a node has at least: a number, or a share.
    min_weight_fraction_leaf : float, default=0.0
        The share of the weight that a node has at least.
    max_features : int | float | Literal["sqrt", "log2"] | None, default=None
        How many features are looked at for each split: a number, a share, 'sqrt', 'log2' or all.
    random_state : Any, default=None
        Where the order of the features and drawn thresholds come from.
    max_leaf_nodes : int | None, default=None
        The most leaves; the tree then grows best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    monotonic_cst : Sequence[float] | None, default=None
        Of each feature 1, -1 or 0: whether predictions may only rise, or only fall, with it.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": True,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        criterion: Literal["squared_error", "absolute_error", "poisson", "friedman_mse"] = "squared_error",
        splitter: Literal["best", "random"] = "best",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = None,
        random_state: Any = None,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        ccp_alpha: float = 0.0,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.criterion = criterion
        self.splitter = splitter
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.ccp_alpha = ccp_alpha
        self.monotonic_cst = monotonic_cst


class ExtraTreeClassifier(ClassTrees, Probabilities, Weighted, RecordClassifier):
    """Classifies by questions with thresholds drawn at random: a tree for ensembles. Source:
    Geurts, Ernst and Wehenkel 2006.

    Parameters
    ----------
    criterion : Literal["gini", "entropy", "log_loss"], default='gini'
        What splits are judged by.
    splitter : Literal["best", "random"], default='random'
        How thresholds are found: the best of each feature, or at random.
    max_depth : int | None, default=None
        How many questions there are on the way to a leaf at most.
    min_samples_split : int | float, default=2
        How many samples a node has that is split: a number, or a share.
    min_samples_leaf : int | float, default=1
        How many samples a node has at least: a number, or a share.
    min_weight_fraction_leaf : float, default=0.0
        The share of the weight that a node has at least.
    max_features : int | float | Literal["sqrt", "log2"] | None, default='sqrt'
        How many features are looked at for each split: a number, a share, 'sqrt', 'log2' or all.
    random_state : Any, default=None
        Where the order of the features and drawn thresholds come from.
    max_leaf_nodes : int | None, default=None
        The most leaves; the tree then grows best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    class_weight : dict[Any, float] | list[dict[Any, float]] | Literal["balanced"] | None,
    default=None
        How much the samples of each class count: tables by labels, one for each output, or
        'balanced'.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    monotonic_cst : Sequence[float] | None, default=None
        Of each feature 1, -1 or 0: whether predictions may only rise, or only fall, with it.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": True,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        criterion: Literal["gini", "entropy", "log_loss"] = "gini",
        splitter: Literal["best", "random"] = "random",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = "sqrt",
        random_state: Any = None,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        class_weight: dict[Any, float] | list[dict[Any, float]] | Literal["balanced"] | None = None,
        ccp_alpha: float = 0.0,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.criterion = criterion
        self.splitter = splitter
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.class_weight = class_weight
        self.ccp_alpha = ccp_alpha
        self.monotonic_cst = monotonic_cst


class ExtraTreeRegressor(BaseDecisionTree, Weighted, RecordRegressor):
    """Predicts values by questions with thresholds drawn at random: a tree for ensembles. Source:
    Geurts, Ernst and Wehenkel 2006.

    Parameters
    ----------
    criterion : Literal["squared_error", "absolute_error", "poisson", "friedman_mse"],
    default='squared_error'
        What splits are judged by.
    splitter : Literal["best", "random"], default='random'
        How thresholds are found: the best of each feature, or at random.
    max_depth : int | None, default=None
        How many questions there are on the way to a leaf at most.
    min_samples_split : int | float, default=2
        How many samples a node has that is split: a number, or a share.
    min_samples_leaf : int | float, default=1
        How many samples a node has at least: a number, or a share.
    min_weight_fraction_leaf : float, default=0.0
        The share of the weight that a node has at least.
    max_features : int | float | Literal["sqrt", "log2"] | None, default=1.0
        How many features are looked at for each split: a number, a share, 'sqrt', 'log2' or all.
    random_state : Any, default=None
        Where the order of the features and drawn thresholds come from.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    max_leaf_nodes : int | None, default=None
        The most leaves; the tree then grows best first.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    monotonic_cst : Sequence[float] | None, default=None
        Of each feature 1, -1 or 0: whether predictions may only rise, or only fall, with it.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": True,
        "multioutput": True,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        criterion: Literal["squared_error", "absolute_error", "poisson", "friedman_mse"] = "squared_error",
        splitter: Literal["best", "random"] = "random",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = 1.0,
        random_state: Any = None,
        min_impurity_decrease: float = 0.0,
        max_leaf_nodes: int | None = None,
        ccp_alpha: float = 0.0,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.criterion = criterion
        self.splitter = splitter
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.min_impurity_decrease = min_impurity_decrease
        self.max_leaf_nodes = max_leaf_nodes
        self.ccp_alpha = ccp_alpha
        self.monotonic_cst = monotonic_cst


NAMES = (
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "ExtraTreeClassifier",
    "ExtraTreeRegressor",
)
