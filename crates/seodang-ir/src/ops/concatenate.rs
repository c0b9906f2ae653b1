//! Joining along a dimension.

use super::{doc, require, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Error, Result, Text, text};

/// Joins one or more operands along a dimension.
#[derive(Clone, PartialEq, Debug)]
pub struct Concatenate {
    /// The dimension.
    pub dimension: usize,
}

impl OpDef for Concatenate {
    fn mnemonic(&self) -> &'static str {
        "concatenate"
    }

    fn spec(&self) -> &'static str {
        "concatenate"
    }

    fn doc(&self) -> Text {
        doc("Operands joined along a dimension.", "한 차원을 따라 이어 붙이기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let Some(first) = operands.first() else {
            return Err(Error::value(text!(
                en: "at least one operand is needed",
                ko: "피연산자가 하나 이상 필요합니다"
            ))
            .constraint("concatenate C3"));
        };
        require(self.dimension < first.rank(), "concatenate C4", || {
            text!(
                en: "dimension {} is not below the rank {}", self.dimension, first.rank();
                ko: "차원 {}이(가) 차원 수 {}보다 작지 않습니다", self.dimension, first.rank()
            )
        })?;
        let mut shape = first.shape.to_vec();
        shape[self.dimension] = 0;
        for x in operands {
            same_dtype(first, x, "concatenate C1")?;
            let mut rest = x.shape.to_vec();
            let fits = rest.len() == shape.len() && {
                shape[self.dimension] += rest[self.dimension];
                rest[self.dimension] = shape[self.dimension];
                rest == shape
            };
            require(fits, "concatenate C2", || {
                text!(
                    en: "{} and {} differ outside dimension {}", first.shape, x.shape, self.dimension;
                    ko: "{}와(과) {}이(가) 차원 {} 밖에서 다릅니다", first.shape, x.shape, self.dimension
                )
            })?;
        }
        Ok(vec![first.with_shape(shape)])
    }

    fn derivative(&self) -> Derivative<Concatenate> {
        Derivative::Rule(|op, cx| {
            let dy = cx.dy();
            let mut start = vec![0; dy.rank()];
            let mut limit = dy.shape().to_vec();
            let strides = vec![1; dy.rank()];
            let parts = cx.operands.iter().map(|x| {
                limit[op.dimension] = start[op.dimension] + x.shape()[op.dimension];
                let part = dy.slice(&start, &limit, &strides);
                start[op.dimension] = limit[op.dimension];
                Some(part)
            });
            Ok(parts.collect())
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let ty = &results[0];
        let outer: usize = ty.shape[..self.dimension].iter().product();
        let mut bytes = Vec::with_capacity(ty.bytes());
        for row in 0..outer {
            for x in operands {
                let len = x.bytes().len() / outer;
                bytes.extend_from_slice(&x.bytes()[row * len..(row + 1) * len]);
            }
        }
        Ok(vec![Array::from_bytes(ty.dtype, ty.shape.clone(), &bytes)?])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("dimension", format!("{} : i64", self.dimension))]
    }
}
