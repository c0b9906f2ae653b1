"""What the architectures share: their arguments, their last layers, Keras's files of trained weights."""

from __future__ import annotations

import os
import warnings

from .. import _symbolic, layers
from ..models.functional import Functional
from ..utils.files import get_file, get_source_inputs, home

_URL = "https://storage.googleapis.com/tensorflow/keras-applications/"


class Network:
    """One network that is being built: the arguments that all architectures take.

    Args:
        include_top: whether the classifier is there.
        weights: None, ``"imagenet"`` or a file's name.
        input_tensor, input_shape: a symbolic value, or the pictures' shape.
        pooling: ``"avg"`` or ``"max"`` after the last layer of a network without classifier.
        classes, classifier_activation: the classifier's size and activation.
        size: the pictures' width and height if no shape is given.
        least: the least width and height.

    Raises ValueError for arguments that do not fit together.
    """

    def __init__(self, include_top, weights, input_tensor, input_shape, pooling, classes,
                 classifier_activation, size: int, least: int = 32) -> None:
        if weights not in ("imagenet", None) and not os.path.exists(weights):
            raise ValueError(
                "The `weights` argument should be either `None` (random initialization), `imagenet` "
                "(pre-training on ImageNet), or the path to the weights file to be loaded. Received "
                f"`weights={weights}`"
            )
        if weights == "imagenet" and include_top and classes != 1000:
            raise ValueError(
                'If using `weights` as `"imagenet"` with `include_top` as true, `classes` should be '
                f"1000. Received `classes={classes}`"
            )
        self.include_top, self.weights, self.pooling = include_top, weights, pooling
        self.classes, self.activation = classes, classifier_activation
        self.input_tensor = input_tensor
        self.shape = _shape(input_shape, size, least, include_top, weights)
        if input_tensor is None:
            self.input = layers.Input(self.shape)
        elif _symbolic.is_symbolic(input_tensor):
            self.input = input_tensor
        else:
            self.input = layers.Input(tensor=input_tensor, shape=self.shape)

    def top(self, x, average: str | None = "avg_pool", names: bool = True, dropout=None):
        """The classifier, or the pooling that was asked for.

        `average` is the classifier's pooling layer's name; `names` says whether the poolings of a
        network without classifier have names; `dropout` is a rate and a name.
        """
        if self.include_top:
            x = layers.GlobalAveragePooling2D(name=average)(x)
            if dropout is not None and dropout[0] > 0:
                x = layers.Dropout(dropout[0], name=dropout[1])(x)
            return layers.Dense(self.classes, activation=self.activation, name="predictions")(x)
        return self.pool(x, names)

    def pool(self, x, names: bool = False):
        """The pooling that was asked for."""
        if self.pooling == "avg":
            return layers.GlobalAveragePooling2D(name="avg_pool" if names else None)(x)
        if self.pooling == "max":
            return layers.GlobalMaxPooling2D(name="max_pool" if names else None)(x)
        return x

    def model(self, x, name: str, folder: str, files: tuple[str, str]):
        """The model, with its weights: `files` of Keras's, with the classifier and without."""
        inputs = self.input
        if self.input_tensor is not None and _symbolic.is_symbolic(self.input_tensor):
            sources = get_source_inputs(self.input_tensor)
            inputs = sources if len(sources) > 1 else sources[0]
        model = Functional(inputs, x, name=name)
        if self.weights == "imagenet":
            model.load_weights(weights_file(folder, files[0 if self.include_top else 1]))
        elif self.weights is not None:
            model.load_weights(self.weights)
        return model


def weights_file(folder: str, file: str) -> str:
    """Keras's file of trained weights: from Keras's cache, else fetched.

    Raises OSError that says which file goes where, if it can not be fetched.
    """
    place = home() / "models" / file
    try:
        return get_file(file, _URL + folder + file, cache_subdir="models")
    except OSError as e:
        raise OSError(
            f"The trained weights are not here and cannot be fetched ({e}). Put Keras's file {file} "
            f"into {place.parent}, or use weights=None for new weights."
        ) from e


def _shape(given, size: int, least: int, include_top: bool, weights) -> tuple:
    trained = weights == "imagenet"
    default = (size, size, 3)
    if not trained and given is not None and len(given) == 3:
        if given[-1] not in (1, 3):
            warnings.warn(
                "This model usually expects 1 or 3 input channels. However, it was passed an "
                f"input_shape with {given[-1]} input channels.", stacklevel=4,
            )
        default = (size, size, given[-1])
    if trained and include_top:
        if given is not None and tuple(given) != default:
            raise ValueError(
                "When setting `include_top=True` and loading `imagenet` weights, `input_shape` should "
                f"be {default}.  Received: input_shape={given}"
            )
        return default
    if given is None:
        return default if include_top else (None, None, 3)
    given = tuple(given)
    if len(given) != 3:
        raise ValueError("`input_shape` must be a tuple of three integers.")
    if given[-1] != 3 and trained:
        raise ValueError(f"The input must have 3 channels; Received `input_shape={given}`")
    if any(d is not None and d < least for d in given[:2]):
        raise ValueError(
            f"Input size must be at least {least}x{least}; Received: input_shape={given}"
        )
    if include_top and None in given:
        raise ValueError(
            "If `include_top` is True, you should specify a static `input_shape`. Received: "
            f"input_shape={given}"
        )
    return given


def divisible(value: float, by: int = 8, least: int | None = None) -> int:
    """The multiple of a number nearest to a value, not less than nine tenths of it."""
    made = max(least or by, int(value + by / 2) // by * by)
    return made + by if made < 0.9 * value else made


def padding_for_strides(x, kernel: int) -> tuple:
    """The zeros around pictures that make a kernel with strides 2 meet the same pixels whatever the
    size, as TensorFlow's first networks did."""
    half = kernel // 2
    rows, columns = (1 if d is None else 1 - d % 2 for d in tuple(x.shape)[1:3])
    return (half - rows, half), (half - columns, half)
