//! `SGD`.

use super::{Optimizer, Slot, Step, optimizer};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

optimizer! {
    /// Gradient descent: `w -= learning_rate * g`; with momentum `v = momentum * v -
    /// learning_rate * g` and `w += v`, and with Nesterov's `w += momentum * v - learning_rate * g`.
    /// Source: Sutskever et al. 2013; Keras 3, `keras.optimizers.SGD`.
    SGD = "sgd", learning_rate = 0.01, weight_decay = None, {
        /// How much of the last step is repeated: 0 to 1.
        momentum: f64 = 0.0,
        /// Whether the momentum looks ahead.
        nesterov: bool = false,
    }
}

impl Optimizer for SGD {
    fn validate(&self) -> Result<()> {
        if (0.0..=1.0).contains(&self.momentum) {
            return Ok(());
        }
        Err(Error::value(text!(
            en: "\"momentum\" must lie between 0 and 1",
            ko: "\"momentum\"은 0과 1 사이여야 합니다"
        ))
        .given("momentum", self.momentum))
    }

    fn slots(&self) -> Vec<Slot> {
        if self.momentum == 0.0 { Vec::new() } else { vec![Slot::zeros("momentum")] }
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let down = (gradient * &step.learning_rate)?;
        let [velocity] = slots else {
            return Ok(((weight - down)?, Vec::new()));
        };
        let velocity = ((velocity * self.momentum)? - &down)?;
        let change =
            if self.nesterov { ((&velocity * self.momentum)? - down)? } else { velocity.clone() };
        Ok(((weight + change)?, vec![velocity]))
    }
}
