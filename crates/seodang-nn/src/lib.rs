//! Keras's concepts in Rust: layers, losses, metrics, optimizers, models, training, saving.
//!
//! Every layer, loss, metric, optimizer, initializer, regularizer, constraint and schedule is one
//! declarative record: a serde struct with Keras's option names and defaults, which is at once its
//! builder, its validation, its saved configuration and its documented parameter list (see
//! [`record`]).
//!
//! ```
//! use seodang_nn::{Choice, layers::Layer, layers::Dense};
//!
//! let dense: Choice<dyn Layer> = Dense::new(10).activation("softmax").kernel_regularizer("l2").into();
//! let saved = dense.serialize()?;
//! assert_eq!(saved["config"]["units"], 10);
//! assert_eq!(saved["config"]["kernel_regularizer"]["class_name"], "L2");
//! let read = Choice::<dyn Layer>::from_value(&saved)?;
//! assert_eq!(read.serialize()?, saved);
//! # Ok::<(), seodang_core::Error>(())
//! ```

pub mod activations;
pub mod constraints;
mod dims;
mod dtype;
pub mod initializers;
pub mod layers;
pub mod losses;
pub mod metrics;
mod ops;
pub mod optimizers;
pub mod random;
pub mod record;
pub mod regularizers;
pub mod schedules;

pub use activations::Activation;
pub use dims::Dims;
pub use dtype::{DTypeName, DTypePolicy, dtype_policy, floatx, set_dtype_policy};
pub use record::{Choice, Record, Setting};

pub mod callbacks;
pub mod model;
pub mod saving;
pub mod training;
pub use model::{Apply, LayerInputs, Model, Sequential, SymbolicTensor};
pub use random::set_random_seed;
pub use training::{Compile, Data, Evaluate, Fit, History, Logs, Predict, Verbose};
