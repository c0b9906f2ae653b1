"""Model files of Keras 3 and Keras 2, what their models predict, and how their training goes on.

    python model_files.py write        # with Keras 3 (KERAS_BACKEND=jax): data/model_files_keras3.zip
    python model_files.py write --tf-keras                  # with tf_keras: data/model_files_keras2.zip
    python model_files.py ours DIRECTORY                    # the same models written by Seodang
    python model_files.py --check DIRECTORY [--tf-keras]    # reads these files with the real library

Made with Keras 3.15.1 (JAX 0.10.2) and tf_keras 2.21.0 (TensorFlow 2.21.0), seed 0; `xtask golden` does
not run it, since tf_keras needs TensorFlow. A member `CASE/expected.npz` holds the inputs `x0..`, targets
`y0..`, the predictions `p0..` of the saved model, the optimizer's `iteration`, and, of models that were
compiled, the losses of the next three steps (`losses`) and the predictions after them (`q0..`). Beside it
are the files: `model.keras`, `model.h5`, `model.weights.h5`, and `old.h5`, the weights in the older form.
"""

import argparse
import io
import os
import pathlib
import sys
import tempfile
import zipfile

import numpy as np

DATA = pathlib.Path(__file__).parent / "data"
STEPS = 3
# How far predictions may lie from each other, and those after further training: relative and absolute.
PREDICTED, TRAINED = 2e-6, 3e-5


def rng(name):
    return np.random.default_rng([0, *name.encode()])


def floats(*shape):
    return lambda r: r.standard_normal(shape).astype(np.float32)


def whole(most, *shape):
    return lambda r: r.integers(0, most, shape).astype(np.int32)


class Case:
    """A model with its data.

    Args:
        build: a function from the library to a model.
        x, y: what makes inputs and targets of a generator.
        optimizer: a function from the library's optimizers; None for a model that is not compiled.
        formats: the files that are written.
        libraries: "23" for both libraries, "2" for tf_keras alone, "3" for Keras 3 alone.
    """

    def __init__(self, build, x, y, optimizer, loss="mse", formats=("keras", "h5"), libraries="23"):
        self.build, self.x, self.y, self.optimizer, self.loss = build, x, y, optimizer, loss
        self.formats, self.libraries = formats, libraries


CASES: dict[str, Case] = {}


def case(x, y, optimizer, **options):
    def add(build):
        CASES[build.__name__] = Case(build, x, y, optimizer, **options)
        return build

    return add


def layer_names(keras):
    return keras.layers, keras.Sequential, keras.Model, keras.Input


ALL = ("keras", "h5", "weights.h5", "old.h5")


@case([floats(6, 4)], [floats(6, 2)], lambda o: o.Adam(0.01), formats=ALL)
def mlp(keras):
    """With a regularizer and a constraint."""
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([
        Input((4,)),
        layers.Dense(5, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01), name="hidden"),
        layers.Dropout(0.0),
        layers.Dense(2, kernel_constraint=keras.constraints.MaxNorm(3.0), use_bias=False, name="out"),
    ])


@case([floats(6, 4)], [floats(6, 2)], lambda o: o.Adam(0.01), formats=ALL, libraries="3")
def korean(keras):
    """Names in Korean, which tf_keras refuses."""
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([
        Input((4,), name="입력"), layers.Dense(5, activation="relu", name="은닉층"),
        layers.Dense(2, name="출력 층"),
    ], name="모형")


@case([floats(6, 6, 6, 1)], [whole(3, 6)], lambda o: o.SGD(0.05, momentum=0.9, nesterov=True),
      loss="sparse_categorical_crossentropy", formats=ALL)
def cnn(keras):
    """Keras 2's fused normalization has a variance of its own (by n - 1), so it is not used."""
    layers, Sequential, _, Input = layer_names(keras)
    plain = {"fused": False} if keras.__name__ == "tf_keras" else {}
    return Sequential([
        Input((6, 6, 1)),
        layers.Conv2D(3, 3, padding="same", use_bias=False),
        layers.BatchNormalization(momentum=0.8, **plain),
        layers.ReLU(max_value=6.0),
        layers.MaxPooling2D(),
        layers.DepthwiseConv2D(2, padding="valid"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(3, activation="softmax"),
    ])


@case([whole(9, 5, 4)], [floats(5, 1)], lambda o: o.RMSprop(0.01, momentum=0.5, centered=True), formats=ALL)
def recurrent(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([
        Input((4,)),
        layers.Embedding(9, 3, mask_zero=True),
        layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
        layers.GRU(2, return_sequences=True),
        layers.SimpleRNN(2),
        layers.Dense(1),
    ])


def nadam(optimizers):
    """Keras 2's Nadam loses its product of momenta in files: it goes on otherwise than it would have."""
    return optimizers.Adam(0.01) if "tf_keras" in optimizers.__name__ else optimizers.Nadam(0.01)


@case([floats(5, 3), floats(5, 3)], [floats(5, 1), floats(5, 2)], nadam)
def functional(keras):
    """A shared layer, two inputs, two outputs, a merge, a call with two inputs in a list."""
    layers, _, Model, Input = layer_names(keras)
    a, b = Input((3,), name="left"), Input((3,), name="right")
    shared = layers.Dense(4, activation="tanh", name="shared")
    x, y = shared(a), shared(b)
    both = layers.Concatenate(name="both")([x, layers.Add(name="sum")([x, y])])
    return Model([a, b], [layers.Dense(1, name="first")(both), layers.Dense(2, name="second")(y)])


@case([floats(5, 3)], [floats(5, 2)], lambda o: o.Adam(0.02, amsgrad=True))
def nested(keras):
    """Models inside a model; one of them is called twice."""
    layers, Sequential, Model, Input = layer_names(keras)
    inner = Sequential([Input((3,)), layers.Dense(3, activation="tanh", name="d"),
                        layers.BatchNormalization(name="n")], name="inner")
    i = Input((3,))
    outer = Model(i, layers.Dense(2, name="e")(layers.Dense(3, name="f")(i)), name="outer")
    a = Input((3,))
    return Model(a, outer(inner(inner(a))), name="whole")


@case([floats(4, 6, 2)], [floats(4, 6, 1)], lambda o: o.Adagrad(0.05))
def sequence(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([
        Input((6, 2)),
        layers.Conv1D(3, 3, padding="same", activation="elu"),
        layers.LayerNormalization(),
        layers.TimeDistributed(layers.Dense(2, activation="gelu")),
        layers.LSTM(2, return_sequences=True),
        layers.Dense(1),
    ])


@case([floats(4, 4, 4, 2)], [floats(4, 8, 8, 1)], lambda o: o.Adamax(0.01))
def upward(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([
        Input((4, 4, 2)),
        layers.SeparableConv2D(3, 2, padding="same"),
        layers.PReLU(shared_axes=[1, 2]),
        layers.Conv2DTranspose(2, 3, strides=2, padding="same"),
        layers.LeakyReLU(),
        layers.ZeroPadding2D(1), layers.Cropping2D(1),
        layers.Conv2D(1, 1),
    ])


@case([floats(6, 3)], [floats(6, 1)], lambda o: o.Adadelta(0.5))
def adadelta(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([Input((3,)), layers.Dense(2, activation="sigmoid"), layers.Dense(1)])


@case([floats(6, 3)], [floats(6, 1)], lambda o: o.Ftrl(0.1))
def ftrl(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([Input((3,)), layers.Dense(2, activation="softplus"), layers.Dense(1)])


@case([floats(6, 3)], [floats(6, 1)], lambda o: o.SGD(0.1))
def descent(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([Input((3,)), layers.Dense(2, activation="selu"), layers.Dense(1)])


@case([floats(6, 3)], [floats(6, 1)], lambda o: o.AdamW(0.01, weight_decay=0.1))
def frozen(keras):
    """A layer that is not trained, an optimizer that shrinks weights."""
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([Input((3,)), layers.Dense(2, activation="tanh", trainable=False, name="fixed"),
                       layers.BatchNormalization(name="norm"), layers.Dense(1, name="free")])


@case([floats(6, 3)], [floats(6, 1)],
      lambda o: o.Adam(o.schedules.ExponentialDecay(0.02, 2, 0.5, staircase=True)))
def scheduled(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([Input((3,)), layers.Dense(2, activation="swish"), layers.Dense(1)])


@case([floats(6, 3)], [floats(6, 1)], lambda o: o.Adam(0.02, use_ema=True, ema_momentum=0.5))
def averaged(keras):
    layers, Sequential, _, Input = layer_names(keras)
    return Sequential([Input((3,)), layers.Dense(2, activation="exponential"), layers.Dense(1)])


@case([floats(5, 3), floats(5, 3)], [floats(5, 1)], lambda o: o.Adam(0.01), formats=("keras",))
def operators(keras):
    """Operators between layers; Keras 3 cannot read them from `.h5` files of its own."""
    layers, _, Model, Input = layer_names(keras)
    a, b = Input((3,), name="left"), Input((3,), name="right")
    x = layers.Dense(3, name="inner")(a * 2.0 + b)
    y = (1.0 - a) / (b**2 + 1.0) - x
    return Model([a, b], layers.Dense(1, name="value")(x + -y))


def add_legacy(name, make):
    """An optimizer of TensorFlow 2.0 to 2.10, which tf_keras keeps under `legacy`."""

    @case([floats(6, 3)], [floats(6, 1)], lambda o: make(o.legacy), libraries="2", formats=("h5",))
    def build(keras):
        layers, Sequential, _, _ = layer_names(keras)
        return Sequential([layers.Dense(2, activation="tanh", input_shape=(3,)), layers.Dense(1)])

    CASES[f"legacy_{name}"] = CASES.pop("build")


add_legacy("adam", lambda o: o.Adam(0.01, decay=0.1))
add_legacy("amsgrad", lambda o: o.Adam(0.01, amsgrad=True))
add_legacy("sgd", lambda o: o.SGD(0.05, momentum=0.9))
add_legacy("rmsprop", lambda o: o.RMSprop(0.01, momentum=0.5, centered=True))
add_legacy("adagrad", lambda o: o.Adagrad(0.05))
add_legacy("adadelta", lambda o: o.Adadelta(0.5))
add_legacy("adamax", lambda o: o.Adamax(0.01))
add_legacy("ftrl", lambda o: o.Ftrl(0.1))


@case([floats(3, 5, 4)], [floats(3, 5, 4)], None, formats=("keras", "weights.h5"))
def attention(keras):
    layers, _, Model, Input = layer_names(keras)
    a = Input((5, 4))
    x = layers.MultiHeadAttention(2, 2, name="mha")(a, a)
    x = layers.LayerNormalization(name="norm")(layers.Add()([a, x]))
    return Model(a, x)


@case([floats(3, 5, 4)], [floats(3, 5)], None, formats=("keras", "h5", "weights.h5"))
def many(keras):
    """Layers of every kind once, side by side."""
    layers, _, Model, Input = layer_names(keras)
    a = Input((5, 4), name="a")
    flat = layers.Flatten(name="flat")(a)
    rows = layers.Permute((2, 1), name="permute")(a)
    branches = [
        layers.Dense(2, activation="sigmoid", name="hard")(flat),
        layers.GlobalMaxPooling1D(name="most")(a),
        layers.GlobalAveragePooling1D(name="mean")(rows),
        layers.Flatten(name="flat2")(layers.AveragePooling1D(2, name="average")(a)),
        layers.Flatten(name="flat3")(layers.UpSampling1D(2, name="up")(a)),
        layers.Reshape((10,), name="shape")(layers.RepeatVector(2, name="repeat")(layers.Dense(5, name="five")(flat))),
        layers.Activation("softsign", name="soft")(flat),
        layers.Softmax(name="share")(flat),
        layers.ELU(name="elu")(flat),
        layers.GaussianNoise(0.1, name="noise")(flat),
        layers.SpatialDropout1D(0.0, name="spatial")(a),
    ]
    branches[-1] = layers.Flatten(name="flat4")(branches[-1])
    parts = [layers.Dense(3, name=f"part{i}")(b) for i, b in enumerate(branches)]
    merged = [
        layers.Multiply(name="times")(parts[:2]), layers.Subtract(name="minus")(parts[2:4]),
        layers.Average(name="mid")(parts[4:7]), layers.Maximum(name="max")(parts[7:9]),
        layers.Minimum(name="min")(parts[9:11]), layers.Dot(axes=1, name="dot")(parts[1:3]),
    ]
    return Model(a, layers.Concatenate(name="all")(merged))


# What the real libraries cannot read of what Seodang writes, by case, form and library.
KNOWN = {
    ("nested", "h5", "3"): "models inside are counted as Keras 2 does; Keras 3 reads no such file",
    ("cnn", "h5", "2"): "its fused normalization has a variance of its own",
    ("functional", "h5", "2"): "its Nadam is another",
    ("frozen", "h5", "2"): "reads AdamW only where Keras 3 would not",
    ("averaged", "h5", "2"): "reads averages of weights only where Keras 3 would not",
}


# Working with a library ---------------------------------------------------------------------------


def data(name):
    r = rng(name)
    return [make(r) for make in CASES[name].x], [make(r) for make in CASES[name].y]


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def single(values):
    return values[0] if len(values) == 1 else values


def predictions(model, x):
    return [np.asarray(p, np.float32) for p in listed(model.predict(single(x), verbose=0))]


def train(model, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = model.train_on_batch(single(x), single(y))
        losses.append(float(np.asarray(listed(loss)[0])))
    return losses


def seed(model, name):
    """Seeded weights, statistics such as BatchNormalization may have."""
    r, values = rng(name + "w"), []
    for w in model.get_weights():
        values.append((r.standard_normal(w.shape) * 0.4).astype(w.dtype))
    names = [w.name.rsplit("/", 1)[-1].removesuffix(":0") for w in model.weights]
    values = [abs(v) + 0.5 if n in ("moving_variance", "gamma") else v for n, v in zip(names, values)]
    model.set_weights(values)


def compile_model(model, c, keras, losses):
    """Losses as objects: Keras 3 cannot read its own `.h5` with names of losses."""
    kinds = {"mse": losses.MeanSquaredError, "sparse_categorical_crossentropy": losses.SparseCategoricalCrossentropy}
    loss = kinds[c.loss]()
    if len(model.outputs) > 1:
        loss = [kinds[c.loss]() for _ in model.outputs]
    model.compile(optimizer=c.optimizer(keras.optimizers), loss=loss)


def iteration(model):
    return int(np.asarray(model.optimizer.iterations))


def write_files(model, keras, folder, formats):
    for kind in formats:
        if kind in ("keras", "h5"):
            model.save(str(folder / f"model.{kind}"))
        elif kind == "weights.h5" or keras.__name__ != "keras":
            # Keras 3 reads the older form but does not write it.
            model.save_weights(str(folder / ("old.h5" if kind == "old.h5" else "model.weights.h5")))


def write_case(name, keras, folder):
    """Trains a model for some steps, writes its files and then what comes next."""
    c = CASES[name]
    x, y = data(name)
    model = c.build(keras)
    seed(model, name)
    out = {f"x{i}": v for i, v in enumerate(x)} | {f"y{i}": v for i, v in enumerate(y)}
    if c.optimizer is not None:
        compile_model(model, c, keras, keras.losses)
        train(model, x, y, STEPS)
        out["iteration"] = iteration(model)
    write_files(model, keras, folder, c.formats)
    out |= {f"p{i}": v for i, v in enumerate(predictions(model, x))}
    if c.optimizer is not None:
        out["losses"] = np.array(train(model, x, y, STEPS))
        out |= {f"q{i}": v for i, v in enumerate(predictions(model, x))}
    buffer = io.BytesIO()
    np.savez(buffer, **out)
    (folder / "expected.npz").write_bytes(buffer.getvalue())


def chosen(library, names):
    return [n for n, c in CASES.items() if library in c.libraries and (not names or n in names)]


def distance(got, want):
    """The largest difference beyond none, relative to values of size one and more."""
    return max(float(np.max(np.abs(g - w) / np.maximum(1, np.abs(w)), initial=0)) for g, w in zip(got, want, strict=True))


def read_case(name, keras, folder, kind):
    """Reads a file and gives how far its predictions are off, and those after further training."""
    c = CASES[name]
    with np.load(folder / "expected.npz") as saved:
        expected = {k: saved[k] for k in saved.files}
    several = lambda key: [expected[k] for k in sorted(expected) if k[0] == key and k[1:].isdigit()]  # noqa: E731
    x, y = several("x"), several("y")
    if kind in ("keras", "h5"):
        # Keras 3 builds the optimizer of a `.h5` file for no weights and cannot train on, even from
        # files of its own.
        whole = kind == "keras" or keras.__name__ != "keras"
        model = keras.models.load_model(str(folder / f"model.{kind}"), compile=whole)
    else:
        model = c.build(keras)
        model.load_weights(str(folder / ("old.h5" if kind == "old.h5" else "model.weights.h5")))
    off = distance(predictions(model, x), several("p"))
    if c.optimizer is None or kind not in ("keras", "h5") or not whole:
        return off, None
    if iteration(model) != expected["iteration"]:
        raise ValueError(f"the optimizer begins at step {iteration(model)}")
    losses = train(model, x, y, STEPS)
    after = distance(predictions(model, x), several("q"))
    return off, max(after, distance([np.array(losses)], [expected["losses"]]))


def files_of(folder):
    names = {"model.keras": "keras", "model.h5": "h5", "model.weights.h5": "weights.h5", "old.h5": "old.h5"}
    return [k for n, k in names.items() if (folder / n).exists()]


def check(keras, library, root, names):
    """Reads what Seodang wrote and says what differs; how many files do, beyond what is known."""
    failed = 0
    for name in chosen(library, names):
        if not (root / name).is_dir():
            continue
        for kind in files_of(root / name):
            if library == "2" and kind == "keras" and keras.__name__ == "tf_keras":
                continue  # Keras 3's form
            try:
                off, after = read_case(name, keras, root / name, kind)
                good = off <= PREDICTED and (after is None or after <= TRAINED)
                text = f"predictions differ by {off:.1e}" + ("" if after is None else f", after training by {after:.1e}")
            except Exception as e:
                good, text = False, f"{type(e).__name__}: {' '.join(str(e).split())[:300]}"
            known = KNOWN.get((name, kind, library)) if keras.__name__ in ("keras", "tf_keras") else None
            if known and not good:
                print(f"     {name} .{kind}: {known}: {text}", flush=True)
                continue
            failed += not good
            print(f"{'ok  ' if good else 'FAIL'} {name} .{kind}: {text}", flush=True)
    return failed


def write_all(keras, library, root, names):
    for name in chosen(library, names):
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        write_case(name, keras, folder)


def pack(root, target):
    """One archive: HDF5 files are mostly zeros."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(path.relative_to(root).as_posix(), (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    print(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", nargs="?", choices=["write", "ours"])
    parser.add_argument("directory", nargs="?", type=pathlib.Path)
    parser.add_argument("--check", type=pathlib.Path)
    parser.add_argument("--tf-keras", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    library = "2" if given.tf_keras else "3"
    os.environ.setdefault("KERAS_BACKEND", "jax")
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if given.action == "ours":
        from seodang import keras
    elif given.tf_keras:
        import tf_keras as keras
    else:
        import keras
    if given.check:
        sys.exit(1 if check(keras, library, given.check, given.only) else 0)
    if given.action == "ours":
        write_all(keras, "3", given.directory, given.only)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_all(keras, library, root, given.only)
        pack(root, DATA / f"model_files_keras{library}.zip")


if __name__ == "__main__":
    main()
