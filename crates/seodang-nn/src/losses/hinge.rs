//! The hinge losses: `Hinge`, `SquaredHinge` and `CategoricalHinge`.

use super::{check_broadcast, loss, loss_function};
use seodang_core::Result;
use seodang_tensor::Tensor;

/// `max(1 - y_true * y_pred, 0)`, with labels of 0 and 1 taken as -1 and 1.
fn margin(y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
    check_broadcast(y_true, y_pred)?;
    let binary = y_true.eq(0.0)?.logical_or(&y_true.eq(1.0)?)?.all(&[], false)?;
    let binary = binary.broadcast_to(y_true.shape())?;
    let labels = Tensor::select(&binary, &((y_true * 2.0)? - 1.0)?, y_true)?;
    (1.0 - (labels * y_pred)?)?.maximum(0.0)
}

loss! {
    /// `mean(max(1 - y_true * y_pred, 0))` over the last axis, for labels of -1 and 1; labels of 0 and
    /// 1 are taken as -1 and 1. Source: Keras 3, `keras.losses.Hinge`.
    Hinge = "hinge", new() {}
}
loss_function!(Hinge, |_this, y_true, y_pred| margin(y_true, y_pred)?.mean(&[-1], false));

loss! {
    /// `mean(max(1 - y_true * y_pred, 0)^2)` over the last axis, for labels of -1 and 1; labels of 0
    /// and 1 are taken as -1 and 1. Source: Keras 3, `keras.losses.SquaredHinge`.
    SquaredHinge = "squared_hinge", new() {}
}
loss_function!(SquaredHinge, |_this, y_true, y_pred| {
    margin(y_true, y_pred)?.square()?.mean(&[-1], false)
});

loss! {
    /// `max(wrong - right + 1, 0)` for labels with one number for each class: the prediction of the
    /// right class, and the largest of the others. Source: Keras 3, `keras.losses.CategoricalHinge`.
    CategoricalHinge = "categorical_hinge", new() {}
}
loss_function!(CategoricalHinge, |_this, y_true, y_pred| {
    check_broadcast(y_true, y_pred)?;
    let right = (y_true * y_pred)?.sum(&[-1], false)?;
    let wrong = ((1.0 - y_true)? * y_pred)?.max(&[-1], false)?;
    ((wrong - right)? + 1.0)?.maximum(0.0)
});
