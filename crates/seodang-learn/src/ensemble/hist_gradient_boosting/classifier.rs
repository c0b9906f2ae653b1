//! `HistGradientBoostingClassifier`.

use super::boost::{Boosted, Samples};
use super::options::{self, Auto, ClassifierLoss, EarlyStopping, Options, options};
use super::report::Report;
use super::truth::Truth;
use crate::ensemble::losses::Loss;
use crate::estimator::{Estimator, Model, Start, Tags, Task, cannot};
use crate::features::Features;
use crate::record::{ClassWeight, Either, Seed, Value, Verbosity, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::Result;
use std::borrow::Cow;

estimator! {
    /// Classifies by many small trees, each of which descends the loss that those before have left.
    /// Features are binned, so that time grows with samples and features alone; missing values and
    /// categories are taken as they are. Source: Chen and Guestrin 2016; Ke et al. 2017.
    HistGradientBoostingClassifier in "ensemble" {
        /// The loss that is descended.
        loss: ClassifierLoss = ClassifierLoss::LogLoss;
        /// How much of each tree's values counts.
        learning_rate: f64 = 0.1, Range::above(0.0);
        /// How many rounds there are at most.
        max_iter: usize = 100, Range::from(1.0);
        /// How many leaves a tree has at most.
        max_leaf_nodes: Option<usize> = Some(31), Range::from(2.0);
        /// How deep a tree is at most.
        max_depth: Option<usize> = None, Range::from(1.0);
        /// How many samples a leaf has at least.
        min_samples_leaf: usize = 20, Range::from(1.0);
        /// What is added to the sum of Hessians of a leaf: it draws values to 0.
        l2_regularization: f64 = 0.0, Range::from(0.0);
        /// The share of the features, chosen at random, that each node looks at.
        max_features: f64 = 1.0, Range::new(0.0, 1.0, false, true);
        /// How many bins a feature has at most, that of missing values not counted.
        max_bins: usize = 255, Range::within(2.0, 255.0);
        /// Which features are categories: a mask, numbers, names, or those that a frame has as such.
        categorical_features: Value = "from_dtype".into();
        /// For each feature 1, 0 or -1: whether predictions must not fall, or not rise, along it; or a
        /// table of these by names.
        monotonic_cst: Value = Value::None;
        /// Groups of features that may occur together in a branch: lists of numbers,
        /// "no_interactions" or "pairwise".
        interaction_cst: Value = Value::None;
        /// Whether another fit goes on from the rounds that there are.
        warm_start: bool = false;
        /// Whether rounds end when the score gets no better; "auto" is with more than 10,000 samples.
        early_stopping: EarlyStopping = Either::A(Auto::Auto);
        /// The score that early stopping looks at: "loss", a scorer's name or a scorer.
        scoring: Value = "loss".into();
        /// The share, or number, of samples that early stopping holds out; None is none: it looks at the
        /// training samples.
        validation_fraction: Value = 0.1.into();
        /// After how many rounds without a better score early stopping stops.
        n_iter_no_change: usize = 10, Range::from(1.0);
        /// By how much a better score must be better.
        tol: f64 = 1e-7, Range::from(0.0);
        /// Whether Python prints how long parts of the fit take; from 2 on, also what each round makes.
        verbose: Verbosity = Verbosity(0);
        /// The seed of samples held out, of samples for bins and of chosen features.
        random_state: Seed = Seed(None);
        /// How much classes count: a table by class, or "balanced".
        class_weight: Option<ClassWeight> = None;
    }
}

impl Estimator for HistGradientBoostingClassifier {
    fn tags(&self) -> Tags {
        Tags { nan: true, infinite: true, weights: true, ..Tags::new(Task::Classifier) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["predict_proba", "decision_function", "staged_predict_proba", "staged_rounds"]
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
        Ok(Box::new(Boosted::restored(state, false)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl HistGradientBoostingClassifier {
    fn learn_on(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let codes = y.codes()?;
        let loss = if codes.n > 2 { Loss::Multinomial } else { Loss::Binomial };
        let truth = Truth::Codes(Cow::Borrowed(&codes.codes));
        let weights = ClassWeight::of_samples(self.class_weight.as_ref(), codes, weights)?;
        let x = x.dense();
        let samples = Samples { x: &x, y: truth, weights, classes: codes.n };
        let options: Options<'_> = options!(self, loss, start);
        Ok(Box::new(Boosted::learn(&options, &samples, start.model())?))
    }
}
