//! `Ones`.

use super::Initializer;
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};

record! {
    /// Every element is 1. Source: Keras 3, `keras.initializers.Ones`.
    Ones in "keras.initializers", new() {}
}

impl Initializer for Ones {
    fn initialize(&self, _: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        Ok(Array::full(dtype, shape, 1.0))
    }
}
