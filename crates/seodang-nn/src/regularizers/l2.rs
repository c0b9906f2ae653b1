//! `L2`.

use super::{Regularizer, factor};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// `l2 * sum(x^2)`. Source: Keras 3, `keras.regularizers.L2`.
    L2 in "keras.regularizers", new() {
        /// The factor.
        l2: f64 = 0.01,
    }
}

impl Regularizer for L2 {
    fn validate(&self) -> Result<()> {
        factor("l2", self.l2)
    }

    fn penalty(&self, x: &Tensor) -> Result<Tensor> {
        x.square()?.sum(&[], false)? * self.l2
    }
}
