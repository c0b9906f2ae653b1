//! The largest elements.

use super::{arity, doc, require};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::{Dialect, OpDef};
use seodang_core::{Array, DType, Error, Result, Text, text};

/// The `k` largest elements along the last dimension, largest first, and their indices (int32).
/// Of equal elements the one with the lower index comes first.
#[derive(Clone, PartialEq, Debug)]
pub struct TopK {
    /// How many.
    pub k: usize,
}

impl OpDef for TopK {
    fn mnemonic(&self) -> &'static str {
        "top_k"
    }

    fn dialect(&self) -> Dialect {
        Dialect::Chlo
    }

    fn spec(&self) -> &'static str {
        "chlo.top_k"
    }

    fn doc(&self) -> Text {
        doc("The largest elements and their indices.", "가장 큰 값들과 그 색인.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        let x = &operands[0];
        super::Families::NUMBER.check(x.dtype, "top_k I1")?;
        require(x.shape.last().is_some_and(|&n| self.k <= n), "top_k C1", || {
            text!(
                en: "k = {} exceeds the last dimension of {}", self.k, x.shape;
                ko: "k = {}이(가) {}의 마지막 차원보다 큽니다", self.k, x.shape
            )
        })?;
        let mut shape = x.shape.to_vec();
        shape[x.rank() - 1] = self.k;
        let values = x.with_shape(shape);
        Ok(vec![values.clone(), values.with_dtype(DType::I32)])
    }

    fn result_count(&self, _: usize) -> usize {
        2
    }

    fn derivative(&self) -> Derivative<TopK> {
        Derivative::NotDifferentiable("PENDING")
    }

    fn eval(&self, _operands: &[Array], _results: &[TensorType]) -> Result<Vec<Array>> {
        Err(Error::unsupported("PENDING"))
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("k", format!("{} : i64", self.k))]
    }
}
