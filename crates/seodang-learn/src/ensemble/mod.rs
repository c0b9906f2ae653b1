//! Many estimators that decide together.

mod held_out;
mod hist_gradient_boosting;
mod losses;
mod raw;

pub use hist_gradient_boosting::{
    Auto, ClassifierLoss, EarlyStopping, HistGradientBoostingClassifier,
    HistGradientBoostingRegressor, RegressorLoss,
};
