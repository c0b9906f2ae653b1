"""``tf.experimental``: what TensorFlow tries out."""

from __future__ import annotations

from seodang._missing import missing

__getattr__ = missing(
    __name__,
    {
        "dlpack": "seodang.compat.tensorflow.experimental.dlpack",
        "numpy": "seodang.compat.tensorflow.experimental.numpy",
    },
)
