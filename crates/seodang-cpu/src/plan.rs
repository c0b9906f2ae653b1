//! Plans: what a compiled graph is.

use crate::kernel::Kernel;
use seodang_core::{Result, Storage};
use seodang_ir::TensorType;
use seodang_kernels::{Memory, Region};
use smallvec::SmallVec;
use std::fmt;

/// The slot of the constants in the memory of a run.
pub(crate) const CONSTS: u32 = 0;
/// The slot of the arena.
pub(crate) const ARENA: u32 = 1;
/// The slot of the first input; after the inputs come the outputs with storage of their own.
pub(crate) const INPUTS: u32 = 2;

/// One step: a kernel and where its operands lie.
pub(crate) struct Step {
    pub(crate) kernel: Kernel,
    pub(crate) reads: SmallVec<[Region; 4]>,
    pub(crate) writes: SmallVec<[Region; 3]>,
}

/// Where an output is when the steps have run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// In the n-th storage made for the run.
    Fresh(usize),
    /// In an input: written there, or never changed.
    Input(usize),
}

/// A compiled graph: steps in a fixed order over memory that was laid out ahead of time.
///
/// The memory has these slots: constants, the arena, inputs, and fresh storage for outputs.
pub(crate) struct Plan {
    pub(crate) name: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) consts: Storage,
    /// Bytes of the arena.
    pub(crate) arena: usize,
    pub(crate) inputs: Vec<TensorType>,
    /// Which inputs are written to.
    pub(crate) donated: Vec<bool>,
    pub(crate) outputs: Vec<(Source, TensorType)>,
    /// Bytes of each fresh storage.
    pub(crate) fresh: Vec<usize>,
}

impl Plan {
    /// Runs the steps over memory whose slots are the plan's own.
    #[inline]
    pub(crate) fn run(&self, memory: &Memory<'_>) -> Result<()> {
        for step in &self.steps {
            step.kernel.run(memory, &step.reads, &step.writes)?;
        }
        Ok(())
    }

    /// Runs the steps over memory where the plan's slots are the regions of a frame: the body of a
    /// loop runs inside the memory of the plan around it.
    pub(crate) fn run_in(&self, memory: &Memory<'_>, frame: &[Region]) -> Result<()> {
        let at = |r: &Region| {
            let base = frame[r.slot as usize];
            debug_assert!(r.offset + r.len <= base.len, "{r:?} leaves its frame {base:?}");
            Region { slot: base.slot, offset: base.offset + r.offset, len: r.len }
        };
        for step in &self.steps {
            let reads: SmallVec<[Region; 8]> = step.reads.iter().map(at).collect();
            let writes: SmallVec<[Region; 8]> = step.writes.iter().map(at).collect();
            step.kernel.run(memory, &reads, &writes)?;
        }
        Ok(())
    }

    fn region(&self, r: &Region) -> String {
        let slot = match r.slot {
            CONSTS => "const".into(),
            ARENA => "arena".into(),
            s if ((s - INPUTS) as usize) < self.inputs.len() => format!("in{}", s - INPUTS),
            s => format!("out{}", (s - INPUTS) as usize - self.inputs.len()),
        };
        format!("{slot}[{}..{}]", r.offset, r.offset + r.len)
    }
}

impl fmt::Display for Plan {
    /// One line a step: `arena[0..16384] = gemm 32x784x128(in0[..], in1[..])`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "plan {} ({} steps, arena {} bytes, constants {} bytes)",
            self.name,
            self.steps.len(),
            self.arena,
            self.consts.bytes().len()
        )?;
        let list = |rs: &[Region]| rs.iter().map(|r| self.region(r)).collect::<Vec<_>>().join(", ");
        for step in &self.steps {
            writeln!(f, "  {} = {}({})", list(&step.writes), step.kernel, list(&step.reads))?;
            for body in step.kernel.bodies() {
                for line in body.to_string().lines() {
                    writeln!(f, "    {line}")?;
                }
            }
        }
        for (k, (source, ty)) in self.outputs.iter().enumerate() {
            writeln!(f, "  output {k}: {ty} from {source:?}")?;
        }
        Ok(())
    }
}
