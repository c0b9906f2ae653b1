"""Golden values of initializers, regularizers and learning-rate schedules: Keras 3.15.1 on JAX
0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`. An initializer's random numbers are its library's own: its cases hold
what every implementation must share (fans, limits, spread), and what one large draw of Keras's had.
"""

from common import Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import math

import jax
import jax.numpy as jnp
import numpy as np

keras = import_keras()
from keras.src.initializers.random_initializers import compute_fans  # noqa: E402

G = Golden("keras_parts", "keras_parts.py", libraries=[keras])
FLOATS = {"f32": "float32", "f64": "float64"}
TOL = {"f32": {"rel": 1e-5, "abs": 1e-6}, "f64": {"rel": 1e-12, "abs": 1e-13}}

# ---- initializers ----------------------------------------------------------------------------------

set_dtype(keras, "float64")
initializers = keras.initializers
SHAPES = [(300, 200), (3, 3, 40, 60), (5, 30, 100), (4000,)]
TRUNCATED = 0.87962566103423978  # the standard deviation of a normal cut at two of them


def facts(initializer, shape):
    """The law of the draw: ("uniform", low, high), or a normal with its own standard deviation."""
    name = type(initializer).__name__
    if name == "RandomNormal":
        return {"law": "normal", "mean": initializer.mean, "stddev": initializer.stddev}
    if name == "RandomUniform":
        return {"law": "uniform", "low": initializer.minval, "high": initializer.maxval}
    if name == "TruncatedNormal":
        return {"law": "truncated_normal", "mean": initializer.mean, "stddev": initializer.stddev}
    fan_in, fan_out = compute_fans(shape)
    n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[initializer.mode]
    variance = initializer.scale / max(1.0, n)
    fans = {"fan_in": fan_in, "fan_out": fan_out}
    if initializer.distribution == "uniform":
        return {**fans, "law": "uniform", "low": -math.sqrt(3 * variance), "high": math.sqrt(3 * variance)}
    if initializer.distribution == "untruncated_normal":
        return {**fans, "law": "normal", "mean": 0.0, "stddev": math.sqrt(variance)}
    return {**fans, "law": "truncated_normal", "mean": 0.0, "stddev": math.sqrt(variance) / TRUNCATED}


RANDOM = [(c, {}) for c in ("RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "GlorotNormal",
                            "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal", "LecunUniform")]
RANDOM += [("RandomNormal", {"mean": 2.0, "stddev": 0.5}), ("RandomUniform", {"minval": -3.0, "maxval": 1.0}),
           ("TruncatedNormal", {"mean": -1.0, "stddev": 2.0})]
RANDOM += [("VarianceScaling", {"scale": 2.5, "mode": m, "distribution": d}) for m in ("fan_in", "fan_out", "fan_avg")
           for d in ("truncated_normal", "untruncated_normal", "uniform")]
for cls, options in RANDOM:
    for shape in SHAPES:
        initializer = getattr(initializers, cls)(seed=1, **options)
        sample = np.asarray(initializer(shape, dtype="float64"))
        law = facts(initializer, shape)
        if law["law"] == "uniform":
            spread = (law["high"] - law["low"]) / math.sqrt(12)
            assert law["low"] <= sample.min() and sample.max() <= law["high"]
        else:
            spread = law["stddev"] * (TRUNCATED if law["law"] == "truncated_normal" else 1.0)
            bound = 2 if law["law"] == "truncated_normal" else 6
            assert np.abs(sample - law["mean"]).max() <= bound * law["stddev"] * (1 + 1e-6)
        assert abs(sample.std() / spread - 1) < 0.05, (cls, options, shape)
        tag = "".join(f"_{k}_{v}" for k, v in options.items())
        G.add({
            "name": f"initializer_{cls}{tag}_{'x'.join(map(str, shape))}", "kind": "initializer", "class_name": cls,
            "config": keras.saving.serialize_keras_object(initializer), "shape": shape, **law, "expected_std": spread,
            "keras_draw": {"mean": float(sample.mean()), "std": float(sample.std()), "min": float(sample.min()), "max": float(sample.max())},
        })
for cls, options, shape in [("Zeros", {}, (2, 3)), ("Ones", {}, (2, 3)), ("Constant", {"value": 0.25}, (2, 3)), ("Identity", {}, (3, 3)),
                            ("Identity", {"gain": 2.0}, (2, 4)), ("STFT", {"side": "real"}, (8, 1, 5)), ("STFT", {"side": "imag", "window": None}, (6, 1, 4))]:
    initializer = getattr(initializers, cls)(**options)
    tag = "".join(f"_{k}_{v}" for k, v in options.items())
    name = f"initializer_{cls}{tag}"
    G.add({"name": name, "kind": "initializer", "class_name": cls, "config": keras.saving.serialize_keras_object(initializer),
           "shape": shape, "law": "fixed", "value": G.tensor(name, np.asarray(initializer(shape, dtype="float64"))), "tol": {"rel": 1e-6, "abs": 1e-6}})
for gain, shape in ((1.0, (6, 4)), (1.5, (3, 8)), (1.0, (3, 3, 4, 5))):
    initializer = initializers.Orthogonal(gain=gain, seed=1)
    w = np.asarray(initializer(shape, dtype="float64")).reshape(-1, shape[-1])
    gram = w.T @ w if w.shape[0] >= w.shape[1] else w @ w.T
    assert np.allclose(gram, gain**2 * np.eye(len(gram)), atol=1e-5)
    G.add({"name": f"initializer_Orthogonal_gain_{gain}_{'x'.join(map(str, shape))}", "kind": "initializer", "class_name": "Orthogonal",
           "config": keras.saving.serialize_keras_object(initializer), "shape": shape, "law": "orthogonal", "gain": gain,
           "matrix": list(w.shape)})

# ---- regularizers ----------------------------------------------------------------------------------

regularizers = keras.regularizers
for cls, options, shape in [("L1", {}, (3, 4)), ("L1", {"l1": 0.3}, (3, 4)), ("L2", {}, (3, 4)), ("L2", {"l2": 0.3}, (2, 3, 4)),
                            ("L1L2", {"l1": 0.2, "l2": 0.7}, (3, 4)), ("L1L2", {}, (3, 4)),
                            ("OrthogonalRegularizer", {"factor": 0.02, "mode": "rows"}, (3, 4)),
                            ("OrthogonalRegularizer", {"factor": 0.5, "mode": "columns"}, (3, 4))]:
    for dtype, kind in FLOATS.items():
        set_dtype(keras, kind)
        regularizer = getattr(regularizers, cls)(**options)
        w = rng("regularizer" + str(shape)).standard_normal(shape).astype(kind)
        value, pull = jax.vjp(regularizer, jnp.asarray(w))
        (gradient,) = pull(jnp.ones((), value.dtype))
        name = f"regularizer_{cls}{''.join(f'_{k}_{v}' for k, v in options.items())}/{dtype}"
        G.add({"name": name, "kind": "regularizer", "class_name": cls, "dtype": dtype, "config": keras.saving.serialize_keras_object(regularizer),
               "input": G.tensor(name + ".in", w), "output": G.tensor(name + ".out", value), "gradient": G.tensor(name + ".gradient", gradient), "tol": TOL[dtype]})

# ---- learning-rate schedules -------------------------------------------------------------------------

S = keras.optimizers.schedules
STEPS = np.array([0, 1, 2, 3, 5, 9, 10, 11, 19, 20, 21, 49, 50, 51, 99, 100, 101, 150, 199, 200, 201, 500, 1000], np.int64)
SCHEDULES = [
    ("ExponentialDecay", dict(initial_learning_rate=0.1, decay_steps=20, decay_rate=0.9)),
    ("ExponentialDecay", dict(initial_learning_rate=0.1, decay_steps=20, decay_rate=0.5, staircase=True)),
    ("PiecewiseConstantDecay", dict(boundaries=[10, 50, 100], values=[1.0, 0.5, 0.1, 0.05])),
    ("PolynomialDecay", dict(initial_learning_rate=0.1, decay_steps=100)),
    ("PolynomialDecay", dict(initial_learning_rate=0.1, decay_steps=50, end_learning_rate=0.01, power=2.5)),
    ("PolynomialDecay", dict(initial_learning_rate=0.1, decay_steps=50, end_learning_rate=0.01, power=0.5, cycle=True)),
    ("InverseTimeDecay", dict(initial_learning_rate=0.1, decay_steps=20, decay_rate=0.5)),
    ("InverseTimeDecay", dict(initial_learning_rate=0.1, decay_steps=20, decay_rate=0.5, staircase=True)),
    ("CosineDecay", dict(initial_learning_rate=0.1, decay_steps=100)),
    ("CosineDecay", dict(initial_learning_rate=0.1, decay_steps=100, alpha=0.2)),
    ("CosineDecay", dict(initial_learning_rate=0.01, decay_steps=100, alpha=0.1, warmup_target=0.1, warmup_steps=20)),
    ("CosineDecayRestarts", dict(initial_learning_rate=0.1, first_decay_steps=20)),
    ("CosineDecayRestarts", dict(initial_learning_rate=0.1, first_decay_steps=20, t_mul=1.0, m_mul=0.8, alpha=0.05)),
    ("CosineDecayRestarts", dict(initial_learning_rate=0.1, first_decay_steps=11, t_mul=1.5, m_mul=0.9, alpha=0.1)),
]
for i, (cls, options) in enumerate(SCHEDULES):
    for dtype, kind in FLOATS.items():
        set_dtype(keras, kind)
        schedule = getattr(S, cls)(**options)
        values = np.array([np.asarray(schedule(int(s))) for s in STEPS], kind)
        name = f"schedule_{cls}_{i}/{dtype}"
        G.add({"name": name, "kind": "schedule", "class_name": cls, "dtype": dtype, "config": keras.saving.serialize_keras_object(schedule),
               "steps": G.tensor("schedule.steps", STEPS), "output": G.tensor(name + ".out", values), "tol": TOL[dtype]})

G.save()
