"""Estimators of `svm`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from .._methods import Decisions, Sparsify, SupportVectors, Votes
from .._record import RecordClassifier, RecordOutlierDetector, RecordRegressor, Weighted, WeightedUnlabelled


class LinearSVC(Decisions, Sparsify, Weighted, RecordClassifier):
    """A linear support vector machine: the widest margin between each class and the others. Squared
    losses are solved by Newton's method, whichever of the two problems `dual` names, for both have
    the same solution; for sparse samples, the dual by coordinate descent unless it is refused.
    Source: Fan et al. 2008; Keerthi and DeCoste 2005; Hsieh et al. 2008.

    Parameters
    ----------
    penalty : Literal["l1", "l2"], default='l2'
        The norm of the weights that is kept small.
    loss : Literal["hinge", "squared_hinge"], default='squared_hinge'
        What a sample costs that lacks the margin.
    dual : bool | Literal["auto"], default='auto'
        Whether the dual is solved; 'auto' is what the other parameters allow.
    tol : float, default=0.0001
        How near to the optimum the solver ends.
    C : float, default=1.0
        What a sample on the wrong side costs.
    multi_class : Literal["ovr", "crammer_singer"], default='ovr'
        How more than two classes are told apart.
    fit_intercept : bool, default=True
        Whether there is an intercept.
    intercept_scaling : float, default=1.0
        The constant feature that stands for the intercept; the greater it is, the less the
        intercept is kept small.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much the samples of each class count.
    verbose : bool | int, default=0
        Accepted for compatibility: nothing is printed.
    random_state : Any, default=None
        Where the random order of samples comes from.
    max_iter : int, default=1000
        The most rounds.
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
        penalty: Literal["l1", "l2"] = "l2",
        *,
        loss: Literal["hinge", "squared_hinge"] = "squared_hinge",
        dual: bool | Literal["auto"] = "auto",
        tol: float = 0.0001,
        C: float = 1.0,
        multi_class: Literal["ovr", "crammer_singer"] = "ovr",
        fit_intercept: bool = True,
        intercept_scaling: float = 1.0,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        verbose: bool | int = 0,
        random_state: Any = None,
        max_iter: int = 1000,
    ) -> None:
        self.penalty = penalty
        self.loss = loss
        self.dual = dual
        self.tol = tol
        self.C = C
        self.multi_class = multi_class
        self.fit_intercept = fit_intercept
        self.intercept_scaling = intercept_scaling
        self.class_weight = class_weight
        self.verbose = verbose
        self.random_state = random_state
        self.max_iter = max_iter


class LinearSVR(Weighted, RecordRegressor):
    """Linear support vector regression: errors below `epsilon` cost nothing. The squared loss is
    solved by Newton's method, whichever of the two problems `dual` names. Source: Ho and Lin 2012.

    Parameters
    ----------
    epsilon : float, default=0.0
        How far off a value may be without cost.
    tol : float, default=0.0001
        How near to the optimum the solver ends.
    C : float, default=1.0
        What an error costs.
    loss : Literal["epsilon_insensitive", "squared_epsilon_insensitive"],
    default='epsilon_insensitive'
        What an error beyond `epsilon` costs.
    fit_intercept : bool, default=True
        Whether there is an intercept.
    intercept_scaling : float, default=1.0
        The constant feature that stands for the intercept; the greater it is, the less the
        intercept is kept small.
    dual : bool | Literal["auto"], default='auto'
        Whether the dual is solved; 'auto' is what the loss allows.
    verbose : bool | int, default=0
        Accepted for compatibility: nothing is printed.
    random_state : Any, default=None
        Where the random order of samples comes from.
    max_iter : int, default=1000
        The most rounds.
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
        *,
        epsilon: float = 0.0,
        tol: float = 0.0001,
        C: float = 1.0,
        loss: Literal["epsilon_insensitive", "squared_epsilon_insensitive"] = "epsilon_insensitive",
        fit_intercept: bool = True,
        intercept_scaling: float = 1.0,
        dual: bool | Literal["auto"] = "auto",
        verbose: bool | int = 0,
        random_state: Any = None,
        max_iter: int = 1000,
    ) -> None:
        self.epsilon = epsilon
        self.tol = tol
        self.C = C
        self.loss = loss
        self.fit_intercept = fit_intercept
        self.intercept_scaling = intercept_scaling
        self.dual = dual
        self.verbose = verbose
        self.random_state = random_state
        self.max_iter = max_iter


class NuSVC(SupportVectors, Votes, Weighted, RecordClassifier):
    """A support vector machine whose nu bounds the share of errors above and that of support
    vectors below, in place of the C of `SVC`. Source: Schölkopf, Smola, Williamson and Bartlett
    2000.

    Parameters
    ----------
    nu : float, default=0.5
        The most that errors, and the least that support vectors, may be of the samples.
    kernel : Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any],
    default='rbf'
        Which kernel measures how alike two samples are.
    degree : int, default=3
        The power of the kernel 'poly'.
    gamma : Literal["scale", "auto"] | float, default='scale'
        The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features *
        X.var()), 'auto' is 1 / n_features.
    coef0 : float, default=0.0
        What 'poly' and 'sigmoid' add to the inner product.
    shrinking : bool, default=True
        Whether samples that seem settled are left out for a while.
    probability : bool | Literal["deprecated"], default='deprecated'
        Whether probabilities are learned, in five folds; scikit-learn will drop this for
        CalibratedClassifierCV.
    tol : float, default=0.001
        By how much the optimality conditions may be missed.
    cache_size : float, default=200.0
        The megabytes in which rows of kernels are kept.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much the samples of each class count.
    verbose : bool | int, default=False
        Accepted for compatibility: nothing is printed.
    max_iter : int, default=-1
        The most steps of each machine; -1 is no limit.
    decision_function_shape : Literal["ovo", "ovr"], default='ovr'
        What `decision_function` gives for more than two classes.
    break_ties : bool, default=False
        Whether `predict` decides between classes of equal votes by `decision_function`.
    random_state : Any, default=None
        Where the folds for probabilities come from.
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
        *,
        nu: float = 0.5,
        kernel: Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any] = "rbf",
        degree: int = 3,
        gamma: Literal["scale", "auto"] | float = "scale",
        coef0: float = 0.0,
        shrinking: bool = True,
        probability: bool | Literal["deprecated"] = "deprecated",
        tol: float = 0.001,
        cache_size: float = 200.0,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        verbose: bool | int = False,
        max_iter: int = -1,
        decision_function_shape: Literal["ovo", "ovr"] = "ovr",
        break_ties: bool = False,
        random_state: Any = None,
    ) -> None:
        self.nu = nu
        self.kernel = kernel
        self.degree = degree
        self.gamma = gamma
        self.coef0 = coef0
        self.shrinking = shrinking
        self.probability = probability
        self.tol = tol
        self.cache_size = cache_size
        self.class_weight = class_weight
        self.verbose = verbose
        self.max_iter = max_iter
        self.decision_function_shape = decision_function_shape
        self.break_ties = break_ties
        self.random_state = random_state


class NuSVR(SupportVectors, Weighted, RecordRegressor):
    """Support vector regression whose nu bounds the share of errors above and that of support
    vectors below, in place of the epsilon of `SVR`. Source: Schölkopf, Smola, Williamson and
    Bartlett 2000.

    Parameters
    ----------
    nu : float, default=0.5
        The most that errors, and the least that support vectors, may be of the samples.
    C : float, default=1.0
        What each unit of an error costs.
    kernel : Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any],
    default='rbf'
        Which kernel measures how alike two samples are.
    degree : int, default=3
        The power of the kernel 'poly'.
    gamma : Literal["scale", "auto"] | float, default='scale'
        The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features *
        X.var()), 'auto' is 1 / n_features.
    coef0 : float, default=0.0
        What 'poly' and 'sigmoid' add to the inner product.
    shrinking : bool, default=True
        Whether samples that seem settled are left out for a while.
    tol : float, default=0.001
        By how much the optimality conditions may be missed.
    cache_size : float, default=200.0
        The megabytes in which rows of kernels are kept.
    verbose : bool | int, default=False
        Accepted for compatibility: nothing is printed.
    max_iter : int, default=-1
        The most steps; -1 is no limit.
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
        *,
        nu: float = 0.5,
        C: float = 1.0,
        kernel: Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any] = "rbf",
        degree: int = 3,
        gamma: Literal["scale", "auto"] | float = "scale",
        coef0: float = 0.0,
        shrinking: bool = True,
        tol: float = 0.001,
        cache_size: float = 200.0,
        verbose: bool | int = False,
        max_iter: int = -1,
    ) -> None:
        self.nu = nu
        self.C = C
        self.kernel = kernel
        self.degree = degree
        self.gamma = gamma
        self.coef0 = coef0
        self.shrinking = shrinking
        self.tol = tol
        self.cache_size = cache_size
        self.verbose = verbose
        self.max_iter = max_iter


class OneClassSVM(SupportVectors, WeightedUnlabelled, RecordOutlierDetector):
    """Finds what does not belong: the surface, in the space of a kernel, that parts most samples
    from the origin by the widest margin. Source: Schölkopf et al. 2001.

    Parameters
    ----------
    kernel : Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any],
    default='rbf'
        Which kernel measures how alike two samples are.
    degree : int, default=3
        The power of the kernel 'poly'.
    gamma : Literal["scale", "auto"] | float, default='scale'
        The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features *
        X.var()), 'auto' is 1 / n_features.
    coef0 : float, default=0.0
        What 'poly' and 'sigmoid' add to the inner product.
    tol : float, default=0.001
        By how much the optimality conditions may be missed.
    nu : float, default=0.5
        The most that errors, and the least that support vectors, may be of the samples.
    shrinking : bool, default=True
        Whether samples that seem settled are left out for a while.
    cache_size : float, default=200.0
        The megabytes in which rows of kernels are kept.
    verbose : bool | int, default=False
        Accepted for compatibility: nothing is printed.
    max_iter : int, default=-1
        The most steps; -1 is no limit.
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
        "multioutput": False,
        "weights": True,
        "requires_y": False,
        "positive": False,
        "binary_only": False,
        "pairwise": False,
    }

    def __init__(
        self,
        *,
        kernel: Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any] = "rbf",
        degree: int = 3,
        gamma: Literal["scale", "auto"] | float = "scale",
        coef0: float = 0.0,
        tol: float = 0.001,
        nu: float = 0.5,
        shrinking: bool = True,
        cache_size: float = 200.0,
        verbose: bool | int = False,
        max_iter: int = -1,
    ) -> None:
        self.kernel = kernel
        self.degree = degree
        self.gamma = gamma
        self.coef0 = coef0
        self.tol = tol
        self.nu = nu
        self.shrinking = shrinking
        self.cache_size = cache_size
        self.verbose = verbose
        self.max_iter = max_iter


class SVC(SupportVectors, Votes, Weighted, RecordClassifier):
    """A support vector machine that tells classes apart: between each two classes the widest margin
    in the space of a kernel. Source: Cortes and Vapnik 1995.

    Parameters
    ----------
    C : float, default=1.0
        What a sample on the wrong side costs.
    kernel : Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any],
    default='rbf'
        Which kernel measures how alike two samples are.
    degree : int, default=3
        The power of the kernel 'poly'.
    gamma : Literal["scale", "auto"] | float, default='scale'
        The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features *
        X.var()), 'auto' is 1 / n_features.
    coef0 : float, default=0.0
        What 'poly' and 'sigmoid' add to the inner product.
    shrinking : bool, default=True
        Whether samples that seem settled are left out for a while.
    probability : bool | Literal["deprecated"], default='deprecated'
        Whether probabilities are learned, in five folds; scikit-learn will drop this for
        CalibratedClassifierCV.
    tol : float, default=0.001
        By how much the optimality conditions may be missed.
    cache_size : float, default=200.0
        The megabytes in which rows of kernels are kept.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much the samples of each class count.
    verbose : bool | int, default=False
        Accepted for compatibility: nothing is printed.
    max_iter : int, default=-1
        The most steps of each machine; -1 is no limit.
    decision_function_shape : Literal["ovo", "ovr"], default='ovr'
        What `decision_function` gives for more than two classes.
    break_ties : bool, default=False
        Whether `predict` decides between classes of equal votes by `decision_function`.
    random_state : Any, default=None
        Where the folds for probabilities come from.
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
        *,
        C: float = 1.0,
        kernel: Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any] = "rbf",
        degree: int = 3,
        gamma: Literal["scale", "auto"] | float = "scale",
        coef0: float = 0.0,
        shrinking: bool = True,
        probability: bool | Literal["deprecated"] = "deprecated",
        tol: float = 0.001,
        cache_size: float = 200.0,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        verbose: bool | int = False,
        max_iter: int = -1,
        decision_function_shape: Literal["ovo", "ovr"] = "ovr",
        break_ties: bool = False,
        random_state: Any = None,
    ) -> None:
        self.C = C
        self.kernel = kernel
        self.degree = degree
        self.gamma = gamma
        self.coef0 = coef0
        self.shrinking = shrinking
        self.probability = probability
        self.tol = tol
        self.cache_size = cache_size
        self.class_weight = class_weight
        self.verbose = verbose
        self.max_iter = max_iter
        self.decision_function_shape = decision_function_shape
        self.break_ties = break_ties
        self.random_state = random_state


class SVR(SupportVectors, Weighted, RecordRegressor):
    """Support vector regression: the flattest sum of kernels within `epsilon` of the values, as far
    as errors beyond are not cheaper. Source: Drucker et al. 1997; Smola and Schölkopf 2004.

    Parameters
    ----------
    kernel : Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any],
    default='rbf'
        Which kernel measures how alike two samples are.
    degree : int, default=3
        The power of the kernel 'poly'.
    gamma : Literal["scale", "auto"] | float, default='scale'
        The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features *
        X.var()), 'auto' is 1 / n_features.
    coef0 : float, default=0.0
        What 'poly' and 'sigmoid' add to the inner product.
    tol : float, default=0.001
        By how much the optimality conditions may be missed.
    C : float, default=1.0
        What each unit of an error costs.
    epsilon : float, default=0.1
        How far off a value may be without cost.
    shrinking : bool, default=True
        Whether samples that seem settled are left out for a while.
    cache_size : float, default=200.0
        The megabytes in which rows of kernels are kept.
    verbose : bool | int, default=False
        Accepted for compatibility: nothing is printed.
    max_iter : int, default=-1
        The most steps; -1 is no limit.
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
        *,
        kernel: Literal["linear", "poly", "rbf", "sigmoid", "precomputed"] | Callable[..., Any] = "rbf",
        degree: int = 3,
        gamma: Literal["scale", "auto"] | float = "scale",
        coef0: float = 0.0,
        tol: float = 0.001,
        C: float = 1.0,
        epsilon: float = 0.1,
        shrinking: bool = True,
        cache_size: float = 200.0,
        verbose: bool | int = False,
        max_iter: int = -1,
    ) -> None:
        self.kernel = kernel
        self.degree = degree
        self.gamma = gamma
        self.coef0 = coef0
        self.tol = tol
        self.C = C
        self.epsilon = epsilon
        self.shrinking = shrinking
        self.cache_size = cache_size
        self.verbose = verbose
        self.max_iter = max_iter


NAMES = (
    "LinearSVC",
    "LinearSVR",
    "NuSVC",
    "NuSVR",
    "OneClassSVM",
    "SVC",
    "SVR",
)
