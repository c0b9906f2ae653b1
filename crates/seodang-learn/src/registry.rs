//! The closed table of all estimators: an estimator that is not here has no file and no Python class.

use crate::compose;
use crate::estimator::Estimator;
use seodang_core::{Error, Result, text};

/// Writes the table.
macro_rules! table {
    ($($module:ident: $($name:ident),+;)+) => {
        /// Every estimator with its parameters at their defaults, module by module.
        pub fn all() -> Vec<Box<dyn Estimator>> {
            vec![$($(Box::new(crate::$module::$name::default()) as Box<dyn Estimator>),+),+]
        }

        /// The estimator of a class name, with its parameters at their defaults.
        ///
        /// # Errors
        /// `NotFound`, if there is none of that name.
        pub fn new(class: &str) -> Result<Box<dyn Estimator>> {
            match class {
                $($(stringify!($name) => Ok(Box::new(crate::$module::$name::default())),)+)+
                // Those made of others, which only files name.
                "ColumnTransformer" => Ok(Box::new(compose::ColumnTransformer::default())),
                "Pipeline" => Ok(Box::new(compose::Pipeline::default())),
                "VotingClassifier" => Ok(Box::new(compose::VotingClassifier::default())),
                "VotingRegressor" => Ok(Box::new(compose::VotingRegressor::default())),
                _ => Err(Error::not_found(text!(
                    en: "there is no estimator '{class}'",
                    ko: "'{class}'(이)라는 추정기는 없습니다"
                ))),
            }
        }
    };
}

table! {
    ensemble: ExtraTreesClassifier, ExtraTreesRegressor, GradientBoostingClassifier,
        GradientBoostingRegressor, HistGradientBoostingClassifier, HistGradientBoostingRegressor,
        RandomForestClassifier, RandomForestRegressor;
    impute: KNNImputer, SimpleImputer;
    linear_model: ElasticNet, Lasso, LinearRegression, LogisticRegression, Perceptron, Ridge,
        RidgeClassifier, SGDClassifier, SGDRegressor;
    naive_bayes: BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB;
    neighbors: KNeighborsClassifier, KNeighborsRegressor, NearestCentroid, NearestNeighbors,
        RadiusNeighborsClassifier, RadiusNeighborsRegressor;
    neural_network: MLPClassifier, MLPRegressor;
    preprocessing: Binarizer, KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, Normalizer,
        OneHotEncoder, OrdinalEncoder, PolynomialFeatures, PowerTransformer, QuantileTransformer,
        RobustScaler, SplineTransformer, StandardScaler, TargetEncoder;
    svm: LinearSVC, LinearSVR, NuSVC, NuSVR, OneClassSVM, SVC, SVR;
    tree: DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier, ExtraTreeRegressor;
}
