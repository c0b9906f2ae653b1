//! Tile programs: a group of elementwise operations, with reductions of rows and of columns, run as
//! one pass over memory.
//!
//! # Model
//!
//! The iteration space is a matrix of `rows` x `cols` elements in row-major order; the caller
//! collapses the dimensions of its tensors into these two. A [`TileBuilder`] records values and
//! operations on them, [`TileBuilder::build`] checks and plans them, and [`TileProgram::run`]
//! executes the plan on regions of a [`Memory`](crate::Memory), in parallel where that pays.
//!
//! Every value has a [`DType`](seodang_core::DType) and one of four extents, which follow from how
//! inputs are accessed and combine as broadcasting does:
//!
//! | extent | elements | comes from |
//! |---|---|---|
//! | scalar | 1 | [`Access::Scalar`], [`TileBuilder::constant`] |
//! | row | `cols`, one for each column | [`Access::Row`] (a bias), `iota` along columns |
//! | column | `rows`, one for each row | [`Access::Col`], [`TileBuilder::reduce_cols`], `iota` along rows |
//! | full | `rows * cols` | [`Access::Contiguous`], [`Access::Strided`], row with column |
//!
//! Operations are computed at the extent of their operands: what depends on scalars alone is
//! computed once. Full values live in tiles of about 512 elements that stay in the L1 cache.
//!
//! * `reduce_cols` reduces each row to one value, which later operations may use: softmax and layer
//!   normalisation are one program. Rows longer than a tile are walked once for each reduction that
//!   depends on another.
//! * `reduce_rows` reduces each column over all rows (the gradient of a bias). Its result can only
//!   be an output.
//! * An output may be the same region as a contiguous input whose elements have the same size.
//! * Results do not depend on the instruction set or the number of threads: sums along rows use 16
//!   lanes (column modulo 16) and a fixed tree (rows of up to 16 elements: in order), sums along
//!   columns fixed blocks of rows.
//!
//! ```
//! use seodang_core::DType;
//! use seodang_kernels::{Memory, tile::*};
//!
//! // y = softmax(x + b) along rows, for x of 2 x 3.
//! let mut t = TileBuilder::new(2, 3);
//! let x = t.input(DType::F32, Access::Contiguous);
//! let b = t.input(DType::F32, Access::Row);
//! let z = t.binary(BinaryOp::Add, x, b)?;
//! let m = t.reduce_cols(ReduceOp::Max, z)?;
//! let z = t.binary(BinaryOp::Subtract, z, m)?;
//! let e = t.unary(UnaryOp::Exponential, z)?;
//! let s = t.reduce_cols(ReduceOp::Sum, e)?;
//! let y = t.binary(BinaryOp::Divide, e, s)?;
//! t.output(y);
//! let program = t.build()?;
//!
//! let (x, b) = ([1f32, 2.0, 3.0, 0.0, 0.0, 0.0], [0f32, 0.0, 0.0]);
//! let mut y = [0f32; 6];
//! let bytes = |v: &[f32]| v.iter().flat_map(|x| x.to_ne_bytes()).collect::<Vec<_>>();
//! let (x, b, mut out) = (bytes(&x), bytes(&b), bytes(&y));
//! let mut memory = Memory::new();
//! let (x, b, o) = (memory.read(&x), memory.read(&b), memory.write(&mut out));
//! let at = |m: &Memory, slot| m.whole(slot);
//! program.run(&memory, &[at(&memory, x), at(&memory, b)], &[at(&memory, o)]);
//! drop(memory);
//! for (y, bytes) in y.iter_mut().zip(out.chunks_exact(4)) {
//!     *y = f32::from_ne_bytes(bytes.try_into().unwrap());
//! }
//! assert_eq!(y[3..], [1.0 / 3.0; 3]);
//! assert!((y[..3].iter().sum::<f32>() - 1.0).abs() < 1e-6);
//! # Ok::<(), seodang_core::Error>(())
//! ```
#![allow(unsafe_code)]

mod builder;
pub(crate) mod fold;
pub(crate) mod kernels;
mod ops;
mod plan;
mod run;

pub use builder::{Access, Axis, TileBuilder, Value};
pub use ops::{BinaryOp, CompareOp, ReduceOp, UnaryOp};
pub use run::TileProgram;
