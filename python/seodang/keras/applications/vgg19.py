"""The architecture VGG19 (Simonyan and Zisserman 2015)."""

from __future__ import annotations

from typing import Any

from . import _vgg
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('caffe')


def VGG19(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights: Any = "imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation: Any = "softmax",
    name: str = "vgg19",
):
    """The network VGG19; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _vgg.build("vgg19", arguments, name)


__all__ = ["VGG19", "decode_predictions", "preprocess_input"]
