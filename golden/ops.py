"""Golden values of the ops: jax.lax 0.10.2 on the CPU, numpy 2.4.6, seed 0.

Run by `cargo xtask golden`. Attributes carry StableHLO's names. Floating-point elementwise values
in f32 are the f64 result for the same (f32) inputs, rounded once: the reference is then nearer the
truth than any f32 library. Everything else runs in the dtype that the case names.
"""

import itertools

from common import Golden, rng, short_dtype  # first: it chooses JAX's precision

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax._src.lax import windowed_reductions

G = Golden("ops", "ops.py")
FLOATS = {"f32": np.float32, "f64": np.float64}
# Relative and absolute tolerance of elementwise results; tiny results may be flushed to zero.
EXACT = {"rel": 0.0, "abs": 0.0}
ELEMENTWISE = {"f32": {"rel": 1e-6, "abs": 1.2e-38}, "f64": {"rel": 1e-14, "abs": 2.3e-308}}
# The zeros of these functions are no floating-point numbers: near them only an absolute bound holds.
NEAR_ROOT = {"f32": {"rel": 2e-6, "abs": 1e-6}, "f64": {"rel": 1e-12, "abs": 1e-13}}
SUMS = {"f32": {"rel": 1e-5, "abs": 1e-5}, "f64": {"rel": 1e-12, "abs": 1e-12}}


def case(name, op, dtype, inputs, outputs, attributes=None, tol=None):
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    name = f"{name}/{dtype}"
    G.add({
        "name": name, "op": op, "dtype": dtype, "attributes": attributes or {},
        "inputs": G.tensors_of(name + ".in", inputs),
        "outputs": G.tensors_of(name + ".out", outputs),
        "tol": tol or EXACT,
    })


def normal(name, shape, dtype):
    return rng(name).standard_normal(shape).astype(dtype)


# ---- elementwise -----------------------------------------------------------------------------

def grid(dtype):
    info = np.finfo(dtype)
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, info.max, -info.max, info.tiny, -info.tiny,
               info.eps, -info.eps, 1.0, -1.0, 1 + info.eps, 1 - info.eps]
    plain = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.5, 5.0, 7.0, 10.0,
             12.5, 20.0, 30.0, 44.0, 88.0, 89.0, 100.0, 104.0, 700.0, 710.0, 745.0, 1000.0, 1e4,
             1e5, 1e6, 1e-3, 1e-5, 1e-10, 1e-20, 1e10, 1e20, 8388608.5, 0.49999997,
             np.pi / 2, np.pi, 2 * np.pi, np.e]
    random = rng("grid").standard_normal(48) * np.repeat([0.3, 3.0, 30.0], 16)
    values = special + [s * v for v in plain for s in (1, -1)] + list(random)
    return np.array(values, dtype)


def rounding(method):
    return lambda x: lax.round(x, method)


UNARY = {
    "abs": lax.abs, "cbrt": lax.cbrt, "ceil": lax.ceil, "floor": lax.floor, "cosine": lax.cos,
    "sine": lax.sin, "tan": lax.tan, "tanh": lax.tanh, "exponential": lax.exp,
    "exponential_minus_one": lax.expm1, "log": lax.log, "log_plus_one": lax.log1p,
    "logistic": lax.logistic, "negate": lax.neg, "sign": lax.sign, "sqrt": lax.sqrt,
    "rsqrt": lax.rsqrt, "round_nearest_even": rounding(lax.RoundingMethod.TO_NEAREST_EVEN),
    "round_nearest_afz": rounding(lax.RoundingMethod.AWAY_FROM_ZERO), "is_finite": lax.is_finite,
    "erf": lax.erf, "erf_inv": lax.erf_inv, "lgamma": lax.lgamma, "digamma": lax.digamma,
}
EXACT_UNARY = {"abs", "ceil", "floor", "negate", "sign", "round_nearest_even", "round_nearest_afz",
               "is_finite", "sqrt"}


def domain(op, x):
    if op == "erf_inv":
        return np.concatenate([x[np.abs(x) <= 1], np.linspace(-0.999, 0.999, 41).astype(x.dtype)])
    if op in ("sine", "cosine", "tan"):
        return x[~(np.abs(x) > 1e6) | ~np.isfinite(x)]
    if op == "digamma":  # poles at 0, -1, -2, ...: what a library returns there is its own choice
        return x[~((x <= 0) & (x == np.floor(x)) | (x < -1e4)) & (np.abs(x) > 1e-30)]
    if op == "lgamma":
        return x[~((x < 0) & (x == np.floor(x)) | (x < -1e4) | (np.abs(x) > 1e30)) | (x == np.inf)]
    return x


for op, f in UNARY.items():
    for dtype, kind in FLOATS.items():
        x = domain(op, grid(kind))
        y = np.asarray(f(jnp.asarray(x.astype(np.float64))))
        if y.dtype != bool:
            y = y.astype(kind)
        tol = EXACT if op in EXACT_UNARY else (NEAR_ROOT if op in ("lgamma", "digamma", "erf_inv") else ELEMENTWISE)[dtype]
        case(op, op, dtype, [x], y, tol=tol)

BINARY = {
    "add": lax.add, "subtract": lax.sub, "multiply": lax.mul, "divide": lax.div,
    "maximum": lax.max, "minimum": lax.min, "power": lax.pow, "remainder": lax.rem,
    "atan2": lax.atan2,
}


def pairs(dtype):
    info = np.finfo(dtype)
    values = np.array([0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 2.5, -7.25, 1e-3, 1e3,
                       -1e10, np.inf, -np.inf, np.nan, info.max, info.tiny, 0.3, -5.7], dtype)
    return tuple(np.ascontiguousarray(v.ravel()) for v in np.meshgrid(values, values))


for op, f in BINARY.items():
    for dtype, kind in FLOATS.items():
        a, b = pairs(kind)
        exact = op in ("add", "subtract", "multiply", "divide", "maximum", "minimum", "remainder")
        wide = np.float64 if not exact or op == "remainder" else kind
        y = np.asarray(f(jnp.asarray(a.astype(wide)), jnp.asarray(b.astype(wide)))).astype(kind)
        tol = {"rel": 0.0, "abs": ELEMENTWISE[dtype]["abs"]} if exact else ELEMENTWISE[dtype]
        case(op, op, dtype, [a, b], y, tol=tol)

for direction, f in {"EQ": lax.eq, "NE": lax.ne, "LT": lax.lt, "LE": lax.le, "GT": lax.gt, "GE": lax.ge}.items():
    for dtype, kind in FLOATS.items():
        a, b = pairs(kind)
        case(f"compare_{direction}", "compare", dtype, [a, b], f(a, b),
             {"comparison_direction": direction})

INTEGERS = {"i8": np.int8, "i32": np.int32, "i64": np.int64, "u8": np.uint8, "u32": np.uint32, "u64": np.uint64}
INTEGER_BINARY = {
    "add": lax.add, "subtract": lax.sub, "multiply": lax.mul, "divide": lax.div,
    "remainder": lax.rem, "maximum": lax.max, "minimum": lax.min, "and": lax.bitwise_and,
    "or": lax.bitwise_or, "xor": lax.bitwise_xor, "shift_left": lax.shift_left,
    "shift_right_logical": lax.shift_right_logical, "shift_right_arithmetic": lax.shift_right_arithmetic,
}
for dtype, kind in INTEGERS.items():
    info = np.iinfo(kind)
    v = [0, 1, 2, 3, 7, 8, 31, 63, 64, 100, info.max, info.max - 1, info.min]
    v += [-1, -2, -3, -7, -8, -100] if info.min < 0 else []
    v = np.array(v, kind)
    a, b = (np.ascontiguousarray(m.ravel()) for m in np.meshgrid(v, v))
    for op, f in INTEGER_BINARY.items():
        x, y = a, b
        if op in ("divide", "remainder"):  # by zero, and the smallest by -1: kills some builds of XLA
            keep = (b != 0) & ~((a == info.min) & (b.astype(np.int64) == -1) & (info.min < 0))
            x, y = a[keep], b[keep]
        if op.startswith("shift"):
            keep = (b >= 0)
            x, y = a[keep], b[keep]
        case(op, op, dtype, [x, y], f(x, y))
    for op, f in {"not": lax.bitwise_not, "popcnt": lax.population_count, "count_leading_zeros": lax.clz,
                  "sign": lax.sign, **({"abs": lax.abs, "negate": lax.neg} if info.min < 0 else {})}.items():
        case(op, op, dtype, [v], f(v))

bits = [np.array(m, bool).ravel() for m in np.meshgrid([False, True], [False, True])]
for op, f in {"and": lax.bitwise_and, "or": lax.bitwise_or, "xor": lax.bitwise_xor}.items():
    case(op, op, "bool", bits, f(*bits))
case("not", "not", "bool", [bits[0]], lax.bitwise_not(bits[0]))

for dtype, kind in FLOATS.items():
    x, lo, hi = (normal("clamp" + k, (3, 5), kind) for k in "xlh")
    lo, hi = np.minimum(lo, hi), np.maximum(lo, hi)
    case("clamp", "clamp", dtype, [lo, x, hi], lax.clamp(lo, x, hi))
    case("clamp_scalar_bounds", "clamp", dtype, [kind(-0.5), x, kind(0.5)], lax.clamp(kind(-0.5), x, kind(0.5)))
    p = rng("select").random((3, 5)) < 0.5
    case("select", "select", dtype, [p, x, hi], lax.select(p, jnp.asarray(x), jnp.asarray(hi)))
    case("select_scalar_predicate", "select", dtype, [np.bool_(True), x, hi], lax.select(jnp.bool_(True), jnp.asarray(x), jnp.asarray(hi)))

convertible = [0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -1.5, 3.99, -3.99, 100.0, 127.0, 1e-3, 65504.0, 1.00390625,
               1.01171875, 3.1415927410125732, 5.960464477539063e-08, 1e-41]
for dtype, kind in {"f32": np.float32, "f64": np.float64, "i32": np.int32, "u8": np.uint8, "bool": np.bool_, "i64": np.int64, "bf16": jnp.bfloat16, "f16": np.float16}.items():
    x = np.array(convertible if dtype.startswith(("f", "b")) and dtype != "bool" else [0, 1, 1, 2, 100, 127, 0], np.float64).astype(kind)
    for target in (np.float32, np.float64, np.float16, jnp.bfloat16, np.int8, np.int32, np.int64, np.bool_, np.uint8, np.uint64):
        if np.dtype(target) == np.dtype(kind):
            continue
        z = x
        if np.issubdtype(np.dtype(target), np.integer) and dtype in ("f32", "f64", "f16", "bf16"):
            limit = np.iinfo(target)  # outside the target's range the result is undefined
            w = x.astype(np.float64)
            z = x[(w > max(limit.min, -1e9) - 1) & (w < min(float(limit.max), 1e9))]
        y = np.asarray(lax.convert_element_type(jnp.asarray(z), target))
        if y.dtype == np.float32 and dtype == "f64":  # keep subnormals, which XLA may flush
            y = z.astype(np.float32)
        case(f"convert_to_{short_dtype(y)}", "convert", dtype, [z], y)

# ---- products and convolutions -----------------------------------------------------------------

DOTS = {  # name: lhs shape, rhs shape, (lhs contracting, rhs contracting), (lhs batching, rhs batching)
    "dot_matrix": ((5, 7), (7, 3), ((1,), (0,)), ((), ())),
    "dot_transposed_lhs": ((7, 5), (7, 3), ((0,), (0,)), ((), ())),
    "dot_transposed_rhs": ((5, 7), (3, 7), ((1,), (1,)), ((), ())),
    "dot_vectors": ((9,), (9,), ((0,), (0,)), ((), ())),
    "dot_matrix_vector": ((4, 9), (9,), ((1,), (0,)), ((), ())),
    "dot_outer": ((4,), (3,), ((), ()), ((), ())),
    "dot_batched": ((2, 3, 4), (2, 4, 5), ((2,), (1,)), ((0,), (0,))),
    "dot_batched_inner": ((3, 2, 4, 5), (6, 4, 5, 2), ((3, 2), (2, 1)), ((1,), (3,))),
    "dot_two_batches": ((2, 3, 4, 5), (3, 2, 5, 1), ((3,), (2,)), ((0, 1), (1, 0))),
    "dot_contract_all": ((3, 4), (4, 3), ((0, 1), (1, 0)), ((), ())),
    "dot_empty_contraction": ((3, 0), (0, 4), ((1,), (0,)), ((), ())),
    "dot_odd_sizes": ((17, 33), (33, 19), ((1,), (0,)), ((), ())),
}
for (name, (ls, rs, (lc, rc), (lb, rb))), (dtype, kind) in itertools.product(DOTS.items(), FLOATS.items()):
    a, b = normal(name + "a", ls, kind), normal(name + "b", rs, kind)
    y = np.asarray(lax.dot_general(a, b, ((lc, rc), (lb, rb)), precision=lax.Precision.HIGHEST))
    case(name, "dot_general", dtype, [a, b], y, {
        "lhs_batching_dimensions": lb, "rhs_batching_dimensions": rb,
        "lhs_contracting_dimensions": lc, "rhs_contracting_dimensions": rc}, SUMS[dtype])

CONVOLUTIONS = {
    # name: lhs, rhs, dimension numbers (lhs spec, rhs spec, out spec), strides, padding, options
    "conv_nhwc_valid": ((2, 6, 7, 3), (3, 3, 3, 4), "NHWC HWIO NHWC", (1, 1), ((0, 0), (0, 0)), {}),
    "conv_nhwc_same_strided": ((2, 6, 7, 3), (3, 2, 3, 4), "NHWC HWIO NHWC", (2, 2), ((0, 1), (0, 1)), {}),
    "conv_nchw": ((2, 3, 6, 5), (4, 3, 3, 3), "NCHW OIHW NCHW", (1, 2), ((1, 1), (1, 0)), {}),
    "conv_mixed_layouts": ((2, 3, 6, 5), (3, 2, 3, 4), "NCHW HWIO NHWC", (1, 1), ((1, 1), (0, 2)), {}),
    "conv_c_equals_h_equals_w": ((3, 3, 3, 3), (3, 3, 3, 3), "NHWC HWIO NHWC", (1, 1), ((1, 1), (1, 1)), {}),
    "conv_c_equals_h_equals_w_nchw": ((3, 3, 3, 3), (3, 3, 3, 3), "NCHW OIHW NCHW", (1, 1), ((1, 1), (1, 1)), {}),
    "conv_1x1": ((2, 4, 4, 5), (1, 1, 5, 3), "NHWC HWIO NHWC", (1, 1), ((0, 0), (0, 0)), {}),
    "conv_negative_padding": ((1, 7, 8, 2), (3, 3, 2, 2), "NHWC HWIO NHWC", (1, 1), ((-1, 2), (1, -2)), {}),
    "conv_asymmetric_padding": ((1, 5, 5, 2), (2, 3, 2, 3), "NHWC HWIO NHWC", (2, 1), ((3, 0), (0, 4)), {}),
    "conv_lhs_dilation": ((1, 4, 5, 2), (3, 3, 2, 3), "NHWC HWIO NHWC", (1, 1), ((1, 2), (2, 1)), {"lhs_dilation": (2, 3)}),
    "conv_rhs_dilation": ((1, 9, 8, 2), (3, 2, 2, 3), "NHWC HWIO NHWC", (1, 2), ((1, 1), (0, 1)), {"rhs_dilation": (2, 3)}),
    "conv_both_dilations": ((2, 4, 5, 2), (2, 3, 2, 2), "NHWC HWIO NHWC", (2, 1), ((2, -1), (0, 1)), {"lhs_dilation": (3, 2), "rhs_dilation": (2, 2)}),
    "conv_feature_groups": ((2, 5, 5, 4), (3, 3, 2, 6), "NHWC HWIO NHWC", (1, 1), ((1, 1), (1, 1)), {"feature_group_count": 2}),
    "conv_depthwise": ((2, 5, 6, 4), (3, 3, 1, 8), "NHWC HWIO NHWC", (1, 1), ((1, 1), (1, 1)), {"feature_group_count": 4}),
    "conv_batch_groups": ((4, 5, 5, 3), (3, 3, 3, 6), "NHWC HWIO NHWC", (1, 1), ((0, 0), (0, 0)), {"batch_group_count": 2}),
    "conv_kernel_gradient": ((3, 6, 6, 2), (4, 4, 2, 5), "CHWN IHWO HWNC", (1, 1), ((0, 0), (0, 0)), {"swap": True}),
    "conv_window_reversal": ((1, 5, 5, 2), (3, 2, 2, 3), "NHWC HWIO NHWC", (1, 1), ((1, 1), (0, 1)), {"window_reversal": (True, True)}),
    "conv_1d": ((2, 9, 3), (4, 3, 5), "NHC HIO NHC", (2,), ((1, 2),), {}),
    "conv_3d": ((1, 4, 5, 3, 2), (2, 3, 2, 2, 3), "NDHWC DHWIO NDHWC", (1, 2, 1), ((0, 1), (1, 1), (0, 0)), {}),
    "conv_no_spatial": ((4, 3), (3, 5), "NC IO NC", (), (), {}),
}


def positions(spec, batch, feature):
    spatial = [spec.index(c) for c in "DHW" if c in spec]
    return spec.index(batch), spec.index(feature), spatial


for (name, (ls, rs, specs, strides, padding, options)), (dtype, kind) in itertools.product(CONVOLUTIONS.items(), FLOATS.items()):
    lspec, rspec, ospec = specs.split()
    if options.get("swap"):  # the kernel gradient: batch is contracted, features become the batch
        ls, rs = (3, 6, 6, 2), (3, 4, 4, 5)
        ib, if_, isp = 3, 0, [1, 2]
        ki, ko, ksp = 0, 3, [1, 2]
        ob, of, osp = 2, 3, [0, 1]
    else:
        ib, if_, isp = positions(lspec, "N", "C")
        ki, ko, ksp = positions(rspec, "I", "O")
        ob, of, osp = positions(ospec, "N", "C")
    n = len(isp)
    a, b = normal(name + "a", ls, kind), normal(name + "b", rs, kind)
    dn = lax.ConvDimensionNumbers((ib, if_, *isp), (ko, ki, *ksp), (ob, of, *osp))
    reversal = options.get("window_reversal", (False,) * n)
    kernel = lax.rev(jnp.asarray(b), [d for d, r in zip(ksp, reversal) if r])
    at = {
        "window_strides": strides, "padding": padding,
        "lhs_dilation": options.get("lhs_dilation", (1,) * n), "rhs_dilation": options.get("rhs_dilation", (1,) * n),
        "window_reversal": reversal,
        "input_batch_dimension": ib, "input_feature_dimension": if_, "input_spatial_dimensions": isp,
        "kernel_input_feature_dimension": ki, "kernel_output_feature_dimension": ko, "kernel_spatial_dimensions": ksp,
        "output_batch_dimension": ob, "output_feature_dimension": of, "output_spatial_dimensions": osp,
        "feature_group_count": options.get("feature_group_count", 1), "batch_group_count": options.get("batch_group_count", 1),
    }
    y = lax.conv_general_dilated(
        a, kernel, strides, padding, at["lhs_dilation"], at["rhs_dilation"], dn,
        feature_group_count=at["feature_group_count"], batch_group_count=at["batch_group_count"],
        precision=lax.Precision.HIGHEST)
    case(name, "convolution", dtype, [a, b], y, at, SUMS[dtype])

# ---- reductions and windows --------------------------------------------------------------------

BODIES = {"add": (lax.add, 0.0), "multiply": (lax.mul, 1.0), "maximum": (lax.max, -np.inf), "minimum": (lax.min, np.inf)}
for dtype, kind in FLOATS.items():
    for body, (f, init) in BODIES.items():
        for dims in ((0,), (1,), (2,), (0, 2), (0, 1, 2), ()):
            x, i = normal("reduce", (3, 4, 5), kind), kind(init)
            case(f"reduce_{body}_{'_'.join(map(str, dims)) or 'none'}", "reduce", dtype, [x, i],
                 lax.reduce(x, i, f, dims), {"dimensions": dims, "body": body}, SUMS[dtype])
    x, i = normal("reduce_init", (3, 4), kind), kind(2.5)
    case("reduce_add_with_init", "reduce", dtype, [x, i], lax.reduce(x, i, lax.add, (1,)), {"dimensions": [1], "body": "add"}, SUMS[dtype])
    case("reduce_add_empty", "reduce", dtype, [x[:, :0], i], lax.reduce(x[:, :0], i, lax.add, (1,)), {"dimensions": [1], "body": "add"})
    x = normal("reduce_long", (2, 1003), kind)
    case("reduce_add_long", "reduce", dtype, [x, kind(0)], lax.reduce(x, kind(0), lax.add, (1,)), {"dimensions": [1], "body": "add"}, SUMS[dtype])

    def greater(a, b):
        (v, i), (w, j) = a, b
        take = (v > w) | (v != v) | ((v == w) & (i < j))
        return lax.select(take, v, w), lax.select(take, i, j)

    x = np.round(normal("argmax", (4, 6), kind))  # with ties
    index = np.broadcast_to(np.arange(6, dtype=np.int32), (4, 6)).copy()
    out = lax.reduce((jnp.asarray(x), jnp.asarray(index)), (kind(-np.inf), np.int32(0)), greater, (1,))
    case("reduce_argmax", "reduce", dtype, [x, index, kind(-np.inf), np.int32(0)], out, {"dimensions": [1], "body": "argmax"})

x = rng("reduce_i").integers(-5, 6, (3, 4)).astype(np.int32)
case("reduce_add", "reduce", "i32", [x, np.int32(0)], lax.reduce(x, np.int32(0), lax.add, (1,)), {"dimensions": [1], "body": "add"})
x = rng("reduce_b").random((3, 4)) < 0.5
case("reduce_and", "reduce", "bool", [x, np.True_], lax.reduce(x, np.True_, lax.bitwise_and, (1,)), {"dimensions": [1], "body": "and"})
case("reduce_or", "reduce", "bool", [x, np.False_], lax.reduce(x, np.False_, lax.bitwise_or, (0,)), {"dimensions": [0], "body": "or"})

WINDOWS = {  # name: shape, window, strides, padding, base dilation, window dilation
    "pool_valid": ((2, 6, 7, 3), (1, 2, 2, 1), (1, 2, 2, 1), ((0, 0),) * 4, (1,) * 4, (1,) * 4),
    "pool_same": ((2, 5, 7, 3), (1, 3, 3, 1), (1, 2, 2, 1), ((0, 0), (1, 1), (1, 1), (0, 0)), (1,) * 4, (1,) * 4),
    "pool_overlapping": ((1, 6, 6, 2), (1, 3, 2, 1), (1, 1, 1, 1), ((0, 0),) * 4, (1,) * 4, (1,) * 4),
    "pool_dilated": ((1, 8, 9, 2), (1, 2, 3, 1), (1, 1, 2, 1), ((0, 0), (1, 0), (0, 2), (0, 0)), (1,) * 4, (1, 2, 2, 1)),
    "pool_base_dilated": ((4, 5), (3, 2), (2, 1), ((1, 1), (0, 1)), (2, 3), (1, 1)),
    "window_all_dimensions": ((3, 4, 5), (2, 2, 3), (1, 2, 2), ((1, 0), (0, 1), (1, 1)), (1,) * 3, (1,) * 3),
    "window_1d_negative_padding": ((9,), (3,), (2,), ((-1, 2),), (1,), (1,)),
}
for (name, (shape, window, strides, padding, bd, wd)), (dtype, kind), (body, (f, init)) in itertools.product(WINDOWS.items(), FLOATS.items(), BODIES.items()):
    x, i = normal(name, shape, kind), kind(init)
    y = windowed_reductions._reduce_window(x, i, f, window, strides, padding, bd, wd) if hasattr(windowed_reductions, "_reduce_window") else lax.reduce_window(x, i, f, window, strides, padding, bd, wd)
    case(f"{name}_{body}", "reduce_window", dtype, [x, i], y, {
        "window_dimensions": window, "window_strides": strides, "padding": padding,
        "base_dilations": bd, "window_dilations": wd, "body": body}, SUMS[dtype])

for (name, (shape, window, strides, padding, bd, wd)), (dtype, kind), ties in itertools.product(WINDOWS.items(), FLOATS.items(), (False, True)):
    if max(bd) > 1 or max(wd) > 1 or min(min(p) for p in padding) < 0:
        continue
    x = normal(name, shape, kind)
    x = np.round(x) if ties else x
    out_shape = jax.eval_shape(lambda v: lax.reduce_window(v, kind(-np.inf), lax.max, window, strides, padding), x).shape
    source = normal(name + "source", out_shape, kind)
    y = windowed_reductions._select_and_scatter(x, lax.ge, window, strides, padding, source, kind(0), lax.add)
    case(f"select_and_scatter_{name}{'_ties' if ties else ''}", "select_and_scatter", dtype, [x, source, kind(0)], y, {
        "window_dimensions": window, "window_strides": strides, "padding": padding, "select": "GE", "scatter": "add"}, SUMS[dtype])

for dtype, kind in FLOATS.items():
    x = normal("cumsum", (3, 17), kind)
    for axis, reverse in itertools.product((0, 1), (False, True)):
        case(f"cumsum_{axis}{'_reverse' if reverse else ''}", "cumsum", dtype, [x], lax.cumsum(x, axis, reverse), {"axis": axis, "reverse": reverse}, SUMS[dtype])

# ---- moving data -------------------------------------------------------------------------------

GATHERS = {  # name: operand, index values, dims
    "gather_rows": ((5, 3), [[0], [3], [1], [3]], dict(offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(0,)), (1, 3)),
    "gather_columns": ((5, 3), [[2], [0]], dict(offset_dims=(0,), collapsed_slice_dims=(1,), start_index_map=(1,)), (5, 1)),
    "gather_out_of_range": ((5, 3), [[-4], [9], [4]], dict(offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(0,)), (1, 3)),
    "gather_windows": ((6, 7), [[0, 0], [3, 4], [9, 1]], dict(offset_dims=(1, 2), collapsed_slice_dims=(), start_index_map=(0, 1)), (2, 3)),
    "gather_points": ((4, 5), [[[0, 1], [3, 4]], [[2, 2], [1, 0]]], dict(offset_dims=(), collapsed_slice_dims=(0, 1), start_index_map=(0, 1)), (1, 1)),
    "gather_swapped_map": ((4, 5), [[0, 1], [3, 3]], dict(offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(1, 0)), (1, 2)),
    "gather_batched": ((3, 5, 2), [[[1], [4]], [[0], [2]], [[3], [3]]], dict(offset_dims=(2,), collapsed_slice_dims=(1,), start_index_map=(1,), operand_batching_dims=(0,), start_indices_batching_dims=(0,)), (1, 1, 2)),
    "gather_offset_first": ((5, 3), [[1], [2]], dict(offset_dims=(0,), collapsed_slice_dims=(0,), start_index_map=(0,)), (1, 3)),
}
for (name, (shape, index, dims, sizes)), (dtype, kind) in itertools.product(GATHERS.items(), FLOATS.items()):
    dims = {"operand_batching_dims": (), "start_indices_batching_dims": (), **dims}
    x, index = normal(name, shape, kind), np.array(index, np.int32)
    y = lax.gather(x, index, lax.GatherDimensionNumbers(**dims), sizes, mode="clip")
    case(name, "gather", dtype, [x, index], y, {**dims, "index_vector_dim": index.ndim - 1, "slice_sizes": sizes, "indices_are_sorted": False})

SCATTERS = {
    "scatter_rows": ((5, 3), [[0], [3], [1], [3]], (4, 3), dict(update_window_dims=(1,), inserted_window_dims=(0,), scatter_dims_to_operand_dims=(0,))),
    "scatter_out_of_range": ((5, 3), [[-1], [7], [4]], (3, 3), dict(update_window_dims=(1,), inserted_window_dims=(0,), scatter_dims_to_operand_dims=(0,))),
    "scatter_windows": ((6, 7), [[0, 0], [3, 4], [1, 1]], (3, 2, 3), dict(update_window_dims=(1, 2), inserted_window_dims=(), scatter_dims_to_operand_dims=(0, 1))),
    "scatter_window_over_edge": ((6, 7), [[5, 0], [4, 4]], (2, 2, 3), dict(update_window_dims=(1, 2), inserted_window_dims=(), scatter_dims_to_operand_dims=(0, 1))),
    "scatter_points": ((4, 5), [[0, 1], [3, 4], [0, 1]], (3,), dict(update_window_dims=(), inserted_window_dims=(0, 1), scatter_dims_to_operand_dims=(0, 1))),
    "scatter_batched": ((3, 5, 2), [[[1], [4]], [[0], [2]], [[3], [1]]], (3, 2, 2), dict(update_window_dims=(2,), inserted_window_dims=(1,), scatter_dims_to_operand_dims=(1,), operand_batching_dims=(0,), scatter_indices_batching_dims=(0,))),
}
SCATTER_BODIES = {"add": lax.scatter_add, "multiply": lax.scatter_mul, "minimum": lax.scatter_min, "maximum": lax.scatter_max}
for (name, (shape, index, ushape, dims)), (dtype, kind), (body, f) in itertools.product(SCATTERS.items(), FLOATS.items(), SCATTER_BODIES.items()):
    dims = {"operand_batching_dims": (), "scatter_indices_batching_dims": (), **dims}
    x, u, index = normal(name, shape, kind), normal(name + "u", ushape, kind), np.array(index, np.int32)
    y = f(x, index, u, lax.ScatterDimensionNumbers(**dims), mode=lax.GatherScatterMode.FILL_OR_DROP)
    at = {("input_batching_dims" if k == "operand_batching_dims" else k): v for k, v in dims.items()}
    case(f"{name}_{body}", "scatter", dtype, [x, index, u], y, {**at, "index_vector_dim": index.ndim - 1, "indices_are_sorted": False, "unique_indices": False, "body": body}, SUMS[dtype])
for dtype, kind in FLOATS.items():
    x, u, index = normal("scatter_set", (5, 3), kind), normal("scatter_setu", (2, 3), kind), np.array([[4], [0]], np.int32)
    dims = dict(update_window_dims=(1,), inserted_window_dims=(0,), scatter_dims_to_operand_dims=(0,))
    y = lax.scatter(x, index, u, lax.ScatterDimensionNumbers(**dims), unique_indices=True, mode=lax.GatherScatterMode.FILL_OR_DROP)
    case("scatter_set", "scatter", dtype, [x, index, u], y, {**dims, "input_batching_dims": [], "scatter_indices_batching_dims": [], "index_vector_dim": 1, "indices_are_sorted": False, "unique_indices": True, "body": "replace"})

for dtype, kind in FLOATS.items():
    x = normal("move", (4, 5, 3), kind)
    for dim in range(3):
        case(f"sort_{dim}", "sort", dtype, [x], lax.sort(x, dimension=dim), {"dimension": dim, "is_stable": True, "comparator": "LT"})
    key, value = np.round(normal("sort_key", (3, 9), kind)), normal("sort_value", (3, 9), kind)
    index = np.broadcast_to(np.arange(9, dtype=np.int32), (3, 9)).copy()
    case("sort_by_key_stable", "sort", dtype, [key, value, index], lax.sort((key, value, index), dimension=1, num_keys=1), {"dimension": 1, "is_stable": True, "comparator": "LT"})
    case("sort_descending", "sort", dtype, [x], lax.rev(lax.sort(x, dimension=1), (1,)), {"dimension": 1, "is_stable": True, "comparator": "GT"})
    case("top_k", "top_k", dtype, [x], lax.top_k(x, 2), {"k": 2})
    case("top_k_ties", "top_k", dtype, [key], lax.top_k(key, 4), {"k": 4})
    for low, high, inner in (((1, 0, 2), (0, 3, 1), (0, 0, 0)), ((-1, 2, 0), (1, -2, -1), (0, 0, 0)), ((1, 0, 0), (0, 1, 2), (2, 1, 0)), ((-2, -3, 1), (-1, 0, -2), (1, 2, 3))):
        name = "pad_" + "_".join(str(v).replace("-", "m") for v in (*low, *high, *inner))
        case(name, "pad", dtype, [x, kind(0.5)], lax.pad(x, kind(0.5), list(zip(low, high, inner))), {"edge_padding_low": low, "edge_padding_high": high, "interior_padding": inner})
    case("slice", "slice", dtype, [x], lax.slice(x, (1, 0, 1), (4, 5, 3), (2, 3, 1)), {"start_indices": [1, 0, 1], "limit_indices": [4, 5, 3], "strides": [2, 3, 1]})
    for tag, start in (("inside", (1, 2, 0)), ("clamped", (9, -3, 2))):
        starts = [np.int32(s) for s in start]
        case(f"dynamic_slice_{tag}", "dynamic_slice", dtype, [x, *starts], lax.dynamic_slice(x, starts, (2, 2, 2)), {"slice_sizes": [2, 2, 2]})
        u = normal("dus", (2, 2, 2), kind)
        case(f"dynamic_update_slice_{tag}", "dynamic_update_slice", dtype, [x, u, *starts], lax.dynamic_update_slice(x, u, starts))
    y = normal("move2", (4, 2, 3), kind)
    case("concatenate", "concatenate", dtype, [x, y, x], lax.concatenate((x, y, x), 1), {"dimension": 1})
    case("reverse", "reverse", dtype, [x], lax.rev(x, (0, 2)), {"dimensions": [0, 2]})
    case("transpose", "transpose", dtype, [x], lax.transpose(x, (2, 0, 1)), {"permutation": [2, 0, 1]})
    case("reshape", "reshape", dtype, [x], lax.reshape(x, (6, 10)))
    case("broadcast_in_dim", "broadcast_in_dim", dtype, [x[:, :1]], lax.broadcast_in_dim(x[:, :1], (2, 4, 5, 3), (1, 2, 3)), {"broadcast_dimensions": [1, 2, 3]})
    case("broadcast_in_dim_swapped_c_equals_h", "broadcast_in_dim", dtype, [x[:3, :3, 0]], lax.broadcast_in_dim(x[:3, :3, 0], (3, 3, 3), (0, 2)), {"broadcast_dimensions": [0, 2]})
    case("iota", "iota", dtype, [], lax.broadcasted_iota(kind, (3, 4), 1), {"iota_dimension": 1})

# ---- linear algebra and random bits --------------------------------------------------------------

for dtype, kind in FLOATS.items():
    a = normal("cholesky", (2, 5, 5), kind)
    spd = (a @ a.transpose(0, 2, 1) + 5 * np.eye(5)).astype(kind)
    lower = np.tril(np.asarray(lax.linalg.cholesky(spd, symmetrize_input=False)))
    case("cholesky_lower", "cholesky", dtype, [spd], lower, {"lower": True}, SUMS[dtype])
    case("cholesky_upper", "cholesky", dtype, [spd], np.ascontiguousarray(lower.transpose(0, 2, 1)), {"lower": False}, SUMS[dtype])
    for left, low, unit, transpose in itertools.product((True, False), (True, False), (True, False), (True, False)):
        t = normal("triangle", (2, 4, 4), kind) * kind(0.4) + 2 * np.eye(4, dtype=kind)
        b = normal("rhs", (2, 4, 3) if left else (2, 3, 4), kind)
        y = lax.linalg.triangular_solve(t, b, left_side=left, lower=low, transpose_a=transpose, unit_diagonal=unit)
        name = f"triangular_solve_{'left' if left else 'right'}_{'lower' if low else 'upper'}{'_unit' if unit else ''}{'_transpose' if transpose else ''}"
        case(name, "triangular_solve", dtype, [t, b], y, {"left_side": left, "lower": low, "unit_diagonal": unit, "transpose_a": "TRANSPOSE" if transpose else "NO_TRANSPOSE"}, SUMS[dtype])

for tag, words in (("zero", [0, 0]), ("small", [1, 2]), ("wide", [0x0123456789ABCDEF, 0xFEDCBA9876543210]), ("counter_carry", [7, 2**64 - 1])):
    for kind, shape in ((np.uint32, (11,)), (np.uint64, (3, 3)), (np.uint8, (5,))):
        state = np.array(words, np.uint64)
        key = jnp.asarray(state.view(np.uint32))
        new, out = lax.rng_bit_generator(key, shape, dtype=kind, algorithm=lax.RandomAlgorithm.RNG_PHILOX)
        out = np.asarray(out)
        case(f"rng_bit_generator_philox_{tag}", "rng_bit_generator", short_dtype(out), [state], [np.asarray(new).view(np.uint64), out], {"rng_algorithm": "PHILOX"})

G.save()
