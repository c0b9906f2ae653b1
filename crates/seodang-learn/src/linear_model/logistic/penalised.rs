//! Logistic regression with a penalty on absolute values.

use super::super::minimize::{Function, Minimum};
use super::Logistic;
use crate::stop;

/// The sweeps over the coefficients in one quadratic problem.
const SWEEPS: usize = 200;

/// Minimises `f` with `l1` times the absolute values of the coefficients (of features, of intercepts)
/// added, until no derivative is off by more than `tol`.
///
/// Where a matrix of curvature is worth having, each step minimises the quadratic function that it makes,
/// with the penalty, by coordinates (Lee, Sun and Saunders 2014; Friedman, Hastie and Tibshirani 2010);
/// else steps go along the gradient, accelerated (Beck and Teboulle 2009; O'Donoghue and Candès 2015).
pub(in super::super) fn minimise(
    f: &mut Logistic<'_>,
    l1: (f64, f64),
    start: Vec<f64>,
    tol: f64,
    max_iter: usize,
) -> Minimum {
    let (cols, width) = (f.shape().cols, f.shape().width());
    let penalties: Vec<f64> =
        (0..f.shape().len()).map(|i| if i % width < cols { l1.0 } else { l1.1 }).collect();
    if f.has_matrix() {
        by_quadratics(f, &penalties, start, tol, max_iter)
    } else {
        by_gradients(f, &penalties, start, tol, max_iter)
    }
}

/// How far the derivatives are from what they are at the minimum.
fn off(w: &[f64], gradient: &[f64], penalties: &[f64]) -> f64 {
    let one = |((&w, &g), &l): ((&f64, &f64), &f64)| {
        if w == 0.0 { (g.abs() - l).max(0.0) } else { (g + l * w.signum()).abs() }
    };
    w.iter().zip(gradient).zip(penalties).map(one).fold(0.0, f64::max)
}

fn absolute(w: &[f64], penalties: &[f64]) -> f64 {
    w.iter().zip(penalties).map(|(w, l)| l * w.abs()).sum()
}

/// The number nearest to 0 in `x ± by`.
fn shrunk(x: f64, by: f64) -> f64 {
    if x > by {
        x - by
    } else if x < -by {
        x + by
    } else {
        0.0
    }
}

fn by_quadratics(
    f: &mut Logistic<'_>,
    penalties: &[f64],
    start: Vec<f64>,
    tol: f64,
    max_iter: usize,
) -> Minimum {
    let width = f.shape().width();
    let mut w = start;
    let (mut value, mut gradient) = f.value_gradient(&w);
    for iterations in 0.. {
        let now = off(&w, &gradient, penalties);
        if now <= tol {
            return Minimum { at: w, iterations, converged: true };
        }
        if iterations == max_iter || stop::passed() {
            return Minimum { at: w, iterations, converged: false };
        }
        let matrices = f.matrices(Some(&w));
        let mut step = Vec::with_capacity(w.len());
        for (k, matrix) in matrices.iter().enumerate() {
            let own = k * width..(k + 1) * width;
            let (w, g, l) = (&w[own.clone()], &gradient[own.clone()], &penalties[own]);
            step.extend(quadratic(matrix, w, g, l, 0.05 * now));
        }
        let to: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w + s).collect();
        let before = absolute(&w, penalties);
        let fall = step.iter().zip(&gradient).map(|(s, g)| s * g).sum::<f64>()
            + absolute(&to, penalties)
            - before;
        let mut length = 1.0;
        let found = (0..40).find_map(|_| {
            let at: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w + length * s).collect();
            let (new, slopes) = f.value_gradient(&at);
            let noise = 4.0 * f.precision() * value.abs();
            let enough = value + before + 1e-4 * length * fall + noise;
            if new + absolute(&at, penalties) <= enough {
                return Some((at, new, slopes));
            }
            length /= 2.0;
            None
        });
        let Some((at, new, slopes)) = found else {
            return Minimum { at: w, iterations: iterations + 1, converged: true };
        };
        let fallen = value + before - new - absolute(&at, penalties);
        (w, value, gradient) = (at, new, slopes);
        if fallen <= 16.0 * f64::EPSILON * value.abs().max(1.0) {
            return Minimum { at: w, iterations: iterations + 1, converged: true };
        }
    }
    unreachable!("the iterations end")
}

/// The step `s` of least `g · s + sᵀ m s / 2 + Σ l |w + s|`, by coordinates.
fn quadratic(m: &[f64], w: &[f64], g: &[f64], l: &[f64], enough: f64) -> Vec<f64> {
    let n = w.len();
    let mut at = w.to_vec();
    let mut slopes = g.to_vec();
    let sweep = |at: &mut [f64], slopes: &mut [f64], all: bool| {
        let mut most: f64 = 0.0;
        for j in 0..n {
            if !all && at[j] == 0.0 {
                continue;
            }
            let curvature = m[j * n + j];
            let new = shrunk(at[j] - slopes[j] / curvature, l[j] / curvature);
            let change = new - at[j];
            if change != 0.0 {
                at[j] = new;
                seodang_kernels::rows::axpy(change, &m[j * n..(j + 1) * n], slopes);
                most = most.max(change.abs() * curvature);
            }
        }
        most
    };
    for _ in 0..SWEEPS {
        if sweep(&mut at, &mut slopes, true) <= enough {
            break;
        }
        // Those that are not 0 settle among themselves first.
        for _ in 0..SWEEPS {
            if sweep(&mut at, &mut slopes, false) <= enough {
                break;
            }
        }
    }
    at.iter().zip(w).map(|(a, w)| a - w).collect()
}

fn by_gradients(
    f: &mut Logistic<'_>,
    penalties: &[f64],
    start: Vec<f64>,
    tol: f64,
    max_iter: usize,
) -> Minimum {
    let scales = f.scales();
    let mut w = start;
    let mut from = w.clone();
    let (mut momentum, mut steep) = (1.0f64, 1.0);
    for iterations in 0..max_iter {
        if stop::passed() {
            return Minimum { at: w, iterations, converged: false };
        }
        let (value, gradient) = f.value_gradient(&from);
        let (to, slopes) = loop {
            let to: Vec<f64> = (0..w.len())
                .map(|i| {
                    let curvature = steep * scales[i];
                    shrunk(from[i] - gradient[i] / curvature, penalties[i] / curvature)
                })
                .collect();
            let bound: f64 = (0..w.len())
                .map(|i| {
                    let d = to[i] - from[i];
                    d * (gradient[i] + steep * scales[i] * d / 2.0)
                })
                .sum();
            let (new, slopes) = f.value_gradient(&to);
            if new <= value + bound + 4.0 * f.precision() * value.abs() || steep > 1e12 {
                break (to, slopes);
            }
            steep *= 2.0;
        };
        if off(&to, &slopes, penalties) <= tol {
            return Minimum { at: to, iterations: iterations + 1, converged: true };
        }
        // Momentum that leads back is given up.
        let back: f64 = (0..w.len()).map(|i| scales[i] * (from[i] - to[i]) * (to[i] - w[i])).sum();
        let next =
            if back > 0.0 { 1.0 } else { (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0 };
        let weight = if back > 0.0 { 0.0 } else { (momentum - 1.0) / next };
        from = to.iter().zip(&w).map(|(t, w)| t + weight * (t - w)).collect();
        (w, momentum) = (to, next);
        steep *= 0.95;
    }
    Minimum { at: w, iterations: max_iter, converged: false }
}
