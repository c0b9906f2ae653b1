//! `MeanSquaredError`.

use super::{Loss, Reduction, check_broadcast, loss};
use crate::ops;
use seodang_core::Result;
use seodang_tensor::Tensor;

loss! {
    /// `mean((y_true - y_pred)^2)` over the last axis. Source: Keras 3,
    /// `keras.losses.MeanSquaredError`.
    MeanSquaredError = "mean_squared_error", new() {}
}

impl Loss for MeanSquaredError {
    fn name(&self) -> &str {
        &self.name
    }

    fn reduction(&self) -> Reduction {
        self.reduction
    }

    fn call(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
        let (y_true, y_pred) = ops::same_rank(y_true, y_pred, true)?;
        check_broadcast(&y_true, &y_pred)?;
        (y_true - y_pred)?.square()?.mean(&[-1], false)
    }
}
