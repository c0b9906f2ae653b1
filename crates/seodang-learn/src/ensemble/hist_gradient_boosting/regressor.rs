//! `HistGradientBoostingRegressor`.

use super::boost::{Boosted, Samples};
use super::options::{self, Auto, EarlyStopping, Options, RegressorLoss, options};
use super::report::Report;
use super::truth::Truth;
use crate::ensemble::losses::Loss;
use crate::estimator::{Estimator, Model, Start, Tags, Task, cannot};
use crate::features::Features;
use crate::record::{Either, Seed, Value, Verbosity, estimator};
use crate::state::State;
use crate::target::Y;
use seodang_core::{Error, Result, text};
use std::borrow::Cow;

estimator! {
    /// Predicts values by many small trees, each of which descends the loss that those before have
    /// left. Features are binned, so that time grows with samples and features alone; missing values
    /// and categories are taken as they are. Source: Chen and Guestrin 2016; Ke et al. 2017.
    HistGradientBoostingRegressor in "ensemble" {
        /// The loss that is descended.
        loss: RegressorLoss = RegressorLoss::SquaredError;
        /// Which quantile the loss of that name is of.
        quantile: Option<f64> = None, Range::within(0.0, 1.0);
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
    }
}

impl Estimator for HistGradientBoostingRegressor {
    fn tags(&self) -> Tags {
        Tags { nan: true, infinite: true, weights: true, ..Tags::new(Task::Regressor) }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["staged_rounds"]
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
        Ok(Box::new(Boosted::restored(state, true)?))
    }

    fn boxed(&self) -> Box<dyn Estimator> {
        Box::new(self.clone())
    }
}

impl HistGradientBoostingRegressor {
    fn learn_on(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let loss = match self.loss {
            RegressorLoss::SquaredError => Loss::Squared,
            RegressorLoss::AbsoluteError => Loss::Absolute,
            RegressorLoss::Gamma => Loss::Gamma,
            RegressorLoss::Poisson => Loss::Poisson,
            RegressorLoss::Quantile => Loss::Quantile(self.asked_quantile()?),
        };
        let (x, weights) = (x.dense(), weights.map(Cow::Borrowed));
        let truth = Truth::Values(Cow::Borrowed(y.single()?));
        let samples = Samples { x: &x, y: truth, weights, classes: 0 };
        let options: Options<'_> = options!(self, loss, start);
        Ok(Box::new(Boosted::learn(&options, &samples, start.model())?))
    }

    fn asked_quantile(&self) -> Result<f64> {
        match self.quantile {
            Some(q) if q > 0.0 && q < 1.0 => Ok(q),
            Some(q) => Err(Error::value(text!(
                en: "quantile == {q}, must be > 0 and < 1.",
                ko: "quantile은 0보다 크고 1보다 작아야 하는데 {q}입니다."
            ))),
            None => Err(Error::value(text!(
                en: "quantile must be given for loss='quantile'.",
                ko: "loss='quantile'에는 quantile이 필요합니다."
            ))),
        }
    }
}
