"""The architecture MobileNet (Howard et al. 2017)."""

from __future__ import annotations

from . import _mobilenet
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('tf')


def MobileNet(  # noqa: N802 - Keras's name
    input_shape=None,
    alpha: float = 1.0,
    depth_multiplier: int = 1,
    dropout: float = 0.001,
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str | None = None,
):
    """The network MobileNet; `alpha` scales its filters; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _mobilenet.build_v1(arguments, alpha, depth_multiplier, dropout, name)


__all__ = ["MobileNet", "decode_predictions", "preprocess_input"]
