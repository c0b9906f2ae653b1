//! What a Seodang program *means*: the closed set of ops with StableHLO's semantics, graphs of them,
//! their derivatives, their verification and their reference evaluation.
//!
//! The promise of this crate: it is pure. It knows no tensors, no state, no threads and no engine;
//! engines are what implements [`Engine`] elsewhere.
//!
//! - [`Builder`] and [`Expr`] build a [`Graph`]; [`verify`] checks one; its `Display` prints it.
//! - [`OpDef`] is the record of an op; `ops/` has one file for each family, and an op's record says
//!   everything about it.
//! - [`gradients`] writes the derivative of a program as a program.
//! - [`evaluate`] runs a graph by definition; [`passes::optimize`] simplifies it;
//!   [`stablehlo::emit`] writes it for XLA.

mod autodiff;
mod builder;
mod engine;
mod evaluate;
mod expr;
mod graph;
mod op;
pub mod ops;
pub mod passes;
mod print;
pub mod stablehlo;
mod types;
mod verify;

pub use autodiff::{Derivative, Gradients, Verdict, Vjp, gradients};
pub use builder::Builder;
pub use engine::{Argument, Buffer, DeviceBuffer, Engine, Program};
pub use evaluate::{Reference, check_arguments, evaluate};
pub use expr::Expr;
pub use graph::{Donation, Graph, Node, Origin, ValueId};
pub use op::{Dialect, Op, OpDef};
pub use types::TensorType;
pub use verify::verify;
