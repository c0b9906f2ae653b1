//! The derivative of a scan: a scan in the other direction.

use super::{Binary, DotGeneral, Scan};
use crate::autodiff::{Derivative, Vjp};
use crate::passes::remove_dead;
use crate::{Builder, Expr, Gradients, Graph, Op, TensorType, ValueId};
use seodang_core::Result;
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) fn derivative() -> Derivative<Scan> {
    Derivative::Rule(vjp)
}

fn floats(types: &[TensorType]) -> Vec<usize> {
    (0..types.len()).filter(|&i| types[i].dtype.is_float()).collect()
}

/// The reverse scan carries the cotangents of the carried values and the sums of the constants'
/// cotangents; it reads what every step was given and computed (collected by a scan that records:
/// the carried values, and products, which cost more to compute than to keep), the rows, and the
/// cotangents of the outputs' rows. A constant whose cotangent is a product in every step, such as the
/// matrix of a recurrent layer, needs no sum: one product over all steps follows the scan.
///
/// The recording scan is the given one with more outputs: [`optimize`](crate::passes::optimize) makes
/// one scan of both.
fn vjp<'b>(op: &Scan, cx: &Vjp<'b>) -> Result<Gradients<'b>> {
    let inputs = op.body.input_types();
    let fixed = op.carried + op.constants;
    let (carried, rest) = inputs.split_at(op.carried);
    let (constants, rows) = rest.split_at(op.constants);
    let outputs = &op.body.output_types()[op.carried..];
    let [in_carried, in_constants, in_rows, in_outputs] =
        [carried, constants, rows, outputs].map(floats);

    let costly = costly(&op.body);
    let recording = Scan { body: Arc::new(recording_body(op, &costly)?), ..op.clone() };
    let all = cx.b.apply_n(recording, &cx.operands);
    let (history, kept) = all[op.body.outputs().len()..].split_at(op.carried);

    let b = Builder::new("scan_vjp");
    let input = |ty: &TensorType| b.input(ty.clone());
    let d_carried: Vec<_> = in_carried.iter().map(|&i| input(&carried[i])).collect();
    // Whether a constant needs a sum shows only when the cotangents are there: one too many is dead.
    let sums: Vec<_> = in_constants.iter().map(|&i| input(&constants[i])).collect();
    let const_values: Vec<_> = constants.iter().map(input).collect();
    let carried_values: Vec<_> = carried.iter().map(input).collect();
    let row_values: Vec<_> = rows.iter().map(input).collect();
    let kept_values: Vec<_> = costly.iter().map(|&v| input(op.body.ty(v))).collect();
    let d_outputs: Vec<_> = in_outputs.iter().map(|&i| input(&outputs[i])).collect();
    let arguments = [&carried_values[..], &const_values, &row_values].concat();
    let map = copied(&b, &op.body, &arguments);
    let result = |i: usize| b.expr(map[&op.body.outputs()[i]]);
    let mut pairs: Vec<(Expr<'_>, Expr<'_>)> =
        in_carried.iter().zip(&d_carried).map(|(&i, &d)| (result(i), d)).collect();
    pairs.extend(in_outputs.iter().zip(&d_outputs).map(|(&i, &d)| (result(op.carried + i), d)));
    let sources: Vec<Expr<'_>> = (in_carried.iter().map(|&i| carried_values[i]))
        .chain(in_constants.iter().map(|&i| const_values[i]))
        .chain(in_rows.iter().map(|&i| row_values[i]))
        .collect();
    let gradients = crate::gradients(&b, &pairs, &sources)?;
    let mut next: Vec<Expr<'_>> = (gradients.into_iter().zip(&sources))
        .map(|(dx, x)| dx.unwrap_or_else(|| x.zeros_like()))
        .collect();

    // What is at hand for all steps, by the body's value for one.
    let mut arrays: HashMap<ValueId, Expr<'b>> = HashMap::new();
    arrays.extend(carried_values.iter().zip(history).map(|(v, &all)| (v.id(), all)));
    arrays.extend(row_values.iter().zip(&cx.operands[fixed..]).map(|(v, &all)| (v.id(), all)));
    arrays.extend(costly.iter().zip(kept).map(|(v, &all)| (map[v], all)));
    let of_outputs = in_outputs.iter().map(|&i| cx.cotangent(op.carried + i));
    arrays.extend(d_outputs.iter().zip(of_outputs).map(|(v, all)| (v.id(), all)));

    let first_constant = in_carried.len();
    let same_always: Vec<ValueId> = const_values.iter().map(|v| v.id()).collect();
    let products: Vec<Option<Vec<Product>>> = (0..sums.len())
        .map(|i| products(&b.graph(), next[first_constant + i].id(), &same_always))
        .collect();
    let summed: Vec<usize> = (0..sums.len()).filter(|&i| products[i].is_none()).collect();
    for &i in &summed {
        next[first_constant + i] = next[first_constant + i] + sums[i];
    }
    // The body's outputs: next cotangents, sums, those of the rows, then what products need.
    let mut results: Vec<Expr<'_>> = next[..first_constant].to_vec();
    results.extend(summed.iter().map(|&i| next[first_constant + i]));
    let carried_back = results.len();
    results.extend_from_slice(&next[first_constant + sums.len()..]);
    let mut collected: HashMap<ValueId, usize> = HashMap::new();
    for (at, y) in results.iter().enumerate().skip(carried_back) {
        collected.entry(y.id()).or_insert(at);
    }
    for side in products.iter().flatten().flatten().flat_map(|p| [p.left, p.right]) {
        if !arrays.contains_key(&side) {
            collected.entry(side).or_insert_with(|| {
                results.push(b.expr(side));
                results.len() - 1
            });
        }
    }
    let replaced: HashMap<ValueId, ValueId> =
        costly.iter().zip(&kept_values).map(|(v, kept)| (map[v], kept.id())).collect();
    let mut body = b.finish(&results)?;
    // The products come from the record; their derivatives did not need them as results.
    let changed = body.nodes.iter_mut().flat_map(|node| &mut node.operands);
    for v in changed.chain(&mut body.outputs) {
        if let Some(&kept) = replaced.get(v) {
            *v = kept;
        }
    }
    let unused: Vec<usize> = (0..sums.len()).filter(|i| !summed.contains(i)).collect();
    let body = without_inputs(&remove_dead(&body), first_constant, &unused);

    let mut operands: Vec<Expr<'b>> = in_carried.iter().map(|&i| cx.cotangent(i)).collect();
    let constant = |i: usize| cx.operands[op.carried + in_constants[i]];
    operands.extend(summed.iter().map(|&i| constant(i).zeros_like()));
    operands.extend_from_slice(&cx.operands[op.carried..fixed]);
    operands.extend_from_slice(history);
    operands.extend_from_slice(&cx.operands[fixed..]);
    operands.extend_from_slice(kept);
    operands.extend(in_outputs.iter().map(|&i| cx.cotangent(op.carried + i)));
    let backward = Scan {
        length: op.length,
        carried: carried_back,
        constants: op.constants,
        reverse: !op.reverse,
        body: Arc::new(body),
    };
    let found = cx.b.apply_n(backward, &operands);
    let array = |v: &ValueId| arrays.get(v).copied().unwrap_or_else(|| found[collected[v]]);
    let mut gradients = vec![None; cx.operands.len()];
    for (at, &i) in in_carried.iter().enumerate() {
        gradients[i] = Some(found[at]);
    }
    for (at, &i) in summed.iter().enumerate() {
        gradients[op.carried + in_constants[i]] = Some(found[first_constant + at]);
    }
    for (at, &i) in in_rows.iter().enumerate() {
        gradients[fixed + i] = Some(found[carried_back + at]);
    }
    for (list, &i) in products.iter().zip(&in_constants) {
        let terms = list.iter().flatten().map(|p| p.over_all(array(&p.left), array(&p.right)));
        if let Some(total) = terms.reduce(|a, b| a + b) {
            gradients[op.carried + i] = Some(total);
        }
    }
    Ok(gradients)
}

/// The body's products: what costs more to compute again than to keep.
fn costly(body: &Graph) -> Vec<ValueId> {
    let products =
        body.nodes().iter().filter(|n| matches!(n.op, Op::DotGeneral(_) | Op::Convolution(_)));
    products.map(|n| n.result(0)).collect()
}

/// Copies a graph's nodes into a builder, and tells where its values went.
fn copied<'b>(b: &'b Builder, graph: &Graph, arguments: &[Expr<'b>]) -> HashMap<ValueId, ValueId> {
    let mut map: HashMap<ValueId, ValueId> =
        graph.inputs().iter().copied().zip(arguments.iter().map(|e| e.id())).collect();
    for node in graph.nodes() {
        b.copy_node(graph, node, &mut map);
    }
    map
}

/// The body, which also returns the carried values it was given, and some that it computes.
fn recording_body(op: &Scan, more: &[ValueId]) -> Result<Graph> {
    let b = Builder::new(op.body.name());
    let inputs: Vec<Expr<'_>> = op.body.input_types().into_iter().map(|ty| b.input(ty)).collect();
    let map = copied(&b, &op.body, &inputs);
    let given = op.body.inputs()[..op.carried].iter();
    let all = op.body.outputs().iter().chain(given).chain(more);
    let outputs: Vec<Expr<'_>> = all.map(|v| b.expr(map[v])).collect();
    b.finish(&outputs)
}

/// The graph without some of its inputs, which nothing uses: those of these numbers after `first`.
fn without_inputs(graph: &Graph, first: usize, numbers: &[usize]) -> Graph {
    let b = Builder::new(graph.name());
    let mut map = HashMap::new();
    for (i, &v) in graph.inputs().iter().enumerate() {
        if !numbers.iter().any(|n| first + n == i) {
            map.insert(v, b.input(graph.ty(v).clone()).id());
        }
    }
    for node in graph.nodes() {
        b.copy_node(graph, node, &mut map);
    }
    let mut out = b.graph().clone();
    out.outputs = graph.outputs().iter().map(|v| map[v]).collect();
    out
}

/// A product of two values of a step, whose dimensions may be in another order afterwards.
struct Product {
    left: ValueId,
    right: ValueId,
    op: DotGeneral,
    permutation: Option<Vec<usize>>,
}

impl Product {
    /// The sum over all steps: the same product of what all steps have, contracted over the steps too.
    fn over_all<'b>(&self, left: Expr<'b>, right: Expr<'b>) -> Expr<'b> {
        let after = |dims: &[usize]| dims.iter().map(|d| d + 1).collect::<Vec<_>>();
        let with_steps = |dims: &[usize]| [vec![0], after(dims)].concat();
        let op = DotGeneral {
            lhs_batching: after(&self.op.lhs_batching),
            rhs_batching: after(&self.op.rhs_batching),
            lhs_contracting: with_steps(&self.op.lhs_contracting),
            rhs_contracting: with_steps(&self.op.rhs_contracting),
            result: None,
        };
        let sum = left.dot_general(right, op);
        match &self.permutation {
            Some(permutation) => sum.transpose(permutation),
            None => sum,
        }
    }
}

/// The value as a sum of products of what differs from step to step, if it is one.
fn products(graph: &Graph, value: ValueId, same_always: &[ValueId]) -> Option<Vec<Product>> {
    let node = graph.producer(value)?;
    let product = |node: &crate::Node, permutation: Option<Vec<usize>>| {
        let Op::DotGeneral(op) = &node.op else { return None };
        let (left, right) = (node.operands[0], node.operands[1]);
        let fits = op.result.is_none() && !same_always.iter().any(|&v| v == left || v == right);
        fits.then(|| vec![Product { left, right, op: op.clone(), permutation }])
    };
    match &node.op {
        Op::Binary(Binary::Add) => {
            let mut all = products(graph, node.operands[0], same_always)?;
            all.extend(products(graph, node.operands[1], same_always)?);
            Some(all)
        }
        Op::Transpose(t) => product(graph.producer(node.operands[0])?, Some(t.permutation.clone())),
        _ => product(node, None),
    }
}
