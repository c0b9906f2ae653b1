"""``tf.data.Options``: accepted as TensorFlow's; the pipelines here need none of them."""

from __future__ import annotations

import enum


class AutoShardPolicy(enum.IntEnum):
    """How data would be split among machines."""

    OFF = -1
    AUTO = 0
    FILE = 1
    DATA = 2
    HINT = 3


class _Group:
    """A group of options: any attribute may be set, unset ones are None."""

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


class Options(_Group):
    """Options of a pipeline."""

    def __init__(self):
        self.autotune = _Group()
        self.threading = self.experimental_threading = _Group()
        self.experimental_distribute = _Group()
        self.experimental_optimization = _Group()
        self.experimental_distribute.auto_shard_policy = AutoShardPolicy.AUTO

    def merge(self, options: Options) -> Options:
        """These options and, where they are set, the other's."""
        merged = Options()
        for source in (self, options):
            merged.__dict__.update({k: v for k, v in source.__dict__.items() if v is not None})
        return merged
