//! Integer division that no plugin trips over.
//!
//! StableHLO leaves integer division by zero to the implementation, and XLA has an answer that is also
//! ours: all ones for a quotient, the dividend for a remainder; the smallest integer divided by -1
//! wraps. But where both operands are constants, some builds divide on the host while they compile, and
//! the processor's trap ends the process. So a divisor that makes trouble is replaced by 1 here, and
//! the quotient by zero put right afterwards.

use seodang_core::{Array, DType, Result};
use seodang_ir::ops::{Binary, Constant};
use seodang_ir::{Builder, Expr, Graph, Node, Op, ValueId};
use std::collections::HashMap;

/// The graph with every integer division and remainder guarded, bodies included, unless the divisor is
/// a constant without trouble.
pub(crate) fn integer_division(graph: &Graph) -> Result<Graph> {
    let b = Builder::new(graph.name());
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    for &v in graph.inputs() {
        map.insert(v, b.input(graph.ty(v).clone()).id());
    }
    for node in graph.nodes() {
        let op = match &node.op {
            Op::Binary(op @ (Binary::Divide | Binary::Remainder)) => Some(*op),
            _ => None,
        };
        if let Some(op) = op.filter(|_| is_risky(graph, node)) {
            let [x, y] = [node.operands[0], node.operands[1]].map(|v| b.expr(map[&v]));
            map.insert(node.result(0), guarded(op, x, y).id());
            continue;
        }
        let bodies = node.op.regions().into_iter().map(integer_division);
        let bodies = bodies.collect::<Result<Vec<_>>>()?;
        let mut node = node.clone();
        if !bodies.is_empty() {
            node.op = node.op.with_regions(bodies);
        }
        b.copy_node(graph, &node, &mut map);
    }
    let outputs: Vec<_> = graph.outputs().iter().map(|v| b.expr(map[v])).collect();
    b.finish(&outputs)?.with_donations(graph.donations().to_vec())
}

fn is_risky(graph: &Graph, node: &Node) -> bool {
    let divisor = node.operands[1];
    graph.ty(divisor).dtype.is_integer() && !is_harmless(graph, divisor)
}

/// Whether a value is known to hold neither 0 nor -1.
fn is_harmless(graph: &Graph, value: ValueId) -> bool {
    match graph.producer(value) {
        Some(Node { op: Op::Constant(Constant { value }), .. }) => {
            value.to_i128_vec().iter().all(|&n| n != 0 && n != -1)
        }
        Some(node @ Node { op: Op::BroadcastInDim(_) | Op::Reshape(_), .. }) => {
            is_harmless(graph, node.operands[0])
        }
        _ => false,
    }
}

fn guarded<'b>(op: Binary, x: Expr<'b>, y: Expr<'b>) -> Expr<'b> {
    let ty = y.ty();
    let integer = |n: i64| {
        let scalar = y.builder().constant(Array::scalar(n).convert(ty.dtype));
        scalar.broadcast_in_dim(ty.shape.clone(), &[])
    };
    let zero = y.eq(integer(0));
    let wraps = (smallest(ty.dtype)).map(|least| x.eq(integer(least)).and(y.eq(integer(-1))));
    let trouble = wraps.map_or(zero, |wraps| zero.or(wraps));
    let safe = trouble.select(integer(1), y);
    // Divided by 1, the smallest integer is its own quotient, and every remainder is 0.
    match op {
        Binary::Divide => zero.select(integer(-1), x / safe),
        _ => zero.select(x, x.remainder(safe)),
    }
}

/// The smallest number of a signed type.
fn smallest(dtype: DType) -> Option<i64> {
    match dtype {
        DType::I8 => Some(i8::MIN.into()),
        DType::I16 => Some(i16::MIN.into()),
        DType::I32 => Some(i32::MIN.into()),
        DType::I64 => Some(i64::MIN),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_ir::{TensorType, evaluate};

    fn division(op: Binary, dtype: DType) -> Graph {
        let b = Builder::new("division");
        let x = b.input(TensorType::new(dtype, [4]));
        let y = b.input(TensorType::new(dtype, [4]));
        let z = b.apply(op, &[x, y]);
        b.finish(&[z]).unwrap()
    }

    #[test]
    fn guarding_changes_no_result() {
        for dtype in [DType::I8, DType::I32, DType::I64, DType::U8, DType::U64] {
            let least = smallest(dtype).unwrap_or(0);
            let x = Array::from_vec([4], vec![7i64, least, least, 100]).unwrap().convert(dtype);
            let y = Array::from_vec([4], vec![0i64, -1, 0, 7]).unwrap().convert(dtype);
            for op in [Binary::Divide, Binary::Remainder] {
                let plain = division(op, dtype);
                let guarded = integer_division(&plain).unwrap();
                assert!(guarded.nodes().len() > plain.nodes().len());
                let arguments = [x.clone(), y.clone()];
                let [want, got] = [&plain, &guarded].map(|g| evaluate(g, &arguments).unwrap());
                assert_eq!(got, want, "{op:?} of {dtype}");
            }
        }
    }

    #[test]
    fn a_good_constant_divisor_needs_no_guard() {
        let b = Builder::new("half");
        let x = b.input(TensorType::new(DType::I32, [4]));
        let two = b.full(&x.ty(), 2.0);
        let plain = b.finish(&[x / two]).unwrap();
        assert_eq!(integer_division(&plain).unwrap(), plain);
    }
}
