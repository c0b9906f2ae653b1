//! `MaxNorm`.

use super::{Constraint, norms};
use crate::ops::{EPSILON, clip};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// Norms along an axis not above a limit. Source: Keras 3, `keras.constraints.MaxNorm`.
    MaxNorm in "keras.constraints", new() {
        /// The limit.
        max_value: f64 = 2.0,
        /// The axis: 0 for the weights into each unit of a Dense kernel.
        axis: i64 = 0,
    }
}

impl Constraint for MaxNorm {
    fn project(&self, weight: &Tensor) -> Result<Tensor> {
        let norms = norms(weight, self.axis)?;
        weight * (clip(&norms, 0.0, self.max_value)? / (norms + EPSILON)?)?
    }
}
