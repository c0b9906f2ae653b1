"""Golden values of fit, evaluate and whole models: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`. A training case holds a compiled model's configuration (`to_json`), its
weights before and after `fit(shuffle=False)`, and the history as fit reports it. A model case holds
a configuration, weights, inputs and predictions.
"""

from common import Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import json

import numpy as np

keras = import_keras()
layers, models = keras.layers, keras.models
G = Golden("keras_training", "keras_training.py", libraries=[keras])
FLOATS = {"f32": "float32", "f64": "float64"}
TOL = {"f32": {"rel": 2e-3, "abs": 1e-4}, "f64": {"rel": 1e-6, "abs": 1e-8}}
FORWARD = {"f32": {"rel": 1e-4, "abs": 1e-5}, "f64": {"rel": 1e-11, "abs": 1e-12}}


def set_weights(model, tag, kind):
    """Seeded weights, each with the fan-in's scale; statistics that a BatchNormalization may have."""
    values = []
    for w in model.weights:
        scale = 1 / np.sqrt(max(1, int(np.prod(w.shape[:-1])))) if len(w.shape) > 1 else 0.2
        v = rng(f"{tag}.{w.path}").standard_normal(w.shape) * scale
        v = {"gamma": v + 1, "moving_variance": np.abs(v) + 0.7}.get(w.name, v)
        values.append(v.astype(kind))
    model.set_weights(values)


def weights(prefix, model):
    return [{"path": w.path, "trainable": w.trainable, "value": G.tensor(f"{prefix}.{w.path}", w.value)} for w in model.weights]


def listed(names, kind, make):
    return [G.tensor(f"{n}/{kind}", make(n).astype(kind)) for n in names]


# ---- fit -------------------------------------------------------------------------------------------

def cnn(frozen=False, regularized=False):
    l2 = keras.regularizers.L2(0.02) if regularized else None
    return models.Sequential([
        layers.Input((6, 6, 1), name="image"),
        layers.Conv2D(4, 3, padding="same", activation="relu", kernel_regularizer=l2, trainable=not frozen, name="conv"),
        layers.BatchNormalization(momentum=0.8, trainable=not frozen, name="norm"),
        layers.MaxPooling2D(name="pool"),
        layers.Flatten(name="flatten"),
        layers.Dropout(0.0, name="dropout"),
        layers.Dense(8, activation="tanh", kernel_regularizer=l2, name="hidden"),
        layers.Dense(3, activation="softmax", name="classes"),
    ], name="cnn")


def images(kind, tag, n):
    y = rng(tag + "y").integers(0, 3, n)
    x = rng(tag + "x").standard_normal((n, 6, 6, 1))
    for i, c in enumerate(y):  # something to learn: a bright row for each class
        x[i, 2 * c] += 1.0
    return x.astype(kind), y.astype(np.int32)


def training(name, build, compile_options, fit, data=images, validation=False):
    """`fit` may name: validation_split, class_weight, sample_weight (True), batch_size, epochs, initial_epoch."""
    for dtype, kind in FLOATS.items():
        set_dtype(keras, kind)
        full = f"{name}/{dtype}"
        model = build()
        set_weights(model, "training", kind)
        model.compile(**compile_options())
        x, y = data(kind, "train", 40)
        options = {"batch_size": 16, "epochs": 2, **fit}
        row = {"name": full, "kind": "fit", "dtype": dtype, "model": json.loads(model.to_json()), "fit": dict(options)}
        several = lambda v: v if isinstance(v, (list, tuple)) else [v]  # noqa: E731
        row["x"] = [G.tensor(f"{full}.x{i}", v) for i, v in enumerate(several(x))]
        row["y"] = [G.tensor(f"{full}.y{i}", v) for i, v in enumerate(several(y))]
        row["sample_weight"] = None
        if options.pop("sample_weight", False):
            options["sample_weight"] = (rng("fit_weight").random(40) + 0.2).astype(kind)
            row["sample_weight"] = G.tensor(full + ".sample_weight", options["sample_weight"])
        row["validation"] = None
        if validation:
            vx, vy = data(kind, "validation", 11)
            options["validation_data"] = (vx, vy)
            row["validation"] = {"x": [G.tensor(f"{full}.vx{i}", v) for i, v in enumerate(several(vx))],
                                 "y": [G.tensor(f"{full}.vy{i}", v) for i, v in enumerate(several(vy))], "sample_weight": None}
            if validation == "weighted":
                w = rng("validation_weight").random(11).astype(kind)
                options["validation_data"] += (w,)
                row["validation"]["sample_weight"] = G.tensor(full + ".vw", w)
        row["weights"] = weights(full + ".before", model)
        history = model.fit(x, y, shuffle=False, verbose=0, **options)
        row["epoch"] = history.epoch
        row["history"] = {k: G.tensor(f"{full}.history.{k}", np.array(v, np.float64)) for k, v in history.history.items()}
        row["weights_after"] = weights(full + ".after", model)
        tx, ty = data(kind, "test", 13)
        row["test"] = {"x": [G.tensor(f"{full}.tx{i}", v) for i, v in enumerate(several(tx))], "y": [G.tensor(f"{full}.ty{i}", v) for i, v in enumerate(several(ty))]}
        row["evaluate"] = {k: float(v) for k, v in model.evaluate(tx, ty, batch_size=5, verbose=0, return_dict=True).items()}
        predicted = model.predict(tx, batch_size=5, verbose=0)
        row["predict"] = [G.tensor(f"{full}.predict{i}", p) for i, p in enumerate(several(predicted))]
        row["tol"] = TOL[dtype]
        G.add(row)


def plain(**more):
    return lambda: dict(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"], **more)


training("fit_cnn", cnn, plain(), {})
training("fit_cnn_validation_split", cnn, plain(), {"validation_split": 0.3, "batch_size": 8})
training("fit_cnn_class_weight", cnn, plain(weighted_metrics=["accuracy"]), {"class_weight": {0: 1.0, 1: 2.5, 2: 0.5}})
training("fit_cnn_sample_weight", cnn, plain(weighted_metrics=["accuracy"]), {"sample_weight": True}, validation="weighted")
training("fit_cnn_sample_weight_validation_split", cnn, plain(), {"sample_weight": True, "validation_split": 0.25})
training("fit_cnn_regularized", lambda: cnn(regularized=True), plain(), {"batch_size": 7}, validation=True)
training("fit_cnn_frozen", lambda: cnn(frozen=True), plain(), {})
training("fit_cnn_initial_epoch", cnn, plain(), {"epochs": 3, "initial_epoch": 1, "batch_size": 32})


def regression_model():
    return models.Sequential([layers.Input((5,), name="row"), layers.Dense(6, activation="gelu", name="hidden"), layers.Dense(1, name="value")], name="regression")


def rows(kind, tag, n):
    x = rng(tag + "rows").standard_normal((n, 5))
    return x.astype(kind), (x[:, :1] * 2 - x[:, 1:2] ** 2).astype(kind)


training("fit_regression", regression_model, lambda: dict(optimizer=keras.optimizers.RMSprop(0.01), loss="mse", metrics=["mae", "mse"]), {"validation_split": 0.2, "epochs": 3}, data=rows)
training("fit_regression_huber", regression_model, lambda: dict(optimizer=keras.optimizers.SGD(0.05, momentum=0.9, clipnorm=1.0), loss=keras.losses.Huber(0.7), metrics=["mae"]), {"sample_weight": True}, data=rows)


def binary_model():
    return models.Sequential([layers.Input((5,), name="row"), layers.Dense(6, activation="elu", name="hidden"), layers.Dense(1, activation="sigmoid", name="yes")], name="binary")


def yes_no(kind, tag, n):
    x, y = rows(kind, tag, n)
    return x, (y > 0).astype(np.int32)


training("fit_binary", binary_model, lambda: dict(optimizer=keras.optimizers.Nadam(0.02), loss="binary_crossentropy", metrics=["accuracy", keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall"), keras.metrics.AUC(name="auc")]), {"class_weight": {0: 1.0, 1: 3.0}}, data=yes_no, validation=True)


# ---- models with several inputs and outputs, shared layers, merges -----------------------------------

def two_towers():
    a, b = layers.Input((4,), name="a"), layers.Input((4,), name="b")
    shared = layers.Dense(5, activation="tanh", name="shared")
    u, v = shared(a), shared(b)
    both = layers.Concatenate(name="both")([u, v])
    total = layers.Add(name="total")([u, v])
    kind = layers.Dense(3, activation="softmax", name="kind")(both)
    size = layers.Dense(1, name="size")(total)
    return models.Model([a, b], [kind, size], name="two_towers")


def two_rows(kind, tag, n):
    a, b = (rng(tag + k).standard_normal((n, 4)) for k in "ab")
    return [a.astype(kind), b.astype(kind)], [np.argmax(a[:, :3] + b[:, :3], 1).astype(np.int32), (a - b).sum(1, keepdims=True).astype(kind)]


training("fit_two_outputs", two_towers, lambda: dict(
    optimizer=keras.optimizers.AdamW(0.02, weight_decay=0.01), loss=["sparse_categorical_crossentropy", "mse"],
    loss_weights=[1.0, 0.3], metrics=[["accuracy"], ["mae"]]), {"validation_split": 0.25}, data=two_rows)


def residual():
    x = layers.Input((6, 6, 3), name="image")
    y = layers.Conv2D(4, 3, padding="same", name="first")(x)
    z = layers.BatchNormalization(name="norm")(y)
    z = layers.Activation("relu", name="relu")(z)
    z = layers.Conv2D(4, 3, padding="same", name="second")(z)
    y = layers.Add(name="sum")([y, z])
    y = layers.AveragePooling2D(2, name="pool")(y)
    mean = layers.GlobalAveragePooling2D(name="mean")(y)
    flat = layers.Flatten(name="flat")(y)
    y = layers.Concatenate(name="features")([mean, flat])
    y = layers.Dropout(0.3, name="dropout")(y)
    return models.Model(x, layers.Dense(2, name="logits")(y), name="residual")


def reshaped():
    return models.Sequential([layers.Input((12,), name="row"), layers.Reshape((2, 3, 2), name="grid"), layers.Conv2D(3, 2, activation="selu", name="conv"), layers.Flatten(name="flat"), layers.Activation("softmax", name="softmax")], name="reshaped")


def nested():
    inner = models.Sequential([layers.Input((4,), name="inner_row"), layers.Dense(3, activation="relu", name="inner_dense")], name="inner")
    a, b = layers.Input((4,), name="a"), layers.Input((4,), name="b")
    return models.Model([a, b], layers.Add(name="sum")([inner(a), inner(b)]), name="nested")


def reused_twice():
    x = layers.Input((5,), name="x")
    step = layers.Dense(5, activation="tanh", name="step")
    y = step(step(step(x)))
    return models.Model(x, [y, layers.Add(name="skip")([x, y])], name="reused_twice")


for name, build, shapes in [
    ("model_cnn", cnn, [(6, 6, 1)]), ("model_two_towers", two_towers, [(4,), (4,)]), ("model_residual", residual, [(6, 6, 3)]),
    ("model_reshaped", reshaped, [(12,)]), ("model_nested", nested, [(4,), (4,)]), ("model_reused_twice", reused_twice, [(5,)]),
]:
    for dtype, kind in FLOATS.items():
        set_dtype(keras, kind)
        model = build()
        set_weights(model, "model", kind)
        xs = [rng(f"{name}{i}").standard_normal((3, *s)).astype(kind) for i, s in enumerate(shapes)]
        ys = model.predict(xs if len(xs) > 1 else xs[0], verbose=0)
        full = f"{name}/{dtype}"
        G.add({"name": full, "kind": "model", "dtype": dtype, "model": json.loads(model.to_json()), "weights": weights(full, model),
               "parameters": {"total": model.count_params(), "trainable": sum(int(np.prod(w.shape)) for w in model.trainable_weights)},
               "inputs": G.tensors_of(full + ".in", xs), "outputs": G.tensors_of(full + ".out", ys if isinstance(ys, list) else [ys]), "tol": FORWARD[dtype]})

G.save()
