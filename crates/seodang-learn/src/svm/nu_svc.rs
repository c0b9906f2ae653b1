//! `NuSVC`.

use super::classify::{ClassifierModel, Penalty, Settings, fit, warn_of};
use super::params::{
    DecisionShape, Gamma, GammaRule, Kernel, KernelParameters, Probability, SHARE, Verbose,
};
use super::smo::Options;
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{ClassWeight, Either, Seed, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// A support vector machine whose nu bounds the share of errors above and that of support vectors
    /// below, in place of the C of `SVC`. Source: Schölkopf, Smola, Williamson and Bartlett 2000.
    NuSVC in "svm" {
        /// The most that errors, and the least that support vectors, may be of the samples.
        nu: f64 = 0.5, SHARE;
        /// Which kernel measures how alike two samples are.
        kernel: Kernel = Kernel::Rbf;
        /// The power of the kernel 'poly'.
        degree: usize = 3, Range::from(0.0);
        /// The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features * X.var()),
        /// 'auto' is 1 / n_features.
        gamma: Gamma = Either::A(GammaRule::Scale), Range::from(0.0);
        /// What 'poly' and 'sigmoid' add to the inner product.
        coef0: f64 = 0.0;
        /// Whether samples that seem settled are left out for a while.
        shrinking: bool = true;
        /// Whether probabilities are learned, in five folds; scikit-learn will drop this for
        /// CalibratedClassifierCV.
        probability: Probability = Probability(None);
        /// By how much the optimality conditions may be missed.
        tol: f64 = 1e-3, Range::above(0.0);
        /// The megabytes in which rows of kernels are kept.
        cache_size: f64 = 200.0, Range::above(0.0);
        /// How much the samples of each class count.
        class_weight: Option<ClassWeight> = None;
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbose = Either::A(false);
        /// The most steps of each machine; -1 is no limit.
        max_iter: i64 = -1, Range::from(-1.0);
        /// What `decision_function` gives for more than two classes.
        decision_function_shape: DecisionShape = DecisionShape::Ovr;
        /// Whether `predict` decides between classes of equal votes by `decision_function`.
        break_ties: bool = false;
        /// Where the folds for probabilities come from.
        random_state: Seed = Seed(None);
    }
}

impl Estimator for NuSVC {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["support_vectors", "votes"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let settings = Settings {
            kernel: KernelParameters {
                kernel: &self.kernel,
                degree: self.degree,
                gamma: &self.gamma,
                coef0: self.coef0,
            },
            penalty: Penalty::Nu(self.nu),
            class_weight: self.class_weight.as_ref(),
            options: Options {
                tol: self.tol,
                shrinking: self.shrinking,
                cache_bytes: (self.cache_size * f64::from(1 << 20)) as usize,
                max_iter: self.max_iter,
            },
            probability: self.probability.wanted().then(|| self.random_state.get()),
            shape: self.decision_function_shape,
            break_ties: self.break_ties,
        };
        let model = fit(&settings, x, y, weights)?;
        warn_of(self, self.probability, model.fit_status, self.max_iter);
        Ok(Box::new(model))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(ClassifierModel::checked(state)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
