//! Many estimators that decide together.

mod hist_gradient_boosting;
mod losses;

pub use hist_gradient_boosting::{
    Auto, ClassifierLoss, EarlyStopping, HistGradientBoostingClassifier,
    HistGradientBoostingRegressor, RegressorLoss,
};
