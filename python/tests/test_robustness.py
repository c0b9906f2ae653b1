"""What must not end the interpreter: a fork in the middle of training, too little memory, wrong
shapes, inputs that a layer never expects."""

from __future__ import annotations

import multiprocessing
import os
import threading

import numpy as np
import pytest

from seodang import keras
from seodang.compat import tensorflow as tf

X = np.random.default_rng(0).normal(size=(96, 3)).astype("float32")
Y = X @ np.array([[1.0], [-2.0], [0.5]], dtype="float32")


def model(**options):
    m = keras.Sequential([keras.layers.Dense(4, "relu", input_shape=(3,)), keras.layers.Dense(1)])
    m.compile(**{"optimizer": "adam", "loss": "mse", **options})
    return m


def usable(m) -> None:
    """The model predicts, learns and keeps its weights finite."""
    m.fit(X, Y, epochs=1, verbose=0)
    assert np.isfinite(m.predict(X, verbose=0)).all()
    assert all(np.isfinite(w).all() for w in m.get_weights())


def work(weights, queue) -> None:
    """What a child process does: it computes with tensors, predicts and trains."""
    big = tf.matmul(tf.ones((256, 256)), tf.ones((256, 256)))
    m = model()
    m.set_weights(weights)
    before = m.predict(X, verbose=0)
    m.fit(X, Y, epochs=2, shuffle=False, verbose=0)
    queue.put((float(tf.reduce_sum(big)), before, m.get_weights()))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_child_forked_while_a_thread_trains_can_compute():
    m, other = model(), model()
    stop, begun = threading.Event(), threading.Event()

    class Until(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            begun.set()
            self.model.stop_training = stop.is_set()

    thread = threading.Thread(
        target=lambda: m.fit(X, Y, epochs=10**6, verbose=0, callbacks=[Until()])
    )
    thread.start()
    assert begun.wait(60)
    try:
        context = multiprocessing.get_context("fork")
        queue = context.Queue()
        child = context.Process(target=work, args=(other.get_weights(), queue))
        child.start()
        total, before, _ = queue.get(timeout=120)
        child.join(60)
    finally:
        stop.set()
        thread.join(60)
    assert total == 256.0**3
    np.testing.assert_array_equal(before, other.predict(X, verbose=0))


def test_a_sequence_that_raises_raises_out_of_fit():
    class Broken(keras.utils.Sequence):
        def __len__(self):
            return 4

        def __getitem__(self, index):
            if index == 2:
                raise LookupError("row 2")
            return X[:8], Y[:8]

    m = model()
    with pytest.raises(LookupError, match="row 2"):
        m.fit(Broken(), epochs=1, verbose=0)
    usable(m)


def test_errors_of_shape_name_the_layer_and_the_shapes():
    m = keras.Sequential([keras.layers.Dense(4, input_shape=(3,), name="first_one")])
    with pytest.raises(ValueError, match=r'(?s)layer "?.*incompatible.*3.*5'):
        m.predict(np.ones((2, 5), "float32"), verbose=0)
    with pytest.raises(ValueError, match=r"(?s)conv_one.*ndim=4.*ndim=2"):
        keras.layers.Conv2D(2, 3, name="conv_one")(np.ones((2, 5), "float32"))
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"\[2,3\].*\[4,5\]|2, 3.*4, 5"):
        tf.matmul(tf.ones((2, 3)), tf.ones((4, 5)))
    with pytest.raises(
        tf.errors.InvalidArgumentError, match=r"Incompatible shapes: \[2\] vs. \[3\]"
    ):
        tf.ones(2) + tf.ones(3)


def test_what_memory_cannot_hold_is_an_error():
    for make in (
        lambda: tf.zeros([2**40, 2**10]),
        lambda: tf.zeros([2**62, 4]),
        lambda: tf.random.normal([2**62]),
        lambda: tf.range(2**50),
        lambda: tf.one_hot([1], 2**50),
        lambda: tf.tile(tf.ones((2, 2)), [2**40, 2**10]),
        lambda: keras.layers.Dense(2**50)(np.ones((2, 2**12), "float32")),
    ):
        with pytest.raises((MemoryError, ValueError, tf.errors.OpError)):
            make()
    assert float(tf.reduce_sum(tf.ones(3))) == 3.0


OPTIONS = [
    {}, {"units": 2}, {"filters": 2, "kernel_size": 3}, {"kernel_size": 3}, {"pool_size": 2},
    {"input_dim": 4, "output_dim": 2}, {"n": 2}, {"rate": 0.1},
    {"target_shape": (3,)}, {"dims": (1,)}, {"height": 2, "width": 2},
]  # fmt: skip


def test_layers_get_inputs_of_any_rank_behind_the_checks_without_a_panic():
    shapes = [(), (2,), (2, 3), (2, 3, 4), (1, 4, 4, 2), (1, 2, 2, 2, 2), (0, 3), (0,)]
    bad, tried = set(), set()
    for name in dir(keras.layers):
        made = getattr(keras.layers, name)
        if not (isinstance(made, type) and issubclass(made, keras.layers.Layer)):
            continue
        for options in OPTIONS:
            for built in (None, *shapes):
                try:
                    layer = made(**options)
                    layer.build(built) if built is not None else setattr(layer, "built", True)
                except Exception:
                    continue
                for shape in shapes:
                    tried.add(name)
                    # `call` is what a model's own code may call; it knows of no `input_spec`.
                    for f in (layer.call, layer.compute_output_spec, layer):
                        try:
                            f(np.ones(shape, "float32"))
                        except Exception:
                            pass
                        except BaseException as e:
                            bad.add((name, built, shape, str(e)[:80]))
    assert len(tried) > 50
    assert not bad, sorted(bad, key=str)
