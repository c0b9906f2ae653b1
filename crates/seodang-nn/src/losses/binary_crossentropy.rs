//! `BinaryCrossentropy`.

use super::{Loss, Reduction, loss, same_shape};
use crate::ops::{self, EPSILON, softplus};
use seodang_core::Result;
use seodang_tensor::Tensor;

loss! {
    /// `-mean(y * log(p) + (1 - y) * log(1 - p))` over the last axis, for labels of 0 and 1.
    ///
    /// Probabilities are clipped to 1e-7 from 0 and 1. With `from_logits` the predictions are
    /// `log(p / (1 - p))`, which is exact. Source: Keras 3, `keras.losses.BinaryCrossentropy`.
    BinaryCrossentropy = "binary_crossentropy", new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// Draws the labels this far towards 1/2.
        label_smoothing: f64 = 0.0,
        /// The axis of the mean.
        axis: i64 = -1,
    }
}

impl Loss for BinaryCrossentropy {
    fn name(&self) -> &str {
        &self.name
    }

    fn reduction(&self) -> Reduction {
        self.reduction
    }

    fn call(&self, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
        let (mut y, p) = ops::same_rank(y_true, y_pred, true)?;
        same_shape(&y, &p)?;
        if self.label_smoothing != 0.0 {
            y = ((y * (1.0 - self.label_smoothing))? + 0.5 * self.label_smoothing)?;
        }
        let each = if self.from_logits {
            // -log(sigmoid(z)) = softplus(-z), and -log(1 - sigmoid(z)) = softplus(z).
            let yes = (&y * softplus(&p.neg()?)?)?;
            (yes + ((1.0 - &y)? * softplus(&p)?)?)?
        } else {
            let p = ops::clip(&p, EPSILON, 1.0 - EPSILON)?;
            let yes = (&y * p.log()?)?;
            let no = ((1.0 - &y)? * (1.0 - &p)?.log()?)?;
            (yes + no)?.neg()?
        };
        each.mean(&[self.axis], false)
    }
}
