"""Estimators of `neural_network`, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from .._methods import Batches, ClassBatches, Probabilities
from .._record import RecordClassifier, RecordRegressor, Weighted


class MLPClassifier(Probabilities, ClassBatches, Weighted, RecordClassifier):
    """Classifies by a network of layers, trained by the gradient of the log loss. Several outputs
    of two classes each are labels that can come together.

    Parameters
    ----------
    hidden_layer_sizes : Sequence[int] | int, default=[100]
        The units of each hidden layer.
    activation : Literal["identity", "logistic", "tanh", "relu"], default='relu'
        What hidden layers do to their sums.
    solver : Literal["lbfgs", "sgd", "adam"], default='adam'
        How the weights are found.
    alpha : float, default=0.0001
        The strength of the penalty on the squares of the weights.
    batch_size : Literal["auto"] | int, default='auto'
        The samples of a batch; 'auto' is 200, or all if there are fewer.
    learning_rate : Literal["constant", "invscaling", "adaptive"], default='constant'
        How the step of sgd changes.
    learning_rate_init : float, default=0.001
        The step.
    power_t : float, default=0.5
        The power that the step of sgd falls with, for the learning rate 'invscaling'.
    max_iter : int, default=200
        How many passes over the samples, or iterations, there are at most.
    shuffle : bool, default=True
        Whether samples come in another order in each pass.
    random_state : Any, default=None
        The seed of the first weights, of the order of samples and of those that are held back.
    tol : float, default=0.0001
        By how much the loss or the score must improve, or for lbfgs, how small derivatives must be.
    verbose : int | bool, default=0
        Whether the loss of each pass is printed.
    warm_start : bool, default=False
        Whether `fit` begins with the weights of the last one.
    momentum : float, default=0.9
        The share of the last step that sgd takes again.
    nesterovs_momentum : bool, default=True
        Whether momentum is Nesterov's.
    early_stopping : bool, default=False
        Whether samples are held back, and fitting ends when their score no longer rises.
    validation_fraction : float, default=0.1
        The share of samples that are held back.
    beta_1 : float, default=0.9
        How fast Adam forgets the mean of gradients.
    beta_2 : float, default=0.999
        How fast Adam forgets the mean of their squares.
    epsilon : float, default=1e-08
        What keeps Adam from dividing by 0.
    n_iter_no_change : int | float, default=10
        For how many passes nothing may improve.
    max_fun : int, default=15000
        How often lbfgs computes the loss at most.
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
        hidden_layer_sizes: Sequence[int] | int = (100,),
        activation: Literal["identity", "logistic", "tanh", "relu"] = "relu",
        *,
        solver: Literal["lbfgs", "sgd", "adam"] = "adam",
        alpha: float = 0.0001,
        batch_size: Literal["auto"] | int = "auto",
        learning_rate: Literal["constant", "invscaling", "adaptive"] = "constant",
        learning_rate_init: float = 0.001,
        power_t: float = 0.5,
        max_iter: int = 200,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 0.0001,
        verbose: int | bool = 0,
        warm_start: bool = False,
        momentum: float = 0.9,
        nesterovs_momentum: bool = True,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-08,
        n_iter_no_change: int | float = 10,
        max_fun: int = 15000,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.power_t = power_t
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.n_iter_no_change = n_iter_no_change
        self.max_fun = max_fun


class MLPRegressor(Batches, Weighted, RecordRegressor):
    """Predicts values by a network of layers, trained by the gradient of its loss.

    Parameters
    ----------
    loss : Literal["squared_error", "poisson"], default='squared_error'
        What is made small.
    hidden_layer_sizes : Sequence[int] | int, default=[100]
        The units of each hidden layer.
    activation : Literal["identity", "logistic", "tanh", "relu"], default='relu'
        What hidden layers do to their sums.
    solver : Literal["lbfgs", "sgd", "adam"], default='adam'
        How the weights are found.
    alpha : float, default=0.0001
        The strength of the penalty on the squares of the weights.
    batch_size : Literal["auto"] | int, default='auto'
        The samples of a batch; 'auto' is 200, or all if there are fewer.
    learning_rate : Literal["constant", "invscaling", "adaptive"], default='constant'
        How the step of sgd changes.
    learning_rate_init : float, default=0.001
        The step.
    power_t : float, default=0.5
        The power that the step of sgd falls with, for the learning rate 'invscaling'.
    max_iter : int, default=200
        How many passes over the samples, or iterations, there are at most.
    shuffle : bool, default=True
        Whether samples come in another order in each pass.
    random_state : Any, default=None
        The seed of the first weights, of the order of samples and of those that are held back.
    tol : float, default=0.0001
        By how much the loss or the score must improve, or for lbfgs, how small derivatives must be.
    verbose : int | bool, default=0
        Whether the loss of each pass is printed.
    warm_start : bool, default=False
        Whether `fit` begins with the weights of the last one.
    momentum : float, default=0.9
        The share of the last step that sgd takes again.
    nesterovs_momentum : bool, default=True
        Whether momentum is Nesterov's.
    early_stopping : bool, default=False
        Whether samples are held back, and fitting ends when their score no longer rises.
    validation_fraction : float, default=0.1
        The share of samples that are held back.
    beta_1 : float, default=0.9
        How fast Adam forgets the mean of gradients.
    beta_2 : float, default=0.999
        How fast Adam forgets the mean of their squares.
    epsilon : float, default=1e-08
        What keeps Adam from dividing by 0.
    n_iter_no_change : int | float, default=10
        For how many passes nothing may improve.
    max_fun : int, default=15000
        How often lbfgs computes the loss at most.
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
        loss: Literal["squared_error", "poisson"] = "squared_error",
        hidden_layer_sizes: Sequence[int] | int = (100,),
        activation: Literal["identity", "logistic", "tanh", "relu"] = "relu",
        *,
        solver: Literal["lbfgs", "sgd", "adam"] = "adam",
        alpha: float = 0.0001,
        batch_size: Literal["auto"] | int = "auto",
        learning_rate: Literal["constant", "invscaling", "adaptive"] = "constant",
        learning_rate_init: float = 0.001,
        power_t: float = 0.5,
        max_iter: int = 200,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 0.0001,
        verbose: int | bool = 0,
        warm_start: bool = False,
        momentum: float = 0.9,
        nesterovs_momentum: bool = True,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-08,
        n_iter_no_change: int | float = 10,
        max_fun: int = 15000,
    ) -> None:
        self.loss = loss
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.power_t = power_t
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.n_iter_no_change = n_iter_no_change
        self.max_fun = max_fun


NAMES = (
    "MLPClassifier",
    "MLPRegressor",
)
