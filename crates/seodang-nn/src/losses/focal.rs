//! Cross-entropies that count easy samples less: `BinaryFocalCrossentropy`,
//! `CategoricalFocalCrossentropy` and `CategoricalGeneralizedCrossEntropy`.

use super::{loss, loss_function, same_shape};
use crate::ops::{self, EPSILON};
use schemars::JsonSchema;
use seodang_core::{DType, Error, Result, text};
use seodang_tensor::Tensor;
use serde::{Deserialize, Serialize};

loss! {
    /// Binary cross-entropy times `(1 - p)^gamma`, where p is the probability of the right class.
    /// Source: Lin et al. 2018; Keras 3, `keras.losses.BinaryFocalCrossentropy`.
    BinaryFocalCrossentropy = "binary_focal_crossentropy", new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// Draws the labels this far towards 1/2.
        label_smoothing: f64 = 0.0,
        /// The axis of the mean.
        axis: i64 = -1,
        /// Whether class 1 counts `alpha` and class 0 `1 - alpha`.
        apply_class_balancing: bool = false,
        /// The weight of class 1.
        alpha: f64 = 0.25,
        /// How much less easy samples count.
        gamma: f64 = 2.0,
    }
}
loss_function!(BinaryFocalCrossentropy, |this, y_true, y_pred| {
    let (mut y, mut p) = ops::same_rank(y_true, y_pred, true)?;
    same_shape(&y, &p)?;
    if this.label_smoothing != 0.0 {
        y = ((y * (1.0 - this.label_smoothing))? + 0.5 * this.label_smoothing)?;
    }
    if this.from_logits {
        p = p.sigmoid()?;
    }
    let not_y = (1.0 - &y)?;
    let clipped = ops::clip(&p, EPSILON, 1.0 - EPSILON)?;
    let log = ((&y * clipped.log()?)? + (&not_y * (1.0 - clipped)?.log()?)?)?;
    let right = ((&y * &p)? + (&not_y * (1.0 - p)?)?)?;
    let mut each = (power(&(1.0 - right)?, this.gamma)? * log.neg()?)?;
    if this.apply_class_balancing {
        each = (each * ((y * this.alpha)? + (not_y * (1.0 - this.alpha))?)?)?;
    }
    each.mean(&[this.axis], false)
});

/// The weight of the classes: one number, or one for each class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ClassWeights {
    /// One for all.
    All(f64),
    /// One for each class.
    Each(Vec<f64>),
}

loss! {
    /// Categorical cross-entropy times `alpha * (1 - p)^gamma`, class by class. Source: Lin et al.
    /// 2018; Keras 3, `keras.losses.CategoricalFocalCrossentropy`.
    CategoricalFocalCrossentropy = "categorical_focal_crossentropy", new() {
        /// Whether the predictions are logits, not probabilities.
        from_logits: bool = false,
        /// Draws the labels this far towards even ones.
        label_smoothing: f64 = 0.0,
        /// The axis of the classes.
        axis: i64 = -1,
        /// The weight of the classes.
        alpha: ClassWeights = ClassWeights::All(0.25),
        /// How much less easy samples count.
        gamma: f64 = 2.0,
    }
}
loss_function!(CategoricalFocalCrossentropy, |this, y_true, y_pred| {
    let (mut y, mut p) = ops::same_rank(y_true, y_pred, true)?;
    same_shape(&y, &p)?;
    if this.label_smoothing != 0.0 {
        let classes = y.shape().last().copied().unwrap_or(1) as f64;
        y = ((y * (1.0 - this.label_smoothing))? + this.label_smoothing / classes)?;
    }
    if this.from_logits {
        p = p.softmax(this.axis)?;
    }
    let p = ops::clip(&(&p / p.sum(&[this.axis], true)?)?, EPSILON, 1.0 - EPSILON)?;
    let mut factor = power(&(1.0 - &p)?, this.gamma)?;
    factor = match &this.alpha {
        ClassWeights::All(alpha) => (factor * *alpha)?,
        ClassWeights::Each(list) => (factor * ops::vector(p.dtype(), list)?)?,
    };
    (factor * (y * p.log()?)?)?.sum(&[this.axis], false)?.neg()
});

/// The base to a constant power.
fn power(base: &Tensor, exponent: f64) -> Result<Tensor> {
    match exponent {
        2.0 => base.square(),
        _ => base.pow(exponent),
    }
}

loss! {
    /// `(1 - p^q) / q` for labels that are class numbers, where p is the probability of the right
    /// class: between cross-entropy (small q) and mean absolute error (1), it bears wrong labels.
    /// Source: Zhang and Sabuncu 2018; Keras 3, `keras.losses.CategoricalGeneralizedCrossEntropy`.
    CategoricalGeneralizedCrossEntropy = "categorical_generalized_cross_entropy", new() {
        /// Between 0 and 1.
        q: f64 = 0.5,
    }
}
loss_function!(
    CategoricalGeneralizedCrossEntropy,
    |this, y_true, y_pred| {
        let classes = y_pred.shape().last().copied().unwrap_or(1);
        let column = y_true.rank() == y_pred.rank() && y_true.shape().last() == Some(&1);
        let labels = if column { y_true.squeeze(&[-1])? } else { y_true.clone() };
        let right = labels.cast(DType::I32)?.one_hot(classes, y_pred.dtype())?;
        let p = (right * y_pred)?.sum(&[-1], false)?;
        (1.0 - p.pow(this.q)?)? / this.q
    },
    |this| {
        if this.q > 0.0 && this.q < 1.0 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"q\" must lie between 0 and 1",
            ko: "\"q\"는 0과 1 사이여야 합니다"
        ))
        .given("q", this.q))
    }
);
