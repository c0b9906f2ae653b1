"""Golden values of recurrent layers, their cells and wrappers, and Embedding: Keras 3.15.1 on JAX 0.10.2
(CPU), seed 0.

Run by `cargo xtask golden`; `sequences.py` says what a case holds.
"""

import sequences
from sequences import cell, keras, layers, named, one, recurrent, rows  # first: it chooses Keras's backend

from common import Golden

import numpy as np

G = Golden("keras_recurrent", "keras_recurrent.py", libraries=[keras])


def case(name, *arguments, **options):
    sequences.case(G, name, *arguments, **options)


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
    case(tag, rnn(), [X], recurrent, f32=True)
    case(f"{tag}_sequences", rnn(return_sequences=True), [X], recurrent)
    case(f"{tag}_states", rnn(return_state=True), [X], recurrent)
    case(f"{tag}_sequences_states", rnn(return_sequences=True, return_state=True), [X], recurrent)
    case(f"{tag}_backwards", rnn(go_backwards=True, return_sequences=True, return_state=True), [X], recurrent)
    case(f"{tag}_initial", rnn(return_sequences=True, return_state=True), [X, *states], recurrent)
    case(f"{tag}_unroll", rnn(unroll=True, return_sequences=True), [X], recurrent)
    case(f"{tag}_no_bias", rnn(use_bias=False), [X], recurrent)
    case(f"{tag}_relu", rnn(activation="relu"), [X], recurrent)
    case(f"{tag}_ends", rnn(return_sequences=True, return_state=True), [X], recurrent, masks=[ENDS])
    case(f"{tag}_holes", rnn(return_sequences=True, return_state=True), [X, *states], recurrent, masks=[HOLES, *[None] * len(states)], f32=True)
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
case("bidirectional_backward_layer", lambda: layers.Bidirectional(layers.LSTM(U, name="inner"), backward_layer=layers.LSTM(2, go_backwards=True, name="other"), name="layer"), [X], recurrent)
case("time_distributed", lambda: layers.TimeDistributed(layers.Dense(2, name="inner"), name="layer"), [X], one)
case("time_distributed_conv", lambda: layers.TimeDistributed(layers.Conv2D(2, 3, name="inner"), name="layer"), [(2, 3, 5, 5, 2)], one)

# ---- embedding -------------------------------------------------------------------------------------

ids = lambda kind: [np.array([[1, 2, 0], [4, 4, 3]], "int32")]  # noqa: E731
case("embedding", named(layers.Embedding, 5, 3), None, one, inputs=ids)
case("embedding_mask_zero", named(layers.Embedding, 5, 3, mask_zero=True, embeddings_regularizer="l2"), None, one, inputs=ids)

G.save()
