"""The architecture VGG19 (Simonyan and Zisserman 2015), without trained weights."""

from __future__ import annotations

from typing import Any

from ._vgg import build
from .imagenet_utils import decode_predictions, preprocess_input


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
    """The network with new weights (`weights=None`), or with those of a file.

    Raises NotImplementedError for `weights="imagenet"`, which is the default.
    """
    return build(
        "VGG19", include_top, weights, input_tensor, input_shape, pooling, classes,
        classifier_activation, name,
    )


__all__ = ["VGG19", "decode_predictions", "preprocess_input"]
