//! Nearest neighbors.

mod classifier;
mod euclidean;
mod metric;
mod regressor;
mod search;
mod vote;

pub use classifier::KNeighborsClassifier;
pub use metric::{Algorithm, Arguments, Metric, Power};
pub use regressor::KNeighborsRegressor;
pub(crate) use search::Search;
pub use vote::Weights;
