//! `Huber`.

use super::{Loss, Reduction, check_broadcast, loss};
use crate::ops;
use seodang_core::Result;
use seodang_tensor::Tensor;

loss! {
    /// The mean over the last axis of `e^2 / 2` where `|e| <= delta` and `delta * |e| - delta^2 / 2`
    /// elsewhere, for `e = y_pred - y_true`. Source: Huber 1964; Keras 3, `keras.losses.Huber`.
    Huber = "huber_loss", new() {
        /// Where the parabola becomes a line.
        delta: f64 = 1.0,
    }
}

impl Loss for Huber {
    fn name(&self) -> &str {
        &self.name
    }

    fn reduction(&self) -> Reduction {
        self.reduction
    }

    fn call(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
        let (y_true, y_pred) = ops::same_rank(y_true, y_pred, true)?;
        check_broadcast(&y_true, &y_pred)?;
        let error = (y_pred - y_true)?;
        let size = error.abs()?;
        let parabola = (error.square()? * 0.5)?;
        let line = ((&size * self.delta)? - 0.5 * self.delta * self.delta)?;
        Tensor::select(&size.le(self.delta)?, &parabola, &line)?.mean(&[-1], false)
    }
}
