"""Files that Keras writes, with what its models predict: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`: writes `data/keras_files/` (`.keras`, `.h5`, `.weights.h5` of two small
models that were trained for some steps) and the pair `keras_files.*` with inputs and predictions.

    python keras_files.py read FOLDER

reads the files that the Rust test leaves in a folder instead (`SEODANG_KEEP_FILES=FOLDER cargo test -p
seodang-nn --test keras_files`), and compares the predictions.
"""

from common import DATA, Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import json
import pathlib
import sys

import numpy as np

keras = import_keras()
layers = keras.layers


def pictures():
    x = layers.Input((6, 6, 2), name="x")
    inner = keras.Sequential(
        [layers.Input((6, 6, 2)), layers.Conv2D(3, 3, activation="relu", name="첫째"), layers.BatchNormalization(name="norm")],
        name="inner",
    )
    h = layers.Dropout(0.2, seed=1, name="drop")(layers.Flatten(name="flat")(inner(x)))
    return keras.Model(x, layers.Dense(2, activation="softmax", name="y")(h), name="pictures")


def sequences():
    x = layers.Input((5, 4), name="x")
    h = layers.Bidirectional(layers.LSTM(3, return_sequences=True, name="lstm"), name="both")(x)
    h = layers.MultiHeadAttention(2, 3, name="heads")(h, h, use_causal_mask=True)
    encoded, state = layers.GRU(4, return_state=True, name="encoder")(h)
    h = layers.GRU(4, name="decoder")(h, initial_state=state)
    h = layers.Add(name="add")([h, encoded])
    return keras.Model(x, layers.Dense(2, activation="softmax", name="y")(h), name="sequences")


def write():
    G = Golden("keras_files", "keras_files.py", libraries=[keras])
    folder = DATA / "keras_files"
    folder.mkdir(parents=True, exist_ok=True)
    for make, shape in ((pictures, (8, 6, 6, 2)), (sequences, (8, 5, 4))):
        set_dtype(keras, "float32")
        name = make.__name__
        model = make()
        x = rng(name).standard_normal(shape).astype("float32")
        y = np.eye(2, dtype="float32")[rng(name + ".y").integers(0, 2, shape[0])]
        for v in model.weights:
            if "seed" not in v.path:
                v.assign(rng(name + v.path).standard_normal(v.shape) * 0.3 + ("variance" in v.path))
        model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=["accuracy"])
        model.fit(x, y, epochs=3, batch_size=4, shuffle=False, verbose=0)
        # Keras itself cannot read MultiHeadAttention from .h5.
        files = [f"{name}{end}" for end in (".keras", ".weights.h5", ".h5")[: 2 if make is sequences else 3]]
        for file in files:
            (model.save_weights if "weights" in file else model.save)(folder / file)
        G.add({
            "name": name, "kind": "file", "files": files, "iterations": int(model.optimizer.iterations),
            "input": G.tensor(f"{name}.in", x), "output": G.tensor(f"{name}.out", model.predict(x, verbose=0)),
        })
    G.save()


def read(folder):
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        case = json.loads(path.read_text())
        x, want = (np.array(case[k]["values"], "float32").reshape(case[k]["shape"]) for k in ("input", "output"))
        model = keras.models.load_model(path.with_name(case["file"]))
        difference = float(np.abs(model.predict(x, verbose=0) - want).max())
        made = int(model.optimizer.iterations)
        print(f"{case['file']}: difference {difference:.2g}, {made} iterations")
        assert difference < 1e-5 and made == case["iterations"], path


if __name__ == "__main__":
    read(sys.argv[2]) if sys.argv[1:2] == ["read"] else write()
