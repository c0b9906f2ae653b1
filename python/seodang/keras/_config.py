"""What Keras keeps for the whole process: default float type, epsilon, policies, names."""

from __future__ import annotations

import re
import threading
from collections import defaultdict

from .._dtypes import as_dtype

_FLOATS = ("float16", "bfloat16", "float32", "float64")

_state = {
    "floatx": "float32",
    "epsilon": 1e-7,
    "image_data_format": "channels_last",
    "policy": None,
    "learning_phase": None,
    "summary_style": "classic",
}
_names: dict[str, int] = defaultdict(int)
_lock = threading.Lock()


def floatx() -> str:
    """The default float type, ``"float32"`` unless :func:`set_floatx` changed it."""
    return _state["floatx"]


def set_floatx(value: str) -> None:
    """Changes the default float type.

    Raises ValueError for anything but float16, bfloat16, float32 and float64.
    """
    name = as_dtype(value).name
    if name not in _FLOATS:
        raise ValueError(f"Unknown `floatx` value: {value}. Expected one of {set(_FLOATS)}")
    _state["floatx"] = name


def epsilon() -> float:
    """The small number that keeps divisions and logarithms finite."""
    return _state["epsilon"]


def set_epsilon(value: float) -> None:
    """Changes :func:`epsilon`."""
    _state["epsilon"] = float(value)


def image_data_format() -> str:
    """Where the channels of images are: ``"channels_last"`` or ``"channels_first"``."""
    return _state["image_data_format"]


def set_image_data_format(data_format: str) -> None:
    """Changes :func:`image_data_format`."""
    if data_format not in ("channels_last", "channels_first"):
        raise ValueError(
            "The `data_format` argument must be one of 'channels_first', 'channels_last'. "
            f"Received: data_format={data_format}"
        )
    _state["image_data_format"] = data_format


def learning_phase() -> bool | None:
    """The phase that `set_learning_phase` fixed for layers called without `training`."""
    return _state["learning_phase"]


def set_learning_phase(value) -> None:
    """Fixes whether layers called without `training` train; None leaves it to the call."""
    _state["learning_phase"] = None if value is None else bool(value)


def summary_style() -> str:
    """How `Model.summary` prints: ``"classic"`` (TensorFlow 2) or ``"keras3"``."""
    return _state["summary_style"]


def set_summary_style(style: str) -> None:
    """Chooses how `Model.summary` prints: ``"classic"`` or ``"keras3"``."""
    if style not in ("classic", "keras3"):
        raise ValueError(f"`style` must be 'classic' or 'keras3'. Received: {style!r}")
    _state["summary_style"] = style


class DTypePolicy:
    """The element types of a layer's variables and of its computation.

    `name` is a float type or ``"mixed_float16"``/``"mixed_bfloat16"`` (float32 variables).
    """

    def __init__(self, name: str | None = None) -> None:
        name = floatx() if name is None else name
        if not isinstance(name, str):
            name = as_dtype(name).name
        self._name = name
        if name in ("mixed_float16", "mixed_bfloat16"):
            self._compute, self._variable = name[len("mixed_") :], "float32"
        elif name == "_infer":
            self._compute = self._variable = floatx()
        else:
            try:
                self._compute = self._variable = as_dtype(name).name
            except TypeError:
                raise ValueError(
                    f"Cannot convert value {name} to a mixed precision Policy. Valid policies "
                    "include 'mixed_float16', 'mixed_bfloat16', and the name of any float dtype "
                    "such as 'float32'."
                ) from None

    @property
    def name(self) -> str:
        """The name that the policy was made of."""
        return self._name

    @property
    def compute_dtype(self) -> str:
        """The type that layers compute in."""
        return self._compute

    @property
    def variable_dtype(self) -> str:
        """The type that variables are kept in."""
        return self._variable

    def get_config(self) -> dict:
        """The policy as a configuration."""
        return {"name": self._name}

    @classmethod
    def from_config(cls, config: dict) -> DTypePolicy:
        """The policy of a configuration."""
        return cls(**config)

    def __eq__(self, other) -> bool:
        return isinstance(other, DTypePolicy) and other._name == self._name

    def __hash__(self) -> int:
        return hash(self._name)

    def __repr__(self) -> str:
        return f'<DTypePolicy "{self._name}">'


def global_policy() -> DTypePolicy:
    """The policy of layers that name none."""
    return _state["policy"] or DTypePolicy(floatx())


def set_global_policy(policy) -> None:
    """Changes the policy of layers that name none; None goes back to :func:`floatx`."""
    _state["policy"] = None if policy is None else get_policy(policy)


def get_policy(value) -> DTypePolicy:
    """A policy of any spelling: a policy, a type, a name, a saved form, None for the global one."""
    if value is None:
        return global_policy()
    if isinstance(value, DTypePolicy):
        return value
    if isinstance(value, dict):
        return DTypePolicy(value.get("config", value).get("name"))
    return DTypePolicy(value)


def to_snake_case(name: str) -> str:
    """Keras's lower-case form of a class name: ``MaxPooling2D`` is ``max_pooling2d``."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    name = re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
    return "private" + name if name.startswith("_") else name


def unique_name(base: str, zero_based: bool = True) -> str:
    """The next automatic name: ``dense``, ``dense_1``, ...; from ``_1`` if not `zero_based`."""
    with _lock:
        _names[base] += 1
        count = _names[base]
    if zero_based:
        return base if count == 1 else f"{base}_{count - 1}"
    return f"{base}_{count}"


def get_uid(prefix: str = "") -> int:
    """The next number of a prefix, beginning at 1."""
    with _lock:
        _names[prefix] += 1
        return _names[prefix]


def reset_uids() -> None:
    """Starts automatic names again."""
    with _lock:
        _names.clear()
