//! Handles of `seodang-nn`'s records: what Python's classes for layers, losses and the rest hold.

mod foreign;
mod layer;
mod optimizer;
mod parts;
mod table;

use pyo3::prelude::*;

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    table::register(m)?;
    layer::register(m)?;
    parts::register(m)?;
    optimizer::register(m)?;
    foreign::register(m)
}
