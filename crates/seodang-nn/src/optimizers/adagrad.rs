//! `Adagrad`.

use super::{Optimizer, Slot, Step, optimizer};
use seodang_core::Result;
use seodang_tensor::Tensor;

optimizer! {
    /// Divides the gradient by the root of the sum of its squares so far: `a += g^2`,
    /// `w -= learning_rate * g / sqrt(a + epsilon)`. Source: Duchi et al. 2011; Keras 3,
    /// `keras.optimizers.Adagrad`.
    Adagrad = "adagrad", learning_rate = 0.001, weight_decay = None, {
        /// What the sums begin with.
        initial_accumulator_value: f64 = 0.1,
        /// Added to the sum before the root.
        epsilon: f64 = 1e-7,
    }
}

impl Optimizer for Adagrad {
    fn slots(&self) -> Vec<Slot> {
        vec![Slot { name: "accumulator", initial: self.initial_accumulator_value }]
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let sum = (&slots[0] + gradient.square()?)?;
        let change = ((gradient * &step.learning_rate)? / (&sum + self.epsilon)?.sqrt()?)?;
        Ok(((weight - change)?, vec![sum]))
    }
}
