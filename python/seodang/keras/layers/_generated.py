"""Layers, computed in Rust.

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .attention import AttentionRecordLayer, HeadsRecordLayer
from .record import RecordLayer
from .recurrent import CellRecordLayer, RecurrentRecordLayer


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


class ActivityRegularization(RecordLayer):
    """Passes on its input and adds a penalty on it to the loss: `l1 * sum(|x|) + l2 * sum(x^2)`.
    Source: Keras 3, `keras.layers.ActivityRegularization`.

    Args:
        l1: The factor of the absolute values.
        l2: The factor of the squares.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ActivityRegularization"
    _fields: ClassVar[tuple[str, ...]] = (
        "l1",
        "l2",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "l1": 0.0,
        "l2": 0.0,
    }

    def __init__(
        self,
        l1: float = 0.0,
        l2: float = 0.0,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "l1": l1,
                "l2": l2,
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


class AdditiveAttention(AttentionRecordLayer):
    """Attention whose scores are `sum(scale * tanh(query + key))`.

    Inputs and outputs as of [`Attention`]; the weight `scale` has one number for each feature.
    Source: Bahdanau et al. 2014; Keras 3, `keras.layers.AdditiveAttention`.

    Args:
        use_scale: Whether features are weighed by numbers that are learned.
        dropout: The part of the weights that training drops: 0 to 1.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "AdditiveAttention"
    _fields: ClassVar[tuple[str, ...]] = (
        "use_scale",
        "dropout",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "use_scale": True,
        "dropout": 0.0,
        "seed": None,
    }

    def __init__(
        self,
        use_scale: bool = True,
        dropout: float = 0.0,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "use_scale": use_scale,
                "dropout": dropout,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class AlphaDropout(RecordLayer):
    """While training, sets a random part of the elements to selu's lower limit, and scales and
    shifts everything so that mean and variance stay. Source: Klambauer et al. 2017; Keras 3,
    `keras.layers.AlphaDropout`.

    Args:
        rate: The part of the elements that are dropped: 0 to 1.
        noise_shape: The shape of the mask, `None` for a dimension of the input's.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "AlphaDropout"
    _fields: ClassVar[tuple[str, ...]] = (
        "rate",
        "seed",
        "noise_shape",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "noise_shape": None,
        "seed": None,
    }

    def __init__(
        self,
        rate: float,
        noise_shape: Any = None,
        seed: int | None = None,
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
                "noise_shape": noise_shape,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Attention(AttentionRecordLayer):
    """`softmax(query . key) . value`: for each step of the query the values, weighed by how well
    it agrees with their keys.

    Inputs: query `(batch, steps, features)`, value `(batch, seen, features)` and, if it is not
    the value, key `(batch, seen, features)`; output `(batch, steps, features)`, and the weights
    `(batch, steps, seen)` with `return_attention_scores`. Steps that the value's mask leaves out
    are not seen; outputs of steps that the query's mask leaves out are 0. Source: Luong et al.
    2015; Keras 3, `keras.layers.Attention`.

    Args:
        use_scale: Whether the scores are multiplied by a number that is learned.
        score_mode: How a query is compared with a key.
        dropout: The part of the weights that training drops: 0 to 1.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Attention"
    _fields: ClassVar[tuple[str, ...]] = (
        "use_scale",
        "score_mode",
        "dropout",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "use_scale": False,
        "score_mode": "dot",
        "dropout": 0.0,
        "seed": None,
    }

    def __init__(
        self,
        use_scale: bool = False,
        score_mode: Any = "dot",
        dropout: float = 0.0,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "use_scale": use_scale,
                "score_mode": score_mode,
                "dropout": dropout,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Average(RecordLayer):
    """The elementwise mean of two or more inputs. Source: Keras 3, `keras.layers.Average`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Average"
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


class AveragePooling1D(RecordLayer):
    """The mean of the elements in each window of steps; padding does not count.

    Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`. Source:
    Keras 3, `keras.layers.AveragePooling1D`.

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

    _record = "AveragePooling1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "pool_size",
        "strides",
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "pool_size": (2,),
        "strides": None,
        "padding": "valid",
        "data_format": None,
    }

    def __init__(
        self,
        pool_size: Any = (2,),
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


AvgPool1D = AveragePooling1D


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


class AveragePooling3D(RecordLayer):
    """The mean of the elements in each window of a volume; padding does not count.

    Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    height, width)`. Source: Keras 3, `keras.layers.AveragePooling3D`.

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

    _record = "AveragePooling3D"
    _fields: ClassVar[tuple[str, ...]] = (
        "pool_size",
        "strides",
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "pool_size": (2, 2, 2),
        "strides": None,
        "padding": "valid",
        "data_format": None,
    }

    def __init__(
        self,
        pool_size: Any = (2, 2, 2),
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


AvgPool3D = AveragePooling3D


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


class CategoryEncoding(RecordLayer):
    """Vectors of category numbers.

    Inputs: integers from 0 to below `num_tokens`; for "count" a second input may hold a weight
    for each. Source: Keras 3, `keras.layers.CategoryEncoding`.

    Args:
        num_tokens: How many categories there are.
        output_mode: What is made of the numbers.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "CategoryEncoding"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_tokens",
        "output_mode",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "output_mode": "multi_hot",
    }

    def __init__(
        self,
        num_tokens: int,
        output_mode: Any = "multi_hot",
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_tokens": num_tokens,
                "output_mode": output_mode,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class CenterCrop(RecordLayer):
    """The middle of images; smaller images are enlarged and cut.

    Inputs `(batch, height, width, channels)` or one image `(height, width, channels)`. Source:
    Keras 3, `keras.layers.CenterCrop`.

    Args:
        height: The new height.
        width: The new width.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "CenterCrop"
    _fields: ClassVar[tuple[str, ...]] = (
        "height",
        "width",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "data_format": None,
    }

    def __init__(
        self,
        height: int,
        width: int,
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
                "height": height,
                "width": width,
                "data_format": data_format,
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


class Conv1D(RecordLayer):
    """Convolution over the steps of sequences: `activation(conv(inputs, kernel) + bias)`.

    Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    `kernel` `(size, channels / groups, filters)` and `bias` `(filters)`. With causal padding an
    output depends on no later step. Source: Keras 3, `keras.layers.Conv1D`.

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
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "Conv1D"
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
        "strides": (1,),
        "padding": "valid",
        "data_format": None,
        "dilation_rate": (1,),
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
        strides: Any = (1,),
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1,),
        groups: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
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
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


Convolution1D = Conv1D


class Conv1DTranspose(RecordLayer):
    """The transposed convolution over the steps of sequences, which makes them longer: the
    gradient of a [`Conv1D`](super::Conv1D) as a layer.

    Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    `kernel` `(size, filters, channels)` and `bias` `(filters)`. Source: Keras 3,
    `keras.layers.Conv1DTranspose`.

    Args:
        filters: The number of output channels.
        kernel_size: The size of the window.
        strides: How far the window moves in the output.
        padding: What happens at the border: "same" makes the output `strides` times as large.
        output_padding: How much is added at the end of the output, below the stride; it follows
        from the padding if absent.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "Conv1DTranspose"
    _fields: ClassVar[tuple[str, ...]] = (
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "output_padding",
        "data_format",
        "dilation_rate",
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
        "strides": (1,),
        "padding": "valid",
        "output_padding": None,
        "data_format": None,
        "dilation_rate": (1,),
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
        strides: Any = (1,),
        padding: Any = "valid",
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = (1,),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "filters": filters,
                "kernel_size": kernel_size,
                "strides": strides,
                "padding": padding,
                "output_padding": output_padding,
                "data_format": data_format,
                "dilation_rate": dilation_rate,
                "activation": activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


Convolution1DTranspose = Conv1DTranspose


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
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
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
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
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
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


Convolution2D = Conv2D


class Conv2DTranspose(RecordLayer):
    """The transposed convolution over images, which makes them larger: the gradient of a
    [`Conv2D`](super::Conv2D) as a layer.

    Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    width)`; weights `kernel` `(height, width, filters, channels)` and `bias` `(filters)`. Source:
    Zeiler et al. 2010; Keras 3, `keras.layers.Conv2DTranspose`.

    Args:
        filters: The number of output channels.
        kernel_size: The size of the window.
        strides: How far the window moves in the output.
        padding: What happens at the border: "same" makes the output `strides` times as large.
        output_padding: How much is added at the end of the output, below the stride; it follows
        from the padding if absent.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "Conv2DTranspose"
    _fields: ClassVar[tuple[str, ...]] = (
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "output_padding",
        "data_format",
        "dilation_rate",
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
        "output_padding": None,
        "data_format": None,
        "dilation_rate": (1, 1),
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
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "filters": filters,
                "kernel_size": kernel_size,
                "strides": strides,
                "padding": padding,
                "output_padding": output_padding,
                "data_format": data_format,
                "dilation_rate": dilation_rate,
                "activation": activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


Convolution2DTranspose = Conv2DTranspose


class Conv3D(RecordLayer):
    """Convolution over the three spatial dimensions of volumes or films: `activation(conv(inputs,
    kernel) + bias)`.

    Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    height, width)`; weights `kernel` `(depth, height, width, channels / groups, filters)` and
    `bias` `(filters)`. Source: Keras 3, `keras.layers.Conv3D`.

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
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "Conv3D"
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
        "strides": (1, 1, 1),
        "padding": "valid",
        "data_format": None,
        "dilation_rate": (1, 1, 1),
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
        strides: Any = (1, 1, 1),
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1, 1, 1),
        groups: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
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
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


Convolution3D = Conv3D


class Conv3DTranspose(RecordLayer):
    """The transposed convolution over volumes, which makes them larger: the gradient of a
    [`Conv3D`](super::Conv3D) as a layer.

    Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    height, width)`; weights `kernel` `(depth, height, width, filters, channels)` and `bias`
    `(filters)`. Source: Keras 3, `keras.layers.Conv3DTranspose`.

    Args:
        filters: The number of output channels.
        kernel_size: The size of the window.
        strides: How far the window moves in the output.
        padding: What happens at the border: "same" makes the output `strides` times as large.
        output_padding: How much is added at the end of the output, below the stride; it follows
        from the padding if absent.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "Conv3DTranspose"
    _fields: ClassVar[tuple[str, ...]] = (
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "output_padding",
        "data_format",
        "dilation_rate",
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
        "strides": (1, 1, 1),
        "padding": "valid",
        "output_padding": None,
        "data_format": None,
        "dilation_rate": (1, 1, 1),
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
        strides: Any = (1, 1, 1),
        padding: Any = "valid",
        output_padding: Any = None,
        data_format: Any = None,
        dilation_rate: Any = (1, 1, 1),
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "filters": filters,
                "kernel_size": kernel_size,
                "strides": strides,
                "padding": padding,
                "output_padding": output_padding,
                "data_format": data_format,
                "dilation_rate": dilation_rate,
                "activation": activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


Convolution3DTranspose = Conv3DTranspose


class Cropping1D(RecordLayer):
    """Cuts steps off the ends of sequences. Source: Keras 3, `keras.layers.Cropping1D`.

    Args:
        cropping: How much is cut off before and after, in each spatial dimension.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Cropping1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "cropping",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "cropping": (1, 1),
    }

    def __init__(
        self,
        cropping: Any = (1, 1),
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "cropping": cropping,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Cropping2D(RecordLayer):
    """Cuts the border off images. Source: Keras 3, `keras.layers.Cropping2D`.

    Args:
        cropping: How much is cut off before and after, in each spatial dimension.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Cropping2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "cropping",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "cropping": [[0, 0], [0, 0]],
        "data_format": None,
    }

    def __init__(
        self,
        cropping: Any = [[0, 0], [0, 0]],
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
                "cropping": cropping,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Cropping3D(RecordLayer):
    """Cuts the border off volumes. Source: Keras 3, `keras.layers.Cropping3D`.

    Args:
        cropping: How much is cut off before and after, in each spatial dimension.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Cropping3D"
    _fields: ClassVar[tuple[str, ...]] = (
        "cropping",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "cropping": [[1, 1], [1, 1], [1, 1]],
        "data_format": None,
    }

    def __init__(
        self,
        cropping: Any = [[1, 1], [1, 1], [1, 1]],
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
                "cropping": cropping,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


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
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
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
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
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
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class DepthwiseConv1D(RecordLayer):
    """Convolution over the steps of sequences, each channel for itself.

    Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    `kernel` `(size, channels, multiplier)` and `bias` `(channels * multiplier)`. Source: Keras 3,
    `keras.layers.DepthwiseConv1D`.

    Args:
        kernel_size: The size of the window.
        strides: How far the window moves.
        padding: What happens at the border.
        depth_multiplier: How many outputs each channel has.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        depthwise_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        depthwise_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        depthwise_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "DepthwiseConv1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "depth_multiplier",
        "kernel_size",
        "strides",
        "padding",
        "data_format",
        "dilation_rate",
        "activation",
        "use_bias",
        "depthwise_initializer",
        "bias_initializer",
        "depthwise_regularizer",
        "bias_regularizer",
        "depthwise_constraint",
        "bias_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "depthwise_initializer": "initializer",
        "bias_initializer": "initializer",
        "depthwise_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "depthwise_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "strides": (1,),
        "padding": "valid",
        "depth_multiplier": 1,
        "data_format": None,
        "dilation_rate": (1,),
        "activation": None,
        "use_bias": True,
        "depthwise_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "depthwise_regularizer": None,
        "bias_regularizer": None,
        "depthwise_constraint": None,
        "bias_constraint": None,
    }

    def __init__(
        self,
        kernel_size: Any,
        strides: Any = (1,),
        padding: Any = "valid",
        depth_multiplier: int = 1,
        data_format: Any = None,
        dilation_rate: Any = (1,),
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "kernel_size": kernel_size,
                "strides": strides,
                "padding": padding,
                "depth_multiplier": depth_multiplier,
                "data_format": data_format,
                "dilation_rate": dilation_rate,
                "activation": activation,
                "use_bias": use_bias,
                "depthwise_initializer": depthwise_initializer,
                "bias_initializer": bias_initializer,
                "depthwise_regularizer": depthwise_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "depthwise_constraint": depthwise_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class DepthwiseConv2D(RecordLayer):
    """Convolution over images, each channel for itself.

    Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    width)`; weights `kernel` `(height, width, channels, multiplier)` and `bias` `(channels *
    multiplier)`. Source: Keras 3, `keras.layers.DepthwiseConv2D`.

    Args:
        kernel_size: The size of the window.
        strides: How far the window moves.
        padding: What happens at the border.
        depth_multiplier: How many outputs each channel has.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        depthwise_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        depthwise_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        depthwise_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "DepthwiseConv2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "depth_multiplier",
        "kernel_size",
        "strides",
        "padding",
        "data_format",
        "dilation_rate",
        "activation",
        "use_bias",
        "depthwise_initializer",
        "bias_initializer",
        "depthwise_regularizer",
        "bias_regularizer",
        "depthwise_constraint",
        "bias_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "depthwise_initializer": "initializer",
        "bias_initializer": "initializer",
        "depthwise_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "depthwise_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "strides": (1, 1),
        "padding": "valid",
        "depth_multiplier": 1,
        "data_format": None,
        "dilation_rate": (1, 1),
        "activation": None,
        "use_bias": True,
        "depthwise_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "depthwise_regularizer": None,
        "bias_regularizer": None,
        "depthwise_constraint": None,
        "bias_constraint": None,
    }

    def __init__(
        self,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: Any = "valid",
        depth_multiplier: int = 1,
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "kernel_size": kernel_size,
                "strides": strides,
                "padding": padding,
                "depth_multiplier": depth_multiplier,
                "data_format": data_format,
                "dilation_rate": dilation_rate,
                "activation": activation,
                "use_bias": use_bias,
                "depthwise_initializer": depthwise_initializer,
                "bias_initializer": bias_initializer,
                "depthwise_regularizer": depthwise_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "depthwise_constraint": depthwise_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class Dot(RecordLayer):
    """The products of two inputs summed along an axis of each, sample by sample.

    Inputs `(batch, ...)` twice; the outputs have the first input's other axes, then the second's;
    of two vectors they are `(batch, 1)`. Source: Keras 3, `keras.layers.Dot`.

    Args:
        axes: The axes that are summed, the batch (0) not among them.
        normalize: Whether both inputs are first given norm 1 along their axes: the cosine of
        their angle.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Dot"
    _fields: ClassVar[tuple[str, ...]] = (
        "axes",
        "normalize",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "normalize": False,
    }

    def __init__(
        self,
        axes: Any,
        normalize: bool = False,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "axes": axes,
                "normalize": normalize,
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
        noise_shape: The shape of the mask, `None` for a dimension of the input's; dimensions of 1
        drop whole slices.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
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
        "noise_shape": None,
        "seed": None,
    }

    def __init__(
        self,
        rate: float,
        noise_shape: Any = None,
        seed: int | None = None,
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
                "noise_shape": noise_shape,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class ELU(RecordLayer):
    """`x` above 0, `alpha * (exp(x) - 1)` below. Source: Clevert et al. 2016; Keras 3,
    `keras.layers.ELU`.

    Args:
        alpha: The limit towards minus infinity, negated.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ELU"
    _fields: ClassVar[tuple[str, ...]] = (
        "alpha",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "alpha": 1.0,
    }

    def __init__(
        self,
        alpha: float = 1.0,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "alpha": alpha,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class EinsumDense(RecordLayer):
    """`activation(einsum(equation, inputs, kernel) + bias)`: a dense layer over axes of choice.

    The equation names the axes of the input (the batch among them), of the kernel and of the
    output: `"abc,cd->abd"`; `...` stands for axes that pass through. Weights `kernel`, and `bias`
    over `bias_axes`. Source: Keras 3, `keras.layers.EinsumDense`.

    Args:
        equation: The axes of input, kernel and output.
        output_shape: The shape of a sample's output, `None` for dimensions that the input gives.
        activation: The function of the outputs.
        bias_axes: The output's axes along which the bias differs; no bias if absent.
        kernel_initializer: How the kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "EinsumDense"
    _fields: ClassVar[tuple[str, ...]] = (
        "output_shape",
        "equation",
        "activation",
        "bias_axes",
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
        "bias_axes": None,
        "kernel_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
    }

    def __init__(
        self,
        equation: str,
        output_shape: Any,
        activation: Any = None,
        bias_axes: str | None = None,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "equation": equation,
                "output_shape": output_shape,
                "activation": activation,
                "bias_axes": bias_axes,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class Embedding(RecordLayer):
    """A vector of weights for each of a number of integers: words, for example.

    Inputs: integers from 0 to below `input_dim` of any shape (floats are cut to integers),
    outputs with one more axis of `output_dim`; weight `embeddings` `(input_dim, output_dim)`. An
    integer out of range is an error when the layer is called on values; inside a program (`fit`,
    `predict`) the nearest row stands in for it, and a negative one counts from the end. Source:
    Keras 3, `keras.layers.Embedding`.

    Args:
        input_dim: How many integers there are.
        output_dim: The length of a vector.
        embeddings_initializer: How the vectors begin.
        embeddings_regularizer: The penalty on the vectors.
        embeddings_constraint: What the vectors must fulfil.
        mask_zero: Whether 0 stands for a step that does not count: the output has a mask then.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Embedding"
    _fields: ClassVar[tuple[str, ...]] = (
        "input_dim",
        "output_dim",
        "embeddings_initializer",
        "embeddings_regularizer",
        "embeddings_constraint",
        "mask_zero",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "embeddings_initializer": "initializer",
        "embeddings_regularizer": "regularizer",
        "embeddings_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "embeddings_initializer": "random_uniform",
        "embeddings_regularizer": None,
        "embeddings_constraint": None,
        "mask_zero": False,
    }

    def __init__(
        self,
        input_dim: int,
        output_dim: int,
        embeddings_initializer: Any = "random_uniform",
        embeddings_regularizer: Any = None,
        embeddings_constraint: Any = None,
        mask_zero: bool = False,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "input_dim": input_dim,
                "output_dim": output_dim,
                "embeddings_initializer": embeddings_initializer,
                "embeddings_regularizer": embeddings_regularizer,
                "embeddings_constraint": embeddings_constraint,
                "mask_zero": mask_zero,
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


class GRU(RecurrentRecordLayer):
    """Gated recurrent units: `h = z * h + (1 - z) * a(candidate)`, step by step.

    Of `x . kernel` and `h . recurrent_kernel`, each with its bias, the first parts give the
    update gate `z` and the second the reset gate, which scales the state's part of the candidate
    (after the product with `reset_after`, else before). Inputs `(batch, steps, features)` and, if
    wanted, the initial state; output `(batch, units)`, or `(batch, steps, units)` with
    `return_sequences`, and the last state with `return_state`. Weights `kernel` `(features, 3 *
    units)`, `recurrent_kernel` `(units, 3 * units)`, `bias` `(2, 3 * units)` (`(3 * units)`
    without `reset_after`). Source: Cho et al. 2014; Keras 3, `keras.layers.GRU`.

    Args:
        units: The number of outputs, and the length of each state.
        activation: The function of the outputs.
        recurrent_activation: The function of the gates.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        recurrent_initializer: How the recurrent kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        recurrent_regularizer: The penalty on the recurrent kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        recurrent_constraint: What the recurrent kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        dropout: The part of the inputs that training drops: 0 to 1.
        recurrent_dropout: The part of the state that training drops: 0 to 1.
        return_sequences: Whether the output is that of every step, or of the last one only.
        return_state: Whether the last states are outputs too.
        go_backwards: Whether to go from the last step to the first; outputs come in that order.
        stateful: Whether a batch begins with the states that the last one ended with.
        unroll: Kept for Keras: how the loop runs is the engine's choice.
        reset_after: Whether the reset gate scales the product with the recurrent kernel, or the
        state before it.
        zero_output_for_mask: Whether outputs of steps that do not count are 0, or those of the
        step before.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "GRU"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "recurrent_activation",
        "use_bias",
        "kernel_initializer",
        "recurrent_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "recurrent_constraint",
        "bias_constraint",
        "dropout",
        "recurrent_dropout",
        "reset_after",
        "seed",
        "return_sequences",
        "return_state",
        "go_backwards",
        "stateful",
        "unroll",
        "zero_output_for_mask",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "recurrent_activation": "activation",
        "kernel_initializer": "initializer",
        "recurrent_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "recurrent_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "recurrent_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "recurrent_initializer": "orthogonal",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "recurrent_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "recurrent_constraint": None,
        "bias_constraint": None,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
        "return_sequences": False,
        "return_state": False,
        "go_backwards": False,
        "stateful": False,
        "unroll": False,
        "reset_after": True,
        "zero_output_for_mask": False,
        "seed": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        reset_after: bool = True,
        zero_output_for_mask: bool = False,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "units": units,
                "activation": activation,
                "recurrent_activation": recurrent_activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "recurrent_initializer": recurrent_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "recurrent_regularizer": recurrent_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "recurrent_constraint": recurrent_constraint,
                "bias_constraint": bias_constraint,
                "dropout": dropout,
                "recurrent_dropout": recurrent_dropout,
                "return_sequences": return_sequences,
                "return_state": return_state,
                "go_backwards": go_backwards,
                "stateful": stateful,
                "unroll": unroll,
                "reset_after": reset_after,
                "zero_output_for_mask": zero_output_for_mask,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class GRUCell(CellRecordLayer):
    """One step of a [`GRU`]: inputs `(batch, features)` and the state `(batch, units)`, outputs
    the output and the next state, which are one. Source: Keras 3, `keras.layers.GRUCell`.

    Args:
        units: The number of outputs, and the length of each state.
        activation: The function of the outputs.
        recurrent_activation: The function of the gates.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        recurrent_initializer: How the recurrent kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        recurrent_regularizer: The penalty on the recurrent kernel.
        bias_regularizer: The penalty on the bias.
        kernel_constraint: What the kernel must fulfil.
        recurrent_constraint: What the recurrent kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        dropout: The part of the inputs that training drops: 0 to 1.
        recurrent_dropout: The part of the state that training drops: 0 to 1.
        reset_after: Whether the reset gate scales the product with the recurrent kernel, or the
        state before it.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GRUCell"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "recurrent_activation",
        "use_bias",
        "kernel_initializer",
        "recurrent_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "recurrent_constraint",
        "bias_constraint",
        "dropout",
        "recurrent_dropout",
        "reset_after",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "recurrent_activation": "activation",
        "kernel_initializer": "initializer",
        "recurrent_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "recurrent_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "recurrent_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "recurrent_initializer": "orthogonal",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "recurrent_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "recurrent_constraint": None,
        "bias_constraint": None,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
        "reset_after": True,
        "seed": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        reset_after: bool = True,
        seed: int | None = None,
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
                "recurrent_activation": recurrent_activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "recurrent_initializer": recurrent_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "recurrent_regularizer": recurrent_regularizer,
                "bias_regularizer": bias_regularizer,
                "kernel_constraint": kernel_constraint,
                "recurrent_constraint": recurrent_constraint,
                "bias_constraint": bias_constraint,
                "dropout": dropout,
                "recurrent_dropout": recurrent_dropout,
                "reset_after": reset_after,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class GaussianDropout(RecordLayer):
    """While training, multiplies by normal numbers of mean 1 and variance `rate / (1 - rate)`.
    Source: Srivastava et al. 2014; Keras 3, `keras.layers.GaussianDropout`.

    Args:
        rate: The rate of the dropout with the same variance: 0 to below 1.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GaussianDropout"
    _fields: ClassVar[tuple[str, ...]] = (
        "rate",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
    }

    def __init__(
        self,
        rate: float,
        seed: int | None = None,
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
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class GaussianNoise(RecordLayer):
    """While training, adds normal numbers of mean 0. Source: Keras 3,
    `keras.layers.GaussianNoise`.

    Args:
        stddev: The standard deviation of what is added.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GaussianNoise"
    _fields: ClassVar[tuple[str, ...]] = (
        "stddev",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
    }

    def __init__(
        self,
        stddev: float,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "stddev": stddev,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class GlobalAveragePooling1D(RecordLayer):
    """The mean of each channel over all steps. Source: Keras 3,
    `keras.layers.GlobalAveragePooling1D`.

    Args:
        data_format: Where the channels are.
        keepdims: Whether the spatial dimensions stay, as 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GlobalAveragePooling1D"
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


GlobalAvgPool1D = GlobalAveragePooling1D


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


class GlobalAveragePooling3D(RecordLayer):
    """The mean of each channel over the whole volume. Source: Keras 3,
    `keras.layers.GlobalAveragePooling3D`.

    Args:
        data_format: Where the channels are.
        keepdims: Whether the spatial dimensions stay, as 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GlobalAveragePooling3D"
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


GlobalAvgPool3D = GlobalAveragePooling3D


class GlobalMaxPooling1D(RecordLayer):
    """The largest element of each channel over all steps. Source: Keras 3,
    `keras.layers.GlobalMaxPooling1D`.

    Args:
        data_format: Where the channels are.
        keepdims: Whether the spatial dimensions stay, as 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GlobalMaxPooling1D"
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


GlobalMaxPool1D = GlobalMaxPooling1D


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


class GlobalMaxPooling3D(RecordLayer):
    """The largest element of each channel over the whole volume. Source: Keras 3,
    `keras.layers.GlobalMaxPooling3D`.

    Args:
        data_format: Where the channels are.
        keepdims: Whether the spatial dimensions stay, as 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GlobalMaxPooling3D"
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


GlobalMaxPool3D = GlobalMaxPooling3D


class GroupNormalization(RecordLayer):
    """Makes mean 0 and variance 1 of each group of channels of each sample, then scales and
    shifts each channel by trained weights.

    Weights `gamma` and `beta` with the number of channels. Source: Wu and He 2018; Keras 3,
    `keras.layers.GroupNormalization`.

    Args:
        groups: The number of groups; -1 makes each channel a group.
        axis: The axis of the channels.
        epsilon: Added to the variance.
        center: Whether there is a beta.
        scale: Whether there is a gamma.
        beta_initializer: How beta begins.
        gamma_initializer: How gamma begins.
        beta_regularizer: The penalty on beta.
        gamma_regularizer: The penalty on gamma.
        beta_constraint: What beta must fulfil.
        gamma_constraint: What gamma must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "GroupNormalization"
    _fields: ClassVar[tuple[str, ...]] = (
        "groups",
        "axis",
        "epsilon",
        "center",
        "scale",
        "beta_initializer",
        "gamma_initializer",
        "beta_regularizer",
        "gamma_regularizer",
        "beta_constraint",
        "gamma_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "beta_initializer": "initializer",
        "gamma_initializer": "initializer",
        "beta_regularizer": "regularizer",
        "gamma_regularizer": "regularizer",
        "beta_constraint": "constraint",
        "gamma_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "groups": 32,
        "axis": -1,
        "epsilon": 0.001,
        "center": True,
        "scale": True,
        "beta_initializer": "zeros",
        "gamma_initializer": "ones",
        "beta_regularizer": None,
        "gamma_regularizer": None,
        "beta_constraint": None,
        "gamma_constraint": None,
    }

    def __init__(
        self,
        groups: int = 32,
        axis: int = -1,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "groups": groups,
                "axis": axis,
                "epsilon": epsilon,
                "center": center,
                "scale": scale,
                "beta_initializer": beta_initializer,
                "gamma_initializer": gamma_initializer,
                "beta_regularizer": beta_regularizer,
                "gamma_regularizer": gamma_regularizer,
                "beta_constraint": beta_constraint,
                "gamma_constraint": gamma_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class GroupedQueryAttention(HeadsRecordLayer):
    """Attention by several heads of the query, of which some share their keys and values.

    Inputs and outputs as of [`MultiHeadAttention`]. Source: Ainslie et al. 2023; Keras 3,
    `keras.layers.GroupQueryAttention`.

    Args:
        head_dim: The length of a head's queries, keys and values.
        num_query_heads: The number of heads of the query.
        num_key_value_heads: The number of heads of key and value, a divisor of the query's.
        dropout: The part of the attention that training drops: 0 to 1.
        use_bias: Whether the projections have biases.
        use_gate: Whether a projection of the query, between 0 and 1, multiplies what was found.
        sliding_window: How many steps a query sees to either side, itself among them; all if
        absent.
        flash_attention: Kept for Keras: how it is computed is the engine's choice.
        kernel_initializer: How the kernels begin.
        bias_initializer: How the biases begin.
        kernel_regularizer: The penalty on the kernels.
        bias_regularizer: The penalty on the biases.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernels must fulfil.
        bias_constraint: What the biases must fulfil.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "GroupedQueryAttention"
    _fields: ClassVar[tuple[str, ...]] = (
        "head_dim",
        "num_query_heads",
        "num_key_value_heads",
        "dropout",
        "use_bias",
        "use_gate",
        "sliding_window",
        "flash_attention",
        "kernel_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "bias_constraint",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "kernel_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "dropout": 0.0,
        "use_bias": True,
        "use_gate": False,
        "sliding_window": None,
        "flash_attention": None,
        "kernel_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
        "seed": None,
    }

    def __init__(
        self,
        head_dim: int,
        num_query_heads: int,
        num_key_value_heads: int,
        dropout: float = 0.0,
        use_bias: bool = True,
        use_gate: bool = False,
        sliding_window: int | None = None,
        flash_attention: bool | None = None,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "head_dim": head_dim,
                "num_query_heads": num_query_heads,
                "num_key_value_heads": num_key_value_heads,
                "dropout": dropout,
                "use_bias": use_bias,
                "use_gate": use_gate,
                "sliding_window": sliding_window,
                "flash_attention": flash_attention,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


GroupQueryAttention = GroupedQueryAttention


class Identity(RecordLayer):
    """Passes on its input. Source: Keras 3, `keras.layers.Identity`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Identity"
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


class LSTM(RecurrentRecordLayer):
    """Long short-term memory: gates decide what the state keeps, takes in and gives out.

    With `i, f, g, o` the four parts of `x . kernel + h . recurrent_kernel + bias`, step by step
    `c = r(f) * c + r(i) * a(g)` and `h = r(o) * a(c)`, where `a` is `activation` and `r` is
    `recurrent_activation`. Inputs `(batch, steps, features)` and, if wanted, the initial states h
    and c; output h `(batch, units)`, or `(batch, steps, units)` with `return_sequences`, and the
    last h and c with `return_state`. Weights `kernel` `(features, 4 * units)`, `recurrent_kernel`
    `(units, 4 * units)`, `bias` `(4 * units)`. Steps that the inputs' mask leaves out leave the
    states as they were. Source: Hochreiter and Schmidhuber 1997; Keras 3, `keras.layers.LSTM`.

    Args:
        units: The number of outputs, and the length of each state.
        activation: The function of the outputs.
        recurrent_activation: The function of the gates.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        recurrent_initializer: How the recurrent kernel begins.
        bias_initializer: How the bias begins.
        unit_forget_bias: Whether the bias of the forget gate begins with 1.
        kernel_regularizer: The penalty on the kernel.
        recurrent_regularizer: The penalty on the recurrent kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        recurrent_constraint: What the recurrent kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        dropout: The part of the inputs that training drops: 0 to 1.
        recurrent_dropout: The part of the state that training drops: 0 to 1.
        return_sequences: Whether the output is that of every step, or of the last one only.
        return_state: Whether the last states are outputs too.
        go_backwards: Whether to go from the last step to the first; outputs come in that order.
        stateful: Whether a batch begins with the states that the last one ended with.
        unroll: Kept for Keras: how the loop runs is the engine's choice.
        zero_output_for_mask: Whether outputs of steps that do not count are 0, or those of the
        step before.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "LSTM"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "recurrent_activation",
        "use_bias",
        "kernel_initializer",
        "recurrent_initializer",
        "bias_initializer",
        "unit_forget_bias",
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "recurrent_constraint",
        "bias_constraint",
        "dropout",
        "recurrent_dropout",
        "seed",
        "return_sequences",
        "return_state",
        "go_backwards",
        "stateful",
        "unroll",
        "zero_output_for_mask",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "recurrent_activation": "activation",
        "kernel_initializer": "initializer",
        "recurrent_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "recurrent_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "recurrent_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "recurrent_initializer": "orthogonal",
        "bias_initializer": "zeros",
        "unit_forget_bias": True,
        "kernel_regularizer": None,
        "recurrent_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "recurrent_constraint": None,
        "bias_constraint": None,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
        "return_sequences": False,
        "return_state": False,
        "go_backwards": False,
        "stateful": False,
        "unroll": False,
        "zero_output_for_mask": False,
        "seed": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "units": units,
                "activation": activation,
                "recurrent_activation": recurrent_activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "recurrent_initializer": recurrent_initializer,
                "bias_initializer": bias_initializer,
                "unit_forget_bias": unit_forget_bias,
                "kernel_regularizer": kernel_regularizer,
                "recurrent_regularizer": recurrent_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "recurrent_constraint": recurrent_constraint,
                "bias_constraint": bias_constraint,
                "dropout": dropout,
                "recurrent_dropout": recurrent_dropout,
                "return_sequences": return_sequences,
                "return_state": return_state,
                "go_backwards": go_backwards,
                "stateful": stateful,
                "unroll": unroll,
                "zero_output_for_mask": zero_output_for_mask,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class LSTMCell(CellRecordLayer):
    """One step of an [`LSTM`]: inputs `(batch, features)` and the states h and c `(batch,
    units)`, outputs the output and the next h and c. Source: Keras 3,
    `keras.layers.LSTMCell`.

    Args:
        units: The number of outputs, and the length of each state.
        activation: The function of the outputs.
        recurrent_activation: The function of the gates.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        recurrent_initializer: How the recurrent kernel begins.
        bias_initializer: How the bias begins.
        unit_forget_bias: Whether the bias of the forget gate begins with 1.
        kernel_regularizer: The penalty on the kernel.
        recurrent_regularizer: The penalty on the recurrent kernel.
        bias_regularizer: The penalty on the bias.
        kernel_constraint: What the kernel must fulfil.
        recurrent_constraint: What the recurrent kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        dropout: The part of the inputs that training drops: 0 to 1.
        recurrent_dropout: The part of the state that training drops: 0 to 1.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "LSTMCell"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "recurrent_activation",
        "use_bias",
        "kernel_initializer",
        "recurrent_initializer",
        "bias_initializer",
        "unit_forget_bias",
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "recurrent_constraint",
        "bias_constraint",
        "dropout",
        "recurrent_dropout",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "recurrent_activation": "activation",
        "kernel_initializer": "initializer",
        "recurrent_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "recurrent_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "recurrent_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "recurrent_initializer": "orthogonal",
        "bias_initializer": "zeros",
        "unit_forget_bias": True,
        "kernel_regularizer": None,
        "recurrent_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "recurrent_constraint": None,
        "bias_constraint": None,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
        "seed": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        recurrent_activation: Any = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        unit_forget_bias: bool = True,
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: int | None = None,
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
                "recurrent_activation": recurrent_activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "recurrent_initializer": recurrent_initializer,
                "bias_initializer": bias_initializer,
                "unit_forget_bias": unit_forget_bias,
                "kernel_regularizer": kernel_regularizer,
                "recurrent_regularizer": recurrent_regularizer,
                "bias_regularizer": bias_regularizer,
                "kernel_constraint": kernel_constraint,
                "recurrent_constraint": recurrent_constraint,
                "bias_constraint": bias_constraint,
                "dropout": dropout,
                "recurrent_dropout": recurrent_dropout,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class LayerNormalization(RecordLayer):
    """Makes mean 0 and variance 1 of each sample along axes, then scales and shifts it by trained
    weights: `gamma * (x - mean) / sqrt(variance + epsilon) + beta`.

    Weights `gamma` and `beta` with the sizes of the axes. Source: Ba et al. 2016; Keras 3,
    `keras.layers.LayerNormalization`.

    Args:
        axis: The axes that are normalized together.
        epsilon: Added to the variance.
        center: Whether there is a beta.
        scale: Whether there is a gamma.
        beta_initializer: How beta begins.
        gamma_initializer: How gamma begins.
        beta_regularizer: The penalty on beta.
        gamma_regularizer: The penalty on gamma.
        beta_constraint: What beta must fulfil.
        gamma_constraint: What gamma must fulfil.
        rms_scaling: Divides by the root of the mean square, without taking off the mean and
        without a beta.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "LayerNormalization"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
        "epsilon",
        "center",
        "scale",
        "rms_scaling",
        "beta_initializer",
        "gamma_initializer",
        "beta_regularizer",
        "gamma_regularizer",
        "beta_constraint",
        "gamma_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "beta_initializer": "initializer",
        "gamma_initializer": "initializer",
        "beta_regularizer": "regularizer",
        "gamma_regularizer": "regularizer",
        "beta_constraint": "constraint",
        "gamma_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
        "epsilon": 0.001,
        "center": True,
        "scale": True,
        "beta_initializer": "zeros",
        "gamma_initializer": "ones",
        "beta_regularizer": None,
        "gamma_regularizer": None,
        "beta_constraint": None,
        "gamma_constraint": None,
        "rms_scaling": False,
    }

    def __init__(
        self,
        axis: Any = -1,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        rms_scaling: bool = False,
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
                "epsilon": epsilon,
                "center": center,
                "scale": scale,
                "beta_initializer": beta_initializer,
                "gamma_initializer": gamma_initializer,
                "beta_regularizer": beta_regularizer,
                "gamma_regularizer": gamma_regularizer,
                "beta_constraint": beta_constraint,
                "gamma_constraint": gamma_constraint,
                "rms_scaling": rms_scaling,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class LeakyReLU(RecordLayer):
    """`x` above 0, `negative_slope * x` below. Source: Maas et al. 2013; Keras 3,
    `keras.layers.LeakyReLU`.

    Args:
        negative_slope: The slope below 0; Keras 2 calls it "alpha".
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "LeakyReLU"
    _fields: ClassVar[tuple[str, ...]] = (
        "negative_slope",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "negative_slope": 0.3,
    }

    def __init__(
        self,
        negative_slope: float = 0.3,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "negative_slope": negative_slope,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Masking(RecordLayer):
    """Marks the steps of a sequence whose features all have one value: layers behind leave them
    out, if they know masks. Inputs `(batch, steps, features)`; the features of marked steps
    become 0. Source: Keras 3, `keras.layers.Masking`.

    Args:
        mask_value: The value of every feature of a step that does not count.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Masking"
    _fields: ClassVar[tuple[str, ...]] = (
        "mask_value",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "mask_value": 0.0,
    }

    def __init__(
        self,
        mask_value: float = 0.0,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "mask_value": mask_value,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class MaxPooling1D(RecordLayer):
    """The largest element in each window of steps.

    Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`. Source:
    Keras 3, `keras.layers.MaxPooling1D`.

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

    _record = "MaxPooling1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "pool_size",
        "strides",
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "pool_size": (2,),
        "strides": None,
        "padding": "valid",
        "data_format": None,
    }

    def __init__(
        self,
        pool_size: Any = (2,),
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


MaxPool1D = MaxPooling1D


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


class MaxPooling3D(RecordLayer):
    """The largest element in each window of a volume.

    Inputs `(batch, depth, height, width, channels)` or, channels first, `(batch, channels, depth,
    height, width)`. Source: Keras 3, `keras.layers.MaxPooling3D`.

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

    _record = "MaxPooling3D"
    _fields: ClassVar[tuple[str, ...]] = (
        "pool_size",
        "strides",
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "pool_size": (2, 2, 2),
        "strides": None,
        "padding": "valid",
        "data_format": None,
    }

    def __init__(
        self,
        pool_size: Any = (2, 2, 2),
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


MaxPool3D = MaxPooling3D


class Maximum(RecordLayer):
    """The largest of two or more inputs, element by element. Source: Keras 3,
    `keras.layers.Maximum`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Maximum"
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


class Minimum(RecordLayer):
    """The smallest of two or more inputs, element by element. Source: Keras 3,
    `keras.layers.Minimum`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Minimum"
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


class MultiHeadAttention(HeadsRecordLayer):
    """Attention by several heads, each with projections of its own.

    Inputs: query `(batch, steps, features)`, value `(batch, seen, features)`, then, if wanted,
    key `(batch, seen, features)` and which pairs may meet, `(batch, steps, seen)`, 0 for those
    that may not. Output `(batch, steps, features of the query)`, and with
    `return_attention_scores` the weights `(batch, heads, steps, seen)`. Weights `query`, `key`,
    `value` with a kernel `(features, heads, key_dim)` and a bias each, and `attention_output`.
    Source: Vaswani et al. 2017; Keras 3, `keras.layers.MultiHeadAttention`.

    Args:
        num_heads: The number of heads.
        key_dim: The length of a head's queries and keys.
        value_dim: The length of a head's values; `key_dim` if absent.
        dropout: The part of the attention that training drops: 0 to 1.
        use_bias: Whether the projections have biases.
        output_shape: The shape of a step's output; that of the query's if absent.
        attention_axes: The axes of the steps; all between the batch and the features if absent.
        kernel_initializer: How the kernels begin.
        bias_initializer: How the biases begin.
        kernel_regularizer: The penalty on the kernels.
        bias_regularizer: The penalty on the biases.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernels must fulfil.
        bias_constraint: What the biases must fulfil.
        use_gate: Whether a projection of the query, between 0 and 1, multiplies what was found.
        sliding_window: How many steps a query sees to either side, itself among them; all if
        absent.
        flash_attention: Kept for Keras: how it is computed is the engine's choice.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "MultiHeadAttention"
    _fields: ClassVar[tuple[str, ...]] = (
        "num_heads",
        "key_dim",
        "value_dim",
        "dropout",
        "use_bias",
        "use_gate",
        "output_shape",
        "attention_axes",
        "sliding_window",
        "flash_attention",
        "kernel_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "bias_constraint",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "kernel_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "value_dim": None,
        "dropout": 0.0,
        "use_bias": True,
        "output_shape": None,
        "attention_axes": None,
        "kernel_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
        "use_gate": False,
        "sliding_window": None,
        "flash_attention": None,
        "seed": None,
    }

    def __init__(
        self,
        num_heads: int,
        key_dim: int,
        value_dim: int | None = None,
        dropout: float = 0.0,
        use_bias: bool = True,
        output_shape: Any = None,
        attention_axes: Any = None,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        use_gate: bool = False,
        sliding_window: int | None = None,
        flash_attention: bool | None = None,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "num_heads": num_heads,
                "key_dim": key_dim,
                "value_dim": value_dim,
                "dropout": dropout,
                "use_bias": use_bias,
                "output_shape": output_shape,
                "attention_axes": attention_axes,
                "kernel_initializer": kernel_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "bias_constraint": bias_constraint,
                "use_gate": use_gate,
                "sliding_window": sliding_window,
                "flash_attention": flash_attention,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class Multiply(RecordLayer):
    """The elementwise product of two or more inputs. Source: Keras 3, `keras.layers.Multiply`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Multiply"
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


class PReLU(RecordLayer):
    """`x` above 0, `alpha * x` below, with a trained alpha for each element of a sample.

    Weight `alpha` with a sample's shape, 1 at the shared axes. Source: He et al. 2015; Keras 3,
    `keras.layers.PReLU`.

    Args:
        alpha_initializer: How the slopes begin.
        alpha_regularizer: The penalty on the slopes.
        alpha_constraint: What the slopes must fulfil.
        shared_axes: The axes along which all elements have one slope: 1 and 2 for the places of
        an image.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "PReLU"
    _fields: ClassVar[tuple[str, ...]] = (
        "alpha_initializer",
        "alpha_regularizer",
        "alpha_constraint",
        "shared_axes",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "alpha_initializer": "initializer",
        "alpha_regularizer": "regularizer",
        "alpha_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "alpha_initializer": "zeros",
        "alpha_regularizer": None,
        "alpha_constraint": None,
        "shared_axes": None,
    }

    def __init__(
        self,
        alpha_initializer: Any = "zeros",
        alpha_regularizer: Any = None,
        alpha_constraint: Any = None,
        shared_axes: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "alpha_initializer": alpha_initializer,
                "alpha_regularizer": alpha_regularizer,
                "alpha_constraint": alpha_constraint,
                "shared_axes": shared_axes,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Permute(RecordLayer):
    """The axes of each sample in another order. Source: Keras 3, `keras.layers.Permute`.

    Args:
        dims: The axes in their new order, counted from 1: the batch is not among them.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Permute"
    _fields: ClassVar[tuple[str, ...]] = (
        "dims",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        dims: Any,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "dims": dims,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RMSNormalization(RecordLayer):
    """Divides each sample by the root of its mean square along axes, then scales it by a trained
    weight: `scale * x / sqrt(mean(x^2) + epsilon)`.

    Weight `scale` with the sizes of the axes. Source: Zhang and Sennrich 2019; Keras 3,
    `keras.layers.RMSNormalization`.

    Args:
        axis: The axes that are normalized together.
        epsilon: Added to the mean square.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RMSNormalization"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
        "epsilon",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
        "epsilon": 1e-06,
    }

    def __init__(
        self,
        axis: Any = -1,
        epsilon: float = 1e-06,
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
                "epsilon": epsilon,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RandomBrightness(RecordLayer):
    """While training, adds one number to all pixels of an image. Source: Keras 3,
    `keras.layers.RandomBrightness`.

    Args:
        factor: How much, in parts of the value range.
        value_range: The limits of the pixels.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RandomBrightness"
    _fields: ClassVar[tuple[str, ...]] = (
        "factor",
        "value_range",
        "seed",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "value_range": [0.0, 255.0],
        "seed": None,
        "data_format": None,
    }

    def __init__(
        self,
        factor: Any,
        value_range: Any = [0.0, 255.0],
        seed: int | None = None,
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
                "factor": factor,
                "value_range": value_range,
                "seed": seed,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RandomContrast(RecordLayer):
    """While training, multiplies the distance of each pixel from its channel's mean by a number
    from `1 - lower` to `1 + upper`. Source: Keras 3, `keras.layers.RandomContrast`.

    Args:
        factor: How much: one number for lower and upper, or both.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        value_range: The limits of the pixels.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RandomContrast"
    _fields: ClassVar[tuple[str, ...]] = (
        "factor",
        "value_range",
        "seed",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
        "value_range": [0.0, 255.0],
        "data_format": None,
    }

    def __init__(
        self,
        factor: Any,
        seed: int | None = None,
        value_range: Any = [0.0, 255.0],
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
                "factor": factor,
                "seed": seed,
                "value_range": value_range,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RandomFlip(RecordLayer):
    """While training, mirrors half of the images. Source: Keras 3, `keras.layers.RandomFlip`.

    Args:
        mode: How images are mirrored.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RandomFlip"
    _fields: ClassVar[tuple[str, ...]] = (
        "mode",
        "seed",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "mode": "horizontal_and_vertical",
        "seed": None,
        "data_format": None,
    }

    def __init__(
        self,
        mode: Any = "horizontal_and_vertical",
        seed: int | None = None,
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
                "mode": mode,
                "seed": seed,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RandomRotation(RecordLayer):
    """While training, turns each image around its middle, counter-clockwise by positive angles.
    Source: Keras 3, `keras.layers.RandomRotation`.

    Args:
        factor: How far, in full turns.
        fill_mode: What stands outside of an image.
        interpolation: How pixels between pixels are made.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        fill_value: The value outside, for "constant".
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RandomRotation"
    _fields: ClassVar[tuple[str, ...]] = (
        "factor",
        "fill_mode",
        "interpolation",
        "seed",
        "fill_value",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "fill_mode": "reflect",
        "interpolation": "bilinear",
        "seed": None,
        "fill_value": 0.0,
        "data_format": None,
    }

    def __init__(
        self,
        factor: Any,
        fill_mode: Any = "reflect",
        interpolation: Any = "bilinear",
        seed: int | None = None,
        fill_value: float = 0.0,
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
                "factor": factor,
                "fill_mode": fill_mode,
                "interpolation": interpolation,
                "seed": seed,
                "fill_value": fill_value,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RandomTranslation(RecordLayer):
    """While training, moves each image: down and right by positive factors. Source: Keras 3,
    `keras.layers.RandomTranslation`.

    Args:
        height_factor: How far down, in parts of the height.
        width_factor: How far to the right, in parts of the width.
        fill_mode: What stands outside of an image.
        interpolation: How pixels between pixels are made.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        fill_value: The value outside, for "constant".
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RandomTranslation"
    _fields: ClassVar[tuple[str, ...]] = (
        "height_factor",
        "width_factor",
        "fill_mode",
        "interpolation",
        "seed",
        "fill_value",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "fill_mode": "reflect",
        "interpolation": "bilinear",
        "seed": None,
        "fill_value": 0.0,
        "data_format": None,
    }

    def __init__(
        self,
        height_factor: Any,
        width_factor: Any,
        fill_mode: Any = "reflect",
        interpolation: Any = "bilinear",
        seed: int | None = None,
        fill_value: float = 0.0,
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
                "height_factor": height_factor,
                "width_factor": width_factor,
                "fill_mode": fill_mode,
                "interpolation": interpolation,
                "seed": seed,
                "fill_value": fill_value,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RandomZoom(RecordLayer):
    """While training, zooms each image around its middle: in by negative factors, out by positive
    ones. Source: Keras 3, `keras.layers.RandomZoom`.

    Args:
        height_factor: How much the seen height changes, in parts of the height.
        width_factor: The same for the width; if absent, the image's proportions stay.
        fill_mode: What stands outside of an image.
        interpolation: How pixels between pixels are made.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        fill_value: The value outside, for "constant".
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RandomZoom"
    _fields: ClassVar[tuple[str, ...]] = (
        "height_factor",
        "width_factor",
        "fill_mode",
        "interpolation",
        "seed",
        "fill_value",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "width_factor": None,
        "fill_mode": "reflect",
        "interpolation": "bilinear",
        "seed": None,
        "fill_value": 0.0,
        "data_format": None,
    }

    def __init__(
        self,
        height_factor: Any,
        width_factor: Any = None,
        fill_mode: Any = "reflect",
        interpolation: Any = "bilinear",
        seed: int | None = None,
        fill_value: float = 0.0,
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
                "height_factor": height_factor,
                "width_factor": width_factor,
                "fill_mode": fill_mode,
                "interpolation": interpolation,
                "seed": seed,
                "fill_value": fill_value,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class ReLU(RecordLayer):
    """`max(x, 0)`, with a slope below, a limit above and a threshold if wanted. Source: Keras 3,
    `keras.layers.ReLU`.

    Args:
        max_value: The largest value, if there shall be one.
        negative_slope: The slope below the threshold.
        threshold: Below this the function is on its lower branch.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ReLU"
    _fields: ClassVar[tuple[str, ...]] = (
        "max_value",
        "negative_slope",
        "threshold",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "max_value": None,
        "negative_slope": 0.0,
        "threshold": 0.0,
    }

    def __init__(
        self,
        max_value: float | None = None,
        negative_slope: float = 0.0,
        threshold: float = 0.0,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "max_value": max_value,
                "negative_slope": negative_slope,
                "threshold": threshold,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class RepeatVector(RecordLayer):
    """Each sample's vector as every step of a sequence. Source: Keras 3,
    `keras.layers.RepeatVector`.

    Args:
        n: The number of steps.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "RepeatVector"
    _fields: ClassVar[tuple[str, ...]] = (
        "n",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        n: int,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "n": n,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


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


class Resizing(RecordLayer):
    """Images in another size.

    Inputs `(batch, height, width, channels)` or one image `(height, width, channels)`. Source:
    Keras 3, `keras.layers.Resizing`.

    Args:
        height: The new height.
        width: The new width.
        interpolation: How the new pixels are made.
        crop_to_aspect_ratio: Whether the images are first cut to the new sides' ratio.
        pad_to_aspect_ratio: Whether the images are first padded to the new sides' ratio.
        fill_mode: With what images are padded; only "constant" is supported.
        fill_value: The value of the padding.
        antialias: Whether smaller images take in all pixels that a new one covers.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Resizing"
    _fields: ClassVar[tuple[str, ...]] = (
        "height",
        "width",
        "interpolation",
        "crop_to_aspect_ratio",
        "pad_to_aspect_ratio",
        "fill_mode",
        "fill_value",
        "antialias",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "interpolation": "bilinear",
        "crop_to_aspect_ratio": False,
        "pad_to_aspect_ratio": False,
        "fill_mode": "constant",
        "fill_value": 0.0,
        "antialias": False,
        "data_format": None,
    }

    def __init__(
        self,
        height: int,
        width: int,
        interpolation: Any = "bilinear",
        crop_to_aspect_ratio: bool = False,
        pad_to_aspect_ratio: bool = False,
        fill_mode: Any = "constant",
        fill_value: float = 0.0,
        antialias: bool = False,
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
                "height": height,
                "width": width,
                "interpolation": interpolation,
                "crop_to_aspect_ratio": crop_to_aspect_ratio,
                "pad_to_aspect_ratio": pad_to_aspect_ratio,
                "fill_mode": fill_mode,
                "fill_value": fill_value,
                "antialias": antialias,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class SeparableConv1D(RecordLayer):
    """Convolution over the steps of sequences in two parts: each channel for itself, then a
    mixture of channels at each step.

    Inputs `(batch, steps, channels)` or, channels first, `(batch, channels, steps)`; weights
    `depthwise_kernel` `(size, channels, multiplier)`, `pointwise_kernel` `(1, channels *
    multiplier, filters)` and `bias` `(filters)`. Source: Keras 3, `keras.layers.SeparableConv1D`.

    Args:
        filters: The number of output channels.
        kernel_size: The size of the window.
        strides: How far the window moves.
        padding: What happens at the border.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        depth_multiplier: How many channels each channel becomes before they are mixed.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        depthwise_initializer: How the kernel of each channel begins.
        pointwise_initializer: How the kernel that mixes channels begins.
        bias_initializer: How the bias begins.
        depthwise_regularizer: The penalty on the kernel of each channel.
        pointwise_regularizer: The penalty on the kernel that mixes channels.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        depthwise_constraint: What the kernel of each channel must fulfil.
        pointwise_constraint: What the kernel that mixes channels must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "SeparableConv1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "depth_multiplier",
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "data_format",
        "dilation_rate",
        "activation",
        "use_bias",
        "depthwise_initializer",
        "pointwise_initializer",
        "bias_initializer",
        "depthwise_regularizer",
        "pointwise_regularizer",
        "bias_regularizer",
        "depthwise_constraint",
        "pointwise_constraint",
        "bias_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "depthwise_initializer": "initializer",
        "pointwise_initializer": "initializer",
        "bias_initializer": "initializer",
        "depthwise_regularizer": "regularizer",
        "pointwise_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "depthwise_constraint": "constraint",
        "pointwise_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "strides": (1,),
        "padding": "valid",
        "data_format": None,
        "dilation_rate": (1,),
        "depth_multiplier": 1,
        "activation": None,
        "use_bias": True,
        "depthwise_initializer": "glorot_uniform",
        "pointwise_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "depthwise_regularizer": None,
        "pointwise_regularizer": None,
        "bias_regularizer": None,
        "depthwise_constraint": None,
        "pointwise_constraint": None,
        "bias_constraint": None,
    }

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1,),
        padding: Any = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1,),
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        pointwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
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
                "depth_multiplier": depth_multiplier,
                "activation": activation,
                "use_bias": use_bias,
                "depthwise_initializer": depthwise_initializer,
                "pointwise_initializer": pointwise_initializer,
                "bias_initializer": bias_initializer,
                "depthwise_regularizer": depthwise_regularizer,
                "pointwise_regularizer": pointwise_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "depthwise_constraint": depthwise_constraint,
                "pointwise_constraint": pointwise_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


SeparableConvolution1D = SeparableConv1D


class SeparableConv2D(RecordLayer):
    """Convolution over images in two parts: each channel for itself, then a mixture of channels
    at each place.

    Inputs `(batch, height, width, channels)` or, channels first, `(batch, channels, height,
    width)`; weights `depthwise_kernel` `(height, width, channels, multiplier)`,
    `pointwise_kernel` `(1, 1, channels * multiplier, filters)` and `bias` `(filters)`. Source:
    Chollet 2017; Keras 3, `keras.layers.SeparableConv2D`.

    Args:
        filters: The number of output channels.
        kernel_size: The size of the window.
        strides: How far the window moves.
        padding: What happens at the border.
        data_format: Where the channels are.
        dilation_rate: The distance of the window's elements.
        depth_multiplier: How many channels each channel becomes before they are mixed.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        depthwise_initializer: How the kernel of each channel begins.
        pointwise_initializer: How the kernel that mixes channels begins.
        bias_initializer: How the bias begins.
        depthwise_regularizer: The penalty on the kernel of each channel.
        pointwise_regularizer: The penalty on the kernel that mixes channels.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        depthwise_constraint: What the kernel of each channel must fulfil.
        pointwise_constraint: What the kernel that mixes channels must fulfil.
        bias_constraint: What the bias must fulfil.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "SeparableConv2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "depth_multiplier",
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "data_format",
        "dilation_rate",
        "activation",
        "use_bias",
        "depthwise_initializer",
        "pointwise_initializer",
        "bias_initializer",
        "depthwise_regularizer",
        "pointwise_regularizer",
        "bias_regularizer",
        "depthwise_constraint",
        "pointwise_constraint",
        "bias_constraint",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "depthwise_initializer": "initializer",
        "pointwise_initializer": "initializer",
        "bias_initializer": "initializer",
        "depthwise_regularizer": "regularizer",
        "pointwise_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "depthwise_constraint": "constraint",
        "pointwise_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "strides": (1, 1),
        "padding": "valid",
        "data_format": None,
        "dilation_rate": (1, 1),
        "depth_multiplier": 1,
        "activation": None,
        "use_bias": True,
        "depthwise_initializer": "glorot_uniform",
        "pointwise_initializer": "glorot_uniform",
        "bias_initializer": "zeros",
        "depthwise_regularizer": None,
        "pointwise_regularizer": None,
        "bias_regularizer": None,
        "depthwise_constraint": None,
        "pointwise_constraint": None,
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
        depth_multiplier: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        depthwise_initializer: Any = "glorot_uniform",
        pointwise_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        depthwise_regularizer: Any = None,
        pointwise_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        depthwise_constraint: Any = None,
        pointwise_constraint: Any = None,
        bias_constraint: Any = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
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
                "depth_multiplier": depth_multiplier,
                "activation": activation,
                "use_bias": use_bias,
                "depthwise_initializer": depthwise_initializer,
                "pointwise_initializer": pointwise_initializer,
                "bias_initializer": bias_initializer,
                "depthwise_regularizer": depthwise_regularizer,
                "pointwise_regularizer": pointwise_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "depthwise_constraint": depthwise_constraint,
                "pointwise_constraint": pointwise_constraint,
                "bias_constraint": bias_constraint,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


SeparableConvolution2D = SeparableConv2D


class SimpleRNN(RecurrentRecordLayer):
    """`h = activation(x . kernel + h . recurrent_kernel + bias)`, step by step.

    Inputs `(batch, steps, features)` and, if wanted, the initial state `(batch, units)`; output
    `(batch, units)`, or `(batch, steps, units)` with `return_sequences`, and the last state with
    `return_state`. Weights `kernel` `(features, units)`, `recurrent_kernel` `(units, units)`,
    `bias` `(units)`. Source: Keras 3, `keras.layers.SimpleRNN`.

    Args:
        units: The number of outputs, and the length of each state.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        recurrent_initializer: How the recurrent kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        recurrent_regularizer: The penalty on the recurrent kernel.
        bias_regularizer: The penalty on the bias.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
        kernel_constraint: What the kernel must fulfil.
        recurrent_constraint: What the recurrent kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        dropout: The part of the inputs that training drops: 0 to 1.
        recurrent_dropout: The part of the state that training drops: 0 to 1.
        return_sequences: Whether the output is that of every step, or of the last one only.
        return_state: Whether the last states are outputs too.
        go_backwards: Whether to go from the last step to the first; outputs come in that order.
        stateful: Whether a batch begins with the states that the last one ended with.
        unroll: Kept for Keras: how the loop runs is the engine's choice.
        zero_output_for_mask: Whether outputs of steps that do not count are 0, or those of the
        step before.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
    """

    _record = "SimpleRNN"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "use_bias",
        "kernel_initializer",
        "recurrent_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "recurrent_constraint",
        "bias_constraint",
        "dropout",
        "recurrent_dropout",
        "seed",
        "return_sequences",
        "return_state",
        "go_backwards",
        "stateful",
        "unroll",
        "zero_output_for_mask",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "kernel_initializer": "initializer",
        "recurrent_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "recurrent_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "recurrent_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": "tanh",
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "recurrent_initializer": "orthogonal",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "recurrent_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "recurrent_constraint": None,
        "bias_constraint": None,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
        "return_sequences": False,
        "return_state": False,
        "go_backwards": False,
        "stateful": False,
        "unroll": False,
        "zero_output_for_mask": False,
        "seed": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        zero_output_for_mask: bool = False,
        seed: int | None = None,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "units": units,
                "activation": activation,
                "use_bias": use_bias,
                "kernel_initializer": kernel_initializer,
                "recurrent_initializer": recurrent_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "recurrent_regularizer": recurrent_regularizer,
                "bias_regularizer": bias_regularizer,
                "activity_regularizer": activity_regularizer,
                "kernel_constraint": kernel_constraint,
                "recurrent_constraint": recurrent_constraint,
                "bias_constraint": bias_constraint,
                "dropout": dropout,
                "recurrent_dropout": recurrent_dropout,
                "return_sequences": return_sequences,
                "return_state": return_state,
                "go_backwards": go_backwards,
                "stateful": stateful,
                "unroll": unroll,
                "zero_output_for_mask": zero_output_for_mask,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
            },
            kwargs,
        )


class SimpleRNNCell(CellRecordLayer):
    """One step of a [`SimpleRNN`]: inputs `(batch, features)` and the state `(batch, units)`,
    outputs the output and the next state, which are one. Source: Keras 3,
    `keras.layers.SimpleRNNCell`.

    Args:
        units: The number of outputs, and the length of each state.
        activation: The function of the outputs.
        use_bias: Whether there is a bias.
        kernel_initializer: How the kernel begins.
        recurrent_initializer: How the recurrent kernel begins.
        bias_initializer: How the bias begins.
        kernel_regularizer: The penalty on the kernel.
        recurrent_regularizer: The penalty on the recurrent kernel.
        bias_regularizer: The penalty on the bias.
        kernel_constraint: What the kernel must fulfil.
        recurrent_constraint: What the recurrent kernel must fulfil.
        bias_constraint: What the bias must fulfil.
        dropout: The part of the inputs that training drops: 0 to 1.
        recurrent_dropout: The part of the state that training drops: 0 to 1.
        seed: Draws dropout from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "SimpleRNNCell"
    _fields: ClassVar[tuple[str, ...]] = (
        "units",
        "activation",
        "use_bias",
        "kernel_initializer",
        "recurrent_initializer",
        "bias_initializer",
        "kernel_regularizer",
        "recurrent_regularizer",
        "bias_regularizer",
        "kernel_constraint",
        "recurrent_constraint",
        "bias_constraint",
        "dropout",
        "recurrent_dropout",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {
        "activation": "activation",
        "kernel_initializer": "initializer",
        "recurrent_initializer": "initializer",
        "bias_initializer": "initializer",
        "kernel_regularizer": "regularizer",
        "recurrent_regularizer": "regularizer",
        "bias_regularizer": "regularizer",
        "kernel_constraint": "constraint",
        "recurrent_constraint": "constraint",
        "bias_constraint": "constraint",
    }
    _default_options: ClassVar[dict[str, Any]] = {
        "activation": "tanh",
        "use_bias": True,
        "kernel_initializer": "glorot_uniform",
        "recurrent_initializer": "orthogonal",
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "recurrent_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "recurrent_constraint": None,
        "bias_constraint": None,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
        "seed": None,
    }

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        seed: int | None = None,
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
                "recurrent_initializer": recurrent_initializer,
                "bias_initializer": bias_initializer,
                "kernel_regularizer": kernel_regularizer,
                "recurrent_regularizer": recurrent_regularizer,
                "bias_regularizer": bias_regularizer,
                "kernel_constraint": kernel_constraint,
                "recurrent_constraint": recurrent_constraint,
                "bias_constraint": bias_constraint,
                "dropout": dropout,
                "recurrent_dropout": recurrent_dropout,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Softmax(RecordLayer):
    """`exp(x) / sum(exp(x))` along an axis or several.

    A second input, if given, is a mask that broadcasts to the first: 0 keeps an element out.
    Source: Keras 3, `keras.layers.Softmax`.

    Args:
        axis: The axes that sum to 1.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Softmax"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
    }

    def __init__(
        self,
        axis: Any = -1,
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


class SpatialDropout1D(RecordLayer):
    """While training, sets whole channels of sequences to 0 and scales the others up. Source:
    Tompson et al. 2015; Keras 3, `keras.layers.SpatialDropout1D`.

    Args:
        rate: The part of the channels that become 0: 0 to 1.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "SpatialDropout1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "rate",
        "seed",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "seed": None,
    }

    def __init__(
        self,
        rate: float,
        seed: int | None = None,
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
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class SpatialDropout2D(RecordLayer):
    """While training, sets whole channels of images to 0 and scales the others up. Source:
    Tompson et al. 2015; Keras 3, `keras.layers.SpatialDropout2D`.

    Args:
        rate: The part of the channels that become 0: 0 to 1.
        data_format: Where the channels are.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "SpatialDropout2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "rate",
        "seed",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "data_format": None,
        "seed": None,
    }

    def __init__(
        self,
        rate: float,
        data_format: Any = None,
        seed: int | None = None,
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
                "data_format": data_format,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class SpatialDropout3D(RecordLayer):
    """While training, sets whole channels of volumes to 0 and scales the others up. Source:
    Tompson et al. 2015; Keras 3, `keras.layers.SpatialDropout3D`.

    Args:
        rate: The part of the channels that become 0: 0 to 1.
        data_format: Where the channels are.
        seed: Draws from a stream of the layer's own; if absent, from the model's.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "SpatialDropout3D"
    _fields: ClassVar[tuple[str, ...]] = (
        "rate",
        "seed",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "data_format": None,
        "seed": None,
    }

    def __init__(
        self,
        rate: float,
        data_format: Any = None,
        seed: int | None = None,
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
                "data_format": data_format,
                "seed": seed,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class Subtract(RecordLayer):
    """The elementwise difference of two inputs: the first minus the second. Source: Keras 3,
    `keras.layers.Subtract`.

    Args:
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "Subtract"
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


class ThresholdedReLU(RecordLayer):
    """`x` above the threshold, else 0. Source: Konda et al. 2015; Keras 2,
    `keras.layers.ThresholdedReLU`.

    Args:
        theta: The threshold.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ThresholdedReLU"
    _fields: ClassVar[tuple[str, ...]] = (
        "theta",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "theta": 1.0,
    }

    def __init__(
        self,
        theta: float = 1.0,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "theta": theta,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class UnitNormalization(RecordLayer):
    """Gives each sample Euclidean norm 1 along axes. Source: Keras 3,
    `keras.layers.UnitNormalization`.

    Args:
        axis: The axes that are normalized together.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "UnitNormalization"
    _fields: ClassVar[tuple[str, ...]] = (
        "axis",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "axis": -1,
    }

    def __init__(
        self,
        axis: Any = -1,
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


class UpSampling1D(RecordLayer):
    """Every step several times. Source: Keras 3, `keras.layers.UpSampling1D`.

    Args:
        size: How often each step comes.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "UpSampling1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "size",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "size": 2,
    }

    def __init__(
        self,
        size: int = 2,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "size": size,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class UpSampling2D(RecordLayer):
    """Images enlarged by whole numbers. Source: Keras 3, `keras.layers.UpSampling2D`.

    Args:
        size: The factors of height and width.
        data_format: Where the channels are.
        interpolation: How the new pixels are made.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "UpSampling2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "size",
        "data_format",
        "interpolation",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "size": (2, 2),
        "data_format": None,
        "interpolation": "nearest",
    }

    def __init__(
        self,
        size: Any = (2, 2),
        data_format: Any = None,
        interpolation: Any = "nearest",
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            {
                "size": size,
                "data_format": data_format,
                "interpolation": interpolation,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class UpSampling3D(RecordLayer):
    """Volumes enlarged by whole numbers: every element several times. Source: Keras 3,
    `keras.layers.UpSampling3D`.

    Args:
        size: The factors of depth, height and width.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "UpSampling3D"
    _fields: ClassVar[tuple[str, ...]] = (
        "size",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "size": (2, 2, 2),
        "data_format": None,
    }

    def __init__(
        self,
        size: Any = (2, 2, 2),
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
                "size": size,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class ZeroPadding1D(RecordLayer):
    """Zeros before and after the steps of sequences. Source: Keras 3,
    `keras.layers.ZeroPadding1D`.

    Args:
        padding: How many zeros stand before and after, in each spatial dimension.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ZeroPadding1D"
    _fields: ClassVar[tuple[str, ...]] = (
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "padding": (1, 1),
        "data_format": None,
    }

    def __init__(
        self,
        padding: Any = (1, 1),
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
                "padding": padding,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class ZeroPadding2D(RecordLayer):
    """Zeros around images. Source: Keras 3, `keras.layers.ZeroPadding2D`.

    Args:
        padding: How many zeros stand before and after, in each spatial dimension.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ZeroPadding2D"
    _fields: ClassVar[tuple[str, ...]] = (
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "padding": [[1, 1], [1, 1]],
        "data_format": None,
    }

    def __init__(
        self,
        padding: Any = [[1, 1], [1, 1]],
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
                "padding": padding,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


class ZeroPadding3D(RecordLayer):
    """Zeros around volumes. Source: Keras 3, `keras.layers.ZeroPadding3D`.

    Args:
        padding: How many zeros stand before and after, in each spatial dimension.
        data_format: Where the channels are.
        name: The layer's name; made of the class name if absent.
        trainable: Whether training changes the layer's weights.
        dtype: The element types of variables and computation.
        activity_regularizer: Adds a penalty on the layer's outputs to the loss.
    """

    _record = "ZeroPadding3D"
    _fields: ClassVar[tuple[str, ...]] = (
        "padding",
        "data_format",
    )
    _kinds: ClassVar[dict[str, str]] = {}
    _default_options: ClassVar[dict[str, Any]] = {
        "padding": [[1, 1], [1, 1], [1, 1]],
        "data_format": None,
    }

    def __init__(
        self,
        padding: Any = [[1, 1], [1, 1], [1, 1]],
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
                "padding": padding,
                "data_format": data_format,
                "name": name,
                "trainable": trainable,
                "dtype": dtype,
                "activity_regularizer": activity_regularizer,
            },
            kwargs,
        )


NAMES = (
    "Activation",
    "ActivityRegularization",
    "Add",
    "AdditiveAttention",
    "AlphaDropout",
    "Attention",
    "Average",
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
    "AvgPool1D",
    "AvgPool2D",
    "AvgPool3D",
    "BatchNormalization",
    "CategoryEncoding",
    "CenterCrop",
    "Concatenate",
    "Conv1D",
    "Conv1DTranspose",
    "Conv2D",
    "Conv2DTranspose",
    "Conv3D",
    "Conv3DTranspose",
    "Convolution1D",
    "Convolution1DTranspose",
    "Convolution2D",
    "Convolution2DTranspose",
    "Convolution3D",
    "Convolution3DTranspose",
    "Cropping1D",
    "Cropping2D",
    "Cropping3D",
    "Dense",
    "DepthwiseConv1D",
    "DepthwiseConv2D",
    "Dot",
    "Dropout",
    "ELU",
    "EinsumDense",
    "Embedding",
    "Flatten",
    "GRU",
    "GRUCell",
    "GaussianDropout",
    "GaussianNoise",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalAveragePooling3D",
    "GlobalAvgPool1D",
    "GlobalAvgPool2D",
    "GlobalAvgPool3D",
    "GlobalMaxPool1D",
    "GlobalMaxPool2D",
    "GlobalMaxPool3D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "GlobalMaxPooling3D",
    "GroupNormalization",
    "GroupQueryAttention",
    "GroupedQueryAttention",
    "Identity",
    "LSTM",
    "LSTMCell",
    "LayerNormalization",
    "LeakyReLU",
    "Masking",
    "MaxPool1D",
    "MaxPool2D",
    "MaxPool3D",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
    "Maximum",
    "Minimum",
    "MultiHeadAttention",
    "Multiply",
    "PReLU",
    "Permute",
    "RMSNormalization",
    "RandomBrightness",
    "RandomContrast",
    "RandomFlip",
    "RandomRotation",
    "RandomTranslation",
    "RandomZoom",
    "ReLU",
    "RepeatVector",
    "Rescaling",
    "Reshape",
    "Resizing",
    "SeparableConv1D",
    "SeparableConv2D",
    "SeparableConvolution1D",
    "SeparableConvolution2D",
    "SimpleRNN",
    "SimpleRNNCell",
    "Softmax",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    "Subtract",
    "ThresholdedReLU",
    "UnitNormalization",
    "UpSampling1D",
    "UpSampling2D",
    "UpSampling3D",
    "ZeroPadding1D",
    "ZeroPadding2D",
    "ZeroPadding3D",
)
