//! Many estimators that decide together.

mod gradient_boosting;
mod held_out;
mod hist_gradient_boosting;
mod losses;
mod raw;

pub use gradient_boosting::{
    BoostingClassifierLoss, BoostingCriterion, BoostingRegressorLoss, GradientBoostingClassifier,
    GradientBoostingRegressor,
};
pub use hist_gradient_boosting::{
    Auto, ClassifierLoss, EarlyStopping, HistGradientBoostingClassifier,
    HistGradientBoostingRegressor, RegressorLoss,
};
