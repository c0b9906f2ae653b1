"""Splitters that draw the samples to test on at random, and `train_test_split`.

Seeds give scikit-learn's splits: NumPy's generator is asked for the same numbers in the same order.
"""

from __future__ import annotations

import math
import numbers
import warnings
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np

from .._indexing import indexable, rows
from .._sparse import is_sparse
from ..utils._parameters import BOOLEAN, RANDOM, Span, check_parameter
from ..utils.validation import _num_samples, check_array, check_random_state
from ._splitter import BaseCrossValidator, checked_groups


def sizes(n: int, test: Any, train: Any, default: float | None = None) -> tuple[int, int]:
    """How many samples are for training and how many for testing.

    Raises
    ------
    ValueError
        If there are not as many, or none would be left to train on.
    """
    if test is None and train is None:
        test = default
    for name, size in (("test_size", test), ("train_size", train)):
        whole = isinstance(size, numbers.Integral)
        if size is None or (whole and 0 < size < n) or (not whole and 0 < size < 1):
            continue
        raise ValueError(
            f"{name}={size} should be either positive and smaller than the number of samples {n} or a "
            "float in the (0, 1) range"
        )
    floats = [s for s in (test, train) if s is not None and not isinstance(s, numbers.Integral)]
    if len(floats) == 2 and sum(floats) > 1:
        raise ValueError(
            f"The sum of test_size and train_size = {sum(floats)}, should be in the (0, 1) range. "
            "Reduce test_size and/or train_size."
        )
    n_test = _count(test, n, math.ceil)
    n_train = _count(train, n, math.floor)
    n_train = n - n_test if n_train is None else n_train
    n_test = n - n_train if n_test is None else n_test
    if n_train + n_test > n:
        raise ValueError(
            f"The sum of train_size and test_size = {n_train + n_test}, should be smaller than the "
            f"number of samples {n}. Reduce test_size and/or train_size."
        )
    if n_train == 0:
        raise ValueError(
            f"With n_samples={n}, test_size={test} and train_size={train}, the resulting train set "
            "will be empty. Adjust any of the aforementioned parameters."
        )
    return n_train, n_test


def _count(size: Any, n: int, rounded: Any) -> int | None:
    if size is None or isinstance(size, numbers.Integral):
        return size if size is None else int(size)
    return rounded(size * n)


def _spread(counts: np.ndarray, draws: int, rng: np.random.RandomState) -> np.ndarray:
    """How many draws fall to each class when all get their share; who gets the rest, chance says."""
    exact = counts / counts.sum() * draws
    whole = np.floor(exact)
    left = int(draws - whole.sum())
    rest = exact - whole
    for value in np.unique(rest)[::-1] if left > 0 else ():
        (equal,) = np.nonzero(rest == value)
        some = rng.choice(equal, size=min(len(equal), left), replace=False)
        whole[some] += 1
        left -= len(some)
        if left == 0:
            break
    return whole.astype(int)


class BaseShuffleSplit(BaseCrossValidator):
    """A splitter that draws anew each round; a subclass says in `_iter_indices` what.

    Parameters
    ----------
    n_splits : how many rounds
    test_size : how many samples to test on, or their share; None is what `train_size` leaves, or 0.1
    train_size : how many samples to train on, or their share; None is what `test_size` leaves
    random_state : the seed
    """

    _default = 0.1

    def __init__(
        self,
        n_splits: int = 10,
        *,
        test_size: Any = None,
        train_size: Any = None,
        random_state: Any = None,
    ) -> None:
        self.n_splits = n_splits
        self.test_size = test_size
        self.train_size = train_size
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
            For samples that cannot be split so.
        """
        if groups is not None and not self._needs_groups:
            warnings.warn(
                f"The groups parameter is ignored by {type(self).__name__}", UserWarning, stacklevel=2
            )
        return self._iter_indices(*indexable(X, y, groups))

    def _iter_indices(self, X: Any, y: Any, groups: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        raise NotImplementedError

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are."""
        return self.n_splits


class ShuffleSplit(BaseShuffleSplit):
    """Draws samples at random, each round anew.

    Parameters
    ----------
    n_splits : how many rounds
    test_size : how many samples to test on, or their share; None is what `train_size` leaves, or 0.1
    train_size : how many samples to train on, or their share; None is what `test_size` leaves
    random_state : the seed
    """

    def _iter_indices(self, X: Any, y: Any, groups: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return self._drawn(_num_samples(X))

    def _drawn(self, n: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        n_train, n_test = sizes(n, self.test_size, self.train_size, self._default)
        rng = check_random_state(self.random_state)
        for _ in range(self.n_splits):
            order = rng.permutation(n)
            yield order[n_test : n_test + n_train], order[:n_test]


class GroupShuffleSplit(ShuffleSplit):
    """Draws whole groups at random, each round anew.

    Parameters
    ----------
    n_splits : how many rounds
    test_size : how many groups to test on, or their share; None is what `train_size` leaves, or 0.2
    train_size : how many groups to train on, or their share; None is what `test_size` leaves
    random_state : the seed
    """

    _default = 0.2
    _needs_groups = True

    def __init__(
        self,
        n_splits: int = 5,
        *,
        test_size: Any = None,
        train_size: Any = None,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            n_splits, test_size=test_size, train_size=train_size, random_state=random_state
        )

    def _iter_indices(self, X: Any, y: Any, groups: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        known, inverse = np.unique(checked_groups(groups), return_inverse=True)
        for train, test in self._drawn(len(known)):
            yield np.flatnonzero(np.isin(inverse, train)), np.flatnonzero(np.isin(inverse, test))


class StratifiedShuffleSplit(BaseShuffleSplit):
    """Draws samples at random with the shares of the classes kept.

    Parameters
    ----------
    n_splits : how many rounds
    test_size : how many samples to test on, or their share; None is what `train_size` leaves, or 0.1
    train_size : how many samples to train on, or their share; None is what `test_size` leaves
    random_state : the seed
    """

    def split(self, X: Any, y: Any, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features); only its length counts
        y : array-like of shape (n_samples,) or (n_samples, n_labels), the classes
        groups : ignored

        Yields
        ------
        train, test : ndarrays of numbers of samples

        Raises
        ------
        ValueError
            For classes of one sample, or sizes smaller than the number of classes.
        """
        y = check_array(y, input_name="y", ensure_2d=False, dtype=None)
        return super().split(X, y, groups)

    def _iter_indices(self, X: Any, y: Any, groups: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        n = _num_samples(X)
        n_train, n_test = sizes(n, self.test_size, self.train_size, self._default)
        y = y.toarray() if is_sparse(y) else np.asarray(y)
        if y.ndim == 2:
            # A row of labels is a class.
            y = np.array([" ".join(row.astype("str")) for row in y])
        classes, codes, counts = np.unique(y, return_inverse=True, return_counts=True)
        if counts.min() < 2:
            few = classes[counts < 2].tolist()
            raise ValueError(
                "The least populated classes in y have only 1 member, which is too few. The minimum "
                "number of groups for any class cannot be less than 2. Classes with too few members "
                f"are: {few}"
            )
        for name, size in (("train", n_train), ("test", n_test)):
            if size < len(classes):
                raise ValueError(
                    f"The {name}_size = {size} should be greater or equal to the number of classes = "
                    f"{len(classes)}"
                )
        members = np.split(np.argsort(codes, kind="stable"), np.cumsum(counts)[:-1])
        rng = check_random_state(self.random_state)
        for _ in range(self.n_splits):
            to_train = _spread(counts, n_train, rng)
            to_test = _spread(counts - to_train, n_test, rng)
            train, test = [], []
            for of_class, a, b in zip(members, to_train, to_test, strict=True):
                order = of_class[rng.permutation(len(of_class))]
                train.append(order[:a])
                test.append(order[a : a + b])
            yield rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))


_SIZE = (Span(numbers.Real, 0, 1, "neither"), Span(numbers.Integral, 1, None), None)


def train_test_split(
    *arrays: Any,
    test_size: Any = None,
    train_size: Any = None,
    random_state: Any = None,
    shuffle: bool = True,
    stratify: Any = None,
) -> list[Any]:
    """Splits arrays into what to train on and what to test on.

    Parameters
    ----------
    *arrays : arrays, lists, frames or sparse matrices of as many samples
    test_size : how many samples to test on, or their share; None is what `train_size` leaves, or 0.25
    train_size : how many samples to train on, or their share; None is what `test_size` leaves
    random_state : the seed; a seed gives the rows that scikit-learn gives
    shuffle : whether to shuffle before
    stratify : array-like of shape (n_samples,), classes whose shares are to be the same in both parts

    Returns
    -------
    list of the parts to train and to test on, array by array

    Raises
    ------
    ValueError
        For no arrays, different lengths, or sizes that do not go.
    """
    for name, value, allowed in (
        ("test_size", test_size, _SIZE),
        ("train_size", train_size, _SIZE),
        ("random_state", random_state, RANDOM),
        ("shuffle", shuffle, BOOLEAN),
    ):
        check_parameter("train_test_split", name, value, allowed)
    if not arrays:
        raise ValueError("At least one array required as input")
    arrays = indexable(*arrays)
    n = _num_samples(arrays[0])
    n_train, n_test = sizes(n, test_size, train_size, 0.25)
    if not shuffle:
        if stratify is not None:
            raise ValueError("Stratified train/test split is not implemented for shuffle=False")
        train, test = np.arange(n_train), np.arange(n_train, n_train + n_test)
    else:
        kind = ShuffleSplit if stratify is None else StratifiedShuffleSplit
        splitter = kind(test_size=n_test, train_size=n_train, random_state=random_state)
        train, test = next(splitter.split(arrays[0], stratify))
    return list(chain.from_iterable((rows(a, train), rows(a, test)) for a in arrays))
