"""The architecture MobileNetV2 (Sandler et al. 2018)."""

from __future__ import annotations

from . import _mobilenet
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('tf')


def MobileNetV2(  # noqa: N802 - Keras's name
    input_shape=None,
    alpha: float = 1.0,
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str | None = None,
):
    """The network MobileNetV2; `alpha` scales its filters; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _mobilenet.build_v2(arguments, alpha, name)


__all__ = ["MobileNetV2", "decode_predictions", "preprocess_input"]
