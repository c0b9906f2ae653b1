//! `MLPRegressor`.

use super::model::MlpModel;
use super::network::{Activation, Output};
use super::optimizer::{Auto, LearningRate, Rule, Solver};
use super::train::{Goal, Settings, fit};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::preprocessing::shared::kept;
use crate::record::{Either, Seed, Verbosity, estimator, one_of};
use crate::target::Y;
use seodang_core::{Error, Result, text};

one_of! {
    /// What is made small.
    Loss {
        /// Half the square of the difference.
        SquaredError = "squared_error",
        /// Half the deviance of Poisson's distribution, for counts.
        Poisson = "poisson",
    }
}

estimator! {
    /// Predicts values by a network of layers, trained by the gradient of its loss.
    MLPRegressor in "neural_network" {
        /// What is made small.
        loss: Loss = Loss::SquaredError;
        /// The units of each hidden layer.
        hidden_layer_sizes: Either<Vec<i64>, i64> = Either::A(vec![100]);
        /// What hidden layers do to their sums.
        activation: Activation = Activation::Relu;
        /// How the weights are found.
        solver: Solver = Solver::Adam;
        /// The strength of the penalty on the squares of the weights.
        alpha: f64 = 1e-4, Range::from(0.0);
        /// The samples of a batch; 'auto' is 200, or all if there are fewer.
        batch_size: Either<Auto, i64> = Either::A(Auto::Auto), Range::from(1.0);
        /// How the step of sgd changes.
        learning_rate: LearningRate = LearningRate::Constant;
        /// The step.
        learning_rate_init: f64 = 0.001, Range::above(0.0);
        /// The power that the step of sgd falls with, for the learning rate 'invscaling'.
        power_t: f64 = 0.5, Range::from(0.0);
        /// How many passes over the samples, or iterations, there are at most.
        max_iter: usize = 200, Range::from(1.0);
        /// Whether samples come in another order in each pass.
        shuffle: bool = true;
        /// The seed of the first weights, of the order of samples and of those that are held back.
        random_state: Seed = Seed::default();
        /// By how much the loss or the score must improve, or for lbfgs, how small derivatives must be.
        tol: f64 = 1e-4, Range::from(0.0);
        /// Whether the loss of each pass is printed.
        verbose: Verbosity = Verbosity(0);
        /// Whether `fit` begins with the weights of the last one.
        warm_start: bool = false;
        /// The share of the last step that sgd takes again.
        momentum: f64 = 0.9, Range::within(0.0, 1.0);
        /// Whether momentum is Nesterov's.
        nesterovs_momentum: bool = true;
        /// Whether samples are held back, and fitting ends when their score no longer rises.
        early_stopping: bool = false;
        /// The share of samples that are held back.
        validation_fraction: f64 = 0.1, Range::new(0.0, 1.0, true, false);
        /// How fast Adam forgets the mean of gradients.
        beta_1: f64 = 0.9, Range::new(0.0, 1.0, true, false);
        /// How fast Adam forgets the mean of their squares.
        beta_2: f64 = 0.999, Range::new(0.0, 1.0, true, false);
        /// What keeps Adam from dividing by 0.
        epsilon: f64 = 1e-8, Range::above(0.0);
        /// For how many passes nothing may improve.
        n_iter_no_change: Either<i64, f64> = Either::A(10), Range::new(1.0, f64::INFINITY, true, true);
        /// How often lbfgs computes the loss at most.
        max_fun: usize = 15000, Range::from(1.0);
    }
}

impl MLPRegressor {
    fn settings(&self, output: Output) -> Settings {
        Settings {
            hidden: match &self.hidden_layer_sizes {
                Either::A(all) => all.clone(),
                Either::B(one) => vec![*one],
            },
            activation: self.activation,
            output,
            rule: Rule {
                solver: self.solver,
                schedule: self.learning_rate,
                rate: self.learning_rate_init,
                power_t: self.power_t,
                momentum: self.momentum,
                nesterov: self.nesterovs_momentum,
                beta_1: self.beta_1,
                beta_2: self.beta_2,
                epsilon: self.epsilon,
            },
            alpha: self.alpha,
            batch_size: match self.batch_size {
                Either::A(_) => None,
                Either::B(n) => Some(n),
            },
            max_iter: self.max_iter,
            shuffle: self.shuffle,
            seed: self.random_state.get(),
            tol: self.tol,
            early_stopping: self.early_stopping,
            validation_fraction: self.validation_fraction,
            n_iter_no_change: match self.n_iter_no_change {
                Either::A(n) => n as f64,
                Either::B(n) => n,
            },
            max_fun: self.max_fun,
        }
    }
}

impl Estimator for MLPRegressor {
    fn tags(&self) -> Tags {
        Tags { sparse: true, weights: true, multioutput: true, ..Tags::new(Task::Regressor) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["partial_fit"]
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
        let y = y.values()?;
        if self.loss == Loss::Poisson && y.data.iter().any(|&y| y < 0.0) {
            return Err(Error::value(text!(
                en: "Poisson loss requires values of y that are not negative.",
                ko: "Poisson 손실에서는 y가 음수일 수 없습니다."
            )));
        }
        let output = if self.loss == Loss::Poisson { Output::Exp } else { Output::Identity };
        let goal = Goal {
            y: y.data.to_vec(),
            outputs: y.outputs,
            flat: y.flat,
            values: true,
            several: false,
        };
        Ok(Box::new(fit(&self.settings(output), start, x, &goal, weights)?))
    }

    kept!(MlpModel);
}
