"""Golden values of layers and activations: Keras 3.15.1 on JAX 0.10.2 (CPU), seed 0.

Run by `cargo xtask golden`. Each layer case holds the layer's serialized configuration, its weights,
inputs, output, and the gradients of sum(output * cotangent) with respect to inputs and trainable
weights; the weights after the call where the call changes them (BatchNormalization's statistics).
Each activation case holds a function of Keras's with its arguments, on plain and on special values.
"""

from common import Golden, import_keras, rng, set_dtype  # first: it chooses Keras's backend

import jax
import jax.numpy as jnp
import numpy as np

keras = import_keras()
layers = keras.layers
G = Golden("keras_layers", "keras_layers.py", libraries=[keras])
FLOATS = {"f32": "float32", "f64": "float64"}
TOL = {"f32": {"rel": 1e-5, "abs": 1e-5}, "f64": {"rel": 1e-12, "abs": 1e-12}}


def draw(name, shape, dtype, scale=1.0):
    return (rng(name).standard_normal(shape) * scale).astype(dtype)


def apply(layer, values, training):
    call = (values[0] if len(values) == 1 else list(values))
    return layer(call) if training is None else layer(call, training=training)


def inner_name(weight):
    """A weight's path inside the layer: "kernel", or "query/kernel" for a layer made of layers."""
    return weight.path.split("/", 1)[-1]


def case(name, make, shapes, training=None, inputs=None):
    """`shapes` are the inputs' with the batch; `inputs(name, dtype)` gives other than normal values."""
    for dtype, kind in FLOATS.items():
        full = f"{name}/{dtype}"
        set_dtype(keras, kind)
        layer = make()
        xs = inputs(kind) if inputs else [draw(f"{name}.x{i}", s, kind) for i, s in enumerate(shapes)]
        xs = [jnp.asarray(x) for x in xs]
        apply(layer, xs, training)  # builds
        weights = []
        for w in layer.weights:
            base = draw(f"{name}.{inner_name(w)}", w.shape, kind, 0.5)
            if "variance" in w.name:
                base = (np.abs(base) + 0.5).astype(kind)
            weights.append(base)
        layer.set_weights(weights)
        trainable, fixed = ([v.value for v in vs] for vs in (layer.trainable_variables, layer.non_trainable_variables))

        def run(trainable, xs):
            call = xs[0] if len(xs) == 1 else list(xs)
            options = {} if training is None else {"training": training}
            y, after = layer.stateless_call(trainable, fixed, call, **options)
            return y, after

        assert layer.compute_dtype == kind
        y, pull, after = jax.vjp(run, trainable, xs, has_aux=True)
        assert y.dtype == kind, (full, y.dtype)
        cotangent = draw(f"{name}.cotangent", y.shape, kind)
        gw, gx = pull(jnp.asarray(cotangent))
        state = dict(zip((id(v) for v in layer.non_trainable_variables), after))
        gradient = dict(zip((id(v) for v in layer.trainable_variables), gw))
        rows = []
        for v, value in zip(layer.weights, weights):
            row = {"name": inner_name(v), "trainable": id(v) in gradient, "value": G.tensor(f"{full}.{inner_name(v)}", value)}
            if id(v) in gradient:
                row["gradient"] = G.tensor(f"{full}.{inner_name(v)}.gradient", gradient[id(v)])
            elif id(v) in state:
                row["after"] = G.tensor(f"{full}.{inner_name(v)}.after", state[id(v)])
            rows.append(row)
        G.add({
            "name": full, "kind": "layer", "class_name": type(layer).__name__, "dtype": dtype,
            "config": keras.saving.serialize_keras_object(layer), "training": training,
            "inputs": G.tensors_of(full + ".in", xs), "weights": rows,
            "output": G.tensor(full + ".out", y), "cotangent": G.tensor(full + ".cotangent", cotangent),
            "input_gradients": G.tensors_of(full + ".in.gradient", gx), "tol": TOL[dtype],
        })
    set_dtype(keras, "float32")


def named(cls, **options):
    """A layer with the name "layer", so that configurations do not depend on counters."""
    return lambda: cls(name="layer", **options)


# ---- Dense, and every activation as Dense's and as a layer --------------------------------------

case("dense", named(layers.Dense, units=5), [(3, 4)])
case("dense_no_bias", named(layers.Dense, units=5, use_bias=False), [(3, 4)])
case("dense_three_axes", named(layers.Dense, units=2, activation="relu"), [(2, 3, 4)])
case("dense_one_unit", named(layers.Dense, units=1, activation="sigmoid"), [(7, 3)])
case("dense_wide", named(layers.Dense, units=33, activation="tanh"), [(9, 65)])
case("dense_regularized_config", named(layers.Dense, units=3, kernel_regularizer=keras.regularizers.L1L2(0.1, 0.2), kernel_initializer=keras.initializers.HeNormal(seed=3), bias_initializer="ones"), [(2, 4)])

ACTIVATIONS = ["celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_tanh",
               "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu",
               "sigmoid", "silu", "hard_silu", "soft_shrink", "softmax", "softplus", "softsign",
               "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "tanh", "tanh_shrink",
               "threshold"]
known = {f.__name__ for f in keras.src.activations.ALL_OBJECTS}
assert known == set(ACTIVATIONS), known ^ set(ACTIVATIONS)


ARGUMENTS = {
    "celu": [{"alpha": 0.7}], "elu": [{"alpha": 0.3}], "gelu": [{"approximate": True}],
    "leaky_relu": [{"negative_slope": 0.3}], "hard_shrink": [{"threshold": 1.2}],
    "soft_shrink": [{"threshold": 1.2}], "squareplus": [{"b": 2}], "softmax": [{"axis": 1}],
    "log_softmax": [{"axis": 1}], "glu": [{"axis": 1}], "sparsemax": [{"axis": 1}],
    "threshold": [{"threshold": 0.3, "default_value": -2.0}],
    "relu": [{"negative_slope": 0.1}, {"max_value": 1.0}, {"threshold": 0.5}, {"negative_slope": 0.1, "max_value": 1.0, "threshold": 0.4}],
}
NEEDS_AXES = {"softmax", "log_softmax", "glu", "sparsemax"}
SPECIAL = [0.0, -0.0, 1e-30, -1e-30, 20.0, -20.0, 90.0, -90.0, 300.0, -300.0, np.inf, -np.inf]
DEFAULTS = {"threshold": {"threshold": 0.0, "default_value": 0.0}}

for name in ACTIVATIONS:
    f = getattr(keras.activations, name)
    for arguments in [DEFAULTS.get(name, {})] + ARGUMENTS.get(name, []):
        for dtype, kind in FLOATS.items():
            tag = "".join(f"_{k}_{v}".lower() for k, v in arguments.items())
            full = f"activation_{name}{tag}/{dtype}"
            set_dtype(keras, kind)
            x = draw("activation", (4, 6), kind, 2.0)
            y, pull = jax.vjp(lambda v: f(v, **arguments), jnp.asarray(x))
            cotangent = draw("activation_cotangent" + str(y.shape), y.shape, kind)
            assert y.dtype == kind, full
            (gx,) = pull(jnp.asarray(cotangent))
            row = {"name": full, "kind": "activation", "activation": name, "arguments": arguments, "dtype": dtype,
                   "inputs": [G.tensor(full + ".in", x)], "output": G.tensor(full + ".out", y),
                   "cotangent": G.tensor(full + ".cotangent", cotangent),
                   "input_gradients": [G.tensor(full + ".in.gradient", gx)], "tol": TOL[dtype]}
            if name not in NEEDS_AXES:
                special = np.array(SPECIAL, kind)
                z = np.asarray(f(jnp.asarray(special), **arguments))
                keep = ~np.isnan(z)  # inf * 0 and the like are no promise of Keras's
                row["special_input"] = G.tensor(full + ".special", special[keep])
                row["special_output"] = G.tensor(full + ".special.out", z[keep])
            G.add(row)
    if name not in ("threshold", "glu"):
        case(f"activation_layer_{name}", named(layers.Activation, activation=name), [(2, 5)])

# ---- convolution and pooling ---------------------------------------------------------------------

X = (2, 6, 7, 3)
conv = lambda **o: named(layers.Conv2D, **{"filters": 4, "kernel_size": 3, **o})  # noqa: E731
case("conv2d", conv(), [X])
case("conv2d_same", conv(padding="same", activation="relu"), [X])
case("conv2d_same_even_kernel", conv(padding="same", kernel_size=(2, 4)), [X])
case("conv2d_valid_strides", conv(strides=2), [X])
case("conv2d_same_strides", conv(padding="same", strides=(2, 2)), [X])
case("conv2d_same_strides_even", conv(padding="same", strides=(2, 3), kernel_size=(4, 2)), [(2, 8, 9, 3)])
case("conv2d_dilation", conv(dilation_rate=2), [(2, 8, 9, 3)])
case("conv2d_dilation_same", conv(dilation_rate=(1, 2), padding="same"), [X])
case("conv2d_groups", conv(filters=6, groups=2), [(2, 5, 6, 4)])
case("conv2d_depthwise_groups", conv(filters=8, groups=4, padding="same"), [(2, 5, 6, 4)])
case("conv2d_channels_first", conv(data_format="channels_first"), [(2, 3, 6, 7)])
case("conv2d_channels_first_same_strides", conv(data_format="channels_first", padding="same", strides=2), [(2, 3, 6, 7)])
case("conv2d_no_bias", conv(use_bias=False), [X])
case("conv2d_1x1", conv(kernel_size=1), [X])
case("conv2d_one_channel", conv(filters=8, padding="same"), [(3, 9, 9, 1)])
case("conv2d_c_equals_h_equals_w", conv(filters=3, padding="same"), [(3, 3, 3, 3)])

ties = lambda shape: lambda kind: [np.round(draw("pool_ties", shape, kind))]  # noqa: E731
for cls, tag in ((layers.MaxPooling2D, "max_pooling2d"), (layers.AveragePooling2D, "average_pooling2d")):
    case(tag, named(cls, pool_size=2), [X])
    case(f"{tag}_same", named(cls, pool_size=2, padding="same"), [(2, 5, 7, 3)])
    case(f"{tag}_overlapping", named(cls, pool_size=3, strides=1), [X])
    case(f"{tag}_overlapping_same", named(cls, pool_size=(3, 2), strides=(2, 1), padding="same"), [X])
    case(f"{tag}_strides_over_window", named(cls, pool_size=2, strides=3), [(2, 8, 8, 2)])
    case(f"{tag}_channels_first", named(cls, pool_size=2, data_format="channels_first"), [(2, 3, 6, 7)])
    case(f"{tag}_ties", named(cls, pool_size=3, strides=2, padding="same"), None, inputs=ties((2, 6, 6, 2)))
case("global_average_pooling2d", named(layers.GlobalAveragePooling2D), [X])
case("global_average_pooling2d_keepdims", named(layers.GlobalAveragePooling2D, keepdims=True), [X])
case("global_average_pooling2d_channels_first", named(layers.GlobalAveragePooling2D, data_format="channels_first"), [(2, 3, 6, 7)])

# ---- batch normalization ---------------------------------------------------------------------------

for training in (True, False):
    tag = "training" if training else "inference"
    bn = lambda **o: named(layers.BatchNormalization, **o)  # noqa: E731
    case(f"batch_normalization_{tag}", bn(), [(8, 5)], training)
    case(f"batch_normalization_images_{tag}", bn(momentum=0.9, epsilon=1e-5), [(4, 3, 5, 2)], training)
    case(f"batch_normalization_axis_1_{tag}", bn(axis=1), [(4, 3, 5, 2)], training)
    case(f"batch_normalization_no_scale_{tag}", bn(scale=False), [(8, 5)], training)
    case(f"batch_normalization_no_center_{tag}", bn(center=False), [(8, 5)], training)
    case(f"batch_normalization_plain_{tag}", bn(center=False, scale=False, epsilon=0.1), [(8, 5)], training)

# ---- merging and shapes ------------------------------------------------------------------------------

case("concatenate", named(layers.Concatenate), [(2, 3, 4), (2, 3, 1)])
case("concatenate_axis_1", named(layers.Concatenate, axis=1), [(2, 3, 4), (2, 2, 4), (2, 1, 4)])
case("add", named(layers.Add), [(2, 3, 4)] * 3)
case("add_broadcast", named(layers.Add), [(2, 3, 4), (2, 1, 4)])
case("flatten", named(layers.Flatten), [X])
case("flatten_two_axes", named(layers.Flatten), [(2, 3)])
case("flatten_channels_first", named(layers.Flatten, data_format="channels_first"), [(2, 3, 6, 7)])
case("reshape", named(layers.Reshape, target_shape=(7, 18)), [X])
case("reshape_unknown", named(layers.Reshape, target_shape=(3, -1, 2)), [X])
case("dropout_inference", named(layers.Dropout, rate=0.5), [(3, 4)], False)
case("dropout_rate_0_training", named(layers.Dropout, rate=0.0), [(3, 4)], True)

# ---- one and three spatial dimensions, transposed, depthwise and separable convolutions --------------

S, V = (2, 9, 3), (2, 4, 5, 6, 2)
SAVED = {"kernel_initializer": keras.initializers.HeNormal(seed=1), "kernel_regularizer": "l2", "bias_constraint": "non_neg"}
conv1 = lambda **o: named(layers.Conv1D, **{"filters": 4, "kernel_size": 3, **o})  # noqa: E731
case("conv1d", conv1(), [S])
case("conv1d_same_strides", conv1(padding="same", strides=2, activation="tanh"), [S])
case("conv1d_causal", conv1(padding="causal"), [S])
case("conv1d_causal_dilation", conv1(padding="causal", dilation_rate=2, kernel_size=2), [S])
case("conv1d_causal_strides", conv1(padding="causal", strides=2), [S])
case("conv1d_groups", conv1(groups=2, filters=6, use_bias=False), [(2, 8, 4)])
case("conv1d_channels_first", conv1(data_format="channels_first", padding="same"), [(2, 3, 9)])
case("conv1d_saved", conv1(**SAVED), [S])
conv3 = lambda **o: named(layers.Conv3D, **{"filters": 3, "kernel_size": (2, 3, 2), **o})  # noqa: E731
case("conv3d", conv3(), [V])
case("conv3d_same_strides", conv3(padding="same", strides=(1, 2, 2)), [V])
case("conv3d_dilation", conv3(dilation_rate=(1, 1, 2)), [V])
case("conv3d_channels_first", conv3(data_format="channels_first"), [(1, 2, 4, 5, 6)])

up = lambda **o: named(layers.Conv2DTranspose, **{"filters": 4, "kernel_size": 3, **o})  # noqa: E731
I = (2, 4, 5, 3)
case("conv2d_transpose", up(), [I])
case("conv2d_transpose_same", up(padding="same", activation="relu"), [I])
for k in (1, 2, 3, 4, 5):
    for s in (2, 3):
        case(f"conv2d_transpose_same_{k}_{s}", up(padding="same", kernel_size=k, strides=s, use_bias=False), [(1, 3, 4, 2)])
        case(f"conv2d_transpose_valid_{k}_{s}", up(kernel_size=k, strides=s, use_bias=False), [(1, 3, 4, 2)])
case("conv2d_transpose_output_padding", up(strides=2, output_padding=1), [I])
case("conv2d_transpose_same_output_padding", up(strides=(2, 3), padding="same", output_padding=(1, 2)), [I])
case("conv2d_transpose_same_output_padding_0", up(strides=2, padding="same", output_padding=0), [I])
case("conv2d_transpose_same_even_output_padding", up(strides=2, kernel_size=4, padding="same", output_padding=1), [I])
case("conv2d_transpose_dilation", up(dilation_rate=2), [I])
case("conv2d_transpose_dilation_same", up(dilation_rate=(1, 2), padding="same"), [I])
case("conv2d_transpose_channels_first", up(data_format="channels_first", strides=2, padding="same"), [(2, 3, 4, 5)])
case("conv2d_transpose_saved", up(**SAVED), [I])
case("conv1d_transpose", named(layers.Conv1DTranspose, filters=4, kernel_size=3, strides=2), [S])
case("conv1d_transpose_same", named(layers.Conv1DTranspose, filters=4, kernel_size=4, strides=2, padding="same"), [S])
case("conv3d_transpose", named(layers.Conv3DTranspose, filters=3, kernel_size=2, strides=(1, 2, 2)), [(1, 2, 3, 3, 2)])
case("conv3d_transpose_same", named(layers.Conv3DTranspose, filters=2, kernel_size=3, strides=2, padding="same"), [(1, 2, 3, 2, 2)])

deep = lambda **o: named(layers.DepthwiseConv2D, **{"kernel_size": 3, **o})  # noqa: E731
case("depthwise_conv2d", deep(), [X])
case("depthwise_conv2d_multiplier", deep(depth_multiplier=2, padding="same", activation="relu"), [X])
case("depthwise_conv2d_strides", deep(strides=2, padding="same", use_bias=False), [X])
case("depthwise_conv2d_dilation", deep(dilation_rate=2), [(2, 8, 9, 3)])
case("depthwise_conv2d_channels_first", deep(depth_multiplier=2, data_format="channels_first"), [(2, 3, 6, 7)])
case("depthwise_conv1d", named(layers.DepthwiseConv1D, kernel_size=3, depth_multiplier=2), [S])
for cls, tag, shape in ((layers.SeparableConv1D, "separable_conv1d", S), (layers.SeparableConv2D, "separable_conv2d", X)):
    case(tag, named(cls, filters=5, kernel_size=3), [shape])
    case(f"{tag}_same", named(cls, filters=5, kernel_size=2, strides=2, depth_multiplier=2, padding="same", activation="relu"), [shape])
case("separable_conv2d_channels_first", named(layers.SeparableConv2D, filters=5, kernel_size=3, data_format="channels_first"), [(2, 3, 6, 7)])

for cls, tag in ((layers.MaxPooling1D, "max_pooling1d"), (layers.AveragePooling1D, "average_pooling1d")):
    case(tag, named(cls, pool_size=2), [S])
    case(f"{tag}_same", named(cls, pool_size=3, strides=2, padding="same"), [S])
    case(f"{tag}_channels_first", named(cls, pool_size=2, data_format="channels_first"), [(2, 3, 9)])
for cls, tag in ((layers.MaxPooling3D, "max_pooling3d"), (layers.AveragePooling3D, "average_pooling3d")):
    case(tag, named(cls, pool_size=2), [V])
    case(f"{tag}_same", named(cls, pool_size=(1, 2, 3), strides=2, padding="same"), [V])
for n, shape, first in ((1, S, (2, 3, 9)), (2, X, (2, 3, 6, 7)), (3, V, (1, 2, 4, 5, 6))):
    for kind in ("Max", "Average"):
        cls, tag = getattr(layers, f"Global{kind}Pooling{n}D"), f"global_{kind.lower()}_pooling{n}d"
        if (kind, n) != ("Average", 2):
            case(tag, named(cls), [shape])
            case(f"{tag}_keepdims_first", named(cls, keepdims=True, data_format="channels_first"), [first])

# ---- borders and sizes -------------------------------------------------------------------------------

case("zero_padding1d", named(layers.ZeroPadding1D, padding=(2, 1)), [S])
case("zero_padding2d", named(layers.ZeroPadding2D, padding=((1, 2), (0, 3))), [X])
case("zero_padding2d_first", named(layers.ZeroPadding2D, padding=(1, 2), data_format="channels_first"), [(2, 3, 4, 5)])
case("zero_padding3d", named(layers.ZeroPadding3D, padding=1), [(1, 2, 2, 2, 2)])
case("cropping1d", named(layers.Cropping1D, cropping=(2, 1)), [S])
case("cropping2d", named(layers.Cropping2D, cropping=((1, 2), (0, 3))), [X])
case("cropping2d_first", named(layers.Cropping2D, cropping=(1, 2), data_format="channels_first"), [(2, 3, 6, 7)])
case("cropping3d", named(layers.Cropping3D, cropping=((1, 0), (2, 1), (1, 1))), [V])
case("up_sampling1d", named(layers.UpSampling1D, size=3), [S])
case("up_sampling2d", named(layers.UpSampling2D, size=(2, 3)), [I])
case("up_sampling2d_first", named(layers.UpSampling2D, size=2, data_format="channels_first"), [(2, 3, 4, 5)])
for method in ("bilinear", "bicubic", "lanczos3", "lanczos5"):
    case(f"up_sampling2d_{method}", named(layers.UpSampling2D, size=(2, 3), interpolation=method), [I])
case("up_sampling3d", named(layers.UpSampling3D, size=(1, 2, 3)), [(1, 2, 2, 3, 2)])
case("permute", named(layers.Permute, dims=(3, 1, 2)), [(2, 3, 4, 5)])
case("repeat_vector", named(layers.RepeatVector, n=3), [(2, 4)])
case("identity", named(layers.Identity), [(2, 4)])

# ---- merging -----------------------------------------------------------------------------------------

for cls in (layers.Multiply, layers.Average, layers.Maximum, layers.Minimum):
    case(cls.__name__.lower(), named(cls), [(2, 3, 4)] * 3)
    case(f"{cls.__name__.lower()}_broadcast", named(cls), [(2, 3, 4), (2, 1, 4)])
case("subtract", named(layers.Subtract), [(2, 3, 4)] * 2)
case("dot", named(layers.Dot, axes=1), [(3, 4), (3, 4)])
case("dot_normalize", named(layers.Dot, axes=-1, normalize=True), [(3, 4), (3, 4)])
case("dot_matrices", named(layers.Dot, axes=(2, 1)), [(3, 4, 5), (3, 5, 2)])
case("dot_matrices_normalize", named(layers.Dot, axes=(1, 1), normalize=True), [(3, 4, 5), (3, 4, 2)])
case("dot_matrix_vector", named(layers.Dot, axes=(2, 1)), [(3, 4, 5), (3, 5)])

# ---- activations with options --------------------------------------------------------------------------

case("re_lu", named(layers.ReLU), [(3, 4)])
case("re_lu_options", named(layers.ReLU, max_value=1.5, negative_slope=0.1, threshold=0.2), [(3, 4)])
case("leaky_re_lu", named(layers.LeakyReLU), [(3, 4)])
case("leaky_re_lu_slope", named(layers.LeakyReLU, negative_slope=0.1), [(3, 4)])
case("elu", named(layers.ELU, alpha=0.7), [(3, 4)])
case("p_re_lu", named(layers.PReLU), [(3, 4)])
case("p_re_lu_shared", named(layers.PReLU, shared_axes=[1, 2]), [(2, 3, 4, 5)])
case("softmax", named(layers.Softmax), [(3, 4)])
case("softmax_axis", named(layers.Softmax, axis=1), [(2, 3, 4)])
case("softmax_axes", named(layers.Softmax, axis=(1, 2)), [(2, 3, 4)])

# ---- normalization -------------------------------------------------------------------------------------

case("layer_normalization", named(layers.LayerNormalization), [(3, 5)])
case("layer_normalization_axes", named(layers.LayerNormalization, axis=[1, 2], epsilon=1e-5), [(2, 3, 4)])
case("layer_normalization_axis_1", named(layers.LayerNormalization, axis=1), [(2, 3, 4)])
case("layer_normalization_plain", named(layers.LayerNormalization, center=False, scale=False), [(2, 3, 4)])
case("layer_normalization_rms", named(layers.LayerNormalization, rms_scaling=True), [(2, 3, 4)])
case("rms_normalization", named(layers.RMSNormalization), [(2, 3, 4)])
case("rms_normalization_axes", named(layers.RMSNormalization, axis=(1, 2)), [(2, 3, 4)])
case("unit_normalization", named(layers.UnitNormalization), [(2, 3, 4)])
case("unit_normalization_axes", named(layers.UnitNormalization, axis=[1, 2]), [(2, 3, 4)])
case("group_normalization", named(layers.GroupNormalization, groups=2), [(2, 3, 4, 6)])
case("group_normalization_each", named(layers.GroupNormalization, groups=-1, center=False), [(2, 3, 6)])
case("group_normalization_axis_1", named(layers.GroupNormalization, groups=3, axis=1, scale=False), [(2, 6, 4, 5)])

# ---- what disturbs only while training -----------------------------------------------------------------

for cls, shape in ((layers.SpatialDropout1D, S), (layers.SpatialDropout2D, X), (layers.SpatialDropout3D, V), (layers.GaussianDropout, (3, 4)), (layers.AlphaDropout, (3, 4))):
    case(f"{cls.__name__}_inference", named(cls, rate=0.5, seed=3), [shape], False)
case("gaussian_noise_inference", named(layers.GaussianNoise, stddev=0.5, seed=3), [(3, 4)], False)
case("activity_regularization", named(layers.ActivityRegularization, l1=0.1, l2=0.2), [(3, 4)])

# ---- einsum, and preprocessing ---------------------------------------------------------------------------

case("einsum_dense", named(layers.EinsumDense, equation="abc,cd->abd", output_shape=(None, 5), bias_axes="d", activation="relu"), [(2, 3, 4)])
case("einsum_dense_plain", named(layers.EinsumDense, equation="ab,bc->ac", output_shape=5), [(2, 4)])
case("einsum_dense_heads", named(layers.EinsumDense, equation="abc,cde->abde", output_shape=(None, 2, 5), bias_axes="de"), [(2, 3, 4)])
case("einsum_dense_two_axes", named(layers.EinsumDense, equation="abcd,cde->abe", output_shape=(None, 5), bias_axes="be"), [(2, 3, 4, 2)])
case("einsum_dense_dots", named(layers.EinsumDense, equation="...x,xy->...y", output_shape=5, bias_axes="y"), [(2, 3, 4)])
case("einsum_dense_batched", named(layers.EinsumDense, equation="abc,acd->abd", output_shape=(3, 5)), [(2, 3, 4)])
case("normalization", named(layers.Normalization), [(3, 4)])
case("normalization_axes", named(layers.Normalization, axis=(1, 2)), [(2, 3, 4)])
case("normalization_given", named(layers.Normalization, mean=[1.0, 2.0, 3.0, 4.0], variance=[0.5, 1.0, 1.5, 2.0]), [(2, 3, 4)])
case("normalization_whole", named(layers.Normalization, axis=None, mean=1.5, variance=4.0), [(3, 4)])
case("normalization_invert", named(layers.Normalization, mean=1.5, variance=4.0, invert=True), [(3, 4)])
for method in ("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5"):
    case(f"resizing_{method}", named(layers.Resizing, height=5, width=9, interpolation=method), [X])
    case(f"resizing_{method}_smaller", named(layers.Resizing, height=4, width=3, interpolation=method, antialias=method == "bicubic"), [X])
case("resizing_crop", named(layers.Resizing, height=4, width=8, crop_to_aspect_ratio=True), [X])
case("resizing_pad", named(layers.Resizing, height=4, width=8, pad_to_aspect_ratio=True, fill_value=0.5), [X])
case("resizing_first", named(layers.Resizing, height=4, width=8, data_format="channels_first"), [(2, 3, 6, 7)])
case("center_crop", named(layers.CenterCrop, height=3, width=4), [X])
case("center_crop_larger", named(layers.CenterCrop, height=9, width=4), [X])
for cls, options in ((layers.RandomFlip, {}), (layers.RandomRotation, {"factor": 0.2}), (layers.RandomZoom, {"height_factor": 0.2}), (layers.RandomTranslation, {"height_factor": 0.2, "width_factor": (-0.1, 0.2)}), (layers.RandomContrast, {"factor": (0.1, 0.2)}), (layers.RandomBrightness, {"factor": 0.2})):
    case(f"{cls.__name__}_inference", named(cls, seed=3, **options), [X], False)

G.save()
