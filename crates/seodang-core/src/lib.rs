//! Plain data that every other crate of Seodang shares: element types, shapes, host arrays,
//! counter-based random numbers, bilingual messages and the one error type.
//!
//! The promise of this crate: it starts no thread, opens no file, and depends on no other crate of
//! Seodang.
//!
//! ```
//! use seodang_core::{Array, DType};
//!
//! let a = Array::from_vec([2, 3], vec![1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0])?;
//! assert_eq!(a.dtype(), DType::F32);
//! assert_eq!(a.shape().dims(), [2, 3]);
//! assert_eq!(a.as_slice::<f32>()?[4], 5.0);
//! # Ok::<(), seodang_core::Error>(())
//! ```

mod array;
mod batches;
mod dtype;
mod error;
pub mod random;
mod shape;
mod text;

pub use array::{Array, ArrayView, Storage};
pub use batches::{Batch, Batches};
pub use dtype::{DType, Element, Kind};
pub use error::{Error, ErrorKind, Result};
pub use shape::Shape;
pub use text::{Lang, Text};

pub use half::{bf16, f16};
