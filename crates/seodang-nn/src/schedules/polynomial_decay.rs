//! `PolynomialDecay`.

use super::{Schedule, steps};
use crate::ops::like;
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;

record! {
    /// `(initial - end) * (1 - step / decay_steps)^power + end`, and `end` from `decay_steps` on, or
    /// again and again with `cycle`. Source: Keras 3,
    /// `keras.optimizers.schedules.PolynomialDecay`.
    PolynomialDecay in "keras.optimizers.schedules",
        new(initial_learning_rate: f64, decay_steps: f64) {
        /// The learning rate at the first step.
        initial_learning_rate: f64 = 0.0,
        /// The number of steps to the end.
        decay_steps: f64 = 1.0,
        /// The learning rate at the end.
        end_learning_rate: f64 = 0.0001,
        /// The power: 1 for a line.
        power: f64 = 1.0,
        /// Whether the decay begins again, each time over more steps.
        cycle: bool = false,
        /// The schedule's name.
        name: String = "PolynomialDecay".to_string(),
    }
}

impl Schedule for PolynomialDecay {
    fn validate(&self) -> Result<()> {
        steps("decay_steps", self.decay_steps)
    }

    fn rate(&self, step: &Tensor) -> Result<Tensor> {
        let whole = like(step, self.decay_steps)?;
        let p = if self.cycle {
            let cycles = (step / self.decay_steps)?.ceil()?.maximum(1.0)?;
            (step / (cycles * whole)?)?
        } else {
            (step.minimum(&whole)? / self.decay_steps)?
        };
        let left = (1.0 - p)?.pow(self.power)?;
        (left * (self.initial_learning_rate - self.end_learning_rate))? + self.end_learning_rate
    }
}
