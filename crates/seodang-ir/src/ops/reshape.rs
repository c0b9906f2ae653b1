//! Ops that rearrange elements without choosing among them: reshape, transpose, reverse.

use super::{arity, check_axes, doc, int_array, require};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Result, Shape, Text, text};

/// The array whose element at each index is that of `x` at `source(index)`.
pub(crate) fn gather_by(
    x: &Array,
    shape: &Shape,
    source: impl Fn(Vec<usize>) -> Vec<usize>,
) -> Array {
    let size = x.dtype().size();
    let mut out = Array::zeros(x.dtype(), shape.clone());
    for (i, to) in out.bytes_mut().chunks_exact_mut(size).enumerate() {
        let at = x.shape().ravel(&source(shape.unravel(i))) * size;
        to.copy_from_slice(&x.bytes()[at..at + size]);
    }
    out
}

/// The same elements in row-major order under another shape.
#[derive(Clone, PartialEq, Debug)]
pub struct Reshape {
    /// The shape of the result.
    pub shape: Shape,
}

impl OpDef for Reshape {
    fn mnemonic(&self) -> &'static str {
        "reshape"
    }

    fn spec(&self) -> &'static str {
        "reshape"
    }

    fn doc(&self) -> Text {
        doc("The same elements under another shape.", "같은 원소, 다른 모양.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let x = &operands[0];
        require(self.shape.checked_size() == Some(x.size()), "reshape C2", || {
            text!(
                en: "{} elements cannot take the shape {}", x.size(), self.shape;
                ko: "원소 {}개로 모양 {}을(를) 만들 수 없습니다", x.size(), self.shape
            )
        })?;
        Ok(vec![x.with_shape(self.shape.clone())])
    }

    fn derivative(&self) -> Derivative<Reshape> {
        Derivative::Rule(|_, cx| Ok(vec![Some(cx.dy().reshape(cx.operands[0].shape()))]))
    }

    fn eval(&self, operands: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        Ok(vec![operands[0].reshape(self.shape.clone())?])
    }
}

/// Dimensions in another order.
#[derive(Clone, PartialEq, Debug)]
pub struct Transpose {
    /// For each dimension of the result, the dimension of the operand it is.
    pub permutation: Vec<usize>,
}

impl OpDef for Transpose {
    fn mnemonic(&self) -> &'static str {
        "transpose"
    }

    fn spec(&self) -> &'static str {
        "transpose"
    }

    fn doc(&self) -> Text {
        doc("Dimensions in another order.", "차원의 순서 바꾸기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let x = &operands[0];
        require(self.permutation.len() == x.rank(), "transpose C2", || {
            text!(
                en: "the permutation {:?} does not have length {}", self.permutation, x.rank();
                ko: "순열 {:?}의 길이가 {}이(가) 아닙니다", self.permutation, x.rank()
            )
        })?;
        check_axes(&self.permutation, x.rank(), "transpose C2")?;
        let shape: Shape = self.permutation.iter().map(|&d| x.shape[d]).collect();
        Ok(vec![x.with_shape(shape)])
    }

    fn derivative(&self) -> Derivative<Transpose> {
        Derivative::Rule(|op, cx| {
            let mut inverse = vec![0; op.permutation.len()];
            for (i, &d) in op.permutation.iter().enumerate() {
                inverse[d] = i;
            }
            Ok(vec![Some(cx.dy().transpose(&inverse))])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        Ok(vec![gather_by(&operands[0], &results[0].shape, |index| {
            let mut from = vec![0; index.len()];
            for (i, &d) in self.permutation.iter().enumerate() {
                from[d] = index[i];
            }
            from
        })])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("permutation", int_array(&self.permutation))]
    }
}

/// Elements in opposite order along some dimensions.
#[derive(Clone, PartialEq, Debug)]
pub struct Reverse {
    /// The dimensions.
    pub dimensions: Vec<usize>,
}

impl OpDef for Reverse {
    fn mnemonic(&self) -> &'static str {
        "reverse"
    }

    fn spec(&self) -> &'static str {
        "reverse"
    }

    fn doc(&self) -> Text {
        doc("Opposite order along some dimensions.", "차원을 따라 뒤집기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        check_axes(&self.dimensions, operands[0].rank(), "reverse C2, C3")?;
        Ok(vec![operands[0].clone()])
    }

    fn derivative(&self) -> Derivative<Reverse> {
        Derivative::Rule(|op, cx| Ok(vec![Some(cx.dy().reverse(&op.dimensions))]))
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let shape = &results[0].shape;
        Ok(vec![gather_by(&operands[0], shape, |mut index| {
            for &d in &self.dimensions {
                index[d] = shape[d] - 1 - index[d];
            }
            index
        })])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("dimensions", int_array(&self.dimensions))]
    }
}
