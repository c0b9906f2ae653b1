"""Optimizers on variables of the user's."""

from __future__ import annotations

import numpy as np
import pytest

from seodang import _native as native
from seodang import keras


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
