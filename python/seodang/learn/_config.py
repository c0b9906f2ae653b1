"""What holds for all estimators: sizes of blocks, frames as what transformers give."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_DEFAULTS: dict[str, Any] = {
    "assume_finite": False,
    "working_memory": 1024,
    "print_changed_only": True,
    "display": "diagram",
    "pairwise_dist_chunk_size": 256,
    "enable_cython_pairwise_dist": True,
    "array_api_dispatch": False,
    "transform_output": "default",
    "enable_metadata_routing": False,
    "skip_parameter_validation": False,
    "sparse_interface": "spmatrix",
}
# What would be ignored, though a program that asks for it counts on it.
_ABSENT = ("array_api_dispatch", "enable_metadata_routing")

_here = threading.local()


def _current() -> dict[str, Any]:
    if not hasattr(_here, "config"):
        _here.config = dict(_DEFAULTS)
    return _here.config


def get_config() -> dict[str, Any]:
    """The configuration of this thread, a copy."""
    return dict(_current())


def set_config(
    assume_finite: bool | None = None,
    working_memory: int | None = None,
    print_changed_only: bool | None = None,
    display: str | None = None,
    pairwise_dist_chunk_size: int | None = None,
    enable_cython_pairwise_dist: bool | None = None,
    array_api_dispatch: bool | None = None,
    transform_output: str | None = None,
    enable_metadata_routing: bool | None = None,
    skip_parameter_validation: bool | None = None,
    sparse_interface: str | None = None,
) -> None:
    """Sets what is not None, for this thread.

    Parameters
    ----------
    working_memory : how much memory a block of distances may take, in MiB
    transform_output : what transformers give: "default", "pandas" or "polars"
    assume_finite, print_changed_only, display, pairwise_dist_chunk_size, enable_cython_pairwise_dist,
    skip_parameter_validation, sparse_interface : kept, without effect here
    array_api_dispatch, enable_metadata_routing : False

    Raises
    ------
    NotImplementedError
        For the last two.
    ValueError
        For another word as `transform_output`.
    """
    given = {name: value for name, value in locals().items() if value is not None}
    for name in _ABSENT:
        if given.get(name):
            raise NotImplementedError(f"sklearn.set_config({name}=True) is not in Seodang yet")
    if given.get("transform_output", "default") not in ("default", "pandas", "polars"):
        raise ValueError(
            "output config must be in ['default', 'pandas', 'polars'], got "
            f"{transform_output}"
        )
    _current().update(given)


@contextmanager
def config_context(**new: Any) -> Iterator[None]:
    """A configuration for what is within ``with``.

    Parameters
    ----------
    **new : as in `set_config`
    """
    before = get_config()
    set_config(**new)
    try:
        yield
    finally:
        _here.config = before
