"""Fitted estimators in files that hold data only: reading one never runs code."""

from __future__ import annotations

import os
from typing import Any

from .. import _native
from ._closed import class_name
from .utils.validation import check_is_fitted


def save(estimator: Any, path: str | os.PathLike[str]) -> None:
    """Writes a fitted estimator to a file, whole or not at all.

    A pipeline, a search, an ensemble, any estimator of `seodang.learn` with all that is in it goes into
    one file, which `load` reads. `seodang predict`, `evaluate` and `summary`, and Rust, read it too if
    Rust has its parts: pipelines and column transformers of the estimators that are computed in Rust, and
    searches for the best of these.

    Parameters
    ----------
    estimator : a fitted estimator of `seodang.learn`
    path : where

    Raises
    ------
    NotFittedError
        If it is not fitted.
    TypeError
        If it is none of ours, or holds a function or an object that no file of data can hold. The message
        says where: such estimators, pickle keeps.
    OSError
        If the file cannot be written; one that was there before is unchanged.

    Examples
    --------
    >>> import os, tempfile
    >>> from seodang import learn
    >>> from seodang.learn.datasets import load_iris
    >>> X, y = load_iris(return_X_y=True)
    >>> scaler = learn.preprocessing.StandardScaler()
    >>> model = learn.pipeline.make_pipeline(scaler, learn.svm.SVC()).fit(X, y)
    >>> path = os.path.join(tempfile.mkdtemp(), "iris.seodang")
    >>> learn.save(model, path)
    >>> bool((learn.load(path).predict(X) == model.predict(X)).all())
    True
    """
    from ._writing import Writer

    if isinstance(estimator, type) or class_name(type(estimator)) is None:
        cls = estimator if isinstance(estimator, type) else type(estimator)
        raise TypeError(
            f"{cls.__module__}.{cls.__qualname__} is no estimator of seodang.learn, which alone has a "
            "file: pickle keeps any object, but must only be read from people you trust"
        )
    check_is_fitted(estimator)
    Writer().write(os.fspath(path), estimator)


def load(path: str | os.PathLike[str]) -> Any:
    """Reads what `save` wrote, or `seodang train`, `seodang compare` or Rust.

    Of a model that learned from the columns of a table, this is a pipeline whose first step reads tables:
    it predicts for frames with the columns of the file that it learned from, as they are.

    Parameters
    ----------
    path : the file

    Raises
    ------
    ValueError
        For a file that is none, was cut off or changed. The message names the file and what is wrong.
    NotImplementedError
        For a file of a newer version of Seodang.
    OSError
        If it cannot be read.
    """
    from ._reading import Reader
    from ._tables import from_rust

    path = os.fspath(path)
    read = _native.learn_read(path)
    if isinstance(read, _native.Learned):
        return from_rust(read)
    root, objects, arrays, models = read
    try:
        return Reader(objects, arrays, models).read(root)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
