//! Scattering slices to computed places.

use super::{arity, check_body, doc, int_list, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Graph, TensorType};
use seodang_core::{Array, Error, Result, Text, text};
use std::sync::Arc;

/// The first operand with slices of the third combined into it at the index vectors of the second.
///
/// Updates whose place is out of range are dropped. Updates that meet are combined in row-major order
/// of the updates.
#[derive(Clone, PartialEq, Debug)]
pub struct Scatter {
    /// Dimensions of the updates that are dimensions of the slices.
    pub update_window_dims: Vec<usize>,
    /// Dimensions of the operand that the slices do not have.
    pub inserted_window_dims: Vec<usize>,
    /// Batching dimensions of the operand.
    pub input_batching_dims: Vec<usize>,
    /// The dimensions of the indices they go with.
    pub scatter_indices_batching_dims: Vec<usize>,
    /// For each component of an index vector, the dimension of the operand it indexes.
    pub scatter_dims_to_operand_dims: Vec<usize>,
    /// The dimension of the indices that holds the index vectors; their rank if they are scalars.
    pub index_vector_dim: usize,
    /// A promise that the index vectors are sorted.
    pub indices_are_sorted: bool,
    /// A promise that no two index vectors are equal.
    pub unique_indices: bool,
    /// How an old element and an update are combined.
    pub body: Arc<Graph>,
}

impl OpDef for Scatter {
    fn mnemonic(&self) -> &'static str {
        "scatter"
    }

    fn spec(&self) -> &'static str {
        "scatter"
    }

    fn doc(&self) -> Text {
        doc("Slices combined into computed places.", "계산된 위치로 조각 흩뿌리기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 3)?;
        let (x, indices, updates) = (&operands[0], &operands[1], &operands[2]);
        super::Families::INTEGER.check(indices.dtype, "scatter I2")?;
        same_dtype(x, updates, "scatter C6")?;
        require(self.index_vector_dim <= indices.rank(), "scatter C22", || {
            text!(
                en: "index_vector_dim {} exceeds the indices' rank {}", self.index_vector_dim, indices.rank();
                ko: "index_vector_dim {}이(가) 색인의 차원 수 {}보다 큽니다", self.index_vector_dim, indices.rank()
            )
        })?;
        let gone = [&self.inserted_window_dims[..], &self.input_batching_dims[..]].concat();
        super::check_axes(&gone, x.rank(), "scatter C9-C13")?;
        super::check_axes(&self.scatter_dims_to_operand_dims, x.rank(), "scatter C20, C21")?;
        super::check_axes(&self.update_window_dims, updates.rank(), "scatter C7, C8")?;
        let vector = indices.shape.get(self.index_vector_dim).copied().unwrap_or(1);
        require(vector == self.scatter_dims_to_operand_dims.len(), "scatter C19", || {
            text!(
                en: "index vectors have {vector} components, scatter_dims_to_operand_dims {}",
                self.scatter_dims_to_operand_dims.len();
                ko: "색인 벡터의 성분은 {vector}개인데 scatter_dims_to_operand_dims는 {}개입니다",
                self.scatter_dims_to_operand_dims.len()
            )
        })?;
        require(
            x.rank() == self.update_window_dims.len() + gone.len(),
            "scatter C2",
            || text!(en: "window and inserted dimensions do not add up to the operand's rank", ko: "창 차원과 삽입 차원의 합이 피연산자의 차원 수와 다릅니다"),
        )?;
        let batching = self.input_batching_dims.len() == self.scatter_indices_batching_dims.len()
            && (self.input_batching_dims.iter().zip(&self.scatter_indices_batching_dims)).all(
                |(&d, &e)| e != self.index_vector_dim && indices.shape.get(e) == Some(&x.shape[d]),
            );
        require(
            batching,
            "scatter C14-C18",
            || text!(en: "batching dimensions do not fit", ko: "배치 차원이 맞지 않습니다"),
        )?;
        let mut batch = (indices.shape.iter().enumerate())
            .filter(|(d, _)| *d != self.index_vector_dim)
            .map(|(_, &n)| n);
        let mut windows =
            (x.shape.iter().enumerate()).filter(|(d, _)| !gone.contains(d)).map(|(_, &n)| n);
        let fits = updates.shape.iter().enumerate().all(|(d, &n)| {
            if self.update_window_dims.contains(&d) {
                windows.next().is_some_and(|most| n <= most)
            } else {
                batch.next() == Some(n)
            }
        });
        require(fits && batch.next().is_none(), "scatter C4", || {
            text!(
                en: "the updates' shape {} does not fit", updates.shape;
                ko: "updates의 모양 {}이(가) 맞지 않습니다", updates.shape
            )
        })?;
        let scalar = TensorType::scalar(x.dtype);
        check_body(&self.body, &[scalar.clone(), scalar.clone()], &[scalar], "scatter C23")?;
        Ok(vec![x.clone()])
    }

    fn derivative(&self) -> Derivative<Scatter> {
        Derivative::NotDifferentiable("PENDING")
    }

    fn eval(&self, _operands: &[Array], _results: &[TensorType]) -> Result<Vec<Array>> {
        Err(Error::unsupported("PENDING"))
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let lists = [
            ("update_window_dims", &self.update_window_dims),
            ("inserted_window_dims", &self.inserted_window_dims),
            ("input_batching_dims", &self.input_batching_dims),
            ("scatter_indices_batching_dims", &self.scatter_indices_batching_dims),
            ("scatter_dims_to_operand_dims", &self.scatter_dims_to_operand_dims),
        ];
        let mut parts: Vec<String> = (lists.iter().filter(|(_, v)| !v.is_empty()))
            .map(|(n, v)| format!("{n} = {}", int_list(v)))
            .collect();
        parts.push(format!("index_vector_dim = {}", self.index_vector_dim));
        vec![
            ("scatter_dimension_numbers", format!("#stablehlo.scatter<{}>", parts.join(", "))),
            ("indices_are_sorted", self.indices_are_sorted.to_string()),
            ("unique_indices", self.unique_indices.to_string()),
        ]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Scatter {
        let body = regions.into_iter().next().map_or_else(|| self.body.clone(), Arc::new);
        Scatter { body, ..self.clone() }
    }
}
