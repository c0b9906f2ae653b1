"""What goes wrong around training: threads, forks, interruptions, callbacks and data that raise."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
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


# Threads and processes -----------------------------------------------------------------------


@pytest.mark.parametrize("shared", [True, False], ids=["one model", "three models"])
def test_two_threads_predict_while_a_third_trains(shared):
    trained = model()
    others = [trained, trained] if shared else [model(), model()]
    expected = [None if shared else m.predict(X, verbose=0) for m in others]
    begun, stop, failures, counts = threading.Event(), threading.Event(), [], [0, 0]

    def predict(k):
        try:
            while not stop.is_set():
                out = others[k].predict(X, verbose=0)
                assert out.shape == (96, 1) and np.isfinite(out).all()
                if expected[k] is not None:
                    np.testing.assert_array_equal(out, expected[k])
                counts[k] += 1
                begun.set()
        except BaseException as e:
            failures.append(e)
            begun.set()

    threads = [threading.Thread(target=predict, args=(k,)) for k in (0, 1)]
    for t in threads:
        t.start()
    assert begun.wait(60)
    history = trained.fit(X, Y, epochs=60, batch_size=8, verbose=0).history["loss"]
    stop.set()
    for t in threads:
        t.join(60)
    assert not failures, failures
    assert min(counts) > 0 and history[-1] < history[0]
    # What the threads saw was no torn mixture: the weights are whole afterwards.
    np.testing.assert_allclose(trained.predict(X, verbose=0), trained(X).numpy(), rtol=1e-5, atol=1e-6)


def test_threads_that_train_their_own_models_give_what_one_thread_gives():
    def train(results, k):
        m = model()
        m.set_weights(start)
        m.fit(X, Y, epochs=5, shuffle=False, verbose=0)
        results[k] = m.get_weights()

    start = model().get_weights()
    alone, together = {}, {}
    train(alone, 0)
    threads = [threading.Thread(target=train, args=(together, k)) for k in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(120)
    for k in range(3):
        for one, other in zip(alone[0], together[k]):
            np.testing.assert_array_equal(one, other)


def work(weights, queue) -> None:
    """What a child process does: it computes with tensors, predicts and trains."""
    big = tf.matmul(tf.ones((256, 256)), tf.ones((256, 256)))
    m = model()
    m.set_weights(weights)
    before = m.predict(X, verbose=0)
    m.fit(X, Y, epochs=2, shuffle=False, verbose=0)
    queue.put((float(tf.reduce_sum(big)), before, m.get_weights()))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_child_process_computes_what_its_parent_does(method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    context = multiprocessing.get_context(method)
    m = model()
    # The parent has used its pool of threads before, which a child does not have.
    m.fit(X, Y, epochs=1, verbose=0)
    tf.matmul(tf.ones((256, 256)), tf.ones((256, 256))).numpy()
    queue = context.Queue()
    child = context.Process(target=work, args=(m.get_weights(), queue))
    child.start()
    total, before, after = queue.get(timeout=120)
    child.join(60)
    assert child.exitcode == 0
    assert total == 256.0**3
    np.testing.assert_array_equal(before, m.predict(X, verbose=0))
    m2 = model()
    m2.set_weights(m.get_weights())
    m2.fit(X, Y, epochs=2, shuffle=False, verbose=0)
    for one, other in zip(after, m2.get_weights()):
        np.testing.assert_array_equal(one, other)


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


# Interruptions and callbacks -----------------------------------------------------------------


class At(keras.callbacks.Callback):
    """Does something once, at a moment of the training."""

    def __init__(self, moment, action):
        super().__init__()
        setattr(self, moment, lambda *args, **kwargs: action(self.model))


@pytest.mark.parametrize("moment", ["on_train_batch_end", "on_epoch_end", "on_train_batch_begin"])
def test_an_interruption_in_a_callback_leaves_a_usable_model(moment):
    m = model()

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        m.fit(X, Y, epochs=2, verbose=0, callbacks=[At(moment, interrupt)])
    usable(m)


@pytest.mark.skipif(sys.platform == "win32", reason="signals to oneself are POSIX's")
def test_a_signal_between_the_steps_of_an_epoch_interrupts_it():
    m = model()
    rows = np.repeat(X, 4000, axis=0)
    labels = np.repeat(Y, 4000, axis=0)
    seen = threading.Event()

    class Begun(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            seen.set()

    def interrupt():
        assert seen.wait(60)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        m.fit(rows, labels, epochs=10**6, batch_size=1, verbose=0, callbacks=[Begun()])
    thread.join()
    usable(m)


@pytest.mark.parametrize(
    "moment",
    ["on_train_begin", "on_train_end", "on_epoch_begin", "on_epoch_end", "on_train_batch_begin",
     "on_train_batch_end", "on_test_begin", "on_test_end", "on_test_batch_end"],
)
def test_a_callback_that_raises_raises_out_of_fit(moment):
    m = model()

    def fail(_):
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        m.fit(X, Y, epochs=2, verbose=0, callbacks=[At(moment, fail)], validation_split=0.2)
    usable(m)


def test_a_callback_may_predict_evaluate_fit_and_save(tmp_path):
    m, other = model(metrics=["mae"]), model()
    seen = []

    def action(current):
        seen.append(current.predict(X[:2], verbose=0).shape)
        seen.append(len(current.evaluate(X, Y, verbose=0)))
        other.fit(X, Y, epochs=1, verbose=0)
        current.save(tmp_path / "m.keras")
        current.save_weights(tmp_path / "m.weights.h5")

    history = m.fit(X, Y, epochs=3, verbose=0, callbacks=[At("on_epoch_end", action)]).history
    assert seen == [(2, 1), 2] * 3
    assert len(history["loss"]) == len(history["mae"]) == 3
    loaded = keras.models.load_model(tmp_path / "m.keras")
    np.testing.assert_allclose(
        loaded.predict(X, verbose=0), m.predict(X, verbose=0), rtol=1e-6, atol=1e-7
    )


def test_a_callback_may_fit_the_model_that_is_being_fitted():
    m = model()
    depth = []

    def again(current):
        if not depth:
            depth.append(1)
            current.fit(X, Y, epochs=1, verbose=0)

    m.fit(X, Y, epochs=2, verbose=0, callbacks=[At("on_epoch_end", again)])
    usable(m)


# Data that raise and data that do not fit ------------------------------------------------------


def test_a_generator_that_raises_raises_out_of_fit_and_leaves_the_model_usable():
    def batches():
        yield X[:8], Y[:8]
        raise LookupError("no more rows")

    m = model()
    with pytest.raises(LookupError, match="no more rows"):
        m.fit(batches(), steps_per_epoch=5, epochs=1, verbose=0)
    with pytest.raises(LookupError, match="no more rows"):
        m.predict((b[0] for b in batches()), verbose=0)
    with pytest.raises(LookupError, match="no more rows"):
        m.evaluate(batches(), verbose=0)
    usable(m)


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


def test_a_wrong_shape_in_the_middle_of_a_generator_names_the_shapes():
    def batches():
        yield X[:8], Y[:8]
        yield X[:8, :2], Y[:8]

    m = model()
    with pytest.raises(ValueError, match=r"(?s)2.*3|3.*2"):
        m.fit(batches(), steps_per_epoch=2, epochs=1, verbose=0)
    usable(m)


@pytest.mark.parametrize("eagerly", [False, True])
def test_a_layer_whose_call_returns_none_is_an_error_that_names_it(eagerly):
    class Silent(keras.layers.Layer):
        def call(self, x):
            keras.backend.sum(x)

    m = keras.Sequential([Silent(name="silent_one")])
    m.compile("sgd", "mse", run_eagerly=eagerly)
    with pytest.raises((ValueError, TypeError), match="silent_one"):
        m.fit(X, Y, verbose=0)
    with pytest.raises((ValueError, TypeError), match="silent_one"):
        keras.Sequential([keras.Input((3,)), Silent(name="silent_one")])


RAGGED = [[1.0, 2.0], [3.0]]
BAD_ROWS = {
    "objects": (np.array([object()] * 4), ValueError),
    "mixed objects": (np.array([[1, "a", None]] * 4, object), ValueError),
    "ragged": (RAGGED * 2, ValueError),
    "ragged objects": (np.array([np.ones(2), np.ones(3), np.ones(1), np.ones(4)], object), ValueError),
    "strings": (np.array([["a", "b", "c"]] * 4), (ValueError, TypeError, NotImplementedError)),
    "no rows": (np.zeros((0, 3), "float32"), ValueError),
    "too few columns": (np.ones((4, 2), "float32"), ValueError),
    "too many dimensions": (np.ones((4, 3, 3, 3), "float32"), ValueError),
    "a number": (3.0, (ValueError, TypeError)),
    "a scalar array": (np.float32(3), (ValueError, TypeError)),
    "complex": (np.ones((4, 3), complex), (ValueError, TypeError)),
    "dates": (np.array([["2020-01-01"] * 3] * 4, "datetime64[D]"), (ValueError, TypeError)),
    "huge integers": ([[10**400] * 3] * 4, (ValueError, TypeError, OverflowError)),
    "none": (None, (ValueError, TypeError)),
}


@pytest.mark.parametrize("rows", BAD_ROWS)
def test_rows_that_are_none_give_the_errors_that_keras_gives(rows):
    x, errors = BAD_ROWS[rows]
    m = model()
    with pytest.raises(errors):
        m.fit(x, Y[:4], verbose=0)
    with pytest.raises(errors):
        m.predict(x, verbose=0)
    with pytest.raises(errors):
        m.evaluate(x, Y[:4], verbose=0)
    usable(m)


def test_another_number_of_labels_than_rows_is_named():
    with pytest.raises(ValueError, match=r"(?s)cardinality.*96.*95"):
        model().fit(X, Y[:95], verbose=0)


def test_labels_of_another_shape_than_the_outputs_are_an_error():
    with pytest.raises(ValueError):
        model().fit(X, np.ones((96, 2, 2), "float32"), verbose=0)


def test_nan_is_learnt_from_without_an_error_and_seen_in_the_loss():
    bad = X.copy()
    bad[5, 1] = np.nan
    assert np.isnan(model().fit(bad, Y, epochs=1, verbose=0).history["loss"][0])
    m = model()
    m.fit(bad, Y, epochs=5, verbose=0, callbacks=[keras.callbacks.TerminateOnNaN()])
    assert m.stop_training


def test_indices_out_of_an_embedding_are_an_error_eagerly_and_never_read_beyond_it_in_a_program():
    table = np.arange(12, dtype="float32").reshape(4, 3)
    layer = keras.layers.Embedding(4, 3)
    m = keras.Sequential([layer])
    m.build((None, 2))
    layer.set_weights([table])
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError), match="out of range"):
        layer(np.array([[0, 4]]))
    # As documented: inside a program the nearest row stands in, and negative ones count from the end.
    wild = np.array([[0, 4], [3, 2**31 - 1], [-1, -(2**31)]], "int32")
    np.testing.assert_array_equal(
        m.predict(wild, verbose=0), table[[[0, 3], [3, 3], [3, 0]]]
    )
    m.compile("sgd", "mse")
    # The first rows build the model, eagerly.
    rows = np.concatenate([[[0, 1], [2, 3]], wild]).astype("int32")
    m.fit(rows, np.zeros((5, 2, 3), "float32"), epochs=1, verbose=0)
    assert np.isfinite(layer.get_weights()[0]).all()


def test_errors_of_shape_name_the_layer_and_the_shapes():
    m = keras.Sequential([keras.layers.Dense(4, input_shape=(3,), name="first_one")])
    with pytest.raises(ValueError, match=r'(?s)layer "?.*incompatible.*3.*5'):
        m.predict(np.ones((2, 5), "float32"), verbose=0)
    with pytest.raises(ValueError, match=r"(?s)conv_one.*ndim=4.*ndim=2"):
        keras.layers.Conv2D(2, 3, name="conv_one")(np.ones((2, 5), "float32"))
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"\[2,3\].*\[4,5\]|2, 3.*4, 5"):
        tf.matmul(tf.ones((2, 3)), tf.ones((4, 5)))
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"Incompatible shapes: \[2\] vs. \[3\]"):
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
