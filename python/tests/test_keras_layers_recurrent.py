"""Recurrent layers from Python: states, masks, names of weights as TensorFlow's, wrappers."""

import numpy as np
import pytest

from seodang import keras

L = keras.layers


@pytest.fixture
def x():
    return np.random.RandomState(0).rand(3, 5, 2).astype("float32")


def test_names_and_sizes():
    keras._config.reset_uids()
    model = keras.Sequential(
        [
            L.LSTM(3, input_shape=(None, 4), return_sequences=True),
            L.Bidirectional(L.GRU(2)),
        ]
    )
    # As tf_keras names and counts them.
    names = [w.name for w in model.weights]
    assert names[:3] == [
        "lstm/lstm_cell/kernel:0",
        "lstm/lstm_cell/recurrent_kernel:0",
        "lstm/lstm_cell/bias:0",
    ]
    assert names[3] == "bidirectional/forward_gru/gru_cell/kernel:0"
    assert model.count_params() == 180 and model.output_shape == (None, 4)


def test_initial_states_as_keras_2_and_3_give_them(x):
    encoder, decoder = L.LSTM(4, return_state=True), L.LSTM(4, return_sequences=True)
    _, h, c = encoder(x)
    y = np.random.RandomState(1).rand(3, 6, 3).astype("float32")
    expected = decoder(y, initial_state=[h, c]).numpy()
    assert np.array_equal(decoder([y, h, c]).numpy(), expected)
    a, b = keras.Input((None, 2)), keras.Input((None, 3))
    _, *states = encoder(a)
    model = keras.Model([a, b], decoder(b, initial_state=states))
    assert model.output_shape == (None, None, 4)
    assert np.allclose(model([x, y]).numpy(), expected, atol=1e-6)


def test_stateful_layers(x):
    layer = L.LSTM(4, stateful=True, batch_input_shape=(3, 5, 2))
    model = keras.Sequential([layer])
    first, second = model(x).numpy(), model(x).numpy()
    assert not np.allclose(first, second)
    assert len(layer.states) == 2
    model.reset_states()
    assert np.array_equal(model(x).numpy(), first)


def test_masks_reach_recurrent_layers():
    model = keras.Sequential([L.Embedding(10, 4, mask_zero=True), L.LSTM(3), L.Dense(1)])
    assert model.output_shape == (None, 1)
    padded = model(np.array([[1, 2, 0, 0]])).numpy()
    assert np.allclose(padded, model(np.array([[1, 2]])).numpy(), atol=1e-6)
    symbol = L.Embedding(7, 3, mask_zero=True)(keras.Input((5,)))
    assert symbol._keras_mask is not None
    assert L.Masking(0.0)(np.zeros((1, 2, 3)))._keras_mask.numpy().tolist() == [[False, False]]


def test_bidirectional_merges(x):
    for mode, size in (("concat", 6), ("sum", 3), ("mul", 3), ("ave", 3)):
        layer = L.Bidirectional(L.SimpleRNN(3, return_sequences=True), merge_mode=mode)
        y = layer(x).numpy()
        assert y.shape == (3, 5, size)
    forward = layer.forward_layer(x).numpy()
    backward = layer.backward_layer(x).numpy()[:, ::-1]
    assert np.allclose(y, (forward + backward) / 2, atol=1e-6)
    outputs = L.Bidirectional(L.LSTM(3, return_state=True))(x)
    assert [tuple(v.shape) for v in outputs] == [(3, 6), (3, 3), (3, 3), (3, 3), (3, 3)]


def test_rnn_over_cells_equals_the_layer(x):
    layer, cell = L.LSTM(4, return_sequences=True), L.LSTMCell(4)
    rnn = L.RNN(cell, return_sequences=True)
    expected, _ = layer(x).numpy(), rnn(x)
    rnn.set_weights(layer.get_weights())
    assert np.allclose(rnn(x).numpy(), expected, atol=1e-6)
