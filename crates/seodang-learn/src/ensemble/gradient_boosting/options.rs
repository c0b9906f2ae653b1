//! Parameters that both estimators have.

use crate::ensemble::losses::Loss;
use crate::record::{Seed, Value, one_of};
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
    pub(super) ccp_alpha: f64,
    /// A function that is told of each stage, and may end them.
    pub(super) monitor: Option<&'a Value>,
    /// A function that is told of each stage its loss, how much better that of the samples that it left out
    /// became, and the seconds so far.
    pub(super) report: Option<&'a Value>,
}

/// The options and the growth of trees, from parameters of the same names.
macro_rules! options {
    ($record:expr, $loss:expr, $start:expr, $samples:expr) => {{
        options::warn_of($record.criterion);
        let zero = options::begins_with_zero(&$record.init, $start)?;
        let limits = Limits {
            max_depth: $record.max_depth,
            min_samples_split: $record.min_samples_split,
            min_samples_leaf: $record.min_samples_leaf,
            min_weight_fraction_leaf: $record.min_weight_fraction_leaf,
            max_features: $record.max_features,
            max_leaf_nodes: $record.max_leaf_nodes,
            min_impurity_decrease: $record.min_impurity_decrease,
            monotonic_cst: None,
        };
        let shape = ($samples.x.rows(), $samples.x.cols());
        let weight = $samples.weights.map_or(shape.0 as f64, |w| w.iter().sum());
        let growth = limits.growth(Criterion::Squared, false, shape, weight, &Y::None)?;
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
            report: $start.argument("report"),
            zero,
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
