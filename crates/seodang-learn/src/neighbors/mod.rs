//! Nearest neighbors.

mod classifier;
mod regressor;
mod search;
mod vote;

pub use classifier::KNeighborsClassifier;
pub use regressor::KNeighborsRegressor;
pub(crate) use search::Search;
pub use vote::Weights;
