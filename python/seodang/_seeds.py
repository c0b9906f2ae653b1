"""The program's seed (``tf.random.set_seed``) and the seeds that follow from it.

The rules are TensorFlow's, so that data sets are shuffled in the order that a program's author saw:
a seed of an operation's own is combined with the program's; without one, the program's seed starts a
stream of seeds; with neither, nothing repeats.
"""

from __future__ import annotations

import os
import random

_WITHOUT_GLOBAL = 87654321
_LARGEST = 2**31 - 1

_global: int | None = None
_stream = random.Random()


def set_global(seed: int | None) -> None:
    """Sets the program's seed and starts the stream of operations' seeds anew."""
    global _global
    _global = None if seed is None else int(seed)
    _stream.seed(_global)


def get_global() -> int | None:
    """The program's seed, or None if it was never set."""
    return _global


def operation_seed() -> int:
    """The next seed for an operation that was given none."""
    return _stream.randint(0, _LARGEST)


def pair(seed: int | None) -> tuple[int, int]:
    """The two numbers that start an operation's random stream."""
    if seed is not None:
        seed = int(seed)
    if _global is not None:
        first, second = _global, operation_seed() if seed is None else seed
    elif seed is not None:
        first, second = _WITHOUT_GLOBAL, seed
    else:
        return int.from_bytes(os.urandom(8), "little"), int.from_bytes(os.urandom(8), "little")
    first, second = first % _LARGEST, second % _LARGEST
    return (first, second) if (first, second) != (0, 0) else (0, _LARGEST)
