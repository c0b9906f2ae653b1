//! `RidgeClassifier`.

use super::classify::consistent;
use super::ridge_shared::{self, RidgeSolver, dtype_of};
use super::shared::{Linear, decided, decision, linear};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{ClassWeight, Either, Seed, estimator};
use crate::state::{State, model};
use crate::target::{Codes, Y};
use seodang_core::{Array, Result};

estimator! {
    /// Classifies by ridge regression on 1 for a sample's class and -1 for the others. Source: Hastie,
    /// Tibshirani and Friedman 2009, sections 3.4 and 4.2.
    RidgeClassifier in "linear_model" {
        /// The strength of the penalty, or one for each class.
        alpha: Either<f64, Array> = Either::A(1.0), Range::from(0.0);
        /// Whether there is an intercept; without it, the data are expected to be centred.
        fit_intercept: bool = true;
        /// Accepted for compatibility: X is never changed.
        copy_X: bool = true;
        /// The most iterations where the solution is iterative; None is what suits.
        max_iter: Option<usize> = None, Range::from(1.0);
        /// How exact an iterative solution is.
        tol: f64 = 1e-4, Range::from(0.0);
        /// How much each class counts.
        class_weight: Option<ClassWeight> = None;
        /// How the system is solved: the solution is the same. It is direct unless samples and features
        /// are both too many.
        solver: RidgeSolver = RidgeSolver::Auto;
        /// Whether the coefficients must not be negative.
        positive: bool = false;
        /// Accepted for compatibility: no solver is random.
        random_state: Seed = Seed(None);
    }
}

model! {
    /// What `RidgeClassifier` learns.
    pub(crate) struct RidgeClassifierModel {
        /// The coefficients: features for two classes, else one row for each.
        pub coef: Array,
        /// The intercepts.
        pub intercept: Array,
        /// The iterations for each output: 1 where the solution is direct.
        pub n_iter: Array,
        /// The solver.
        pub solver: String,
        classes: usize,
    }
}

/// 1 for each sample's class and -1 for the others: one column for two classes.
pub(super) fn signs(codes: &Codes) -> (Vec<f64>, usize) {
    let outputs = if codes.n <= 2 { 1 } else { codes.n };
    let sign = |hit: bool| if hit { 1.0 } else { -1.0 };
    let row = |&c: &u32| {
        (0..outputs).map(move |o| sign(if outputs == 1 { c == 1 } else { c as usize == o }))
    };
    (codes.codes.iter().flat_map(row).collect(), outputs)
}

impl Estimator for RidgeClassifier {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, finds_nan: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["decision_function"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let weights = ClassWeight::of_samples(self.class_weight.as_ref(), codes, weights)?;
        let (y, outputs) = signs(codes);
        let problem = ridge_shared::Ridge {
            alphas: &self.alpha,
            intercept: self.fit_intercept,
            positive: self.positive,
            solver: self.solver,
            tol: self.tol,
            max_iter: self.max_iter,
        };
        let found = problem.solve(x, &y, outputs, weights.as_deref())?;
        let Linear { coef, intercept } =
            linear(found.coef, found.intercept, x.cols(), (outputs == 1, false), dtype_of(x))?;
        Ok(Box::new(RidgeClassifierModel {
            coef,
            intercept,
            n_iter: found.n_iter,
            solver: found.solver.into(),
            classes: codes.n.max(2),
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        let model = RidgeClassifierModel::restore(state, "")?;
        consistent(&model.coef, &model.intercept, model.classes)?;
        Ok(Box::new(model))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl RidgeClassifierModel {
    fn said(&self, x: &Features<'_>) -> Result<Array> {
        decision(x, &self.coef.to_f64_vec(), &self.intercept.to_f64_vec())
    }
}

impl Model for RidgeClassifierModel {
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        Ok(vec![decided(x, &self.coef.to_f64_vec(), &self.intercept.to_f64_vec())?])
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let said = self.said(x)?;
        if self.classes == 2 { said.reshape([x.rows()]) } else { Ok(said) }
    }
}
