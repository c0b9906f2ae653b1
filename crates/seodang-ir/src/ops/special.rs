//! Special functions in double precision, for the reference evaluation.

/// The inverse error function: a starting value (Winitzki 2008, eq. 7) refined by Halley steps.
pub(crate) fn erf_inv(x: f64) -> f64 {
    if x.is_nan() || x.abs() > 1.0 {
        return f64::NAN;
    }
    if x.abs() == 1.0 {
        return x * f64::INFINITY;
    }
    if x == 0.0 {
        return x;
    }
    const A: f64 = 0.147;
    let log = ((1.0 - x) * (1.0 + x)).ln();
    let t = 2.0 / (std::f64::consts::PI * A) + log / 2.0;
    let mut y = ((t * t - log / A).sqrt() - t).sqrt().copysign(x);
    for _ in 0..4 {
        // The residual erf(y) - x, through erfc where that keeps its precision in the tails.
        let residual = if x.abs() < 0.5 {
            libm::erf(y) - x
        } else if x > 0.0 {
            (1.0 - x) - libm::erfc(y)
        } else {
            libm::erfc(-y) - (1.0 + x)
        };
        let step = residual * (std::f64::consts::PI.sqrt() / 2.0) * (y * y).exp();
        y -= step / (1.0 + y * step);
    }
    y
}

/// The digamma function: recurrence to 10 and above, then the asymptotic series (Abramowitz and
/// Stegun 6.3.18); reflection (6.3.7) below 1/2.
pub(crate) fn digamma(x: f64) -> f64 {
    if x == 0.0 {
        return f64::NEG_INFINITY.copysign(-x);
    }
    if x < 0.5 {
        if x.floor() == x {
            return f64::NAN;
        }
        let pi = std::f64::consts::PI;
        // The distance to the nearest pole, so that large and tiny arguments keep their precision.
        return digamma(1.0 - x) - pi / (pi * (x - x.round())).tan();
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < 10.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = r
        * (1.0 / 12.0
            - r * (1.0 / 120.0
                - r * (1.0 / 252.0
                    - r * (1.0 / 240.0 - r * (5.0 / 660.0 - r * (691.0 / 32760.0 - r / 12.0))))));
    sum + x.ln() - 0.5 / x - series
}

/// Rounds half to even.
pub(crate) fn round_even(x: f64) -> f64 {
    x.round_ties_even()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erf_inv_inverts_erf() {
        for y in [-4.0, -2.5, -1.0, -1e-3, 1e-8, 0.3, 1.7, 3.0] {
            let x = libm::erf(y);
            let back = libm::erf(erf_inv(x));
            assert!((back - x).abs() <= 4e-16 * x.abs(), "{y}: {back} {x}");
        }
        assert_eq!(erf_inv(1.0), f64::INFINITY);
        assert!(erf_inv(1.5).is_nan());
    }

    #[test]
    fn digamma_at_known_points() {
        let euler = 0.577_215_664_901_532_9;
        assert!((digamma(1.0) + euler).abs() < 1e-15);
        assert!((digamma(0.5) + euler + 2.0 * 2f64.ln()).abs() < 1e-14);
        assert!((digamma(-0.5) - (digamma(0.5) + 2.0)).abs() < 1e-13);
        assert!(digamma(-3.0).is_nan());
    }
}
