//! SIMD loops, matrix products, convolutions and the thread pool of Seodang.
//!
//! The promise of this crate: it is the only home of vector instructions and of the thread pool, and
//! it knows no graph.
#![allow(dead_code)]

pub mod conv;
#[cfg(feature = "decompose")]
pub mod decompose;
pub mod gemm;
pub mod isa;
pub mod kernel_sums;
pub mod linalg;
mod math;
mod memory;
mod microkernel;
pub mod movement;
pub mod optimizer;
pub mod pages;
pub mod pairs;
pub mod pool;
pub mod random;
pub mod rank;
pub mod reduce;
pub mod rows;
mod scratch;
mod simd;
pub mod smo;
pub mod sort;
pub mod sparse;
pub mod tile;
pub mod trees;
pub mod vectorised;
pub mod window;

pub use isa::Isa;
pub use memory::{Memory, Region};
