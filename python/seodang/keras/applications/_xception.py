"""Xception: Inception's idea with separable convolutions (Chollet 2017)."""

from __future__ import annotations

from .. import layers
from ._common import Network


def _separable(x, filters: int, name: str, before: bool = True):
    """Activation (unless it comes later), separable convolution, normalisation."""
    if before:
        x = layers.Activation("relu", name=f"{name}_act")(x)
    x = layers.SeparableConv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
    return layers.BatchNormalization(name=f"{name}_bn")(x)


def _shortcut(x, filters: int):
    x = layers.Conv2D(filters, 1, strides=2, padding="same", use_bias=False)(x)
    return layers.BatchNormalization()(x)


def build(arguments: tuple, name: str):
    """The network."""
    net = Network(*arguments, size=299, least=71)
    x = net.input
    for part, filters, stride in (("block1_conv1", 32, 2), ("block1_conv2", 64, 1)):
        x = layers.Conv2D(filters, 3, strides=stride, use_bias=False, name=part)(x)
        x = layers.BatchNormalization(name=f"{part}_bn")(x)
        x = layers.Activation("relu", name=f"{part}_act")(x)
    for block, first, second in ((2, 128, 128), (3, 256, 256), (4, 728, 728)):
        shortcut = _shortcut(x, second)
        x = _separable(x, first, f"block{block}_sepconv1", before=block > 2)
        x = _separable(x, second, f"block{block}_sepconv2")
        x = layers.MaxPooling2D(3, strides=2, padding="same", name=f"block{block}_pool")(x)
        x = layers.add([x, shortcut])
    for block in range(5, 13):
        inputs = x
        for k in (1, 2, 3):
            x = _separable(x, 728, f"block{block}_sepconv{k}")
        x = layers.add([x, inputs])
    shortcut = _shortcut(x, 1024)
    x = _separable(x, 728, "block13_sepconv1")
    x = _separable(x, 1024, "block13_sepconv2")
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="block13_pool")(x)
    x = layers.add([x, shortcut])
    for k, filters in ((1, 1536), (2, 2048)):
        x = _separable(x, filters, f"block14_sepconv{k}", before=False)
        x = layers.Activation("relu", name=f"block14_sepconv{k}_act")(x)
    x = net.top(x, names=False)
    file = "xception_weights_tf_dim_ordering_tf_kernels"
    return net.model(x, name, "xception/", (f"{file}.h5", f"{file}_notop.h5"))
