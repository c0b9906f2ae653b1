"""Golden values of optimizers: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`. Every case trains one network, Dense(6 to 8, tanh) and Dense(8 to 3) with
sparse categorical cross-entropy on logits, from the same weights on the same batches in order: ten
steps in f64, twenty in f32. `losses[i]` is the loss before update i; `weights_after` are the
weights after the last update, `weights_final` those that a fit would leave (the averages, with use_ema).
"""

from common import Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import jax
import jax.numpy as jnp
import numpy as np

keras = import_keras()
optimizers = keras.optimizers
G = Golden("keras_optimizers", "keras_optimizers.py", libraries=[keras])
FLOATS = {"f32": ("float32", 20), "f64": ("float64", 10)}
TOL = {"f32": {"rel": 1e-3, "abs": 1e-5}, "f64": {"rel": 1e-6, "abs": 1e-9}}
SHAPES = {"kernel_1": (6, 8), "bias_1": (8,), "kernel_2": (8, 3), "bias_2": (3,)}

VARIANTS = []
DEFAULT_NAMES = ["SGD", "RMSprop", "Adam", "AdamW", "Nadam", "Adagrad", "Adadelta", "Adamax", "Ftrl", "Lamb", "Lion"]
BASE = {  # settings that move the weights enough for a slip to show
    "SGD": {"learning_rate": 0.1}, "SGD_momentum": {"learning_rate": 0.1, "momentum": 0.9},
    "SGD_nesterov": {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True},
    "RMSprop": {"learning_rate": 0.02}, "RMSprop_centered": {"learning_rate": 0.02, "centered": True},
    "RMSprop_momentum": {"learning_rate": 0.02, "momentum": 0.7}, "RMSprop_centered_momentum": {"learning_rate": 0.02, "rho": 0.8, "momentum": 0.5, "centered": True},
    "Adam": {"learning_rate": 0.05}, "Adam_amsgrad": {"learning_rate": 0.05, "amsgrad": True},
    "Adam_betas": {"learning_rate": 0.05, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-3},
    "AdamW": {"learning_rate": 0.05, "weight_decay": 0.05}, "AdamW_amsgrad": {"learning_rate": 0.05, "weight_decay": 0.05, "amsgrad": True},
    "Nadam": {"learning_rate": 0.05}, "Adagrad": {"learning_rate": 0.2}, "Adagrad_start": {"learning_rate": 0.2, "initial_accumulator_value": 0.01, "epsilon": 1e-3},
    "Adadelta": {"learning_rate": 1.0, "epsilon": 1e-3}, "Adadelta_rho": {"learning_rate": 1.0, "rho": 0.7},
    "Adamax": {"learning_rate": 0.05}, "Adamax_betas": {"learning_rate": 0.05, "beta_1": 0.7, "beta_2": 0.9, "epsilon": 1e-3},
    "Ftrl": {"learning_rate": 0.2}, "Ftrl_regularized": {"learning_rate": 0.2, "l1_regularization_strength": 0.01, "l2_regularization_strength": 0.02, "l2_shrinkage_regularization_strength": 0.03, "beta": 0.1},
    "Ftrl_power": {"learning_rate": 0.2, "learning_rate_power": -0.3, "initial_accumulator_value": 0.5},
    "Lamb": {"learning_rate": 0.05}, "Lion": {"learning_rate": 0.01}, "Lion_betas": {"learning_rate": 0.01, "beta_1": 0.7, "beta_2": 0.9},
}
EXTRA = {
    "weight_decay": {"weight_decay": 0.05}, "clipnorm": {"clipnorm": 0.05}, "clipvalue": {"clipvalue": 0.01},
    "global_clipnorm": {"global_clipnorm": 0.05}, "use_ema": {"use_ema": True, "ema_momentum": 0.8},
    "use_ema_overwrite": {"use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 3},
    "gradient_accumulation": {"gradient_accumulation_steps": 2},
}
for name in DEFAULT_NAMES:
    VARIANTS.append((f"{name}_defaults", name, {}))
for name, options in BASE.items():
    VARIANTS.append((name, name.split("_")[0], options))
for name in ("SGD_momentum", "RMSprop", "Adam", "AdamW", "Nadam", "Adagrad", "Adamax", "Adadelta"):
    for extra, options in EXTRA.items():
        VARIANTS.append((f"{name}_{extra}", name.split("_")[0], {**BASE[name], **options}))
VARIANTS.append(("AdamW_exclude_bias", "AdamW", BASE["AdamW"]))
VARIANTS.append(("SGD_schedule", "SGD", {"schedule": True, "momentum": 0.5}))
VARIANTS.append(("Adam_schedule", "Adam", {"schedule": True}))

for tag, cls, options in VARIANTS:
    for dtype, (kind, steps) in FLOATS.items():
        set_dtype(keras, kind)
        arguments = dict(options)
        if arguments.pop("schedule", False):
            arguments["learning_rate"] = optimizers.schedules.ExponentialDecay(0.1, 3, 0.5)
        optimizer = getattr(optimizers, cls)(**arguments)
        excluded = tag.endswith("exclude_bias")
        start = {n: (rng("optimizer" + n).standard_normal(s) * 0.5).astype(kind) for n, s in SHAPES.items()}
        variables = [keras.Variable(v, name=n, dtype=kind) for n, v in start.items()]
        if excluded:
            optimizer.exclude_from_weight_decay(var_names=["bias"])
        optimizer.build(variables)
        x = rng("optimizer_x").standard_normal((20, 16, 6)).astype(kind)[:steps]
        y = rng("optimizer_y").integers(0, 3, (20, 16)).astype(np.int32)[:steps]

        def loss(w, x, y):
            logits = jnp.tanh(x @ w[0] + w[1]) @ w[2] + w[3]
            return -jnp.mean(jax.nn.log_softmax(logits)[jnp.arange(y.shape[0]), y])

        @jax.jit
        def step(w, state, x, y):
            value, gradient = jax.value_and_grad(loss)(w, x, y)
            w, state = optimizer.stateless_apply(state, gradient, w)
            return value, w, state

        w, state, values = [v.value for v in variables], [v.value for v in optimizer.variables], []
        for i in range(steps):
            value, w, state = step(w, state, jnp.asarray(x[i]), jnp.asarray(y[i]))
            assert value.dtype == kind and all(v.dtype == kind for v in w)
            values.append(np.asarray(value))
        for v, now in zip(variables, w):
            v.assign(now)
        for v, now in zip(optimizer.variables, state):
            v.assign(now)
        optimizer.finalize_variable_values(variables)
        full = f"{tag}/{dtype}"
        G.add({
            "name": full, "kind": "optimizer", "class_name": cls, "dtype": dtype, "config": keras.saving.serialize_keras_object(optimizer),
            "exclude_from_weight_decay": ["bias"] if excluded else [], "steps": steps,
            "x": G.tensor(f"x/{dtype}", x), "y": G.tensor(f"y/{steps}", y),
            "weights": [{"name": n, "value": G.tensor(f"{n}/{dtype}", v)} for n, v in start.items()],
            "losses": G.tensor(full + ".losses", np.array(values)),
            "weights_after": [G.tensor(f"{full}.{n}.after", v) for n, v in zip(start, w)],
            "weights_final": [G.tensor(f"{full}.{n}.final", v.value) for n, v in zip(start, variables)],
            "tol": TOL[dtype],
        })

G.save()
