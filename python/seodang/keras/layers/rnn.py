"""`RNN` over cells, the user's among them; `StackedRNNCells`."""

from __future__ import annotations

from ... import _native as native
from ... import _nest
from ..._shapes import TensorShape
from ..saving import objects
from .base import Layer


class AbstractRNNCell(Layer):
    """One step of a recurrent layer: subclass it with `call(inputs, states)`, `state_size`."""

    @property
    def state_size(self):
        """The length of the state, or a list of them."""
        raise NotImplementedError

    @property
    def output_size(self):
        """The length of the output."""
        raise NotImplementedError


def _sizes(size) -> list:
    return [size] if isinstance(size, int) else [_dims(s) for s in size]


def _dims(size):
    return size if isinstance(size, int) else list(size)


class StackedRNNCells(Layer):
    """Cells one above the other, as one cell."""

    def __init__(self, cells, **kwargs) -> None:
        for cell in cells:
            if not hasattr(cell, "state_size"):
                raise ValueError(f"All cells must have a `state_size` attribute. Received: {cell}")
        super().__init__(**kwargs)
        self.cells = list(cells)

    @property
    def state_size(self) -> list:
        """The lengths of all cells' states."""
        return [size for cell in self.cells for size in _sizes(cell.state_size)]

    @property
    def output_size(self) -> int:
        """The length of the last cell's output."""
        last = self.cells[-1]
        return getattr(last, "output_size", None) or _sizes(last.state_size)[0]

    def build(self, input_shape=None) -> None:
        """Builds the cells."""
        batch = tuple(TensorShape(input_shape))[0]
        for cell in self.cells:
            if not cell.built:
                cell.build(TensorShape(input_shape))
                cell.built = True
            size = getattr(cell, "output_size", None) or _sizes(cell.state_size)[0]
            input_shape = (batch, size)

    def call(self, inputs, states, training=None):
        """The last cell's output and all next states."""
        states, after = list(_nest.flatten(states)), []
        for cell in self.cells:
            count = len(_sizes(cell.state_size))
            own, states = states[:count], states[count:]
            inputs, own = cell(inputs, own, training=training)
            after.extend(_nest.flatten(own))
        return inputs, after

    def get_config(self) -> dict:
        """The options with the cells."""
        config = super().get_config()
        config["cells"] = [objects.serialize_keras_object(c) for c in self.cells]
        return config


class RNN(Layer):
    """A cell applied to one step of a sequence after another.

    Args:
        cell: an object with `call(inputs, states) -> (output, states)` and `state_size`, or a list.
        return_sequences: whether all outputs are returned, not the last alone.
        return_state: whether the last states are returned as well.
        go_backwards: whether the last step comes first.
        stateful: whether a batch begins with the states that the one before ended with.
    """

    def __init__(
        self,
        cell,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        time_major: bool = False,
        zero_output_for_mask: bool = False,
        **kwargs,
    ) -> None:
        if isinstance(cell, (list, tuple)):
            cell = StackedRNNCells(cell)
        if not hasattr(cell, "call"):
            raise ValueError(f"Argument `cell` should have a `call` method. Received: {cell}")
        if not hasattr(cell, "state_size"):
            raise ValueError(
                "The RNN cell should have an attribute `state_size` (tuple of integers, one "
                f"integer per RNN state). Received: {cell}"
            )
        super().__init__(**kwargs)
        self.cell = cell
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.stateful = stateful
        self.unroll = unroll
        self.time_major = time_major
        self.zero_output_for_mask = zero_output_for_mask
        self.supports_masking = True
        self.__dict__["_kept"] = None

    @property
    def state_size(self):
        """The length of the cell's state, or of each of them."""
        return self.cell.state_size

    @property
    def states(self) -> list:
        """The states that outlive a batch, for a stateful layer."""
        return self._kept or []

    def build(self, input_shape=None) -> None:
        """Builds the cell for one step."""
        shape = tuple(TensorShape(input_shape))
        at = 1 if self.time_major else 0
        step = TensorShape((shape[at], *shape[2:]))
        if isinstance(self.cell, Layer) and not self.cell.built:
            self.cell.build(step)
            self.cell.built = True

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None) -> list:
        """The states that sequences begin with, zeros unless the cell says otherwise."""
        rows = batch_size if inputs is None else tuple(inputs.shape)[1 if self.time_major else 0]
        make = getattr(self.cell, "get_initial_state", None)
        if make is not None:
            try:
                found = make(inputs=None, batch_size=rows, dtype=self.compute_dtype)
            except TypeError:
                found = make(batch_size=rows)
            return list(_nest.flatten(found))
        return [
            native.zeros([rows, *(size if isinstance(size, list) else [size])], self.compute_dtype)
            for size in _sizes(self.cell.state_size)
        ]

    def __call__(self, inputs, initial_state=None, constants=None, **kwargs):
        if isinstance(inputs, (list, tuple)) and initial_state is None and len(inputs) > 1 and all(
            hasattr(x, "shape") for x in inputs
        ):
            inputs, initial_state = inputs[0], list(inputs[1:])
        if initial_state is not None:
            kwargs["initial_state"] = initial_state
        return super().__call__(inputs, **kwargs)

    def call(self, inputs, mask=None, training=None, initial_state=None):
        """The outputs for sequences, from an initial state."""
        x = inputs if self.time_major else native.transpose(
            inputs, [1, 0, *range(2, len(tuple(inputs.shape)))]
        )
        if initial_state is not None:
            states = [native.convert(s) for s in _nest.flatten(initial_state)]
        elif self.stateful and self._kept is not None:
            states = [s.value() for s in self._kept]
        else:
            states = self.get_initial_state(inputs)
        rows = [x]
        if mask is not None:
            rows.append(native.transpose(mask, [1, 0]))
        count = len(states)
        options = {"training": training} if _takes_training(self.cell) else {}

        def step(carry, now):
            states, last = list(carry[:count]), carry[count]
            y, after = self.cell(now[0], states, **options)
            after = list(_nest.flatten(after))
            if len(now) > 1:
                seen = native.reshape(now[1], [tuple(now[1].shape)[0]] + [1] * (y.ndim - 1))
                y = native.where(seen, y, last)
                after = [native.where(seen, a, b) for a, b in zip(after, states, strict=True)]
            return [*after, y], [y]

        # The shape of an output, for a mask's rows that come before the first step.
        size = getattr(self.cell, "output_size", None) or _sizes(self.cell.state_size)[0]
        size = size if isinstance(size, (list, tuple)) else [size]
        first = native.zeros([tuple(x.shape)[1], *size], states[0].dtype)
        carry, outputs = native.scan(step, [*states, first], rows, reverse=self.go_backwards)
        sequence, last, states = outputs[0], carry[count], list(carry[:count])
        if self.stateful:
            self._keep(states)
        if self.go_backwards:
            sequence = native.reverse(sequence, [0])
        if self.return_sequences:
            out = sequence if self.time_major else native.transpose(
                sequence, [1, 0, *range(2, len(tuple(sequence.shape)))]
            )
        else:
            out = last
        return [out, *states] if self.return_state else out

    def _keep(self, states: list) -> None:
        if self._kept is None:
            shapes = [(list(s.shape), s.dtype) for s in states]
            self.__dict__["_kept"] = native.eagerly(
                lambda: [native.Variable(native.zeros(*s), trainable=False) for s in shapes]
            )
        for variable, value in zip(self._kept, states, strict=True):
            variable.assign(value)

    def reset_states(self, states=None) -> None:
        """Puts the states that outlive a batch back to zeros, or to given values."""
        values = _nest.flatten(states) if states is not None else None
        for i, s in enumerate(self.states):
            s.assign(native.zeros(list(s.shape), s.dtype) if values is None else values[i])

    reset_state = reset_states

    def compute_mask(self, inputs, mask=None):
        """The mask of the outputs, if they are sequences."""
        mask = mask[0] if isinstance(mask, list) else mask
        return mask if self.return_sequences else None

    def get_config(self) -> dict:
        """The options with the cell."""
        config = super().get_config()
        config.update(
            cell=objects.serialize_keras_object(self.cell),
            return_sequences=self.return_sequences,
            return_state=self.return_state,
            go_backwards=self.go_backwards,
            stateful=self.stateful,
            unroll=self.unroll,
        )
        return config

    @classmethod
    def from_config(cls, config: dict, custom_objects: dict | None = None):
        """The layer of a configuration."""
        config = dict(config)
        if isinstance(config.get("cell"), dict):
            cell = {"module": "keras.layers", **config["cell"]}
            config["cell"] = objects.deserialize_keras_object(cell, custom_objects)
        return cls(**config)


def _takes_training(cell) -> bool:
    import inspect

    return "training" in inspect.signature(cell.call).parameters
