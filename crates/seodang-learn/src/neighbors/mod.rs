//! Nearest neighbors.

mod centroid;
mod classifier;
mod euclidean;
mod metric;
mod radius_classifier;
mod radius_regressor;
mod regressor;
mod search;
mod unsupervised;
mod vote;

pub use centroid::{CentroidMetric, NearestCentroid, PriorRule, Priors};
pub use classifier::KNeighborsClassifier;
pub use metric::{Algorithm, Arguments, Measure, Metric, Power};
pub use radius_classifier::RadiusNeighborsClassifier;
pub use radius_regressor::RadiusNeighborsRegressor;
pub use regressor::KNeighborsRegressor;
pub(crate) use search::Search;
pub use unsupervised::NearestNeighbors;
pub use vote::Weights;
