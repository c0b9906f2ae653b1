//! `L1`.

use super::{Regularizer, factor};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// `l1 * sum(|x|)`. Source: Keras 3, `keras.regularizers.L1`.
    L1 in "keras.regularizers", new() {
        /// The factor.
        l1: f64 = 0.01,
    }
}

impl Regularizer for L1 {
    fn validate(&self) -> Result<()> {
        factor("l1", self.l1)
    }

    fn penalty(&self, x: &Tensor) -> Result<Tensor> {
        x.abs()?.sum(&[], false)? * self.l1
    }
}
