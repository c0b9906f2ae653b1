//! Padding.

use super::{arity, doc, int_array, require, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Result, Shape, Text, text};

/// Surrounds the first operand with copies of the second, a scalar, and puts copies between its
/// elements. Negative edge padding removes elements.
#[derive(Clone, PartialEq, Debug)]
pub struct Pad {
    /// How many before the first element, in each dimension; may be negative.
    pub low: Vec<i64>,
    /// How many after the last element, in each dimension; may be negative.
    pub high: Vec<i64>,
    /// How many between two elements, in each dimension; not negative.
    pub interior: Vec<i64>,
}

impl Pad {
    fn size(&self, d: usize, n: usize) -> i64 {
        let n = n as i64;
        self.low[d] + n + (n - 1).max(0) * self.interior[d] + self.high[d]
    }
}

impl OpDef for Pad {
    fn mnemonic(&self) -> &'static str {
        "pad"
    }

    fn spec(&self) -> &'static str {
        "pad"
    }

    fn doc(&self) -> Text {
        doc("Padding around and between elements.", "둘레와 사이를 채우기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (x, value) = (&operands[0], &operands[1]);
        same_dtype(x, value, "pad C1")?;
        require(
            value.rank() == 0,
            "pad I2",
            || text!(en: "the padding value must be a scalar", ko: "채울 값은 스칼라여야 합니다"),
        )?;
        let lengths = [self.low.len(), self.high.len(), self.interior.len()];
        require(lengths == [x.rank(); 3], "pad C2", || {
            text!(
                en: "the paddings have lengths {lengths:?} instead of the rank",
                ko: "padding의 길이가 {lengths:?}로 차원 수와 다릅니다"
            )
        })?;
        for d in 0..x.rank() {
            let (size, interior) = (self.size(d, x.shape[d]), self.interior[d]);
            require(interior >= 0 && size >= 0, "pad C3, C4", || {
                text!(
                    en: "dimension {d} would get size {size} (interior padding {interior})",
                    ko: "차원 {d}의 크기가 {size}이(가) 됩니다(내부 채움 {interior})"
                )
            })?;
        }
        let shape: Shape = (0..x.rank()).map(|d| self.size(d, x.shape[d]) as usize).collect();
        Ok(vec![x.with_shape(shape)])
    }

    fn derivative(&self) -> Derivative<Pad> {
        // Undo the edges with the opposite padding, then take every (interior + 1)-th element; the
        // padding value gets the cotangent of everything else.
        Derivative::Rule(|op, cx| {
            let (x, dy) = (cx.operands[0], cx.dy());
            let shape = x.shape();
            let negated = |v: &[i64]| v.iter().map(|p| -p).collect::<Vec<i64>>();
            let zeros = vec![0; shape.rank()];
            let cut = dy.pad_zero(&negated(&op.low), &negated(&op.high), &zeros);
            let limit: Vec<usize> = cut.shape().to_vec();
            let strides: Vec<usize> = op.interior.iter().map(|&i| i as usize + 1).collect();
            let dx = cut.slice(&vec![0; shape.rank()], &limit, &strides);
            let all: Vec<usize> = (0..shape.rank()).collect();
            let d_value = cx.wanted[1].then(|| dy.sum(&all) - dx.sum(&all));
            Ok(vec![Some(dx), d_value])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (x, value) = (&operands[0], operands[1].bytes());
        let size = x.dtype().size();
        let mut out = Array::zeros(x.dtype(), results[0].shape.clone());
        for (i, to) in out.bytes_mut().chunks_exact_mut(size).enumerate() {
            let index = results[0].shape.unravel(i);
            let source: Option<Vec<usize>> = (0..index.len())
                .map(|d| {
                    let at = index[d] as i64 - self.low[d];
                    let step = self.interior[d] + 1;
                    let inside = at >= 0 && at % step == 0 && at / step < x.shape()[d] as i64;
                    inside.then_some((at / step) as usize)
                })
                .collect();
            match source {
                Some(from) => {
                    let at = x.shape().ravel(&from) * size;
                    to.copy_from_slice(&x.bytes()[at..at + size]);
                }
                None => to.copy_from_slice(value),
            }
        }
        Ok(vec![out])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("edge_padding_low", int_array(&self.low)),
            ("edge_padding_high", int_array(&self.high)),
            ("interior_padding", int_array(&self.interior)),
        ]
    }
}
