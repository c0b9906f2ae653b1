//! Sorting.

use super::reduce::element;
use super::{Compare, Direction, Gather, Iota};
use super::{check_body, doc, require};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Builder, Expr, Graph, TensorType};
use seodang_core::{Array, DType, Error, Result, Shape, Text, text};
use std::sync::Arc;

/// Sorts one or more arrays of one shape together along a dimension.
///
/// The comparator takes two elements of each operand (`a0, b0, a1, b1, ...`) and says whether the
/// first tuple comes before the second.
#[derive(Clone, PartialEq, Debug)]
pub struct Sort {
    /// The dimension.
    pub dimension: usize,
    /// Whether equal elements keep their order.
    pub is_stable: bool,
    /// The comparator.
    pub comparator: Arc<Graph>,
}

/// A comparator that orders tuples of the given element types by their first element, smallest first.
pub(crate) fn ascending(dtypes: &[DType]) -> Arc<Graph> {
    Sort::comparator(dtypes, Direction::Lt)
}

/// The elements of `x` at the indices (of the same shape) along a dimension.
pub(crate) fn take_along<'b>(x: Expr<'b>, indices: Expr<'b>, dimension: usize) -> Expr<'b> {
    let rank = x.rank();
    let others: Vec<usize> = (0..rank).filter(|&d| d != dimension).collect();
    let mut vectors = indices.shape().to_vec();
    vectors.push(1);
    let gather = Gather {
        collapsed_slice_dims: vec![dimension],
        operand_batching_dims: others.clone(),
        start_indices_batching_dims: others,
        start_index_map: vec![dimension],
        index_vector_dim: rank,
        slice_sizes: vec![1; rank],
        ..Gather::default()
    };
    x.builder().apply(gather, &[x, indices.reshape(vectors)])
}

impl Sort {
    /// A comparator that orders tuples of the given element types by their first element.
    pub fn comparator(dtypes: &[DType], direction: Direction) -> Arc<Graph> {
        let b = Builder::new("comparator");
        let inputs: Vec<Expr<'_>> = (dtypes.iter())
            .flat_map(|&d| [b.input(TensorType::scalar(d)), b.input(TensorType::scalar(d))])
            .collect();
        let before = b.apply(Compare { direction }, &inputs[..2]);
        Arc::new(b.finish(&[before]).unwrap_or_default())
    }

    /// The comparator with two more arguments, of int32, that it ignores.
    fn extended_comparator(&self) -> Result<Arc<Graph>> {
        let b = Builder::new(self.comparator.name());
        let inputs: Vec<Expr<'_>> =
            self.comparator.input_types().into_iter().map(|ty| b.input(ty)).collect();
        b.input(TensorType::scalar(DType::I32));
        b.input(TensorType::scalar(DType::I32));
        let before = b.inline(&self.comparator, &inputs)?;
        Ok(Arc::new(b.finish(&before)?))
    }
}

impl OpDef for Sort {
    fn mnemonic(&self) -> &'static str {
        "sort"
    }

    fn spec(&self) -> &'static str {
        "sort"
    }

    fn doc(&self) -> Text {
        doc("Arrays sorted together along a dimension.", "한 차원을 따라 함께 정렬하기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let Some(first) = operands.first() else {
            return Err(Error::value(text!(
                en: "at least one operand is needed",
                ko: "피연산자가 하나 이상 필요합니다"
            ))
            .constraint("sort C1"));
        };
        require(
            operands.iter().all(|x| x.shape == first.shape),
            "sort C3",
            || text!(en: "all operands need one shape", ko: "모든 피연산자의 모양이 같아야 합니다"),
        )?;
        require(self.dimension < first.rank(), "sort C4", || {
            text!(
                en: "dimension {} is not below the rank {}", self.dimension, first.rank();
                ko: "차원 {}이(가) 차원 수 {}보다 작지 않습니다", self.dimension, first.rank()
            )
        })?;
        let pairs: Vec<TensorType> = operands
            .iter()
            .flat_map(|x| [TensorType::scalar(x.dtype), TensorType::scalar(x.dtype)])
            .collect();
        check_body(&self.comparator, &pairs, &[TensorType::scalar(DType::Bool)], "sort C5")?;
        Ok(operands.to_vec())
    }

    fn result_count(&self, operands: usize) -> usize {
        operands
    }

    fn derivative(&self) -> Derivative<Sort> {
        // Sorting moves elements: their cotangents move back by the inverse of the permutation.
        Derivative::Rule(|op, cx| {
            let first = cx.operands[0];
            let iota = |b: &'_ crate::Builder| Iota {
                ty: TensorType::new(DType::I32, b.ty(first.id()).shape),
                dimension: op.dimension,
            };
            let places = cx.b.apply(iota(cx.b), &[]);
            let with_places = [&cx.operands[..], &[places]].concat();
            let extended = Sort { comparator: op.extended_comparator()?, ..op.clone() };
            let order = cx.b.apply_n(extended, &with_places)[cx.operands.len()];
            let back = Sort {
                dimension: op.dimension,
                is_stable: false,
                comparator: ascending(&[DType::I32, DType::I32]),
            };
            let inverse = cx.b.apply_n(back, &[order, places])[1];
            Ok((cx.operands.iter().zip(&cx.cotangents))
                .map(|(x, dy)| {
                    let dy = dy.filter(|_| x.dtype().is_float())?;
                    Some(take_along(dy, inverse, op.dimension))
                })
                .collect())
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let shape = operands[0].shape();
        let n = shape[self.dimension];
        let mut outputs: Vec<Array> = operands.to_vec();
        let mut start = shape.to_vec();
        start[self.dimension] = 1.min(n);
        for lane in Shape::from(start).indices() {
            let at = |i: usize| {
                let mut index = lane.clone();
                index[self.dimension] = i;
                shape.ravel(&index)
            };
            // Insertion keeps equal elements in order and asks the comparator for nothing else.
            let mut order: Vec<usize> = Vec::with_capacity(n);
            for i in 0..n {
                let mut place = order.len();
                while place > 0 {
                    let mut pair = Vec::with_capacity(2 * operands.len());
                    for x in operands {
                        pair.push(element(x, at(i))?);
                        pair.push(element(x, at(order[place - 1]))?);
                    }
                    if crate::evaluate(&self.comparator, &pair)?[0].item()? == 0.0 {
                        break;
                    }
                    place -= 1;
                }
                order.insert(place, i);
            }
            for ((x, out), ty) in operands.iter().zip(&mut outputs).zip(results) {
                let size = ty.dtype.size();
                for (to, &from) in order.iter().enumerate() {
                    let source = at(from) * size..(at(from) + 1) * size;
                    let target = at(to) * size..(at(to) + 1) * size;
                    out.bytes_mut()[target].copy_from_slice(&x.bytes()[source]);
                }
            }
        }
        Ok(outputs)
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("dimension", format!("{} : i64", self.dimension)),
            ("is_stable", self.is_stable.to_string()),
        ]
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.comparator]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> Sort {
        let comparator =
            regions.into_iter().next().map_or_else(|| self.comparator.clone(), Arc::new);
        Sort { comparator, ..self.clone() }
    }
}
