//! Losses that boosting descends: of raw predictions, before the inverse of the link.
//!
//! Source: Friedman 2001, "Greedy function approximation: a gradient boosting machine".

use seodang_kernels::pool;
use std::f64::consts::LOG2_E;
use std::sync::{Mutex, PoisonError};

/// Samples of a task.
const PIECE: usize = 8_192;

/// A loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Loss {
    /// Half the squared residual.
    Squared,
    /// The absolute residual.
    Absolute,
    /// The pinball loss of a quantile.
    Quantile(f64),
    /// Half the squared residual up to this size, linear beyond.
    Huber(f64),
    /// The exponential loss of two classes, of half the log-odds.
    Exponential,
    /// Half the gamma deviance, of the logarithm.
    Gamma,
    /// Half the Poisson deviance, of the logarithm.
    Poisson,
    /// The logarithmic loss of two classes, of the log-odds.
    Binomial,
    /// The logarithmic loss of several classes, of their log-probabilities but for a constant.
    Multinomial,
}

/// The exponential function, without a branch, so that loops over it become vectors: a power of two
/// times a polynomial, to 2 units in the last place.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let x = x.clamp(-708.0, 709.0);
    let shifted = x * LOG2_E + SHIFT;
    let whole = shifted - SHIFT;
    // ln 2 in two parts, the first of which multiplies without rounding.
    let r = (x - whole * 0.693_147_180_369_123_8) - whole * 1.908_214_929_270_587_7e-10;
    let mut p = 1.0 / 6_227_020_800.0;
    for c in [
        1.0 / 479_001_600.0,
        1.0 / 39_916_800.0,
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ] {
        p = p * r + c;
    }
    let power = (shifted.to_bits().wrapping_add(1023)) << 52;
    p * f64::from_bits(power)
}

/// `ln(1 + exp(x))`.
pub(crate) fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

/// The logistic function.
#[inline(always)]
pub(crate) fn expit(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

impl Loss {
    /// Its name in files.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Loss::Squared => "squared_error",
            Loss::Absolute => "absolute_error",
            Loss::Quantile(_) => "quantile",
            Loss::Huber(_) => "huber",
            Loss::Exponential => "exponential",
            Loss::Gamma => "gamma",
            Loss::Poisson => "poisson",
            Loss::Binomial | Loss::Multinomial => "log_loss",
        }
    }

    /// Whether the second derivative is 1, or taken to be, for samples that count alike.
    pub(crate) fn constant_hessian(self) -> bool {
        matches!(self, Loss::Squared | Loss::Absolute | Loss::Quantile(_))
    }

    /// Whether steps follow from derivatives; else leaves look for their best value.
    pub(crate) fn smooth(self) -> bool {
        !matches!(self, Loss::Absolute | Loss::Quantile(_))
    }

    /// The first and second derivative; not of [`Loss::Multinomial`].
    #[inline(always)]
    pub(crate) fn derivatives(self, y: f64, raw: f64) -> (f64, f64) {
        match self {
            Loss::Squared => (raw - y, 1.0),
            Loss::Absolute => (if raw > y { 1.0 } else { -1.0 }, 1.0),
            Loss::Quantile(q) => (if y >= raw { -q } else { 1.0 - q }, 1.0),
            Loss::Huber(delta) => ((raw - y).clamp(-delta, delta), 1.0),
            Loss::Exponential => {
                let (up, down) = ((1.0 - y) * exp(raw), y * exp(-raw));
                (up - down, up + down)
            }
            Loss::Gamma => {
                let ratio = y * exp(-raw);
                (1.0 - ratio, ratio)
            }
            Loss::Poisson => {
                let mean = exp(raw);
                (mean - y, mean)
            }
            Loss::Binomial | Loss::Multinomial => {
                let p = expit(raw);
                (p - y, p * (1.0 - p))
            }
        }
    }

    /// The loss of a sample; not of [`Loss::Multinomial`].
    pub(crate) fn value(self, y: f64, raw: f64) -> f64 {
        match self {
            Loss::Squared => 0.5 * (raw - y) * (raw - y),
            Loss::Absolute => (raw - y).abs(),
            Loss::Quantile(q) => {
                if y >= raw {
                    q * (y - raw)
                } else {
                    (1.0 - q) * (raw - y)
                }
            }
            Loss::Huber(delta) => {
                let size = (raw - y).abs();
                if size <= delta { 0.5 * size * size } else { delta * (size - 0.5 * delta) }
            }
            Loss::Exponential => (1.0 - y) * raw.exp() + y * (-raw).exp(),
            Loss::Gamma => raw + y * (-raw).exp(),
            Loss::Poisson => raw.exp() - y * raw,
            Loss::Binomial | Loss::Multinomial => softplus(raw) - y * raw,
        }
    }

    /// The raw prediction that is best for all samples; of [`Loss::Multinomial`], one for each class.
    pub(crate) fn intercept(self, y: &[f64], weights: Option<&[f64]>, classes: usize) -> Vec<f64> {
        let mean = || mean(y, weights);
        match self {
            Loss::Squared => vec![mean()],
            Loss::Absolute | Loss::Quantile(_) => vec![self.best(&mut y.to_vec(), weights)],
            // The median, as that of the absolute loss.
            Loss::Huber(_) => Loss::Absolute.intercept(y, weights, classes),
            Loss::Gamma | Loss::Poisson => vec![mean().max(10.0 * f64::EPSILON).ln()],
            Loss::Binomial => {
                let p = mean().clamp(10.0 * f64::EPSILON, 1.0 - 10.0 * f64::EPSILON);
                vec![(p / (1.0 - p)).ln()]
            }
            Loss::Exponential => vec![0.5 * Loss::Binomial.intercept(y, weights, classes)[0]],
            Loss::Multinomial => {
                let mut sums = vec![0.0; classes];
                let mut total = 0.0;
                for (i, y) in y.iter().enumerate() {
                    let w = weights.map_or(1.0, |w| w[i]);
                    sums[*y as usize] += w;
                    total += w;
                }
                let logs: Vec<f64> = sums
                    .iter()
                    .map(|s| (s / total).clamp(f64::EPSILON, 1.0 - f64::EPSILON).ln())
                    .collect();
                let mean = logs.iter().sum::<f64>() / classes as f64;
                logs.into_iter().map(|l| l - mean).collect()
            }
        }
    }

    /// The best step for samples with these residuals, which it puts into another order.
    pub(crate) fn best(self, residuals: &mut [f64], weights: Option<&[f64]>) -> f64 {
        let share = match self {
            Loss::Absolute => 0.5,
            Loss::Quantile(q) => q,
            _ => return mean(residuals, weights),
        };
        match weights {
            None => quantile(residuals, share),
            Some(w) => weighted_quantile(residuals, w, share),
        }
    }
}

/// For each sample, the logarithm of the sum of the exponentials of its classes' raw predictions.
pub(crate) fn log_norms(raw: &[f64], out: &mut [f64]) {
    let n = out.len();
    let slots: Vec<_> = out.chunks_mut(PIECE).map(Mutex::new).collect();
    pool::run(slots.len(), |piece| {
        let mut out = slots[piece].lock().unwrap_or_else(PoisonError::into_inner);
        for (i, out) in out.iter_mut().enumerate() {
            let of = || raw[piece * PIECE + i..].iter().step_by(n);
            let greatest = of().copied().fold(f64::NEG_INFINITY, f64::max);
            *out = greatest + of().map(|r| exp(r - greatest)).sum::<f64>().ln();
        }
    });
}

/// The mean of a loss over samples, by weight.
pub(crate) fn mean_loss<T: Copy + Into<f64> + Sync>(
    loss: Loss,
    y: &[T],
    weights: Option<&[f64]>,
    raw: &[f64],
) -> f64 {
    let n = y.len();
    let mut norms = Vec::new();
    if loss == Loss::Multinomial {
        norms = vec![0.0; n];
        log_norms(raw, &mut norms);
    }
    let one = |i: usize| match loss {
        Loss::Multinomial => norms[i] - raw[y[i].into() as usize * n + i],
        _ => loss.value(y[i].into(), raw[i]),
    };
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let pieces: Vec<_> = (0..n.div_ceil(PIECE)).map(|_| Mutex::new((0.0, 0.0))).collect();
    pool::run(pieces.len(), |piece| {
        let mut sums = (0.0, 0.0);
        for i in piece * PIECE..((piece + 1) * PIECE).min(n) {
            sums = (sums.0 + weight(i) * one(i), sums.1 + weight(i));
        }
        *pieces[piece].lock().unwrap_or_else(PoisonError::into_inner) = sums;
    });
    let sums = pieces
        .into_iter()
        .map(|s| s.into_inner().unwrap_or_else(PoisonError::into_inner))
        .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    sums.0 / sums.1
}

fn mean(y: &[f64], weights: Option<&[f64]>) -> f64 {
    match weights {
        None => y.iter().sum::<f64>() / y.len() as f64,
        Some(w) => y.iter().zip(w).map(|(y, w)| y * w).sum::<f64>() / w.iter().sum::<f64>(),
    }
}

/// The quantile, linear between values: definition 7 of Hyndman and Fan 1996.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let at = share * (values.len() - 1) as f64;
    let (low, between) = (at.floor() as usize, at.fract());
    let (_, &mut a, above) = values.select_nth_unstable_by(low, f64::total_cmp);
    let b = above.iter().copied().fold(f64::INFINITY, f64::min);
    match between > 0.0 && b.is_finite() {
        false => a,
        true if between < 0.5 => a + (b - a) * between,
        true => b - (b - a) * (1.0 - between),
    }
}

/// The least value up to which lies this share of the weights.
pub(crate) fn weighted_quantile(values: &[f64], weights: &[f64], share: f64) -> f64 {
    let mut pairs: Vec<(f64, f64)> = values.iter().copied().zip(weights.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = pairs.iter().map(|p| p.1).sum();
    let wanted = share * total;
    let mut sum = 0.0;
    for (value, weight) in &pairs {
        sum += weight;
        if sum >= wanted && sum > 0.0 {
            return *value;
        }
    }
    pairs.last().map_or(0.0, |p| p.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_function_is_right_to_the_last_places() {
        for i in -70_000..70_000 {
            let x = f64::from(i) * 0.01 + 1e-7;
            let (got, want) = (exp(x), x.exp());
            assert!((got / want - 1.0).abs() < 1e-15, "{x}: {got} {want}");
        }
        assert!(exp(-1e9) < 1e-300 && exp(1e9) > 1e300);
    }

    #[test]
    fn derivatives_are_those_of_the_loss() {
        let step = 1e-5;
        for loss in [Loss::Squared, Loss::Quantile(0.3), Loss::Gamma, Loss::Poisson, Loss::Binomial]
        {
            for (y, raw) in [(1.0, 0.4), (0.25, 1.5), (1.0, -2.0)] {
                let at = |x: f64| loss.value(y, x);
                let (g, h) = loss.derivatives(y, raw);
                assert!((g - (at(raw + step) - at(raw - step)) / (2.0 * step)).abs() < 1e-6);
                if !loss.constant_hessian() && !matches!(loss, Loss::Huber(_)) {
                    let second = (at(raw + step) - 2.0 * at(raw) + at(raw - step)) / (step * step);
                    assert!((h - second).abs() < 1e-4, "{loss:?} {h} {second}");
                }
            }
        }
    }

    #[test]
    fn quantiles_lie_between_values() {
        let mut x = [3.0, 1.0, 2.0, 4.0];
        assert_eq!(quantile(&mut x, 0.5), 2.5);
        assert_eq!(quantile(&mut x, 0.0), 1.0);
        assert_eq!(quantile(&mut x, 1.0), 4.0);
        assert_eq!(weighted_quantile(&[3.0, 1.0, 2.0], &[1.0, 1.0, 5.0], 0.5), 2.0);
        assert_eq!(weighted_quantile(&[3.0, 1.0], &[0.0, 2.0], 0.5), 1.0);
    }
}
