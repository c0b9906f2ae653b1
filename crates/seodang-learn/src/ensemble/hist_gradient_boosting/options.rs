//! Parameters that both estimators have, as what they mean for given data.

use super::report::Report;
use crate::ensemble::held_out::invalid;
use crate::ensemble::losses::Loss;
use crate::record::{Either, Function, Param, Seed, Value, one_of};
use seodang_core::{Error, Result, text};

one_of! {
    /// Leaves a choice to the estimator.
    Auto {
        /// By the number of samples.
        Auto = "auto",
    }
}

one_of! {
    /// How classifiers measure the loss.
    ClassifierLoss {
        /// The logarithmic loss.
        LogLoss = "log_loss",
    }
}

one_of! {
    /// How regressors measure the loss.
    RegressorLoss {
        /// Half the squared error.
        SquaredError = "squared_error",
        /// The absolute error.
        AbsoluteError = "absolute_error",
        /// Half the gamma deviance, with a logarithmic link: for positive values.
        Gamma = "gamma",
        /// Half the Poisson deviance, with a logarithmic link: for counts.
        Poisson = "poisson",
        /// The pinball loss of a quantile.
        Quantile = "quantile",
    }
}

/// Whether rounds may end early.
pub type EarlyStopping = Either<Auto, bool>;

/// What early stopping looks at.
pub(super) enum Scoring {
    /// The loss.
    Loss,
    /// A function of the raw predictions for training and validation samples, each classes by samples:
    /// it gives both scores.
    Function(Function),
}

/// The parameters of either estimator.
pub(super) struct Options<'a> {
    pub(super) loss: Loss,
    pub(super) learning_rate: f64,
    pub(super) max_iter: usize,
    pub(super) max_leaf_nodes: Option<usize>,
    pub(super) max_depth: Option<usize>,
    pub(super) min_samples_leaf: usize,
    pub(super) l2_regularization: f64,
    pub(super) max_features: f64,
    pub(super) max_bins: usize,
    pub(super) categorical_features: &'a Value,
    pub(super) encoding: Value,
    pub(super) monotonic_cst: &'a Value,
    pub(super) interaction_cst: &'a Value,
    pub(super) early_stopping: Option<bool>,
    pub(super) scoring: Scoring,
    pub(super) validation_fraction: &'a Value,
    /// How many samples at the end are for validation, if they were given apart.
    pub(super) held: Option<&'a Value>,
    pub(super) n_iter_no_change: usize,
    pub(super) tol: f64,
    pub(super) seed: Seed,
    pub(super) report: Report<'a>,
}

/// The fields of [`Options`] that come from parameters of the same name.
macro_rules! options {
    ($record:expr, $loss:expr, $start:expr) => {
        Options {
            loss: $loss,
            learning_rate: $record.learning_rate,
            max_iter: $record.max_iter,
            max_leaf_nodes: $record.max_leaf_nodes,
            max_depth: $record.max_depth,
            min_samples_leaf: $record.min_samples_leaf,
            l2_regularization: $record.l2_regularization,
            max_features: $record.max_features,
            max_bins: $record.max_bins,
            // What depends on names and types, Python has looked up.
            categorical_features: $start
                .argument("categories")
                .unwrap_or(&$record.categorical_features),
            encoding: $start.argument("encoding").cloned().unwrap_or_default(),
            monotonic_cst: $start.argument("monotonic").unwrap_or(&$record.monotonic_cst),
            interaction_cst: &$record.interaction_cst,
            early_stopping: match $record.early_stopping {
                Either::A(_) => None,
                Either::B(b) => Some(b),
            },
            scoring: options::scoring($start.argument("score").unwrap_or(&$record.scoring))?,
            validation_fraction: &$record.validation_fraction,
            held: $start.argument("held"),
            n_iter_no_change: $record.n_iter_no_change,
            tol: $record.tol,
            seed: $record.random_state,
            report: Report::to($start.argument("report")),
        }
    };
}
pub(super) use options;

pub(super) fn scoring(value: &Value) -> Result<Scoring> {
    match value {
        Value::Str(s) if s == "loss" => Ok(Scoring::Loss),
        Value::Function(f) => Ok(Scoring::Function(f.clone())),
        other => Err(invalid("scoring", "'loss' or a callable", other)),
    }
}

/// Refuses targets that a loss does not take.
pub(super) fn check_target(loss: Loss, y: &[f64]) -> Result<()> {
    match loss {
        Loss::Gamma if y.iter().any(|&y| y <= 0.0) => Err(Error::value(text!(
            en: "loss='gamma' requires strictly positive y.",
            ko: "loss='gamma'에는 양수인 y가 필요합니다."
        ))),
        Loss::Poisson if y.iter().any(|&y| y < 0.0) || y.iter().sum::<f64>() <= 0.0 => {
            Err(Error::value(text!(
                en: "loss='poisson' requires non-negative y and sum(y) > 0.",
                ko: "loss='poisson'에는 음수가 아니고 합이 양수인 y가 필요합니다."
            )))
        }
        _ => Ok(()),
    }
}

/// Which features are categories: a mask, or their numbers.
pub(super) fn categorical(value: &Value, features: usize) -> Result<Vec<bool>> {
    let none = vec![false; features];
    match value {
        Value::None => return Ok(none),
        // Without a frame there is no type to tell.
        Value::Str(s) if s == "from_dtype" => return Ok(none),
        Value::List(items) if items.is_empty() => return Ok(none),
        _ => {}
    }
    if let Some(mask) = Vec::<bool>::from_value(value) {
        if mask.len() == features {
            return Ok(mask);
        }
        let n = mask.len();
        return Err(Error::value(text!(
            en: "categorical_features set as a boolean mask must have shape (n_features,), got: ({n},)",
            ko: "categorical_features 마스크의 길이는 특성 수({features})여야 하는데 {n}입니다"
        )));
    }
    let Some(indices) = Vec::<i64>::from_value(value) else {
        return Err(invalid(
            "categorical_features",
            "an array-like of bool or int, or None",
            value,
        ));
    };
    let mut out = none;
    for i in indices {
        let place = usize::try_from(i).ok().and_then(|i| out.get_mut(i));
        *place.ok_or_else(|| {
            Error::value(text!(
                en: "categorical_features set as integer indices must be in [0, n_features - 1]",
                ko: "categorical_features의 번호는 0과 n_features - 1 사이여야 합니다"
            ))
        })? = true;
    }
    Ok(out)
}

/// The direction that each feature's effect must have.
pub(super) fn monotonic(value: &Value, features: usize) -> Result<Vec<i8>> {
    if matches!(value, Value::None) {
        return Ok(vec![0; features]);
    }
    let Some(all) = Vec::<f64>::from_value(value) else {
        return Err(invalid("monotonic_cst", "an array-like of -1, 0 or 1, or None", value));
    };
    let mut odd: Vec<f64> = all.iter().copied().filter(|x| ![-1.0, 0.0, 1.0].contains(x)).collect();
    if !odd.is_empty() {
        odd.sort_by(f64::total_cmp);
        odd.dedup();
        let whole = |x: &f64| if x.fract() == 0.0 { Value::Int(*x as i64) } else { (*x).into() };
        let odd = Value::List(odd.iter().map(whole).collect()).repr();
        return Err(Error::value(text!(
            en: "monotonic_cst must be an array-like of -1, 0 or 1. Observed values: {odd}.",
            ko: "monotonic_cst의 값은 -1, 0, 1뿐입니다. 받은 값: {odd}."
        )));
    }
    if all.len() != features {
        let n = all.len();
        return Err(Error::value(text!(
            en: "monotonic_cst has shape ({n},) but the input data X has {features} features.",
            ko: "monotonic_cst의 길이는 {n}인데 X의 특성은 {features}개입니다."
        )));
    }
    Ok(all.into_iter().map(|x| x as i8).collect())
}

/// The groups of features that may occur together; those in none are one of their own.
pub(super) fn interactions(value: &Value, features: usize) -> Result<Option<Vec<Vec<u32>>>> {
    let all = 0..features as u32;
    let mut groups: Vec<Vec<u32>> = match value {
        Value::None => return Ok(None),
        Value::Str(s) if s == "no_interactions" => all.clone().map(|f| vec![f]).collect(),
        Value::Str(s) if s == "pairwise" => {
            all.clone().flat_map(|a| (a + 1..features as u32).map(move |b| vec![a, b])).collect()
        }
        Value::List(items) => {
            let mut groups = Vec::new();
            for item in items {
                if !matches!(item, Value::List(_) | Value::Array(_)) {
                    let got = value.repr();
                    return Err(Error::value(text!(
                        en: "Interaction constraints must be a sequence of tuples or lists, got: {got}.",
                        ko: "상호작용 제약은 튜플이나 리스트의 나열이어야 하는데 {got}입니다."
                    )));
                }
                let group = Vec::<u64>::from_value(item)
                    .filter(|g| g.iter().all(|&f| f < features as u64))
                    .ok_or_else(|| {
                        let (last, got) = (features - 1, item.repr());
                        Error::value(text!(
                            en: "Interaction constraints must consist of integer indices in \
                                 [0, n_features - 1] = [0, {last}], specifying the position of features, \
                                 got invalid indices: {got}",
                            ko: "상호작용 제약은 0과 {last} 사이의 특성 번호로 이루어져야 하는데 {got}입니다"
                        ))
                    })?;
                groups.push(group.into_iter().map(|f| f as u32).collect());
            }
            groups
        }
        other => {
            let what = "a list, a tuple, a str among {'no_interactions', 'pairwise'} or None";
            return Err(invalid("interaction_cst", what, other));
        }
    };
    let rest: Vec<u32> = all.filter(|f| !groups.iter().any(|g| g.contains(f))).collect();
    if !rest.is_empty() {
        groups.push(rest);
    }
    Ok(Some(groups))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_in_no_group_are_a_group() {
        let pairs = Value::List(vec![Value::List(vec![0i64.into(), 2i64.into()])]);
        assert_eq!(interactions(&pairs, 4).unwrap(), Some(vec![vec![0, 2], vec![1, 3]]));
        let wrong = Value::List(vec![Value::List(vec![4i64.into()])]);
        assert!(interactions(&wrong, 4).unwrap_err().to_string().contains("[0, 3]"));
    }
}
