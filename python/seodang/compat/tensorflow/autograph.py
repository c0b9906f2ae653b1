"""``tf.autograph``: Python's control flow is run as it is, never converted."""

from __future__ import annotations

from seodang._missing import missing


class experimental:  # noqa: N801 - a module of TensorFlow's
    """Decorators that have nothing to do here."""

    @staticmethod
    def do_not_convert(func=None):
        """The function itself."""
        return func if func is not None else (lambda f: f)

    @staticmethod
    def set_loop_options(*args, **kwargs) -> None:
        """Accepted, with no effect."""


def set_verbosity(level: int, alsologtostdout: bool = False) -> None:
    """Accepted, with no effect."""


__getattr__ = missing(__name__)
