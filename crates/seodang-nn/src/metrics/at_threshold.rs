//! The best of one rate while another is kept: `SensitivityAtSpecificity`,
//! `SpecificityAtSensitivity`, `PrecisionAtRecall` and `RecallAtPrecision`.

use super::confusion::Counting;
use super::{Direction, Metric, State};
use crate::ops::{EPSILON, divide_no_nan};
use crate::record::record;
use crate::{DTypeName, Dims};
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;

/// The thresholds from 0 to 1; the first one has every prediction above it.
fn thresholds(count: usize) -> Vec<f64> {
    if count == 1 {
        return vec![0.5];
    }
    let last = (count - 1) as f64;
    let between = (1..count - 1).map(|i| i as f64 / last);
    std::iter::once(-EPSILON).chain(between).chain([1.0]).collect()
}

/// The right among the positive (or negative) labels or predictions.
fn rate(right: &Tensor, others: &Tensor) -> Result<Tensor> {
    divide_no_nan(right, &(right + others)?)
}

macro_rules! at_threshold {
    ($($(#[$meta:meta])* $name:ident, $value:ident, |$c:ident| $kept:expr, $wanted:expr;)*) => {$(
        record! {
            $(#[$meta])*
            $name in "keras.metrics", new($value: f64) {
                /// The metric's name; made of the class name if absent.
                name: Option<String> = None,
                /// The element type that the metric counts in.
                dtype: DTypeName = DTypeName::default(),
                /// How many thresholds are tried.
                num_thresholds: usize = 200,
                /// Only this class counts.
                class_id: Option<usize> = None,
                /// What the other rate must be at least: 0 to 1.
                $value: f64 = 0.0,
            }
        }

        impl Metric for $name {
            fn validate(&self) -> Result<()> {
                if self.num_thresholds == 0 {
                    return Err(Error::value(text!(
                        en: "\"num_thresholds\" must be at least 1",
                        ko: "\"num_thresholds\"는 1 이상이어야 합니다"
                    )));
                }
                if (0.0..=1.0).contains(&self.$value) {
                    return Ok(());
                }
                let option = stringify!($value);
                Err(Error::value(text!(
                    en: "\"{option}\" must lie between 0 and 1",
                    ko: "\"{option}\"은(는) 0과 1 사이여야 합니다"
                ))
                .given(option, self.$value))
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

            fn state(&self, _: &Dims) -> Result<Vec<State>> {
                let shape = [self.num_thresholds];
                let names =
                    ["true_positives", "false_positives", "true_negatives", "false_negatives"];
                Ok(names.map(|name| State { name, shape: shape.into() }).to_vec())
            }

            fn update(
                &self,
                state: &[Tensor],
                y_true: &Tensor,
                y_pred: &Tensor,
                sample_weight: Option<&Tensor>,
            ) -> Result<Vec<Tensor>> {
                let thresholds = thresholds(self.num_thresholds);
                let counting = Counting {
                    class_id: self.class_id,
                    ..Counting::plain(self.dtype.0, &thresholds)
                };
                let counts = counting.count(y_true, y_pred, sample_weight)?;
                Ok(vec![
                    (&state[0] + counts.true_positives)?,
                    (&state[1] + counts.false_positives)?,
                    (&state[2] + counts.true_negatives)?,
                    (&state[3] + counts.false_negatives)?,
                ])
            }

            fn result(&self, $c: &[Tensor]) -> Result<Tensor> {
                let (kept, wanted) = ($kept?, $wanted?);
                let best = Tensor::select(&kept.ge(self.$value)?, &wanted, 0.0)?;
                best.max(&[], false)
            }
        }
    )*};
}

at_threshold! {
    /// The largest part of the positive labels found while the given part of the negative ones is.
    /// Source: Keras 3, `keras.metrics.SensitivityAtSpecificity`.
    SensitivityAtSpecificity, specificity, |c| rate(&c[2], &c[1]), rate(&c[0], &c[3]);
    /// The largest part of the negative labels found while the given part of the positive ones is.
    /// Source: Keras 3, `keras.metrics.SpecificityAtSensitivity`.
    SpecificityAtSensitivity, sensitivity, |c| rate(&c[0], &c[3]), rate(&c[2], &c[1]);
    /// The largest precision while the recall is the given one at least. Source: Keras 3,
    /// `keras.metrics.PrecisionAtRecall`.
    PrecisionAtRecall, recall, |c| rate(&c[0], &c[3]), rate(&c[0], &c[1]);
    /// The largest recall while the precision is the given one at least. Source: Keras 3,
    /// `keras.metrics.RecallAtPrecision`.
    ///
    /// ```
    /// use seodang_nn::metrics::{MetricRef, RecallAtPrecision};
    /// assert_eq!(MetricRef::new(RecallAtPrecision::new(0.9))?.name(), "recall_at_precision");
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    RecallAtPrecision, precision, |c| rate(&c[0], &c[1]), rate(&c[0], &c[3]);
}
