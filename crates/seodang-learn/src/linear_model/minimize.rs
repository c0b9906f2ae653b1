//! Minimisation of smooth convex functions.

use crate::stop;
use seodang_kernels::rows::{axpy, dot};
use std::collections::VecDeque;

/// The pairs of steps that L-BFGS remembers.
const MEMORY: usize = 10;
/// The trials of one line search.
const TRIALS: usize = 40;

/// Where an iteration ended.
#[derive(Debug)]
pub(crate) struct Minimum {
    /// The point.
    pub(crate) at: Vec<f64>,
    /// Iterations.
    pub(crate) iterations: usize,
    /// Whether the gradient is as small as asked for, or the function as flat as numbers can tell.
    pub(crate) converged: bool,
}

/// A function to minimise.
pub(crate) trait Function {
    /// Its value and gradient.
    fn value_gradient(&mut self, w: &[f64]) -> (f64, Vec<f64>);

    /// Multiplies `v` with an approximation of the inverse of the curvature at `w`, the point of the last
    /// gradient. Returns whether it knows any: else the last step says how long the next one is.
    fn precondition(&mut self, iteration: usize, w: &[f64], v: &mut [f64]) -> bool {
        let _ = (iteration, w, v);
        false
    }

    /// How little a step must make of it, relatively, for the iteration to end.
    fn flatness(&self) -> f64 {
        64.0 * f64::EPSILON
    }

    /// How exact values are, relatively.
    fn precision(&self) -> f64 {
        f64::EPSILON
    }
}

/// The greatest absolute value.
pub(crate) fn greatest(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |m, x| x.abs().max(m))
}

/// L-BFGS from `start` until no derivative is greater than `tol`. Its first approximation of the inverse
/// curvature is the function's own. Without `memory`, that is all there is: Newton's method, if it is
/// exact. Source: Nocedal and Wright 2006, chapters 3 and 7; the line search halves and doubles until the
/// Wolfe conditions hold (Lewis and Overton 2013).
pub(crate) fn lbfgs(
    f: &mut impl Function,
    start: Vec<f64>,
    tol: f64,
    max_iter: usize,
    memory: bool,
) -> Minimum {
    let mut w = start;
    let (mut value, mut gradient) = f.value_gradient(&w);
    let mut pairs: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    let mut iterations = 0;
    while greatest(&gradient) > tol {
        if iterations == max_iter || stop::passed() {
            return Minimum { at: w, iterations, converged: false };
        }
        let mut direction = gradient.clone();
        let mut weights = Vec::with_capacity(pairs.len());
        for (s, y, rho) in pairs.iter().rev() {
            let a = rho * dot(s, &direction);
            axpy(-a, y, &mut direction);
            weights.push(a);
        }
        if !f.precondition(iterations, &w, &mut direction) {
            let scale = match pairs.back() {
                Some((_, y, rho)) => 1.0 / (rho * dot(y, y)),
                None => 1.0 / dot(&gradient, &gradient).sqrt().max(1.0),
            };
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((s, y, rho), a) in pairs.iter().zip(weights.iter().rev()) {
            let b = rho * dot(y, &direction);
            axpy(a - b, s, &mut direction);
        }
        direction.iter_mut().for_each(|d| *d = -*d);
        let mut slope = dot(&direction, &gradient);
        if slope.is_nan() || slope >= 0.0 {
            // Rounding has spoilt the memory: begin again with the gradient.
            pairs.clear();
            direction = gradient.iter().map(|g| -g).collect();
            slope = -dot(&gradient, &gradient);
        }
        let found = search(f, &w, value, &direction, slope);
        iterations += 1;
        let Some((at, new, slopes)) = found else {
            // No step makes the function less than rounding does.
            return Minimum { at: w, iterations, converged: true };
        };
        let fallen = value - new;
        if memory {
            let s: Vec<f64> = at.iter().zip(&w).map(|(a, b)| a - b).collect();
            let y: Vec<f64> = slopes.iter().zip(&gradient).map(|(a, b)| a - b).collect();
            let along = dot(&s, &y);
            if along > f64::EPSILON * dot(&y, &y).sqrt() * dot(&s, &s).sqrt() {
                pairs.push_back((s, y, 1.0 / along));
                if pairs.len() > MEMORY {
                    pairs.pop_front();
                }
            }
        }
        let scale = value.abs().max(new.abs()).max(1.0);
        (w, value, gradient) = (at, new, slopes);
        if fallen <= f.flatness() * scale {
            return Minimum { at: w, iterations, converged: true };
        }
    }
    Minimum { at: w, iterations, converged: true }
}

/// A point along the direction with its value and gradient, where the Wolfe conditions hold, or the best
/// there is; nothing if no trial is any better.
fn search(
    f: &mut impl Function,
    w: &[f64],
    value: f64,
    direction: &[f64],
    slope: f64,
) -> Option<(Vec<f64>, f64, Vec<f64>)> {
    let (mut low, mut high, mut step) = (0.0, f64::INFINITY, 1.0);
    let noise = 4.0 * f.precision() * value.abs();
    let mut best = None;
    for _ in 0..TRIALS {
        let at: Vec<f64> = w.iter().zip(direction).map(|(w, d)| w + step * d).collect();
        let (new, gradient) = f.value_gradient(&at);
        let along = dot(&gradient, direction);
        if !new.is_finite() || new > value + 1e-4 * step * slope + noise {
            high = step;
        } else if along < 0.9 * slope {
            low = step;
            best = Some((at, new, gradient));
        } else {
            return Some((at, new, gradient));
        }
        step = if high.is_finite() { f64::midpoint(low, high) } else { 2.0 * low };
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A quadratic of very unequal curvatures, and quartic far away.
    struct Valley;

    impl Function for Valley {
        fn value_gradient(&mut self, w: &[f64]) -> (f64, Vec<f64>) {
            let scale = |i: usize| 10f64.powi(i as i32);
            let value = (0..w.len()).map(|i| {
                let d = w[i] - 1.0;
                scale(i) * (d * d / 2.0 + d.powi(4) / 4.0)
            });
            let gradient = (0..w.len()).map(|i| {
                let d = w[i] - 1.0;
                scale(i) * (d + d.powi(3))
            });
            (value.sum(), gradient.collect())
        }
    }

    #[test]
    fn valleys_are_walked_down() {
        let found = lbfgs(&mut Valley, vec![-3.0, 5.0, 0.0, 2.0], 1e-9, 200, true);
        assert!(found.converged && found.iterations < 100, "{}", found.iterations);
        // As near as the flatness of the function lets see.
        assert!(found.at.iter().all(|w| (w - 1.0).abs() < 1e-6));
        let short = lbfgs(&mut Valley, vec![-3.0, 5.0, 0.0, 2.0], 1e-9, 2, true);
        assert!(!short.converged && short.iterations == 2);
        let none = lbfgs(&mut Valley, vec![1.0; 4], 1e-9, 0, true);
        assert!(none.converged && none.iterations == 0);
    }
}
