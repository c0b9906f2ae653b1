"""The architecture InceptionResNetV2 (Szegedy et al. 2016)."""

from __future__ import annotations

from . import _inception
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('tf')


def InceptionResNetV2(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "inception_resnet_v2",
):
    """The network InceptionResNetV2; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _inception.build_resnet_v2(arguments, name)


__all__ = ["InceptionResNetV2", "decode_predictions", "preprocess_input"]
