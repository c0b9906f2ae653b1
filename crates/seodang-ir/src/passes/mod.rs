//! Passes that rewrite a graph into a simpler one that computes the same.

mod scans;
mod simplify;

use crate::graph::Graph;
use crate::{Builder, Op, ValueId};
use seodang_core::Result;
use std::collections::HashMap;

/// Folds constants, simplifies, shares equal nodes, merges scans that go the same way and drops what no
/// output needs, bodies included.
///
/// Inputs, outputs and donations stay as they are, and so do the bits of every result.
///
/// # Errors
/// Errors of evaluating a constant.
pub fn optimize(graph: &Graph) -> Result<Graph> {
    let simple = remove_dead(&simplify::simplify(graph)?);
    Ok(scans::merge(&simple)?.unwrap_or(simple))
}

/// The graph without nodes that no output needs.
pub fn remove_dead(graph: &Graph) -> Graph {
    let mut live = vec![false; graph.value_count()];
    for v in graph.outputs() {
        live[v.index()] = true;
    }
    let mut keep = vec![false; graph.nodes().len()];
    for (n, node) in graph.nodes().iter().enumerate().rev() {
        if node.results().any(|v| live[v.index()]) {
            keep[n] = true;
            for v in &node.operands {
                live[v.index()] = true;
            }
        }
    }
    if keep.iter().all(|&k| k) {
        return graph.clone();
    }
    let mut rewriter = Rewriter::new(graph);
    for (node, keep) in graph.nodes().iter().zip(keep) {
        if keep {
            let operands: Vec<ValueId> = node.operands.iter().map(|&v| rewriter.get(v)).collect();
            let types = node.results().map(|v| graph.ty(v).clone()).collect();
            let new: Vec<ValueId> =
                rewriter.out.add_node(node.op.clone(), &operands, types).results().collect();
            rewriter.bind(node.results(), &new);
        }
    }
    rewriter.finish(graph)
}

/// The graph with every op that is not in StableHLO or CHLO replaced by what it is made of.
///
/// # Errors
/// Errors of building the replacements.
pub fn lower(graph: &Graph) -> Result<Graph> {
    let b = Builder::new(graph.name());
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    for &v in graph.inputs() {
        map.insert(v, b.input(graph.ty(v).clone()).id());
    }
    for node in graph.nodes() {
        let types: Vec<_> = node.operands.iter().map(|&v| graph.ty(v).clone()).collect();
        if let Some(body) = node.op.lower(&types)? {
            let arguments: Vec<_> = node.operands.iter().map(|v| b.expr(map[v])).collect();
            let results = b.inline(&lower(&body)?, &arguments)?;
            map.extend(node.results().zip(results.iter().map(|e| e.id())));
            continue;
        }
        let bodies = node.op.regions().into_iter().map(lower).collect::<Result<Vec<_>>>()?;
        let mut node = node.clone();
        if !bodies.is_empty() {
            node.op = node.op.with_regions(bodies);
        }
        b.copy_node(graph, &node, &mut map);
    }
    let outputs: Vec<_> = graph.outputs().iter().map(|v| b.expr(map[v])).collect();
    b.finish(&outputs)?.with_donations(graph.donations().to_vec())
}

/// A new graph with the inputs of an old one, and where the old values went.
struct Rewriter {
    out: Graph,
    map: Vec<Option<ValueId>>,
}

impl Rewriter {
    fn new(graph: &Graph) -> Rewriter {
        let mut out = Graph { name: graph.name.clone(), ..Graph::default() };
        let mut map = vec![None; graph.value_count()];
        for &v in graph.inputs() {
            map[v.index()] = Some(out.add_input(graph.ty(v).clone()));
        }
        Rewriter { out, map }
    }

    /// Where an old value went. Values are defined before they are used.
    fn get(&self, old: ValueId) -> ValueId {
        self.map[old.index()].unwrap_or(old)
    }

    fn bind(&mut self, old: impl Iterator<Item = ValueId>, new: &[ValueId]) {
        for (old, &new) in old.zip(new) {
            self.map[old.index()] = Some(new);
        }
    }

    fn finish(mut self, graph: &Graph) -> Graph {
        self.out.outputs = graph.outputs().iter().map(|&v| self.get(v)).collect();
        self.out.donations = graph.donations().to_vec();
        self.out
    }
}

/// Whether evaluating a node at compile time is allowed: it depends on its operands alone.
fn is_pure(op: &Op) -> bool {
    !matches!(op, Op::While(_) | Op::Scan(_) | Op::Composite(_))
}
