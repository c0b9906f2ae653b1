//! `CosineDecay`.

use super::{Schedule, steps};
use crate::record::record;
use seodang_core::Result;
use seodang_tensor::Tensor;
use std::f64::consts::PI;

record! {
    /// Half a cosine wave from the first learning rate to `alpha` times it, after a linear warmup if
    /// `warmup_target` is given. Source: Loshchilov and Hutter 2017; Keras 3,
    /// `keras.optimizers.schedules.CosineDecay`.
    CosineDecay in "keras.optimizers.schedules",
        new(initial_learning_rate: f64, decay_steps: f64) {
        /// The learning rate at the first step.
        initial_learning_rate: f64 = 0.0,
        /// The number of steps to the end, the warmup not counted.
        decay_steps: f64 = 1.0,
        /// The learning rate at the end, as a part of the one that decays.
        alpha: f64 = 0.0,
        /// The schedule's name.
        name: String = "CosineDecay".to_string(),
        /// The learning rate at the end of the warmup, from which it decays; without it there is no
        /// warmup.
        warmup_target: Option<f64> = None,
        /// The number of steps of the warmup.
        warmup_steps: f64 = 0.0,
    }
}

impl CosineDecay {
    /// The decay from `from` over the steps since its beginning.
    fn decay(&self, step: &Tensor, from: f64) -> Result<Tensor> {
        let turned = (step * (PI / self.decay_steps))?.cos()?;
        let part = ((turned + 1.0)? * 0.5)?;
        ((part * (1.0 - self.alpha))? + self.alpha)? * from
    }
}

impl Schedule for CosineDecay {
    fn validate(&self) -> Result<()> {
        steps("decay_steps", self.decay_steps)
    }

    fn rate(&self, step: &Tensor) -> Result<Tensor> {
        let Some(target) = self.warmup_target else {
            return self.decay(&step.minimum(self.decay_steps)?, self.initial_learning_rate);
        };
        let step = step.minimum(self.decay_steps + self.warmup_steps)?;
        let decaying = self.decay(&(&step - self.warmup_steps)?, target)?;
        if self.warmup_steps == 0.0 {
            return Ok(decaying);
        }
        let slope = (target - self.initial_learning_rate) / self.warmup_steps;
        let rising = ((&step * slope)? + self.initial_learning_rate)?;
        Tensor::select(&step.lt(self.warmup_steps)?, &rising, &decaying)
    }
}
