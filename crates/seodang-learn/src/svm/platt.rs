//! Probabilities from decisions: Platt 1999 as Lin, Lin and Weng 2007 compute it, and the coupling of
//! pairs of classes of Wu, Lin and Weng 2004 (their second approach).

/// The `a` and `b` of the sigmoid `1 / (1 + exp(a f + b))` that is most likely, by Newton's method.
pub(super) fn sigmoid(decisions: &[f64], positive: &[bool]) -> (f64, f64) {
    let n_positive = positive.iter().filter(|&&p| p).count() as f64;
    let n_negative = positive.len() as f64 - n_positive;
    // Targets a little inside of 0 and 1, by Laplace's rule.
    let (high, low) = ((n_positive + 1.0) / (n_positive + 2.0), 1.0 / (n_negative + 2.0));
    let target = |i: usize| if positive[i] { high } else { low };
    let loss = |a: f64, b: f64| -> f64 {
        (decisions.iter().enumerate())
            .map(|(i, f)| {
                let z = f * a + b;
                let t = target(i);
                if z >= 0.0 { t * z + (-z).exp().ln_1p() } else { (t - 1.0) * z + z.exp().ln_1p() }
            })
            .sum()
    };
    let (mut a, mut b) = (0.0, ((n_negative + 1.0) / (n_positive + 1.0)).ln());
    let mut now = loss(a, b);
    for _ in 0..100 {
        // A little is added to the diagonal, so that the Hessian can be inverted.
        let (mut h11, mut h22, mut h21, mut g1, mut g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0);
        for (i, f) in decisions.iter().enumerate() {
            let z = f * a + b;
            let (p, q) = match z >= 0.0 {
                true => ((-z).exp() / (1.0 + (-z).exp()), 1.0 / (1.0 + (-z).exp())),
                false => (1.0 / (1.0 + z.exp()), z.exp() / (1.0 + z.exp())),
            };
            let (d1, d2) = (target(i) - p, p * q);
            h11 += f * f * d2;
            h22 += d2;
            h21 += f * d2;
            g1 += f * d1;
            g2 += d1;
        }
        if g1.abs() < 1e-5 && g2.abs() < 1e-5 {
            break;
        }
        let determinant = h11 * h22 - h21 * h21;
        let da = -(h22 * g1 - h21 * g2) / determinant;
        let db = -(h11 * g2 - h21 * g1) / determinant;
        let slope = g1 * da + g2 * db;
        let mut step = 1.0;
        loop {
            let (next_a, next_b) = (a + step * da, b + step * db);
            let next = loss(next_a, next_b);
            if next < now + 1e-4 * step * slope {
                (a, b, now) = (next_a, next_b, next);
                break;
            }
            step /= 2.0;
            if step < 1e-10 {
                return (a, b);
            }
        }
    }
    (a, b)
}

/// The probability of a decision, kept away from 0 and 1.
pub(super) fn probability(decision: f64, a: f64, b: f64) -> f64 {
    let z = decision * a + b;
    let p = if z >= 0.0 { (-z).exp() / (1.0 + (-z).exp()) } else { 1.0 / (1.0 + z.exp()) };
    p.clamp(1e-7, 1.0 - 1e-7)
}

/// The probabilities of `k` classes from those of the first of each two, `pairs[i * k + j]`.
pub(super) fn coupled(k: usize, pairs: &[f64]) -> Vec<f64> {
    let mut q = vec![0.0; k * k];
    for t in 0..k {
        for j in (0..k).filter(|&j| j != t) {
            q[t * k + t] += pairs[j * k + t] * pairs[j * k + t];
            q[t * k + j] = -pairs[j * k + t] * pairs[t * k + j];
        }
    }
    let mut p = vec![1.0 / k as f64; k];
    let mut qp = vec![0.0; k];
    for _ in 0..k.max(100) {
        let mut whole = 0.0;
        for t in 0..k {
            qp[t] = (0..k).map(|j| q[t * k + j] * p[j]).sum();
            whole += p[t] * qp[t];
        }
        if qp.iter().all(|x| (x - whole).abs() < 0.005 / k as f64) {
            break;
        }
        for t in 0..k {
            let diff = (whole - qp[t]) / q[t * k + t];
            p[t] += diff;
            let scale = 1.0 + diff;
            whole = (whole + diff * (diff * q[t * k + t] + 2.0 * qp[t])) / (scale * scale);
            for j in 0..k {
                qp[j] = (qp[j] + diff * q[t * k + j]) / scale;
                p[j] /= scale;
            }
        }
    }
    p
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sigmoid_is_where_the_loss_is_flat() {
        let f: Vec<f64> = (0..40).map(|i| f64::from(i) / 10.0 - 2.0).collect();
        let positive: Vec<bool> = (0..40).map(|i| i > 25 || i % 7 == 0).collect();
        let (a, b) = sigmoid(&f, &positive);
        assert!(a < 0.0);
        let n = positive.iter().filter(|&&p| p).count() as f64;
        let expected = n * (n + 1.0) / (n + 2.0) + (40.0 - n) / (40.0 - n + 2.0);
        let found: f64 = f.iter().map(|&f| probability(f, a, b)).sum();
        assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    }

    #[test]
    fn probabilities_that_agree_are_coupled_to_themselves() {
        let p = [0.5, 0.3, 0.2];
        let pairs: Vec<f64> = (0..9).map(|i| p[i / 3] / (p[i / 3] + p[i % 3])).collect();
        for (got, want) in coupled(3, &pairs).iter().zip(p) {
            assert!((got - want).abs() < 0.01, "{got} {want}");
        }
    }
}
