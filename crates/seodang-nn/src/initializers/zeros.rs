//! `Zeros`.

use super::Initializer;
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};

record! {
    /// Every element is 0. Source: Keras 3, `keras.initializers.Zeros`.
    Zeros in "keras.initializers", new() {}
}

impl Initializer for Zeros {
    fn initialize(&self, _: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        Ok(Array::full(dtype, shape, 0.0))
    }
}
