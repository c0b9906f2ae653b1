//! `GradientBoostingRegressor`.

use super::boost::{Samples, Staged};
use super::options::{self, BoostingCriterion, BoostingRegressorLoss, Options, options};
use crate::ensemble::losses::Loss;
use crate::estimator::{Estimator, Model, Start, Tags, Task, cannot};
use crate::features::Features;
use crate::record::{Seed, Value, Verbosity, estimator};
use crate::state::State;
use crate::target::Y;
use crate::tree::{Criterion, Limits, MaxFeatures, MinLeaf, MinSplit};
use seodang_core::Result;

estimator! {
    /// Predicts values by small trees over the values themselves, each of which descends the loss that
    /// those before have left. Source: Friedman 2001.
    GradientBoostingRegressor in "ensemble" {
        /// The loss that is descended.
        loss: BoostingRegressorLoss = BoostingRegressorLoss::SquaredError;
        /// How much of each tree's values counts.
        learning_rate: f64 = 0.1, Range::from(0.0);
        /// How many stages there are.
        n_estimators: usize = 100, Range::from(1.0);
        /// The share of the samples that each stage sees, drawn at random.
        subsample: f64 = 1.0, Range::new(0.0, 1.0, false, true);
        /// Accepted for compatibility: splits are judged by the squared error.
        criterion: BoostingCriterion = BoostingCriterion::Deprecated;
        /// How many samples a node that is split has at least, or which share of all.
        min_samples_split: MinSplit = MinSplit::Count(2);
        /// How many samples a leaf has at least, or which share of all.
        min_samples_leaf: MinLeaf = MinLeaf::Count(1);
        /// Which share of all weights a leaf has at least.
        min_weight_fraction_leaf: f64 = 0.0, Range::within(0.0, 0.5);
        /// How deep a tree is at most.
        max_depth: Option<usize> = Some(3), Range::from(1.0);
        /// By how much a split must lessen the squared error at least.
        min_impurity_decrease: f64 = 0.0, Range::from(0.0);
        /// What predictions begin with: "zero", an estimator, or the best constant.
        init: Value = Value::None;
        /// The seed of all that is drawn.
        random_state: Seed = Seed(None);
        /// How many features each split looks at: a number, a share, "sqrt", "log2"; None is all.
        max_features: Option<MaxFeatures> = None;
        /// The quantile of the losses "huber" and "quantile".
        alpha: f64 = 0.9, Range::new(0.0, 1.0, false, false);
        /// Whether Python prints the loss of some of the stages; from 2 on, of each.
        verbose: Verbosity = Verbosity(0);
        /// How many leaves a tree has at most; then the best ones grow first.
        max_leaf_nodes: Option<usize> = None, Range::from(2.0);
        /// Whether another fit goes on from the stages that there are.
        warm_start: bool = false;
        /// The share of the samples that early stopping holds out.
        validation_fraction: f64 = 0.1, Range::new(0.0, 1.0, false, false);
        /// After how many stages without a better loss early stopping stops; None is never.
        n_iter_no_change: Option<usize> = None, Range::from(1.0);
        /// By how much a better loss must be better.
        tol: f64 = 1e-4, Range::from(0.0);
        /// How much a leaf must be worth to be kept (minimal cost-complexity pruning).
        ccp_alpha: f64 = 0.0, Range::from(0.0);
    }
}

impl Estimator for GradientBoostingRegressor {
    fn tags(&self) -> Tags {
        Tags { sparse: true, weights: true, ..Tags::new(Task::Regressor) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["staged_trees"]
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        self.learn_on(&Start::default(), x, y, weights)
    }

    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        if start.batch {
            return Err(cannot("partial_fit"));
        }
        self.learn_on(start, x, y, weights)
    }

    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>> {
        Ok(Box::new(Staged::restored(state, true)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl GradientBoostingRegressor {
    fn learn_on(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let loss = match self.loss {
            BoostingRegressorLoss::SquaredError => Loss::Squared,
            BoostingRegressorLoss::AbsoluteError => Loss::Absolute,
            BoostingRegressorLoss::Huber => Loss::Huber(self.alpha),
            BoostingRegressorLoss::Quantile => Loss::Quantile(self.alpha),
        };
        let samples = Samples { x, y: y.single()?, weights, classes: 0 };
        let (options, growth) = options!(self, loss, start, samples);
        Ok(Box::new(Staged::learn(&options, growth, &samples, start.model())?))
    }
}
