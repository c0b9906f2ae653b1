//! `RMSprop`.

use super::{Optimizer, Slot, Step, optimizer};
use seodang_core::Result;
use seodang_tensor::Tensor;

optimizer! {
    /// Divides the gradient by the root of a moving average of its square: `v = rho * v +
    /// (1 - rho) * g^2`, `w -= learning_rate * g / sqrt(v + epsilon)`; centered, the square of the
    /// gradient's moving average is taken off v. Source: Hinton 2012; Keras 3,
    /// `keras.optimizers.RMSprop`.
    RMSprop = "rm_sprop", learning_rate = 0.001, weight_decay = None, {
        /// How slowly the averages follow.
        rho: f64 = 0.9,
        /// How much of the last step is repeated.
        momentum: f64 = 0.0,
        /// Added to the average before the root.
        epsilon: f64 = 1e-7,
        /// Whether the variance is used in place of the mean square.
        centered: bool = false,
    }
}

impl Optimizer for RMSprop {
    fn slots(&self) -> Vec<Slot> {
        let mut slots = vec![Slot::zeros("velocity")];
        if self.momentum > 0.0 {
            slots.push(Slot::zeros("momentum"));
        }
        if self.centered {
            slots.push(Slot::zeros("average_gradient"));
        }
        slots
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let follow = |average: &Tensor, x: &Tensor| (average * self.rho)? + (x * (1.0 - self.rho))?;
        let velocity = follow(&slots[0], &gradient.square()?)?;
        let mut new = vec![velocity.clone()];
        let mut spread = velocity;
        let average = if self.centered {
            let average = follow(&slots[slots.len() - 1], gradient)?;
            spread = (spread - average.square()?)?;
            Some(average)
        } else {
            None
        };
        let mut change = ((gradient * &step.learning_rate)? / (spread + self.epsilon)?.sqrt()?)?;
        if self.momentum > 0.0 {
            change = ((&slots[1] * self.momentum)? + change)?;
            new.push(change.clone());
        }
        new.extend(average);
        Ok(((weight - change)?, new))
    }
}
