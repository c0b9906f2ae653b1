//! `Adamax`.

use super::{Optimizer, Slot, Step, optimizer};
use crate::ops::like;
use seodang_core::Result;
use seodang_tensor::Tensor;

optimizer! {
    /// [`Adam`](super::Adam) with the largest recent gradient in place of the average of squares:
    /// `m += (1 - beta_1) * (g - m)`, `u = max(beta_2 * u, |g|)`, `w -= learning_rate /
    /// (1 - beta_1^t) * m / (u + epsilon)`. Source: Kingma and Ba 2015, algorithm 2; Keras 3,
    /// `keras.optimizers.Adamax`.
    Adamax = "adamax", learning_rate = 0.001, weight_decay = None, {
        /// How slowly the average of the gradient follows.
        beta_1: f64 = 0.9,
        /// How slowly the largest gradient is forgotten.
        beta_2: f64 = 0.999,
        /// Added to the largest gradient.
        epsilon: f64 = 1e-7,
    }
}

impl Optimizer for Adamax {
    fn slots(&self) -> Vec<Slot> {
        vec![Slot::zeros("momentum"), Slot::zeros("norm")]
    }

    /// The shared value is the step size with the correction for an average that began at 0.
    fn prepare(&self, step: &Step, state: &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
        let correction = (1.0 - like(&step.number, self.beta_1)?.pow(&step.number)?)?;
        Ok((vec![(&step.learning_rate / correction)?], state.to_vec()))
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let m = (&slots[0] + ((gradient - &slots[0])? * (1.0 - self.beta_1))?)?;
        let u = (&slots[1] * self.beta_2)?.maximum(&gradient.abs()?)?;
        let change = ((&m * &step.shared[0])? / (&u + self.epsilon)?)?;
        Ok(((weight - change)?, vec![m, u]))
    }
}
