"""A tensor's memory in other hands: NumPy, the buffer protocol, DLPack. Nothing is copied where
nothing can go wrong, and no view ever changes or outlives its elements."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from seodang import keras
from seodang.compat import tensorflow as tf

ELEMENTS = np.arange(3000, dtype="float32").reshape(30, 100)


def address(array) -> int:
    return np.asarray(array).__array_interface__["data"][0]


def views():
    return {
        "asarray": np.asarray,
        "buffer": lambda t: np.asarray(memoryview(t)),
        "dlpack": np.from_dlpack,
    }


@pytest.mark.parametrize("way", views())
@pytest.mark.parametrize(
    "dtype", ["float32", "float64", "float16", "int8", "int32", "int64", "uint8", "bool"]
)
def test_views_share_memory_and_cannot_be_written(way, dtype):
    t = tf.constant(ELEMENTS.astype(dtype))
    view, again = views()[way](t), views()[way](t)
    assert view.dtype == dtype and view.shape == (30, 100)
    assert address(view) == address(again)
    assert not view.flags.writeable
    with pytest.raises(ValueError):
        view[0, 0] = 1
    np.testing.assert_array_equal(view, ELEMENTS.astype(dtype))


@pytest.mark.parametrize("way", views())
def test_a_view_outlives_its_tensor(way):
    view = views()[way](tf.constant(ELEMENTS))
    gc.collect()
    # Memory that was given back would be taken by these.
    others = [tf.zeros((30, 100)) + k for k in range(50)]
    np.testing.assert_array_equal(view, ELEMENTS)
    assert float(others[7][0, 0]) == 7.0


def test_numpy_and_copies_are_the_users_own():
    t = tf.constant(ELEMENTS)
    for own in (t.numpy(), np.array(t), np.asarray(t, copy=True), np.asarray(t).copy()):
        own[0, 0] = -1
        assert float(t[0, 0]) == 0.0
    assert np.asarray(t, "float64").dtype == "float64"
    with pytest.raises(ValueError):
        t.__array__("float64", copy=False)


@pytest.mark.parametrize("way", ["asarray", "dlpack"])
def test_a_view_of_a_variable_stays_as_it_was(way):
    v = tf.Variable(ELEMENTS)
    view = views()[way](v)
    v.assign_add(tf.ones((30, 100)))
    v.assign(v * 2)
    np.testing.assert_array_equal(view, ELEMENTS)
    np.testing.assert_array_equal(v.numpy(), (ELEMENTS + 1) * 2)


def test_a_view_of_a_weight_stays_as_it_was_while_training_goes_on():
    m = keras.Sequential([keras.layers.Dense(1, input_shape=(3,))])
    m.compile("adam", "mse")
    x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
    m.fit(x, x[:, :1], verbose=0)
    view = np.asarray(m.weights[0])
    before = view.copy()
    m.fit(x, x[:, :1], epochs=3, verbose=0)
    np.testing.assert_array_equal(view, before)
    assert not np.array_equal(m.get_weights()[0], before)


def test_a_view_of_what_a_function_was_given_stays_as_it_was():
    step = tf.function(lambda t: t * 2 + 1)
    t = tf.constant(ELEMENTS)
    view = np.asarray(t)
    for _ in range(3):
        step(t)
    np.testing.assert_array_equal(view, ELEMENTS)


def test_consumers_that_do_not_know_of_read_only_memory_get_a_copy():
    t = tf.constant(ELEMENTS)

    class Old:
        """Asks as consumers did before DLPack 1.0."""

        def __dlpack__(self, **_):
            return t.__dlpack__()

        def __dlpack_device__(self):
            return t.__dlpack_device__()

    copy = np.from_dlpack(Old())
    assert address(copy) != address(t)
    np.testing.assert_array_equal(copy, ELEMENTS)


def test_scalars_and_nothing_have_views_too():
    assert np.asarray(tf.constant(2.5)).shape == () and float(np.asarray(tf.constant(2.5))) == 2.5
    empty = np.asarray(tf.zeros((0, 3)))
    assert empty.shape == (0, 3) and not empty.flags.writeable
    assert bytes(memoryview(tf.constant([1, 2], tf.uint8))) == b"\x01\x02"


def test_a_traced_tensor_has_no_memory():
    seen = []

    @tf.function
    def f(x):
        for look in (np.asarray, memoryview, np.from_dlpack):
            try:
                look(x)
            except Exception as e:
                seen.append(type(e).__name__)
        return x

    f(tf.ones(3))
    assert len(seen) == 3 and "TracedValueError" in seen
