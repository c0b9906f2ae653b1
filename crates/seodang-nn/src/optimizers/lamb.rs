//! `Lamb`.

use super::{Optimizer, Slot, Step, optimizer};
use crate::ops::like;
use seodang_core::Result;
use seodang_tensor::Tensor;

optimizer! {
    /// [`Adam`](super::Adam) with each weight's step made as long as the weight, for large batches.
    /// Source: You et al. 2020; Keras 3, `keras.optimizers.Lamb`.
    Lamb = "lamb", learning_rate = 0.001, weight_decay = None, {
        /// How slowly the average of the gradient follows.
        beta_1: f64 = 0.9,
        /// How slowly the average of its square follows.
        beta_2: f64 = 0.999,
        /// Added to the root.
        epsilon: f64 = 1e-7,
    }
}

impl Optimizer for Lamb {
    fn slots(&self) -> Vec<Slot> {
        vec![Slot::zeros("momentum"), Slot::zeros("velocity")]
    }

    /// The shared values are the corrections for averages that began at 0.
    fn prepare(&self, step: &Step, state: &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
        let correction = |beta: f64| 1.0 - like(&step.number, beta)?.pow(&step.number)?;
        Ok((vec![correction(self.beta_1)?, correction(self.beta_2)?], state.to_vec()))
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let m = (&slots[0] + ((gradient - &slots[0])? * (1.0 - self.beta_1))?)?;
        let v = (&slots[1] + ((gradient.square()? - &slots[1])? * (1.0 - self.beta_2))?)?;
        let spread = ((&v / &step.shared[1])?.sqrt()? + self.epsilon)?;
        let change = ((&m / &step.shared[0])? / spread)?;
        let norm = |x: &Tensor| x.square()?.sum(&[], false)?.sqrt();
        let (long, short) = (norm(weight)?, norm(&change)?);
        let both = long.gt(0.0)?.logical_and(&short.gt(0.0)?)?;
        let ratio = Tensor::select(&both, &(&long / short)?, 1.0)?;
        let change = (change * (ratio * &step.learning_rate)?)?;
        Ok(((weight - change)?, vec![m, v]))
    }
}
