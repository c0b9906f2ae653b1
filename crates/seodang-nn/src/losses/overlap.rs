//! Losses of overlap, for segmentation: `Dice` and `Tversky`.

use super::{check_broadcast, loss, loss_function};
use crate::ops::EPSILON;

loss! {
    /// `1 - 2 * sum(y_true * y_pred) / (sum(y_true) + sum(y_pred) + 1e-7)`. Source: Milletari et al.
    /// 2016; Keras 3, `keras.losses.Dice`.
    Dice = "dice", new() {
        /// The axes that are summed: all if absent.
        axis: Option<Vec<i64>> = None,
    }
}
loss_function!(Dice, |this, y_true, y_pred| {
    check_broadcast(y_true, y_pred)?;
    let axes = this.axis.as_deref().unwrap_or(&[]);
    let both = (y_true * y_pred)?.sum(axes, false)?;
    let all = ((y_true.sum(axes, false)? + y_pred.sum(axes, false)?)? + EPSILON)?;
    1.0 - ((both * 2.0)? / all)?
});

loss! {
    /// `1 - both / (both + alpha * missed + beta * wrong + 1e-7)`: the sums of what labels and
    /// predictions both hold, of what only the labels hold and of what only the predictions hold.
    /// Source: Salehi et al. 2017; Keras 3, `keras.losses.Tversky`.
    Tversky = "tversky", new() {
        /// The weight of what predictions miss.
        alpha: f64 = 0.5,
        /// The weight of what predictions wrongly hold.
        beta: f64 = 0.5,
        /// The axes that are summed: all if absent.
        axis: Option<Vec<i64>> = None,
    }
}
loss_function!(Tversky, |this, y_true, y_pred| {
    check_broadcast(y_true, y_pred)?;
    let axes = this.axis.as_deref().unwrap_or(&[]);
    let both = (y_true * y_pred)?.sum(axes, false)?;
    let missed = ((1.0 - y_pred)? * y_true)?.sum(axes, false)?;
    let wrong = (y_pred * (1.0 - y_true)?)?.sum(axes, false)?;
    let all = (((&both + (missed * this.alpha)?)? + (wrong * this.beta)?)? + EPSILON)?;
    1.0 - (both / all)?
});
