"""``keras.ops``: Keras 3's names for the functions of ``tf``; each is looked up on first use."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ..._missing import missing

if TYPE_CHECKING:
    import numpy as np

    from ..._native import Tensor

_TF = "seodang.compat.tensorflow"
_SAME = (
    "abs add argmax argmin argsort ceil concat cos cosh divide equal exp expand_dims eye floor "
    "greater greater_equal less less_equal logical_and logical_not logical_or matmul maximum minimum "
    "multiply not_equal reshape round sign sin sinh sort sqrt square squeeze stack subtract tan tanh "
    "tile transpose where zeros zeros_like ones ones_like cast shape split sigmoid stop_gradient "
    "repeat meshgrid tensordot einsum convert_to_tensor cond while_loop linspace unstack"
).split()
_RENAMED = {
    "sum": "reduce_sum", "mean": "reduce_mean", "max": "reduce_max", "min": "reduce_min",
    "prod": "reduce_prod", "all": "reduce_all", "any": "reduce_any", "concatenate": "concat",
    "clip": "clip_by_value", "take": "gather", "power": "pow", "absolute": "abs", "amax": "reduce_max",
    "amin": "reduce_min", "arange": "range", "is_tensor": "is_tensor", "flip": "reverse",
}
_MATH = {
    n: n for n in "log log1p expm1 rsqrt erf cumsum cumprod logical_xor mod softplus top_k".split()
} | {"logsumexp": "reduce_logsumexp", "var": "reduce_variance", "std": "reduce_std", "isnan": "is_nan",
     "isinf": "is_inf", "isfinite": "is_finite"}
_NN = "relu relu6 elu selu gelu softmax log_softmax leaky_relu silu softsign".split()
_HOMES = (
    {n: f"{_TF}:{n}" for n in _SAME if n not in ("concat", "split")}
    | {n: f"{_TF}:{v}" for n, v in _RENAMED.items() if n not in ("concatenate", "take", "flip")}
    | {n: f"{_TF}.math:{v}" for n, v in _MATH.items()}
    | {n: f"{_TF}.nn:{n}" for n in _NN}
)
_absent = missing(__name__, _HOMES)


def __getattr__(name: str):
    return _absent(name)


def __dir__() -> list[str]:
    return sorted({*_HOMES, *(n for n in globals() if not n.startswith("_"))} - {"importlib", "missing"})


def _tf():
    return importlib.import_module(_TF)


def concatenate(xs, axis: int = 0) -> Tensor:
    """Tensors joined along an axis."""
    return _tf().concat(xs, axis)


def take(x, indices, axis: int | None = None) -> Tensor:
    """The elements of indices along an axis; of the flat tensor without one."""
    tf = _tf()
    return tf.gather(tf.reshape(x, [-1]), indices) if axis is None else tf.gather(x, indices, axis=axis)


def convert_to_numpy(x) -> np.ndarray:
    """The array of a tensor."""
    return _tf().convert_to_tensor(x).numpy()


def dot(x1, x2) -> Tensor:
    """The product of vectors or matrices."""
    tf = _tf()
    x1, x2 = tf.convert_to_tensor(x1), tf.convert_to_tensor(x2)
    if x1.ndim == 0 or x2.ndim == 0:
        return x1 * x2
    return tf.tensordot(x1, x2, [[x1.ndim - 1], [x2.ndim - 2 if x2.ndim > 1 else 0]])


def norm(x, ord="euclidean", axis=None, keepdims: bool = False) -> Tensor:
    """The length of vectors."""
    return _tf().norm(x, ord, axis, keepdims)


def one_hot(x, num_classes: int, axis: int = -1, dtype="float32", sparse: bool = False) -> Tensor:
    """Ones at the places of numbers of classes."""
    return _tf().one_hot(x, num_classes, axis=axis, dtype=dtype)
