//! Slices whose place is computed.

use super::{arity, doc, int_array, require, reshape::gather_by, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Error, Result, Text, text};

/// The start indices, clamped so that a box of `sizes` fits.
fn clamped_starts(indices: &[Array], shape: &[usize], sizes: &[usize]) -> Vec<usize> {
    (indices.iter().zip(shape).zip(sizes))
        .map(|((i, &n), &size)| i.to_i128_vec()[0].clamp(0, (n - size) as i128) as usize)
        .collect()
}

fn check_indices(indices: &[TensorType], rank: usize, label: &str) -> Result<()> {
    if indices.len() != rank {
        return Err(Error::value(text!(
            en: "{} start indices given for rank {rank}", indices.len();
            ko: "차원 수 {rank}에 시작 색인이 {}개 주어졌습니다", indices.len()
        ))
        .constraint(label));
    }
    for i in indices {
        super::Families::INTEGER.check(i.dtype, label)?;
        same_dtype(i, &indices[0], label)?;
        require(
            i.rank() == 0,
            label,
            || text!(en: "start indices must be scalars", ko: "시작 색인은 스칼라여야 합니다"),
        )?;
    }
    Ok(())
}

/// A box of elements at a computed place: operands are the array and one scalar index for each
/// dimension. The place is clamped so that the box fits.
#[derive(Clone, PartialEq, Debug)]
pub struct DynamicSlice {
    /// The size of the box.
    pub sizes: Vec<usize>,
}

impl OpDef for DynamicSlice {
    fn mnemonic(&self) -> &'static str {
        "dynamic_slice"
    }

    fn spec(&self) -> &'static str {
        "dynamic_slice"
    }

    fn doc(&self) -> Text {
        doc("A box of elements at a computed place.", "계산된 위치의 부분 배열.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let Some((x, indices)) = operands.split_first() else {
            return Err(arity(&[], 1).unwrap_err());
        };
        check_indices(indices, x.rank(), "dynamic_slice C2, C3")?;
        let fits = self.sizes.len() == x.rank()
            && self.sizes.iter().zip(x.shape.iter()).all(|(s, n)| s <= n);
        require(fits, "dynamic_slice C4", || {
            text!(
                en: "slice sizes {:?} do not fit {}", self.sizes, x.shape;
                ko: "조각 크기 {:?}이(가) {}에 맞지 않습니다", self.sizes, x.shape
            )
        })?;
        Ok(vec![x.with_shape(&self.sizes)])
    }

    fn derivative(&self) -> Derivative<DynamicSlice> {
        Derivative::Rule(|_, cx| {
            let (x, indices) = (cx.operands[0], &cx.operands[1..]);
            let dx = x.zeros_like().dynamic_update_slice(cx.dy(), indices);
            Ok(std::iter::once(Some(dx)).chain(indices.iter().map(|_| None)).collect())
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let start = clamped_starts(&operands[1..], operands[0].shape(), &self.sizes);
        Ok(vec![gather_by(&operands[0], &results[0].shape, |index| {
            index.iter().zip(&start).map(|(i, s)| i + s).collect()
        })])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("slice_sizes", int_array(&self.sizes))]
    }
}

/// The first operand with a box of it, at a computed place, replaced by the second. The place is
/// clamped so that the box fits.
#[derive(Clone, PartialEq, Debug)]
pub struct DynamicUpdateSlice;

impl OpDef for DynamicUpdateSlice {
    fn mnemonic(&self) -> &'static str {
        "dynamic_update_slice"
    }

    fn spec(&self) -> &'static str {
        "dynamic_update_slice"
    }

    fn doc(&self) -> Text {
        doc("An array with a box of it replaced.", "계산된 위치의 부분을 바꾼 배열.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let [x, update, indices @ ..] = operands else {
            return Err(arity(operands, 2).unwrap_err());
        };
        check_indices(indices, x.rank(), "dynamic_update_slice C4, C5")?;
        same_dtype(x, update, "dynamic_update_slice C2")?;
        let fits = update.rank() == x.rank()
            && update.shape.iter().zip(x.shape.iter()).all(|(u, n)| u <= n);
        require(fits, "dynamic_update_slice C3, C6", || {
            text!(
                en: "the update {} does not fit {}", update.shape, x.shape;
                ko: "바꿀 조각 {}이(가) {}에 맞지 않습니다", update.shape, x.shape
            )
        })?;
        Ok(vec![x.clone()])
    }

    fn derivative(&self) -> Derivative<DynamicUpdateSlice> {
        Derivative::Rule(|_, cx| {
            let (update, indices, dy) = (cx.operands[1], &cx.operands[2..], cx.dy());
            let dx = dy.dynamic_update_slice(update.zeros_like(), indices);
            let du = dy.dynamic_slice(indices, &update.shape());
            Ok([Some(dx), Some(du)].into_iter().chain(indices.iter().map(|_| None)).collect())
        })
    }

    fn eval(&self, operands: &[Array], _: &[TensorType]) -> Result<Vec<Array>> {
        let (mut out, update) = (operands[0].clone(), &operands[1]);
        let start = clamped_starts(&operands[2..], out.shape(), update.shape());
        let (size, shape) = (out.dtype().size(), out.shape().clone());
        for (i, from) in update.bytes().chunks_exact(size).enumerate() {
            let index = update.shape().unravel(i);
            let to: Vec<usize> = index.iter().zip(&start).map(|(i, s)| i + s).collect();
            let at = shape.ravel(&to) * size;
            out.bytes_mut()[at..at + size].copy_from_slice(from);
        }
        Ok(vec![out])
    }
}
