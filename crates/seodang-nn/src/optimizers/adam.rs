//! `Adam`.

use super::{Slot, Step, optimizer};
use crate::ops::like;
use seodang_core::Result;
use seodang_tensor::{Tensor, composite};

optimizer! {
    /// Moving averages of the gradient and of its square: `m += (1 - beta_1) * (g - m)`,
    /// `v += (1 - beta_2) * (g^2 - v)`, `w -= alpha * m / (sqrt(v) + epsilon)` with
    /// `alpha = learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t)`. Source: Kingma and Ba 2015,
    /// algorithm 1 with the remark on efficiency; amsgrad: Reddi et al. 2018; Keras 3,
    /// `keras.optimizers.Adam`.
    Adam = "adam", learning_rate = 0.001, weight_decay = None, {
        /// How slowly the average of the gradient follows.
        beta_1: f64 = 0.9,
        /// How slowly the average of its square follows.
        beta_2: f64 = 0.999,
        /// Added to the root.
        epsilon: f64 = 1e-7,
        /// Whether the largest average of squares so far is used.
        amsgrad: bool = false,
    }
}

/// The options that Adam and AdamW share.
pub(super) struct Betas {
    pub(super) beta_1: f64,
    pub(super) beta_2: f64,
    pub(super) epsilon: f64,
    pub(super) amsgrad: bool,
}

impl Betas {
    pub(super) fn slots(&self) -> Vec<Slot> {
        let mut slots = vec![Slot::zeros("momentum"), Slot::zeros("velocity")];
        if self.amsgrad {
            slots.push(Slot::zeros("velocity_hat"));
        }
        slots
    }

    /// The step size with the correction for averages that began at 0, and the constants of the
    /// composite: alpha, 1 - beta_1, 1 - beta_2, epsilon.
    pub(super) fn prepare(&self, step: &Step) -> Result<Vec<Tensor>> {
        let power = |beta: f64| like(&step.number, beta)?.pow(&step.number);
        let root = (1.0 - power(self.beta_2)?)?.sqrt()?;
        let alpha = ((&step.learning_rate * root)? / (1.0 - power(self.beta_1)?)?)?;
        let constant = |value: f64| like(&alpha, value);
        let constants =
            [constant(1.0 - self.beta_1)?, constant(1.0 - self.beta_2)?, constant(self.epsilon)?];
        Ok(std::iter::once(alpha).chain(constants).collect())
    }

    pub(super) fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)> {
        let mut inputs = vec![weight.clone(), slots[0].clone(), slots[1].clone(), gradient.clone()];
        inputs.extend(step.shared.iter().cloned());
        if !self.amsgrad {
            let mut new = composite("seodang.adam", &inputs, |x| {
                let (p, m, v, g) = (&x[0], &x[1], &x[2], &x[3]);
                let (m, v) = averages(m, v, g, &x[5], &x[6])?;
                let change = ((&m * &x[4])? / (v.sqrt()? + &x[7])?)?;
                Ok(vec![(p - change)?, m, v])
            })?;
            let weight = new.remove(0);
            return Ok((weight, new));
        }
        let (m, v) = averages(&slots[0], &slots[1], gradient, &step.shared[1], &step.shared[2])?;
        let largest = slots[2].maximum(&v)?;
        let change = ((&m * &step.shared[0])? / (largest.sqrt()? + &step.shared[3])?)?;
        Ok(((weight - change)?, vec![m, v, largest]))
    }
}

/// The averages of the gradient and of its square, moved.
fn averages(
    m: &Tensor,
    v: &Tensor,
    g: &Tensor,
    one_minus_beta_1: &Tensor,
    one_minus_beta_2: &Tensor,
) -> Result<(Tensor, Tensor)> {
    let m_new = (m + ((g - m)? * one_minus_beta_1)?)?;
    let v_new = (v + ((g.square()? - v)? * one_minus_beta_2)?)?;
    Ok((m_new, v_new))
}

/// Implements [`Optimizer`] for a record with Adam's options.
macro_rules! adam_family {
    ($name:ident) => {
        impl $name {
            fn betas(&self) -> $crate::optimizers::adam::Betas {
                $crate::optimizers::adam::Betas {
                    beta_1: self.beta_1,
                    beta_2: self.beta_2,
                    epsilon: self.epsilon,
                    amsgrad: self.amsgrad,
                }
            }
        }

        impl $crate::optimizers::Optimizer for $name {
            fn slots(&self) -> Vec<$crate::optimizers::Slot> {
                self.betas().slots()
            }

            fn prepare(
                &self,
                step: &$crate::optimizers::Step,
                state: &[seodang_tensor::Tensor],
            ) -> seodang_core::Result<(Vec<seodang_tensor::Tensor>, Vec<seodang_tensor::Tensor>)>
            {
                Ok((self.betas().prepare(step)?, state.to_vec()))
            }

            fn update(
                &self,
                step: &$crate::optimizers::Step,
                weight: &seodang_tensor::Tensor,
                gradient: &seodang_tensor::Tensor,
                slots: &[seodang_tensor::Tensor],
            ) -> seodang_core::Result<(seodang_tensor::Tensor, Vec<seodang_tensor::Tensor>)> {
                self.betas().update(step, weight, gradient, slots)
            }
        }
    };
}
pub(super) use adam_family;

adam_family!(Adam);
