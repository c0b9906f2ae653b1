"""What ensembles of one kind of estimator share."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from .._boosting import StagedTrees
from .._meta import Checked, seed_parts
from .._mixins import MetaEstimatorMixin
from .._trees import Forests
from ..base import clone

__all__ = ["BaseEnsemble"]


class BaseEnsemble(MetaEstimatorMixin, Checked, metaclass=ABCMeta):
    """An ensemble of estimators of one kind, in `estimators_`: the base of one's own.

    Parameters
    ----------
    estimator : what is copied
    n_estimators : how many copies
    estimator_params : the names of parameters that the copies have from the ensemble
    """

    @abstractmethod
    def __init__(
        self, estimator: Any = None, *, n_estimators: int = 10, estimator_params: Sequence[str] = ()
    ) -> None:
        self.estimator = estimator
        self.n_estimators = n_estimators
        self.estimator_params = estimator_params

    def _validate_estimator(self, default: Any = None) -> None:
        """Sets `estimator_`: what is given, or else the default."""
        self.estimator_ = default if self.estimator is None else self.estimator

    def _make_estimator(self, append: bool = True, random_state: Any = None) -> Any:
        """A copy of `estimator_`, with seeds from a generator; `append` adds it to `estimators_`."""
        estimator = clone(self.estimator_)
        names = getattr(self, "estimator_params", ())
        estimator.set_params(**{name: getattr(self, name) for name in names})
        if random_state is not None:
            seed_parts(estimator, random_state)
        if append:
            self.estimators_.append(estimator)
        return estimator

    def __len__(self) -> int:
        """How many estimators there are."""
        return len(self.estimators_)

    def __getitem__(self, index: Any) -> Any:
        """The estimator of that number."""
        return self.estimators_[index]

    def __iter__(self) -> Iterator[Any]:
        """The estimators."""
        return iter(self.estimators_)


# Those that Rust grows.
for _kind in (Forests, StagedTrees):
    BaseEnsemble.register(_kind)
