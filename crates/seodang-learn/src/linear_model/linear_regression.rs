//! `LinearRegression`.

use super::conjugate::{self, Enough};
use super::moments::{Moments, moments};
use super::pass::{Shape, pass};
use super::ridge_shared::dtype_of;
use super::shared::{Linear, centred, column_means, linear, non_negative, predict};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::estimator;
use crate::state::{State, model};
use crate::target::{Values, Y};
use seodang_core::{Array, DType, Result};
use seodang_kernels::decompose;
use std::ops::Range;

/// The most features whose normal equations are tried.
const NORMAL: usize = 2048;

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
        Tags {
            multioutput: true,
            weights: true,
            sparse: true,
            finds_nan: true,
            ..Tags::new(Task::Regressor)
        }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let y = y.values()?;
        let (rows, cols) = (x.rows(), x.cols());
        let found = if self.positive {
            self.non_negative(x, y, weights)?
        } else if conjugate::is_thin(x, cols.min(rows))
            || conjugate::is_hollow(x) && rows < 2 * cols
        {
            x.check_finite(false, "a linear model")?;
            Some(self.iterated(x, y, weights))
        } else if rows >= 2 * cols && cols <= NORMAL {
            self.normal(x, y, weights)?
        } else {
            None
        };
        let Found { coef, intercept, rank, singular } = match found {
            Some(found) => found,
            None => self.decomposed(x, y, weights)?,
        };
        let intercept = self.fit_intercept.then_some(intercept);
        let flat = (y.flat, y.flat);
        let Linear { coef, intercept } = linear(coef, intercept, cols, flat, dtype_of(x))?;
        Ok(Box::new(LinearRegressionModel { coef, intercept, rank, singular, flat: y.flat }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(LinearRegressionModel::restore(state, "")?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

/// A solution: coefficients, outputs by features, and intercepts.
struct Found {
    coef: Vec<f64>,
    intercept: Vec<f64>,
    rank: Option<usize>,
    singular: Option<Vec<f64>>,
}

impl LinearRegression {
    fn non_negative(
        &self,
        x: &Features<'_>,
        y: &Values,
        weights: Option<&[f64]>,
    ) -> Result<Option<Found>> {
        let m = moments(x, &y.data, y.outputs, weights, self.fit_intercept)?;
        let mut coef = Vec::new();
        for o in 0..y.outputs {
            let goal: Vec<f64> = (0..m.cols).map(|j| m.xy[j * y.outputs + o]).collect();
            coef.extend(non_negative(&m.xx, &goal)?);
        }
        let intercept = m.intercepts(&coef);
        Ok(Some(Found { coef, intercept, rank: None, singular: None }))
    }

    /// By iterations over sparse samples, which stay sparse.
    fn iterated(&self, x: &Features<'_>, y: &Values, weights: Option<&[f64]>) -> Found {
        let enough = Enough::LeastSquares(self.tol);
        let end = conjugate::End { enough, most: 2 * x.cols().max(x.rows()) };
        let alphas = vec![0.0; y.outputs];
        let found = conjugate::solve(x, &y.data, weights, self.fit_intercept, &alphas, end);
        Found { coef: found.coef, intercept: found.intercept, rank: None, singular: None }
    }

    /// By the normal equations, where the singular values say that these lose no more digits than the
    /// data have to spare: a step of refinement on the data gives those back.
    fn normal(
        &self,
        x: &Features<'_>,
        y: &Values,
        weights: Option<&[f64]>,
    ) -> Result<Option<Found>> {
        let outputs = y.outputs;
        let m = moments(x, &y.data, outputs, weights, self.fit_intercept)?;
        let cols = m.cols;
        let squares = decompose::eigenvalues(&m.xx, cols)?;
        let singular: Vec<f64> = squares.iter().rev().map(|s| s.max(0.0).sqrt()).collect();
        let (spare, even) = if dtype_of(x) == DType::F32 { (1e-2, 0.5) } else { (1e-4, 0.1) };
        if singular[cols - 1] <= self.tol.max(spare) * singular[0] {
            return Ok(None);
        }
        let Some(found) = decompose::solve_positive(&m.xx, cols, &m.xy, outputs) else {
            return Ok(None);
        };
        // What refinement could give back of even ones is as little as any decomposition would lose.
        let step = if singular[cols - 1] > even * singular[0] {
            vec![0.0; found.len()]
        } else {
            self.refinement(x, y, weights, &m, &found)
        };
        let coef: Vec<f64> = (0..outputs * cols)
            .map(|i| {
                let at = i % cols * outputs + i / cols;
                found[at] + step[at]
            })
            .collect();
        let intercept = m.intercepts(&coef);
        Ok(Some(Found { coef, intercept, rank: Some(cols), singular: Some(singular) }))
    }

    /// What a solution of the normal equations, features by outputs, lacks: by the residuals of the data.
    fn refinement(
        &self,
        x: &Features<'_>,
        y: &Values,
        weights: Option<&[f64]>,
        m: &Moments,
        found: &[f64],
    ) -> Vec<f64> {
        let (cols, outputs) = (m.cols, m.outputs);
        let shape = Shape { cols, outputs, intercept: true };
        let mut w = vec![0.0; shape.len()];
        for (o, w) in w.chunks_mut(cols + 1).enumerate() {
            (0..cols).for_each(|j| w[j] = found[j * outputs + o]);
            if self.fit_intercept {
                w[cols] = m.intercept(&w[..cols], o);
            }
        }
        let y: &[f64] = &y.data;
        let residuals = |range: Range<usize>, said: &mut [f64]| {
            for (said, i) in said.chunks_mut(outputs).zip(range) {
                let weight = weights.map_or(1.0, |w| w[i]);
                let row = &y[i * outputs..(i + 1) * outputs];
                said.iter_mut().zip(row).for_each(|(s, y)| *s = weight * (y - *s));
            }
            0.0
        };
        let (_, rest) = pass(x, &w, shape, &residuals);
        let mut goal = vec![0.0; cols * outputs];
        for (o, rest) in rest.chunks(cols + 1).enumerate() {
            (0..cols).for_each(|j| goal[j * outputs + o] = rest[j] - m.x_mean[j] * rest[cols]);
        }
        let step = decompose::solve_positive(&m.xx, cols, &goal, outputs);
        step.unwrap_or_else(|| vec![0.0; goal.len()])
    }

    /// By the singular values of the centred data themselves.
    fn decomposed(&self, x: &Features<'_>, y: &Values, weights: Option<&[f64]>) -> Result<Found> {
        x.check_finite(false, "a linear model")?;
        let dense = x.dense();
        let x = dense.f64();
        let (rows, cols, outputs) = (x.rows, x.cols, y.outputs);
        let x_means = self.fit_intercept.then(|| column_means(&x.data, cols, weights));
        let y_means = self.fit_intercept.then(|| column_means(&y.data, outputs, weights));
        let a = centred(&x.data, x_means.as_deref(), weights, cols);
        let b = centred(&y.data, y_means.as_deref(), weights, outputs);
        let (solution, rank, singular) =
            decompose::least_squares(&a, rows, cols, &b, outputs, self.tol)?;
        let coef: Vec<f64> =
            (0..outputs * cols).map(|i| solution[i % cols * outputs + i / cols]).collect();
        let intercept = (0..outputs)
            .map(|o| match (&x_means, &y_means) {
                (Some(x), Some(y)) => {
                    y[o] - x.iter().zip(&coef[o * cols..]).map(|(x, c)| x * c).sum::<f64>()
                }
                _ => 0.0,
            })
            .collect();
        Ok(Found { coef, intercept, rank: Some(rank), singular: Some(singular) })
    }
}

impl Model for LinearRegressionModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        predict(x, &self.coef, &self.intercept, self.flat)
    }
}
