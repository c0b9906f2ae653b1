//! Functions of `f64`: the parts that `f32` functions compute in (named `narrow`: about 40 correct
//! bits, branch-free), and special functions that the standard library lacks.

/// 1.5 * 2^52: adding it leaves a number below 2^51 rounded to an integer in the low bits.
const MAGIC: f64 = 6_755_399_441_055_744.0;

/// Horner's rule, highest power first. Written out, so that no array stands between the coefficients
/// and the vectoriser.
macro_rules! poly {
    ($x:expr, $c:ident, $($k:literal)*) => {{
        let x = $x;
        let p = $c[0];
        $( let p = p * x + $c[$k]; )*
        p
    }};
}

/// [`exp2_narrow`]'s polynomial.
const EXP2: [f64; 10] = [
    1.0205905413765595e-07,
    1.325964524488711e-06,
    1.5252672924850737e-05,
    0.0001540343375125101,
    0.0013333558200794592,
    0.009618129193934313,
    0.05550410866465167,
    0.2402265069564034,
    0.6931471805599462,
    1.0000000000000135,
];

/// 2^t for |t| < 1000.
#[inline(always)]
pub(crate) fn exp2_narrow(t: f64) -> f64 {
    let shifted = t + MAGIC;
    let n = shifted.to_bits().wrapping_sub(MAGIC.to_bits());
    let f = t - (shifted - MAGIC);
    poly!(f, EXP2, 1 2 3 4 5 6 7 8 9) * f64::from_bits(n.wrapping_add(1023) << 52)
}

/// [`exp2_narrow`] with fused steps, its even and odd powers side by side: for loops that wait for nothing
/// else.
#[inline(always)]
pub(crate) fn exp2_fused(t: f64) -> f64 {
    let shifted = t + MAGIC;
    let n = shifted.to_bits().wrapping_sub(MAGIC.to_bits());
    let f = t - (shifted - MAGIC);
    let z = f * f;
    let mut odd = EXP2[0].mul_add(z, EXP2[2]);
    odd = odd.mul_add(z, EXP2[4]);
    odd = odd.mul_add(z, EXP2[6]);
    odd = odd.mul_add(z, EXP2[8]);
    let mut even = EXP2[1].mul_add(z, EXP2[3]);
    even = even.mul_add(z, EXP2[5]);
    even = even.mul_add(z, EXP2[7]);
    even = even.mul_add(z, EXP2[9]);
    // Between 0.7 and 1.5, so that the exponent can be added to.
    f64::from_bits(odd.mul_add(f, even).to_bits().wrapping_add(n << 52))
}

/// e^x for |x| < 600.
#[inline(always)]
pub(crate) fn exp_narrow(x: f64) -> f64 {
    exp2_narrow(x * std::f64::consts::LOG2_E)
}

/// The exponent of a positive normal number, and (m - 1) / (m + 1) of its significand m in
/// [sqrt(1/2), sqrt(2)).
#[inline(always)]
fn log_parts(x: f64) -> (f64, f64) {
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    // Biased by 1023 again, so that the exponent can be read off and turned into a double with
    // logical shifts alone: AVX2 has no others for 64 bits.
    let bits = x.to_bits().wrapping_sub(SQRT_HALF).wrapping_add(1023 << 52);
    let e = f64::from_bits((bits >> 52) | (1075 << 52)) - (4_503_599_627_370_496.0 + 1023.0);
    let m = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(SQRT_HALF));
    (e, (m - 1.0) / (m + 1.0))
}

/// The binary logarithm of a positive normal number.
#[inline(always)]
pub(crate) fn log2_narrow(x: f64) -> f64 {
    const P: [f64; 8] = [
        0.21366612904872176,
        0.22091239831257034,
        0.262334378120616,
        0.3205985344429207,
        0.41219858584530944,
        0.5770780163455008,
        0.9617966939259898,
        2.8853900817779268,
    ];
    let (e, s) = log_parts(x);
    e + s * poly!(s * s, P, 1 2 3 4 5 6 7)
}

/// The natural logarithm of a positive normal number.
#[inline(always)]
pub(crate) fn log_narrow(x: f64) -> f64 {
    const P: [f64; 8] = [
        0.14810207493127892,
        0.15312480604109374,
        0.1818363345582516,
        0.22222197024076099,
        0.2857142876094728,
        0.3999999999930099,
        0.6666666666666765,
        2.0,
    ];
    let (e, s) = log_parts(x);
    e * std::f64::consts::LN_2 + s * poly!(s * s, P, 1 2 3 4 5 6 7)
}

/// The quadrant of x, and sine and cosine of what is left of it, for |x| < 500,000.
#[inline(always)]
pub(crate) fn sin_cos_narrow(x: f64) -> (i32, f64, f64) {
    const SIN: [f64; 6] = [
        1.5918129294866608e-10,
        -2.5051131845003624e-08,
        2.755731610255244e-06,
        -0.00019841269836758574,
        0.008333333333330948,
        -0.16666666666666666,
    ];
    const COS: [f64; 6] = [
        2.066550487012274e-09,
        -2.755585551192951e-07,
        2.480158262335195e-05,
        -0.0013888888882127952,
        0.04166666666663093,
        -0.49999999999999967,
    ];
    // Pi / 2 in three parts; the first two have 33 bits, so that products with n are exact.
    const PARTS: [f64; 3] = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];
    let shifted = x * std::f64::consts::FRAC_2_PI + MAGIC;
    let n = shifted.to_bits() as i32;
    let k = shifted - MAGIC;
    let r = ((x - k * PARTS[0]) - k * PARTS[1]) - k * PARTS[2];
    let z = r * r;
    (n, r + r * z * poly!(z, SIN, 1 2 3 4 5), 1.0 + z * poly!(z, COS, 1 2 3 4 5))
}

/// 1 / (1 + e^-x).
pub(crate) fn logistic(x: f64) -> f64 {
    let z = (-x.abs()).exp();
    (if x < 0.0 { z } else { 1.0 }) / (1.0 + z)
}

/// The inverse of the error function: infinite at -1 and 1, NaN beyond.
pub(crate) fn erf_inv(x: f64) -> f64 {
    let a = x.abs();
    if a.is_nan() || a >= 1.0 || x == 0.0 {
        return match a {
            0.0 => x,
            1.0 => f64::INFINITY.copysign(x),
            _ => f64::NAN,
        };
    }
    // Winitzki's approximation, within 0.2 %.
    let l = ((1.0 - a) * (1.0 + a)).ln();
    let b = 2.0 / (std::f64::consts::PI * 0.147) + l / 2.0;
    let mut y = if a < 1e-3 {
        a * (std::f64::consts::PI.sqrt() / 2.0)
    } else {
        ((b * b - l / 0.147).sqrt() - b).sqrt()
    };
    // Halley's method; near 1 on the complement, which is exact there.
    for _ in 0..3 {
        let e = if a < 0.5 { libm::erf(y) - a } else { (1.0 - a) - libm::erfc(y) };
        let step = e * (std::f64::consts::PI.sqrt() / 2.0) * (y * y).exp();
        y -= step / (1.0 + y * step);
    }
    y.copysign(x)
}

/// The logarithm of the absolute value of the gamma function.
pub(crate) fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The derivative of [`lgamma`]; NaN at the poles 0, -1, -2, ... and at minus infinity.
pub(crate) fn digamma(x: f64) -> f64 {
    if x <= 0.0 {
        // The reflection formula (Abramowitz and Stegun 6.3.7).
        // From the nearest pole, so that tiny arguments keep their precision.
        let fraction = x - x.round();
        if fraction == 0.0 || x == f64::NEG_INFINITY {
            return f64::NAN;
        }
        let pi = std::f64::consts::PI;
        return digamma(1.0 - x) - pi / (pi * fraction).tan();
    }
    // The root, where the terms below would cancel.
    const ROOT: f64 = 1.461_632_144_968_362_2;
    const ROOT_REST: f64 = 9.549_995_429_965_697e-17;
    if (x - ROOT).abs() < 0.01 {
        // Taylor's series there; its coefficients are polygamma(k, root) / k!.
        const P: [f64; 7] = [
            0.04880428816414311,
            -0.07219956125645471,
            0.10782405069126237,
            -0.16394270544240652,
            0.258499760955651,
            -0.4427631689835921,
            0.9676722454476212,
        ];
        let d = (x - ROOT) - ROOT_REST;
        return d * poly!(d, P, 1 2 3 4 5 6);
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < 10.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    // The asymptotic series (Abramowitz and Stegun 6.3.18).
    let z = 1.0 / (x * x);
    const P: [f64; 7] = [
        1.0 / 12.0,
        -691.0 / 32760.0,
        1.0 / 132.0,
        -1.0 / 240.0,
        1.0 / 252.0,
        -1.0 / 120.0,
        1.0 / 12.0,
    ];
    sum + (x.ln() - 0.5 / x - z * poly!(z, P, 1 2 3 4 5 6))
}
