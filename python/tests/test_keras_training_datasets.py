"""Training on a Dataset that lies in memory: the engine's own rows, with the pipeline's order."""

import numpy as np
import pytest

from seodang import keras
from seodang.data import Dataset
from seodang.keras.training import data as adapters

X = np.random.default_rng(0).random((100, 6))
Y = (X.sum(1) > 3).astype("int64")


def _model():
    keras.utils.set_random_seed(1)
    m = keras.Sequential([keras.layers.Input((6,)), keras.layers.Dense(5, "relu"), keras.layers.Dense(2)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    m.compile("adam", loss, metrics=["accuracy"])
    return m


def _rows(*arrays):
    return Dataset.from_tensor_slices(arrays)


PIPELINES = {
    "plain": lambda: _rows(X, Y).batch(16),
    "shuffled": lambda: _rows(X, Y).shuffle(40, seed=3).batch(16, drop_remainder=True).prefetch(2),
    "one order": lambda: _rows(X, Y).shuffle(100, seed=3, reshuffle_each_iteration=False).batch(7),
    "repeated": lambda: _rows(X, Y).shuffle(100, seed=5).repeat(2).batch(16),
    "cut": lambda: _rows(X, Y).skip(3).take(50).batch(16).skip(1),
    "weighted": lambda: _rows(X, Y, np.linspace(0, 1, 100)).batch(16),
}


@pytest.mark.parametrize("name", PIPELINES)
def test_rows_in_memory_train_as_batches_do(name, monkeypatch):
    found = []
    for quick in (True, False):
        if not quick:
            monkeypatch.setattr(adapters.DatasetRows, "of", staticmethod(lambda source: None))
        data = PIPELINES[name]()
        assert isinstance(adapters.make(data), adapters.DatasetRows) == quick
        model = _model()
        history = model.fit(data, epochs=3, verbose=0, validation_data=_rows(X, Y).batch(30)).history
        found.append((history, model.get_weights(), model.evaluate(data, verbose=0)))
        again = PIPELINES["plain"]()
        found[-1] += (model.predict(again, verbose=0),)
    (history, weights, scores, out), (slow_history, slow_weights, slow_scores, slow_out) = found
    assert history == slow_history and scores == slow_scores
    for a, b in zip(weights, slow_weights):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(out, slow_out)


def test_what_computes_or_has_no_end_gives_batches():
    source = _rows(X, Y)
    for data in (source.map(lambda x, y: (x * 2, y)).batch(4), source.repeat().batch(4), source):
        assert isinstance(adapters.make(data), adapters.IterableData)
    assert isinstance(adapters.make(source.batch(4), steps=3), adapters.IterableData)
    texts = Dataset.from_tensor_slices((["a", "b"], [0, 1])).batch(2)
    assert isinstance(adapters.make(texts), adapters.IterableData)


def test_class_weights_and_callbacks_see_the_same_steps(monkeypatch):
    seen = []
    for quick in (True, False):
        if not quick:
            monkeypatch.setattr(adapters.DatasetRows, "of", staticmethod(lambda source: None))
        steps = []
        note = keras.callbacks.LambdaCallback(on_batch_end=lambda b, logs: steps.append((b, logs["loss"])))
        _model().fit(_rows(X, Y).batch(30), class_weight={0: 1.0, 1: 5.0}, callbacks=[note], verbose=0)
        seen.append(steps)
    assert seen[0] == seen[1] and [b for b, _ in seen[0]] == [0, 1, 2, 3]


def test_a_data_set_is_not_split():
    with pytest.raises(ValueError, match="validation_split"):
        _model().fit(_rows(X, Y).batch(30), validation_split=0.2, verbose=0)
