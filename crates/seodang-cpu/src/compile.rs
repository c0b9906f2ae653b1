//! From a graph to a plan.

use crate::lower::{Lowering, optimizer};
use crate::plan::Plan;
use crate::{fuse, liveness, room};
use seodang_core::Result;
use seodang_ir::{Builder, Graph, Node, Op, passes};
use std::borrow::Cow;
use std::collections::HashMap;

/// Compiles a program: outputs may share memory with each other or with arguments.
pub(crate) fn compile(graph: &Graph) -> Result<Plan> {
    plan(graph, false)
}

/// Compiles the body of a loop or branch: every output is written to memory of its own, or to that of
/// an input given away for it.
pub(crate) fn compile_body(graph: &Graph) -> Result<Plan> {
    plan(graph, true)
}

fn plan(graph: &Graph, own: bool) -> Result<Plan> {
    room::check_graph(graph)?;
    // Composites with kernels stay; whether their kernels fit is known once constants are folded.
    let by_name = |_: &Graph, node: &Node| match &node.op {
        Op::Composite(c) => c.name == optimizer::ADAM,
        _ => true,
    };
    let by_kernel = |graph: &Graph, node: &Node| {
        !matches!(node.op, Op::Composite(_)) || optimizer::adam(graph, node).is_some()
    };
    let mut graph = passes::optimize(&*inlined(graph, &by_name)?)?;
    if let Cow::Owned(g) = inlined(&graph, &by_kernel)? {
        graph = passes::optimize(&g)?;
    }
    let mut l = Lowering::new(&graph);
    for cluster in fuse::clusters(&graph, &l.views, &l.users) {
        l.cluster(&cluster)?;
    }
    liveness::finish(l, own)
}

/// Whether a node stays as it is.
type Keep<'a> = &'a dyn Fn(&Graph, &Node) -> bool;

/// The graph with the bodies of composites in their place, but those that are kept.
fn inlined<'g>(graph: &'g Graph, keep: Keep<'_>) -> Result<Cow<'g, Graph>> {
    if graph.nodes().iter().all(|node| keep(graph, node)) {
        return Ok(Cow::Borrowed(graph));
    }
    let b = Builder::new(graph.name());
    let mut map = HashMap::new();
    for &v in graph.inputs() {
        map.insert(v, b.input(graph.ty(v).clone()).id());
    }
    for node in graph.nodes() {
        match &node.op {
            Op::Composite(c) if !keep(graph, node) => {
                let body = inlined(&c.body, keep)?;
                let operands: Vec<_> = node.operands.iter().map(|v| b.expr(map[v])).collect();
                let results = b.inline(&body, &operands)?;
                map.extend(node.results().zip(results.iter().map(|e| e.id())));
            }
            _ => b.copy_node(graph, node, &mut map),
        }
    }
    let outputs: Vec<_> = graph.outputs().iter().map(|v| b.expr(map[v])).collect();
    Ok(Cow::Owned(b.finish(&outputs)?.with_donations(graph.donations().to_vec())?))
}
