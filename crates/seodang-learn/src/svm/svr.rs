//! `SVR`.

use super::params::{Gamma, GammaRule, Kernel, KernelParameters, POSITIVE, Verbose};
use super::regress::{Aim, SumsModel, fit};
use super::smo::Options;
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Either, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// Support vector regression: the flattest sum of kernels within `epsilon` of the values, as far as
    /// errors beyond are not cheaper. Source: Drucker et al. 1997; Smola and Schölkopf 2004.
    SVR in "svm" {
        /// Which kernel measures how alike two samples are.
        kernel: Kernel = Kernel::Rbf;
        /// The power of the kernel 'poly'.
        degree: usize = 3, Range::from(0.0);
        /// The factor of the kernels 'rbf', 'poly' and 'sigmoid': 'scale' is 1 / (n_features * X.var()),
        /// 'auto' is 1 / n_features.
        gamma: Gamma = Either::A(GammaRule::Scale), Range::from(0.0);
        /// What 'poly' and 'sigmoid' add to the inner product.
        coef0: f64 = 0.0;
        /// By how much the optimality conditions may be missed.
        tol: f64 = 1e-3, Range::above(0.0);
        /// What each unit of an error costs.
        C: f64 = 1.0, POSITIVE;
        /// How far off a value may be without cost.
        epsilon: f64 = 0.1, Range::from(0.0);
        /// Whether samples that seem settled are left out for a while.
        shrinking: bool = true;
        /// The megabytes in which rows of kernels are kept.
        cache_size: f64 = 200.0, Range::above(0.0);
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbose = Either::A(false);
        /// The most steps; -1 is no limit.
        max_iter: i64 = -1, Range::from(-1.0);
    }
}

impl Estimator for SVR {
    fn tags(&self) -> Tags {
        Tags { weights: true, sparse: true, ..Tags::new(Task::Regressor) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["support_vectors"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let kernel = KernelParameters {
            kernel: &self.kernel,
            degree: self.degree,
            gamma: &self.gamma,
            coef0: self.coef0,
        };
        let aim = Aim::Epsilon { y: y.single()?, c: self.C, epsilon: self.epsilon };
        let options = Options {
            tol: self.tol,
            shrinking: self.shrinking,
            cache_bytes: (self.cache_size * f64::from(1 << 20)) as usize,
            max_iter: self.max_iter,
        };
        Ok(Box::new(fit(&kernel, &aim, options, x, weights)?))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(SumsModel::checked(state)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
