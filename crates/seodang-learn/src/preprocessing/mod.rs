//! Preprocessing: scaled, spread, binned, expanded and encoded columns.

mod binarizer;
mod bins;
mod categories;
mod max_abs;
mod min_max;
mod normalizer;
mod one_hot;
mod ordinal;
mod polynomial;
mod power;
mod quantile;
mod quantiles;
mod robust;
pub(crate) mod shared;
mod spline;
mod standard;
mod target_encoder;

pub use binarizer::Binarizer;
pub use bins::KBinsDiscretizer;
pub use max_abs::MaxAbsScaler;
pub use min_max::MinMaxScaler;
pub use normalizer::Normalizer;
pub use one_hot::OneHotEncoder;
pub use ordinal::OrdinalEncoder;
pub use polynomial::PolynomialFeatures;
pub use power::PowerTransformer;
pub use quantile::QuantileTransformer;
pub use robust::RobustScaler;
pub use spline::SplineTransformer;
pub use standard::StandardScaler;
pub use target_encoder::TargetEncoder;
