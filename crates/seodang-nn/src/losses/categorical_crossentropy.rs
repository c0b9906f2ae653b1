//! `CategoricalCrossentropy`.

use super::{Loss, Reduction, loss, same_shape};
use crate::ops::{self, EPSILON};
use seodang_core::Result;
use seodang_tensor::Tensor;

loss! {
    /// `-sum(y * log(p))` over the classes, for labels with one number for each class.
    ///
    /// Probabilities are made to sum to 1 and clipped to 1e-7 from 0 and 1; with `from_logits` the
    /// predictions go through log softmax, which is exact. Source: Keras 3,
    /// `keras.losses.CategoricalCrossentropy`.
    CategoricalCrossentropy = "categorical_crossentropy", new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// Draws the labels this far towards even ones.
        label_smoothing: f64 = 0.0,
        /// The axis of the classes.
        axis: i64 = -1,
    }
}

impl Loss for CategoricalCrossentropy {
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
            let classes = y.shape().last().copied().unwrap_or(1) as f64;
            y = ((y * (1.0 - self.label_smoothing))? + self.label_smoothing / classes)?;
        }
        (y * log_probabilities(&p, self.from_logits, self.axis)?)?.sum(&[self.axis], false)?.neg()
    }
}

/// The logarithms of the probabilities of classes.
pub(super) fn log_probabilities(p: &Tensor, from_logits: bool, axis: i64) -> Result<Tensor> {
    if from_logits {
        return p.log_softmax(axis);
    }
    let p = (p / p.sum(&[axis], true)?)?;
    ops::clip(&p, EPSILON, 1.0 - EPSILON)?.log()
}
