//! Least squares, with a squared penalty or none, by conjugate gradients on the normal equations, which are
//! never formed: for data of many features, sparse ones most of all. Source: Golub and Van Loan 2013,
//! section 11.3, and 11.5 for the preconditioner, which is the diagonal.

use super::pass::{Shape, pass};
use super::shared::column_means;
use crate::features::{Features, Real, typed};
use crate::stop;
use seodang_kernels::rows::{axpy, dot};
use std::ops::Range;

/// So many multiplications of the normal equations' solution cost about as much as an entry of sparse data
/// does in all iterations.
const ENTRY: usize = 3000;

/// Whether normal equations of `unknowns` cost more than iterations over the data do.
pub(super) fn is_thin(x: &Features<'_>, unknowns: usize) -> bool {
    match x {
        Features::Sparse(s) => unknowns.saturating_pow(3) / ENTRY > s.data.len(),
        Features::Dense(_) => false,
    }
}

/// Whether the data are sparse, and too large to be made dense.
pub(super) fn is_hollow(x: &Features<'_>) -> bool {
    const SMALL: usize = 1 << 20;
    match x {
        Features::Sparse(s) => s.rows() * s.cols > SMALL.max(8 * s.data.len()),
        Features::Dense(_) => false,
    }
}

/// What is close enough.
#[derive(Clone, Copy)]
pub(super) enum Enough {
    /// The residual of the normal equations is this share of what it was.
    Share(f64),
    /// LSQR's rules, for solutions without a penalty: the residual of the normal equations is this share of
    /// the product of the norms of the data and of their residual, or that residual is such a share of what
    /// rounding of this size makes of the data. Source: Paige and Saunders 1982, section 6, rules S1 and S2.
    LeastSquares(f64),
}

/// When an iteration ends.
#[derive(Clone, Copy)]
pub(super) struct End {
    /// Where it is close enough.
    pub(super) enough: Enough,
    /// The most iterations.
    pub(super) most: usize,
}

/// Where it ended.
pub(super) struct Found {
    /// Outputs by features.
    pub(super) coef: Vec<f64>,
    /// One for each output: 0 without an intercept.
    pub(super) intercept: Vec<f64>,
    /// Iterations for each output.
    pub(super) iterations: Vec<i32>,
}

/// The search of one output.
struct Search {
    alpha: f64,
    w: Vec<f64>,
    rest: Vec<f64>,
    direction: Vec<f64>,
    /// The inner product of the residual with what the preconditioner makes of it.
    square: f64,
    enough: Enough,
    /// The residual of the normal equations at first.
    first: f64,
    /// The sums of squares of the targets, and of what is left of them.
    targets: f64,
    left: f64,
    /// The square of the data's norm, as far as the directions have met it, and what the next one adds to it.
    norm: f64,
    next: f64,
    iterations: i32,
    ended: bool,
}

/// The weighted squares of the features around their means.
fn squares(x: &Features<'_>, weights: Option<&[f64]>, means: &[f64], total: f64) -> Vec<f64> {
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let mut out = vec![0.0; x.cols()];
    match x {
        Features::Sparse(s) => {
            for i in 0..s.rows() {
                let (columns, values) = s.row(i);
                for (&c, v) in columns.iter().zip(values) {
                    out[c as usize] += weight(i) * v * v;
                }
            }
        }
        Features::Dense(d) => typed!(d, m => {
            for (i, row) in m.iter_rows().enumerate() {
                let w = weight(i);
                out.iter_mut().zip(row).for_each(|(o, &x)| *o += w * x.f64().powi(2));
            }
        }),
    }
    out.iter_mut().zip(means).for_each(|(o, m)| *o = (*o - total * m * m).max(0.0));
    out
}

/// The means of the features.
fn means(x: &Features<'_>, weights: Option<&[f64]>, total: f64) -> Vec<f64> {
    let shape = Shape { cols: x.cols(), outputs: 1, intercept: false };
    let factors = |range: Range<usize>, said: &mut [f64]| {
        said.iter_mut().zip(range).for_each(|(s, i)| *s = weights.map_or(1.0, |w| w[i]) / total);
        0.0
    };
    pass(x, &vec![0.0; x.cols()], shape, &factors).1
}

/// The coefficients for targets `y`, rows by outputs, of which each has its penalty in `alphas`. Of
/// several solutions without a penalty, the shortest.
pub(super) fn solve(
    x: &Features<'_>,
    y: &[f64],
    weights: Option<&[f64]>,
    intercept: bool,
    alphas: &[f64],
    end: End,
) -> Found {
    let (rows, cols, outputs) = (x.rows(), x.cols(), alphas.len());
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let total: f64 = (0..rows).map(weight).sum();
    let (x_mean, y_mean) = match intercept {
        true => (means(x, weights, total), column_means(y, outputs, weights)),
        false => (vec![0.0; cols], vec![0.0; outputs]),
    };
    // The centred rows' products are those of the rows, less the means': as if each had a 1 behind it.
    let shape = Shape { cols, outputs, intercept: true };
    let width = shape.width();
    let centred = |mut sums: Vec<f64>| {
        for sums in sums.chunks_exact_mut(width) {
            let (features, sum) = sums.split_at_mut(cols);
            axpy(-sum[0], &x_mean, features);
        }
        sums
    };
    let target = |range: Range<usize>, said: &mut [f64]| {
        for (said, i) in said.chunks_exact_mut(outputs).zip(range) {
            let y = y[i * outputs..].iter().zip(&y_mean);
            said.iter_mut().zip(y).for_each(|(s, (y, m))| *s = weight(i) * (y - m));
        }
        0.0
    };
    let weighted = |range: Range<usize>, said: &mut [f64]| {
        if weights.is_some() {
            for (said, i) in said.chunks_exact_mut(outputs).zip(range) {
                said.iter_mut().for_each(|s| *s *= weight(i));
            }
        }
        0.0
    };
    let diagonal = squares(x, weights, &x_mean, total);
    // Without a penalty the shortest solution is asked for: any but equal factors lead to another one.
    let conditioned = |alpha: f64, rest: &[f64]| -> Vec<f64> {
        match alpha > 0.0 {
            true => rest.iter().zip(&diagonal).map(|(r, d)| r / (d + alpha)).collect(),
            false => rest.to_vec(),
        }
    };
    let mut targets = vec![0.0; outputs];
    for (i, y) in y.chunks_exact(outputs).enumerate() {
        let y = y.iter().zip(&y_mean);
        targets.iter_mut().zip(y).for_each(|(t, (y, m))| *t += weight(i) * (y - m).powi(2));
    }
    let mut all = vec![0.0; shape.len()];
    let first = centred(pass(x, &all, shape, &target).1);
    let mut searches: Vec<Search> = first
        .chunks_exact(width)
        .zip(alphas.iter().zip(targets))
        .map(|(rest, (&alpha, targets))| {
            let rest = rest[..cols].to_vec();
            let direction = conditioned(alpha, &rest);
            let square = dot(&rest, &direction);
            Search {
                alpha,
                w: vec![0.0; cols],
                first: dot(&rest, &rest).sqrt(),
                rest,
                direction,
                square,
                enough: end.enough,
                targets,
                left: targets,
                norm: 0.0,
                next: 0.0,
                iterations: 0,
                ended: square == 0.0,
            }
        })
        .collect();
    for _ in 0..end.most {
        if stop::passed() || searches.iter().all(|s| s.ended) {
            break;
        }
        for (all, search) in all.chunks_exact_mut(width).zip(&searches) {
            let (features, constant) = all.split_at_mut(cols);
            if search.ended {
                features.fill(0.0);
                constant[0] = 0.0;
            } else {
                features.copy_from_slice(&search.direction);
                constant[0] = -dot(&x_mean, &search.direction);
            }
        }
        let products = centred(pass(x, &all, shape, &weighted).1);
        for (product, search) in products.chunks_exact(width).zip(&mut searches) {
            if !search.ended {
                search.step(&product[..cols], &conditioned);
            }
        }
    }
    let intercepts = searches.iter().zip(&y_mean).map(|(s, y)| y - dot(&x_mean, &s.w));
    Found {
        intercept: intercepts.collect(),
        iterations: searches.iter().map(|s| s.iterations).collect(),
        coef: searches.into_iter().flat_map(|s| s.w).collect(),
    }
}

impl Search {
    /// A step along the direction, whose product with the data's is given.
    fn step(&mut self, product: &[f64], conditioned: &impl Fn(f64, &[f64]) -> Vec<f64>) {
        let along =
            dot(&self.direction, product) + self.alpha * dot(&self.direction, &self.direction);
        let step = self.square / along;
        if !step.is_finite() {
            self.ended = true;
            return;
        }
        axpy(step, &self.direction, &mut self.w);
        axpy(-step, product, &mut self.rest);
        axpy(-step * self.alpha, &self.direction, &mut self.rest);
        let next = conditioned(self.alpha, &self.rest);
        let square = dot(&self.rest, &next);
        let ratio = square / self.square;
        // The trace of the matrix that Lanczos' process makes of the data, of which these are the entries.
        self.norm += 1.0 / step + self.next;
        self.next = ratio / step;
        self.left = (self.left - step * self.square).max(0.0);
        self.direction.iter_mut().zip(&next).for_each(|(d, n)| *d = n + ratio * *d);
        self.square = square;
        self.iterations += 1;
        self.ended = self.is_close();
    }

    fn is_close(&self) -> bool {
        let rest = dot(&self.rest, &self.rest).sqrt();
        match self.enough {
            Enough::Share(tol) => rest <= tol * self.first,
            Enough::LeastSquares(tol) => {
                let (norm, left) = (self.norm.sqrt(), self.left.sqrt());
                let rounding = self.targets.sqrt() + norm * dot(&self.w, &self.w).sqrt();
                rest <= tol * norm * left || left <= tol * rounding
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{Csr, Matrix};

    #[test]
    fn solutions_have_no_residual_in_the_normal_equations() {
        let (n, cols, outputs) = (60, 7, 2);
        let data: Vec<f64> = (0..n * cols).map(|i| ((i * 37) % 23) as f64 / 5.0 + 3.0).collect();
        let y: Vec<f64> = (0..n * outputs).map(|i| ((i * 13) % 29) as f64).collect();
        let weights: Vec<f64> = (0..n).map(|i| (i % 3) as f64 + 0.5).collect();
        let all: Vec<u32> = (0..n * cols).map(|i| (i % cols) as u32).collect();
        let starts: Vec<usize> = (0..=n).map(|i| i * cols).collect();
        let thin = Features::from(Csr::new(starts, all, data.clone(), cols).unwrap());
        let dense = Features::from(Matrix::new(data.clone(), n, cols));
        for (x, intercept) in [(&thin, true), (&dense, true), (&thin, false)] {
            let alphas = [0.0, 2.5];
            let end = End { enough: Enough::Share(1e-12), most: 200 };
            let found = solve(x, &y, Some(&weights), intercept, &alphas, end);
            for (o, alpha) in alphas.into_iter().enumerate() {
                let w = &found.coef[o * cols..(o + 1) * cols];
                let mut sums = vec![0.0; cols + 1];
                for i in 0..n {
                    let row = &data[i * cols..(i + 1) * cols];
                    let said = row.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
                    let rest = weights[i] * (y[i * outputs + o] - said - found.intercept[o]);
                    sums.iter_mut().zip(row).for_each(|(s, x)| *s += rest * x);
                    sums[cols] += rest;
                }
                sums.iter_mut().zip(w).for_each(|(s, w)| *s -= alpha * w);
                let few = if intercept { cols + 1 } else { cols };
                assert!(sums[..few].iter().all(|s| s.abs() < 1e-6), "{alpha} {sums:?}");
                assert!(intercept || found.intercept[o] == 0.0);
            }
        }
    }

    #[test]
    fn least_squares_end_by_the_rules_of_lsqr() {
        let (n, cols) = (80, 12);
        let data: Vec<f64> =
            (0..n * cols).map(|i| ((i * i * 31) % 101) as f64 / 40.0 - 1.0).collect();
        let x = Features::from(Matrix::new(data.clone(), n, cols));
        let said: Vec<f64> =
            data.chunks(cols).map(|row| row.iter().sum::<f64>() - row[3] * 4.0).collect();
        let noise = |i: usize| ((i * 17) % 13) as f64;
        let noisy: Vec<f64> = said.iter().enumerate().map(|(i, s)| s + noise(i)).collect();
        // The norm of all the data, which the directions meet in the end.
        let norm = dot(&data, &data).sqrt();
        let mut last = 0;
        for tol in [1e-2, 1e-4, 1e-8] {
            let end = End { enough: Enough::LeastSquares(tol), most: 100 };
            let found = solve(&x, &noisy, None, false, &[0.0], end);
            let left: Vec<f64> =
                data.chunks(cols).zip(&noisy).map(|(row, y)| y - dot(row, &found.coef)).collect();
            let mut rest = vec![0.0; cols];
            data.chunks(cols).zip(&left).for_each(|(row, l)| axpy(*l, row, &mut rest));
            let most = tol * norm * dot(&left, &left).sqrt();
            assert!(dot(&rest, &rest).sqrt() <= most, "{tol}");
            assert!(found.iterations[0] > last && found.iterations[0] <= cols as i32, "{tol}");
            last = found.iterations[0];
            // What has a solution without a residual is never close by the first rule.
            let found = solve(&x, &said, None, false, &[0.0], end);
            let far = found
                .coef
                .iter()
                .enumerate()
                .map(|(j, c)| (c - if j == 3 { -3.0 } else { 1.0 }).powi(2));
            assert!(far.sum::<f64>().sqrt() <= 20.0 * tol && found.iterations[0] <= 13, "{tol}");
        }
    }
}
