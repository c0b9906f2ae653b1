"""What models of ImageNet's pictures have in common."""

from __future__ import annotations

import numpy as np

from ... import _native as native
from .. import _symbolic

_MEANS = {"caffe": (103.939, 116.779, 123.68), "torch": (0.485, 0.456, 0.406)}


def preprocess_input(x, data_format: str | None = None, mode: str = "caffe"):
    """Pictures with numbers 0 to 255 as networks expect them.

    `mode` is ``"caffe"`` (blue first, mean of ImageNet subtracted), ``"tf"`` (-1 to 1) or
    ``"torch"`` (0 to 1, then mean 0 and deviation 1 of ImageNet).
    """
    if mode not in ("caffe", "tf", "torch"):
        raise ValueError(
            f"Expected mode to be one of `caffe`, `tf` or `torch`. Received: mode={mode}"
        )
    if _symbolic.is_symbolic(x):
        return _symbolic.call(_compute, (x, mode), {}, "tf.preprocess_input")
    if isinstance(x, native.Tensor):
        return _compute(x, mode)
    return _compute(native.convert(np.asarray(x, np.float32)), mode).numpy()


def _compute(x, mode: str):
    x = native.cast(x, "float32") if not x.dtype.is_floating else x
    if mode == "tf":
        return x / 127.5 - 1.0
    means = native.convert(np.asarray(_MEANS[mode], np.float32))
    if mode == "torch":
        return (x / 255.0 - means) / native.convert(np.array([0.229, 0.224, 0.225], np.float32))
    return native.reverse(x, [x.ndim - 1]) - means


def decode_predictions(preds, top: int = 5):
    """Not available: the names of ImageNet's classes are not part of the package."""
    raise NotImplementedError(
        "decode_predictions needs the names of ImageNet's classes, which are not part of Seodang."
    )
