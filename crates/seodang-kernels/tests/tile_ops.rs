//! Every operation of tile programs on every type, against StableHLO's definitions.

mod support;

use seodang_core::{DType, Kind};
use seodang_kernels::tile::*;
use support::*;

/// Not a multiple of anything, so that the remainder of the loops is covered too.
const N: usize = 149;

fn run(
    inputs: &[(DType, Vec<u8>, Access)],
    out: DType,
    f: impl Fn(&mut TileBuilder, &[Value]) -> seodang_core::Result<Value>,
) -> Option<Vec<u8>> {
    let build = || {
        let mut t = TileBuilder::new(1, N);
        let v: Vec<Value> = inputs.iter().map(|(d, _, a)| t.input(*d, a.clone())).collect();
        let y = f(&mut t, &v).ok()?;
        assert_eq!(t.dtype(y), out);
        t.output(y);
        Some(t.build().unwrap())
    };
    build()?;
    let data: Vec<Vec<u8>> = inputs.iter().map(|i| i.1.clone()).collect();
    let mut r = call_everywhere(&data, &[N * out.size()], |m, i, o| build().unwrap().run(m, i, o));
    Some(r.remove(0))
}

fn same(dtype: DType, got: f64, want: f64, ulps: f64) -> bool {
    // The exact value is rounded to the type once more.
    let want = floats(dtype, &encode(dtype, &[want]))[0];
    if want.is_nan() || got.is_nan() {
        return want.is_nan() && got.is_nan();
    }
    got == want && (got != 0.0 || got.is_sign_negative() == want.is_sign_negative())
        || (got - want).abs() <= ulps * 2.0 * dtype.unit_roundoff() * want.abs()
}

fn wrap(dtype: DType, v: i128) -> i128 {
    use seodang_core::{Element, dispatch};
    dispatch!(dtype, T => T::from_i128(v).to_i128())
}

fn float_unary(op: UnaryOp) -> Option<fn(f64) -> f64> {
    use UnaryOp::*;
    Some(match op {
        Abs => f64::abs,
        Cbrt => f64::cbrt,
        Ceil => f64::ceil,
        Cosine => f64::cos,
        Erf => libm::erf,
        Exponential => f64::exp,
        ExponentialMinusOne => f64::exp_m1,
        Floor => f64::floor,
        Lgamma => libm::lgamma,
        Log => f64::ln,
        LogPlusOne => f64::ln_1p,
        Logistic => |x| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) },
        Negate => |x| -x,
        RoundNearestAfz => f64::round,
        RoundNearestEven => f64::round_ties_even,
        Rsqrt => |x| 1.0 / x.sqrt(),
        Sign => |x| if x == 0.0 || x.is_nan() { x } else { x.signum() },
        Sine => f64::sin,
        Sqrt => f64::sqrt,
        Tan => f64::tan,
        Tanh => f64::tanh,
        // Their own tests: see tile_math.rs.
        Digamma | ErfInv | IsFinite | CountLeadingZeros | Not | Popcnt => return None,
    })
}

#[test]
fn unary() {
    for dtype in DType::ALL {
        for op in UnaryOp::ALL {
            use UnaryOp::*;
            let x = sample(dtype, N, 31);
            let to = if op == IsFinite { DType::Bool } else { dtype };
            let got = run(&[(dtype, x.clone(), Access::Contiguous)], to, |t, v| t.unary(op, v[0]));
            let defined = match (op, dtype.kind()) {
                (Abs | Negate | Sign, k) => k != Kind::Bool,
                (Not, k) => k != Kind::Float,
                (Popcnt | CountLeadingZeros, k) => matches!(k, Kind::Signed | Kind::Unsigned),
                (_, k) => k == Kind::Float,
            };
            assert_eq!(got.is_some(), defined, "{op:?} {dtype}");
            let Some(got) = got else { continue };
            let what = format!("{op:?} {dtype}");
            if op == IsFinite {
                for (x, y) in floats(dtype, &x).iter().zip(got) {
                    assert_eq!(x.is_finite(), y == 1);
                }
            } else if let (true, Some(f)) = (dtype.is_float(), float_unary(op)) {
                for (x, y) in floats(dtype, &x).into_iter().zip(floats(dtype, &got)) {
                    assert!(same(dtype, y, f(x), 2.5), "{what}({x}) = {y}, not {}", f(x));
                }
            } else if !dtype.is_float() {
                let bits = dtype.size() as u32 * 8;
                let mask = if bits == 64 { u64::MAX } else { (1 << bits) - 1 };
                for (x, y) in integers(dtype, &x).into_iter().zip(integers(dtype, &got)) {
                    let raw = x as u64 & mask;
                    let want = match op {
                        Abs => wrap(dtype, x.abs()),
                        Negate => wrap(dtype, -x),
                        Sign => x.signum(),
                        Not if dtype == DType::Bool => 1 - x,
                        Not => wrap(dtype, !x),
                        Popcnt => i128::from(raw.count_ones()),
                        _ => i128::from(raw.leading_zeros() - (64 - bits)),
                    };
                    assert_eq!(y, want, "{what}({x})");
                }
            }
        }
    }
}

fn integer_binary(op: BinaryOp, dtype: DType, x: i128, y: i128) -> i128 {
    use BinaryOp::*;
    let bits = dtype.size() as i128 * 8;
    if dtype == DType::Bool {
        return match op {
            Add | Maximum | Or => x | y,
            Multiply | Minimum | And => x & y,
            _ => x ^ y,
        };
    }
    // The shift is unsigned.
    let by = if y < 0 { bits } else { y.min(bits) };
    let logical = if x < 0 { x + (1 << bits) } else { x };
    wrap(
        dtype,
        match op {
            Add => x + y,
            Subtract => x - y,
            Multiply => x.wrapping_mul(y),
            Divide => {
                if y == 0 {
                    -1
                } else {
                    x / y
                }
            }
            Remainder => {
                if y == 0 {
                    x
                } else {
                    x % y
                }
            }
            Maximum => x.max(y),
            Minimum => x.min(y),
            And => x & y,
            Or => x | y,
            Xor => x ^ y,
            ShiftLeft => {
                if by == bits {
                    0
                } else {
                    wrap(dtype, x << by)
                }
            }
            ShiftRightArithmetic => {
                // On the bits as a signed number.
                let signed =
                    if logical >> (bits - 1) == 1 { logical - (1 << bits) } else { logical };
                signed >> by
            }
            ShiftRightLogical => {
                if by == bits {
                    0
                } else {
                    logical >> by
                }
            }
            Power if y < 0 => match x {
                1 => 1,
                -1 => {
                    if y % 2 == 0 {
                        1
                    } else {
                        -1
                    }
                }
                _ => 0,
            },
            Power => {
                // By squaring, modulo 2^128, which keeps the low bits.
                let (mut base, mut e, mut out) = (x, y as u64, 1i128);
                while e > 0 {
                    if e & 1 == 1 {
                        out = out.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    e >>= 1;
                }
                out
            }
            Atan2 => unreachable!(),
        },
    )
}

fn float_binary(op: BinaryOp, x: f64, y: f64) -> f64 {
    use BinaryOp::*;
    match op {
        Add => x + y,
        Subtract => x - y,
        Multiply => x * y,
        Divide => x / y,
        Remainder => x % y,
        Power => x.powf(y),
        Atan2 => x.atan2(y),
        _ if x.is_nan() || y.is_nan() => f64::NAN,
        // Zeros compare by sign.
        Maximum => {
            if x > y || x == y && x.is_sign_positive() {
                x
            } else {
                y
            }
        }
        _ => {
            if x < y || x == y && x.is_sign_negative() {
                x
            } else {
                y
            }
        }
    }
}

#[test]
fn binary() {
    for dtype in DType::ALL {
        for op in BinaryOp::ALL {
            use BinaryOp::*;
            let defined = match (op, dtype.kind()) {
                (Add | Multiply | Maximum | Minimum, _) => true,
                (Subtract | Divide | Remainder | Power, k) => k != Kind::Bool,
                (And | Or | Xor, k) => k != Kind::Float,
                (Atan2, k) => k == Kind::Float,
                (_, k) => matches!(k, Kind::Signed | Kind::Unsigned),
            };
            for form in 0..4 {
                let access =
                    |scalar: bool| if scalar { Access::Scalar } else { Access::Contiguous };
                let (sx, sy) = (form & 1 == 1, form & 2 == 2);
                let x = sample(dtype, if sx { 1 } else { N }, 41);
                let y = sample(dtype, if sy { 1 } else { N }, 42);
                if sx && sy {
                    continue;
                }
                let ins = [(dtype, x.clone(), access(sx)), (dtype, y.clone(), access(sy))];
                let got = run(&ins, dtype, |t, v| t.binary(op, v[0], v[1]));
                assert_eq!(got.is_some(), defined, "{op:?} {dtype}");
                let Some(got) = got else { continue };
                for i in 0..N {
                    let pick = |scalar: bool| if scalar { 0 } else { i };
                    let what = format!("{op:?} {dtype} form {form} at {i}");
                    if dtype.is_float() {
                        let x = floats(dtype, &x)[pick(sx)];
                        let y = floats(dtype, &y)[pick(sy)];
                        let (got, want) = (floats(dtype, &got)[i], float_binary(op, x, y));
                        let ulps = if op == Power || op == Atan2 { 1.0 } else { 0.0 };
                        assert!(same(dtype, got, want, ulps), "{what}: {x}, {y}: {got} {want}");
                    } else {
                        let x = integers(dtype, &x)[pick(sx)];
                        let y = integers(dtype, &y)[pick(sy)];
                        let want = integer_binary(op, dtype, x, y);
                        assert_eq!(integers(dtype, &got)[i], want, "{what}: {x}, {y}");
                    }
                }
            }
        }
    }
}

#[test]
fn compare_select_clamp_and_fma() {
    for dtype in DType::ALL {
        let (a, b, p) = (sample(dtype, N, 51), sample(dtype, N, 52), sample(DType::Bool, N, 53));
        let (x, y) = (floats(dtype, &a), floats(dtype, &b));
        let full = |b: &Vec<u8>| (dtype, b.clone(), Access::Contiguous);
        for op in CompareOp::ALL {
            let got = run(&[full(&a), full(&b)], DType::Bool, |t, v| t.compare(op, v[0], v[1]));
            for (i, got) in got.unwrap().into_iter().enumerate() {
                let want = match op {
                    CompareOp::Eq => x[i] == y[i],
                    CompareOp::Ne => x[i] != y[i],
                    CompareOp::Ge => x[i] >= y[i],
                    CompareOp::Gt => x[i] > y[i],
                    CompareOp::Le => x[i] <= y[i],
                    CompareOp::Lt => x[i] < y[i],
                };
                assert_eq!(got, u8::from(want), "{dtype} {op:?} {} {}", x[i], y[i]);
            }
        }
        for form in 0..8 {
            let scalar = |k: usize| form >> k & 1 == 1;
            let part = |d: DType, b: &Vec<u8>, k: usize| {
                if scalar(k) {
                    (d, b[..d.size()].to_vec(), Access::Scalar)
                } else {
                    (d, b.clone(), Access::Contiguous)
                }
            };
            let at = |k: usize, i: usize| if scalar(k) { 0 } else { i };
            if form == 7 {
                continue;
            }
            let ins = [part(DType::Bool, &p, 0), part(dtype, &a, 1), part(dtype, &b, 2)];
            let got = run(&ins, dtype, |t, v| t.select(v[0], v[1], v[2])).unwrap();
            let size = dtype.size();
            for i in 0..N {
                let want =
                    if p[at(0, i)] == 1 { &a[at(1, i) * size..] } else { &b[at(2, i) * size..] };
                assert_eq!(got[i * size..][..size], want[..size], "select {dtype} {form}");
            }
            if dtype == DType::Bool {
                continue;
            }
            let c = normal(dtype, N, 54);
            let ins = [part(dtype, &a, 0), part(dtype, &c, 1), part(dtype, &b, 2)];
            let got = floats(dtype, &run(&ins, dtype, |t, v| t.clamp(v[0], v[1], v[2])).unwrap());
            let z = floats(dtype, &c);
            for i in 0..N {
                let low = float_binary(BinaryOp::Maximum, z[at(1, i)], x[at(0, i)]);
                let want = float_binary(BinaryOp::Minimum, low, y[at(2, i)]);
                assert!(same(dtype, got[i], want, 0.0), "clamp {dtype} {form}: {} {want}", got[i]);
            }
            let ins = [part(dtype, &a, 0), part(dtype, &b, 1), part(dtype, &c, 2)];
            let got = run(&ins, dtype, |t, v| t.fma(v[0], v[1], v[2]));
            assert_eq!(got.is_some(), matches!(dtype, DType::F32 | DType::F64));
            for (i, got) in got.map_or(Vec::new(), |g| floats(dtype, &g)).into_iter().enumerate() {
                let (a, b, c) = (x[at(0, i)], y[at(1, i)], z[at(2, i)]);
                let want = if dtype == DType::F32 {
                    f64::from((a as f32).mul_add(b as f32, c as f32))
                } else {
                    a.mul_add(b, c)
                };
                assert!(same(dtype, got, want, 0.0), "fma {dtype} {form}");
            }
        }
    }
}

#[test]
fn convert() {
    for from in DType::ALL {
        for to in DType::ALL {
            let x = sample(from, N, 61);
            let ins = [(from, x.clone(), Access::Contiguous)];
            let got = run(&ins, to, |t, v| Ok(t.convert(v[0], to))).unwrap();
            for i in 0..N {
                let what = format!("{from} to {to} at {i}");
                if to.is_float() {
                    let want = if from.is_float() {
                        floats(from, &x)[i]
                    } else {
                        // All samples of 64 bits are small or round in the same way through f64.
                        integers(from, &x)[i] as f64
                    };
                    assert!(same(to, floats(to, &got)[i], want, 0.0), "{what}");
                } else if to == DType::Bool {
                    assert_eq!(got[i] == 1, floats(from, &x)[i] != 0.0, "{what}");
                } else if from.is_float() {
                    let want = encode(to, &[floats(from, &x)[i]]);
                    assert_eq!(got[i * to.size()..][..to.size()], want, "{what}");
                } else {
                    assert_eq!(integers(to, &got)[i], wrap(to, integers(from, &x)[i]), "{what}");
                }
            }
        }
    }
}

#[test]
fn mistakes_are_errors() {
    let mut t = TileBuilder::new(2, 3);
    let a = t.input(DType::F32, Access::Contiguous);
    let b = t.input(DType::I32, Access::Contiguous);
    assert!(t.binary(BinaryOp::Add, a, b).unwrap_err().to_string().contains("int32"));
    assert!(t.select(a, a, a).is_err());
    assert!(t.reduce_cols(ReduceOp::And, a).is_err());
    let s = t.reduce_rows(ReduceOp::Sum, a).unwrap();
    assert!(t.reduce_cols(ReduceOp::Sum, s).is_err());
    let y = t.unary(UnaryOp::Exponential, s).unwrap();
    t.output(y);
    assert!(t.build().is_err());
    let mut t = TileBuilder::new(2, 3);
    let a = t.input(DType::F32, Access::Strided { offset: 0, dims: vec![(5, 1)] });
    t.output(a);
    assert!(t.build().is_err());
}
