"""``tf.dtypes``: element types and casts.

Written by `python -m seodang._generate`; do not edit.
"""

from seodang._dtypes import DType as DType
from seodang._dtypes import as_dtype as as_dtype
from seodang.compat.tensorflow._elementwise import cast as cast
from seodang.compat.tensorflow._elementwise import saturate_cast as saturate_cast

bfloat16: DType

bool: DType

double: DType

float16: DType

float32: DType

float64: DType

half: DType

int16: DType

int32: DType

int64: DType

int8: DType

string: DType

uint16: DType

uint32: DType

uint64: DType

uint8: DType
