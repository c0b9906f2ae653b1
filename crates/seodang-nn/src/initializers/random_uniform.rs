//! `RandomUniform`.

use super::{Initializer, draw};
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};

record! {
    /// Evenly distributed numbers. Source: Keras 3, `keras.initializers.RandomUniform`.
    RandomUniform in "keras.initializers", new() {
        /// The lower limit, included.
        minval: f64 = -0.05,
        /// The upper limit, excluded.
        maxval: f64 = 0.05,
        /// Draws the same numbers every time; if absent, from the model's stream.
        seed: Option<u64> = None,
    }
}

impl Initializer for RandomUniform {
    fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        Ok(draw(self.seed, stream, dtype, shape, |s| {
            self.minval + (self.maxval - self.minval) * s.uniform()
        }))
    }
}
