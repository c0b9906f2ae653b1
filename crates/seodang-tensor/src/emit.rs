//! How an op is written into a graph: the one place where operands are broadcast and the initial
//! values of reductions are supplied, for traces, tapes and eager programs alike.

use seodang_core::{Error, Result, Shape, text};
use seodang_ir::ops::Reducer;
use seodang_ir::{Builder, Op, TensorType, ValueId};

/// Adds an op with its operands broadcast, and returns its results.
pub(crate) fn emit(b: &Builder, op: Op, operands: &[ValueId]) -> Result<Vec<ValueId>> {
    match &op {
        Op::Binary(_) | Op::Compare(_) => {
            let operands = broadcast(b, op.mnemonic(), operands)?;
            b.push(op, &operands)
        }
        Op::Select(_) => {
            // The predicate may stay a scalar.
            let scalar = b.graph().ty(operands[0]).rank() == 0;
            let from = usize::from(scalar);
            let mut all = operands[..from].to_vec();
            all.extend(broadcast(b, "select", &operands[from..])?);
            b.push(op, &all)
        }
        Op::Reduce(r) if operands.len() == 1 => reduce(b, Reducer::of(&r.body), op, operands[0]),
        Op::ReduceWindow(r) if operands.len() == 1 => {
            reduce(b, Reducer::of(&r.body), op, operands[0])
        }
        _ => b.push(op, operands),
    }
}

fn reduce(b: &Builder, reducer: Option<Reducer>, op: Op, x: ValueId) -> Result<Vec<ValueId>> {
    let Some(reducer) = reducer else { return b.push(op, &[x]) };
    let identity = b.constant(reducer.identity(b.ty(x).dtype)).id();
    b.push(op, &[x, identity])
}

fn broadcast(b: &Builder, name: &str, operands: &[ValueId]) -> Result<Vec<ValueId>> {
    let types: Vec<TensorType> = operands.iter().map(|&v| b.ty(v)).collect();
    if types.windows(2).all(|w| w[0].shape == w[1].shape) {
        return Ok(operands.to_vec());
    }
    let mut shape = Shape::scalar();
    for ty in &types {
        let Some(both) = shape.broadcast(&ty.shape) else {
            let mut e = Error::shape(text!(
                en: "the shapes do not broadcast",
                ko: "모양을 맞출(broadcast) 수 없습니다"
            ))
            .expected(text!(
                en: "dimensions, compared from the last, that are equal or 1",
                ko: "뒤에서부터 비교해 같거나 1인 차원"
            ))
            .during(name);
            for (i, ty) in types.iter().enumerate() {
                e = e.given(format!("operand {i}"), ty);
            }
            return Err(e);
        };
        shape = both;
    }
    Ok(operands.iter().map(|&v| broadcast_to(b, v, &shape)).collect())
}

/// The value repeated to a shape that its own broadcasts to.
pub(crate) fn broadcast_to(b: &Builder, v: ValueId, shape: &Shape) -> ValueId {
    let x = b.expr(v);
    let own = x.shape();
    // Dimensions of size 1 that are repeated are dropped first: what is left is a plain repetition,
    // which engines read without index arithmetic.
    let offset = shape.rank() - own.rank();
    let kept: Vec<usize> = (0..own.rank()).filter(|&d| own[d] == shape[d + offset]).collect();
    let dims: Shape = kept.iter().map(|&d| own[d]).collect();
    let at: Vec<usize> = kept.iter().map(|d| d + offset).collect();
    x.reshape(dims).broadcast_in_dim(shape.clone(), &at).id()
}
