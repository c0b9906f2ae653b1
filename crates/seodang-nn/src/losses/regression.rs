//! Losses of numbers: `MeanAbsolutePercentageError`, `MeanSquaredLogarithmicError`, `LogCosh`,
//! `CosineSimilarity`, `Poisson` and `KLDivergence`.

use super::{check_broadcast, loss, loss_function, same_shape};
use crate::ops::{self, EPSILON, softplus};
use seodang_core::Result;
use seodang_tensor::Tensor;

/// Labels and predictions of one rank that broadcast.
fn pair(y_true: &Tensor, y_pred: &Tensor) -> Result<(Tensor, Tensor)> {
    let (y_true, y_pred) = ops::same_rank(y_true, y_pred, true)?;
    check_broadcast(&y_true, &y_pred)?;
    Ok((y_true, y_pred))
}

loss! {
    /// `100 * mean(|y_true - y_pred| / max(|y_true|, 1e-7))` over the last axis. Source: Keras 3,
    /// `keras.losses.MeanAbsolutePercentageError`.
    MeanAbsolutePercentageError = "mean_absolute_percentage_error", new() {}
}
loss_function!(MeanAbsolutePercentageError, |_this, y_true, y_pred| {
    let (t, p) = pair(y_true, y_pred)?;
    let part = ((&t - p)? / t.abs()?.maximum(EPSILON)?)?.abs()?;
    part.mean(&[-1], false)? * 100.0
});

loss! {
    /// `mean((log(y_true + 1) - log(y_pred + 1))^2)` over the last axis, what is below 1e-7 taken as
    /// 1e-7. Source: Keras 3, `keras.losses.MeanSquaredLogarithmicError`.
    MeanSquaredLogarithmicError = "mean_squared_logarithmic_error", new() {}
}
loss_function!(MeanSquaredLogarithmicError, |_this, y_true, y_pred| {
    let (t, p) = pair(y_true, y_pred)?;
    let log = |x: Tensor| (x.maximum(EPSILON)? + 1.0)?.log();
    (log(p)? - log(t)?)?.square()?.mean(&[-1], false)
});

loss! {
    /// `mean(log(cosh(y_pred - y_true)))` over the last axis: about `e^2 / 2` for small errors and
    /// `|e| - log(2)` for large ones. Source: Keras 3, `keras.losses.LogCosh`.
    LogCosh = "log_cosh", new() {}
}
loss_function!(LogCosh, |_this, y_true, y_pred| {
    let (t, p) = pair(y_true, y_pred)?;
    let error = (p - t)?;
    let each = ((&error + softplus(&(&error * -2.0)?)?)? - std::f64::consts::LN_2)?;
    each.mean(&[-1], false)
});

loss! {
    /// The cosine of the angle between labels and predictions, negated: -1 where they point the same
    /// way. Source: Keras 3, `keras.losses.CosineSimilarity`.
    ///
    /// ```
    /// use seodang_nn::losses::{CosineSimilarity, Loss};
    /// use seodang_tensor::Tensor;
    /// let t = Tensor::new([1, 2], vec![0.0f32, 2.0])?;
    /// let p = Tensor::new([1, 2], vec![0.0f32, 5.0])?;
    /// assert!((CosineSimilarity::new().call(&t, &p)?.item()? + 1.0).abs() < 1e-6);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    CosineSimilarity = "cosine_similarity", new() {
        /// The axis of the vectors.
        axis: i64 = -1,
    }
}
loss_function!(CosineSimilarity, |this, y_true, y_pred| {
    cosine(y_true, y_pred, this.axis)?.neg()
});

/// The cosine of the angle between vectors along an axis.
pub(crate) fn cosine(y_true: &Tensor, y_pred: &Tensor, axis: i64) -> Result<Tensor> {
    let (t, p) = pair(y_true, y_pred)?;
    let product = (ops::unit_length(&t, &[axis])? * ops::unit_length(&p, &[axis])?)?;
    product.sum(&[axis], false)
}

loss! {
    /// `mean(y_pred - y_true * log(y_pred + 1e-7))` over the last axis, for counts. Source: Keras 3,
    /// `keras.losses.Poisson`.
    Poisson = "poisson", new() {}
}
loss_function!(Poisson, |_this, y_true, y_pred| {
    check_broadcast(y_true, y_pred)?;
    (y_pred - (y_true * (y_pred + EPSILON)?.log()?)?)?.mean(&[-1], false)
});

loss! {
    /// `sum(y_true * log(y_true / y_pred))` over the last axis, for two distributions, whose
    /// probabilities are taken as 1e-7 at least. Source: Kullback and Leibler 1951; Keras 3,
    /// `keras.losses.KLDivergence`.
    KLDivergence = "kl_divergence", new() {}
}
loss_function!(KLDivergence, |_this, y_true, y_pred| {
    same_shape(y_true, y_pred)?;
    let (t, p) = (ops::clip(y_true, EPSILON, 1.0)?, ops::clip(y_pred, EPSILON, 1.0)?);
    (&t * (&t / p)?.log()?)?.sum(&[-1], false)
});
