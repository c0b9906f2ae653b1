"""Layers of the user's and their weights, masks, losses; values checked against TensorFlow."""

import copy
import pickle
import subprocess
import sys

import numpy as np
import pytest

import seodang._native as native
from seodang import keras

L = keras.layers


class Linear(L.Layer):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(
            "w", shape=(input_shape[-1], self.units), initializer="ones", regularizer="l2"
        )
        self.b = self.add_weight(name="b", shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return inputs @ self.w + self.b


def test_weights_are_made_on_the_first_call():
    layer = Linear(2, name="lin")
    assert layer.weights == [] and not layer.built
    y = layer(np.ones((4, 3)))
    assert y.numpy().tolist() == [[3.0, 3.0]] * 4
    assert [w.name for w in layer.weights] == ["lin/w:0", "lin/b:0"]
    assert layer.built and layer.count_params() == 8
    # l2 is 0.01 times the sum of squares.
    assert float(layer.losses[0]) == pytest.approx(0.06)


def test_keras_3_order_of_add_weight():
    layer = L.Layer()
    w = layer.add_weight((2, 3), "ones")
    assert tuple(w.shape) == (2, 3) and w.numpy().min() == 1


def test_layers_are_found_in_lists_dicts_and_after_appending():
    class Block(L.Layer):
        def __init__(self):
            super().__init__()
            self.parts = []
            for _ in range(2):
                self.parts.append(Linear(2))
            self.named = {"a": Linear(2)}

        def call(self, x):
            for part in self.parts:
                x = part(x)
            return self.named["a"](x)

    block = Block()
    block(np.ones((1, 2)))
    assert len(block.trainable_weights) == 6
    block.trainable = False
    assert block.trainable_weights == [] and len(block.non_trainable_weights) == 6
    assert block.parts[0].trainable is False
    del block.named
    assert len(block.weights) == 4


def test_a_variable_that_is_an_attribute_is_a_weight():
    class Scale(L.Layer):
        def __init__(self):
            super().__init__()
            self.factor = native.Variable(2.0, name="factor")
            self.fixed = native.Variable(1.0, trainable=False)

        def call(self, x):
            return x * self.factor

    layer = Scale()
    assert layer(np.ones(3)).numpy().tolist() == [2, 2, 2]
    assert len(layer.trainable_variables) == 1 and len(layer.non_trainable_variables) == 1


def test_training_reaches_the_layers_inside():
    seen = []

    class Inner(L.Layer):
        def call(self, x, training=None):
            seen.append(training)
            return x

    class Outer(L.Layer):
        def __init__(self):
            super().__init__()
            self.inner = Inner()

        def call(self, x):
            return self.inner(x)

    outer = Outer()
    outer(np.ones(2), training=True)
    outer(np.ones(2), training=False)
    assert seen == [True, False]


def test_losses_of_a_call_are_those_of_the_last_call():
    class Penalty(L.Layer):
        def call(self, x):
            self.add_loss(native.reduce_sum(x))
            return x

    layer = Penalty()
    layer(np.ones(2))
    layer(np.ones(3))
    assert [float(v) for v in layer.losses] == [3.0]


def test_messages_are_kerass():
    with pytest.raises(TypeError, match="Keyword argument not understood"):
        L.Dense(3, foo=1)
    dense = L.Dense(3, name="d")
    dense(np.ones((2, 4)))
    with pytest.raises(ValueError, match=r"with a weight list of length 1, but the layer was exp"):
        dense.set_weights([1])
    with pytest.raises(ValueError, match=r"Layer d weight shape \(4, 3\) is not compatible with"):
        dense.set_weights([np.ones((3, 3)), np.ones(3)])
    with pytest.raises(
        ValueError, match='Input 0 of layer "d" is incompatible with the layer: expected min_ndim=2'
    ):
        dense(np.ones(3))
    with pytest.raises(ValueError, match="expected axis -1 of input shape to have value 4"):
        dense(np.ones((2, 5)))
    with pytest.raises(AttributeError, match="has no inbound nodes"):
        L.Dense(3).output  # noqa: B018

    class Nothing(L.Layer):
        def call(self, x):
            return None

    with pytest.raises(ValueError, match="should return a Tensor or a list of Tensors, not None"):
        Nothing()(keras.Input((3,)))

    class Forgot(L.Layer):
        def __init__(self):
            pass

    with pytest.raises(RuntimeError, match="forgot to call `super"):
        Forgot()(np.ones(2))


def test_attributes_of_built_in_layers():
    dense = L.Dense(3, activation="relu", kernel_regularizer="l2")
    assert dense.units == 3 and dense.activation is keras.activations.relu
    with pytest.raises(AttributeError, match="must build"):
        dense.kernel  # noqa: B018
    dense.build((None, 2))
    assert tuple(dense.kernel.shape) == (2, 3) and tuple(dense.bias.shape) == (3,)
    config = dense.get_config()
    again = L.Dense.from_config(config)
    assert again.get_config()["units"] == 3
    assert again.kernel_regularizer.get_config()["l2"] == pytest.approx(0.01)


def test_functions_and_objects_as_options():
    layer = L.Dense(
        2,
        activation=lambda x: x * 2,
        kernel_initializer=lambda shape, dtype=None: np.full(shape, 3.0, "float32"),
        use_bias=False,
    )
    assert layer(np.ones((1, 2))).numpy().tolist() == [[12.0, 12.0]]

    class Half(keras.initializers.Initializer):
        def __call__(self, shape, dtype=None, **kwargs):
            return native.ones(list(shape), dtype or "float32") * 0.5

    layer = L.Dense(1, kernel_initializer=Half(), bias_initializer="ones")
    assert float(layer(np.ones((1, 2)))[0, 0]) == 2.0


def test_subclasses_of_built_in_layers():
    class Doubled(L.Dense):
        def call(self, inputs):
            return super().call(inputs) * 2

    layer = Doubled(1, kernel_initializer="ones")
    assert float(layer(np.ones((1, 3)))[0, 0]) == 6.0
    x = keras.Input((3,))
    assert tuple(layer(x).shape) == (None, 1)


def test_options_changed_after_building():
    layer = L.Dense(2, activation="relu", kernel_initializer="ones")
    x = -np.ones((1, 3))
    assert layer(x).numpy().tolist() == [[0, 0]]
    layer.activation = None
    assert layer(x).numpy().tolist() == [[-3, -3]]
    with pytest.raises(ValueError, match="changes the shapes of its weights"):
        layer.units = 5
    assert layer.units == 2


def test_copies_and_pickles_have_equal_weights():
    dense = L.Dense(3)
    y = dense(np.ones((2, 4))).numpy()
    for other in (copy.deepcopy(dense), pickle.loads(pickle.dumps(dense))):
        assert np.array_equal(other(np.ones((2, 4))).numpy(), y)
        other.set_weights([np.zeros((4, 3)), np.zeros(3)])
    assert np.array_equal(dense(np.ones((2, 4))).numpy(), y)


def test_shapes_of_outputs():
    assert tuple(L.Dense(4).compute_output_shape((None, 3))) == (None, 4)
    assert tuple(Linear(5).compute_output_shape((None, 7, 2))) == (None, 7, 5)
    assert tuple(L.Conv2D(8, 3)(keras.Input((None, None, 3))).shape) == (None, None, None, 8)
    x = L.Lambda(lambda v: native.reduce_sum(v, [1]))(keras.Input((None, 5)))
    assert tuple(x.shape) == (None, 5)


def test_generated_classes_are_what_the_records_say():
    # In a process of its own: what earlier tests have put into modules must not count.
    words = [sys.executable, "-m", "seodang._generate", "--check"]
    checked = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_wrong_options_are_named():
    with pytest.raises(ValueError, match='no activation named "foo"'):
        L.Dense(2, activation="foo")
    # The error before leaves no trace in this one.
    with pytest.raises(ValueError, match="units = -1") as e:
        L.Dense(-1)
    assert "activation" not in str(e.value)


def test_a_layer_as_activation():
    layer = L.Dense(1, activation=L.LeakyReLU(alpha=0.5), kernel_initializer="ones")
    assert float(layer(-np.ones((1, 2)))[0, 0]) == -1.0


@pytest.mark.parametrize("old, name, low, high", [
    ("uniform", "RandomUniform", -0.05, 0.05), ("normal", "RandomNormal", -0.4, 0.4),
    ("zero", "Zeros", 0, 0), ("one", "Ones", 1, 1),
])
def test_keras_1_names_of_initializers(old, name, low, high):
    assert type(keras.initializers.get(old)).__name__ == name
    assert getattr(keras.initializers, old) is getattr(keras.initializers, name)
    for layer in (L.Dense(30, kernel_initializer=old), L.GRU(30, kernel_initializer=old)):
        layer.build((None, 20) if isinstance(layer, L.Dense) else (None, 5, 20))
        kernel = layer.get_weights()[0]
        assert low <= kernel.min() <= kernel.max() <= high
        assert (kernel.std() == 0) == (low == high)
    own = Linear().add_weight(name="w", shape=(3,), initializer=old)
    assert low <= own.numpy().min() <= own.numpy().max() <= high
