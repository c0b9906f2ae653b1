"""``tf.data``: input pipelines."""

from seodang.data import experimental
from seodang.data._core import DatasetIterator as Iterator
from seodang.data._core import NumpyIterator
from seodang.data._core import Optional as Optional
from seodang.data.dataset import (
    AUTOTUNE,
    INFINITE_CARDINALITY,
    UNKNOWN_CARDINALITY,
    Dataset,
)
from seodang.data.options import Options
from seodang.data.readers import FixedLengthRecordDataset, TextLineDataset

__all__ = [
    "AUTOTUNE",
    "INFINITE_CARDINALITY",
    "UNKNOWN_CARDINALITY",
    "Dataset",
    "FixedLengthRecordDataset",
    "Iterator",
    "NumpyIterator",
    "Options",
    "TextLineDataset",
    "experimental",
]


def __getattr__(name: str):
    if name == "TFRecordDataset":
        raise NotImplementedError(
            "tf.data.TFRecordDataset is not in Seodang; read text with TextLineDataset, arrays with "
            "Dataset.from_tensor_slices."
        )
    raise AttributeError(f"module 'tensorflow.data' has no attribute '{name}'")
