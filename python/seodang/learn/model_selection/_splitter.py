"""What all splitters share: samples' numbers for training and testing, round by round."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np

from .._indexing import indexable
from ..utils.validation import _num_samples, check_array, check_random_state

_GROUPS = "The 'groups' parameter should not be None."


def shown(splitter: Any) -> str:
    """How a splitter prints: its arguments in the order of their names, in lines of 75 columns."""
    name = type(splitter).__name__
    indent = 1 + len(name) // 2
    text, at = "", len(name)
    for key, value in sorted(splitter._parameters().items()):
        part = f"{key}={value!r}"
        if text and at + len(part) >= 75:
            text, at = f"{text},\n{' ' * indent}", indent + 2
        elif text:
            text, at = f"{text}, ", at + 2
        text, at = text + part, at + len(part)
    return f"{name}({text})"


def checked_groups(groups: Any) -> np.ndarray:
    """The groups of samples in one dimension.

    Raises
    ------
    ValueError
        If there are none.
    """
    if groups is None:
        raise ValueError(_GROUPS)
    return check_array(groups, input_name="groups", ensure_2d=False, dtype=None)


class BaseCrossValidator:
    """A splitter that says which samples each round tests on; it trains on the others."""

    # Whether `get_n_splits` and `split` cannot do without groups.
    _needs_groups = False

    def _parameters(self) -> dict[str, Any]:
        return dict(vars(self))

    def __repr__(self) -> str:
        return shown(self)

    def get_metadata_routing(self) -> Any:
        """What metadata `split` takes, for scikit-learn's routing."""
        from sklearn.utils.metadata_routing import MetadataRequest

        request = MetadataRequest(owner=self)
        if self._needs_groups:
            request.split.add_request(param="groups", alias=True)
        return request

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), for splitters that look at classes
        groups : array-like of shape (n_samples,), for splitters that keep groups together

        Yields
        ------
        train, test : ndarrays of numbers of samples

        Raises
        ------
        ValueError
            For samples that cannot be split so.
        """
        X, y, groups = indexable(X, y, groups)
        everything = np.arange(_num_samples(X))
        for mask in self._iter_test_masks(X, y, groups):
            yield everything[~mask], everything[mask]

    def _iter_test_masks(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        """Which samples each round tests on, as masks."""
        for test in self._iter_test_indices(X, y, groups):
            mask = np.zeros(_num_samples(X), dtype=bool)
            mask[test] = True
            yield mask

    def _iter_test_indices(self, X: Any, y: Any, groups: Any) -> Iterator[Any]:
        """Which samples each round tests on, as their numbers."""
        raise NotImplementedError

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are."""
        raise NotImplementedError


class FoldSplitter(BaseCrossValidator):
    """A splitter into folds, each of which is tested on once."""

    def __init__(self, n_splits: Any, *, shuffle: Any, random_state: Any) -> None:
        if not isinstance(n_splits, numbers.Integral):
            raise ValueError(
                f"The number of folds must be of Integral type. {n_splits} of type {type(n_splits)} "
                "was passed."
            )
        if n_splits <= 1:
            raise ValueError(
                "k-fold cross-validation requires at least one train/test split by setting "
                f"n_splits=2 or more, got n_splits={int(n_splits)}."
            )
        if not isinstance(shuffle, bool):
            raise TypeError(f"shuffle must be True or False; got {shuffle}")
        if not shuffle and random_state is not None:
            raise ValueError(
                "Setting a random_state has no effect since shuffle is False. You should leave "
                "random_state to its default (None), or set shuffle=True."
            )
        self.n_splits = int(n_splits)
        self.shuffle = shuffle
        self.random_state = random_state

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), for splitters that look at classes
        groups : array-like of shape (n_samples,), for splitters that keep groups together

        Yields
        ------
        train, test : ndarrays of numbers of samples

        Raises
        ------
        ValueError
            For fewer samples than folds, or what cannot be split so.
        """
        X, y, groups = indexable(X, y, groups)
        n = _num_samples(X)
        if self.n_splits > n:
            raise ValueError(
                f"Cannot have number of splits n_splits={self.n_splits} greater than the number of "
                f"samples: n_samples={n}."
            )
        yield from super().split(X, y, groups)

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are."""
        return self.n_splits


class Repeated:
    """A splitter into folds, again and again with other shuffles."""

    _folds: type[FoldSplitter]

    def __init__(self, *, n_splits: int = 5, n_repeats: int = 10, random_state: Any = None) -> None:
        if not isinstance(n_repeats, numbers.Integral):
            raise ValueError("Number of repetitions must be of Integral type.")
        if n_repeats <= 0:
            raise ValueError("Number of repetitions must be greater than 0.")
        self.n_repeats = n_repeats
        self.random_state = random_state
        self.n_splits = n_splits

    def _parameters(self) -> dict[str, Any]:
        return dict(vars(self))

    def __repr__(self) -> str:
        return shown(self)

    def get_metadata_routing(self) -> Any:
        """What metadata `split` takes, for scikit-learn's routing."""
        return BaseCrossValidator.get_metadata_routing(self)

    _needs_groups = False

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), for splitters that look at classes
        groups : ignored

        Yields
        ------
        train, test : ndarrays of numbers of samples
        """
        rng = check_random_state(self.random_state)
        for _ in range(self.n_repeats):
            folds = self._folds(self.n_splits, shuffle=True, random_state=rng)
            yield from folds.split(X, y, groups)

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are."""
        rng = check_random_state(self.random_state)
        folds = self._folds(self.n_splits, shuffle=True, random_state=rng)
        return folds.get_n_splits(X, y, groups) * self.n_repeats
