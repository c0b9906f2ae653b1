//! Seodang's CPU engine: compiles a graph to a static plan and runs it.
//!
//! ```text
//!  Graph ──► inlined, simplified ──► views ──► clusters ──► units over buffers ──► Plan
//!            (compile.rs)           (view.rs) (fuse.rs)    (lower/*.rs)           (plan.rs)
//!                                                             │ liveness.rs: which buffers are one,
//!                                                             │              who writes in place
//!                                                             ▼ arena.rs:    who lies where
//!  arguments ──► CpuProgram::run (run.rs): one table of slots, one loop over the steps ──► results
//! ```
//!
//! - Reshapes, transposes, broadcasts and slices are *views*: strides over another value. They reach
//!   memory only where a kernel cannot read through them.
//! - The memory of a run has these slots: the plan's constants, one arena for all intermediate values
//!   (laid out when the plan is made, kept between runs), the arguments, and storage of its own for
//!   each output. A donated argument that nothing else holds is written in place.
//! - Memory of dropped buffers is kept for later outputs (recycle.rs).
//! - Bodies of loops and branches are plans that run inside the memory of the plan around them.
//! - An op without a kernel is computed by its record's reference evaluation: slow, but every graph
//!   runs.
//! - Kernels share their work among threads themselves; how they split it changes no bits.
//!
//! ```
//! use seodang_core::{Array, DType};
//! use seodang_cpu::CpuEngine;
//! use seodang_ir::{Argument, Builder, Engine, TensorType};
//!
//! let b = Builder::new("double");
//! let x = b.input(TensorType::new(DType::F32, [2]));
//! let graph = b.finish(&[x + x])?;
//!
//! let engine = CpuEngine::new();
//! let program = engine.compile(&graph)?;
//! let x = engine.upload(&Array::from_vec([2], vec![1.0f32, 2.0])?)?;
//! let y = program.run(vec![Argument::Borrow(&x)])?;
//! assert_eq!(y[0].download()?.to_f64_vec(), [2.0, 4.0]);
//! # Ok::<(), seodang_core::Error>(())
//! ```

mod arena;
mod buffer;
mod compile;
mod fuse;
mod kernel;
mod liveness;
mod lower;
mod plan;
mod recycle;
mod room;
mod run;
mod view;

pub use buffer::CpuBuffer;
pub use run::CpuProgram;

use seodang_core::{Array, Result};
use seodang_ir::{Buffer, Engine, Graph, Program};
use std::sync::Arc;

/// The CPU engine. It has no state; programs and buffers of one engine work with any other.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpuEngine;

impl CpuEngine {
    /// The engine.
    pub fn new() -> CpuEngine {
        CpuEngine
    }

    /// Compiles a graph to a program whose plan can be looked at.
    ///
    /// # Errors
    /// As [`Engine::compile`].
    pub fn plan(&self, graph: &Graph) -> Result<CpuProgram> {
        let plan = compile::compile(graph)?;
        if std::env::var_os("SEODANG_DUMP_PLAN").is_some() {
            eprint!("{plan}");
        }
        Ok(CpuProgram::new(plan))
    }
}

impl Engine for CpuEngine {
    fn name(&self) -> &str {
        "cpu"
    }

    fn compile(&self, graph: &Graph) -> Result<Arc<dyn Program>> {
        Ok(Arc::new(self.plan(graph)?))
    }

    fn upload(&self, array: &Array) -> Result<Buffer> {
        Ok(Buffer::new(CpuBuffer::new(array)))
    }
}
