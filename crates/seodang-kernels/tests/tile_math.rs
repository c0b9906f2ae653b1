//! The accuracy of `f32` functions against `f64`, over all magnitudes, on every instruction set.

mod support;

use seodang_core::DType;
use seodang_kernels::isa::{self, Isa};
use seodang_kernels::tile::*;
use support::*;

fn unary(op: UnaryOp, dtype: DType, isa: Isa, x: &[u8]) -> Vec<u8> {
    let n = x.len() / dtype.size();
    let p = isa::with(isa, || {
        let mut t = TileBuilder::new(1, n);
        let v = t.input(dtype, Access::Contiguous);
        let y = t.unary(op, v).unwrap();
        t.output(y);
        t.build().unwrap()
    });
    call(&[x.to_vec()], &[x.len()], |m, i, o| p.run(m, i, o)).remove(0)
}

/// Every 4099th bit pattern, and the neighbourhood of every power of two.
fn patterns() -> Vec<f32> {
    let mut v: Vec<f32> = (0..=u32::MAX).step_by(4099).map(f32::from_bits).collect();
    for e in 0..256u32 {
        for s in [0, 1 << 31] {
            for d in -40i32..40 {
                v.push(f32::from_bits((s | e << 23).wrapping_add_signed(d)));
                v.push(f32::from_bits((s | e << 23).wrapping_add_signed(d * 65537)));
            }
        }
    }
    // Where exp overflows and underflows, and multiples of pi / 2.
    for i in 0..20_000 {
        v.push(-104.0 + i as f32 * 0.01);
        v.push((i as f64 * std::f64::consts::FRAC_PI_2) as f32);
        v.push(1.0 + (i as f32 - 10_000.0) * 1e-5);
    }
    v
}

/// The distance in units of the last place of the exact value.
fn ulps(got: f32, want: f64) -> f64 {
    if want.is_nan() || got.is_nan() {
        return if want.is_nan() && got.is_nan() { 0.0 } else { f64::INFINITY };
    }
    let rounded = want as f32;
    if rounded.is_infinite() || got.is_infinite() {
        return if rounded == got { 0.0 } else { f64::INFINITY };
    }
    let exponent = (rounded.abs().max(f32::MIN_POSITIVE).to_bits() >> 23) as i32 - 127 - 23;
    (f64::from(got) - want).abs() / 2f64.powi(exponent)
}

type Reference = fn(f64) -> f64;

const FUNCTIONS: [(UnaryOp, Reference, f64); 17] = [
    (UnaryOp::Exponential, f64::exp, 1.5),
    (UnaryOp::ExponentialMinusOne, f64::exp_m1, 0.51),
    (UnaryOp::Log, f64::ln, 1.5),
    (UnaryOp::LogPlusOne, f64::ln_1p, 0.51),
    (UnaryOp::Tanh, f64::tanh, 2.0),
    (UnaryOp::Logistic, |x| 1.0 / (1.0 + (-x).exp()), 2.5),
    (UnaryOp::Erf, libm::erf, 2.0),
    (UnaryOp::Sine, f64::sin, 0.51),
    (UnaryOp::Cosine, f64::cos, 0.51),
    (UnaryOp::Tan, f64::tan, 0.51),
    (UnaryOp::Cbrt, f64::cbrt, 0.51),
    (UnaryOp::Sqrt, f64::sqrt, 0.51),
    (UnaryOp::Rsqrt, |x| 1.0 / x.sqrt(), 1.5),
    (UnaryOp::Lgamma, libm::lgamma, 0.51),
    (UnaryOp::RoundNearestAfz, f64::round, 0.0),
    (UnaryOp::RoundNearestEven, f64::round_ties_even, 0.0),
    (UnaryOp::Floor, f64::floor, 0.0),
];

#[test]
fn f32_functions_are_accurate() {
    let x = patterns();
    let input = bytes(&x);
    for (op, reference, limit) in FUNCTIONS {
        let mut first: Option<Vec<u8>> = None;
        for isa in Isa::available() {
            let out = unary(op, DType::F32, isa, &input);
            if let Some(first) = &first {
                // The payload of NaN is not part of the promise.
                let (a, b) = (values::<f32>(&out), values::<f32>(first));
                let same = |a: f32, b: f32| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
                let differ = a.iter().zip(&b).filter(|(a, b)| !same(**a, **b)).count();
                println!("{op:?} on {}: {differ} bits differ from portable", isa.name());
                assert_eq!(differ, 0, "{op:?} on {isa:?}");
            } else {
                first = Some(out);
            }
        }
        let y: Vec<f32> = values(&first.unwrap());
        let (mut worst, mut at) = (0.0, 0.0);
        for (x, y) in x.iter().zip(&y) {
            let want = reference(f64::from(*x));
            let error = ulps(*y, want);
            if error > worst || worst == 0.0 {
                (worst, at) = (error, *x);
            }
            if want == 0.0 && *y == 0.0 {
                assert_eq!(want.is_sign_negative(), y.is_sign_negative(), "{op:?}({x:e})");
            }
        }
        println!("{op:?}: {worst:.3} ulp at {at:e} ({:x})", at.to_bits());
        assert!(worst <= limit, "{op:?}: {worst} ulp at {at:e}");
    }
}

#[test]
fn power_is_accurate() {
    let mut s = seodang_core::random::Stream::new(3, 3);
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        2.0,
        -2.0,
        3.0,
        -3.0,
        0.5,
        -0.5,
        1.5,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        1e-40,
        -1e-40,
        1e30,
        16777215.0,
        16777216.0,
        -16777215.0,
        8388607.0,
        0.1,
        1e-30,
    ];
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for a in special {
        for b in special {
            x.push(a);
            y.push(b);
        }
    }
    for _ in 0..300_000 {
        let a = (s.normal() * 4.0).exp() as f32;
        x.push(if s.below(4) == 0 { -a } else { a });
        let b = s.normal() as f32 * 10.0;
        y.push(if s.below(3) == 0 { b.round() } else { b });
        x.push(f32::from_bits(s.next_u32()));
        y.push((s.normal() * 3.0) as f32);
    }
    let n = x.len();
    let build = || {
        let mut t = TileBuilder::new(1, n);
        let a = t.input(DType::F32, Access::Contiguous);
        let b = t.input(DType::F32, Access::Contiguous);
        let z = t.binary(BinaryOp::Power, a, b).unwrap();
        t.output(z);
        t.build().unwrap()
    };
    let out = call_everywhere(&[bytes(&x), bytes(&y)], &[n * 4], |m, i, o| build().run(m, i, o));
    let z: Vec<f32> = values(&out[0]);
    let mut worst = 0f64;
    for i in 0..n {
        let want = f64::from(x[i]).powf(f64::from(y[i]));
        let error = ulps(z[i], want);
        assert!(error <= 0.52, "{:e}^{:e} = {:e}, not {want:e}: {error}", x[i], y[i], z[i]);
        worst = worst.max(error);
    }
    println!("power: {worst:.3} ulp");
}

#[test]
fn special_functions() {
    // Known values: Abramowitz and Stegun, tables 6.1 and 7.1, and identities.
    let get = |op, x: f64| values::<f64>(&unary(op, DType::F64, Isa::Portable, &bytes(&[x])))[0];
    let gamma = 0.577_215_664_901_532_9;
    assert!((get(UnaryOp::Digamma, 1.0) + gamma).abs() < 1e-15);
    assert!((get(UnaryOp::Digamma, 0.5) + gamma + 2.0 * 2f64.ln()).abs() < 1e-14);
    assert!(get(UnaryOp::Digamma, 1.461_632_144_968_362_3).abs() < 1e-15);
    assert!(get(UnaryOp::Digamma, -2.0).is_nan());
    for x in [0.3, 1.455, 1.47, 2.5, 9.0, 40.0, -0.7, -3.3] {
        let (a, b) = (get(UnaryOp::Digamma, x + 1.0), get(UnaryOp::Digamma, x) + 1.0 / x);
        assert!((a - b).abs() < 1e-13 * (1.0 + a.abs() + 1.0 / x.abs()), "{x}: {a} {b}");
    }
    for x in [1e-300, -1e-9, 0.001, 0.3, -0.7, 0.99, -0.999_999, 1.0 - 1e-15] {
        let y = get(UnaryOp::ErfInv, x);
        let back = libm::erf(y);
        assert!((back - x).abs() <= 4e-16 * x.abs(), "{x}: {y} {back}");
    }
    assert_eq!(get(UnaryOp::ErfInv, 1.0), f64::INFINITY);
    assert_eq!(get(UnaryOp::ErfInv, -1.0), f64::NEG_INFINITY);
    assert!(get(UnaryOp::ErfInv, 1.5).is_nan());
    assert!((get(UnaryOp::Lgamma, 0.5) - 0.5 * std::f64::consts::PI.ln()).abs() < 1e-15);
}
