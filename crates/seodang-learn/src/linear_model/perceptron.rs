//! `Perceptron`.

use super::sgd::{Loss, Rate, Sgd, SgdPenalty};
use super::sgd_shared::SgdModel;
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::record::{ClassWeight, Seed, Verbosity, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// The perceptron: a linear classifier that moves only where it errs. Source: Rosenblatt 1958.
    Perceptron in "linear_model" {
        /// What keeps coefficients small.
        penalty: Option<SgdPenalty> = None;
        /// The strength of the penalty.
        alpha: f64 = 1e-4, Range::from(0.0);
        /// The share of absolute values in the penalty "elasticnet".
        l1_ratio: f64 = 0.15, Range::within(0.0, 1.0);
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
        /// The length of steps.
        eta0: f64 = 1.0, Range::above(0.0);
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
        /// Where the orders come from.
        random_state: Seed = Seed(Some(0));
        /// Whether samples are held back, whose score ends the descent.
        early_stopping: bool = false;
        /// The share of those.
        validation_fraction: f64 = 0.1, Range::new(0.0, 1.0, false, false);
        /// For how many epochs nothing may get better.
        n_iter_no_change: usize = 5, Range::from(1.0);
        /// How much each class counts.
        class_weight: Option<ClassWeight> = None;
        /// Whether the descent begins where that of the last `fit` ended.
        warm_start: bool = false;
    }
}

impl Perceptron {
    fn sgd(&self) -> Sgd {
        Sgd {
            loss: Loss::Perceptron,
            penalty: self.penalty,
            alpha: self.alpha,
            l1_ratio: self.l1_ratio,
            fit_intercept: self.fit_intercept,
            max_iter: self.max_iter,
            tol: self.tol,
            shuffle: self.shuffle,
            epsilon: 0.1,
            rate: Rate::Constant,
            eta0: self.eta0,
            power_t: 0.5,
            early_stopping: self.early_stopping,
            validation_fraction: self.validation_fraction,
            n_iter_no_change: self.n_iter_no_change,
            average: 0,
            classes: true,
        }
    }
}

impl Estimator for Perceptron {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, finds_nan: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["decision_function", "partial_fit", "coef_init", "sparsify"]
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
        let weight = self.class_weight.as_ref();
        self.sgd().classify(start, x, y, weights, weight, self.random_state.get())
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        SgdModel::restored(state)
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
