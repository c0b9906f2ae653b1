//! What a step runs.

use crate::lower::control::{Branch, Repeat};
use crate::lower::eval::Eval;
use crate::plan::Plan;
use seodang_core::Result;
use seodang_kernels::gemm::Gemm;
use seodang_kernels::tile::TileProgram;
use seodang_kernels::{Memory, Region};
use std::fmt;

/// Runs over the places that are read and those that are written.
pub(crate) type Call = Box<dyn Fn(&Memory<'_>, &[Region], &[Region]) + Send + Sync>;

/// A kernel with everything but the places of its operands.
pub(crate) enum Kernel {
    /// Bytes from one place to another.
    Copy,
    /// A tile program made of so many nodes.
    Tile(Box<TileProgram>, usize),
    /// A matrix product; reads the operands and perhaps a bias.
    Gemm(Box<Gemm>),
    /// Any other kernel, by name.
    Call(&'static str, Call),
    /// A loop: `while` or `scan`.
    Repeat(Box<Repeat>),
    /// One of two plans.
    Branch(Box<Branch>),
    /// The record's own evaluation.
    Eval(Box<Eval>),
}

impl Kernel {
    #[inline]
    pub(crate) fn run(
        &self,
        memory: &Memory<'_>,
        reads: &[Region],
        writes: &[Region],
    ) -> Result<()> {
        match self {
            Kernel::Copy => memory.copy(reads[0], writes[0]),
            Kernel::Tile(t, _) => t.run(memory, reads, writes),
            Kernel::Gemm(g) => g.run(memory, reads[0], reads[1], writes[0], reads.get(2).copied()),
            Kernel::Call(_, run) => run(memory, reads, writes),
            Kernel::Repeat(r) => return r.run(memory, reads, writes),
            Kernel::Branch(b) => return b.run(memory, reads, writes),
            Kernel::Eval(e) => return e.run(memory, reads, writes),
        }
        Ok(())
    }

    /// The plans that the kernel runs.
    pub(crate) fn bodies(&self) -> Vec<&Plan> {
        match self {
            Kernel::Repeat(r) => r.bodies(),
            Kernel::Branch(b) => b.bodies(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kernel::Copy => f.write_str("copy"),
            Kernel::Tile(_, n) => write!(f, "tile of {n}"),
            Kernel::Gemm(_) => f.write_str("gemm"),
            Kernel::Call(name, _) => f.write_str(name),
            Kernel::Repeat(r) => write!(f, "{r}"),
            Kernel::Branch(_) => f.write_str("if"),
            Kernel::Eval(e) => write!(f, "eval {}", e.op.mnemonic()),
        }
    }
}
