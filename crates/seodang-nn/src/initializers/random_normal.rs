//! `RandomNormal`.

use super::{Initializer, draw};
use crate::record::record;
use seodang_core::random::Stream;
use seodang_core::{Array, DType, Result, Shape};

record! {
    /// Normally distributed numbers. Source: Keras 3, `keras.initializers.RandomNormal`.
    RandomNormal in "keras.initializers", new() {
        /// The mean.
        mean: f64 = 0.0,
        /// The standard deviation.
        stddev: f64 = 0.05,
        /// Draws the same numbers every time; if absent, from the model's stream.
        seed: Option<u64> = None,
    }
}

impl Initializer for RandomNormal {
    fn initialize(&self, stream: &mut Stream, dtype: DType, shape: &Shape) -> Result<Array> {
        Ok(draw(self.seed, stream, dtype, shape, |s| self.mean + self.stddev * s.normal()))
    }
}
