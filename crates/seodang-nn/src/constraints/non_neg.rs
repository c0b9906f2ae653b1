//! `NonNeg`.

use super::Constraint;
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// No element below 0. Source: Keras 3, `keras.constraints.NonNeg`.
    NonNeg in "keras.constraints", new() {}
}

impl Constraint for NonNeg {
    fn project(&self, weight: &Tensor) -> Result<Tensor> {
        weight.maximum(0.0)
    }
}
