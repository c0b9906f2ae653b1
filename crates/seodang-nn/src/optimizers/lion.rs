//! `Lion`.

use super::{Optimizer, Slot, Step, optimizer};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

optimizer! {
    /// Steps of one size in the direction of an average of gradients: `w -= learning_rate *
    /// sign(beta_1 * m + (1 - beta_1) * g)`, `m = beta_2 * m + (1 - beta_2) * g`. Source: Chen et al.
    /// 2023; Keras 3, `keras.optimizers.Lion`.
    Lion = "lion", learning_rate = 0.001, weight_decay = None, {
        /// How much the average counts in a step.
        beta_1: f64 = 0.9,
        /// How slowly the average follows.
        beta_2: f64 = 0.99,
    }
}

impl Optimizer for Lion {
    fn validate(&self) -> Result<()> {
        if self.beta_1 > 0.0 && self.beta_1 <= 1.0 {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"beta_1\" must be above 0 and not above 1",
            ko: "\"beta_1\"은 0보다 크고 1 이하여야 합니다"
        ))
        .given("beta_1", self.beta_1))
    }

    fn slots(&self) -> Vec<Slot> {
        vec![Slot::zeros("momentum")]
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let mix = |beta: f64| (&slots[0] * beta)? + (gradient * (1.0 - beta))?;
        let change = (mix(self.beta_1)?.sign()? * &step.learning_rate)?;
        Ok(((weight - change)?, vec![mix(self.beta_2)?]))
    }
}
