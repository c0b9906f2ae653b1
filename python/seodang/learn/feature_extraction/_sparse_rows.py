"""Sparse matrices made of rows, and rows of length 1."""

from __future__ import annotations

from typing import Any

import numpy as np


def matrix_of(values: Any, columns: Any, ends: Any, width: int, dtype: Any) -> Any:
    """A matrix by rows.

    Parameters
    ----------
    values, columns : what stands in which column, row after row
    ends : where each row ends, beginning with 0
    width : how many columns
    dtype : the type of the numbers
    """
    from scipy.sparse import csr_matrix

    kind = np.int64 if ends[-1] > np.iinfo(np.int32).max else np.int32
    parts = (np.asarray(values), np.asarray(columns, dtype=kind), np.asarray(ends, dtype=kind))
    return csr_matrix(parts, shape=(len(ends) - 1, width), dtype=dtype)


def row_of_values(X: Any) -> np.ndarray:
    """Which row each stored value stands in."""
    return np.repeat(np.arange(X.shape[0]), np.diff(X.indptr))


def normalized(X: Any, norm: str) -> Any:
    """The matrix with rows of length 1 in the norm "l1" or "l2"; empty rows stay. Changes X."""
    where = row_of_values(X)
    sizes = np.abs(X.data) if norm == "l1" else X.data * X.data
    lengths = np.bincount(where, sizes, minlength=X.shape[0])
    lengths = lengths if norm == "l1" else np.sqrt(lengths)
    lengths[lengths == 0] = 1
    X.data /= lengths[where].astype(X.dtype)
    return X


def document_counts(X: Any) -> np.ndarray:
    """In how many rows each column has a value."""
    if X.format == "csr":
        return np.bincount(X.indices, minlength=X.shape[1])
    return np.diff(X.indptr)
