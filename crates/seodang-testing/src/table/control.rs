//! Rows of loops, branches and composites.

use super::{Table, array, numbers};
use crate::Tolerance::{Exact, Sum};
use seodang_core::DType;
use seodang_ir::ops::*;
use seodang_ir::{Builder, Graph, TensorType};
use std::sync::Arc;

/// A graph over scalars or arrays of the given types.
fn graph(
    name: &str,
    types: &[TensorType],
    build: impl for<'b> FnOnce(&'b Builder, &[seodang_ir::Expr<'b>]) -> Vec<seodang_ir::Expr<'b>>,
) -> Arc<Graph> {
    let b = Builder::new(name);
    let inputs: Vec<_> = types.iter().map(|ty| b.input(ty.clone())).collect();
    let outputs = build(&b, &inputs);
    Arc::new(b.finish(&outputs).expect("a body"))
}

/// The body of a small recurrent cell: h' = tanh(x + h . w), collecting h' and a count.
pub(crate) fn cell(dtype: DType) -> Arc<Graph> {
    let types = [
        TensorType::new(dtype, [2, 3]),
        TensorType::scalar(DType::I32),
        TensorType::new(dtype, [3, 3]),
        TensorType::new(dtype, [2, 3]),
    ];
    graph("cell", &types, |_, v| {
        let h = (v[3] + v[0].dot_general(v[2], DotGeneral::matmul())).tanh();
        let n = v[1] + 1.0;
        vec![h, n, h * 2.0, n]
    })
}

pub(super) fn add(table: &mut Table) {
    let number = TensorType::scalar(DType::I32);
    let vector = TensorType::new(DType::F32, [5]);
    let carried = [number.clone(), vector.clone()];
    let condition = graph("below_six", &carried, |_, v| vec![v[0].lt(6.0)]);
    let body = graph("halve", &carried, |_, v| vec![v[0] + 1.0, v[1] * 0.5]);
    for start in [0.0, 6.0] {
        let inputs = vec![array(DType::I32, [], &[start]), numbers(DType::F32, [5], 1)];
        let op = While { condition: condition.clone(), body: body.clone() };
        table.op(format!("while/{start}"), op, inputs, Exact);
    }
    let never = graph("never", &carried, |b, v| {
        let no = b.constant(seodang_core::Array::scalar(false));
        let _ = v;
        vec![no]
    });
    let inputs = vec![array(DType::I32, [], &[0.0]), numbers(DType::F32, [5], 1)];
    table.op("while/never", While { condition: never, body }, inputs, Exact);

    for reverse in [false, true] {
        for length in [0, 1, 4] {
            let op = Scan { length, carried: 2, constants: 1, reverse, body: cell(DType::F32) };
            let inputs = vec![
                numbers(DType::F32, [2, 3], 1),
                array(DType::I32, [], &[0.0]),
                numbers(DType::F32, [3, 3], 2),
                numbers(DType::F32, [length, 2, 3], 3),
            ];
            table.op(format!("scan/{length}/{reverse}"), op, inputs, Sum(64.0));
        }
    }

    let then =
        graph("then", std::slice::from_ref(&vector), |_, v| vec![v[0] + 1.0, v[0].exponential()]);
    let otherwise =
        graph("otherwise", std::slice::from_ref(&vector), |_, v| vec![v[0] * 2.0, v[0]]);
    for choice in [0.0, 1.0] {
        let inputs = vec![array(DType::Bool, [], &[choice]), numbers(DType::F32, [5], 4)];
        let op = If { then: then.clone(), otherwise: otherwise.clone() };
        table.op(format!("if/{choice}"), op, inputs, Sum(8.0));
    }

    let matrix = TensorType::new(DType::F32, [4, 6]);
    let body = graph("softmax", &[matrix], |_, v| {
        let spread = |e: seodang_ir::Expr<'_>| e.broadcast_in_dim([4, 6], &[0]).id();
        let b = v[0].builder();
        let shifted = (v[0] - b.expr(spread(v[0].max(&[1])))).exponential();
        vec![shifted / b.expr(spread(shifted.sum(&[1])))]
    });
    let op = Composite { name: "test.softmax".into(), body, backward: Backward::Body };
    table.op("composite/softmax", op, vec![numbers(DType::F32, [4, 6], 5)], Sum(16.0));
}
