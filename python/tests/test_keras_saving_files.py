"""Saving and loading: names, options, custom objects, code, interruptions."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import warnings

import numpy as np
import pytest
from seodang import keras

layers = keras.layers
X, Y = np.linspace(-1, 1, 12, dtype="float32").reshape(4, 3), np.ones((4, 1), "float32")


def square(z):
    return z * z


@keras.saving.register_keras_serializable("tests")
class Times(layers.Layer):
    def __init__(self, by=2.0, **kwargs):
        super().__init__(**kwargs)
        self.by = by

    def call(self, x):
        return x * self.by

    def get_config(self):
        return {**super().get_config(), "by": self.by}


def unregistered():
    class Shift(Times):
        def call(self, x):
            return x + self.by

    return Shift


def network(units=4, last="out"):
    return keras.Sequential(
        [keras.Input((3,)), layers.Dense(units, name="q"), layers.Dense(1, name=last)], name="net"
    )


def same(a, b):
    np.testing.assert_array_equal(a.predict(X, verbose=0), b.predict(X, verbose=0))


# Names and folders ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["m.keras", "m.h5", "m.hdf5", "모형.keras", "plain"])
@pytest.mark.parametrize("kind", [str, pathlib.Path])
def test_names(tmp_path, name, kind):
    model = network()
    model.save(kind(tmp_path / "new" / name))
    same(keras.models.load_model(kind(tmp_path / "new" / name)), model)
    assert [p.name for p in (tmp_path / "new").iterdir()] == [name]


def test_save_format(tmp_path):
    model = network()
    model.save(tmp_path / "a", save_format="h5")
    assert (tmp_path / "a").read_bytes()[:4] == b"\x89HDF"
    with pytest.warns(UserWarning, match="SavedModel"):
        model.save(tmp_path / "b", save_format="tf")
    for name in "ab":
        same(keras.models.load_model(tmp_path / name), model)


def test_a_folder_as_a_name(tmp_path):
    model = network()
    model.save(tmp_path)
    same(keras.models.load_model(tmp_path), model)
    (tmp_path / "model.keras").unlink()
    (tmp_path / "saved_model.pb").write_bytes(b"\x08\x01")
    with pytest.raises(NotImplementedError, match="SavedModel"):
        keras.models.load_model(tmp_path)


def test_missing_files_and_other_files(tmp_path):
    for name in ("no.keras", "no.h5", "no"):
        with pytest.raises(OSError, match="No file or directory found at"):
            keras.models.load_model(tmp_path / name)
        with pytest.raises(OSError, match="No file or directory found at"):
            network().load_weights(tmp_path / name)
    (tmp_path / "text.keras").write_text("not a model")
    with pytest.raises(ValueError, match="File format not supported: filepath=.*text.keras"):
        keras.models.load_model(tmp_path / "text.keras")
    network().save_weights(tmp_path / "w.h5")
    with pytest.raises(ValueError, match="No model config found in the file at .*w.h5"):
        keras.models.load_model(tmp_path / "w.h5")


def test_a_checkpoint_of_tensorflow_is_refused(tmp_path):
    (tmp_path / "ck.index").write_bytes(b"\x00\x00")
    (tmp_path / "ck.data-00000-of-00001").write_bytes(b"\x01\x02\x03\x04" * 9)
    with pytest.raises(NotImplementedError, match="TensorFlow's own format"):
        network().load_weights(tmp_path / "ck")


# Whole or not at all ----------------------------------------------------------------------------


def test_overwrite_asks(tmp_path, monkeypatch):
    old, new, path = network(), network(), tmp_path / "m.keras"
    old.save(path)

    def nobody(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(FileExistsError, match="m.keras"):
        new.save(path, overwrite=False)
    asked = []
    for answers, kept in ((["perhaps", "n"], old), (["Y"], new)):
        replies = iter(answers)
        monkeypatch.setattr("builtins.input", lambda prompt, r=replies: asked.append(prompt) or next(r))
        new.save(path, overwrite=False)
        same(keras.models.load_model(path), kept)
    assert len(asked) == 3 and "already exists - overwrite?" in asked[0]


def test_an_error_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    old, path = network(), tmp_path / "m.keras"
    old.save(path)

    def full(a, b):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    for target in ("m.keras", "m.h5", "m.weights.h5"):
        write = network().save_weights if "weights" in target else network().save
        with pytest.raises(OSError, match="No space left"):
            write(tmp_path / target)
    monkeypatch.undo()
    assert [p.name for p in tmp_path.iterdir()] == ["m.keras"]
    same(keras.models.load_model(path), old)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_process_leaves_a_whole_file(tmp_path):
    path = tmp_path / "m.keras"
    network().save(path)
    program = (
        "import sys; from seodang import keras\n"
        "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1)])\n"
        "m.save(sys.argv[1]); print('ready', flush=True)\n"
        "while True: m.save(sys.argv[1])\n"
    )
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"ready\n"
        for _ in range(40):
            keras.models.load_model(path)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert keras.models.load_model(path).count_params() == 21


def test_a_link_stays_a_link(tmp_path):
    model = network()
    (tmp_path / "real.keras").write_bytes(b"old")
    (tmp_path / "link.keras").symlink_to(tmp_path / "real.keras")
    model.save(tmp_path / "link.keras")
    assert (tmp_path / "link.keras").is_symlink()
    same(keras.models.load_model(tmp_path / "real.keras"), model)


# Weights ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["w.weights.h5", "w.h5", "w"])
def test_weights_of_a_subclassed_model(tmp_path, name):
    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.first = layers.Dense(3)
            self.more = [layers.Dense(2), layers.Dense(1)]
            self.shift = self.add_weight(shape=(1,), initializer="ones", name="shift")

        def call(self, x):
            x = self.first(x)
            for layer in self.more:
                x = layer(x)
            return x + self.shift

    a, b = Own(), Own()
    a(X), b(X)
    a.shift.assign([3.0])
    a.save_weights(tmp_path / name)
    b.load_weights(tmp_path / name)
    for v, w in zip(a.get_weights(), b.get_weights(), strict=True):
        np.testing.assert_array_equal(v, w)


@pytest.mark.parametrize("name", ["w.weights.h5", "w.h5"])
def test_weights_that_do_not_fit(tmp_path, name):
    network(4).save_weights(tmp_path / name)
    other = network(5)
    before = other.get_weights()
    with pytest.raises(ValueError, match=r"q/kernel"):
        other.load_weights(tmp_path / name)
    for v, w in zip(other.get_weights(), before, strict=True):
        np.testing.assert_array_equal(v, w)
    with pytest.warns(UserWarning, match="Skipping loading of weights"):
        other.load_weights(tmp_path / name, skip_mismatch=True)


def test_by_name(tmp_path):
    source = network(4)
    source.save_weights(tmp_path / "w.h5")
    other = keras.Sequential(
        [keras.Input((3,)), layers.Dense(4, name="q"), layers.Dense(2, name="new")]
    )
    new = other.layers[1].get_weights()
    other.load_weights(tmp_path / "w.h5", by_name=True)
    np.testing.assert_array_equal(other.layers[0].get_weights()[0], source.layers[0].get_weights()[0])
    np.testing.assert_array_equal(other.layers[1].get_weights()[0], new[0])
    wrong = keras.Sequential([keras.Input((3,)), layers.Dense(7, name="q")])
    with pytest.raises(ValueError, match="layer q for weight q/kernel"):
        wrong.load_weights(tmp_path / "w.h5", by_name=True)
    with pytest.warns(UserWarning, match="layer q for weight q/kernel"):
        wrong.load_weights(tmp_path / "w.h5", by_name=True, skip_mismatch=True)
    with pytest.raises(ValueError, match="Model expected 1 layers, found 2 saved layers"):
        wrong.load_weights(tmp_path / "w.h5")


def test_names_longer_than_an_attribute(tmp_path):
    """Keras splits lists of names over 64 KiB."""
    stack = [layers.Dense(1, name=f"layer_with_a_long_name_{i:04}_{'x' * 200}") for i in range(350)]
    model = keras.Sequential([keras.Input((1,)), *stack])
    model.save(tmp_path / "m.h5")
    again = keras.models.load_model(tmp_path / "m.h5")
    for v, w in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(v, w)


# Custom objects and code ------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["keras", "h5"])
def test_custom_objects(tmp_path, end):
    shift = unregistered()
    model = keras.Sequential(
        [keras.Input((3,)), Times(3.0), shift(0.5), layers.Dense(2, activation=square)]
    )
    model.save(tmp_path / f"m.{end}")
    with pytest.raises(TypeError, match="Could not locate (class 'Shift'|function 'square')"):
        keras.models.load_model(tmp_path / f"m.{end}")
    known = {"Shift": shift, "square": square}
    same(keras.models.load_model(tmp_path / f"m.{end}", custom_objects=known), model)
    with keras.utils.custom_object_scope(known):
        again = keras.models.load_model(tmp_path / f"m.{end}")
    same(again, model)
    assert again.layers[2].activation is square
    assert again.get_config()["layers"][1] == model.get_config()["layers"][1]


@pytest.mark.parametrize("end", ["keras", "h5"])
def test_the_code_of_lambdas_runs_only_if_asked(tmp_path, end):
    by = 3.0
    model = keras.Sequential([keras.Input((3,)), layers.Lambda(lambda x, plus=1.0: x * by + plus)])
    path = tmp_path / f"m.{end}"
    model.save(path)
    with pytest.raises(ValueError, match="arbitrary code execution.*safe_mode=False"):
        keras.models.load_model(path)
    same(keras.models.load_model(path, safe_mode=False), model)
    with pytest.raises(ValueError, match="safe_mode=False"):
        keras.models.model_from_json(model.to_json())
    # The scope of one load says nothing about the next.
    with pytest.raises(ValueError, match="safe_mode=False"):
        keras.models.load_model(path)
    clone = keras.models.clone_model(model)
    same(clone, model)


def test_a_named_function_in_a_lambda_layer(tmp_path):
    model = keras.Sequential([keras.Input((3,)), layers.Lambda(square, name="l")])
    for end in ("keras", "h5"):
        model.save(tmp_path / f"m.{end}")
        again = keras.models.load_model(tmp_path / f"m.{end}", custom_objects={"square": square})
        same(again, model)


# Configurations ---------------------------------------------------------------------------------


def test_json_and_configurations():
    a = keras.Input((3,), name="a")
    inner = keras.Model(a, layers.Dense(2)(a), name="inner")
    b, c = keras.Input((3,)), keras.Input((3,))
    model = keras.Model([b, c], layers.Add()([inner(b), inner(c)]))
    for again in (
        keras.models.model_from_json(model.to_json()),
        keras.Model.from_config(model.get_config()),
        keras.models.clone_model(model),
    ):
        assert [x.name for x in again.layers] == [x.name for x in model.layers]
        again.set_weights(model.get_weights())
        np.testing.assert_array_equal(
            again.predict([X, X + 1], verbose=0), model.predict([X, X + 1], verbose=0)
        )
    with pytest.raises(ValueError, match="JSON|Expecting"):
        keras.models.model_from_json("{")
    json.loads(model.to_json())


@pytest.mark.parametrize("end", ["keras", "h5"])
def test_mixed_precision(tmp_path, end):
    keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        model = network()
        model.compile("adam", "mse")
        model.train_on_batch(X, Y)
    finally:
        keras.mixed_precision.set_global_policy("float32")
    model.save(tmp_path / f"m.{end}")
    again = keras.models.load_model(tmp_path / f"m.{end}")
    assert [x.dtype_policy.name for x in again.layers] == ["mixed_float16"] * 2
    assert again.layers[0].kernel.dtype == "float32"
    same(again, model)
    assert again.train_on_batch(X, Y) == model.train_on_batch(X, Y)


@pytest.mark.parametrize("end", ["keras", "h5"])
def test_compiled_as_before(tmp_path, end):
    model = network()
    model.compile(keras.optimizers.Adam(0.05), "mse", metrics=["mae", keras.metrics.MeanSquaredError("m")])
    model.fit(X, Y, epochs=2, verbose=0)
    model.optimizer.learning_rate = 0.02
    model.save(tmp_path / f"m.{end}")
    again = keras.models.load_model(tmp_path / f"m.{end}")
    assert float(again.optimizer.learning_rate) == pytest.approx(0.02)
    assert int(again.optimizer.iterations) == 2
    assert again.evaluate(X, Y, verbose=0) == model.evaluate(X, Y, verbose=0)
    assert again.metrics_names == model.metrics_names
    assert not keras.models.load_model(tmp_path / f"m.{end}", compile=False).compiled
    model.save(tmp_path / f"n.{end}", include_optimizer=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        keras.models.load_model(tmp_path / f"n.{end}")


# Callbacks --------------------------------------------------------------------------------------


def test_checkpoints_of_epochs(tmp_path):
    model = network()
    model.compile("sgd", "mse")
    made = keras.callbacks.ModelCheckpoint
    history = model.fit(X, Y, validation_data=(X, Y), epochs=3, verbose=0, callbacks=[
        made(tmp_path / "e-{epoch:02d}-{val_loss:.4f}.keras"),
        made(str(tmp_path / "best.weights.h5"), save_best_only=True, save_weights_only=True),
        made(str(tmp_path / "e{epoch}"), save_weights_only=True),
    ])
    losses = history.history["val_loss"]
    wanted = {f"e-{i + 1:02d}-{v:.4f}.keras" for i, v in enumerate(losses)}
    assert wanted <= {p.name for p in tmp_path.iterdir()}
    other = network()
    other.load_weights(tmp_path / "best.weights.h5")
    same(other, model)
    other.load_weights(tmp_path / "e1")
    same(other, keras.models.load_model(next(tmp_path.glob("e-01*"))))
    bad = made(str(tmp_path / "{nothing}.keras"))
    with pytest.raises(KeyError, match="Failed to format this callback filepath"):
        model.fit(X, Y, verbose=0, callbacks=[bad])


def test_backup_and_restore(tmp_path):
    def run(model, stop):
        class Stop(keras.callbacks.Callback):
            def on_epoch_begin(self, epoch, logs=None):
                if epoch == stop:
                    raise KeyboardInterrupt

        backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
        model.compile(keras.optimizers.Adam(0.05), "mse")
        try:
            model.fit(X, Y, epochs=5, shuffle=False, verbose=0, callbacks=[backup, Stop()])
        except KeyboardInterrupt:
            pass

    whole = network()
    start = whole.get_weights()
    run(whole, None)
    first, second = network(), network()
    first.set_weights(start)
    run(first, 3)
    run(second, None)
    same(second, whole)
    assert not any((tmp_path / "backup").glob("*.npz"))
