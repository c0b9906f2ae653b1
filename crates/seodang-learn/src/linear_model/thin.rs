//! Sparse features one after the other, centred without being made dense: what coordinate descent looks at.
//!
//! A centred column is the column less its mean at every sample, and so is every change of the residual. The
//! part that is alike at all samples (but for the roots of their weights) is kept as one number.

use super::shared::{centred, column_means};
use crate::features::Csr;
use seodang_kernels::rows;
use seodang_kernels::sparse::{axpy, dot};

/// Sparse columns, in which samples count by the roots of their weights.
pub(super) struct Thin {
    /// A row for each feature.
    columns: Csr<'static>,
    /// The roots of the weights; all 1, if there are none.
    roots: Option<Vec<f64>>,
    /// The sum of the weights.
    total: f64,
    /// The squares of the centred features.
    pub(super) squares: Vec<f64>,
    pub(super) x_mean: Vec<f64>,
    pub(super) y_mean: Vec<f64>,
    /// Centred targets, one after the other.
    y: Vec<f64>,
}

/// What is left of a target: numbers, and one that is added to all of them.
pub(super) struct Rest<'a> {
    thin: &'a Thin,
    y: &'a [f64],
    numbers: Vec<f64>,
    constant: f64,
}

impl Thin {
    pub(super) fn new(
        s: &Csr<'_>,
        y: &[f64],
        outputs: usize,
        weights: Option<&[f64]>,
        intercept: bool,
    ) -> Thin {
        let rows = s.rows();
        let total = weights.map_or(rows as f64, |w| w.iter().sum());
        let roots: Option<Vec<f64>> = weights.map(|w| w.iter().map(|w| w.sqrt()).collect());
        let mut columns = s.transposed();
        let mut x_mean = vec![0.0; s.cols];
        if intercept {
            for (j, mean) in x_mean.iter_mut().enumerate() {
                let (samples, values) = columns.row(j);
                *mean = match weights {
                    Some(w) => dot(samples, values, w),
                    None => values.iter().sum(),
                } / total;
            }
        }
        if let Some(roots) = &roots {
            let entries = columns.data.to_mut().iter_mut().zip(columns.indices.iter());
            entries.for_each(|(v, &i)| *v *= roots[i as usize]);
        }
        let square = |j: usize| {
            let values = columns.row(j).1;
            (rows::dot(values, values) - total * x_mean[j] * x_mean[j]).max(0.0)
        };
        let squares = (0..s.cols).map(square).collect();
        let y_mean = if intercept { column_means(y, outputs, weights) } else { vec![0.0; outputs] };
        let y = centred(y, Some(&y_mean), weights, outputs);
        let y = (0..outputs * rows).map(|i| y[i % rows * outputs + i / rows]).collect();
        Thin { columns, roots, total, squares, x_mean, y_mean, y }
    }

    fn samples(&self) -> usize {
        self.columns.cols
    }

    /// What coefficients `w` leave of a target.
    pub(super) fn rest(&self, output: usize, w: &[f64]) -> Rest<'_> {
        let n = self.samples();
        let y = &self.y[output * n..(output + 1) * n];
        let mut rest = Rest { thin: self, y, numbers: y.to_vec(), constant: 0.0 };
        for (j, &w) in w.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            rest.change(j, w);
        }
        rest
    }

    /// The least penalty of absolute values of which all coefficients are 0, over all targets.
    pub(super) fn greatest_penalty(&self, outputs: usize) -> f64 {
        let whole: Vec<Rest<'_>> = (0..outputs).map(|o| self.rest(o, &[])).collect();
        let one = |j: usize| whole.iter().map(|r| r.slope(j).powi(2)).sum::<f64>().sqrt();
        (0..self.squares.len()).map(one).fold(0.0, f64::max)
    }
}

impl Rest<'_> {
    /// The product with a feature. What is left has no part along the intercept, so that the mean of the
    /// feature brings nothing.
    pub(super) fn slope(&self, j: usize) -> f64 {
        let (samples, values) = self.thin.columns.row(j);
        let constant = self.constant * self.thin.x_mean[j] * self.thin.total;
        dot(samples, values, &self.numbers) + constant
    }

    /// Takes away a multiple of a feature.
    pub(super) fn change(&mut self, j: usize, by: f64) {
        let (samples, values) = self.thin.columns.row(j);
        axpy(-by, samples, values, &mut self.numbers);
        self.constant += by * self.thin.x_mean[j];
    }

    /// All slopes, the square of what is left, and its product with the target.
    pub(super) fn gaps(&self) -> (Vec<f64>, f64, f64) {
        let slopes = (0..self.thin.squares.len()).map(|j| self.slope(j)).collect();
        let mut rest = self.numbers.clone();
        match &self.thin.roots {
            Some(roots) => rows::axpy(self.constant, roots, &mut rest),
            None => rest.iter_mut().for_each(|r| *r += self.constant),
        }
        (slopes, rows::dot(&rest, &rest), rows::dot(&rest, self.y))
    }

    pub(super) fn target(&self) -> f64 {
        rows::dot(self.y, self.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Features;
    use crate::linear_model::descent::{Problem, Settings, Strength};

    #[test]
    fn sparse_descents_end_where_dense_ones_do() {
        // Every eleventh number is there.
        let (n, cols) = (60, 80);
        let (mut starts, mut places, mut values) = (vec![0], Vec::new(), Vec::new());
        for i in 0..n {
            for c in (0..cols).filter(|c| (i * 7 + c * 5) % 11 == 0) {
                places.push(c as u32);
                values.push(((i * 31 + c * 17) % 13) as f64 / 4.0 + 0.5);
            }
            starts.push(places.len());
        }
        let thin = Csr::new(starts, places, values, cols).unwrap();
        let dense = Features::from(thin.to_dense());
        let thin = Features::from(thin);
        let y: Vec<f64> = (0..n).map(|i| ((i * 29) % 17) as f64).collect();
        let weights: Vec<f64> = (0..n).map(|i| (i % 3 + 1) as f64).collect();
        let settings = Settings { positive: false, tol: 1e-12, max_iter: 5000, random: None };
        for (weights, intercept) in [(None, true), (Some(&weights[..]), true), (None, false)] {
            let strength = Strength { l1: 8.0, l2: 3.0 };
            let mut found = Vec::new();
            for x in [&thin, &dense] {
                let problem = Problem::new(x, &y, 1, weights, intercept).unwrap();
                let mut w = vec![0.0; cols];
                assert!(problem.descend(&mut w, 0, strength, settings).converged());
                w.push(problem.intercept(&w, 0));
                w.push(problem.greatest_penalty(1));
                found.push(w);
            }
            assert!(matches!(Problem::new(&thin, &y, 1, weights, intercept), Ok(Problem::Thin(_))));
            assert!(found[0].iter().any(|w| *w != 0.0));
            for (a, b) in found[0].iter().zip(&found[1]) {
                assert!((a - b).abs() < 1e-5, "{a} {b}");
            }
        }
    }
}
