"""``tf.bitwise``: the bits of integers."""

from __future__ import annotations

from seodang._missing import missing

from ._core import native, pair, tensor


def _of_two(name: str, about: str):
    run = getattr(native, name)

    def function(x, y, name: str | None = None):
        return run(*pair(x, y))

    function.__name__ = name
    function.__doc__ = about
    return function


bitwise_and = _of_two("bitwise_and", "The bits that both have.")
bitwise_or = _of_two("bitwise_or", "The bits that either has.")
bitwise_xor = _of_two("bitwise_xor", "The bits that just one has.")
left_shift = _of_two("left_shift", "The bits moved up.")
right_shift = _of_two("right_shift", "The bits moved down.")


def invert(x, name: str | None = None) -> native.Tensor:
    """The bits that are not set."""
    x = tensor(x)
    return native.unary("invert", x)


__getattr__ = missing(__name__)
