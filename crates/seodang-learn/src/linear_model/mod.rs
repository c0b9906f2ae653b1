//! Linear models.

mod linear_regression;
mod shared;

pub use linear_regression::LinearRegression;
