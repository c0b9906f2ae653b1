//! Reductions over any axes, and the place of the largest or smallest element.
#![allow(unsafe_code)]

mod arg;
mod axes;

pub use crate::tile::ReduceOp;
pub use arg::{ArgReduce, Extreme};
pub use axes::Reduce;
