//! Functions over tensors, by TensorFlow's names. Arguments may be anything that becomes a tensor.

mod array;
mod linalg;
mod math;

use pyo3::prelude::*;

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    math::register(m)?;
    array::register(m)?;
    linalg::register(m)
}
