//! Multilayer perceptrons.
//!
//! Source: Rumelhart, Hinton and Williams 1986 for back-propagation; Glorot and Bengio 2010 for how the
//! weights begin.

mod classifier;
mod model;
mod network;
mod optimizer;
mod regressor;
mod train;

pub use classifier::MLPClassifier;
pub use network::{Activation, Output};
pub use optimizer::{LearningRate, Solver};
pub use regressor::MLPRegressor;
