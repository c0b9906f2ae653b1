//! `DecisionTreeRegressor`.

use super::fit::limits;
use super::model::TreeModel;
use super::params::{Amount, MaxFeatures, MinLeaf, MinSplit, Splitter, ValueCriterion};
use crate::estimator::{Estimator, Model, Tags, Task};
use crate::features::Features;
use crate::record::{Seed, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::Result;

estimator! {
    /// Predicts values by questions to one feature after the other, learned from samples. Source: Breiman, Friedman, Olshen and Stone 1984.
    DecisionTreeRegressor in "tree" {
        /// What splits are judged by.
        criterion: ValueCriterion = ValueCriterion::SquaredError;
        /// How thresholds are found: the best of each feature, or at random.
        splitter: Splitter = Splitter::Best;
        /// How many questions there are on the way to a leaf at most.
        max_depth: Option<usize> = None, Range::from(1.0);
        /// How many samples a node has that is split: a number, or a share.
        min_samples_split: MinSplit = Amount::Count(2);
        /// How many samples a node has at least: a number, or a share.
        min_samples_leaf: MinLeaf = Amount::Count(1);
        /// The share of the weight that a node has at least.
        min_weight_fraction_leaf: f64 = 0.0, Range::within(0.0, 0.5);
        /// How many features are looked at for each split: a number, a share, 'sqrt', 'log2' or all.
        max_features: Option<MaxFeatures> = None;
        /// Where the order of the features and drawn thresholds come from.
        random_state: Seed = Seed(None);
        /// The most leaves; the tree then grows best first.
        max_leaf_nodes: Option<usize> = None, Range::from(2.0);
        /// By how much a split must lower the impurity.
        min_impurity_decrease: f64 = 0.0, Range::from(0.0);
        /// How strong a branch must be not to be pruned: the impurity that it takes away for each of its
        /// leaves.
        ccp_alpha: f64 = 0.0, Range::from(0.0);
        /// Of each feature 1, -1 or 0: whether predictions may only rise, or only fall, with it.
        monotonic_cst: Option<Vec<f64>> = None;
    }
}

impl Estimator for DecisionTreeRegressor {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            sparse: true,
            nan: true,
            weights: true,
            ..Tags::new(Task::Regressor)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["tree"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        let criterion = self.criterion.criterion(y)?;
        let random = self.splitter == Splitter::Random;
        let last = (self.random_state.get(), self.ccp_alpha);
        let model = TreeModel::fit(&limits!(self), criterion, random, last, x, y, weights)?;
        Ok(Box::new(model))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(TreeModel::checked(state)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
