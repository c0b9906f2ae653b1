//! `RootMeanSquaredError`.

use super::{Direction, Metric, State, mean, metric};
use crate::{Dims, ops};
use seodang_core::{DType, Result};
use seodang_tensor::Tensor;

metric! {
    /// `sqrt(mean((y_true - y_pred)^2))` over all elements. Source: Keras 3,
    /// `keras.metrics.RootMeanSquaredError`.
    RootMeanSquaredError, new() {}
}

impl Metric for RootMeanSquaredError {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn dtype(&self) -> DType {
        self.dtype.0
    }

    fn direction(&self) -> Option<Direction> {
        Some(Direction::Down)
    }

    fn state(&self, _: &Dims) -> Result<Vec<State>> {
        Ok(mean::state())
    }

    fn update(
        &self,
        state: &[Tensor],
        y_true: &Tensor,
        y_pred: &Tensor,
        sample_weight: Option<&Tensor>,
    ) -> Result<Vec<Tensor>> {
        let dtype = self.dtype.0;
        let (t, p) = ops::same_rank(&y_true.cast(dtype)?, &y_pred.cast(dtype)?, true)?;
        mean::update(state, (p - t)?.square()?, sample_weight, dtype)
    }

    fn result(&self, state: &[Tensor]) -> Result<Tensor> {
        mean::result(state)?.sqrt()
    }
}
