//! `LinearSVR`.

use super::data::Data;
use super::descent::{Descent, tube};
use super::linear_svc::{Auto, Dual};
use super::{bias, newton, split, squared, unsupported, warn_of};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::linear_model::{decision_as, numbers};
use crate::record::{Either, Seed, estimator, one_of};
use crate::state::{State, broken, model};
use crate::svm::params::Verbose;
use crate::target::Y;
use seodang_core::{Array, DType, Result};

one_of! {
    /// What an error beyond `epsilon` costs.
    SvrLoss {
        /// Itself.
        EpsilonInsensitive = "epsilon_insensitive",
        /// Its square.
        SquaredEpsilonInsensitive = "squared_epsilon_insensitive",
    }
}

estimator! {
    /// Linear support vector regression: errors below `epsilon` cost nothing. The squared loss is solved
    /// by Newton's method, whichever of the two problems `dual` names. Source: Ho and Lin 2012.
    LinearSVR in "svm" {
        /// How far off a value may be without cost.
        epsilon: f64 = 0.0;
        /// How near to the optimum the solver ends.
        tol: f64 = 1e-4, Range::above(0.0);
        /// What an error costs.
        C: f64 = 1.0, Range::above(0.0);
        /// What an error beyond `epsilon` costs.
        loss: SvrLoss = SvrLoss::EpsilonInsensitive;
        /// Whether there is an intercept.
        fit_intercept: bool = true;
        /// The constant feature that stands for the intercept; the greater it is, the less the intercept
        /// is kept small.
        intercept_scaling: f64 = 1.0, Range::above(0.0);
        /// Whether the dual is solved; 'auto' is what the loss allows.
        dual: Dual = Either::B(Auto::Auto);
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbose = Either::B(0);
        /// Where the random order of samples comes from.
        random_state: Seed = Seed(None);
        /// The most rounds.
        max_iter: usize = 1000, Range::from(0.0);
    }
}

model! {
    /// What `LinearSVR` learns.
    pub(crate) struct LinearSvrModel {
        /// The weights of the features.
        pub coef: Array,
        /// The intercept.
        pub intercept: Array,
        /// The rounds.
        pub n_iter: usize,
    }
}

impl Estimator for LinearSVR {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, ..Tags::new(Task::Regressor) }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let y = y.single()?;
        if let (SvrLoss::EpsilonInsensitive, Either::A(false)) = (self.loss, &self.dual) {
            let loss = self.loss.name();
            let why = format!(
                "The combination of penalty='l2' and loss='{loss}' are not supported when dual=False"
            );
            return Err(unsupported(&why, "l2", loss, "False"));
        }
        let bias = bias(self.fit_intercept, self.intercept_scaling)?;
        let data = Data::new(x, bias);
        let costs: Vec<f64> =
            (0..y.len()).map(|i| self.C * weights.map_or(1.0, |w| w[i])).collect();
        let found = match self.loss {
            SvrLoss::EpsilonInsensitive => {
                let (tol, max_iter) = (self.tol, self.max_iter);
                let descent = Descent { tol, max_iter, seed: self.random_state.get(), stream: 0 };
                tube(&data, y, &costs, self.epsilon, descent)
            }
            SvrLoss::SquaredEpsilonInsensitive => {
                let loss = |i: usize, z: f64| {
                    let error = z - y[i];
                    squared(costs[i], error.abs() - self.epsilon, error.signum())
                };
                newton::minimize(&data, &loss, self.tol, self.max_iter)?
            }
        };
        warn_of(found.converged);
        let (coef, intercept) = split(&found.weights, 1, bias)?;
        let coef = Array::from_vec([x.cols()], coef)?;
        Ok(Box::new(LinearSvrModel { coef, intercept, n_iter: found.iterations }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = LinearSvrModel::restore(state, "")?;
        if model.intercept.size() != 1 || model.coef.shape().rank() != 1 {
            return Err(broken("coef"));
        }
        Ok(Box::new(model))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl Model for LinearSvrModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        decision_as(x, DType::F64, &numbers(&self.coef), &numbers(&self.intercept))?
            .reshape([x.rows()])
    }
}
