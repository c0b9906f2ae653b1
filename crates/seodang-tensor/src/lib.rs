//! Tensors: eager (computed at once) and traced (written into a program), variables, functions that
//! are traced and compiled, gradients, random streams, and the devices that run it all.
//!
//! The promise of this crate: it is the only one that knows which engines exist.
//!
//! - [`Tensor`]: the ops, as methods; [`Variable`]: state; [`Function`]: traced code.
//! - [`GradientTape`], [`gradients`], [`grad`], [`value_and_grad`], [`custom_gradient`].
//! - [`while_loop`], [`scan`], [`cond`]: control flow; [`composite`]: named subprograms.
//! - [`random`]: counter-based random streams; [`Device`], [`with_device`]: where things run.

mod apply;
mod axes;
mod backward;
mod composite;
mod control;
mod device;
mod eager;
mod emit;
mod fingerprint;
mod function;
mod gradient;
mod operators;
mod ops;
pub mod random;
mod tape;
mod tensor;
mod trace;
mod variable;

pub use composite::{composite, custom_gradient};
pub use control::{cond, scan, while_loop};
pub use device::{Device, with_device};
pub use function::{Body, Function, eval_shape};
pub use gradient::{grad, gradients, gradients_with, value_and_grad, variable_gradients};
pub use operators::Operand;
pub use ops::index::Slice;
pub use tape::{AsSource, GradientTape, Source};
pub use tensor::Tensor;
pub use trace::{eagerly, is_tracing};
pub use variable::Variable;

pub use seodang_core::{Array, DType, Element, Error, ErrorKind, Result, Shape};
pub use seodang_ir::TensorType;
pub use seodang_ir::ops::{ConvDims, Convolution, DotGeneral, Reducer, Window};
