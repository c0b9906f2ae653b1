//! Linear models.

mod classify;
mod linear_regression;
mod logistic;
mod logistic_regression;
pub(crate) mod minimize;
mod pass;
mod shared;

pub use linear_regression::LinearRegression;
pub use logistic_regression::LogisticRegression;
