"""Estimators of `linear_model`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from .._methods import Decisions, Probabilities, Sparsify
from .._record import RecordClassifier, RecordRegressor, Weighted


class LinearRegression(Weighted, RecordRegressor):
    """Ordinary least squares: the linear function of the features with the least sum of squared
    residuals. Source: Hastie, Tibshirani and Friedman 2009, section 3.2.

    Parameters
    ----------
    fit_intercept : bool, default=True
        Whether there is an intercept; without it, the data are expected to be centred.
    copy_X : bool, default=True
        Accepted for compatibility: X is never changed.
    tol : float, default=1e-06
        Singular values below this share of the greatest one count as 0.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    positive : bool, default=False
        Whether the coefficients must not be negative (Lawson and Hanson 1974, chapter 23).
    """

    _flags: ClassVar[dict[str, bool]] = {
        "sparse": True,
        "nan": False,
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
        fit_intercept: bool = True,
        copy_X: bool = True,
        tol: float = 1e-06,
        n_jobs: int | None = None,
        positive: bool = False,
    ) -> None:
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.tol = tol
        self.n_jobs = n_jobs
        self.positive = positive


class LogisticRegression(Decisions, Probabilities, Sparsify, Weighted, RecordClassifier):
    """Logistic regression: classes whose log-odds are linear in the features, of several classes
    all at once (multinomial). Source: Hastie, Tibshirani and Friedman 2009, section 4.4; Nocedal
    and Wright 2006, chapter 7; Lee, Sun and Saunders 2014.

    Parameters
    ----------
    penalty : Literal["l1", "l2", "elasticnet", "deprecated"] | None, default='deprecated'
        Deprecated in favour of C and l1_ratio.
    C : float, default=1.0
        The inverse of the strength of the penalty; infinity is none.
    l1_ratio : float | None, default=0.0
        The share of absolute values in the penalty: 0 is squares alone, 1 absolute values alone.
    dual : bool, default=False
        Whether liblinear may solve the dual problem: its solution is the same.
    tol : float, default=0.0001
        The greatest derivative of the mean loss at which the search ends.
    fit_intercept : bool, default=True
        Whether there is an intercept.
    intercept_scaling : float, default=1.0
        For liblinear, the value of the feature whose coefficient is the intercept, penalised as
        all.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much each class counts.
    random_state : Any, default=None
        Accepted for compatibility: no solver is random.
    solver : Literal["lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga"],
    default='lbfgs'
        How the minimum is searched for: "lbfgs" begins with the curvature of some samples,
        "newton-cholesky" has that of all in each iteration, "newton-cg" multiplies with it.
        "liblinear" is for two classes. "sag" and "saga" search as "lbfgs" does, and "saga" takes
        every penalty.
    max_iter : int, default=100
        The most iterations.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    warm_start : bool, default=False
        Whether the search begins where that of the last `fit` ended.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
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
        penalty: Literal["l1", "l2", "elasticnet", "deprecated"] | None = "deprecated",
        *,
        C: float = 1.0,
        l1_ratio: float | None = 0.0,
        dual: bool = False,
        tol: float = 0.0001,
        fit_intercept: bool = True,
        intercept_scaling: float = 1.0,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        random_state: Any = None,
        solver: Literal["lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga"] = "lbfgs",
        max_iter: int = 100,
        verbose: int | bool = 0,
        warm_start: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        self.penalty = penalty
        self.C = C
        self.l1_ratio = l1_ratio
        self.dual = dual
        self.tol = tol
        self.fit_intercept = fit_intercept
        self.intercept_scaling = intercept_scaling
        self.class_weight = class_weight
        self.random_state = random_state
        self.solver = solver
        self.max_iter = max_iter
        self.verbose = verbose
        self.warm_start = warm_start
        self.n_jobs = n_jobs


NAMES = (
    "LinearRegression",
    "LogisticRegression",
)
