//! `Constant`.

use super::Initializer;
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};

record! {
    /// Every element has one value. Source: Keras 3, `keras.initializers.Constant`.
    Constant in "keras.initializers", new() {
        /// The value.
        value: f64 = 0.0,
    }
}

impl Initializer for Constant {
    fn initialize(&self, _: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        Ok(Array::full(dtype, shape, self.value))
    }
}
