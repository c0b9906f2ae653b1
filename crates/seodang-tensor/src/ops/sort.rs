//! Sorting.

use crate::Tensor;
use crate::apply::{apply, apply_n};
use crate::axes::normalize;
use seodang_core::{DType, Result};
use seodang_ir::ops::{Sort, TopK};
use seodang_ir::{Builder, Graph, TensorType};
use std::sync::Arc;

/// Whether the first of two elements (followed by pairs of others) comes before the second.
fn comparator(dtypes: &[DType], descending: bool) -> Result<Arc<Graph>> {
    let b = Builder::new("comparator");
    let inputs: Vec<_> = (dtypes.iter())
        .flat_map(|&d| [TensorType::scalar(d), TensorType::scalar(d)])
        .map(|ty| b.input(ty))
        .collect();
    let (x, y) = (inputs[0], inputs[1]);
    let before = if descending { x.gt(y) } else { x.lt(y) };
    Ok(Arc::new(b.finish(&[before])?))
}

impl Tensor {
    /// The elements along an axis in ascending order; equal ones keep theirs.
    ///
    /// # Errors
    /// `Shape` for a wrong axis.
    pub fn sort(&self, axis: i64) -> Result<Tensor> {
        let dimension = normalize(axis, self.rank(), "sort")?;
        let comparator = comparator(&[self.dtype()], false)?;
        apply(Sort { dimension, is_stable: true, comparator }, &[self])
    }

    /// The indices (int32) that sort the elements along an axis; equal ones keep their order.
    ///
    /// # Errors
    /// `Shape` for a wrong axis.
    pub fn argsort(&self, axis: i64, descending: bool) -> Result<Tensor> {
        let dimension = normalize(axis, self.rank(), "argsort")?;
        let index = Tensor::iota(DType::I32, self.shape().clone(), axis)?;
        let comparator = comparator(&[self.dtype(), DType::I32], descending)?;
        let op = Sort { dimension, is_stable: true, comparator };
        Ok(apply_n(op, &[&self.stop_gradient()?, &index])?.swap_remove(1))
    }

    /// This tensor and others of the same shape, all rearranged along an axis so that this one is
    /// in ascending order; equal elements keep their order.
    ///
    /// # Errors
    /// `Shape`, if the shapes differ or for a wrong axis.
    pub fn sort_with(&self, others: &[Tensor], axis: i64) -> Result<Vec<Tensor>> {
        let dimension = normalize(axis, self.rank(), "sort")?;
        let operands: Vec<&Tensor> = std::iter::once(self).chain(others).collect();
        let dtypes: Vec<DType> = operands.iter().map(|t| t.dtype()).collect();
        let comparator = comparator(&dtypes, false)?;
        apply_n(Sort { dimension, is_stable: true, comparator }, &operands)
    }

    /// The k largest elements along the last axis, largest first, and their indices (int32).
    ///
    /// # Errors
    /// `Shape`, if there are less than k.
    pub fn top_k(&self, k: usize) -> Result<(Tensor, Tensor)> {
        let mut results = apply_n(TopK { k }, &[self])?;
        let indices = results.swap_remove(1);
        Ok((results.swap_remove(0), indices))
    }
}
