"""`Initializer`: how weights begin."""

from __future__ import annotations

from ..._dtypes import as_dtype
from .. import _config
from .._family import Record


class Initializer:
    """How weights begin: an object called with a shape and a type. Subclass it with `__call__`."""

    def __call__(self, shape, dtype=None, **kwargs):
        raise NotImplementedError("Initializer subclasses must implement the `__call__()` method.")

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {}

    @classmethod
    def from_config(cls, config: dict):
        """An initializer of the options that `get_config` gave."""
        return cls(**{k: v for k, v in config.items() if k != "dtype"})


class RecordInitializer(Record, Initializer):
    """An initializer that Rust computes."""

    _handle_class = "InitializerHandle"

    def __call__(self, shape, dtype=None, **kwargs):
        """Initial values of a shape and type."""
        kind = as_dtype(dtype or _config.floatx())
        dims = [shape] if isinstance(shape, int) else [int(d) for d in shape]
        return self._handle.initialize(dims, kind)
