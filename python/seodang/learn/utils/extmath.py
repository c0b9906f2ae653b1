"""Small pieces of linear algebra and statistics."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from .._sparse import is_sparse
from .validation import check_array, check_random_state

__all__ = [
    "cartesian",
    "density",
    "fast_logdet",
    "make_nonnegative",
    "randomized_range_finder",
    "randomized_svd",
    "row_norms",
    "safe_sparse_dot",
    "safe_sqr",
    "softmax",
    "squared_norm",
    "stable_cumsum",
    "svd_flip",
    "weighted_mode",
]


def squared_norm(x: Any) -> float:
    """The sum of the squares of all numbers."""
    x = np.ravel(x, order="K")
    if np.issubdtype(x.dtype, np.integer):
        warnings.warn(
            "Array type is integer, np.dot may overflow. Data should be float type to avoid this "
            "issue",
            stacklevel=2,
        )
    return np.dot(x, x)


def row_norms(X: Any, squared: bool = False) -> np.ndarray:
    """The length of each row, or its square.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    squared : whether to give squares
    """
    if is_sparse(X):
        out = np.asarray(X.multiply(X).sum(axis=1)).ravel()
    else:
        X = np.asarray(X)
        out = np.einsum("ij,ij->i", X, X)
    return out if squared else np.sqrt(out)


def fast_logdet(A: np.ndarray) -> float:
    """The logarithm of a determinant; -inf unless that is positive."""
    sign, log = np.linalg.slogdet(A)
    return log if sign > 0 else -np.inf


def density(w: Any) -> float:
    """The share of numbers that are not zero."""
    if hasattr(w, "toarray"):
        return float(w.nnz) / (w.shape[0] * w.shape[1])
    return 0 if w is None else float((w != 0).sum()) / w.size


def safe_sparse_dot(a: Any, b: Any, *, dense_output: bool = False) -> Any:
    """The product of arrays or sparse matrices.

    Parameters
    ----------
    a, b : arrays or sparse matrices
    dense_output : whether the product of two sparse ones is an array
    """
    if a.ndim > 2 or b.ndim > 2:
        if is_sparse(a):
            wide = np.moveaxis(b, -2, 0)
            flat = a @ wide.reshape(wide.shape[0], -1)
            return flat.reshape(a.shape[0], *wide.shape[1:])
        if is_sparse(b):
            return (a.reshape(-1, a.shape[-1]) @ b).reshape(*a.shape[:-1], b.shape[1])
        return np.tensordot(a, b, axes=[-1, -1 if b.ndim == 1 else -2])
    out = a @ b
    return out.toarray() if dense_output and is_sparse(out) else out


def safe_sqr(X: Any, *, copy: bool = True) -> Any:
    """The square of each number.

    Parameters
    ----------
    X : array-like or sparse matrix
    copy : whether X stays as it is
    """
    X = check_array(X, accept_sparse=["csr", "csc", "coo"], ensure_2d=False)
    if is_sparse(X):
        X = X.copy() if copy else X
        X.data **= 2
        return X
    return X**2 if copy else np.multiply(X, X, out=X)


def softmax(X: np.ndarray, copy: bool = True) -> np.ndarray:
    """exp of each number, as a share of the row's sum.

    Parameters
    ----------
    X : ndarray of floats of shape (n_samples, n_features)
    copy : whether X stays as it is
    """
    X = np.array(X, copy=True) if copy else X
    X -= X.max(axis=1, keepdims=True)
    np.exp(X, out=X)
    X /= X.sum(axis=1, keepdims=True)
    return X


def make_nonnegative(X: Any, min_value: float = 0) -> Any:
    """X with so much added that no number is below `min_value`.

    Raises
    ------
    ValueError
        For a sparse matrix that would have to change.
    """
    least = X.min()
    if least >= min_value:
        return X
    if is_sparse(X):
        raise ValueError(
            "Cannot make the data matrix nonnegative because it is sparse. Adding a value to every "
            "entry would make it no longer sparse."
        )
    return X + (min_value - least)


def stable_cumsum(
    arr: Any, axis: int | None = None, rtol: float = 1e-05, atol: float = 1e-08
) -> np.ndarray:
    """Sums up to each place in double precision, with a warning if the last is not the sum.

    Parameters
    ----------
    arr : array-like
    axis : along which; None is all of it
    rtol, atol : how much the two may differ
    """
    warnings.warn(
        "Function stable_cumsum is deprecated; `sklearn.utils.extmath.stable_cumsum` is deprecated in "
        "version 1.8 and will be removed in 1.10. Use `np.cumulative_sum` with the desired dtype "
        "directly instead.",
        FutureWarning,
        stacklevel=2,
    )
    out = np.cumsum(arr, axis=axis, dtype=np.float64)
    whole = np.sum(arr, axis=axis, dtype=np.float64)
    if not np.allclose(out.take(-1, axis=axis), whole, rtol=rtol, atol=atol, equal_nan=True):
        warnings.warn(
            "cumsum was found to be unstable: its last element does not correspond to sum",
            RuntimeWarning,
            stacklevel=2,
        )
    return out


def svd_flip(u: Any, v: Any, u_based_decision: bool = True) -> tuple[Any, Any]:
    """The factors of a singular value decomposition with the signs that make it the only one.

    Parameters
    ----------
    u : ndarray of shape (m, k), or None if v decides; changed in place
    v : ndarray of shape (k, n), or None if u decides; changed in place
    u_based_decision : whether the greatest entry of each column of u is positive, or of each row of v
    """
    rows = u.T if u_based_decision else v
    signs = np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])
    if u is not None:
        u *= signs[np.newaxis, :]
    if v is not None:
        v *= signs[:, np.newaxis]
    return u, v


def randomized_range_finder(
    A: Any,
    *,
    size: int,
    n_iter: int,
    power_iteration_normalizer: str = "auto",
    random_state: Any = None,
) -> np.ndarray:
    """An orthonormal basis of nearly the range of a matrix. Source: Halko, Martinsson, Tropp 2011.

    Parameters
    ----------
    A : array-like or sparse matrix of shape (m, n)
    size : how many vectors
    n_iter : how many power iterations
    power_iteration_normalizer : "none" or "QR"; "auto" and "LU" take QR for more than two iterations
    random_state : seed or generator

    Returns
    -------
    ndarray of shape (m, size)
    """
    A = check_array(A, accept_sparse=True)
    Q = check_random_state(random_state).normal(size=(A.shape[1], size))
    Q = Q.astype(np.float32) if A.dtype == np.float32 else Q
    plain = power_iteration_normalizer == "none" or (
        power_iteration_normalizer == "auto" and n_iter <= 2
    )

    def normal(x):
        return x if plain else np.linalg.qr(x)[0]

    for _ in range(n_iter):
        Q = normal(A.T @ normal(A @ Q))
    return np.linalg.qr(A @ Q)[0]


def randomized_svd(
    M: Any,
    n_components: int,
    *,
    n_oversamples: int = 10,
    n_iter: int | str = "auto",
    power_iteration_normalizer: str = "auto",
    transpose: bool | str = "auto",
    flip_sign: bool = True,
    random_state: Any = None,
    svd_lapack_driver: str = "gesdd",
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The greatest singular values of a matrix and their vectors. Source: Halko et al. 2011.

    Parameters
    ----------
    M : array-like or sparse matrix of shape (m, n)
    n_components : how many
    n_oversamples : how many more vectors the range is looked for with
    n_iter : how many power iterations; "auto" is 7 for few components, else 4
    power_iteration_normalizer : as in `randomized_range_finder`
    transpose : whether the transpose is decomposed; "auto" if it is the taller
    flip_sign : whether the signs are those of `svd_flip`
    random_state : seed or generator
    svd_lapack_driver : accepted; NumPy's is "gesdd"

    Returns
    -------
    ndarrays of shapes (m, n_components), (n_components,), (n_components, n)
    """
    M = check_array(M, accept_sparse=True)
    if n_iter == "auto":
        n_iter = 7 if n_components < 0.1 * min(M.shape) else 4
    if transpose == "auto":
        transpose = M.shape[0] < M.shape[1]
    M = M.T if transpose else M
    Q = randomized_range_finder(
        M, size=n_components + n_oversamples, n_iter=n_iter,
        power_iteration_normalizer=power_iteration_normalizer, random_state=random_state,
    )
    U, s, V = np.linalg.svd(Q.T @ M, full_matrices=False)
    U = Q @ U
    if flip_sign:
        U, V = svd_flip(U, V, u_based_decision=not transpose)
    U, s, V = U[:, :n_components], s[:n_components], V[:n_components]
    return (V.T, s, U.T) if transpose else (U, s, V)


def weighted_mode(a: Any, w: Any, *, axis: int | None = 0) -> tuple[np.ndarray, np.ndarray]:
    """The value with the most weight, the least of several, and its weight.

    Parameters
    ----------
    a : array-like
    w : array-like of the same shape, or what NumPy makes of it
    axis : along which; None is all of it
    """
    a = np.asarray(a)
    w = np.broadcast_to(np.asarray(w), a.shape)
    if axis is None:
        a, w, axis = a.ravel(), w.ravel(), 0
    values = np.unique(a)
    sums = np.stack([np.where(a == v, w, 0).sum(axis=axis, dtype=float) for v in values])
    best = sums.argmax(axis=0)
    most = np.take_along_axis(sums, best[None], axis=0)[0]
    # What has no weight at all is counted as zero.
    mode = np.where(most > 0, values[best], 0.0)
    return np.expand_dims(mode, axis), np.expand_dims(most, axis)


def cartesian(arrays: Any, out: np.ndarray | None = None) -> np.ndarray:
    """All combinations of the values of some arrays, the last changing quickest.

    Parameters
    ----------
    arrays : list of array-likes of one dimension
    out : the array to put them in

    Returns
    -------
    ndarray of shape (number of combinations, number of arrays)
    """
    arrays = [np.asarray(x) for x in arrays]
    grid = np.meshgrid(*arrays, indexing="ij")
    table = np.stack([g.ravel() for g in grid], axis=1).astype(np.result_type(*arrays))
    if out is None:
        return table
    out[...] = table
    return out
