//! StableHLO text, in the conservative form that every PJRT plugin takes: generic syntax, static
//! shapes, constants with exact bits.

use crate::{Dialect, Graph, Op, ValueId, passes};
use seodang_core::{Array, DType, Result};
use std::collections::HashMap;
use std::fmt::Write;

/// A constant in MLIR's spelling, with exact bits: `dense<"0x0000803F"> : tensor<1xf32>`.
pub fn literal(value: &Array) -> String {
    let ty = crate::TensorType::of(value).mlir();
    let bytes = value.bytes();
    if value.size() == 0 {
        return format!("dense<> : {ty}");
    }
    if value.dtype() == DType::Bool {
        let nested = nest(value.shape(), &mut bytes.iter().map(|&b| (b != 0).to_string()));
        return format!("dense<{nested}> : {ty}");
    }
    let mut hex = String::with_capacity(2 * bytes.len());
    for b in bytes {
        let _ = write!(hex, "{b:02X}");
    }
    format!("dense<\"0x{hex}\"> : {ty}")
}

/// Elements in nested brackets.
fn nest(shape: &[usize], elements: &mut impl Iterator<Item = String>) -> String {
    match shape.split_first() {
        None => elements.next().unwrap_or_default(),
        Some((&n, rest)) => {
            let parts: Vec<String> = (0..n).map(|_| nest(rest, elements)).collect();
            format!("[{}]", parts.join(", "))
        }
    }
}

/// The graph as a StableHLO module with one public function `main`; donations become
/// `tf.aliasing_output`.
///
/// Ops of our own are lowered first: composites are inlined, scans become while loops.
///
/// # Errors
/// Errors of lowering.
///
/// ```
/// use seodang_core::DType;
/// use seodang_ir::{Builder, TensorType, stablehlo};
///
/// let b = Builder::new("double");
/// let x = b.input(TensorType::new(DType::F32, [2]));
/// let text = stablehlo::emit(&b.finish(&[x + x])?)?;
/// assert!(text.contains("\"stablehlo.add\"(%0, %0) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>"));
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn emit(graph: &Graph) -> Result<String> {
    let graph = passes::lower(graph)?;
    let mut emitter = Emitter { out: String::new(), next: 0 };
    let mut names = HashMap::new();
    let mut arguments = Vec::new();
    for (i, &v) in graph.inputs().iter().enumerate() {
        let name = emitter.fresh();
        let alias = graph.donations().iter().find(|d| d.input == i);
        let alias = alias
            .map_or(String::new(), |d| format!(" {{tf.aliasing_output = {} : i32}}", d.output));
        arguments.push(format!("{name}: {}{alias}", graph.ty(v).mlir()));
        names.insert(v, name);
    }
    let results: Vec<String> = graph.output_types().iter().map(|t| t.mlir()).collect();
    emitter.out += "module @seodang {\n";
    let (arguments, results) = (arguments.join(", "), results.join(", "));
    let _ = writeln!(emitter.out, "  func.func public @main({arguments}) -> ({results}) {{");
    emitter.block(&graph, names, "    ", "func.return");
    emitter.out += "  }\n}\n";
    Ok(emitter.out)
}

struct Emitter {
    out: String,
    next: usize,
}

impl Emitter {
    fn fresh(&mut self) -> String {
        let name = format!("%{}", self.next);
        self.next += 1;
        name
    }

    /// The nodes of a graph whose inputs have names already, and the return.
    fn block(
        &mut self,
        graph: &Graph,
        mut names: HashMap<ValueId, String>,
        indent: &str,
        terminator: &str,
    ) {
        for node in graph.nodes() {
            let operands: Vec<&str> = node.operands.iter().map(|v| names[v].as_str()).collect();
            let operand_types: Vec<String> =
                node.operands.iter().map(|&v| graph.ty(v).mlir()).collect();
            let types: Vec<String> = node.results().map(|v| graph.ty(v).mlir()).collect();
            // The branches of an `if` see the operands by name; the op itself takes the predicate.
            let own = if matches!(node.op, Op::If(_)) { 1 } else { operands.len() };
            let dialect = match node.op.dialect() {
                Dialect::Chlo => "chlo",
                Dialect::StableHlo | Dialect::Seodang => "stablehlo",
            };
            let passed: Vec<String> = operands[own..].iter().map(|s| s.to_string()).collect();
            let head =
                format!("\"{dialect}.{}\"({})", node.op.mnemonic(), operands[..own].join(", "));
            let name = self.fresh();
            let count = types.len();
            let bind = if count == 1 { name.clone() } else { format!("{name}:{count}") };
            let _ = write!(self.out, "{indent}{bind} = {head}");
            for (i, v) in node.results().enumerate() {
                names.insert(v, if count == 1 { name.clone() } else { format!("{name}#{i}") });
            }
            let regions = node.op.regions();
            for (i, body) in regions.iter().enumerate() {
                self.out += if i == 0 { " ({\n" } else { ", {\n" };
                self.region(body, &node.op, &passed, indent);
                let _ = write!(self.out, "{indent}}}");
            }
            if !regions.is_empty() {
                self.out += ")";
            }
            let attributes = node.op.attributes();
            if !attributes.is_empty() {
                let list: Vec<String> =
                    attributes.iter().map(|(name, text)| format!("{name} = {text}")).collect();
                let _ = write!(self.out, " {{{}}}", list.join(", "));
            }
            let result =
                if count == 1 { types[0].clone() } else { format!("({})", types.join(", ")) };
            let _ = writeln!(self.out, " : ({}) -> {result}", operand_types[..own].join(", "));
        }
        let outputs: Vec<&str> = graph.outputs().iter().map(|v| names[v].as_str()).collect();
        let types: Vec<String> = graph.output_types().iter().map(|t| t.mlir()).collect();
        let (outputs, types) = (outputs.join(", "), types.join(", "));
        let _ = writeln!(self.out, "{indent}\"{terminator}\"({outputs}) : ({types}) -> ()");
    }

    fn region(&mut self, body: &Graph, op: &Op, passed: &[String], indent: &str) {
        let mut names = HashMap::new();
        if matches!(op, Op::If(_)) {
            names.extend(body.inputs().iter().copied().zip(passed.iter().cloned()));
        } else {
            let mut arguments = Vec::new();
            for &v in body.inputs() {
                let name = self.fresh();
                arguments.push(format!("{name}: {}", body.ty(v).mlir()));
                names.insert(v, name);
            }
            if !arguments.is_empty() {
                let _ = writeln!(self.out, "{indent}^bb0({}):", arguments.join(", "));
            }
        }
        self.block(body, names, &format!("{indent}  "), "stablehlo.return");
    }
}
