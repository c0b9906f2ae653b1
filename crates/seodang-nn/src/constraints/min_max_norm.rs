//! `MinMaxNorm`.

use super::{Constraint, norms};
use crate::ops::{EPSILON, clip};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// Norms along an axis drawn into an interval. Source: Keras 3, `keras.constraints.MinMaxNorm`.
    MinMaxNorm in "keras.constraints", new() {
        /// The lower limit.
        min_value: f64 = 0.0,
        /// The upper limit.
        max_value: f64 = 1.0,
        /// How far towards the interval an update goes: 1 for all the way.
        rate: f64 = 1.0,
        /// The axis: 0 for the weights into each unit of a Dense kernel.
        axis: i64 = 0,
    }
}

impl Constraint for MinMaxNorm {
    fn project(&self, weight: &Tensor) -> Result<Tensor> {
        let norms = norms(weight, self.axis)?;
        let inside = (clip(&norms, self.min_value, self.max_value)? * self.rate)?;
        let desired = (inside + (&norms * (1.0 - self.rate))?)?;
        weight * (desired / (norms + EPSILON)?)?
    }
}
