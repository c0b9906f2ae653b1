"""Random choices without repetition, by the draws that scikit-learn makes of NumPy's generator."""

from __future__ import annotations

import numpy as np


def distinct(n: int, count: int, rng: np.random.RandomState) -> np.ndarray:
    """`count` different numbers below `n`; few of many, and all but few, without a shuffle of all.

    Parameters
    ----------
    n : how many there are to choose from
    count : how many to choose
    rng : the generator

    Raises
    ------
    ValueError
        For more than there are.
    """
    if count > n:
        raise ValueError(
            "n_population should be greater or equal than n_samples, got n_samples > n_population "
            f"({count} > {n})"
        )
    share = count / n if n else 1.0
    if 0.01 < share < 0.99:
        return rng.permutation(n)[:count]
    if share < 0.2:
        chosen: dict[int, None] = {}
        while len(chosen) < count:
            # A number that is there already is drawn again.
            chosen.setdefault(int(rng.randint(n)))
        return np.array(list(chosen), dtype=int)
    # Each later number takes the place of an earlier one with the chance that makes all alike
    # (Vitter 1985, algorithm R).
    out = np.arange(count)
    for i in range(count, n):
        j = rng.randint(0, i + 1)
        if j < count:
            out[j] = i
    return out
