"""Networks whose layers look at several scales at once: InceptionV3 (Szegedy et al. 2015) and, with
residual connections, InceptionResNetV2 (Szegedy et al. 2016)."""

from __future__ import annotations

from .. import layers
from ._common import Network


def _conv(x, filters: int, rows: int, columns: int, padding: str = "same", strides: int = 1):
    x = layers.Conv2D(filters, (rows, columns), strides=strides, padding=padding, use_bias=False)(x)
    x = layers.BatchNormalization(scale=False)(x)
    return layers.Activation("relu")(x)


def _chain(x, *steps):
    """Convolutions one after another, each (filters, rows, columns, ...)."""
    for step in steps:
        x = _conv(x, *step)
    return x


def _average(x, filters: int):
    x = layers.AveragePooling2D(3, strides=1, padding="same")(x)
    return _conv(x, filters, 1, 1)


def build_v3(arguments: tuple, name: str):
    """InceptionV3."""
    net = Network(*arguments, size=299, least=75)
    join = layers.concatenate
    x = _chain(net.input, (32, 3, 3, "valid", 2), (32, 3, 3, "valid"), (64, 3, 3))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _chain(x, (80, 1, 1, "valid"), (192, 3, 3, "valid"))
    x = layers.MaxPooling2D(3, strides=2)(x)
    for i, filters in enumerate((32, 64, 64)):
        a = _conv(x, 64, 1, 1)
        b = _chain(x, (48, 1, 1), (64, 5, 5))
        c = _chain(x, (64, 1, 1), (96, 3, 3), (96, 3, 3))
        x = join([a, b, c, _average(x, filters)], axis=-1, name=f"mixed{i}")
    a = _conv(x, 384, 3, 3, "valid", 2)
    b = _chain(x, (64, 1, 1), (96, 3, 3), (96, 3, 3, "valid", 2))
    x = join([a, b, layers.MaxPooling2D(3, strides=2)(x)], axis=-1, name="mixed3")
    for i, n in enumerate((128, 160, 160, 192), 4):
        a = _conv(x, 192, 1, 1)
        b = _chain(x, (n, 1, 1), (n, 1, 7), (192, 7, 1))
        c = _chain(x, (n, 1, 1), (n, 7, 1), (n, 1, 7), (n, 7, 1), (192, 1, 7))
        x = join([a, b, c, _average(x, 192)], axis=-1, name=f"mixed{i}")
    a = _chain(x, (192, 1, 1), (320, 3, 3, "valid", 2))
    b = _chain(x, (192, 1, 1), (192, 1, 7), (192, 7, 1), (192, 3, 3, "valid", 2))
    x = join([a, b, layers.MaxPooling2D(3, strides=2)(x)], axis=-1, name="mixed8")
    for i in range(2):
        a = _conv(x, 320, 1, 1)
        b = _conv(x, 384, 1, 1)
        b = join([_conv(b, 384, 1, 3), _conv(b, 384, 3, 1)], axis=-1, name=f"mixed9_{i}")
        c = _chain(x, (448, 1, 1), (384, 3, 3))
        c = join([_conv(c, 384, 1, 3), _conv(c, 384, 3, 1)], axis=-1)
        x = join([a, b, c, _average(x, 192)], axis=-1, name=f"mixed{9 + i}")
    x = net.top(x, names=False)
    file = "inception_v3_weights_tf_dim_ordering_tf_kernels"
    return net.model(x, name, "inception_v3/", (f"{file}.h5", f"{file}_notop.h5"))


class CustomScaleLayer(layers.Layer):
    """x + scale * y of two inputs [x, y]."""

    def __init__(self, scale: float, **kwargs) -> None:
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, inputs):
        """Computes the outputs."""
        return inputs[0] + inputs[1] * self.scale

    def get_config(self) -> dict:
        """The options as a dictionary."""
        return {**super().get_config(), "scale": self.scale}


def _step(x, filters, size, strides=1, padding="same", activation="relu", bias=False, name=None):
    x = layers.Conv2D(filters, size, strides=strides, padding=padding, use_bias=bias, name=name)(x)
    if not bias:
        x = layers.BatchNormalization(scale=False, name=name and f"{name}_bn")(x)
    if activation is None:
        return x
    return layers.Activation(activation, name=name and f"{name}_ac")(x)


def _steps(x, *all_steps):
    for step in all_steps:
        x = _step(x, *step)
    return x


# The branches of a residual block: convolutions of (filters, size).
_RESIDUAL = {
    "block35": ([(32, 1)], [(32, 1), (32, 3)], [(32, 1), (48, 3), (64, 3)]),
    "block17": ([(192, 1)], [(128, 1), (160, (1, 7)), (192, (7, 1))]),
    "block8": ([(192, 1)], [(192, 1), (224, (1, 3)), (256, (3, 1))]),
}


def _residual(x, scale: float, kind: str, index: int, activation="relu"):
    name = f"{kind}_{index}"
    mixed = layers.Concatenate(axis=-1, name=f"{name}_mixed")(
        [_steps(x, *branch) for branch in _RESIDUAL[kind]]
    )
    up = _step(mixed, x.shape[-1], 1, activation=None, bias=True, name=f"{name}_conv")
    x = CustomScaleLayer(scale)([x, up])
    return layers.Activation(activation, name=f"{name}_ac")(x) if activation else x


def build_resnet_v2(arguments: tuple, name: str):
    """InceptionResNetV2."""
    net = Network(*arguments, size=299, least=75)
    x = _steps(net.input, (32, 3, 2, "valid"), (32, 3, 1, "valid"), (64, 3))
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _steps(x, (80, 1, 1, "valid"), (192, 3, 1, "valid"))
    x = layers.MaxPooling2D(3, strides=2)(x)
    branches = [
        _step(x, 96, 1), _steps(x, (48, 1), (64, 5)), _steps(x, (64, 1), (96, 3), (96, 3)),
        _step(layers.AveragePooling2D(3, strides=1, padding="same")(x), 64, 1),
    ]
    x = layers.Concatenate(axis=-1, name="mixed_5b")(branches)
    for i in range(1, 11):
        x = _residual(x, 0.17, "block35", i)
    branches = [
        _step(x, 384, 3, 2, "valid"), _steps(x, (256, 1), (256, 3), (384, 3, 2, "valid")),
        layers.MaxPooling2D(3, strides=2, padding="valid")(x),
    ]
    x = layers.Concatenate(axis=-1, name="mixed_6a")(branches)
    for i in range(1, 21):
        x = _residual(x, 0.1, "block17", i)
    branches = [
        _steps(x, (256, 1), (384, 3, 2, "valid")), _steps(x, (256, 1), (288, 3, 2, "valid")),
        _steps(x, (256, 1), (288, 3), (320, 3, 2, "valid")),
        layers.MaxPooling2D(3, strides=2, padding="valid")(x),
    ]
    x = layers.Concatenate(axis=-1, name="mixed_7a")(branches)
    for i in range(1, 10):
        x = _residual(x, 0.2, "block8", i)
    x = _residual(x, 1.0, "block8", 10, activation=None)
    x = _step(x, 1536, 1, name="conv_7b")
    x = net.top(x, names=False)
    file = "inception_resnet_v2_weights_tf_dim_ordering_tf_kernels"
    return net.model(x, name, "inception_resnet_v2/", (f"{file}.h5", f"{file}_notop.h5"))
