"""Lookups, texts, normalization, wrappers and Python cells; facts from TensorFlow 2.21's tf.keras."""

import numpy as np
import pytest

from seodang import keras

L = keras.layers


def test_text_vectorization_to_indices():
    layer = L.TextVectorization(max_tokens=10, output_mode="int", output_sequence_length=5)
    layer.adapt(["The cat sat on the mat.", "the dog, sat!", "a cat"])
    words = ["", "[UNK]", "the", "sat", "cat", "on", "mat", "dog", "a"]
    assert layer.get_vocabulary() == words
    assert layer(["the bird sat"]).numpy().tolist() == [[2, 1, 3, 0, 0]]
    assert layer.vocabulary_size() == 9
    assert layer("the cat").numpy().tolist() == [2, 4, 0, 0, 0]


def test_text_vectorization_to_counts():
    layer = L.TextVectorization(output_mode="multi_hot", ngrams=2)
    layer.adapt(["b a c", "b a"])
    assert layer.get_vocabulary() == ["[UNK]", "b a", "b", "a", "c", "a c"]
    assert layer(["b a z"]).numpy().tolist() == [[1, 1, 1, 1, 0, 0]]
    layer = L.TextVectorization(output_mode="tf_idf")
    layer.adapt(["b a c", "b a", "b"])
    expected = [[0.72301793, 0.5596158, 0.6931472, 0], [0, 0.5596158, 0, 0]]
    assert np.allclose(layer(["b a z", "b"]).numpy(), expected, atol=1e-6)


def test_string_lookup():
    layer = L.StringLookup()
    layer.adapt(["b", "a", "b", "c"])
    assert layer.get_vocabulary() == ["[UNK]", "b", "c", "a"]
    assert layer([["a", "z"]]).numpy().tolist() == [[3, 0]]
    layer = L.StringLookup(vocabulary=["a", "b"], output_mode="one_hot")
    assert layer(["a", "z"]).numpy().tolist() == [[0, 1, 0], [1, 0, 0]]
    layer = L.StringLookup(vocabulary=["a", "b"], invert=True)
    assert layer([0, 1, 2]).numpy().tolist() == [b"[UNK]", b"a", b"b"]
    with pytest.raises(ValueError, match="at least one repeated term"):
        L.StringLookup(vocabulary=["a", "a"])


def test_integer_lookup():
    layer = L.IntegerLookup()
    layer.adapt(np.array([5, 5, 3]))
    assert layer.get_vocabulary() == [-1, 5, 3]
    assert layer([5, 3, 9]).numpy().tolist() == [1, 2, 0]


def test_normalization():
    layer = L.Normalization()
    layer.adapt(np.array([[1.0, 2], [3, 4], [5, 9]]))
    assert np.allclose(layer.mean.numpy(), [[3, 5]])
    assert np.allclose(layer.variance.numpy(), [[2.6666667, 8.666667]])
    assert np.allclose(layer(np.array([[1.0, 2]])).numpy(), [[-1.2247448, -1.0190493]])
    layer = L.Normalization(axis=None)
    layer.adapt(np.array([1.0, 2, 3]))
    assert np.allclose(layer(np.array([1.0, 2])).numpy(), [-1.2247448, 0])
    layer = L.Normalization(mean=3.0, variance=2.0)
    assert np.allclose(layer(np.array([[1.0], [2]])).numpy(), [[-1.4142135], [-0.70710677]])


def test_normalization_in_a_model():
    layer = L.Normalization(input_shape=[2], axis=-1)
    layer.adapt(np.random.RandomState(0).normal(5, 3, (100, 2)))
    model = keras.Sequential([layer, L.Dense(1)])
    assert model.output_shape == (None, 1)
    assert abs(float(layer(np.full((1, 2), 5.0)).numpy().mean())) < 0.3


def test_discretization():
    layer = L.Discretization(bin_boundaries=[0.0, 1.0, 2.0])
    assert layer(np.array([[-1.0, 0.5, 3]])).numpy().tolist() == [[0, 1, 3]]
    assert layer(np.array([0.0, 1.0])).numpy().tolist() == [1, 2]


def test_time_distributed():
    dense = L.Dense(2)
    layer = L.TimeDistributed(dense)
    x = np.random.RandomState(0).rand(3, 4, 5).astype("float32")
    y = layer(x).numpy()
    assert y.shape == (3, 4, 2)
    assert np.allclose(y[:, 1], dense(x[:, 1]).numpy(), atol=1e-6)
    assert tuple(layer(keras.Input((None, 5))).shape) == (None, None, 2)
    with pytest.raises(ValueError, match="Please initialize `TimeDistributed` layer"):
        L.TimeDistributed(3)


class Adding(L.Layer):
    """A cell whose state is the sum of what it has seen."""

    def __init__(self, units, **kwargs):
        self.units = self.state_size = units
        super().__init__(**kwargs)

    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], self.units),
                                      initializer="ones")

    def call(self, inputs, states):
        total = states[0] + inputs @ self.kernel
        return total, [total]


def test_rnn_over_a_cell_of_the_users():
    x = np.arange(6, dtype="float32").reshape(1, 3, 2)
    whole = L.RNN(Adding(1), return_sequences=True)
    assert whole(x).numpy().tolist() == [[[1.0], [6.0], [15.0]]]
    last, state = L.RNN(Adding(1), return_state=True)(x)
    assert last.numpy().tolist() == state.numpy().tolist() == [[15.0]]
    back = L.RNN(Adding(1), return_sequences=True, go_backwards=True)
    assert back(x).numpy().tolist() == [[[9.0], [14.0], [15.0]]]
    stacked = L.RNN([Adding(2), Adding(1)])
    # The second cell adds up both columns of the first one's sums.
    assert stacked(x).numpy().tolist() == [[44.0]]
    symbol = keras.Input((None, 2))
    assert tuple(stacked(symbol).shape) == (None, 1)
