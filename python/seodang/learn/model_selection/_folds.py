"""Splitters that test on every sample, or on every choice of samples, in turn.

Seeds give scikit-learn's splits: NumPy's generator is asked for the same numbers in the same order.
"""

from __future__ import annotations

import numbers
import warnings
from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from .._indexing import indexable
from ..utils.multiclass import type_of_target
from ..utils.validation import _num_samples, check_random_state, column_or_1d
from ._splitter import FoldSplitter, Repeated, BaseCrossValidator, checked_groups


def _sizes(n: int, folds: int) -> np.ndarray:
    """The sizes of folds as equal as can be, the larger first."""
    sizes = np.full(folds, n // folds, dtype=int)
    sizes[: n % folds] += 1
    return sizes


def _class_numbers(y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Classes by the number of their first appearance, and how many samples each has.

    Raises
    ------
    ValueError
        For a target that has no classes.
    """
    kind = type_of_target(y, input_name="y")
    if kind not in ("binary", "multiclass"):
        raise ValueError(
            f"Supported target types are: ('binary', 'multiclass'). Got {kind!r} instead."
        )
    _, first, inverse = np.unique(column_or_1d(y), return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    codes = rank[inverse]
    return codes, np.bincount(codes)


def _check_class_sizes(counts: np.ndarray, folds: int) -> None:
    if np.all(folds > counts):
        raise ValueError(
            f"n_splits={folds} cannot be greater than the number of members in each class."
        )
    if folds > counts.min():
        warnings.warn(
            f"The least populated class in y has only {counts.min()} members, which is less than "
            f"n_splits={folds}.",
            UserWarning,
            stacklevel=2,
        )


class KFold(FoldSplitter):
    """Folds of consecutive samples, or of samples shuffled before.

    Parameters
    ----------
    n_splits : how many folds
    shuffle : whether to shuffle the samples before
    random_state : the seed of the shuffle

    Raises
    ------
    ValueError, TypeError
        For other parameters.
    """

    def __init__(self, n_splits: int = 5, *, shuffle: bool = False, random_state: Any = None) -> None:
        super().__init__(n_splits, shuffle=shuffle, random_state=random_state)

    def _iter_test_indices(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        order = np.arange(_num_samples(X))
        if self.shuffle:
            check_random_state(self.random_state).shuffle(order)
        yield from np.split(order, np.cumsum(_sizes(len(order), self.n_splits))[:-1])


class StratifiedKFold(FoldSplitter):
    """Folds with the same shares of the classes.

    Parameters
    ----------
    n_splits : how many folds
    shuffle : whether to shuffle the samples of each class before
    random_state : the seed of the shuffle

    Raises
    ------
    ValueError, TypeError
        For other parameters.
    """

    def __init__(self, n_splits: int = 5, *, shuffle: bool = False, random_state: Any = None) -> None:
        super().__init__(n_splits, shuffle=shuffle, random_state=random_state)

    def _fold_of_each(self, y: Any) -> np.ndarray:
        rng = check_random_state(self.random_state)
        codes, counts = _class_numbers(np.asarray(y))
        _check_class_sizes(counts, self.n_splits)
        # Dealing the sorted samples out one by one says how many of each class a fold gets.
        dealt = np.sort(codes)
        share = [np.bincount(dealt[i :: self.n_splits], minlength=len(counts))
                 for i in range(self.n_splits)]
        fold = np.empty(len(codes), dtype="i")
        for k, of_class in enumerate(np.transpose(share)):
            folds = np.arange(self.n_splits).repeat(of_class)
            if self.shuffle:
                rng.shuffle(folds)
            fold[codes == k] = folds
        return fold

    def _iter_test_masks(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        fold = self._fold_of_each(y)
        for i in range(self.n_splits):
            yield fold == i

    def split(self, X: Any, y: Any, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features); only its length counts
        y : array-like of shape (n_samples,), the classes
        groups : ignored

        Yields
        ------
        train, test : ndarrays of numbers of samples

        Raises
        ------
        ValueError
            For a target without classes, or classes all smaller than the number of folds.
        """
        if groups is not None:
            warnings.warn(
                f"The groups parameter is ignored by {type(self).__name__}", UserWarning, stacklevel=2
            )
        return super().split(X, y, groups)


class GroupKFold(FoldSplitter):
    """Folds of whole groups, about equally many samples in each.

    Parameters
    ----------
    n_splits : how many folds
    shuffle : whether to deal groups out at random rather than by their size
    random_state : the seed of the shuffle

    Raises
    ------
    ValueError, TypeError
        For other parameters.
    """

    _needs_groups = True

    def __init__(self, n_splits: int = 5, *, shuffle: bool = False, random_state: Any = None) -> None:
        super().__init__(n_splits, shuffle=shuffle, random_state=random_state)

    def _iter_test_indices(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        known, inverse = np.unique(checked_groups(groups), return_inverse=True)
        if self.n_splits > len(known):
            raise ValueError(
                f"Cannot have number of splits n_splits={self.n_splits} greater than the number of "
                f"groups: {len(known)}."
            )
        if self.shuffle:
            order = check_random_state(self.random_state).permutation(len(known))
            for some in np.array_split(order, self.n_splits):
                yield np.flatnonzero(np.isin(inverse, some))
            return
        counts = np.bincount(inverse)
        samples_in = np.zeros(self.n_splits)
        fold = np.zeros(len(known))
        # The largest group that is left goes into the lightest fold.
        for group in np.argsort(counts, kind="stable")[::-1]:
            lightest = np.argmin(samples_in)
            samples_in[lightest] += counts[group]
            fold[group] = lightest
        of_each = fold[inverse]
        for i in range(self.n_splits):
            yield np.flatnonzero(of_each == i)


class StratifiedGroupKFold(FoldSplitter):
    """Folds of whole groups with shares of the classes as equal as these allow.

    Groups are dealt out one by one, those with the most unequal classes first, each into the fold that
    makes the classes' shares the most even.

    Parameters
    ----------
    n_splits : how many folds
    shuffle : whether to shuffle the groups before
    random_state : the seed of the shuffle

    Raises
    ------
    ValueError, TypeError
        For other parameters.
    """

    _needs_groups = True

    def __init__(self, n_splits: int = 5, shuffle: bool = False, random_state: Any = None) -> None:
        super().__init__(n_splits, shuffle=shuffle, random_state=random_state)

    def _iter_test_indices(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        rng = check_random_state(self.random_state)
        _class_numbers(np.asarray(y))
        codes = np.unique(column_or_1d(y), return_inverse=True)[1]
        sizes = np.bincount(codes)
        _check_class_sizes(sizes, self.n_splits)
        known, inverse = np.unique(checked_groups(groups), return_inverse=True)
        if self.n_splits > len(known):
            raise ValueError(
                f"Cannot have number of splits n_splits={self.n_splits} greater than the number of "
                f"groups: {len(known)}."
            )
        counts = np.zeros((len(known), len(sizes)))
        np.add.at(counts, (inverse, codes), 1)
        order = np.arange(len(known))
        if self.shuffle:
            rng.shuffle(order)
        order = order[np.argsort(-np.std(counts[order], axis=1), kind="stable")]
        in_fold = np.zeros((self.n_splits, len(sizes)))
        fold = np.empty(len(known), dtype=int)
        for group in order:
            fold[group] = self._most_even(in_fold, counts[group], sizes)
            in_fold[fold[group]] += counts[group]
        of_each = fold[inverse]
        for i in range(self.n_splits):
            yield np.flatnonzero(of_each == i)

    def _most_even(self, in_fold: np.ndarray, group: np.ndarray, sizes: np.ndarray) -> int:
        best, least, fewest = 0, np.inf, np.inf
        for i in range(self.n_splits):
            tried = in_fold.copy()
            tried[i] += group
            uneven = np.mean(np.std(tried / sizes, axis=0))
            samples = in_fold[i].sum()
            if uneven < least or (np.isclose(uneven, least) and samples < fewest):
                best, least, fewest = i, uneven, samples
        return best


class TimeSeriesSplit(FoldSplitter):
    """Tests on what comes after: each round trains on all that lies before its test.

    Parameters
    ----------
    n_splits : how many rounds
    max_train_size : how many samples at most to train on; None is all before
    test_size : how many samples to test on; None divides them evenly
    gap : how many samples to leave out between training and test

    Raises
    ------
    ValueError, TypeError
        For other parameters.
    """

    def __init__(
        self,
        n_splits: int = 5,
        *,
        max_train_size: int | None = None,
        test_size: int | None = None,
        gap: int = 0,
    ) -> None:
        super().__init__(n_splits, shuffle=False, random_state=None)
        self.max_train_size = max_train_size
        self.test_size = test_size
        self.gap = gap

    def _parameters(self) -> dict[str, Any]:
        names = ("gap", "max_train_size", "n_splits", "test_size")
        return {name: getattr(self, name) for name in names}

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), in the order of time
        y, groups : ignored

        Yields
        ------
        train, test : ndarrays of numbers of samples

        Raises
        ------
        ValueError
            For too few samples.
        """
        if groups is not None:
            warnings.warn(
                f"The groups parameter is ignored by {type(self).__name__}", UserWarning, stacklevel=2
            )
        return self._rounds(X)

    def _rounds(self, X: Any) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        (X,) = indexable(X)
        n, parts = _num_samples(X), self.n_splits + 1
        if parts > n:
            raise ValueError(
                f"Cannot have number of folds={parts} greater than the number of samples={n}."
            )
        size = n // parts if self.test_size is None else self.test_size
        if n - self.gap - size * self.n_splits <= 0:
            raise ValueError(
                f"Too many splits={self.n_splits} for number of samples={n} with test_size={size} "
                f"and gap={self.gap}."
            )
        everything = np.arange(n)
        for start in range(n - self.n_splits * size, n, size):
            end = start - self.gap
            begin = max(0, end - self.max_train_size) if self.max_train_size else 0
            yield everything[begin:end], everything[start : start + size]


class LeaveOneOut(BaseCrossValidator):
    """Tests on each sample alone."""

    def _iter_test_indices(self, X: Any, y: Any, groups: Any) -> Iterator[Any]:
        n = _num_samples(X)
        if n <= 1:
            raise ValueError(f"Cannot perform LeaveOneOut with n_samples={n}.")
        return iter(range(n))

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are for these samples.

        Raises
        ------
        ValueError
            Without X.
        """
        if X is None:
            raise ValueError("The 'X' parameter should not be None.")
        return _num_samples(X)


class LeavePOut(BaseCrossValidator):
    """Tests on each choice of `p` samples.

    Parameters
    ----------
    p : how many
    """

    def __init__(self, p: int) -> None:
        self.p = p

    def _iter_test_indices(self, X: Any, y: Any, groups: Any) -> Iterator[Any]:
        n = _num_samples(X)
        if n <= self.p:
            raise ValueError(
                f"p={self.p} must be strictly less than the number of samples={n}"
            )
        for some in combinations(range(n), self.p):
            yield np.array(some)

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are for these samples.

        Raises
        ------
        ValueError
            Without X.
        """
        if X is None:
            raise ValueError("The 'X' parameter should not be None.")
        return comb(_num_samples(X), self.p)


class LeaveOneGroupOut(BaseCrossValidator):
    """Tests on each group alone."""

    _needs_groups = True

    def _iter_test_masks(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        groups = checked_groups(groups)
        known = np.unique(groups)
        if len(known) <= 1:
            raise ValueError(
                f"The groups parameter contains fewer than 2 unique groups ({known}). "
                "LeaveOneGroupOut expects at least 2."
            )
        for group in known:
            yield groups == group

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are for these groups.

        Raises
        ------
        ValueError
            Without groups.
        """
        return len(np.unique(checked_groups(groups)))


class LeavePGroupsOut(BaseCrossValidator):
    """Tests on each choice of `n_groups` groups.

    Parameters
    ----------
    n_groups : how many
    """

    _needs_groups = True

    def __init__(self, n_groups: int) -> None:
        self.n_groups = n_groups

    def _iter_test_masks(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        groups = checked_groups(groups)
        known = np.unique(groups)
        if self.n_groups >= len(known):
            raise ValueError(
                "The groups parameter contains fewer than (or equal to) n_groups "
                f"({self.n_groups}) numbers of unique groups ({known}). LeavePGroupsOut expects that "
                f"at least n_groups + 1 ({self.n_groups + 1}) unique groups be present"
            )
        for some in combinations(known, self.n_groups):
            yield np.isin(groups, np.array(some))

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are for these groups.

        Raises
        ------
        ValueError
            Without groups.
        """
        return comb(len(np.unique(checked_groups(groups))), self.n_groups)


class RepeatedKFold(Repeated):
    """`KFold`, several times, shuffled anew each time.

    Parameters
    ----------
    n_splits : how many folds
    n_repeats : how many times
    random_state : the seed of the shuffles
    """

    _folds = KFold


class RepeatedStratifiedKFold(Repeated):
    """`StratifiedKFold`, several times, shuffled anew each time.

    Parameters
    ----------
    n_splits : how many folds
    n_repeats : how many times
    random_state : the seed of the shuffles
    """

    _folds = StratifiedKFold


class PredefinedSplit(BaseCrossValidator):
    """Folds that are given.

    Parameters
    ----------
    test_fold : array-like of shape (n_samples,), the number of the fold in which each sample is tested;
        -1 for samples that are only trained on
    """

    def __init__(self, test_fold: Any) -> None:
        self.test_fold = column_or_1d(np.array(test_fold, dtype=int))
        folds = np.unique(self.test_fold)
        self.unique_folds = folds[folds != -1]

    def _parameters(self) -> dict[str, Any]:
        return {"test_fold": self.test_fold}

    def split(self, X: Any = None, y: Any = None, groups: Any = None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The numbers of the samples for training and those for testing, round by round.

        Parameters
        ----------
        X, y, groups : ignored

        Yields
        ------
        train, test : ndarrays of numbers of samples
        """
        return super().split(self.test_fold)

    def _iter_test_masks(self, X: Any, y: Any, groups: Any) -> Iterator[np.ndarray]:
        for fold in self.unique_folds:
            yield self.test_fold == fold

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are."""
        return len(self.unique_folds)


class GivenSplits(BaseCrossValidator):
    """Splits that are listed: what `check_cv` makes of an iterable."""

    def __init__(self, cv: Any) -> None:
        self.cv = list(cv)

    def split(self, X: Any = None, y: Any = None, groups: Any = None) -> Iterator[tuple[Any, Any]]:
        """The listed pairs."""
        yield from self.cv

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """How many rounds there are."""
        return len(self.cv)


def check_cv(
    cv: Any = 5,
    y: Any = None,
    *,
    classifier: bool = False,
    shuffle: bool = False,
    random_state: Any = None,
) -> Any:
    """The splitter that someone means.

    Parameters
    ----------
    cv : a number of folds, None for 5, a splitter, or an iterable of pairs of numbers of samples
    y : the target, whose classes decide with `classifier` whether folds are stratified
    classifier : whether it is for a classifier
    shuffle, random_state : for the folds that a number or None means

    Raises
    ------
    ValueError
        For something else.
    """
    cv = 5 if cv is None else cv
    if isinstance(cv, numbers.Integral):
        classes = classifier and y is not None and type_of_target(y, input_name="y") in ("binary", "multiclass")
        kind = StratifiedKFold if classes else KFold
        return kind(cv, shuffle=shuffle, random_state=random_state)
    if not hasattr(cv, "split") or isinstance(cv, str):
        if isinstance(cv, str) or not hasattr(cv, "__iter__"):
            raise ValueError(
                "Expected `cv` as an integer, a cross-validation object (from "
                "sklearn.model_selection), or an iterable yielding (train, test) splits as arrays "
                f"of indices. Got {cv}."
            )
        return GivenSplits(cv)
    return cv
