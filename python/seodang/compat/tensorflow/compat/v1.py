"""``tf.compat.v1``: what programs of TensorFlow 1 still call; graphs and sessions are not there."""

from __future__ import annotations

from seodang._missing import missing

from ... import tensorflow as _tf
from .. import random as _random

set_random_seed = _random.set_seed


def disable_eager_execution() -> None:
    """Accepted: everything goes on running eagerly, with the same results."""


def _nothing(*args, **kwargs) -> None:
    """Accepted, with no effect."""


enable_eager_execution = enable_v2_behavior = disable_v2_behavior = _nothing
enable_resource_variables = disable_resource_variables = reset_default_graph = _nothing
enable_v2_tensorshape = disable_v2_tensorshape = global_variables_initializer = _nothing
local_variables_initializer = tables_initializer = _nothing


def executing_eagerly() -> bool:
    """Whether code runs at once."""
    return _tf.executing_eagerly()


class _Options:
    """Options that are kept, with no effect."""

    def __init__(self, **options):
        self.__dict__.update(options)

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        made = _Options()
        self.__dict__[name] = made
        return made


class ConfigProto(_Options):
    """Options of a session; kept, with no effect."""


class GPUOptions(_Options):
    """Options of a GPU; kept, with no effect."""


class Session:
    """Raises NotImplementedError: there are no sessions; call functions instead."""

    def __init__(self, target: str = "", graph=None, config=None):
        raise NotImplementedError("tf.compat.v1.Session is not in Seodang: tensors are computed at once; "
                                  "remove the session and use their .numpy().")


InteractiveSession = Session


def placeholder(dtype, shape=None, name=None):
    """Raises RuntimeError: placeholders need graph mode."""
    raise RuntimeError("tf.placeholder() is not compatible with eager execution.")


class logging:  # noqa: N801 - a module of TensorFlow's
    """Levels of TensorFlow's log, of which there is none."""

    DEBUG, INFO, WARN, WARNING, ERROR, FATAL = 10, 20, 30, 30, 40, 50
    set_verbosity = staticmethod(_nothing)

    @staticmethod
    def get_verbosity() -> int:
        """Warnings."""
        return 30

    @staticmethod
    def _log(level: int, text: str, *args) -> None:
        import logging as python

        python.getLogger("tensorflow").log(level, text, *args)

    @staticmethod
    def info(text, *args) -> None:
        """Logs."""
        logging._log(20, text, *args)

    @staticmethod
    def warning(text, *args) -> None:
        """Logs."""
        logging._log(30, text, *args)

    warn = warning

    @staticmethod
    def error(text, *args) -> None:
        """Logs."""
        logging._log(40, text, *args)


def _load(name: str):
    try:
        return getattr(_tf, name)
    except AttributeError:
        return _missing(name)


_missing = missing(__name__)


def __getattr__(name: str):
    """The names that TensorFlow 2 has too."""
    if name.startswith("__"):
        return _missing(name)
    return _load(name)
