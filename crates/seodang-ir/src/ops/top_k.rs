//! The largest elements.

use super::{Reducer, Scatter, arity, doc, require};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::{Dialect, OpDef};
use seodang_core::{Array, DType, Result, Text, text};

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
        Derivative::Rule(|_, cx| {
            let (x, places) = (cx.operands[0], cx.results[1]);
            let rank = x.rank();
            let mut vectors = places.shape().to_vec();
            vectors.push(1);
            let others: Vec<usize> = (0..rank - 1).collect();
            let scatter = Scatter {
                update_window_dims: vec![],
                inserted_window_dims: vec![rank - 1],
                input_batching_dims: others.clone(),
                scatter_indices_batching_dims: others,
                scatter_dims_to_operand_dims: vec![rank - 1],
                index_vector_dim: rank,
                indices_are_sorted: false,
                unique_indices: true,
                body: Reducer::Add.body(x.dtype()),
            };
            let operands = [x.zeros_like(), places.reshape(vectors), cx.dy()];
            Ok(vec![Some(cx.b.apply(scatter, &operands))])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let x = &operands[0];
        let n = x.shape()[x.shape().rank() - 1];
        let rows = x.size().checked_div(n).unwrap_or(0);
        let floats = x.to_f64_vec();
        let integers = x.to_i128_vec();
        // The total order of floats, in which NaN is largest, as XLA has it.
        let above = |a: usize, b: usize| {
            if x.dtype().is_float() {
                floats[b].total_cmp(&floats[a])
            } else {
                integers[b].cmp(&integers[a])
            }
        };
        let size = x.dtype().size();
        let (mut values, mut places) = (Vec::new(), Vec::<i32>::new());
        for row in 0..rows {
            let mut order: Vec<usize> = (row * n..(row + 1) * n).collect();
            order.sort_by(|&a, &b| above(a, b));
            for &i in &order[..self.k] {
                values.extend_from_slice(&x.bytes()[i * size..(i + 1) * size]);
                places.push((i - row * n) as i32);
            }
        }
        let shape = &results[0].shape;
        Ok(vec![
            Array::from_bytes(x.dtype(), shape.clone(), &values)?,
            Array::from_vec(shape.clone(), places)?,
        ])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("k", format!("{} : i64", self.k))]
    }
}
