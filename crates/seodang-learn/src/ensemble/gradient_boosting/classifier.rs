//! `GradientBoostingClassifier`.

use super::boost::{Samples, Staged};
use super::options::{self, BoostingClassifierLoss, BoostingCriterion, Options, options};
use crate::ensemble::losses::Loss;
use crate::estimator::{Estimator, Model, Start, Tags, Task, cannot};
use crate::features::Features;
use crate::record::{Seed, Value, Verbosity, estimator};
use crate::state::State;
use crate::target::{Codes, Y};
use crate::tree::{Criterion, Limits, MaxFeatures, MinLeaf, MinSplit};
use seodang_core::{Error, Result, text};

estimator! {
    /// Classifies by small trees over the values themselves, each of which descends the loss that those
    /// before have left. Source: Friedman 2001.
    GradientBoostingClassifier in "ensemble" {
        /// The loss that is descended.
        loss: BoostingClassifierLoss = BoostingClassifierLoss::LogLoss;
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

impl Estimator for GradientBoostingClassifier {
    fn tags(&self) -> Tags {
        Tags { sparse: true, weights: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["predict_proba", "decision_function", "staged_predict_proba", "staged_trees"]
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
        Ok(Box::new(Staged::restored(state, false)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl GradientBoostingClassifier {
    fn learn_on(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let present = present(codes, weights);
        if present < 2 {
            return Err(Error::value(text!(
                en: "y contains {present} class after sample_weight trimmed classes with zero \
                     weights, while a minimum of 2 classes are required.",
                ko: "가중치가 0이 아닌 클래스가 {present}개뿐입니다. 적어도 둘이 있어야 합니다."
            )));
        }
        let loss = match (self.loss, codes.n) {
            (BoostingClassifierLoss::LogLoss, 2) => Loss::Binomial,
            (BoostingClassifierLoss::LogLoss, _) => Loss::Multinomial,
            (BoostingClassifierLoss::Exponential, 2) => Loss::Exponential,
            (BoostingClassifierLoss::Exponential, n) => {
                return Err(Error::value(text!(
                    en: "loss='exponential' is only suitable for a binary classification problem, you \
                         have n_classes={n}. Please use loss='log_loss' instead.",
                    ko: "loss='exponential'은 클래스가 둘일 때만 쓸 수 있는데 {n}개입니다."
                )));
            }
        };
        let values: Vec<f64> = codes.codes.iter().map(|&c| f64::from(c)).collect();
        let samples = Samples { x, y: &values, weights, classes: codes.n };
        let (options, growth) = options!(self, loss, start, samples);
        Ok(Box::new(Staged::learn(&options, growth, &samples, start.model())?))
    }
}

/// How many classes have samples that count.
fn present(codes: &Codes, weights: Option<&[f64]>) -> usize {
    let mut sums = vec![0.0; codes.n];
    for (i, &code) in codes.codes.iter().enumerate() {
        sums[code as usize] += weights.map_or(1.0, |w| w[i]);
    }
    sums.into_iter().filter(|s| *s != 0.0).count()
}
