//! `LinearRegression`.

use super::shared::{centred, column_means, decision, products};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::estimator;
use crate::state::{State, model};
use crate::target::Y;
use seodang_core::{Array, Result};
use seodang_kernels::decompose;

estimator! {
    /// Ordinary least squares: the linear function of the features with the least sum of squared
    /// residuals. Source: Hastie, Tibshirani and Friedman 2009, section 3.2.
    LinearRegression in "linear_model" {
        /// Whether there is an intercept; without it, the data are expected to be centred.
        fit_intercept: bool = true;
        /// Accepted for compatibility: X is never changed.
        copy_X: bool = true;
        /// Singular values below this share of the greatest one count as 0.
        tol: f64 = 1e-6, Range::from(0.0);
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
        /// Whether the coefficients must not be negative (Lawson and Hanson 1974, chapter 23).
        positive: bool = false;
    }
}

model! {
    /// What `LinearRegression` learns.
    pub(crate) struct LinearRegressionModel {
        /// The coefficients: features, or outputs by features for a `y` of two dimensions.
        pub coef: Array,
        /// What is added: a number, or one for each output.
        pub intercept: Array,
        /// The rank of the centred features.
        pub rank: Option<usize>,
        /// The singular values of the centred features.
        pub singular: Option<Vec<f64>>,
        flat: bool,
    }
}

impl Estimator for LinearRegression {
    fn tags(&self) -> Tags {
        Tags { multioutput: true, weights: true, sparse: true, ..Tags::new(Task::Regressor) }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let y = y.values()?;
        let dense = x.dense();
        let x = dense.f64();
        let (rows, cols, outputs) = (x.rows, x.cols, y.outputs);
        let x_means = self.fit_intercept.then(|| column_means(&x.data, cols, weights));
        let y_means = self.fit_intercept.then(|| column_means(&y.data, outputs, weights));
        let a = centred(&x.data, x_means.as_deref(), weights, cols);
        let b = centred(&y.data, y_means.as_deref(), weights, outputs);
        // Features by outputs.
        let (solution, rank, singular) = if self.positive {
            (non_negative(&a, rows, cols, &b, outputs)?, None, None)
        } else {
            let (x, rank, s) = least_squares(&a, rows, cols, &b, outputs, self.tol)?;
            (x, Some(rank), Some(s))
        };
        let coef: Vec<f64> =
            (0..outputs * cols).map(|i| solution[i % cols * outputs + i / cols]).collect();
        let intercept: Vec<f64> = (0..outputs)
            .map(|o| match (&x_means, &y_means) {
                (Some(x), Some(y)) => {
                    y[o] - x.iter().zip(&coef[o * cols..]).map(|(x, c)| x * c).sum::<f64>()
                }
                _ => 0.0,
            })
            .collect();
        let dtype = dense.dtype();
        let (coef, intercept) = if y.flat {
            (Array::from_vec([cols], coef)?, Array::scalar(intercept[0]))
        } else {
            (Array::from_vec([outputs, cols], coef)?, Array::from_vec([outputs], intercept)?)
        };
        Ok(Box::new(LinearRegressionModel {
            coef: coef.convert(dtype),
            intercept: intercept.convert(dtype),
            rank,
            singular,
            flat: y.flat,
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(LinearRegressionModel::restore(state, "")?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

/// The solution, features by outputs, with the rank and the singular values of `a`.
///
/// The normal equations are solved where the singular values say that they lose no more digits than
/// the data have to spare; else the decomposition of `a` itself.
fn least_squares(
    a: &[f64],
    rows: usize,
    cols: usize,
    b: &[f64],
    outputs: usize,
    tol: f64,
) -> Result<(Vec<f64>, usize, Vec<f64>)> {
    if rows >= 2 * cols {
        let gram = products(a, a, rows, cols, cols)?;
        let (squares, _) = decompose::eigh(&gram, cols)?;
        let singular: Vec<f64> = squares.iter().rev().map(|s| s.max(0.0).sqrt()).collect();
        let (most, least) = (singular[0], singular[cols - 1]);
        if least > tol.max(1e-4) * most
            && let Some(mut x) = decompose::solve_positive(
                &gram,
                cols,
                &products(a, b, rows, cols, outputs)?,
                outputs,
            )
        {
            // One step of refinement on the residual of the data gives back the digits that the
            // squares lost.
            let mut residual = b.to_vec();
            for (r, out) in residual.chunks_exact_mut(outputs).enumerate() {
                for (o, value) in out.iter_mut().enumerate() {
                    let row = &a[r * cols..(r + 1) * cols];
                    *value -=
                        row.iter().enumerate().map(|(j, a)| a * x[j * outputs + o]).sum::<f64>();
                }
            }
            let rest = products(a, &residual, rows, cols, outputs)?;
            if let Some(step) = decompose::solve_positive(&gram, cols, &rest, outputs) {
                x.iter_mut().zip(&step).for_each(|(x, s)| *x += s);
            }
            return Ok((x, cols, singular));
        }
    }
    decompose::least_squares(a, rows, cols, b, outputs, tol)
}

/// Least squares with coefficients that are not negative, by active sets.
fn non_negative(
    a: &[f64],
    rows: usize,
    cols: usize,
    b: &[f64],
    outputs: usize,
) -> Result<Vec<f64>> {
    let gram = products(a, a, rows, cols, cols)?;
    let target = products(a, b, rows, cols, outputs)?;
    let mut out = vec![0.0; cols * outputs];
    for o in 0..outputs {
        let goal: Vec<f64> = (0..cols).map(|j| target[j * outputs + o]).collect();
        let mut x = vec![0.0; cols];
        let mut free = vec![false; cols];
        let scale = goal.iter().fold(0.0f64, |m, g| m.max(g.abs())).max(f64::MIN_POSITIVE);
        for _ in 0..3 * cols + 10 {
            let gradient = |j: usize, x: &[f64]| {
                goal[j] - (0..cols).map(|k| gram[j * cols + k] * x[k]).sum::<f64>()
            };
            let next = (0..cols)
                .filter(|&j| !free[j])
                .map(|j| (j, gradient(j, &x)))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            let Some((j, g)) = next else { break };
            if g <= 1e-12 * scale {
                break;
            }
            free[j] = true;
            loop {
                let set: Vec<usize> = (0..cols).filter(|&j| free[j]).collect();
                let n = set.len();
                let sub: Vec<f64> =
                    (0..n * n).map(|i| gram[set[i / n] * cols + set[i % n]]).collect();
                let rhs: Vec<f64> = set.iter().map(|&j| goal[j]).collect();
                let (z, ..) = decompose::least_squares(&sub, n, n, &rhs, 1, 1e-14)?;
                if z.iter().all(|&z| z > 0.0) {
                    set.iter().zip(&z).for_each(|(&j, &z)| x[j] = z);
                    break;
                }
                // As far towards z as all stay at 0 or above.
                let step = (set.iter().zip(&z))
                    .filter(|(_, z)| **z <= 0.0)
                    .map(|(&j, z)| x[j] / (x[j] - z))
                    .fold(1.0f64, f64::min);
                for (&j, &z) in set.iter().zip(&z) {
                    x[j] += step * (z - x[j]);
                    if x[j] <= 1e-15 {
                        x[j] = 0.0;
                        free[j] = false;
                    }
                }
                if !free.iter().any(|&f| f) {
                    break;
                }
            }
        }
        (0..cols).for_each(|j| out[j * outputs + o] = x[j]);
    }
    Ok(out)
}

impl Model for LinearRegressionModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let y = decision(x, &self.coef.to_f64_vec(), &self.intercept.to_f64_vec())?;
        if self.flat { y.reshape([x.rows()]) } else { Ok(y) }
    }
}
