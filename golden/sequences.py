"""Cases of layers over sequences, for `keras_recurrent.py` and `keras_attention.py`.

Each case holds the layer's serialized configuration, weights, inputs (those that Keras takes by name
come in the order of its signature), masks and options of the call, every output, and the gradients of
sum(output * cotangent) over all outputs.
"""

from common import import_keras, rng, set_dtype  # first: it chooses Keras's backend

import jax
import jax.numpy as jnp
import numpy as np

keras = import_keras()
layers = keras.layers
TOL = {"f32": {"rel": 1e-5, "abs": 1e-5}, "f64": {"rel": 1e-11, "abs": 1e-11}}


def draw(name, shape, dtype, scale=1.0):
    return (rng(name).standard_normal(shape) * scale).astype(dtype)


def recurrent(xs, masks, options):
    """Sequences, then the states before the first step."""
    named = {} if masks is None else {"mask": masks[0]}
    if len(xs) > 1:
        named["initial_state"] = list(xs[1:])
    return (xs[0],), named


def cell(xs, masks, options):
    """One step's input, then the states."""
    return (xs[0], list(xs[1:])), {}


def listed(xs, masks, options):
    """All inputs as one list."""
    return (list(xs),), {**options, **({} if masks is None else {"mask": list(masks)})}


def apart(xs, masks, options):
    """Query, value, key and the mask of pairs as arguments of their own."""
    named = dict(zip(("query", "value", "key", "attention_mask"), xs))
    for name, mask in zip(("query_mask", "value_mask", "key_mask"), masks or ()):
        if mask is not None:
            named[name] = mask
    return (), {**named, **options}


def one(xs, masks, options):
    return (xs[0],), {} if masks is None else {"mask": masks[0]}


def case(G, name, make, shapes, arguments, masks=None, options=None, training=None, calls=1, inputs=None, f32=False):
    """`masks`: booleans for each input, or None; `calls`: how often the layer is called, the outputs
    being the last call's (then there are no gradients); `f32`: whether there is a case in f32 too."""
    options = options or {}
    for dtype, kind in {"f32": "float32", "f64": "float64"}.items():
        if dtype == "f32" and not f32:
            continue
        full = f"{name}/{dtype}"
        set_dtype(keras, kind)
        layer = make()
        xs = inputs(kind) if inputs else [draw(f"{name}.x{i}", s, kind) for i, s in enumerate(shapes)]
        xs = [jnp.asarray(x) for x in xs]
        given = None if masks is None else [None if m is None else jnp.asarray(m) for m in masks]
        before = keras.saving.serialize_keras_object(layer)
        flags = dict(options) if training is None else {**options, "training": training}
        args, kwargs = arguments(xs, given, flags)
        if training is not None:
            kwargs["training"] = training
        layer(*args, **kwargs)  # builds
        weights = [draw(f"{name}.{w.path.split('/', 1)[-1]}", w.shape, kind, 0.5) for w in layer.weights]
        layer.set_weights(weights)
        config = keras.saving.serialize_keras_object(layer)
        # Keras writes into its options what it found while it built: the options are what was given.
        config["config"] = {**config["config"], **{k: v for k, v in before["config"].items() if k == "attention_axes"}}
        # JAX's own attention, which Keras calls where nobody wants the scores, takes the softmax in f32.
        fused = type(layer).__name__ in ("MultiHeadAttention", "GroupedQueryAttention") and xs[0].ndim == 3
        fused = fused and layer.dropout == 0 and not options.get("return_attention_scores")
        row = {
            "name": full, "kind": "sequence", "class_name": type(layer).__name__, "dtype": dtype, "config": config,
            "training": training, "options": options, "calls": calls, "inputs": G.tensors_of(full + ".in", xs),
            "masks": [None if m is None else G.tensor(f"{full}.mask.{i}", m) for i, m in enumerate(given or [])],
            "tol": TOL["f32" if fused else dtype],
        }

        def numbers(x):
            return jnp.issubdtype(x.dtype, jnp.floating)

        trainable, fixed = ([v.value for v in vs] for vs in (layer.trainable_variables, layer.non_trainable_variables))

        def run(trainable, floats):
            rest = iter(floats)
            all_inputs = [next(rest) if numbers(x) else x for x in xs]
            args, kwargs = arguments(all_inputs, given, flags)
            if training is not None:
                kwargs["training"] = training
            y, _ = layer.stateless_call(trainable, fixed, *args, **kwargs)
            return jax.tree_util.tree_leaves(y)

        if calls == 1:
            ys, pull = jax.vjp(run, trainable, [x for x in xs if numbers(x)])
            cotangents = [draw(f"{name}.cotangent.{i}", y.shape, kind) for i, y in enumerate(ys)]
            gw, gx = pull([jnp.asarray(c) for c in cotangents])
            gx = iter(gx)
            row["cotangents"] = G.tensors_of(full + ".cotangent", cotangents)
            row["input_gradients"] = [G.tensor(f"{full}.in.gradient.{i}", next(gx)) if numbers(x) else None for i, x in enumerate(xs)]
        else:
            layer.reset_state()
            for _ in range(calls):
                ys = layer(*args, **kwargs)
            ys, gw = jax.tree_util.tree_leaves(ys), []
        assert all(y.dtype == kind for y in ys), full
        row["outputs"] = G.tensors_of(full + ".out", ys)
        gradient = dict(zip((id(v) for v in layer.trainable_variables), gw))
        row["weights"] = []
        for v, value in zip(layer.weights, weights):
            path = v.path.split("/", 1)[-1]
            entry = {"name": path, "value": G.tensor(f"{full}.{path}", value)}
            if id(v) in gradient:
                entry["gradient"] = G.tensor(f"{full}.{path}.gradient", gradient[id(v)])
            row["weights"].append(entry)
        G.add(row)
    set_dtype(keras, "float32")


def named(cls, *args, **options):
    """A layer with the name "layer", so that configurations do not depend on counters."""
    return lambda: cls(*args, name="layer", **options)


def rows(*lengths, steps):
    return np.array([[t < n for t in range(steps)] for n in lengths])
