"""Estimators of `linear_model`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from numpy.typing import ArrayLike
from typing import Any, ClassVar, Literal

from .._methods import Batches, ClassBatches, Decisions, Initialised, LossProbabilities, Probabilities, SparseCoefficients, Sparsify
from .._record import RecordClassifier, RecordRegressor, Weighted


class ElasticNet(SparseCoefficients, Weighted, RecordRegressor):
    """Least squares with a mixture of absolute values and squares of the coefficients as a penalty.
    Source: Zou and Hastie 2005; coordinate descent: Friedman, Hastie and Tibshirani 2010.

    Parameters
    ----------
    alpha : float, default=1.0
        The strength of the penalty.
    l1_ratio : float, default=0.5
        The share of absolute values in the penalty.
    fit_intercept : bool, default=True
        Whether there is an intercept; without it, the data are expected to be centred.
    precompute : bool | ArrayLike, default=False
        Accepted for compatibility: products of features are computed where that is quicker.
    max_iter : int | None, default=1000
        The most sweeps over the coefficients; None is 1000.
    copy_X : bool, default=True
        Accepted for compatibility: X is never changed.
    tol : float, default=0.0001
        The duality gap at which the descent ends, as a share of the target's squares.
    warm_start : bool, default=False
        Whether the descent begins where that of the last `fit` ended.
    positive : bool, default=False
        Whether the coefficients must not be negative.
    random_state : Any, default=None
        Where random numbers come from, if the selection is random.
    selection : Literal["cyclic", "random"], default='cyclic'
        The order in which coefficients take their turns.
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
        alpha: float = 1.0,
        *,
        l1_ratio: float = 0.5,
        fit_intercept: bool = True,
        precompute: bool | ArrayLike = False,
        max_iter: int | None = 1000,
        copy_X: bool = True,
        tol: float = 0.0001,
        warm_start: bool = False,
        positive: bool = False,
        random_state: Any = None,
        selection: Literal["cyclic", "random"] = "cyclic",
    ) -> None:
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.precompute = precompute
        self.max_iter = max_iter
        self.copy_X = copy_X
        self.tol = tol
        self.warm_start = warm_start
        self.positive = positive
        self.random_state = random_state
        self.selection = selection


class Lasso(SparseCoefficients, Weighted, RecordRegressor):
    """Least squares with the sum of the absolute values of the coefficients as a penalty. Source:
    Tibshirani 1996; coordinate descent: Friedman, Hastie and Tibshirani 2010.

    Parameters
    ----------
    alpha : float, default=1.0
        The strength of the penalty.
    fit_intercept : bool, default=True
        Whether there is an intercept; without it, the data are expected to be centred.
    precompute : bool | ArrayLike, default=False
        Accepted for compatibility: products of features are computed where that is quicker.
    copy_X : bool, default=True
        Accepted for compatibility: X is never changed.
    max_iter : int | None, default=1000
        The most sweeps over the coefficients; None is 1000.
    tol : float, default=0.0001
        The duality gap at which the descent ends, as a share of the target's squares.
    warm_start : bool, default=False
        Whether the descent begins where that of the last `fit` ended.
    positive : bool, default=False
        Whether the coefficients must not be negative.
    random_state : Any, default=None
        Where random numbers come from, if the selection is random.
    selection : Literal["cyclic", "random"], default='cyclic'
        The order in which coefficients take their turns.
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
        alpha: float = 1.0,
        *,
        fit_intercept: bool = True,
        precompute: bool | ArrayLike = False,
        copy_X: bool = True,
        max_iter: int | None = 1000,
        tol: float = 0.0001,
        warm_start: bool = False,
        positive: bool = False,
        random_state: Any = None,
        selection: Literal["cyclic", "random"] = "cyclic",
    ) -> None:
        self.alpha = alpha
        self.fit_intercept = fit_intercept
        self.precompute = precompute
        self.copy_X = copy_X
        self.max_iter = max_iter
        self.tol = tol
        self.warm_start = warm_start
        self.positive = positive
        self.random_state = random_state
        self.selection = selection


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


class Perceptron(Decisions, ClassBatches, Initialised, Sparsify, Weighted, RecordClassifier):
    """The perceptron: a linear classifier that moves only where it errs. Source: Rosenblatt 1958.

    Parameters
    ----------
    penalty : Literal["l1", "l2", "elasticnet"] | None, default=None
        What keeps coefficients small.
    alpha : float, default=0.0001
        The strength of the penalty.
    l1_ratio : float, default=0.15
        The share of absolute values in the penalty "elasticnet".
    fit_intercept : bool, default=True
        Whether there is an intercept.
    max_iter : int, default=1000
        The most epochs.
    tol : float | None, default=0.001
        The descent ends when the mean loss, or the score with early stopping, is not better by this
        much for some epochs; None never ends it.
    shuffle : bool, default=True
        Whether each epoch has an order of its own.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    eta0 : float, default=1.0
        The length of steps.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    random_state : Any, default=0
        Where the orders come from.
    early_stopping : bool, default=False
        Whether samples are held back, whose score ends the descent.
    validation_fraction : float, default=0.1
        The share of those.
    n_iter_no_change : int, default=5
        For how many epochs nothing may get better.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much each class counts.
    warm_start : bool, default=False
        Whether the descent begins where that of the last `fit` ended.
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
        penalty: Literal["l1", "l2", "elasticnet"] | None = None,
        *,
        alpha: float = 0.0001,
        l1_ratio: float = 0.15,
        fit_intercept: bool = True,
        max_iter: int = 1000,
        tol: float | None = 0.001,
        shuffle: bool = True,
        verbose: int | bool = 0,
        eta0: float = 1.0,
        n_jobs: int | None = None,
        random_state: Any = 0,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 5,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        warm_start: bool = False,
    ) -> None:
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.max_iter = max_iter
        self.tol = tol
        self.shuffle = shuffle
        self.verbose = verbose
        self.eta0 = eta0
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.class_weight = class_weight
        self.warm_start = warm_start


class Ridge(Weighted, RecordRegressor):
    """Least squares with half the sum of the squares of the coefficients as a penalty. Source:
    Hoerl and Kennard 1970.

    Parameters
    ----------
    alpha : float | ArrayLike, default=1.0
        The strength of the penalty, or one for each target.
    fit_intercept : bool, default=True
        Whether there is an intercept; without it, the data are expected to be centred.
    copy_X : bool, default=True
        Accepted for compatibility: X is never changed.
    max_iter : int | None, default=None
        The most iterations where the solution is iterative; None is what suits.
    tol : float, default=0.0001
        How exact an iterative solution is.
    solver : Literal["auto", "svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga", "lbfgs"],
    default='auto'
        How the system is solved: the solution is the same. It is direct unless samples and features
        are both too many.
    positive : bool, default=False
        Whether the coefficients must not be negative.
    random_state : Any, default=None
        Accepted for compatibility: no solver is random.
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
        alpha: float | ArrayLike = 1.0,
        *,
        fit_intercept: bool = True,
        copy_X: bool = True,
        max_iter: int | None = None,
        tol: float = 0.0001,
        solver: Literal["auto", "svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga", "lbfgs"] = "auto",
        positive: bool = False,
        random_state: Any = None,
    ) -> None:
        self.alpha = alpha
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.max_iter = max_iter
        self.tol = tol
        self.solver = solver
        self.positive = positive
        self.random_state = random_state


class RidgeClassifier(Decisions, Weighted, RecordClassifier):
    """Classifies by ridge regression on 1 for a sample's class and -1 for the others. Source:
    Hastie, Tibshirani and Friedman 2009, sections 3.4 and 4.2.

    Parameters
    ----------
    alpha : float | ArrayLike, default=1.0
        The strength of the penalty, or one for each class.
    fit_intercept : bool, default=True
        Whether there is an intercept; without it, the data are expected to be centred.
    copy_X : bool, default=True
        Accepted for compatibility: X is never changed.
    max_iter : int | None, default=None
        The most iterations where the solution is iterative; None is what suits.
    tol : float, default=0.0001
        How exact an iterative solution is.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much each class counts.
    solver : Literal["auto", "svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga", "lbfgs"],
    default='auto'
        How the system is solved: the solution is the same. It is direct unless samples and features
        are both too many.
    positive : bool, default=False
        Whether the coefficients must not be negative.
    random_state : Any, default=None
        Accepted for compatibility: no solver is random.
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
        alpha: float | ArrayLike = 1.0,
        *,
        fit_intercept: bool = True,
        copy_X: bool = True,
        max_iter: int | None = None,
        tol: float = 0.0001,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        solver: Literal["auto", "svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga", "lbfgs"] = "auto",
        positive: bool = False,
        random_state: Any = None,
    ) -> None:
        self.alpha = alpha
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.max_iter = max_iter
        self.tol = tol
        self.class_weight = class_weight
        self.solver = solver
        self.positive = positive
        self.random_state = random_state


class SGDClassifier(Decisions, LossProbabilities, ClassBatches, Initialised, Sparsify, Weighted, RecordClassifier):
    """Linear classifiers by stochastic gradient descent: support vector machines, logistic
    regression and others, one against the rest for several classes. Source: Bottou 2012.

    Parameters
    ----------
    loss : Literal["hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron",
    "squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"], default='hinge'
        What is to be small for each sample: "hinge" makes a support vector machine, "log_loss"
        logistic regression.
    penalty : Literal["l1", "l2", "elasticnet"] | None, default='l2'
        What keeps coefficients small.
    alpha : float, default=0.0001
        The strength of the penalty.
    l1_ratio : float | None, default=0.15
        The share of absolute values in the penalty "elasticnet".
    fit_intercept : bool, default=True
        Whether there is an intercept.
    max_iter : int, default=1000
        The most epochs.
    tol : float | None, default=0.001
        The descent ends when the mean loss, or the score with early stopping, is not better by this
        much for some epochs; None never ends it.
    shuffle : bool, default=True
        Whether each epoch has an order of its own.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    epsilon : float, default=0.1
        Errors below this are small, for the losses that tell.
    n_jobs : int | None, default=None
        Accepted for compatibility: the number of threads is the process's.
    random_state : Any, default=None
        Where the orders come from.
    learning_rate : Literal["constant", "optimal", "invscaling", "adaptive", "pa1", "pa2"],
    default='optimal'
        How long steps are.
    eta0 : float, default=0.01
        The length of the first step, or the greatest of passive-aggressive ones.
    power_t : float, default=0.5
        How quickly steps become shorter, for "invscaling".
    early_stopping : bool, default=False
        Whether samples are held back, whose score ends the descent.
    validation_fraction : float, default=0.1
        The share of those.
    n_iter_no_change : int, default=5
        For how many epochs nothing may get better.
    class_weight : dict[Any, float] | Literal["balanced"] | None, default=None
        How much each class counts.
    warm_start : bool, default=False
        Whether the descent begins where that of the last `fit` ended.
    average : int | bool, default=False
        Whether, or from which step on, coefficients are averaged.
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
        loss: Literal["hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron", "squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"] = "hinge",
        *,
        penalty: Literal["l1", "l2", "elasticnet"] | None = "l2",
        alpha: float = 0.0001,
        l1_ratio: float | None = 0.15,
        fit_intercept: bool = True,
        max_iter: int = 1000,
        tol: float | None = 0.001,
        shuffle: bool = True,
        verbose: int | bool = 0,
        epsilon: float = 0.1,
        n_jobs: int | None = None,
        random_state: Any = None,
        learning_rate: Literal["constant", "optimal", "invscaling", "adaptive", "pa1", "pa2"] = "optimal",
        eta0: float = 0.01,
        power_t: float = 0.5,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 5,
        class_weight: dict[Any, float] | Literal["balanced"] | None = None,
        warm_start: bool = False,
        average: int | bool = False,
    ) -> None:
        self.loss = loss
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.max_iter = max_iter
        self.tol = tol
        self.shuffle = shuffle
        self.verbose = verbose
        self.epsilon = epsilon
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.learning_rate = learning_rate
        self.eta0 = eta0
        self.power_t = power_t
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.class_weight = class_weight
        self.warm_start = warm_start
        self.average = average


class SGDRegressor(Batches, Initialised, Sparsify, Weighted, RecordRegressor):
    """Linear regression by stochastic gradient descent. Source: Bottou 2012.

    Parameters
    ----------
    loss : Literal["squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"],
    default='squared_error'
        What is to be small for each sample.
    penalty : Literal["l1", "l2", "elasticnet"] | None, default='l2'
        What keeps coefficients small.
    alpha : float, default=0.0001
        The strength of the penalty.
    l1_ratio : float | None, default=0.15
        The share of absolute values in the penalty "elasticnet".
    fit_intercept : bool, default=True
        Whether there is an intercept.
    max_iter : int, default=1000
        The most epochs.
    tol : float | None, default=0.001
        The descent ends when the mean loss, or the score with early stopping, is not better by this
        much for some epochs; None never ends it.
    shuffle : bool, default=True
        Whether each epoch has an order of its own.
    verbose : int | bool, default=0
        Accepted for compatibility: nothing is printed.
    epsilon : float, default=0.1
        Errors below this are small, for the losses that tell.
    random_state : Any, default=None
        Where the orders come from.
    learning_rate : Literal["constant", "optimal", "invscaling", "adaptive", "pa1", "pa2"],
    default='invscaling'
        How long steps are.
    eta0 : float, default=0.01
        The length of the first step, or the greatest of passive-aggressive ones.
    power_t : float, default=0.25
        How quickly steps become shorter, for "invscaling".
    early_stopping : bool, default=False
        Whether samples are held back, whose score ends the descent.
    validation_fraction : float, default=0.1
        The share of those.
    n_iter_no_change : int, default=5
        For how many epochs nothing may get better.
    warm_start : bool, default=False
        Whether the descent begins where that of the last `fit` ended.
    average : int | bool, default=False
        Whether, or from which step on, coefficients are averaged.
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
        loss: Literal["squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"] = "squared_error",
        *,
        penalty: Literal["l1", "l2", "elasticnet"] | None = "l2",
        alpha: float = 0.0001,
        l1_ratio: float | None = 0.15,
        fit_intercept: bool = True,
        max_iter: int = 1000,
        tol: float | None = 0.001,
        shuffle: bool = True,
        verbose: int | bool = 0,
        epsilon: float = 0.1,
        random_state: Any = None,
        learning_rate: Literal["constant", "optimal", "invscaling", "adaptive", "pa1", "pa2"] = "invscaling",
        eta0: float = 0.01,
        power_t: float = 0.25,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 5,
        warm_start: bool = False,
        average: int | bool = False,
    ) -> None:
        self.loss = loss
        self.penalty = penalty
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.max_iter = max_iter
        self.tol = tol
        self.shuffle = shuffle
        self.verbose = verbose
        self.epsilon = epsilon
        self.random_state = random_state
        self.learning_rate = learning_rate
        self.eta0 = eta0
        self.power_t = power_t
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.warm_start = warm_start
        self.average = average


NAMES = (
    "ElasticNet",
    "Lasso",
    "LinearRegression",
    "LogisticRegression",
    "Perceptron",
    "Ridge",
    "RidgeClassifier",
    "SGDClassifier",
    "SGDRegressor",
)
