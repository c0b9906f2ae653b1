//! Preprocessing: scaled, spread, binned, expanded and encoded columns.

mod binarizer;
mod bins;
mod max_abs;
mod min_max;
mod normalizer;
mod polynomial;
mod power;
mod quantile;
mod quantiles;
mod robust;
pub(crate) mod shared;
mod spline;
mod standard;

pub use binarizer::Binarizer;
pub use bins::KBinsDiscretizer;
pub use max_abs::MaxAbsScaler;
pub use min_max::MinMaxScaler;
pub use normalizer::Normalizer;
pub use polynomial::PolynomialFeatures;
pub use power::PowerTransformer;
pub use quantile::QuantileTransformer;
pub use robust::RobustScaler;
pub use spline::SplineTransformer;
pub use standard::StandardScaler;
