"""California housing: 20,640 blocks, 8 measurements each, and the median value of houses."""

from __future__ import annotations

import numpy as np

from ._files import KERAS, fetch


def load_data(version: str = "large", path: str = "california_housing.npz", test_split: float = 0.2,
              seed: int = 113):
    """((x_train, y_train), (x_test, y_test)); `version` is "large" or "small" (600 rows)."""
    if version not in ("large", "small"):
        raise ValueError(f'Argument `version` must be one of "small", "large". Received: {version}')
    file = fetch(path, KERAS + "california_housing.npz",
                 "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f")
    with np.load(file, allow_pickle=False) as f:
        x, y = f["x"], f["y"]
    if version == "small":
        x, y = x[:600], y[:600]
    order = np.arange(len(x))
    np.random.RandomState(seed).shuffle(order)
    x, y = x[order], y[order]
    at = int(len(x) * (1 - test_split))
    return (x[:at], y[:at]), (x[at:], y[at:])
