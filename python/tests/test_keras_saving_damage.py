"""Files that are cut, changed or made to do harm: a clear error or a model, and little memory."""

import io
import json
import random
import sys
import warnings
import zipfile

import numpy as np
import pytest
from seodang import keras

layers = keras.layers
# What may come of a damaged file, with its path in the message or in a note.
EXPECTED = (ValueError, OSError, TypeError)


@keras.saving.register_keras_serializable("damage")
class Scaled(layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="ones", name="scale")

    def call(self, x):
        return x * self.scale


def make():
    a = keras.Input((6, 6, 1), name="그림")
    x = layers.Conv2D(2, 3, activation="relu")(a)
    x = layers.BatchNormalization()(x)
    x = Scaled()(layers.GlobalMaxPooling2D()(x))
    inner = keras.Sequential([keras.Input((2,)), layers.Dense(3), layers.Dense(2)], name="inner")
    model = keras.Model(a, layers.Dense(1)(layers.Add()([inner(x), x])))
    model.compile("adam", "mse", metrics=["mae"])
    model.train_on_batch(np.ones((2, 6, 6, 1), "float32"), np.ones((2, 1), "float32"))
    return model


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    root, model = tmp_path_factory.mktemp("whole"), make()
    model.save(root / "m.keras")
    model.save(root / "m.h5")
    model.save_weights(root / "m.weights.h5")
    model.save_weights(root / "checkpoint")
    return model, root


def changed(data: bytes, r: random.Random) -> bytes:
    """One of the things that happen to files."""
    kind = r.randrange(4)
    if kind == 0:
        return data[: r.randrange(len(data))]
    out = bytearray(data)
    if kind == 1:
        for _ in range(r.randint(1, 3)):
            out[r.randrange(len(out))] ^= 1 << r.randrange(8)
    elif kind == 2:
        at = r.randrange(len(out))
        out[at : at + 8] = r.choice([b"\xff" * 8, bytes(8), b"\x7f" + b"\xff" * 7])
    else:
        at, size = r.randrange(len(out)), r.randint(1, 64)
        out[at : at + size] = out[at + size : at + 2 * size]
    return bytes(out)


def attempt(path, load):
    """Whether something came of it; an error must be a clear one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            load(path)
    except EXPECTED as e:
        assert str(path) in " ".join([str(e), *getattr(e, "__notes__", ())]), repr(e)
        return False
    return True


def memory() -> int:
    resource = pytest.importorskip("resource")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 10 if sys.platform == "linux" else 1 << 20)


@pytest.mark.parametrize("name", ["m.keras", "m.h5", "m.weights.h5"])
def test_changed_bytes(files, tmp_path, name):
    model, root = files
    data, target, r = (root / name).read_bytes(), tmp_path / name, random.Random(name)
    load = keras.models.load_model if "weights" not in name else model.load_weights
    before, outcomes = memory(), [0, 0]
    weights = model.get_weights()
    for _ in range(700):
        target.write_bytes(changed(data, r))
        outcomes[attempt(target, load)] += 1
    model.set_weights(weights)
    assert min(outcomes) > 20, outcomes
    assert memory() - before < 300, "MiB more"


def test_changed_members_of_an_archive(files, tmp_path):
    """The archive's own check would find these changes; here it agrees with them."""
    _, root = files
    with zipfile.ZipFile(root / "m.keras") as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    target, r, before, outcomes = tmp_path / "m.keras", random.Random(5), memory(), [0, 0]
    for _ in range(700):
        name = r.choice(["config.json", "model.weights.h5"])
        with zipfile.ZipFile(target, "w") as archive:
            for n, data in members.items():
                archive.writestr(n, changed(data, r) if n == name else data)
        outcomes[attempt(target, keras.models.load_model)] += 1
    assert min(outcomes) > 20, outcomes
    assert memory() - before < 300, "MiB more"


def test_changed_values_of_configurations(files, tmp_path):
    """Values of other kinds and sizes in every place of a configuration, one at a time."""
    _, root = files
    with zipfile.ZipFile(root / "m.keras") as archive:
        config, weights = json.loads(archive.read("config.json")), archive.read("model.weights.h5")
    places: list = []

    def visit(value):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            places.append((value, key))
            if isinstance(inner, (dict, list)):
                visit(inner)

    visit(config)
    target, r, before, refused = tmp_path / "m.keras", random.Random(6), memory(), 0
    values = [None, -1, 0, 1e30, 10**8, 2**70, True, "", "x" * 999, [], [[]], {}, {"class_name": "Dense"},
              float("nan"), {"class_name": "__tuple__", "items": [1, None]}]
    for _ in range(1000):
        holder, key = r.choice(places)
        kept, holder[key] = holder[key], r.choice(values)
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("config.json", json.dumps(config))
            archive.writestr("model.weights.h5", weights)
        refused += not attempt(target, keras.models.load_model)
        holder[key] = kept
    assert refused > 100
    assert memory() - before < 300, "MiB more"


def archive_of(path, config, weights=None) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", config if isinstance(config, str) else json.dumps(config))
        if weights is not None:
            archive.writestr("model.weights.h5", weights)


def refuse(path, match, kind=ValueError):
    before = memory()
    with pytest.raises(kind, match=match):
        keras.models.load_model(path)
    assert memory() - before < 300, "MiB more"


def test_huge_layers_take_no_memory(files, tmp_path):
    _, root = files
    with zipfile.ZipFile(root / "m.keras") as archive:
        weights = archive.read("model.weights.h5")
    for units in (10**8, 10**11, 2**62, 10**30):
        dense = {"module": "keras.layers", "class_name": "Dense", "config": {"units": units}}
        given = {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 3]}}
        config = {"module": "keras", "class_name": "Sequential", "config": {"layers": [given, dense]}}
        archive_of(tmp_path / "m.keras", config, weights)
        refuse(tmp_path / "m.keras", "dimension|large|too big")


def test_deep_configurations(files, tmp_path):
    for text in ("[" * 100_000, '{"class_name": "Sequential", "config": ' * 50_000):
        archive_of(tmp_path / "m.keras", text, b"")
        refuse(tmp_path / "m.keras", "damaged|HDF5|config.json")
    config: dict = {"class_name": "Dense", "config": {"units": 1}}
    for _ in range(240):
        config = {"class_name": "Sequential", "config": {"layers": [config]}}
    with zipfile.ZipFile(files[1] / "m.keras") as archive:
        archive_of(tmp_path / "m.keras", config, archive.read("model.weights.h5"))
    attempt(tmp_path / "m.keras", keras.models.load_model)


def test_calls_in_a_circle(files, tmp_path):
    def value(name):
        return {"class_name": "__keras_tensor__",
                "config": {"shape": [None, 2], "dtype": "float32", "keras_history": [name, 0, 0]}}

    def dense(name, source):
        return {"module": "keras.layers", "class_name": "Dense", "name": name,
                "config": {"name": name, "units": 2}, "inbound_nodes": [{"args": [value(source)], "kwargs": {}}]}

    config = {"module": "keras", "class_name": "Functional", "config": {
        "name": "m", "layers": [dense("a", "b"), dense("b", "a")],
        "input_layers": [["a", 0, 0]], "output_layers": [["b", 0, 0]]}}
    with zipfile.ZipFile(files[1] / "m.keras") as archive:
        archive_of(tmp_path / "m.keras", config, archive.read("model.weights.h5"))
    refuse(tmp_path / "m.keras", "cannot be connected")


def test_an_archive_that_grows_is_refused(files, tmp_path):
    with zipfile.ZipFile(tmp_path / "m.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", "{}")
        with archive.open("model.weights.h5", "w") as member:
            for _ in range(400):
                member.write(bytes(1 << 20))
    refuse(tmp_path / "m.keras", "claims to be")


def test_names_outside_of_an_archive_write_nothing(files, tmp_path):
    data = (files[1] / "m.keras").read_bytes()
    target = tmp_path / "a" / "m.keras"
    target.parent.mkdir()
    target.write_bytes(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("../outside.txt", "x")
        archive.writestr("/tmp/../outside.txt", "x")
    keras.models.load_model(target)
    assert [p.name for p in tmp_path.rglob("*")] == ["a", "m.keras"]


@pytest.mark.parametrize("config", [
    {"module": "os", "class_name": "system", "config": "true"},
    {"module": "os", "class_name": "function", "config": "system", "registered_name": "system"},
    {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "eval"},
    {"module": "subprocess", "class_name": "Popen", "config": {"args": "true"}},
])
def test_functions_of_other_modules_are_not_found(files, tmp_path, config):
    layer = {"module": "keras.layers", "class_name": "Lambda", "config": {"name": "l", "function": config}}
    whole = {"module": "keras", "class_name": "Sequential", "config": {"layers": [layer]}}
    with zipfile.ZipFile(files[1] / "m.keras") as archive:
        weights = archive.read("model.weights.h5")
    archive_of(tmp_path / "m.keras", whole, weights)
    refuse(tmp_path / "m.keras", "Could not locate", TypeError)
    archive_of(tmp_path / "m.keras", config, weights)
    refuse(tmp_path / "m.keras", "Could not locate", TypeError)


def test_pickles_are_refused(files, tmp_path):
    model, root = files
    buffer = io.BytesIO()
    count = len(model.weights)
    np.savez(buffer, **{f"w{i}": np.array([{}], object) for i in range(count)})
    (tmp_path / "checkpoint.data-00000-of-00001").write_bytes(buffer.getvalue())
    with pytest.raises(ValueError, match="allow_pickle|pickle"):
        model.load_weights(tmp_path / "checkpoint")


def test_damaged_checkpoints(files, tmp_path):
    model, root = files
    data, r, weights = (root / "checkpoint.data-00000-of-00001").read_bytes(), random.Random(8), model.get_weights()
    outcomes = [0, 0]
    for _ in range(200):
        (tmp_path / "c.data-00000-of-00001").write_bytes(changed(data, r))
        try:
            model.load_weights(tmp_path / "c")
            outcomes[1] += 1
        except (ValueError, OSError, NotImplementedError):
            outcomes[0] += 1
    model.set_weights(weights)
    assert outcomes[0] > 20
