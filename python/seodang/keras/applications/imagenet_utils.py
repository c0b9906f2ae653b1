"""What models of ImageNet's pictures have in common."""

from __future__ import annotations

import json

import numpy as np

from ... import _native as native
from .. import _config, _symbolic

_CLASSES = "imagenet_class_index.json"
_CLASSES_URL = f"https://storage.googleapis.com/download.tensorflow.org/data/{_CLASSES}"
_MEANS = {"caffe": (103.939, 116.779, 123.68), "torch": (0.485, 0.456, 0.406)}


def preprocess_input(x, data_format: str | None = None, mode: str = "caffe"):
    """Pictures with numbers 0 to 255 as networks expect them.

    `mode` is ``"caffe"`` (blue first, mean of ImageNet subtracted), ``"tf"`` (-1 to 1) or
    ``"torch"`` (0 to 1, then mean 0 and deviation 1 of ImageNet). ValueError for another.
    """
    if mode not in ("caffe", "tf", "torch"):
        raise ValueError(
            f"Expected mode to be one of `caffe`, `tf` or `torch`. Received: mode={mode}"
        )
    if (data_format or _config.image_data_format()) == "channels_first":
        raise NotImplementedError(
            "preprocess_input takes pictures with the channels last; transpose them first."
        )
    if _symbolic.is_symbolic(x):
        return _symbolic.call(_compute, (x, mode), {}, "tf.preprocess_input")
    if isinstance(x, native.Tensor):
        return _compute(x, mode)
    x = np.asarray(x)
    x = x if x.dtype.kind == "f" else x.astype(_config.floatx())
    return _compute(native.convert(x), mode).numpy()


def preprocessing(mode: str):
    """The `preprocess_input` of an architecture; ``"none"`` for one that does it itself."""

    def preprocess(x, data_format: str | None = None):
        """Pictures with numbers 0 to 255 as the architecture expects them."""
        return x if mode == "none" else preprocess_input(x, data_format, mode)

    preprocess.__name__ = preprocess.__qualname__ = "preprocess_input"
    return preprocess


def _compute(x, mode: str):
    x = native.cast(x, _config.floatx()) if not x.dtype.is_floating else x
    if mode == "tf":
        return x / 127.5 - 1.0
    means = native.convert(_MEANS[mode], x.dtype)
    if mode == "torch":
        return (x / 255.0 - means) / native.convert((0.229, 0.224, 0.225), x.dtype)
    return native.reverse(x, [x.ndim - 1]) - means


def decode_predictions(preds, top: int = 5) -> list:
    """The most likely of ImageNet's classes for each row: lists of (number, name, score).

    The names are in Keras's file imagenet_class_index.json, fetched once. ValueError for an array that is
    not (rows, 1000).
    """
    preds = np.asarray(preds)
    if preds.ndim != 2 or preds.shape[1] != 1000:
        raise ValueError(
            "`decode_predictions` expects a batch of predictions (i.e. a 2D array of shape (samples, "
            f"1000)). Received array with shape: {preds.shape}"
        )
    from ..utils.files import get_file

    path = get_file(_CLASSES, _CLASSES_URL, cache_subdir="models")
    with open(path, encoding="utf-8") as file:
        names = json.load(file)
    best = np.argsort(-preds, axis=1, kind="stable")[:, :top]
    return [[(*names[str(i)], row[i]) for i in places] for row, places in zip(preds, best)]
