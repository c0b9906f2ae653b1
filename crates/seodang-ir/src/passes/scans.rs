//! Scans over the same operands, whose carried values go the same way, become one.
//!
//! A scan and the one that its derivative records with are such a pair.

use super::{Rewriter, optimize, remove_dead};
use crate::ops::Scan;
use crate::{Builder, Expr, Graph, Node, Op, TensorType, ValueId};
use seodang_core::Result;
use std::sync::Arc;

/// The graph with such scans merged, if there are any. Equal nodes are shared already.
pub(super) fn merge(graph: &Graph) -> Result<Option<Graph>> {
    let scans: Vec<usize> =
        (0..graph.nodes().len()).filter(|&n| scan(graph, n).is_some()).collect();
    for (i, &first) in scans.iter().enumerate() {
        for &second in &scans[i + 1..] {
            if let Some(merged) = pair(graph, first, second)? {
                return Ok(Some(merge(&merged)?.unwrap_or(merged)));
            }
        }
    }
    Ok(None)
}

fn scan(graph: &Graph, node: usize) -> Option<(&Node, &Scan)> {
    match &graph.nodes()[node].op {
        Op::Scan(op) => Some((&graph.nodes()[node], op)),
        _ => None,
    }
}

/// The graph with the second scan's results taken from the first, which computes them too.
fn pair(graph: &Graph, first: usize, second: usize) -> Result<Option<Graph>> {
    let (Some((a, one)), Some((b, other))) = (scan(graph, first), scan(graph, second)) else {
        return Ok(None);
    };
    let shape = |op: &Scan| (op.length, op.carried, op.constants, op.reverse);
    if a.operands != b.operands || shape(one) != shape(other) {
        return Ok(None);
    }
    let both = Builder::new(one.body.name());
    let inputs: Vec<Expr<'_>> =
        one.body.input_types().into_iter().map(|ty| both.input(ty)).collect();
    let mut outputs = both.inline(&one.body, &inputs)?;
    let from = outputs.len();
    outputs.extend(both.inline(&other.body, &inputs)?);
    // Sharing equal nodes shows whether the carried values go the same way.
    let mut body = optimize(&both.finish(&outputs)?)?;
    let (ours, theirs) = body.outputs.split_at(from);
    if ours[..one.carried] != theirs[..one.carried] {
        return Ok(None);
    }
    // Each output once, and for every result the place it has among the outputs.
    let mut kept: Vec<ValueId> = ours[..one.carried].to_vec();
    let mut place = |at: usize, v: ValueId| match at < one.carried {
        true => at,
        false => {
            let known = kept[one.carried..].iter().position(|&k| k == v);
            known.map(|i| one.carried + i).unwrap_or_else(|| {
                kept.push(v);
                kept.len() - 1
            })
        }
    };
    let places_a: Vec<usize> = ours.iter().enumerate().map(|(i, &v)| place(i, v)).collect();
    let places_b: Vec<usize> = theirs.iter().enumerate().map(|(i, &v)| place(i, v)).collect();
    body.outputs = kept;
    let op = Op::from(Scan { body: Arc::new(remove_dead(&body)), ..one.clone() });

    let mut rewriter = Rewriter::new(graph);
    for (n, node) in graph.nodes().iter().enumerate() {
        if n == second {
            continue;
        }
        let operands: Vec<ValueId> = node.operands.iter().map(|&v| rewriter.get(v)).collect();
        if n == first {
            let types: Vec<TensorType> =
                operands.iter().map(|&v| rewriter.out.ty(v).clone()).collect();
            let types = op.infer(&types)?;
            let new: Vec<ValueId> =
                rewriter.out.add_node(op.clone(), &operands, types).results().collect();
            let at = |places: &[usize]| places.iter().map(|&p| new[p]).collect::<Vec<_>>();
            rewriter.bind(a.results(), &at(&places_a));
            rewriter.bind(b.results(), &at(&places_b));
            continue;
        }
        let types = node.results().map(|v| graph.ty(v).clone()).collect();
        let new: Vec<ValueId> =
            rewriter.out.add_node(node.op.clone(), &operands, types).results().collect();
        rewriter.bind(node.results(), &new);
    }
    Ok(Some(rewriter.finish(graph)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::DotGeneral;
    use crate::{evaluate, verify};
    use seodang_core::{Array, DType};

    /// h' = tanh(x + h . w), collecting h' only if asked to.
    fn cell(collect: bool) -> Arc<Graph> {
        let b = Builder::new("cell");
        let matrix = |m, n| b.input(TensorType::new(DType::F64, [m, n]));
        let (h, w, x) = (matrix(2, 3), matrix(3, 3), matrix(2, 3));
        let next = (x + h.dot_general(w, DotGeneral::matmul())).tanh();
        let outputs = if collect { vec![next, next * 2.0] } else { vec![next] };
        Arc::new(b.finish(&outputs).unwrap())
    }

    fn numbers(shape: &[usize], shift: f64) -> Array {
        Array::from_fn(DType::F64, shape.to_vec(), |i| (i as f64 * 0.7 + shift).sin())
    }

    fn scans(graph: &Graph) -> usize {
        graph.nodes().iter().filter(|n| matches!(n.op, Op::Scan(_))).count()
    }

    fn inputs(b: &Builder) -> [Expr<'_>; 3] {
        let ty = |shape: &[usize]| TensorType::new(DType::F64, shape.to_vec());
        [b.input(ty(&[2, 3])), b.input(ty(&[3, 3])), b.input(ty(&[4, 2, 3]))]
    }

    fn op(collect: bool, reverse: bool) -> Scan {
        Scan { length: 4, carried: 1, constants: 1, reverse, body: cell(collect) }
    }

    #[test]
    fn scans_that_go_the_same_way_become_one() {
        let values = [numbers(&[2, 3], 0.0), numbers(&[3, 3], 1.0), numbers(&[4, 2, 3], 2.0)];
        for (reverse, left) in [(false, 1), (true, 2)] {
            let b = Builder::new("two");
            let given = inputs(&b);
            let first = b.apply_n(op(false, false), &given);
            let second = b.apply_n(op(true, reverse), &given);
            let graph = b.finish(&[first[0] * 3.0, second[1], second[0]]).unwrap();
            let merged = optimize(&graph).unwrap();
            verify(&merged).unwrap();
            assert_eq!(scans(&merged), left, "reverse {reverse}");
            assert_eq!(evaluate(&merged, &values).unwrap(), evaluate(&graph, &values).unwrap());
        }
    }

    #[test]
    fn a_step_of_training_runs_forward_once() {
        let b = Builder::new("step");
        let given = inputs(&b);
        let last = b.apply_n(op(false, false), &given)[0];
        let loss = (last * last).sum(&[0, 1]);
        let seed = b.full(&TensorType::scalar(DType::F64), 1.0);
        let found = crate::gradients(&b, &[(loss, seed)], &given).unwrap();
        let outputs: Vec<Expr<'_>> =
            std::iter::once(loss).chain(found.into_iter().map(|g| g.unwrap())).collect();
        let graph = optimize(&b.finish(&outputs).unwrap()).unwrap();
        assert_eq!(scans(&graph), 2);
        // Forward, one product; backward, that with the state's cotangent; the matrix's cotangent is
        // one product of all steps, outside.
        let products =
            |g: &Graph| g.nodes().iter().filter(|n| matches!(n.op, Op::DotGeneral(_))).count();
        let bodies: Vec<usize> = (0..graph.nodes().len())
            .filter_map(|n| Some(products(&scan(&graph, n)?.1.body)))
            .collect();
        assert_eq!((bodies, products(&graph)), (vec![1, 1], 1));
    }
}
