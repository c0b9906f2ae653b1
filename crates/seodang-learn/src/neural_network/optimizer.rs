//! Stochastic gradient descent with momentum, and Adam.

use super::network::{Network, Work};
use crate::features::Real;
use crate::record::one_of;

one_of! {
    /// How the weights are found.
    Solver {
        /// All samples at once, by a quasi-Newton method.
        Lbfgs = "lbfgs",
        /// Stochastic gradient descent.
        Sgd = "sgd",
        /// Adam. Source: Kingma and Ba 2014.
        Adam = "adam",
    }
}

one_of! {
    /// How the step of `sgd` changes.
    LearningRate {
        /// Not at all.
        Constant = "constant",
        /// It falls as a power of the samples that were seen.
        Invscaling = "invscaling",
        /// It is divided by 5 whenever the loss stops falling.
        Adaptive = "adaptive",
    }
}

one_of! {
    /// A number that is found by itself.
    Auto {
        /// By itself.
        Auto = "auto",
    }
}

/// The parameters of the optimizers.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) solver: Solver,
    pub(super) schedule: LearningRate,
    pub(super) rate: f64,
    pub(super) power_t: f64,
    pub(super) momentum: f64,
    pub(super) nesterov: bool,
    pub(super) beta_1: f64,
    pub(super) beta_2: f64,
    pub(super) epsilon: f64,
}

/// Where an optimizer is.
#[derive(Clone)]
pub(super) struct Optimizer<T> {
    rule: Rule,
    /// The step now.
    pub(super) rate: f64,
    /// Updates until now.
    pub(super) steps: i64,
    /// Velocities, or means of gradients and of their squares: of the weights, then of the intercepts.
    pub(super) first: Vec<Vec<T>>,
    pub(super) second: Vec<Vec<T>>,
}

impl Rule {
    /// Whether steps become smaller when the loss no longer falls.
    pub(super) fn is_adaptive(&self) -> bool {
        self.solver == Solver::Sgd && self.schedule == LearningRate::Adaptive
    }
}

impl<T: Real> Optimizer<T> {
    pub(super) fn new(rule: Rule, network: &Network<T>) -> Optimizer<T> {
        let zeros = || -> Vec<Vec<T>> {
            let all = network.coefs.iter().chain(&network.intercepts);
            all.map(|p| vec![T::of(0.0); p.len()]).collect()
        };
        let second = if rule.solver == Solver::Adam { zeros() } else { Vec::new() };
        Optimizer { rule, rate: rule.rate, steps: 0, first: zeros(), second }
    }

    /// One step against the gradient.
    pub(super) fn update(&mut self, network: &mut Network<T>, gradient: &Work<T>) {
        self.steps += 1;
        let parameters = network.coefs.iter_mut().chain(&mut network.intercepts);
        let gradients = gradient.coefs.iter().chain(&gradient.intercepts);
        let r = &self.rule;
        if r.solver == Solver::Adam {
            let (b1, b2) = (r.beta_1, r.beta_2);
            let t = self.steps as i32;
            let rate = T::of(r.rate * (1.0 - b2.powi(t)).sqrt() / (1.0 - b1.powi(t)));
            let [b1, c1, b2, c2, epsilon] =
                [b1, 1.0 - b1, b2, 1.0 - b2, r.epsilon].map(|x| T::of(x));
            let means = self.first.iter_mut().zip(&mut self.second);
            for ((p, g), (m, v)) in parameters.zip(gradients).zip(means) {
                for (((p, &g), m), v) in p.iter_mut().zip(g).zip(m).zip(v) {
                    *m = b1 * *m + c1 * g;
                    *v = b2 * *v + c2 * g * g;
                    *p -= rate * *m / (v.sqrt() + epsilon);
                }
            }
            return;
        }
        let (rate, momentum) = (T::of(self.rate), T::of(r.momentum));
        for ((p, g), v) in parameters.zip(gradients).zip(&mut self.first) {
            for ((p, &g), v) in p.iter_mut().zip(g).zip(v) {
                *v = momentum * *v - rate * g;
                *p += if r.nesterov { momentum * *v - rate * g } else { *v };
            }
        }
    }

    /// After each pass over the samples, of which `seen` were seen until now.
    pub(super) fn pass_ends(&mut self, seen: usize) {
        if self.rule.solver == Solver::Sgd && self.rule.schedule == LearningRate::Invscaling {
            self.rate = self.rule.rate / (seen as f64 + 1.0).powf(self.rule.power_t);
        }
    }

    /// Whether to stop when the loss no longer falls, or to go on with smaller steps.
    pub(super) fn stops(&mut self) -> bool {
        if self.rule.is_adaptive() && self.rate > 1e-6 {
            self.rate /= 5.0;
            return false;
        }
        true
    }
}
