//! `Lasso`.

use super::descent::Selection;
use super::elastic_net::{ElasticNetModel, Net};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::record::{Either, Seed, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::{Array, Result};

estimator! {
    /// Least squares with the sum of the absolute values of the coefficients as a penalty. Source:
    /// Tibshirani 1996; coordinate descent: Friedman, Hastie and Tibshirani 2010.
    Lasso in "linear_model" {
        /// The strength of the penalty.
        alpha: f64 = 1.0, Range::from(0.0);
        /// Whether there is an intercept; without it, the data are expected to be centred.
        fit_intercept: bool = true;
        /// Accepted for compatibility: products of features are computed where that is quicker.
        precompute: Either<bool, Array> = Either::A(false);
        /// Accepted for compatibility: X is never changed.
        copy_X: bool = true;
        /// The most sweeps over the coefficients; None is 1000.
        max_iter: Option<usize> = Some(1000), Range::from(1.0);
        /// The duality gap at which the descent ends, as a share of the target's squares.
        tol: f64 = 1e-4, Range::from(0.0);
        /// Whether the descent begins where that of the last `fit` ended.
        warm_start: bool = false;
        /// Whether the coefficients must not be negative.
        positive: bool = false;
        /// Where random numbers come from, if the selection is random.
        random_state: Seed = Seed(None);
        /// The order in which coefficients take their turns.
        selection: Selection = Selection::Cyclic;
    }
}

impl Lasso {
    fn net(&self) -> Net {
        Net {
            alpha: self.alpha,
            l1_ratio: 1.0,
            fit_intercept: self.fit_intercept,
            max_iter: self.max_iter,
            tol: self.tol,
            positive: self.positive,
            random_state: self.random_state,
            selection: self.selection,
        }
    }
}

impl Estimator for Lasso {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            weights: true,
            sparse: true,
            finds_nan: true,
            ..Tags::new(Task::Regressor)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["sparse_coef_"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        self.net().fit(&Start::default(), x, y, weights)
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        self.net().fit(start, x, y, weights)
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(ElasticNetModel::restore(state, "")?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
