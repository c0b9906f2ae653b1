"""How recurrent layers of Rust are called: with initial states."""

from __future__ import annotations

from ... import _native as native
from ... import _nest
from .record import _PLAIN_CALLS, RecordLayer


class RecurrentRecordLayer(RecordLayer):
    """A recurrent layer of Rust: it can be given its initial state."""

    def __call__(self, inputs, initial_state=None, constants=None, **kwargs):
        if isinstance(inputs, (list, tuple)) and initial_state is None and len(inputs) > 1 and all(
            hasattr(x, "shape") for x in inputs
        ):
            inputs, initial_state = inputs[0], list(inputs[1:])
        if initial_state is not None:
            kwargs["initial_state"] = initial_state
        return super().__call__(inputs, **kwargs)

    def call(self, inputs, mask=None, training=None, initial_state=None):
        """The outputs for sequences `(batch, steps, features)`, from an initial state."""
        states = [] if initial_state is None else _nest.flatten(initial_state)
        states = [native.cast(native.convert(s), self.compute_dtype) for s in states]
        return self._run(inputs, training, mask, states)

    @property
    def cell(self):
        """What computes one step; its weights are this layer's."""
        return self

    @property
    def state_size(self):
        """The length of the state, or of each of them."""
        units = self._record_config().get("units")
        return [units, units] if self._record == "LSTM" else units

    @property
    def output_size(self) -> int:
        """The length of the output."""
        return self._record_config().get("units")

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        """States of zeros for as many rows as the inputs have."""
        rows = batch_size if inputs is None else native.convert(inputs).shape[0]
        sizes = _nest.flatten(self.state_size)
        return [native.zeros([rows, n], dtype or self.compute_dtype) for n in sizes]

    @property
    def states(self) -> list:
        """The states that outlive a batch, for a stateful layer."""
        return list(self._handle.states)

    def reset_states(self, states=None) -> None:
        """Puts the states that outlive a batch back to zeros, or to given values."""
        if states is None:
            self._handle.reset_states()
            return
        for s, v in zip(self.states, _nest.flatten(states), strict=True):
            s.assign(v)

    reset_state = reset_states


class CellRecordLayer(RecordLayer):
    """One step of a recurrent layer of Rust."""

    def call(self, inputs, states, training=None):
        """The output and the next states of one step `(batch, features)`."""
        given = _nest.flatten(states)
        outputs = self._run([inputs, *given], training, None)
        outputs = outputs if isinstance(outputs, list) else [outputs]
        if len(outputs) == 1:
            return outputs[0], [outputs[0]]
        return outputs[0], list(outputs[1:])

    def build(self, input_shape=None) -> None:
        """Makes the weights for inputs of a shape."""
        RecordLayer.build(self, input_shape)

    @property
    def state_size(self):
        """The length of the state, or of each of them."""
        units = self._record_config().get("units")
        return [units, units] if self._record == "LSTMCell" else units

    @property
    def output_size(self) -> int:
        """The length of the output."""
        return self._record_config().get("units")

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        """States of zeros for as many rows as the inputs have."""
        rows = batch_size if inputs is None else native.convert(inputs).shape[0]
        zeros = [
            native.zeros([rows, n], dtype or self.compute_dtype)
            for n in _nest.flatten(self.state_size)
        ]
        return zeros if len(zeros) > 1 else zeros[0]


_PLAIN_CALLS.add(RecurrentRecordLayer.call)
