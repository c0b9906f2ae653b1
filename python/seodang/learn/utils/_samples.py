"""Other orders and choices of samples, and parts of them one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral
from typing import Any

import numpy as np

from .._indexing import columns as columns_of
from .._indexing import column_numbers, rows
from .._sparse import is_sparse
from ._parameters import ARRAY, BOOLEAN, RANDOM, SPARSE, Span, checked
from .validation import check_array, check_consistent_length, check_random_state, check_sample_weight


@checked(
    replace=BOOLEAN, n_samples=(Span(Integral, 1, None), None), random_state=RANDOM,
    stratify=(ARRAY, SPARSE, None), sample_weight=(ARRAY, None),
)
def resample(
    *arrays: Any,
    replace: bool = True,
    n_samples: int | None = None,
    random_state: Any = None,
    stratify: Any = None,
    sample_weight: Any = None,
) -> Any:
    """Samples drawn at random, of several arrays the same ones.

    Parameters
    ----------
    *arrays : arrays, lists, frames or sparse matrices of as many samples
    replace : whether a sample may be drawn again
    n_samples : how many; None is as many as there are
    random_state : seed or generator
    stratify : array-like of shape (n_samples,), classes that keep their shares
    sample_weight : array-like of shape (n_samples,), how likely each is drawn

    Returns
    -------
    the samples of the array, or a list of those of each

    Raises
    ------
    ValueError
        For more samples than there are without `replace`, or arrays that do not fit.
    """
    random = check_random_state(random_state)
    if not arrays:
        return None
    there = arrays[0].shape[0] if hasattr(arrays[0], "shape") else len(arrays[0])
    wanted = there if n_samples is None else n_samples
    if wanted > there and not replace:
        raise ValueError(
            f"Cannot sample {wanted} out of arrays with dim {there} when replace is False"
        )
    check_consistent_length(*arrays)
    if sample_weight is not None:
        if not replace:
            raise NotImplementedError(
                "Resampling with sample_weight is only implemented for replace=True."
            )
        if stratify is not None:
            raise NotImplementedError(
                "Resampling with sample_weight is only implemented for stratify=None."
            )
    if stratify is not None:
        chosen = _in_classes(stratify, wanted, replace, random)
    elif replace:
        weights = check_sample_weight(sample_weight, arrays[0])
        chances = None if weights is None else weights.astype(np.float64) / weights.sum()
        chosen = random.choice(there, size=wanted, p=chances, replace=True)
    else:
        chosen = np.arange(there)
        random.shuffle(chosen)
        chosen = chosen[:wanted]
    out = [rows(a, chosen) for a in arrays]
    return out[0] if len(out) == 1 else out


def _in_classes(
    stratify: Any, wanted: int, replace: bool, random: np.random.RandomState
) -> np.ndarray:
    from ..model_selection._shuffles import _spread

    y = check_array(
        stratify.toarray() if is_sparse(stratify) else stratify, ensure_2d=False, dtype=None
    )
    if y.ndim == 2:
        y = np.asarray([" ".join(row.astype("str")) for row in y])
    _, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(counts)[:-1])
    quotas = _spread(counts, wanted, random)
    chosen = [
        random.choice(own, quota, replace=replace)
        for own, quota in zip(members, quotas, strict=True)
    ]
    return random.permutation(np.concatenate(chosen))


def shuffle(*arrays: Any, random_state: Any = None, n_samples: int | None = None) -> Any:
    """Samples in another order, of several arrays the same one.

    Parameters
    ----------
    *arrays : arrays, lists, frames or sparse matrices of as many samples
    random_state : seed or generator
    n_samples : how many of them; None is all

    Returns
    -------
    the samples of the array, or a list of those of each
    """
    return resample(*arrays, replace=False, n_samples=n_samples, random_state=random_state)


@checked(n=Integral, batch_size=Span(Integral, 1, None), min_batch_size=Span(Integral, 0, None))
def gen_batches(n: int, batch_size: int, *, min_batch_size: int = 0) -> Iterator[slice]:
    """Slices of `batch_size` of 0 to n; the last may be smaller, or greater by `min_batch_size`.

    Parameters
    ----------
    n : how many there are
    batch_size : how many in a slice
    min_batch_size : the least in a slice
    """
    start = 0
    for _ in range(int(n // batch_size)):
        end = start + batch_size
        if end + min_batch_size <= n:
            yield slice(start, end)
            start = end
    if start < n:
        yield slice(start, n)


@checked(
    n=Span(Integral, 1, None), n_packs=Span(Integral, 1, None), n_samples=(Span(Integral, 1, None), None)
)
def gen_even_slices(n: int, n_packs: int, *, n_samples: int | None = None) -> Iterator[slice]:
    """`n_packs` slices of 0 to n whose lengths differ by at most one.

    Parameters
    ----------
    n : how many there are
    n_packs : how many slices
    n_samples : where the last ends at the latest
    """
    start = 0
    for i in range(n_packs):
        length = n // n_packs + (i < n % n_packs)
        if length > 0:
            end = start + length if n_samples is None else min(n_samples, start + length)
            yield slice(start, end, None)
            start = end


def safe_mask(X: Any, mask: Any) -> np.ndarray:
    """A mask as something that X takes as an index: numbers for sparse matrices.

    Parameters
    ----------
    X : array or sparse matrix
    mask : array-like of truth values or numbers
    """
    mask = np.asarray(mask)
    if np.issubdtype(mask.dtype, np.signedinteger):
        return mask
    return np.flatnonzero(mask) if hasattr(X, "toarray") else mask


def safe_indexing(X: Any, indices: Any, *, axis: int = 0) -> Any:
    """The rows or columns of whatever samples are kept in; None gives all.

    Parameters
    ----------
    X : array, list, frame or sparse matrix
    indices : numbers, a mask, a slice; names of columns of a frame
    axis : 0 for rows, 1 for columns

    Raises
    ------
    ValueError
        For another axis, or names where there are none.
    """
    if indices is None:
        return X
    if axis not in (0, 1):
        raise ValueError(
            "'axis' should be either 0 (to index rows) or 1 (to index  column). Got "
            f"{axis} instead."
        )
    if axis == 0:
        first = indices.start if isinstance(indices, slice) else next(iter(np.ravel(indices)), None)
        if isinstance(first, str):
            raise ValueError(
                f"String indexing (indices={indices}) is not supported with 'axis=0'. Did you mean "
                "to use axis=1 for column selection?"
            )
        return X[indices] if np.isscalar(indices) and not hasattr(X, "iloc") else rows(X, indices)
    if isinstance(X, list):
        raise ValueError("axis=1 is not supported for lists")
    shape = getattr(X, "shape", (0,))
    if len(shape) != 2:
        raise ValueError(
            "'X' should be a 2D NumPy array, 2D sparse matrix or dataframe when indexing the columns "
            f"(i.e. 'axis=1'). Got {type(X)} instead with {len(shape)} dimension(s)."
        )
    one = np.isscalar(indices) or isinstance(indices, str)
    return columns_of(X, column_numbers(X, indices), one)
