//! One pass forward: constant folding, algebra, and sharing of equal nodes.

use super::{Rewriter, is_pure, optimize};
use crate::ops::*;
use crate::{Graph, Op, TensorType, ValueId};
use seodang_core::{Array, Result};
use smallvec::SmallVec;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Results up to this many elements are computed at compile time.
const FOLD_LIMIT: usize = 256;

pub(super) fn simplify(graph: &Graph) -> Result<Graph> {
    let mut pass = Pass { rewriter: Rewriter::new(graph), seen: HashMap::new() };
    for node in graph.nodes() {
        let operands: SmallVec<[ValueId; 3]> =
            node.operands.iter().map(|&v| pass.rewriter.get(v)).collect();
        let types: Vec<TensorType> = node.results().map(|v| graph.ty(v).clone()).collect();
        let mut op = node.op.clone();
        let regions = op.regions();
        if !regions.is_empty() {
            let bodies = regions.into_iter().map(optimize).collect::<Result<Vec<_>>>()?;
            op = op.with_regions(bodies);
        }
        let new = pass.emit(op, &operands, types)?;
        pass.rewriter.bind(node.results(), &new);
    }
    Ok(pass.rewriter.finish(graph))
}

struct Pass {
    rewriter: Rewriter,
    /// Nodes by hash of op and operands.
    seen: HashMap<u64, SmallVec<[usize; 1]>>,
}

impl Pass {
    fn op(&self, v: ValueId) -> Option<&Op> {
        self.rewriter.out.producer(v).map(|n| &n.op)
    }

    fn ty(&self, v: ValueId) -> &TensorType {
        self.rewriter.out.ty(v)
    }

    fn operand(&self, v: ValueId, i: usize) -> Option<ValueId> {
        self.rewriter.out.producer(v)?.operands.get(i).copied()
    }

    fn constant(&self, v: ValueId) -> Option<&Array> {
        match self.op(v) {
            Some(Op::Constant(c)) => Some(&c.value),
            _ => None,
        }
    }

    /// The number all elements are equal to, if that is known.
    fn splat(&self, v: ValueId) -> Option<f64> {
        match self.op(v)? {
            Op::Constant(c) if c.value.size() == 1 => c.value.item().ok(),
            Op::BroadcastInDim(_) | Op::Reshape(_) => self.splat(self.operand(v, 0)?),
            _ => None,
        }
    }

    /// Adds the node, or finds something simpler that gives its results.
    fn emit(
        &mut self,
        op: Op,
        operands: &[ValueId],
        types: Vec<TensorType>,
    ) -> Result<SmallVec<[ValueId; 2]>> {
        if let [ty] = &types[..] {
            let ty = ty.clone();
            if let Some(v) = self.fold(&op, operands, &ty)? {
                return Ok(SmallVec::from_elem(v, 1));
            }
            match self.rewrite(&op, operands, &ty) {
                Some(Simpler::Value(v)) => return Ok(SmallVec::from_elem(v, 1)),
                Some(Simpler::Node(op, operands)) => {
                    return self.emit(*op, &operands, vec![ty]);
                }
                None => {}
            }
        }
        Ok(self.share(op, operands, types))
    }

    /// The value as a constant, where all operands are.
    fn fold(&mut self, op: &Op, operands: &[ValueId], ty: &TensorType) -> Result<Option<ValueId>> {
        // Broadcasts stay: an engine reads the one number behind them. Counting stays as it is short.
        let worth = is_pure(op)
            && !operands.is_empty()
            && ty.size() <= FOLD_LIMIT
            && !matches!(op, Op::BroadcastInDim(_));
        if !worth {
            return Ok(None);
        }
        let Some(values) =
            operands.iter().map(|&v| self.constant(v).cloned()).collect::<Option<Vec<Array>>>()
        else {
            return Ok(None);
        };
        if values.iter().any(|v| v.size() > FOLD_LIMIT) {
            return Ok(None);
        }
        let value = op.eval(&values, std::slice::from_ref(ty))?.swap_remove(0);
        Ok(Some(self.share(Op::constant(value), &[], vec![ty.clone()])[0]))
    }

    fn rewrite(&self, op: &Op, operands: &[ValueId], ty: &TensorType) -> Option<Simpler> {
        let x = *operands.first()?;
        let same_type = self.ty(x) == ty;
        let value = |v| Some(Simpler::Value(v));
        match op {
            Op::Binary(op) => self.rewrite_binary(*op, x, operands[1]),
            Op::Unary(Unary::Negate) => match self.op(x) {
                Some(Op::Unary(Unary::Negate)) => value(self.operand(x, 0)?),
                _ => None,
            },
            Op::Convert(_) if same_type => value(x),
            Op::Reshape(_) | Op::BroadcastInDim(_) | Op::Transpose(_)
                if same_type && is_identity(op) =>
            {
                value(x)
            }
            Op::Reshape(reshape) => match self.op(x)? {
                Op::Reshape(_) => Some(Simpler::Node(
                    Box::new(reshape.clone().into()),
                    SmallVec::from_elem(self.operand(x, 0)?, 1),
                )),
                _ => None,
            },
            Op::Transpose(outer) => match self.op(x)? {
                Op::Transpose(inner) => {
                    let permutation =
                        outer.permutation.iter().map(|&d| inner.permutation[d]).collect();
                    Some(Simpler::Node(
                        Box::new(Transpose { permutation }.into()),
                        SmallVec::from_elem(self.operand(x, 0)?, 1),
                    ))
                }
                _ => None,
            },
            Op::BroadcastInDim(outer) => match self.op(x)? {
                Op::BroadcastInDim(inner) => {
                    let dimensions =
                        inner.dimensions.iter().map(|&d| outer.dimensions[d]).collect();
                    let op = BroadcastInDim { shape: outer.shape.clone(), dimensions };
                    Some(Simpler::Node(
                        Box::new(op.into()),
                        SmallVec::from_elem(self.operand(x, 0)?, 1),
                    ))
                }
                _ => None,
            },
            Op::Slice(s)
                if same_type
                    && s.start.iter().all(|&i| i == 0)
                    && s.strides.iter().all(|&i| i == 1) =>
            {
                value(x)
            }
            Op::Pad(p)
                if same_type
                    && [&p.low, &p.high, &p.interior].iter().all(|v| v.iter().all(|&k| k == 0)) =>
            {
                value(x)
            }
            Op::Concatenate(_) if operands.len() == 1 => value(x),
            Op::Reverse(r) if r.dimensions.iter().all(|&d| ty.shape[d] <= 1) => value(x),
            Op::Select(_) if operands[1] == operands[2] => value(operands[1]),
            Op::Select(_) => match self.splat(x)? {
                0.0 => value(operands[2]),
                _ => value(operands[1]),
            },
            // Over no dimensions, a sum from zero (or a product from one, ...) is its operand.
            Op::Reduce(r) if r.dimensions.is_empty() && operands.len() == 2 => {
                let reducer = Reducer::of(&r.body)?;
                let identity = reducer.identity(ty.dtype);
                (self.constant(operands[1])? == &identity).then_some(Simpler::Value(x))
            }
            _ => None,
        }
    }

    /// Identities that hold for every element, NaN, infinities and signed zeros included.
    fn rewrite_binary(&self, op: Binary, x: ValueId, y: ValueId) -> Option<Simpler> {
        let ty = self.ty(x);
        let float = ty.dtype.is_float();
        let number = ty.dtype != seodang_core::DType::Bool;
        let pair = |a, b| SmallVec::from_slice(&[a, b]);
        match (op, self.splat(x), self.splat(y)) {
            // x + -0.0 and x - 0.0 are x, even for x = -0.0; x + 0.0 is not.
            (Binary::Add, _, Some(c)) if c == 0.0 && (!float || c.is_sign_negative()) => {
                Some(Simpler::Value(x))
            }
            (Binary::Add, Some(c), _) if c == 0.0 && (!float || c.is_sign_negative()) => {
                Some(Simpler::Value(y))
            }
            (Binary::Subtract, _, Some(c)) if c == 0.0 && c.is_sign_positive() => {
                Some(Simpler::Value(x))
            }
            (Binary::Multiply | Binary::Divide | Binary::Power, _, Some(1.0)) if number => {
                Some(Simpler::Value(x))
            }
            (Binary::Multiply, Some(1.0), _) if number => Some(Simpler::Value(y)),
            (Binary::Power, _, Some(2.0)) => {
                Some(Simpler::Node(Box::new(Binary::Multiply.into()), pair(x, x)))
            }
            (Binary::Add, ..) if matches!(self.op(y), Some(Op::Unary(Unary::Negate))) => {
                let negated = self.operand(y, 0)?;
                Some(Simpler::Node(Box::new(Binary::Subtract.into()), pair(x, negated)))
            }
            (Binary::Subtract, ..) if matches!(self.op(y), Some(Op::Unary(Unary::Negate))) => {
                let negated = self.operand(y, 0)?;
                Some(Simpler::Node(Box::new(Binary::Add.into()), pair(x, negated)))
            }
            _ => None,
        }
    }

    /// Adds the node unless an equal one is there.
    fn share(
        &mut self,
        op: Op,
        operands: &[ValueId],
        types: Vec<TensorType>,
    ) -> SmallVec<[ValueId; 2]> {
        let mut hasher = DefaultHasher::new();
        std::mem::discriminant(&op).hash(&mut hasher);
        operands.hash(&mut hasher);
        types.hash(&mut hasher);
        match &op {
            Op::Unary(op) => op.hash(&mut hasher),
            Op::Binary(op) => op.hash(&mut hasher),
            Op::Constant(c) => c.value.bytes()[..c.value.bytes().len().min(64)].hash(&mut hasher),
            _ => {}
        }
        let bucket = self.seen.entry(hasher.finish()).or_default();
        for &n in bucket.iter() {
            let node = &self.rewriter.out.nodes()[n];
            if node.op == op && node.operands[..] == *operands {
                return node.results().collect();
            }
        }
        bucket.push(self.rewriter.out.nodes().len());
        self.rewriter.out.add_node(op, operands, types).results().collect()
    }
}

enum Simpler {
    Value(ValueId),
    Node(Box<Op>, SmallVec<[ValueId; 2]>),
}

/// Whether an op that rearranges elements, and does not change the type, leaves them in place.
fn is_identity(op: &Op) -> bool {
    let ascending = |v: &[usize]| v.iter().enumerate().all(|(i, &d)| i == d);
    match op {
        Op::Reshape(_) => true,
        Op::BroadcastInDim(b) => ascending(&b.dimensions),
        Op::Transpose(t) => ascending(&t.permutation),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Builder, evaluate};
    use seodang_core::DType;

    fn nodes(build: impl for<'b> Fn(crate::Expr<'b>) -> crate::Expr<'b>) -> (Graph, Graph) {
        let b = Builder::new("test");
        let x = b.input(TensorType::new(DType::F32, [2, 3]));
        let graph = b.finish(&[build(x)]).unwrap();
        let optimized = optimize(&graph).unwrap();
        let x = Array::from_fn(DType::F32, [2, 3], |i| i as f64 - 2.5);
        let want = evaluate(&graph, std::slice::from_ref(&x)).unwrap();
        assert_eq!(evaluate(&optimized, &[x]).unwrap(), want);
        crate::verify(&optimized).unwrap();
        (graph, optimized)
    }

    #[test]
    fn equal_nodes_are_shared_and_dead_ones_dropped() {
        let (before, after) = nodes(|x| {
            let _unused = x.tanh();
            x.exponential() * x.exponential()
        });
        assert_eq!(before.nodes().len(), 4);
        assert_eq!(after.nodes().len(), 2);
    }

    #[test]
    fn constants_are_folded() {
        let (_, after) = nodes(|x| {
            let c = x.builder().constant(Array::scalar(2f32));
            x * (c.sqrt() * c.sqrt()).broadcast_in_dim([2, 3], &[])
        });
        // The number, its broadcast, the product.
        assert_eq!(after.nodes().len(), 3);
    }

    #[test]
    fn identities_vanish() {
        let (_, after) = nodes(|x| (-(-(x * 1.0 - 0.0))).reshape([6]).reshape([2, 3]));
        assert!(after.nodes().is_empty());
        let (_, after) = nodes(|x| x.transpose(&[1, 0]).transpose(&[1, 0]));
        assert!(after.nodes().is_empty());
    }

    #[test]
    fn adding_zero_is_not_the_identity() {
        let b = Builder::new("zero");
        let x = b.input(TensorType::new(DType::F32, [1]));
        let graph = optimize(&b.finish(&[x + 0.0]).unwrap()).unwrap();
        let y = evaluate(&graph, &[Array::from_vec([1], vec![-0.0f32]).unwrap()]).unwrap();
        assert!(y[0].to_vec::<f32>().unwrap()[0].is_sign_positive());
    }
}
