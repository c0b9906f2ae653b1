"""Files of svmlight's and libsvm's format: a target, and ``column:value`` for what is not zero.

Source: T. Joachims, SVM-light, http://svmlight.joachims.org
"""

from __future__ import annotations

import bz2
import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from numbers import Integral
from typing import Any

import numpy as np

from .._sparse import is_sparse
from ..utils._parameters import ARRAY, BOOLEAN, SPARSE, Hidden, Span, Words, checked
from ..utils.validation import check_array, check_consistent_length


@contextmanager
def _opened(f: Any) -> Iterator[Any]:
    """A file's lines: of a path, a descriptor, or a file that is open."""
    if hasattr(f, "read"):
        yield f
        return
    if isinstance(f, int):
        with os.fdopen(f, "rb", closefd=False) as file:
            yield file
        return
    open_it = {".gz": gzip.open, ".bz2": bz2.open}.get(os.path.splitext(str(f))[1], open)
    with open_it(f, "rb") as file:
        yield file


class _Table:
    """What a file holds."""

    def __init__(self, f: Any, dtype: Any, multilabel: bool, query: bool) -> None:
        self.values: list[float] = []
        self.columns: list[int] = []
        self.ends, self.targets, self.queries = [0], [], []
        with _opened(f) as file:
            for line in file:
                line = line if isinstance(line, str) else line.decode()
                words = line.partition("#")[0].split()
                if words:
                    self._row(words, multilabel, query)
        self.values = np.asarray(self.values, dtype=dtype)

    def _row(self, words: list[str], multilabel: bool, query: bool) -> None:
        target: Any = words.pop(0)
        if multilabel:
            if ":" in target:
                # No label at all.
                words.insert(0, target)
                target = ""
            self.targets.append(tuple(sorted(float(t) for t in target.split(",") if t)))
        else:
            self.targets.append(float(target))
        if words and words[0].startswith("qid:"):
            number = words.pop(0)[4:]
            if query:
                self.queries.append(int(number))
        last = -1
        for word in words:
            name, _, value = word.partition(":")
            column = int(name)
            if column < 0:
                raise ValueError(f"Invalid index {column} in SVMlight/LibSVM data file.")
            if column <= last:
                raise ValueError("Feature indices in SVMlight/LibSVM data file should be sorted and unique.")
            last = column
            self.columns.append(column)
            self.values.append(float(value))
        self.ends.append(len(self.columns))


_LOAD = {
    "n_features": (Span(Integral, 1, None), None), "multilabel": BOOLEAN,
    "zero_based": (BOOLEAN, Words("auto")), "query_id": BOOLEAN,
}


@checked(f=(str, os.PathLike, Integral, Hidden(object)), **_LOAD)
def load_svmlight_file(
    f: Any,
    *,
    n_features: int | None = None,
    dtype: Any = np.float64,
    multilabel: bool = False,
    zero_based: Any = "auto",
    query_id: bool = False,
    offset: int = 0,
    length: int = -1,
) -> tuple[Any, ...]:
    """Samples and targets of a file of svmlight's format.

    Parameters
    ----------
    f : a path (.gz and .bz2 are unpacked), a descriptor, or an open file
    n_features : how many columns; None is as many as the file has
    dtype : the type of the numbers
    multilabel : whether a sample may have several targets, with commas between
    zero_based : whether columns count from 0; "auto" looks whether there is a column 0
    query_id : whether to give the numbers of ``qid:`` too
    offset, length : 0 and -1; parts of files are not read

    Returns
    -------
    X, a sparse matrix of shape (n_samples, n_features), y, and the numbers of queries if wanted
    """
    return tuple(
        load_svmlight_files(
            [f], n_features=n_features, dtype=dtype, multilabel=multilabel, zero_based=zero_based,
            query_id=query_id, offset=offset, length=length,
        )
    )


@checked(files=(ARRAY, str, os.PathLike), **_LOAD)
def load_svmlight_files(
    files: Any,
    *,
    n_features: int | None = None,
    dtype: Any = np.float64,
    multilabel: bool = False,
    zero_based: Any = "auto",
    query_id: bool = False,
    offset: int = 0,
    length: int = -1,
) -> list[Any]:
    """Samples and targets of several files, with the same columns.

    Parameters
    ----------
    files : paths, descriptors or open files
    n_features, dtype, multilabel, zero_based, query_id, offset, length : as in `load_svmlight_file`

    Returns
    -------
    [X1, y1, ..., Xn, yn], with the numbers of queries after each y if wanted

    Raises
    ------
    ValueError
        For columns that are not sorted, or more than `n_features`.
    NotImplementedError
        For parts of files.
    """
    from scipy.sparse import csr_matrix

    if offset or length > 0:
        raise NotImplementedError("load_svmlight_file reads whole files: no offset, no length")
    tables = [_Table(f, dtype, multilabel, query_id) for f in files]
    least = min((min(t.columns, default=1) for t in tables), default=1)
    shift = zero_based is False or (zero_based == "auto" and least > 0)
    columns = [np.asarray(t.columns, dtype=np.int64) - shift for t in tables]
    width = max((int(c.max(initial=-1)) for c in columns), default=-1) + 1
    if n_features is None:
        n_features = width
    elif n_features < width:
        raise ValueError(
            f"n_features was set to {n_features}, but input file contains {width} features"
        )
    out: list[Any] = []
    for table, own in zip(tables, columns, strict=True):
        X = csr_matrix(
            (table.values, own, table.ends), shape=(len(table.ends) - 1, n_features)
        )
        out += [X, table.targets if multilabel else np.asarray(table.targets, dtype=np.float64)]
        if query_id:
            out.append(np.asarray(table.queries, dtype=np.int64))
    return out


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Integral) else f"{value:.16g}"


@checked(
    X=(ARRAY, SPARSE), y=(ARRAY, SPARSE), f=(str, os.PathLike, Hidden(object)), zero_based=BOOLEAN,
    comment=(str, bytes, None), query_id=(ARRAY, None), multilabel=BOOLEAN,
)
def dump_svmlight_file(
    X: Any,
    y: Any,
    f: Any,
    *,
    zero_based: bool = True,
    comment: str | bytes | None = None,
    query_id: Any = None,
    multilabel: bool = False,
) -> None:
    """Writes samples and targets into a file of svmlight's format.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features)
    y : array-like of shape (n_samples,), or a table of labels
    f : a path, or a file that is open for bytes
    zero_based : whether columns count from 0
    comment : lines to put first
    query_id : array-like of shape (n_samples,), written as ``qid:``
    multilabel : whether y is a table of labels
    """
    from scipy.sparse import csr_matrix

    X = check_array(X, accept_sparse="csr")
    table = y.toarray() if is_sparse(y) else np.asarray(y)
    targets = table if multilabel else check_array(table, ensure_2d=False)
    targets = targets if multilabel or targets.ndim == 1 else targets.ravel()
    check_consistent_length(X, targets, query_id)
    rows = X if is_sparse(X) else csr_matrix(X)
    rows = rows.sorted_indices()
    lines = []
    if comment is not None:
        text = comment.decode() if isinstance(comment, bytes) else comment
        first = "zero" if zero_based else "one"
        lines += [f"# Generated by seodang; column indices are {first}-based", "#"]
        lines += [f"# {line}" for line in text.splitlines()]
    for i, target in enumerate(targets):
        part = slice(rows.indptr[i], rows.indptr[i + 1])
        words = [",".join(map(str, np.flatnonzero(target))) if multilabel else _shown(target)]
        if query_id is not None:
            words.append(f"qid:{query_id[i]}")
        words += [
            f"{column + (not zero_based)}:{_shown(value)}"
            for column, value in zip(rows.indices[part], rows.data[part], strict=True)
        ]
        lines.append(" ".join(words))
    data = "".join(line + "\n" for line in lines).encode()
    if hasattr(f, "write"):
        f.write(data)
    else:
        with open(f, "wb") as file:
            file.write(data)
