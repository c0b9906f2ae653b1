//! `Mean`, and the state that all metrics that are means share.

use super::{Direction, Metric, State, metric};
use crate::{Dims, ops};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

metric! {
    /// The weighted mean of the predictions themselves, whatever the labels. Source: Keras 3,
    /// `keras.metrics.Mean`.
    Mean, new() {}
}

impl Metric for Mean {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn dtype(&self) -> DType {
        self.dtype.0
    }

    fn direction(&self) -> Option<Direction> {
        None
    }

    fn state(&self, _: &Dims) -> Result<Vec<State>> {
        Ok(state())
    }

    fn update(
        &self,
        state: &[Tensor],
        _: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        update(state, y_pred, sample_weight, self.dtype.0)
    }

    fn result(&self, state: &[Tensor]) -> Result<Tensor> {
        result(state)
    }
}

/// The state of a mean: the weighted sum of the samples' values, and the sum of their weights.
pub(crate) fn state() -> Vec<State> {
    vec![State::scalar("total"), State::scalar("count")]
}

/// What a mean takes in: values, and which of them their labels say do not count.
pub(crate) struct Values {
    values: Tensor,
    mask: Option<Tensor>,
}

impl From<Tensor> for Values {
    fn from(values: Tensor) -> Values {
        Values { values, mask: None }
    }
}

impl From<&Tensor> for Values {
    fn from(values: &Tensor) -> Values {
        values.clone().into()
    }
}

impl From<(Tensor, Option<Tensor>)> for Values {
    fn from((values, mask): (Tensor, Option<Tensor>)) -> Values {
        Values { values, mask }
    }
}

/// Takes in one value for each sample: values with more axes than weights count with their means.
pub(crate) fn update(
    state: &[Tensor],
    values: impl Into<Values>,
    sample_weight: Option<&Tensor>,
    dtype: DType,
) -> Result<Vec<Tensor>> {
    let Values { values, mask } = values.into();
    let mut values = values.cast(dtype)?;
    let later_axes = |from: usize, rank: usize| (from..rank).map(|a| a as i64).collect::<Vec<_>>();
    let mut count = ops::scalar(dtype, values.shape().first().map_or(1.0, |&n| n as f64))?;
    if let Some(w) = sample_weight {
        let mut w = w.cast(dtype)?;
        // Keras lets masked values (which are 0) count unless there are weights.
        if let Some(mask) = mask {
            let (mask, weight) = ops::same_rank(&mask.cast(dtype)?, &w, true)?;
            w = (weight * mask)?;
        }
        let (v, w) = ops::same_rank(&values, &w, true)?;
        values = v;
        if values.rank() > w.rank() {
            values = values.mean(&later_axes(w.rank(), values.rank()), false)?;
        }
        let mut w = w.broadcast_to(values.shape())?;
        values = (values * &w)?;
        if w.rank() > 1 {
            w = w.mean(&later_axes(1, w.rank()), false)?;
        }
        count = w.sum(&[], false)?;
    }
    if values.rank() > 1 {
        values = values.mean(&later_axes(1, values.rank()), false)?;
    }
    Ok(vec![(&state[0] + values.sum(&[], false)?)?, (&state[1] + count)?])
}

/// The mean, and 0 before the first sample.
pub(crate) fn result(state: &[Tensor]) -> Result<Tensor> {
    ops::divide_no_nan(&state[0], &state[1])
}
