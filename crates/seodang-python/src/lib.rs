//! `seodang._native`: what Python needs of the engine and of Keras's records. The classes that people
//! subclass are Python, under `python/seodang`; the numbers, the programs and the state are here.
//!
//! - `convert`: Python's values to tensors and back; `types`: the Python classes we give out.
//! - `memory`: our elements as NumPy, the buffer protocol and DLPack see them.
//! - `tensor`, `variable`: the two handles that programs hold; `operators`, `index`: `+`, `[]`.
//! - `ops`: functions over tensors; `control`: loops and branches in traces.
//! - `function`, `tape`, `random`: traced programs, gradients, random numbers.
//! - `records`: layers, losses, metrics, optimizers and the rest of `seodang-nn`.
//! - `learn`: estimators of `seodang-learn`.
//! - `files`: HDF5, for Keras's files; `images`: JPEG, PNG, BMP and GIF.
//! - `runner`: many training steps without Python.
//!
//! Unsafe code: two places in `convert`, which copy between NumPy's memory and ours, and the views of
//! `memory`.
#![allow(unsafe_code)]

use pyo3::prelude::*;

mod control;
mod convert;
mod errors;
mod files;
mod function;
mod images;
mod index;
mod json;
mod learn;
mod memory;
mod operators;
mod ops;
mod random;
mod records;
mod runner;
mod tape;
mod tensor;
mod types;
mod variable;
mod variable_slice;

/// The extension module; its parts register themselves.
#[pymodule]
fn _native(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add("__version__", env!("CARGO_PKG_VERSION"))?;
    tensor::register(m)?;
    variable::register(m)?;
    convert::register(m)?;
    ops::register(m)?;
    control::register(m)?;
    function::register(m)?;
    tape::register(m)?;
    random::register(m)?;
    records::register(m)?;
    files::register(m)?;
    learn::register(m)?;
    images::register(m)?;
    runner::register(m)
}
