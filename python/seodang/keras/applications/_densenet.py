"""Networks in which each layer sees the outputs of all before it (Huang et al. 2016)."""

from __future__ import annotations

from .. import layers
from ._common import Network

_BLOCKS = {
    "densenet121": (6, 12, 24, 16), "densenet169": (6, 12, 32, 32), "densenet201": (6, 12, 48, 32),
}


def _norm(x, name: str, relu: str):
    x = layers.BatchNormalization(epsilon=1.001e-5, name=name)(x)
    return layers.Activation("relu", name=relu)(x)


def _layer(x, name: str):
    y = _norm(x, f"{name}_0_bn", f"{name}_0_relu")
    y = layers.Conv2D(128, 1, use_bias=False, name=f"{name}_1_conv")(y)
    y = _norm(y, f"{name}_1_bn", f"{name}_1_relu")
    y = layers.Conv2D(32, 3, padding="same", use_bias=False, name=f"{name}_2_conv")(y)
    return layers.Concatenate(name=f"{name}_concat")([x, y])


def build(architecture: str, arguments: tuple, name: str):
    """The network of an architecture's name."""
    net = Network(*arguments, size=224)
    x = layers.ZeroPadding2D(((3, 3), (3, 3)))(net.input)
    x = layers.Conv2D(64, 7, strides=2, use_bias=False, name="conv1/conv")(x)
    x = _norm(x, "conv1/bn", "conv1/relu")
    x = layers.ZeroPadding2D(((1, 1), (1, 1)))(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    for stage, count in enumerate(_BLOCKS[architecture], 2):
        for i in range(1, count + 1):
            x = _layer(x, f"conv{stage}_block{i}")
        if stage < 5:
            part = f"pool{stage}"
            x = _norm(x, f"{part}_bn", f"{part}_relu")
            x = layers.Conv2D(x.shape[-1] // 2, 1, use_bias=False, name=f"{part}_conv")(x)
            x = layers.AveragePooling2D(2, strides=2, name=f"{part}_pool")(x)
    x = _norm(x, "bn", "relu")
    file = f"{architecture}_weights_tf_dim_ordering_tf_kernels"
    return net.model(net.top(x), name, "densenet/", (f"{file}.h5", f"{file}_notop.h5"))
