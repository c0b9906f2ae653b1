//! The accuracies: how many predictions are right.

use super::{mean_metric, metric};
use crate::ops::same_rank;
use seodang_core::Result;
use seodang_tensor::Tensor;

metric! {
    /// How many predictions equal their labels. Source: Keras 3, `keras.metrics.Accuracy`.
    Accuracy, new() {}
}
mean_metric!(Accuracy, Up, |_this, y_true, y_pred| {
    let (t, p) = same_rank(&y_true.cast(y_pred.dtype())?, y_pred, true)?;
    t.eq(&p)
});

metric! {
    /// How many predictions are on the same side of the threshold as their labels of 0 and 1 are
    /// said to be. Source: Keras 3, `keras.metrics.BinaryAccuracy`.
    BinaryAccuracy, new() {
        /// Predictions above it count as 1.
        threshold: f64 = 0.5,
    }
}
mean_metric!(BinaryAccuracy, Up, |this, y_true, y_pred| {
    let (t, p) = same_rank(y_true, y_pred, true)?;
    p.gt(this.threshold)?.cast(t.dtype())?.eq(&t)
});

metric! {
    /// How often the largest prediction is the largest label. Source: Keras 3,
    /// `keras.metrics.CategoricalAccuracy`.
    CategoricalAccuracy, new() {}
}
mean_metric!(CategoricalAccuracy, Up, |_this, y_true, y_pred| {
    y_true.argmax(-1)?.eq(&y_pred.argmax(-1)?)
});

metric! {
    /// How often the largest prediction is that of the class the label names. Source: Keras 3,
    /// `keras.metrics.SparseCategoricalAccuracy`.
    SparseCategoricalAccuracy, new() {}
}
mean_metric!(SparseCategoricalAccuracy, Up, |_this, y_true, y_pred| sparse(y_true, y_pred));

/// Whether the largest prediction is that of the class the label names.
fn sparse(y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
    let column = y_true.rank() == y_pred.rank() && y_true.shape().last() == Some(&1);
    let labels = if column { y_true.squeeze(&[-1])? } else { y_true.clone() };
    let chosen = y_pred.argmax(-1)?;
    labels.cast(chosen.dtype())?.eq(&chosen)
}
