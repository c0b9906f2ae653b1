"""Golden values of layers over sequences: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`. Recurrent layers, their wrappers and cells, attention, Embedding: with
masks, initial states, what a call asks for, and every output. Each case holds the layer's serialized
configuration, weights, inputs (those that Keras takes by name come in the order of its signature),
masks and options of the call, outputs, and the gradients of sum(output * cotangent) over all outputs.
"""

from common import Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import jax
import jax.numpy as jnp
import numpy as np

keras = import_keras()
layers = keras.layers
G = Golden("keras_sequences", "keras_sequences.py", libraries=[keras])
FLOATS = {"f32": "float32", "f64": "float64"}
TOL = {"f32": {"rel": 1e-5, "abs": 1e-5}, "f64": {"rel": 1e-11, "abs": 1e-11}}


def draw(name, shape, dtype, scale=1.0):
    return (rng(name).standard_normal(shape) * scale).astype(dtype)


def recurrent(xs, masks, options):
    """Sequences, then the states before the first step."""
    named = {} if masks is None else {"mask": masks[0]}
    if len(xs) > 1:
        named["initial_state"] = list(xs[1:])
    return (xs[0],), named


def cell(xs, masks, options):
    """One step's input, then the states."""
    return (xs[0], list(xs[1:])), {}


def listed(xs, masks, options):
    """All inputs as one list."""
    return (list(xs),), {**options, **({} if masks is None else {"mask": list(masks)})}


def apart(xs, masks, options):
    """Query, value, key and the mask of pairs as arguments of their own."""
    named = dict(zip(("query", "value", "key", "attention_mask"), xs))
    for name, mask in zip(("query_mask", "value_mask", "key_mask"), masks or ()):
        if mask is not None:
            named[name] = mask
    return (), {**named, **options}


def one(xs, masks, options):
    return (xs[0],), {} if masks is None else {"mask": masks[0]}


def case(name, make, shapes, arguments, masks=None, options=None, training=None, calls=1, inputs=None):
    """`masks`: booleans for each input, or None; `calls`: how often the layer is called, the outputs
    being the last call's (then there are no gradients)."""
    options = options or {}
    for dtype, kind in FLOATS.items():
        full = f"{name}/{dtype}"
        set_dtype(keras, kind)
        layer = make()
        xs = inputs(kind) if inputs else [draw(f"{name}.x{i}", s, kind) for i, s in enumerate(shapes)]
        xs = [jnp.asarray(x) for x in xs]
        given = None if masks is None else [None if m is None else jnp.asarray(m) for m in masks]
        before = keras.saving.serialize_keras_object(layer)
        flags = dict(options) if training is None else {**options, "training": training}
        args, kwargs = arguments(xs, given, flags)
        if training is not None:
            kwargs["training"] = training
        layer(*args, **kwargs)  # builds
        weights = [draw(f"{name}.{w.path.split('/', 1)[-1]}", w.shape, kind, 0.5) for w in layer.weights]
        layer.set_weights(weights)
        config = keras.saving.serialize_keras_object(layer)
        # Keras writes into its options what it found while it built: the options are what was given.
        config["config"] = {**config["config"], **{k: v for k, v in before["config"].items() if k == "attention_axes"}}
        row = {
            "name": full, "kind": "sequence", "class_name": type(layer).__name__, "dtype": dtype, "config": config,
            "training": training, "options": options, "calls": calls, "inputs": G.tensors_of(full + ".in", xs),
            "masks": [None if m is None else G.tensor(f"{full}.mask.{i}", m) for i, m in enumerate(given or [])],
            "tol": TOL[dtype],
        }

        def numbers(x):
            return jnp.issubdtype(x.dtype, jnp.floating)

        trainable, fixed = ([v.value for v in vs] for vs in (layer.trainable_variables, layer.non_trainable_variables))

        def run(trainable, floats):
            rest = iter(floats)
            all_inputs = [next(rest) if numbers(x) else x for x in xs]
            args, kwargs = arguments(all_inputs, given, flags)
            if training is not None:
                kwargs["training"] = training
            y, _ = layer.stateless_call(trainable, fixed, *args, **kwargs)
            return jax.tree_util.tree_leaves(y)

        if calls == 1:
            ys, pull = jax.vjp(run, trainable, [x for x in xs if numbers(x)])
            cotangents = [draw(f"{name}.cotangent.{i}", y.shape, kind) for i, y in enumerate(ys)]
            gw, gx = pull([jnp.asarray(c) for c in cotangents])
            gx = iter(gx)
            row["cotangents"] = G.tensors_of(full + ".cotangent", cotangents)
            row["input_gradients"] = [G.tensor(f"{full}.in.gradient.{i}", next(gx)) if numbers(x) else None for i, x in enumerate(xs)]
        else:
            layer.reset_state()
            for _ in range(calls):
                ys = layer(*args, **kwargs)
            ys, gw = jax.tree_util.tree_leaves(ys), []
        assert all(y.dtype == kind for y in ys), full
        row["outputs"] = G.tensors_of(full + ".out", ys)
        gradient = dict(zip((id(v) for v in layer.trainable_variables), gw))
        row["weights"] = []
        for v, value in zip(layer.weights, weights):
            path = v.path.split("/", 1)[-1]
            entry = {"name": path, "value": G.tensor(f"{full}.{path}", value)}
            if id(v) in gradient:
                entry["gradient"] = G.tensor(f"{full}.{path}.gradient", gradient[id(v)])
            row["weights"].append(entry)
        G.add(row)
    set_dtype(keras, "float32")


def named(cls, *args, **options):
    """A layer with the name "layer", so that configurations do not depend on counters."""
    return lambda: cls(*args, name="layer", **options)


def rows(*lengths, steps):
    return np.array([[t < n for t in range(steps)] for n in lengths])


# ---- recurrent layers ------------------------------------------------------------------------------

B, T, F, U = 3, 5, 4, 3
X = (B, T, F)
ENDS = rows(5, 3, 2, steps=T)
HOLES = np.array([[1, 0, 1, 1, 0], [0, 1, 1, 0, 1], [1, 1, 1, 1, 1]], bool)
STATES = {"simple_rnn": 1, "lstm": 2, "gru": 1}
RECURRENT = {"simple_rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}

def plain_loop(cls):
    """GRU by Keras's own loop: its JAX function mixes f32 with f64 where x64 is on."""
    return {"use_cudnn": False} if cls is layers.GRU else {}


for tag, cls in RECURRENT.items():
    rnn = lambda cls=cls, **o: named(cls, U, **plain_loop(cls), **o)  # noqa: E731
    states = [(B, U)] * STATES[tag]
    case(tag, rnn(), [X], recurrent)
    case(f"{tag}_sequences", rnn(return_sequences=True), [X], recurrent)
    case(f"{tag}_states", rnn(return_state=True), [X], recurrent)
    case(f"{tag}_sequences_states", rnn(return_sequences=True, return_state=True), [X], recurrent)
    case(f"{tag}_backwards", rnn(go_backwards=True, return_sequences=True, return_state=True), [X], recurrent)
    case(f"{tag}_initial", rnn(return_sequences=True, return_state=True), [X, *states], recurrent)
    case(f"{tag}_unroll", rnn(unroll=True, return_sequences=True), [X], recurrent)
    case(f"{tag}_no_bias", rnn(use_bias=False), [X], recurrent)
    case(f"{tag}_relu", rnn(activation="relu"), [X], recurrent)
    case(f"{tag}_ends", rnn(return_sequences=True, return_state=True), [X], recurrent, masks=[ENDS])
    case(f"{tag}_holes", rnn(return_sequences=True, return_state=True), [X, *states], recurrent, masks=[HOLES, *[None] * len(states)])
    case(f"{tag}_holes_last", rnn(), [X], recurrent, masks=[HOLES])
    case(f"{tag}_holes_backwards", rnn(go_backwards=True, return_sequences=True), [X], recurrent, masks=[HOLES])
    case(f"{tag}_holes_zeros", rnn(return_sequences=True, zero_output_for_mask=True), [X], recurrent, masks=[HOLES])
    case(f"{tag}_holes_unroll", rnn(unroll=True, return_sequences=True), [X], recurrent, masks=[HOLES])
    case(f"{tag}_stateful", rnn(stateful=True, return_sequences=True), [X], recurrent, calls=2)
    case(f"{tag}_stateful_ends", rnn(stateful=True), [X], recurrent, masks=[ENDS], calls=2)
    case(f"{tag}_dropout_inference", rnn(dropout=0.5, recurrent_dropout=0.5, seed=1), [X], recurrent, training=False)
    case(f"{tag}_one_step", rnn(), [(2, 1, 4)], recurrent)
    case(f"{tag}_saved", rnn(kernel_initializer="he_normal", recurrent_regularizer="l2", bias_constraint="non_neg"), [X], recurrent)
    make = {"simple_rnn": layers.SimpleRNNCell, "lstm": layers.LSTMCell, "gru": layers.GRUCell}[tag]
    case(f"{tag}_cell", named(make, U), [(B, F), *states], cell)
    case(f"{tag}_cell_no_bias", named(make, U, use_bias=False), [(B, F), *states], cell)
case("lstm_recurrent_activation", named(layers.LSTM, U, activation="softsign", recurrent_activation="hard_sigmoid"), [X], recurrent)
case("lstm_no_forget_bias", named(layers.LSTM, U, unit_forget_bias=False), [X], recurrent)
case("gru_reset_before", named(layers.GRU, U, use_cudnn=False, reset_after=False, return_sequences=True), [X], recurrent)
case("gru_reset_before_no_bias", named(layers.GRU, U, use_cudnn=False, reset_after=False, use_bias=False), [X], recurrent)
case("gru_reset_before_ends", named(layers.GRU, U, use_cudnn=False, reset_after=False), [X], recurrent, masks=[ENDS])
case("gru_cell_reset_before", named(layers.GRUCell, U, reset_after=False), [(B, F), (B, U)], cell)
case("rnn_lstm_cell", lambda: layers.RNN(layers.LSTMCell(U, name="inner"), return_sequences=True, return_state=True, name="layer"), [X], recurrent)
case("rnn_stacked", lambda: layers.RNN([layers.GRUCell(U, name="first"), layers.LSTMCell(2, name="second")], return_sequences=True, name="layer"), [X], recurrent)

# ---- wrappers --------------------------------------------------------------------------------------

both = lambda make, **o: lambda: layers.Bidirectional(make(), name="layer", **o)  # noqa: E731
for tag, cls in RECURRENT.items():
    inner = lambda cls=cls, **o: lambda: cls(U, name="inner", **plain_loop(cls), **o)  # noqa: E731
    case(f"bidirectional_{tag}", both(inner()), [X], recurrent)
    case(f"bidirectional_{tag}_sequences", both(inner(return_sequences=True)), [X], recurrent)
    case(f"bidirectional_{tag}_states", both(inner(return_sequences=True, return_state=True)), [X], recurrent)
    case(f"bidirectional_{tag}_ends", both(inner()), [X], recurrent, masks=[ENDS])
    case(f"bidirectional_{tag}_sequences_holes", both(inner(return_sequences=True)), [X], recurrent, masks=[HOLES])
for mode in ("sum", "mul", "ave", "concat", None):
    make = both(lambda: layers.LSTM(U, name="inner", return_sequences=True), merge_mode=mode)
    case(f"bidirectional_merge_{mode}".lower(), make, [X], recurrent)
    make = both(lambda: layers.GRU(U, name="inner", use_cudnn=False), merge_mode=mode)
    case(f"bidirectional_merge_{mode}_last".lower(), make, [X], recurrent)
case("bidirectional_initial", both(lambda: layers.LSTM(U, name="inner", return_state=True)), [X, *[(B, U)] * 4], recurrent)
case("bidirectional_backward_layer", both(lambda: layers.LSTM(U, name="inner"), backward_layer=layers.LSTM(2, go_backwards=True, name="other")), [X], recurrent)
case("time_distributed", lambda: layers.TimeDistributed(layers.Dense(2, name="inner"), name="layer"), [X], one)
case("time_distributed_conv", lambda: layers.TimeDistributed(layers.Conv2D(2, 3, name="inner"), name="layer"), [(2, 3, 5, 5, 2)], one)

# ---- embedding -------------------------------------------------------------------------------------

ids = lambda kind: [np.array([[1, 2, 0], [4, 4, 3]], "int32")]  # noqa: E731
case("embedding", named(layers.Embedding, 5, 3), None, one, inputs=ids)
case("embedding_mask_zero", named(layers.Embedding, 5, 3, mask_zero=True, embeddings_regularizer="l2"), None, one, inputs=ids)

# ---- attention -------------------------------------------------------------------------------------

Q, V, K = (2, 3, 4), (2, 5, 4), (2, 5, 4)
SEEN = [rows(3, 2, steps=3), rows(5, 3, steps=5)]
ASKED = {"return_attention_scores": True}
CAUSAL = {"use_causal_mask": True}
DOT = {
    "attention": named(layers.Attention), "attention_scale": named(layers.Attention, use_scale=True),
    "attention_concat": named(layers.Attention, score_mode="concat"),
    "attention_concat_scale": named(layers.Attention, score_mode="concat", use_scale=True),
    "additive_attention": named(layers.AdditiveAttention), "additive_attention_plain": named(layers.AdditiveAttention, use_scale=False),
}
for tag, make in DOT.items():
    case(tag, make, [Q, V], listed)
    case(f"{tag}_key", make, [Q, V, K], listed)
    case(f"{tag}_scores", make, [Q, V], listed, options=ASKED)
    case(f"{tag}_causal", make, [Q, V], listed, options={**ASKED, **CAUSAL})
    case(f"{tag}_masks", make, [Q, V], listed, masks=SEEN)
    case(f"{tag}_masks_causal", make, [Q, V, K], listed, masks=[*SEEN, None], options=CAUSAL)
case("attention_wider_value", named(layers.Attention), [Q, (2, 5, 6), K], listed)
case("attention_dropout_inference", named(layers.Attention, dropout=0.5, seed=1), [Q, V], listed, training=False)

PAIRS = np.array([[[1, 0, 1, 1, 0], [1, 1, 1, 1, 1], [0, 0, 1, 0, 0]], [[1, 1, 0, 0, 0], [0, 1, 0, 1, 0], [1, 1, 1, 1, 1]]])
with_pairs = lambda *shapes: lambda kind: [draw(f"pairs.x{i}", s, kind) for i, s in enumerate(shapes)] + [PAIRS.astype("bool")]  # noqa: E731
WIDE = (2, 5, 6)
heads = lambda **o: named(layers.MultiHeadAttention, **{"num_heads": 2, "key_dim": 3, "attention_axes": (1,), **o})  # noqa: E731
grouped = lambda **o: named(layers.GroupQueryAttention, **{"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2, **o})  # noqa: E731
for tag, make in {"multi_head": heads, "group_query": grouped}.items():
    case(tag, make(), [Q, V], apart)
    case(f"{tag}_key", make(), [Q, V, K], apart)
    case(f"{tag}_scores", make(), [Q, V], apart, options=ASKED)
    case(f"{tag}_causal", make(), [Q, V], apart, options=CAUSAL)
    case(f"{tag}_causal_scores", make(), [Q, V], apart, options={**ASKED, **CAUSAL})
    case(f"{tag}_value_mask", make(), [Q, V], apart, masks=[None, SEEN[1]])
    case(f"{tag}_value_mask_causal_scores", make(), [Q, V], apart, masks=[None, SEEN[1]], options={**ASKED, **CAUSAL})
    case(f"{tag}_key_mask", make(), [Q, V, K], apart, masks=[None, None, SEEN[1]])
    case(f"{tag}_pairs", make(), None, apart, inputs=with_pairs(Q, V, K))
    case(f"{tag}_pairs_scores", make(), None, apart, inputs=with_pairs(Q, V, K), options=ASKED)
    case(f"{tag}_pairs_causal", make(), None, apart, inputs=with_pairs(Q, V, K), options=CAUSAL)
    case(f"{tag}_no_bias", make(use_bias=False), [Q, V], apart)
    case(f"{tag}_gate", make(use_gate=True), [Q, V], apart)
    case(f"{tag}_window", make(sliding_window=2), [V, V], apart)
    case(f"{tag}_window_causal", make(sliding_window=2), [V, V], apart, options=CAUSAL)
    case(f"{tag}_dropout_inference", make(dropout=0.5, seed=1), [Q, V], apart, training=False)
    case(f"{tag}_saved", make(kernel_initializer="he_normal", kernel_regularizer="l2", bias_constraint="non_neg"), [Q, V], apart)
case("multi_head_defaults", named(layers.MultiHeadAttention, 2, 3), [Q, WIDE, V], apart)
case("multi_head_value_dim", heads(value_dim=5), [Q, WIDE], apart)
case("multi_head_output_shape", heads(output_shape=(7,)), [Q, V], apart)
case("multi_head_output_axes", heads(output_shape=(2, 3)), [Q, V], apart)
case("multi_head_two_axes", heads(attention_axes=(1, 2)), [(2, 3, 2, 4), (2, 4, 2, 4)], apart)
case("multi_head_second_axis", heads(attention_axes=(2,)), [(2, 3, 2, 4), (2, 3, 5, 4)], apart)
case("multi_head_second_axis_scores", heads(attention_axes=(2,)), [(2, 3, 2, 4), (2, 3, 5, 4)], apart, options=ASKED)

G.save()
