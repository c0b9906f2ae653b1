"""``tf.sysconfig``: how the library was built."""

from __future__ import annotations

from seodang._missing import missing


def get_build_info() -> dict:
    """Without CUDA."""
    return {"is_cuda_build": False, "is_rocm_build": False, "is_tensorrt_build": False}


__getattr__ = missing(__name__)
