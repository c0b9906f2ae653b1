"""Combinations of parameters: all of a grid, or some drawn at random."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np

from .._sampling import distinct
from ..utils.validation import check_random_state


class ParameterGrid:
    """All combinations of values, as dictionaries.

    Parameters
    ----------
    param_grid : a dictionary of lists of values by names of parameters, or a list of such

    Raises
    ------
    TypeError, ValueError
        For something else.
    """

    def __init__(self, param_grid: Any) -> None:
        if not isinstance(param_grid, (Mapping, Iterable)):
            raise TypeError(
                f"Parameter grid should be a dict or a list, got: {param_grid!r} of type "
                f"{type(param_grid).__name__}"
            )
        grids = [param_grid] if isinstance(param_grid, Mapping) else list(param_grid)
        for grid in grids:
            if not isinstance(grid, dict):
                raise TypeError(f"Parameter grid is not a dict ({grid!r})")
            for key, values in grid.items():
                _check_values(key, values)
        self.param_grid = grids

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for grid in self.param_grid:
            names = sorted(grid)
            for values in product(*(grid[name] for name in names)):
                yield dict(zip(names, values, strict=True))

    def __len__(self) -> int:
        return sum(prod(len(v) for v in grid.values()) for grid in self.param_grid)

    def __getitem__(self, index: int) -> dict[str, Any]:
        for grid in self.param_grid:
            if not grid:
                if index == 0:
                    return {}
                index -= 1
                continue
            # The last name, in order, changes fastest.
            names = sorted(grid, reverse=True)
            total = prod(len(grid[name]) for name in names)
            if index >= total:
                index -= total
                continue
            out = {}
            for name in names:
                index, at = divmod(index, len(grid[name]))
                out[name] = grid[name][at]
            return out
        raise IndexError("ParameterGrid index out of range")


def _check_values(key: str, values: Any) -> None:
    if isinstance(values, np.ndarray) and values.ndim > 1:
        raise ValueError(
            f"Parameter array for {key!r} should be one-dimensional, got: {values!r} with shape "
            f"{values.shape}"
        )
    if isinstance(values, str) or not isinstance(values, (np.ndarray, Sequence)):
        raise TypeError(
            f"Parameter grid for parameter {key!r} needs to be a list or a numpy array, but got "
            f"{values!r} (of type {type(values).__name__}) instead. Single values need to be wrapped "
            "in a list with one element."
        )
    if len(values) == 0:
        raise ValueError(
            f"Parameter grid for parameter {key!r} need to be a non-empty sequence, got: {values!r}"
        )


class ParameterSampler:
    """Combinations of values drawn at random, as dictionaries; from lists only, all different.

    Parameters
    ----------
    param_distributions : a dictionary by names of parameters, of lists of values or of distributions with
        a method ``rvs(random_state=)`` as SciPy's, or a list of such
    n_iter : how many
    random_state : the seed; it gives scikit-learn's combinations

    Raises
    ------
    TypeError
        For something else.
    """

    def __init__(self, param_distributions: Any, n_iter: int, *, random_state: Any = None) -> None:
        if not isinstance(param_distributions, (Mapping, Iterable)):
            raise TypeError(
                f"Parameter distribution is not a dict or a list, got: {param_distributions!r} of "
                f"type {type(param_distributions).__name__}"
            )
        single = isinstance(param_distributions, Mapping)
        several = [param_distributions] if single else param_distributions
        for one in several:
            if not isinstance(one, dict):
                raise TypeError(f"Parameter distribution is not a dict ({one!r})")
            for key, values in one.items():
                if not isinstance(values, Iterable) and not hasattr(values, "rvs"):
                    raise TypeError(
                        f"Parameter grid for parameter {key!r} is not iterable or a distribution "
                        f"(value={values})"
                    )
        self.n_iter = n_iter
        self.random_state = random_state
        self.param_distributions = several

    def _only_lists(self) -> bool:
        return not any(hasattr(v, "rvs") for d in self.param_distributions for v in d.values())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        rng = check_random_state(self.random_state)
        if self._only_lists():
            grid = ParameterGrid(self.param_distributions)
            count = len(self)
            if count < self.n_iter:
                warnings.warn(
                    f"The total space of parameters {count} is smaller than n_iter={self.n_iter}. "
                    f"Running {count} iterations. For exhaustive searches, use GridSearchCV.",
                    UserWarning,
                    stacklevel=2,
                )
            for i in distinct(len(grid), count, rng):
                yield grid[int(i)]
            return
        for _ in range(self.n_iter):
            chosen = rng.choice(self.param_distributions)
            yield {
                key: values.rvs(random_state=rng)
                if hasattr(values, "rvs")
                else values[rng.randint(len(values))]
                for key, values in sorted(chosen.items())
            }

    def __len__(self) -> int:
        if self._only_lists():
            return min(self.n_iter, len(ParameterGrid(self.param_distributions)))
        return self.n_iter
