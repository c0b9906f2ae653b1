//! Functions of `f32`, at most 2.5 units in the last place from the exact value over the whole range.
//!
//! The hottest ones (`exp`, `log`, `tanh`, `logistic`, `erf`) compute in `f32`; the others in `f64`,
//! which leaves them within 0.51 units. Polynomials are Chebyshev fits on the intervals that the
//! argument reductions leave.

use super::f64 as double;
use crate::simd::{Mode, sel};

/// 1.5 * 2^23: adding it leaves a number below 2^22 rounded to an integer in the low bits.
const MAGIC: f32 = 12_582_912.0;
/// ln 2 in two parts; the first has 16 bits, so that its products with exponents are exact.
const LN2_HI: f32 = 0.693_145_75;
const LN2_LO: f32 = 1.428_606_8e-6;
/// ln 2 rounded to nearest, and what is missing: for reductions that multiply and add at once.
const LN2: f32 = std::f32::consts::LN_2;
const LN2_REST: f32 = -1.904_654_2e-9;

/// Horner's rule, highest power first, with fused steps. Written out, so that no array stands between
/// the coefficients and the vectoriser.
macro_rules! poly {
    ($m:ident, $x:expr, $c:ident, $($k:literal)*) => {{
        let x = $x;
        let p = $c[0];
        $( let p = $m::fma(p, x, $c[$k]); )*
        p
    }};
}

/// 2^n for n in -126..=127.
#[inline(always)]
fn exp2i(n: i32) -> f32 {
    f32::from_bits((n.wrapping_add(127) as u32) << 23)
}

/// 2^x for x up to 127, within 2 units in the last place; below -126, 2^-126.
#[inline(always)]
pub(crate) fn exp2_narrow<M: Mode>(x: f32) -> f32 {
    // 2^f for |f| <= 1/2.
    const P: [f32; 7] =
        [1.533_757_7e-4, 1.339_986e-3, 9.618_52e-3, 5.550_329e-2, 0.240_226_46, LN2, 1.0];
    let x = sel(x < -126.0, -126.0, x);
    let t = x + MAGIC;
    let n = t.to_bits().wrapping_sub(MAGIC.to_bits()) as i32;
    poly!(M, x - (t - MAGIC), P, 1 2 3 4 5 6) * exp2i(n)
}

/// e^x.
#[inline(always)]
pub(crate) fn exp<M: Mode>(x: f32) -> f32 {
    // (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2.
    const P: [f32; 6] =
        [1.989_098_1e-4, 1.393_364_2e-3, 8.333_31e-3, 4.166_646_7e-2, 0.166_666_67, 0.5];
    // Beyond these bounds the result is 0 or infinite. NaN passes.
    let x = sel(x > 89.0, 89.0, x);
    let x = sel(x < -104.0, -104.0, x);
    let t = M::fma(x, std::f32::consts::LOG2_E, MAGIC);
    let n = t.to_bits().wrapping_sub(MAGIC.to_bits()) as i32;
    let t = t - MAGIC;
    let r = M::fma(t, -LN2_REST, M::fma(t, -LN2, x));
    let y = M::fma(poly!(M, r, P, 1 2 3 4 5), r * r, r) + 1.0;
    // In two steps, because 2^n alone may not be a normal number.
    let half = n >> 1;
    y * exp2i(half) * exp2i(n.wrapping_sub(half))
}

/// The natural logarithm.
#[inline(always)]
pub(crate) fn log<M: Mode>(x: f32) -> f32 {
    // (log(1 + f) - f + f^2 / 2) / f^3 for 1 + f in [sqrt(1/2), sqrt(2)].
    const P: [f32; 9] = [
        0.069_716_12,
        -0.114_797_34,
        0.116_854_2,
        -0.124_256_87,
        0.142_490_58,
        -0.166_678_03,
        0.200_007_16,
        -0.249_999_97,
        0.333_333_3,
    ];
    const SQRT_HALF: u32 = 0x3f35_04f3;
    let subnormal = x < f32::MIN_POSITIVE;
    let scaled = sel(subnormal, x * 8_388_608.0, x);
    let bits = scaled.to_bits().wrapping_sub(SQRT_HALF);
    let e = (bits as i32 >> 23) as f32 - sel(subnormal, 23.0, 0.0);
    let f = f32::from_bits((bits & 0x7f_ffff).wrapping_add(SQRT_HALF)) - 1.0;
    let z = f * f;
    let y = poly!(M, f, P, 1 2 3 4 5 6 7 8) * f * z;
    let y = M::fma(-0.5, z, M::fma(e, LN2_LO, y));
    let y = M::fma(e, LN2_HI, f + y);
    let y = sel(x < f32::INFINITY, y, x);
    let y = sel(x < 0.0, f32::NAN, y);
    sel(x == 0.0, f32::NEG_INFINITY, y)
}

/// The hyperbolic tangent.
#[inline(always)]
pub(crate) fn tanh<M: Mode>(x: f32) -> f32 {
    // (tanh(x) - x) / x^3 in x^2 for |x| <= 0.625.
    const P: [f32; 5] = [-6.096_714e-3, 2.099_718e-2, -5.385_090_8e-2, 0.133_327_7, -0.333_333_28];
    let a = x.abs();
    let z = x * x;
    let small = M::fma(poly!(M, z, P, 1 2 3 4) * z, x, x);
    let big = 1.0 - 2.0 / (exp::<M>(a + a) + 1.0);
    // The small branch loses the sign of zero.
    (sel(a < 0.625, small, big)).copysign(x)
}

/// 1 / (1 + e^-x).
#[inline(always)]
pub(crate) fn logistic<M: Mode>(x: f32) -> f32 {
    let z = exp::<M>(-x.abs());
    (sel(x < 0.0, z, 1.0)) / (1.0 + z)
}

/// The error function.
#[inline(always)]
pub(crate) fn erf<M: Mode>(x: f32) -> f32 {
    // erf(x) / x - 1 in x^2 for |x| <= 0.921875.
    const SMALL: [f32; 6] =
        [-6.004_081e-4, 4.996_020_3e-3, -2.676_875_7e-2, 0.112_818_82, -0.376_125, 0.128_379_15];
    // -log(1 - erf(x)) / x - 1 for x in [0.921875, 4].
    const LARGE: [f32; 9] = [
        -2.759_621_5e-7,
        4.468_56e-6,
        -1.251_724_1e-5,
        -2.776_000_5e-4,
        3.672_733_7e-3,
        -2.402_776_5e-2,
        0.106_677_36,
        0.634_833_46,
        0.128_735_57,
    ];
    let a = x.abs();
    let small = M::fma(poly!(M, x * x, SMALL, 1 2 3 4 5), x, x);
    let a = sel(a > 4.0, 4.0, a);
    let q = M::fma(poly!(M, a, LARGE, 1 2 3 4 5 6 7 8), a, a);
    let big = (1.0 - exp::<M>(-q)).copysign(x);
    sel(a < 0.921_875, small, big)
}

/// e^x - 1.
#[inline(always)]
pub(crate) fn expm1(x: f32) -> f32 {
    let clamped = sel(x > 89.0, 89.0, x);
    let clamped = sel(clamped < -20.0, -20.0, clamped);
    let d = f64::from(clamped);
    let big = double::exp_narrow(d) - 1.0;
    let small = d + d * d * (0.5 + d * (1.0 / 6.0));
    let y = (sel(d.abs() < 1.0 / 4096.0, small, big)) as f32;
    // Keeps the sign of zero.
    sel(x == 0.0, x, y)
}

/// log(1 + x).
#[inline(always)]
pub(crate) fn log1p(x: f32) -> f32 {
    let d = f64::from(x);
    let big = double::log_narrow(1.0 + d);
    let small = d - d * d * (0.5 - d * (1.0 / 3.0));
    let y = (sel(d.abs() < 1.0 / 4096.0, small, big)) as f32;
    let y = sel(x < f32::INFINITY, y, x);
    let y = sel(x < -1.0, f32::NAN, y);
    let y = sel(x == -1.0, f32::NEG_INFINITY, y);
    sel(x == 0.0, x, y)
}

/// Beyond this magnitude the reductions of [`sin`], [`cos`] and [`tan`] lose bits.
pub(crate) const TRIGONOMETRIC_LIMIT: f32 = 500_000.0;

/// The sine, for |x| below [`TRIGONOMETRIC_LIMIT`].
#[inline(always)]
pub(crate) fn sin(x: f32) -> f32 {
    let (n, s, c) = double::sin_cos_narrow(f64::from(x));
    let y = sel(n & 1 == 0, s, c);
    let y = (sel(n & 2 == 0, y, -y)) as f32;
    sel(x == 0.0, x, y)
}

/// The cosine, for |x| below [`TRIGONOMETRIC_LIMIT`].
#[inline(always)]
pub(crate) fn cos(x: f32) -> f32 {
    let (n, s, c) = double::sin_cos_narrow(f64::from(x));
    let y = sel(n & 1 == 0, c, s);
    (sel((n + 1) & 2 == 0, y, -y)) as f32
}

/// The tangent, for |x| below [`TRIGONOMETRIC_LIMIT`].
#[inline(always)]
pub(crate) fn tan(x: f32) -> f32 {
    let (n, s, c) = double::sin_cos_narrow(f64::from(x));
    let (top, bottom) = sel(n & 1 == 0, (s, c), (-c, s));
    let y = (top / bottom) as f32;
    sel(x == 0.0, x, y)
}

/// The cube root.
#[inline(always)]
pub(crate) fn cbrt(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let y = (double::exp2_narrow(double::log2_narrow(a) * (1.0 / 3.0)) as f32).copysign(x);
    let ordinary = (a > 0.0) & (a < f64::INFINITY);
    sel(ordinary, y, x)
}

/// x^y, with the special cases of IEEE 754-2019 section 9.2.
#[inline(always)]
pub(crate) fn pow(x: f32, y: f32) -> f32 {
    let (a, d) = (f64::from(x.abs()), f64::from(y));
    let t = double::log2_narrow(a) * d;
    let t = sel(t > 300.0, 300.0, t);
    let t = sel(t < -300.0, -300.0, t);
    let r = double::exp2_narrow(t) as f32;
    let zero_or_infinite = (a == 0.0) | (a == f64::INFINITY);
    let extreme = sel((a == 0.0) == (d < 0.0), f32::INFINITY, 0.0);
    let r = sel(zero_or_infinite, extreme, r);
    // Whole numbers beyond 2^24 are even. Adding 2^52 to a smaller one puts its last bit last.
    let m = d.abs();
    let whole = m + 4_503_599_627_370_496.0;
    let integer = (m >= 16_777_216.0) | (whole - 4_503_599_627_370_496.0 == m);
    let odd = integer & (m < 16_777_216.0) & (whole.to_bits() & 1 == 1);
    let negative = x.to_bits() >> 31 == 1;
    let r = sel(negative & odd, -r, r);
    let undefined = (x < 0.0) & !integer & !zero_or_infinite;
    let r = sel(undefined, f32::NAN, r);
    let r = sel(x.is_nan() | y.is_nan(), f32::NAN, r);
    let one = (y == 0.0) | (x == 1.0) | ((x == -1.0) & (m == f64::INFINITY));
    sel(one, 1.0, r)
}
