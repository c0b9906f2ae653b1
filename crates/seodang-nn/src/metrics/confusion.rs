//! Counting true and false positives and negatives, for the metrics that are made of them.

use crate::ops;
use crate::record::Setting;
use schemars::JsonSchema;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};

/// One threshold or several, between 0 and 1; the metric's value is one number or one for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Thresholds {
    /// One.
    One(f64),
    /// Several.
    Several(Vec<f64>),
}

impl Thresholds {
    /// The thresholds as a list.
    pub fn list(&self) -> Vec<f64> {
        match self {
            Thresholds::One(t) => vec![*t],
            Thresholds::Several(list) => list.clone(),
        }
    }
}

impl Setting<Option<Thresholds>> for f64 {
    fn into_setting(self) -> Option<Thresholds> {
        Some(Thresholds::One(self))
    }
}

impl<const N: usize> Setting<Option<Thresholds>> for [f64; N] {
    fn into_setting(self) -> Option<Thresholds> {
        Some(Thresholds::Several(self.to_vec()))
    }
}

/// Checks that thresholds lie between 0 and 1.
pub(super) fn check(thresholds: &[f64]) -> Result<()> {
    if thresholds.iter().all(|t| (0.0..=1.0).contains(t)) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "thresholds must lie between 0 and 1",
        ko: "임계값은 0과 1 사이여야 합니다"
    ))
    .given("thresholds", format!("{thresholds:?}")))
}

/// What is counted, and how.
pub(super) struct Counting<'a> {
    pub(super) dtype: DType,
    pub(super) thresholds: &'a [f64],
    /// Only the k largest predictions of each sample can be positive.
    pub(super) top_k: Option<usize>,
    /// Only this class counts.
    pub(super) class_id: Option<usize>,
    /// Whether each label (on the last axis) is counted for itself.
    pub(super) multi_label: bool,
    /// The weight of each label.
    pub(super) label_weights: Option<&'a [f64]>,
}

/// The counts for each threshold (and each label, if those are counted for themselves).
pub(super) struct Counts {
    pub(super) true_positives: Tensor,
    pub(super) false_positives: Tensor,
    pub(super) true_negatives: Tensor,
    pub(super) false_negatives: Tensor,
}

/// A prediction that is not among the k largest.
const FAR_BELOW: f64 = -1e10;

impl<'a> Counting<'a> {
    /// Every class and every prediction counts, over all labels together.
    pub(super) fn plain(dtype: DType, thresholds: &'a [f64]) -> Counting<'a> {
        Counting {
            dtype,
            thresholds,
            top_k: None,
            class_id: None,
            multi_label: false,
            label_weights: None,
        }
    }

    /// The counts of a batch, weighted.
    pub(super) fn count(
        &self,
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Counts> {
        let dtype = self.dtype;
        let (mut p, mut t) = ops::same_rank(&y_pred.cast(dtype)?, &y_true.cast(dtype)?, true)?;
        if p.shape() != t.shape() {
            return Err(Error::shape(text!(
                en: "labels and predictions must have one shape",
                ko: "레이블과 예측의 모양이 같아야 합니다"
            )));
        }
        let weight = match sample_weight {
            Some(w) => Some(ops::same_rank(&t, &w.cast(dtype)?.expand_dims(-1)?, false)?.1),
            None => None,
        };
        if let Some(k) = self.top_k {
            let (values, _) = p.top_k(k)?;
            let smallest = values.min(&[-1], true)?;
            // Of equal predictions at the edge, only the first ones are among the k largest.
            let above = p.gt(&smallest)?.cast(dtype)?;
            let left = (k as f64 - above.sum(&[-1], true)?)?;
            let at_edge = p.eq(&smallest)?.cast(dtype)?;
            let taken = at_edge.cumsum(-1)?.le(&left)?.cast(dtype)?;
            let chosen = (above + (at_edge * taken)?)?;
            p = Tensor::select(&chosen.gt(0.5)?, &p, &p.full_like(FAR_BELOW)?)?;
        }
        if let Some(class) = self.class_id {
            p = one_class(&p, class)?;
            t = one_class(&t, class)?;
        }
        if evenly_spread(self.thresholds) {
            p = p.clip(0.0, 1.0)?;
        }
        let labels = t.ne(0.0)?.cast(dtype)?;
        let mut weights = match weight {
            Some(w) => w.broadcast_to(p.shape())?,
            None => p.ones_like()?,
        };
        if let Some(label_weights) = self.label_weights {
            weights = (weights * ops::vector(dtype, label_weights)?)?;
        }

        // A row for each threshold: the samples stand along axis 1.
        let rows = self.thresholds.len();
        let (shape, column) = if self.multi_label {
            let whole: Vec<usize> = std::iter::once(1).chain(p.shape().iter().copied()).collect();
            (whole, vec![rows, 1, 1])
        } else {
            (vec![1, p.size()], vec![rows, 1])
        };
        let thresholds = ops::vector(dtype, self.thresholds)?.reshape(column)?;
        let positive = p.reshape(shape.clone())?.gt(&thresholds)?.cast(dtype)?;
        let (labels, weights) = (labels.reshape(shape.clone())?, weights.reshape(shape)?);
        let true_weight = (&labels * &weights)?;
        let false_weight = ((1.0 - labels)? * weights)?;
        let sum = |x: Tensor| x.sum(&[1], false);
        let true_positives = sum((&positive * &true_weight)?)?;
        let false_positives = sum((positive * &false_weight)?)?;
        Ok(Counts {
            true_negatives: (sum(false_weight)? - &false_positives)?,
            false_negatives: (sum(true_weight)? - &true_positives)?,
            true_positives,
            false_positives,
        })
    }
}

/// The column of one class, kept as a dimension of 1.
fn one_class(x: &Tensor, class: usize) -> Result<Tensor> {
    let classes = x.shape().last().copied().unwrap_or(0);
    if x.rank() < 2 || class >= classes {
        return Err(Error::shape(text!(
            en: "the predictions have no class {class}",
            ko: "예측에 클래스 {class}이(가) 없습니다"
        ))
        .given("class_id", class));
    }
    Ok(x.split_sizes(&[class, 1, classes - class - 1], -1)?.swap_remove(1))
}

/// Whether thresholds divide 0 to 1 evenly; Keras then limits the predictions to that range.
fn evenly_spread(thresholds: &[f64]) -> bool {
    let last = thresholds.len() as f64 - 1.0;
    thresholds.len() >= 3
        && thresholds.iter().enumerate().all(|(i, t)| (t - i as f64 / last).abs() <= 2e-7 + 1e-5)
}
