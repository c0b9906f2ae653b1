//! The ops, as methods of [`Tensor`](crate::Tensor), one file for each family.

mod elementwise;
pub(crate) mod index;
mod linalg;
mod nn;
mod reduce;
mod shape;
mod sort;
