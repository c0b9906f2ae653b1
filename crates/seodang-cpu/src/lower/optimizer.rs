//! Optimizer updates: one kernel over a list of parameters.

use crate::kernel::Kernel;
use crate::lower::Lowering;
use seodang_core::{DType, Result};
use seodang_ir::{Graph, Node, Op, Origin, ValueId};
use seodang_kernels::optimizer::{Adam, AdamUpdate};
use seodang_kernels::{Memory, Region};

/// The composites that have kernels.
pub(crate) const ADAM: &str = "seodang.adam";

/// Parameters of at most so many elements share a step with others; larger ones are updated as soon
/// as their gradient is there, while it is in the cache.
const SMALL: usize = 16384;

/// The value of a scalar constant.
fn number(graph: &Graph, v: ValueId) -> Option<f64> {
    let Origin::Node { node, .. } = graph.origin(v) else { return None };
    match &graph.nodes()[node].op {
        Op::Constant(c) => c.value.item().ok(),
        _ => None,
    }
}

/// The numbers of an Adam update that the kernel can run: operands parameter, m, v, gradient, alpha,
/// and as constants 1 - beta_1, 1 - beta_2, epsilon.
pub(crate) fn adam(graph: &Graph, node: &Node) -> Option<Adam> {
    let Op::Composite(c) = &node.op else { return None };
    let &[p, m, v, g, alpha, beta_1, beta_2, epsilon] = &node.operands[..] else { return None };
    let ty = graph.ty(p);
    let same = [m, v, g].iter().all(|x| graph.ty(*x) == ty);
    let scalar = graph.ty(alpha).dtype == ty.dtype && graph.ty(alpha).size() == 1;
    let distinct = p != m && p != v && m != v;
    let known = matches!(ty.dtype, DType::F32 | DType::F64) && ty.size() > 0;
    if c.name != ADAM || !same || !scalar || !distinct || !known || node.results().len() != 3 {
        return None;
    }
    Some(Adam {
        beta_1: 1.0 - number(graph, beta_1)?,
        beta_2: 1.0 - number(graph, beta_2)?,
        epsilon: number(graph, epsilon)?,
        weight_decay: None,
    })
}

/// Whether two updates may be one step.
pub(crate) fn together(graph: &Graph, a: &Node, b: &Node) -> bool {
    let small = |n: &Node| graph.ty(n.operands[0]).size() <= SMALL;
    let dtype = |n: &Node| graph.ty(n.operands[0]).dtype;
    let (x, y) = (adam(graph, a), adam(graph, b));
    x.is_some()
        && x == y
        && a.operands[4] == b.operands[4]
        && dtype(a) == dtype(b)
        && small(a)
        && small(b)
}

impl Lowering<'_> {
    pub(crate) fn adam(&mut self, nodes: &[usize]) -> Result<()> {
        let graph = self.graph;
        let all: Vec<&Node> = nodes.iter().map(|&n| &graph.nodes()[n]).collect();
        let Some(options) = adam(graph, all[0]) else {
            return all.iter().try_for_each(|node| self.eval(node));
        };
        let sizes: Vec<usize> = all.iter().map(|n| graph.ty(n.operands[0]).size()).collect();
        let dtype = self.ty(all[0].operands[0]).dtype;
        let update = AdamUpdate::new(dtype, &sizes, options)?;
        let n = all.len();
        // Parameters, m, v, gradients, alpha; and the new ones in the same order.
        let mut reads = Vec::with_capacity(4 * n + 1);
        for k in 0..4 {
            for node in &all {
                reads.push(self.place(node.operands[k])?);
            }
        }
        reads.push(self.place(all[0].operands[4])?);
        let mut writes = Vec::with_capacity(3 * n);
        for k in 0..3 {
            writes.extend(all.iter().map(|node| self.define(node.result(k))));
        }
        let run = move |memory: &Memory<'_>, r: &[Region], w: &[Region]| {
            for (from, to) in r.iter().zip(w) {
                if from != to {
                    memory.copy(*from, *to);
                }
            }
            let alpha = r[4 * n];
            let (p, m, v) = (&w[..n], &w[n..2 * n], &w[2 * n..]);
            update.run(memory, p, &r[3 * n..4 * n], m, v, alpha, alpha);
        };
        let unit = self.unit(Kernel::Call("adam", Box::new(run)), reads, writes);
        unit.in_place = (0..3 * n).map(|k| (k, k)).collect();
        Ok(())
    }
}
