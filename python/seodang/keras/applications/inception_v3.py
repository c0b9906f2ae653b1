"""The architecture InceptionV3 (Szegedy et al. 2015)."""

from __future__ import annotations

from . import _inception
from .imagenet_utils import decode_predictions, preprocessing

preprocess_input = preprocessing('tf')


def InceptionV3(  # noqa: N802 - Keras's name
    include_top: bool = True,
    weights="imagenet",
    input_tensor=None,
    input_shape=None,
    pooling: str | None = None,
    classes: int = 1000,
    classifier_activation="softmax",
    name: str = "inception_v3",
):
    """The network InceptionV3; see `applications`."""
    arguments = (include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation)
    return _inception.build_v3(arguments, name)


__all__ = ["InceptionV3", "decode_predictions", "preprocess_input"]
