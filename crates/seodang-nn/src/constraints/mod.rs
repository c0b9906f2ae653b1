//! What a weight is made to fulfil after each update: one file and one record each, after
//! `keras.constraints`.

mod max_norm;
mod min_max_norm;
mod non_neg;
mod unit_norm;

pub use max_norm::MaxNorm;
pub use min_max_norm::MinMaxNorm;
pub use non_neg::NonNeg;
pub use unit_norm::UnitNorm;

use crate::record::{Record, family};
use seodang_core::Result;
use seodang_tensor::Tensor;

/// A projection of a weight after an update.
pub trait Constraint: Record {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// The weight, changed so that it fulfils the constraint.
    ///
    /// # Errors
    /// `Value`, if the weight has no such axis.
    fn project(&self, weight: &Tensor) -> Result<Tensor>;
}

/// The Euclidean norms along an axis, kept as a dimension of 1.
fn norms(w: &Tensor, axis: i64) -> Result<Tensor> {
    w.square()?.sum(&[axis], true)?.sqrt()
}

family! {
    Constraint, "constraint", "제약",
    renamed [],
    ignored [],
    MaxNorm,
    MinMaxNorm,
    NonNeg | "nonneg",
    UnitNorm,
}
