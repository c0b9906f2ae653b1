//! Forests: many trees, each of which learns something else by chance.

mod extra_classifier;
mod extra_regressor;
mod fit;
mod model;
mod random_classifier;
mod random_regressor;

pub use extra_classifier::ExtraTreesClassifier;
pub use extra_regressor::ExtraTreesRegressor;
pub use fit::{OobScore, Verbose};
pub use random_classifier::RandomForestClassifier;
pub use random_regressor::RandomForestRegressor;
