//! `L1L2`.

use super::{Regularizer, factor};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// `l1 * sum(|x|) + l2 * sum(x^2)`. Source: Keras 3, `keras.regularizers.L1L2`.
    L1L2 in "keras.regularizers", new() {
        /// The factor of the absolute values.
        l1: f64 = 0.0,
        /// The factor of the squares.
        l2: f64 = 0.0,
    }
}

impl Regularizer for L1L2 {
    fn validate(&self) -> Result<()> {
        factor("l1", self.l1).and_then(|()| factor("l2", self.l2))
    }

    fn penalty(&self, x: &Tensor) -> Result<Tensor> {
        let absolute = (x.abs()?.sum(&[], false)? * self.l1)?;
        let squares = (x.square()?.sum(&[], false)? * self.l2)?;
        absolute + squares
    }
}
