//! Boosting of trees over binned features.
//!
//! - `binning`: features as small integers.
//! - `histogram`, `split`, `grow`: a tree; `trees`: all of them, and what they predict.
//! - `boost`: the rounds; `options`: what the parameters of both estimators mean; `report`: what is told
//!   meanwhile.

mod binning;
mod boost;
mod classifier;
mod columns;
mod grow;
mod histogram;
mod options;
mod predict;
mod regressor;
mod report;
mod split;
mod trees;
mod truth;

pub use classifier::HistGradientBoostingClassifier;
pub use options::{Auto, ClassifierLoss, EarlyStopping, RegressorLoss};
pub use regressor::HistGradientBoostingRegressor;
