"""The two architectures of VGG (Simonyan and Zisserman 2015)."""

from __future__ import annotations

from .. import layers
from ._common import Network

# How many convolutions each block has.
_BLOCKS = {"vgg16": (2, 2, 3, 3, 3), "vgg19": (2, 2, 4, 4, 4)}
_FILTERS = (64, 128, 256, 512, 512)


def build(architecture: str, arguments: tuple, name: str):
    """The network of an architecture's name."""
    net = Network(*arguments, size=224)
    x = net.input
    for i, (count, filters) in enumerate(zip(_BLOCKS[architecture], _FILTERS, strict=True), 1):
        for k in range(1, count + 1):
            x = layers.Conv2D(
                filters, 3, activation="relu", padding="same", name=f"block{i}_conv{k}"
            )(x)
        x = layers.MaxPooling2D(2, strides=2, name=f"block{i}_pool")(x)
    if net.include_top:
        x = layers.Flatten(name="flatten")(x)
        x = layers.Dense(4096, activation="relu", name="fc1")(x)
        x = layers.Dense(4096, activation="relu", name="fc2")(x)
        x = layers.Dense(net.classes, activation=net.activation, name="predictions")(x)
    else:
        x = net.pool(x)
    file = f"{architecture}_weights_tf_dim_ordering_tf_kernels"
    return net.model(x, name, f"{architecture}/", (f"{file}.h5", f"{file}_notop.h5"))
