//! `Sum`.

use super::{Direction, Metric, State, metric};
use crate::{Dims, ops};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

metric! {
    /// The weighted sum of the predictions themselves, whatever the labels. Source: Keras 3,
    /// `keras.metrics.Sum`.
    Sum, new() {}
}

impl Metric for Sum {
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
        Ok(vec![State::scalar("total")])
    }

    fn update(
        &self,
        state: &[Tensor],
        _: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        let mut values = y_pred.cast(self.dtype.0)?;
        if let Some(w) = sample_weight {
            let (v, w) = ops::same_rank(&values, &w.cast(self.dtype.0)?, true)?;
            let later: Vec<i64> = (w.rank()..v.rank()).map(|a| a as i64).collect();
            let v = if later.is_empty() { v } else { v.sum(&later, false)? };
            values = (v * w)?;
        }
        Ok(vec![(&state[0] + values.sum(&[], false)?)?])
    }

    fn result(&self, state: &[Tensor]) -> Result<Tensor> {
        Ok(state[0].clone())
    }
}
