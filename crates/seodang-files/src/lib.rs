//! Files, as every part of Seodang writes and reads them.
//!
//! The promise of this crate: a file is replaced whole or not at all, whatever happens meanwhile; what
//! is read is not trusted, and sizes are checked before anything is allocated for them.

pub mod tensors;
mod whole;

pub use whole::{read, replace};
