"""The architecture Xception (Chollet 2017)."""

from __future__ import annotations

from . import _xception
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('tf')


def Xception(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "xception",
):
    """The network Xception; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _xception.build(arguments, name)


__all__ = ["Xception", "decode_predictions", "preprocess_input"]
