"""The two architectures of VGG."""

from __future__ import annotations

from .. import layers
from ..models.functional import Functional

# How many convolutions each block has.
_BLOCKS = {"VGG16": (2, 2, 3, 3, 3), "VGG19": (2, 2, 4, 4, 4)}
_FILTERS = (64, 128, 256, 512, 512)


def build(architecture, include_top, weights, input_tensor, input_shape, pooling, classes,
          classifier_activation, name):
    """The network; `weights` is None or a file's name."""
    if weights == "imagenet":
        raise NotImplementedError(
            f"keras.applications.{architecture}(weights='imagenet'): trained weights are not part of "
            "Seodang. Use weights=None, or save the model with TensorFlow and pass the file's name."
        )
    if input_shape is None:
        input_shape = (224, 224, 3) if include_top else (None, None, 3)
    symbol = layers.Input(input_shape) if input_tensor is None else input_tensor
    x = symbol
    for i, (count, filters) in enumerate(zip(_BLOCKS[architecture], _FILTERS, strict=True), 1):
        for k in range(1, count + 1):
            x = layers.Conv2D(
                filters, 3, activation="relu", padding="same", name=f"block{i}_conv{k}"
            )(x)
        x = layers.MaxPooling2D(2, strides=2, name=f"block{i}_pool")(x)
    if include_top:
        x = layers.Flatten(name="flatten")(x)
        x = layers.Dense(4096, activation="relu", name="fc1")(x)
        x = layers.Dense(4096, activation="relu", name="fc2")(x)
        x = layers.Dense(classes, activation=classifier_activation, name="predictions")(x)
    elif pooling == "avg":
        x = layers.GlobalAveragePooling2D()(x)
    elif pooling == "max":
        x = layers.GlobalMaxPooling2D()(x)
    model = Functional(symbol, x, name=name)
    if weights is not None:
        model.load_weights(weights)
    return model
