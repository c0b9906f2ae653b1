//! Machines with squared losses: a sum of `½ |w|²` and, for each sample, of a function of its decision
//! that is made of pieces of parabolas. Newton's method with an exact line search ends after some steps at
//! the minimum itself (Mangasarian 2002; Keerthi and DeCoste 2005, JMLR 6).

use super::Outcome;
use super::data::Data;
use crate::stop;
use seodang_core::Result;

/// The slope and the curvature of a sample's loss at a decision.
pub(super) type Loss<'a> = dyn Fn(usize, f64) -> (f64, f64) + Sync + 'a;

/// The weights of the minimum. `tol` is the share of the first gradient that may be left.
///
/// # Errors
/// As products of features.
pub(super) fn minimize(
    data: &Data<'_>,
    loss: &Loss<'_>,
    tol: f64,
    max_iter: usize,
) -> Result<Outcome> {
    let (n, d) = (data.rows(), data.width());
    let mut w = vec![0.0; d];
    let mut z = vec![0.0; n];
    let mut first = None;
    let mut iterations = 0;
    let mut converged = false;
    while iterations < max_iter && !stop::passed() {
        let parts: Vec<(f64, f64)> = z.iter().enumerate().map(|(i, &z)| loss(i, z)).collect();
        let slopes: Vec<f64> = parts.iter().map(|p| p.0).collect();
        let mut gradient = data.sum(&slopes);
        gradient.iter_mut().zip(&w).for_each(|(g, w)| *g += w);
        let norm = length(&gradient);
        let start = *first.get_or_insert(norm);
        converged = norm <= tol * start;
        // The last steps go all the way, since they are few: what is left then is rounding.
        if norm <= 1e-6 * tol * start || norm == 0.0 {
            break;
        }
        let curvatures: Vec<f64> = parts.iter().map(|p| p.1).collect();
        let direction = match data.is_narrow() {
            true => solved(data, &curvatures, &gradient)?,
            false => conjugate(data, &curvatures, &gradient, norm / start),
        };
        let along = data.times(&direction);
        let (linear, square) = (inner(&w, &direction), inner(&direction, &direction));
        let slope = |t: f64| -> (f64, f64) {
            let mut sum = (linear + t * square, square);
            for i in 0..n {
                let (s, c) = loss(i, z[i] + t * along[i]);
                sum.0 += s * along[i];
                sum.1 += c * along[i] * along[i];
            }
            sum
        };
        iterations += 1;
        let step = flat(slope, inner(&gradient, &direction));
        if step == 0.0 {
            break;
        }
        w.iter_mut().zip(&direction).for_each(|(w, d)| *w += step * d);
        z.iter_mut().zip(&along).for_each(|(z, a)| *z += step * a);
    }
    Ok(Outcome { weights: w, iterations, converged })
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn length(a: &[f64]) -> f64 {
    inner(a, a).sqrt()
}

/// Where a rising function, here `(value, derivative)` of which the first is `at_0 < 0` at 0, is 0.
fn flat(f: impl Fn(f64) -> (f64, f64), at_0: f64) -> f64 {
    if at_0 >= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut t = 1.0;
    for _ in 0..50 {
        let (value, derivative) = f(t);
        if value.abs() <= 1e-10 * at_0.abs() {
            break;
        }
        if value < 0.0 {
            low = t
        } else {
            high = t
        }
        let next = t - value / derivative;
        t = if next > low && next < high {
            next
        } else if high.is_finite() {
            (low + high) / 2.0
        } else {
            2.0 * t
        };
    }
    t
}

/// The step of Newton's method, by Cholesky's decomposition of the Hessian, which is at least the identity.
fn solved(data: &Data<'_>, curvatures: &[f64], gradient: &[f64]) -> Result<Vec<f64>> {
    let d = gradient.len();
    let mut h = data.products(curvatures)?;
    (0..d).for_each(|i| h[i * d + i] += 1.0);
    for i in 0..d {
        for j in 0..=i {
            let (a, b) = (&h[i * d..i * d + j], &h[j * d..j * d + j]);
            let rest = h[i * d + j] - inner(a, b);
            h[i * d + j] = if i == j { rest.max(1.0).sqrt() } else { rest / h[j * d + j] };
        }
    }
    let mut x: Vec<f64> = gradient.iter().map(|g| -g).collect();
    for i in 0..d {
        let known = inner(&h[i * d..i * d + i], &x[..i]);
        x[i] = (x[i] - known) / h[i * d + i];
    }
    for i in (0..d).rev() {
        x[i] /= h[i * d + i];
        let xi = x[i];
        (0..i).for_each(|j| x[j] -= h[i * d + j] * xi);
    }
    Ok(x)
}

/// The step of Newton's method, by conjugate gradients: the more exactly the nearer the minimum is.
fn conjugate(data: &Data<'_>, curvatures: &[f64], gradient: &[f64], left: f64) -> Vec<f64> {
    let d = gradient.len();
    let mut x = vec![0.0; d];
    let mut residual: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut p = residual.clone();
    let mut square = inner(&residual, &residual);
    let goal = square.sqrt() * left.clamp(1e-6, 0.1);
    for _ in 0..2 * d.min(curvatures.len()) + 10 {
        if square.sqrt() <= goal {
            break;
        }
        let mut along = data.times(&p);
        along.iter_mut().zip(curvatures).for_each(|(a, c)| *a *= c);
        let mut hp = data.sum(&along);
        hp.iter_mut().zip(&p).for_each(|(h, p)| *h += p);
        let step = square / inner(&p, &hp);
        x.iter_mut().zip(&p).for_each(|(x, p)| *x += step * p);
        residual.iter_mut().zip(&hp).for_each(|(r, h)| *r -= step * h);
        let next = inner(&residual, &residual);
        let ratio = next / square;
        square = next;
        p.iter_mut().zip(&residual).for_each(|(p, r)| *p = r + ratio * *p);
    }
    x
}
