//! Least squares with a squared penalty: what `Ridge` and `RidgeClassifier` solve.

use super::conjugate::{self, Enough};
use super::moments::moments;
use super::shared::{centred, column_means, non_negative, products};
use crate::features::{Dense, Features};
use crate::record::{Either, one_of};
use seodang_core::{Array, Error, Result, text};
use seodang_kernels::decompose;
use seodang_kernels::rows::dot;
use std::ops::Range;

one_of! {
    /// How the system is solved: all ways have the same solution.
    RidgeSolver {
        /// The one that suits the data.
        Auto = "auto",
        /// By singular values.
        Svd = "svd",
        /// The normal equations.
        Cholesky = "cholesky",
        /// As `auto`.
        Lsqr = "lsqr",
        /// Conjugate gradients where the normal equations are too many.
        SparseCg = "sparse_cg",
        /// As `auto`.
        Sag = "sag",
        /// As `auto`.
        Saga = "saga",
        /// For coefficients that must not be negative.
        Lbfgs = "lbfgs",
    }
}

/// The normal equations of more than so many unknowns are solved by iteration.
const DIRECT: usize = 4096;

/// The parameters of the problem.
pub(super) struct Ridge<'a> {
    pub(super) alphas: &'a Either<f64, Array>,
    pub(super) intercept: bool,
    pub(super) positive: bool,
    pub(super) solver: RidgeSolver,
    pub(super) tol: f64,
    pub(super) max_iter: Option<usize>,
}

/// What was found.
pub(super) struct Solution {
    /// Outputs by features.
    pub(super) coef: Vec<f64>,
    /// One for each output, if asked for.
    pub(super) intercept: Option<Vec<f64>>,
    /// Iterations for each output: 1 where the solution is direct.
    pub(super) n_iter: Array,
    /// The name of the solver.
    pub(super) solver: &'static str,
}

impl Ridge<'_> {
    /// The strength of the penalty for each output.
    fn strengths(&self, outputs: usize) -> Result<Vec<f64>> {
        let given = match self.alphas {
            Either::A(alpha) => return Ok(vec![*alpha; outputs]),
            Either::B(all) => all.to_f64_vec(),
        };
        if let Some(alpha) = given.iter().find(|a| a.is_nan() || **a < 0.0) {
            return Err(Error::value(text!(
                en: "alpha == {alpha}, must be >= 0.0.",
                ko: "alpha는 0 이상이어야 하는데 {alpha}입니다."
            )));
        }
        match given.len() {
            1 => Ok(vec![given[0]; outputs]),
            n if n == outputs => Ok(given),
            n => Err(Error::value(text!(
                en: "Number of targets and number of penalties do not correspond: {n} != {outputs}",
                ko: "벌점의 수({n})가 출력의 수({outputs})와 다릅니다"
            ))),
        }
    }

    fn check(&self) -> Result<()> {
        let solver = self.solver.name();
        if self.positive && !matches!(self.solver, RidgeSolver::Auto | RidgeSolver::Lbfgs) {
            return Err(Error::value(text!(
                en: "solver='{solver}' does not support positive fitting. Please set the solver to \
                     'auto' or 'lbfgs', or set `positive=False`",
                ko: "solver='{solver}'에는 positive=True를 쓸 수 없습니다. solver를 'auto'나 'lbfgs'로 \
                     하세요"
            )));
        }
        if self.solver == RidgeSolver::Lbfgs && !self.positive {
            return Err(Error::value(text!(
                en: "'lbfgs' solver can be used only when positive=True. Please use another solver.",
                ko: "풀이법 'lbfgs'는 positive=True일 때만 쓸 수 있습니다."
            )));
        }
        Ok(())
    }

    /// Solves for targets `y`, rows by `outputs`.
    pub(super) fn solve(
        &self,
        x: &Features<'_>,
        y: &[f64],
        outputs: usize,
        weights: Option<&[f64]>,
    ) -> Result<Solution> {
        self.check()?;
        let alphas = self.strengths(outputs)?;
        let (rows, cols) = (x.rows(), x.cols());
        let mut iterations = vec![1i32; outputs];
        let normal_fits = cols <= rows && cols <= DIRECT && !conjugate::is_thin(x, cols);
        let (coef, intercept) = if self.positive || normal_fits {
            let m = moments(x, y, outputs, weights, self.intercept)?;
            let coef = if self.positive {
                positive(&m.xx, &m.xy, &alphas, cols)?
            } else {
                normal(&m.xx, &m.xy, &alphas, cols)?
            };
            let intercept = m.intercepts(&coef);
            (coef, intercept)
        } else if rows <= cols && rows <= DIRECT && !conjugate::is_hollow(x) {
            x.check_finite(false, "a linear model")?;
            self.dual(x, y, outputs, weights, &alphas)?
        } else {
            x.check_finite(false, "a linear model")?;
            let most = self.max_iter.unwrap_or_else(|| (10 * cols).max(1000));
            let end = conjugate::End { enough: Enough::Share(self.tol.min(1e-6)), most };
            let found = conjugate::solve(x, y, weights, self.intercept, &alphas, end);
            iterations = found.iterations;
            (found.coef, found.intercept)
        };
        let auto = match x {
            _ if self.positive => "lbfgs",
            Features::Sparse(_) if self.intercept => "sparse_cg",
            _ => "cholesky",
        };
        Ok(Solution {
            coef,
            intercept: self.intercept.then_some(intercept),
            n_iter: Array::from_vec([outputs], iterations)?,
            solver: if self.solver == RidgeSolver::Auto { auto } else { self.solver.name() },
        })
    }

    /// With fewer samples than features, the unknowns are the samples' shares.
    fn dual(
        &self,
        x: &Features<'_>,
        y: &[f64],
        outputs: usize,
        weights: Option<&[f64]>,
        alphas: &[f64],
    ) -> Result<(Vec<f64>, Vec<f64>)> {
        let dense = x.dense();
        let m = dense.f64();
        let (rows, cols) = (m.rows, m.cols);
        let x_mean = self.intercept.then(|| column_means(&m.data, cols, weights));
        let y_mean = self.intercept.then(|| column_means(y, outputs, weights));
        let a = centred(&m.data, x_mean.as_deref(), weights, cols);
        let b = centred(y, y_mean.as_deref(), weights, outputs);
        let kernel = super::shared::outer(&a, rows, cols)?;
        let mut coef = vec![0.0; outputs * cols];
        for (alphas, run) in runs(alphas) {
            let k = run.len();
            let targets: Vec<f64> =
                (0..rows * k).map(|i| b[i / k * outputs + run.start + i % k]).collect();
            let Some(shares) = solved(&kernel, rows, alphas, &targets, k) else {
                let (found, ..) = decompose::least_squares(&a, rows, cols, &targets, k, 1e-12)?;
                place(&found, k, run.start, cols, &mut coef);
                continue;
            };
            place(&products(&a, &shares, rows, cols, k)?, k, run.start, cols, &mut coef);
        }
        let zero = vec![0.0; cols.max(outputs)];
        let (x_mean, y_mean) =
            (x_mean.as_deref().unwrap_or(&zero), y_mean.as_deref().unwrap_or(&zero));
        let intercept =
            (0..outputs).map(|o| y_mean[o] - dot(&x_mean[..cols], &coef[o * cols..(o + 1) * cols]));
        let intercept = intercept.collect();
        Ok((coef, intercept))
    }
}

/// Neighbouring outputs of the same strength, which are solved together.
fn runs(alphas: &[f64]) -> Vec<(f64, Range<usize>)> {
    let mut out: Vec<(f64, Range<usize>)> = Vec::new();
    for (i, &alpha) in alphas.iter().enumerate() {
        match out.last_mut() {
            Some((last, run)) if *last == alpha => run.end = i + 1,
            _ => out.push((alpha, i..i + 1)),
        }
    }
    out
}

/// `(a + alpha) x = b`, if `a + alpha` is positive definite and not nearly singular.
fn solved(a: &[f64], n: usize, alpha: f64, b: &[f64], k: usize) -> Option<Vec<f64>> {
    let mut shifted = a.to_vec();
    (0..n).for_each(|j| shifted[j * n + j] += alpha);
    let x = decompose::solve_positive(&shifted, n, b, k)?;
    // What comes back differs from `b` where the matrix is singular to rounding.
    let scale = b.iter().fold(0.0f64, |m, b| m.max(b.abs()));
    let close = (0..n).all(|r| {
        (0..k).all(|c| {
            let back: f64 = (0..n).map(|j| shifted[r * n + j] * x[j * k + c]).sum();
            (back - b[r * k + c]).abs() <= 1e-8 * scale
        })
    });
    close.then_some(x)
}

/// Puts solutions, features by `k` outputs, among the coefficients, outputs by features.
fn place(found: &[f64], k: usize, first: usize, cols: usize, coef: &mut [f64]) {
    for (j, row) in found.chunks(k).enumerate() {
        row.iter().enumerate().for_each(|(o, v)| coef[(first + o) * cols + j] = *v);
    }
}

fn normal(xx: &[f64], xy: &[f64], alphas: &[f64], cols: usize) -> Result<Vec<f64>> {
    let outputs = alphas.len();
    let mut coef = vec![0.0; outputs * cols];
    for (alpha, run) in runs(alphas) {
        let k = run.len();
        let targets: Vec<f64> =
            (0..cols * k).map(|i| xy[i / k * outputs + run.start + i % k]).collect();
        let found = match solved(xx, cols, alpha, &targets, k) {
            Some(found) => found,
            None => {
                let mut shifted = xx.to_vec();
                (0..cols).for_each(|j| shifted[j * cols + j] += alpha);
                decompose::least_squares(&shifted, cols, cols, &targets, k, 1e-12)?.0
            }
        };
        place(&found, k, run.start, cols, &mut coef);
    }
    Ok(coef)
}

fn positive(xx: &[f64], xy: &[f64], alphas: &[f64], cols: usize) -> Result<Vec<f64>> {
    let outputs = alphas.len();
    let mut coef = Vec::with_capacity(outputs * cols);
    for (o, alpha) in alphas.iter().enumerate() {
        let mut shifted = xx.to_vec();
        (0..cols).for_each(|j| shifted[j * cols + j] += alpha);
        let goal: Vec<f64> = (0..cols).map(|j| xy[j * outputs + o]).collect();
        coef.extend(non_negative(&shifted, &goal)?);
    }
    Ok(coef)
}

/// The type of what is learned from features.
pub(super) fn dtype_of(x: &Features<'_>) -> seodang_core::DType {
    match x {
        Features::Dense(Dense::F32(_)) => seodang_core::DType::F32,
        _ => seodang_core::DType::F64,
    }
}
