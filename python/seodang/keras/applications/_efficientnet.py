"""Networks of one plan in eight sizes (Tan and Le 2019)."""

from __future__ import annotations

import math

from .. import layers
from ._common import Network, divisible, padding_for_strides

# The width, the depth, the pictures' size and the share of dropped outputs.
_SIZES = {
    "efficientnetb0": (1.0, 1.0, 224, 0.2), "efficientnetb1": (1.0, 1.1, 240, 0.2),
    "efficientnetb2": (1.1, 1.2, 260, 0.3), "efficientnetb3": (1.2, 1.4, 300, 0.3),
    "efficientnetb4": (1.4, 1.8, 380, 0.4), "efficientnetb5": (1.6, 2.2, 456, 0.4),
    "efficientnetb6": (1.8, 2.6, 528, 0.5), "efficientnetb7": (2.0, 3.1, 600, 0.5),
}
# Kernel, repeats, filters before and after, expansion, stride.
_BLOCKS = ((3, 1, 32, 16, 1, 1), (3, 2, 16, 24, 6, 2), (5, 2, 24, 40, 6, 2), (3, 3, 40, 80, 6, 2),
           (5, 3, 80, 112, 6, 1), (5, 4, 112, 192, 6, 2), (3, 1, 192, 320, 6, 1))
_VARIANCES = (0.229, 0.224, 0.225)
_KERNEL = {"class_name": "VarianceScaling",
           "config": {"scale": 2.0, "mode": "fan_out", "distribution": "truncated_normal"}}
_DENSE = {"class_name": "VarianceScaling",
          "config": {"scale": 1.0 / 3.0, "mode": "fan_out", "distribution": "uniform"}}
_DROPPED = 0.2


def _conv(x, filters: int, name: str, **options):
    options = {"padding": "same", "use_bias": False, **options}
    return layers.Conv2D(filters, options.pop("size", 1), kernel_initializer=_KERNEL, name=name,
                         **options)(x)


def _norm(x, name: str, activation: str | None = None):
    x = layers.BatchNormalization(name=name)(x)
    return layers.Activation("swish", name=activation)(x) if activation else x


def _block(x, kernel, before, after, expansion, stride, dropped, name):
    """Widens, convolves each channel, weighs the channels, narrows."""
    inputs, filters = x, before * expansion
    if expansion != 1:
        x = _norm(_conv(x, filters, f"{name}expand_conv"), f"{name}expand_bn", f"{name}expand_activation")
    if stride == 2:
        x = layers.ZeroPadding2D(padding_for_strides(x, kernel), name=f"{name}dwconv_pad")(x)
    x = layers.DepthwiseConv2D(
        kernel, strides=stride, padding="valid" if stride == 2 else "same", use_bias=False,
        depthwise_initializer=_KERNEL, name=f"{name}dwconv",
    )(x)
    x = _norm(x, f"{name}bn", f"{name}activation")
    weights = layers.GlobalAveragePooling2D(name=f"{name}se_squeeze")(x)
    weights = layers.Reshape((1, 1, filters), name=f"{name}se_reshape")(weights)
    weights = _conv(weights, max(1, int(before * 0.25)), f"{name}se_reduce", activation="swish", use_bias=True)
    weights = _conv(weights, filters, f"{name}se_expand", activation="sigmoid", use_bias=True)
    x = layers.multiply([x, weights], name=f"{name}se_excite")
    x = _norm(_conv(x, after, f"{name}project_conv"), f"{name}project_bn")
    if stride == 1 and before == after:
        if dropped > 0:
            x = layers.Dropout(dropped, noise_shape=(None, 1, 1, 1), name=f"{name}drop")(x)
        x = layers.add([x, inputs], name=f"{name}add")
    return x


def build(architecture: str, arguments: tuple, name: str):
    """The network of an architecture's name."""
    width, depth, size, dropout = _SIZES[architecture]
    net = Network(*arguments, size=size)
    filters = lambda n: divisible(n * width)  # noqa: E731
    repeats = lambda n: math.ceil(n * depth)  # noqa: E731
    x = layers.Rescaling(1.0 / 255.0)(net.input)
    x = layers.Normalization(axis=-1)(x)
    if net.weights == "imagenet":
        # Trained with deviations where the layer above has variances.
        x = layers.Rescaling([1.0 / math.sqrt(v) for v in _VARIANCES])(x)
    x = layers.ZeroPadding2D(padding_for_strides(x, 3), name="stem_conv_pad")(x)
    x = _conv(x, filters(32), "stem_conv", size=3, strides=2, padding="valid")
    x = _norm(x, "stem_bn", "stem_activation")
    done, total = 0, sum(repeats(b[1]) for b in _BLOCKS)
    for i, (kernel, count, before, after, expansion, stride) in enumerate(_BLOCKS):
        for j in range(repeats(count)):
            x = _block(
                x, kernel, filters(before if j == 0 else after), filters(after), expansion,
                stride if j == 0 else 1, _DROPPED * done / total, f"block{i + 1}{chr(97 + j)}_",
            )
            done += 1
    x = _norm(_conv(x, filters(1280), "top_conv"), "top_bn", "top_activation")
    if net.include_top:
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = layers.Dropout(dropout, name="top_dropout")(x)
        x = layers.Dense(net.classes, activation=net.activation, kernel_initializer=_DENSE,
                         name="predictions")(x)
    else:
        x = net.pool(x, names=True)
    return net.model(x, name, "", (f"{architecture}.h5", f"{architecture}_notop.h5"))
