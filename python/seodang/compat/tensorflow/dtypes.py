"""``tf.dtypes``: element types and casts."""

from __future__ import annotations

from seodang._dtypes import (  # noqa: F401
    DType, as_dtype, bfloat16, double, float16, float32, float64, half, int8, int16, int32, int64,
    string, uint8, uint16, uint32, uint64,
)
from seodang._dtypes import bool_ as bool  # noqa: F401
from seodang._missing import missing

from ._elementwise import cast, saturate_cast  # noqa: F401

__getattr__ = missing(__name__)
