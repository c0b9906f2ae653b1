"""`tf.config`: devices and threads."""

from __future__ import annotations

import os
import types
from collections import namedtuple

from seodang._missing import missing

from ._function import functions_run_eagerly as functions_run_eagerly
from ._function import run_functions_eagerly as run_functions_eagerly

PhysicalDevice = namedtuple("PhysicalDevice", "name device_type")
LogicalDevice = namedtuple("LogicalDevice", "name device_type")


class LogicalDeviceConfiguration:
    """How much of a device a program may use; accepted and not needed."""

    def __init__(self, memory_limit=None, **kwargs) -> None:
        self.memory_limit = memory_limit


def list_physical_devices(device_type=None) -> list:
    """The devices of a kind."""
    found = [PhysicalDevice("/physical_device:CPU:0", "CPU")]
    return [d for d in found if device_type in (None, d.device_type)]


def list_logical_devices(device_type=None) -> list:
    """The devices of a kind."""
    found = [LogicalDevice("/device:CPU:0", "CPU")]
    return [d for d in found if device_type in (None, d.device_type)]


def get_visible_devices(device_type=None) -> list:
    """The devices of a kind."""
    return list_physical_devices(device_type)


def set_visible_devices(devices, device_type=None) -> None:
    """Accepted: there is one device."""


def set_logical_device_configuration(device, logical_devices) -> None:
    """Accepted: memory is used as it is needed."""


def get_logical_device_configuration(device):
    """None: there is no limit."""


def set_soft_device_placement(enabled) -> None:
    """Accepted: there is one device."""


def get_soft_device_placement() -> bool:
    """True."""
    return True


def set_memory_growth(device, enable) -> None:
    """Accepted: memory is used as it is needed."""


def get_memory_growth(device) -> bool:
    """True."""
    return True


def _threads() -> int:
    return int(os.environ.get("SEODANG_THREADS") or os.cpu_count() or 1)


threading = types.SimpleNamespace(
    set_intra_op_parallelism_threads=lambda num_threads: None,
    set_inter_op_parallelism_threads=lambda num_threads: None,
    get_intra_op_parallelism_threads=_threads,
    get_inter_op_parallelism_threads=lambda: 1,
)
optimizer = types.SimpleNamespace(
    set_jit=lambda enabled: None, get_jit=lambda: "", set_experimental_options=lambda options: None,
    get_experimental_options=dict,
)
experimental = types.SimpleNamespace(
    list_physical_devices=list_physical_devices, list_logical_devices=list_logical_devices,
    set_memory_growth=set_memory_growth, get_memory_growth=get_memory_growth,
    set_visible_devices=set_visible_devices, get_visible_devices=get_visible_devices,
    set_virtual_device_configuration=set_logical_device_configuration,
    VirtualDeviceConfiguration=LogicalDeviceConfiguration, enable_tensor_float_32_execution=lambda e: None,
    enable_op_determinism=lambda: None,
)


def experimental_run_functions_eagerly(run_eagerly) -> None:
    """As `run_functions_eagerly`."""
    run_functions_eagerly(run_eagerly)


__getattr__ = missing(__name__)
