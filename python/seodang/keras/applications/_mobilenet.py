"""Networks for small devices: MobileNet (Howard et al. 2017) and MobileNetV2 (Sandler et al. 2018)."""

from __future__ import annotations

from .. import layers
from ._common import Network, divisible, padding_for_strides

# Filters and strides of MobileNet's thirteen blocks.
_FIRST = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]
# Filters, stride of the first block, expansion, number of MobileNetV2's blocks.
_SECOND = [(16, 1, 1, 1), (24, 2, 6, 2), (32, 2, 6, 3), (64, 2, 6, 4), (96, 1, 6, 3), (160, 2, 6, 3),
           (320, 1, 6, 1)]
_ALPHAS = {1.0: "1_0", 0.75: "7_5", 0.5: "5_0", 0.25: "2_5"}


def _size(input_shape, sizes: tuple) -> int:
    """The width for which weights were trained: that of the pictures if it is one of them."""
    if input_shape is not None and len(input_shape) == 3 and input_shape[0] == input_shape[1]:
        if input_shape[0] in sizes:
            return input_shape[0]
    return 224


def _rows(net: Network, sizes: tuple):
    """The pictures' height, for names; that of the nearest trained weights if these are wanted."""
    rows, columns = net.shape[:2]
    return 224 if net.weights == "imagenet" and (rows != columns or rows not in sizes) else rows


def _check_alpha(weights, alpha: float, alphas) -> None:
    if weights == "imagenet" and alpha not in alphas:
        raise ValueError(
            f"If imagenet weights are being loaded, alpha can be one of {sorted(alphas)} only. "
            f"Received: alpha={alpha}"
        )


def build_v1(arguments: tuple, alpha: float, depth_multiplier: int, dropout: float, name: str | None):
    """MobileNet."""
    sizes = (128, 160, 192, 224)
    _check_alpha(arguments[1], alpha, _ALPHAS)
    net = Network(*arguments, size=_size(arguments[3], sizes))
    rows = _rows(net, sizes)
    x = layers.Conv2D(int(32 * alpha), 3, strides=2, padding="same", use_bias=False, name="conv1")(
        net.input
    )
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(6.0, name="conv1_relu")(x)
    for i, (filters, stride) in enumerate(_FIRST, 1):
        if stride == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"conv_pad_{i}")(x)
        x = layers.DepthwiseConv2D(
            3, strides=stride, padding="same" if stride == 1 else "valid",
            depth_multiplier=depth_multiplier, use_bias=False, name=f"conv_dw_{i}",
        )(x)
        x = layers.BatchNormalization(name=f"conv_dw_{i}_bn")(x)
        x = layers.ReLU(6.0, name=f"conv_dw_{i}_relu")(x)
        x = layers.Conv2D(
            int(filters * alpha), 1, padding="same", use_bias=False, name=f"conv_pw_{i}"
        )(x)
        x = layers.BatchNormalization(name=f"conv_pw_{i}_bn")(x)
        x = layers.ReLU(6.0, name=f"conv_pw_{i}_relu")(x)
    if net.include_top:
        x = layers.GlobalAveragePooling2D(keepdims=True)(x)
        x = layers.Dropout(dropout, name="dropout")(x)
        x = layers.Conv2D(net.classes, 1, padding="same", name="conv_preds")(x)
        x = layers.Reshape((net.classes,), name="reshape_2")(x)
        x = layers.Activation(net.activation, name="predictions")(x)
    else:
        x = net.pool(x)
    file = f"mobilenet_{_ALPHAS.get(alpha, alpha)}_{rows}_tf"
    name = name or f"mobilenet_{alpha:0.2f}_{rows}"
    return net.model(x, name, "mobilenet/", (f"{file}.h5", f"{file}_no_top.h5"))


def _inverted(x, filters: int, stride: int, expansion: int, index: int):
    """Widens, convolves each channel, narrows; with a shortcut where shapes allow."""
    channels = x.shape[-1]
    inputs = x
    part = f"block_{index}_" if index else "expanded_conv_"
    norm = dict(epsilon=1e-3, momentum=0.999)
    if index:
        x = layers.Conv2D(
            expansion * channels, 1, padding="same", use_bias=False, name=f"{part}expand"
        )(x)
        x = layers.BatchNormalization(**norm, name=f"{part}expand_BN")(x)
        x = layers.ReLU(6.0, name=f"{part}expand_relu")(x)
    if stride == 2:
        x = layers.ZeroPadding2D(padding_for_strides(x, 3), name=f"{part}pad")(x)
    x = layers.DepthwiseConv2D(
        3, strides=stride, padding="same" if stride == 1 else "valid", use_bias=False,
        name=f"{part}depthwise",
    )(x)
    x = layers.BatchNormalization(**norm, name=f"{part}depthwise_BN")(x)
    x = layers.ReLU(6.0, name=f"{part}depthwise_relu")(x)
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{part}project")(x)
    x = layers.BatchNormalization(**norm, name=f"{part}project_BN")(x)
    if channels == filters and stride == 1:
        return layers.Add(name=f"{part}add")([inputs, x])
    return x


def build_v2(arguments: tuple, alpha: float, name: str | None):
    """MobileNetV2."""
    sizes = (96, 128, 160, 192, 224)
    _check_alpha(arguments[1], alpha, (0.35, 0.5, 0.75, 1.0, 1.3, 1.4))
    net = Network(*arguments, size=_size(arguments[3], sizes))
    rows = _rows(net, sizes)
    norm = dict(epsilon=1e-3, momentum=0.999)
    x = layers.Conv2D(
        divisible(32 * alpha), 3, strides=2, padding="same", use_bias=False, name="Conv1"
    )(net.input)
    x = layers.BatchNormalization(**norm, name="bn_Conv1")(x)
    x = layers.ReLU(6.0, name="Conv1_relu")(x)
    index = 0
    for filters, stride, expansion, count in _SECOND:
        for k in range(count):
            x = _inverted(x, divisible(int(filters * alpha)), stride if k == 0 else 1, expansion, index)
            index += 1
    last = divisible(1280 * alpha) if alpha > 1.0 else 1280
    x = layers.Conv2D(last, 1, use_bias=False, name="Conv_1")(x)
    x = layers.BatchNormalization(**norm, name="Conv_1_bn")(x)
    x = layers.ReLU(6.0, name="out_relu")(x)
    x = net.top(x, average=None, names=False)
    file = f"mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{float(alpha)}_{rows}"
    name = name or f"mobilenetv2_{alpha:0.2f}_{rows}"
    return net.model(x, name, "mobilenet_v2/", (f"{file}.h5", f"{file}_no_top.h5"))
