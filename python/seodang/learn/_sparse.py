"""Sparse matrices of SciPy, which is not needed otherwise."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np


def is_sparse(x: Any) -> bool:
    """Whether `x` is a sparse matrix or array of SciPy."""
    scipy = sys.modules.get("scipy.sparse")
    return scipy is not None and scipy.issparse(x)


def parts(x: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """What Rust takes of a matrix by rows: pointers, columns, values, the number of columns."""
    return x.indptr, x.indices, np.asarray(x.data, dtype=np.float64), x.shape[1]


def matrix(parts: tuple[np.ndarray, np.ndarray, np.ndarray, int]) -> Any:
    """The matrix of such parts."""
    from scipy.sparse import csr_matrix

    indptr, indices, data, columns = parts
    return csr_matrix((data, indices, indptr), shape=(len(indptr) - 1, columns))


def by_rows(x: np.ndarray) -> Any:
    """An array of two dimensions without its zeros."""
    from scipy.sparse import csr_matrix

    return csr_matrix(x)
