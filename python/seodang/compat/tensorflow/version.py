"""``tf.version``: what programs compare."""

from __future__ import annotations

from seodang._missing import missing

VERSION = "2.5.0"
GIT_VERSION = "seodang"
COMPILER_VERSION = "rustc"
__getattr__ = missing(__name__)
