//! Training: `compile`, `fit`, `evaluate`, `predict`, and the programs that they run.
//!
//! A training step is one program: forward pass, loss with regularizers, gradients, optimizer
//! update, metrics and random state, the state updated in place.

mod compile;
mod data;
mod evaluate;
mod fit;
mod logs;
mod options;
mod predict;
mod step;

pub use compile::{Compile, Metrics};
pub use data::{Data, IntoArrays};
pub use fit::TrainingState;
pub use logs::{History, Logs};
pub(crate) use logs::{float_from_json, float_to_json};
pub use options::{Evaluate, Fit, Predict, Verbose};
pub(crate) use step::Training;
