//! The readable form of a graph, for people and for tests.

use crate::{Graph, ValueId};
use std::fmt;

impl fmt::Display for Graph {
    /// One line a node: `%3: float32[2] = add(%1, %2)`; bodies are indented.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self, f, "")
    }
}

fn list(values: &[ValueId]) -> String {
    values.iter().map(|v| format!("%{}", v.index())).collect::<Vec<_>>().join(", ")
}

fn write(graph: &Graph, f: &mut fmt::Formatter<'_>, indent: &str) -> fmt::Result {
    let inputs: Vec<String> =
        graph.inputs().iter().map(|&v| format!("%{}: {}", v.index(), graph.ty(v))).collect();
    writeln!(f, "{indent}graph {}({}) {{", graph.name(), inputs.join(", "))?;
    for node in graph.nodes() {
        let results: Vec<String> =
            node.results().map(|v| format!("%{}: {}", v.index(), graph.ty(v))).collect();
        let mut line = format!("{} = {}", results.join(", "), node.op.mnemonic());
        line += &format!("({})", list(&node.operands));
        let attributes = node.op.attributes();
        if !attributes.is_empty() {
            let text: Vec<String> = attributes.iter().map(|(n, v)| format!("{n}={v}")).collect();
            line += &format!(" {{{}}}", text.join(", "));
        }
        writeln!(f, "{indent}  {line}")?;
        for body in node.op.regions() {
            write(body, f, &format!("{indent}    "))?;
        }
    }
    writeln!(f, "{indent}  return {}", list(graph.outputs()))?;
    writeln!(f, "{indent}}}")
}
