//! `AUC`.

use super::confusion::{self, Counting};
use super::{Direction, Metric, State, metric};
use crate::ops::{self, EPSILON, divide_no_nan};
use crate::record::one_of;
use crate::{Dims, record::Setting};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

one_of! {
    /// Which curve the area is under.
    Curve {
        /// The true positive rate over the false positive rate.
        Roc = "ROC" | "roc",
        /// The precision over the recall.
        Pr = "PR" | "pr",
    }
}

one_of! {
    /// How the area between two thresholds is taken.
    SummationMethod {
        /// By the middle of the heights (and for PR by the curve's true shape).
        Interpolation = "interpolation" | "Interpolation",
        /// By the smaller height.
        Minoring = "minoring" | "Minoring",
        /// By the larger height.
        Majoring = "majoring" | "Majoring",
    }
}

metric! {
    /// The area under the ROC or the precision-recall curve, from counts at fixed thresholds. Source:
    /// Davis and Goadrich 2006 for PR's interpolation; Keras 3, `keras.metrics.AUC`.
    AUC, new() {
        /// How many thresholds there are, the ones beyond 0 and 1 included.
        num_thresholds: usize = 200,
        /// Which curve.
        curve: Curve = Curve::Roc,
        /// How the area between two thresholds is taken.
        summation_method: SummationMethod = SummationMethod::Interpolation,
        /// The thresholds between 0 and 1; evenly spread if absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        thresholds: Option<Vec<f64>> = None,
        /// Whether the area is that of each label, averaged.
        multi_label: bool = false,
        /// The number of labels, if each has its area.
        num_labels: Option<usize> = None,
        /// The weight of each label.
        label_weights: Option<Vec<f64>> = None,
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
    }
}

impl<const N: usize> Setting<Option<Vec<f64>>> for [f64; N] {
    fn into_setting(self) -> Option<Vec<f64>> {
        Some(self.to_vec())
    }
}

impl AUC {
    /// The thresholds, with one below 0 and one above 1.
    fn all_thresholds(&self) -> Vec<f64> {
        let between = match &self.thresholds {
            Some(given) => {
                let mut given = given.clone();
                given.sort_by(f64::total_cmp);
                given
            }
            None => {
                let last = (self.num_thresholds - 1) as f64;
                (1..self.num_thresholds - 1).map(|i| i as f64 / last).collect()
            }
        };
        std::iter::once(-EPSILON).chain(between).chain([1.0 + EPSILON]).collect()
    }

    /// The mean of the labels' areas, by their weights.
    fn average(&self, by_label: &Tensor) -> Result<Tensor> {
        match &self.label_weights {
            Some(weights) => {
                let weights = ops::vector(by_label.dtype(), weights)?;
                divide_no_nan(&(by_label * &weights)?.sum(&[], false)?, &weights.sum(&[], false)?)
            }
            None => by_label.mean(&[], false),
        }
    }

    /// The sum of the areas between thresholds.
    fn total(&self, areas: &Tensor) -> Result<Tensor> {
        match self.multi_label {
            true => self.average(&areas.sum(&[0], false)?),
            false => areas.sum(&[], false),
        }
    }

    /// The area under the PR curve, with false positives linear in true positives between two
    /// thresholds.
    fn interpolated_pr(&self, counts: &[Tensor]) -> Result<Tensor> {
        let (tp, fp, fnegatives) = (&counts[0], &counts[1], &counts[3]);
        let positives = (tp + fp)?;
        let (tp_low, tp_high) = neighbours(tp)?;
        let (p_low, p_high) = neighbours(&positives)?;
        let (_, fn_high) = neighbours(fnegatives)?;
        let tp_change = (tp_low - &tp_high)?;
        let p_change = (&p_low - &p_high)?;
        let slope = divide_no_nan(&tp_change, &p_change.maximum(0.0)?)?;
        let intercept = (&tp_high - (&slope * &p_high)?)?;
        let both = p_low.gt(0.0)?.logical_and(p_high.gt(0.0)?)?;
        let ratio = divide_no_nan(&p_low, &p_high.maximum(0.0)?)?;
        let ratio = Tensor::select(&both, &ratio, &p_low.ones_like()?)?;
        let area = (slope * (tp_change + (intercept * ratio.log()?)?)?)?;
        self.total(&divide_no_nan(&area, &(tp_high + fn_high)?.maximum(0.0)?)?)
    }
}

/// The values at each threshold but the last, and at each but the first.
fn neighbours(x: &Tensor) -> Result<(Tensor, Tensor)> {
    let n = x.shape()[0];
    let low = x.split_sizes(&[n - 1, 1], 0)?.swap_remove(0);
    let high = x.split_sizes(&[1, n - 1], 0)?.swap_remove(1);
    Ok((low, high))
}

impl Metric for AUC {
    fn validate(&self) -> Result<()> {
        if self.thresholds.is_none() && self.num_thresholds < 2 {
            return Err(Error::value(text!(
                en: "\"num_thresholds\" must be at least 2",
                ko: "\"num_thresholds\"는 2 이상이어야 합니다"
            ))
            .given("num_thresholds", self.num_thresholds));
        }
        if self.num_labels.is_some() && !self.multi_label {
            return Err(Error::value(text!(
                en: "\"num_labels\" is for multi_label=true",
                ko: "\"num_labels\"는 multi_label=true일 때만 씁니다"
            )));
        }
        confusion::check(self.thresholds.as_deref().unwrap_or(&[]))
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn dtype(&self) -> DType {
        self.dtype.0
    }

    fn direction(&self) -> Option<Direction> {
        Some(Direction::Up)
    }

    fn state(&self, y_pred: &Dims) -> Result<Vec<State>> {
        let mut shape = vec![self.all_thresholds().len()];
        if self.multi_label {
            let labels = self.num_labels.or(y_pred.last_dim()).filter(|_| y_pred.rank() == 2);
            shape.push(labels.ok_or_else(|| {
                Error::shape(text!(
                    en: "the area of each label needs predictions of two dimensions",
                    ko: "레이블별 넓이에는 2차원 예측이 필요합니다"
                ))
                .given("y_pred", y_pred)
            })?);
        }
        let names = ["true_positives", "false_positives", "true_negatives", "false_negatives"];
        Ok(names.map(|name| State { name, shape: shape.clone().into() }).to_vec())
    }

    fn update(
        &self,
        state: &[Tensor],
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        let y_pred = if self.from_logits { y_pred.sigmoid()? } else { y_pred.clone() };
        let counts = Counting {
            dtype: self.dtype.0,
            thresholds: &self.all_thresholds(),
            top_k: None,
            class_id: None,
            multi_label: self.multi_label,
            label_weights: self.label_weights.as_deref().filter(|_| !self.multi_label),
        }
        .count(y_true, &y_pred, sample_weight)?;
        Ok(vec![
            (&state[0] + counts.true_positives)?,
            (&state[1] + counts.false_positives)?,
            (&state[2] + counts.true_negatives)?,
            (&state[3] + counts.false_negatives)?,
        ])
    }

    fn result(&self, counts: &[Tensor]) -> Result<Tensor> {
        if self.curve == Curve::Pr && self.summation_method == SummationMethod::Interpolation {
            return self.interpolated_pr(counts);
        }
        let (tp, fp, tn, fnegatives) = (&counts[0], &counts[1], &counts[2], &counts[3]);
        let recall = divide_no_nan(tp, &(tp + fnegatives)?)?;
        let (x, y) = match self.curve {
            Curve::Roc => (divide_no_nan(fp, &(fp + tn)?)?, recall),
            Curve::Pr => (recall, divide_no_nan(tp, &(tp + fp)?)?),
        };
        let (x_low, x_high) = neighbours(&x)?;
        let (y_low, y_high) = neighbours(&y)?;
        let height = match self.summation_method {
            SummationMethod::Interpolation => ((y_low + y_high)? * 0.5)?,
            SummationMethod::Minoring => y_low.minimum(&y_high)?,
            SummationMethod::Majoring => y_low.maximum(&y_high)?,
        };
        self.total(&((x_low - x_high)? * height)?)
    }
}
