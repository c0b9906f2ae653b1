//! Linear models.

mod classify;
mod linear_regression;
mod logistic;
mod logistic_regression;
mod minimize;
mod moments;
mod pass;
mod ridge;
mod ridge_classifier;
mod ridge_shared;
mod shared;

pub use linear_regression::LinearRegression;
pub use logistic_regression::LogisticRegression;
pub use ridge::Ridge;
pub use ridge_classifier::RidgeClassifier;
