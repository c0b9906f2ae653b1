//! Nearest neighbors.

mod best;
mod brute;
mod centroid;
mod classifier;
mod distances;
mod euclidean;
mod metric;
mod radius_classifier;
mod radius_regressor;
mod regressor;
mod ruler;
mod samples;
mod search;
mod sparse;
mod tiles;
mod tree;
mod unsupervised;
mod vote;

pub use centroid::{CentroidMetric, NearestCentroid, PriorRule, Priors};
pub use classifier::KNeighborsClassifier;
pub use distances::{Distances, chi_squares};
pub use metric::{Algorithm, Arguments, Measure, Metric, Power};
pub use radius_classifier::RadiusNeighborsClassifier;
pub use radius_regressor::RadiusNeighborsRegressor;
pub use regressor::KNeighborsRegressor;
pub use samples::{Lent, lending};
pub(crate) use search::Search;
pub use tree::{Form, Kernel, Span, Tree};
pub use unsupervised::NearestNeighbors;
pub use vote::Weights;
