//! Learning rates that change with the number of steps: one file and one record each, after
//! `keras.optimizers.schedules`.
//!
//! A schedule is computed inside the step's program from the iteration, so it never recompiles.

mod cosine_decay;
mod cosine_decay_restarts;
mod exponential_decay;
mod inverse_time_decay;
mod piecewise_constant_decay;
mod polynomial_decay;

pub use cosine_decay::CosineDecay;
pub use cosine_decay_restarts::CosineDecayRestarts;
pub use exponential_decay::ExponentialDecay;
pub use inverse_time_decay::InverseTimeDecay;
pub use piecewise_constant_decay::PiecewiseConstantDecay;
pub use polynomial_decay::PolynomialDecay;

use crate::record::{Record, family};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// A learning rate for each step.
pub trait Schedule: Record {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// The learning rate of a step: a scalar of the step's float type. The first step is 0.
    ///
    /// # Errors
    /// What the ops report.
    fn rate(&self, step: &Tensor) -> Result<Tensor>;
}

/// Checks that a number of steps is positive.
fn steps(option: &str, value: f64) -> Result<()> {
    if value > 0.0 {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "\"{option}\" must be positive",
        ko: "\"{option}\"은(는) 양수여야 합니다"
    ))
    .given(option, value))
}

/// `base` to a traced power.
fn power(base: f64, exponent: &Tensor) -> Result<Tensor> {
    crate::ops::like(exponent, base)?.pow(exponent)
}

family! {
    Schedule, "learning rate schedule", "학습률 일정",
    renamed [],
    ignored [],
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay | "PiecewiseConstant",
    PolynomialDecay,
}
