//! From a graph to a plan.

use crate::lower::Lowering;
use crate::plan::Plan;
use crate::{fuse, liveness};
use seodang_core::Result;
use seodang_ir::{Builder, Graph, Op, passes};
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
    let graph = passes::optimize(&*inlined(graph)?)?;
    let mut l = Lowering::new(&graph);
    for cluster in fuse::clusters(&graph, &l.views, &l.users) {
        l.cluster(&cluster)?;
    }
    liveness::finish(l, own)
}

/// The graph with the bodies of its composites in their place.
fn inlined(graph: &Graph) -> Result<Cow<'_, Graph>> {
    let composite = |node: &seodang_ir::Node| matches!(node.op, Op::Composite(_));
    if !graph.nodes().iter().any(composite) {
        return Ok(Cow::Borrowed(graph));
    }
    let b = Builder::new(graph.name());
    let mut map = HashMap::new();
    for &v in graph.inputs() {
        map.insert(v, b.input(graph.ty(v).clone()).id());
    }
    for node in graph.nodes() {
        match &node.op {
            Op::Composite(c) => {
                let body = inlined(&c.body)?;
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
