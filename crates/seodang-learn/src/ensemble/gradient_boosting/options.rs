//! Parameters that both estimators have.

use crate::ensemble::losses::Loss;
use crate::record::{Either, Param, Seed, Value, one_of};
use crate::tree::{Criterion, Growth};
use crate::warning::{Kind, warn};
use seodang_core::{Error, Result, text};

one_of! {
    /// What gradient boosting of classes descends.
    BoostingClassifierLoss {
        /// The logarithmic loss.
        LogLoss = "log_loss",
        /// The exponential loss, AdaBoost's: for two classes.
        Exponential = "exponential",
    }
}

one_of! {
    /// What gradient boosting of values descends.
    BoostingRegressorLoss {
        /// Half the squared error.
        SquaredError = "squared_error",
        /// The absolute error.
        AbsoluteError = "absolute_error",
        /// Huber's loss: squared for small errors, absolute for great ones.
        Huber = "huber",
        /// The pinball loss of a quantile.
        Quantile = "quantile",
    }
}

one_of! {
    /// How splits are judged: one way, whatever is asked for.
    BoostingCriterion {
        /// Scikit-learn's word for the one way.
        Deprecated = "deprecated",
        /// The squared error.
        SquaredError = "squared_error",
        /// The squared error with Friedman's improvement: the same splits.
        FriedmanMse = "friedman_mse",
    }
}

one_of! {
    /// How many features each split looks at, by a name.
    FeatureCount {
        /// The square root of their number.
        Sqrt = "sqrt",
        /// The logarithm of their number.
        Log2 = "log2",
    }
}

/// A number, or a share.
pub type Amount = Either<usize, f64>;
/// How many features each split looks at.
pub type MaxFeatures = Either<usize, Either<f64, FeatureCount>>;

/// The parameters of either estimator.
pub(super) struct Options<'a> {
    pub(super) loss: Loss,
    pub(super) learning_rate: f64,
    pub(super) n_estimators: usize,
    pub(super) subsample: f64,
    pub(super) validation_fraction: f64,
    pub(super) n_iter_no_change: Option<usize>,
    pub(super) tol: f64,
    pub(super) seed: Seed,
    /// The raw predictions of another estimator, samples by classes, to begin with.
    pub(super) init: Option<&'a Value>,
    /// Whether predictions begin with 0.
    pub(super) zero: bool,
    pub(super) max_features: usize,
    pub(super) ccp_alpha: f64,
    /// A function that is told of each stage, and may end them.
    pub(super) monitor: Option<&'a Value>,
}

/// How many features a split looks at.
///
/// # Errors
/// `Value` for a number or a share that is out of range.
pub(super) fn count(asked: &Option<MaxFeatures>, features: usize) -> Result<usize> {
    let n = features as f64;
    let of = |x: f64| (x as usize).clamp(1, features);
    Ok(match asked {
        None => features,
        Some(Either::A(count)) if *count >= 1 => (*count).min(features),
        Some(Either::B(Either::A(share))) if *share > 0.0 && *share <= 1.0 => of(share * n),
        Some(Either::B(Either::B(FeatureCount::Sqrt))) => of(n.sqrt()),
        Some(Either::B(Either::B(FeatureCount::Log2))) => of(n.log2()),
        Some(other) => {
            let what = "an int in the range [1, inf), a float in the range (0.0, 1.0], a str among \
                        {'log2', 'sqrt'} or None";
            return Err(out_of_range("max_features", what, &other.to_value()));
        }
    })
}

/// The options and the growth of trees, from parameters of the same names.
macro_rules! options {
    ($record:expr, $loss:expr, $start:expr, $samples:expr) => {{
        let (rows, features) = $samples.x.shape();
        options::warn_of($record.criterion);
        let zero = options::begins_with_zero(&$record.init, $start)?;
        let max_features = options::count(&$record.max_features, features)?;
        let total = $samples.weights.map_or(rows as f64, |w| w.iter().sum());
        let growth = options::Limits {
            min_samples_split: $record.min_samples_split.clone(),
            min_samples_leaf: $record.min_samples_leaf.clone(),
            min_weight: $record.min_weight_fraction_leaf * total,
            max_depth: $record.max_depth,
            max_leaf_nodes: $record.max_leaf_nodes,
            min_impurity_decrease: $record.min_impurity_decrease,
            max_features,
        }
        .growth(rows, features)?;
        let options = Options {
            loss: $loss,
            learning_rate: $record.learning_rate,
            n_estimators: $record.n_estimators,
            subsample: $record.subsample,
            validation_fraction: $record.validation_fraction,
            n_iter_no_change: $record.n_iter_no_change,
            tol: $record.tol,
            seed: $record.random_state,
            init: $start.argument("init"),
            monitor: $start.argument("monitor"),
            zero,
            max_features,
            ccp_alpha: $record.ccp_alpha,
        };
        (options, growth)
    }};
}
pub(super) use options;

/// Scikit-learn's word on a parameter that does nothing.
pub(super) fn warn_of(criterion: BoostingCriterion) {
    if criterion != BoostingCriterion::Deprecated {
        warn(
            Kind::Future,
            "The parameter `criterion` is deprecated and will be removed in 1.11. It has no effect. \
             Leave it to its default value to avoid this warning.",
        );
    }
}

/// Whether predictions begin with 0; an estimator for them must have been asked by the caller.
pub(super) fn begins_with_zero(init: &Value, start: &crate::estimator::Start<'_>) -> Result<bool> {
    match init {
        Value::None => Ok(false),
        Value::Str(s) if s == "zero" => Ok(true),
        _ if start.argument("init").is_some() => Ok(false),
        other => {
            let got = other.repr();
            Err(Error::value(text!(
                en: "The 'init' parameter must be a str among {{'zero'}}, None or an object \
                     implementing 'fit' and 'predict'. Got {got} instead.",
                ko: "매개변수 'init'에 올 수 없는 값입니다: {got}"
            )))
        }
    }
}

/// What limits a tree, as parameters say it.
pub(super) struct Limits {
    pub(super) min_samples_split: Amount,
    pub(super) min_samples_leaf: Amount,
    pub(super) min_weight: f64,
    pub(super) max_depth: Option<usize>,
    pub(super) max_leaf_nodes: Option<usize>,
    pub(super) min_impurity_decrease: f64,
    pub(super) max_features: usize,
}

impl Limits {
    /// The growth of trees over so many samples.
    ///
    /// # Errors
    /// `Value` for a number or a share that is out of range.
    pub(super) fn growth(self, rows: usize, features: usize) -> Result<Growth> {
        let of = |share: f64| (share * rows as f64).ceil() as usize;
        let min_leaf = match self.min_samples_leaf {
            Either::A(n) if n >= 1 => n,
            Either::B(share) if share > 0.0 && share < 1.0 => of(share),
            other => {
                let what = "an int in the range [1, inf) or a float in the range (0.0, 1.0)";
                return Err(out_of_range("min_samples_leaf", what, &other.to_value()));
            }
        };
        let min_split = match self.min_samples_split {
            Either::A(n) if n >= 2 => n,
            Either::B(share) if share > 0.0 && share <= 1.0 => of(share).max(2),
            other => {
                let what = "an int in the range [2, inf) or a float in the range (0.0, 1.0]";
                return Err(out_of_range("min_samples_split", what, &other.to_value()));
            }
        };
        Ok(Growth {
            max_depth: self.max_depth.unwrap_or(usize::MAX),
            min_split: min_split.max(2 * min_leaf),
            min_leaf,
            min_weight: self.min_weight,
            max_features: self.max_features,
            max_leaves: self.max_leaf_nodes,
            min_decrease: self.min_impurity_decrease,
            ..Growth::new(Criterion::Squared, features)
        })
    }
}

fn out_of_range(name: &str, what: &str, value: &Value) -> Error {
    crate::ensemble::held_out::invalid(name, what, value)
}
