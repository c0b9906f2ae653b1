"""Errors and warnings of estimators, by scikit-learn's names.

What is raised while the real scikit-learn is loaded is also an instance of its class of the name, so
that its own code, and programs that mix the two, catch it.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache
from typing import Any


class NotFittedError(ValueError, AttributeError):
    """An estimator was used before `fit`."""


class ConvergenceWarning(UserWarning):
    """A method stopped before its solution was as exact as asked for."""


class DataConversionWarning(UserWarning):
    """Data were converted into what an estimator takes."""


class DataDimensionalityWarning(UserWarning):
    """The number of dimensions of data is doubtful."""


class EfficiencyWarning(UserWarning):
    """A computation is slower than it need be."""


class FitFailedWarning(RuntimeWarning):
    """Fitting an estimator failed during a search."""


class UndefinedMetricWarning(UserWarning):
    """A metric has no value for these data."""


class InconsistentVersionWarning(UserWarning):
    """An estimator was pickled by another version."""

    def __init__(
        self,
        *,
        estimator_name: str,
        current_sklearn_version: str,
        original_sklearn_version: str,
    ) -> None:
        self.estimator_name = estimator_name
        self.current_sklearn_version = current_sklearn_version
        self.original_sklearn_version = original_sklearn_version

    def __str__(self) -> str:
        return (
            f"Trying to unpickle estimator {self.estimator_name} from version "
            f"{self.original_sklearn_version} when using version {self.current_sklearn_version}. "
            "This might lead to breaking code or invalid results. Use at your own risk."
        )


@cache
def _both(ours: type, theirs: type) -> type:
    body = {"__module__": ours.__module__, "__doc__": ours.__doc__, "__reduce__": _reduce}
    return type(ours.__name__, (ours, theirs), body)


def _reduce(self):
    return _made, (_name_of(self), self.args, self.__dict__)


def _name_of(error: BaseException) -> str:
    return type(error).__name__


def _made(name: str, arguments: tuple, state: dict):
    error = kind(globals()[name])(*arguments)
    error.__dict__.update(state)
    return error


def kind(cls: type) -> Any:
    """The class to raise or warn with: `cls`, or one that is also scikit-learn's of the name."""
    theirs = getattr(sys.modules.get("sklearn.exceptions"), cls.__name__, None)
    return cls if theirs is None else _both(cls, theirs)


def warn(message: str, cls: type = UserWarning, stacklevel: int = 2) -> None:
    """Warns as the caller of the caller."""
    warnings.warn(message, kind(cls), stacklevel=stacklevel + 1)
