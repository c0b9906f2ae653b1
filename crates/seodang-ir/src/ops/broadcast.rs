//! Broadcasting.

use super::{arity, check_axes, doc, int_array, require};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Result, Shape, Text, text};

/// Repeats an operand along new dimensions and along dimensions of size 1.
#[derive(Clone, PartialEq, Debug)]
pub struct BroadcastInDim {
    /// The shape of the result.
    pub shape: Shape,
    /// For each dimension of the operand, the dimension of the result it becomes.
    pub dimensions: Vec<usize>,
}

impl OpDef for BroadcastInDim {
    fn mnemonic(&self) -> &'static str {
        "broadcast_in_dim"
    }

    fn spec(&self) -> &'static str {
        "broadcast_in_dim"
    }

    fn doc(&self) -> Text {
        doc("Repetition along new dimensions and dimensions of size 1.", "차원을 따라 반복하기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let x = &operands[0];
        require(self.dimensions.len() == x.rank(), "broadcast_in_dim C2", || {
            text!(
                en: "{} dimensions given for rank {}", self.dimensions.len(), x.rank();
                ko: "차원 수 {1}에 차원이 {0}개 주어졌습니다", self.dimensions.len(), x.rank()
            )
        })?;
        check_axes(&self.dimensions, self.shape.rank(), "broadcast_in_dim C3, C4")?;
        for (i, &d) in self.dimensions.iter().enumerate() {
            let (from, to) = (x.shape[i], self.shape[d]);
            require(from == 1 || from == to, "broadcast_in_dim C5", || {
                text!(
                    en: "dimension {i} of size {from} cannot become size {to}",
                    ko: "크기 {from}인 차원 {i}은(는) 크기 {to}이(가) 될 수 없습니다"
                )
            })?;
        }
        Ok(vec![x.with_shape(self.shape.clone())])
    }

    fn derivative(&self) -> Derivative<BroadcastInDim> {
        Derivative::Rule(|op, cx| {
            let (x, dy) = (cx.operands[0], cx.dy());
            let shape = x.shape();
            // Sum over what was repeated, bring the kept dimensions into the operand's order, and
            // put the dimensions of size 1 back.
            let kept: Vec<usize> = (0..op.shape.rank())
                .filter(|d| {
                    let from = op.dimensions.iter().position(|e| e == d);
                    from.is_some_and(|i| shape[i] == op.shape[*d])
                })
                .collect();
            let summed: Vec<usize> = (0..op.shape.rank()).filter(|d| !kept.contains(d)).collect();
            let order: Vec<usize> =
                op.dimensions.iter().filter_map(|d| kept.iter().position(|k| k == d)).collect();
            Ok(vec![Some(dy.sum(&summed).transpose(&order).reshape(shape))])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let x = &operands[0];
        let size = x.dtype().size();
        let mut out = Array::zeros(x.dtype(), self.shape.clone());
        for (i, to) in out.bytes_mut().chunks_exact_mut(size).enumerate() {
            let index = results[0].shape.unravel(i);
            let from: Vec<usize> = (self.dimensions.iter().zip(x.shape().iter()))
                .map(|(&d, &n)| if n == 1 { 0 } else { index[d] })
                .collect();
            let at = x.shape().ravel(&from) * size;
            to.copy_from_slice(&x.bytes()[at..at + size]);
        }
        Ok(vec![out])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("broadcast_dimensions", int_array(&self.dimensions))]
    }
}
