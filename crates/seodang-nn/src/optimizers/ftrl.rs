//! `Ftrl`.

use super::{Optimizer, Slot, Step, optimizer};
use crate::ops;
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

optimizer! {
    /// Follows the regularized leader: sparse weights under `l1_regularization_strength`. Source:
    /// McMahan et al. 2013; Keras 3, `keras.optimizers.Ftrl`.
    Ftrl = "ftrl", learning_rate = 0.001, weight_decay = None, {
        /// How the learning rate falls with the sum of squared gradients; not above 0.
        learning_rate_power: f64 = -0.5,
        /// What the sums of squared gradients begin with.
        initial_accumulator_value: f64 = 0.1,
        /// The factor of the absolute weights.
        l1_regularization_strength: f64 = 0.0,
        /// The factor of the squared weights.
        l2_regularization_strength: f64 = 0.0,
        /// The factor of the squared weights, as a part of the gradient.
        l2_shrinkage_regularization_strength: f64 = 0.0,
        /// Added to the learning rate's denominator.
        beta: f64 = 0.0,
    }
}

impl Optimizer for Ftrl {
    fn validate(&self) -> Result<()> {
        let limits = [
            ("learning_rate_power", -self.learning_rate_power),
            ("initial_accumulator_value", self.initial_accumulator_value),
            ("l1_regularization_strength", self.l1_regularization_strength),
            ("l2_regularization_strength", self.l2_regularization_strength),
            ("l2_shrinkage_regularization_strength", self.l2_shrinkage_regularization_strength),
        ];
        match limits.into_iter().find(|(_, value)| *value < 0.0) {
            None => Ok(()),
            Some((option, _)) => Err(Error::value(text!(
                en: "\"{option}\" is out of range",
                ko: "\"{option}\"의 값이 범위를 벗어났습니다"
            ))),
        }
    }

    fn slots(&self) -> Vec<Slot> {
        let initial = self.initial_accumulator_value;
        vec![Slot { name: "accumulator", initial }, Slot::zeros("linear")]
    }

    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let (sum, linear, rate) = (&slots[0], &slots[1], &step.learning_rate);
        let shrinkage = 2.0 * self.l2_shrinkage_regularization_strength;
        let pulled = (gradient + (weight * shrinkage)?)?;
        let new_sum = (sum + gradient.square()?)?;
        let power = |x: &Tensor| x.pow(-self.learning_rate_power);
        let (old_power, new_power) = (power(sum)?, power(&new_sum)?);
        let sigma = ((&new_power - old_power)? / rate)?;
        let linear = ((linear + pulled)? - (sigma * weight)?)?;
        let l2 = ((self.beta / (rate * 2.0)?)? + self.l2_regularization_strength)?;
        let quadratic = ((new_power / rate)? + (l2 * 2.0)?)?;
        let l1 = self.l1_regularization_strength;
        let new = ((ops::clip(&linear, -l1, l1)? - &linear)? / quadratic)?;
        Ok((new, vec![new_sum, linear]))
    }
}
