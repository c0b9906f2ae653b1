//! Penalties on weights and outputs: one file and one record each, after `keras.regularizers`.

mod l1;
mod l1l2;
mod l2;
mod orthogonal;

pub use l1::L1;
pub use l1l2::L1L2;
pub use l2::L2;
pub use orthogonal::{OrthogonalRegularizer, Vectors};

use crate::record::{Record, family};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// A penalty that is added to the loss.
pub trait Regularizer: Record {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// The penalty on a weight or an output: a scalar of its element type.
    ///
    /// # Errors
    /// `Shape`, if there is no penalty for such a shape.
    fn penalty(&self, x: &Tensor) -> Result<Tensor>;
}

/// Checks that a factor is a number not below 0.
fn factor(name: &str, value: f64) -> Result<()> {
    if value >= 0.0 && value.is_finite() {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"{name}\" must be a number not below 0",
        ko: "\"{name}\"은(는) 0 이상의 수여야 합니다"
    ))
    .given(name, value))
}

family! {
    Regularizer, "regularizer", "규제",
    renamed [],
    ignored [],
    L1,
    L1L2 | "l1_l2",
    L2,
    OrthogonalRegularizer | "orthogonal",
}
