//! `SGDRegressor`.

use super::sgd::{Average, Loss, Rate, RegressionLoss, Sgd, SgdPenalty};
use super::sgd_shared::SgdModel;
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::record::{Seed, Verbosity, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// Linear regression by stochastic gradient descent. Source: Bottou 2012.
    SGDRegressor in "linear_model" {
        /// What is to be small for each sample.
        loss: RegressionLoss = RegressionLoss::SquaredError;
        /// What keeps coefficients small.
        penalty: Option<SgdPenalty> = Some(SgdPenalty::L2);
        /// The strength of the penalty.
        alpha: f64 = 1e-4, Range::from(0.0);
        /// The share of absolute values in the penalty "elasticnet".
        l1_ratio: Option<f64> = Some(0.15), Range::within(0.0, 1.0);
        /// Whether there is an intercept.
        fit_intercept: bool = true;
        /// The most epochs.
        max_iter: usize = 1000, Range::from(1.0);
        /// The descent ends when the mean loss, or the score with early stopping, is not better by this
        /// much for some epochs; None never ends it.
        tol: Option<f64> = Some(1e-3), Range::from(0.0);
        /// Whether each epoch has an order of its own.
        shuffle: bool = true;
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbosity = Verbosity(0);
        /// Errors below this are small, for the losses that tell.
        epsilon: f64 = 0.1, Range::from(0.0);
        /// Where the orders come from.
        random_state: Seed = Seed(None);
        /// How long steps are.
        learning_rate: Rate = Rate::InvScaling;
        /// The length of the first step, or the greatest of passive-aggressive ones.
        eta0: f64 = 0.01, Range::above(0.0);
        /// How quickly steps become shorter, for "invscaling".
        power_t: f64 = 0.25, Range::ALL;
        /// Whether samples are held back, whose score ends the descent.
        early_stopping: bool = false;
        /// The share of those.
        validation_fraction: f64 = 0.1, Range::new(0.0, 1.0, false, false);
        /// For how many epochs nothing may get better.
        n_iter_no_change: usize = 5, Range::from(1.0);
        /// Whether the descent begins where that of the last `fit` ended.
        warm_start: bool = false;
        /// Whether, or from which step on, coefficients are averaged.
        average: Average = Average::NO;
    }
}

impl SGDRegressor {
    fn sgd(&self) -> Sgd {
        Sgd {
            loss: Loss::of(self.loss),
            penalty: self.penalty,
            alpha: self.alpha,
            l1_ratio: self.l1_ratio.unwrap_or(0.15),
            fit_intercept: self.fit_intercept,
            max_iter: self.max_iter,
            tol: self.tol,
            shuffle: self.shuffle,
            epsilon: self.epsilon,
            rate: self.learning_rate,
            eta0: self.eta0,
            power_t: self.power_t,
            early_stopping: self.early_stopping,
            validation_fraction: self.validation_fraction,
            n_iter_no_change: self.n_iter_no_change,
            average: self.average.0,
            classes: false,
        }
    }
}

impl Estimator for SGDRegressor {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, finds_nan: true, ..Tags::new(Task::Regressor) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["partial_fit", "coef_init", "sparsify"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        self.learn_from(&Start::default(), x, y, weights)
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        self.sgd().regress(start, x, y, weights, self.random_state.get())
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        SgdModel::restored(state)
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
