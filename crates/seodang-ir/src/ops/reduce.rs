//! Reductions over dimensions.

use super::{Binary, arity, check_axes, check_body, doc, int_array, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Builder, Graph, Op, TensorType};
use seodang_core::{Array, DType, Error, Result, Shape, Text, text};
use std::sync::Arc;

/// The bodies of reductions that engines have loops for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reducer {
    /// Sum (or of booleans).
    Add,
    /// Product (and of booleans).
    Multiply,
    /// Largest element.
    Maximum,
    /// Smallest element.
    Minimum,
    /// Bitwise or logical and.
    And,
    /// Bitwise or logical or.
    Or,
}

impl Reducer {
    /// Every reducer.
    pub const ALL: [Reducer; 6] = [
        Reducer::Add,
        Reducer::Multiply,
        Reducer::Maximum,
        Reducer::Minimum,
        Reducer::And,
        Reducer::Or,
    ];

    /// The op of the body.
    pub fn op(self) -> Binary {
        match self {
            Reducer::Add => Binary::Add,
            Reducer::Multiply => Binary::Multiply,
            Reducer::Maximum => Binary::Maximum,
            Reducer::Minimum => Binary::Minimum,
            Reducer::And => Binary::And,
            Reducer::Or => Binary::Or,
        }
    }

    /// The body as a graph of two scalars.
    pub fn body(self, dtype: DType) -> Arc<Graph> {
        let b = Builder::new(self.op().record().mnemonic);
        let x = b.input(TensorType::scalar(dtype));
        let y = b.input(TensorType::scalar(dtype));
        let out = b.apply(self.op(), &[x, y]);
        // The element type is checked where the reduction itself is built.
        Arc::new(b.finish(&[out]).unwrap_or_default())
    }

    /// Which reducer a body is, if it is one.
    pub fn of(body: &Graph) -> Option<Reducer> {
        let [node] = body.nodes() else { return None };
        let Op::Binary(op) = node.op else { return None };
        let [x, y] = body.inputs() else { return None };
        let operands = &node.operands[..];
        let plain = operands == [*x, *y] || operands == [*y, *x];
        let returned = body.outputs() == [node.result(0)];
        Reducer::ALL.into_iter().find(|r| r.op() == op && plain && returned)
    }

    /// The value that changes nothing: the usual initial value.
    pub fn identity(self, dtype: DType) -> Array {
        let value = match self {
            Reducer::Add | Reducer::Or => 0.0,
            Reducer::Multiply => 1.0,
            Reducer::Maximum if dtype.is_float() => f64::NEG_INFINITY,
            Reducer::Minimum if dtype.is_float() => f64::INFINITY,
            // Conversion saturates, except for booleans, where -1 would be true.
            Reducer::Maximum if dtype == DType::Bool => 0.0,
            Reducer::Maximum => f64::NEG_INFINITY,
            Reducer::Minimum => f64::INFINITY,
            Reducer::And if dtype == DType::Bool => 1.0,
            // All ones: -1 wraps to it.
            Reducer::And => return Array::scalar(-1i64).convert(dtype),
        };
        Array::full(dtype, [], value)
    }
}

/// Combines all elements along dimensions with a body, starting from an initial value.
///
/// Operands are `n` arrays of one shape, then `n` scalars. The body takes `n` accumulated values and
/// `n` elements; it must be associative, and the initial value its identity.
#[derive(Clone, PartialEq, Debug)]
pub struct Reduce {
    /// The dimensions that disappear.
    pub dimensions: Vec<usize>,
    /// The body.
    pub body: Arc<Graph>,
}

impl OpDef for Reduce {
    fn mnemonic(&self) -> &'static str {
        "reduce"
    }

    fn spec(&self) -> &'static str {
        "reduce"
    }

    fn doc(&self) -> Text {
        doc("All elements along dimensions combined.", "차원을 따라 모은 값.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let n = operands.len() / 2;
        if n == 0 {
            arity(operands, 2)?;
        }
        arity(operands, 2 * n)?;
        let (inputs, initial) = operands.split_at(n);
        let mut scalars = Vec::new();
        for (x, init) in inputs.iter().zip(initial) {
            same_dtype(x, init, "reduce C2, C3")?;
            require(
                init.rank() == 0,
                "reduce I2",
                || text!(en: "initial values must be scalars", ko: "초기값은 스칼라여야 합니다"),
            )?;
            require(x.shape == inputs[0].shape, "reduce C1", || {
                text!(
                    en: "shapes differ: {} and {}", x.shape, inputs[0].shape;
                    ko: "모양이 다릅니다: {}, {}", x.shape, inputs[0].shape
                )
            })?;
            scalars.push(TensorType::scalar(x.dtype));
        }
        check_axes(&self.dimensions, inputs[0].rank(), "reduce C4, C5")?;
        let twice = [scalars.clone(), scalars.clone()].concat();
        check_body(&self.body, &twice, &scalars, "reduce C6")?;
        let kept: Shape = (0..inputs[0].rank())
            .filter(|d| !self.dimensions.contains(d))
            .map(|d| inputs[0].shape[d])
            .collect();
        Ok(inputs.iter().map(|x| x.with_shape(kept.clone())).collect())
    }

    fn result_count(&self, operands: usize) -> usize {
        operands / 2
    }

    fn derivative(&self) -> Derivative<Reduce> {
        Derivative::Rule(|op, cx| {
            let (x, y, dy) = (cx.operands[0], cx.results[0], cx.dy());
            let Some(reducer) = Reducer::of(&op.body).filter(|_| cx.operands.len() == 2) else {
                return Err(Error::gradient(text!(
                    en: "only sum, product, maximum and minimum have a derivative",
                    ko: "합, 곱, 최댓값, 최솟값만 미분할 수 있습니다"
                ))
                .during("reduce"));
            };
            let shape = x.shape();
            let kept: Vec<usize> =
                (0..shape.rank()).filter(|d| !op.dimensions.contains(d)).collect();
            let spread = |e: crate::Expr<'_>| e.broadcast_in_dim(shape.clone(), &kept).id();
            let b = cx.b;
            let dx = match reducer {
                Reducer::Add => b.expr(spread(dy)),
                // Ties share the cotangent equally, as in JAX.
                Reducer::Maximum | Reducer::Minimum => {
                    let best = x.eq(b.expr(spread(y)));
                    let ones = best.convert(x.dtype());
                    ones * b.expr(spread(dy / ones.sum(&op.dimensions)))
                }
                // The product of the others: y / x, and where x is the only zero, the product of
                // the rest.
                Reducer::Multiply => {
                    let zero = x.eq(0.0);
                    let filled = zero.select(x.ones_like(), x);
                    let rest = filled.reduce(Reducer::Multiply, &op.dimensions);
                    let zeros = zero.convert(x.dtype()).sum(&op.dimensions);
                    let only = zeros.eq(1.0).select(rest, rest.zeros_like());
                    let others = zero.select(b.expr(spread(only)), b.expr(spread(y)) / filled);
                    others * b.expr(spread(dy))
                }
                Reducer::And | Reducer::Or => return Ok(vec![None, None]),
            };
            // An initial value that is the identity has no influence worth a gradient.
            Ok(vec![Some(dx), None])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let n = operands.len() / 2;
        let (inputs, initial) = operands.split_at(n);
        let shape = inputs[0].shape();
        let kept: Vec<usize> = (0..shape.rank()).filter(|d| !self.dimensions.contains(d)).collect();
        let out_shape = &results[0].shape;
        // The accumulated scalars of each place of the result, then elements in row-major order.
        let mut values: Vec<Vec<Array>> = vec![initial.to_vec(); out_shape.size()];
        for (flat, index) in shape.indices().enumerate() {
            let place: Vec<usize> = kept.iter().map(|&d| index[d]).collect();
            let at = out_shape.ravel(&place);
            let mut arguments = values[at].clone();
            for x in inputs {
                arguments.push(element(x, flat)?);
            }
            values[at] = crate::evaluate(&self.body, &arguments)?;
        }
        collect(&values, results)
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("dimensions", int_array(&self.dimensions))]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Reduce {
        let body = regions.into_iter().next().map_or_else(|| self.body.clone(), Arc::new);
        Reduce { body, ..self.clone() }
    }
}

/// One element of an array, as a scalar.
pub(crate) fn element(x: &Array, flat: usize) -> Result<Array> {
    let size = x.dtype().size();
    Array::from_bytes(x.dtype(), [], &x.bytes()[flat * size..(flat + 1) * size])
}

/// Arrays of the given types from one tuple of scalars for each place.
pub(crate) fn collect(values: &[Vec<Array>], types: &[TensorType]) -> Result<Vec<Array>> {
    let column = |(i, ty): (usize, &TensorType)| {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v[i].bytes().to_vec()).collect();
        Array::from_bytes(ty.dtype, ty.shape.clone(), &bytes)
    };
    types.iter().enumerate().map(column).collect()
}
