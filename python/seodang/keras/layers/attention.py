"""How attention layers of Rust are called: with query, value and key, and options of the call."""

from __future__ import annotations

from ... import _native as native
from ..._shapes import TensorShape
from .record import RecordLayer


class AttentionRecordLayer(RecordLayer):
    """Attention that is called on a list: query, value and, if it is not the value, key."""

    def _validate_inputs(self, inputs, mask=None) -> None:
        name = type(self).__name__
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                f"{name} layer must be called on a list of inputs, namely [query, value] or "
                f"[query, value, key]. Received: inputs={inputs}."
            )
        if not 2 <= len(inputs) <= 3:
            raise ValueError(
                f"{name} layer accepts inputs list of length 2 or 3, namely [query, value] or "
                f"[query, value, key]. Received length: {len(inputs)}."
            )
        if mask is None:
            return
        if not isinstance(mask, (list, tuple)):
            raise ValueError(
                f"{name} layer mask must be a list, namely [query_mask, value_mask]. "
                f"Received: mask={mask}."
            )
        if not 2 <= len(mask) <= 3:
            raise ValueError(
                f"{name} layer accepts mask list of length 2 or 3. "
                f"Received: inputs={inputs}, mask={mask}."
            )

    def __call__(self, inputs, *args, **kwargs):
        self._validate_inputs(inputs, kwargs.get("mask"))
        return super().__call__(inputs, *args, **kwargs)

    def call(
        self,
        inputs,
        mask=None,
        training=None,
        return_attention_scores: bool = False,
        use_causal_mask: bool = False,
    ):
        """What the query finds in the value; with `return_attention_scores` the weights too."""
        options = _options(return_attention_scores, use_causal_mask)
        return self._run(list(inputs), training, mask, options=options)

    def compute_mask(self, inputs, mask=None):
        """The mask of the query."""
        self._validate_inputs(inputs, mask)
        return None if mask is None else mask[0]


class HeadsRecordLayer(RecordLayer):
    """Attention by heads, which is called on query, value and key apart."""

    def _build_arguments(self, shapes, args, kwargs, signature):
        # The record is built for query, value and key together.
        given = [args[i] if i < len(args) else kwargs.get(n) for i, n in enumerate(_PARTS)]
        given = [x for x in given if x is not None]
        return [TensorShape(x.shape) for x in given]

    def build(self, *shapes, **named) -> None:
        """Makes the weights for the shapes of query, value and key."""
        if named:
            wanted = ("query_shape", "value_shape", "key_shape")
            shapes = [*shapes, *(named[n] for n in wanted if named.get(n) is not None)]
        elif len(shapes) == 1:
            shapes = shapes[0]
        RecordLayer.build(self, [tuple(s) for s in shapes])

    def call(
        self,
        query,
        value,
        key=None,
        query_mask=None,
        value_mask=None,
        key_mask=None,
        attention_mask=None,
        return_attention_scores: bool = False,
        training=None,
        use_causal_mask: bool = False,
    ):
        """What the query finds in the value; with `return_attention_scores` the weights too."""
        inputs = [query, value]
        masks = [_mask(query, query_mask), _mask(value, value_mask)]
        if key is not None or attention_mask is not None:
            inputs.append(value if key is None else key)
            masks.append(None if key is None else _mask(key, key_mask))
        if attention_mask is not None:
            inputs.append(native.cast(native.convert(attention_mask), self.compute_dtype))
            masks.append(None)
        options = _options(return_attention_scores, use_causal_mask)
        return self._run(inputs, training, masks, options=options)

    def compute_output_shape(self, query_shape, value_shape=None, key_shape=None):
        """The shape of the outputs for the shapes of query, value and key."""
        shapes = [query_shape, query_shape if value_shape is None else value_shape]
        shapes += [] if key_shape is None else [key_shape]
        return TensorShape(self._handle.output_shapes([tuple(s) for s in shapes])[0])


_PARTS = ("query", "value", "key")


def _mask(x, given):
    """The mask that is given, or the one that an earlier layer gave the tensor."""
    return getattr(x, "_keras_mask", None) if given is None else given


def _options(scores: bool, causal: bool) -> dict:
    return {"return_attention_scores": bool(scores), "use_causal_mask": bool(causal)}
