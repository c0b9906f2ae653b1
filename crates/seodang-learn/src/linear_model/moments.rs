//! Sums of products of features and targets, centred: all that least squares needs of many samples.

use super::pass::in_ranges;
use crate::features::{Csr, Dense, Features, Matrix, Real};
use seodang_core::Result;
use seodang_kernels::gemm::gram;
use seodang_kernels::rows;
use std::ops::Range;

/// The most rows that are multiplied at a time, and the bytes that they should not exceed: they stay in the
/// second-level cache between being centred and being multiplied.
const ROWS: usize = 256;
const BLOCK: usize = 1 << 19;
/// Rows whose mean is taken for that of all, before the sums tell it exactly.
const GUESS: usize = 256;

/// Means, and sums of products around them (around 0 without an intercept), each sample as often as its
/// weight says.
pub(super) struct Moments {
    /// Features.
    pub(super) cols: usize,
    /// Targets.
    pub(super) outputs: usize,
    /// The means of the features: 0 without an intercept.
    pub(super) x_mean: Vec<f64>,
    /// The means of the targets.
    pub(super) y_mean: Vec<f64>,
    /// Features by features.
    pub(super) xx: Vec<f64>,
    /// Features by targets.
    pub(super) xy: Vec<f64>,
    /// The squares of each target.
    pub(super) yy: Vec<f64>,
}

/// Sums over some rows, around the guesses.
struct Sums {
    weight: f64,
    x: Vec<f64>,
    y: Vec<f64>,
    xx: Vec<f64>,
    xy: Vec<f64>,
    yy: Vec<f64>,
}

impl Sums {
    fn new(cols: usize, outputs: usize) -> Sums {
        Sums {
            weight: 0.0,
            x: vec![0.0; cols],
            y: vec![0.0; outputs],
            xx: vec![0.0; cols * cols],
            xy: vec![0.0; cols * outputs],
            yy: vec![0.0; outputs],
        }
    }

    fn add(&mut self, other: &Sums) {
        self.weight += other.weight;
        let pairs = [
            (&mut self.x, &other.x),
            (&mut self.y, &other.y),
            (&mut self.xx, &other.xx),
            (&mut self.xy, &other.xy),
            (&mut self.yy, &other.yy),
        ];
        for (a, b) in pairs {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        }
    }
}

/// The moments of `x` and of `y`, rows by `outputs`.
///
/// Sums of so many products lose digits where the means are large, so numbers are centred before, on means
/// of some of them; what these lack is taken away in the end. Each sum is made of sums over few rows.
///
/// # Errors
/// `Value` for features that are not finite, which the sums show.
pub(super) fn moments(
    x: &Features<'_>,
    y: &[f64],
    outputs: usize,
    weights: Option<&[f64]>,
    centre: bool,
) -> Result<Moments> {
    let data = Targets { y, outputs, weights };
    let m = match x {
        Features::Dense(Dense::F32(m)) => dense(m, data, centre),
        Features::Dense(Dense::F64(m)) => dense(m, data, centre),
        Features::Sparse(s) => sparse(s, data, centre),
    };
    // A square, or its weight, times what is not finite is not either.
    if !m.xx.iter().step_by(m.cols + 1).all(|s| s.is_finite()) {
        x.check_finite(false, "a linear model")?;
    }
    Ok(m)
}

#[derive(Clone, Copy)]
struct Targets<'a> {
    y: &'a [f64],
    outputs: usize,
    weights: Option<&'a [f64]>,
}

impl Targets<'_> {
    fn weight(&self, i: usize) -> f64 {
        self.weights.map_or(1.0, |w| w[i])
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.y[i * self.outputs..(i + 1) * self.outputs]
    }

    /// About the mean of the targets.
    fn guess(&self, centre: bool) -> Vec<f64> {
        let mut out = vec![0.0; self.outputs];
        let n = self.y.len() / self.outputs;
        let picked = GUESS.min(n);
        if centre {
            for i in 0..picked {
                let row = self.row(i * n / picked);
                out.iter_mut().zip(row).for_each(|(o, y)| *o += y / picked as f64);
            }
        }
        out
    }
}

fn dense<T: Real>(m: &Matrix<'_, T>, data: Targets<'_>, centre: bool) -> Moments {
    let (n, cols, outputs) = (m.rows, m.cols, data.outputs);
    let y_guess = data.guess(centre);
    let mut x_guess = vec![0.0; cols];
    if centre {
        let picked = GUESS.min(n);
        for i in 0..picked {
            let row = m.row(i * n / picked);
            x_guess.iter_mut().zip(row).for_each(|(g, x)| *g += x.f64() / picked as f64);
        }
    }
    // As the type of the features has it, so that differences are exact.
    let shift: Vec<T> = x_guess.iter().map(|&g| T::of(g)).collect();
    let parts =
        in_ranges(n, cols * (cols + outputs), |range| part(m, data, &shift, &y_guess, range));
    let x_guess = shift.iter().map(|g| g.f64()).collect();
    finish(parts, x_guess, y_guess, cols, outputs, centre)
}

/// The sums over a range of rows.
fn part<T: Real>(
    m: &Matrix<'_, T>,
    data: Targets<'_>,
    shift: &[T],
    y_guess: &[f64],
    range: Range<usize>,
) -> Sums {
    let (cols, outputs) = (m.cols, data.outputs);
    let width = cols + outputs;
    let together = (BLOCK / (width * size_of::<T>())).clamp(64, ROWS);
    let mut sums = Sums::new(cols, outputs);
    let mut block = vec![T::ZERO; together.min(range.len()) * width];
    let mut product = vec![T::ZERO; cols * width];
    let mut x_sums = vec![T::ZERO; cols];
    let back: Vec<T> = shift.iter().map(|&g| -g).collect();
    for start in range.clone().step_by(together) {
        let n = together.min(range.end - start);
        let block = &mut block[..n * width];
        x_sums.fill(T::ZERO);
        match data.weights {
            None => {
                let x = &m.data[start * cols..(start + n) * cols];
                rows::shift(x, &back, (&mut *block, width), &mut x_sums);
            }
            Some(w) => {
                for (i, x) in block.chunks_exact_mut(width).enumerate() {
                    let (root, w) = (T::of(w[start + i].sqrt()), T::of(w[start + i]));
                    let row = m.row(start + i);
                    for (((x, s), &v), &g) in x.iter_mut().zip(&mut x_sums).zip(row).zip(shift) {
                        let d = v - g;
                        *x = root * d;
                        *s += w * d;
                    }
                }
            }
        }
        sums.weight += (start..start + n).map(|i| data.weight(i)).sum::<f64>();
        for (o, guess) in y_guess.iter().enumerate() {
            for i in 0..n {
                let w = data.weight(start + i);
                let d = data.y[(start + i) * outputs + o] - guess;
                block[i * width + cols + o] = T::of(w.sqrt() * d);
                sums.y[o] += w * d;
                sums.yy[o] += w * d * d;
            }
        }
        sums.x.iter_mut().zip(&x_sums).for_each(|(s, x)| *s += x.f64());
        gram(block, n, width, cols, &mut product);
        for (r, product) in product.chunks_exact(width).enumerate() {
            let (xx, xy) = product[r..].split_at(cols - r);
            let to = &mut sums.xx[r * cols + r..(r + 1) * cols];
            to.iter_mut().zip(xx).for_each(|(s, p)| *s += p.f64());
            let to = &mut sums.xy[r * outputs..(r + 1) * outputs];
            to.iter_mut().zip(xy).for_each(|(s, p)| *s += p.f64());
        }
    }
    // The products with earlier columns are there already: they are symmetric.
    for r in 0..cols {
        for c in 0..r {
            sums.xx[r * cols + c] = sums.xx[c * cols + r];
        }
    }
    sums
}

fn sparse(s: &Csr<'_>, data: Targets<'_>, centre: bool) -> Moments {
    let (cols, outputs) = (s.cols, data.outputs);
    let y_guess = data.guess(centre);
    let parts = in_ranges(s.rows(), cols * (cols + outputs), |range| {
        let mut sums = Sums::new(cols, outputs);
        let mut y = vec![0.0; outputs];
        for i in range {
            let w = data.weight(i);
            sums.weight += w;
            for (o, (y, guess)) in y.iter_mut().zip(&y_guess).enumerate() {
                *y = data.row(i)[o] - guess;
                sums.y[o] += w * *y;
                sums.yy[o] += w * *y * *y;
            }
            let (columns, values) = s.row(i);
            for (&c, &v) in columns.iter().zip(values) {
                let (c, v) = (c as usize, w * v);
                sums.x[c] += v;
                let to = &mut sums.xx[c * cols..(c + 1) * cols];
                columns.iter().zip(values).for_each(|(&d, &u)| to[d as usize] += v * u);
                let to = &mut sums.xy[c * outputs..(c + 1) * outputs];
                to.iter_mut().zip(&y).for_each(|(s, y)| *s += v * y);
            }
        }
        sums
    });
    finish(parts, vec![0.0; cols], y_guess, cols, outputs, centre)
}

/// The sums of all parts, moved from the guesses to the means.
fn finish(
    parts: Vec<Sums>,
    x_guess: Vec<f64>,
    y_guess: Vec<f64>,
    cols: usize,
    outputs: usize,
    centre: bool,
) -> Moments {
    let mut parts = parts.into_iter();
    let mut sums = parts.next().unwrap_or_else(|| Sums::new(cols, outputs));
    parts.for_each(|part| sums.add(&part));
    let (mut x_mean, mut y_mean) = (x_guess, y_guess);
    let Sums { weight, x, y, mut xx, mut xy, mut yy } = sums;
    if centre {
        for (j, (xx, xy)) in xx.chunks_mut(cols).zip(xy.chunks_mut(outputs)).enumerate() {
            let by = x[j] / weight;
            xx.iter_mut().zip(&x).for_each(|(p, x)| *p -= by * x);
            xy.iter_mut().zip(&y).for_each(|(p, y)| *p -= by * y);
        }
        yy.iter_mut().zip(&y).for_each(|(p, y)| *p -= y * y / weight);
        x_mean.iter_mut().zip(&x).for_each(|(m, x)| *m += x / weight);
        y_mean.iter_mut().zip(&y).for_each(|(m, y)| *m += y / weight);
    }
    Moments { cols, outputs, x_mean, y_mean, xx, xy, yy }
}

impl Moments {
    /// The intercept of an output with these coefficients.
    pub(super) fn intercept(&self, w: &[f64], output: usize) -> f64 {
        self.y_mean[output] - self.x_mean.iter().zip(w).map(|(x, w)| x * w).sum::<f64>()
    }

    /// The intercepts for coefficients, outputs by features.
    pub(super) fn intercepts(&self, coef: &[f64]) -> Vec<f64> {
        coef.chunks(self.cols).enumerate().map(|(o, w)| self.intercept(w, o)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_the_plain_sums_of_centred_numbers() {
        let (n, cols, outputs) = (1500, 130, 2);
        // Far from 0, as years are.
        let x: Vec<f64> =
            (0..n * cols).map(|i| 2000.0 + ((i * 7919) % 1013) as f64 / 100.0).collect();
        let y: Vec<f64> = (0..n * outputs).map(|i| 50.0 - ((i * 31) % 17) as f64).collect();
        let weights: Vec<f64> = (0..n).map(|i| (i % 4) as f64).collect();
        let dense = Features::from(Matrix::new(x.clone(), n, cols));
        let all: Vec<u32> = (0..n * cols).map(|i| (i % cols) as u32).collect();
        let starts: Vec<usize> = (0..=n).map(|i| i * cols).collect();
        let thin = Features::from(Csr::new(starts, all, x.clone(), cols).unwrap());
        for weights in [None, Some(&weights[..])] {
            let w = |i: usize| weights.map_or(1.0, |w| w[i]);
            let total: f64 = (0..n).map(w).sum();
            let mean = |j: usize| (0..n).map(|i| w(i) * x[i * cols + j]).sum::<f64>() / total;
            let y_mean = (0..n).map(|i| w(i) * y[i * 2 + 1]).sum::<f64>() / total;
            for (features, tolerance) in [(&dense, 1e-9), (&thin, 1e-6)] {
                let m = moments(features, &y, outputs, weights, true).unwrap();
                assert!((m.y_mean[1] - y_mean).abs() < 1e-9);
                for (a, b) in [(0, 0), (3, 5), (120, 2), (2, 120), (129, 128)] {
                    let (p, q) = (mean(a), mean(b));
                    assert!((m.x_mean[a] - p).abs() < 1e-9);
                    let d = |i: usize, j: usize, m: f64| x[i * cols + j] - m;
                    let xx: f64 = (0..n).map(|i| w(i) * d(i, a, p) * d(i, b, q)).sum();
                    let found = m.xx[a * cols + b];
                    assert!((found - xx).abs() < tolerance * n as f64 * 10.0, "{found} {xx}");
                    let xy: f64 = (0..n).map(|i| w(i) * d(i, a, p) * (y[i * 2 + 1] - y_mean)).sum();
                    assert!((m.xy[a * 2 + 1] - xy).abs() < tolerance * n as f64 * 10.0);
                }
            }
        }
    }

    #[test]
    fn moments_refuse_what_is_not_finite() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for at in [0, 3 * 300 + 1, 3 * 599 + 2] {
                let mut x = vec![1.5; 1800];
                x[at] = bad;
                let (y, weights) = (vec![1.0; 600], [0.0; 600]);
                let x = Features::from(Matrix::new(x, 600, 3));
                assert!(moments(&x, &y, 1, None, true).is_err());
                assert!(moments(&x, &y, 1, Some(&weights), false).is_err());
            }
        }
        // Finite numbers whose squares are not are another matter.
        let x = Features::from(Matrix::new(vec![1e200, -1e200], 2, 1));
        assert!(moments(&x, &[0.0, 1.0], 1, None, true).is_ok());
    }
}
