//! `UnitNorm`.

use super::{Constraint, norms};
use crate::ops::EPSILON;
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// Norm 1 along an axis. Source: Keras 3, `keras.constraints.UnitNorm`.
    UnitNorm in "keras.constraints", new() {
        /// The axis: 0 for the weights into each unit of a Dense kernel.
        axis: i64 = 0,
    }
}

impl Constraint for UnitNorm {
    fn project(&self, weight: &Tensor) -> Result<Tensor> {
        weight / (norms(weight, self.axis)? + EPSILON)?
    }
}
