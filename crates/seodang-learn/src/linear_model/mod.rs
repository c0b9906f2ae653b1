//! Linear models.

mod classify;
mod conjugate;
mod descent;
mod elastic_net;
mod lasso;
mod linear_regression;
mod logistic;
mod logistic_regression;
pub(crate) mod minimize;
mod moments;
mod pass;
mod perceptron;
mod random;
mod ridge;
mod ridge_classifier;
mod ridge_shared;
mod sgd;
mod sgd_classifier;
mod sgd_regressor;
mod sgd_shared;
mod shared;
mod thin;

pub(crate) use shared::{codes_as, decision_as, numbers};

pub use elastic_net::ElasticNet;
pub use lasso::Lasso;
pub use linear_regression::LinearRegression;
pub use logistic_regression::LogisticRegression;
pub use perceptron::Perceptron;
pub use ridge::Ridge;
pub use ridge_classifier::RidgeClassifier;
pub use sgd_classifier::SGDClassifier;
pub use sgd_regressor::SGDRegressor;
