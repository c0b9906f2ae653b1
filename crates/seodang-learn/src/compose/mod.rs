//! Estimators made of others: transformers of some columns each, and steps one after another.
//!
//! Their parts are estimators and no plain parameters, so they have records of their own, and the table
//! of all estimators does not list them; a file names them, and holds their parts whole.

mod column_transformer;
mod parts;
mod pipeline;

pub use column_transformer::{ColumnTransformer, Columns, Part};
pub use pipeline::Pipeline;
