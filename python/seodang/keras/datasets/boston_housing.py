"""Boston housing: 506 districts, 13 measurements each, and the median price of homes."""

from __future__ import annotations

import numpy as np

from ._files import KERAS, fetch


def load_data(path: str = "boston_housing.npz", test_split: float = 0.2, seed: int = 113):
    """((x_train, y_train), (x_test, y_test)): measurements (rows, 13) and prices in 1000 dollars."""
    if not 0 <= test_split < 1:
        raise ValueError(f"`test_split` must be in [0, 1). Received: {test_split}")
    file = fetch(path, KERAS + "boston_housing.npz",
                 "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5")
    with np.load(file, allow_pickle=False) as f:
        x, y = f["x"], f["y"]
    order = np.arange(len(x))
    np.random.RandomState(seed).shuffle(order)
    x, y = x[order], y[order]
    at = int(len(x) * (1 - test_split))
    return (x[:at], y[:at]), (x[at:], y[at:])
