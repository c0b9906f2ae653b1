//! `Adadelta`.

use super::{Optimizer, Slot, Step, optimizer};
use seodang_core::Result;
use seodang_tensor::Tensor;

optimizer! {
    /// Steps as large as recent steps were, in place of a unit of the learning rate: `a = rho * a +
    /// (1 - rho) * g^2`, `step = -sqrt(d + epsilon) / sqrt(a + epsilon) * g`, `d = rho * d +
    /// (1 - rho) * step^2`, `w += learning_rate * step`. Source: Zeiler 2012; Keras 3,
    /// `keras.optimizers.Adadelta`.
    Adadelta = "adadelta", learning_rate = 0.001, weight_decay = None, {
        /// How slowly the averages follow.
        rho: f64 = 0.95,
        /// Added to the averages before their roots.
        epsilon: f64 = 1e-7,
    }
}

impl Optimizer for Adadelta {
    fn slots(&self) -> Vec<Slot> {
        vec![Slot::zeros("accumulated_grad"), Slot::zeros("accumulated_delta_var")]
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let follow = |average: &Tensor, x: &Tensor| {
            (average * self.rho)? + (x.square()? * (1.0 - self.rho))?
        };
        let root = |x: &Tensor| (x + self.epsilon)?.sqrt();
        let squares = follow(&slots[0], gradient)?;
        let change = ((root(&slots[1])? * gradient)? / root(&squares)?)?.neg()?;
        let changes = follow(&slots[1], &change)?;
        Ok(((weight + (change * &step.learning_rate)?)?, vec![squares, changes]))
    }
}
