"""Estimators of `ensemble`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from .._methods import Decisions, Forests, HistogramBoosting, Probabilities, StagedProbabilities, StagedTrees
from .._record import RecordClassifier, RecordRegressor, Weighted


class ExtraTreesClassifier(Forests, Probabilities, Weighted, RecordClassifier):
    """Classifies by many trees whose thresholds are drawn at random. Source: Geurts, Ernst and
    Wehenkel 2006.

    Parameters
    ----------
    n_estimators : int, default=100
        How many trees there are.
    criterion : Literal["gini", "entropy", "log_loss"], default='gini'
        What splits are judged by.
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
    max_leaf_nodes : int | None, default=None
        The most leaves of a tree; trees then grow best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    bootstrap : bool, default=False
        Whether each tree learns from samples drawn with replacement, or from all.
    oob_score : bool | Callable[..., Any], default=False
        Whether each sample is predicted by the trees that have not seen it, and by which score that
        is judged if not by the usual one.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    random_state : Any, default=None
        Where the samples, the order of the features and drawn thresholds come from.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    warm_start : bool, default=False
        Whether another fit adds trees to those that there are.
    class_weight : dict[Any, float] | list[dict[Any, float]] | Literal["balanced",
    "balanced_subsample"] | None, default=None
        How much the samples of each class count: tables by labels, one for each output, 'balanced',
        or 'balanced_subsample', within the samples of each tree.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    max_samples : int | float | None, default=None
        How many samples are drawn for each tree: a number, a share, or as many as there are.
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
        n_estimators: int = 100,
        *,
        criterion: Literal["gini", "entropy", "log_loss"] = "gini",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = "sqrt",
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        bootstrap: bool = False,
        oob_score: bool | Callable[..., Any] = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int | bool = 0,
        warm_start: bool = False,
        class_weight: dict[Any, float] | list[dict[Any, float]] | Literal["balanced", "balanced_subsample"] | None = None,
        ccp_alpha: float = 0.0,
        max_samples: int | float | None = None,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.bootstrap = bootstrap
        self.oob_score = oob_score
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose
        self.warm_start = warm_start
        self.class_weight = class_weight
        self.ccp_alpha = ccp_alpha
        self.max_samples = max_samples
        self.monotonic_cst = monotonic_cst


class ExtraTreesRegressor(Forests, Weighted, RecordRegressor):
    """Predicts the mean of what many trees say whose thresholds are drawn at random. Source:
    Geurts, Ernst and Wehenkel 2006.

    Parameters
    ----------
    n_estimators : int, default=100
        How many trees there are.
    criterion : Literal["squared_error", "absolute_error", "poisson", "friedman_mse"],
    default='squared_error'
        What splits are judged by.
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
    max_leaf_nodes : int | None, default=None
        The most leaves of a tree; trees then grow best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    bootstrap : bool, default=False
        Whether each tree learns from samples drawn with replacement, or from all.
    oob_score : bool | Callable[..., Any], default=False
        Whether each sample is predicted by the trees that have not seen it, and by which score that
        is judged if not by the usual one.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    random_state : Any, default=None
        Where the samples, the order of the features and drawn thresholds come from.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    warm_start : bool, default=False
        Whether another fit adds trees to those that there are.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    max_samples : int | float | None, default=None
        How many samples are drawn for each tree: a number, a share, or as many as there are.
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
        n_estimators: int = 100,
        *,
        criterion: Literal["squared_error", "absolute_error", "poisson", "friedman_mse"] = "squared_error",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = 1.0,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        bootstrap: bool = False,
        oob_score: bool | Callable[..., Any] = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int | bool = 0,
        warm_start: bool = False,
        ccp_alpha: float = 0.0,
        max_samples: int | float | None = None,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.bootstrap = bootstrap
        self.oob_score = oob_score
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose
        self.warm_start = warm_start
        self.ccp_alpha = ccp_alpha
        self.max_samples = max_samples
        self.monotonic_cst = monotonic_cst


class GradientBoostingClassifier(Probabilities, Decisions, StagedProbabilities, StagedTrees, Weighted, RecordClassifier):
    """Classifies by small trees over the values themselves, each of which descends the loss that
    those before have left. Source: Friedman 2001.

    Parameters
    ----------
    loss : Literal["log_loss", "exponential"], default='log_loss'
        The loss that is descended.
    learning_rate : float, default=0.1
        How much of each tree's values counts.
    n_estimators : int, default=100
        How many stages there are.
    subsample : float, default=1.0
        The share of the samples that each stage sees, drawn at random.
    criterion : Literal["deprecated", "squared_error", "friedman_mse"], default='deprecated'
        Accepted for compatibility: splits are judged by the squared error.
    min_samples_split : int | float, default=2
        How many samples a node that is split has at least, or which share of all.
    min_samples_leaf : int | float, default=1
        How many samples a leaf has at least, or which share of all.
    min_weight_fraction_leaf : float, default=0.0
        Which share of all weights a leaf has at least.
    max_depth : int | None, default=3
        How deep a tree is at most.
    min_impurity_decrease : float, default=0.0
        By how much a split must lessen the squared error at least.
    init : Any, default=None
        What predictions begin with: "zero", an estimator, or the best constant.
    random_state : Any, default=None
        The seed of all that is drawn.
    max_features : int | float | Literal["sqrt", "log2"] | None, default=None
        How many features each split looks at: a number, a share, "sqrt", "log2"; None is all.
    verbose : int | bool, default=0
        Whether Python prints the loss of some of the stages; from 2 on, of each.
    max_leaf_nodes : int | None, default=None
        How many leaves a tree has at most; then the best ones grow first.
    warm_start : bool, default=False
        Whether another fit goes on from the stages that there are.
    validation_fraction : float, default=0.1
        The share of the samples that early stopping holds out.
    n_iter_no_change : int | None, default=None
        After how many stages without a better loss early stopping stops; None is never.
    tol : float, default=0.0001
        By how much a better loss must be better.
    ccp_alpha : float, default=0.0
        How much a leaf must be worth to be kept (minimal cost-complexity pruning).
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        loss: Literal["log_loss", "exponential"] = "log_loss",
        *,
        learning_rate: float = 0.1,
        n_estimators: int = 100,
        subsample: float = 1.0,
        criterion: Literal["deprecated", "squared_error", "friedman_mse"] = "deprecated",
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_depth: int | None = 3,
        min_impurity_decrease: float = 0.0,
        init: Any = None,
        random_state: Any = None,
        max_features: int | float | Literal["sqrt", "log2"] | None = None,
        verbose: int | bool = 0,
        max_leaf_nodes: int | None = None,
        warm_start: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int | None = None,
        tol: float = 0.0001,
        ccp_alpha: float = 0.0,
    ) -> None:
        self.loss = loss
        self.learning_rate = learning_rate
        self.n_estimators = n_estimators
        self.subsample = subsample
        self.criterion = criterion
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_depth = max_depth
        self.min_impurity_decrease = min_impurity_decrease
        self.init = init
        self.random_state = random_state
        self.max_features = max_features
        self.verbose = verbose
        self.max_leaf_nodes = max_leaf_nodes
        self.warm_start = warm_start
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.ccp_alpha = ccp_alpha


class GradientBoostingRegressor(StagedTrees, Weighted, RecordRegressor):
    """Predicts values by small trees over the values themselves, each of which descends the loss
    that those before have left. Source: Friedman 2001.

    Parameters
    ----------
    loss : Literal["squared_error", "absolute_error", "huber", "quantile"], default='squared_error'
        The loss that is descended.
    learning_rate : float, default=0.1
        How much of each tree's values counts.
    n_estimators : int, default=100
        How many stages there are.
    subsample : float, default=1.0
        The share of the samples that each stage sees, drawn at random.
    criterion : Literal["deprecated", "squared_error", "friedman_mse"], default='deprecated'
        Accepted for compatibility: splits are judged by the squared error.
    min_samples_split : int | float, default=2
        How many samples a node that is split has at least, or which share of all.
    min_samples_leaf : int | float, default=1
        How many samples a leaf has at least, or which share of all.
    min_weight_fraction_leaf : float, default=0.0
        Which share of all weights a leaf has at least.
    max_depth : int | None, default=3
        How deep a tree is at most.
    min_impurity_decrease : float, default=0.0
        By how much a split must lessen the squared error at least.
    init : Any, default=None
        What predictions begin with: "zero", an estimator, or the best constant.
    random_state : Any, default=None
        The seed of all that is drawn.
    max_features : int | float | Literal["sqrt", "log2"] | None, default=None
        How many features each split looks at: a number, a share, "sqrt", "log2"; None is all.
    alpha : float, default=0.9
        The quantile of the losses "huber" and "quantile".
    verbose : int | bool, default=0
        Whether Python prints the loss of some of the stages; from 2 on, of each.
    max_leaf_nodes : int | None, default=None
        How many leaves a tree has at most; then the best ones grow first.
    warm_start : bool, default=False
        Whether another fit goes on from the stages that there are.
    validation_fraction : float, default=0.1
        The share of the samples that early stopping holds out.
    n_iter_no_change : int | None, default=None
        After how many stages without a better loss early stopping stops; None is never.
    tol : float, default=0.0001
        By how much a better loss must be better.
    ccp_alpha : float, default=0.0
        How much a leaf must be worth to be kept (minimal cost-complexity pruning).
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        loss: Literal["squared_error", "absolute_error", "huber", "quantile"] = "squared_error",
        *,
        learning_rate: float = 0.1,
        n_estimators: int = 100,
        subsample: float = 1.0,
        criterion: Literal["deprecated", "squared_error", "friedman_mse"] = "deprecated",
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_depth: int | None = 3,
        min_impurity_decrease: float = 0.0,
        init: Any = None,
        random_state: Any = None,
        max_features: int | float | Literal["sqrt", "log2"] | None = None,
        alpha: float = 0.9,
        verbose: int | bool = 0,
        max_leaf_nodes: int | None = None,
        warm_start: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int | None = None,
        tol: float = 0.0001,
        ccp_alpha: float = 0.0,
    ) -> None:
        self.loss = loss
        self.learning_rate = learning_rate
        self.n_estimators = n_estimators
        self.subsample = subsample
        self.criterion = criterion
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_depth = max_depth
        self.min_impurity_decrease = min_impurity_decrease
        self.init = init
        self.random_state = random_state
        self.max_features = max_features
        self.alpha = alpha
        self.verbose = verbose
        self.max_leaf_nodes = max_leaf_nodes
        self.warm_start = warm_start
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.ccp_alpha = ccp_alpha


class HistGradientBoostingClassifier(Probabilities, Decisions, StagedProbabilities, HistogramBoosting, Weighted, RecordClassifier):
    """Classifies by many small trees, each of which descends the loss that those before have left.
    Features are binned, so that time grows with samples and features alone; missing values and
    categories are taken as they are. Source: Chen and Guestrin 2016; Ke et al. 2017.

    Parameters
    ----------
    loss : Literal["log_loss"], default='log_loss'
        The loss that is descended.
    learning_rate : float, default=0.1
        How much of each tree's values counts.
    max_iter : int, default=100
        How many rounds there are at most.
    max_leaf_nodes : int | None, default=31
        How many leaves a tree has at most.
    max_depth : int | None, default=None
        How deep a tree is at most.
    min_samples_leaf : int, default=20
        How many samples a leaf has at least.
    l2_regularization : float, default=0.0
        What is added to the sum of Hessians of a leaf: it draws values to 0.
    max_features : float, default=1.0
        The share of the features, chosen at random, that each node looks at.
    max_bins : int, default=255
        How many bins a feature has at most, that of missing values not counted.
    categorical_features : Any, default='from_dtype'
        Which features are categories: a mask, numbers, names, or those that a frame has as such.
    monotonic_cst : Any, default=None
        For each feature 1, 0 or -1: whether predictions must not fall, or not rise, along it; or a
        table of these by names.
    interaction_cst : Any, default=None
        Groups of features that may occur together in a branch: lists of numbers, "no_interactions"
        or "pairwise".
    warm_start : bool, default=False
        Whether another fit goes on from the rounds that there are.
    early_stopping : Literal["auto"] | bool, default='auto'
        Whether rounds end when the score gets no better; "auto" is with more than 10,000 samples.
    scoring : Any, default='loss'
        The score that early stopping looks at: "loss", a scorer's name or a scorer.
    validation_fraction : Any, default=0.1
        The share, or number, of samples that early stopping holds out; None is none: it looks at
        the training samples.
    n_iter_no_change : int, default=10
        After how many rounds without a better score early stopping stops.
    tol : float, default=1e-07
        By how much a better score must be better.
    verbose : int | bool, default=0
        Whether Python prints how long parts of the fit take; from 2 on, also what each round makes.
    random_state : Any, default=None
        The seed of samples held out, of samples for bins and of chosen features.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much classes count: a table by class, or "balanced".
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        loss: Literal["log_loss"] = "log_loss",
        *,
        learning_rate: float = 0.1,
        max_iter: int = 100,
        max_leaf_nodes: int | None = 31,
        max_depth: int | None = None,
        min_samples_leaf: int = 20,
        l2_regularization: float = 0.0,
        max_features: float = 1.0,
        max_bins: int = 255,
        categorical_features: Any = "from_dtype",
        monotonic_cst: Any = None,
        interaction_cst: Any = None,
        warm_start: bool = False,
        early_stopping: Literal["auto"] | bool = "auto",
        scoring: Any = "loss",
        validation_fraction: Any = 0.1,
        n_iter_no_change: int = 10,
        tol: float = 1e-07,
        verbose: int | bool = 0,
        random_state: Any = None,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
    ) -> None:
        self.loss = loss
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.max_leaf_nodes = max_leaf_nodes
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.l2_regularization = l2_regularization
        self.max_features = max_features
        self.max_bins = max_bins
        self.categorical_features = categorical_features
        self.monotonic_cst = monotonic_cst
        self.interaction_cst = interaction_cst
        self.warm_start = warm_start
        self.early_stopping = early_stopping
        self.scoring = scoring
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.verbose = verbose
        self.random_state = random_state
        self.class_weight = class_weight


class HistGradientBoostingRegressor(HistogramBoosting, Weighted, RecordRegressor):
    """Predicts values by many small trees, each of which descends the loss that those before have
    left. Features are binned, so that time grows with samples and features alone; missing values
    and categories are taken as they are. Source: Chen and Guestrin 2016; Ke et al. 2017.

    Parameters
    ----------
    loss : Literal["squared_error", "absolute_error", "gamma", "poisson", "quantile"],
    default='squared_error'
        The loss that is descended.
    quantile : float | None, default=None
        Which quantile the loss of that name is of.
    learning_rate : float, default=0.1
        How much of each tree's values counts.
    max_iter : int, default=100
        How many rounds there are at most.
    max_leaf_nodes : int | None, default=31
        How many leaves a tree has at most.
    max_depth : int | None, default=None
        How deep a tree is at most.
    min_samples_leaf : int, default=20
        How many samples a leaf has at least.
    l2_regularization : float, default=0.0
        What is added to the sum of Hessians of a leaf: it draws values to 0.
    max_features : float, default=1.0
        The share of the features, chosen at random, that each node looks at.
    max_bins : int, default=255
        How many bins a feature has at most, that of missing values not counted.
    categorical_features : Any, default='from_dtype'
        Which features are categories: a mask, numbers, names, or those that a frame has as such.
    monotonic_cst : Any, default=None
        For each feature 1, 0 or -1: whether predictions must not fall, or not rise, along it; or a
        table of these by names.
    interaction_cst : Any, default=None
        Groups of features that may occur together in a branch: lists of numbers, "no_interactions"
        or "pairwise".
    warm_start : bool, default=False
        Whether another fit goes on from the rounds that there are.
    early_stopping : Literal["auto"] | bool, default='auto'
        Whether rounds end when the score gets no better; "auto" is with more than 10,000 samples.
    scoring : Any, default='loss'
        The score that early stopping looks at: "loss", a scorer's name or a scorer.
    validation_fraction : Any, default=0.1
        The share, or number, of samples that early stopping holds out; None is none: it looks at
        the training samples.
    n_iter_no_change : int, default=10
        After how many rounds without a better score early stopping stops.
    tol : float, default=1e-07
        By how much a better score must be better.
    verbose : int | bool, default=0
        Whether Python prints how long parts of the fit take; from 2 on, also what each round makes.
    random_state : Any, default=None
        The seed of samples held out, of samples for bins and of chosen features.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": False,
        "nan": True,
        "multioutput": False,
        "weights": True,
        "requires_y": True,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        loss: Literal["squared_error", "absolute_error", "gamma", "poisson", "quantile"] = "squared_error",
        *,
        quantile: float | None = None,
        learning_rate: float = 0.1,
        max_iter: int = 100,
        max_leaf_nodes: int | None = 31,
        max_depth: int | None = None,
        min_samples_leaf: int = 20,
        l2_regularization: float = 0.0,
        max_features: float = 1.0,
        max_bins: int = 255,
        categorical_features: Any = "from_dtype",
        monotonic_cst: Any = None,
        interaction_cst: Any = None,
        warm_start: bool = False,
        early_stopping: Literal["auto"] | bool = "auto",
        scoring: Any = "loss",
        validation_fraction: Any = 0.1,
        n_iter_no_change: int = 10,
        tol: float = 1e-07,
        verbose: int | bool = 0,
        random_state: Any = None,
    ) -> None:
        self.loss = loss
        self.quantile = quantile
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.max_leaf_nodes = max_leaf_nodes
        self.max_depth = max_depth
        self.min_samples_leaf = min_samples_leaf
        self.l2_regularization = l2_regularization
        self.max_features = max_features
        self.max_bins = max_bins
        self.categorical_features = categorical_features
        self.monotonic_cst = monotonic_cst
        self.interaction_cst = interaction_cst
        self.warm_start = warm_start
        self.early_stopping = early_stopping
        self.scoring = scoring
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.verbose = verbose
        self.random_state = random_state


class RandomForestClassifier(Forests, Probabilities, Weighted, RecordClassifier):
    """Classifies by many trees, each of which learns from samples drawn with replacement and looks
    at few features for each split. Source: Breiman 2001.

    Parameters
    ----------
    n_estimators : int, default=100
        How many trees there are.
    criterion : Literal["gini", "entropy", "log_loss"], default='gini'
        What splits are judged by.
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
    max_leaf_nodes : int | None, default=None
        The most leaves of a tree; trees then grow best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    bootstrap : bool, default=True
        Whether each tree learns from samples drawn with replacement, or from all.
    oob_score : bool | Callable[..., Any], default=False
        Whether each sample is predicted by the trees that have not seen it, and by which score that
        is judged if not by the usual one.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    random_state : Any, default=None
        Where the samples, the order of the features and drawn thresholds come from.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    warm_start : bool, default=False
        Whether another fit adds trees to those that there are.
    class_weight : dict[Any, float] | list[dict[Any, float]] | Literal["balanced",
    "balanced_subsample"] | None, default=None
        How much the samples of each class count: tables by labels, one for each output, 'balanced',
        or 'balanced_subsample', within the samples of each tree.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    max_samples : int | float | None, default=None
        How many samples are drawn for each tree: a number, a share, or as many as there are.
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
        n_estimators: int = 100,
        *,
        criterion: Literal["gini", "entropy", "log_loss"] = "gini",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = "sqrt",
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        bootstrap: bool = True,
        oob_score: bool | Callable[..., Any] = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int | bool = 0,
        warm_start: bool = False,
        class_weight: dict[Any, float] | list[dict[Any, float]] | Literal["balanced", "balanced_subsample"] | None = None,
        ccp_alpha: float = 0.0,
        max_samples: int | float | None = None,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.bootstrap = bootstrap
        self.oob_score = oob_score
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose
        self.warm_start = warm_start
        self.class_weight = class_weight
        self.ccp_alpha = ccp_alpha
        self.max_samples = max_samples
        self.monotonic_cst = monotonic_cst


class RandomForestRegressor(Forests, Weighted, RecordRegressor):
    """Predicts the mean of what many trees say, each of which learns from samples drawn with
    replacement. Source: Breiman 2001.

    Parameters
    ----------
    n_estimators : int, default=100
        How many trees there are.
    criterion : Literal["squared_error", "absolute_error", "poisson", "friedman_mse"],
    default='squared_error'
        What splits are judged by.
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
    max_leaf_nodes : int | None, default=None
        The most leaves of a tree; trees then grow best first.
    min_impurity_decrease : float, default=0.0
        By how much a split must lower the impurity.
    bootstrap : bool, default=True
        Whether each tree learns from samples drawn with replacement, or from all.
    oob_score : bool | Callable[..., Any], default=False
        Whether each sample is predicted by the trees that have not seen it, and by which score that
        is judged if not by the usual one.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    random_state : Any, default=None
        Where the samples, the order of the features and drawn thresholds come from.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    warm_start : bool, default=False
        Whether another fit adds trees to those that there are.
    ccp_alpha : float, default=0.0
        How strong a branch must be not to be pruned: the impurity that it takes away for each of
        its leaves.
    max_samples : int | float | None, default=None
        How many samples are drawn for each tree: a number, a share, or as many as there are.
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
        n_estimators: int = 100,
        *,
        criterion: Literal["squared_error", "absolute_error", "poisson", "friedman_mse"] = "squared_error",
        max_depth: int | None = None,
        min_samples_split: int | float = 2,
        min_samples_leaf: int | float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: int | float | Literal["sqrt", "log2"] | None = 1.0,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        bootstrap: bool = True,
        oob_score: bool | Callable[..., Any] = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int | bool = 0,
        warm_start: bool = False,
        ccp_alpha: float = 0.0,
        max_samples: int | float | None = None,
        monotonic_cst: Sequence[float] | None = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.bootstrap = bootstrap
        self.oob_score = oob_score
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose
        self.warm_start = warm_start
        self.ccp_alpha = ccp_alpha
        self.max_samples = max_samples
        self.monotonic_cst = monotonic_cst


NAMES = (
    "ExtraTreesClassifier",
    "ExtraTreesRegressor",
    "GradientBoostingClassifier",
    "GradientBoostingRegressor",
    "HistGradientBoostingClassifier",
    "HistGradientBoostingRegressor",
    "RandomForestClassifier",
    "RandomForestRegressor",
)
