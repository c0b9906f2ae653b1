"""Threads that predict while another trains, and children made by fork and spawn."""

from __future__ import annotations

import multiprocessing
import sys
import threading

import numpy as np
import pytest

from seodang import keras
from seodang.compat import tensorflow as tf

X = np.random.default_rng(0).normal(size=(256, 8)).astype("float32")
Y = (X.sum(1, keepdims=True) > 0).astype("float32")


def model():
    m = keras.Sequential([keras.layers.Dense(16, activation="relu", input_shape=(8,))])
    m.add(keras.layers.Dense(1, activation="sigmoid"))
    m.compile("adam", "binary_crossentropy")
    return m


def together(*jobs):
    """Runs each job in a thread of its own; what one raises is raised here."""
    errors = []

    def guarded(job):
        try:
            job()
        except BaseException as e:
            errors.append(e)

    threads = [threading.Thread(target=guarded, args=(job,), daemon=True) for job in jobs]
    for t in threads:
        t.start()
    for t in threads:
        t.join(120)
    assert not any(t.is_alive() for t in threads), "a thread hangs"
    if errors:
        raise errors[0]


@pytest.mark.parametrize("same", [True, False], ids=["same", "different"])
def test_two_threads_predict_while_a_third_trains(same):
    trained = model()
    first, second = (trained, trained) if same else (model(), model())
    fixed = None if same else [m.predict(X, verbose=0) for m in (first, second)]
    start = threading.Barrier(3)
    done = threading.Event()
    rounds = [0, 0]

    def train():
        start.wait()
        try:
            trained.fit(X, Y, epochs=30, batch_size=8, verbose=0)
        finally:
            done.set()

    def predict(which, m):
        start.wait()
        while not done.is_set() or rounds[which] < 3:
            p = m.predict(X, verbose=0)
            assert p.shape == (256, 1) and (0 <= p).all() and (p <= 1).all()
            if fixed:
                np.testing.assert_array_equal(p, fixed[which])
            rounds[which] += 1

    before = trained.evaluate(X, Y, verbose=0)
    together(train, lambda: predict(0, first), lambda: predict(1, second))
    assert min(rounds) >= 3
    assert trained.evaluate(X, Y, verbose=0) < 0.7 * before


def test_threads_that_train_models_of_their_own_get_what_one_thread_gets():
    models = [model() for _ in range(4)]
    alone = [keras.models.clone_model(m) for m in models]
    for m, copy in zip(models, alone):
        copy.set_weights(m.get_weights())
        copy.compile("adam", "binary_crossentropy")
        copy.fit(X, Y, epochs=3, shuffle=False, verbose=0)
    together(*(lambda m=m: m.fit(X, Y, epochs=3, shuffle=False, verbose=0) for m in models))
    for m, copy in zip(models, alone):
        for got, wanted in zip(m.get_weights(), copy.get_weights()):
            np.testing.assert_array_equal(got, wanted)


def test_tapes_of_threads_are_apart():
    found = {}

    def differentiate(k):
        v = tf.Variable(float(k))
        for _ in range(50):
            with tf.GradientTape() as tape:
                y = v * v * v
            found[k] = float(tape.gradient(y, v))

    together(*(lambda k=k: differentiate(k) for k in range(1, 5)))
    assert found == {k: 3.0 * k * k for k in range(1, 5)}


def work(connection):
    """What a child does: eager arithmetic, a product large enough for several threads, training."""
    big = tf.ones((300, 300))
    m = model()
    before = m.evaluate(X, Y, verbose=0)
    m.fit(X, Y, epochs=20, verbose=0)
    product = float(tf.reduce_sum(big @ big))
    connection.send((product, before, float(m.evaluate(X, Y, verbose=0))))
    connection.close()


def predict_inherited(connection, m):
    connection.send(m.predict(X, verbose=0))
    connection.close()


def in_child(method, target, *arguments):
    context = multiprocessing.get_context(method)
    here, there = context.Pipe()
    child = context.Process(target=target, args=(there, *arguments))
    child.start()
    there.close()
    try:
        assert here.poll(100), "the child hangs"
        return here.recv()
    finally:
        child.join(10)
        if child.is_alive():
            child.kill()
        assert child.exitcode == 0


needs_fork = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason=f"{sys.platform} has no fork"
)


@pytest.mark.parametrize("method", [pytest.param("fork", marks=needs_fork), "spawn"])
@pytest.mark.parametrize("computed", [False, True], ids=["after_import", "after_computing"])
def test_a_child_computes_and_trains(method, computed):
    if computed:
        model().fit(X, Y, verbose=0)
        tf.ones((300, 300)) @ tf.ones((300, 300))
    product, before, after = in_child(method, work)
    assert product == 300.0**3
    assert after < before


@needs_fork
def test_a_forked_child_uses_the_model_of_its_parent():
    m = model()
    m.fit(X, Y, verbose=0)
    wanted = m.predict(X, verbose=0)
    np.testing.assert_array_equal(in_child("fork", predict_inherited, m), wanted)
    np.testing.assert_array_equal(m.predict(X, verbose=0), wanted)
    m.fit(X, Y, verbose=0)
