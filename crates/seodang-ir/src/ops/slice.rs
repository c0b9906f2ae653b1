//! Static slices.

use super::{arity, doc, int_array, require, reshape::gather_by};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Result, Shape, Text, text};

/// Every `strides[d]`-th element from `start[d]` up to and without `limit[d]`, in each dimension.
#[derive(Clone, PartialEq, Debug)]
pub struct Slice {
    /// The first index in each dimension.
    pub start: Vec<usize>,
    /// The index after the last in each dimension.
    pub limit: Vec<usize>,
    /// The step in each dimension.
    pub strides: Vec<usize>,
}

impl OpDef for Slice {
    fn mnemonic(&self) -> &'static str {
        "slice"
    }

    fn spec(&self) -> &'static str {
        "slice"
    }

    fn doc(&self) -> Text {
        doc("A box of elements at constant places.", "정해진 위치의 부분 배열.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let x = &operands[0];
        let lengths = [self.start.len(), self.limit.len(), self.strides.len()];
        require(lengths == [x.rank(); 3], "slice C2", || {
            text!(
                en: "starts, limits and strides have lengths {lengths:?} instead of the rank",
                ko: "start, limit, strides의 길이가 {lengths:?}로 차원 수와 다릅니다"
            )
        })?;
        for (d, &n) in x.shape.iter().enumerate() {
            let (start, limit, stride) = (self.start[d], self.limit[d], self.strides[d]);
            require(start <= limit && limit <= n && stride > 0, "slice C3, C4", || {
                text!(
                    en: "slice {start}..{limit} step {stride} does not fit dimension {d} of size {n}",
                    ko: "조각 {start}..{limit}(간격 {stride})이(가) 크기 {n}인 차원 {d}에 맞지 않습니다"
                )
            })?;
        }
        let shape: Shape = (0..x.rank())
            .map(|d| (self.limit[d] - self.start[d]).div_ceil(self.strides[d]))
            .collect();
        Ok(vec![x.with_shape(shape)])
    }

    fn derivative(&self) -> Derivative<Slice> {
        // Zeros around and between: the cotangent padded to the operand's shape.
        Derivative::Rule(|op, cx| {
            let (x, dy) = (cx.operands[0], cx.dy());
            let (from, to) = (x.shape(), dy.shape());
            let low: Vec<i64> = op.start.iter().map(|&s| s as i64).collect();
            let interior: Vec<i64> = op.strides.iter().map(|&s| s as i64 - 1).collect();
            let high: Vec<i64> = (0..from.rank())
                .map(|d| {
                    let covered = if to[d] == 0 { 0 } else { (to[d] - 1) * op.strides[d] + 1 };
                    from[d] as i64 - op.start[d] as i64 - covered as i64
                })
                .collect();
            Ok(vec![Some(dy.pad_zero(&low, &high, &interior))])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        Ok(vec![gather_by(&operands[0], &results[0].shape, |index| {
            index.iter().enumerate().map(|(d, i)| self.start[d] + i * self.strides[d]).collect()
        })])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("start_indices", int_array(&self.start)),
            ("limit_indices", int_array(&self.limit)),
            ("strides", int_array(&self.strides)),
        ]
    }
}
