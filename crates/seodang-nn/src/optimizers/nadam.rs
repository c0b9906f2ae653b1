//! `Nadam`.

use super::{Optimizer, Slot, Step, optimizer};
use crate::ops::like;
use seodang_core::Result;
use seodang_tensor::Tensor;

optimizer! {
    /// [`Adam`](super::Adam) with Nesterov's momentum. Source: Dozat 2015; Keras 3,
    /// `keras.optimizers.Nadam`.
    Nadam = "nadam", learning_rate = 0.001, weight_decay = None, {
        /// How slowly the average of the gradient follows.
        beta_1: f64 = 0.9,
        /// How slowly the average of its square follows.
        beta_2: f64 = 0.999,
        /// Added to the root.
        epsilon: f64 = 1e-7,
    }
}

impl Nadam {
    /// The momentum of a step: beta_1 after a warmup.
    fn momentum(&self, number: &Tensor) -> Result<Tensor> {
        let warmup = (like(number, 0.96)?.pow(number)? * 0.5)?;
        (1.0 - warmup)? * self.beta_1
    }
}

impl Optimizer for Nadam {
    fn slots(&self) -> Vec<Slot> {
        vec![Slot::zeros("momentum"), Slot::zeros("velocity")]
    }

    fn state(&self) -> Vec<Slot> {
        vec![Slot { name: "u_product", initial: 1.0 }]
    }

    /// The shared values are the weights of momentum and gradient in the step, and the correction
    /// of the average of squares.
    fn prepare(&self, step: &Step, state: &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
        let now = self.momentum(&step.number)?;
        let next = self.momentum(&(&step.number + 1.0)?)?;
        let product = (&state[0] * &now)?;
        let product_next = (&product * &next)?;
        let of_momentum = (next / (1.0 - product_next)?)?;
        let of_gradient = ((1.0 - now)? / (1.0 - &product)?)?;
        let correction = (1.0 - like(&step.number, self.beta_2)?.pow(&step.number)?)?;
        Ok((vec![of_momentum, of_gradient, correction], vec![product]))
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let [of_momentum, of_gradient, correction] = &step.shared[..] else {
            return Ok((weight.clone(), slots.to_vec()));
        };
        let m = (&slots[0] + ((gradient - &slots[0])? * (1.0 - self.beta_1))?)?;
        let v = (&slots[1] + ((gradient.square()? - &slots[1])? * (1.0 - self.beta_2))?)?;
        let ahead = ((&m * of_momentum)? + (gradient * of_gradient)?)?;
        let spread = ((&v / correction)?.sqrt()? + self.epsilon)?;
        let change = ((ahead * &step.learning_rate)? / spread)?;
        Ok(((weight - change)?, vec![m, v]))
    }
}
