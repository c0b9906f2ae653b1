"""Residual networks (He et al. 2015), and those that normalise before they convolve (He et al. 2016)."""

from __future__ import annotations

from .. import layers
from ._common import Network

# The blocks of each of four stages.
_BLOCKS = {
    "resnet50": (3, 4, 6, 3), "resnet101": (3, 4, 23, 3), "resnet152": (3, 8, 36, 3),
    "resnet50v2": (3, 4, 6, 3), "resnet101v2": (3, 4, 23, 3), "resnet152v2": (3, 8, 36, 3),
}
_FILTERS = (64, 128, 256, 512)


def _norm(x, name: str, relu: str | None = None):
    x = layers.BatchNormalization(axis=-1, epsilon=1.001e-5, name=name)(x)
    return layers.Activation("relu", name=relu)(x) if relu else x


def _block(x, filters: int, stride: int, project: bool, name: str):
    """Three convolutions beside a shortcut; the activation is last."""
    shortcut = x
    if project:
        shortcut = layers.Conv2D(4 * filters, 1, strides=stride, name=f"{name}_0_conv")(x)
        shortcut = _norm(shortcut, f"{name}_0_bn")
    x = layers.Conv2D(filters, 1, strides=stride, name=f"{name}_1_conv")(x)
    x = _norm(x, f"{name}_1_bn", f"{name}_1_relu")
    x = layers.Conv2D(filters, 3, padding="same", name=f"{name}_2_conv")(x)
    x = _norm(x, f"{name}_2_bn", f"{name}_2_relu")
    x = layers.Conv2D(4 * filters, 1, name=f"{name}_3_conv")(x)
    x = layers.Add(name=f"{name}_add")([shortcut, _norm(x, f"{name}_3_bn")])
    return layers.Activation("relu", name=f"{name}_out")(x)


def _block_v2(x, filters: int, stride: int, project: bool, name: str):
    """Normalisation and activation come before each convolution."""
    before = _norm(x, f"{name}_preact_bn", f"{name}_preact_relu")
    if project:
        shortcut = layers.Conv2D(4 * filters, 1, strides=stride, name=f"{name}_0_conv")(before)
    else:
        shortcut = layers.MaxPooling2D(1, strides=stride)(x) if stride > 1 else x
    x = layers.Conv2D(filters, 1, strides=1, use_bias=False, name=f"{name}_1_conv")(before)
    x = _norm(x, f"{name}_1_bn", f"{name}_1_relu")
    x = layers.ZeroPadding2D(((1, 1), (1, 1)), name=f"{name}_2_pad")(x)
    x = layers.Conv2D(filters, 3, strides=stride, use_bias=False, name=f"{name}_2_conv")(x)
    x = _norm(x, f"{name}_2_bn", f"{name}_2_relu")
    x = layers.Conv2D(4 * filters, 1, name=f"{name}_3_conv")(x)
    return layers.Add(name=f"{name}_out")([shortcut, x])


def build(architecture: str, arguments: tuple, name: str):
    """The network of an architecture's name."""
    net = Network(*arguments, size=224)
    second = architecture.endswith("v2")
    x = layers.ZeroPadding2D(((3, 3), (3, 3)), name="conv1_pad")(net.input)
    x = layers.Conv2D(64, 7, strides=2, name="conv1_conv")(x)
    if not second:
        x = _norm(x, "conv1_bn", "conv1_relu")
    x = layers.ZeroPadding2D(((1, 1), (1, 1)), name="pool1_pad")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1_pool")(x)
    for stage, (filters, count) in enumerate(zip(_FILTERS, _BLOCKS[architecture], strict=True)):
        for i in range(count):
            part = f"conv{stage + 2}_block{i + 1}"
            if second:
                # The stride is the last block's; the last stage keeps its size.
                stride = 2 if i == count - 1 and stage < 3 else 1
                x = _block_v2(x, filters, stride, i == 0, part)
            else:
                x = _block(x, filters, 2 if i == 0 and stage > 0 else 1, i == 0, part)
    if second:
        x = _norm(x, "post_bn", "post_relu")
    file = f"{architecture}_weights_tf_dim_ordering_tf_kernels"
    return net.model(net.top(x), name, "resnet/", (f"{file}.h5", f"{file}_notop.h5"))
