"""Residual networks (He et al. 2015)."""

from __future__ import annotations

from . import _resnet
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('caffe')


def ResNet50(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "resnet50",
):
    """The network ResNet50; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _resnet.build("resnet50", arguments, name)


def ResNet101(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "resnet101",
):
    """The network ResNet101; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _resnet.build("resnet101", arguments, name)


def ResNet152(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "resnet152",
):
    """The network ResNet152; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _resnet.build("resnet152", arguments, name)


__all__ = ["ResNet50", "ResNet101", "ResNet152", "decode_predictions", "preprocess_input"]
