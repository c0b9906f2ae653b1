//! Many estimators that decide together.

mod forest;
mod hist_gradient_boosting;
mod losses;

pub use forest::{
    ExtraTreesClassifier, ExtraTreesRegressor, OobScore, RandomForestClassifier,
    RandomForestRegressor, Verbose,
};
pub use hist_gradient_boosting::{
    Auto, ClassifierLoss, EarlyStopping, HistGradientBoostingClassifier,
    HistGradientBoostingRegressor, RegressorLoss,
};
