//! The losses as metrics: the mean over samples, without the losses' reduction.

use super::{mean_metric, metric};
use crate::losses::{self, Loss};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// A loss's value for each sample.
fn each(loss: &dyn Loss, y_true: &Tensor, y_pred: &Tensor) -> Result<Tensor> {
    loss.call(&y_true.cast(y_pred.dtype())?, y_pred)
}

metric! {
    /// The mean of `(y_true - y_pred)^2`. Source: Keras 3, `keras.metrics.MeanSquaredError`.
    MeanSquaredError, new() {}
}
mean_metric!(MeanSquaredError, Down, |_this, y_true, y_pred| {
    each(&losses::MeanSquaredError::new(), y_true, y_pred)
});

metric! {
    /// The mean of `|y_true - y_pred|`. Source: Keras 3, `keras.metrics.MeanAbsoluteError`.
    MeanAbsoluteError, new() {}
}
mean_metric!(MeanAbsoluteError, Down, |_this, y_true, y_pred| {
    each(&losses::MeanAbsoluteError::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::BinaryCrossentropy`]. Source: Keras 3,
    /// `keras.metrics.BinaryCrossentropy`.
    BinaryCrossentropy, new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// Draws the labels this far towards 1/2.
        label_smoothing: f64 = 0.0,
    }
}
mean_metric!(BinaryCrossentropy, Down, |this, y_true, y_pred| {
    let loss = losses::BinaryCrossentropy::new()
        .from_logits(this.from_logits)
        .label_smoothing(this.label_smoothing);
    each(&loss, y_true, y_pred)
});

metric! {
    /// The mean of [`losses::CategoricalCrossentropy`]. Source: Keras 3,
    /// `keras.metrics.CategoricalCrossentropy`.
    CategoricalCrossentropy, new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// Draws the labels this far towards even ones.
        label_smoothing: f64 = 0.0,
        /// The axis of the classes.
        axis: i64 = -1,
    }
}
mean_metric!(CategoricalCrossentropy, Down, |this, y_true, y_pred| {
    let loss = losses::CategoricalCrossentropy::new()
        .from_logits(this.from_logits)
        .label_smoothing(this.label_smoothing)
        .axis(this.axis);
    each(&loss, y_true, y_pred)
});

metric! {
    /// The mean of [`losses::SparseCategoricalCrossentropy`]. Source: Keras 3,
    /// `keras.metrics.SparseCategoricalCrossentropy`.
    SparseCategoricalCrossentropy, new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// A label that does not count.
        ignore_class: Option<i64> = None,
        /// The axis of the classes: as in Keras, only the last one works.
        axis: i64 = -1,
    }
}
mean_metric!(SparseCategoricalCrossentropy, Down, |this, y_true, y_pred| {
    if this.axis != -1 {
        return Err(Error::unsupported(text!(
            en: "only classes on the last axis are supported",
            ko: "클래스는 마지막 축에만 있을 수 있습니다"
        ))
        .given("axis", this.axis));
    }
    let loss = losses::SparseCategoricalCrossentropy::new()
        .from_logits(this.from_logits)
        .ignore_class(this.ignore_class);
    let values = each(&loss, y_true, y_pred)?;
    let mask = loss.mask(&y_true.cast(y_pred.dtype())?, y_pred)?;
    Result::Ok((values, mask))
});

metric! {
    /// The mean of [`losses::MeanAbsolutePercentageError`]. Source: Keras 3,
    /// `keras.metrics.MeanAbsolutePercentageError`.
    MeanAbsolutePercentageError, new() {}
}
mean_metric!(MeanAbsolutePercentageError, Down, |_this, y_true, y_pred| {
    each(&losses::MeanAbsolutePercentageError::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::MeanSquaredLogarithmicError`]. Source: Keras 3,
    /// `keras.metrics.MeanSquaredLogarithmicError`.
    MeanSquaredLogarithmicError, new() {}
}
mean_metric!(MeanSquaredLogarithmicError, Down, |_this, y_true, y_pred| {
    each(&losses::MeanSquaredLogarithmicError::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::Hinge`]. Source: Keras 3, `keras.metrics.Hinge`.
    Hinge, new() {}
}
mean_metric!(Hinge, Down, |_this, y_true, y_pred| { each(&losses::Hinge::new(), y_true, y_pred) });

metric! {
    /// The mean of [`losses::SquaredHinge`]. Source: Keras 3, `keras.metrics.SquaredHinge`.
    SquaredHinge, new() {}
}
mean_metric!(SquaredHinge, Down, |_this, y_true, y_pred| {
    each(&losses::SquaredHinge::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::CategoricalHinge`]. Source: Keras 3, `keras.metrics.CategoricalHinge`.
    CategoricalHinge, new() {}
}
mean_metric!(CategoricalHinge, Down, |_this, y_true, y_pred| {
    each(&losses::CategoricalHinge::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::KLDivergence`]. Source: Keras 3, `keras.metrics.KLDivergence`.
    KLDivergence, new() {}
}
mean_metric!(KLDivergence, Down, |_this, y_true, y_pred| {
    each(&losses::KLDivergence::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::Poisson`]. Source: Keras 3, `keras.metrics.Poisson`.
    Poisson, new() {}
}
mean_metric!(Poisson, Down, |_this, y_true, y_pred| {
    each(&losses::Poisson::new(), y_true, y_pred)
});

metric! {
    /// The mean of [`losses::LogCosh`]. Source: Keras 3, `keras.metrics.LogCoshError`.
    LogCoshError, new() {}
}
mean_metric!(LogCoshError = "logcosh", Down, |_this, y_true, y_pred| {
    each(&losses::LogCosh::new(), y_true, y_pred)
});

metric! {
    /// The mean cosine of the angle between labels and predictions: 1 where they point the same way.
    /// Source: Keras 3, `keras.metrics.CosineSimilarity`.
    CosineSimilarity, new() {
        /// The axis of the vectors.
        axis: i64 = -1,
    }
}
mean_metric!(CosineSimilarity, Up, |this, y_true, y_pred| {
    losses::cosine(&y_true.cast(y_pred.dtype())?, y_pred, this.axis)
});
