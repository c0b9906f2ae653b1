"""Kernels of all pairs of samples."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from .... import _native
from ..._record import _for_rust
from ...utils._parameters import BOOLEAN, CALLABLE, Hidden, Span, Words, checked
from ._all import _by_calling
from ._arrays import (
    _BOTH,
    _COEF0,
    _DENSE,
    _GAMMA,
    _N_JOBS,
    _product,
    check_pairwise_arrays,
)
from ._distances import cosine_similarity, euclidean_distances, manhattan_distances


@checked(**_BOTH, dense_output=BOOLEAN)
def linear_kernel(X: Any, Y: Any = None, dense_output: bool = True) -> Any:
    """The products of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    dense_output : whether the result is an array also where both are sparse
    """
    return _product(*check_pairwise_arrays(X, Y), dense_output)


def _scaled(X: Any, gamma: Any) -> Any:
    return 1.0 / X.shape[1] if gamma is None else gamma


@checked(**_BOTH, **_GAMMA, **_COEF0, degree=Span(Real, 1, None))
def polynomial_kernel(
    X: Any, Y: Any = None, degree: float = 3, gamma: Any = None, coef0: float = 1
) -> np.ndarray:
    """(gamma <x, y> + coef0) ** degree.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    degree, coef0 : the parameters
    gamma : the parameter; None is 1 / n_features
    """
    X, Y = check_pairwise_arrays(X, Y)
    out = _product(X, Y)
    out *= _scaled(X, gamma)
    out += coef0
    out **= degree
    return out


@checked(**_BOTH, **_GAMMA, **_COEF0)
def sigmoid_kernel(X: Any, Y: Any = None, gamma: Any = None, coef0: float = 1) -> np.ndarray:
    """tanh(gamma <x, y> + coef0).

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    gamma : the parameter; None is 1 / n_features
    coef0 : the parameter
    """
    X, Y = check_pairwise_arrays(X, Y)
    out = _product(X, Y)
    out *= _scaled(X, gamma)
    out += coef0
    return np.tanh(out, out=out)


@checked(**_BOTH, **_GAMMA)
def rbf_kernel(X: Any, Y: Any = None, gamma: Any = None) -> np.ndarray:
    """exp(-gamma |x - y|²).

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    gamma : the parameter; None is 1 / n_features
    """
    X, Y = check_pairwise_arrays(X, Y)
    out = euclidean_distances(X, Y, squared=True)
    out *= -_scaled(X, gamma)
    return np.exp(out, out=out)


@checked(**_BOTH, gamma=(Span(Real, 0, None, "neither"), Hidden(np.ndarray), None))
def laplacian_kernel(X: Any, Y: Any = None, gamma: Any = None) -> np.ndarray:
    """exp(-gamma |x - y|₁).

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features)
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    gamma : the parameter; None is 1 / n_features
    """
    X, Y = check_pairwise_arrays(X, Y)
    return np.exp(-_scaled(X, gamma) * manhattan_distances(X, Y))


@checked(**_DENSE)
def additive_chi2_kernel(X: Any, Y: Any = None) -> np.ndarray:
    """Minus the sums of (x - y)² / (x + y). Source: Zhang, Marszalek, Lazebnik and Schmid 2007.

    Parameters
    ----------
    X : array-like of shape (n_x, n_features), not negative
    Y : array-like of shape (n_y, n_features), not negative; None is X
    """
    X, Y = check_pairwise_arrays(X, Y, accept_sparse=False)
    for name, values in (("X", X), ("Y", Y)):
        if (values < 0).any():
            raise ValueError(f"{name} contains negative values.")
    out = _native.learn_chi_squares(_for_rust(X), _for_rust(Y))
    return np.negative(out, out=out).astype(X.dtype, copy=False)


@checked(**_DENSE, gamma=(Span(Real, 0, None, "neither"), Hidden(np.ndarray)))
def chi2_kernel(X: Any, Y: Any = None, gamma: Any = 1.0) -> np.ndarray:
    """exp of gamma times `additive_chi2_kernel`.

    Parameters
    ----------
    X : array-like of shape (n_x, n_features), not negative
    Y : array-like of shape (n_y, n_features), not negative; None is X
    gamma : the parameter
    """
    out = additive_chi2_kernel(X, Y)
    out *= gamma
    return np.exp(out, out=out)


PAIRWISE_KERNEL_FUNCTIONS = {
    "additive_chi2": additive_chi2_kernel,
    "chi2": chi2_kernel,
    "linear": linear_kernel,
    "polynomial": polynomial_kernel,
    "poly": polynomial_kernel,
    "rbf": rbf_kernel,
    "laplacian": laplacian_kernel,
    "sigmoid": sigmoid_kernel,
    "cosine": cosine_similarity,
}
KERNEL_PARAMS = {
    "additive_chi2": (),
    "chi2": frozenset(["gamma"]),
    "cosine": (),
    "linear": (),
    "poly": frozenset(["gamma", "degree", "coef0"]),
    "polynomial": frozenset(["gamma", "degree", "coef0"]),
    "rbf": frozenset(["gamma"]),
    "laplacian": frozenset(["gamma"]),
    "sigmoid": frozenset(["gamma", "coef0"]),
}


def kernel_metrics() -> dict[str, Any]:
    """The kernels by name."""
    return PAIRWISE_KERNEL_FUNCTIONS


@checked(
    **_BOTH, **_N_JOBS, filter_params=BOOLEAN,
    metric=(Words(*PAIRWISE_KERNEL_FUNCTIONS, "precomputed"), CALLABLE),
)
def pairwise_kernels(
    X: Any,
    Y: Any = None,
    metric: Any = "linear",
    *,
    filter_params: bool = False,
    n_jobs: int | None = None,
    **kwds: Any,
) -> np.ndarray:
    """A kernel of all pairs of samples.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_x, n_features), or kernels for "precomputed"
    Y : array-like or sparse matrix of shape (n_y, n_features); None is X
    metric : the name of a kernel, a function of two samples, or "precomputed"
    filter_params : whether arguments that the kernel does not take are left out
    n_jobs : accepted; the products run on all threads anyway
    **kwds : more arguments of the kernel

    Returns
    -------
    ndarray of shape (n_x, n_y)
    """
    if metric == "precomputed":
        return check_pairwise_arrays(X, Y, precomputed=True)[0]
    if callable(metric):
        return _by_calling(X, Y, metric, **kwds)
    if filter_params:
        kwds = {name: value for name, value in kwds.items() if name in KERNEL_PARAMS[metric]}
    return PAIRWISE_KERNEL_FUNCTIONS[metric](X, Y, **kwds)
