//! Classical machine learning with scikit-learn's contract, on arrays and kernels, with no graph.
//!
//! - [`record`]: an estimator's parameters, declared once.
//! - [`features`], [`table`], [`target`]: what is learned from, and what is learned to say.
//! - [`estimator`]: the contract, [`Estimator`] and [`Model`]; [`Fitted`] is what `fit` gives.
//! - [`warning`]: what estimators have to say that is no error.
//! - [`stop`]: fits that end at a time.
//! - [`state`], [`saving`], [`objects`]: what was learned, as attributes and as files.
//! - [`registry`]: the table of all estimators.
//! - one module for each of scikit-learn's: [`linear_model`], [`neighbors`], ...
//!
//! ```
//! use ndarray::array;
//! use seodang_learn::{Fit, neighbors::KNeighborsClassifier};
//! let x = array![[0.0], [1.0], [2.0], [3.0]];
//! let knn = KNeighborsClassifier::new().n_neighbors(1).fit(&x, ["a", "a", "b", "b"].as_slice())?;
//! assert_eq!(knn.score(&x, ["a", "a", "b", "b"].as_slice())?, 1.0);
//! # Ok::<(), seodang_core::Error>(())
//! ```

pub mod compose;
mod csr;
pub mod ensemble;
pub mod estimator;
pub mod features;
pub mod impute;
pub mod linear_model;
pub mod metrics;
pub mod naive_bayes;
pub mod neighbors;
pub mod neural_network;
mod normal;
pub mod numbers;
pub mod objects;
pub mod preprocessing;
pub mod record;
pub mod registry;
pub mod saving;
pub mod state;
pub mod stop;
pub mod svm;
pub mod table;
pub mod target;
pub mod tree;
pub mod warning;

pub use estimator::{Estimator, Fit, Fitted, Model, Start, Tags, Task};
pub use features::{Csr, Dense, Features, IntoFeatures, Matrix, Real};
pub use record::{Function, Value};
pub use seodang_kernels::pool::{threads, with_threads};
pub use table::{Column, Schema, Table, Words};
pub use target::{Classes, Target, Y};
