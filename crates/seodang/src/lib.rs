//! Machine learning and deep learning in one crate: `fit`, `evaluate`, `predict`, `save`.
//!
//! Layers, losses, optimizers and training have Keras's names and defaults; the engine underneath is
//! Seodang's own.
//!
//! ```
//! use seodang::prelude::*;
//!
//! let digits = seodang::data::load("digits")?;
//! let mut model = Sequential::new()
//!     .add(Input::new([64]))
//!     .add(Rescaling::new(1.0 / 16.0))
//!     .add(Dense::new(32).activation(Activation::Relu))
//!     .add(Dense::new(10).activation("softmax"))
//!     .build()?;
//! model.compile(Adam::new(0.01), "sparse_categorical_crossentropy", ["accuracy"])?;
//! let history = model.fit(&digits.train, Fit::new().epochs(3).seed(1).verbose(Verbose::Silent))?;
//! assert!(history.last("accuracy").is_some_and(|a| a > 0.8));
//! # Ok::<(), seodang::Error>(())
//! ```
//!
//! Classical learning has scikit-learn's names and defaults:
//!
//! ```
//! # #[cfg(feature = "learn")] {
//! use seodang::learn::{Fit, compose::Pipeline, preprocessing::StandardScaler, svm::SVC};
//!
//! let wine = seodang::data::load("wine")?;
//! let model = Pipeline::new()
//!     .step("scale", StandardScaler::new())
//!     .step("svc", SVC::new().C(10.0))
//!     .fit(&wine.train.x, &wine.train.y)?;
//! assert!(model.score(&wine.test.x, &wine.test.y)? > 0.9);
//! # }
//! # Ok::<(), seodang::Error>(())
//! ```
//!
//! | module | what |
//! |---|---|
//! | [`nn`] | layers, losses, metrics, optimizers, models, training, saving |
//! | [`learn`] | classical learning with scikit-learn's contract (feature `learn`) |
//! | [`compare`] | which method suits a table best, measured (feature `learn`) |
//! | [`data`] | data sets, CSV, IDX, images |
//! | [`tensor`] | eager and traced tensors, variables, gradients |
//! | [`plot`], [`report`] | pictures and the report of a training run (feature `plot`) |

#[cfg(feature = "learn")]
pub mod compare;
#[cfg(feature = "plot")]
pub mod plot;
#[cfg(feature = "plot")]
pub mod report;

pub use seodang_core::{Array, Batch, Batches, DType, Error, ErrorKind, Lang, Result, Shape, Text};
pub use seodang_core::{random, text};
pub use seodang_data as data;
pub use seodang_files as files;
#[cfg(feature = "learn")]
pub use seodang_learn as learn;
pub use seodang_nn as nn;
pub use seodang_tensor as tensor;

/// What a program usually needs.
pub mod prelude {
    pub use crate::nn::callbacks::*;
    pub use crate::nn::layers::*;
    pub use crate::nn::losses::*;
    pub use crate::nn::optimizers::*;
    pub use crate::nn::training::{Evaluate, Fit, History, Verbose};
    pub use crate::nn::{Activation, Model, Sequential};
    pub use crate::tensor::{Tensor, Variable};
    pub use crate::{Array, Batches, DType, Error, Result, Shape};
}
