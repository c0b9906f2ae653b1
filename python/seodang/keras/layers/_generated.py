"""Layers, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .record import RecordLayer


class Activation(RecordLayer):
    """Applies an activation function. Source: Keras 3, `keras.layers.Activation`.

    Args:
        activation: The function.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Activation"
    _fields: ClassVar[tuple[str, ...]] = (
        "activation",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
    }
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        activation: Any,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "activation": activation,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Add(RecordLayer):
    """The elementwise sum of two or more inputs, dimensions of 1 repeated. Source: Keras 3,
    `keras.layers.Add`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Add"
    _fields: ClassVar[tuple[str, ...]] = ()
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class AveragePooling2D(RecordLayer):
    """The mean of the elements in each window; padding does not count.

    Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    width)`. Source: Keras 3, `keras.layers.AveragePooling2D`.

    Args:
        pool_size: The size of the window.
        strides: How far the window moves; the window's size if absent.
        padding: What happens at the border.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "AveragePooling2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "pool_size",
        "strides",
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "pool_size": (2, 2),
        "strides": None,
        "padding": "valid",
        "data_format": None,
    }

    def __init__(
        self,
        pool_size: Any = (2, 2),
        strides: Any = None,
        padding: Any = "valid",
        data_format: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "pool_size": pool_size,
                "strides": strides,
                "padding": padding,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


AvgPool2D = AveragePooling2D


class BatchNormalization(RecordLayer):
    """Makes mean 0 and variance 1 of each channel, then scales and shifts it by trained weights:
    `gamma * (x - mean) / sqrt(variance + epsilon) + beta`.

    While training, mean and variance are those of the batch, and the moving averages follow them:
    `moving = moving * momentum + batch * (1 - momentum)`; else, and while the layer is frozen,
    they are the moving averages. Weights, each with the size of the axis: `gamma`, `beta`,
    `moving_mean`, `moving_variance`. Source: Ioffe and Szegedy 2015; Keras 3,
    `keras.layers.BatchNormalization`.

    Args:
        axis: The axis of the channels.
        momentum: How slowly the moving averages follow: 0 to 1.
        epsilon: Added to the variance.
        center: Whether there is a beta.
        scale: Whether there is a gamma.
        beta_initializer: How beta begins.
        gamma_initializer: How gamma begins.
        moving_mean_initializer: How the moving mean begins.
        moving_variance_initializer: How the moving variance begins.
        beta_regularizer: The penalty on beta.
        gamma_regularizer: The penalty on gamma.
        beta_constraint: What beta must fulfil.
        gamma_constraint: What gamma must fulfil.
        synchronized: Whether replicas share statistics; with one replica it changes nothing.
        renorm: Batch renormalization; only `false` is supported.
        renorm_clipping: Limits of batch renormalization.
        renorm_momentum: How slowly batch renormalization's averages follow.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "BatchNormalization"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
        "momentum",
        "epsilon",
        "center",
        "scale",
        "beta_initializer",
        "gamma_initializer",
        "moving_mean_initializer",
        "moving_variance_initializer",
        "beta_regularizer",
        "gamma_regularizer",
        "beta_constraint",
        "gamma_constraint",
        "synchronized",
        "renorm",
        "renorm_clipping",
        "renorm_momentum",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "beta_initializer": "initializer",
        "gamma_initializer": "initializer",
        "moving_mean_initializer": "initializer",
        "moving_variance_initializer": "initializer",
        "beta_regularizer": "regularizer",
        "gamma_regularizer": "regularizer",
        "beta_constraint": "constraint",
        "gamma_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
        "momentum": 0.99,
        "epsilon": 0.001,
        "center": True,
        "scale": True,
        "beta_initializer": "zeros",
        "gamma_initializer": "ones",
        "moving_mean_initializer": "zeros",
        "moving_variance_initializer": "ones",
        "beta_regularizer": None,
        "gamma_regularizer": None,
        "beta_constraint": None,
        "gamma_constraint": None,
        "synchronized": False,
        "renorm": False,
        "renorm_clipping": None,
        "renorm_momentum": 0.99,
    }

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        moving_mean_initializer: Any = "zeros",
        moving_variance_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        synchronized: bool = False,
        renorm: bool = False,
        renorm_clipping: Any = None,
        renorm_momentum: float = 0.99,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "axis": axis,
                "momentum": momentum,
                "epsilon": epsilon,
                "center": center,
                "scale": scale,
                "beta_initializer": beta_initializer,
                "gamma_initializer": gamma_initializer,
                "moving_mean_initializer": moving_mean_initializer,
                "moving_variance_initializer": moving_variance_initializer,
                "beta_regularizer": beta_regularizer,
                "gamma_regularizer": gamma_regularizer,
                "beta_constraint": beta_constraint,
                "gamma_constraint": gamma_constraint,
                "synchronized": synchronized,
                "renorm": renorm,
                "renorm_clipping": renorm_clipping,
                "renorm_momentum": renorm_momentum,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Concatenate(RecordLayer):
    """The inputs one after another along an axis. Source: Keras 3, `keras.layers.Concatenate`.

    Args:
        axis: The axis, which may have different sizes; all others must be equal.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Concatenate"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
    }

    def __init__(
        self,
        axis: int = -1,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "axis": axis,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Conv2D(RecordLayer):
    """Convolution over the two spatial dimensions of images: `activation(conv(inputs, kernel) +
    bias)`.

    Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    width)`; weights `kernel` `(height, width, channels / groups, filters)` and `bias`
    `(filters)`. Source: Keras 3, `keras.layers.Conv2D`.

    Args:
        filters: The number of output channels.
        kernel_size: The size of the window.
        strides: How far the window moves.
        padding: What happens at the border.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        groups: In how many groups the channels are split; each group has its own filters.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Conv2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "data_format",
        "dilation_rate",
        "groups",
        "activation",
        "use_bias",
        "kernel_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "bias_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "kernel_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "strides": (1, 1),
        "padding": "valid",
        "data_format": None,
        "dilation_rate": (1, 1),
        "groups": 1,
        "activation": None,
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
    }

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        groups: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "filters": filters,
                "kernel_size": kernel_size,
                "strides": strides,
                "padding": padding,
                "data_format": data_format,
                "dilation_rate": dilation_rate,
                "groups": groups,
                "activation": activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


Convolution2D = Conv2D


class Dense(RecordLayer):
    """`activation(inputs . kernel + bias)`: every output depends on every element of the last
    axis.

    Inputs `(batch, ..., features)`, outputs `(batch, ..., units)`; weights `kernel` `(features,
    units)` and `bias` `(units)`. Source: Keras 3, `keras.layers.Dense`.

    Args:
        units: The number of outputs.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Dense"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "use_bias",
        "kernel_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "bias_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "kernel_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": None,
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "units": units,
                "activation": activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Dropout(RecordLayer):
    """While training, sets a random part of the elements to 0 and scales the others up, so that
    the sum stays; else passes on its input. Source: Srivastava et al. 2014; Keras 3,
    `keras.layers.Dropout`.

    Args:
        rate: The part of the elements that become 0: 0 to 1.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        noise_shape: The shape of the mask, `None` for a dimension of the input's; dimensions of 1
        drop whole slices.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Dropout"
    _fields: ClassVar[tuple[str, ...]] = (
        "rate",
        "seed",
        "noise_shape",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "noise_shape": None,
    }

    def __init__(
        self,
        rate: float,
        seed: int | None = None,
        noise_shape: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "rate": rate,
                "seed": seed,
                "noise_shape": noise_shape,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Flatten(RecordLayer):
    """Makes one axis of all axes but the batch. Source: Keras 3, `keras.layers.Flatten`.

    Args:
        data_format: Where the channels are; channels first are moved last before flattening.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Flatten"
    _fields: ClassVar[tuple[str, ...]] = (
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "data_format": None,
    }

    def __init__(
        self,
        data_format: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class GlobalAveragePooling2D(RecordLayer):
    """The mean of each channel over the whole image. Source: Keras 3,
    `keras.layers.GlobalAveragePooling2D`.

    Args:
        data_format: Where the channels are.
        keepdims: Whether the spatial dimensions stay, as 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GlobalAveragePooling2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "data_format",
        "keepdims",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "data_format": None,
        "keepdims": False,
    }

    def __init__(
        self,
        data_format: Any = None,
        keepdims: bool = False,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "data_format": data_format,
                "keepdims": keepdims,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


GlobalAvgPool2D = GlobalAveragePooling2D


class GlobalMaxPooling2D(RecordLayer):
    """The largest element of each channel over the whole image. Source: Keras 3,
    `keras.layers.GlobalMaxPooling2D`.

    Args:
        data_format: Where the channels are.
        keepdims: Whether the spatial dimensions stay, as 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GlobalMaxPooling2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "data_format",
        "keepdims",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "data_format": None,
        "keepdims": False,
    }

    def __init__(
        self,
        data_format: Any = None,
        keepdims: bool = False,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "data_format": data_format,
                "keepdims": keepdims,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


GlobalMaxPool2D = GlobalMaxPooling2D


class MaxPooling2D(RecordLayer):
    """The largest element in each window.

    Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    width)`. Source: Keras 3, `keras.layers.MaxPooling2D`.

    Args:
        pool_size: The size of the window.
        strides: How far the window moves; the window's size if absent.
        padding: What happens at the border.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "MaxPooling2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "pool_size",
        "strides",
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "pool_size": (2, 2),
        "strides": None,
        "padding": "valid",
        "data_format": None,
    }

    def __init__(
        self,
        pool_size: Any = (2, 2),
        strides: Any = None,
        padding: Any = "valid",
        data_format: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "pool_size": pool_size,
                "strides": strides,
                "padding": padding,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


MaxPool2D = MaxPooling2D


class Rescaling(RecordLayer):
    """`inputs * scale + offset`, in floats: images may stay bytes until here. Source: Keras 3,
    `keras.layers.Rescaling`.

    Args:
        scale: The factor.
        offset: What is added then.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Rescaling"
    _fields: ClassVar[tuple[str, ...]] = (
        "scale",
        "offset",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "offset": 0.0,
    }

    def __init__(
        self,
        scale: float,
        offset: float = 0.0,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "scale": scale,
                "offset": offset,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Reshape(RecordLayer):
    """Gives the elements of each sample another shape. Source: Keras 3, `keras.layers.Reshape`.

    Args:
        target_shape: The shape without the batch; one dimension may be -1, which the others leave
        to it.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Reshape"
    _fields: ClassVar[tuple[str, ...]] = (
        "target_shape",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        target_shape: Any,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "target_shape": target_shape,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


NAMES = (
    "Activation",
    "Add",
    "AveragePooling2D",
    "AvgPool2D",
    "BatchNormalization",
    "Concatenate",
    "Conv2D",
    "Convolution2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalAvgPool2D",
    "GlobalMaxPool2D",
    "GlobalMaxPooling2D",
    "MaxPool2D",
    "MaxPooling2D",
    "Rescaling",
    "Reshape",
)
