//! How the losses of a batch become one number.

use crate::ops;
use crate::record::Setting;
use schemars::JsonSchema;
use seodang_core::Result;
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};

/// How the losses of a batch become one number. Source: Keras 3, `keras.losses.Loss`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// The sum divided by the number of losses.
    #[default]
    SumOverBatchSize,
    /// The sum.
    Sum,
    /// The same as `SumOverBatchSize`.
    Mean,
    /// The weighted sum divided by the sum of the weights.
    MeanWithSampleWeight,
    /// The losses as they are.
    None,
}

impl<'de> Deserialize<'de> for Reduction {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Reduction, D::Error> {
        /// The names, and Keras's null for "none".
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Name {
            #[serde(alias = "auto")]
            SumOverBatchSize,
            Sum,
            Mean,
            MeanWithSampleWeight,
            None,
        }
        Ok(match Option::<Name>::deserialize(deserializer)? {
            Some(Name::SumOverBatchSize) => Reduction::SumOverBatchSize,
            Some(Name::Sum) => Reduction::Sum,
            Some(Name::Mean) => Reduction::Mean,
            Some(Name::MeanWithSampleWeight) => Reduction::MeanWithSampleWeight,
            Some(Name::None) | None => Reduction::None,
        })
    }
}

impl Setting<Reduction> for Option<Reduction> {
    fn into_setting(self) -> Reduction {
        self.unwrap_or(Reduction::None)
    }
}

/// The losses times the weights, reduced; masked losses count nothing.
pub(super) fn reduce_weighted(
    losses: &Tensor,
    sample_weight: Option<&Tensor>,
    mask: Option<&Tensor>,
    reduction: Reduction,
) -> Result<Tensor> {
    let dtype = losses.dtype();
    let mut weight = sample_weight.map(|w| w.cast(dtype)).transpose()?;
    if let Some(mask) = mask {
        let mut m = mask.cast(dtype)?;
        if matches!(reduction, Reduction::Mean | Reduction::SumOverBatchSize) {
            // Valid losses count total / valid: the division by the total leaves their mean.
            let total = ops::scalar(dtype, m.size() as f64)?;
            let share = ops::divide_no_nan(&total, &m.sum(&[], false)?)?;
            m = (m * share)?;
        }
        weight = Some(match weight {
            Some(w) => {
                let (m, w) = ops::same_rank(&m, &w, true)?;
                (w * m)?
            }
            None => m,
        });
    }
    let mut values = losses.clone();
    if let Some(w) = &mut weight {
        let (v, same) = ops::same_rank(&values, w, true)?;
        values = (v * &same)?;
        *w = same;
    }
    if reduction == Reduction::None || values.rank() == 0 || values.shape().dims() == [0] {
        return Ok(values);
    }
    let sum = values.sum(&[], false)?;
    match (reduction, &weight) {
        (Reduction::Sum, _) => Ok(sum),
        (Reduction::MeanWithSampleWeight, Some(w)) => ops::divide_no_nan(&sum, &w.sum(&[], false)?),
        _ if values.size() == 0 => Ok(sum),
        _ => sum / values.size() as f64,
    }
}
