"""The architectures EfficientNet (Tan and Le 2019), whose preprocessing is in the network."""

from __future__ import annotations

from . import _efficientnet
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('none')


def EfficientNetB0(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb0",
):
    """The network EfficientNetB0; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb0", arguments, name)


def EfficientNetB1(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb1",
):
    """The network EfficientNetB1; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb1", arguments, name)


def EfficientNetB2(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb2",
):
    """The network EfficientNetB2; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb2", arguments, name)


def EfficientNetB3(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb3",
):
    """The network EfficientNetB3; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb3", arguments, name)


def EfficientNetB4(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb4",
):
    """The network EfficientNetB4; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb4", arguments, name)


def EfficientNetB5(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb5",
):
    """The network EfficientNetB5; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb5", arguments, name)


def EfficientNetB6(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb6",
):
    """The network EfficientNetB6; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb6", arguments, name)


def EfficientNetB7(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "efficientnetb7",
):
    """The network EfficientNetB7; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _efficientnet.build("efficientnetb7", arguments, name)


__all__ = ["EfficientNetB0", "EfficientNetB1", "EfficientNetB2", "EfficientNetB3", "EfficientNetB4", "EfficientNetB5", "EfficientNetB6", "EfficientNetB7", "decode_predictions", "preprocess_input"]
