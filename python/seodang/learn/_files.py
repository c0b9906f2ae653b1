"""Fitted estimators in files that hold data only: reading one never runs code."""

from __future__ import annotations

import os
from typing import Any

from .. import _native
from . import _made
from .utils.validation import check_is_fitted


def save(estimator: Any, path: str | os.PathLike[str]) -> None:
    """Writes a fitted estimator to a file, whole or not at all.

    Parameters
    ----------
    estimator : a fitted estimator of `seodang.learn`
    path : where

    Raises
    ------
    NotFittedError
        If it is not fitted.
    TypeError
        If it is none of ours.
    NotImplementedError
        If a parameter is a function: such estimators, pickle keeps.
    OSError
        If the file cannot be written.
    """
    from ._record import RecordEstimator

    if not isinstance(estimator, RecordEstimator):
        raise TypeError(
            f"{type(estimator).__name__} is no estimator of seodang.learn, which alone has a file"
        )
    check_is_fitted(estimator)
    learned = _made.learned(estimator) if hasattr(estimator, "_state") else estimator._learned
    learned.save(os.fspath(path))


def load(path: str | os.PathLike[str]) -> Any:
    """Reads what `save` wrote, from Python, Rust or the command line.

    Parameters
    ----------
    path : the file

    Raises
    ------
    ValueError
        For a file that is none, was cut off or changed.
    OSError
        If it cannot be read.
    """
    from importlib import import_module

    learned = _native.Learned.load(os.fspath(path))
    name = learned.class_name
    home = next(e["module"] for e in _native.learn_classes() if e["name"] == name)
    made = getattr(import_module(f"seodang.learn.{home}"), name)
    defaults = made().get_params(deep=False)
    parameters = {
        # A file has no tuples, only lists.
        key: tuple(value) if isinstance(value, list) and isinstance(defaults[key], tuple) else value
        for key, value in learned.parameters().items()
    }
    estimator = made(**parameters)
    estimator._restore(learned)
    return estimator
