//! Gathering slices at computed places.

use super::reshape::gather_by;
use super::{Reducer, Scatter};
use super::{arity, doc, int_array, int_list, require};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Expr, TensorType};
use seodang_core::{Array, Result, Shape, Text, text};

/// Where component `k` of the index vector of a batch index stands in the indices.
pub(crate) fn index_place(batch: &[usize], vector_dim: usize, k: usize, shape: &Shape) -> usize {
    let mut index = batch.to_vec();
    if shape.rank() > batch.len() {
        index.insert(vector_dim, k);
    }
    shape.ravel(&index)
}

/// One number for each component of the index vectors, in the shape of the indices.
pub(crate) fn per_component<'b>(
    indices: Expr<'b>,
    vector_dim: usize,
    values: Vec<usize>,
) -> Expr<'b> {
    let b = indices.builder();
    let values: Vec<i64> = values.into_iter().map(|v| v as i64).collect();
    let n = values.len();
    let constant = Array::from_vec([n], values).unwrap_or_else(|_| Array::scalar(0i64));
    let constant = b.constant(constant.convert(indices.dtype()));
    if vector_dim < indices.rank() {
        constant.broadcast_in_dim(indices.shape(), &[vector_dim])
    } else {
        constant.reshape([]).broadcast_in_dim(indices.shape(), &[])
    }
}

/// The indices with each component limited to 0..=limit.
fn limit_indices<'b>(indices: Expr<'b>, vector_dim: usize, limits: Vec<usize>) -> Expr<'b> {
    let low = indices.builder().constant(Array::zeros(indices.dtype(), []));
    let low = low.broadcast_in_dim(indices.shape(), &[]);
    indices.clamp(low, per_component(indices, vector_dim, limits))
}

/// Takes a slice of the first operand for each index vector in the second, and arranges the slices.
///
/// Index vectors out of range are clamped so that the slice fits.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Gather {
    /// Dimensions of the result that are dimensions of the slices.
    pub offset_dims: Vec<usize>,
    /// Dimensions of the operand, of slice size 1, that do not appear in the result.
    pub collapsed_slice_dims: Vec<usize>,
    /// Batching dimensions of the operand (slice size 1, indexed by the place in the indices).
    pub operand_batching_dims: Vec<usize>,
    /// The dimensions of the indices they go with.
    pub start_indices_batching_dims: Vec<usize>,
    /// For each component of an index vector, the dimension of the operand it indexes.
    pub start_index_map: Vec<usize>,
    /// The dimension of the indices that holds the index vectors; their rank if they are scalars.
    pub index_vector_dim: usize,
    /// The size of the slices.
    pub slice_sizes: Vec<usize>,
    /// A promise that the index vectors are sorted.
    pub indices_are_sorted: bool,
}

impl Gather {
    /// Rows of a table: for indices of shape `s`, the result has shape `s` + the row's shape.
    pub fn rows(table: &[usize], indices_rank: usize) -> Gather {
        Gather {
            offset_dims: (indices_rank..indices_rank + table.len() - 1).collect(),
            collapsed_slice_dims: vec![0],
            start_index_map: vec![0],
            index_vector_dim: indices_rank,
            slice_sizes: std::iter::once(1).chain(table[1..].iter().copied()).collect(),
            ..Gather::default()
        }
    }
}

impl OpDef for Gather {
    fn mnemonic(&self) -> &'static str {
        "gather"
    }

    fn spec(&self) -> &'static str {
        "gather"
    }

    fn doc(&self) -> Text {
        doc("Slices at computed places.", "계산된 위치의 조각 모으기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (x, indices) = (&operands[0], &operands[1]);
        super::Families::INTEGER.check(indices.dtype, "gather I2")?;
        let sizes_fit = self.slice_sizes.len() == x.rank()
            && self.slice_sizes.iter().zip(x.shape.iter()).all(|(s, n)| s <= n);
        require(sizes_fit, "gather C11, C12", || {
            text!(
                en: "slice sizes {:?} do not fit {}", self.slice_sizes, x.shape;
                ko: "조각 크기 {:?}이(가) {}에 맞지 않습니다", self.slice_sizes, x.shape
            )
        })?;
        let gone = [&self.collapsed_slice_dims[..], &self.operand_batching_dims[..]].concat();
        super::check_axes(&gone, x.rank(), "gather C6, C8")?;
        super::check_axes(&self.start_index_map, x.rank(), "gather C18, C19")?;
        require(
            gone.iter().all(|&d| self.slice_sizes[d] <= 1),
            "gather C10, C13",
            || text!(en: "a collapsed dimension needs slice size 1", ko: "접는 차원의 조각 크기는 1이어야 합니다"),
        )?;
        require(self.index_vector_dim <= indices.rank(), "gather C2", || {
            text!(
                en: "index_vector_dim {} exceeds the indices' rank {}", self.index_vector_dim, indices.rank();
                ko: "index_vector_dim {}이(가) 색인의 차원 수 {}보다 큽니다", self.index_vector_dim, indices.rank()
            )
        })?;
        let vector = indices.shape.get(self.index_vector_dim).copied().unwrap_or(1);
        require(vector == self.start_index_map.len(), "gather C3", || {
            text!(
                en: "index vectors have {vector} components, start_index_map {}", self.start_index_map.len();
                ko: "색인 벡터의 성분은 {vector}개인데 start_index_map은 {}개입니다", self.start_index_map.len()
            )
        })?;
        let batching = self.operand_batching_dims.len() == self.start_indices_batching_dims.len()
            && (self.operand_batching_dims.iter().zip(&self.start_indices_batching_dims)).all(
                |(&d, &e)| e != self.index_vector_dim && indices.shape.get(e) == Some(&x.shape[d]),
            );
        require(
            batching,
            "gather C14-C17",
            || text!(en: "batching dimensions do not fit", ko: "배치 차원이 맞지 않습니다"),
        )?;
        let batch: Vec<usize> = (indices.shape.iter().enumerate())
            .filter(|(d, _)| *d != self.index_vector_dim)
            .map(|(_, &n)| n)
            .collect();
        let offsets: Vec<usize> = (self.slice_sizes.iter().enumerate())
            .filter(|(d, _)| !gone.contains(d))
            .map(|(_, &n)| n)
            .collect();
        let rank = batch.len() + offsets.len();
        super::check_axes(&self.offset_dims, rank, "gather C4, C5")?;
        require(self.offset_dims.len() == offsets.len(), "gather C1", || {
            text!(
                en: "{} offset_dims given, the slices have {}", self.offset_dims.len(), offsets.len();
                ko: "offset_dims가 {}개인데 조각의 차원은 {}개입니다", self.offset_dims.len(), offsets.len()
            )
        })?;
        let (mut batch, mut offsets) = (batch.into_iter(), offsets.into_iter());
        let shape: Vec<usize> = (0..rank)
            .map(|d| {
                let next =
                    if self.offset_dims.contains(&d) { offsets.next() } else { batch.next() };
                next.unwrap_or(1)
            })
            .collect();
        Ok(vec![x.with_shape(shape)])
    }

    fn derivative(&self) -> Derivative<Gather> {
        // Each slice's cotangent is added back where the slice was taken from; the indices are limited
        // first, as gather does and scatter does not.
        Derivative::Rule(|op, cx| {
            let (x, indices, dy) = (cx.operands[0], cx.operands[1], cx.dy());
            let shape = x.shape();
            let limits = op.start_index_map.iter().map(|&d| shape[d] - op.slice_sizes[d]);
            let indices = limit_indices(indices, op.index_vector_dim, limits.collect());
            let scatter = Scatter {
                update_window_dims: op.offset_dims.clone(),
                inserted_window_dims: op.collapsed_slice_dims.clone(),
                input_batching_dims: op.operand_batching_dims.clone(),
                scatter_indices_batching_dims: op.start_indices_batching_dims.clone(),
                scatter_dims_to_operand_dims: op.start_index_map.clone(),
                index_vector_dim: op.index_vector_dim,
                indices_are_sorted: op.indices_are_sorted,
                unique_indices: false,
                body: Reducer::Add.body(x.dtype()),
            };
            Ok(vec![Some(cx.b.apply(scatter, &[x.zeros_like(), indices, dy])), None])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (x, indices, ty) = (&operands[0], &operands[1], &results[0]);
        let (shape, places) = (x.shape(), indices.to_i128_vec());
        let gone = [&self.collapsed_slice_dims[..], &self.operand_batching_dims[..]].concat();
        let offset_of: Vec<usize> = (0..shape.rank()).filter(|d| !gone.contains(d)).collect();
        Ok(vec![gather_by(x, &ty.shape, |out| {
            let batch: Vec<usize> =
                (0..out.len()).filter(|d| !self.offset_dims.contains(d)).map(|d| out[d]).collect();
            let mut from = vec![0; shape.rank()];
            for (k, &d) in self.start_index_map.iter().enumerate() {
                let at = index_place(&batch, self.index_vector_dim, k, indices.shape());
                let last = (shape[d] - self.slice_sizes[d]) as i128;
                from[d] = places[at].clamp(0, last) as usize;
            }
            for (&d, &e) in self.operand_batching_dims.iter().zip(&self.start_indices_batching_dims)
            {
                from[d] = batch[e - usize::from(e > self.index_vector_dim)];
            }
            for (&d, &at) in offset_of.iter().zip(&self.offset_dims) {
                from[d] += out[at];
            }
            from
        })])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let lists = [
            ("offset_dims", &self.offset_dims),
            ("collapsed_slice_dims", &self.collapsed_slice_dims),
            ("operand_batching_dims", &self.operand_batching_dims),
            ("start_indices_batching_dims", &self.start_indices_batching_dims),
            ("start_index_map", &self.start_index_map),
        ];
        let mut parts: Vec<String> = (lists.iter().filter(|(_, v)| !v.is_empty()))
            .map(|(n, v)| format!("{n} = {}", int_list(v)))
            .collect();
        parts.push(format!("index_vector_dim = {}", self.index_vector_dim));
        vec![
            ("dimension_numbers", format!("#stablehlo.gather<{}>", parts.join(", "))),
            ("slice_sizes", int_array(&self.slice_sizes)),
            ("indices_are_sorted", self.indices_are_sorted.to_string()),
        ]
    }
}
