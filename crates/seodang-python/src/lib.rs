//! `seodang._native`: what Python needs of the engine and of Keras's records. The classes that people
//! subclass are Python, under `python/seodang`; the numbers, the programs and the state are here.
#![allow(unsafe_code)] // PyO3's macros; no block of our own.

use pyo3::prelude::*;

#[pymodule]
mod _native {}
