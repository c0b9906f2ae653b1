//! `InverseTimeDecay`.

use super::{Schedule, steps};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// `initial_learning_rate / (1 + decay_rate * step / decay_steps)`. Source: Keras 3, `keras.optimizers.schedules.InverseTimeDecay`.
    InverseTimeDecay in "keras.optimizers.schedules",
        new(initial_learning_rate: f64, decay_steps: f64, decay_rate: f64) {
        /// The learning rate at the first step.
        initial_learning_rate: f64 = 0.0,
        /// The number of steps for which one decay stands.
        decay_steps: f64 = 1.0,
        /// The decay.
        decay_rate: f64 = 1.0,
        /// Whether the rate stays between multiples of `decay_steps`.
        staircase: bool = false,
        /// The schedule's name.
        name: String = "InverseTimeDecay".to_string(),
    }
}

impl Schedule for InverseTimeDecay {
    fn validate(&self) -> Result<()> {
        steps("decay_steps", self.decay_steps)
    }

    fn rate(&self, step: &Tensor) -> Result<Tensor> {
        let mut p = (step / self.decay_steps)?;
        if self.staircase {
            p = p.floor()?;
        }
        self.initial_learning_rate / ((p * self.decay_rate)? + 1.0)?
    }
}
