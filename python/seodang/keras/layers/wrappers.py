"""Layers around other layers: `Wrapper`, `TimeDistributed`, `Bidirectional`."""

from __future__ import annotations

from ... import _native as native
from ... import _nest
from ..._shapes import TensorShape
from .. import _symbolic
from ..saving import objects
from .base import Layer


class Wrapper(Layer):
    """A layer that holds another; subclass it.

    Args:
        layer: the layer inside.
    """

    def __init__(self, layer, **kwargs) -> None:
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Please initialize `{type(self).__name__}` layer with a `tf.keras.layers.Layer` "
                f"instance. Received: {layer}"
            )
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape=None) -> None:
        """Builds the layer inside."""
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True

    def get_config(self) -> dict:
        """The options with the layer inside."""
        config = super().get_config()
        config["layer"] = objects.serialize_keras_object(self.layer)
        return config

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None):
        """The layer of a configuration."""
        config = dict(config)
        layer = config.pop("layer")
        if isinstance(layer, dict):
            layer = objects.deserialize_keras_object(
                {"module": "keras.layers", **layer}, custom_objects
            )
        return cls(layer, **config)


class TimeDistributed(Wrapper):
    """A layer applied to every step of a sequence `(batch, steps, ...)`."""

    def __init__(self, layer, **kwargs) -> None:
        super().__init__(layer, **kwargs)
        self.supports_masking = True

    def build(self, input_shape=None) -> None:
        """Builds the layer inside for one step."""
        shape = tuple(TensorShape(input_shape))
        if len(shape) < 3:
            raise ValueError(
                "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 "
                f"dimensions, received: {list(shape)}"
            )
        inner = TensorShape((shape[0], *shape[2:]))
        if not self.layer.built:
            self.layer.build(inner)
            self.layer.built = True

    def call(self, inputs, training=None, mask=None):
        """The layer's outputs for each step."""
        shape = tuple(inputs.shape)
        flat = native.reshape(inputs, [shape[0] * shape[1], *shape[2:]])
        outputs = self.layer(flat, training=training)
        return _nest.map_structure(
            lambda y: native.reshape(y, [shape[0], shape[1], *tuple(y.shape)[1:]]), outputs
        )

    def compute_output_shape(self, input_shape):
        """The shape of the outputs, the batch included."""
        shape = tuple(TensorShape(input_shape))
        inner = tuple(self.layer.compute_output_shape(TensorShape((shape[0], *shape[2:]))))
        return TensorShape((inner[0], shape[1], *inner[1:]))

    def _infer_outputs(self, args: tuple, kwargs: dict):
        x = args[0]
        if not _symbolic.is_symbolic(x):
            return super()._infer_outputs(args, kwargs)
        shape = tuple(x.shape)
        inner = _symbolic.KerasTensor((shape[0], *shape[2:]), x.dtype)
        outputs = self.layer._infer((inner,), {})

        def spread(y):
            z = _symbolic.KerasTensor((shape[0], shape[1], *tuple(y.shape)[1:]), y.dtype)
            z._keras_mask = x._keras_mask
            return z

        return _nest.map_structure(spread, outputs)


class Bidirectional(Wrapper):
    """A recurrent layer twice, from the first step on and from the last step back.

    Args:
        layer: the recurrent layer.
        merge_mode: ``"concat"``, ``"sum"``, ``"mul"``, ``"ave"``, or None for a list of both.
        weights: initial weights of both.
        backward_layer: the layer that goes backwards; one like `layer` if absent.
    """

    def __init__(
        self, layer, merge_mode: str | None = "concat", weights=None, backward_layer=None, **kwargs
    ) -> None:
        if merge_mode not in ("sum", "mul", "ave", "concat", None):
            raise ValueError(
                f"Invalid merge mode. Received: {merge_mode}. Merge mode should be one of "
                "{'sum', 'mul', 'ave', 'concat', None}"
            )
        if isinstance(layer, Layer):
            if not hasattr(layer, "go_backwards") and "go_backwards" not in layer.get_config():
                raise ValueError(
                    "The layer inside `Bidirectional` must be recurrent: it needs the attribute "
                    f"`go_backwards`. Received: {layer}"
                )
            shape = layer._batch_input_shape
            if shape is not None and "input_shape" not in kwargs:
                kwargs.setdefault("batch_input_shape", shape)
        super().__init__(layer, **kwargs)
        self.__dict__["_tracked"].pop("layer", None)
        self.merge_mode = merge_mode
        self.supports_masking = True
        self.forward_layer = self._copy(layer, "forward_")
        if backward_layer is None:
            back = not bool(layer.get_config().get("go_backwards", False))
            self.backward_layer = self._copy(layer, "backward_", go_backwards=back)
        else:
            self.backward_layer = backward_layer
            if backward_layer.name == layer.name:
                backward_layer._name = "backward_" + backward_layer.name
            self.__dict__["_given_backward"] = True
        config = layer.get_config()
        self.return_sequences = bool(config.get("return_sequences"))
        self.return_state = bool(config.get("return_state"))
        self.stateful = bool(config.get("stateful"))
        if weights is not None:
            self.__dict__["_initial_weights"] = weights

    @staticmethod
    def _copy(layer, prefix: str, **changes):
        config = layer.get_config()
        config["name"] = prefix + layer.name
        config.pop("batch_input_shape", None)
        return type(layer).from_config({**config, **changes})

    def build(self, input_shape=None) -> None:
        """Builds both layers."""
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                layer.build(input_shape)
                layer.built = True

    def __call__(self, inputs, initial_state=None, **kwargs):
        if isinstance(inputs, (list, tuple)) and initial_state is None and len(inputs) > 1 and all(
            hasattr(x, "shape") for x in inputs
        ):
            inputs, initial_state = inputs[0], list(inputs[1:])
        if initial_state is not None:
            kwargs["initial_state"] = initial_state
        return super().__call__(inputs, **kwargs)

    def call(self, inputs, training=None, mask=None, initial_state=None):
        """Both layers' outputs, merged; then their states."""
        first, second = {}, {}
        if initial_state is not None:
            half = len(initial_state) // 2
            first["initial_state"] = list(initial_state[:half])
            second["initial_state"] = list(initial_state[half:])
        if mask is not None:
            first["mask"] = second["mask"] = mask
        y = self.forward_layer(inputs, training=training, **first)
        z = self.backward_layer(inputs, training=training, **second)
        states = []
        if self.return_state:
            states, y, z = [*y[1:], *z[1:]], y[0], z[0]
        if self.return_sequences:
            z = native.reverse(z, [1])
        if self.merge_mode == "concat":
            out = native.concat([y, z], -1)
        elif self.merge_mode == "sum":
            out = y + z
        elif self.merge_mode == "ave":
            out = (y + z) / 2
        elif self.merge_mode == "mul":
            out = y * z
        else:
            out = [y, z]
        if self.return_state:
            return [*out, *states] if isinstance(out, list) else [out, *states]
        return out

    def compute_mask(self, inputs, mask=None):
        """The mask of the outputs, if they are sequences."""
        mask = mask[0] if isinstance(mask, list) else mask
        return mask if self.return_sequences else None

    def reset_states(self) -> None:
        """Puts the states of both layers back to their beginning."""
        for layer in (self.forward_layer, self.backward_layer):
            layer.reset_states()

    def get_config(self) -> dict:
        """The options with the layer inside."""
        config = super().get_config()
        config["merge_mode"] = self.merge_mode
        if self.__dict__.get("_given_backward"):
            config["backward_layer"] = objects.serialize_keras_object(self.backward_layer)
        return config

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None):
        """The layer of a configuration."""
        config = dict(config)
        if isinstance(config.get("backward_layer"), dict):
            config["backward_layer"] = objects.deserialize_keras_object(config["backward_layer"])
        return super().from_config(config, custom_objects)
