//! Forests: many trees, each of which learns something else by chance.

mod extra_classifier;
mod extra_regressor;
mod fit;
mod model;
mod random_classifier;
mod random_regressor;

use crate::record::Value;
use crate::state::model;
use crate::tree::Tree;
use seodang_core::Array;

pub use extra_classifier::ExtraTreesClassifier;
pub use extra_regressor::ExtraTreesRegressor;
pub use fit::{OobScore, Verbose};
pub use random_classifier::RandomForestClassifier;
pub use random_regressor::RandomForestRegressor;

model! {
    /// What a forest learns.
    pub(crate) struct ForestModel {
        trees: Vec<Tree>,
        /// Each tree's seed, of its samples too.
        seeds: Vec<i64>,
        /// What these come from.
        seed: i64,
        /// The classes of each output; none of a regressor.
        classes: Vec<usize>,
        /// Whether predictions have one dimension.
        flat: bool,
        /// How the samples were drawn, if they were.
        drawn: Option<Drawn>,
        max_features: usize,
        /// How many outputs there are.
        pub n_outputs: usize,
        /// The number of classes, for each output if there are several.
        pub n_classes: Value,
        /// The score of the predictions by trees that have not seen the samples.
        pub oob_score: Option<f64>,
        /// Those predictions, of a classifier.
        pub oob_decision_function: Option<Array>,
        /// Those predictions, of a regressor.
        pub oob_prediction: Option<Array>,
    }
}

model! {
    /// Samples drawn with replacement.
    pub(crate) struct Drawn {
        rows: usize,
        /// How many are drawn.
        draws: usize,
        /// How likely each is, if not equally.
        weights: Option<Vec<f64>>,
    }
}
