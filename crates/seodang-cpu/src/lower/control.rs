//! Loops and branches: bodies are plans of their own that run inside the memory of the plan around
//! them, without compiling or allocating anything again.

use crate::compile::compile_body;
use crate::kernel::Kernel;
use crate::lower::{Lowering, Ref};
use crate::plan::{Plan, Source};
use seodang_core::Result;
use seodang_ir::ops::{If, Scan, While};
use seodang_ir::{Donation, Graph, Node};
use seodang_kernels::{Memory, Region};
use smallvec::SmallVec;
use std::fmt;

type Frame = SmallVec<[Region; 16]>;

/// How long a loop runs.
enum Until {
    /// While a plan's only output is true.
    Condition(Box<Plan>),
    /// So many times, over the rows of arrays.
    Rows { length: usize, reverse: bool },
}

/// A loop.
///
/// Reads: constants of the body, of the condition, then the operands. Writes: results, then the
/// arenas of body and condition, one boolean, then a second buffer for each carried value.
pub(crate) struct Repeat {
    body: Plan,
    until: Until,
    carried: usize,
    /// Operands that every step sees.
    constants: usize,
}

/// The bytes that are row `i` of `length`.
fn row(r: Region, i: usize, length: usize) -> Region {
    let len = r.len / length;
    Region { slot: r.slot, offset: r.offset + i * len, len }
}

impl Repeat {
    pub(crate) fn bodies(&self) -> Vec<&Plan> {
        match &self.until {
            Until::Condition(c) => vec![c, &self.body],
            Until::Rows { .. } => vec![&self.body],
        }
    }

    pub(crate) fn run(
        &self,
        memory: &Memory<'_>,
        reads: &[Region],
        writes: &[Region],
    ) -> Result<()> {
        let [body_consts, condition_consts, operands @ ..] = reads else { return Ok(()) };
        let (results, rest) = writes.split_at(self.body.outputs.len());
        let [body_arena, condition_arena, flag, second @ ..] = rest else { return Ok(()) };
        // Carried values are read from `now` and written to `next`; they change places after each
        // step, unless the body works in place.
        let mut now: Frame = results[..self.carried].into();
        let mut next: Frame = second.into();
        for (from, to) in operands.iter().zip(&now) {
            if from != to {
                memory.copy(*from, *to);
            }
        }
        let (fixed, arrays) = operands[self.carried..].split_at(self.constants);
        let mut frame = Frame::new();
        let mut step = 0;
        loop {
            let at = match &self.until {
                Until::Condition(plan) => {
                    frame.clear();
                    frame.extend([*condition_consts, *condition_arena]);
                    frame.extend_from_slice(&now);
                    frame.push(*flag);
                    plan.run_in(memory, &frame)?;
                    let mut holds = [0];
                    memory.load(*flag, &mut holds);
                    if holds == [0] {
                        break;
                    }
                    0
                }
                Until::Rows { length, .. } if step == *length => break,
                Until::Rows { length, reverse: true } => length - 1 - step,
                Until::Rows { .. } => step,
            };
            let length = match self.until {
                Until::Rows { length, .. } => length,
                Until::Condition(_) => 1,
            };
            frame.clear();
            frame.extend([*body_consts, *body_arena]);
            frame.extend_from_slice(&now);
            frame.extend_from_slice(fixed);
            frame.extend(arrays.iter().map(|a| row(*a, at, length)));
            // The body's fresh storage, in order.
            for (k, (source, _)) in self.body.outputs.iter().enumerate() {
                match source {
                    Source::Input(_) => {}
                    Source::Fresh(_) if k < self.carried => frame.push(next[k]),
                    Source::Fresh(_) => frame.push(row(results[k], at, length)),
                }
            }
            self.body.run_in(memory, &frame)?;
            for k in 0..self.carried {
                if matches!(self.body.outputs[k].0, Source::Fresh(_)) {
                    std::mem::swap(&mut now[k], &mut next[k]);
                }
            }
            step += 1;
        }
        for (from, to) in now.iter().zip(results) {
            if from != to {
                memory.copy(*from, *to);
            }
        }
        Ok(())
    }
}

impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.until {
            Until::Condition(_) => f.write_str("while"),
            Until::Rows { length, .. } => write!(f, "scan {length}"),
        }
    }
}

/// A branch. Reads: the predicate, constants of both plans, then the operands. Writes: results, then
/// one arena for either.
pub(crate) struct Branch {
    then: Plan,
    otherwise: Plan,
}

impl Branch {
    pub(crate) fn bodies(&self) -> Vec<&Plan> {
        vec![&self.then, &self.otherwise]
    }

    pub(crate) fn run(
        &self,
        memory: &Memory<'_>,
        reads: &[Region],
        writes: &[Region],
    ) -> Result<()> {
        let [predicate, then_consts, otherwise_consts, operands @ ..] = reads else {
            return Ok(());
        };
        let Some((arena, results)) = writes.split_last() else { return Ok(()) };
        let mut holds = [0];
        memory.load(*predicate, &mut holds);
        let (plan, consts) = if holds == [0] {
            (&self.otherwise, otherwise_consts)
        } else {
            (&self.then, then_consts)
        };
        let mut frame: Frame = [*consts, *arena].into_iter().collect();
        frame.extend_from_slice(operands);
        frame.extend_from_slice(results);
        plan.run_in(memory, &frame)
    }
}

impl Lowering<'_> {
    fn embed(&mut self, plan: &Plan) -> Ref {
        self.constant(plan.consts.bytes())
    }

    fn repeat(&mut self, node: &Node, operands: Vec<Ref>, repeat: Repeat) -> Result<()> {
        let (condition_consts, condition_arena) = match &repeat.until {
            Until::Condition(plan) => (self.embed(plan), plan.arena),
            Until::Rows { .. } => (self.constant(&[]), 0),
        };
        let mut reads = vec![self.embed(&repeat.body), condition_consts];
        reads.extend(operands);
        let mut writes: Vec<Ref> = node.results().map(|v| self.define(v)).collect();
        writes.extend([self.fresh(repeat.body.arena), self.fresh(condition_arena), self.fresh(1)]);
        for (k, v) in node.results().take(repeat.carried).enumerate() {
            let in_place = matches!(repeat.body.outputs[k].0, Source::Input(_));
            let bytes = if in_place { 0 } else { self.ty(v).bytes() };
            writes.push(self.fresh(bytes));
        }
        let carried = repeat.carried;
        let unit = self.unit(Kernel::Repeat(Box::new(repeat)), reads, writes);
        unit.in_place = (0..carried).map(|k| (k, k + 2)).collect();
        Ok(())
    }

    pub(crate) fn while_loop(&mut self, node: &Node, op: &While) -> Result<()> {
        let carried = node.operands.len();
        let until = Until::Condition(Box::new(compile_body(&op.condition)?));
        let body = compile_body(&carrying(&op.body, carried)?)?;
        let operands = self.places(node)?;
        self.repeat(node, operands, Repeat { body, until, carried, constants: 0 })
    }

    /// A loop that carries all results of a node over the rows of arrays: initial values, then arrays.
    pub(crate) fn scan_over(
        &mut self,
        body: Plan,
        length: usize,
        carried: usize,
        operands: Vec<Ref>,
        node: &Node,
    ) -> Result<()> {
        let until = Until::Rows { length, reverse: false };
        self.repeat(node, operands, Repeat { body, until, carried, constants: 0 })
    }

    pub(crate) fn scan(&mut self, node: &Node, op: &Scan) -> Result<()> {
        let until = Until::Rows { length: op.length, reverse: op.reverse };
        let body = compile_body(&carrying(&op.body, op.carried)?)?;
        let (carried, constants) = (op.carried, op.constants);
        let operands = self.places(node)?;
        self.repeat(node, operands, Repeat { body, until, carried, constants })
    }

    pub(crate) fn branch(&mut self, node: &Node, op: &If) -> Result<()> {
        let branch =
            Branch { then: compile_body(&op.then)?, otherwise: compile_body(&op.otherwise)? };
        let arena = branch.then.arena.max(branch.otherwise.arena);
        let predicate = self.place(node.operands[0])?;
        let mut reads = vec![predicate, self.embed(&branch.then), self.embed(&branch.otherwise)];
        for &v in &node.operands[1..] {
            reads.push(self.place(v)?);
        }
        let mut writes: Vec<Ref> = node.results().map(|v| self.define(v)).collect();
        writes.push(self.fresh(arena));
        self.unit(Kernel::Branch(Box::new(branch)), reads, writes);
        Ok(())
    }
}

/// A body whose first inputs are given away for its first outputs.
pub(crate) fn carrying(body: &Graph, carried: usize) -> Result<Graph> {
    body.clone().with_donations((0..carried).map(|k| Donation { input: k, output: k }).collect())
}
