//! The derivative of a scan: a scan in the other direction.

use super::Scan;
use crate::autodiff::{Derivative, Vjp};
use crate::{Builder, Expr, Gradients, Graph, TensorType};
use seodang_core::Result;
use std::sync::Arc;

pub(crate) fn derivative() -> Derivative<Scan> {
    Derivative::Rule(vjp)
}

fn floats(types: &[TensorType]) -> Vec<usize> {
    (0..types.len()).filter(|&i| types[i].dtype.is_float()).collect()
}

/// The reverse scan carries the cotangents of the carried values and the sums of the constants'
/// cotangents; it reads the carried values of every step (collected by running the scan once more,
/// with them as outputs), the rows, and the cotangents of the outputs' rows.
fn vjp<'b>(op: &Scan, cx: &Vjp<'b>) -> Result<Gradients<'b>> {
    let inputs = op.body.input_types();
    let fixed = op.carried + op.constants;
    let (carried, rest) = inputs.split_at(op.carried);
    let (constants, rows) = rest.split_at(op.constants);
    let outputs = &op.body.output_types()[op.carried..];
    let [in_carried, in_constants, in_rows, in_outputs] =
        [carried, constants, rows, outputs].map(floats);

    let recording = Scan { body: Arc::new(recording_body(op)?), ..op.clone() };
    let all = cx.b.apply_n(recording, &cx.operands);
    let history = &all[all.len() - op.carried..];

    let b = Builder::new("scan_vjp");
    let input = |ty: &TensorType| b.input(ty.clone());
    let d_carried: Vec<_> = in_carried.iter().map(|&i| input(&carried[i])).collect();
    let sums: Vec<_> = in_constants.iter().map(|&i| input(&constants[i])).collect();
    let const_values: Vec<_> = constants.iter().map(input).collect();
    let carried_values: Vec<_> = carried.iter().map(input).collect();
    let row_values: Vec<_> = rows.iter().map(input).collect();
    let d_outputs: Vec<_> = in_outputs.iter().map(|&i| input(&outputs[i])).collect();
    let arguments = [&carried_values[..], &const_values, &row_values].concat();
    let results = b.inline(&op.body, &arguments)?;
    let mut pairs: Vec<(Expr<'_>, Expr<'_>)> =
        in_carried.iter().zip(&d_carried).map(|(&i, &d)| (results[i], d)).collect();
    pairs.extend(in_outputs.iter().zip(&d_outputs).map(|(&i, &d)| (results[op.carried + i], d)));
    let sources: Vec<Expr<'_>> = (in_carried.iter().map(|&i| carried_values[i]))
        .chain(in_constants.iter().map(|&i| const_values[i]))
        .chain(in_rows.iter().map(|&i| row_values[i]))
        .collect();
    let gradients = crate::gradients(&b, &pairs, &sources)?;
    let mut next: Vec<Expr<'_>> = (gradients.into_iter().zip(&sources))
        .map(|(dx, x)| dx.unwrap_or_else(|| x.zeros_like()))
        .collect();
    for (i, sum) in sums.iter().enumerate() {
        next[in_carried.len() + i] = next[in_carried.len() + i] + *sum;
    }
    let body = Arc::new(b.finish(&next)?);

    let mut operands: Vec<Expr<'b>> = in_carried.iter().map(|&i| cx.cotangent(i)).collect();
    operands.extend(in_constants.iter().map(|&i| cx.operands[op.carried + i].zeros_like()));
    operands.extend_from_slice(&cx.operands[op.carried..fixed]);
    operands.extend_from_slice(history);
    operands.extend_from_slice(&cx.operands[fixed..]);
    operands.extend(in_outputs.iter().map(|&i| cx.cotangent(op.carried + i)));
    let backward = Scan {
        length: op.length,
        carried: in_carried.len() + in_constants.len(),
        constants: op.constants,
        reverse: !op.reverse,
        body,
    };
    let mut found = cx.b.apply_n(backward, &operands).into_iter();
    let mut gradients = vec![None; cx.operands.len()];
    let places = (in_carried.iter().copied())
        .chain(in_constants.iter().map(|i| op.carried + i))
        .chain(in_rows.iter().map(|i| fixed + i));
    for place in places {
        gradients[place] = found.next();
    }
    Ok(gradients)
}

/// The body, which also returns the carried values it was given.
fn recording_body(op: &Scan) -> Result<Graph> {
    let b = Builder::new(op.body.name());
    let inputs: Vec<Expr<'_>> = op.body.input_types().into_iter().map(|ty| b.input(ty)).collect();
    let mut outputs = b.inline(&op.body, &inputs)?;
    outputs.extend_from_slice(&inputs[..op.carried]);
    b.finish(&outputs)
}
