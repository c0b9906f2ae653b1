"""Estimators of `svm`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from .._methods import Decisions, MaybeProbabilities, SupportVectors
from .._record import RecordClassifier, Weighted


class NuSVC(SupportVectors, MaybeProbabilities, Decisions, Weighted, RecordClassifier):
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


class SVC(SupportVectors, MaybeProbabilities, Decisions, Weighted, RecordClassifier):
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


NAMES = (
    "NuSVC",
    "SVC",
)
