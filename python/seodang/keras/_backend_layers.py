"""Functions of `keras.backend` that do the work of layers: convolutions, padding, recurrence."""

from __future__ import annotations

from seodang import _nest
from seodang.compat import tensorflow as tf

from . import _config


def temporal_padding(x, padding=(1, 1)):
    """Zeros before and after along the second of three axes."""
    return tf.pad(x, [[0, 0], list(padding), [0, 0]])


def spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format: str | None = None):
    """Zeros around pictures."""
    inner = [list(p) for p in padding]
    first = (data_format or _config.image_data_format()) == "channels_first"
    return tf.pad(x, [[0, 0], [0, 0], *inner] if first else [[0, 0], *inner, [0, 0]])


def resize_images(x, height_factor: int, width_factor: int, data_format: str,
                  interpolation: str = "nearest"):
    """Pictures, larger by whole factors."""
    from .layers import UpSampling2D

    return UpSampling2D((height_factor, width_factor), data_format, interpolation)(x)


def conv1d(x, kernel, strides: int = 1, padding: str = "valid", data_format=None, dilation_rate: int = 1):
    """The convolution of rows of steps; padding "causal" sees no later ones."""
    if padding == "causal":
        x = temporal_padding(x, (dilation_rate * (kernel.shape[0] - 1), 0))
        padding = "valid"
    return tf.nn.convolution(x, kernel, strides, padding.upper(), dilations=dilation_rate)


def conv2d(x, kernel, strides=(1, 1), padding: str = "valid", data_format=None, dilation_rate=(1, 1)):
    """The convolution of pictures."""
    return tf.nn.conv2d(x, kernel, list(strides), padding.upper(), dilations=list(dilation_rate))


def pool2d(x, pool_size, strides=(1, 1), padding: str = "valid", data_format=None,
           pool_mode: str = "max"):
    """The largest value, or with `pool_mode="avg"` the mean, of each window."""
    if pool_mode not in ("max", "avg"):
        raise ValueError(f"Invalid pooling mode: {pool_mode}")
    run = tf.nn.max_pool2d if pool_mode == "max" else tf.nn.avg_pool2d
    return run(x, list(pool_size), list(strides), padding.upper())


def batch_normalization(x, mean, var, beta, gamma, axis: int = -1, epsilon: float = 1e-3):
    """(x - mean) / sqrt(var + epsilon) * gamma + beta."""
    return tf.nn.batch_normalization(x, mean, var, beta, gamma, epsilon)


def rnn(step_function, inputs, initial_states, go_backwards: bool = False, mask=None, constants=None,
        unroll: bool = False, input_length=None, time_major: bool = False,
        zero_output_for_mask: bool = False, return_all_outputs: bool = True):
    """Runs a step over the second axis (the first with `time_major`): (last output, outputs, states).

    `step_function` takes the inputs of a step and the list of states, after which come the constants; it
    gives the output and the new states. Where `mask` is false, output and states stay.
    """
    swap = lambda t: tf.transpose(t, [1, 0, *range(2, len(t.shape))])  # noqa: E731
    x = inputs if time_major else _nest.map_structure(swap, inputs)
    masks = None if mask is None else tf.unstack(mask if time_major else swap(mask), axis=0)
    steps = int(_nest.flatten(x)[0].shape[0])
    states, outputs, output = list(initial_states), [], None
    for t in reversed(range(steps)) if go_backwards else range(steps):
        row = _nest.map_structure(lambda v: v[t], x)  # noqa: B023
        new, new_states = step_function(row, [*states, *(constants or [])])
        if masks is not None:
            keep = masks[t]
            before = tf.zeros_like(new) if output is None or zero_output_for_mask else output
            new = tf.where(_like(keep, new), new, before)
            new_states = [tf.where(_like(keep, n), n, s) for n, s in zip(new_states, states)]
        output, states = new, list(new_states)
        outputs.append(output)
    outputs = tf.stack(outputs if return_all_outputs else outputs[-1:], 0)
    return output, outputs if time_major else swap(outputs), states


def _like(keep, value):
    keep = tf.cast(keep, "bool")
    while len(keep.shape) < len(value.shape):
        keep = tf.expand_dims(keep, -1)
    return keep
