//! From parameters to the growth of trees, and the checks that all of them share.

use super::grow::{Criterion, Growth, Response};
use super::params::{ClassCriterion, MaxFeatures, MinLeaf, MinSplit, ValueCriterion};
use crate::stop::Stop;
use crate::target::Y;
use crate::warning::{Kind, warn};
use seodang_core::{Error, Result, text};

/// The parameters that limit the growth of a tree.
pub(crate) struct Limits<'a> {
    pub(crate) max_depth: Option<usize>,
    pub(crate) min_samples_split: MinSplit,
    pub(crate) min_samples_leaf: MinLeaf,
    pub(crate) min_weight_fraction_leaf: f64,
    pub(crate) max_features: Option<MaxFeatures>,
    pub(crate) max_leaf_nodes: Option<usize>,
    pub(crate) min_impurity_decrease: f64,
    pub(crate) monotonic_cst: Option<&'a [f64]>,
}

/// The [`Limits`] of a record with fields of these names.
macro_rules! limits {
    ($record:expr) => {
        $crate::tree::Limits {
            max_depth: $record.max_depth,
            min_samples_split: $record.min_samples_split,
            min_samples_leaf: $record.min_samples_leaf,
            min_weight_fraction_leaf: $record.min_weight_fraction_leaf,
            max_features: $record.max_features,
            max_leaf_nodes: $record.max_leaf_nodes,
            min_impurity_decrease: $record.min_impurity_decrease,
            monotonic_cst: $record.monotonic_cst.as_deref(),
        }
    };
}
pub(crate) use limits;

impl Limits<'_> {
    /// The growth of trees on samples of the weight `weight`.
    ///
    /// # Errors
    /// `Value` for constraints that do not fit the features or the classes.
    pub(crate) fn growth(
        &self,
        criterion: Criterion,
        random: bool,
        (rows, cols): (usize, usize),
        weight: f64,
        y: &Y,
    ) -> Result<Growth> {
        let min_leaf = self.min_samples_leaf.of(rows);
        Ok(Growth {
            criterion,
            random,
            max_depth: self.max_depth.unwrap_or(usize::MAX),
            min_split: self.min_samples_split.of(rows).max(2),
            min_leaf,
            min_weight: self.min_weight_fraction_leaf * weight,
            max_features: MaxFeatures::of(self.max_features, cols),
            max_leaves: self.max_leaf_nodes,
            min_decrease: self.min_impurity_decrease,
            monotone: constraints(self.monotonic_cst, cols, y)?,
            stop: Stop::current(),
        })
    }
}

/// The constraints, checked, in scikit-learn's words. None is an empty list.
fn constraints(given: Option<&[f64]>, cols: usize, y: &Y) -> Result<Vec<i8>> {
    let Some(given) = given else { return Ok(Vec::new()) };
    let n = given.len();
    if n != cols {
        return Err(Error::value(text!(
            en: "monotonic_cst has shape {n} but the input data X has {cols} features.",
            ko: "monotonic_cst는 {n}개인데 X의 특성은 {cols}개입니다."
        )));
    }
    if let Some(other) = given.iter().find(|x| ![-1.0, 0.0, 1.0].contains(*x)) {
        return Err(Error::value(text!(
            en: "monotonic_cst must be None or an array-like of -1, 0 or 1, but got {other}",
            ko: "monotonic_cst의 값은 -1, 0, 1이어야 하는데 {other}입니다"
        )));
    }
    let (outputs, classes) = match y {
        Y::Classes(all) => (all.len(), all.iter().map(|o| o.n).max().unwrap_or(0)),
        Y::Values(v) => (v.outputs, 0),
        Y::None => (0, 0),
    };
    if outputs > 1 {
        return Err(Error::value(text!(
            en: "Monotonicity constraints are not supported with multiple outputs.",
            ko: "출력이 여럿이면 단조 제약을 쓸 수 없습니다."
        )));
    }
    if classes > 2 {
        return Err(Error::value(text!(
            en: "Monotonicity constraints are not supported with multiclass classification",
            ko: "클래스가 셋 이상이면 단조 제약을 쓸 수 없습니다"
        )));
    }
    // A single class leaves nothing to be constrained.
    let alone = classes == 1;
    Ok(if alone { Vec::new() } else { given.iter().map(|&x| x as i8).collect() })
}

/// What a tree learns to say.
///
/// # Errors
/// `Value`, if there is nothing.
pub(crate) fn response(y: &Y) -> Result<Response<'_>> {
    Ok(match y {
        Y::Classes(outputs) => Response::Classes(outputs),
        _ => {
            let values = y.values()?;
            Response::Values(&values.data, values.outputs)
        }
    })
}

impl ClassCriterion {
    /// The criterion that it names.
    pub(crate) fn criterion(self) -> Criterion {
        match self {
            ClassCriterion::Gini => Criterion::Gini,
            ClassCriterion::Entropy | ClassCriterion::LogLoss => Criterion::Entropy,
        }
    }
}

impl ValueCriterion {
    /// The criterion that it names, for these values.
    ///
    /// # Errors
    /// `Value` for values that Poisson's distribution does not have.
    pub(crate) fn criterion(self, y: &Y) -> Result<Criterion> {
        Ok(match self {
            ValueCriterion::SquaredError => Criterion::Squared,
            ValueCriterion::AbsoluteError => Criterion::Absolute,
            ValueCriterion::FriedmanMse => {
                warn(
                    Kind::Future,
                    "Value `\"friedman_mse\"` for `criterion` is deprecated and will be removed in 1.11. \
                     It maps to `\"squared_error\"` as both were always equivalent. Use \
                     `criterion=\"squared_error\"` to remove this warning.",
                );
                Criterion::Squared
            }
            ValueCriterion::Poisson => {
                let y = &y.values()?.data;
                if y.iter().any(|&y| y < 0.0) {
                    return Err(Error::value(text!(
                        en: "Some value(s) of y are negative which is not allowed for Poisson \
                             regression.",
                        ko: "푸아송 회귀에서는 y에 음수가 있을 수 없습니다."
                    )));
                }
                if y.iter().sum::<f64>() <= 0.0 {
                    return Err(Error::value(text!(
                        en: "Sum of y is not positive which is necessary for Poisson regression.",
                        ko: "푸아송 회귀에서는 y의 합이 양수여야 합니다."
                    )));
                }
                Criterion::Poisson
            }
        })
    }
}

/// The sum of weights, or the number of samples.
pub(crate) fn total(weights: Option<&[f64]>, rows: usize) -> f64 {
    weights.map_or(rows as f64, |w| w.iter().sum())
}
