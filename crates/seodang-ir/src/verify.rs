//! The verifier: does a graph keep the rules?

use crate::{Graph, Origin, TensorType};
use seodang_core::{Error, Result, text};

/// Checks a graph: every value is defined before its use, every node's types are what its record's
/// rule says, bodies included.
///
/// # Errors
/// The first violation, naming graph, node and constraint.
pub fn verify(graph: &Graph) -> Result<()> {
    let mut defined = vec![false; graph.value_count()];
    for (i, &v) in graph.inputs().iter().enumerate() {
        defined[v.index()] = graph.origin(v) == Origin::Input(i);
    }
    let undefined = |what: String, v: crate::ValueId| {
        Error::internal(text!(
            en: "{what} uses value {} before it is defined", v.index();
            ko: "{what}이(가) 값 {}을(를) 정의되기 전에 사용합니다", v.index()
        ))
        .during(graph.name().to_string())
    };
    for (n, node) in graph.nodes().iter().enumerate() {
        for &v in &node.operands {
            if !defined.get(v.index()).copied().unwrap_or(false) {
                return Err(undefined(format!("node {n} ({})", node.op.mnemonic()), v));
            }
        }
        let types: Vec<TensorType> = node.operands.iter().map(|&v| graph.ty(v).clone()).collect();
        let results =
            node.op.infer(&types).map_err(|e| e.during(format!("{} node {n}", graph.name())))?;
        let stated: Vec<TensorType> = node.results().map(|v| graph.ty(v).clone()).collect();
        if results != stated {
            return Err(Error::internal(text!(
                en: "the stated types are not what the rule says",
                ko: "적힌 타입이 규칙과 다릅니다"
            ))
            .during(node.op.mnemonic())
            .given("stated", format!("{stated:?}"))
            .given("rule", format!("{results:?}")));
        }
        for body in node.op.regions() {
            verify(body).map_err(|e| e.during(node.op.mnemonic()))?;
        }
        for v in node.results() {
            defined[v.index()] = true;
        }
    }
    for &v in graph.outputs() {
        if !defined.get(v.index()).copied().unwrap_or(false) {
            return Err(undefined("an output".into(), v));
        }
    }
    Ok(())
}
