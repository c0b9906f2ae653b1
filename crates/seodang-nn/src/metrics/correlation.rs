//! How labels and predictions vary together: `PearsonCorrelation` and `ConcordanceCorrelation`.

use super::{mean_metric, metric};
use crate::ops::{EPSILON, same_rank};
use seodang_core::Result;
use seodang_tensor::Tensor;

metric! {
    /// The mean over samples of Pearson's correlation along an axis: -1 to 1. Source: Keras 3,
    /// `keras.metrics.PearsonCorrelation`.
    PearsonCorrelation, new() {
        /// The axis along which labels and predictions vary.
        axis: i64 = -1,
    }
}
mean_metric!(PearsonCorrelation, Up, |this, y_true, y_pred| {
    let (t, p) = same_rank(&y_true.cast(y_pred.dtype())?, y_pred, true)?;
    let scaled = |x: Tensor| -> Result<Tensor> {
        let centred = (&x - x.mean(&[this.axis], true)?)?;
        &centred / centred.std(&[this.axis], true)?
    };
    (scaled(t)? * scaled(p)?)?.mean(&[this.axis], false)
});

metric! {
    /// The mean over samples of the concordance correlation along an axis: Pearson's, less for
    /// different means and variances. Source: Lin 1989; Keras 3,
    /// `keras.metrics.ConcordanceCorrelation`.
    ConcordanceCorrelation, new() {
        /// The axis along which labels and predictions vary.
        axis: i64 = -1,
    }
}
mean_metric!(ConcordanceCorrelation, Up, |this, y_true, y_pred| {
    let (t, p) = same_rank(&y_true.cast(y_pred.dtype())?, y_pred, true)?;
    let axes = [this.axis];
    let (t_mean, p_mean) = (t.mean(&axes, true)?, p.mean(&axes, true)?);
    let spread = ((t.var(&axes, true)? + p.var(&axes, true)?)? + (&t_mean - &p_mean)?.square()?)?;
    let together = ((&t - &p_mean)? * (&p - &p_mean)?)?;
    ((together * 2.0)? / (spread + EPSILON)?)?.mean(&axes, false)
});
