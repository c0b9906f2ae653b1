//! Logistic regression: the function, and the ways to its minimum.

mod function;
mod penalised;

pub(super) use function::{Curvature, Logistic};
pub(super) use penalised::minimise as minimise_penalised;
