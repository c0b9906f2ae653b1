//! `PiecewiseConstantDecay`.

use super::Schedule;
use crate::ops::like;
use crate::record::record;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

record! {
    /// `values[0]` up to step `boundaries[0]`, `values[1]` up to `boundaries[1]`, and so on. Source:
    /// Keras 3, `keras.optimizers.schedules.PiecewiseConstantDecay`.
    PiecewiseConstantDecay in "keras.optimizers.schedules",
        new(boundaries: Vec<f64>, values: Vec<f64>) {
        /// The last steps of each value but the last, growing.
        boundaries: Vec<f64> = Vec::new(),
        /// The learning rates, one more than boundaries.
        values: Vec<f64> = Vec::new(),
        /// The schedule's name.
        name: String = "PiecewiseConstant".to_string(),
    }
}

impl Schedule for PiecewiseConstantDecay {
    fn validate(&self) -> Result<()> {
        let growing = self.boundaries.windows(2).all(|w| w[0] < w[1]);
        if growing && self.values.len() == self.boundaries.len() + 1 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"boundaries\" must grow, and there must be one value more than boundaries",
            ko: "\"boundaries\"는 커져야 하고, 값이 경계보다 하나 많아야 합니다"
        ))
        .given("boundaries", format!("{:?}", self.boundaries))
        .given("values", format!("{:?}", self.values)))
    }

    fn rate(&self, step: &Tensor) -> Result<Tensor> {
        let last = like(step, self.values.last().copied().unwrap_or(0.0))?;
        let pieces = self.boundaries.iter().zip(&self.values).rev();
        pieces.into_iter().try_fold(last, |later, (&boundary, &value)| {
            Tensor::select(&step.le(boundary)?, value, &later)
        })
    }
}
