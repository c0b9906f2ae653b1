//! `ExtraTreesClassifier`.

use super::ForestModel;
use super::fit::{OobScore, Plan, Verbose};
use crate::estimator::{Estimator, Model, Start, Tags, Task};
use crate::features::Features;
use crate::record::{Either, Seed, estimator};
use crate::state::State;
use crate::target::Y;
use crate::tree::limits;
use crate::tree::{
    Amount, ClassCriterion, ClassWeights, MaxFeatures, MaxSamples, MinLeaf, MinSplit,
};
use seodang_core::Result;

estimator! {
    /// Classifies by many trees whose thresholds are drawn at random. Source: Geurts, Ernst and Wehenkel 2006.
    ExtraTreesClassifier in "ensemble" {
        /// How many trees there are.
        n_estimators: usize = 100, Range::from(1.0);
        /// What splits are judged by.
        criterion: ClassCriterion = ClassCriterion::Gini;
        /// How many questions there are on the way to a leaf at most.
        max_depth: Option<usize> = None, Range::from(1.0);
        /// How many samples a node has that is split: a number, or a share.
        min_samples_split: MinSplit = Amount::Count(2);
        /// How many samples a node has at least: a number, or a share.
        min_samples_leaf: MinLeaf = Amount::Count(1);
        /// The share of the weight that a node has at least.
        min_weight_fraction_leaf: f64 = 0.0, Range::within(0.0, 0.5);
        /// How many features are looked at for each split: a number, a share, 'sqrt', 'log2' or all.
        max_features: Option<MaxFeatures> = Some(MaxFeatures::Sqrt);
        /// The most leaves of a tree; trees then grow best first.
        max_leaf_nodes: Option<usize> = None, Range::from(2.0);
        /// By how much a split must lower the impurity.
        min_impurity_decrease: f64 = 0.0, Range::from(0.0);
        /// Whether each tree learns from samples drawn with replacement, or from all.
        bootstrap: bool = false;
        /// Whether each sample is predicted by the trees that have not seen it, and by which score that
        /// is judged if not by the usual one.
        oob_score: OobScore = Either::A(false);
        /// Accepted for compatibility: the number of threads is the process's.
        n_jobs: Option<i64> = None;
        /// Where the samples, the order of the features and drawn thresholds come from.
        random_state: Seed = Seed(None);
        /// Accepted for compatibility: nothing is printed.
        verbose: Verbose = Either::A(0);
        /// Whether another fit adds trees to those that there are.
        warm_start: bool = false;
        /// How much the samples of each class count: tables by labels, one for each output, 'balanced', or
        /// 'balanced_subsample', within the samples of each tree.
        class_weight: Option<ClassWeights<true>> = None;
        /// How strong a branch must be not to be pruned: the impurity that it takes away for each of its
        /// leaves.
        ccp_alpha: f64 = 0.0, Range::from(0.0);
        /// How many samples are drawn for each tree: a number, a share, or as many as there are.
        max_samples: Option<MaxSamples> = None;
        /// Of each feature 1, -1 or 0: whether predictions may only rise, or only fall, with it.
        monotonic_cst: Option<Vec<f64>> = None;
    }
}

impl Estimator for ExtraTreesClassifier {
    fn tags(&self) -> Tags {
        Tags {
            multioutput: true,
            sparse: true,
            nan: true,
            weights: true,
            ..Tags::new(Task::Classifier)
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["forest", "predict_proba"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        self.learn_from(&Start::default(), x, y, weights)
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let plan = Plan {
            trees: self.n_estimators,
            criterion: self.criterion.criterion(),
            random: true,
            limits: limits!(self),
            bootstrap: self.bootstrap,
            max_samples: self.max_samples,
            class_weight: self.class_weight.as_ref(),
            ccp_alpha: self.ccp_alpha,
            oob_score: &self.oob_score,
            seed: self.random_state,
            warm_start: self.warm_start,
        };
        Ok(Box::new(plan.fit(start, x, y, weights)?))
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(ForestModel::checked(state)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}
