"""Training and prediction under hostile input: an exception of Keras's type, a usable model after it."""

from __future__ import annotations

import _thread
import signal

import numpy as np
import pytest

from seodang import keras
from seodang.errors import InvalidArgumentError

X = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
Y = X @ np.array([[1.0], [-2.0], [0.5]], dtype="float32")


def model(**options):
    m = keras.Sequential([keras.layers.Dense(4, activation="relu", input_shape=(3,), name="first")])
    m.add(keras.layers.Dense(1, name="last"))
    m.compile(**{"optimizer": "adam", "loss": "mse", **options})
    return m


def assert_usable(m):
    """The weights are finite, predictions are what NumPy makes of them, training goes on."""
    k1, b1, k2, b2 = m.get_weights()
    expected = np.maximum(X @ k1 + b1, 0) @ k2 + b2
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(m.predict(X, verbose=0), expected, rtol=1e-4, atol=1e-5)
    before = m.evaluate(X, Y, verbose=0)
    m.fit(X, Y, epochs=20, verbose=0)
    assert m.evaluate(X, Y, verbose=0) < before


class Raises(keras.callbacks.Callback):
    """Raises one exception at one of the hooks, once."""

    def __init__(self, hook, error):
        super().__init__()
        self.fired = False

        def fire(*_):
            if not self.fired:
                self.fired = True
                raise error

        setattr(self, hook, fire)


HOOKS = [
    "on_train_begin",
    "on_epoch_begin",
    "on_train_batch_begin",
    "on_train_batch_end",
    "on_epoch_end",
    "on_train_end",
]


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("error", [RuntimeError("own"), KeyboardInterrupt(), SystemExit(3)])
def test_what_a_callback_raises_comes_out_of_fit_and_the_model_is_whole(hook, error):
    m = model()
    with pytest.raises(type(error)) as raised:
        m.fit(X, Y, epochs=2, batch_size=16, verbose=0, callbacks=[Raises(hook, error)])
    assert raised.value is error
    assert_usable(m)


@pytest.fixture
def ctrl_c():
    """Python's own way to take Ctrl-C, which who began the tests in the background has turned off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_inside_a_long_fit_without_callbacks_leaves_a_usable_model(ctrl_c):
    m = model()
    seen = []

    def rows():
        while True:
            seen.append(1)
            if len(seen) == 20:
                _thread.interrupt_main()
            yield X[:8], Y[:8]

    with pytest.raises(KeyboardInterrupt):
        m.fit(rows(), steps_per_epoch=100_000, epochs=3, verbose=0)
    assert len(seen) < 1000
    assert_usable(m)


@pytest.mark.parametrize("method", ["fit", "evaluate", "predict"])
@pytest.mark.parametrize("at", [0, 2])
def test_what_a_generator_raises_comes_out(method, at):
    m = model()

    def rows():
        for i in range(5):
            if i == at:
                raise OSError("the disk is gone")
            yield (X[:8], Y[:8]) if method != "predict" else X[:8]

    with pytest.raises(OSError, match="the disk is gone"):
        getattr(m, method)(rows(), verbose=0)
    assert_usable(m)


def test_a_wrong_shape_in_the_middle_of_a_generator_names_the_shapes():
    m = model()

    def rows():
        yield X[:8], Y[:8]
        yield np.ones((8, 5), "float32"), Y[:8]

    with pytest.raises(ValueError, match="(?s)3.*5"):
        m.fit(rows(), verbose=0)
    assert_usable(m)


@pytest.mark.parametrize(
    "x",
    [
        np.array([[1, None, 3]] * 64, dtype=object),
        np.array([[1, [2], 3]] * 64, dtype=object),
        np.array([[1, "2", 3]] * 64, dtype=object),
        [[10**400, 1, 1]] * 64,
        [[1.0, 2.0, 3.0], [1.0, 2.0]],
        np.full((64, 3), "text"),
        "text",
        np.ones((64, 4), "float32"),
        np.ones((64, 3, 2, 2), "float32"),
        np.ones((), "float32"),
        object(),
    ],
    ids="object nested text huge ragged strings string width rank scalar nothing".split(),
)
@pytest.mark.parametrize("method", ["fit", "evaluate", "predict"])
def test_hostile_rows_are_an_exception_and_the_model_is_whole(method, x):
    m = model()
    arguments = (x,) if method == "predict" else (x, Y)
    with pytest.raises((ValueError, TypeError, InvalidArgumentError)) as raised:
        getattr(m, method)(*arguments, verbose=0)
    assert str(raised.value)
    assert_usable(m)


def test_a_wrong_width_names_the_layer():
    with pytest.raises(ValueError, match="(?s)incompatible with the layer.*3.*4"):
        model().fit(np.ones((8, 4)), np.ones((8, 1)), verbose=0)


@pytest.mark.parametrize("method", ["fit", "evaluate", "predict"])
def test_zero_rows_are_an_exception(method):
    arguments = (X[:0],) if method == "predict" else (X[:0], Y[:0])
    m = model()
    with pytest.raises(ValueError):
        getattr(m, method)(*arguments, verbose=0)
    assert_usable(m)


def test_different_numbers_of_rows_are_named():
    with pytest.raises(ValueError, match="(?s)cardinality.*64.*60"):
        model().fit(X, Y[:60], verbose=0)


def test_nan_goes_through_as_nan():
    m = model()
    bad = X.copy()
    bad[3, 1] = np.nan
    predicted = m.predict(bad, verbose=0)
    assert np.isnan(predicted[3]).all() and np.isfinite(np.delete(predicted, 3, 0)).all()
    stop = keras.callbacks.TerminateOnNaN()
    history = m.fit(bad, Y, epochs=5, batch_size=64, verbose=0, callbacks=[stop])
    assert len(history.history["loss"]) == 1 and np.isnan(history.history["loss"][0])


def test_a_layer_whose_call_gives_none_is_an_exception():
    class Nothing(keras.layers.Layer):
        def call(self, x):
            pass

    with pytest.raises((ValueError, TypeError)):
        m = keras.Sequential([Nothing(input_shape=(3,)), keras.layers.Dense(1)])
        m.compile("sgd", "mse")
        m.fit(X, Y, verbose=0)


def test_a_model_whose_call_gives_none_is_an_exception():
    class Nothing(keras.Model):
        def call(self, x):
            pass

    m = Nothing()
    m.compile("sgd", "mse")
    with pytest.raises(ValueError, match="None values not supported"):
        m.fit(X, Y, verbose=0)
    with pytest.raises(ValueError, match="None values not supported"):
        m.predict(X, verbose=0)


@pytest.mark.parametrize("eagerly", [False, True], ids=["compiled", "eager"])
@pytest.mark.parametrize("index", [10, -1, 2**31 - 1, -(2**31)])
def test_an_index_outside_an_embedding_is_an_exception_that_names_the_layer(eagerly, index):
    m = keras.Sequential([keras.layers.Embedding(10, 4, input_length=2, name="words")])
    m.add(keras.layers.Flatten())
    m.add(keras.layers.Dense(1))
    m.compile("sgd", "mse", run_eagerly=eagerly)
    good, bad, y = np.array([[1, 2]] * 40), np.array([[1, 2]] * 39 + [[3, index]]), np.ones((40, 1))
    m.fit(good, y, verbose=0)
    before = m.get_weights()
    batches = [(good, y), (bad, y)]
    for job in (
        lambda: m.predict(bad, verbose=0),
        lambda: m.evaluate(bad, y, verbose=0),
        lambda: m.fit(bad, y, verbose=0),
        lambda: m.fit({"words_input": bad}, y, verbose=0),
        lambda: m.train_on_batch(bad, y),
        lambda: m.fit(good, y, validation_data=(bad, y), verbose=0),
        lambda: m.evaluate(iter(batches), verbose=0),
    ):
        with pytest.raises(InvalidArgumentError, match=f"(?s)words.*{index}"):
            m.set_weights(before)
            job()
    for new, old in zip(m.get_weights()[:1], before[:1]):
        np.testing.assert_array_equal(new[3:], old[3:])
    assert m.fit(good, y, verbose=0).history["loss"][0] >= 0


def test_an_index_that_only_a_compiled_step_sees_reads_the_nearest_row():
    m = keras.Sequential([keras.layers.Lambda(lambda x: x + 8, input_shape=(2,))])
    m.add(keras.layers.Embedding(10, 4))
    m.compile("sgd", "mse")
    found = m.predict(np.array([[0, 1], [2, 2**20]]), verbose=0)
    table = m.get_weights()[0]
    np.testing.assert_array_equal(found, table[[[8, 9], [9, 9]]])


def test_a_callback_may_predict_fit_evaluate_and_save(tmp_path):
    other = model()

    class Busy(keras.callbacks.Callback):
        losses = []

        def on_epoch_end(self, epoch, logs=None):
            assert self.model.predict(X[:5], verbose=0).shape == (5, 1)
            self.losses.append(self.model.evaluate(X, Y, verbose=0))
            other.fit(X, Y, verbose=0)
            self.model.save(tmp_path / f"{epoch}.keras")

    m = model()
    busy = Busy()
    m.fit(X, Y, epochs=3, verbose=0, callbacks=[busy])
    assert busy.losses[2] < busy.losses[0]
    saved = keras.models.load_model(tmp_path / "2.keras")
    np.testing.assert_allclose(saved.predict(X, verbose=0), m.predict(X, verbose=0), rtol=1e-5)
    assert_usable(m)
    assert_usable(other)


def test_fit_inside_fit_of_the_same_model_trains_or_says_why_not():
    class Again(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            if epoch == 0:
                self.model.fit(X, Y, verbose=0)

    m = model()
    m.fit(X, Y, epochs=2, verbose=0, callbacks=[Again()])
    assert int(m.optimizer.iterations) == 6
    assert_usable(m)
