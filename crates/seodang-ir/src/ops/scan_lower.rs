//! A scan as a while loop over a counter, for engines without scans.

use super::{Scan, While};
use crate::{Builder, Expr, Graph, TensorType};
use seodang_core::{Array, DType, Result};
use std::sync::Arc;

pub(crate) fn lower(op: &Scan, operands: &[TensorType]) -> Result<Graph> {
    let results = crate::Op::from(op.clone()).infer(operands)?;
    let collected = &results[op.carried..];
    let fixed = op.carried + op.constants;
    if op.length == 0 {
        let b = Builder::new("scan");
        let inputs: Vec<Expr<'_>> = operands.iter().map(|ty| b.input(ty.clone())).collect();
        let mut outputs = inputs[..op.carried].to_vec();
        outputs.extend(collected.iter().map(|ty| b.full(ty, 0.0)));
        return b.finish(&outputs);
    }
    // The loop carries the counter, all operands, and the arrays that collect the outputs.
    let carried: Vec<TensorType> = std::iter::once(TensorType::scalar(DType::I32))
        .chain(operands.iter().cloned())
        .chain(collected.iter().cloned())
        .collect();

    let b = Builder::new("scan_condition");
    let inputs: Vec<Expr<'_>> = carried.iter().map(|ty| b.input(ty.clone())).collect();
    let condition = b.finish(&[inputs[0].lt(op.length as f64)])?;

    let b = Builder::new("scan_body");
    let inputs: Vec<Expr<'_>> = carried.iter().map(|ty| b.input(ty.clone())).collect();
    let step = inputs[0];
    let row = if op.reverse { (op.length as f64 - 1.0) - step } else { step };
    let zero = b.constant(Array::scalar(0i32));
    let at = |rank: usize| -> Vec<Expr<'_>> {
        (0..rank).map(|d| if d == 0 { row } else { zero }).collect()
    };
    let mut arguments: Vec<Expr<'_>> = inputs[1..=fixed].to_vec();
    for x in &inputs[fixed + 1..=operands.len()] {
        let shape = x.shape();
        let mut sizes = shape.to_vec();
        sizes[0] = 1;
        arguments.push(x.dynamic_slice(&at(shape.rank()), &sizes).reshape(&shape[1..]));
    }
    let outputs = b.inline(&op.body, &arguments)?;
    let mut next = vec![step + 1.0];
    next.extend_from_slice(&outputs[..op.carried]);
    next.extend_from_slice(&inputs[op.carried + 1..=operands.len()]);
    for (y, array) in outputs[op.carried..].iter().zip(&inputs[operands.len() + 1..]) {
        let mut shape = y.shape().to_vec();
        shape.insert(0, 1);
        let rank = shape.len();
        next.push(array.dynamic_update_slice(y.reshape(shape), &at(rank)));
    }
    let body = b.finish(&next)?;

    let b = Builder::new("scan");
    let inputs: Vec<Expr<'_>> = operands.iter().map(|ty| b.input(ty.clone())).collect();
    let mut initial = vec![b.constant(Array::scalar(0i32))];
    initial.extend(inputs);
    initial.extend(collected.iter().map(|ty| b.full(ty, 0.0)));
    let op_loop = While { condition: Arc::new(condition), body: Arc::new(body) };
    let last = b.apply_n(op_loop, &initial);
    let outputs = [&last[1..=op.carried], &last[operands.len() + 1..]].concat();
    b.finish(&outputs)
}
