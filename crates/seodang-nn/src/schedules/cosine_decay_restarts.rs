//! `CosineDecayRestarts`.

use super::{Schedule, power, steps};
use crate::record::record;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;
use std::f64::consts::PI;

record! {
    /// Half cosine waves one after another, each `t_mul` times as long and `m_mul` times as high as
    /// the one before. Source: Loshchilov and Hutter 2017; Keras 3,
    /// `keras.optimizers.schedules.CosineDecayRestarts`.
    CosineDecayRestarts in "keras.optimizers.schedules",
        new(initial_learning_rate: f64, first_decay_steps: f64) {
        /// The learning rate at the first step.
        initial_learning_rate: f64 = 0.0,
        /// The number of steps of the first wave.
        first_decay_steps: f64 = 1.0,
        /// How much longer each wave is; at least 1.
        t_mul: f64 = 2.0,
        /// How much higher each wave is.
        m_mul: f64 = 1.0,
        /// The learning rate at the end of a wave, as a part of the first one.
        alpha: f64 = 0.0,
        /// The schedule's name.
        name: String = "SGDRDecay".to_string(),
    }
}

impl Schedule for CosineDecayRestarts {
    fn validate(&self) -> Result<()> {
        steps("first_decay_steps", self.first_decay_steps)?;
        if self.t_mul > 0.0 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"t_mul\" must be positive",
            ko: "\"t_mul\"은 양수여야 합니다"
        ))
        .given("t_mul", self.t_mul))
    }

    fn rate(&self, step: &Tensor) -> Result<Tensor> {
        let done = (step / self.first_decay_steps)?;
        let (wave, fraction) = if self.t_mul == 1.0 {
            let wave = done.floor()?;
            (wave.clone(), (done - wave)?)
        } else {
            // After n waves, (1 - t^n) / (1 - t) of the first one have passed.
            let grown = (1.0 - (&done * (1.0 - self.t_mul))?)?;
            let wave = (grown.log()? / self.t_mul.ln())?.floor()?;
            let length = power(self.t_mul, &wave)?;
            let passed = ((1.0 - &length)? / (1.0 - self.t_mul))?;
            (wave, ((done - passed)? / length)?)
        };
        let height = (power(self.m_mul, &wave)? * 0.5)?;
        let part = (height * ((fraction * PI)?.cos()? + 1.0)?)?;
        ((part * (1.0 - self.alpha))? + self.alpha)? * self.initial_learning_rate
    }
}
