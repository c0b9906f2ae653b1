"""``tf.test``: what programs ask about the machine."""

from __future__ import annotations

from seodang._missing import missing


def is_gpu_available(cuda_only: bool = False, min_cuda_compute_capability=None) -> bool:
    """False: Seodang computes on the processor here."""
    return False


def is_built_with_cuda() -> bool:
    """False."""
    return False


is_built_with_gpu_support = is_built_with_cuda
is_built_with_xla = is_built_with_rocm = is_built_with_cuda


def gpu_device_name() -> str:
    """Empty: there is no GPU."""
    return ""


__getattr__ = missing(__name__)
