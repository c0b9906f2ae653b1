//! Decision trees.
//!
//! The pieces that other methods use too (forests, gradient boosting): `Prepared` holds the features, dense
//! or sparse, as trees look at them; `grow` grows a `Tree` on them under a `Growth`; the tree predicts for
//! `Rows`.

mod classifier;
mod coarse;
mod extra_classifier;
mod extra_regressor;
mod fit;
mod grow;
mod model;
mod nodes;
mod packed;
mod params;
mod prepared;
mod prune;
mod ranks;
mod regressor;
mod rows;
mod score;
mod sparse;
mod split;

pub use classifier::DecisionTreeClassifier;
pub use extra_classifier::ExtraTreeClassifier;
pub use extra_regressor::ExtraTreeRegressor;
pub use params::{
    Amount, ClassCriterion, ClassWeights, MaxFeatures, MaxSamples, MinLeaf, MinSplit, Splitter,
    ValueCriterion, share,
};
pub use regressor::DecisionTreeRegressor;

pub(crate) use fit::{Limits, limits, response};
// `Response` is for those who grow trees on values of their own: gradient boosting.
#[allow(unused_imports)]
pub(crate) use grow::{Criterion, Growth, Response, grow};
pub(crate) use model::{TreeModel, greatest, n_classes, outputs, tables, values, width};
pub(crate) use nodes::Nodes;
pub(crate) use packed::{Tree, in_blocks};
pub(crate) use params::product;
pub(crate) use prepared::Prepared;
pub(crate) use prune::pruned;
pub(crate) use ranks::fits_single;
pub(crate) use rows::Rows;

#[cfg(test)]
mod tests;
