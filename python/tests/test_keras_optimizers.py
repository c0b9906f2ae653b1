"""Optimizers on variables of the user's."""

from __future__ import annotations

import numpy as np
import pytest

from seodang import _native as native
from seodang import keras
from seodang.compat import tensorflow as tf


def step(optimizer, *pairs):
    optimizer.apply_gradients([(native.convert(g), v) for g, v in pairs])


def test_one_optimizer_serves_two_lists_of_variables_and_keeps_the_state_of_each():
    def run(turns):
        a, b = native.Variable([1.0, 2.0]), native.Variable(3.0)
        optimizer = keras.optimizers.SGD(0.1, momentum=0.9)
        for turn in turns:
            step(optimizer, *[(np.ones(2, "f4"), a) if name == "a" else (np.float32(1), b)
                              for name in turn])
        return a.numpy(), b.numpy()

    together, apart = run(["ab", "ab", "ab"]), run(["a", "b", "a", "b", "a", "b"])
    assert np.allclose(together[0], apart[0]) and np.allclose(together[1], apart[1])


def test_older_spellings_take_effect():
    assert float(keras.optimizers.Adam(lr=0.25).learning_rate) == 0.25
    v = native.Variable(0.0)
    optimizer = keras.optimizers.SGD(lr=1.0, decay=1.0)
    step(optimizer, (np.float32(1), v))
    step(optimizer, (np.float32(1), v))
    assert np.isclose(float(v), -1.5)


def test_variables_without_gradients_are_named():
    v, w = native.Variable(1.0, name="v"), native.Variable(1.0, name="w")
    optimizer = keras.optimizers.SGD(1.0)
    with pytest.warns(UserWarning, match="w"):
        optimizer.apply_gradients([(native.convert(1.0), v), (None, w)])
    assert float(v) == 0.0 and float(w) == 1.0
    with pytest.raises(ValueError, match="No gradients provided"):
        optimizer.apply_gradients([(None, v)])


def test_minimize_takes_a_function():
    v = native.Variable(5.0)
    optimizer = keras.optimizers.Adam(0.5)
    for _ in range(100):
        optimizer.minimize(lambda: (v - 2.0) ** 2, var_list=[v])
    assert abs(float(v) - 2) < 0.1 and int(optimizer.iterations.numpy()) == 100


def test_the_rate_can_be_set_and_saved_state_comes_back():
    from seodang.keras import backend as K

    v = native.Variable([1.0, 1.0])
    optimizer = keras.optimizers.Adam(0.1)
    step(optimizer, (np.ones(2, "f4"), v))
    K.set_value(optimizer.lr, 0.01)
    assert np.isclose(K.get_value(optimizer.learning_rate), 0.01)
    other = keras.optimizers.Adam.from_config(optimizer.get_config())
    other._prepare([v])
    other.set_weights(optimizer.get_weights())
    assert np.isclose(float(other.learning_rate), 0.01)
    assert all((a == b).all() for a, b in zip(other.get_weights(), optimizer.get_weights()))


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop"])
@pytest.mark.parametrize("constraint, holds", [
    ("non_neg", lambda w: (w >= 0).all()),
    (keras.constraints.MaxNorm(0.3), lambda w: (np.linalg.norm(w, axis=0) <= 0.3001).all()),
    (lambda w: tf.clip_by_value(w, -0.1, 0.1), lambda w: (np.abs(w) <= 0.1).all()),
])
def test_constraints_hold_after_every_step(optimizer, constraint, holds):
    x = np.random.default_rng(0).normal(size=(40, 5)).astype("float32")
    y = np.ones((40, 4), "float32")
    model = keras.Sequential([
        keras.layers.Dense(4, input_shape=(5,), kernel_constraint=constraint),
    ])
    start = model.get_weights()
    assert not holds(start[0])
    model.compile(optimizer, "mse")
    model.fit(x, y, verbose=0)
    fitted = model.get_weights()[0]
    assert holds(fitted) and fitted.any()
    model.set_weights(start)
    model.train_on_batch(x, y)
    assert holds(model.get_weights()[0])
    model.set_weights(start)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x) - y) ** 2)
    model.optimizer.apply_gradients(
        zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    )
    assert holds(model.get_weights()[0])


def test_a_layer_of_ones_own_constrains_its_weights():
    class Positive(keras.layers.Layer):
        def build(self, input_shape):
            self.w = self.add_weight(name="w", shape=(input_shape[-1], 2), constraint="non_neg",
                                     initializer="random_normal")

        def call(self, inputs):
            return inputs @ self.w

    model = keras.Sequential([Positive()])
    model.compile("sgd", "mse")
    model.fit(np.ones((20, 3), "float32"), np.ones((20, 2), "float32"), verbose=0)
    assert isinstance(model.layers[0].w.constraint, keras.constraints.NonNeg)
    assert (model.get_weights()[0] >= 0).all() and model.get_weights()[0].any()


def test_an_optimizer_is_found_whatever_the_case_of_its_name():
    for name in ("RMSProp", "RMSprop", "rmsprop", "ADAM"):
        assert type(keras.optimizers.get(name)).__name__.lower() == name.lower()
