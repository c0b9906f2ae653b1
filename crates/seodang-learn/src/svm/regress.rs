//! What `SVR`, `NuSVR` and `OneClassSVM` share: one machine, whose sums are values.

use super::classify::{integers, no_weight, not_finite, square, warn_of_status};
use super::machine::Machine;
use super::params::KernelParameters;
use super::rows::Rows;
use super::samples::Samples;
use super::smo::{Options, Problem, Solution, solve};
use crate::estimator::Model;
use crate::features::Features;
use crate::record::Value;
use crate::state::{State, broken, model};
use seodang_core::{Array, Result};

model! {
    /// What `SVR`, `NuSVR` and `OneClassSVM` learn.
    pub(crate) struct SumsModel {
        /// The numbers of the support vectors.
        pub support: Array,
        /// The support vectors.
        pub support_vectors: Option<Array>,
        /// The number of support vectors.
        pub n_support: Array,
        /// The coefficients of the support vectors.
        pub dual_coef: Array,
        /// What is added to the sum.
        pub intercept: Array,
        /// The weights of the features, for a linear kernel.
        pub coef: Option<Array>,
        /// The shape of the samples of `fit`.
        pub shape_fit: Vec<usize>,
        /// The steps.
        pub n_iter: usize,
        /// 0 if it converged, else 1.
        pub fit_status: usize,
        /// What is subtracted from the scores of samples (of one class).
        pub offset: Option<Array>,
        machine: Machine,
    }
}

/// What the sum of kernels is to be.
pub(super) enum Aim<'a> {
    /// Within `epsilon` of the values; beyond costs `c`.
    Epsilon { y: &'a [f64], c: f64, epsilon: f64 },
    /// Within a tube of the values that leaves out at most the share `nu`; beyond costs `c`.
    Nu { y: &'a [f64], c: f64, nu: f64 },
    /// Positive for all but the share `nu` of the samples.
    OneClass { nu: f64 },
}

/// Learns, and warns if the steps did not suffice.
pub(super) fn fit(
    kernel: &KernelParameters<'_>,
    aim: &Aim<'_>,
    options: Options,
    x: &Features<'_>,
    weights: Option<&[f64]>,
) -> Result<SumsModel> {
    square(kernel.kernel, x)?;
    let samples = Samples::new(x, kernel.kernel, None)?;
    let resolved = kernel.resolve(x);
    let counts = |&i: &usize| weights.is_none_or(|w| w[i] > 0.0);
    let ids: Vec<usize> = (0..x.rows()).filter(counts).collect();
    if ids.is_empty() {
        return Err(no_weight());
    }
    let weights: Vec<f64> = ids.iter().map(|&i| weights.map_or(1.0, |w| w[i])).collect();
    let n = ids.len();
    let rows = Rows::new(resolved, &samples, &ids);
    let labels: Vec<f64> = (0..2 * n).map(|v| if v < n { 1.0 } else { -1.0 }).collect();
    // Of the two variables of a sample, the first pulls the sum up, the second down.
    let linear = |y: &[f64], epsilon: f64| -> Vec<f64> {
        let y = |v: usize| y[ids[v % n]];
        (0..2 * n).map(|v| if v < n { epsilon - y(v) } else { epsilon + y(v) }).collect()
    };
    let bounds = |c: f64| (0..2 * n).map(|v| c * weights[v % n]).collect::<Vec<f64>>();
    let problem = match *aim {
        Aim::Epsilon { y, c, epsilon } => Problem {
            rows,
            labels,
            linear: linear(y, epsilon),
            bounds: bounds(c),
            alpha: vec![0.0; 2 * n],
            nu: false,
        },
        Aim::Nu { y, c, nu } => {
            let bounds = bounds(c);
            let half = filled(&bounds[..n], nu * bounds[..n].iter().sum::<f64>() / 2.0);
            let (alpha, linear) = ([&half[..], &half[..]].concat(), linear(y, 0.0));
            Problem { rows, labels, linear, bounds, alpha, nu: true }
        }
        Aim::OneClass { nu } => Problem {
            rows,
            labels: vec![1.0; n],
            linear: vec![0.0; n],
            alpha: filled(&weights, nu * weights.iter().sum::<f64>()),
            bounds: weights,
            nu: false,
        },
    };
    let one_class = matches!(aim, Aim::OneClass { .. });
    let Solution { alpha, rho, iterations, converged, .. } = solve(problem, options)?;
    let coef = |k: usize| if one_class { alpha[k] } else { alpha[k] - alpha[n + k] };
    let (mut support, mut dual) = (Vec::new(), Vec::new());
    for (k, &id) in ids.iter().enumerate() {
        if coef(k) != 0.0 {
            support.push(id);
            dual.push(coef(k));
        }
    }
    if !rho.is_finite() || !dual.iter().all(|c| c.is_finite()) {
        return Err(not_finite());
    }
    let (machine, support_vectors) = Machine::new(kernel.kernel, resolved, x, &support)?;
    let coef = machine.linear_weights(support_vectors.as_ref(), 1, |_, v| dual[v])?;
    let status = usize::from(!converged);
    warn_of_status(status, options.max_iter);
    Ok(SumsModel {
        n_support: integers(&[support.len()])?,
        support: integers(&support)?,
        support_vectors,
        dual_coef: Array::from_vec([1, dual.len()], dual)?,
        intercept: Array::from_vec([1], vec![-rho])?,
        coef,
        shape_fit: vec![x.rows(), x.cols()],
        n_iter: iterations,
        fit_status: status,
        offset: one_class.then(|| Array::from_vec([1], vec![rho])).transpose()?,
        machine,
    })
}

/// `sum`, from the first on, as much to each as its bound allows.
fn filled(bounds: &[f64], mut sum: f64) -> Vec<f64> {
    let fill = |&bound: &f64| {
        let a = bound.min(sum);
        sum -= a;
        a
    };
    bounds.iter().map(fill).collect()
}

impl SumsModel {
    /// The model of a file.
    ///
    /// # Errors
    /// `Format`, if its parts do not fit each other.
    pub(super) fn checked(state: &mut State) -> Result<SumsModel> {
        let model = SumsModel::restore(state, "")?;
        let n = model.support.size();
        let alone = model.offset.as_ref().is_none_or(|o| o.size() == 1);
        if model.dual_coef.size() != n
            || model.intercept.size() != 1
            || model.shape_fit.len() != 2
            || !alone
        {
            return Err(broken("support"));
        }
        model.machine.check(model.support_vectors.as_ref(), n, model.shape_fit[0])?;
        Ok(model)
    }

    /// Sums of kernels with the support vectors.
    fn sums(&self, x: &Features<'_>) -> Result<Vec<f64>> {
        let dual = self.dual_coef.to_f64_vec();
        self.machine.sums(self.support_vectors.as_ref(), x, &dual, 1, &[dual.len()])
    }
}

impl Model for SumsModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let constant = self.intercept.to_f64_vec()[0];
        let values = self.sums(x)?.into_iter().map(|s| s + constant);
        match self.offset {
            Some(_) => {
                let side = values.map(|v| if v > 0.0 { 1i64 } else { -1 }).collect();
                Array::from_vec([x.rows()], side)
            }
            None => Array::from_vec([x.rows()], values.collect()),
        }
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let constant = self.intercept.to_f64_vec()[0];
        Array::from_vec([x.rows()], self.sums(x)?.into_iter().map(|s| s + constant).collect())
    }

    fn call(&self, name: &str, _: Option<&Features<'_>>, _: &[Value]) -> Result<Value> {
        self.machine.call(name)
    }
}
