//! `Ridge`.

use super::ridge_shared::{self, RidgeSolver, dtype_of};
use super::shared::{Linear, linear};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Either, Seed, estimator};
use crate::state::{State, model};
use crate::target::Y;
use seodang_core::{Array, Result};

estimator! {
    /// Least squares with half the sum of the squares of the coefficients as a penalty. Source: Hoerl and
    /// Kennard 1970.
    Ridge in "linear_model" {
        /// The strength of the penalty, or one for each target.
        alpha: Either<f64, Array> = Either::A(1.0), Range::from(0.0);
        /// Whether there is an intercept; without it, the data are expected to be centred.
        fit_intercept: bool = true;
        /// Accepted for compatibility: X is never changed.
        copy_X: bool = true;
        /// The most iterations where the solution is iterative; None is what suits.
        max_iter: Option<usize> = None, Range::from(1.0);
        /// How exact an iterative solution is.
        tol: f64 = 1e-4, Range::from(0.0);
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
    /// What `Ridge` learns.
    pub(crate) struct RidgeModel {
        /// The coefficients: features, or outputs by features for several outputs.
        pub coef: Array,
        /// What is added: a number, or one for each output.
        pub intercept: Array,
        /// The iterations for each output: 1 where the solution is direct.
        pub n_iter: Array,
        /// The solver.
        pub solver: String,
        flat: bool,
    }
}

impl Estimator for Ridge {
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
        let problem = ridge_shared::Ridge {
            alphas: &self.alpha,
            intercept: self.fit_intercept,
            positive: self.positive,
            solver: self.solver,
            tol: self.tol,
            max_iter: self.max_iter,
        };
        let found = problem.solve(x, &y.data, y.outputs, weights)?;
        let one = y.outputs == 1;
        let Linear { coef, intercept } =
            linear(found.coef, found.intercept, x.cols(), (one, y.flat), dtype_of(x))?;
        Ok(Box::new(RidgeModel {
            coef,
            intercept,
            n_iter: found.n_iter,
            solver: found.solver.into(),
            flat: one,
        }))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(RidgeModel::restore(state, "")?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl Model for RidgeModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        super::shared::predict(x, &self.coef, &self.intercept, self.flat)
    }
}
