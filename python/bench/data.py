"""The data of the benchmarks: random, in MNIST's shape."""

import numpy as np

ROWS, INPUTS, HIDDEN, CLASSES, BATCH = 60_000, 784, 128, 10, 32
TAPE_STEPS = 100


def pictures() -> tuple[np.ndarray, np.ndarray]:
    """60,000 rows of 784 numbers in 0..1, and a class for each."""
    random = np.random.default_rng(0)
    x = random.random((ROWS, INPUTS), dtype=np.float32)
    return x, random.integers(0, CLASSES, ROWS).astype(np.int64)
