"""fit, evaluate and predict: what programs rely on beyond the numbers themselves."""

from __future__ import annotations

import os
import struct

import numpy as np
import pytest

from seodang import data, keras

X = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
Y = X @ np.array([[1.0], [-2.0], [0.5]], dtype="float32")


def model(**options):
    m = keras.Sequential([keras.layers.Dense(1, input_shape=(3,))])
    m.compile(**{"optimizer": "sgd", "loss": "mse", **options})
    return m


def test_training_reduces_the_loss_and_evaluate_agrees_with_numpy():
    m = model(optimizer=keras.optimizers.SGD(0.1), metrics=["mae"])
    history = m.fit(X, Y, epochs=30, verbose=0).history
    assert list(history) == ["loss", "mae"]
    assert history["loss"][-1] < 1e-3 < history["loss"][0]
    loss, mae = m.evaluate(X, Y, verbose=0)
    error = m.predict(X) - Y
    np.testing.assert_allclose([loss, mae], [np.mean(error**2), np.mean(abs(error))], rtol=1e-4)


def test_one_batch_of_sgd_is_the_step_that_numpy_makes():
    m = model(optimizer=keras.optimizers.SGD(lr=0.1))
    kernel, bias = m.get_weights()
    error = X @ kernel + bias - Y
    m.fit(X, Y, batch_size=64, epochs=1, verbose=0)
    new_kernel, new_bias = m.get_weights()
    np.testing.assert_allclose(new_kernel, kernel - 0.1 * 2 * X.T @ error / 64, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(new_bias, bias - 0.1 * 2 * error.mean(0), rtol=1e-4, atol=1e-6)


def test_predict_knows_of_a_layer_that_was_added_later():
    m = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])
    assert m.predict(X).shape == (64, 2)
    assert m.predict(X).shape == (64, 2)
    m.add(keras.layers.Dense(5))
    assert m.predict(X).shape == (64, 5)


@pytest.mark.parametrize("given", ["split", "arrays", "dataset"])
def test_class_weights_are_for_training_alone(given):
    m = model(optimizer=keras.optimizers.SGD(0.0))
    labels = (np.arange(64) % 2).reshape(-1, 1)
    x, y, options = X, labels, {"validation_split": 0.25}
    if given != "split":
        x, y, options = X[:48], labels[:48], {"validation_data": (X[48:], labels[48:])}
    if given == "dataset":
        options = {"validation_data": data.Dataset.from_tensor_slices(options["validation_data"]).batch(8)}
        x, y = data.Dataset.from_tensor_slices((x, y)).batch(48), None
    history = m.fit(x, y, class_weight={0: 1.0, 1: 5.0}, verbose=0, **options).history
    errors = np.square(m.predict(X) - labels)[:, 0]
    np.testing.assert_allclose(history["val_loss"], [errors[48:].mean()], rtol=1e-5)
    weighted = errors[:48] * np.where(labels[:48, 0] == 1, 5.0, 1.0)
    np.testing.assert_allclose(history["loss"], [weighted.mean()], rtol=1e-5)


def test_one_epoch_alone_is_not_numbered(capsys):
    model().fit(X, Y, epochs=1, verbose=2)
    assert "Epoch" not in capsys.readouterr().out
    model().fit(X, Y, epochs=2, verbose=2)
    assert "Epoch 1/2" in capsys.readouterr().out


def test_losses_of_symbolic_values_join_the_models_loss():
    inputs = keras.Input((3,))
    outputs = keras.layers.Dense(3)(inputs)
    m = keras.Model(inputs, outputs)
    by_function = keras.losses.mean_squared_error(inputs, outputs) * 2
    by_object = keras.losses.MeanAbsoluteError()(inputs, outputs)
    m.add_loss(keras.backend.mean(by_function) + by_object)
    m.compile("sgd")
    error = m.predict(X) - X
    loss = m.fit(X, batch_size=64, verbose=0).history["loss"]
    np.testing.assert_allclose(loss, [2 * np.mean(error**2) + np.mean(abs(error))], rtol=1e-5)
    right = keras.metrics.categorical_accuracy(inputs, outputs)
    assert right.shape == (None,) and right.dtype == "float32"


def test_steps_per_epoch_divides_the_rows(capsys):
    m = model()
    m.fit(X, Y, steps_per_epoch=3, verbose=2)
    assert "3/3 - " in capsys.readouterr().out


def test_a_generator_that_ends_stops_the_training_with_a_warning():
    m = model()
    with pytest.warns(UserWarning, match="ran out of data"):
        history = m.fit(iter([(X, Y)]), epochs=3, verbose=0)
    assert len(history.history["loss"]) == 1


def test_a_flat_list_of_metrics_is_of_every_output():
    # tf_keras: the same names in the same order.
    x = keras.Input((3,))
    m = keras.Model(x, [keras.layers.Dense(1, name="a")(x), keras.layers.Dense(1, name="b")(x)])
    m.compile("sgd", "mse", metrics=["mae", "mse"])
    history = m.fit(X, [Y, Y], verbose=0).history
    assert list(history) == ["loss", "a_loss", "b_loss", "a_mae", "a_mse", "b_mae", "b_mse"]
    np.testing.assert_allclose(history["loss"][0], history["a_loss"][0] + history["b_loss"][0], rtol=1e-5)


def test_exceptions_of_callbacks_come_out_and_the_model_stays_usable():
    class Fails(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            raise KeyError("mine")

    m = model()
    with pytest.raises(KeyError, match="mine"):
        m.fit(X, Y, callbacks=[Fails()], verbose=0)
    assert np.isfinite(m.fit(X, Y, verbose=0).history["loss"][0])


def test_hostile_data_raises_value_errors():
    m = model()
    ragged = [[1.0, 2.0, 3.0], [1.0]]
    objects = np.array([[object()] * 3] * 4)
    for x, y in [(X, Y[:5]), (X[:0], Y[:0]), (ragged, Y[:2]), (objects, Y[:4]), (X[:, :2], Y)]:
        with pytest.raises(ValueError):
            m.fit(x, y, verbose=0)
    assert np.isnan(m.fit(X, Y * np.nan, verbose=0).history["loss"][0])


def test_event_files_hold_the_scalars(tmp_path):
    m = model()
    board = keras.callbacks.TensorBoard(str(tmp_path))
    history = m.fit(X, Y, epochs=2, validation_split=0.25, callbacks=[board], verbose=0).history
    assert sorted(os.listdir(tmp_path)) == ["train", "validation"]
    (name,) = os.listdir(tmp_path / "train")
    data = (tmp_path / "train" / name).read_bytes()
    found, at = [], 0
    while at < len(data):
        (size,) = struct.unpack_from("<Q", data, at)
        record = data[at + 12 : at + 12 + size]
        if b"epoch_loss" in record:
            # The tensor (field 8) holds its number packed (field 5), behind its type and an empty shape.
            place = record.index(b"\x08\x01\x12\x00\x2a\x04") + 6
            found.append(struct.unpack_from("<f", record, place)[0])
        at += 16 + size
    np.testing.assert_allclose(found, history["loss"], rtol=1e-6)


def changed(model, before):
    return [not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]


@pytest.mark.parametrize("how", ["fit", "train_on_batch"])
def test_layers_train_as_they_were_trainable_at_compile(how):
    part = keras.Sequential([keras.layers.Dense(3, input_shape=(2,))])
    part.compile("sgd", "mse")
    part.trainable = False
    whole = keras.Sequential([keras.layers.Dense(2, input_shape=(2,)), part])
    whole.compile("sgd", "mse")
    x, y = np.ones((4, 2), "float32"), np.ones((4, 3), "float32")

    before = part.get_weights()
    getattr(whole, how)(x, y)
    assert not any(changed(part, before))
    getattr(part, how)(x, y)
    assert all(changed(part, before))
    assert part.trainable is False and part.trainable_weights == []

    part.trainable = True
    before = part.get_weights()
    getattr(whole, how)(x, y)
    assert not any(changed(part, before))
    assert part.trainable is True
    whole.compile("sgd", "mse")
    getattr(whole, how)(x, y)
    assert all(changed(part, before))


def test_fit_takes_the_batches_and_states_of_a_stateful_layer():
    model = keras.Sequential([
        keras.layers.GRU(3, stateful=True, batch_input_shape=(4, None, 2)),
        keras.layers.Dense(1),
    ])
    model.compile("sgd", "mse", metrics=["mae"])
    x, y = np.ones((8, 5, 2), "float32"), np.ones((8, 1), "float32")
    dataset = data.Dataset.from_tensor_slices((x, y)).batch(4)
    history = model.fit(dataset, epochs=2, verbose=0)
    assert len(history.history["loss"]) == 2

    model.reset_states()
    fresh = model.predict(x[:4], batch_size=4)
    model.reset_states()
    # The first evaluation compiles its step, which must leave the states as they are.
    model.compile("sgd", "mse", metrics=["mae"])
    loss, _ = model.evaluate(x[:4], y[:4], batch_size=4, verbose=0)
    assert loss == pytest.approx(float(np.mean((fresh - 1) ** 2)), rel=1e-5)
    assert not np.allclose(model.predict(x[:4], batch_size=4), fresh)


def test_masked_steps_count_nothing_but_the_loss_is_over_all_steps():
    # As in TensorFlow 2.0 to 2.5; later versions divide by the steps that are not masked.
    x = np.array([[1, 2, 0, 0], [3, 1, 2, 0], [1, 0, 0, 0]])
    model = keras.Sequential([
        keras.layers.Embedding(4, 5, mask_zero=True),
        keras.layers.Dense(4, activation="softmax"),
    ])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    loss, accuracy = model.evaluate(x, x, verbose=0)
    p = model.predict(x)
    counts = x > 0
    each = -np.log(np.take_along_axis(p, x[..., None], axis=-1)[..., 0])
    assert loss == pytest.approx(float((each * counts).sum() / x.size), rel=1e-5)
    right = p.argmax(axis=-1) == x
    assert accuracy == pytest.approx(float(right[counts].mean()))
