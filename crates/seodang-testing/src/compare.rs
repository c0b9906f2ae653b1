//! When a result is right.

use seodang_core::{Array, DType};

/// How far a result may be from the right one. Integers and booleans must always be equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// Equal, the sign of zero aside; NaN equals NaN.
    Exact,
    /// This many units in the last place of the result's element type.
    Ulps(f64),
    /// For sums: this many unit roundoffs of the largest magnitude in the right result (at least 1).
    Sum(f64),
    /// `|got - want| <= abs + rel * |want|`.
    Close {
        /// The relative part.
        rel: f64,
        /// The absolute part.
        abs: f64,
    },
}

impl Tolerance {
    fn bounds(self, dtype: DType, want: &[f64]) -> (f64, f64) {
        let unit = 2.0 * dtype.unit_roundoff();
        match self {
            Tolerance::Exact => (0.0, 0.0),
            Tolerance::Ulps(n) => (n * unit, n * smallest(dtype)),
            Tolerance::Sum(n) => {
                let largest =
                    want.iter().filter(|w| w.is_finite()).fold(1.0, |m: f64, w| m.max(w.abs()));
                (0.0, n * unit * largest)
            }
            Tolerance::Close { rel, abs } => (rel, abs),
        }
    }
}

/// The smallest normal number: engines may flush what is below.
fn smallest(dtype: DType) -> f64 {
    match dtype {
        DType::F64 => f64::MIN_POSITIVE,
        DType::F16 => 6.103_515_625e-5,
        _ => f64::from(f32::MIN_POSITIVE),
    }
}

/// The first difference beyond the tolerance, in words; `None` if there is none.
pub fn difference(got: &Array, want: &Array, tolerance: Tolerance) -> Option<String> {
    if got.dtype() != want.dtype() || got.shape() != want.shape() {
        return Some(format!("got {got}, want {want}"));
    }
    if !want.dtype().is_float() {
        return (got.bytes() != want.bytes()).then(|| format!("got {got}, want {want}"));
    }
    let (g, w) = (got.to_f64_vec(), want.to_f64_vec());
    let (rel, abs) = tolerance.bounds(want.dtype(), &w);
    let wrong = |(g, w): (&f64, &f64)| {
        let same = g == w || (g.is_nan() && w.is_nan());
        let near = w.is_finite() && g.is_finite() && (g - w).abs() <= abs + rel * w.abs();
        !(same || near)
    };
    let at = g.iter().zip(&w).position(wrong)?;
    Some(format!(
        "element {:?}: got {:e}, want {:e} (allowed: {rel:e} relative, {abs:e} absolute) in {}{}",
        want.shape().unravel(at),
        g[at],
        w[at],
        want.dtype(),
        want.shape()
    ))
}
