//! Boosting of trees over the values themselves.
//!
//! - `boost`: the stages; `options`: what the parameters of both estimators mean.

mod boost;
mod classifier;
mod options;
mod predict;
mod regressor;

pub use classifier::GradientBoostingClassifier;
pub use options::{BoostingClassifierLoss, BoostingCriterion, BoostingRegressorLoss};
pub use regressor::GradientBoostingRegressor;
